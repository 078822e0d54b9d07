//! How a field behaves, in a real browser: when it is judged, what it says, how it goes out.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use api::comptes::SaisieInscription;
use api::probleme::{Code, ErreurVue, Probleme};
use domaine::forms::{Champ, ChampInscription, Faute, Formulaire};
use domaine::identite::MotDePasseInvalide;
use frontend::components::button::bouton_envoi;
use frontend::components::error_summary::resume;
use frontend::components::field::{Options, field, password};
use frontend::components::form::formulaire;
use frontend::failure::Echec;
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
    const TOUS: &'static [Self] = &[Self::Nom, Self::MotDePasse];

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
        let fault = |champ: &Asked| fault_at(*champ, saisie.valider(today).err()?.de(champ.whole())).pop();
        Asked::TOUS.iter().filter_map(fault).collect()
    },
);

struct Scene {
    form: Form<Asked>,
    envois: Rc<RefCell<Vec<Vec<String>>>>,
    lieu: HtmlElement,
    _vue: Box<dyn std::any::Any>,
}

impl Scene {
    fn monter() -> Self {
        let lieu: HtmlElement = document().create_element("div").expect("a good name").unchecked_into();
        document().body().expect("a body").append_child(&lieu).expect("an empty element");
        let owner = Owner::new();
        let form = owner.with(|| Form::neuf(&SPEC));
        let envois = Rc::new(RefCell::new(Vec::new()));
        let partis = Rc::clone(&envois);
        let envoyer = move || {
            if form.depart().is_some() {
                partis.borrow_mut().push(form.textes());
            }
        };
        let vue = mount_to(lieu.clone(), move || {
            let champs = view! {
                {resume(form)}
                {field(form, Asked::Nom, Options::NOM)}
                {password(form, Asked::MotDePasse, Options::NOUVEAU_MOT_DE_PASSE)}
                {bouton_envoi(form, "envoyer", "Envoyer", "Envoi…")}
            };
            formulaire(form, envoyer, champs)
        });
        Self { form, envois, lieu, _vue: Box::new((owner, vue)) }
    }

    fn un<T: JsCast>(&self, selecteur: &str) -> T {
        self.lieu.query_selector(selecteur).expect("a good selector").expect("it is there").unchecked_into()
    }

    fn nom(&self) -> HtmlInputElement {
        self.un("#nom-naissance")
    }

    fn dit(&self, selecteur: &str) -> String {
        self.un::<HtmlElement>(selecteur).text_content().unwrap_or_default()
    }

    /// Types as a person does: one character after another.
    async fn taper(&self, champ: &HtmlInputElement, texte: &str) {
        for caractere in texte.chars() {
            champ.set_value(&(champ.value() + &caractere.to_string()));
            let options = InputEventInit::new();
            options.set_bubbles(true);
            options.set_input_type("insertText");
            let evenement = InputEvent::new_with_event_init_dict("input", &options).expect("an event");
            champ.dispatch_event(&evenement).expect("it is heard");
            leptos::task::tick().await;
        }
    }

    async fn quitter(&self, champ: &HtmlInputElement) {
        self.dire(champ, "focusout").await;
    }

    async fn envoyer(&self) {
        self.dire(&self.un::<HtmlElement>("form"), "submit").await;
    }

    async fn dire(&self, element: &HtmlElement, nom: &str) {
        let options = EventInit::new();
        options.set_bubbles(true);
        options.set_cancelable(true);
        let evenement = Event::new_with_event_init_dict(nom, &options).expect("an event");
        element.dispatch_event(&evenement).expect("it is heard");
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
    let scene = Scene::monter();
    scene.taper(&scene.un("#mot-de-passe"), "court").await;
    assert_eq!(scene.dit("#mot-de-passe-erreur"), "");
    scene.quitter(&scene.un("#mot-de-passe")).await;
    assert_ne!(scene.dit("#mot-de-passe-erreur"), "");
    assert_eq!(scene.un::<HtmlElement>("#mot-de-passe").get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn what_can_no_longer_become_right_is_told_while_typing() {
    let scene = Scene::monter();
    scene.taper(&scene.nom(), "Amb3").await;
    assert_ne!(scene.dit("#nom-naissance-erreur"), "", "a figure has no place in a name");
    let champ = scene.nom();
    champ.set_value("Amb");
    scene.taper(&champ, "r").await;
    assert_eq!(scene.dit("#nom-naissance-erreur"), "");
}

#[wasm_bindgen_test]
async fn a_field_left_is_followed_at_every_keystroke() {
    let scene = Scene::monter();
    let secret: HtmlInputElement = scene.un("#mot-de-passe");
    scene.quitter(&secret).await;
    let mut dits = Vec::new();
    for partie in ["trois", " grues", " vertes"] {
        scene.taper(&secret, partie).await;
        dits.push(scene.dit("#mot-de-passe-erreur"));
    }
    assert_ne!(dits[0], dits[1], "the sentence tells how much is still missing");
    assert_eq!(dits[2], "");
    assert_eq!(scene.dit("[role=meter]"), "");
    assert_ne!(scene.un::<HtmlElement>("[role=meter]").get_attribute("aria-valuenow").as_deref(), Some("0"));
}

#[wasm_bindgen_test]
async fn a_refused_form_lists_its_faults_and_the_list_shrinks() {
    let scene = Scene::monter();
    scene.envoyer().await;
    assert!(scene.envois.borrow().is_empty());
    assert!(scene.dit(".error-summary").contains("Il reste 2 réponses à corriger"));
    scene.taper(&scene.nom(), "Ambroise").await;
    assert!(scene.dit(".error-summary").contains("Il reste 1 réponse à corriger"));
    scene.taper(&scene.un("#mot-de-passe"), "trois grues vertes").await;
    assert!(scene.lieu.query_selector(".error-summary").expect("a selector").is_none());
    scene.envoyer().await;
    assert_eq!(*scene.envois.borrow(), [["Ambroise", "trois grues vertes"]]);
}

#[wasm_bindgen_test]
async fn what_a_browser_fills_in_without_a_word_is_read_when_sending() {
    let scene = Scene::monter();
    scene.nom().set_value("  Ambroise ");
    scene.un::<HtmlInputElement>("#mot-de-passe").set_value("trois grues vertes");
    scene.envoyer().await;
    assert_eq!(scene.envois.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn a_second_press_while_the_first_is_on_its_way_sends_nothing() {
    let scene = Scene::monter();
    scene.taper(&scene.nom(), "Ambroise").await;
    scene.taper(&scene.un("#mot-de-passe"), "trois grues vertes").await;
    scene.envoyer().await;
    scene.envoyer().await;
    assert_eq!(scene.envois.borrow().len(), 1);
    assert_eq!(scene.dit("#envoyer"), "Envoi…");
    assert_eq!(scene.un::<HtmlElement>("#envoyer").get_attribute("aria-disabled").as_deref(), Some("true"));
    scene.form.arrivee();
    leptos::task::tick().await;
    assert_eq!(scene.dit("#envoyer"), "Envoyer");
}

#[wasm_bindgen_test]
async fn what_the_server_refuses_is_said_at_its_field_until_it_changes() {
    let scene = Scene::monter();
    let secret: HtmlInputElement = scene.un("#mot-de-passe");
    scene.taper(&scene.nom(), "Ambroise").await;
    scene.taper(&secret, "trois grues vertes").await;
    let faute = Faute::MotDePasse(MotDePasseInvalide::Courant);
    let erreurs = vec![ErreurVue { champ: "mot-de-passe".into(), faute }];
    scene.form.echouer(Echec::Refus(Probleme { code: Code::Saisie, erreurs, attendre: None }));
    leptos::task::tick().await;
    assert_ne!(scene.dit("#mot-de-passe-erreur"), "");
    scene.taper(&secret, "!").await;
    assert_eq!(scene.dit("#mot-de-passe-erreur"), "");
}

#[wasm_bindgen_test]
async fn a_password_can_be_read_and_keeps_its_text() {
    let scene = Scene::monter();
    let secret: HtmlInputElement = scene.un("#mot-de-passe");
    scene.taper(&secret, "trois").await;
    let montrer: HtmlElement = scene.un(".field__toggle");
    assert_eq!((secret.type_().as_str(), scene.dit(".field__toggle").as_str()), ("password", "Afficher"));
    montrer.click();
    leptos::task::tick().await;
    assert_eq!((secret.type_().as_str(), scene.dit(".field__toggle").as_str()), ("text", "Masquer"));
    assert_eq!(secret.value(), "trois");
}
