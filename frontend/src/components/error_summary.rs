//! After a refused submission: what is to be mended, each with a link to its field. Shrinks as it is mended. The focus
//! says it once; what is said aloud afterwards is what remains.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use markup::view;

use crate::browser::{dom, focus};
use crate::follow::follow;
use crate::form::AnyForm;
use crate::wording::faults;

/// The summary of this form; empty before a refused submission. It takes the focus when it appears.
pub fn summary(form: impl Into<AnyForm>) -> AnyView {
    resume_of(form.into())
}

fn resume_of(form: AnyForm) -> AnyView {
    let nom = form.name();
    let id = [nom, "-bilan"].concat();
    let title = move || match form.summary().read().len() {
        0 => String::new(),
        1 => "Il reste 1 réponse à corriger".into(),
        n => ["Il reste ", &n.to_string(), " réponses à corriger"].concat(),
    };
    let ligne = move |(index, faute)| {
        let field = form.at(index);
        let text = [field.label(), "\u{a0}: ", &lowercase(&faults::phrase(&faute, field.id()))].concat();
        let go_to = move |event: MouseEvent| {
            event.prevent_default();
            focus::give_focus(field.id());
        };
        view! { <li><a href=["#", field.id()].concat() on:click=go_to>{text}</a></li> }
    };
    // The box itself is built once per refusal: while it shrinks, the focus inside it survives.
    let opened = Memo::new(move |_| !form.summary().read().is_empty());
    let frame = move || {
        opened.get().then(|| {
            view! {
                <div
                    class="error-summary"
                    id=id.clone()
                    role="group"
                    tabindex="-1"
                    aria-labelledby=[nom, "-bilan-titre"].concat()
                >
                    <h2 class="error-summary__title" id=[nom, "-bilan-titre"].concat()>{title}</h2>
                    <ul class="error-summary__list">
                        {move || form.summary().get().into_iter().map(ligne).collect::<Vec<_>>()}
                    </ul>
                </div>
            }
        })
    };
    // The title of the document says it too, for who comes back to this tab.
    let mut named = false;
    follow(move || {
        let opened = opened.get();
        if opened || named {
            name_document(opened);
        }
        named = opened;
    });
    on_cleanup(|| name_document(false));
    // The number before, and whether it went down.
    let shrunk = Memo::new(move |before: Option<&(usize, bool)>| {
        let now = form.summary().read().len();
        let (known, said) = before.copied().unwrap_or_default();
        (now, if now == known { said } else { now < known })
    });
    let rest = move || if shrunk.get().1 { title() } else { String::new() };
    view! { {frame} <p class="visually-hidden" role="status">{rest}</p> }
}

/// Before the title of a document that holds something to mend.
const WRONG: &str = "Erreur\u{a0}: ";

/// A screen may have renamed its document since the address was followed: whatever it is called stays.
fn name_document(wrong: bool) {
    if let Some(document) = dom::document() {
        let title = document.title();
        let bare = title.strip_prefix(WRONG).unwrap_or(&title);
        document.set_title(&[if wrong { WRONG } else { "" }, bare].concat());
    }
}

/// A sentence that follows a colon starts in lower case; the browser knows the letters, the page need not.
fn lowercase(phrase: &str) -> String {
    let mut characters = phrase.chars();
    let first = characters.next().map(String::from).unwrap_or_default();
    [&String::from(js_sys::JsString::from(first).to_lower_case()), characters.as_str()].concat()
}
