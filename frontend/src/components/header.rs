//! The head of every screen: the mark, and where a person may go.

use api::comptes::TitulaireVu;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::navigateur;
use crate::session::{Phase, se_deconnecter, session};

/// The header; its links depend on who is connected.
pub fn header() -> AnyView {
    let session = session();
    let chemin = use_location().pathname;
    let aller = StoredValue::new_local(use_navigate());
    // Before the server has answered, the address tells which header to expect.
    let connecte = Memo::new(move |_| match session.phase().get() {
        Phase::Ouverte | Phase::Terminee => true,
        Phase::Anonyme => false,
        Phase::Attente | Phase::Injoignable => crate::app::est_reservee(&chemin.read()),
    });
    let lien = move |vers: &'static str, dit: AnyView| {
        let ici = move || (*chemin.read() == vers).then_some("page");
        view! { <a href=vers aria-current=ici>{dit}</a> }.into_any()
    };
    let quitter = move |_| {
        spawn_local(async move {
            if se_deconnecter(session).await.is_ok() {
                aller.with_value(|aller| aller("/", NavigateOptions::default()));
            }
        });
    };
    let nom = move || session.titulaire().read().as_ref().map_or_else(|| "Profil".into(), nom_court);
    let liens = move || {
        if connecte.get() {
            view! {
                <nav class="nav" aria-label="Principale">
                    {lien("/solde", "Solde".into_any())}
                    {lien("/mes-droits", "Droits".into_any())}
                    {lien("/historique", "Historique".into_any())}
                    {lien("/profil", view! { <span class="visually-hidden">"Mon profil, "</span>{nom} }.into_any())}
                </nav>
                <button class="button button--link header__leave" type="button" on:click=quitter>"Se déconnecter"</button>
            }
            .into_any()
        } else {
            view! {
                <nav class="nav" aria-label="Principale">
                    {lien("/aide", "Aide".into_any())}
                    {lien("/connexion", "Connexion".into_any())}
                </nav>
            }
            .into_any()
        }
    };
    let vers_titre = |evenement: leptos::ev::MouseEvent| {
        evenement.prevent_default();
        navigateur::focus_titre(false);
    };
    view! {
        <a class="skip" href="#contenu" on:click=vers_titre>"Aller au contenu"</a>
        <header class=move || if connecte.get() { "header header--connected" } else { "header" }>
            <div class="header__in page">
                <a class="mark" href="/">
                    <svg class="mark__sign" viewBox="0 0 28 28" aria-hidden="true">
                        <path fill="currentColor" d="M2 22h24v4H2zM8 15.300h18v4H8zM14 8.600h12v4H14zM20 2h6v4h-6z"></path>
                    </svg>
                    "Acquis"
                </a>
                {liens}
            </div>
        </header>
    }
    .into_any()
}

/// « Camille P. »: the first given name and the initial of the birth name.
fn nom_court(titulaire: &TitulaireVu) -> String {
    let prenom = titulaire.prenoms.split([' ', ',']).next().unwrap_or_default();
    let initiale: String = titulaire.nom_naissance.chars().take(1).flat_map(char::to_uppercase).collect();
    [prenom, "\u{a0}", &initiale, "."].concat()
}
