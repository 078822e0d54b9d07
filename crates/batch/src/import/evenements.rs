//! `acquis importer evenements`: what happens to an account besides years of work, from a CSV file.

use std::path::PathBuf;

use domaine::plausible::{Limits, Odd};
use domaine::told::{Evenement, NamedPerson};
use store::{EvenementOutcome, Recognized, StoreResult, WriteTx};
use tables::Evenements;

use super::table::{self, Deposit, Place};
use super::{Context, Interruption, Report};

/// Imports those files, in that order.
///
/// # Errors
/// [`Interruption`] says why the import stopped, and what was done before.
pub async fn import(context: &Context<'_>, files: &[PathBuf]) -> Result<Report, Interruption> {
    table::import::<Evenements>(context, files).await
}

impl Deposit for Evenements {
    // Whoever pays or pensions somebody may have their number from them.
    const OF_EMPLOYERS: bool = false;

    const TWICE: &'static str = "Cette référence est déjà donnée plus haut : donnez-en une à chaque évènement.";

    fn key(_: &NamedPerson, said: &Evenement) -> String {
        said.reference.clone()
    }

    fn judge(limits: &Limits, said: &Evenement) -> Result<(), Odd> {
        limits.judge_event(&said.nature)
    }

    async fn deposit(
        tx: &mut WriteTx,
        recognized_ones: &[Recognized],
        said_ones: Vec<Evenement>,
        context: &Context<'_>,
        (places, report): (&[Place], &mut Report),
    ) -> StoreResult<()> {
        let outcomes = tx.tell(recognized_ones, &said_ones, context.moment.now).await?;
        for (outcome, at) in outcomes.into_iter().zip(places) {
            match outcome {
                Some(EvenementOutcome::Other) => report.discard(
                    at,
                    "Un autre évènement est connu sous cette référence : il ne se modifie pas, seule sa fin peut être \
                     dite après lui. Donnez une référence nouvelle à ce qui est nouveau.",
                ),
                Some(outcome) => report.tell(outcome),
                None => {}
            }
        }
        Ok(())
    }
}
