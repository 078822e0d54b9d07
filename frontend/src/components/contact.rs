//! How to reach a person: the two telephones and the e-mail, the same in every form that asks for them.

use domaine::identite::telephone::{Nature, Territoire};
use domaine::identite::{Telephone, courriel as adresse};
use leptos::prelude::*;
use markup::view;

use super::field::{Options, field_et};
use crate::browser::focus;
use crate::form::{FieldRef, FieldSpec};

/// « Téléphone fixe ».
pub const FIXE: FieldSpec = FieldSpec { label: "Téléphone fixe", tidy: Some(ranger), remark: Some(territoire) };
/// « Téléphone mobile ».
pub const MOBILE: FieldSpec = FieldSpec { label: "Téléphone mobile", ..FIXE };
/// « Courriel ».
pub const COURRIEL: FieldSpec = FieldSpec { label: "Courriel", ..FieldSpec::TEXT };

/// The two boxes; at least one must be filled.
pub fn telephones(fixe: FieldRef, mobile: FieldRef) -> AnyView {
    let options = |autocomplete| Options { autocomplete, ..Options::TELEPHONE };
    view! {
        <div class="field-group" role="group" aria-labelledby="telephones">
            <p class="field__hint" id="telephones">"Un des deux numéros doit être renseigné"</p>
            <div class="pair">
                {field_et(fixe, options("home tel-national"), None, Some(deplacer(fixe, mobile, Nature::Mobile)))}
                {field_et(mobile, options("mobile tel-national"), None, Some(deplacer(mobile, fixe, Nature::Fixe)))}
            </div>
        </div>
    }
}

/// The e-mail.
pub fn courriel(field: FieldRef) -> AnyView {
    let options = Options { hint: "Il sert à vous connecter\u{a0}: relisez-le bien", ..Options::COURRIEL };
    field_et(field, options, None, Some(proposer(field)))
}

/// A number of the other kind: offers the other box when it is empty.
fn deplacer(ici: FieldRef, ailleurs: FieldRef, nature: Nature) -> AnyView {
    let deplace = Memo::new(move |_| {
        Telephone::parse(&ici.texte().read()).is_ok_and(|telephone| telephone.nature() == nature)
            && ailleurs.texte().read().trim().is_empty()
    });
    let (dit, vers) = match nature {
        Nature::Mobile => ("C’est un numéro de mobile. ", "Mettre dans Téléphone mobile"),
        Nature::Fixe => ("C’est un numéro fixe. ", "Mettre dans Téléphone fixe"),
    };
    let aller = move |_| {
        let texte = ici.texte().get_untracked();
        ici.ecrire("");
        ailleurs.ecrire(&texte);
        ailleurs.quitter();
        focus::donner_focus(ailleurs.id());
    };
    let vue = move || {
        deplace.get().then(|| {
            view! {
                <p>
                    {dit}
                    <button class="button button--link" type="button" on:click=aller>{vers}</button>
                </p>
            }
        })
    };
    view! { <div role="status">{vue}</div> }
}

/// « gmial.com »: proposes, never rewrites.
fn proposer(field: FieldRef) -> AnyView {
    let proposee = Memo::new(move |_| match field.montre().read().juste {
        true => adresse::suggestion(&field.texte().read()),
        false => None,
    });
    let vue = move || {
        proposee.get().map(|adresse| {
            let bonne = adresse.clone();
            let prendre = move |_| {
                field.ecrire(&bonne);
                focus::donner_focus(field.id());
            };
            view! {
                <p>
                    "Vouliez-vous écrire "
                    <button class="button button--link" type="button" on:click=prendre>{adresse}</button>
                    "\u{202f}?"
                </p>
            }
        })
    };
    view! { <div role="status">{vue}</div> }
}

fn ranger(texte: &str) -> Option<String> {
    Telephone::parse(texte).ok().map(|telephone| telephone.groupe())
}

/// The territory of an overseas number: « La Réunion ».
pub fn territoire(texte: &str) -> Option<String> {
    let territoire = Telephone::parse(texte).ok()?.territoire();
    (territoire != Territoire::Metropole).then(|| territoire.nom().to_owned())
}
