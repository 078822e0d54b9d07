//! What is known of a person and from whom, and the devices that they are connected on.
//! No form.

use api::accounts::{ConnexionView, ConnexionsView, ProfilView};
use domaine::identite::nom::NONE;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::components::alert::unavailable;
use crate::components::contact;
use crate::failure::ApiFailure;
use crate::net::client;
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

pub(super) fn devices(screen: Screen, connexions: &ConnexionsView) -> AnyView {
    let failure = RwSignal::new(None::<ApiFailure>);
    let sign_out = move || {
        failure.set(None);
        screen.fact.set(None);
        spawn_local(async move {
            match client::close_other_connexions().await {
                Ok(()) => {
                    screen.connexions.reread();
                    screen.succeed("Les autres appareils sont déconnectés");
                }
                Err(faute) => {
                    let _part = failure.try_set(Some(faute));
                }
            }
        });
    };
    let some_others = connexions.connexions.iter().any(|connexion| !connexion.current);
    let button = some_others.then(|| {
        view! {
            <p class="actions">
                <button class="button button--quiet button--small" type="button" on:click=move |_| sign_out()>
                    "Déconnecter les autres appareils"
                </button>
            </p>
        }
    });
    let lignes = connexions.connexions.iter().map(device).collect::<Vec<_>>();
    let alert = move || {
        failure.get().map(|failure| unavailable("Les autres appareils sont encore connectés", &failure, sign_out))
    };
    view! {
        <ul class="facts facts--list">{lignes}</ul>
        <aside class="note">
            <p>
                "Un appareil que vous ne reconnaissez pas\u{202f}? Changez votre mot de passe\u{a0}: tous les autres appareils seront déconnectés."
            </p>
        </aside>
        {button}
        {alert}
    }
}

fn device(connexion: &ConnexionView) -> AnyView {
    let since = ["Depuis le ", &formats::instant(&connexion.opened_on)].concat();
    let view = ["Vu pour la dernière fois le ", &formats::instant(&connexion.seen_on)].concat();
    let here = connexion.current;
    view! {
        <li>
            <div>
                <strong>{connexion.device.clone()}</strong>
                <span class="facts__source">{since}</span>
                {(!here).then(|| view! { <span class="facts__source">{view}</span> })}
            </div>
            {here.then(|| view! { <span class="tag tag--here">"cet appareil"</span> })}
        </li>
    }
}
