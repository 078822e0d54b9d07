//! What is known of a person and from whom, and how to reach them.
//! No form.

use api::accounts::ProfilView;
use domaine::identite::nom::NONE;
use leptos::prelude::*;
use markup::view;

use crate::components::contact;
use crate::wording::formats;

use super::screen::{Part, Screen, open};

/// A word, what is known, and from whom.
fn known_fact(word: &'static str, known: AnyView, source: Option<String>) -> AnyView {
    let source = source.map(|source| view! { <span class="facts__source">{source}</span> });
    view! {
        <div>
            <dt>{word}</dt>
            <dd>{known} {source}</dd>
        </div>
    }
}

pub(super) fn identite(profil: &ProfilView) -> AnyView {
    let typed = || Some("Saisi par vous".to_owned());
    // A known account was opened only because these agreed with the declarations.
    let confirmed = || {
        Some(
            if profil.known_to_employeurs { "Saisi par vous, confirmé par votre employeur" } else { "Saisi par vous" }
                .into(),
        )
    };
    let (activite, source) = match profil.known_to_employeurs {
        true => {
            (view! { <a href="/historique">"Dans votre historique"</a> }, Some("Déclarations de vos employeurs".into()))
        }
        false => (view! { <span class="soft">"Aucune n’est encore connue"</span> }, None),
    };
    let nir = view! { <span class="figure" translate="no">{profil.masked_nir.clone()}</span> };
    let reference = view! { <span translate="no">{profil.reference.clone()}</span> };
    view! {
        <dl class="facts facts--pairs">
            {known_fact("Nom de naissance", name(&profil.titulaire.nom_naissance), confirmed())}
            {known_fact("Prénoms", name(&profil.titulaire.prenoms), typed())}
            {known_fact("Date de naissance", formats::naissance(&profil.date_naissance).into_any(), confirmed())}
            {known_fact("Numéro de sécurité sociale", nir.into_any(), typed())}
            {known_fact("Activité", activite, source)}
            {known_fact("Compte ouvert le", formats::long_day(profil.opened_on).into_any(), None)}
            {known_fact("Référence du compte", reference.into_any(), None)}
        </dl>
    }
}

/// A name, or that there is none.
fn name(name: &str) -> AnyView {
    if name == NONE { "Aucun".into_any() } else { name.to_owned().into_any() }
}

pub(super) fn coordonnees_view(screen: Screen, profil: &ProfilView) -> AnyView {
    view! {
        {contacts(&profil.telephone_fixe, &profil.telephone_mobile, &profil.courriel)}
        {open(screen, Part::Coordonnees, "button button--quiet button--small", "Modifier mes coordonnées")}
    }
}

/// How to reach somebody, now or as they ask.
pub(super) fn contacts(fixe: &Option<String>, mobile: &Option<String>, courriel: &str) -> AnyView {
    let telephone = |e164: &Option<String>| match e164 {
        Some(e164) => (formats::telephone(e164).into_any(), contact::territory(e164)),
        None => (view! { <span class="soft">"Non renseigné"</span> }, None),
    };
    let (fixe, or_fixe) = telephone(fixe);
    let (mobile, or_mobile) = telephone(mobile);
    view! {
        <dl class="facts facts--pairs">
            {known_fact("Téléphone fixe", fixe, or_fixe)}
            {known_fact("Téléphone mobile", mobile, or_mobile)}
            {known_fact("Courriel", courriel.to_owned().into_any(), None)}
        </dl>
    }
}
