//! « Votre identité »: where a provider sends back somebody whom no account knows and who is not connected, or why nothing came of
//! it. What the identity is for is said by a press: an account to open, or to connect to one, where it is linked.

use api::identities::{IdentiteView, ReliableView};
use domaine::forms::{ChampInscription as C, Faute};
use domaine::identite::DateNaissance;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use markup::view;

use crate::browser::{address, clock};
use crate::components::alert::{error_alert, failure_alert, unavailable};
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::form::formulaire;
use crate::components::provider;
use crate::components::skeleton;
use crate::failure::ApiFailure;
use crate::follow::follow;
use crate::form::{Form, FormSpec, faults};
use crate::net::client;
use crate::wording::faults;

use super::questions;

/// The questions of « Créer mon compte », of which the provider answered three.
static SPEC: FormSpec<C> =
    FormSpec::new("identite", questions::spec, |form, today| faults(&questions::saisie(form), today)).paired(
        C::Nir,
        C::Cle,
        questions::split_nir,
    );

/// The screen.
pub fn identity() -> AnyView {
    let search = use_location().search.get_untracked();
    let issue = search.trim_start_matches('?').strip_prefix("issue=").unwrap_or_default().to_owned();
    let held = RwSignal::new(None::<Result<IdentiteView, ApiFailure>>);
    let read = move || {
        spawn_local(async move {
            let read = client::identity().await;
            let _gone = held.try_set(Some(read));
        });
    };
    // Of this browser, and not of an account: it is read whether or not somebody is connected.
    follow(read);
    let contents = move || match held.get() {
        None => skeleton::bars(),
        Some(Err(failure)) => unavailable("Nous n’avons pas pu lire votre identité", &failure, read),
        Some(Ok(IdentiteView { identite: None })) => nothing(&issue),
        Some(Ok(IdentiteView { identite: Some(who) })) => to_open(&who),
    };
    view! {
        <div class="sheet sheet--awaited">
            <h1 tabindex="-1">"Votre identité"</h1>
        </div>
        {contents}
    }
}

/// Nobody came back, and why.
fn nothing(issue: &str) -> AnyView {
    let (title, text) = match issue {
        "abandon" => (
            "Vous n’avez pas donné votre identité",
            "Rien n’a été enregistré. Recommencez, ou venez avec votre courriel et votre mot de passe.",
        ),
        "indisponible" => (
            "Ce service ne répond pas",
            "Recommencez dans quelques minutes, ou venez avec votre courriel et votre mot de passe.",
        ),
        "refus" => (
            "Votre identité n’a pas pu être vérifiée",
            "Ce qui nous est parvenu est mal signé, ou vient trop tard. Rien n’a été enregistré. Recommencez, ou venez avec votre courriel et votre mot de passe.",
        ),
        "identite" => (
            "Cette identité n’ouvre pas de compte",
            "Elle n’est pas celle du titulaire, ou est illisible. Écrivez à la personne qui tient ce service\u{a0}: son adresse est dans l’aide.",
        ),
        "gele" => (
            "Votre compte est gelé",
            "Avec votre mot de passe, vous saurez depuis quand, par qui, et comment le débloquer.",
        ),
        _ => ("Rien n’attend ici", "Votre identité n’a pas été demandée ici, ou il y a trop longtemps. Recommencez."),
    };
    // Another try would end the same way.
    let again = provider::name().filter(|_| !matches!(issue, "identite" | "gele"));
    let again = again.map(|name| provider::way_there("Me connecter avec ", &name));
    let said = match issue {
        // What somebody chose is no fault.
        "abandon" => view! { <div class="alert" role="status"><p class="alert__title">{title}</p><p>{text}</p></div> },
        _ => error_alert(title, text.into(), None),
    };
    view! {
        <div class="sheet sheet--ruled">
            {said}
            {again}
            <p class="actions"><a class="button button--quiet" href="/connexion">"Me connecter avec mon courriel"</a></p>
        </div>
    }
}

/// Whom the provider names: shown, and nobody's to change here.
fn who_it_is(who: &ReliableView) -> AnyView {
    let from = ["Ce que dit ", &provider::name().unwrap_or_default()].concat();
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="qui">
            <h2 id="qui">{from}</h2>
            {provider::facts(who)}
            <aside class="note">
                <p>"Ces renseignements ne se changent pas ici. Une erreur se corrige là d’où ils viennent."</p>
            </aside>
        </section>
    }
}

/// An account to open, or one to connect to first, where it is linked.
fn to_open(who: &ReliableView) -> AnyView {
    let shown = who_it_is(who);
    if let Err(fault) = DateNaissance::parse(&who.date_naissance, clock::today()) {
        // Somebody too young.
        let why = faults::phrase(&Faute::Naissance(fault), "");
        let alert = error_alert("Un compte ne peut pas encore être ouvert", why, None);
        return view! { {shown} <div class="sheet sheet--ruled">{alert}</div> };
    }
    let form = Form::open(&SPEC);
    for (champ, text) in
        [(C::NomNaissance, &who.nom_naissance), (C::Prenoms, &who.prenoms), (C::DateNaissance, &who.date_naissance)]
    {
        form.prefill(champ, text);
    }
    let send = move || {
        form.send(
            move |key| client::sign_up_with_identity(&questions::saisie(form), key),
            move |_| {
                form.clear();
                // The code of the letter is asked where every sign-up asks it.
                address::restart("/inscription");
            },
        );
    };
    view! {
        {shown}
        <div class="sheet sheet--ruled">
            <p><a href="/connexion?retour=/acces">"J’ai déjà un compte"</a>"\u{a0}: y relier cette identité."</p>
            <h2>"Créer mon compte"</h2>
            {summary(form)}
        </div>
        {formulaire(
            form,
            send,
            view! {
                {questions::nir(form)}
                {questions::attach(form)}
                {questions::access(form)}
                <div class="sheet sheet--ruled">
                    {questions::cgu(form)}
                    {failure_alert(form, questions::say)}
                    <div class="actions">
                        {submit_button(form, "creer-compte", "Créer mon compte", "Création du compte…")}
                    </div>
                </div>
            }
        )}
    }
}
