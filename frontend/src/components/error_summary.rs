//! After a refused submission: what is to be mended, each with a link to its field. Shrinks as it is mended.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use markup::view;

use crate::browser::focus;
use crate::form::AnyForm;
use crate::wording::faults;

/// The summary of this form; empty before a refused submission. It takes the focus when it appears.
pub fn resume(form: impl Into<AnyForm>) -> AnyView {
    resume_of(form.into())
}

fn resume_of(form: AnyForm) -> AnyView {
    let nom = form.name();
    let id = [nom, "-bilan"].concat();
    let titre = move || match form.bilan().read().len() {
        0 => String::new(),
        1 => "Il reste 1 réponse à corriger".into(),
        n => ["Il reste ", &n.to_string(), " réponses à corriger"].concat(),
    };
    let ligne = move |(rang, faute)| {
        let field = form.at(rang);
        let texte = [field.label(), "\u{a0}: ", &minuscule(&faults::phrase(&faute, field.id()))].concat();
        let aller = move |evenement: MouseEvent| {
            evenement.prevent_default();
            focus::donner_focus(field.id());
        };
        view! { <li><a href=["#", field.id()].concat() on:click=aller>{texte}</a></li> }
    };
    // The box itself is built once per refusal: while it shrinks, the focus inside it survives.
    let ouvert = Memo::new(move |_| !form.bilan().read().is_empty());
    let cadre = move || {
        ouvert.get().then(|| {
            view! {
                <div
                    class="error-summary"
                    id=id.clone()
                    role="group"
                    tabindex="-1"
                    aria-labelledby=[nom, "-titre"].concat()
                >
                    <h2 class="error-summary__title" id=[nom, "-titre"].concat()>{titre}</h2>
                    <ul class="error-summary__list">
                        {move || form.bilan().get().into_iter().map(ligne).collect::<Vec<_>>()}
                    </ul>
                </div>
            }
        })
    };
    view! { {cadre} <p class="visually-hidden" role="status">{titre}</p> }
}

/// A sentence that follows a colon starts in lower case; the browser knows the letters, the page need not.
fn minuscule(phrase: &str) -> String {
    let mut caracteres = phrase.chars();
    let premier = caracteres.next().map(String::from).unwrap_or_default();
    [&String::from(js_sys::JsString::from(premier).to_lower_case()), caracteres.as_str()].concat()
}
