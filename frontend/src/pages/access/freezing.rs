//! « Geler mon compte »: one press, after what it does and the way back are said.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use markup::view;

use crate::browser::storage;
use crate::components::alert::unavailable;
use crate::failure::ApiFailure;
use crate::net::client;
use crate::session::{ACCOUNT_FROZEN, session};

use super::screen::Screen;

/// The section.
pub(super) fn section(screen: Screen) -> AnyView {
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="geler">
            <h2 id="geler">"Geler mon compte"</h2>
            {freeze(screen)}
        </section>
    }
}

/// What stops everything at once.
fn freeze(screen: Screen) -> AnyView {
    let session = session();
    let go_to = StoredValue::new_local(use_navigate());
    let failure = RwSignal::new(None::<ApiFailure>);
    let under_way = StoredValue::new(false);
    let freeze = move || {
        if under_way.get_value() {
            return;
        }
        under_way.set_value(true);
        failure.set(None);
        screen.fact.set(None);
        spawn_local(async move {
            let answer = client::freeze().await;
            // The screen may have gone meanwhile.
            if under_way.try_set_value(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => {
                    session.close();
                    storage::withhold(ACCOUNT_FROZEN, "1");
                    go_to.with_value(|go_to| {
                        go_to("/compte-gele", NavigateOptions { replace: true, ..NavigateOptions::default() });
                    });
                }
                Err(refused) => failure.set(Some(refused)),
            }
        });
    };
    let alert = move || failure.get().map(|failure| unavailable("Votre compte n’est pas gelé", &failure, freeze));
    view! {
        <p>
            "Un appareil volé, un mot de passe donné à un inconnu\u{202f}? Un appui suffit\u{a0}: tous vos appareils sont déconnectés, celui-ci aussi, et plus personne ne peut se connecter, ni rien changer ou dépenser. Vos droits restent les mêmes."
        </p>
        <p>"Pour le débloquer, il faudra deux preuves\u{a0}: votre mot de passe, et un code envoyé à votre courriel s’il est confirmé, ou imprimé par la personne qui tient ce service."</p>
        {alert}
        <p class="actions">
            <button class="button button--danger button--small" type="button" id="geler-compte" on:click=move |_| freeze()>
                "Geler mon compte"
            </button>
        </p>
    }
}
