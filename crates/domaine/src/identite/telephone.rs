//! The French numbering plan, overseas territories included, as data.
//!
//! Sources: ARCEP, décision 2022-1583 (blocks and their use) and décisions on the overseas blocks;
//! ITU country codes; prefixes compared with Google's libphonenumber 9.0. Inside a territory's
//! prefix the table is lenient: ranges grow, and refusing a person's own number is the worse fault.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::latin;
use super::small::Small;

/// A French telephone number. `Debug` shows nothing of it.
///
/// ```
/// use domaine::identite::telephone::{Nature, Telephone};
/// let telephone = Telephone::parse("0692 12 34 56").unwrap();
/// assert_eq!(telephone.e164(), "+262692123456");
/// assert_eq!(telephone.nature(), Nature::Mobile);
/// assert_eq!(telephone.territory().nom(), "La Réunion");
/// assert_eq!(Telephone::parse("+33 (0)6 12 34 56 78").unwrap().group(), "06 12 34 56 78");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Telephone {
    territory: Territory,
    nature: Nature,
    /// What follows the country code, without a 0: nine figures, eight in Polynesia, six where
    /// the territory has no more.
    number: String,
}

/// Fixed or mobile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nature {
    /// A fixed line, or a box.
    Fixe,
    /// A mobile.
    Mobile,
}

/// Where a number belongs. Guadeloupe holds Saint-Martin and Saint-Barthélemy too: one code for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is the territory it is named after")]
pub enum Territory {
    Metropole,
    Guadeloupe,
    Guyane,
    Martinique,
    Reunion,
    Mayotte,
    SaintPierreEtMiquelon,
    NouvelleCaledonie,
    Polynesie,
    WallisEtFutuna,
}

/// Why a text is not a French personal number: the first part, from the left, that cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TelephoneInvalide {
    /// Nothing was typed.
    #[serde(rename = "vide")]
    Empty,
    /// All that stands can be right; this many figures are missing.
    #[serde(rename = "manque")]
    Missing(Small),
    /// This many figures too many.
    #[serde(rename = "trop_long")]
    TooLong(Small),
    /// A character that numbers do not have.
    Caractere(char),
    /// A special or premium number (08…): nobody's own.
    Special,
    /// A block reserved for telemarketing platforms.
    #[serde(rename = "demarchage")]
    ColdCalling,
    /// A block for machines, or not opened to persons.
    Reserve,
    /// No such block in this territory.
    #[serde(rename = "inconnu")]
    Unknown,
    /// The country code of another country.
    #[serde(rename = "etranger")]
    Foreign,
    /// Six or eight figures, as in the Pacific or in Saint-Pierre-et-Miquelon: several territories
    /// have such numbers, the country code must say which.
    #[serde(rename = "indicatif_manque")]
    MissingCallingCode,
    /// Nine figures that are a number whose first 0 was lost, and another behind a country code without its +.
    #[serde(rename = "zero_ou_indicatif")]
    ZeroOrCallingCode,
}

impl TelephoneInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn can_become_right(&self) -> bool {
        matches!(self, Self::Empty | Self::Missing(_) | Self::MissingCallingCode | Self::ZeroOrCallingCode)
    }
}

use Nature::{Fixe, Mobile};
use Territory::{
    Guadeloupe, Guyane, Martinique, Mayotte, Metropole, NouvelleCaledonie, Polynesie, Reunion, SaintPierreEtMiquelon,
    WallisEtFutuna,
};

/// What a block is for, or why its numbers are nobody's own.
type Usage = Result<(Territory, Nature), TelephoneInvalide>;

/// Blocks with their first figures; the longest beginning decides.
struct Plan {
    zero: bool,
    blocks: &'static [(Usage, &'static str)],
}

/// Territories that dial a 0 and nine figures. The 0 is left out.
static WITH_ZERO: Plan = Plan {
    zero: true,
    blocks: &[
        (Ok((Metropole, Fixe)), "1 2 3 4 5 9"),
        (Ok((Metropole, Mobile)), "6 73 74 75 76 77 78 79"),
        (Ok((Guadeloupe, Fixe)), "590 5987"),
        (Ok((Guadeloupe, Mobile)), "690 691 7090"),
        (Ok((Guyane, Fixe)), "594 5988"),
        (Ok((Guyane, Mobile)), "694 70930 70931 70932 70933 70934"),
        (Ok((Martinique, Fixe)), "596 5989"),
        (Ok((Martinique, Mobile)), "696 697 7091"),
        (Ok((Reunion, Fixe)), "262 263 2688"),
        (Ok((Reunion, Mobile)), "692 693 7092"),
        (Ok((Mayotte, Fixe)), "269 2689"),
        (Ok((Mayotte, Mobile)), "639 70935 70936 70937 70938 70939"),
        (Ok((SaintPierreEtMiquelon, Mobile)), "7084 7085"),
        // The boxes of overseas, as blocks of 0939 and 0976 are shared out.
        (Ok((Guadeloupe, Fixe)), "9395 9760 9761 9768"),
        (Ok((Guyane, Fixe)), "9396 9764 9765"),
        (Ok((Martinique, Fixe)), "9397 9766 9767"),
        (Ok((Reunion, Fixe)), "9399 9762 9763"),
        (Ok((Mayotte, Fixe)), "9398 9769"),
        (Err(TelephoneInvalide::Special), "8"),
        // « Numéros polyvalents vérifiés », the only ones that telemarketing platforms may use.
        (
            Err(TelephoneInvalide::ColdCalling),
            "162 163 270 271 377 378 424 425 568 569 9475 9476 9477 9478 9479 948 949",
        ),
        // Machines (14 figures), and blocks opened to nobody yet.
        (Err(TelephoneInvalide::Reserve), "70 71 72"),
        (Err(TelephoneInvalide::Unknown), "268 598"),
    ],
};

/// Territories that dial no 0: eight figures in Polynesia, six elsewhere.
static WITHOUT_ZERO: Plan = Plan {
    zero: false,
    blocks: &[
        (Ok((SaintPierreEtMiquelon, Fixe)), "2 3 4 51 6 9"),
        (Ok((SaintPierreEtMiquelon, Mobile)), "40 44 5"),
        (Ok((NouvelleCaledonie, Fixe)), "2 3 4 88"),
        (Ok((NouvelleCaledonie, Mobile)), "5 7 8 9"),
        (Ok((Polynesie, Fixe)), "40 49"),
        (Ok((Polynesie, Mobile)), "87 88 89"),
        (Ok((WallisEtFutuna, Fixe)), "72 92 93"),
        (Ok((WallisEtFutuna, Mobile)), "82 83"),
    ],
};

/// Every country code, the plan that its numbers follow.
static CALLING_CODES: [(&str, &Plan); 9] = [
    ("33", &WITH_ZERO),
    ("262", &WITH_ZERO),
    ("590", &WITH_ZERO),
    ("594", &WITH_ZERO),
    ("596", &WITH_ZERO),
    ("508", &WITHOUT_ZERO),
    ("681", &WITHOUT_ZERO),
    ("687", &WITHOUT_ZERO),
    ("689", &WITHOUT_ZERO),
];

impl Territory {
    /// The name as people say it.
    pub const fn nom(self) -> &'static str {
        match self {
            Metropole => "France métropolitaine",
            Guadeloupe => "Guadeloupe, Saint-Martin, Saint-Barthélemy",
            Guyane => "Guyane",
            Martinique => "Martinique",
            Reunion => "La Réunion",
            Mayotte => "Mayotte",
            SaintPierreEtMiquelon => "Saint-Pierre-et-Miquelon",
            NouvelleCaledonie => "Nouvelle-Calédonie",
            Polynesie => "Polynésie française",
            WallisEtFutuna => "Wallis-et-Futuna",
        }
    }

    /// The country code, without +.
    pub const fn calling_code(self) -> &'static str {
        match self {
            Metropole => "33",
            Guadeloupe => "590",
            Guyane => "594",
            Martinique => "596",
            Reunion | Mayotte => "262",
            SaintPierreEtMiquelon => "508",
            NouvelleCaledonie => "687",
            Polynesie => "689",
            WallisEtFutuna => "681",
        }
    }
}

impl Telephone {
    /// Reads a number as people write it: spaces, dots, dashes, figures of any script, `+33`, `0033`, `+33 (0)6`, `33`
    /// alone, the `tel:` of a link. The first 0 may be missing, as spreadsheets lose it; an overseas number may be
    /// written with +33.
    ///
    /// # Errors
    /// The first reason, from the left, why it cannot be a French personal number.
    pub fn parse(text: &str) -> Result<Self, TelephoneInvalide> {
        let mut digits = String::with_capacity(16);
        let mut international = false;
        for c in without_scheme(text).chars() {
            match c {
                '+' | '\u{ff0b}' if digits.is_empty() && !international => international = true,
                '(' | ')' | '.' | '/' | '_' | '·' => {}
                c if latin::is_blank(c) || latin::is_hyphen(c) => {}
                c => digits.push(latin::digit(c).map(char::from).ok_or(TelephoneInvalide::Caractere(c))?),
            }
        }
        if international {
            return from_international(&digits);
        }
        if let Some(international) = digits.strip_prefix("00") {
            return from_international(international);
        }
        match digits.strip_prefix('0') {
            Some(number) => from_national(number, "33"),
            None if digits.is_empty() => Err(TelephoneInvalide::Empty),
            None => without_prefix(&digits),
        }
    }

    /// A number kept earlier as E.164, and nothing else; with +33 too, as those of overseas were while this table did
    /// not know their block.
    pub fn from_e164(text: &str) -> Option<Self> {
        Self::parse(text)
            .ok()
            .filter(|telephone| telephone.e164() == text || ["+33", &telephone.number].concat() == text)
    }

    /// `+262692123456`, the form that is kept. Source: ITU-T, E.164.
    pub fn e164(&self) -> String {
        ["+", self.territory.calling_code(), &self.number].concat()
    }

    /// Fixed or mobile.
    pub const fn nature(&self) -> Nature {
        self.nature
    }

    /// Where it belongs.
    pub const fn territory(&self) -> Territory {
        self.territory
    }

    /// As people of the territory write it: « 06 12 34 56 78 », « 0692 12 34 56 », and
    /// « +687 75 12 34 » where the figures alone would not say where.
    pub fn group(&self) -> String {
        let (start, head) = match (self.number.len(), self.territory) {
            (9, Metropole) => ("0", 1),
            (9, _) => ("0", 3),
            _ => (self.territory.calling_code(), 0),
        };
        let mut group = String::with_capacity(18);
        if head == 0 {
            group.push('+');
        }
        group.push_str(start);
        for (place, c) in self.number.chars().enumerate() {
            if place >= head && (place - head) % 2 == 0 {
                group.push(' ');
            }
            group.push(c);
        }
        group
    }
}

/// What follows `tel:`, which links and address books write first (RFC 3966).
fn without_scheme(text: &str) -> &str {
    let text = text.trim_start_matches(latin::is_blank);
    match text.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => &text[4..],
        _ => text,
    }
}

/// A country code and what follows.
fn from_international(digits: &str) -> Result<Telephone, TelephoneInvalide> {
    match CALLING_CODES.iter().find_map(|(code, plan)| Some((*code, *plan, digits.strip_prefix(code)?))) {
        Some((code, plan, number)) => {
            // Nine figures in Saint-Pierre-et-Miquelon too, for the mobiles of 0708.
            let zero = plan.zero || code == "508" && number.starts_with(['0', '7']);
            if zero {
                from_national(number.strip_prefix('0').unwrap_or(number), code)
            } else {
                full(plan, number, code)
            }
        }
        // Eleven figures with the code is the most common length.
        None if CALLING_CODES.iter().any(|(code, _)| code.starts_with(digits)) => {
            Err(TelephoneInvalide::Missing(Small::bound(11 - digits.len())))
        }
        None => Err(TelephoneInvalide::Foreign),
    }
}

/// What follows the 0. Metropolitan and overseas numbers share one plan, so that +33 may stand
/// before any of them; another code must be its territory's own.
fn from_national(number: &str, code: &str) -> Result<Telephone, TelephoneInvalide> {
    match number.strip_prefix("508") {
        // 0508 reaches Saint-Pierre-et-Miquelon from the rest of the plan.
        Some(number) if code == "33" => full(&WITHOUT_ZERO, number, "508"),
        _ => full(&WITH_ZERO, number, code),
    }
}

/// Neither 0 nor +: nine figures whose 0 was lost, a country code whose + was left out, or the short numbers of some
/// territory. Where the first two are both numbers, and not the same, which one is not guessed.
fn without_prefix(digits: &str) -> Result<Telephone, TelephoneInvalide> {
    let code = CALLING_CODES.iter().any(|(code, _)| digits.starts_with(code));
    let behind_a_code = if code { from_international(digits) } else { Err(TelephoneInvalide::Unknown) };
    let faute = match (from_national(digits, "33"), &behind_a_code) {
        (Ok(without_zero), Ok(other)) if without_zero != *other => return Err(TelephoneInvalide::ZeroOrCallingCode),
        (Err(_), Ok(_)) => return behind_a_code,
        (Err(faute), Err(behind)) if !faute.can_become_right() && behind.can_become_right() => *behind,
        (Err(faute), _) => faute,
        (telephone, _) => return telephone,
    };
    for (usage, starts) in WITHOUT_ZERO.blocks {
        let wanted = if matches!(usage, Ok((Polynesie, _))) { 8 } else { 6 };
        if starts.split(' ').any(|start| digits.starts_with(start)) {
            if digits.len() == wanted {
                return Err(TelephoneInvalide::MissingCallingCode);
            }
            if digits.len() < wanted && !faute.can_become_right() {
                return Err(TelephoneInvalide::Missing(Small::bound(wanted - digits.len())));
            }
        }
    }
    Err(faute)
}

/// A number of this plan, of a territory that has this country code, and of the right length.
fn full(plan: &Plan, number: &str, code: &str) -> Result<Telephone, TelephoneInvalide> {
    let usage = find(plan, number, code)?;
    let wanted = match usage {
        _ if plan.zero => 9,
        Some((Polynesie, _)) => 8,
        _ if code == "689" => 8,
        _ => 6,
    };
    match usage {
        _ if number.len() > wanted => Err(TelephoneInvalide::TooLong(Small::bound(number.len() - wanted))),
        Some((territory, nature)) if number.len() == wanted => {
            Ok(Telephone { territory, nature, number: number.to_owned() })
        }
        _ => Err(TelephoneInvalide::Missing(Small::bound(wanted - number.len()))),
    }
}

/// What the first figures say: a block, nothing yet, or why they can be nobody's.
fn find(plan: &Plan, number: &str, code: &str) -> Result<Option<(Territory, Nature)>, TelephoneInvalide> {
    let mut found = Err(TelephoneInvalide::Unknown);
    let mut length = 0;
    let mut possible = false;
    for (usage, starts) in plan.blocks {
        if matches!(usage, Ok((territory, _)) if code != "33" && territory.calling_code() != code) {
            continue;
        }
        for start in starts.split(' ') {
            if start.len() > length && number.starts_with(start) {
                length = start.len();
                found = *usage;
            }
            possible |= usage.is_ok() && start.len() > number.len() && start.starts_with(number);
        }
    }
    match found {
        Err(_) if possible => Ok(None),
        found => found.map(Some),
    }
}

impl fmt::Debug for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Telephone(…)")
    }
}

#[cfg(test)]
mod tests;
