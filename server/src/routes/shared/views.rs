//! What several resources show: the statement of today, what it is computed from, the requests about its lines. Answers
//! nothing itself.

use api::contestations::ContestationView;
use domaine::droits::{Releve, Situation, calculate};
use store::Session;

use crate::error::{AppError, HandlerResult};
use crate::state::AppState;

/// The statement of today.
pub(in crate::routes) async fn todays_releve(state: &AppState, session: &Session) -> HandlerResult<Releve> {
    let situation = situation(state, session).await?;
    Ok(calculate(&situation, state.clock.today(), &state.bareme()))
}

/// What the rights of whoever is connected are computed from.
pub(in crate::routes) async fn situation(state: &AppState, session: &Session) -> HandlerResult<Situation> {
    let situation = state.store.situation(&session.person).await?;
    situation.ok_or(AppError::Internal("an account without a person"))
}

/// The requests of an account with their identifiers, newest first.
pub(in crate::routes) async fn contestations(
    state: &AppState,
    session: &Session,
) -> HandlerResult<Vec<(String, ContestationView)>> {
    let contestations = state.store.contestations(&session.account).await?;
    Ok(contestations
        .into_iter()
        .map(|contestation| {
            let view = ContestationView {
                statut: contestation.statut(),
                reference: contestation.reference,
                ligne: contestation.ligne,
                montant: contestation.montant,
                hours: contestation.hours,
                destinataire: contestation.destinataire,
                raison: contestation.raison,
                filed_on: contestation.filed_on,
                answers: contestation.answers,
            };
            (contestation.id, view)
        })
        .collect())
}

/// The same as the holder sees them.
pub(in crate::routes) async fn contestations_of(
    state: &AppState,
    session: &Session,
) -> HandlerResult<Vec<ContestationView>> {
    Ok(contestations(state, session).await?.into_iter().map(|(_, view)| view).collect())
}
