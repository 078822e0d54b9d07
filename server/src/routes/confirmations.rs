//! The e-mail of an account of before, proved by a code in the session that asks.

use api::probleme::Probleme;
use api::requests::{AttenteView, SaisieCode};
use api::routes;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domaine::forms::{ChampCode, Faute, Formulaire, Proof};
use identity::Unproved;
use limits::Attempts;

use super::shared::account::load;
use super::shared::connection::Renewal;
use super::shared::refusals::at_this_champ;
use super::shared::waiting;
use crate::error::{HandlerResult, log_only};
use crate::extract::{Browser, JsonBody, Titulaire};
use crate::state::AppState;

/// Sends a code to the e-mail of the account; the former one serves no more.
#[utoipa::path(
    post, path = routes::COURRIEL, tag = "profil",
    responses(
        (status = 202, description = "Une lettre part à l'adresse du compte", body = AttenteView),
        (status = 429, description = "Trop de demandes", body = Probleme)
    )
)]
pub(super) async fn ask(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
) -> HandlerResult<(StatusCode, Json<AttenteView>)> {
    let session = &titulaire.session;
    let attempts = Attempts::to_ask(state.counter(), browser.address).await?;
    let (account, _) = load(&state, session).await?;
    let origin = limits::origin(&state.vault, browser.address);
    let asked = state.requests.ask_confirmation(session, &account, &origin, state.clock.now()).await?;
    log_only(attempts.count(state.counter()).await, "a request is not counted");
    Ok((StatusCode::ACCEPTED, Json(waiting::view(&state, asked))))
}

/// Proves the e-mail by the code. Sent again, it is proved.
#[utoipa::path(
    post, path = routes::COURRIEL_CONFIRMATION, tag = "profil", request_body = SaisieCode,
    responses(
        (status = 204, description = "Le courriel est confirmé"),
        (status = 422, description = "Le code est à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn confirm(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<SaisieCode>,
) -> HandlerResult<Response> {
    let shown = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let Proof::Code(code) = shown.proof else { return Err(at_this_champ(ChampCode::Code, Faute::WrongCode)) };
    let attempts = Attempts::to_prove(state.counter(), browser.address).await?;
    let renewal = Renewal::new();
    match state.requests.confirm_courriel(&titulaire.session, &renewal.digest, &code, state.clock.now()).await {
        Ok(made) => {
            log_only(attempts.forget(state.counter()).await, "wrong attempts before a good one stay counted");
            Ok((StatusCode::NO_CONTENT, renewal.given(&state, made)).into_response())
        }
        Err(unproved) => {
            if waiting::is_a_guess(&unproved) {
                attempts.count(state.counter()).await?;
            }
            // Nothing waits in this session: another code does, whatever became of the former.
            let unproved = if matches!(unproved, Unproved::Over) { Unproved::SpentCode } else { unproved };
            Err(waiting::refused(unproved, ChampCode::Code, ChampCode::MotDePasse))
        }
    }
}
