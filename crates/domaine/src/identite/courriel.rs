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
/// assert_eq!(Courriel::parse("dominique@example"), Err(CourrielInvalide::PointManque));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Courriel(String);

/// Why a text is not an e-mail address: the first part, from the left, that cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CourrielInvalide {
    /// Nothing was typed.
    Vide,
    /// The @ is still missing.
    Arobase,
    /// More than one @.
    DeuxArobases,
    /// Nothing before the @.
    AvantArobase,
    /// A space inside.
    Espace,
    /// Nothing after the @, or it ends in the middle.
    Domaine,
    /// No dot after the @ yet.
    PointManque,
    /// Two dots in a row, or a dot or hyphen where none can be.
    Point,
    /// A character that no address has. The replacement character stands for an invisible one.
    Caractere(char),
    /// Longer than an address can be (254 characters, 64 before the @). Source: RFC 5321.
    TropLong,
}

impl CourrielInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn peut_devenir_juste(&self) -> bool {
        matches!(self, Self::Vide | Self::Arobase | Self::Domaine | Self::PointManque)
    }
}

/// The most characters before the @, in bytes. Source: RFC 5321, 4.5.3.1.1.
const NOM_MAXIMAL: usize = 64;
/// The most characters between two dots of a domain. Source: RFC 1035, 2.3.4.
const ETIQUETTE_MAXIMALE: usize = 63;
/// The most characters in all, in bytes. Source: RFC 5321, 4.5.3.1.3, without its brackets.
const LONGUEUR_MAXIMALE: usize = 254;

impl Courriel {
    /// Reads an address.
    ///
    /// # Errors
    /// The first part that cannot be right, else what is missing at the end.
    pub fn parse(texte: &str) -> Result<Self, CourrielInvalide> {
        let texte = texte.trim_matches(latin::est_blanc);
        if texte.is_empty() {
            return Err(CourrielInvalide::Vide);
        }
        let mut dans_le_domaine = false;
        // Where the name, or the present label of the domain, begins.
        let mut debut = 0;
        let mut avant = '.';
        for (place, c) in texte.char_indices() {
            let fin = place + c.len_utf8();
            match c {
                '@' if dans_le_domaine => return Err(CourrielInvalide::DeuxArobases),
                '@' if place == 0 => return Err(CourrielInvalide::AvantArobase),
                // A dot between two characters; a hyphen of the domain likewise.
                '@' | '.' if avant == '.' => return Err(CourrielInvalide::Point),
                '.' if dans_le_domaine && avant == '-' => return Err(CourrielInvalide::Point),
                '-' if dans_le_domaine && avant == '.' => return Err(CourrielInvalide::Point),
                c if latin::est_espace(c) => return Err(CourrielInvalide::Espace),
                '@' | '.' | '-' | '0'..='9' => {}
                c if latin::est_latine(c) || latin::est_marque(c) || latin::est_d_un_autre_alphabet(c) => {}
                '!' | '#'..='\'' | '*' | '+' | '/' | '=' | '?' | '^'..='`' | '{'..='~' if !dans_le_domaine => {}
                c => return Err(CourrielInvalide::Caractere(latin::montrable(c))),
            }
            if c == '@' || c == '.' && dans_le_domaine {
                dans_le_domaine = true;
                debut = fin;
            }
            let maximum = if dans_le_domaine { ETIQUETTE_MAXIMALE } else { NOM_MAXIMAL };
            if fin - debut > maximum || fin > LONGUEUR_MAXIMALE {
                return Err(CourrielInvalide::TropLong);
            }
            // The domain begins as after a dot: neither a dot nor a hyphen can follow.
            avant = if c == '@' { '.' } else { c };
        }
        let Some((_, domaine)) = texte.split_once('@') else { return Err(CourrielInvalide::Arobase) };
        match domaine.rsplit_once('.') {
            None if domaine.is_empty() || domaine.ends_with('-') => Err(CourrielInvalide::Domaine),
            None => Err(CourrielInvalide::PointManque),
            // A top-level name has at least two characters and begins with a letter (RFC 3696, 2):
            // one alone may be its beginning, a figure that of one more label.
            Some((_, fin))
                if fin.chars().nth(1).is_none()
                    || fin.starts_with(|c: char| c.is_ascii_digit())
                    || fin.ends_with('-') =>
            {
                Err(CourrielInvalide::Domaine)
            }
            Some(_) => Ok(Self(texte.to_owned())),
        }
    }

    /// The address as typed, without the spaces around it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two writings of one address have in common: small letters. Strictly, the part before
    /// the @ may tell capitals apart; no mail service that people use does.
    pub fn cle_de_comparaison(&self) -> String {
        self.0.to_lowercase()
    }
}

/// Domains that many people of France have their address at.
const COURANTS: [&str; 13] = [
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

/// Domains that look like a slip and are none.
const VOISINS: [&str; 6] = ["mail.com", "email.com", "ymail.com", "yahoo.gr", "hotmail.gr", "outlook.gr"];

/// Slips of more than one key, or on names too short to guess.
const GLISSADES: [(&str, &str); 8] = [
    ("gmail.fr", "gmail.com"),
    ("laposte.fr", "laposte.net"),
    ("laposte.com", "laposte.net"),
    ("fre.fr", "free.fr"),
    ("free.f", "free.fr"),
    ("free.com", "free.fr"),
    ("sfr.f", "sfr.fr"),
    ("sfr.com", "sfr.fr"),
];

/// The address that was probably meant, when its domain is one key away from a common one.
/// Proposed to the person, never put in its place.
///
/// ```
/// use domaine::identite::courriel::suggestion;
/// assert_eq!(suggestion("dominique@gmial.com").as_deref(), Some("dominique@gmail.com"));
/// assert_eq!(suggestion("dominique@example.org"), None);
/// ```
pub fn suggestion(texte: &str) -> Option<String> {
    let (nom, domaine) = texte.trim_matches(latin::est_blanc).split_once('@')?;
    let domaine = domaine.to_ascii_lowercase();
    if nom.is_empty() || VOISINS.contains(&domaine.as_str()) || COURANTS.contains(&domaine.as_str()) {
        return None;
    }
    let glissade = GLISSADES.iter().find(|(tape, _)| *tape == domaine).map(|(_, voulu)| *voulu);
    let voulu = glissade
        .or_else(|| COURANTS.into_iter().find(|courant| a_une_touche_pres(domaine.as_bytes(), courant.as_bytes())))?;
    Some([nom, "@", voulu].concat())
}

/// Whether one key more, one less, another one, or two exchanged, make one text of the other.
fn a_une_touche_pres(tape: &[u8], voulu: &[u8]) -> bool {
    let commun = tape.iter().zip(voulu).take_while(|(a, b)| a == b).count();
    match (&tape[commun..], &voulu[commun..]) {
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a, b, suite @ ..], [c, d, fin @ ..]) if a == d && b == c && suite == fin => true,
        ([_, suite @ ..], fin) | (fin, [_, suite @ ..]) if suite == fin => true,
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
        for (texte, faute) in [
            (".a", CourrielInvalide::Point),
            ("a.@", CourrielInvalide::Point),
            ("@", CourrielInvalide::AvantArobase),
            ("a@-", CourrielInvalide::Point),
            ("a@.", CourrielInvalide::Point),
            ("a@b-.", CourrielInvalide::Point),
            ("a@b_", CourrielInvalide::Caractere('_')),
            ("a@b@", CourrielInvalide::DeuxArobases),
            ("a@b-", CourrielInvalide::Domaine),
            ("a@b.1", CourrielInvalide::Domaine),
            ("a@b.12", CourrielInvalide::Domaine),
            ("<a@b.fr>", CourrielInvalide::Caractere('<')),
        ] {
            assert_eq!(Courriel::parse(texte), Err(faute), "{texte}");
        }
    }

    #[test]
    fn the_lengths_of_the_standard_are_the_most() {
        let adresse =
            |nom: usize, etiquette: usize| ["a".repeat(nom), "@".into(), "b".repeat(etiquette), ".fr".into()].concat();
        assert!(Courriel::parse(&adresse(64, 63)).is_ok());
        assert_eq!(Courriel::parse(&adresse(65, 2)), Err(CourrielInvalide::TropLong));
        assert_eq!(Courriel::parse(&adresse(1, 64)), Err(CourrielInvalide::TropLong));
        let longue = ["a@".into(), "b2345678.".repeat(28), "fr".into()].concat();
        assert_eq!(longue.len(), 256);
        assert_eq!(Courriel::parse(&longue), Err(CourrielInvalide::TropLong));
    }

    #[test]
    fn a_slip_is_proposed_and_a_real_domain_is_left_alone() {
        for (tape, voulu) in [
            ("a@gmial.com", Some("a@gmail.com")),
            ("a@gmail.co", Some("a@gmail.com")),
            ("a@gmail.fr", Some("a@gmail.com")),
            ("a@Hotmial.fr", Some("a@hotmail.fr")),
            ("a@ornage.fr", Some("a@orange.fr")),
            ("a@wanado.fr", Some("a@wanadoo.fr")),
            ("a@yahoo.ffr", Some("a@yahoo.fr")),
            ("a@gmail.com", None),
            ("a@ymail.com", None),
            ("a@mail.com", None),
            ("a@orage.example", None),
            ("@gmial.com", None),
            ("gmial.com", None),
        ] {
            assert_eq!(suggestion(tape).as_deref(), voulu, "{tape}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Courriel::parse("a@b.fr").unwrap()), "Courriel(…)");
    }
}
