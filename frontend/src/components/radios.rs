//! One answer among a few, all of them in sight.

use domaine::forms::Champ;
use leptos::prelude::*;

use super::field::{classe, error};
use crate::form::{FieldRef, Form};
use markup::view;

/// An answer: the word that it is in the form, and what it says.
pub struct Choix {
    /// The text of the field when it is chosen.
    pub code: &'static str,
    /// Beside its button.
    pub dit: AnyView,
}

/// The answers of this field, under their question; the focus goes to the whole when it is at fault.
pub fn radios<C: Champ>(form: Form<C>, champ: C, question: AnyView, aide: &'static str, choix: Vec<Choix>) -> AnyView {
    radios_of(form.at(champ), question, aide, choix)
}

fn radios_of(field: FieldRef, question: AnyView, aide: &'static str, choix: Vec<Choix>) -> AnyView {
    let id = field.id();
    let boutons = choix.into_iter().map(|choix| bouton(field, choix)).collect::<Vec<_>>();
    let decrit = [id, if aide.is_empty() { "" } else { "-aide " }, if aide.is_empty() { "" } else { id }, "-erreur"];
    view! {
        <fieldset class=classe(field, "choices field") id=id tabindex="-1" aria-describedby=decrit.concat()>
            <legend class="field__label">{question}</legend>
            {(!aide.is_empty()).then(|| view! { <p class="field__hint" id=[id, "-aide"].concat()>{aide}</p> })}
            {boutons}
            <div class="field__foot">{error(field)}</div>
        </fieldset>
    }
}

fn bouton(field: FieldRef, choix: Choix) -> AnyView {
    let (nom, code) = (field.id(), choix.code);
    let id = [nom, "-", code].concat();
    view! {
        <div class="choice">
            <input
                class="check__box"
                type="radio"
                name=nom
                id=id.clone()
                prop:checked=move || *field.texte().read() == code
                on:change=move |_| field.ecrire(code)
            />
            <label class="check__label" for=id>{choix.dit}</label>
        </div>
    }
}
