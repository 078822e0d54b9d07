//! One answer among a few, all of them in sight.

use domaine::forms::Champ;
use leptos::prelude::*;

use super::field::{classe, error};
use crate::form::{FieldRef, Form};
use crate::html;
use crate::template::ecoute;

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
    html!(
        r#"
        <fieldset class={} id={} tabindex="-1" aria-describedby={}>
            <legend class="field__label">{}</legend>
            {}
            {}
            <div class="field__foot">{}</div>
        </fieldset>
    "#,
        classe(field, "choices field"),
        id,
        decrit.concat(),
        question,
        (!aide.is_empty()).then(|| html!(r#"<p class="field__hint" id={}>{}</p>"#, [id, "-aide"].concat(), aide)),
        boutons,
        error(field),
    )
}

fn bouton(field: FieldRef, choix: Choix) -> AnyView {
    let (nom, code) = (field.id(), choix.code);
    let id = [nom, "-", code].concat();
    html!(
        r#"
        <div class="choice">
            <input class="check__box" type="radio" name={} id={} prop:checked={} on:change={}>
            <label class="check__label" for={}>{}</label>
        </div>
    "#,
        nom,
        id.clone(),
        move || *field.texte().read() == code,
        ecoute(move |_| field.ecrire(code)),
        id,
        choix.dit,
    )
}
