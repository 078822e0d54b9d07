//! What several resources show: the statement of today, what it is computed from, the requests about its lines. Answers
//! nothing itself.

use api::contestations::ContestationView;
use api::probleme::{Code, Probleme};
use domaine::droits::{Releve, Situation, calculate};
use store::{Contestation, Session};

use crate::error::HandlerResult;
use crate::extract::reads_all;
use crate::state::AppState;

/// The statement of today.
pub(in crate::routes) async fn todays_releve(state: &AppState, session: &Session) -> HandlerResult<Releve> {
    let situation = situation(state, session).await?;
    Ok(calculate(&situation, state.clock.today(), &state.bareme()))
}

/// Lets through whoever may read what others declared of them, and what is computed from it.
pub(in crate::routes) fn ask_to_read_all(state: &AppState, session: &Session) -> HandlerResult<()> {
    if reads_all(state, session) {
        return Ok(());
    }
    Err(Probleme::lacking(state.settings.declared_reading.needs()).into())
}

/// Whether employers' declarations know this person, as far as they may read it.
pub(in crate::routes) fn known(state: &AppState, session: &Session) -> bool {
    session.known && reads_all(state, session)
}

/// What the rights of whoever is connected are computed from, as far as they may read it.
pub(in crate::routes) async fn situation(state: &AppState, session: &Session) -> HandlerResult<Situation> {
    let situation = state.store.situation(&session.person).await?;
    // Closed meanwhile from elsewhere: then the session is over too.
    let situation = situation.ok_or(Code::SessionRequired)?;
    Ok(if reads_all(state, session) { situation } else { situation.as_typed() })
}

/// The requests of an account with their identifiers, newest first.
pub(in crate::routes) async fn contestations(
    state: &AppState,
    session: &Session,
) -> HandlerResult<Vec<(String, ContestationView)>> {
    let contestations = state.store.contestations(&session.account).await?;
    Ok(contestations
        .into_iter()
        .map(|contestation| (contestation.id.clone(), contestation_view(contestation)))
        .collect())
}

/// A request as its holder sees it.
pub(in crate::routes) fn contestation_view(contestation: Contestation) -> ContestationView {
    ContestationView {
        statut: contestation.statut(),
        reference: contestation.reference,
        ligne: contestation.ligne,
        montant: contestation.montant,
        hours: contestation.hours,
        destinataire: contestation.destinataire,
        raison: contestation.raison,
        filed_on: contestation.filed_on,
        answers: contestation.answers,
    }
}

/// The same as the holder sees them.
pub(in crate::routes) async fn contestations_of(
    state: &AppState,
    session: &Session,
) -> HandlerResult<Vec<ContestationView>> {
    Ok(contestations(state, session).await?.into_iter().map(|(_, view)| view).collect())
}
