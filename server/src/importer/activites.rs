//! `acquis importer activites`: years of work from a CSV file, for those without a DSN. What a line says is
//! understood in lecture.rs.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Arret, Atelier, Bilan, Ecrivain, Lecture, ouvrir, suivre};
use crate::store::{AnneeDite, PersonneNommee};

/// How many lines are written in one transaction.
const LOT: usize = 500;

/// Imports those files, in that order.
///
/// # Errors
/// [`Arret`] says why the import stopped.
pub async fn importer(atelier: &Atelier<'_>, fichiers: &[PathBuf]) -> Result<Bilan, Arret> {
    let mut bilan = Bilan::default();
    let mut ecrivain = Ecrivain::new(atelier);
    for chemin in fichiers {
        let (source, nom, taille) = ouvrir(chemin)?;
        lire(atelier, &mut ecrivain, &mut bilan, chemin, suivre(source, taille), &nom).await?;
    }
    ecrivain.fermer().await?;
    Ok(bilan)
}

async fn lire<R: Read>(
    atelier: &Atelier<'_>,
    ecrivain: &mut Ecrivain<'_>,
    bilan: &mut Bilan,
    chemin: &Path,
    source: R,
    nom: &str,
) -> Result<(), Arret> {
    let echec = |erreur| Arret::Lecture(chemin.to_owned(), erreur);
    let lecture = Lecture::ouvrir(source, atelier.clock.aujourdhui()).map_err(echec)?;
    let mut lecture = lecture.map_err(|pourquoi| Arret::Fichier(chemin.to_owned(), pourquoi))?;
    let mut vues = HashSet::new();
    let mut lot: Vec<(String, PersonneNommee, AnneeDite)> = Vec::with_capacity(LOT);
    while let Some((numero, lue)) = lecture.suivante().map_err(echec)? {
        let ou = format!("{nom}, ligne {numero}");
        match lue {
            Ok((personne, dite)) => {
                let cle = format!(
                    "{} {} {} {}",
                    personne.nir.as_str(),
                    personne.naissance.iso(),
                    dite.annee.nombre(),
                    dite.origine
                );
                if vues.insert(atelier.coffre.empreinte("ligne d'un fichier", &[cle.as_bytes()])) {
                    lot.push((ou, personne, dite));
                } else {
                    bilan.ecarter(
                        &ou,
                        "La même personne, la même année, le même employeur et le même statut sont déjà donnés plus haut : \
                         réunissez les lignes, ou distinguez les employeurs.",
                    );
                }
            }
            Err(pourquoi) => bilan.ecarter(&ou, &pourquoi),
        }
        if lot.len() == LOT {
            deposer(atelier, ecrivain, bilan, &mut lot).await?;
        }
    }
    deposer(atelier, ecrivain, bilan, &mut lot).await
}

async fn deposer(
    atelier: &Atelier<'_>,
    ecrivain: &mut Ecrivain<'_>,
    bilan: &mut Bilan,
    lot: &mut Vec<(String, PersonneNommee, AnneeDite)>,
) -> Result<(), Arret> {
    if lot.is_empty() {
        return Ok(());
    }
    let mut travaux = ecrivain.commencer().await?;
    let (mut places, mut personnes, mut dites) = (Vec::new(), Vec::new(), Vec::new());
    for (ou, personne, dite) in lot.drain(..) {
        places.push(ou);
        personnes.push(personne);
        dites.push(dite);
    }
    let reconnues = travaux.reconnaitre(atelier.coffre, &personnes, atelier.clock.maintenant()).await?;
    let changements = travaux.dire(&reconnues, dites, atelier.clock.aujourdhui()).await?;
    ecrivain.finir(travaux, true).await?;
    bilan.changements += changements;
    let ecarts = bilan.ecarts();
    for (reconnue, ou) in reconnues.iter().zip(&places) {
        bilan.reconnaitre(reconnue, ou);
    }
    bilan.lignes += places.len() as u64 - (bilan.ecarts() - ecarts);
    Ok(())
}
