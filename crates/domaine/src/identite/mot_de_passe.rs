//! What makes a password strong enough. Nothing here keeps one.
//!
//! Source: CNIL, délibération 2022-100 of 21 July 2022 (recommendation on passwords): 80 bits for
//! a password alone, 50 bits where repeated attempts are slowed down or blocked, which the server
//! does; no renewal imposed. Length comes first: no kind of character is required.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::latin;
use super::small::Petit;

/// A password strong enough, kept only as long as it takes to hash it. `Debug` shows nothing of it.
///
/// ```
/// use domaine::identite::{MotDePasse, MotDePasseInvalide};
/// assert!(MotDePasse::parse("trois grues vertes").is_ok());
/// assert!(matches!(MotDePasse::parse("azerty"), Err(MotDePasseInvalide::Faible { .. })));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct MotDePasse(String);

/// Why a text cannot be a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MotDePasseInvalide {
    /// Nothing was typed.
    Vide,
    /// Not strong enough: this many more characters of the same kinds would do.
    Faible {
        /// How many more characters.
        manque: Petit,
    },
    /// More than 256 characters.
    TropLong,
    /// A control character, which no keyboard can type again.
    Caractere,
    /// Holds one's own name or e-mail.
    Personnel,
    /// Among those that everybody chooses: told by the server.
    Courant,
}

impl MotDePasseInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn peut_devenir_juste(&self) -> bool {
        matches!(self, Self::Vide | Self::Faible { .. })
    }
}

/// The strength from which a password is accepted, in bits. Source: CNIL 2022, password with
/// slowed down attempts.
pub const SEUIL_ACCEPTE: u16 = 50;
/// The strength that is advised, in bits. Source: CNIL 2022, password alone.
pub const SEUIL_CONSEILLE: u16 = 80;
/// The most characters a password may have: a bound on hashing, not on strength.
pub const LONGUEUR_MAXIMALE: usize = 256;

/// How strong a password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Robustesse {
    milli_bits: u32,
    par_caractere: u32,
}

impl Robustesse {
    /// Whole bits, rounded down.
    pub fn bits(self) -> u16 {
        u16::try_from(self.milli_bits / 1_000).unwrap_or(u16::MAX)
    }

    /// How many more characters of the same kinds reach that many bits; 0 when they are reached.
    pub const fn manque(self, seuil: u16) -> usize {
        (seuil as u32 * 1_000).saturating_sub(self.milli_bits).div_ceil(self.par_caractere) as usize
    }
}

/// Measures a password: its length times the bits of the alphabets it draws from, as the CNIL
/// counts them, in thousandths of a bit since no fraction of a number may enter here.
///
/// A character that only repeats or continues what is before it counts for nothing: aaaa, 1234,
/// azerty, motdepassemotdepasse.
///
/// ```
/// use domaine::identite::mot_de_passe::{SEUIL_ACCEPTE, mesurer};
/// assert_eq!(mesurer("8402957316482059").bits(), 53);
/// assert_eq!(mesurer("1234567890123456").bits(), 6);
/// assert_eq!(mesurer("grues vert").manque(SEUIL_ACCEPTE), 0);
/// ```
pub fn mesurer(texte: &str) -> Robustesse {
    let caracteres: Vec<char> = texte.chars().map(|c| c.to_ascii_lowercase()).collect();
    let (mut chiffres, mut minuscules, mut majuscules, mut autres) = (0, 0, 0, 0);
    for c in texte.chars() {
        match c {
            '0'..='9' => chiffres = 10,
            'a'..='z' => minuscules = 26,
            'A'..='Z' => majuscules = 26,
            // Special characters; letters with accents are among them, fewer people try those.
            _ => autres = 37,
        }
    }
    let par_caractere = milli_bits(chiffres + minuscules + majuscules + autres);
    let comptes = (1..=caracteres.len()).filter(|fin| !est_attendu(&caracteres[..*fin])).count();
    Robustesse { milli_bits: u32::try_from(comptes).unwrap_or(u32::MAX).saturating_mul(par_caractere), par_caractere }
}

/// The rows of keyboards and the runs that fingers follow.
const SUITES: [&[u8]; 8] = [
    b"abcdefghijklmnopqrstuvwxyz",
    b"012345678901",
    b"azertyuiop",
    b"qsdfghjklm",
    b"wxcvbn",
    b"qwertyuiop",
    b"asdfghjkl",
    b"zxcvbnm",
];

/// Whether the last character is no surprise after those before it: with the two before, it
/// makes a run, or three characters that were already there.
fn est_attendu(caracteres: &[char]) -> bool {
    let [debut @ .., a, b, c] = caracteres else { return false };
    (a == b && b == c) || est_une_suite([*a, *b, *c]) || {
        let avant = &caracteres[..debut.len() + 2];
        avant.windows(3).any(|trois| trois == [*a, *b, *c])
    }
}

/// Whether these three follow one another on a keyboard or in the alphabet, one way or the other.
fn est_une_suite(trois: [char; 3]) -> bool {
    let [Ok(a), Ok(b), Ok(c)] = trois.map(u8::try_from) else { return false };
    SUITES.iter().flat_map(|suite| suite.windows(3)).any(|suite| suite == [a, b, c] || suite == [c, b, a])
}

/// 1 000 times the base-2 logarithm of the sizes that four alphabets can add up to, rounded down.
/// Without a character yet, small letters are what comes first.
const fn milli_bits(alphabet: u32) -> u32 {
    match alphabet {
        10 => 3_321,
        0 | 26 => 4_700,
        36 => 5_169,
        37 => 5_209,
        47 => 5_554,
        52 => 5_700,
        62 => 5_954,
        63 => 5_977,
        73 => 6_189,
        89 => 6_475,
        _ => 6_629,
    }
}

impl MotDePasse {
    /// Judges a password.
    ///
    /// # Errors
    /// [`MotDePasseInvalide`], with how many characters are missing.
    pub fn parse(texte: &str) -> Result<Self, MotDePasseInvalide> {
        if texte.is_empty() {
            return Err(MotDePasseInvalide::Vide);
        }
        if texte.chars().any(char::is_control) {
            return Err(MotDePasseInvalide::Caractere);
        }
        if texte.chars().count() > LONGUEUR_MAXIMALE {
            return Err(MotDePasseInvalide::TropLong);
        }
        match mesurer(texte).manque(SEUIL_ACCEPTE) {
            0 => Ok(Self(texte.to_owned())),
            manque => Err(MotDePasseInvalide::Faible { manque: Petit::borne(manque) }),
        }
    }

    /// The password itself, for whoever hashes it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether it is little more than these details of the person (names, e-mail, birth date):
    /// without their words, in any case and with any accents, what is left would not be strong
    /// enough. A long sentence may hold a first name.
    ///
    /// ```
    /// use domaine::identite::MotDePasse;
    /// let details = ["Pat-Trois", "Dominique", "d.pat@example.org"];
    /// assert!(MotDePasse::parse("DOMINIQUE-pat-trois!").unwrap().contient_personnel(&details));
    /// assert!(!MotDePasse::parse("dominique aime les grues vertes").unwrap().contient_personnel(&details));
    /// ```
    pub fn contient_personnel(&self, details: &[&str]) -> bool {
        let (replies, rangs) = replier(&self.0);
        let mut personnels = vec![false; self.0.chars().count()];
        let separe = |c: char| !c.is_ascii_digit() && !latin::est_latine(c) && !latin::est_marque(c);
        for mot in details.iter().flat_map(|detail| detail.split(separe)) {
            let (mot, _) = replier(mot);
            // Shorter ones are in every text.
            if mot.len() < 3 {
                continue;
            }
            for (debut, fenetre) in replies.windows(mot.len()).enumerate() {
                if fenetre == mot {
                    rangs[debut..debut + mot.len()].iter().for_each(|rang| personnels[*rang] = true);
                }
            }
        }
        let reste: String =
            self.0.chars().zip(&personnels).filter(|(_, personnel)| !**personnel).map(|(c, _)| c).collect();
        personnels.contains(&true) && mesurer(&reste).manque(SEUIL_ACCEPTE) > 0
    }
}

/// The text in capitals without accents, and for each letter the rank of the one it comes from.
fn replier(texte: &str) -> (Vec<char>, Vec<usize>) {
    let (mut replies, mut rangs) = (Vec::new(), Vec::new());
    let mut lettre = String::new();
    for (rang, c) in texte.chars().enumerate() {
        lettre.clear();
        latin::replier(c, &mut lettre);
        for c in lettre.chars() {
            replies.push(c);
            rangs.push(rang);
        }
    }
    (replies, rangs)
}

impl fmt::Debug for MotDePasse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MotDePasse(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_counted_as_the_cnil_counts_them() {
        for (texte, bits) in [
            ("kx7fpq2vmz5w", 62),
            ("Kx7!pQz2mWv9", 79),
            ("Kx7mpQz2mWv9bt", 83),
            ("Kx7!pQz2", 53),
            ("8402957316482059", 53),
            ("", 0),
        ] {
            assert_eq!(mesurer(texte).bits(), bits);
        }
    }

    #[test]
    fn what_only_repeats_or_continues_counts_for_nothing() {
        for (texte, comme) in [
            ("aaaaaaaa", "aa"),
            ("12345678", "12"),
            ("87654321", "87"),
            ("AzErTyUiOp", "Az"),
            ("mlkjhgfdsq", "ml"),
            ("xkxkxkxkxk", "xkxk"),
            ("vertgruevertgrue", "vertgrueve"),
        ] {
            assert_eq!(mesurer(texte).bits(), mesurer(comme).bits(), "{texte}");
        }
    }

    #[test]
    fn what_is_missing_is_told_and_is_enough() {
        let Err(MotDePasseInvalide::Faible { manque }) = MotDePasse::parse("grues") else { panic!("accepted") };
        assert_eq!(manque, Petit(6));
        assert!(MotDePasse::parse("gruesmarche").is_ok());
        assert_eq!(mesurer("").manque(SEUIL_ACCEPTE), 11);
    }

    #[test]
    fn a_password_made_of_oneself_is_seen_and_a_long_sentence_is_left_alone() {
        let juge = |texte: &str, details: &[&str]| MotDePasse::parse(texte).unwrap().contient_personnel(details);
        assert!(juge("Éléonore-Lœven-1979", &["eleonore", "LOEVEN", "1979-03-28"]));
        assert!(juge("jean.dupont@example.org", &["jean.dupont@example.org"]));
        assert!(!juge("Kx7!pQz2mWv9", &["Léa", "a@b.fr"]));
        assert!(!juge("quatre chevaux bleus de Léa", &["Léa"]));
        assert!(!juge("gruesmarche", &["", "-", "gr"]));
    }

    #[test]
    fn a_password_is_bounded_and_can_be_typed_again() {
        assert_eq!(MotDePasse::parse(&"xk7!".repeat(65)), Err(MotDePasseInvalide::TropLong));
        assert_eq!(MotDePasse::parse("trois\0grues vertes"), Err(MotDePasseInvalide::Caractere));
        assert_eq!(format!("{:?}", MotDePasse::parse("gruesmarche").unwrap()), "MotDePasse(…)");
        assert_eq!(MotDePasse::parse(" gruesmarche ").unwrap().expose(), " gruesmarche ");
    }
}
