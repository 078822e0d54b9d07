//! What the CSV files share: their header, a person on each line, and a word for each line that cannot be understood.
//! No store, no clock.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};
use std::marker::PhantomData;

use domaine::identite::nir::coherence;
use domaine::identite::{DateNaissance, Nir, Nir13, Nom};
use domaine::mesures::{Annee, Jour};
use domaine::told::PersonneNommee;

use crate::csv::{Defaut, LIGNE_MAXIMALE, Lignes};
use crate::days::jour;

/// Nobody could open an account with both.
pub const NIR_ET_NAISSANCE: &str = "Le NIR et la date de naissance ne disent pas la même année ou le même mois : vérifiez l'un et l'autre, puis redonnez-les.";

/// A kind of CSV file: what its lines say.
pub trait Tableau {
    /// What a line says of its person.
    type Dit;

    /// The columns that must be there.
    const REQUISES: &'static [&'static str];
    /// Those that may be.
    const ADMISES: &'static [&'static str];

    /// What a line says; else the column at fault and what is expected there, never its value.
    ///
    /// # Errors
    /// A sentence for whoever has to mend the line.
    fn comprendre(ligne: &Ligne<'_>, aujourdhui: Jour) -> Result<Self::Dit, String>;
}

/// The number of a line, and what it says of whom; else why it was left out, for whoever has to mend it.
pub type Lue<D> = (u64, Result<(PersonneNommee, D), String>);

/// A file being read: bytes in, what each line says out. No store, no clock.
pub struct Lecture<T, R> {
    lignes: Lignes<R>,
    colonnes: Vec<String>,
    aujourdhui: Jour,
    format: PhantomData<T>,
}

impl<T: Tableau, R: Read> Lecture<T, R> {
    /// Reads the names of the columns; says what is wrong with them when this is no such file.
    ///
    /// # Errors
    /// Those of the source.
    pub fn ouvrir(source: R, aujourdhui: Jour) -> io::Result<Result<Self, String>> {
        let mut lignes = Lignes::new(source);
        let colonnes = lignes.entete()?;
        Ok(verifier::<T>(&colonnes).map(|()| Self { lignes, colonnes, aujourdhui, format: PhantomData }))
    }

    /// The next line that holds anything; nothing at the end. Every one of them is either understood or told.
    ///
    /// # Errors
    /// Those of the source.
    pub fn suivante(&mut self) -> io::Result<Option<Lue<T::Dit>>> {
        let Some((numero, valeurs)) = self.lignes.suivante()? else { return Ok(None) };
        let lue = match &valeurs {
            Err(Defaut::Guillemets) => Err("Des guillemets ne sont pas refermés.".to_owned()),
            Err(Defaut::TropLongue) => Err(format!("Plus de {LIGNE_MAXIMALE} octets.")),
            Ok(valeurs) if valeurs.len() != self.colonnes.len() => {
                Err(format!("{} valeurs pour {} colonnes.", valeurs.len(), self.colonnes.len()))
            }
            Ok(valeurs) => {
                let ligne = Ligne::new(&self.colonnes, valeurs);
                ligne.personne(self.aujourdhui).and_then(|personne| {
                    let dit = T::comprendre(&ligne, self.aujourdhui)?;
                    Ok((personne, dit))
                })
            }
        };
        Ok(Some((numero, lue)))
    }
}

fn verifier<T: Tableau>(colonnes: &[String]) -> Result<(), String> {
    let mut vues = HashSet::new();
    for (colonne, rang) in colonnes.iter().zip(1..) {
        if !T::REQUISES.contains(&colonne.as_str()) && !T::ADMISES.contains(&colonne.as_str()) {
            // Never what stands there: a file without a header begins with somebody.
            return Err(format!(
                "la première ligne doit nommer les colonnes, et la {rang}e n'a pas un nom connu ; voir docs/importer.md"
            ));
        }
        if !vues.insert(colonne) {
            return Err(format!("la colonne « {colonne} » est deux fois dans l'en-tête"));
        }
    }
    match T::REQUISES.iter().find(|requise| !colonnes.iter().any(|colonne| colonne == *requise)) {
        Some(manque) => Err(format!("la colonne « {manque} » manque ; voir docs/importer.md")),
        None => Ok(()),
    }
}

/// A line, by the name of its columns.
pub struct Ligne<'a>(HashMap<&'a str, &'a str>);

impl<'a> Ligne<'a> {
    fn new(colonnes: &'a [String], valeurs: &'a [String]) -> Self {
        Self(colonnes.iter().map(String::as_str).zip(valeurs.iter().map(String::as_str)).collect())
    }

    /// The value of that column; nothing when there is no such column.
    pub(crate) fn valeur(&self, colonne: &str) -> &'a str {
        self.0.get(colonne).copied().unwrap_or_default()
    }

    /// A short text on one line, which may be empty.
    pub(crate) fn texte(&self, colonne: &str, quoi: &str) -> Result<&'a str, String> {
        let texte = self.valeur(colonne);
        let juste = texte.chars().count() <= 80 && !texte.chars().any(char::is_control);
        juste.then_some(texte).ok_or_else(|| attendu(colonne, quoi))
    }

    /// A day, or nothing.
    pub(crate) fn jour(&self, colonne: &str) -> Result<Option<Jour>, String> {
        match self.valeur(colonne) {
            "" => Ok(None),
            texte => jour(texte).map(Some).ok_or_else(|| attendu(colonne, "JJ/MM/AAAA ou AAAA-MM-JJ")),
        }
    }

    pub(crate) fn annee(&self) -> Result<Annee, String> {
        let annee = self.valeur("annee").parse().ok().and_then(|annee: u16| Annee::new(annee).ok());
        annee.ok_or_else(|| attendu("annee", "une année en quatre chiffres"))
    }

    /// A number in hundredths, or nothing.
    pub(crate) fn centiemes(&self, colonne: &str) -> Result<Option<u32>, String> {
        match self.valeur(colonne) {
            "" => Ok(None),
            texte => centiemes(texte).map(Some).ok_or_else(|| attendu(colonne, "un nombre à deux décimales au plus")),
        }
    }

    pub(crate) fn oui(&self, colonne: &str) -> Result<bool, String> {
        match self.valeur(colonne) {
            "" | "non" => Ok(false),
            "oui" => Ok(true),
            _ => Err(attendu(colonne, "oui ou non")),
        }
    }

    /// Who the line is about.
    fn personne(&self, aujourdhui: Jour) -> Result<PersonneNommee, String> {
        let nom = |colonne| Nom::parse(self.valeur(colonne)).map_err(|_| attendu(colonne, "un nom en lettres"));
        let naissance = DateNaissance::parse(self.valeur("date_naissance"), aujourdhui)
            .ok()
            .filter(|naissance| naissance.annee() >= 1850)
            .ok_or_else(|| attendu("date_naissance", "JJ/MM/AAAA ou AAAA-MM-JJ"))?;
        let nir = self.nir()?;
        if coherence(&nir, &naissance).is_err() {
            return Err(NIR_ET_NAISSANCE.to_owned());
        }
        Ok(PersonneNommee {
            nir,
            nom: Some(nom("nom_naissance")?),
            prenoms: Some(nom("prenoms")?),
            naissance,
            ancien_nir: None,
        })
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
}

/// What a column lacks.
pub(crate) fn attendu(colonne: &str, quoi: &str) -> String {
    format!("{colonne} : {quoi} est attendu.")
}

/// « 1607 », « 1607,5 » or « 1607.50 », at most 999 999.
pub(crate) fn centiemes(texte: &str) -> Option<u32> {
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
