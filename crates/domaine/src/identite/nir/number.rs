//! The thirteen characters, their key, and what they say of a person. Knows nothing of accounts.

use std::fmt;

use super::characters::{caractere, juger, significatifs};
use super::invalide::NirInvalide;
use super::key::Suite;
use super::layout::grouper;
use crate::identite::lieu::Lieu;
use crate::identite::small::Petit;

/// Thirteen characters without a key, as in a DSN. `Debug` shows nothing of them.
///
/// A NIR does not identify a person alone: it repeats every hundred years.
///
/// ```
/// use domaine::identite::{Nir13, NirInvalide};
/// let nir = Nir13::parse("2 79 03 51 215 189").unwrap();
/// assert_eq!(nir.cle(), 89);
/// assert_eq!(Nir13::parse("28513"), Err(NirInvalide::Mois(['1', '3'])));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nir13(pub(super) [u8; 13]);

/// Thirteen characters and the key that agrees with them. `Debug` shows nothing of them.
///
/// Source of the key: 97 minus the remainder of the number by 97, with 2A read as 19 and 2B as 18.
///
/// ```
/// use domaine::identite::{Nir, NirInvalide};
/// assert!(Nir::parse("279035121518 9", "89").is_ok());
/// assert_eq!(Nir::parse("2790351215189", "98"), Err(NirInvalide::CleForme));
/// assert_eq!(Nir::parse("2790351215189", "88"), Err(NirInvalide::Cle));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nir {
    corps: Nir13,
    cle: u8,
}

/// The sex that the first character stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sexe {
    /// 1.
    Homme,
    /// 2.
    Femme,
}

/// What a NIR says of a person. The century is not in it, and is not invented.
/// `Debug` shows nothing of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct NirLu {
    /// Sex at registration.
    pub sexe: Sexe,
    /// The last two figures of the birth year.
    pub annee: u8,
    /// The month, 1 to 12; nothing when civil status did not know it (20, 30-42, 50-99).
    pub mois: Option<u8>,
    /// The place of birth.
    pub lieu: Lieu,
}

impl Nir13 {
    /// Reads thirteen characters leniently (separators, lower case, O for 0, I or l for 1)
    /// and decides strictly.
    ///
    /// # Errors
    /// The first part, from the left, that cannot be right; missing characters only when all
    /// that stands can be right.
    pub fn parse(texte: &str) -> Result<Self, NirInvalide> {
        let (nir, suite) = Self::debut(texte)?;
        if suite.est_vide() { Ok(nir) } else { Err(NirInvalide::TropLong) }
    }

    /// The thirteen characters, letters in upper case.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The key that agrees with these characters, 1 to 97.
    pub fn cle(&self) -> u8 {
        let reste = self.0.iter().enumerate().fold(0_u32, |reste, (place, c)| {
            let chiffre = match c {
                // 2A is read as 19 and 2B as 18: the 2 before the letter becomes a 1.
                b'2' if place == 5 && self.0[6].is_ascii_alphabetic() => 1,
                b'A' => 9,
                b'B' => 8,
                c => u32::from(c - b'0'),
            };
            (reste * 10 + chiffre) % 97
        });
        97 - u8::try_from(reste).unwrap_or(0)
    }

    /// What the characters say of a person.
    pub fn lu(&self) -> NirLu {
        let mois = self.deux(3);
        NirLu {
            sexe: if self.0[0] == b'1' { Sexe::Homme } else { Sexe::Femme },
            annee: self.deux(1),
            mois: (1..=12).contains(&mois).then_some(mois),
            lieu: Lieu::de([self.0[5], self.0[6], self.0[7], self.0[8], self.0[9]]),
        }
    }

    /// The thirteen characters that a text begins with, and those that follow, three at most.
    fn debut(texte: &str) -> Result<(Self, Suite), NirInvalide> {
        let mut corps = [0_u8; 13];
        let mut suite = Suite::default();
        let mut longueur = 0;
        for c in significatifs(texte) {
            if longueur == 13 {
                suite.ajouter(c);
                continue;
            }
            corps[longueur] = caractere(c, longueur, corps[5])?;
            longueur += 1;
            juger(&corps, longueur)?;
        }
        if longueur < 13 {
            return Err(NirInvalide::Manque(Petit::borne(13 - longueur)));
        }
        Ok((Self(corps), suite))
    }

    fn deux(&self, place: usize) -> u8 {
        (self.0[place] - b'0') * 10 + (self.0[place + 1] - b'0')
    }
}

impl Nir {
    /// Reads the thirteen characters and the key, from two boxes. The first box may hold all
    /// fifteen when the second is empty or repeats the end of the first.
    ///
    /// A key of one figure is taken for that figure after a 0 where that is right: « 5 » for « 05 ».
    ///
    /// # Errors
    /// As [`Nir13::parse`], then the faults of the key, which is judged from its first figure.
    pub fn parse(corps: &str, cle: &str) -> Result<Self, NirInvalide> {
        let (corps, suite) = Nir13::debut(corps)?;
        let cle = Suite::de(cle);
        if cle.est_vide() || suite.est_vide() {
            let tapee = if suite.est_vide() { &cle } else { &suite };
            return match corps.cle_de(tapee) {
                // The key follows in the same box: one more character is to come.
                Err(NirInvalide::CleManque) if suite.longueur == 1 => Err(NirInvalide::Manque(Petit(1))),
                _ if matches!(suite.longueur, 1 | 3) => Err(NirInvalide::TropLong),
                cle => Ok(Self { cle: cle?, corps }),
            };
        }
        // The key in both boxes: the same, or the beginning of the same.
        match (suite.longueur, cle.longueur) {
            (3, _) => Err(NirInvalide::TropLong),
            _ if suite.chiffres[0] != cle.chiffres[0] => Err(NirInvalide::TropLong),
            (1, _) => Err(NirInvalide::Manque(Petit(1))),
            (_, 1) => Err(NirInvalide::CleManque),
            _ if suite == cle => corps.avec_la_cle(&cle),
            _ => Err(NirInvalide::TropLong),
        }
    }

    /// Reads the fifteen characters, key included, from one text.
    ///
    /// ```
    /// use domaine::identite::{Nir, NirInvalide};
    /// assert_eq!(Nir::parse15("2 79 03 51 215 189 89").unwrap().cle(), 89);
    /// assert_eq!(Nir::parse15("2 79 03 51 215 189"), Err(NirInvalide::CleManque));
    /// ```
    ///
    /// # Errors
    /// As [`Nir::parse`].
    pub fn parse15(texte: &str) -> Result<Self, NirInvalide> {
        let (corps, suite) = Nir13::debut(texte)?;
        if suite.longueur > 2 { Err(NirInvalide::TropLong) } else { corps.avec_la_cle(&suite) }
    }

    /// The thirteen characters.
    pub const fn corps(&self) -> &Nir13 {
        &self.corps
    }

    /// The key, 1 to 97.
    pub const fn cle(&self) -> u8 {
        self.cle
    }

    /// The number and its key grouped as on a carte Vitale: « 2 79 03 51 215 189 89 ».
    pub fn groupe(&self) -> String {
        let mut groupe = grouper(&self.corps.0);
        groupe.push(' ');
        groupe.push(char::from(b'0' + self.cle / 10));
        groupe.push(char::from(b'0' + self.cle % 10));
        groupe
    }

    /// The number masked but for its first character, as a screen may show it.
    pub fn masque(&self) -> String {
        let mut masque = String::with_capacity(40);
        masque.push(char::from(self.corps.0[0]));
        masque.push_str(" •• •• •• ••• ••• ••");
        masque
    }
}

impl Nir13 {
    fn avec_la_cle(self, cle: &Suite) -> Result<Nir, NirInvalide> {
        let cle = self.cle_de(cle)?;
        Ok(Nir { corps: self, cle })
    }

    /// The key, when what was typed is the one that agrees.
    fn cle_de(&self, tapee: &Suite) -> Result<u8, NirInvalide> {
        let attendue = self.cle();
        let [Some(dizaine), unite] = tapee.chiffres.map(|c| c.to_digit(10)) else {
            return Err(if tapee.est_vide() { NirInvalide::CleManque } else { NirInvalide::CleForme });
        };
        match (tapee.longueur, unite) {
            (1, _) if dizaine == u32::from(attendue) => Ok(attendue),
            (1, _) if dizaine == u32::from(attendue / 10) => Err(NirInvalide::CleManque),
            (1, _) => Err(NirInvalide::Cle),
            (2, Some(unite)) => match dizaine * 10 + unite {
                cle if cle == u32::from(attendue) => Ok(attendue),
                1..=97 => Err(NirInvalide::Cle),
                _ => Err(NirInvalide::CleForme),
            },
            _ => Err(NirInvalide::CleForme),
        }
    }
}

impl fmt::Debug for Nir13 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nir13(…)")
    }
}

impl fmt::Debug for Nir {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nir(…)")
    }
}

impl fmt::Debug for NirLu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NirLu(…)")
    }
}
