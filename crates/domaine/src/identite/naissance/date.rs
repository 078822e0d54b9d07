//! A birth date once it is known, and why a text is none. How it is typed is the business of `reading`.

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
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DateNaissance {
    pub(super) annee: u16,
    pub(super) mois: Option<u8>,
    pub(super) jour: Option<u8>,
}

/// Why a text is not a birth date that an account can have: the first part, from the left, that
/// cannot be right.
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
    /// The year is written with two figures, or begins as no living person's year does.
    AnneeCourte,
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

impl DateNaissance {
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

    /// The first day it can be: what is not known of it is never held against the person.
    ///
    /// ```
    /// use domaine::identite::DateNaissance;
    /// use domaine::mesures::Jour;
    /// let naissance = DateNaissance::depuis_iso("1979-03-00").unwrap();
    /// assert_eq!(naissance.au_plus_tot(), Some(Jour::date(1979, 3, 1)));
    /// ```
    pub fn au_plus_tot(&self) -> Option<Jour> {
        Jour::new(self.annee, self.mois.unwrap_or(1), self.jour.unwrap_or(1)).ok()
    }

    /// `1979-03-28`, unknown parts as 00.
    pub fn iso(&self) -> String {
        let mut iso = String::with_capacity(10);
        ecrire(&mut iso, self.annee / 100);
        ecrire(&mut iso, self.annee % 100);
        for partie in [self.mois, self.jour] {
            iso.push('-');
            ecrire(&mut iso, u16::from(partie.unwrap_or(0)));
        }
        iso
    }

    /// `28/03/1979`, as the form shows it once left.
    pub fn saisie(&self) -> String {
        let mut saisie = String::with_capacity(10);
        for partie in [self.jour, self.mois] {
            ecrire(&mut saisie, u16::from(partie.unwrap_or(0)));
            saisie.push('/');
        }
        ecrire(&mut saisie, self.annee / 100);
        ecrire(&mut saisie, self.annee % 100);
        saisie
    }

    /// Whether an account can have it.
    pub(super) fn verifier(&self, aujourdhui: Jour) -> Result<(), NaissanceInvalide> {
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
        // The control compares years, not days.
        if self.annee < aujourdhui.annee().saturating_sub(AGE_MAXIMAL) {
            return Err(NaissanceInvalide::TropAncienne);
        }
        Ok(())
    }

    /// Whether there is such a day, as far as it is known.
    pub(super) fn est_du_calendrier(&self) -> Result<(), NaissanceInvalide> {
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

/// Two figures.
fn ecrire(texte: &mut String, nombre: u16) {
    for chiffre in [nombre / 10 % 10, nombre % 10] {
        texte.push(char::from_digit(u32::from(chiffre), 10).unwrap_or('0'));
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
