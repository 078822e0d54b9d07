//! Names as people write them. Kept as typed: altering a civil-status name is no small thing.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{latin, spelling};

/// A birth name or given names: 1 to 80 characters of the Latin alphabet, kept as typed but for
/// the spaces around them, composed (NFC). `Debug` shows nothing of it.
///
/// Any Latin letter is accepted, not only those of French civil status (circular JUSC1412888C of
/// 23 July 2014): people born elsewhere have a name too. Beside letters, a name may have spaces,
/// hyphens (« -- » included, found in acts of 2004 to 2010), apostrophes, dots, the middle dot of
/// Catalan, and the commas that identity cards put between given names. What keyboards and word processors
/// write for a hyphen or an apostrophe is one.
///
/// Somebody may have one name only: in place of the other stands none ([`Nom::parse_if_any`]).
///
/// Source of the length: DSN rubrics S21.G00.30.002 and .004.
///
/// ```
/// use domaine::identite::{Nom, NomInvalide};
/// let nom = Nom::parse(" L’Haÿ-Peña ").unwrap();
/// assert_eq!(nom.as_str(), "L’Haÿ-Peña");
/// assert!(nom.is_also(&Nom::parse("LHAY PENA").unwrap()));
/// assert!(Nom::parse("Müller").unwrap().is_also(&Nom::parse("MUELLER").unwrap()));
/// assert_eq!(Nom::parse("Иван"), Err(NomInvalide::Alphabet('И')));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nom(String);

/// Why a text is not a name: the first character that cannot be in one, else what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NomInvalide {
    /// Nothing was typed.
    #[serde(rename = "vide")]
    Empty,
    /// More than 80 characters.
    #[serde(rename = "trop_long")]
    TooLong,
    /// A figure.
    #[serde(rename = "chiffre")]
    Digit(char),
    /// A letter of another alphabet than the Latin one.
    Alphabet(char),
    /// A character that names do not have. The replacement character stands for an invisible one.
    Caractere(char),
    /// Both said to be none: a person has one at least.
    #[serde(rename = "aucun")]
    NeitherOne,
    /// Hyphens, spaces or apostrophes, and no letter yet.
    #[serde(rename = "sans_lettre")]
    NoLetter,
}

impl NomInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn can_become_right(&self) -> bool {
        matches!(self, Self::Empty | Self::NeitherOne | Self::NoLetter)
    }
}

/// The most characters a name may have. Source: DSN rubrics S21.G00.30.002 and .004.
pub const MAX_LENGTH: usize = 80;

/// What is kept and shown in place of a name that somebody does not have: no name is written so.
pub const NONE: &str = "-";

impl Nom {
    /// Reads a name.
    ///
    /// # Errors
    /// The first character that names do not have, else what is missing.
    pub fn parse(text: &str) -> Result<Self, NomInvalide> {
        let text = text.trim_matches(latin::is_space);
        if text.is_empty() {
            return Err(NomInvalide::Empty);
        }
        let mut after_a_letter = false;
        let mut letters = 0;
        for c in text.chars() {
            after_a_letter = match c {
                c if latin::is_latin(c) => {
                    letters += 1;
                    true
                }
                // A mark is written on a letter; alone, it would fall on whatever is before it.
                c if latin::is_mark(c) && after_a_letter => true,
                ' ' | '\u{a0}' | '\u{202f}' | '.' | '·' | ',' => false,
                c if latin::is_hyphen(c) || latin::is_apostrophe(c) => false,
                '0'..='9' => return Err(NomInvalide::Digit(c)),
                c if latin::is_of_another_alphabet(c) && !latin::is_invisible(c) => {
                    return Err(NomInvalide::Alphabet(c));
                }
                c => return Err(NomInvalide::Caractere(latin::presentable(c))),
            };
        }
        let nom = latin::composer(text);
        if nom.chars().count() > MAX_LENGTH {
            return Err(NomInvalide::TooLong);
        }
        if letters == 0 {
            return Err(NomInvalide::NoLetter);
        }
        Ok(Self(nom))
    }

    /// Reads a name where there may be none, which forms and payroll say in words (« sans prénom », SNP) or with a
    /// hyphen or a dot alone. Nothing at all says nothing.
    ///
    /// ```
    /// use domaine::identite::{Nom, NomInvalide};
    /// for text in ["sans prénom", "SNP", "-"] {
    ///     assert!(Nom::parse_if_any(text).unwrap().is_none());
    /// }
    /// assert_eq!(Nom::parse_if_any(""), Err(NomInvalide::Empty));
    /// assert_eq!(Nom::parse_if_any("Sanson").unwrap().as_str(), "Sanson");
    /// ```
    ///
    /// # Errors
    /// As [`Nom::parse`].
    pub fn parse_if_any(text: &str) -> Result<Self, NomInvalide> {
        const WORDS: [&str; 7] =
            ["SANSPRENOM", "SANSPRENOMS", "SANSNOM", "SANSNOMDENAISSANCE", "SANSNOMDEFAMILLE", "SNP", "SP"];
        let mut letters = String::new();
        let signs = text.trim_matches(latin::is_space);
        signs.chars().filter(|c| latin::is_latin(*c)).for_each(|c| latin::fold(c, &mut letters));
        let hyphens = !signs.is_empty() && signs.chars().all(|c| c == '.' || latin::is_hyphen(c));
        match Self::parse(text) {
            _ if hyphens => Ok(Self::none()),
            Ok(_) if WORDS.contains(&letters.as_str()) => Ok(Self::none()),
            nom => nom,
        }
    }

    /// What stands in place of a name that somebody does not have.
    pub fn none() -> Self {
        Self(NONE.to_owned())
    }

    /// Whether it stands for no name.
    pub fn is_none(&self) -> bool {
        self.0 == NONE
    }

    /// The name that a person is compared by: the birth name, else the only one there is.
    pub fn compared<'a>(nom: &'a Self, prenoms: &'a Self) -> &'a Self {
        if nom.is_none() { prenoms } else { nom }
    }

    /// The name as typed; [`NONE`] for none.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the two can be spellings of one name: accents, capitals, spaces, hyphens and apostrophes do not count,
    /// and neither does how a letter that a keyboard lacks was written without it (« ü » as U or UE).
    ///
    /// Either side may be the other. It is no equivalence: « Müller » is also « Muller » and « Mueller », which are two
    /// names. Source of the letters: ICAO, Doc 9303 part 3, section 6 (what passports write for them).
    pub fn is_also(&self, other: &Self) -> bool {
        self == other || spelling::agree(&self.0, &other.0)
    }
}

impl fmt::Debug for Nom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nom(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(first: &str, second: &str) -> bool {
        let (first, second) = (Nom::parse(first).unwrap(), Nom::parse(second).unwrap());
        assert_eq!(first.is_also(&second), second.is_also(&first));
        first.is_also(&second)
    }

    #[test]
    fn a_name_is_kept_as_typed_but_composed() {
        assert_eq!(Nom::parse("  de  La\u{a0}Tour ").unwrap().as_str(), "de  La\u{a0}Tour");
        assert_eq!(Nom::parse("Zoe\u{308}").unwrap().as_str(), "Zoë");
        assert_eq!(Nom::parse("Nguye\u{302}\u{303}n").unwrap().as_str(), "Nguyễn");
        assert_eq!(Nom::parse("O").unwrap().as_str(), "O");
    }

    #[test]
    fn spellings_of_one_name_are_one() {
        for (first, second) in [
            ("Jean-Paul", "JEAN  PAUL"),
            ("Dominique, Marie-Louise", "dominique marie louise"),
            ("Lœtitia", "LOETITIA"),
            ("Kahʻalewai", "Kah'alewai"),
            ("Le Goff", "LEGOFF"),
            ("D’Arlac", "DARLAC"),
        ] {
            assert!(one(first, second), "{first} {second}");
        }
        assert!(!one("Dupont", "Dupond"));
    }

    #[test]
    fn what_stands_for_a_hyphen_or_an_apostrophe_is_one_and_is_kept_as_typed() {
        for sign in "‘´`′–−'’ʼʻ-‐‑".chars() {
            let typed = format!("O{sign}Hara");
            assert_eq!(Nom::parse(&typed).unwrap().as_str(), typed);
            assert!(one(&typed, "OHARA"), "{sign}");
            assert!(one(&typed, "O’Hara"), "{sign}");
        }
    }

    #[test]
    fn the_first_character_that_names_do_not_have_is_reported() {
        assert_eq!(Nom::parse("J3an@"), Err(NomInvalide::Digit('3')));
        assert_eq!(Nom::parse("\u{301}e"), Err(NomInvalide::Caractere('\u{301}')));
        assert_eq!(Nom::parse("Ali\u{200f}ce"), Err(NomInvalide::Caractere('\u{fffd}')));
        assert_eq!(Nom::parse("Ali\tce"), Err(NomInvalide::Caractere('\u{fffd}')));
    }

    #[test]
    fn eighty_characters_are_the_most_however_they_were_typed() {
        assert!(Nom::parse(&"e\u{301}".repeat(80)).is_ok());
        assert_eq!(Nom::parse(&"é".repeat(81)), Err(NomInvalide::TooLong));
    }

    #[test]
    fn none_is_said_in_words_or_with_a_sign_and_a_name_that_begins_so_is_one() {
        for text in [
            "sans prénom",
            "SANS PRENOMS",
            "Sans nom",
            "sans nom de naissance",
            "SNP",
            "S.N.P.",
            "sp",
            "-",
            "–",
            ".",
            "--",
        ] {
            let nom = Nom::parse_if_any(text).unwrap();
            assert!(nom.is_none() && nom.as_str() == NONE, "{text}");
            assert!(Nom::parse(nom.as_str()).is_err());
        }
        for text in ["Sanson", "Sans", "Snpo", "S", "O", "Sans-Terre"] {
            assert_eq!(Nom::parse_if_any(text), Nom::parse(text), "{text}");
        }
        for text in ["", " ", ",", "'", "3"] {
            assert_eq!(Nom::parse_if_any(text), Nom::parse(text), "{text}");
        }
    }

    #[test]
    fn a_person_of_one_name_is_compared_by_it_wherever_it_stands() {
        let (none, name) = (Nom::parse_if_any("-").unwrap(), Nom::parse("Suharto").unwrap());
        assert_eq!(Nom::compared(&name, &none), &name);
        assert_eq!(Nom::compared(&none, &name), &name);
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Nom::parse("Camille").unwrap()), "Nom(…)");
    }
}
