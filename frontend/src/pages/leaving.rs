//! What is said of an account that is to be erased, where its holder comes first, and how they keep it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::browser::{clock, focus};
use crate::components::alert::unavailable;
use crate::failure::ApiFailure;
use crate::net::client;
use crate::wording::formats;

/// When it is erased, and the button that keeps it, after which the screen reads again what it shows; nothing for an account that stays.
pub fn leaving(
    closes_on: impl Fn() -> Option<String> + Send + 'static,
    read_again: impl Fn() + Copy + Send + 'static,
) -> AnyView {
    let kept = RwSignal::new(false);
    let failure = RwSignal::new(None::<ApiFailure>);
    let keep = move || {
        failure.set(None);
        spawn_local(async move {
            match client::keep_account().await {
                Ok(()) => {
                    kept.set(true);
                    read_again();
                    clock::soon(|| focus::give_focus(KEPT));
                }
                Err(refusal) => {
                    let _part = failure.try_set(Some(refusal));
                }
            }
        });
    };
    let alert = move || {
        closes_on().map(|on| {
            let refused = move || failure.get().map(|failure| unavailable("Votre compte n’est pas gardé", &failure, keep));
            view! {
                <section class="alert alert--error" aria-labelledby="effacement">
                    <h2 class="alert__title" id="effacement">"Votre compte sera effacé le " {formats::instant(&on)}</h2>
                    <p>"Sa fermeture a été demandée. Ce que vous y avez écrit et vos justificatifs disparaîtront."</p>
                    <p class="actions">
                        <button class="button button--small" type="button" on:click=move |_| keep()>"Garder mon compte"</button>
                    </p>
                    {refused}
                </section>
            }
        })
    };
    let said = move || {
        kept.get().then(|| {
            view! {
                <div class="alert alert--success" id=KEPT tabindex="-1">
                    <p class="alert__title">"Votre compte est gardé"</p>
                    <p>"Rien n’en est effacé. Un courriel vous le confirme."</p>
                </div>
            }
        })
    };
    view! {
        {alert}
        <div role="status">{said}</div>
    }
}

/// Where it is said that the account stays.
const KEPT: &str = "compte-garde";
