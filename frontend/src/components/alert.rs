//! Something went wrong, and what to do.

use std::borrow::Cow;

use api::probleme::Code;
use domaine::assurance::Level;
use leptos::prelude::*;
use markup::view;

use crate::browser::{address, clock, dom, focus, storage};
use crate::failure::ApiFailure;
use crate::form::AnyForm;
use crate::parts;
use crate::wording::problems;

/// The sentence of a failure, whoever asked.
pub fn phrase(failure: &ApiFailure) -> Cow<'static, str> {
    match failure {
        ApiFailure::Offline => problems::OFFLINE.into(),
        ApiFailure::NotUnderstood => problems::UNREADABLE.into(),
        ApiFailure::NotKept if dom::is_secure() => problems::COOKIES_REFUSED.into(),
        ApiFailure::NotKept => problems::NOT_SECURE.into(),
        // By http a browser says less of where a request comes from, and nothing would be kept anyway: to come again by the
        // same address mends nothing.
        ApiFailure::Refusal(probleme) if probleme.code == Code::OriginRefused && !dom::is_secure() => {
            problems::NOT_SECURE.into()
        }
        ApiFailure::Refusal(probleme) => problems::phrase(probleme),
    }
}

/// The way to what is asked before this may be done, and back here.
fn way_up(failure: &ApiFailure) -> Option<AnyView> {
    let ApiFailure::Refusal(probleme) = failure else { return None };
    ((parts::ACCOUNT || parts::ACCESS) && probleme.level == Some(Level::CourrielConfirmed)).then(|| {
        let way = ["/profil?retour=", &address::path().unwrap_or_default()].concat();
        view! { <p class="actions"><a class="button button--small" href=way>"Confirmer mon courriel"</a></p> }
    })
}

/// A notice of what went wrong; spoken at once.
pub fn error_alert(title: &'static str, text: Cow<'static, str>, next: Option<AnyView>) -> AnyView {
    view! {
        <div class="alert alert--error" role="alert">
            <p class="alert__title">{title}</p>
            <p>{text}</p>
            {next}
        </div>
    }
}

/// Why the last sending of this form failed, other than at fields. `say` gives the title, and the text when the page
/// has a better one than the common sentence.
pub fn failure_alert(
    form: impl Into<AnyForm>,
    say: fn(&ApiFailure) -> (&'static str, Option<&'static str>),
) -> AnyView {
    alert_of(form.into(), say)
}

fn alert_of(form: AnyForm, say: fn(&ApiFailure) -> (&'static str, Option<&'static str>)) -> AnyView {
    let alert = move || {
        // The end of a session is told by its own dialog, and over once the person is back; and so is a session that is too old.
        let is_told = |code| code == Code::SessionRequired || (parts::ACCESS && code == Code::OldSignIn);
        form.failure().get().filter(|failure| !failure.code().is_some_and(is_told)).map(|failure| {
            let (title, text) = say(&failure);
            // The sentence sends there whoever has an account already.
            let next = matches!(failure.code(), Some(Code::AccountImpossible | Code::StaleLink)).then(|| {
                view! {
                    <p class="actions">
                        <a class="button button--small" href="/connexion">"Me connecter"</a>
                    </p>
                }
            });
            let thaw = (failure.code() == Some(Code::FrozenAccount)).then(|| {
                view! {
                    <p class="actions"><a class="button button--small" href="/compte-gele">"Débloquer mon compte"</a></p>
                }
            });
            let next = next.or(thaw);
            error_alert(title, text.map_or_else(|| phrase(&failure), Cow::Borrowed), next.or_else(|| way_up(&failure)))
        })
    };
    view! { {alert} }
}

/// The answers that a reload kept; `lost` says what it did not.
pub fn recovered(form: impl Into<AnyForm>, lost: &'static str) -> AnyView {
    let back = form.into().recovered();
    let said = move || {
        back.get().then(|| {
            view! {
                <div class="alert" role="status">
                    <p class="alert__title">"Vos réponses sont revenues"</p>
                    <p>"La page a été rechargée. Par prudence, elle n’a " {lost}</p>
                </div>
            }
        })
    };
    view! { {said} }
}

/// Something could not be read: why, and a button to try again.
pub fn unavailable(title: &'static str, failure: &ApiFailure, retry: impl Fn() + 'static) -> AnyView {
    let button = way_up(failure).unwrap_or_else(|| {
        view! {
            <p class="actions">
                <button class="button button--small" type="button" on:click=move |_| retry()>
                    "Réessayer"
                </button>
            </p>
        }
    });
    let text = match failure {
        ApiFailure::Offline => {
            Cow::Borrowed("Le service ne répond pas, ou la connexion est coupée. Votre compte n’a pas changé.")
        }
        other => phrase(other),
    };
    error_alert(title, text, Some(button))
}

/// What another part of the page left to be said here, once, under the name that it is kept by.
pub fn left_word(name: &'static str, title: &'static str, text: &'static str) -> AnyView {
    let said = storage::find_again(name).map(|_| {
        storage::withhold(name, "");
        // After the title, which takes the focus on arriving from another part of the page.
        clock::soon(move || clock::soon(move || clock::soon(move || focus::give_focus(name))));
        view! {
            <div class="alert alert--success" id=name tabindex="-1">
                <p class="alert__title">{title}</p>
                <p>{text}</p>
            </div>
        }
    });
    view! { <div class="left-word" role="status">{said}</div> }
}
