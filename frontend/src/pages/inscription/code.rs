//! « Nous avons écrit à cette adresse »: the code that opens the account, and what becomes of the request elsewhere.
//! Asks nothing that « Créer mon compte » asked.

use api::accounts::SessionView;
use api::requests::SaisieCode;
use api::routes;
use domaine::forms::{ChampCode as C, ChampInscription, Faute};
use domaine::identite::CodeCourriel;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::components::alert::failure_alert;
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::field;
use crate::components::form::formulaire;
use crate::components::letter::{self, Awaited};
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form, FormSpec, fault_at};
use crate::net::client;

static CODE: FormSpec<C> = FormSpec::new("code-recu", code_field, |form, _| {
    fault_at(C::Code, CodeCourriel::parse(&form.answer(C::Code)).err().map(Faute::Code))
});

const fn code_field(_: C) -> &'static FieldSpec {
    &letter::CODE_FIELD
}

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
            move |_| client::confirm(&SaisieCode { code: form.answer(C::Code), ..SaisieCode::default() }),
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
    view! {
        <div class="sheet">
            <h1 tabindex="-1">{letter::WRITTEN}</h1>
            {summary(form)}
            {letter::written(awaited, "ouvre votre compte")}
        </div>
        {formulaire(
            form,
            send,
            view! {
                <div class="sheet sheet--close">
                    {field(form, C::Code, letter::CODE)}
                    {failure_alert(form, say)}
                    <div class="actions">
                        {submit_button(form, "ouvrir-mon-compte", "Ouvrir mon compte", "Ouverture du compte…")}
                    </div>
                    <aside class="note">
                        <p>
                            "Aucun compte n’est ouvert tant que ce courriel n’a pas servi\u{a0}: sans cela, la demande s’efface d’elle-même en 24\u{a0}heures."
                        </p>
                    </aside>
                </div>
            }
        )}
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
