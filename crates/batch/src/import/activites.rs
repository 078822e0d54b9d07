//! `acquis importer activites`: years of work from a CSV file, for those without a DSN.

use std::path::PathBuf;

use domaine::told::{AnneeDite, PersonneNommee};
use store::{Reconnue, Resultat, Travaux};
use tables::Activites;

use super::table::{self, Depot, Place};
use super::{Atelier, Bilan, Interruption};

/// Imports those files, in that order.
///
/// # Errors
/// [`Interruption`] says why the import stopped, and what was done before.
pub async fn importer(atelier: &Atelier<'_>, fichiers: &[PathBuf]) -> Result<Bilan, Interruption> {
    table::importer::<Activites>(atelier, fichiers).await
}

impl Depot for Activites {
    const DEUX_FOIS: &'static str = "La même personne, la même année, le même employeur et le même statut sont déjà donnés plus haut : réunissez \
         les lignes, ou distinguez les employeurs.";

    fn cle(personne: &PersonneNommee, dite: &AnneeDite) -> String {
        format!("{} {} {} {}", personne.nir.as_str(), personne.naissance.iso(), dite.annee.nombre(), dite.origine)
    }

    async fn deposer(
        travaux: &mut Travaux,
        reconnues: &[Reconnue],
        dites: Vec<AnneeDite>,
        atelier: &Atelier<'_>,
        (_, bilan): (&[Place], &mut Bilan),
    ) -> Resultat<()> {
        bilan.changements += travaux.dire(reconnues, dites, atelier.moment.today).await?;
        Ok(())
    }
}
