//! `acquis importer activites`: years of work from a CSV file, for those without a DSN.

use std::path::PathBuf;

use domaine::plausible::{Limits, Odd};
use domaine::told::{NamedPerson, SaidYear};
use store::{Recognized, StoreResult, WriteTx};
use tables::Activites;

use super::oddity::told;
use super::table::{self, Deposit, Place};
use super::{Context, Interruption, Report};

/// Imports those files, in that order.
///
/// # Errors
/// [`Interruption`] says why the import stopped, and what was done before.
pub async fn import(context: &Context<'_>, files: &[PathBuf]) -> Result<Report, Interruption> {
    table::import::<Activites>(context, files).await
}

impl Deposit for Activites {
    const OF_EMPLOYERS: bool = true;

    const TWICE: &'static str = "La même personne, la même année, le même employeur et le même statut sont déjà donnés plus haut : réunissez \
         les lignes, ou distinguez les employeurs.";

    fn key(person: &NamedPerson, said: &SaidYear) -> String {
        format!("{} {} {} {}", person.nir.as_str(), person.naissance.iso(), said.year.count(), said.origin)
    }

    fn judge(limits: &Limits, said: &SaidYear) -> Result<(), Odd> {
        said.activite.as_ref().map_or(Ok(()), |activite| limits.judge(activite))
    }

    async fn deposit(
        tx: &mut WriteTx,
        recognized_ones: &[Recognized],
        said_ones: Vec<SaidYear>,
        context: &Context<'_>,
        (places, report): (&[Place], &mut Report),
    ) -> StoreResult<()> {
        let years: Vec<u16> = said_ones.iter().map(|said| said.year.count()).collect();
        let mut changes = tx.record_claims(recognized_ones, said_ones, context.moment.today).await?;
        for (person, year, odd) in changes.set_aside.drain(..) {
            // Every line of that person and year: which of them is wrong, only whoever wrote them knows.
            let of_the_year = recognized_ones.iter().zip(&years).zip(places).filter(|((recognized, told_of), _)| {
                **told_of == year && matches!(recognized, Recognized::Person { id, .. } if *id == person)
            });
            of_the_year.for_each(|(_, at)| report.discard(at, &told(odd)));
        }
        report.changes += changes;
        Ok(())
    }
}
