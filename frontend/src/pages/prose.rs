//! The pages that are read: terms, privacy, accessibility, legal notice, help. Their text is a fragment served apart,
//! so that only who opens one pays for it.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::browser::{address, clock, dom};
use crate::components::{alert, skeleton};
use crate::failure::Echec;
use crate::net::client;

/// The text itself when the first paint is written natively; the browser asks for it.
macro_rules! natif {
    ($nom:literal) => {
        if cfg!(feature = "ssr") { Some(include_str!(concat!("../../prose/", $nom, ".html"))) } else { None }
    };
}

/// « Conditions générales d’utilisation ».
pub fn cgu() -> AnyView {
    prose("Conditions générales d’utilisation", "/prose/cgu.html", natif!("cgu"))
}

/// « Protection des données personnelles ».
pub fn donnees_personnelles() -> AnyView {
    prose("Protection des données personnelles", "/prose/donnees-personnelles.html", natif!("donnees-personnelles"))
}

/// « Accessibilité ».
pub fn accessibilite() -> AnyView {
    prose("Accessibilité", "/prose/accessibilite.html", natif!("accessibilite"))
}

/// « Mentions légales ».
pub fn mentions_legales() -> AnyView {
    prose("Mentions légales", "/prose/mentions-legales.html", natif!("mentions-legales"))
}

/// « Aide ».
pub fn aide() -> AnyView {
    prose("Aide", "/prose/aide.html", natif!("aide"))
}

thread_local! {
    static DEJA_LA: Cell<Option<String>> = const { Cell::new(None) };
}

/// Keeps the text of the first paint, so that it is neither asked for nor blinks when the page takes over.
pub fn garder() {
    let texte = dom::document().and_then(|d| d.query_selector(".prose").ok().flatten());
    DEJA_LA.set(texte.map(|texte| texte.inner_html()));
}

fn prose(titre: &'static str, adresse: &'static str, natif: Option<&'static str>) -> AnyView {
    let connu = natif.map(str::to_owned).or_else(|| DEJA_LA.take());
    let a_lire = connu.is_none();
    let texte = RwSignal::new(connu.map(Ok));
    let lire = move || {
        spawn_local(async move {
            let lu = client::fragment(adresse).await;
            let _partie = texte.try_set(Some(lu));
        });
    };
    Effect::new(move || {
        if a_lire {
            lire();
        }
    });
    let corps = move || {
        texte.with(|texte| match texte {
            None => skeleton::barres(),
            Some(Ok(texte)) => {
                clock::bientot(address::aller_a_l_ancre);
                view! { <div class="prose" inner_html=texte.clone()></div> }
            }
            Some(Err(echec)) => panne(echec, lire),
        })
    };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">{titre}</h1>
            {corps}
        </div>
    }
}

fn panne(echec: &Echec, lire: impl Fn() + 'static) -> AnyView {
    alert::panne("Cette page n’a pas pu être lue", echec, lire)
}
