//! `acquis importer dsn`: one transaction for each declaration that was read to its end.

use std::fmt::Write as _;
use std::io::Read;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use domaine::identite::nir::coherence;
use domaine::told::PersonneNommee;
use dsn::valeurs::Mois;
use dsn::{Controle, Declaration, Evenement, Identifiant, Individu, Lecture, Place, Totaux, mapping};
use store::DepotDsn;

use super::fingerprint;
use super::{Arret, Atelier, Bilan, Ecrivain, Interruption, ouvrir, ouvrir_d_abord, se_relit, suivre};

/// Years of birth of people who may work, as the database admits them.
const NAISSANCES: RangeInclusive<u16> = 1850..=2199;
/// Years of work that a declaration may speak of.
const ANNEES: RangeInclusive<u16> = 1990..=2199;

/// Imports those files, in that order.
///
/// # Errors
/// [`Interruption`] says why the import stopped, and what was done before.
pub async fn importer(atelier: &Atelier<'_>, fichiers: &[PathBuf]) -> Result<Bilan, Interruption> {
    ouvrir_d_abord(fichiers, |_, _| Ok(()))?;
    let mut bilan = Bilan::de_dsn();
    match tout_lire(atelier, &mut bilan, fichiers).await {
        Ok(()) => Ok(bilan),
        Err(arret) => Err(Interruption { bilan: Some(Box::new(bilan)), arret }),
    }
}

async fn tout_lire(atelier: &Atelier<'_>, bilan: &mut Bilan, fichiers: &[PathBuf]) -> Result<(), Arret> {
    let mut ecrivain = Ecrivain::new(atelier);
    for chemin in fichiers {
        let controle = controler(chemin)?;
        let (source, nom, taille) = ouvrir(chemin)?;
        let mut lecture = Lecture::new(&nom, suivre(source, "octets lus", taille));
        let lu = lire(atelier, &mut ecrivain, bilan, (chemin, &nom), &controle, &mut lecture).await;
        // Even when the reading stopped half way: what comes before is kept, and must be told.
        bilan.rapports.push(lecture.rapport().clone());
        lu?;
    }
    Ok(ecrivain.fermer().await?)
}

/// Which envelopes of a file do not hold what they announce, when it can be read twice.
fn controler(chemin: &Path) -> Result<Controle, Arret> {
    if !se_relit(chemin) {
        return Ok(Controle::default());
    }
    let (source, _, taille) = ouvrir(chemin)?;
    let controle = Controle::faire(suivre(source, "octets vérifiés", taille));
    controle.map_err(|erreur| Arret::Lecture(chemin.to_owned(), erreur))
}

async fn lire<R: Read>(
    atelier: &Atelier<'_>,
    ecrivain: &mut Ecrivain<'_>,
    bilan: &mut Bilan,
    (chemin, nom): (&Path, &str),
    controle: &Controle,
    lecture: &mut Lecture<R>,
) -> Result<(), Arret> {
    let mut ouverte: Option<Ouverte> = None;
    let mut envoi = 0;
    // The lines of the declarations of this envelope that were taken in.
    let mut reprises: Vec<u64> = Vec::new();
    while let Some(evenement) = lecture.suivant().map_err(|erreur| Arret::Lecture(chemin.to_owned(), erreur))? {
        match evenement {
            Evenement::Declaration(declaration) => {
                let ligne = declaration.ligne;
                ouverte = EnCours::ouvrir(&declaration).map(|en_cours| {
                    if controle.est_douteux(envoi) { Ouverte::Refusee(ligne) } else { Ouverte::Lue(ligne, en_cours) }
                });
                bilan.sans_heures += u64::from(ouverte.is_none());
            }
            Evenement::Individu(individu) => {
                if let Some(Ouverte::Lue(_, en_cours)) = &mut ouverte {
                    en_cours.ajouter(individu, nom, bilan);
                }
            }
            Evenement::Fin(fin) => match ouverte.take() {
                Some(_) if !fin.complete => bilan.coupees += 1,
                Some(Ouverte::Refusee(ligne)) => bilan.refuser(&format!("{nom}, ligne {ligne}")),
                Some(Ouverte::Lue(ligne, en_cours)) => {
                    en_cours.deposer(atelier, ecrivain, bilan).await?;
                    reprises.push(ligne);
                }
                None => {}
            },
            Evenement::FinEnvoi(totaux) => {
                envoi += 1;
                let reprises = reprises.drain(..);
                if totaux != Totaux::Justes {
                    reprises.for_each(|ligne| bilan.douter(&format!("{nom}, ligne {ligne}")));
                }
            }
        }
    }
    Ok(())
}

/// A declaration that counts, and the line where it begins.
enum Ouverte {
    /// Being read.
    Lue(u64, EnCours),
    /// Of an envelope that does not hold what it announces.
    Refusee(u64),
}

/// A declaration being read.
struct EnCours {
    depot: DepotDsn,
    /// Its month.
    mois: Mois,
    /// Where each of its people stands, for the report.
    places: Vec<String>,
    /// What it says, to be hashed: two declarations that say the same are one.
    contenu: String,
}

impl EnCours {
    fn ouvrir(declaration: &Declaration) -> Option<Self> {
        // The reader decides what counts, and under which key.
        let Place { siret, mois, portion, annule } = declaration.place()?;
        let depot = DepotDsn {
            siret: siret.to_string(),
            mois: mois.to_string(),
            portion,
            annule,
            empreinte: String::new(),
            personnes: Vec::new(),
            mois_travailles: Vec::new(),
        };
        Some(Self { depot, mois, places: Vec::new(), contenu: String::new() })
    }

    fn ajouter(&mut self, individu: Individu, fichier: &str, bilan: &mut Bilan) {
        // What a cancelled declaration repeats counts for nothing.
        if self.depot.annule {
            return;
        }
        let mut ou = format!("{fichier}, ligne {}, salarié n° {}", individu.ligne, individu.rang);
        let mois = mapping::worked_months(&individu, self.mois);
        let sans_droit = individu.contrats.iter().filter(|contrat| !mapping::gives_rights(contrat)).count();
        bilan.contrats_sans_droit += sans_droit as u64;
        let Identifiant::Nir(nir) = individu.identifiant else {
            let pourquoi = "Numéro temporaire : ses heures ne peuvent être versées à personne. Redéposez le mois \
                            lorsque son NIR est connu.";
            return bilan.ecarter(&ou, pourquoi);
        };
        let _ = write!(ou, " (NIR {})", dsn::rapport::masquer(&nir));
        let Some(naissance) = individu.naissance.filter(|naissance| NAISSANCES.contains(&naissance.annee())) else {
            let pourquoi = "Sans date de naissance plausible, un NIR ne désigne pas une seule personne : complétez-la, \
                            puis redéposez.";
            return bilan.ecarter(&ou, pourquoi);
        };
        if coherence(&nir, &naissance).is_err() {
            return bilan.ecarter(&ou, tables::NIR_ET_NAISSANCE);
        }
        let _ = writeln!(self.contenu, "{} {}", nir.as_str(), naissance.iso());
        let place = self.depot.personnes.len();
        for mois in mois {
            if !ANNEES.contains(&mois.year) {
                bilan.ecarter(&ou, "Une paie finit une année impossible : corrigez sa période, puis redéposez.");
                continue;
            }
            fingerprint::write_month(&mut self.contenu, &mois);
            self.depot.mois_travailles.push((place, mois));
        }
        self.depot.personnes.push(PersonneNommee {
            nir,
            nom: individu.nom,
            prenoms: individu.prenoms,
            naissance,
            ancien_nir: individu.ancien_nir,
        });
        self.places.push(ou);
    }

    async fn deposer(
        mut self,
        atelier: &Atelier<'_>,
        ecrivain: &mut Ecrivain<'_>,
        bilan: &mut Bilan,
    ) -> Result<(), Arret> {
        let entete = format!("{} {}", self.depot.portion.division.fractions, self.depot.annule);
        self.depot.empreinte =
            atelier.coffre.empreinte("contenu d'une déclaration", &[entete.as_bytes(), self.contenu.as_bytes()]);
        let (aujourdhui, maintenant) = (atelier.moment.today, atelier.moment.now);
        let mut travaux = ecrivain.commencer().await?;
        let depose = travaux.deposer(atelier.coffre, &self.depot, aujourdhui, maintenant).await?;
        ecrivain.finir(travaux, depose.ecrit).await?;
        bilan.compter(depose.sort, self.depot.annule);
        bilan.redivisees += u64::from(depose.redivise);
        bilan.changements += depose.changements;
        for (reconnue, ou) in depose.reconnues.iter().zip(&self.places) {
            bilan.reconnaitre(reconnue, ou);
        }
        Ok(())
    }
}
