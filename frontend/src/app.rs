//! The shell: contexts, who is connected, and what happens when the screen changes. Knows no form and no request.

use std::cell::{Cell, RefCell};

use api::screens;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};
use wasm_bindgen::JsCast;
use web_sys::PageTransitionEvent;

use crate::browser::{address, clock, crossing, dom, focus, handover, pointer};
use crate::components::skeleton::squelette;
use crate::components::{dialogs, footer, guard, header};
use crate::failure::Echec;
use crate::form::Formulaires;
use crate::net;
use crate::pages::{self, connexion};
use crate::screens::view_of;
use crate::session::{Session, session};
use markup::view;

/// The whole page.
pub fn app() -> AnyView {
    let session = Session::preparer(Formulaires::preparer());
    Effect::new(move |_| net::session::start(session));
    // The browser shows a page that was left as it was: somebody may have logged out, or in, in the meantime.
    dom::ecouter("pageshow", move |evenement| {
        if evenement.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            net::session::come_back(session);
        }
    });
    // A component of Leptos wants its own macro.
    leptos::view! { <Router>{interieur()}</Router> }.into_any()
}

fn interieur() -> AnyView {
    suivre_ecrans();
    let chemin = use_location().pathname;
    let adresse = use_context::<BrowserUrl>();
    let ecran = move || {
        let screen = screens::at(&chemin.read());
        let view = screen.and_then(|screen| view_of(screen.name));
        match (screen, view) {
            (Some(screen), None) => {
                crossing::aller_ailleurs(&chemin.read_untracked());
                squelette(if screen.guarded { screen.heading() } else { "" })
            }
            _ => {
                // A table instead of the router's routes, each a type of its own; it needs only to hear that the
                // screen is there.
                if let Some(adresse) = &adresse {
                    adresse.ready_to_complete();
                }
                match (screen, view) {
                    (Some(screen), Some(view)) if screen.guarded => {
                        guard::garde(screen.heading(), view, net::session::ask_again)
                    }
                    (_, Some(view)) => view(),
                    _ => pages::not_found::introuvable(),
                }
            }
        }
    };
    view! {
        {header::header(leaving())}
        {dialogs::hors_connexion()}
        <main class="main page" id="contenu">{ecran}</main>
        {footer::footer()}
        {dialogs::fin_de_session(net::session::ask, connexion::reconnexion)}
    }
}

/// How a person leaves: to the first screen, or to why they could not.
fn leaving() -> impl Fn(RwSignal<Option<Echec>>) + Clone + Send + 'static {
    let session = session();
    let aller = StoredValue::new_local(use_navigate());
    move |echec| {
        let ici = address::chemin();
        spawn_local(async move {
            match net::session::leave(session).await {
                // Who has gone elsewhere meanwhile stays there.
                Ok(()) if address::chemin() != ici => {}
                Ok(()) => aller.with_value(|aller| aller("/", NavigateOptions::default())),
                Err(pourquoi) => echec.set(Some(pourquoi)),
            }
        });
    }
}

thread_local! {
    /// Set between a press on « back » and the screen that it brings.
    static RETOUR_ARRIERE: Cell<bool> = const { Cell::new(false) };
    static DEFILEMENTS: RefCell<Vec<(String, f64)>> = const { RefCell::new(Vec::new()) };
}

/// Title, `h1`, focus and scroll move together on each change of screen.
fn suivre_ecrans() {
    let chemin = use_location().pathname;
    Effect::new(move |avant: Option<String>| {
        let ici = chemin.get();
        if let Some(document) = dom::document() {
            document.set_title(screens::title_at(&ici));
        }
        // The first screen keeps the focus and the place that the browser gave it.
        if avant.is_some_and(|avant| avant != ici) {
            let hauteur = DEFILEMENTS.with_borrow(|d| d.iter().find(|(c, _)| *c == ici).map_or(0.0, |(_, h)| *h));
            let hauteur = if RETOUR_ARRIERE.take() { hauteur } else { 0.0 };
            clock::bientot(move || {
                focus::focus_titre(true);
                if let Some(fenetre) = dom::fenetre() {
                    fenetre.scroll_to_with_x_and_y(0.0, hauteur);
                }
            });
        }
        ici
    });
}

/// Remembers how far each screen was scrolled, and tells « back » from a link.
fn suivre_retours() {
    dom::ecouter("popstate", |_| RETOUR_ARRIERE.set(true));
    dom::ecouter("click", |evenement| {
        RETOUR_ARRIERE.set(false);
        crossing::laisser_au_navigateur(&evenement, |chemin| {
            screens::at(chemin).is_some_and(|screen| view_of(screen.name).is_none())
        });
    });
    dom::ecouter("scroll", |_| {
        let Some(fenetre) = dom::fenetre() else { return };
        let (Ok(hauteur), Ok(chemin)) = (fenetre.scroll_y(), fenetre.location().pathname()) else { return };
        DEFILEMENTS.with_borrow_mut(|d| match d.iter_mut().find(|(c, _)| *c == chemin) {
            Some((_, connue)) => *connue = hauteur,
            None => d.push((chemin, hauteur)),
        });
    });
}

/// Takes over from the first paint: same screen, same words, same focus, now alive.
pub fn lancer() {
    let Some(app) = dom::element("app").and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    pointer::suivre_pointeur();
    suivre_retours();
    let saisi = handover::relever();
    pages::prose::garder();
    app.set_inner_html("");
    mount_to(app, self::app).forget();
    handover::remettre(saisi);
    // A guarded screen has its title once somebody is known to be there.
    if address::chemin().is_some_and(|chemin| !screens::is_guarded(&chemin)) {
        crossing::arriver();
    }
}
