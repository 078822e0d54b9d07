//! E-mail addresses: shape only. Whether somebody reads them, only a message can tell.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::latin;

/// An e-mail address of plausible shape, kept as typed. `Debug` shows nothing of it.
///
/// Names and domains in accented letters are accepted (RFC 6531); quoted names and addresses in
/// brackets, which nobody has, are not.
///
/// ```
/// use domaine::identite::{Courriel, CourrielInvalide};
/// assert!(Courriel::parse("dominique@example.org").is_ok());
/// assert_eq!(Courriel::parse("dominique@example"), Err(CourrielInvalide::MissingPoint));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Courriel(String);

/// Why a text is not an e-mail address: the first part, from the left, that cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CourrielInvalide {
    /// Nothing was typed.
    #[serde(rename = "vide")]
    Empty,
    /// The @ is still missing.
    #[serde(rename = "arobase")]
    AtSign,
    /// More than one @.
    #[serde(rename = "deux_arobases")]
    TwoAtSigns,
    /// Nothing before the @.
    #[serde(rename = "avant_arobase")]
    BeforeAtSign,
    /// A space inside.
    #[serde(rename = "espace")]
    Space,
    /// Nothing after the @, or it ends in the middle.
    Domaine,
    /// No dot after the @ yet.
    #[serde(rename = "point_manque")]
    MissingPoint,
    /// Two dots in a row, or a dot or hyphen where none can be.
    Point,
    /// A character that no address has. The replacement character stands for an invisible one.
    Caractere(char),
    /// Longer than an address can be (254 characters, 64 before the @). Source: RFC 5321.
    #[serde(rename = "trop_long")]
    TooLong,
}

impl CourrielInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn can_become_right(&self) -> bool {
        matches!(self, Self::Empty | Self::AtSign | Self::Domaine | Self::MissingPoint)
    }
}

/// The most characters before the @, in bytes. Source: RFC 5321, 4.5.3.1.1.
const MAX_NOM: usize = 64;
/// The most characters between two dots of a domain. Source: RFC 1035, 2.3.4.
const MAX_LABEL: usize = 63;
/// The most characters in all, in bytes. Source: RFC 5321, 4.5.3.1.3, without its brackets.
const MAX_LENGTH: usize = 254;

impl Courriel {
    /// Reads an address.
    ///
    /// # Errors
    /// The first part that cannot be right, else what is missing at the end.
    pub fn parse(text: &str) -> Result<Self, CourrielInvalide> {
        let text = text.trim_matches(latin::is_blank);
        if text.is_empty() {
            return Err(CourrielInvalide::Empty);
        }
        let mut in_the_domain = false;
        // Where the name, or the present label of the domain, begins.
        let mut start = 0;
        let mut before = '.';
        for (place, c) in text.char_indices() {
            let end = place + c.len_utf8();
            match c {
                '@' if in_the_domain => return Err(CourrielInvalide::TwoAtSigns),
                '@' if place == 0 => return Err(CourrielInvalide::BeforeAtSign),
                // A dot between two characters; a hyphen of the domain likewise.
                '@' | '.' if before == '.' => return Err(CourrielInvalide::Point),
                '.' if in_the_domain && before == '-' => return Err(CourrielInvalide::Point),
                '-' if in_the_domain && before == '.' => return Err(CourrielInvalide::Point),
                c if latin::is_space(c) => return Err(CourrielInvalide::Space),
                '@' | '.' | '-' | '0'..='9' => {}
                c if latin::is_latin(c) || latin::is_mark(c) || latin::is_of_another_alphabet(c) => {}
                '!' | '#'..='\'' | '*' | '+' | '/' | '=' | '?' | '^'..='`' | '{'..='~' if !in_the_domain => {}
                c => return Err(CourrielInvalide::Caractere(latin::presentable(c))),
            }
            if c == '@' || c == '.' && in_the_domain {
                in_the_domain = true;
                start = end;
            }
            let maximum = if in_the_domain { MAX_LABEL } else { MAX_NOM };
            if end - start > maximum || end > MAX_LENGTH {
                return Err(CourrielInvalide::TooLong);
            }
            // The domain begins as after a dot: neither a dot nor a hyphen can follow.
            before = if c == '@' { '.' } else { c };
        }
        let Some((_, domaine)) = text.split_once('@') else { return Err(CourrielInvalide::AtSign) };
        match domaine.rsplit_once('.') {
            None if domaine.is_empty() || domaine.ends_with('-') => Err(CourrielInvalide::Domaine),
            None => Err(CourrielInvalide::MissingPoint),
            // A top-level name has at least two characters and begins with a letter (RFC 3696, 2):
            // one alone may be its beginning, a figure that of one more label.
            Some((_, end))
                if end.chars().nth(1).is_none()
                    || end.starts_with(|c: char| c.is_ascii_digit())
                    || end.ends_with('-') =>
            {
                Err(CourrielInvalide::Domaine)
            }
            Some(_) => Ok(Self(text.to_owned())),
        }
    }

    /// The address as typed, without the spaces around it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Domains that many people of France have their address at.
const COMMON: [&str; 13] = [
    "gmail.com",
    "hotmail.fr",
    "hotmail.com",
    "orange.fr",
    "wanadoo.fr",
    "laposte.net",
    "yahoo.fr",
    "yahoo.com",
    "outlook.fr",
    "outlook.com",
    "icloud.com",
    "protonmail.com",
    "numericable.fr",
];

/// Domains that look like a slip of a common one and where people have addresses: a family, a company, a provider.
const NEIGHBOURS: [&str; 3] = ["orage.fr", "oranger.fr", "oranges.fr"];

/// Slips of more than one key, or on names too short to guess, at domains where nobody has an address.
const GLISSADES: [(&str, &str); 4] =
    [("gmail.fr", "gmail.com"), ("gmail.co", "gmail.com"), ("free.f", "free.fr"), ("sfr.f", "sfr.fr")];

/// The address that was probably meant, when its domain is one key away from a common one.
/// Proposed to the person, never put in its place.
///
/// ```
/// use domaine::identite::courriel::suggestion;
/// assert_eq!(suggestion("dominique@gmial.com").as_deref(), Some("dominique@gmail.com"));
/// assert_eq!(suggestion("dominique@example.org"), None);
/// ```
pub fn suggestion(text: &str) -> Option<String> {
    let (nom, domaine) = text.trim_matches(latin::is_blank).split_once('@')?;
    let domaine = domaine.to_ascii_lowercase();
    if nom.is_empty() || NEIGHBOURS.contains(&domaine.as_str()) || COMMON.contains(&domaine.as_str()) {
        return None;
    }
    let glissade = GLISSADES.iter().find(|(typed, _)| *typed == domaine).map(|(_, wanted)| *wanted);
    let wanted = glissade.or_else(|| COMMON.into_iter().find(|wanted| is_a_slip(&domaine, wanted)))?;
    Some([nom, "@", wanted].concat())
}

/// Whether the domain is one key away from the other, and cannot be a third one where somebody else has the address:
/// cloud.com is no slip of icloud.com, nor hotmail.fi of hotmail.fr.
fn is_a_slip(typed: &str, wanted: &str) -> bool {
    let (Some((_, end)), Some((_, wanted_end))) = (typed.rsplit_once('.'), wanted.rsplit_once('.')) else {
        return false;
    };
    // The first letter is the one that is seldom mistyped; two letters at the end are a country.
    let same_start = typed.as_bytes().first() == wanted.as_bytes().first();
    let another_country = end.len() == 2 && end != wanted_end;
    same_start && !another_country && one_key_away(typed.as_bytes(), wanted.as_bytes())
}

/// Whether one key more, one less, another one, or two exchanged, make one text of the other.
fn one_key_away(typed: &[u8], wanted: &[u8]) -> bool {
    let common = typed.iter().zip(wanted).take_while(|(a, b)| a == b).count();
    match (&typed[common..], &wanted[common..]) {
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a, b, tail @ ..], [c, d, end @ ..]) if a == d && b == c && tail == end => true,
        ([_, tail @ ..], end) | (end, [_, tail @ ..]) if tail == end => true,
        _ => false,
    }
}

impl fmt::Debug for Courriel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Courriel(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_judged_from_its_first_character() {
        for (text, faute) in [
            (".a", CourrielInvalide::Point),
            ("a.@", CourrielInvalide::Point),
            ("@", CourrielInvalide::BeforeAtSign),
            ("a@-", CourrielInvalide::Point),
            ("a@.", CourrielInvalide::Point),
            ("a@b-.", CourrielInvalide::Point),
            ("a@b_", CourrielInvalide::Caractere('_')),
            ("a@b@", CourrielInvalide::TwoAtSigns),
            ("a@b-", CourrielInvalide::Domaine),
            ("a@b.1", CourrielInvalide::Domaine),
            ("a@b.12", CourrielInvalide::Domaine),
            ("<a@b.fr>", CourrielInvalide::Caractere('<')),
        ] {
            assert_eq!(Courriel::parse(text), Err(faute), "{text}");
        }
    }

    #[test]
    fn the_lengths_of_the_standard_are_the_most() {
        let address =
            |nom: usize, label: usize| ["a".repeat(nom), "@".into(), "b".repeat(label), ".fr".into()].concat();
        assert!(Courriel::parse(&address(64, 63)).is_ok());
        assert_eq!(Courriel::parse(&address(65, 2)), Err(CourrielInvalide::TooLong));
        assert_eq!(Courriel::parse(&address(1, 64)), Err(CourrielInvalide::TooLong));
        let long = ["a@".into(), "b2345678.".repeat(28), "fr".into()].concat();
        assert_eq!(long.len(), 256);
        assert_eq!(Courriel::parse(&long), Err(CourrielInvalide::TooLong));
    }

    #[test]
    fn a_slip_is_proposed_and_a_real_domain_is_left_alone() {
        for (typed, wanted) in [
            ("a@gmial.com", Some("a@gmail.com")),
            ("a@gmail.co", Some("a@gmail.com")),
            ("a@gmail.fr", Some("a@gmail.com")),
            ("a@Hotmial.fr", Some("a@hotmail.fr")),
            ("a@ornage.fr", Some("a@orange.fr")),
            ("a@wanado.fr", Some("a@wanadoo.fr")),
            ("a@yahoo.ffr", Some("a@yahoo.fr")),
            ("a@gmail.con", Some("a@gmail.com")),
            ("José+b@gmial.com", Some("José+b@gmail.com")),
            ("a@gmail.com", None),
            ("a@ymail.com", None),
            ("a@mail.com", None),
            ("a@orage.example", None),
            ("a@gmail", None),
            ("@gmial.com", None),
            ("gmial.com", None),
        ] {
            assert_eq!(suggestion(typed).as_deref(), wanted, "{typed}");
        }
    }

    #[test]
    fn an_address_that_somebody_else_may_have_is_never_proposed_in_place_of_a_right_one() {
        // Providers, companies and families of names near those that are proposed.
        for domaine in [
            "laposte.fr",
            "sfr.com",
            "orange.com",
            "free.com",
            "cloud.com",
            "mail.com",
            "email.com",
            "ymail.com",
            "fmail.com",
            "hotmail.fi",
            "hotmail.gr",
            "yahoo.gr",
            "yahoo.co",
            "yahoo.kr",
            "outlook.kr",
            "outlook.cr",
            "grange.fr",
            "orage.fr",
            "oranger.fr",
            "laposte.ne",
            "wanadoo.re",
            "yahoo.ca",
            "hotmail.be",
            "protonmail.ch",
            "gmx.fr",
            "range.fr",
            "icloud.co",
            "numericable.re",
        ] {
            assert_eq!(suggestion(&["a@", domaine].concat()), None, "{domaine}");
        }
        for common in COMMON {
            assert_eq!(suggestion(&["a@", common].concat()), None, "{common}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Courriel::parse("a@b.fr").unwrap()), "Courriel(…)");
    }
}
