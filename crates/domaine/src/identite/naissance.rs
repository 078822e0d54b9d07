//! The birth date, whose day or month civil status may not know. Whether it agrees with a NIR
//! is told by [`super::nir::coherence`].

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::mesures::Jour;

/// A birth date; day and month may be unknown, the year never is.
///
/// Travels as `"1979-03-28"`, an unknown part as `00`. `Debug` shows nothing of it.
/// Source: DSN rubric S21.G00.30.006 (99 for an unknown part, year mandatory, at most 120 years).
///
/// ```
/// use domaine::identite::{DateNaissance, NaissanceInvalide};
/// use domaine::mesures::Jour;
/// let jour = Jour::date(2026, 11, 23);
/// assert_eq!(DateNaissance::parse("28/03/1979", jour).unwrap().iso(), "1979-03-28");
/// assert_eq!(DateNaissance::parse("00/03/1979", jour).unwrap().jour(), None);
/// assert_eq!(DateNaissance::parse("31/04/1979", jour), Err(NaissanceInvalide::JourDuMois));
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DateNaissance {
    annee: u16,
    mois: Option<u8>,
    jour: Option<u8>,
}

/// Why a text is not a birth date that an account can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NaissanceInvalide {
    /// Nothing was typed.
    Vide,
    /// All that stands can be right; day, month or the four figures of the year are missing.
    Incomplete,
    /// Not a date in any way that people write one.
    Illisible,
    /// A month beyond 12 that is not 99.
    Mois,
    /// A day beyond 31 that is not 99.
    Jour,
    /// That month of that year has no such day.
    JourDuMois,
    /// A known day of an unknown month.
    MoisInconnu,
    /// The day has not come yet.
    Future,
    /// Less than 15 years old. Source: Code du travail, L5151-2 (16 years, 15 for apprentices).
    TropJeune,
    /// More than 120 years old. Source: DSN control S21.G00.30.006/CCH-12.
    TropAncienne,
}

impl NaissanceInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn peut_devenir_juste(&self) -> bool {
        matches!(self, Self::Vide | Self::Incomplete)
    }
}

/// The youngest holder, in years. Source: Code du travail, article L5151-2.
pub const AGE_MINIMAL: u16 = 15;
/// The oldest, in years. Source: DSN control S21.G00.30.006/CCH-12.
pub const AGE_MAXIMAL: u16 = 120;

/// The months as people write them, without accents.
const MOIS: [&str; 12] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];

impl DateNaissance {
    /// Reads `28/03/1979`, `28 3 1979`, `28031979`, `28 mars 1979` or `1979-03-28`;
    /// 00 or 99 stand for an unknown day or month.
    ///
    /// # Errors
    /// The first part, from the left, that cannot be right.
    pub fn parse(texte: &str, aujourdhui: Jour) -> Result<Self, NaissanceInvalide> {
        let texte = texte.trim();
        if texte.is_empty() {
            return Err(NaissanceInvalide::Vide);
        }
        let [premier, deuxieme, troisieme] = morceaux(texte)?;
        let (jour, mois, annee) =
            if premier.len() == 4 { (troisieme, deuxieme, premier) } else { (premier, deuxieme, troisieme) };
        let jour = partie(&jour, 31, NaissanceInvalide::Jour)?;
        let mois = partie(&mois, 12, NaissanceInvalide::Mois)?;
        if annee.len() < 4 {
            return Err(NaissanceInvalide::Incomplete);
        }
        let annee: u16 = annee.parse().map_err(|_| NaissanceInvalide::Illisible)?;
        let (Some(jour), Some(mois)) = (jour, mois) else { return Err(NaissanceInvalide::Incomplete) };
        let connu = |partie: u8| (partie != 0 && partie != 99).then_some(partie);
        let date = Self { annee, mois: connu(mois), jour: connu(jour) };
        date.verifier(aujourdhui)?;
        Ok(date)
    }

    /// A date kept earlier: real, but its age is not judged again.
    pub fn depuis_iso(texte: &str) -> Option<Self> {
        let octets = texte.as_bytes();
        if octets.len() != 10 || octets[4] != b'-' || octets[7] != b'-' {
            return None;
        }
        let nombre = |t: &str| t.bytes().all(|c| c.is_ascii_digit()).then(|| t.parse::<u16>().ok()).flatten();
        let petit = |t: &str| nombre(t).and_then(|n| u8::try_from(n).ok());
        let connu = |partie: u8| (partie != 0).then_some(partie);
        let (mois, jour) = (connu(petit(texte.get(5..7)?)?), connu(petit(texte.get(8..)?)?));
        let date = Self { annee: nombre(texte.get(..4)?)?, mois, jour };
        date.est_du_calendrier().ok().map(|()| date)
    }

    /// The year.
    pub const fn annee(&self) -> u16 {
        self.annee
    }

    /// The month, when civil status knows it.
    pub const fn mois(&self) -> Option<u8> {
        self.mois
    }

    /// The day of the month, when civil status knows it.
    pub const fn jour(&self) -> Option<u8> {
        self.jour
    }

    /// `1979-03-28`, unknown parts as 00.
    pub fn iso(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.annee, self.mois.unwrap_or(0), self.jour.unwrap_or(0))
    }

    /// `28/03/1979`, as the form shows it once left.
    pub fn saisie(&self) -> String {
        format!("{:02}/{:02}/{:04}", self.jour.unwrap_or(0), self.mois.unwrap_or(0), self.annee)
    }

    fn verifier(&self, aujourdhui: Jour) -> Result<(), NaissanceInvalide> {
        self.est_du_calendrier()?;
        // The most favourable reading of what is unknown: born on the first day it can be.
        let au_plus_tot = (self.annee, self.mois.unwrap_or(1), self.jour.unwrap_or(1));
        let seuil = |age: u16| (aujourdhui.annee().saturating_sub(age), aujourdhui.mois(), aujourdhui.jour());
        if au_plus_tot > seuil(0) {
            return Err(NaissanceInvalide::Future);
        }
        if au_plus_tot > seuil(AGE_MINIMAL) {
            return Err(NaissanceInvalide::TropJeune);
        }
        if self.annee < aujourdhui.annee().saturating_sub(AGE_MAXIMAL) {
            return Err(NaissanceInvalide::TropAncienne);
        }
        Ok(())
    }

    fn est_du_calendrier(&self) -> Result<(), NaissanceInvalide> {
        match (self.mois, self.jour) {
            (None, Some(_)) => Err(NaissanceInvalide::MoisInconnu),
            (Some(mois), _) if mois > 12 => Err(NaissanceInvalide::Mois),
            (Some(mois), Some(jour)) if jour > Jour::jours_du_mois(self.annee, mois) => {
                Err(NaissanceInvalide::JourDuMois)
            }
            _ => Ok(()),
        }
    }
}

/// Day, month and year (or year, month and day) as typed; what is missing is empty.
fn morceaux(texte: &str) -> Result<[String; 3], NaissanceInvalide> {
    let mut morceaux = [String::new(), String::new(), String::new()];
    let mut rang = 0;
    let sans_separateur = texte.bytes().all(|c| c.is_ascii_digit());
    for (place, c) in texte.chars().enumerate() {
        if sans_separateur && (place == 2 || place == 4) {
            rang += 1;
        }
        if c.is_alphanumeric() {
            morceaux[rang].push(sans_accent(c));
        } else if c.is_whitespace() || matches!(c, '/' | '.' | '-' | ',' | '\u{2011}' | '–') {
            if !morceaux[rang].is_empty() {
                rang += 1;
            }
        } else {
            return Err(NaissanceInvalide::Illisible);
        }
        if rang > 2 || morceaux[rang].len() > if rang == 1 { 9 } else { 4 } {
            return Err(NaissanceInvalide::Illisible);
        }
    }
    if let Some(mois) = MOIS.iter().position(|mois| morceaux[1].len() > 2 && mois.starts_with(&morceaux[1])) {
        let abrege = morceaux[1].len() < MOIS[mois].len();
        if abrege && morceaux[2].is_empty() {
            return Err(NaissanceInvalide::Incomplete);
        }
        morceaux[1] = (mois + 1).to_string();
    }
    if morceaux[0] == "1er" {
        morceaux[0].truncate(1);
    }
    let chiffres = |t: &String| t.bytes().all(|c| c.is_ascii_digit());
    if morceaux[1].bytes().all(|c| c.is_ascii_alphabetic()) && morceaux[2].is_empty() {
        let commence = MOIS.iter().any(|mois| mois.starts_with(&morceaux[1]));
        let jour_possible = chiffres(&morceaux[0]) || morceaux[0] == "1e";
        return Err(if commence && jour_possible {
            NaissanceInvalide::Incomplete
        } else {
            NaissanceInvalide::Illisible
        });
    }
    if morceaux.iter().all(chiffres) { Ok(morceaux) } else { Err(NaissanceInvalide::Illisible) }
}

/// A day or a month; nothing while it is still to come.
fn partie(texte: &str, maximum: u8, faute: NaissanceInvalide) -> Result<Option<u8>, NaissanceInvalide> {
    match texte.parse::<u8>() {
        _ if texte.is_empty() => Ok(None),
        // One figure alone may be the beginning of two.
        Ok(nombre) if nombre <= maximum || nombre == 99 => Ok(Some(nombre)),
        _ => Err(faute),
    }
}

fn sans_accent(c: char) -> char {
    match c {
        'é' | 'É' => 'e',
        'û' | 'Û' => 'u',
        c => c.to_ascii_lowercase(),
    }
}

impl fmt::Debug for DateNaissance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DateNaissance(…)")
    }
}

impl TryFrom<String> for DateNaissance {
    type Error = &'static str;

    fn try_from(texte: String) -> Result<Self, Self::Error> {
        Self::depuis_iso(&texte).ok_or("not a birth date written YYYY-MM-DD")
    }
}

impl From<DateNaissance> for String {
    fn from(date: DateNaissance) -> Self {
        date.iso()
    }
}
