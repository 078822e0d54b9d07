//! « Me connecter », as a screen, and in place when a session has ended.

use api::accounts::{SaisieConnexion, SessionView};
use api::probleme::Code;
use api::screens;
use domaine::forms::ChampConnexion as C;
use domaine::mesures::Day;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use markup::view;

use crate::browser::passkeys::{self, NoAnswer};
use crate::components::alert::{error_alert, failure_alert};
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::failure::ApiFailure;
use crate::follow::follow;
use crate::form::{Faults, FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::session::session;

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
    let enter = StoredValue::new_local(move |view| {
        form.clear();
        session.welcome(view);
        go_to(&towards, NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    let send = move || {
        form.send(move |_| client::sign_in(&saisie(form)), move |view| enter.with_value(|enter| enter(view)));
    };
    let refusal = RwSignal::new(None::<NoAnswer>);
    let by_passkey = move |in_field: bool| {
        spawn_local(async move {
            if in_field && !passkeys::offers_in_fields().await {
                return;
            }
            let Some(answered) = answered_by_passkey(in_field).await else { return };
            // The screen may have gone meanwhile.
            if refusal.try_set(answered.as_ref().err().and_then(Unopened::by_browser)).is_some() {
                return;
            }
            match answered {
                Ok(view) => enter.with_value(|enter| enter(view)),
                Err(Unopened::Here(_)) => {}
                Err(Unopened::There(failure)) => form.fail(failure),
            }
        });
    };
    follow(move || by_passkey(true));
    on_cleanup(passkeys::give_up);
    let inscription =
        ["/inscription", if asked == "/solde" { "" } else { "?retour=" }, if asked == "/solde" { "" } else { &asked }]
            .concat();
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Me connecter"</h1>
            {failure_alert(form, say)}
            {move || refusal.get().map(not_answered)}
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
                    <p class="actions">
                        <button class="button button--quiet" type="button" id="par-cle" on:click=move |_| by_passkey(false)>
                            "Utiliser une clé d’accès"
                        </button>
                    </p>
                </div>
            }
        )}
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
    let go_to = StoredValue::new_local(use_navigate());
    let send = move || {
        form.send(
            move |_| client::sign_in(&saisie(form)),
            move |view| {
                form.clear();
                session.welcome(view);
            },
        );
    };
    let on_leave = move |_| {
        session.close();
        go_to.with_value(|go_to| go_to("/", NavigateOptions::default()));
    };
    view! {
        <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="session-titre">
            <div class="dialog__in stack">
                <h2 id="session-titre" tabindex="-1">"Votre session est terminée"</h2>
                <p>"Reconnectez-vous ici\u{a0}: ce que vous avez saisi est gardé."</p>
                {failure_alert(form, say)}
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
                            <button class="button button--quiet" type="button" on:click=on_leave>"Quitter"</button>
                        </div>
                    }
                )}
            </div>
        </div>
    }
}

/// Why a passkey opened nothing.
enum Unopened {
    /// Said by the browser.
    Here(NoAnswer),
    /// Said by the service.
    There(ApiFailure),
}

impl Unopened {
    const fn by_browser(&self) -> Option<NoAnswer> {
        match self {
            Self::Here(why) => Some(*why),
            Self::There(_) => None,
        }
    }
}

/// Signs in with a passkey; nothing when it was offered in a field and nobody took it.
async fn answered_by_passkey(in_field: bool) -> Option<Result<SessionView, Unopened>> {
    let asked = client::passkey_challenge().await;
    let options = match asked {
        Ok(options) => options,
        // Nobody asked for anything yet.
        Err(_) if in_field => return None,
        Err(failure) => return Some(Err(Unopened::There(failure))),
    };
    match passkeys::answer(&options, in_field).await {
        Ok(response) => Some(client::sign_in_by_passkey(response).await.map_err(Unopened::There)),
        Err(_) if in_field => None,
        Err(why) => Some(Err(Unopened::Here(why))),
    }
}

/// What the browser said of a passkey.
fn not_answered(why: NoAnswer) -> AnyView {
    let text = match why {
        NoAnswer::GivenUp | NoAnswer::Already => {
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
