//! Signing in with a passkey, on the screen of the sign-in and over another one: a button, and what is said when it opened nothing.

use api::accounts::SessionView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::browser::passkeys::{self, NoAnswer};
use crate::components::alert::error_alert;
use crate::failure::ApiFailure;
use crate::form::AnyForm;
use crate::net::client;
use crate::parts;

/// The way in by a passkey, beside this form: what the service says of it is said as of the form.
#[derive(Clone, Copy)]
pub(super) struct ByPasskey {
    form: AnyForm,
    enter: StoredValue<Box<dyn Fn(SessionView)>, LocalStorage>,
    refusal: RwSignal<Option<NoAnswer>>,
}

/// Why a passkey opened nothing.
enum Unopened {
    /// Said by the browser.
    Here(NoAnswer),
    /// Said by the service.
    There(ApiFailure),
}

impl ByPasskey {
    /// Nothing is asked yet; `enter` is what is done once it opened.
    pub(super) fn new(form: impl Into<AnyForm>, enter: impl Fn(SessionView) + 'static) -> Self {
        if parts::PASSKEYS {
            on_cleanup(passkeys::give_up);
        }
        let enter: Box<dyn Fn(SessionView)> = Box::new(enter);
        Self { form: form.into(), enter: StoredValue::new_local(enter), refusal: RwSignal::new(None) }
    }

    /// Comes in by what opened the session.
    pub(super) fn enter(self, view: SessionView) {
        self.enter.with_value(|enter| enter(view));
    }

    /// Asks for a passkey; `in_field`: offers those there are in a field, where the browser can, and says nothing when nobody takes one.
    pub(super) fn ask(self, in_field: bool) {
        if !parts::PASSKEYS {
            return;
        }
        spawn_local(async move {
            if in_field && !passkeys::offers_in_fields().await {
                return;
            }
            let opened = answered(in_field).await;
            let here = match &opened {
                Err(Unopened::Here(why)) => Some(*why),
                _ => None,
            };
            // Another took its place, or nobody asked for anything; or the screen has gone meanwhile.
            if here == Some(NoAnswer::TakenBack) || (in_field && here.is_some()) || self.refusal.try_set(here).is_some()
            {
                return;
            }
            match opened {
                Ok(view) => self.enter(view),
                Err(Unopened::There(failure)) => self.form.fail(failure),
                Err(Unopened::Here(_)) => {}
            }
        });
    }

    /// What the browser said, when it gave no answer.
    pub(super) fn alert(self) -> AnyView {
        if !parts::PASSKEYS {
            return ().into_any();
        }
        let said = move || self.refusal.get().map(not_answered);
        view! { {said} }
    }

    /// The button.
    pub(super) fn button(self) -> AnyView {
        if !parts::PASSKEYS {
            return ().into_any();
        }
        view! {
            <button class="button button--quiet" type="button" id="par-cle" on:click=move |_| self.ask(false)>
                "Utiliser une clé d’accès"
            </button>
        }
    }
}

async fn answered(in_field: bool) -> Result<SessionView, Unopened> {
    let options = match client::passkey_challenge().await {
        Ok(options) => options,
        Err(_) if in_field => return Err(Unopened::Here(NoAnswer::TakenBack)),
        Err(failure) => return Err(Unopened::There(failure)),
    };
    let response = passkeys::answer(&options, in_field).await.map_err(Unopened::Here)?;
    client::sign_in_by_passkey(response).await.map_err(Unopened::There)
}

fn not_answered(why: NoAnswer) -> AnyView {
    let text = match why {
        NoAnswer::GivenUp | NoAnswer::Already | NoAnswer::TakenBack => {
            "Aucune clé d’accès n’a répondu. Recommencez, ou connectez-vous avec votre mot de passe."
        }
        NoAnswer::WrongPlace => {
            "Les clés d’accès de ce service ne servent pas à cette adresse. Connectez-vous avec votre mot de passe."
        }
        NoAnswer::Unknown => {
            "Ce navigateur, ou l’adresse de cette page, ne permet pas les clés d’accès. Connectez-vous avec votre mot de passe."
        }
    };
    error_alert("Vous n’êtes pas encore connecté", text.into(), None)
}
