//! A frozen account, to whoever gave its password: since when, by whom, and how its holder opens it again.

use api::accounts::SessionView;
use api::probleme::{Code, Probleme};
use api::requests::{AttenteView, FrozenView, GelView};
use api::routes;
use api::second_step::SecondStepView;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use domaine::forms::{ChampNouvelAcces, Formulaire, Proof, SaisieNouvelAcces};
use domaine::identite::Token;
use identity::{Unproved, Usage};
use limits::Attempts;
use store::{Account, Proofs, Way};

use super::shared::connection::{Connected, Connection};
use super::shared::refusals::current;
use super::shared::waiting;
use crate::error::{AppError, HandlerResult, log_only};
use crate::extract::{Browser, JsonBody, waiting_cookie};
use crate::state::AppState;

/// The refusal of a sign-in; where the account is frozen, its browser may ask how, and open it again.
pub(super) async fn offered(
    state: &AppState,
    browser: &Browser,
    account: &Account,
    refused: AppError,
) -> HandlerResult<Response> {
    if !matches!(refused, AppError::About(Code::FrozenAccount, _)) {
        return Err(refused);
    }
    // Each is a row: nobody who has a password fills the table with them.
    let attempts = Attempts::to_ask(state.counter(), browser.address).await?;
    let origin = limits::origin(&state.vault, browser.address);
    let secret = state.requests.begin_thaw(account, &origin, state.clock.now()).await?;
    log_only(attempts.count(state.counter()).await, "a request is not counted");
    let mut response = refused.into_response();
    response.headers_mut().append(SET_COOKIE, waiting_cookie(state, Usage::Thaw, Some(&secret)));
    Ok(response)
}

/// How the account is frozen whose password this browser gave.
#[utoipa::path(
    get, path = routes::DEGEL, tag = "comptes",
    responses((status = 200, description = "Le gel du compte dont ce navigateur a donné le mot de passe, s'il l'est", body = FrozenView))
)]
pub(super) async fn show(State(state): State<AppState>, browser: Browser) -> HandlerResult<Json<FrozenView>> {
    let freeze = state.requests.freeze_of(browser.secret(Usage::Thaw), state.clock.now()).await?;
    let gel = freeze.map(|freeze| GelView {
        since: state.clock.in_words(freeze.on),
        by: freeze.by,
        by_mail: freeze.by_mail,
        attente: freeze.waiting.map(|waiting| waiting::view(&state, waiting)),
    });
    Ok(Json(FrozenView { gel }))
}

/// Sends a code to the e-mail of the account; the former one serves no more.
#[utoipa::path(
    post, path = routes::DEGEL, tag = "comptes",
    responses(
        (status = 202, description = "Une lettre part à l'adresse du compte", body = AttenteView),
        (status = 409, description = "Trop de codes", body = Probleme),
        (status = 410, description = "Ce navigateur n'a pas donné de mot de passe, ou l'adresse ne débloque pas ce compte", body = Probleme),
        (status = 429, description = "Trop de demandes", body = Probleme)
    )
)]
pub(super) async fn ask(
    State(state): State<AppState>,
    browser: Browser,
) -> HandlerResult<(StatusCode, Json<AttenteView>)> {
    let attempts = Attempts::to_ask(state.counter(), browser.address).await?;
    let asked = state.requests.ask_thaw_code(browser.secret(Usage::Thaw), state.clock.now()).await?;
    log_only(attempts.count(state.counter()).await, "a request is not counted");
    Ok((StatusCode::ACCEPTED, Json(waiting::view(&state, asked))))
}

/// Opens the account again by a code, with another password, and connects. Sent again, it connects again.
#[utoipa::path(
    post, path = routes::DEGEL_CONFIRMATION, tag = "comptes", request_body = SaisieNouvelAcces,
    responses(
        (status = 200, description = "Compte débloqué, mot de passe choisi, session ouverte", body = SessionView),
        (status = 202, description = "Compte débloqué ; il demande une seconde étape", body = SecondStepView),
        (status = 403, description = "Le compte est gelé par le service", body = Probleme),
        (status = 410, description = "La demande n'est plus valable", body = Probleme),
        (status = 422, description = "Code ou mot de passe à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn confirm(
    State(state): State<AppState>,
    browser: Browser,
    body: JsonBody<SaisieNouvelAcces>,
) -> HandlerResult<Response> {
    let access = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let mot_de_passe = access.mot_de_passe.expose();
    let attempts = Attempts::to_prove(state.counter(), browser.address).await?;
    let at = match &access.proof {
        Proof::Token(Token::Printed(_)) => ChampNouvelAcces::Token,
        Proof::Code(_) | Proof::Token(Token::Link(_)) => ChampNouvelAcces::Code,
    };
    let secret = browser.secret(Usage::Thaw);
    let proved = match state.requests.prove_thaw(&access.proof, secret, state.clock.now()).await {
        Ok(proved) => proved,
        Err(unproved) => return refuse(&state, attempts, unproved, at).await,
    };
    let account = &proved.account;
    let personal_texts = vec![account.nom_naissance.clone(), account.prenoms.clone(), account.courriel.clone()];
    if state.hashing.is_common(mot_de_passe, personal_texts).await? {
        return Err(current(ChampNouvelAcces::MotDePasse));
    }
    let hash = state.hashing.hash(mot_de_passe).await?;
    let connection = Connection::new(&state, &browser, Way::Thaw, Proofs::default());
    let with = (&state.hashing, &connection.new);
    let account = match state.requests.thaw(proved, (mot_de_passe, &hash), with, state.clock.now()).await {
        Ok(account) => account,
        Err(unproved) => return refuse(&state, attempts, unproved, at).await,
    };
    log_only(attempts.forget(state.counter()).await, "wrong attempts before a good one stay counted");
    Ok(connection.answer_to_proof(&state, &Connected::from(&account), Usage::Thaw))
}

async fn refuse(
    state: &AppState,
    attempts: Attempts,
    unproved: Unproved,
    at: ChampNouvelAcces,
) -> Result<Response, AppError> {
    if waiting::is_a_guess(&unproved) {
        attempts.count(state.counter()).await?;
    }
    Err(waiting::refused(unproved, at, ChampNouvelAcces::MotDePasse))
}
