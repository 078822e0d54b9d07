//! `html!` in a real browser: what lives on the screen, and what goes away.
#![cfg(target_arch = "wasm32")]

use std::cell::Cell;
use std::rc::Rc;

use frontend::html;
use frontend::template::{Valeur, ecoute};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

/// The view, alive in a place of its own; it stays for as long as the test.
struct Scene {
    lieu: HtmlElement,
    _vue: Box<dyn std::any::Any>,
}

impl Scene {
    fn monter(vue: impl FnOnce() -> AnyView + 'static) -> Self {
        let lieu: HtmlElement = document().create_element("div").expect("a good name").unchecked_into();
        document().body().expect("a body").append_child(&lieu).expect("an empty element");
        let vue = mount_to(lieu.clone(), vue);
        Self { lieu, _vue: Box::new(vue) }
    }

    /// The markup without the comments that stand for holes.
    fn markup(&self) -> String {
        self.lieu.inner_html().replace("<!---->", "")
    }

    fn un(&self, selecteur: &str) -> Element {
        self.lieu.query_selector(selecteur).expect("a good selector").expect("it is there")
    }
}

/// Lets effects run.
async fn ensuite() {
    leptos::task::tick().await;
}

#[wasm_bindgen_test]
async fn a_text_and_an_attribute_follow_their_signal() {
    let nom = RwSignal::new("Ambroise".to_owned());
    let faux = RwSignal::new(false);
    let scene = Scene::monter(move || {
        html!(
            r#"<p class={} aria-invalid={}>Bonjour {}.</p>"#,
            move || if faux.get() { "field field--error" } else { "field" },
            move || faux.get().then_some("true"),
            move || nom.get(),
        )
    });
    assert_eq!(scene.markup(), r#"<p class="field">Bonjour Ambroise.</p>"#);
    nom.set("<b>Lhéritier</b>".into());
    faux.set(true);
    ensuite().await;
    assert_eq!(scene.un("p").text_content().as_deref(), Some("Bonjour <b>Lhéritier</b>."));
    assert_eq!(scene.un("p").class_name(), "field field--error");
    assert_eq!(scene.un("p").get_attribute("aria-invalid").as_deref(), Some("true"));
    faux.set(false);
    ensuite().await;
    assert!(!scene.un("p").has_attribute("aria-invalid"));
}

#[wasm_bindgen_test]
async fn a_view_takes_the_place_of_another_and_its_neighbours_stay() {
    let liste = RwSignal::new(vec![1, 2]);
    let scene = Scene::monter(move || {
        let lignes = move || liste.get().into_iter().map(|n| html!("<li>{}</li>", n.to_string())).collect::<Vec<_>>();
        html!("<ul><li>avant</li>{}<li>après</li></ul>", lignes)
    });
    let avant = scene.un("li");
    for (nombres, attendu) in [(vec![], ""), (vec![3], "<li>3</li>"), (vec![4, 5, 6], "<li>4</li><li>5</li><li>6</li>")]
    {
        liste.set(nombres);
        ensuite().await;
        assert_eq!(scene.markup(), format!("<ul><li>avant</li>{attendu}<li>après</li></ul>"));
    }
    assert_eq!(scene.un("li"), avant, "what does not change is not made again");
}

#[wasm_bindgen_test]
async fn a_template_with_several_roots_goes_away_whole() {
    let montre = RwSignal::new(true);
    let dedans = RwSignal::new(false);
    let scene = Scene::monter(move || {
        let deux = move || html!("<i>1</i>{}<i>2</i>", move || dedans.get().then(|| html!("<b>!</b>texte")));
        html!("<p>{}</p>", move || montre.get().then(deux))
    });
    assert_eq!(scene.markup(), "<p><i>1</i><i>2</i></p>");
    dedans.set(true);
    ensuite().await;
    assert_eq!(scene.markup(), "<p><i>1</i><b>!</b>texte<i>2</i></p>");
    montre.set(false);
    ensuite().await;
    assert_eq!(scene.markup(), "<p></p>");
}

#[wasm_bindgen_test]
async fn an_event_is_heard_and_a_property_is_set() {
    let coche = RwSignal::new(false);
    let appuis = Rc::new(Cell::new(0));
    let compte = Rc::clone(&appuis);
    let scene = Scene::monter(move || {
        let appuyer = ecoute(move |_| {
            compte.set(compte.get() + 1);
            coche.update(|c| *c = !*c);
        });
        html!(
            r#"<div><button type="button" on:click={}>Cocher</button><input type="checkbox" prop:checked={}></div>"#,
            appuyer,
            move || coche.get(),
        )
    });
    let bouton: HtmlElement = scene.un("button").unchecked_into();
    let case: HtmlInputElement = scene.un("input").unchecked_into();
    assert!(!case.checked());
    for tour in 1..=3 {
        bouton.click();
        ensuite().await;
        assert_eq!((appuis.get(), case.checked()), (tour, tour % 2 == 1));
    }
}

#[wasm_bindgen_test]
async fn rows_of_a_table_and_drawings_stand_where_they_belong() {
    let rang = RwSignal::new(1);
    let scene = Scene::monter(move || {
        html!(
            r#"<table><tbody>{}</tbody></table><svg viewBox="0 0 9 9">{}</svg>"#,
            move || html!("<tr><td>{}</td></tr>", rang.get().to_string()),
            Valeur::Html(r#"<rect width="9" height="9"></rect>"#.into()),
        )
    });
    assert_eq!(scene.un("tbody > tr > td").text_content().as_deref(), Some("1"));
    assert_eq!(scene.un("svg > rect").namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    rang.set(2);
    ensuite().await;
    assert_eq!(scene.un("tbody > tr > td").text_content().as_deref(), Some("2"));
}
