//! « Confirmez votre courriel »: a code is sent to the e-mail that nobody proved yet, and typed here; then whoever came from
//! elsewhere goes back there.

use api::screens;
use domaine::forms::ChampCode as C;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use markup::view;

use crate::components::alert::unavailable;
use crate::components::button::submit_button;
use crate::components::field::field;
use crate::components::guard::BACK;
use crate::components::letter::{self, Awaited, Typing};
use crate::failure::ApiFailure;
use crate::form::{Form, FormSpec};
use crate::net;
use crate::net::client;
use crate::session::session;

use super::screen::Screen;

static CODE: FormSpec<C> = letter::code_alone("confirmation");

/// What confirms the e-mail of the account.
pub(super) fn confirm(screen: Screen) -> AnyView {
    let form = Form::open(&CODE);
    let awaited = Awaited::nothing();
    let failure = RwSignal::new(None::<ApiFailure>);
    let under_way = StoredValue::new(false);
    let ask = move || {
        if under_way.get_value() {
            return;
        }
        under_way.set_value(true);
        failure.set(None);
        spawn_local(async move {
            let asked = client::ask_confirmation().await;
            // The screen may have gone meanwhile.
            if under_way.try_set_value(false).is_some() {
                return;
            }
            match asked {
                Ok(view) => {
                    form.clear();
                    awaited.hear_here(view);
                }
                Err(refused) => failure.set(Some(refused)),
            }
        });
    };
    let alert = move || failure.get().map(|failure| unavailable("Aucun code n’est parti", &failure, ask));
    let view = move || {
        if awaited.written().get() {
            take(screen, form, awaited, ask)
        } else {
            view! {
                <p class="actions">
                    <button class="button" type="button" id="recevoir-un-code" on:click=move |_| ask()>
                        "Recevoir un code"
                    </button>
                </p>
            }
        }
    };
    let address = screen.profil.with(|profil| profil.courriel.clone()).unwrap_or_default();
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="confirmer">
            <h2 id="confirmer">"Confirmez votre courriel"</h2>
            <p>
                "Rien ne montre encore que " <strong>{address}</strong> " est bien à vous. D’ici là, vous ne pouvez déclarer ni DIF, ni niveau de diplôme, ni handicap, ni contester une ligne, ni changer de téléphone."
            </p>
            {alert}
            {view}
            <p class="soft">
                "Vous n’avez plus cette adresse\u{202f}? Donnez d’abord la bonne\u{a0}: «\u{a0}Modifier mes coordonnées\u{a0}», plus bas."
            </p>
        </section>
    }
}

fn take(screen: Screen, form: Form<C>, awaited: Awaited, ask: impl Fn() + Copy + 'static) -> AnyView {
    let session = session();
    let go_to = use_navigate();
    let search = use_location().search.get_untracked();
    // Only our own addresses: a link made by somebody else must not lead elsewhere.
    let back = search
        .trim_start_matches('?')
        .strip_prefix(BACK.trim_start_matches('?'))
        .filter(|back| screens::is_guarded(back))
        .map(str::to_owned);
    let send = move || {
        let (go_to, back) = (go_to.clone(), back.clone());
        form.send(
            move |_| async move { client::confirm_courriel(&letter::typed(form)).await },
            move |()| {
                form.clear();
                net::session::ask(session);
                match back {
                    Some(back) => go_to(&back, NavigateOptions::default()),
                    None => screen.succeed("Votre courriel est confirmé"),
                }
            },
        );
    };
    let typing = Typing {
        says: "Un code vient de partir à cette adresse\u{a0}; regardez aussi dans les courriers indésirables.",
        fields: field(form, C::Code, letter::CODE),
        buttons: view! {
            {submit_button(form, "confirmer-courriel", "Confirmer", "Confirmation…")}
            <button class="button button--quiet" type="button" on:click=move |_| ask()>
                "Envoyer un autre code"
            </button>
        },
        say: |_| ("Votre courriel n’est pas encore confirmé", None),
    };
    letter::typing(form, awaited, typing, send)
}
