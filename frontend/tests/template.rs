//! `view!` in a real browser: what lives on the screen, and what goes away.
#![cfg(target_arch = "wasm32")]

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use markup::view;
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
        view! {
            <p
                class=move || if faux.get() { "field field--error" } else { "field" }
                aria-invalid=move || faux.get().then_some("true")
            >
                "Bonjour "
                {move || nom.get()}
                "."
            </p>
        }
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
        let lignes = move || liste.get().into_iter().map(|n| view! { <li>{n.to_string()}</li> }).collect::<Vec<_>>();
        view! {
            <ul>
                <li>"avant"</li>
                {lignes}
                <li>"après"</li>
            </ul>
        }
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
        let trois = move || dedans.get().then(|| view! { <b>"!"</b> "texte" });
        let deux = move || view! { <i>"1"</i> {trois} <i>"2"</i> };
        view! { <p>{move || montre.get().then(deux)}</p> }
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
        let appuyer = move |_| {
            compte.set(compte.get() + 1);
            coche.update(|c| *c = !*c);
        };
        view! {
            <div>
                <button type="button" on:click=appuyer>"Cocher"</button>
                <input type="checkbox" prop:checked=move || coche.get()/>
            </div>
        }
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
        view! {
            <table>
                <tbody>{move || view! { <tr><td>{rang.get().to_string()}</td></tr> }}</tbody>
            </table>
            <svg viewBox="0 0 9 9" inner_html=r#"<rect width="9" height="9"></rect>"#></svg>
        }
    });
    assert_eq!(scene.un("tbody > tr > td").text_content().as_deref(), Some("1"));
    assert_eq!(scene.un("svg > rect").namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    rang.set(2);
    ensuite().await;
    assert_eq!(scene.un("tbody > tr > td").text_content().as_deref(), Some("2"));
}

#[wasm_bindgen_test]
async fn markup_of_our_own_follows_its_signal_and_its_comments_move_nobody() {
    let bars = RwSignal::new("<!-- a --><rect></rect><!-- b -->");
    let scene = Scene::monter(move || {
        view! {
            <svg><g inner_html=move || bars.get()></g></svg>
            <p>{move || bars.get().len().to_string()}</p>
            <i inner_html="<!-- c -->"></i>
            <b>{move || "après"}</b>
        }
    });
    assert_eq!(scene.un("svg > g > rect").namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    assert_eq!(scene.un("p").text_content().as_deref(), Some("33"));
    assert_eq!(scene.un("b").text_content().as_deref(), Some("après"));
    bars.set("<line></line>");
    ensuite().await;
    assert_eq!(scene.un("svg > g").inner_html(), "<line></line>");
}

#[wasm_bindgen_test]
async fn a_property_takes_the_value_as_it_is_and_what_is_typed_is_no_mark() {
    let texte = RwSignal::new(" h-0 <!---->\u{1}".to_owned());
    let scene = Scene::monter(move || {
        view! {
            <input prop:value=move || texte.get()/>
            <p title=texte.get_untracked()>{texte.get_untracked()} {move || texte.get()}</p>
        }
    });
    let champ: HtmlInputElement = scene.un("input").unchecked_into();
    assert_eq!(champ.value(), " h-0 <!---->\u{1}");
    assert_eq!(scene.un("p").text_content().as_deref(), Some(" h-0 <!---->\u{1} h-0 <!---->\u{1}"));
    texte.set(String::new());
    ensuite().await;
    assert_eq!(champ.value(), "");
}
