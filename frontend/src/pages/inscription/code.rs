//! « Nous avons écrit à cette adresse »: the code that opens the account, and what becomes of the request elsewhere.
//! Asks nothing that « Créer mon compte » asked.

use api::accounts::SessionView;
use api::routes;
use domaine::forms::{ChampCode as C, ChampInscription};
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::components::button::submit_button;
use crate::components::field::field;
use crate::components::letter::{self, Awaited, Typing};
use crate::failure::ApiFailure;
use crate::form::{Form, FormSpec};
use crate::net::client;

static CODE: FormSpec<C> = letter::code_alone("code-recu");

/// Asks the server what this browser waits for, and goes where that leads.
pub(super) fn look(answers: Form<ChampInscription>, awaited: Awaited, enter: impl Fn(SessionView) + Copy + 'static) {
    spawn_local(async move {
        let Ok(now) = client::awaited(routes::INSCRIPTION).await else { return };
        let waiting = awaited.is_there();
        match now {
            Some(view) if !view.opened => awaited.hear(Some(view)),
            // Opened otherwise, or over: told to whoever was here for it, and not to the next person of the family.
            now if waiting || (now.is_some() && !answers.is_blank()) => match client::session().await {
                Ok(view) if view.account.is_some() => enter(view),
                Ok(_) => awaited.hear(now),
                Err(_) => {}
            },
            _ => {}
        }
    });
}

/// A letter left: its code opens the account.
pub(super) fn await_code(
    answers: Form<ChampInscription>,
    awaited: Awaited,
    enter: impl Fn(SessionView) + Copy + 'static,
) -> AnyView {
    let form = Form::open(&CODE);
    let send = move || {
        form.send(
            move |_| client::confirm(&letter::typed(form)),
            move |view| {
                form.clear();
                enter(view);
            },
        );
    };
    let go_back = move |_| {
        form.clear();
        awaited.hear(None);
    };
    let typing = Typing {
        says: "Le courriel contient un code à six chiffres et un lien\u{a0}: l’un ou l’autre ouvre votre compte.",
        fields: field(form, C::Code, letter::CODE),
        buttons: submit_button(form, "ouvrir-mon-compte", "Ouvrir mon compte", "Ouverture du compte…"),
        say,
    };
    view! {
        <div class="sheet">
            <h1 tabindex="-1">{letter::WRITTEN}</h1>
            {letter::typing(form, awaited, typing, send)}
            <aside class="note">
                <p>
                    "Aucun compte n’est ouvert tant que ce courriel n’a pas servi\u{a0}: sans cela, la demande s’efface d’elle-même en 24\u{a0}heures."
                </p>
            </aside>
        </div>
        {letter::nothing_came(
            awaited,
            |saisie, _| client::another_code(saisie),
            move |courriel| {
                form.clear();
                answers.write(ChampInscription::Courriel, courriel);
            }
        )}
        <div class="sheet sheet--ruled">
            <p class="actions">
                <button class="button button--quiet" type="button" id="revenir-aux-reponses" on:click=go_back>
                    {if answers.is_blank() { "Créer un autre compte" } else { "Revenir à mes réponses" }}
                </button>
            </p>
        </div>
    }
}

/// The link was followed elsewhere.
pub(super) fn opened_elsewhere(answers: Form<ChampInscription>, awaited: Awaited) -> AnyView {
    answers.clear();
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Votre compte est ouvert"</h1>
            <p>"Il l’a été par le lien du courriel, dans un autre navigateur ou sur un autre appareil."</p>
            <p class="actions">
                <a class="button" href="/connexion">"Me connecter"</a>
                <button class="button button--quiet" type="button" on:click=move |_| awaited.hear(None)>
                    "Créer un autre compte"
                </button>
            </p>
        </div>
    }
}

fn say(failure: &ApiFailure) -> (&'static str, Option<&'static str>) {
    let title = match failure {
        ApiFailure::NotKept => "Votre compte est ouvert, mais votre navigateur n’a pas gardé la connexion",
        _ => "Votre compte n’est pas encore ouvert",
    };
    (title, None)
}
