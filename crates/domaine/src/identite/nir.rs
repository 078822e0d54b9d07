//! The *numéro de sécurité sociale* (NIR): shape, key, masking, what it says of a person.
//! Knows nothing of accounts.
//!
//! Source of every rule: the official DSN dictionary (norms P24 to P26), data type
//! `Identifiant_Nir_13` and controls of S21.G00.30.001, .006 and .014.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::lieu::Lieu;
use super::naissance::DateNaissance;
use super::petit::Petit;

/// Thirteen characters without a key, as in a DSN. `Debug` shows nothing of them.
///
/// ```
/// use domaine::identite::{Nir13, NirInvalide};
/// let nir = Nir13::parse("2 79 03 51 215 189").unwrap();
/// assert_eq!(nir.cle(), 89);
/// assert_eq!(Nir13::parse("28513"), Err(NirInvalide::Mois(['1', '3'])));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nir13([u8; 13]);

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

/// Why a text is not a NIR: the first part, read from the left, that cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NirInvalide {
    /// All that stands so far can be right; this many of the 13 characters are missing.
    Manque(Petit),
    /// More characters than 13, or than 15 with the key.
    TropLong,
    /// A character that has no place in a NIR.
    Caractere(char),
    /// Begins with 7 or 8, or with 3 or 4: a provisional number, not yet a NIR.
    Provisoire,
    /// Begins with 5 or 6: the number of a *migrant de passage*.
    Migrant,
    /// Begins with 0 or 9.
    Sexe,
    /// The 4th and 5th characters are in no month set of the official rule.
    Mois([char; 2]),
    /// The 6th and 7th characters are no department.
    Departement([char; 2]),
    /// The 8th to 10th characters are 000.
    Commune,
    /// The 11th to 13th characters are 000.
    Ordre,
    /// A dummy: ends with more than five 9s (which covers 1999999999999 and 2999999999999).
    Factice,
    /// The key is empty or has one figure only.
    CleManque,
    /// The key is something else than two figures from 01 to 97.
    CleForme,
    /// The key does not agree with the thirteen characters.
    Cle,
}

impl NirInvalide {
    /// Whether the fault is to be shown at the key rather than at the number.
    pub const fn est_de_la_cle(&self) -> bool {
        matches!(self, Self::CleManque | Self::CleForme | Self::Cle)
    }

    /// Whether typing more at the end may mend it.
    pub const fn peut_devenir_juste(&self) -> bool {
        matches!(self, Self::Manque(_) | Self::CleManque)
    }
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        let mut corps = [0_u8; 13];
        let mut longueur = 0;
        for c in significatifs(texte) {
            if longueur == 13 {
                return Err(NirInvalide::TropLong);
            }
            corps[longueur] = caractere(c, longueur, corps[5])?;
            longueur += 1;
            juger(&corps, longueur)?;
        }
        if longueur < 13 {
            return Err(NirInvalide::Manque(Petit::borne(13 - longueur)));
        }
        if corps.iter().rev().take_while(|c| **c == b'9').count() > 5 {
            return Err(NirInvalide::Factice);
        }
        Ok(Self(corps))
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
            lieu: Lieu::de(&self.0[5..10]),
        }
    }

    fn deux(&self, place: usize) -> u8 {
        (self.0[place] - b'0') * 10 + (self.0[place + 1] - b'0')
    }
}

impl Nir {
    /// Reads the thirteen characters and the key, from two boxes. The first box may hold all
    /// fifteen when the second is empty.
    ///
    /// # Errors
    /// As [`Nir13::parse`], then the faults of the key.
    pub fn parse(corps: &str, cle: &str) -> Result<Self, NirInvalide> {
        let separes = if significatifs(cle).next().is_none() { separer(corps) } else { None };
        let (corps, cle) = match &separes {
            Some((corps, cle)) => (corps.as_str(), cle.as_str()),
            None => (corps, cle),
        };
        let corps = Nir13::parse(corps)?;
        let mut chiffres = significatifs(cle).map(confondu);
        let cle = match (chiffres.next(), chiffres.next(), chiffres.next()) {
            (None, _, _) => return Err(NirInvalide::CleManque),
            (Some(c), None, _) if c.is_ascii_digit() && c != '0' => {
                // « 5 » for « 05 »: right if it agrees, else the second figure is still to come.
                let chiffre = c as u8 - b'0';
                if chiffre == corps.cle() {
                    chiffre
                } else {
                    return Err(NirInvalide::CleManque);
                }
            }
            (Some('0'), None, _) => return Err(NirInvalide::CleManque),
            (Some(d), Some(u), None) if d.is_ascii_digit() && u.is_ascii_digit() => {
                (d as u8 - b'0') * 10 + (u as u8 - b'0')
            }
            _ => return Err(NirInvalide::CleForme),
        };
        if cle == 0 || cle > 97 {
            return Err(NirInvalide::CleForme);
        }
        if cle != corps.cle() {
            return Err(NirInvalide::Cle);
        }
        Ok(Self { corps, cle })
    }

    /// The thirteen characters.
    pub const fn corps(&self) -> &Nir13 {
        &self.corps
    }

    /// The key, 1 to 97.
    pub const fn cle(&self) -> u8 {
        self.cle
    }

    /// The number masked but for its first character, as a screen may show it.
    pub fn masque(&self) -> String {
        let mut masque = String::with_capacity(40);
        masque.push(char::from(self.corps.0[0]));
        masque.push_str(" •• •• •• ••• ••• ••");
        masque
    }
}

/// A text of fifteen characters, split into the number and its key.
///
/// ```
/// use domaine::identite::nir::separer;
/// assert_eq!(separer("2 79 03 51 215 189 89"), Some(("2790351215189".into(), "89".into())));
/// assert_eq!(separer("2 79 03"), None);
/// ```
pub fn separer(texte: &str) -> Option<(String, String)> {
    let tous: String = significatifs(texte).collect();
    let fin = tous.char_indices().nth(13)?.0;
    (tous[fin..].chars().count() == 2).then(|| (tous[..fin].to_owned(), tous[fin..].to_owned()))
}

/// The thirteen characters grouped as on a carte Vitale, when the number is right.
pub fn grouper13(texte: &str) -> Option<String> {
    let nir = Nir13::parse(texte).ok()?;
    let mut groupe = String::with_capacity(18);
    for (place, c) in nir.as_str().chars().enumerate() {
        if matches!(place, 1 | 3 | 5 | 7 | 10) {
            groupe.push(' ');
        }
        groupe.push(c);
    }
    Some(groupe)
}

/// A NIR and a birth date that cannot both be right.
///
/// Source: DSN controls S21.G00.30.006/CCH-11; the month is compared only where the NIR has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Incoherence {
    /// The years differ.
    Annee,
    /// The years agree, the months differ.
    Mois,
}

/// Whether a NIR and a birth date agree.
///
/// # Errors
/// [`Incoherence`] names the part that differs.
pub fn coherence(nir: &Nir13, naissance: &DateNaissance) -> Result<(), Incoherence> {
    let lu = nir.lu();
    if u16::from(lu.annee) != naissance.annee() % 100 {
        return Err(Incoherence::Annee);
    }
    match (lu.mois, naissance.mois()) {
        (Some(du_nir), Some(civil)) if du_nir != civil => Err(Incoherence::Mois),
        _ => Ok(()),
    }
}

/// Something rare enough to be pointed at, never a reason to refuse: records older than the
/// rule exist. Source: DSN controls S21.G00.30.001/CCH-11 and .014/CCH-11.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remarque {
    /// 2A or 2B for a birth before 1976: it was 20 then.
    CorseAvant1976,
    /// 20 for a birth since 1976: it is 2A or 2B since.
    CorseDepuis1976,
    /// 96 (Tunisia) for a birth since 1968.
    TunisieDepuis1968,
}

/// What may be pointed at in a NIR, given the birth date.
pub fn remarque(nir: &Nir13, naissance: &DateNaissance) -> Option<Remarque> {
    match (&nir.0[5..7], naissance.annee()) {
        (b"2A" | b"2B", ..1976) => Some(Remarque::CorseAvant1976),
        (b"20", 1976..) => Some(Remarque::CorseDepuis1976),
        (b"96", 1968..) => Some(Remarque::TunisieDepuis1968),
        _ => None,
    }
}

/// The characters that count: separators that people and cards use are left out.
fn significatifs(texte: &str) -> impl Iterator<Item = char> {
    texte.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '‐' | '‑' | '–' | '—' | '/' | '_'))
}

/// O for 0, I or l for 1: the letters that a hand or a printer confuses.
fn confondu(c: char) -> char {
    match c {
        'O' | 'o' => '0',
        'I' | 'i' | 'l' | 'L' => '1',
        c => c,
    }
}

/// One character at its place. Only the 7th may be a letter, and only after a 2.
fn caractere(c: char, place: usize, avant: u8) -> Result<u8, NirInvalide> {
    match confondu(c) {
        chiffre @ '0'..='9' => Ok(chiffre as u8),
        'a' | 'A' if place == 6 && avant == b'2' => Ok(b'A'),
        'b' | 'B' if place == 6 && avant == b'2' => Ok(b'B'),
        lettre if place == 6 && lettre.is_ascii_alphabetic() => {
            Err(NirInvalide::Departement([char::from(avant), lettre.to_ascii_uppercase()]))
        }
        autre => Err(NirInvalide::Caractere(autre)),
    }
}

/// Judges the part that the last character completes.
fn juger(corps: &[u8; 13], longueur: usize) -> Result<(), NirInvalide> {
    let paire = |place: usize| [char::from(corps[place]), char::from(corps[place + 1])];
    match longueur {
        1 => match corps[0] {
            b'1' | b'2' => Ok(()),
            b'3' | b'4' | b'7' | b'8' => Err(NirInvalide::Provisoire),
            b'5' | b'6' => Err(NirInvalide::Migrant),
            _ => Err(NirInvalide::Sexe),
        },
        // 01-12, 20, 30-42 and 50-99.
        5 => match (corps[3], corps[4]) {
            (b'0', b'1'..=b'9') | (b'1', b'0'..=b'2') | (b'2', b'0') | (b'3', _) => Ok(()),
            (b'4', b'0'..=b'2') | (b'5'..=b'9', _) => Ok(()),
            _ => Err(NirInvalide::Mois(paire(3))),
        },
        7 if &corps[5..7] == b"00" => Err(NirInvalide::Departement(paire(5))),
        10 if &corps[7..10] == b"000" => Err(NirInvalide::Commune),
        13 if &corps[10..13] == b"000" => Err(NirInvalide::Ordre),
        _ => Ok(()),
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
