//! A holder stops their account: by the link of a letter, from anywhere, or from their profile.

use api::probleme::{Code, Probleme};
use api::requests::SaisieArret;
use api::routes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domaine::identite::Token;
use identity::Unproved;
use limits::Attempts;

use crate::error::HandlerResult;
use crate::extract::{Browser, FORGET, JsonBody, Titulaire, cookie};
use crate::state::AppState;

/// « Ce n'était pas moi »: freezes the account that a letter speaks of. Sent again, it is frozen.
#[utoipa::path(
    post, path = routes::ARRET, tag = "comptes", request_body = SaisieArret,
    responses(
        (status = 204, description = "Le compte est gelé, ses connexions ont pris fin"),
        (status = 410, description = "Ce lien n'arrête plus rien", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn stop(
    State(state): State<AppState>,
    browser: Browser,
    body: JsonBody<SaisieArret>,
) -> HandlerResult<StatusCode> {
    let attempts = Attempts::to_prove(state.counter(), browser.address).await?;
    let origin = limits::origin(&state.vault, browser.address);
    let stopped = match Token::parse(&body.value.token) {
        Ok(token) => state.requests.stop(&token, &origin, state.clock.now()).await,
        Err(_) => Err(Unproved::Over),
    };
    match stopped {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(Unproved::Store(failure)) => Err(failure.into()),
        Err(_) => {
            attempts.count(state.counter()).await?;
            Err(Code::StaleLink.into())
        }
    }
}

/// Freezes the account of whoever is connected. No password is asked: somebody who finds a session open gains nothing by it,
/// and whoever is being robbed loses no time.
#[utoipa::path(
    post, path = routes::GEL, tag = "profil",
    responses((status = 204, description = "Le compte est gelé, ses connexions ont pris fin"))
)]
pub(super) async fn freeze(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<Response> {
    state.requests.freeze(&titulaire.session, state.clock.now()).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie(&state, None)), FORGET]).into_response())
}
