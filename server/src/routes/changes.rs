//! Other telephones or another e-mail: asked, then proved by the codes that were sent, in the session that asked.

use api::accounts::{ProfilView, SaisieCodes, SaisieCoordonnees};
use api::probleme::{Code, Probleme};
use api::routes;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domaine::assurance::Action;
use domaine::forms::{ChampCodes, Errors, Faute, Formulaire};
use domaine::identite::CodeInvalide;
use identity::{Unchanged, Wanted};
use limits::Attempts;
use store::Sides;

use super::profils::with_change;
use super::shared::account::{ask_again, load};
use super::shared::connection::Renewal;
use crate::error::{AppError, HandlerResult, log_only};
use crate::extract::{Browser, JsonBody, Titulaire};
use crate::state::AppState;

/// Asks for other telephones, or another e-mail. What was asked before serves no more.
///
/// Nothing changes before the codes are shown: one goes to the e-mail of the account, one to the new one. Nothing is looked up
/// of that one here: whose it is, its mailbox alone learns.
#[utoipa::path(
    put, path = routes::COORDONNEES, tag = "profil", request_body = SaisieCoordonnees,
    responses(
        (status = 200, description = "Rien ne change", body = ProfilView),
        (status = 202, description = "Des codes partent ; « changement » dit ce qui les attend", body = ProfilView),
        (status = 403, description = "Pour un autre courriel, là où une seconde étape est demandée : il faut d'abord se connecter de nouveau", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn ask(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<SaisieCoordonnees>,
) -> HandlerResult<(StatusCode, Json<ProfilView>)> {
    let coordonnees = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let telephone_fixe = coordonnees.telephones.fixe().map(|telephone| telephone.e164());
    let telephone_mobile = coordonnees.telephones.mobile().map(|telephone| telephone.e164());
    let session = &titulaire.session;
    let (account, _) = load(&state, session).await?;
    let courriel = (coordonnees.courriel.as_str() != account.courriel).then_some(&coordonnees.courriel);
    let telephones = (&telephone_fixe, &telephone_mobile) != (&account.telephone_fixe, &account.telephone_mobile);
    if telephones {
        titulaire.may(Action::ChangeTelephones)?;
    }
    if courriel.is_some() && account.second_step_on.is_some() {
        // The form asks for the password, not for the second step: who signed in a moment ago showed it.
        titulaire.may(Action::Withdraw)?;
    }
    let now = state.clock.now();
    if !telephones && courriel.is_none() {
        // Whoever wants again what they have wants nothing of what they asked.
        state.requests.give_up_change(session).await?;
        return Ok((StatusCode::OK, Json(with_change(&state, session).await?)));
    }
    let mut counted = vec![Attempts::to_ask(state.counter(), browser.address).await?];
    if courriel.is_some() {
        // The e-mail opens the account: whoever found a screen open must not walk away with it.
        ask_again(&state, &account, &body.value.current_mot_de_passe).await?;
        counted.push(Attempts::at_courriels(state.counter(), &account.id).await?);
    }
    let origin = limits::origin(&state.vault, browser.address);
    let wanted = Wanted { courriel, telephone_fixe, telephone_mobile, telephones };
    state.requests.ask_change(session, &account, wanted, &origin, now).await?;
    for attempts in counted {
        log_only(attempts.count(state.counter()).await, "a change that is asked for is not counted");
    }
    Ok((StatusCode::ACCEPTED, Json(with_change(&state, session).await?)))
}

/// Sends other codes to the same addresses; the former ones serve no more.
#[utoipa::path(
    post, path = routes::COORDONNEES_CODE, tag = "profil",
    responses(
        (status = 202, description = "D'autres codes partent", body = ProfilView),
        (status = 409, description = "Autant de codes sont partis que possible", body = Probleme),
        (status = 410, description = "Rien n'attend de code", body = Probleme),
        (status = 429, description = "Trop de demandes", body = Probleme)
    )
)]
pub(super) async fn other_codes(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
) -> HandlerResult<(StatusCode, Json<ProfilView>)> {
    let session = &titulaire.session;
    let attempts = Attempts::to_ask(state.counter(), browser.address).await?;
    state.requests.other_codes(session, state.clock.now()).await?;
    log_only(attempts.count(state.counter()).await, "a request is not counted");
    Ok((StatusCode::ACCEPTED, Json(with_change(&state, session).await?)))
}

/// Makes the change, once every code is right; with another e-mail, every other connection ends. Sent again, it is made.
#[utoipa::path(
    post, path = routes::COORDONNEES_CONFIRMATION, tag = "profil", request_body = SaisieCodes,
    responses(
        (status = 200, description = "Changées", body = ProfilView),
        (status = 409, description = "Un autre compte utilise désormais ce courriel", body = Probleme),
        (status = 410, description = "Rien n'attend de code", body = Probleme),
        (status = 422, description = "Codes à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn confirm(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<SaisieCodes>,
) -> HandlerResult<Response> {
    let codes = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let attempts = Attempts::to_prove(state.counter(), browser.address).await?;
    let session = &titulaire.session;
    let renewal = Renewal::new();
    let made = match state.requests.confirm_change(session, &renewal.digest, &codes, state.clock.now()).await {
        Ok(made) => made,
        Err(unchanged) => {
            if matches!(unchanged, Unchanged::Wrong(_) | Unchanged::Spent(_) | Unchanged::Over) {
                attempts.count(state.counter()).await?;
            }
            return Err(refused(unchanged));
        }
    };
    log_only(attempts.forget(state.counter()).await, "wrong attempts before a good one stay counted");
    Ok((renewal.given(&state, made), Json(with_change(&state, session).await?)).into_response())
}

/// Gives up what was asked.
#[utoipa::path(
    delete, path = routes::COORDONNEES, tag = "profil",
    responses((status = 200, description = "Rien n'attend plus", body = ProfilView))
)]
pub(super) async fn give_up(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<Json<ProfilView>> {
    state.requests.give_up_change(&titulaire.session).await?;
    Ok(Json(with_change(&state, &titulaire.session).await?))
}

/// Each code that is at fault, at its field.
fn refused(unchanged: Unchanged) -> AppError {
    let (sides, faute) = match unchanged {
        Unchanged::Missing(sides) => (sides, Faute::Code(CodeInvalide::Empty)),
        Unchanged::Wrong(sides) => (sides, Faute::WrongCode),
        Unchanged::Spent(sides) => (sides, Faute::SpentCode),
        Unchanged::Over => return Code::StaleLink.into(),
        Unchanged::Taken => return Code::CourrielTaken.into(),
        Unchanged::Store(failure) => return failure.into(),
    };
    let Sides { present, new } = sides;
    let mut errors = Errors::new();
    for (champ, _) in [(ChampCodes::Present, present), (ChampCodes::New, new)].into_iter().filter(|(_, asked)| *asked) {
        errors.record(champ, faute);
    }
    Probleme::saisie(&errors).into()
}
