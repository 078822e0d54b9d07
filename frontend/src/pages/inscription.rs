//! « Créer mon compte »: the questions, then the code of a letter on the same screen.

mod code;
pub mod identity;
mod questions;

use api::accounts::SessionView;
use domaine::forms::ChampInscription as C;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use markup::view;

use crate::browser::{clock, dom, focus};
use crate::components::alert::{failure_alert, recovered};
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::form::formulaire;
use crate::components::letter::Awaited;
use crate::components::provider;
use crate::form::{Form, FormSpec, faults};
use crate::net::client;
use crate::session::{SIGN_UP, session};

static SPEC: FormSpec<C> =
    FormSpec::new(SIGN_UP, questions::spec, |form, today| faults(&questions::saisie(form), today))
        .paired(C::Nir, C::Cle, questions::split_nir)
        .drafted();

/// The screen.
pub fn inscription() -> AnyView {
    let form = Form::open(&SPEC);
    let awaited = Awaited::nothing();
    let session = session();
    let go_to = StoredValue::new_local(use_navigate());
    let enter = move |view: SessionView| {
        form.clear();
        session.welcome(view);
        // Whoever has gone elsewhere meanwhile stays there.
        let _gone = go_to.try_with_value(|go_to| {
            go_to("/solde", NavigateOptions { replace: true, ..NavigateOptions::default() });
        });
    };
    // After a reload, or when something else was read meanwhile, this is still what is waited for.
    clock::soon(move || code::look(form, awaited, enter));
    dom::listen("visibilitychange", move |_| {
        // The link may have been followed in another tab.
        if awaited.is_there() {
            code::look(form, awaited, enter);
        }
    });
    let view = move || match (awaited.written().get(), awaited.opened().get()) {
        (false, _) => answers(form, awaited),
        (true, false) => code::await_code(form, awaited, enter),
        (true, true) => code::opened_elsewhere(form, awaited),
    };
    view! { {view} }
}

/// The questions.
fn answers(form: Form<C>, awaited: Awaited) -> AnyView {
    let send = move || {
        form.send(move |key| client::sign_up(&questions::saisie(form), key), move |view| awaited.hear(Some(view)));
    };
    let asking = RwSignal::new(false);
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Créer mon compte"</h1>
            {summary(form)}
            {recovered(form, LOST)}
            {from_elsewhere()}
            <p>"Tous les champs sont obligatoires\u{a0}; un seul des deux téléphones suffit."</p>
        </div>
        {formulaire(
            form,
            send,
            view! {
                {questions::identite(form)}
                {questions::nir(form)}
                {questions::attach(form)}
                {questions::access(form)}
                <div class="sheet sheet--ruled">
                    {questions::cgu(form)}
                    {failure_alert(form, questions::say)}
                    <div class="actions">
                        {submit_button(form, "creer-compte", "Créer mon compte", "Création du compte…")}
                        <a
                            class="button button--quiet"
                            id="annuler"
                            href="/"
                            on:click=move |event: MouseEvent| {
                                if !form.is_blank() {
                                    event.prevent_default();
                                    asking.set(true);
                                    clock::soon(|| focus::give_focus("annuler-titre"));
                                }
                            }
                        >
                            "Annuler"
                        </a>
                    </div>
                    {move || asking.get().then(|| wipe(form, asking))}
                </div>
            }
        )}
    }
}

/// « Qu’est-ce que FranceConnect ? », or the way there where whoever runs the server set one.
fn from_elsewhere() -> AnyView {
    let name = provider::name();
    let (title, text) = match &name {
        Some(name) => (
            ["Venir avec ", name].concat(),
            "Votre nom et votre date de naissance viennent alors de là, prouvés. Votre numéro de sécurité sociale reste à saisir.",
        ),
        None => (
            "Qu’est-ce que FranceConnect\u{a0}?".into(),
            "FranceConnect est la solution proposée par l’État pour simplifier votre connexion aux services en ligne. Ce site ne l’utilise pas\u{a0}: vous créez ici un compte avec votre courriel et un mot de passe.",
        ),
    };
    let way = name.map(|name| provider::way_there("Continuer avec ", &name));
    view! {
        <details class="disclosure">
            <summary class="disclosure__title">{title}</summary>
            <div class="disclosure__body">
                <p>{text}</p>
                {way}
            </div>
        </details>
    }
}

/// What a reload did not keep.
const LOST: &str = "gardé ni votre numéro de sécurité sociale, ni votre mot de passe\u{a0}: saisissez-les de nouveau.";

/// Asked before ten answers go.
fn wipe(form: Form<C>, asking: RwSignal<bool>) -> AnyView {
    let keep = move |_| {
        asking.set(false);
        focus::give_focus("annuler");
    };
    view! {
        <div class="alert" role="group" aria-labelledby="annuler-titre">
            <p class="alert__title" id="annuler-titre" tabindex="-1">"Effacer tout ce que vous avez saisi\u{202f}?"</p>
            <p>"Aucun compte n’est créé, et rien n’a été envoyé."</p>
            <div class="actions">
                <a
                    class="button button--danger"
                    href="/"
                    on:click=move |_| {
                        asking.set(false);
                        form.clear();
                    }
                >
                    "Tout effacer"
                </a>
                <button class="button button--quiet" type="button" on:click=keep>"Garder mes réponses"</button>
            </div>
        </div>
    }
}
