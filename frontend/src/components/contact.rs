//! How to reach a person: the two telephones and the e-mail, the same in every form that asks for them.

use crate::gabarit::ecoute;
use crate::html;
use domaine::identite::telephone::{Nature, Territoire};
use domaine::identite::{Telephone, courriel as adresse};
use leptos::prelude::*;

use super::field::{Options, field_et};
use crate::browser::focus;
use crate::form::{Form, Meta};

/// « Téléphone fixe ».
pub const FIXE: Meta = Meta {
    id: "telephone-fixe",
    label: "Téléphone fixe",
    ranger: Some(ranger),
    remarque: Some(territoire),
    ..Meta::TEXTE
};
/// « Téléphone mobile ».
pub const MOBILE: Meta = Meta { id: "telephone-mobile", label: "Téléphone mobile", ..FIXE };
/// « Courriel ».
pub const COURRIEL: Meta = Meta { id: "courriel", label: "Courriel", ..Meta::TEXTE };

/// The two boxes, of these ranks; at least one must be filled.
pub fn telephones(form: Form, fixe: usize, mobile: usize) -> AnyView {
    let options = |autocomplete| Options { autocomplete, ..Options::TELEPHONE };
    html!(
        r#"
        <div class="field-group" role="group" aria-labelledby="telephones">
            <p class="field__hint" id="telephones">Un des deux numéros doit être renseigné</p>
            <div class="pair">
                {}
                {}
            </div>
        </div>
    "#,
        field_et(form, fixe, options("home tel-national"), None, Some(deplacer(form, fixe, mobile, Nature::Mobile)),),
        field_et(form, mobile, options("mobile tel-national"), None, Some(deplacer(form, mobile, fixe, Nature::Fixe)),),
    )
}

/// The e-mail, of this rank.
pub fn courriel(form: Form, rang: usize) -> AnyView {
    let options = Options { hint: "Il sert à vous connecter\u{a0}: relisez-le bien", ..Options::COURRIEL };
    field_et(form, rang, options, None, Some(proposer(form, rang)))
}

/// A number of the other kind: offers the other box when it is empty.
fn deplacer(form: Form, ici: usize, ailleurs: usize, nature: Nature) -> AnyView {
    let deplace = Memo::new(move |_| {
        Telephone::parse(&form.texte(ici).read()).is_ok_and(|telephone| telephone.nature() == nature)
            && form.texte(ailleurs).read().trim().is_empty()
    });
    let (dit, vers) = match nature {
        Nature::Mobile => ("C’est un numéro de mobile. ", "Mettre dans Téléphone mobile"),
        Nature::Fixe => ("C’est un numéro fixe. ", "Mettre dans Téléphone fixe"),
    };
    let aller = move |_| {
        let texte = form.texte(ici).get_untracked();
        form.ecrire(ici, "");
        form.ecrire(ailleurs, &texte);
        form.quitter(ailleurs);
        focus::donner_focus(form.meta(ailleurs).id);
    };
    let vue = move || {
        deplace.get().then(|| {
            html!(
                r#"<p>{}<button class="button button--link" type="button" on:click={}>{}</button></p>"#,
                dit,
                ecoute(aller),
                vers
            )
        })
    };
    html!(r#"<div role="status">{}</div>"#, vue)
}

/// « gmial.com »: proposes, never rewrites.
fn proposer(form: Form, rang: usize) -> AnyView {
    let proposee = Memo::new(move |_| match form.montre(rang).read().juste {
        true => adresse::suggestion(&form.texte(rang).read()),
        false => None,
    });
    let vue = move || {
        proposee.get().map(|adresse| {
            let bonne = adresse.clone();
            let prendre = move |_| {
                form.ecrire(rang, &bonne);
                focus::donner_focus(form.meta(rang).id);
            };
            html!(
                r#"
                <p>
                    Vouliez-vous écrire <button class="button button--link" type="button" on:click={}>{}</button>
                    &#8239;?
                </p>
            "#,
                ecoute(prendre),
                adresse
            )
        })
    };
    html!(r#"<div role="status">{}</div>"#, vue)
}

fn ranger(texte: &str) -> Option<String> {
    Telephone::parse(texte).ok().map(|telephone| telephone.groupe())
}

/// The territory of an overseas number: « La Réunion ».
pub fn territoire(texte: &str) -> Option<String> {
    let territoire = Telephone::parse(texte).ok()?.territoire();
    (territoire != Territoire::Metropole).then(|| territoire.nom().to_owned())
}
