//! What the imports of CSV files share: a batch of lines in one transaction, and a word for each line that is left out.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use domaine::told::PersonneNommee;
use store::{Reconnue, Resultat, Travaux};
use tables::{Lecture, Tableau};

use super::{Arret, Atelier, Bilan, Ecrivain, Interruption, ouvrir, ouvrir_d_abord, suivre};

/// How many lines are written in one transaction.
const LOT: usize = 500;

/// Where a line stands, for the report.
pub(super) type Place = String;

/// What becomes of the lines of a file.
pub(super) trait Depot: Tableau {
    /// What is said of a line that says again what another said above.
    const DEUX_FOIS: &'static str;

    /// What two lines of one file may not share.
    fn cle(personne: &PersonneNommee, dit: &Self::Dit) -> String;

    /// Writes what is said of people, recognised or not in the same order.
    async fn deposer(
        travaux: &mut Travaux,
        reconnues: &[Reconnue],
        dits: Vec<Self::Dit>,
        atelier: &Atelier<'_>,
        compte_rendu: (&[Place], &mut Bilan),
    ) -> Resultat<()>;
}

/// Imports those files, in that order.
///
/// # Errors
/// [`Interruption`] says why the import stopped, and what was done before.
pub(super) async fn importer<T: Depot>(atelier: &Atelier<'_>, fichiers: &[PathBuf]) -> Result<Bilan, Interruption> {
    // A wrong header in the last file is known before the first is written.
    ouvrir_d_abord(fichiers, |chemin, fichier| ouvrir_le_tableau::<T, _>(atelier, chemin, fichier).map(drop))?;
    let mut bilan = Bilan::default();
    match tout_lire::<T>(atelier, &mut bilan, fichiers).await {
        Ok(()) => Ok(bilan),
        Err(arret) => Err(Interruption { bilan: Some(Box::new(bilan)), arret }),
    }
}

async fn tout_lire<T: Depot>(atelier: &Atelier<'_>, bilan: &mut Bilan, fichiers: &[PathBuf]) -> Result<(), Arret> {
    let mut ecrivain = Ecrivain::new(atelier);
    for chemin in fichiers {
        let (source, nom, taille) = ouvrir(chemin)?;
        lire::<T, _>(atelier, &mut ecrivain, bilan, chemin, suivre(source, "octets lus", taille), &nom).await?;
    }
    Ok(ecrivain.fermer().await?)
}

/// A file whose columns are all known.
fn ouvrir_le_tableau<T: Tableau, R: Read>(
    atelier: &Atelier<'_>,
    chemin: &Path,
    source: R,
) -> Result<Lecture<T, R>, Arret> {
    let lecture = Lecture::ouvrir(source, atelier.moment.today);
    let lecture = lecture.map_err(|erreur| Arret::Lecture(chemin.to_owned(), erreur))?;
    lecture.map_err(|pourquoi| Arret::Fichier(chemin.to_owned(), pourquoi))
}

async fn lire<T: Depot, R: Read>(
    atelier: &Atelier<'_>,
    ecrivain: &mut Ecrivain<'_>,
    bilan: &mut Bilan,
    chemin: &Path,
    source: R,
    nom: &str,
) -> Result<(), Arret> {
    let echec = |erreur| Arret::Lecture(chemin.to_owned(), erreur);
    let mut lecture = ouvrir_le_tableau::<T, _>(atelier, chemin, source)?;
    let mut vues = HashSet::new();
    let mut lot: Vec<(Place, PersonneNommee, T::Dit)> = Vec::with_capacity(LOT);
    while let Some((numero, lue)) = lecture.suivante().map_err(echec)? {
        let ou = format!("{nom}, ligne {numero}");
        match lue {
            Ok((personne, dit)) => {
                let cle = T::cle(&personne, &dit);
                if vues.insert(atelier.coffre.empreinte("ligne d'un fichier", &[cle.as_bytes()])) {
                    lot.push((ou, personne, dit));
                } else {
                    bilan.ecarter(&ou, T::DEUX_FOIS);
                }
            }
            Err(pourquoi) => bilan.ecarter(&ou, &pourquoi),
        }
        if lot.len() == LOT {
            deposer::<T>(atelier, ecrivain, bilan, &mut lot).await?;
        }
    }
    deposer::<T>(atelier, ecrivain, bilan, &mut lot).await
}

async fn deposer<T: Depot>(
    atelier: &Atelier<'_>,
    ecrivain: &mut Ecrivain<'_>,
    bilan: &mut Bilan,
    lot: &mut Vec<(Place, PersonneNommee, T::Dit)>,
) -> Result<(), Arret> {
    if lot.is_empty() {
        return Ok(());
    }
    let mut travaux = ecrivain.commencer().await?;
    let (mut places, mut personnes, mut dits) = (Vec::new(), Vec::new(), Vec::new());
    for (ou, personne, dit) in lot.drain(..) {
        places.push(ou);
        personnes.push(personne);
        dits.push(dit);
    }
    let reconnues = travaux.reconnaitre(atelier.coffre, &personnes, atelier.moment.now).await?;
    let ecarts = bilan.ecarts();
    T::deposer(&mut travaux, &reconnues, dits, atelier, (&places, bilan)).await?;
    ecrivain.finir(travaux, true).await?;
    for (reconnue, ou) in reconnues.iter().zip(&places) {
        bilan.reconnaitre(reconnue, ou);
    }
    bilan.lignes += places.len() as u64 - (bilan.ecarts() - ecarts);
    Ok(())
}
