//! The identity that the State's provider tells (« identité pivot »), and whether a NIR can be that of whom it names. It
//! never holds the NIR. Knows no protocol, no account.
//!
//! Sources: FranceConnect, « les données fournies » (names, gender, `birthdate`, `birthplace` and `birthcountry` by the INSEE's
//! *Code officiel géographique*, empty or 00 where civil status does not know); the DSN dictionary for the parts of a NIR.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::naissance::DateNaissance;
use super::nir::{Incoherence, Nir13, Sexe, coherence};
use super::nom::Nom;

/// What a provider said of somebody, in its own words. `Debug` shows nothing of it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidIdentity {
    /// The birth name.
    #[serde(default)]
    pub family_name: String,
    /// The given names, separated by spaces.
    #[serde(default)]
    pub given_name: String,
    /// `1979-03-28`, with 00 for what is not known; or the year alone.
    #[serde(default)]
    pub birthdate: String,
    /// `male`, `female`, or nothing.
    #[serde(default)]
    pub gender: String,
    /// Five characters, or nothing.
    #[serde(default)]
    pub birthplace: String,
    /// Five figures, or nothing.
    #[serde(default)]
    pub birthcountry: String,
}

/// An identity that a provider tells. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Pivot {
    /// The birth name.
    pub nom: Nom,
    /// The given names.
    pub prenoms: Nom,
    /// The birth date.
    pub naissance: DateNaissance,
    sexe: Option<Sexe>,
    place: Place,
}

/// Where somebody was born, as a NIR says it: five characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A commune.
    France([u8; 5]),
    /// 99 and the country.
    Abroad([u8; 5]),
    Unsaid,
}

/// What of an identity cannot be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// A name that no account can have.
    Name,
    /// A birth date that is none.
    Birth,
}

/// A NIR that cannot be that of whom an identity names: the first part, from the left, that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contradiction {
    /// The sex.
    Sexe,
    /// The year of birth.
    #[serde(rename = "annee")]
    Year,
    /// The month of birth.
    #[serde(rename = "mois")]
    Month,
    /// The place of birth.
    #[serde(rename = "lieu")]
    Place,
}

/// France, for whoever was born there.
const FRANCE: &[u8] = b"99100";

/// The last year of birth in which the departments of Paris and Versailles may still be those of before: they were
/// divided on 1 January 1968 (law 64-707 of 10 July 1964).
const BEFORE_ILE_DE_FRANCE: u16 = 1967;

/// The former departments and protectorates, by the code of the NIR, and the country that the provider may name for them. Until
/// the same day their codes can be those of no department of today (DSN dictionary; service-public.fr F33078).
const FORMER: [([u8; 2], [u8; 5]); 6] = [
    (*b"91", *b"99352"),
    (*b"92", *b"99352"),
    (*b"93", *b"99352"),
    (*b"94", *b"99352"),
    (*b"95", *b"99350"),
    (*b"96", *b"99351"),
];

/// Countries of which one came out of the other, and the last year of birth in which one may be written for the other.
/// Source: INSEE, *Code officiel géographique*, history of countries. A named assumption: what a provider writes for a birth before is
/// said by no text.
const ONCE_ONE: [(&[[u8; 3]], u16); 5] = [
    (&[*b"121", *b"118", *b"119", *b"120", *b"145", *b"156", *b"157"], 2008),
    (
        &[
            *b"123", *b"106", *b"107", *b"108", *b"148", *b"151", *b"155", *b"252", *b"253", *b"255", *b"256", *b"257",
            *b"258", *b"259", *b"260",
        ],
        1991,
    ),
    (&[*b"115", *b"116", *b"117"], 1993),
    (&[*b"109", *b"141", *b"142"], 1990),
    (&[*b"213", *b"246"], 1971),
];

impl SaidIdentity {
    /// What it says, once it is understood.
    ///
    /// # Errors
    /// What cannot be.
    pub fn read(&self) -> Result<Pivot, Unreadable> {
        let name = |text: &str| match text.trim() {
            "" => Ok(Nom::none()),
            text => Nom::parse_if_any(text).map_err(|_| Unreadable::Name),
        };
        let (nom, prenoms) = (name(&self.family_name)?, name(&self.given_name)?);
        if nom.is_none() && prenoms.is_none() {
            return Err(Unreadable::Name);
        }
        let birth = self.birthdate.trim();
        // OpenID Connect allows the year alone.
        let birth = if birth.len() == 4 { [birth, "-00-00"].concat() } else { birth.to_owned() };
        let sexe = match self.gender.trim() {
            "male" => Some(Sexe::Homme),
            "female" => Some(Sexe::Femme),
            _ => None,
        };
        let naissance = DateNaissance::from_iso(&birth).ok_or(Unreadable::Birth)?;
        Ok(Pivot { nom, prenoms, naissance, sexe, place: self.place() })
    }

    fn place(&self) -> Place {
        let code = |text: &str| <[u8; 5]>::try_from(text.trim().to_ascii_uppercase().as_bytes()).ok();
        match (code(&self.birthplace), code(&self.birthcountry)) {
            (_, Some(country)) if country.starts_with(b"99") && country != FRANCE => Place::Abroad(country),
            (Some(commune), _) => Place::France(commune),
            (None, _) => Place::Unsaid,
        }
    }
}

impl Pivot {
    /// Whether a NIR can be that of this person: the same sex, year, month and place of birth. What the identity does not say, and a month
    /// that the NIR does not know, contradict nothing.
    ///
    /// ```
    /// use domaine::identite::pivot::{Contradiction, SaidIdentity};
    /// use domaine::identite::Nir13;
    /// let said = SaidIdentity {
    ///     family_name: "Pat-Trois".into(), given_name: "Dominique".into(), birthdate: "1979-03-28".into(),
    ///     gender: "female".into(), birthplace: "51215".into(), birthcountry: "99100".into(),
    /// };
    /// let pivot = said.read().unwrap();
    /// assert_eq!(pivot.contradiction(&Nir13::parse("2790351215189").unwrap()), None);
    /// assert_eq!(pivot.contradiction(&Nir13::parse("1790351215189").unwrap()), Some(Contradiction::Sexe));
    /// ```
    pub fn contradiction(&self, nir: &Nir13) -> Option<Contradiction> {
        if self.sexe.is_some_and(|sexe| sexe != nir.read().sexe) {
            return Some(Contradiction::Sexe);
        }
        match coherence(nir, &self.naissance) {
            Err(Incoherence::Year) => return Some(Contradiction::Year),
            Err(Incoherence::Month) => return Some(Contradiction::Month),
            Ok(()) => {}
        }
        let of_the_nir = nir.as_str().as_bytes().get(5..10).and_then(|place| <[u8; 5]>::try_from(place).ok())?;
        let agrees = match self.place {
            Place::Unsaid => true,
            Place::France(commune) => communes_agree(of_the_nir, commune, self.naissance.year()),
            Place::Abroad(country) => abroad_agrees(of_the_nir, country, self.naissance.year()),
        };
        (!agrees).then_some(Contradiction::Place)
    }

    /// Whether this identity says every part of this NIR that an identity can: the sex, the year, the month and the very place. One that
    /// says less, or a place by what it was called at another time, contradicts nothing and throws nobody out.
    ///
    /// ```
    /// use domaine::identite::Nir13;
    /// use domaine::identite::pivot::SaidIdentity;
    /// let said = SaidIdentity {
    ///     family_name: "Pat-Trois".into(), given_name: "Dominique".into(), birthdate: "1979-03-28".into(),
    ///     gender: "female".into(), birthplace: "51215".into(), birthcountry: "99100".into(),
    /// };
    /// let nir = Nir13::parse("2790351215189").unwrap();
    /// assert!(said.read().unwrap().says_all_of(&nir));
    /// let unsaid = SaidIdentity { birthplace: String::new(), ..said };
    /// assert!(!unsaid.read().unwrap().says_all_of(&nir) && unsaid.read().unwrap().contradiction(&nir).is_none());
    /// ```
    pub fn says_all_of(&self, nir: &Nir13) -> bool {
        let place = match self.place {
            Place::France(place) | Place::Abroad(place) => nir.as_str().as_bytes().get(5..10) == Some(&place),
            Place::Unsaid => false,
        };
        let month = self.naissance.month().is_some() && nir.read().month.is_some();
        self.sexe.is_some() && month && place && self.contradiction(nir).is_none()
    }
}

/// Whether a NIR and an identity can name one commune: the same, or one whose department was another.
fn communes_agree(nir: [u8; 5], commune: [u8; 5], year: u16) -> bool {
    let department = |code: [u8; 5]| [code[0], code[1]];
    let (of_nir, of_commune) = (department(nir), department(commune));
    let corse = |department: [u8; 2]| matches!(&department, b"20" | b"2A" | b"2B");
    let paris = |department: [u8; 2]| matches!(&department, b"75" | b"78" | b"91" | b"92" | b"93" | b"94" | b"95");
    let overseas = |department: [u8; 2]| matches!(&department, b"97" | b"98");
    match () {
        () if nir == commune => true,
        // The letter came in 1976; the commune kept its three figures.
        () if corse(of_nir) && corse(of_commune) => {
            (of_nir == *b"20" || of_commune == *b"20") && nir[2..] == commune[2..]
        }
        // Communes were numbered again where departments were divided.
        () if paris(of_nir) && paris(of_commune) => year <= BEFORE_ILE_DE_FRANCE,
        // Territories took other figures as they became something else: the same three first, or one that did.
        () if overseas(of_nir) && overseas(of_commune) => {
            let moved = |code: [u8; 5]| code[1] == b'8' || matches!(code[2], b'5'..=b'8');
            moved(nir) || moved(commune)
        }
        () => false,
    }
}

/// Whether a NIR and an identity can name one country.
fn abroad_agrees(nir: [u8; 5], country: [u8; 5], year: u16) -> bool {
    if nir == country {
        return true;
    }
    if year <= BEFORE_ILE_DE_FRANCE && FORMER.iter().any(|(code, named)| nir.starts_with(code) && country == *named) {
        return true;
    }
    let [.., a, b, c] = nir;
    let [.., d, e, f] = country;
    nir.starts_with(b"99")
        && ONCE_ONE
            .iter()
            .any(|(codes, last)| year <= *last && codes.contains(&[a, b, c]) && codes.contains(&[d, e, f]))
}

impl fmt::Debug for SaidIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SaidIdentity(…)")
    }
}

impl fmt::Debug for Pivot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pivot(…)")
    }
}
