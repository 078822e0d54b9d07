//! The `<form>`: one set of listeners for all its fields.

use leptos::ev::{FocusEvent, SubmitEvent};
use leptos::prelude::*;
use markup::view;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, InputEvent};

use crate::browser::{dom, pointer};
use crate::form::{AnyForm, FieldRef};

/// The form around these fields; `envoyer` is called when it is submitted.
///
/// `method="dialog"` outside a dialog does nothing: before the page is alive, no answer can end up in an address.
pub fn formulaire(form: impl Into<AnyForm>, envoyer: impl Fn() + 'static, contenu: AnyView) -> AnyView {
    entourer(form.into(), Box::new(envoyer), contenu)
}

fn entourer(form: AnyForm, envoyer: Box<dyn Fn()>, contenu: AnyView) -> AnyView {
    let lire = move |evenement: Event| {
        if let Some((field, champ)) = cible(form, &evenement) {
            field.saisir(dom::valeur(&champ));
            if evenement.dyn_ref::<InputEvent>().is_none_or(|e| e.input_type() != "insertText") {
                field.coller();
            }
        }
    };
    let quitter = move |evenement: FocusEvent| {
        if let Some((field, champ)) = cible(form, &evenement) {
            field.saisir(dom::valeur(&champ));
            pointer::pointeur_leve(move || field.quitter());
        }
    };
    let soumettre = move |evenement: SubmitEvent| {
        evenement.prevent_default();
        envoyer();
    };
    view! {
        <form
            class="form"
            novalidate
            method="dialog"
            on:input=lire
            on:change=lire
            on:focusout=quitter
            on:submit=soumettre
        >
            {contenu}
        </form>
    }
}

/// The field that an event is about.
fn cible(form: AnyForm, evenement: &Event) -> Option<(FieldRef, HtmlInputElement)> {
    // A file is judged by its bytes, where it is chosen.
    let champ = dom::en_champ(evenement.target()?.dyn_into().ok()?)?;
    Some((form.find(&champ.id())?, champ))
}
