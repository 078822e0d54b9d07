//! One answer among a few, all of them in sight.

use domaine::forms::Champ;
use leptos::prelude::*;

use super::field::{class, error};
use crate::form::{FieldRef, Form};
use markup::view;

/// An answer: the word that it is in the form, and what it says.
pub struct Choice {
    /// The text of the field when it is chosen.
    pub code: &'static str,
    /// Beside its button.
    pub said: AnyView,
}

/// The answers of this field, under their question; the focus goes to the whole when it is at fault.
pub fn radios<C: Champ>(
    form: Form<C>,
    champ: C,
    question: AnyView,
    aide: &'static str,
    choice: Vec<Choice>,
) -> AnyView {
    radios_of(form.at(champ), question, aide, choice)
}

fn radios_of(field: FieldRef, question: AnyView, aide: &'static str, choice: Vec<Choice>) -> AnyView {
    let id = field.id();
    let buttons = choice.into_iter().map(|choice| button(field, choice)).collect::<Vec<_>>();
    let described = [id, if aide.is_empty() { "" } else { "-aide " }, if aide.is_empty() { "" } else { id }, "-erreur"];
    view! {
        <fieldset class=class(field, "choices field") id=id tabindex="-1" aria-describedby=described.concat()>
            <legend class="field__label">{question}</legend>
            {(!aide.is_empty()).then(|| view! { <p class="field__hint" id=[id, "-aide"].concat()>{aide}</p> })}
            {buttons}
            <div class="field__foot">{error(field)}</div>
        </fieldset>
    }
}

fn button(field: FieldRef, choice: Choice) -> AnyView {
    let (nom, code) = (field.id(), choice.code);
    let id = [nom, "-", code].concat();
    view! {
        <div class="choice">
            <input
                class="check__box"
                type="radio"
                name=nom
                id=id.clone()
                prop:checked=move || *field.text().read() == code
                on:change=move |_| field.write(code)
            />
            <label class="check__label" for=id>{choice.said}</label>
        </div>
    }
}
