//! A CSV file of years of work, line after line: bytes in, what each line says of a person and a year out, or
//! why it says nothing. The columns are documented in docs/importer.md. No store, no clock.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};

use domaine::bareme::NatureAbsence;
use domaine::droits::{Absence, Activite, Provenance, Statut, Travail};
use domaine::identite::{DateNaissance, Nir, Nir13, Nom};
use domaine::mesures::{Annee, DureeTravaillee, Euros, Jour, Jours, Quantite};

use super::csv::{Defaut, LIGNE_MAXIMALE, Lignes};
use crate::store::{AnneeDite, PersonneNommee};
use crate::textes::jour;

/// The columns that must be there.
const REQUISES: [&str; 5] = ["nir", "nom_naissance", "prenoms", "date_naissance", "annee"];
/// Those that may be.
const ADMISES: [&str; 13] = [
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
];

/// The number of a line, and what it says; else why it was left out, for whoever has to mend it.
pub type Lue = (u64, Result<(PersonneNommee, AnneeDite), String>);

/// A file being read.
pub struct Lecture<R> {
    lignes: Lignes<R>,
    colonnes: Vec<String>,
    aujourdhui: Jour,
}

impl<R: Read> Lecture<R> {
    /// Reads the names of the columns; says what is wrong with them when this is no such file.
    ///
    /// # Errors
    /// Those of the source.
    pub fn ouvrir(source: R, aujourdhui: Jour) -> io::Result<Result<Self, String>> {
        let mut lignes = Lignes::new(source);
        let colonnes = lignes.entete()?;
        Ok(verifier(&colonnes).map(|()| Self { lignes, colonnes, aujourdhui }))
    }

    /// The next line that holds anything; nothing at the end. Every one of them is either understood or told.
    ///
    /// # Errors
    /// Those of the source.
    pub fn suivante(&mut self) -> io::Result<Option<Lue>> {
        let Some((numero, valeurs)) = self.lignes.suivante()? else { return Ok(None) };
        let lue = match &valeurs {
            Err(Defaut::Guillemets) => Err("Des guillemets ne sont pas refermés.".to_owned()),
            Err(Defaut::TropLongue) => Err(format!("Plus de {LIGNE_MAXIMALE} octets.")),
            Ok(valeurs) if valeurs.len() != self.colonnes.len() => {
                Err(format!("{} valeurs pour {} colonnes.", valeurs.len(), self.colonnes.len()))
            }
            Ok(valeurs) => Ligne::new(&self.colonnes, valeurs).comprendre(self.aujourdhui),
        };
        Ok(Some((numero, lue)))
    }
}

fn verifier(colonnes: &[String]) -> Result<(), String> {
    let mut vues = HashSet::new();
    for colonne in colonnes {
        if !REQUISES.contains(&colonne.as_str()) && !ADMISES.contains(&colonne.as_str()) {
            return Err(format!("« {colonne} » n'est pas une colonne connue ; voir docs/importer.md"));
        }
        if !vues.insert(colonne) {
            return Err(format!("la colonne « {colonne} » est deux fois dans l'en-tête"));
        }
    }
    match REQUISES.iter().find(|requise| !colonnes.iter().any(|colonne| colonne == *requise)) {
        Some(manque) => Err(format!("la colonne « {manque} » manque ; voir docs/importer.md")),
        None => Ok(()),
    }
}

/// A line, by the name of its columns.
struct Ligne<'a>(HashMap<&'a str, &'a str>);

impl<'a> Ligne<'a> {
    fn new(colonnes: &'a [String], valeurs: &'a [String]) -> Self {
        Self(colonnes.iter().map(String::as_str).zip(valeurs.iter().map(String::as_str)).collect())
    }

    fn valeur(&self, colonne: &str) -> &'a str {
        self.0.get(colonne).copied().unwrap_or_default()
    }

    /// The person and the year; else the column at fault and what is expected there, never its value.
    fn comprendre(&self, aujourdhui: Jour) -> Result<(PersonneNommee, AnneeDite), String> {
        let nom = |colonne| Nom::parse(self.valeur(colonne)).map_err(|_| attendu(colonne, "un nom en lettres"));
        let naissance = DateNaissance::parse(self.valeur("date_naissance"), aujourdhui)
            .ok()
            .filter(|naissance| naissance.annee() >= 1850)
            .ok_or_else(|| attendu("date_naissance", "JJ/MM/AAAA ou AAAA-MM-JJ"))?;
        let personne = PersonneNommee {
            nir: self.nir()?,
            nom: Some(nom("nom_naissance")?),
            prenoms: Some(nom("prenoms")?),
            naissance,
        };
        let annee = self.valeur("annee").parse().ok().and_then(|annee: u16| Annee::new(annee).ok());
        let annee = annee.ok_or_else(|| attendu("annee", "une année en quatre chiffres"))?;
        let (statut, code) = self.statut()?;
        let employeur = self.valeur("employeur");
        if employeur.chars().count() > 80 || employeur.chars().any(char::is_control) {
            return Err(attendu("employeur", "80 signes au plus, un SIRET de préférence"));
        }
        let origine = format!("fichier:{code}:{employeur}");
        let travail = self.travail()?;
        let activite = match travail {
            None => None,
            Some(travail) => {
                let absences = self.absences()?;
                Some(Activite { annee, statut, travail, absences, provenance: Provenance::Employeurs })
            }
        };
        Ok((personne, AnneeDite { annee, origine, activite }))
    }

    /// Thirteen characters, or fifteen with a key that must agree; the key may have a column of its own.
    fn nir(&self) -> Result<Nir13, String> {
        let faux = |_| attendu("nir", "les 13 caractères du NIR, ou 15 avec sa clé");
        let nir: String = self.valeur("nir").chars().filter(|signe| !signe.is_whitespace()).collect();
        let cle = self.valeur("cle");
        if !cle.is_empty() {
            let faux = |_| attendu("nir ou cle", "un NIR et la clé qui lui correspond");
            return Nir::parse(&nir, cle).map(|nir| nir.corps().clone()).map_err(faux);
        }
        if nir.chars().count() > 13 {
            return Nir::parse15(&nir).map(|nir| nir.corps().clone()).map_err(faux);
        }
        Nir13::parse(&nir).map_err(faux)
    }

    fn statut(&self) -> Result<(Statut, &'static str), String> {
        Ok(match self.valeur("statut") {
            "" | "salarie" => (Statut::Salarie, "salarie"),
            "esat" => (Statut::Esat, "esat"),
            "independant" => {
                let jour = match self.valeur("cotisation_payee_le") {
                    "" => None,
                    texte => {
                        Some(jour(texte).ok_or_else(|| attendu("cotisation_payee_le", "JJ/MM/AAAA ou AAAA-MM-JJ"))?)
                    }
                };
                (Statut::Independant { cotisation_payee_le: jour }, "independant")
            }
            "agent_public" => {
                let oui = |colonne| match self.valeur(colonne) {
                    "" | "non" => Ok(false),
                    "oui" => Ok(true),
                    _ => Err(attendu(colonne, "oui ou non")),
                };
                let statut =
                    Statut::AgentPublic { sans_niveau_3: oui("sans_niveau_3")?, non_complet: oui("non_complet")? };
                (statut, "agent_public")
            }
            _ => return Err(attendu("statut", "salarie, esat, independant ou agent_public")),
        })
    }

    /// What was worked; nothing when it is a zero without absence, which takes a line of before back.
    fn travail(&self) -> Result<Option<Travail>, String> {
        let centiemes = |colonne: &'static str| match self.valeur(colonne) {
            "" => Ok(None),
            texte => centiemes(texte).map(Some).ok_or_else(|| attendu(colonne, "un nombre à deux décimales au plus")),
        };
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
                    centiemes("smic_horaire")?
                        .ok_or_else(|| attendu("smic_horaire", "le SMIC horaire de l'année"))?
                        .into(),
                ),
            },
            _ => return Err("Une colonne et une seule doit être remplie parmi heures, jours et paie.".to_owned()),
        };
        let rien = [heures, jours, paie].into_iter().flatten().all(|n| n == 0) && self.valeur("absences").is_empty();
        Ok((!rien).then_some(travail))
    }

    /// « maternite=140 accident_du_travail=35.5 », in the unit of the work.
    fn absences(&self) -> Result<Vec<Absence>, String> {
        let une = |texte: &str| {
            let (nature, nombre) = texte.split_once('=')?;
            let centiemes = centiemes(nombre)?;
            let quantite = if !self.valeur("jours").is_empty() {
                Quantite::Jours(Jours::de_centiemes(centiemes))
            } else if !self.valeur("paie").is_empty() {
                Quantite::Paie(Euros::de_centimes(centiemes.into()))
            } else {
                Quantite::Heures(DureeTravaillee::de_centiemes(centiemes))
            };
            Some(Absence { nature: NatureAbsence::par_code(nature)?, quantite })
        };
        let toutes = self.valeur("absences").split_ascii_whitespace().map(une).collect::<Option<_>>();
        toutes.ok_or_else(|| attendu("absences", "des natures et leur durée, « maternite=140.00 maladie=35.00 »"))
    }
}

fn attendu(colonne: &str, quoi: &str) -> String {
    format!("{colonne} : {quoi} est attendu.")
}

/// « 1607 », « 1607,5 » or « 1607.50 », at most 999 999.
fn centiemes(texte: &str) -> Option<u32> {
    let texte = texte.replace(',', ".");
    let (entiers, decimales) = texte.split_once('.').unwrap_or((&texte, ""));
    let chiffres = |t: &str| t.bytes().all(|c| c.is_ascii_digit());
    if entiers.is_empty() || entiers.len() > 6 || decimales.len() > 2 || !chiffres(entiers) || !chiffres(decimales) {
        return None;
    }
    format!("{entiers}{decimales:0<2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_two_decimals_at_most() {
        assert_eq!(centiemes("1607"), Some(160_700));
        assert_eq!(centiemes("1607,5"), Some(160_750));
        assert_eq!(centiemes("0.05"), Some(5));
        for faux in ["", "-1", "1.555", "1e3", "1 607", ".5", "9999999"] {
            assert_eq!(centiemes(faux), None, "{faux}");
        }
    }
}
