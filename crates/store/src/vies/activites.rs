//! The records of `activites`: every kind of activity that rights know, to columns and back, and
//! what becomes of them when one who feeds them says something else.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domaine::bareme::NatureAbsence;
use domaine::droits::{Absence, Activite, Provenance, Rectification, Statut, Travail};
use domaine::mesures::{Annee, DureeTravaillee, Euros, Jour, Jours, MoisDeLAnnee, Unit};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::{Panne, Resultat, nombre, petit, texte, texte_ou_rien};

/// The columns that [`lire`] reads, in its order.
macro_rules! colonnes {
    () => {
        "personne, annee, corrige_le, origine, statut, cotisation_payee_le, sans_niveau_3, non_complet, unite, travail, \
         reference, absences, provenance, boeth"
    };
}
pub(crate) use colonnes;

/// How many values one statement may bind. SQLite looks a « $1 » up by its name, along all those of
/// the statement: a long one costs the square of its length.
const VALEURS_MAXIMUM: usize = 700;
/// The longest list of people in one statement.
pub(crate) const PERSONNES_PAR_REQUETE: usize = 250;

/// Who feeds a record.
pub(crate) const REPRISE: &str = "reprise";
pub(crate) const DSN: &str = "dsn";

/// A record, with who said it and since when.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Fait {
    /// Empty for what was first known.
    pub corrige_le: String,
    pub origine: String,
    pub activite: Activite,
}

/// A record of that person, as the columns of [`colonnes`] hold it.
pub(crate) fn lire(ligne: &AnyRow) -> Resultat<(String, Fait)> {
    let annee = Annee::new(petit(ligne, 1, "annee")?).map_err(|_| Panne::Donnee("annee"))?;
    let statut = match texte(ligne, 4)?.as_str() {
        "salarie" => Statut::Salarie,
        "esat" => Statut::Esat,
        "independant" => Statut::Independant {
            cotisation_payee_le: texte_ou_rien(ligne, 5)?
                .map(|jour| jour.parse().map_err(|_| Panne::Donnee("cotisation_payee_le")))
                .transpose()?,
        },
        "agent_public" => {
            Statut::AgentPublic { sans_niveau_3: nombre(ligne, 6)? == 1, non_complet: nombre(ligne, 7)? == 1 }
        }
        _ => return Err(Panne::Donnee("statut")),
    };
    let reference: Option<i64> = ligne.try_get(10)?;
    let centiemes = |n: i64| u32::try_from(n).map_err(|_| Panne::Donnee("travail"));
    let travail = nombre(ligne, 9)?;
    let travail = match texte(ligne, 8)?.as_str() {
        "heures" => Travail::Heures {
            faites: DureeTravaillee::de_centiemes(centiemes(travail)?),
            reference: reference.map(centiemes).transpose()?.map(DureeTravaillee::de_centiemes),
        },
        "jours" => Travail::Jours {
            faits: Jours::de_centiemes(centiemes(travail)?),
            accord: reference.map(centiemes).transpose()?.map(Jours::de_centiemes),
        },
        "paie" => Travail::Paie {
            percue: Euros::de_centimes(travail),
            smic_horaire: Euros::de_centimes(reference.ok_or(Panne::Donnee("smic_horaire"))?),
        },
        _ => return Err(Panne::Donnee("unite")),
    };
    let provenance = Provenance::par_code(&texte(ligne, 12)?).ok_or(Panne::Donnee("provenance"))?;
    let absences = deballer(&texte(ligne, 11)?)?
        .into_iter()
        .map(|(nature, unite, n)| Ok(Absence { nature, quantite: unite.quantite(centiemes(n)?) }))
        .collect::<Resultat<_>>()?;
    let boeth = MoisDeLAnnee::de_bits(petit(ligne, 13, "boeth")?).ok_or(Panne::Donnee("boeth"))?;
    let activite = Activite { annee, statut, travail, absences, boeth, provenance };
    Ok((texte(ligne, 0)?, Fait { corrige_le: texte(ligne, 2)?, origine: texte(ligne, 3)?, activite }))
}

/// Absences on one line of text.
pub(crate) fn emballer(absences: impl Iterator<Item = (NatureAbsence, Unit, i64)>) -> String {
    let mut ligne = String::new();
    for (nature, unite, centiemes) in absences {
        let espace = if ligne.is_empty() { "" } else { " " };
        let _ = write!(ligne, "{espace}{}:{}:{centiemes}", nature.code(), unite.code());
    }
    ligne
}

pub(crate) fn deballer(ligne: &str) -> Resultat<Vec<(NatureAbsence, Unit, i64)>> {
    let une = |texte: &str| {
        let mut parties = texte.split(':');
        let nature = NatureAbsence::par_code(parties.next()?)?;
        let unite = Unit::from_code(parties.next()?)?;
        Some((nature, unite, parties.next()?.parse().ok()?))
    };
    ligne.split_ascii_whitespace().map(|texte| une(texte).ok_or(Panne::Donnee("absences"))).collect()
}

/// « ($1, $2), ($3, $4) »: as many rows of as many values.
pub(crate) fn rangees(rangees: usize, colonnes: usize) -> String {
    let mut sql = String::with_capacity(rangees * colonnes * 7);
    for rang in 0..rangees {
        sql.push_str(if rang == 0 { "(" } else { ", (" });
        for colonne in 1..=colonnes {
            let virgule = if colonne == 1 { "" } else { ", " };
            let _ = write!(sql, "{virgule}${}", rang * colonnes + colonne);
        }
        sql.push(')');
    }
    sql
}

/// « ($3, $4, $5) »: a list that begins after those already bound.
pub(crate) fn liste(apres: usize, nombre: usize) -> String {
    let mut sql = String::from("(");
    for rang in 1..=nombre {
        let virgule = if rang == 1 { "" } else { ", " };
        let _ = write!(sql, "{virgule}${}", apres + rang);
    }
    sql.push(')');
    sql
}

/// How many rows of so many columns go in one statement.
pub(crate) const fn rangees_par_requete(colonnes: usize) -> usize {
    VALEURS_MAXIMUM / colonnes
}

/// A record to write: whose, which in its order, and what.
pub(crate) type NouveauFait = (String, i64, Fait);

/// Writes records.
pub(crate) async fn inserer(connexion: &mut AnyConnection, faits: &[NouveauFait]) -> Resultat<()> {
    for lot in faits.chunks(rangees_par_requete(15)) {
        let sql = format!(
            "INSERT INTO activites (personne, annee, corrige_le, origine, rang, statut, cotisation_payee_le, sans_niveau_3,
                 non_complet, unite, travail, reference, absences, provenance, boeth) VALUES {}",
            rangees(lot.len(), 15)
        );
        let mut requete = sqlx::query(AssertSqlSafe(sql));
        for (personne, rang, fait) in lot {
            let activite = &fait.activite;
            let (statut, cotisation, sans_niveau_3, non_complet) = match activite.statut {
                Statut::Salarie => ("salarie", None, false, false),
                Statut::Esat => ("esat", None, false, false),
                Statut::Independant { cotisation_payee_le } => ("independant", cotisation_payee_le, false, false),
                Statut::AgentPublic { sans_niveau_3, non_complet } => {
                    ("agent_public", None, sans_niveau_3, non_complet)
                }
            };
            let (unite, travail, reference) = match activite.travail {
                Travail::Heures { faites, reference } => {
                    ("heures", i64::from(faites.centiemes()), reference.map(|r| i64::from(r.centiemes())))
                }
                Travail::Jours { faits, accord } => {
                    ("jours", i64::from(faits.centiemes()), accord.map(|a| i64::from(a.centiemes())))
                }
                Travail::Paie { percue, smic_horaire } => ("paie", percue.centimes(), Some(smic_horaire.centimes())),
            };
            let absences = activite
                .absences
                .iter()
                .map(|absence| (absence.nature, Unit::of(absence.quantite), i64::from(absence.quantite.centiemes())));
            requete = requete
                .bind(personne)
                .bind(i64::from(activite.annee.nombre()))
                .bind(&fait.corrige_le)
                .bind(&fait.origine)
                .bind(*rang)
                .bind(statut)
                .bind(cotisation.map(|jour| jour.to_string()))
                .bind(i64::from(sans_niveau_3))
                .bind(i64::from(non_complet))
                .bind(unite)
                .bind(travail)
                .bind(reference)
                .bind(emballer(absences))
                .bind(activite.provenance.code())
                .bind(i64::from(activite.boeth.bits()));
        }
        requete.execute(&mut *connexion).await?;
    }
    Ok(())
}

/// What rights are given: the years as first known, and their corrections.
pub(crate) fn pour_les_droits(
    faits: impl IntoIterator<Item = Fait>,
    corrections: impl IntoIterator<Item = (Annee, Jour)>,
) -> Resultat<(Vec<Activite>, Vec<Rectification>)> {
    let mut activites = Vec::new();
    let mut rectifications: BTreeMap<(Annee, Jour), Vec<Activite>> =
        corrections.into_iter().map(|correction| (correction, Vec::new())).collect();
    for fait in faits {
        if fait.corrige_le.is_empty() {
            activites.push(fait.activite);
        } else {
            let le: Jour = fait.corrige_le.parse().map_err(|_| Panne::Donnee("corrige_le"))?;
            rectifications.entry((fait.activite.annee, le)).or_default().push(fait.activite);
        }
    }
    let rectification = |((annee, le), activites)| Rectification { le, annee, activites };
    Ok((activites, rectifications.into_iter().map(rectification).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absences_read_back_as_they_were_written() {
        let absences = [(NatureAbsence::Maternite, Unit::Heures, 14_000), (NatureAbsence::Autre, Unit::Jours, -50)];
        let ligne = emballer(absences.into_iter());
        assert_eq!(ligne, "maternite:heures:14000 autre:jours:-50");
        assert_eq!(deballer(&ligne).ok(), Some(absences.to_vec()));
        assert!(deballer("maternite:mois:3").is_err());
    }

    #[test]
    fn rows_of_values_are_numbered_one_after_the_other() {
        assert_eq!(rangees(2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(liste(1, 2), "($2, $3)");
    }
}
