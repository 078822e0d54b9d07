//! Connecting, disconnecting, who is connected.

use std::net::IpAddr;

use api::accounts::{SessionView, TitulaireView};
use api::probleme::{Code, Probleme};
use api::routes;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domaine::forms::{Formulaire, SaisieConnexion};
use store::NewSession;
use vault::{token, token_digest};

use crate::clock::to_ms;
use crate::error::HandlerResult;
use crate::extract::{Browser, JsonBody, MaybeTitulaire, Titulaire, cookie, too_many_attempts};
use crate::state::AppState;

/// Connects.
#[utoipa::path(
    post, path = routes::CONNEXION, tag = "sessions", request_body = SaisieConnexion,
    responses(
        (status = 200, description = "Session ouverte", body = SessionView),
        (status = 401, description = "Aucun compte avec ce courriel et ce mot de passe", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives ; Retry-After dit combien de temps attendre", body = Probleme)
    )
)]
pub(super) async fn open(
    State(state): State<AppState>,
    browser: Browser,
    body: JsonBody<SaisieConnexion>,
) -> HandlerResult<Response> {
    let connexion = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let courriel = connexion.courriel.comparison_key();
    let mut attempts = Attempts::by_address(&state, browser.address).await?;
    attempts.and_per_account(&state, &courriel).await?;
    let account = state.store.account_by_courriel(&courriel).await?;
    let guard = account.as_ref().map(|account| account.mot_de_passe.as_str());
    let checked = state.hashing.check(&connexion.mot_de_passe, guard).await?;
    let Some(account) = account.filter(|_| checked) else { return Err(Code::WrongCredentials.into()) };
    attempts.give_back(&state).await?;
    let titulaire = TitulaireView { nom_naissance: account.nom_naissance, prenoms: account.prenoms };
    sign_in(&state, &browser, &account.id, titulaire).await
}

/// Disconnects; who is not connected is disconnected already.
#[utoipa::path(post, path = routes::DECONNEXION, tag = "sessions", responses((status = 204, description = "Session fermée")))]
pub(super) async fn close(
    State(state): State<AppState>,
    MaybeTitulaire(titulaire): MaybeTitulaire,
) -> HandlerResult<Response> {
    if let Some(titulaire) = titulaire {
        state.store.close_session(&titulaire.session, state.clock.now()).await?;
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie(&state, None))]).into_response())
}

/// Who is connected.
#[utoipa::path(get, path = routes::SESSION, tag = "sessions", responses((status = 200, description = "Qui est connecté", body = SessionView)))]
pub(super) async fn show(
    State(state): State<AppState>,
    MaybeTitulaire(titulaire): MaybeTitulaire,
) -> Json<SessionView> {
    Json(match titulaire {
        Some(Titulaire { session, rest }) => SessionView {
            titulaire: Some(TitulaireView {
                nom_naissance: session.nom_naissance.clone(),
                prenoms: session.prenoms.clone(),
            }),
            account: Some(state.account_seen(&session.account)),
            expires_in: Some(rest.to_string()),
        },
        None => SessionView { titulaire: None, account: None, expires_in: None },
    })
}

/// Opens a session on this account and answers with its cookie.
pub(super) async fn sign_in(
    state: &AppState,
    browser: &Browser,
    account: &str,
    titulaire: TitulaireView,
) -> HandlerResult<Response> {
    let (token, now) = (token(), state.clock.now());
    let new = NewSession {
        digest: &token_digest(&token),
        account,
        expires_on: now + to_ms(state.settings.session_longest),
        device: browser.device,
    };
    state.store.open_session(&new, browser.former.as_deref(), now).await?;
    let rest = state.settings.session_idle.min(state.settings.session_longest).as_secs();
    let account = Some(state.account_seen(account));
    let view = SessionView { titulaire: Some(titulaire), account, expires_in: Some(rest.to_string()) };
    Ok(([(header::SET_COOKIE, cookie(state, Some(&token)))], Json(view)).into_response())
}

/// Attempts under way. Each is counted before the password is looked at, so that many at once do
/// not slip through, and given back when it was a good one.
pub(super) struct Attempts {
    address: Option<String>,
    account: Option<String>,
}

impl Attempts {
    /// Counts an attempt from this address.
    pub(super) async fn by_address(state: &AppState, address: IpAddr) -> HandlerResult<Self> {
        // An IPv6 client has a whole network of addresses: they count as one.
        let network = match address {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
        };
        let key = state.vault.digest("tentatives d'une adresse", &[&network]);
        count(state, &key, state.settings.attempts_by_address).await?;
        Ok(Self { address: Some(key), account: None })
    }

    /// Nothing counted yet.
    pub(super) const fn without_address() -> Self {
        Self { address: None, account: None }
    }

    /// Counts an attempt at this account, whether or not it exists.
    pub(super) async fn and_per_account(&mut self, state: &AppState, courriel: &str) -> HandlerResult<()> {
        let key = state.vault.digest("tentatives d'un compte", &[courriel.as_bytes()]);
        count(state, &key, state.settings.attempts_by_account).await?;
        self.account = Some(key);
        Ok(())
    }

    /// Counts an attempt of somebody who is connected already: what a stranger tries at the door does not stop them.
    pub(super) async fn and_per_titulaire(&mut self, state: &AppState, account: &str) -> HandlerResult<()> {
        let key = state.vault.digest("tentatives d'un titulaire", &[account.as_bytes()]);
        count(state, &key, state.settings.attempts_by_account).await?;
        self.account = Some(key);
        Ok(())
    }

    /// It was a good one.
    pub(super) async fn give_back(&mut self, state: &AppState) -> HandlerResult<()> {
        if let Some(key) = self.address.take() {
            state.store.give_attempt_back(&key).await?;
        }
        if let Some(key) = self.account.take() {
            state.store.forget_attempts(&key).await?;
        }
        Ok(())
    }
}

async fn count(state: &AppState, key: &str, allowed: i64) -> HandlerResult<()> {
    let (now, delay) = (state.clock.now(), to_ms(state.settings.attempts_delay));
    let (count, start) = state.store.count_attempt(key, now, now - delay).await?;
    if count > allowed {
        return Err(too_many_attempts(start + delay - now));
    }
    Ok(())
}
