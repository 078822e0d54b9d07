//! Years of work, for those without a DSN. The columns are documented in docs/importer.md.

use domaine::bareme::NatureAbsence;
use domaine::droits::{Absence, Activite, Provenance, Statut, Travail};
use domaine::mesures::{DureeTravaillee, Euros, Jour, Jours, MoisDeLAnnee, Quantite};
use domaine::told::AnneeDite;

use crate::table::{Ligne, Tableau, attendu, centiemes};

/// The format of those files.
pub struct Activites;

impl Tableau for Activites {
    type Dit = AnneeDite;

    const REQUISES: &'static [&'static str] = &["nir", "nom_naissance", "prenoms", "date_naissance", "annee"];
    const ADMISES: &'static [&'static str] = &[
        "cle",
        "employeur",
        "statut",
        "heures",
        "duree_reference",
        "jours",
        "jours_reference",
        "paie",
        "smic_horaire",
        "absences",
        "cotisation_payee_le",
        "sans_niveau_3",
        "non_complet",
        "boeth",
    ];

    fn comprendre(ligne: &Ligne<'_>, _: Jour) -> Result<AnneeDite, String> {
        let annee = ligne.annee()?;
        let (statut, code) = statut(ligne)?;
        let employeur = ligne.texte("employeur", "80 signes au plus, un SIRET de préférence")?;
        let origine = format!("fichier:{code}:{employeur}");
        let activite = match travail(ligne)? {
            None => None,
            Some(travail) => {
                let absences = absences(ligne)?;
                let boeth = if ligne.oui("boeth")? { MoisDeLAnnee::TOUS } else { MoisDeLAnnee::AUCUN };
                Some(Activite { annee, statut, travail, absences, boeth, provenance: Provenance::Employeurs })
            }
        };
        Ok(AnneeDite { annee, origine, activite })
    }
}

fn statut(ligne: &Ligne<'_>) -> Result<(Statut, &'static str), String> {
    Ok(match ligne.valeur("statut") {
        "" | "salarie" => (Statut::Salarie, "salarie"),
        "esat" => (Statut::Esat, "esat"),
        "independant" => {
            (Statut::Independant { cotisation_payee_le: ligne.jour("cotisation_payee_le")? }, "independant")
        }
        "agent_public" => {
            let (sans_niveau_3, non_complet) = (ligne.oui("sans_niveau_3")?, ligne.oui("non_complet")?);
            (Statut::AgentPublic { sans_niveau_3, non_complet }, "agent_public")
        }
        _ => return Err(attendu("statut", "salarie, esat, independant ou agent_public")),
    })
}

/// What was worked; nothing when it is a zero without absence, which takes a line of before back.
fn travail(ligne: &Ligne<'_>) -> Result<Option<Travail>, String> {
    let centiemes = |colonne| ligne.centiemes(colonne);
    let (heures, jours, paie) = (centiemes("heures")?, centiemes("jours")?, centiemes("paie")?);
    let travail = match (heures, jours, paie) {
        (Some(heures), None, None) => Travail::Heures {
            faites: DureeTravaillee::de_centiemes(heures),
            reference: centiemes("duree_reference")?.map(DureeTravaillee::de_centiemes),
        },
        (None, Some(jours), None) => Travail::Jours {
            faits: Jours::de_centiemes(jours),
            accord: centiemes("jours_reference")?.map(Jours::de_centiemes),
        },
        (None, None, Some(paie)) => Travail::Paie {
            percue: Euros::de_centimes(paie.into()),
            smic_horaire: Euros::de_centimes(
                centiemes("smic_horaire")?.ok_or_else(|| attendu("smic_horaire", "le SMIC horaire de l'année"))?.into(),
            ),
        },
        _ => return Err("Une colonne et une seule doit être remplie parmi heures, jours et paie.".to_owned()),
    };
    let rien = [heures, jours, paie].into_iter().flatten().all(|n| n == 0) && ligne.valeur("absences").is_empty();
    Ok((!rien).then_some(travail))
}

/// « maternite=140 accident_du_travail=35.5 », in the unit of the work.
fn absences(ligne: &Ligne<'_>) -> Result<Vec<Absence>, String> {
    let une = |texte: &str| {
        let (nature, nombre) = texte.split_once('=')?;
        let centiemes = centiemes(nombre)?;
        let quantite = if !ligne.valeur("jours").is_empty() {
            Quantite::Jours(Jours::de_centiemes(centiemes))
        } else if !ligne.valeur("paie").is_empty() {
            Quantite::Paie(Euros::de_centimes(centiemes.into()))
        } else {
            Quantite::Heures(DureeTravaillee::de_centiemes(centiemes))
        };
        Some(Absence { nature: NatureAbsence::par_code(nature)?, quantite })
    };
    let toutes = ligne.valeur("absences").split_ascii_whitespace().map(une).collect::<Option<_>>();
    toutes.ok_or_else(|| attendu("absences", "des natures et leur durée, « maternite=140.00 maladie=35.00 »"))
}
