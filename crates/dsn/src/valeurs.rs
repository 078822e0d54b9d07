//! The values of rubrics as types: what exists is right. Knows no rubric.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

pub use domaine::declarations::Cote;
use domaine::identite::DateNaissance;
use domaine::mesures::Jour;

/// The fourteen figures of an establishment.
///
/// Its key is not required: [`Siret::a_une_cle_juste`] tells, and real files hold wrong ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siret([u8; 14]);

impl Siret {
    /// The establishment made of the nine figures of a SIREN and the five of a NIC.
    ///
    /// ```
    /// use dsn::valeurs::Siret;
    /// let siret = Siret::de(b"732829320", b"00074").unwrap();
    /// assert_eq!(siret.to_string(), "73282932000074");
    /// assert!(siret.a_une_cle_juste());
    /// ```
    pub fn de(siren: &[u8], nic: &[u8]) -> Option<Self> {
        if siren.len() != 9 || nic.len() != 5 {
            return None;
        }
        let mut tout = [0; 14];
        tout[..9].copy_from_slice(siren);
        tout[9..].copy_from_slice(nic);
        tout.iter().all(u8::is_ascii_digit).then_some(Self(tout))
    }

    /// The fourteen figures.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether both keys agree, that of the SIREN and that of the whole. The establishments of
    /// La Poste follow their own rule: a sum that five divides.
    pub fn a_une_cle_juste(&self) -> bool {
        let somme: u32 = self.0.iter().map(|c| u32::from(c - b'0')).sum();
        luhn(&self.0[..9]) && (luhn(&self.0) || (self.0.starts_with(b"356000000") && somme.is_multiple_of(5)))
    }
}

pub(crate) fn luhn(chiffres: &[u8]) -> bool {
    let somme: u32 = chiffres
        .iter()
        .rev()
        .enumerate()
        .map(|(rang, c)| {
            let chiffre = u32::from(c - b'0') * if rang % 2 == 1 { 2 } else { 1 };
            chiffre / 10 + chiffre % 10
        })
        .sum();
    somme.is_multiple_of(10)
}

impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A civil month. Shown and ordered as `2026-01`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mois {
    annee: u16,
    mois: u8,
}

impl Mois {
    /// The month of that day.
    pub const fn de(jour: Jour) -> Self {
        Self { annee: jour.annee(), mois: jour.mois() }
    }

    /// The year.
    pub const fn annee(self) -> u16 {
        self.annee
    }

    /// 1 to 12.
    pub const fn mois(self) -> u8 {
        self.mois
    }
}

impl fmt::Display for Mois {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.annee, self.mois)
    }
}

impl fmt::Debug for Mois {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A quantity in hundredths, negative when it takes back what an earlier month declared too much.
///
/// ```
/// use dsn::valeurs::Quantite;
/// assert_eq!(Quantite::lire(b"151.67"), Some(Quantite::de_centiemes(15_167)));
/// assert_eq!(Quantite::lire(b"-7.00").unwrap().to_string(), "-7.00");
/// assert_eq!(Quantite::lire(b"151,67"), None);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantite(i64);

impl Quantite {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// That many hundredths.
    pub const fn de_centiemes(centiemes: i64) -> Self {
        Self(centiemes)
    }

    /// In hundredths.
    pub const fn centiemes(self) -> i64 {
        self.0
    }

    /// Reads `151.67`: a dot and two figures, as the norm writes every quantity.
    pub fn lire(texte: &[u8]) -> Option<Self> {
        let (signe, texte) = match texte {
            [b'-', suite @ ..] => (-1, suite),
            texte => (1, texte),
        };
        let [entier @ .., b'.', dixieme, centieme] = texte else { return None };
        if entier.is_empty() || entier.len() > 12 {
            return None;
        }
        let chiffres = entier.iter().chain([dixieme, centieme]);
        let nombre = chiffres
            .into_iter()
            .try_fold(0_i64, |nombre, c| c.is_ascii_digit().then(|| nombre * 10 + i64::from(c - b'0')))?;
        Some(Self(signe * nombre))
    }
}

impl Add for Quantite {
    type Output = Self;

    fn add(self, autre: Self) -> Self {
        Self(self.0.saturating_add(autre.0))
    }
}

impl AddAssign for Quantite {
    fn add_assign(&mut self, autre: Self) {
        *self = *self + autre;
    }
}

impl Sum for Quantite {
    fn sum<I: Iterator<Item = Self>>(quantites: I) -> Self {
        quantites.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Quantite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signe = if self.0 < 0 { "-" } else { "" };
        write!(f, "{signe}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

impl fmt::Debug for Quantite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A whole number without a sign, at most nineteen figures.
pub(crate) fn entier(texte: &[u8]) -> Option<u64> {
    if texte.is_empty() || texte.len() > 19 {
        return None;
    }
    texte.iter().try_fold(0_u64, |n, c| c.is_ascii_digit().then(|| n * 10 + u64::from(c - b'0')))
}

/// The three numbers of `JJMMAAAA`.
fn jjmmaaaa(texte: &[u8]) -> Option<(u8, u8, u16)> {
    if texte.len() != 8 {
        return None;
    }
    let nombre = entier(texte)?;
    Some((
        u8::try_from(nombre / 1_000_000).ok()?,
        u8::try_from(nombre / 10_000 % 100).ok()?,
        u16::try_from(nombre % 10_000).ok()?,
    ))
}

/// A day written `JJMMAAAA`.
pub(crate) fn jour(texte: &[u8]) -> Option<Jour> {
    let (jour, mois, annee) = jjmmaaaa(texte)?;
    Jour::new(annee, mois, jour).ok()
}

/// A birth date written `JJMMAAAA`, 99 for a day or a month that is not known.
pub(crate) fn naissance(texte: &[u8]) -> Option<DateNaissance> {
    let (jour, mois, annee) = jjmmaaaa(texte)?;
    // 00 is what ISO writes; the norm writes 99 and nothing else.
    let partie = |partie: u8| match partie {
        99 => Some(0),
        0 => None,
        connue => Some(connue),
    };
    DateNaissance::depuis_iso(&format!("{annee:04}-{:02}-{:02}", partie(mois)?, partie(jour)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_a_siret_are_those_of_luhn_but_for_la_poste() {
        let siret = |texte: &str| Siret::de(&texte.as_bytes()[..9], &texte.as_bytes()[9..]).unwrap();
        assert!(siret("73282932000074").a_une_cle_juste());
        assert!(!siret("73282932000075").a_une_cle_juste());
        assert!(siret("35600000000048").a_une_cle_juste());
        assert!(siret("35600000049837").a_une_cle_juste());
        assert!(!siret("35600000049838").a_une_cle_juste());
    }

    #[test]
    fn a_quantity_has_a_dot_and_two_figures() {
        for texte in ["", "1", "1.5", ".50", "1.567", "+1.00", "--1.00", "1 000.00", "1e3.00", "9999999999999.00"] {
            assert_eq!(Quantite::lire(texte.as_bytes()), None, "{texte}");
        }
        assert_eq!(Quantite::lire(b"0007.50"), Some(Quantite(750)));
    }

    #[test]
    fn what_is_not_known_of_a_birth_is_written_99() {
        assert_eq!(naissance(b"28031979").map(|date| date.iso()).as_deref(), Some("1979-03-28"));
        assert_eq!(naissance(b"99031979").map(|date| date.iso()).as_deref(), Some("1979-03-00"));
        assert_eq!(naissance(b"99991979").map(|date| date.iso()).as_deref(), Some("1979-00-00"));
        for texte in [
            &b"00031979"[..],
            b"31021979",
            b"28131979",
            b"98031979",
            b"28981979",
            b"2803197",
            b"280319790",
            b"2803I979",
        ] {
            assert_eq!(naissance(texte), None);
        }
    }
}
