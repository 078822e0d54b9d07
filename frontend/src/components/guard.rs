//! Screens for connected people: others are sent to connect, and brought back.

use api::screens;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use markup::view;

use super::alert::panne;
use super::skeleton::squelette;
use crate::browser::crossing;
use crate::failure::Echec;
use crate::session::{Phase, Session, session};

/// What a guarded screen must show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Acces {
    Attente,
    Panne,
    Ailleurs,
    Ouvert,
}

/// The screen, once somebody is connected. It stays when the session ends: nothing typed is lost. `ask_again` asks the
/// server who is connected, after it could not be reached.
pub fn garde(titre: &'static str, ecran: fn() -> AnyView, ask_again: fn(Session)) -> AnyView {
    let session = session();
    let chemin = use_location().pathname;
    let aller = StoredValue::new_local(use_navigate());
    let acces = Memo::new(move |_| match session.phase().get() {
        Phase::Attente => Acces::Attente,
        Phase::Injoignable => Acces::Panne,
        Phase::Anonyme => Acces::Ailleurs,
        Phase::Ouverte | Phase::Terminee => Acces::Ouvert,
    });
    Effect::new(move |_| {
        // Not when the person is leaving this address already, to disconnect.
        if acces.get() == Acces::Ailleurs && screens::is_guarded(&chemin.read_untracked()) {
            let vers = ["/connexion", RETOUR, &chemin.get_untracked()].concat();
            aller.with_value(|aller| aller(&vers, NavigateOptions { replace: true, ..NavigateOptions::default() }));
        }
    });
    let vue = move || match acces.get() {
        Acces::Attente | Acces::Ailleurs => squelette(titre),
        Acces::Ouvert => {
            crossing::arriver();
            ecran()
        }
        Acces::Panne => view! {
            <div class="sheet">
                <h1 tabindex="-1">{titre}</h1>
                {panne("Le service ne répond pas", &Echec::HorsLigne, move || ask_again(session))}
            </div>
        },
    };
    view! { {vue} }
}

/// Where a person wanted to go, in the address of « Me connecter ».
pub const RETOUR: &str = "?retour=";
