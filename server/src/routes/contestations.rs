//! Disputing a line of the statement.

use api::contestations::{ContestationView, SaisieContestation};
use api::probleme::{Code, Probleme};
use api::routes;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domaine::droits::Destinataire;
use domaine::forms::Formulaire;
use store::{Contestation, Disputed, Session};
use vault::{identifier, reference};

use super::shared::views;
use crate::error::HandlerResult;
use crate::extract::{IdempotencyKey, JsonBody, Titulaire};
use crate::state::AppState;

/// Records a request about a line of today's statement. The statement itself lists the requests.
#[utoipa::path(
    post, path = routes::CONTESTATIONS, tag = "droits", request_body = SaisieContestation,
    params(("idempotency-key" = inline(IdempotencyKey), Header, description = "16 à 64 lettres, chiffres ou tirets")),
    responses(
        (status = 201, description = "Enregistrée", body = ContestationView),
        (status = 400, description = "Corps illisible, ou clé d'idempotence manquante", body = Probleme),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 404, description = "Le relevé n'a pas cette ligne", body = Probleme),
        (status = 409, description = "Clé reprise, ou trop de contestations attendent une réponse", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme)
    )
)]
pub(super) async fn deposit(
    State(state): State<AppState>,
    titulaire: Titulaire,
    IdempotencyKey(key): IdempotencyKey,
    body: JsonBody<SaisieContestation>,
) -> HandlerResult<(StatusCode, Json<ContestationView>)> {
    let contestation = save(&state, &titulaire.session, &key, &body.value).await?;
    Ok((StatusCode::CREATED, Json(contestation)))
}

/// Records the request, or finds what the same submission recorded before.
async fn save(
    state: &AppState,
    session: &Session,
    key: &str,
    saisie: &SaisieContestation,
) -> HandlerResult<ContestationView> {
    let today = state.clock.today();
    let raison = saisie.validate(today).map_err(|errors| Probleme::saisie(&errors))?;
    let key = state.vault.digest("clé de contestation", &[session.account.as_bytes(), key.as_bytes()]);
    let parts = [saisie.ligne.to_string(), raison.clone()];
    let body = state.vault.digest("corps de contestation", &parts.each_ref().map(|part| part.as_bytes()));
    // Before looking for the line: the answer to a repeat does not depend on what the statement became.
    if let Some((known, id)) = state.store.idempotency_key(&key).await? {
        return recorded(state, session, known == body, &id).await;
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
    match state.store.dispute(session, (&key, &body), &new, state.clock.now()).await {
        Ok(Disputed::Recorded) => Ok(views::contestation_view(new)),
        Ok(Disputed::Known(known, id)) => recorded(state, session, known == body, &id).await,
        Ok(Disputed::Full) => Err(Code::TooManyContestations.into()),
        // The database may have kept what it says that it did not: then that is what is said.
        Err(failure) => match state.store.idempotency_key(&key).await {
            Ok(Some((known, id))) if id == new.id && known == body => Ok(views::contestation_view(new)),
            _ => Err(failure.into()),
        },
    }
}

/// What a submission recorded under its key, when it is the same.
async fn recorded(state: &AppState, session: &Session, same: bool, id: &str) -> HandlerResult<ContestationView> {
    if !same {
        return Err(Code::IdempotencyKeyReused.into());
    }
    let contestation = views::contestations(state, session).await?.into_iter().find(|(known, _)| known == id);
    // Not there any more: its account was closed meanwhile.
    contestation.map(|(_, view)| view).ok_or_else(|| Code::SessionRequired.into())
}
