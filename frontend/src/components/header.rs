//! The head of every screen: the mark, and where a person may go.

use api::comptes::TitulaireVu;
use api::screens;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use markup::view;

use super::alert::{alerte_erreur, phrase};
use crate::browser::focus;
use crate::failure::Echec;
use crate::session::{Phase, session};

/// The header; its links depend on who is connected. `leave` ends the session, and says here why it could not.
pub fn header(leave: impl Fn(RwSignal<Option<Echec>>) + Clone + Send + 'static) -> AnyView {
    let session = session();
    let chemin = use_location().pathname;
    // Before the server has answered, the address tells which header to expect.
    let connecte = Memo::new(move |_| match session.phase().get() {
        Phase::Ouverte | Phase::Terminee => true,
        Phase::Anonyme => false,
        Phase::Attente | Phase::Injoignable => screens::is_guarded(&chemin.read()),
    });
    let lien = move |vers: &'static str, dit: AnyView| {
        let ici = move || (*chemin.read() == vers).then_some("page");
        view! { <a href=vers aria-current=ici>{dit}</a> }
    };
    let echec = RwSignal::new(None::<Echec>);
    // Over once the person looks elsewhere, or is no longer connected.
    Effect::new(move |_| {
        chemin.track();
        session.phase().track();
        echec.set(None);
    });
    let reste = move || {
        echec.get().map(|echec| {
            let titre = "Vous êtes toujours connecté\u{a0}: le service n’a pas pu vous déconnecter";
            view! { <div class="page">{alerte_erreur(titre, phrase(&echec), None)}</div> }
        })
    };
    let nom = move || session.titulaire().read().as_ref().map_or_else(|| "Profil".into(), nom_court);
    let liens = move || {
        if connecte.get() {
            let leave = leave.clone();
            let quitter = move |_| {
                echec.set(None);
                leave(echec);
            };
            view! {
                <nav class="nav" aria-label="Principale">
                    {lien("/solde", "Solde".into_any())}
                    {lien("/mes-droits", "Droits".into_any())}
                    {lien("/historique", "Historique".into_any())}
                    {lien("/profil", view! { <span class="visually-hidden">"Mon profil, "</span> {nom} })}
                </nav>
                <button class="button button--link header__leave" type="button" on:click=quitter>
                    "Se déconnecter"
                </button>
            }
        } else {
            view! {
                <nav class="nav" aria-label="Principale">
                    {lien("/aide", "Aide".into_any())}
                    {lien("/connexion", "Connexion".into_any())}
                </nav>
            }
        }
    };
    let vers_titre = |evenement: MouseEvent| {
        evenement.prevent_default();
        focus::focus_titre(false);
    };
    view! {
        <a class="skip" href="#contenu" on:click=vers_titre>"Aller au contenu"</a>
        <header class=move || if connecte.get() { "header header--connected" } else { "header" }>
            <div class="header__in page">
                <a class="mark" href="/">
                    <svg class="mark__sign" viewBox="0 0 28 28" aria-hidden="true">
                        <path fill="currentColor" d="M2 22h24v4H2zM8 15.300h18v4H8zM14 8.600h12v4H14zM20 2h6v4h-6z"/>
                    </svg>
                    "Acquis"
                </a>
                {liens}
            </div>
            {reste}
        </header>
    }
}

/// « Camille P. »: the first given name and the initial of the birth name.
fn nom_court(titulaire: &TitulaireVu) -> String {
    let prenom = titulaire.prenoms.split([' ', ',']).next().unwrap_or_default();
    let initiale: String = titulaire.nom_naissance.chars().take(1).collect();
    // The browser knows the capitals of all letters, the page need not.
    [prenom, "\u{a0}", &String::from(js_sys::JsString::from(initiale).to_upper_case()), "."].concat()
}
