//! The clean-up: at start, then every hour.

use std::time::Duration;

use store::AGE_ORPHELIN;

use crate::clock::en_ms;
use crate::error::Erreur;
use crate::state::AppState;

const HEURE: Duration = Duration::from_secs(3_600);
/// Idempotency keys are remembered for a day, the journal for a year.
const JOUR: Duration = Duration::from_secs(24 * 3_600);
const AN: Duration = Duration::from_secs(365 * 24 * 3_600);

/// Cleans up for ever.
pub async fn veiller(etat: AppState) {
    let mut rythme = tokio::time::interval(HEURE);
    loop {
        rythme.tick().await;
        if let Err(erreur) = nettoyer(&etat).await {
            tracing::warn!(?erreur, "the clean-up failed; it will be tried again");
        }
    }
}

/// Erases what must not be kept longer, and the files of proofs that were never recorded.
///
/// # Errors
/// [`Erreur`] when the database or the proofs fail.
pub async fn nettoyer(etat: &AppState) -> Result<(), Erreur> {
    let maintenant = etat.clock.maintenant();
    let avant = |duree: Duration| maintenant - en_ms(duree);
    etat.store
        .purger(
            maintenant,
            avant(etat.settings.session_idle),
            avant(etat.settings.attempts_delay),
            avant(JOUR),
            avant(AN),
        )
        .await?;
    for id in etat.pieces.ecrites_avant(maintenant - AGE_ORPHELIN).await? {
        if !etat.store.a_la_piece(&id).await? {
            etat.pieces.effacer(&id).await?;
        }
    }
    Ok(())
}
