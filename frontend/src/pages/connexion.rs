//! « Me connecter », as a screen, and in place when a session has ended.

mod by_passkey;

use api::accounts::SaisieConnexion;
use api::accounts::SessionView;
use api::probleme::Code;
use api::screens;
use domaine::forms::ChampConnexion as C;
use domaine::mesures::Day;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use markup::view;

use crate::browser::{clock, focus};
use crate::components::alert::failure_alert;
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::components::provider;
use crate::failure::ApiFailure;
use crate::follow::follow;
use crate::form::{Faults, FieldSpec, Form, FormSpec, faults};
use crate::net;
use crate::net::client;
use crate::session::{SECOND_STEP, Session, session};

use self::by_passkey::ByPasskey;

static CONNEXION: FormSpec<C> = FormSpec::new("connexion", field_spec, judge);

/// The same questions over another screen, which may hold fields of the same name.
static SIGN_IN_AGAIN: FormSpec<C> = FormSpec::new("reconnexion", field_spec, judge).prefixed("session-");

fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Courriel => &FieldSpec { label: "Courriel", praised: false, ..FieldSpec::TEXT },
        C::MotDePasse => &FieldSpec { label: "Mot de passe", ..FieldSpec::PROOF },
    }
}

fn judge(form: Form<C>, today: Day) -> Faults {
    faults(&saisie(form), today)
}

fn saisie(form: Form<C>) -> SaisieConnexion {
    SaisieConnexion { courriel: form.answer(C::Courriel), mot_de_passe: form.answer(C::MotDePasse) }
}

/// The screen.
pub fn connexion() -> AnyView {
    let form = Form::open(&CONNEXION);
    let session = session();
    let go_to = use_navigate();
    // Only our own addresses: a link made by somebody else must not lead elsewhere after the password.
    let search = use_location().search.get_untracked();
    let back = search.trim_start_matches('?').strip_prefix("retour=").unwrap_or_default();
    let towards =
        if screens::at(back).is_some() && !back.trim_matches('/').is_empty() { back } else { "/solde" }.to_owned();
    let asked = towards.clone();
    let by_passkey = ByPasskey::new(form, move |view| {
        form.clear();
        let towards = session.enter(view, &towards);
        go_to(&towards, NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    let send = move || form.send(move |_| client::sign_in(&saisie(form)), move |view| by_passkey.enter(view));
    follow(move || by_passkey.ask(true));
    let inscription =
        ["/inscription", if asked == "/solde" { "" } else { "?retour=" }, if asked == "/solde" { "" } else { &asked }]
            .concat();
    let elsewhere = provider::name().map(|name| {
        let way = provider::way_there("Me connecter avec ", &name);
        view! { <div class="sheet sheet--ruled">{way}</div> }
    });
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Me connecter"</h1>
            {failure_alert(form, say)}
            {by_passkey.alert()}
            {summary(form)}
        </div>
        {formulaire(
            form,
            send,
            view! {
                <div class="sheet sheet--close">
                    {field(form, C::Courriel, Options { autocomplete: "username webauthn", ..Options::COURRIEL })}
                    {field(form, C::MotDePasse, Options::MOT_DE_PASSE)}
                    <div class="actions">
                        {submit_button(form, "se-connecter", "Me connecter", "Connexion en cours…")}
                        <a class="button button--link" href="/mot-de-passe-oublie">"Mot de passe oublié\u{202f}?"</a>
                    </div>
                    <p class="actions">{by_passkey.button()}</p>
                </div>
            }
        )}
        {elsewhere}
        <section class="sheet sheet--ruled" aria-labelledby="pas-de-compte">
            <h2 id="pas-de-compte">"Pas encore de compte\u{a0}?"</h2>
            <p>"Munissez-vous de votre numéro de sécurité sociale. Il faut environ cinq minutes."</p>
            <p class="actions"><a class="button button--quiet" href=inscription>"Créer un compte"</a></p>
        </section>
    }
}

/// The session has ended: the screen behind keeps every word, this opens it again.
pub fn sign_in_again() -> AnyView {
    let form = Form::open(&SIGN_IN_AGAIN);
    let session = session();
    let more = RwSignal::new(false);
    let go_to = StoredValue::new_local(use_navigate());
    let by_passkey = ByPasskey::new(form, move |view: SessionView| {
        form.clear();
        // In a tab of its own, as for a lost password: what was typed behind stays.
        if view.titulaire.is_none() {
            more.set(true);
            clock::soon(|| focus::give_focus("reconnexion-etape"));
        } else {
            session.welcome(view);
        }
    });
    let send = move || form.send(move |_| client::sign_in(&saisie(form)), move |view| by_passkey.enter(view));
    let rest = move || {
        more.get().then(|| {
            view! {
                <p class="alert" id="reconnexion-etape" tabindex="-1">
                    "Votre compte demande une seconde étape. "
                    <a href=SECOND_STEP target="_blank">"La montrer (nouvel onglet)"</a>
                    ", puis "
                    <button class="button button--link" type="button" on:click=move |_| net::session::ask(session)>
                        "continuer ici"
                    </button>
                    "."
                </p>
            }
        })
    };
    // Somebody whose session goes on, and who must show what opens their account.
    let old = Session::is_old();
    let (title, text, leave) = if old {
        (
            "Confirmez que c’est vous",
            "Ce geste touche à ce qui ouvre votre compte. Pour que personne d’autre ne le fasse, connectez-vous de nouveau.",
            "Annuler",
        )
    } else {
        ("Votre session est terminée", "Reconnectez-vous ici\u{a0}: ce que vous avez saisi est gardé.", "Quitter")
    };
    let on_leave = move |_| {
        if old {
            form.clear();
            session.give_up();
            return;
        }
        session.close();
        go_to.with_value(|go_to| go_to("/", NavigateOptions::default()));
    };
    view! {
        <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="session-titre">
            <div class="dialog__in stack">
                <h2 id="session-titre" tabindex="-1">{title}</h2>
                <p>{text}</p>
                {rest}
                {failure_alert(form, say)}
                {by_passkey.alert()}
                {summary(form)}
                {formulaire(
                    form,
                    send,
                    view! {
                        {field(form, C::Courriel, Options { autocomplete: "username", ..Options::COURRIEL })}
                        {field(form, C::MotDePasse, Options::MOT_DE_PASSE)}
                        // In a tab of its own: what was typed behind stays.
                        <p>
                            <a href="/mot-de-passe-oublie" target="_blank">"Mot de passe oublié\u{202f}? (nouvel onglet)"</a>
                        </p>
                        <div class="actions">
                            {submit_button(form, "se-reconnecter", "Me reconnecter", "Connexion en cours…")}
                            {by_passkey.button()}
                            <button class="button button--quiet" type="button" on:click=on_leave>{leave}</button>
                        </div>
                    }
                )}
            </div>
        </div>
    }
}

fn say(failure: &ApiFailure) -> (&'static str, Option<&'static str>) {
    match failure.code() {
        Some(Code::StaleLink) => (
            "Cette page attendait depuis trop longtemps",
            Some("Appuyez sur «\u{a0}Utiliser une clé d’accès\u{a0}», ou tapez votre mot de passe."),
        ),
        Some(Code::WrongCredentials) => ("Ce courriel et ce mot de passe ne vont pas ensemble", None),
        Some(Code::TooManyAttempts) => ("Trop d’essais\u{a0}: une pause protège votre compte", None),
        Some(_) => ("Vous n’êtes pas encore connecté", None),
        None if *failure == ApiFailure::Offline => (
            "La connexion a été perdue",
            Some("Vérifiez votre accès à internet, puis appuyez de nouveau sur le bouton."),
        ),
        None if *failure == ApiFailure::NotKept => ("Votre navigateur n’a pas gardé la connexion", None),
        None => ("Vous n’êtes pas encore connecté", None),
    }
}
