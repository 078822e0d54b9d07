//! `acquis importer evenements`: what happens to an account besides years of work, from a CSV file.

use std::path::PathBuf;

use domaine::told::{Evenement, PersonneNommee};
use store::{Reconnue, Resultat, SortEvenement, Travaux};
use tables::Evenements;

use super::table::{self, Depot, Place};
use super::{Atelier, Bilan, Interruption};

/// Imports those files, in that order.
///
/// # Errors
/// [`Interruption`] says why the import stopped, and what was done before.
pub async fn importer(atelier: &Atelier<'_>, fichiers: &[PathBuf]) -> Result<Bilan, Interruption> {
    table::importer::<Evenements>(atelier, fichiers).await
}

impl Depot for Evenements {
    const DEUX_FOIS: &'static str = "Cette référence est déjà donnée plus haut : donnez-en une à chaque évènement.";

    fn cle(_: &PersonneNommee, dit: &Evenement) -> String {
        dit.reference.clone()
    }

    async fn deposer(
        travaux: &mut Travaux,
        reconnues: &[Reconnue],
        dits: Vec<Evenement>,
        atelier: &Atelier<'_>,
        (places, bilan): (&[Place], &mut Bilan),
    ) -> Resultat<()> {
        let sorts = travaux.raconter(reconnues, &dits, atelier.moment.now).await?;
        for (sort, ou) in sorts.into_iter().zip(places) {
            match sort {
                Some(SortEvenement::Autre) => bilan.ecarter(
                    ou,
                    "Un autre évènement est connu sous cette référence : il ne se modifie pas, seule sa fin peut être \
                     dite après lui. Donnez une référence nouvelle à ce qui est nouveau.",
                ),
                Some(sort) => bilan.raconter(sort),
                None => {}
            }
        }
        Ok(())
    }
}
