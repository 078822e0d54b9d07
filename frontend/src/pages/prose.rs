//! The pages that are read: terms, privacy, accessibility, legal notice, help. Their text is a fragment served apart,
//! so that only who opens one pays for it.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::browser::{address, clock, dom};
use crate::components::{alert, skeleton};
use crate::failure::ApiFailure;
use crate::net::client;

/// The text itself when the first paint is written natively; the browser asks for it.
macro_rules! native {
    ($nom:literal) => {
        if cfg!(feature = "ssr") { Some(include_str!(concat!("../../prose/", $nom, ".html"))) } else { None }
    };
}

/// « Conditions générales d’utilisation ».
pub fn cgu() -> AnyView {
    prose("Conditions générales d’utilisation", "/prose/cgu.html", native!("cgu"))
}

/// « Protection des données personnelles ».
pub fn personal_data() -> AnyView {
    prose("Protection des données personnelles", "/prose/donnees-personnelles.html", native!("donnees-personnelles"))
}

/// « Accessibilité ».
pub fn accessibilite() -> AnyView {
    prose("Accessibilité", "/prose/accessibilite.html", native!("accessibilite"))
}

/// « Mentions légales ».
pub fn legal_notice() -> AnyView {
    prose("Mentions légales", "/prose/mentions-legales.html", native!("mentions-legales"))
}

/// « Aide ».
pub fn aide() -> AnyView {
    prose("Aide", "/prose/aide.html", native!("aide"))
}

thread_local! {
    static ALREADY_THERE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Keeps the text of the first paint, so that it is neither asked for nor blinks when the page takes over.
pub fn keep() {
    let text = dom::document().and_then(|d| d.query_selector(".prose").ok().flatten());
    ALREADY_THERE.set(text.map(|text| text.inner_html()));
}

fn prose(title: &'static str, address: &'static str, native: Option<&'static str>) -> AnyView {
    let known = native.map(str::to_owned).or_else(|| ALREADY_THERE.take());
    let to_read = known.is_none();
    let text = RwSignal::new(known.map(Ok));
    let read = move || {
        spawn_local(async move {
            let loaded = client::fragment(address).await;
            let _part = text.try_set(Some(loaded));
        });
    };
    Effect::new(move || {
        if to_read {
            read();
        }
    });
    let body = move || {
        text.with(|text| match text {
            None => skeleton::bars(),
            Some(Ok(text)) => {
                clock::soon(address::go_to_anchor);
                view! { <div class="prose" inner_html=text.clone()></div> }
            }
            Some(Err(failure)) => unavailable(failure, read),
        })
    };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">{title}</h1>
            {body}
        </div>
    }
}

fn unavailable(failure: &ApiFailure, read: impl Fn() + 'static) -> AnyView {
    alert::unavailable("Cette page n’a pas pu être lue", failure, read)
}
