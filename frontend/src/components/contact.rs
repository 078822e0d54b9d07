//! How to reach a person: the two telephones and the e-mail, the same in every form that asks for them.

use domaine::identite::telephone::{Nature, Territory};
use domaine::identite::{Telephone, courriel as address};
use leptos::prelude::*;
use markup::view;

use super::field::{Options, field_and};
use crate::browser::focus;
use crate::form::{FieldRef, FieldSpec};

/// « Téléphone fixe ».
pub const FIXE: FieldSpec =
    FieldSpec { label: "Téléphone fixe", tidy: Some(tidy), remark: Some(territory), ..FieldSpec::TEXT };
/// « Téléphone mobile ».
pub const MOBILE: FieldSpec = FieldSpec { label: "Téléphone mobile", ..FIXE };
/// « Courriel ».
pub const COURRIEL: FieldSpec = FieldSpec { label: "Courriel", ..FieldSpec::TEXT };

/// What is said of the e-mail that opens an account.
pub const TO_CONNECT: &str = "Il sert à vous connecter\u{a0}: relisez-le bien";

/// The two boxes; at least one must be filled.
pub fn telephones(fixe: FieldRef, mobile: FieldRef) -> AnyView {
    let options = |autocomplete| Options { autocomplete, ..Options::TELEPHONE };
    view! {
        <div class="field-group" role="group" aria-labelledby="telephones">
            <p class="field__hint" id="telephones">"Un des deux numéros doit être renseigné"</p>
            <div class="pair">
                {field_and(fixe, options("home tel-national"), None, Some(shift(fixe, mobile, Nature::Mobile)))}
                {field_and(mobile, options("mobile tel-national"), None, Some(shift(mobile, fixe, Nature::Fixe)))}
            </div>
        </div>
    }
}

/// The e-mail.
pub fn courriel(field: FieldRef, hint: &'static str) -> AnyView {
    let options = Options { hint, ..Options::COURRIEL };
    field_and(field, options, None, Some(offer(field)))
}

/// A number of the other kind: offers the other box when it is empty.
fn shift(here: FieldRef, elsewhere: FieldRef, nature: Nature) -> AnyView {
    let shifted = Memo::new(move |_| {
        Telephone::parse(&here.text().read()).is_ok_and(|telephone| telephone.nature() == nature)
            && elsewhere.text().read().trim().is_empty()
    });
    let (said, towards) = match nature {
        Nature::Mobile => ("C’est un numéro de mobile. ", "Mettre dans Téléphone mobile"),
        Nature::Fixe => ("C’est un numéro fixe. ", "Mettre dans Téléphone fixe"),
    };
    let go_to = move |_| {
        let text = here.text().get_untracked();
        here.write("");
        elsewhere.write(&text);
        elsewhere.on_leave();
        focus::give_focus(elsewhere.id());
    };
    let view = move || {
        shifted.get().then(|| {
            view! {
                <p>
                    {said}
                    <button class="button button--link" type="button" on:click=go_to>{towards}</button>
                </p>
            }
        })
    };
    view! { <div role="status">{view}</div> }
}

/// « gmial.com »: proposes, never rewrites.
fn offer(field: FieldRef) -> AnyView {
    let offered = Memo::new(move |_| match field.shown().read().right {
        true => address::suggestion(&field.text().read()),
        false => None,
    });
    let view = move || {
        offered.get().map(|address| {
            let good = address.clone();
            let take = move |_| {
                field.write(&good);
                focus::give_focus(field.id());
            };
            view! {
                <p>
                    "Vouliez-vous écrire "
                    <button class="button button--link" type="button" on:click=take>{address}</button>
                    "\u{202f}?"
                </p>
            }
        })
    };
    view! { <div role="status">{view}</div> }
}

fn tidy(text: &str) -> Option<String> {
    Telephone::parse(text).ok().map(|telephone| telephone.group())
}

/// The territory of an overseas number: « La Réunion ».
pub fn territory(text: &str) -> Option<String> {
    let territory = Telephone::parse(text).ok()?.territory();
    (territory != Territory::Metropole).then(|| territory.nom().to_owned())
}
