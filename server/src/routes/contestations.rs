//! Disputing a line of the statement.

use api::contestations::{ContestationView, SaisieContestation};
use api::probleme::{Code, Probleme};
use api::routes;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domaine::droits::Destinataire;
use domaine::forms::Formulaire;
use store::{Contestation, Session};
use vault::{identifier, reference};

use super::shared::views;
use crate::error::{AppError, HandlerResult};
use crate::extract::{IdempotencyKey, JsonBody, Titulaire};
use crate::state::AppState;

/// Records a request about a line of today's statement. The statement itself lists the requests.
#[utoipa::path(
    post, path = routes::CONTESTATIONS, tag = "droits", request_body = SaisieContestation,
    params(("idempotency-key" = String, Header, description = "16 à 64 lettres, chiffres ou tirets")),
    responses(
        (status = 201, description = "Enregistrée", body = ContestationView),
        (status = 400, description = "Corps illisible, ou clé d'idempotence manquante", body = Probleme),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 404, description = "Le relevé n'a pas cette ligne", body = Probleme),
        (status = 409, description = "Clé reprise", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme)
    )
)]
pub(super) async fn deposit(
    State(state): State<AppState>,
    titulaire: Titulaire,
    IdempotencyKey(key): IdempotencyKey,
    body: JsonBody<SaisieContestation>,
) -> HandlerResult<(StatusCode, Json<ContestationView>)> {
    let session = &titulaire.session;
    let id = save(&state, session, &key, &body.value).await?;
    let contestation = views::contestations(&state, session).await?.into_iter().find(|(known, _)| *known == id);
    let (_, view) = contestation.ok_or(AppError::Internal("a request that was recorded is not there"))?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Records the request, or finds what the same submission recorded before; gives its identifier.
async fn save(state: &AppState, session: &Session, key: &str, saisie: &SaisieContestation) -> HandlerResult<String> {
    let today = state.clock.today();
    let raison = saisie.validate(today).map_err(|errors| Probleme::saisie(&errors))?;
    let key = state.vault.digest("clé de contestation", &[session.account.as_bytes(), key.as_bytes()]);
    let parts = [saisie.ligne.to_string(), raison.clone()];
    let body = state.vault.digest("corps de contestation", &parts.each_ref().map(|part| part.as_bytes()));
    let already = |(known, id): (String, String)| {
        if known == body { Ok(id) } else { Err(AppError::from(Code::IdempotencyKeyReused)) }
    };
    // Before looking for the line: the answer to a repeat does not depend on what the statement became.
    if let Some(is_known) = state.store.idempotency_key(&key).await? {
        return already(is_known);
    }
    let releve = views::todays_releve(state, session).await?;
    let ligne = releve.ligne(saisie.ligne).ok_or(Code::NotFound)?;
    let new = Contestation {
        id: identifier(),
        account: session.account.clone(),
        reference: reference("CTR"),
        ligne: saisie.ligne,
        montant: ligne.montant,
        hours: ligne.hours,
        destinataire: Destinataire::of(&ligne.motif),
        raison,
        filed_on: today,
        taken_up_on: None,
        answers: Vec::new(),
    };
    let now = state.clock.now();
    match state.store.dispute((&key, &body), &new, now).await? {
        None => Ok(new.id),
        Some(is_known) => already(is_known),
    }
}
