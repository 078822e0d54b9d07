//! « Mon profil »: what is known of the person and from whom, what they can change, and how to leave.

mod changes;
mod known;
mod screen;

use api::comptes::ProfilVu;
use api::routes;
use leptos::prelude::*;
use markup::view;

use crate::components::awaited::awaited;
use crate::net::client;
use crate::net::remote::Lecture;

use changes::{changer_coordonnees, changer_mot_de_passe, fermer_compte};
use known::{appareils, coordonnees_vues, identite};
use screen::{Ecran, Partie, ouvrir};

/// The screen.
pub fn profil() -> AnyView {
    let ecran = Ecran {
        profil: Lecture::nouvelle(client::profil),
        connexions: Lecture::nouvelle(client::connexions),
        ouverte: RwSignal::new(None),
        fait: RwSignal::new(None),
    };
    let fait = move || {
        ecran.fait.get().map(|fait| {
            view! {
                <div class="alert alert--success" id="fait" tabindex="-1">
                    <p class="alert__title">{fait}</p>
                </div>
            }
        })
    };
    view! {
        <div class="sheet">
            <div class="stack">
                <h1 tabindex="-1">"Mon profil"</h1>
                <div role="status">{fait}</div>
            </div>
            {awaited(
                ecran.profil.answer(),
                "Votre profil n’a pas pu être lu",
                move || ecran.profil.retry(),
                move |profil| lu(ecran, profil)
            )}
        </div>
    }
}

fn lu(ecran: Ecran, profil: &ProfilVu) -> AnyView {
    let profil = StoredValue::new(profil.clone());
    let joindre = move || match ecran.ouverte.get() {
        Some(Partie::Coordonnees) => changer_coordonnees(ecran),
        _ => profil.with_value(|profil| coordonnees_vues(ecran, profil)),
    };
    let secret = move || match ecran.ouverte.get() {
        Some(Partie::MotDePasse) => changer_mot_de_passe(ecran),
        _ => ouvrir(ecran, Partie::MotDePasse, "button button--quiet button--small", "Changer le mot de passe"),
    };
    let fermeture = move || match ecran.ouverte.get() {
        Some(Partie::Fermeture) => fermer_compte(ecran),
        _ => view! {
            <p>"Vos coordonnées et vos déclarations seront effacées. Une confirmation vous sera demandée."</p>
            {ouvrir(ecran, Partie::Fermeture, "button button--danger button--small", "Fermer mon compte")}
        },
    };
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="connu">
            <h2 id="connu">"Ce que l’on sait de vous"</h2>
            {profil.with_value(identite)}
            <aside class="note">
                <p>
                    "Une erreur dans votre nom ou votre date de naissance\u{202f}? Elle se corrige sur demande, avec un justificatif. "
                    <a href="/aide#corriger">"Demander une correction"</a>
                </p>
            </aside>
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="joindre">
            <h2 id="joindre">"Comment vous joindre"</h2>
            {joindre}
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="secret">
            <h2 id="secret">"Mot de passe"</h2>
            {secret}
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="appareils">
            <h2 id="appareils">"Appareils connectés"</h2>
            {awaited(
                ecran.connexions.answer(),
                "Vos connexions n’ont pas pu être lues",
                move || ecran.connexions.retry(),
                move |connexions| appareils(ecran, connexions)
            )}
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="emporter">
            <h2 id="emporter">"Emporter mes données"</h2>
            <p>
                "Tout ce que ce service garde de vous, dans un fichier que d’autres logiciels peuvent lire."
            </p>
            <p class="actions">
                <a class="button button--quiet button--small" href=routes::EXPORT download="mes-donnees.json">
                    "Télécharger mes données (JSON)"
                </a>
                <a class="button button--quiet button--small" href="/historique">"Voir mon historique"</a>
            </p>
        </section>
        <section class="sheet sheet--ruled" aria-labelledby="fermer">
            <h2 id="fermer">"Fermer mon compte"</h2>
            {fermeture}
        </section>
    }
}
