//! `acquis importer activites`: years of work from a CSV file, for those without a DSN.

use std::path::PathBuf;

use domaine::told::{NamedPerson, SaidYear};
use store::{Recognized, StoreResult, WriteTx};
use tables::Activites;

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
    const TWICE: &'static str = "La même personne, la même année, le même employeur et le même statut sont déjà donnés plus haut : réunissez \
         les lignes, ou distinguez les employeurs.";

    fn key(person: &NamedPerson, said: &SaidYear) -> String {
        format!("{} {} {} {}", person.nir.as_str(), person.naissance.iso(), said.year.count(), said.origin)
    }

    async fn deposit(
        tx: &mut WriteTx,
        recognized_ones: &[Recognized],
        said_ones: Vec<SaidYear>,
        context: &Context<'_>,
        (_, report): (&[Place], &mut Report),
    ) -> StoreResult<()> {
        report.changes += tx.record_claims(recognized_ones, said_ones, context.moment.today).await?;
        Ok(())
    }
}
