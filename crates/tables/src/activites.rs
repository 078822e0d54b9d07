//! Years of work, for those without a DSN. The columns are documented in docs/importer.md.

use domaine::bareme::AbsenceNature;
use domaine::droits::{Absence, Activite, Provenance, Statut, StatutKind, Work};
use domaine::mesures::{Day, Days, Euros, MonthsOfYear, Quantity, WorkDuration};
use domaine::told::SaidYear;

use crate::table::{Row, Table, expected};
use crate::values::{fold, hundredths};

/// The format of those files.
pub struct Activites;

impl Table for Activites {
    type Said = SaidYear;

    const REQUIRED: &'static [&'static str] = &["nir", "nom_naissance", "prenoms", "date_naissance", "annee"];
    const ALLOWED: &'static [&'static str] = &[
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

    fn understand(line: &Row<'_>, _: Day) -> Result<SaidYear, String> {
        let year = line.year()?;
        let statut = statut(line)?;
        let employeur = line.text("employeur", "80 signes au plus, un SIRET de préférence")?;
        let origin = format!("fichier:{}:{employeur}", statut.kind().code());
        let activite = match work(line)? {
            None => None,
            Some(work) => {
                let absences = absences(line)?;
                let boeth = if line.yes("boeth")? { MonthsOfYear::ALL } else { MonthsOfYear::NONE };
                Some(Activite { year, statut, work, absences, boeth, provenance: Provenance::Employeurs })
            }
        };
        Ok(SaidYear { year, origin, activite })
    }
}

fn statut(line: &Row<'_>) -> Result<Statut, String> {
    let unknown = || expected("statut", "salarie, esat, independant ou agent_public");
    let kind = match fold(line.value("statut")).as_str() {
        "" => StatutKind::Salarie,
        word => StatutKind::from_code(word).ok_or_else(unknown)?,
    };
    Ok(match kind {
        StatutKind::Salarie => Statut::Salarie,
        StatutKind::Esat => Statut::Esat,
        StatutKind::Independant => Statut::Independant { cotisation_paid_on: line.day("cotisation_payee_le")? },
        StatutKind::PublicAgent => {
            Statut::PublicAgent { without_niveau_3: line.yes("sans_niveau_3")?, incomplete: line.yes("non_complet")? }
        }
    })
}

/// What was worked; nothing when it is a zero without absence, which takes a line of before back.
fn work(line: &Row<'_>) -> Result<Option<Work>, String> {
    let hundredths = |column| line.hundredths(column);
    let (hours, days, paie) = (hundredths("heures")?, hundredths("jours")?, hundredths("paie")?);
    let work = match (hours, days, paie) {
        (Some(hours), None, None) => Work::Hours {
            worked: WorkDuration::from_hundredths(hours),
            reference: hundredths("duree_reference")?.map(WorkDuration::from_hundredths),
        },
        (None, Some(days), None) => Work::Days {
            facts: Days::from_hundredths(days),
            accord: hundredths("jours_reference")?.map(Days::from_hundredths),
        },
        (None, None, Some(paie)) => Work::Paie {
            received: Euros::from_centimes(paie.into()),
            hourly_smic: Euros::from_centimes(
                hundredths("smic_horaire")?
                    .ok_or_else(|| expected("smic_horaire", "le SMIC horaire de l'année"))?
                    .into(),
            ),
        },
        _ => return Err("Une colonne et une seule doit être remplie parmi heures, jours et paie.".to_owned()),
    };
    let nothing = [hours, days, paie].into_iter().flatten().all(|n| n == 0) && line.value("absences").is_empty();
    Ok((!nothing).then_some(work))
}

/// « maternite=140 accident_du_travail=35.5 », in the unit of the work.
fn absences(line: &Row<'_>) -> Result<Vec<Absence>, String> {
    let one = |text: &str| {
        let (nature, count) = text.split_once('=')?;
        let hundredths = hundredths(count)?;
        let quantity = if !line.value("jours").is_empty() {
            Quantity::Days(Days::from_hundredths(hundredths))
        } else if !line.value("paie").is_empty() {
            Quantity::Paie(Euros::from_centimes(hundredths.into()))
        } else {
            Quantity::Hours(WorkDuration::from_hundredths(hundredths))
        };
        Some(Absence { nature: AbsenceNature::from_code(nature)?, quantity })
    };
    let all = line.value("absences").split_ascii_whitespace().map(one).collect::<Option<_>>();
    all.ok_or_else(|| expected("absences", "des natures et leur durée, « maternite=140.00 maladie=35.00 »"))
}
