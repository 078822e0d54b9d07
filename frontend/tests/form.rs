//! How a field behaves, in a real browser: when it is judged, what it says, how it goes out.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use api::accounts::SaisieInscription;
use api::probleme::{Code, ErrorView, Probleme};
use domaine::forms::{Champ, ChampInscription, Faute, Formulaire};
use domaine::identite::MotDePasseInvalide;
use frontend::components::button::submit_button;
use frontend::components::error_summary::summary;
use frontend::components::field::{Options, field, password};
use frontend::components::form::formulaire;
use frontend::failure::ApiFailure;
use frontend::form::{FieldSpec, Form, FormSpec, fault_at};
use leptos::prelude::*;
use markup::view;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Event, EventInit, HtmlElement, HtmlInputElement, InputEvent, InputEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// The two fields of the scene, among those of « Créer mon compte ».
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Nom,
    MotDePasse,
}

impl Asked {
    fn whole(self) -> ChampInscription {
        match self {
            Self::Nom => ChampInscription::NomNaissance,
            Self::MotDePasse => ChampInscription::MotDePasse,
        }
    }
}

impl Champ for Asked {
    const ALL: &'static [Self] = &[Self::Nom, Self::MotDePasse];

    fn id(self) -> &'static str {
        self.whole().id()
    }
}

static SPEC: FormSpec<Asked> = FormSpec::new(
    "inscription",
    |champ| match champ {
        Asked::Nom => &FieldSpec { label: "Nom de naissance", ..FieldSpec::TEXT },
        Asked::MotDePasse => &FieldSpec { label: "Mot de passe", ..FieldSpec::RAW },
    },
    |form, today| {
        let saisie = SaisieInscription {
            nom_naissance: form.answer(Asked::Nom),
            mot_de_passe: form.answer(Asked::MotDePasse),
            ..Default::default()
        };
        let fault = |champ: &Asked| fault_at(*champ, saisie.validate(today).err()?.of(champ.whole())).pop();
        Asked::ALL.iter().filter_map(fault).collect()
    },
);

struct Scene {
    form: Form<Asked>,
    uploads: Rc<RefCell<Vec<Vec<String>>>>,
    lieu: HtmlElement,
    _view: Box<dyn std::any::Any>,
}

impl Scene {
    fn mount() -> Self {
        let lieu: HtmlElement = document().create_element("div").expect("a good name").unchecked_into();
        document().body().expect("a body").append_child(&lieu).expect("an empty element");
        let owner = Owner::new();
        let form = owner.with(|| Form::fresh(&SPEC));
        let uploads = Rc::new(RefCell::new(Vec::new()));
        let gone = Rc::clone(&uploads);
        let send = move || {
            if form.begin().is_some() {
                gone.borrow_mut().push(form.texts());
            }
        };
        let view = mount_to(lieu.clone(), move || {
            let champs = view! {
                {summary(form)}
                {field(form, Asked::Nom, Options::NOM)}
                {password(form, Asked::MotDePasse, Options::NEW_MOT_DE_PASSE)}
                {submit_button(form, "envoyer", "Envoyer", "Envoi…")}
            };
            formulaire(form, send, champs)
        });
        Self { form, uploads, lieu, _view: Box::new((owner, view)) }
    }

    fn one<T: JsCast>(&self, selector: &str) -> T {
        self.lieu.query_selector(selector).expect("a good selector").expect("it is there").unchecked_into()
    }

    fn nom(&self) -> HtmlInputElement {
        self.one("#nom-naissance")
    }

    fn said(&self, selector: &str) -> String {
        self.one::<HtmlElement>(selector).text_content().unwrap_or_default()
    }

    /// Types as a person does: one character after another.
    async fn type_in(&self, champ: &HtmlInputElement, text: &str) {
        for caractere in text.chars() {
            champ.set_value(&(champ.value() + &caractere.to_string()));
            let options = InputEventInit::new();
            options.set_bubbles(true);
            options.set_input_type("insertText");
            let event = InputEvent::new_with_event_init_dict("input", &options).expect("an event");
            champ.dispatch_event(&event).expect("it is heard");
            leptos::task::tick().await;
        }
    }

    async fn on_leave(&self, champ: &HtmlInputElement) {
        self.say(champ, "focusout").await;
    }

    async fn send(&self) {
        self.say(&self.one::<HtmlElement>("form"), "submit").await;
    }

    async fn say(&self, element: &HtmlElement, nom: &str) {
        let options = EventInit::new();
        options.set_bubbles(true);
        options.set_cancelable(true);
        let event = Event::new_with_event_init_dict(nom, &options).expect("an event");
        element.dispatch_event(&event).expect("it is heard");
        leptos::task::tick().await;
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        self.lieu.remove();
    }
}

#[wasm_bindgen_test]
async fn a_field_is_not_judged_before_it_is_left() {
    let scene = Scene::mount();
    scene.type_in(&scene.one("#mot-de-passe"), "court").await;
    assert_eq!(scene.said("#mot-de-passe-erreur"), "");
    scene.on_leave(&scene.one("#mot-de-passe")).await;
    assert_ne!(scene.said("#mot-de-passe-erreur"), "");
    assert_eq!(scene.one::<HtmlElement>("#mot-de-passe").get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn what_can_no_longer_become_right_is_told_while_typing() {
    let scene = Scene::mount();
    scene.type_in(&scene.nom(), "Amb3").await;
    assert_ne!(scene.said("#nom-naissance-erreur"), "", "a figure has no place in a name");
    let champ = scene.nom();
    champ.set_value("Amb");
    scene.type_in(&champ, "r").await;
    assert_eq!(scene.said("#nom-naissance-erreur"), "");
}

#[wasm_bindgen_test]
async fn a_field_left_is_followed_at_every_keystroke() {
    let scene = Scene::mount();
    let secret: HtmlInputElement = scene.one("#mot-de-passe");
    scene.on_leave(&secret).await;
    let mut said_ones = Vec::new();
    for part in ["trois", " grues", " vertes"] {
        scene.type_in(&secret, part).await;
        said_ones.push(scene.said("#mot-de-passe-erreur"));
    }
    assert_ne!(said_ones[0], said_ones[1], "the sentence tells how much is still missing");
    assert_eq!(said_ones[2], "");
    assert_eq!(scene.said("[role=meter]"), "");
    assert_ne!(scene.one::<HtmlElement>("[role=meter]").get_attribute("aria-valuenow").as_deref(), Some("0"));
}

#[wasm_bindgen_test]
async fn a_refused_form_lists_its_faults_and_the_list_shrinks() {
    let scene = Scene::mount();
    scene.send().await;
    assert!(scene.uploads.borrow().is_empty());
    assert!(scene.said(".error-summary").contains("Il reste 2 réponses à corriger"));
    scene.type_in(&scene.nom(), "Ambroise").await;
    assert!(scene.said(".error-summary").contains("Il reste 1 réponse à corriger"));
    scene.type_in(&scene.one("#mot-de-passe"), "trois grues vertes").await;
    assert!(scene.lieu.query_selector(".error-summary").expect("a selector").is_none());
    scene.send().await;
    assert_eq!(*scene.uploads.borrow(), [["Ambroise", "trois grues vertes"]]);
}

#[wasm_bindgen_test]
async fn what_a_browser_fills_in_without_a_word_is_read_when_sending() {
    let scene = Scene::mount();
    scene.nom().set_value("  Ambroise ");
    scene.one::<HtmlInputElement>("#mot-de-passe").set_value("trois grues vertes");
    scene.send().await;
    assert_eq!(scene.uploads.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn a_second_press_while_the_first_is_on_its_way_sends_nothing() {
    let scene = Scene::mount();
    scene.type_in(&scene.nom(), "Ambroise").await;
    scene.type_in(&scene.one("#mot-de-passe"), "trois grues vertes").await;
    scene.send().await;
    scene.send().await;
    assert_eq!(scene.uploads.borrow().len(), 1);
    assert_eq!(scene.said("#envoyer"), "Envoi…");
    assert_eq!(scene.one::<HtmlElement>("#envoyer").get_attribute("aria-disabled").as_deref(), Some("true"));
    scene.form.arrival();
    leptos::task::tick().await;
    assert_eq!(scene.said("#envoyer"), "Envoyer");
}

#[wasm_bindgen_test]
async fn what_the_server_refuses_is_said_at_its_field_until_it_changes() {
    let scene = Scene::mount();
    let secret: HtmlInputElement = scene.one("#mot-de-passe");
    scene.type_in(&scene.nom(), "Ambroise").await;
    scene.type_in(&secret, "trois grues vertes").await;
    let faute = Faute::MotDePasse(MotDePasseInvalide::Current);
    let errors = vec![ErrorView { champ: "mot-de-passe".into(), faute }];
    scene.form.fail(ApiFailure::Refusal(Probleme { errors, ..Probleme::new(Code::Saisie) }));
    leptos::task::tick().await;
    assert_ne!(scene.said("#mot-de-passe-erreur"), "");
    scene.type_in(&secret, "!").await;
    assert_eq!(scene.said("#mot-de-passe-erreur"), "");
}

#[wasm_bindgen_test]
async fn a_password_can_be_read_and_keeps_its_text() {
    let scene = Scene::mount();
    let secret: HtmlInputElement = scene.one("#mot-de-passe");
    scene.type_in(&secret, "trois").await;
    let show: HtmlElement = scene.one(".field__toggle");
    assert_eq!((secret.type_().as_str(), scene.said(".field__toggle").as_str()), ("password", "Afficher"));
    show.click();
    leptos::task::tick().await;
    assert_eq!((secret.type_().as_str(), scene.said(".field__toggle").as_str()), ("text", "Masquer"));
    assert_eq!(secret.value(), "trois");
}
