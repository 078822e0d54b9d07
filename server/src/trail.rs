//! What the journal keeps of requests that are refused: whatever the route, what an inquiry asks. Refuses nothing itself.

use std::sync::{Arc, OnceLock};

use api::probleme::Code;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::middleware::Next;
use store::Operation;

use crate::clock::to_ms;
use crate::error::{Concerned, Guess, Refused, log_only};
use crate::extract::address;
use crate::state::AppState;

/// Whose session a request came with: written by whoever finds it, read here once the answer is known.
#[derive(Clone, Default)]
pub(crate) struct Whose(Arc<OnceLock<String>>);

impl Whose {
    /// It is of this account.
    pub(crate) fn is(&self, account: &str) {
        // One request has one session.
        let _ = self.0.set(account.to_owned());
    }
}

/// Notes a refusal that an inquiry asks for, and where its request came from.
pub(crate) async fn keep(State(state): State<AppState>, mut request: Request, next: Next) -> Response<Body> {
    let address = address(request.headers(), request.extensions(), &state);
    let whose = Whose::default();
    request.extensions_mut().insert(whose.clone());
    let response = next.run(request).await;
    let concerned = response.extensions().get::<Concerned>().map(|concerned| concerned.0.as_str());
    let account = concerned.or_else(|| whose.0.get().map(String::as_str));
    let Some((what, once)) = response.extensions().get().and_then(kept) else { return response };
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
const fn kept(refused: &Refused) -> Option<(Operation, bool)> {
    match refused.code {
        // A form that is wrong is nobody's business, but for what it shows.
        Code::Saisie => match refused.guess {
            Some(Guess::MotDePasse) => Some((Operation::MotDePasseRefused, false)),
            Some(Guess::Code) => Some((Operation::CodeRefused, false)),
            None => None,
        },
        Code::LevelTooLow => Some((Operation::LevelRefused, true)),
        Code::IdentityContradicted | Code::IdentityTaken => Some((Operation::IdentityRefused, true)),
        Code::WrongCredentials | Code::PasskeyRefused => Some((Operation::ConnexionRefused, false)),
        Code::FrozenAccount => Some((Operation::ConnexionFrozen, false)),
        Code::AccountImpossible => Some((Operation::InscriptionRefused, false)),
        Code::TooManyAttempts => Some((Operation::AttemptsStopped, true)),
        Code::OriginRefused => Some((Operation::OriginRefused, true)),
        Code::OtherAccount => Some((Operation::OtherAccountRefused, true)),
        Code::UnreadableBody => Some((Operation::BodyRefused, true)),
        Code::StaleLink => Some((Operation::StaleLinkRefused, true)),
        _ => None,
    }
}
