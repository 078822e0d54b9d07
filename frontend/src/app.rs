//! The shell: contexts, who is connected, and what happens when the screen changes. Knows no form, and of the network
//! the session alone.

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
use crate::components::skeleton::skeleton;
use crate::components::{dialogs, footer, guard, header};
use crate::failure::ApiFailure;
use crate::follow::follow;
use crate::form::Formulaires;
use crate::net;
use crate::pages::{self, connexion};
use crate::parts;
use crate::screens::view_of;
use crate::session::{Session, session};
use markup::view;

/// The whole page.
pub fn app() -> AnyView {
    let session = Session::prepare(Formulaires::prepare());
    follow(move || net::session::start(session));
    // The browser shows a page that was left as it was: somebody may have logged out, or in, in the meantime.
    dom::listen("pageshow", move |event| {
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            net::session::come_back(session);
        }
    });
    // A component of Leptos wants its own macro.
    leptos::view! { <Router>{inner()}</Router> }.into_any()
}

fn inner() -> AnyView {
    follow_screens();
    let path = use_location().pathname;
    let address = use_context::<BrowserUrl>();
    let screen = move || {
        let screen = screens::at(&path.read());
        let view = screen.and_then(|screen| view_of(screen.name));
        match (screen, view) {
            (Some(screen), None) => {
                crossing::go_elsewhere(&path.read_untracked());
                skeleton(if screen.guarded { screen.heading() } else { "" })
            }
            _ => {
                // A table instead of the router's routes, each a type of its own; it needs only to hear that the
                // screen is there.
                if let Some(address) = &address {
                    address.ready_to_complete();
                }
                match (screen, view) {
                    (Some(screen), Some(view)) if screen.guarded => {
                        guard::guard(screen.heading(), view, net::session::ask_again)
                    }
                    (_, Some(view)) => view(),
                    _ => pages::not_found::not_found(),
                }
            }
        }
    };
    view! {
        {header::header(leaving())}
        {dialogs::signed_out()}
        <main class="main page" id="contenu">{screen}</main>
        {footer::footer()}
        {parts::AT_HOME.then(|| dialogs::session_end(net::session::ask, connexion::sign_in_again))}
    }
}

/// How a person leaves: to the first screen, or to why they could not.
fn leaving() -> impl Fn(RwSignal<Option<ApiFailure>>) + Clone + Send + 'static {
    let session = session();
    let go_to = StoredValue::new_local(use_navigate());
    move |failure| {
        let here = address::path();
        spawn_local(async move {
            match net::session::leave(session).await {
                // The provider of identities that opened the session ends its own.
                Ok(Some(elsewhere)) => address::restart(&elsewhere),
                // Who has gone elsewhere meanwhile stays there.
                Ok(None) if address::path() != here => {}
                Ok(None) => go_to.with_value(|go_to| go_to("/", NavigateOptions::default())),
                Err(why) => failure.set(Some(why)),
            }
        });
    }
}

thread_local! {
    /// Set between a press on « back » and the screen that it brings.
    static BACKSPACE: Cell<bool> = const { Cell::new(false) };
    static SCROLLS: RefCell<Vec<(String, f64)>> = const { RefCell::new(Vec::new()) };
}

/// Title, `h1`, focus and scroll move together on each change of screen.
fn follow_screens() {
    let path = use_location().pathname;
    let mut before = None::<String>;
    follow(move || {
        let here = path.get();
        if let Some(document) = dom::document() {
            document.set_title(screens::title_at(&here));
        }
        // The first screen keeps the focus and the place that the browser gave it.
        if before.as_ref().is_some_and(|before| *before != here) {
            let height = SCROLLS.with_borrow(|d| d.iter().find(|(c, _)| *c == here).map_or(0.0, |(_, h)| *h));
            let height = if BACKSPACE.take() { height } else { 0.0 };
            clock::soon(move || {
                focus::focus_title(true);
                if let Some(window) = dom::window() {
                    window.scroll_to_with_x_and_y(0.0, height);
                }
            });
        }
        before = Some(here);
    });
}

/// Remembers how far each screen was scrolled, and tells « back » from a link.
fn follow_returns() {
    dom::listen("popstate", |_| BACKSPACE.set(true));
    dom::listen("click", |event| {
        BACKSPACE.set(false);
        crossing::leave_to_browser(&event, |path| {
            screens::at(path).is_some_and(|screen| view_of(screen.name).is_none())
        });
    });
    dom::listen("scroll", |_| {
        let Some(window) = dom::window() else { return };
        let (Ok(height), Ok(path)) = (window.scroll_y(), window.location().pathname()) else { return };
        SCROLLS.with_borrow_mut(|d| match d.iter_mut().find(|(c, _)| *c == path) {
            Some((_, known)) => *known = height,
            None => d.push((path, height)),
        });
    });
}

/// Takes over from the first paint: same screen, same words, same focus, now alive.
pub fn launch() {
    let Some(app) = dom::element("app").and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    pointer::follow_pointer();
    follow_returns();
    let typed = handover::releves();
    pages::prose::keep();
    app.set_inner_html("");
    mount_to(app, self::app).forget();
    // What says that the page does not live.
    if let Some(stopped) = dom::element("arret") {
        stopped.remove();
    }
    handover::hand_over(typed);
    // A guarded screen has its title once somebody is known to be there.
    if address::path().is_some_and(|path| !screens::is_guarded(&path)) {
        crossing::arrive();
    }
}
