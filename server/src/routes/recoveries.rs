//! The way back into an account whose password is lost.

use api::accounts::SessionView;
use api::probleme::Probleme;
use api::requests::{AttenteView, WaitingView};
use api::routes;
use api::second_step::SecondStepView;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domaine::forms::{ChampNouvelAcces, Formulaire, Proof, SaisieNouvelAcces, SaisieRecuperation};
use domaine::identite::Token;
use identity::{Submission, Unproved, Usage};
use limits::Attempts;
use store::{Proofs, Way};

use super::shared::connection::{Connected, Connection};
use super::shared::refusals::current;
use super::shared::waiting;
use crate::error::{AppError, HandlerResult, log_only};
use crate::extract::{Browser, IdempotencyKey, JsonBody};
use crate::state::AppState;

/// Asks for the way back into the account of this mailbox.
///
/// One answer, in one time, whether or not it has an account: nothing is looked up here. A letter tells the rest.
#[utoipa::path(
    post, path = routes::RECUPERATION, tag = "comptes", request_body = SaisieRecuperation,
    params(("idempotency-key" = inline(IdempotencyKey), Header, description = "16 à 64 lettres, chiffres ou tirets")),
    responses(
        (status = 202, description = "Une lettre part à cette adresse", body = AttenteView),
        (status = 400, description = "Corps illisible, ou clé d'idempotence manquante", body = Probleme),
        (status = 409, description = "Clé reprise", body = Probleme),
        (status = 422, description = "L'adresse est à corriger", body = Probleme),
        (status = 429, description = "Trop de demandes", body = Probleme)
    )
)]
pub(super) async fn ask(
    State(state): State<AppState>,
    browser: Browser,
    IdempotencyKey(key): IdempotencyKey,
    body: JsonBody<SaisieRecuperation>,
) -> HandlerResult<Response> {
    let courriel = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let attempts = Attempts::to_ask(state.counter(), browser.address).await?;
    let origin = limits::origin(&state.vault, browser.address);
    let submission = Submission { key: &key, body: &body.bytes, origin: &origin };
    let asked = state.requests.ask_access(submission, &courriel, state.clock.now()).await?;
    if asked.new {
        log_only(attempts.count(state.counter()).await, "a request is not counted");
    }
    Ok(waiting::accepted(&state, Usage::Recovery, asked))
}

/// What this browser waits for.
#[utoipa::path(
    get, path = routes::RECUPERATION, tag = "comptes",
    responses((status = 200, description = "La demande de ce navigateur, s'il en a une", body = WaitingView))
)]
pub(super) async fn show(State(state): State<AppState>, browser: Browser) -> HandlerResult<Json<WaitingView>> {
    waiting::show(&state, Usage::Recovery, &browser).await
}

/// Chooses another password by a code, a link or a printed code, and connects; every other connection ends. Sent again, it
/// connects again.
#[utoipa::path(
    post, path = routes::RECUPERATION_MOT_DE_PASSE, tag = "comptes", request_body = SaisieNouvelAcces,
    responses(
        (status = 200, description = "Mot de passe choisi, session ouverte", body = SessionView),
        (status = 202, description = "Mot de passe choisi ; le compte demande une seconde étape", body = SecondStepView),
        (status = 403, description = "Le compte est gelé", body = Probleme),
        (status = 410, description = "La demande n'est plus valable", body = Probleme),
        (status = 422, description = "Code ou mot de passe à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn renew(
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
    let secret = browser.secret(Usage::Recovery);
    let proved = match state.requests.prove_access(&access.proof, secret, state.clock.now()).await {
        Ok(proved) => proved,
        Err(unproved) => return refuse(&state, attempts, unproved, at).await,
    };
    // Only whoever has the proof is told that the password is made of their name; the proof has served for nothing yet.
    let account = &proved.account;
    let personal_texts = vec![account.nom_naissance.clone(), account.prenoms.clone(), account.courriel.clone()];
    if state.hashing.is_common(mot_de_passe, personal_texts).await? {
        return Err(current(ChampNouvelAcces::MotDePasse));
    }
    let hash = state.hashing.hash(mot_de_passe).await?;
    let connection = Connection::new(&state, &browser, Way::Recovery, Proofs::default());
    let with = (&state.hashing, &connection.new);
    let account = match state.requests.renew(proved, (mot_de_passe, &hash), with, state.clock.now()).await {
        Ok(account) => account,
        Err(unproved) => return refuse(&state, attempts, unproved, at).await,
    };
    log_only(attempts.forget(state.counter()).await, "wrong attempts before a good one stay counted");
    Ok(connection.answer_to_proof(&state, &Connected::from(&account), Usage::Recovery))
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
