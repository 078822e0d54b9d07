//! Screens for connected people: others are sent to connect, and brought back.

use api::screens;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use markup::view;

use super::alert::unavailable;
use super::skeleton::skeleton;
use crate::browser::crossing;
use crate::failure::ApiFailure;
use crate::follow::follow;
use crate::session::{Phase, Session, session};

/// What a guarded screen must show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Wait,
    Failure,
    Elsewhere,
    Open,
}

/// The screen, once somebody is connected. It stays when the session ends: nothing typed is lost. `ask_again` asks the
/// server who is connected, after it could not be reached.
pub fn guard(title: &'static str, screen: fn() -> AnyView, ask_again: fn(Session)) -> AnyView {
    let session = session();
    let path = use_location().pathname;
    let go_to = StoredValue::new_local(use_navigate());
    let access = Memo::new(move |_| match session.phase().get() {
        Phase::Wait => Access::Wait,
        Phase::Unreachable => Access::Failure,
        Phase::Anonyme => Access::Elsewhere,
        Phase::Opened | Phase::Finished => Access::Open,
    });
    follow(move || {
        // Not when the person is leaving this address already, to disconnect.
        if access.get() == Access::Elsewhere && screens::is_guarded(&path.read_untracked()) {
            let towards = ["/connexion", BACK, &path.get_untracked()].concat();
            go_to.with_value(|go_to| go_to(&towards, NavigateOptions { replace: true, ..NavigateOptions::default() }));
        }
    });
    let view = move || match access.get() {
        Access::Wait | Access::Elsewhere => skeleton(title),
        Access::Open => {
            crossing::arrive();
            screen()
        }
        Access::Failure => view! {
            <div class="sheet">
                <h1 tabindex="-1">{title}</h1>
                {unavailable("Le service ne répond pas", &ApiFailure::Offline, move || ask_again(session))}
            </div>
        },
    };
    view! { {view} }
}

/// Where a person wanted to go, in the address of « Me connecter ».
pub const BACK: &str = "?retour=";
