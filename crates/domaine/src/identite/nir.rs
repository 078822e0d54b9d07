//! The *numéro de sécurité sociale* (NIR): shape, key, masking, what it says of a person.
//! Knows nothing of accounts.
//!
//! Source of every rule: the official DSN dictionary (norms P24 to P26), data type
//! `Identifiant_Nir_13` and controls of S21.G00.30.001, .006 and .014. Where libraries are
//! stricter (communes up to 990) or laxer (any month from 20), the dictionary decides.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::latin;
use super::lieu::Lieu;
use super::naissance::DateNaissance;
use super::petit::Petit;

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
    /// All that stands so far can be right; this many of the 13 characters are missing, or of
    /// the 15 when the key is being typed behind them.
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

/// A text of fifteen characters, pasted into the box of the number: split into the number and its
/// key. Only its shape counts: it is for [`Nir::parse`] to judge.
///
/// ```
/// use domaine::identite::nir::separer;
/// assert_eq!(separer("2 79 03 51 215 189 89"), Some(("2790351215189".into(), "89".into())));
/// assert_eq!(separer("2 79 03"), None);
/// ```
pub fn separer(texte: &str) -> Option<(String, String)> {
    let tous: [u8; 15] = normalises(texte)?;
    let texte = |octets: &[u8]| octets.iter().map(|c| char::from(*c)).collect();
    Some((texte(&tous[..13]), texte(&tous[13..])))
}

/// A text of thirteen characters grouped as on a carte Vitale, right or not: a fault is easier to
/// find in a number that is easy to read.
///
/// ```
/// use domaine::identite::nir::grouper13;
/// assert_eq!(grouper13("2790351215189").as_deref(), Some("2 79 03 51 215 189"));
/// ```
pub fn grouper13(texte: &str) -> Option<String> {
    normalises(texte).map(|corps: [u8; 13]| grouper(&corps))
}

fn grouper(corps: &[u8; 13]) -> String {
    let mut groupe = String::with_capacity(21);
    for (place, c) in corps.iter().enumerate() {
        if matches!(place, 1 | 3 | 5 | 7 | 10) {
            groupe.push(' ');
        }
        groupe.push(char::from(*c));
    }
    groupe
}

/// Exactly that many characters, each of a kind that its place allows.
fn normalises<const N: usize>(texte: &str) -> Option<[u8; N]> {
    let mut tous = [0_u8; N];
    let mut longueur = 0;
    for c in significatifs(texte) {
        *tous.get_mut(longueur)? = caractere(c, longueur, tous[5]).ok()?;
        longueur += 1;
    }
    (longueur == N).then_some(tous)
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

/// What follows the thirteen characters: the key, or too much. Three characters are enough to know.
#[derive(Default, PartialEq, Eq)]
struct Suite {
    chiffres: [char; 2],
    longueur: u8,
}

impl Suite {
    fn de(texte: &str) -> Self {
        let mut suite = Self::default();
        significatifs(texte).for_each(|c| suite.ajouter(c));
        suite
    }

    fn ajouter(&mut self, c: char) {
        if let Some(place) = self.chiffres.get_mut(usize::from(self.longueur)) {
            *place = confondu(c);
        }
        self.longueur = (self.longueur + 1).min(3);
    }

    const fn est_vide(&self) -> bool {
        self.longueur == 0
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

/// The characters that count. Left out: spaces of any width, the separators that people and cards
/// use, and the invisible marks that copying brings along.
fn significatifs(texte: &str) -> impl Iterator<Item = char> {
    texte
        .chars()
        .filter(|c| !latin::est_blanc(*c) && !matches!(c, '.' | '-' | '\u{2010}'..='\u{2014}' | '/' | '_' | '·'))
}

/// O for 0, I or l for 1: the letters that a hand or a printer confuses.
const fn confondu(c: char) -> char {
    match c {
        'O' | 'o' => '0',
        'I' | 'i' | 'l' | 'L' => '1',
        c => c,
    }
}

/// One character at its place. Only the 7th may be a letter, and only after a 2; there, no letter
/// is taken for a figure, since a letter is expected.
fn caractere(c: char, place: usize, avant: u8) -> Result<u8, NirInvalide> {
    match c {
        '0'..='9' => Ok(c as u8),
        'a' | 'A' if place == 6 && avant == b'2' => Ok(b'A'),
        'b' | 'B' if place == 6 && avant == b'2' => Ok(b'B'),
        _ => match confondu(c) {
            chiffre @ '0'..='9' if place != 6 || avant != b'2' => Ok(chiffre as u8),
            _ if place == 6 && c.is_ascii_alphabetic() => {
                Err(NirInvalide::Departement([char::from(avant), c.to_ascii_uppercase()]))
            }
            _ => Err(NirInvalide::Caractere(c)),
        },
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
        13 if &corps[7..13] == b"999999" => Err(NirInvalide::Factice),
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

impl fmt::Debug for NirLu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NirLu(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_judged_from_its_first_character() {
        assert_eq!(Nir13::parse("3"), Err(NirInvalide::Provisoire));
        assert_eq!(Nir13::parse("28513"), Err(NirInvalide::Mois(['1', '3'])));
        assert_eq!(Nir13::parse("285012C"), Err(NirInvalide::Departement(['2', 'C'])));
        assert_eq!(Nir13::parse("285012O"), Err(NirInvalide::Departement(['2', 'O'])));
        assert_eq!(Nir13::parse("285012"), Err(NirInvalide::Manque(Petit(7))));
        assert_eq!(Nir13::parse("2790351215189 8"), Err(NirInvalide::TropLong));
        assert_eq!(Nir13::parse("1999999999999"), Err(NirInvalide::Factice));
    }

    #[test]
    fn both_published_methods_give_the_same_key_for_corsica() {
        // The other method reads the letter as 0 and takes off one or two millions.
        for (texte, entier) in
            [("180012A999001", 1_800_120_999_001_u64 - 1_000_000), ("180012B999001", 1_800_120_999_001 - 2_000_000)]
        {
            assert_eq!(u64::from(Nir13::parse(texte).unwrap().cle()), 97 - entier % 97);
        }
    }

    #[test]
    fn a_key_is_judged_from_its_first_figure() {
        let parse = |cle| Nir::parse("1800175999029", cle);
        assert_eq!(parse("09").map(|nir| nir.cle()), Ok(9));
        assert_eq!(parse("9").map(|nir| nir.cle()), Ok(9));
        assert_eq!(parse("0"), Err(NirInvalide::CleManque));
        assert_eq!(parse("1"), Err(NirInvalide::Cle));
        assert_eq!(parse("O9").map(|nir| nir.cle()), Ok(9));
        assert_eq!(parse("19"), Err(NirInvalide::Cle));
        assert_eq!(parse("99"), Err(NirInvalide::CleForme));
        assert_eq!(parse("009"), Err(NirInvalide::CleForme));
        assert_eq!(parse("x"), Err(NirInvalide::CleForme));
    }

    #[test]
    fn fifteen_characters_in_the_first_box_are_understood() {
        assert!(Nir::parse("279035121518989", "").is_ok());
        assert!(Nir::parse("279035121518989", "89").is_ok());
        assert_eq!(Nir::parse("27903512151898", ""), Err(NirInvalide::Manque(Petit(1))));
        assert_eq!(Nir::parse("27903512151891", ""), Err(NirInvalide::TropLong));
        assert_eq!(Nir::parse("27903512151891", "89"), Err(NirInvalide::TropLong));
        assert_eq!(Nir::parse("279035121518989", "88"), Err(NirInvalide::TropLong));
        assert_eq!(Nir::parse("2790351215189890", ""), Err(NirInvalide::TropLong));
    }

    #[test]
    fn a_number_is_grouped_or_masked_and_debug_shows_nothing() {
        let nir = Nir::parse15("279035121518989").unwrap();
        assert_eq!(nir.groupe(), "2 79 03 51 215 189 89");
        assert_eq!(nir.masque(), "2 •• •• •• ••• ••• ••");
        assert_eq!(format!("{nir:?} {:?} {:?}", nir.corps(), nir.corps().lu()), "Nir(…) Nir13(…) NirLu(…)");
        assert_eq!(grouper13("279135121518"), None);
        assert_eq!(grouper13("180012a999001").as_deref(), Some("1 80 01 2A 999 001"));
        assert_eq!(separer("un texte de quinze"), None);
    }
}
