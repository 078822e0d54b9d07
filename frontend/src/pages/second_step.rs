//! « Seconde étape »: what an account asks for after its password, shown by whoever gave it; then on to where they wanted to go.

use api::screens;
use api::second_step::SecondStepView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use markup::view;

use crate::browser::clock;
use crate::components::awaited::{Answer, awaited};
use crate::components::guard::BACK;
use crate::components::second_step::{Asks, prove};
use crate::failure::ApiFailure;
use crate::net::client;
use crate::session::session;
use crate::wording::formats;

const ASKS: Asks = Asks {
    id: "montrer-seconde-etape",
    said: "Me connecter",
    under_way: "Connexion en cours…",
    secours: true,
    say: |failure| {
        let title = match failure {
            ApiFailure::NotKept => "Votre navigateur n’a pas gardé la connexion",
            _ => "Vous n’êtes pas encore connecté",
        };
        (title, None)
    },
};

/// The screen.
pub fn second_step() -> AnyView {
    // Nobody is connected: what is read here waits for no session.
    let answer: Answer<Option<SecondStepView>> = RwSignal::new_local(None);
    let read = move || {
        spawn_local(async move {
            let asked = client::asked_step().await;
            // The screen may have gone in the meantime.
            let _gone = answer.try_set(Some(asked));
        });
    };
    clock::soon(read);
    view! {
        <div class="sheet sheet--awaited">
            <h1 tabindex="-1">"Seconde étape"</h1>
            {awaited(
                answer,
                "La seconde étape n’a pas pu être lue",
                read,
                |asked| match asked {
                    Some(step) => show(step),
                    None => nothing(),
                }
            )}
        </div>
    }
}

/// No password was given here, or too long ago.
fn nothing() -> AnyView {
    view! {
        <p>
            "Recommencez par le mot de passe\u{a0}: aucune connexion n’attend de seconde étape dans ce navigateur, ou dix minutes ont passé."
        </p>
        <p class="actions"><a class="button" href="/connexion">"Me connecter"</a></p>
    }
}

fn show(step: &SecondStepView) -> AnyView {
    let session = session();
    let go_to = StoredValue::new_local(use_navigate());
    // Only our own addresses: a link made by somebody else must not lead elsewhere after the code.
    let search = use_location().search.get_untracked();
    // A passkey is worth both steps, and is asked for where the password is.
    let by_passkey = ["/connexion", &search].concat();
    let back = search.trim_start_matches('?').strip_prefix(BACK.trim_start_matches('?')).unwrap_or_default();
    let back = if screens::at(back).is_some() && !back.trim_matches('/').is_empty() { back } else { "/solde" };
    let towards = StoredValue::new(back.to_owned());
    let enter = move |view| {
        session.welcome(view);
        let towards = towards.get_value();
        go_to.with_value(|go_to| go_to(&towards, NavigateOptions { replace: true, ..NavigateOptions::default() }));
    };
    let until = formats::hour_of_day(&step.until);
    view! {
        <p>
            "Le mot de passe est bon. Montrez maintenant un code, avant " <strong>{until}</strong> " (heure de Paris)."
        </p>
        {prove(ASKS, |saisie| client::take_step(&saisie), enter, None::<fn()>)}
        <aside class="note">
            <p>
                <strong>"Une clé d’accès\u{202f}?"</strong>
                " Elle ouvre votre compte sans mot de passe ni code. "
                <a href=by_passkey>"M’en servir"</a>
            </p>
            <p>
                <strong>"Ni application, ni code de secours\u{202f}?"</strong>
                " Écrivez à la personne qui tient ce service\u{a0}: une fois votre identité prouvée, elle lève la seconde étape. "
                <a href="/aide">"La joindre"</a>
            </p>
            <p>"Ne donnez jamais un de ces codes à quelqu’un qui vous le demande, au téléphone ou par courriel."</p>
        </aside>
    }
}
