//! A civil day and a civil year. No clock and no time zone: the two programs know those.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar, years 1 to 9999. Travels as `"2021-06-30"`.
///
/// ```
/// use domaine::mesures::Jour;
/// let jour: Jour = "2024-02-29".parse().unwrap();
/// assert_eq!(jour.annee(), 2024);
/// assert!("2023-02-29".parse::<Jour>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Jour {
    // Year, month and day side by side in one number: days are compared far more often than they are read.
    rang: u32,
}

/// The text or the figures are not a day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JourInvalide;

impl Jour {
    /// The day made of these figures, or [`JourInvalide`] when the calendar has no such day.
    pub const fn new(annee: u16, mois: u8, jour: u8) -> Result<Self, JourInvalide> {
        if annee == 0 || annee > 9999 || mois == 0 || mois > 12 {
            return Err(JourInvalide);
        }
        if jour == 0 || jour > Self::jours_du_mois(annee, mois) {
            return Err(JourInvalide);
        }
        Ok(Self { rang: (annee as u32) << 16 | (mois as u32) << 8 | jour as u32 })
    }

    /// A day written in the source, checked when the program is compiled.
    ///
    /// # Panics
    /// When the calendar has no such day: in a constant this stops the compiler.
    pub const fn date(annee: u16, mois: u8, jour: u8) -> Self {
        match Self::new(annee, mois, jour) {
            Ok(jour) => jour,
            Err(JourInvalide) => panic!("not a day of the calendar"),
        }
    }

    /// How many days the month has; 0 for a month that does not exist.
    pub const fn jours_du_mois(annee: u16, mois: u8) -> u8 {
        match mois {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if annee.is_multiple_of(4) && (!annee.is_multiple_of(100) || annee.is_multiple_of(400)) => 29,
            2 => 28,
            _ => 0,
        }
    }

    /// The year, 1 to 9999.
    pub const fn annee(self) -> u16 {
        (self.rang >> 16) as u16
    }

    /// The month, 1 to 12.
    pub const fn mois(self) -> u8 {
        (self.rang >> 8) as u8
    }

    /// The day of the month, 1 to 31.
    pub const fn jour(self) -> u8 {
        self.rang as u8
    }

    /// The same day of another year; the eve of a 29 February that this year has not.
    pub(crate) const fn en(self, annee: Annee) -> Self {
        let meme = self.rang & 0xffff | (annee.0 as u32) << 16;
        let absent = self.jour() == 29 && self.mois() == 2 && Self::jours_du_mois(annee.0, 2) < 29;
        Self { rang: if absent { meme - 1 } else { meme } }
    }

    /// A number that is greater for a later day.
    pub(crate) const fn rang(self) -> u32 {
        self.rang
    }

    /// The day after; the last day of year 9999 is its own.
    ///
    /// ```
    /// use domaine::mesures::Jour;
    /// assert_eq!(Jour::date(2023, 2, 28).lendemain(), Jour::date(2023, 3, 1));
    /// ```
    #[must_use]
    pub const fn lendemain(self) -> Self {
        let (annee, mois) = (self.annee(), self.mois());
        if let Ok(jour) = Self::new(annee, mois, self.jour() + 1) {
            return jour;
        }
        if let Ok(jour) = Self::new(annee, mois + 1, 1) {
            return jour;
        }
        match Self::new(annee + 1, 1, 1) {
            Ok(jour) => jour,
            Err(JourInvalide) => self,
        }
    }
}

impl fmt::Display for Jour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.annee(), self.mois(), self.jour())
    }
}

impl fmt::Debug for Jour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Jour {
    type Err = JourInvalide;

    fn from_str(texte: &str) -> Result<Self, JourInvalide> {
        let [a0, a1, a2, a3, b'-', m0, m1, b'-', j0, j1] = *texte.as_bytes() else {
            return Err(JourInvalide);
        };
        let chiffre = |c: u8| c.is_ascii_digit().then(|| c - b'0').ok_or(JourInvalide);
        let annee = [a0, a1, a2, a3].into_iter().try_fold(0_u16, |n, c| Ok(n * 10 + u16::from(chiffre(c)?)))?;
        Self::new(annee, chiffre(m0)? * 10 + chiffre(m1)?, chiffre(j0)? * 10 + chiffre(j1)?)
    }
}

impl TryFrom<String> for Jour {
    type Error = JourInvalide;

    fn try_from(texte: String) -> Result<Self, JourInvalide> {
        texte.parse()
    }
}

impl From<Jour> for String {
    fn from(jour: Jour) -> Self {
        jour.to_string()
    }
}

impl fmt::Display for JourInvalide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a day written YYYY-MM-DD")
    }
}

impl std::error::Error for JourInvalide {}

/// A civil year of work, 1900 to 2199. Travels as `"2021"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Annee(u16);

impl Annee {
    /// The first year there is.
    pub const PREMIERE: Self = Self(1900);

    /// The year, or [`JourInvalide`] outside 1900 to 2199.
    pub const fn new(annee: u16) -> Result<Self, JourInvalide> {
        if annee < 1900 || annee > 2199 { Err(JourInvalide) } else { Ok(Self(annee)) }
    }

    /// The number of the year.
    pub const fn nombre(self) -> u16 {
        self.0
    }

    /// 1 January.
    ///
    /// ```
    /// use domaine::mesures::{Annee, Jour};
    /// let annee = Annee::new(2024).unwrap();
    /// assert_eq!(annee.premier_jour(), Jour::date(2024, 1, 1));
    /// assert_eq!(annee.dernier_jour(), Jour::date(2024, 12, 31));
    /// ```
    pub const fn premier_jour(self) -> Jour {
        Jour::date(2000, 1, 1).en(self)
    }

    /// 31 December.
    pub const fn dernier_jour(self) -> Jour {
        Jour::date(2000, 12, 31).en(self)
    }

    /// The year after this one.
    #[must_use]
    pub const fn suivante(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Annee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl TryFrom<String> for Annee {
    type Error = JourInvalide;

    fn try_from(texte: String) -> Result<Self, JourInvalide> {
        if texte.len() != 4 || !texte.bytes().all(|c| c.is_ascii_digit()) {
            return Err(JourInvalide);
        }
        Self::new(texte.parse().map_err(|_| JourInvalide)?)
    }
}

impl From<Annee> for String {
    fn from(annee: Annee) -> Self {
        annee.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_days_follow_the_gregorian_rule() {
        assert!(Jour::new(2000, 2, 29).is_ok());
        assert!(Jour::new(1900, 2, 29).is_err());
        assert!(Jour::new(2024, 2, 29).is_ok());
        assert!(Jour::new(2023, 2, 29).is_err());
    }

    #[test]
    fn a_day_keeps_its_place_in_another_year() {
        let en = |jour: Jour, annee| jour.en(Annee::new(annee).unwrap());
        assert_eq!(en(Jour::date(2023, 6, 30), 2024), Jour::date(2024, 6, 30));
        assert_eq!(en(Jour::date(2024, 2, 29), 2028), Jour::date(2028, 2, 29));
        assert_eq!(en(Jour::date(2024, 2, 29), 2025), Jour::date(2025, 2, 28));
    }

    #[test]
    fn a_day_reads_back_as_it_was_written() {
        let jour = Jour::date(2019, 1, 1);
        assert_eq!(jour.to_string().parse(), Ok(jour));
    }

    #[test]
    fn a_text_that_is_not_a_day_is_refused() {
        for texte in ["", "2019-1-1", "2019-13-01", "2019-04-31", "0000-01-01", "2019/01/01", "２０１９-01-01"] {
            assert!(texte.parse::<Jour>().is_err(), "{texte}");
        }
    }
}
