//! What the journal keeps of requests that are refused: whatever the route, what an inquiry asks. Refuses nothing itself.

use api::probleme::Code;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::middleware::Next;
use store::Operation;

use crate::clock::to_ms;
use crate::error::{Concerned, Refused, log_only};
use crate::extract::address;
use crate::state::AppState;

/// Notes a refusal that an inquiry asks for, and where its request came from.
pub(crate) async fn keep(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    let address = address(request.headers(), request.extensions(), &state);
    let response = next.run(request).await;
    let account = response.extensions().get::<Concerned>().map(|concerned| concerned.0.as_str());
    let refused = response.extensions().get::<Refused>();
    let Some((what, once)) = refused.and_then(|refused| kept(refused.0, account.is_some())) else {
        return response;
    };
    let (now, origin) = (state.clock.now(), limits::origin(&state.vault, address));
    let once_since = once.then(|| now - to_ms(state.settings.attempts_delay));
    // It is refused in any case.
    log_only(
        state.store.record_refusal(now, what, account, &origin, once_since).await,
        "a refusal is not in the journal",
    );
    response
}

/// What a refusal is in the journal, and whether a place writes it once alone while it lasts: what no limit holds back could
/// be asked for without end.
const fn kept(code: Code, of_an_account: bool) -> Option<(Operation, bool)> {
    match code {
        // A form that is wrong is nobody's business, but for a password that was asked again.
        Code::Saisie if of_an_account => Some((Operation::MotDePasseRefused, false)),
        Code::WrongCredentials | Code::PasskeyRefused => Some((Operation::ConnexionRefused, false)),
        Code::FrozenAccount => Some((Operation::ConnexionFrozen, false)),
        Code::AccountImpossible => Some((Operation::InscriptionRefused, false)),
        Code::TooManyAttempts => Some((Operation::AttemptsStopped, true)),
        Code::OriginRefused => Some((Operation::OriginRefused, true)),
        _ => None,
    }
}
