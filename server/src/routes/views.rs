//! What several resources show: the statement of today, what it is computed from, the requests about its lines. Answers
//! nothing itself.

use api::contestations::ContestationVue;
use domaine::droits::{Releve, Situation, calculer};
use store::Session;

use crate::error::{Erreur, Reponse};
use crate::state::AppState;

/// The statement of today.
pub(super) async fn releve_du_jour(etat: &AppState, session: &Session) -> Reponse<Releve> {
    let situation = situation(etat, session).await?;
    Ok(calculer(&situation, etat.clock.aujourdhui(), &etat.bareme()))
}

/// What the rights of whoever is connected are computed from.
pub(super) async fn situation(etat: &AppState, session: &Session) -> Reponse<Situation> {
    let situation = etat.store.situation(&session.personne).await?;
    situation.ok_or(Erreur::Interne("an account without a person"))
}

/// The requests of an account with their identifiers, newest first.
pub(super) async fn contestations(etat: &AppState, session: &Session) -> Reponse<Vec<(String, ContestationVue)>> {
    let contestations = etat.store.contestations(&session.compte).await?;
    Ok(contestations
        .into_iter()
        .map(|contestation| {
            let vue = ContestationVue {
                statut: contestation.statut(),
                reference: contestation.reference,
                ligne: contestation.ligne,
                montant: contestation.montant,
                heures: contestation.heures,
                destinataire: contestation.destinataire,
                raison: contestation.raison,
                deposee_le: contestation.deposee_le,
                reponses: contestation.reponses,
            };
            (contestation.id, vue)
        })
        .collect())
}

/// The same as the holder sees them.
pub(super) async fn contestations_of(etat: &AppState, session: &Session) -> Reponse<Vec<ContestationVue>> {
    Ok(contestations(etat, session).await?.into_iter().map(|(_, vue)| vue).collect())
}
