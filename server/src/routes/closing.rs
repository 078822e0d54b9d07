//! Closing one's account: at once or after a while, as whoever runs the service says; and keeping it after all.

use api::probleme::{Code, Probleme};
use api::routes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domaine::forms::{Formulaire, SaisiePreuves};
use domaine::retention::Closing;
use mail::{Address, Occasion};

use super::second_steps::prove_again;
use super::shared::account::load;
use crate::error::HandlerResult;
use crate::extract::{Browser, FORGET, JsonBody, Titulaire, cookie};
use crate::retention;
use crate::state::AppState;

/// Closes the account, and erases what it held, now or later.
#[utoipa::path(
    delete, path = routes::PROFIL, tag = "profil", request_body = SaisiePreuves,
    responses(
        (status = 204, description = "Compte fermé : ses données sont effacées, ou le seront au jour que « fermeture » annonçait"),
        (status = 405, description = "Ici, la loi ne laisse pas fermer un compte", body = Probleme),
        (status = 422, description = "Ce qui ouvre le compte n'est pas cela", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn close(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<SaisiePreuves>,
) -> HandlerResult<Response> {
    if state.settings.closing == Closing::Excluded {
        // As if there was no such method: nothing of the page asks.
        return Err(Code::MethodRefused.into());
    }
    let preuves = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let session = &titulaire.session;
    let (account, _) = load(&state, session).await?;
    prove_again(&state, &titulaire, &browser, &account, &preuves).await?;
    let now = state.clock.now();
    let to = Address(&account.courriel);
    match state.settings.closing.later(now) {
        Some(on) => {
            let letter = state.letters.write_about(&account.id, to, &Occasion::ClosingAsked { on }, now);
            state.store.plan_closing(session, on, &letter, now).await?;
        }
        None => {
            let letter = state.letters.write(to, &Occasion::AccountClosed, now);
            retention::erase(&state, state.store.close_account(session, &letter, now).await?).await;
        }
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie(&state, None)), FORGET]).into_response())
}

/// Keeps the account that was to be erased.
#[utoipa::path(
    delete, path = routes::FERMETURE, tag = "profil",
    responses((status = 204, description = "Le compte reste"), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn keep(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<StatusCode> {
    let (account, _) = load(&state, &titulaire.session).await?;
    let now = state.clock.now();
    let to = Address(&account.courriel);
    let letter = state.letters.write_about(&account.id, to, &Occasion::ClosingTakenBack, now);
    state.store.keep_account(&titulaire.session, &letter, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
