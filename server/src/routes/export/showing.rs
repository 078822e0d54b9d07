//! What opens the account, shown again before everything leaves: whoever only found a screen open takes nothing away that lets
//! somebody pass for its holder.

use api::passkeys::PasskeyAnswer;
use api::probleme::{Code, Probleme};
use api::routes;
use axum::extract::State;
use axum::http::StatusCode;
use domaine::forms::{Formulaire, SaisiePreuves};
use limits::Attempts;
use store::{PasskeyUse, ShownAgain, Spent};

use crate::error::{HandlerResult, log_only};
use crate::extract::{Browser, JsonBody, Titulaire};
use crate::routes::passkeys::judge;
use crate::routes::second_steps::prove_again;
use crate::routes::shared::account::load;
use crate::state::AppState;

/// How long everything may leave then, in milliseconds.
const ALLOWED: i64 = 5 * 60_000;

/// The password again, and a code where the account asks for one: everything may leave for some minutes, once.
#[utoipa::path(
    post, path = routes::EXPORT_ENTIER, tag = "profil", request_body = SaisiePreuves,
    responses(
        (status = 204, description = "Tout peut être téléchargé, une fois, dans les cinq minutes"),
        (status = 403, description = "L'identité n'est pas prouvée", body = Probleme),
        (status = 422, description = "Mot de passe ou code à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(in crate::routes) async fn show_again(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<SaisiePreuves>,
) -> HandlerResult<StatusCode> {
    let preuves = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let (account, _) = load(&state, &titulaire.session).await?;
    prove_again(&state, &titulaire, &browser, &account, &preuves).await?;
    let now = state.clock.now();
    state.store.allow_export(&titulaire.session, ShownAgain::Proofs, (now + ALLOWED, now)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A passkey of the account in the place of both: its device checked who holds it.
#[utoipa::path(
    post, path = routes::EXPORT_CLE, tag = "profil", request_body = PasskeyAnswer,
    responses(
        (status = 204, description = "Tout peut être téléchargé, une fois, dans les cinq minutes"),
        (status = 401, description = "Cette clé d'accès n'est pas de ce compte", body = Probleme),
        (status = 403, description = "L'identité n'est pas prouvée", body = Probleme),
        (status = 409, description = "L'adresse de ce service n'admet pas de clé d'accès", body = Probleme),
        (status = 410, description = "Ce navigateur n'a rien demandé à ses clés, ou il y a trop longtemps", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(in crate::routes) async fn show_passkey(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<PasskeyAnswer>,
) -> HandlerResult<StatusCode> {
    let attempts = Attempts::to_prove(state.counter(), browser.address).await?;
    let (_, known, proved) = match judge(&state, &browser, &body.value.response).await? {
        Ok(judged) => judged,
        Err(refused) => {
            attempts.count(state.counter()).await?;
            return Err(refused);
        }
    };
    let by = PasskeyUse { known: &known, state: &proved.state, once: (&proved.once.digest, proved.once.until) };
    let now = state.clock.now();
    let shown = state.store.allow_export(&titulaire.session, ShownAgain::Passkey(&by), (now + ALLOWED, now)).await?;
    if shown != Spent::Right {
        attempts.count(state.counter()).await?;
        return Err(Code::PasskeyRefused.into());
    }
    log_only(attempts.forget(state.counter()).await, "wrong attempts before a good one stay counted");
    Ok(StatusCode::NO_CONTENT)
}
