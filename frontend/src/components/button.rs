//! Buttons that do something.

use leptos::prelude::*;
use markup::view;

use crate::form::AnyForm;

/// The button that submits: never disabled, it says that it is busy instead.
///
/// In the first paint it submits nothing yet: a browser would otherwise do it in its own way.
pub fn bouton_envoi(form: impl Into<AnyForm>, id: &'static str, dit: &'static str, en_cours: &'static str) -> AnyView {
    bouton(form.into(), "button", id, dit, en_cours)
}

/// The same for what cannot be undone.
pub fn bouton_danger(form: impl Into<AnyForm>, id: &'static str, dit: &'static str, en_cours: &'static str) -> AnyView {
    bouton(form.into(), "button button--danger", id, dit, en_cours)
}

fn bouton(form: AnyForm, classe: &'static str, id: &'static str, dit: &'static str, en_cours: &'static str) -> AnyView {
    let occupe = move || form.en_cours().get().then_some("true");
    view! {
        <button
            class=classe
            id=id
            type={if cfg!(feature = "ssr") { "button" } else { "submit" }}
            aria-busy=occupe
            aria-disabled=occupe
        >
            {move || if form.en_cours().get() { en_cours } else { dit }}
        </button>
    }
}
