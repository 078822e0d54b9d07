//! Asking for an account, and proving the e-mail that opens it.

use api::accounts::SessionView;
use api::probleme::{Code, Probleme};
use api::requests::{AttenteView, WaitingView};
use api::routes;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domaine::forms::{
    ChampCode, ChampInscription, Formulaire, Inscription, Proof, SaisieCode, SaisieInscription, SaisieRecuperation,
};
use domaine::identite::Token;
use identity::{Submission, Usage};
use limits::Attempts;
use store::{Proofs, Way};
use vault::token_digest;

use super::shared::connection::{Connected, Connection};
use super::shared::refusals::current;
use super::shared::waiting;
use crate::error::{HandlerResult, log_only};
use crate::extract::{Browser, IdempotencyKey, JsonBody};
use crate::state::AppState;

/// The conditions in force: the day of their text.
pub(super) const CGU_VERSION: &str = "2026-11-23";

/// Asks for an account.
///
/// One answer, in one time, whether or not the e-mail or the NIR is known: nothing is looked up here. A letter tells the
/// rest. The same key with the same body is the same request.
#[utoipa::path(
    post, path = routes::INSCRIPTION, tag = "comptes", request_body = SaisieInscription,
    params(("idempotency-key" = inline(IdempotencyKey), Header, description = "16 à 64 lettres, chiffres ou tirets")),
    responses(
        (status = 202, description = "Une lettre part à cette adresse", body = AttenteView),
        (status = 400, description = "Corps illisible, ou clé d'idempotence manquante", body = Probleme),
        (status = 409, description = "Clé reprise", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de demandes", body = Probleme)
    )
)]
pub(super) async fn ask(
    State(state): State<AppState>,
    browser: Browser,
    IdempotencyKey(key): IdempotencyKey,
    body: JsonBody<SaisieInscription>,
) -> HandlerResult<Response> {
    let inscription = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    refuse_common(&state, &inscription).await?;
    let attempts = Attempts::to_ask(state.counter(), browser.address).await?;
    let hash = state.hashing.hash(inscription.mot_de_passe.expose()).await?;
    let origin = limits::origin(&state.vault, browser.address);
    let submission = Submission { key: &key, body: &body.bytes, origin: &origin };
    let asked = state.requests.ask_account(submission, &inscription, hash, CGU_VERSION, state.clock.now()).await?;
    if asked.new {
        log_only(attempts.count(state.counter()).await, "a request is not counted");
    }
    Ok(waiting::accepted(&state, Usage::SignUp, asked))
}

/// What this browser waits for.
#[utoipa::path(
    get, path = routes::INSCRIPTION, tag = "comptes",
    responses((status = 200, description = "La demande de ce navigateur, s'il en a une", body = WaitingView))
)]
pub(super) async fn show(State(state): State<AppState>, browser: Browser) -> HandlerResult<Json<WaitingView>> {
    waiting::show(&state, Usage::SignUp, &browser).await
}

/// Asks for another code, at the same address or at another: nothing has to be typed again.
#[utoipa::path(
    post, path = routes::INSCRIPTION_CODE, tag = "comptes", request_body = SaisieRecuperation,
    responses(
        (status = 202, description = "Une lettre part à cette adresse", body = AttenteView),
        (status = 409, description = "Trop de codes ont été envoyés", body = Probleme),
        (status = 410, description = "Ce navigateur n'attend rien", body = Probleme),
        (status = 422, description = "L'adresse est à corriger", body = Probleme),
        (status = 429, description = "Trop de demandes", body = Probleme)
    )
)]
pub(super) async fn another_code(
    State(state): State<AppState>,
    browser: Browser,
    body: JsonBody<SaisieRecuperation>,
) -> HandlerResult<Response> {
    let courriel = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let attempts = Attempts::to_ask(state.counter(), browser.address).await?;
    let secret = browser.secret(Usage::SignUp);
    let waiting = state.requests.another_code(secret, &courriel, state.clock.now()).await?;
    log_only(attempts.count(state.counter()).await, "a request is not counted");
    Ok((StatusCode::ACCEPTED, Json(waiting::view(&state, waiting))).into_response())
}

/// Proves the e-mail, opens the account and connects. Sent again, it connects again.
#[utoipa::path(
    post, path = routes::INSCRIPTION_CONFIRMATION, tag = "comptes", request_body = SaisieCode,
    responses(
        (status = 201, description = "Compte ouvert, session ouverte", body = SessionView),
        (status = 409, description = "Le compte ne peut plus être ouvert", body = Probleme),
        (status = 410, description = "La demande n'est plus valable", body = Probleme),
        (status = 422, description = "Code ou mot de passe à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn confirm(
    State(state): State<AppState>,
    browser: Browser,
    body: JsonBody<SaisieCode>,
) -> HandlerResult<Response> {
    let shown = body.value.validate(state.clock.today()).map_err(|errors| match errors.of(ChampCode::Token) {
        // A link that was cut short is no link.
        Some(_) => Probleme::new(Code::StaleLink),
        None => Probleme::saisie(&errors),
    })?;
    let attempts = match &shown.proof {
        Proof::Token(Token::Link(link)) => {
            // Whoever has the link may guess the password: as at the door.
            Attempts::to_sign_in(state.counter(), browser.address, &token_digest(link), false).await?
        }
        Proof::Code(_) | Proof::Token(Token::Printed(_)) => {
            Attempts::to_prove(state.counter(), browser.address).await?
        }
    };
    let mut connection = Connection::new(&state, &browser, Way::SignUp, Proofs::default());
    let moment = (state.clock.today(), state.clock.now());
    let with = (&state.hashing, &mut connection.new);
    let account = match state.requests.confirm(&shown, browser.secret(Usage::SignUp), with, moment).await {
        Ok(account) => account,
        Err(unproved) => {
            if waiting::is_a_guess(&unproved) {
                attempts.count(state.counter()).await?;
            }
            return Err(waiting::refused(unproved, ChampCode::Code, ChampCode::MotDePasse));
        }
    };
    log_only(attempts.forget(state.counter()).await, "wrong attempts before a good one stay counted");
    let answer = connection.answer_to_proof(&state, &Connected::from(&account), Usage::SignUp);
    Ok((StatusCode::CREATED, answer).into_response())
}

/// Refuses a password that many people have, or that holds what the form says.
pub(super) async fn refuse_common(state: &AppState, inscription: &Inscription) -> HandlerResult<()> {
    let personal_texts = vec![
        inscription.nom_naissance.as_str().to_owned(),
        inscription.prenoms.as_str().to_owned(),
        inscription.courriel.as_str().to_owned(),
    ];
    if state.hashing.is_common(inscription.mot_de_passe.expose(), personal_texts).await? {
        return Err(current(ChampInscription::MotDePasse));
    }
    Ok(())
}
