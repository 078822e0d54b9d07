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
    _view: Box<dyn std::any::Any>,
}

impl Scene {
    fn mount(view: impl FnOnce() -> AnyView + 'static) -> Self {
        let lieu: HtmlElement = document().create_element("div").expect("a good name").unchecked_into();
        document().body().expect("a body").append_child(&lieu).expect("an empty element");
        let view = mount_to(lieu.clone(), view);
        Self { lieu, _view: Box::new(view) }
    }

    /// The markup without the comments that stand for holes.
    fn markup(&self) -> String {
        self.lieu.inner_html().replace("<!---->", "")
    }

    fn one(&self, selector: &str) -> Element {
        self.lieu.query_selector(selector).expect("a good selector").expect("it is there")
    }
}

/// Lets effects run.
async fn then() {
    leptos::task::tick().await;
}

#[wasm_bindgen_test]
async fn a_text_and_an_attribute_follow_their_signal() {
    let nom = RwSignal::new("Ambroise".to_owned());
    let wrong = RwSignal::new(false);
    let scene = Scene::mount(move || {
        view! {
            <p
                class=move || if wrong.get() { "field field--error" } else { "field" }
                aria-invalid=move || wrong.get().then_some("true")
            >
                "Bonjour "
                {move || nom.get()}
                "."
            </p>
        }
    });
    assert_eq!(scene.markup(), r#"<p class="field">Bonjour Ambroise.</p>"#);
    nom.set("<b>Lhéritier</b>".into());
    wrong.set(true);
    then().await;
    assert_eq!(scene.one("p").text_content().as_deref(), Some("Bonjour <b>Lhéritier</b>."));
    assert_eq!(scene.one("p").class_name(), "field field--error");
    assert_eq!(scene.one("p").get_attribute("aria-invalid").as_deref(), Some("true"));
    wrong.set(false);
    then().await;
    assert!(!scene.one("p").has_attribute("aria-invalid"));
}

#[wasm_bindgen_test]
async fn a_view_takes_the_place_of_another_and_its_neighbours_stay() {
    let list = RwSignal::new(vec![1, 2]);
    let scene = Scene::mount(move || {
        let lignes = move || list.get().into_iter().map(|n| view! { <li>{n.to_string()}</li> }).collect::<Vec<_>>();
        view! {
            <ul>
                <li>"avant"</li>
                {lignes}
                <li>"après"</li>
            </ul>
        }
    });
    let before = scene.one("li");
    for (counts, expected) in [(vec![], ""), (vec![3], "<li>3</li>"), (vec![4, 5, 6], "<li>4</li><li>5</li><li>6</li>")]
    {
        list.set(counts);
        then().await;
        assert_eq!(scene.markup(), format!("<ul><li>avant</li>{expected}<li>après</li></ul>"));
    }
    assert_eq!(scene.one("li"), before, "what does not change is not made again");
}

#[wasm_bindgen_test]
async fn a_template_with_several_roots_goes_away_whole() {
    let shown = RwSignal::new(true);
    let inside = RwSignal::new(false);
    let scene = Scene::mount(move || {
        let three = move || inside.get().then(|| view! { <b>"!"</b> "texte" });
        let two = move || view! { <i>"1"</i> {three} <i>"2"</i> };
        view! { <p>{move || shown.get().then(two)}</p> }
    });
    assert_eq!(scene.markup(), "<p><i>1</i><i>2</i></p>");
    inside.set(true);
    then().await;
    assert_eq!(scene.markup(), "<p><i>1</i><b>!</b>texte<i>2</i></p>");
    shown.set(false);
    then().await;
    assert_eq!(scene.markup(), "<p></p>");
}

#[wasm_bindgen_test]
async fn an_event_is_heard_and_a_property_is_set() {
    let checked = RwSignal::new(false);
    let presses = Rc::new(Cell::new(0));
    let account = Rc::clone(&presses);
    let scene = Scene::mount(move || {
        let press = move |_| {
            account.set(account.get() + 1);
            checked.update(|c| *c = !*c);
        };
        view! {
            <div>
                <button type="button" on:click=press>"Cocher"</button>
                <input type="checkbox" prop:checked=move || checked.get()/>
            </div>
        }
    });
    let button: HtmlElement = scene.one("button").unchecked_into();
    let checkbox: HtmlInputElement = scene.one("input").unchecked_into();
    assert!(!checkbox.checked());
    for round in 1..=3 {
        button.click();
        then().await;
        assert_eq!((presses.get(), checkbox.checked()), (round, round % 2 == 1));
    }
}

#[wasm_bindgen_test]
async fn rows_of_a_table_and_drawings_stand_where_they_belong() {
    let index = RwSignal::new(1);
    let scene = Scene::mount(move || {
        view! {
            <table>
                <tbody>{move || view! { <tr><td>{index.get().to_string()}</td></tr> }}</tbody>
            </table>
            <svg viewBox="0 0 9 9" inner_html=r#"<rect width="9" height="9"></rect>"#></svg>
        }
    });
    assert_eq!(scene.one("tbody > tr > td").text_content().as_deref(), Some("1"));
    assert_eq!(scene.one("svg > rect").namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    index.set(2);
    then().await;
    assert_eq!(scene.one("tbody > tr > td").text_content().as_deref(), Some("2"));
}

#[wasm_bindgen_test]
async fn markup_of_our_own_follows_its_signal_and_its_comments_move_nobody() {
    let bars = RwSignal::new("<!-- a --><rect></rect><!-- b -->");
    let scene = Scene::mount(move || {
        view! {
            <svg><g inner_html=move || bars.get()></g></svg>
            <p>{move || bars.get().len().to_string()}</p>
            <i inner_html="<!-- c -->"></i>
            <b>{move || "après"}</b>
        }
    });
    assert_eq!(scene.one("svg > g > rect").namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    assert_eq!(scene.one("p").text_content().as_deref(), Some("33"));
    assert_eq!(scene.one("b").text_content().as_deref(), Some("après"));
    bars.set("<line></line>");
    then().await;
    assert_eq!(scene.one("svg > g").inner_html(), "<line></line>");
}

#[wasm_bindgen_test]
async fn a_property_takes_the_value_as_it_is_and_what_is_typed_is_no_mark() {
    let text = RwSignal::new(" h-0 <!---->\u{1}".to_owned());
    let scene = Scene::mount(move || {
        view! {
            <input prop:value=move || text.get()/>
            <p title=text.get_untracked()>{text.get_untracked()} {move || text.get()}</p>
        }
    });
    let champ: HtmlInputElement = scene.one("input").unchecked_into();
    assert_eq!(champ.value(), " h-0 <!---->\u{1}");
    assert_eq!(scene.one("p").text_content().as_deref(), Some(" h-0 <!---->\u{1} h-0 <!---->\u{1}"));
    text.set(String::new());
    then().await;
    assert_eq!(champ.value(), "");
}

/// What a browser that translates a page does to its texts: each gives way to elements of the browser's.
fn translate(place: &Element) {
    let walker = document().create_tree_walker_with_what_to_show(place, 4).expect("a node");
    let mut texts = Vec::new();
    while let Ok(Some(text)) = walker.next_node() {
        texts.push(text);
    }
    for text in texts.into_iter().filter(|text| !text.text_content().unwrap_or_default().trim().is_empty()) {
        let font = document().create_element("font").expect("a good name");
        font.set_text_content(Some(&text.text_content().unwrap_or_default().to_uppercase()));
        let parent = text.parent_node().expect("a place");
        parent.replace_child(&font, &text).expect("its own child");
    }
}

#[wasm_bindgen_test]
async fn a_page_that_the_browser_has_translated_goes_on_telling() {
    let hours = RwSignal::new("0 h".to_owned());
    let wrong = RwSignal::new(true);
    let scene = Scene::mount(move || {
        let told = move || if wrong.get() { Some("faux") } else { None };
        let list = move || (0..hours.get().len()).map(|_| view! { <i>"x"</i> "y" }).collect::<Vec<_>>();
        view! {
            <p class="one">{move || hours.get()}</p>
            <p class="two">"Soit " {move || hours.get()} " en tout " {told}</p>
            <p class="three">{list}</p>
        }
    });
    translate(&scene.lieu);
    assert_eq!(scene.one(".two").text_content().as_deref(), Some("SOIT 0 H EN TOUT FAUX"));
    hours.set("87 h".into());
    wrong.set(false);
    then().await;
    assert_eq!(scene.one(".one").text_content().as_deref(), Some("87 h"));
    assert_eq!(scene.one(".two").text_content().as_deref(), Some("SOIT 87 h EN TOUT "));
    assert_eq!(scene.one(".three").text_content().as_deref(), Some("xyxyxyxy"));
    translate(&scene.lieu);
    wrong.set(true);
    hours.set("1 h".into());
    then().await;
    assert_eq!(scene.one(".two").text_content().as_deref(), Some("SOIT 1 h EN TOUT faux"));
    assert_eq!(scene.one(".three").text_content().as_deref(), Some("xyxyxy"));
    hours.set("1 h".into());
    wrong.set(false);
    then().await;
    assert_eq!(scene.one(".two").text_content().as_deref(), Some("SOIT 1 h EN TOUT "));
}
