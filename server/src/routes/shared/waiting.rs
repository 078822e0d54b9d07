//! What a browser that waits for a letter is told, and how a proof that fails is refused.

use api::probleme::Code;
use api::requests::{AttenteView, WaitingView};
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use domaine::forms::{Champ, Faute};
use identity::{Asked, Unproved, Usage, Waiting};

use super::refusals::at_this_champ;
use crate::error::{AppError, HandlerResult};
use crate::extract::{Browser, waiting_cookie};
use crate::state::AppState;

/// What is told of a request.
pub(in crate::routes) fn view(state: &AppState, waiting: Waiting) -> AttenteView {
    AttenteView {
        courriel: waiting.courriel,
        code_until: state.clock.in_words(waiting.code_until),
        stays_here: state.settings.shows_mailbox(),
        opened: waiting.opened,
    }
}

/// A request that was taken, given to its browser.
pub(in crate::routes) fn accepted(state: &AppState, usage: Usage, asked: Asked) -> Response {
    let cookie = waiting_cookie(state, usage, Some(&asked.secret));
    (StatusCode::ACCEPTED, [(SET_COOKIE, cookie)], Json(view(state, asked.waiting))).into_response()
}

/// What this browser waits for.
pub(in crate::routes) async fn show(
    state: &AppState,
    usage: Usage,
    browser: &Browser,
) -> HandlerResult<Json<WaitingView>> {
    let waiting = state.requests.waiting(usage, browser.secret(usage), state.clock.now()).await?;
    Ok(Json(WaitingView { attente: waiting.map(|waiting| view(state, waiting)) }))
}

/// A proof that was not accepted, at its field.
pub(in crate::routes) fn refused<C: Champ>(unproved: Unproved, code: C, mot_de_passe: C) -> AppError {
    match unproved {
        Unproved::WrongCode => at_this_champ(code, Faute::WrongCode),
        Unproved::UsedCode => at_this_champ(code, Faute::UsedCode),
        Unproved::SpentCode => at_this_champ(code, Faute::SpentCode),
        Unproved::MissingMotDePasse => at_this_champ(mot_de_passe, Faute::MissingMotDePasse),
        Unproved::WrongMotDePasse => at_this_champ(mot_de_passe, Faute::WrongMotDePasse),
        Unproved::SameMotDePasse => at_this_champ(mot_de_passe, Faute::SameMotDePasse),
        Unproved::Over => Code::StaleLink.into(),
        Unproved::Frozen { account } => AppError::About(Code::FrozenAccount, account),
        Unproved::Impossible => Code::AccountImpossible.into(),
        Unproved::Hashing(failure) => failure.into(),
        Unproved::Store(failure) => failure.into(),
    }
}

/// Whether a proof was judged, and found wrong: such a try is counted.
pub(in crate::routes) const fn is_a_guess(unproved: &Unproved) -> bool {
    matches!(unproved, Unproved::WrongCode | Unproved::SpentCode | Unproved::Over | Unproved::WrongMotDePasse)
}
