//! The French numbering plan, overseas territories included, as data.
//!
//! Sources: ARCEP, décision 2022-1583 (blocks and their use); ITU country codes of the
//! territories. Inside a territory's prefix the table is lenient, as ranges grow.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::petit::Petit;

/// A French telephone number. `Debug` shows nothing of it.
///
/// ```
/// use domaine::identite::telephone::{Nature, Telephone};
/// let telephone = Telephone::parse("0692 12 34 56").unwrap();
/// assert_eq!(telephone.e164(), "+262692123456");
/// assert_eq!(telephone.nature(), Nature::Mobile);
/// assert_eq!(telephone.territoire().nom(), "La Réunion");
/// assert_eq!(Telephone::parse("+33 (0)6 12 34 56 78").unwrap().groupe(), "06 12 34 56 78");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Telephone {
    territoire: Territoire,
    nature: Nature,
    /// Without country code, with the 0 where the territory dials one.
    national: String,
}

/// Fixed or mobile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A fixed line, or a box.
    Fixe,
    /// A mobile.
    Mobile,
}

/// Where a number belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the territory it is named after")]
pub enum Territoire {
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

/// Why a text is not a French personal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TelephoneInvalide {
    /// Nothing was typed.
    Vide,
    /// All that stands can be right; this many figures are missing.
    Manque(Petit),
    /// This many figures too many.
    TropLong(Petit),
    /// A character that numbers do not have.
    Caractere(char),
    /// A special or premium number (08…), or a short one: nobody's own.
    Special,
    /// A block reserved for telemarketing platforms.
    Demarchage,
    /// A block for machines, or not opened to persons.
    Reserve,
    /// No such block in this territory.
    Inconnu,
    /// The country code of another country.
    Etranger,
    /// Six or eight figures, as in the Pacific: the country code must say where.
    IndicatifManque,
}

impl TelephoneInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn peut_devenir_juste(&self) -> bool {
        matches!(self, Self::Vide | Self::Manque(_) | Self::IndicatifManque)
    }
}

use Nature::{Fixe, Mobile};
use Territoire::{
    Guadeloupe, Guyane, Martinique, Mayotte, Metropole, NouvelleCaledonie, Polynesie, Reunion, SaintPierreEtMiquelon,
    WallisEtFutuna,
};

/// What a block is for, or why its numbers are nobody's own.
type Bloc = Result<(Territoire, Nature), TelephoneInvalide>;

/// Blocks by national prefix; the longest that fits decides. `Err` blocks are nobody's own.
const BLOCS: &[(&str, Bloc)] = &[
    ("01", Ok((Metropole, Fixe))),
    ("02", Ok((Metropole, Fixe))),
    ("03", Ok((Metropole, Fixe))),
    ("04", Ok((Metropole, Fixe))),
    ("05", Ok((Metropole, Fixe))),
    ("09", Ok((Metropole, Fixe))),
    ("06", Ok((Metropole, Mobile))),
    ("073", Ok((Metropole, Mobile))),
    ("074", Ok((Metropole, Mobile))),
    ("075", Ok((Metropole, Mobile))),
    ("076", Ok((Metropole, Mobile))),
    ("077", Ok((Metropole, Mobile))),
    ("078", Ok((Metropole, Mobile))),
    ("079", Ok((Metropole, Mobile))),
    ("070", Err(TelephoneInvalide::Reserve)),
    ("071", Err(TelephoneInvalide::Reserve)),
    ("072", Err(TelephoneInvalide::Reserve)),
    ("08", Err(TelephoneInvalide::Special)),
    ("0162", Err(TelephoneInvalide::Demarchage)),
    ("0163", Err(TelephoneInvalide::Demarchage)),
    ("0270", Err(TelephoneInvalide::Demarchage)),
    ("0271", Err(TelephoneInvalide::Demarchage)),
    ("0377", Err(TelephoneInvalide::Demarchage)),
    ("0378", Err(TelephoneInvalide::Demarchage)),
    ("0424", Err(TelephoneInvalide::Demarchage)),
    ("0425", Err(TelephoneInvalide::Demarchage)),
    ("0568", Err(TelephoneInvalide::Demarchage)),
    ("0569", Err(TelephoneInvalide::Demarchage)),
    ("0948", Err(TelephoneInvalide::Demarchage)),
    ("0949", Err(TelephoneInvalide::Demarchage)),
    ("09475", Err(TelephoneInvalide::Demarchage)),
    ("09476", Err(TelephoneInvalide::Demarchage)),
    ("09477", Err(TelephoneInvalide::Demarchage)),
    ("09478", Err(TelephoneInvalide::Demarchage)),
    ("09479", Err(TelephoneInvalide::Demarchage)),
    ("0590", Ok((Guadeloupe, Fixe))),
    ("05987", Ok((Guadeloupe, Fixe))),
    ("0690", Ok((Guadeloupe, Mobile))),
    ("0691", Ok((Guadeloupe, Mobile))),
    ("07090", Ok((Guadeloupe, Mobile))),
    ("0594", Ok((Guyane, Fixe))),
    ("05988", Ok((Guyane, Fixe))),
    ("0694", Ok((Guyane, Mobile))),
    ("070930", Ok((Guyane, Mobile))),
    ("070931", Ok((Guyane, Mobile))),
    ("070932", Ok((Guyane, Mobile))),
    ("070933", Ok((Guyane, Mobile))),
    ("0596", Ok((Martinique, Fixe))),
    ("05989", Ok((Martinique, Fixe))),
    ("0696", Ok((Martinique, Mobile))),
    ("0697", Ok((Martinique, Mobile))),
    ("07091", Ok((Martinique, Mobile))),
    ("0262", Ok((Reunion, Fixe))),
    ("0263", Ok((Reunion, Fixe))),
    ("02688", Ok((Reunion, Fixe))),
    ("0692", Ok((Reunion, Mobile))),
    ("0693", Ok((Reunion, Mobile))),
    ("07092", Ok((Reunion, Mobile))),
    ("0269", Ok((Mayotte, Fixe))),
    ("02689", Ok((Mayotte, Fixe))),
    ("0639", Ok((Mayotte, Mobile))),
    ("070935", Ok((Mayotte, Mobile))),
    ("070936", Ok((Mayotte, Mobile))),
    ("070937", Ok((Mayotte, Mobile))),
    ("07084", Ok((SaintPierreEtMiquelon, Mobile))),
    ("07085", Ok((SaintPierreEtMiquelon, Mobile))),
];

/// Country code, territory, figures, prefixes of mobiles, prefixes of fixed lines.
type PlanSansZero = (&'static str, Territoire, usize, &'static [&'static str], &'static [&'static str]);

/// Territories that dial no 0: country code, figures, prefixes of mobiles, prefixes of fixed lines.
const SANS_ZERO: &[PlanSansZero] = &[
    ("508", SaintPierreEtMiquelon, 6, &["55"], &["4", "5"]),
    (
        "687",
        NouvelleCaledonie,
        6,
        &["5", "7", "9", "80", "81", "82", "83", "84", "85", "86", "87", "89"],
        &["2", "3", "4", "88"],
    ),
    ("689", Polynesie, 8, &["87", "88", "89"], &["40", "49"]),
    ("681", WallisEtFutuna, 6, &["82", "83"], &["72"]),
];

/// Country codes of the territories that dial a 0.
const AVEC_ZERO: &[(&str, &[Territoire])] = &[
    ("33", &[Metropole]),
    ("590", &[Guadeloupe]),
    ("594", &[Guyane]),
    ("596", &[Martinique]),
    ("262", &[Reunion, Mayotte]),
    ("508", &[SaintPierreEtMiquelon]),
];

impl Territoire {
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
    pub const fn indicatif(self) -> &'static str {
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
    /// Reads a number as people write it: spaces, dots, dashes, `+33`, `0033`, `+33 (0)6`.
    ///
    /// # Errors
    /// The first reason, from the left, why it cannot be a French personal number.
    pub fn parse(texte: &str) -> Result<Self, TelephoneInvalide> {
        let texte = texte.trim();
        if texte.is_empty() {
            return Err(TelephoneInvalide::Vide);
        }
        let mut chiffres = String::with_capacity(16);
        let mut international = false;
        for c in texte.chars() {
            match c {
                '+' if chiffres.is_empty() && !international => international = true,
                '0'..='9' if chiffres.len() < 40 => chiffres.push(c),
                '0'..='9' | '(' | ')' | '.' | '-' | '/' | '\u{2010}'..='\u{2014}' => {}
                c if c.is_whitespace() => {}
                c if super::latin::est_invisible(c) => {}
                c => return Err(TelephoneInvalide::Caractere(c)),
            }
        }
        if !international && let Some(reste) = chiffres.strip_prefix("00") {
            chiffres = reste.to_owned();
            international = true;
        }
        if international { depuis_international(&chiffres) } else { depuis_national(&chiffres, None) }
    }

    /// A number kept earlier as E.164.
    pub fn depuis_e164(texte: &str) -> Option<Self> {
        depuis_international(texte.strip_prefix('+')?).ok()
    }

    /// `+262692123456`, the form that is kept.
    pub fn e164(&self) -> String {
        ["+", self.territoire.indicatif(), self.national.strip_prefix('0').unwrap_or(&self.national)].concat()
    }

    /// Fixed or mobile.
    pub const fn nature(&self) -> Nature {
        self.nature
    }

    /// Where it belongs.
    pub const fn territoire(&self) -> Territoire {
        self.territoire
    }

    /// As people of the territory write it: « 06 12 34 56 78 », « 0692 12 34 56 », « +687 75 12 34 ».
    pub fn groupe(&self) -> String {
        let sans_zero = !self.national.starts_with('0') || self.national.len() != 10;
        let tete = if !sans_zero && self.territoire != Metropole { 4 } else { 2 };
        let mut groupe = String::with_capacity(18);
        if sans_zero {
            groupe.push('+');
            groupe.push_str(self.territoire.indicatif());
            groupe.push(' ');
        }
        for (place, c) in self.national.chars().enumerate() {
            if place >= tete && (place - tete) % 2 == 0 {
                groupe.push(' ');
            }
            groupe.push(c);
        }
        groupe
    }
}

fn depuis_international(chiffres: &str) -> Result<Telephone, TelephoneInvalide> {
    if let Some((code, territoire, longueur, mobiles, fixes)) =
        SANS_ZERO.iter().find(|(code, ..)| chiffres.starts_with(code))
    {
        let national = &chiffres[code.len()..];
        // Saint-Pierre-et-Miquelon has nine-figure mobiles too: 0708 without its 0.
        if *territoire == SaintPierreEtMiquelon && (national.starts_with("70") || national.starts_with("070")) {
            return depuis_national(&avec_zero(national), Some(&[SaintPierreEtMiquelon]));
        }
        let commence = |blocs: &[&str]| blocs.iter().any(|b| national.starts_with(b) || b.starts_with(national));
        let nature = match (commence(mobiles), commence(fixes)) {
            (true, _) => Mobile,
            (false, true) => Fixe,
            (false, false) => return Err(TelephoneInvalide::Inconnu),
        };
        compter(national.len(), *longueur)?;
        return Ok(Telephone { territoire: *territoire, nature, national: national.to_owned() });
    }
    match AVEC_ZERO.iter().find(|(code, _)| chiffres.starts_with(code)) {
        Some((code, territoires)) => match &chiffres[code.len()..] {
            "" => Err(TelephoneInvalide::Manque(Petit(9))),
            national => depuis_national(&avec_zero(national), Some(territoires)),
        },
        None => {
            let codes = AVEC_ZERO.iter().map(|(code, _)| code).chain(SANS_ZERO.iter().map(|(code, ..)| code));
            let debut = codes.into_iter().any(|code| code.starts_with(chiffres));
            Err(if debut { TelephoneInvalide::Manque(Petit(11)) } else { TelephoneInvalide::Etranger })
        }
    }
}

fn avec_zero(national: &str) -> String {
    if national.starts_with('0') { national.to_owned() } else { ["0", national].concat() }
}

/// Ten figures beginning with 0, of one of these territories when the country code said so.
fn depuis_national(chiffres: &str, parmi: Option<&[Territoire]>) -> Result<Telephone, TelephoneInvalide> {
    if chiffres.is_empty() {
        return Err(TelephoneInvalide::Manque(Petit(10)));
    }
    if !chiffres.starts_with('0') {
        return Err(match chiffres.len() {
            6 | 8 => TelephoneInvalide::IndicatifManque,
            1..=5 if chiffres.starts_with(['1', '3']) => TelephoneInvalide::Special,
            7 => TelephoneInvalide::Manque(Petit(1)),
            1..=5 => TelephoneInvalide::Manque(Petit::borne(6 - chiffres.len())),
            _ => TelephoneInvalide::Inconnu,
        });
    }
    let bloc = BLOCS.iter().filter(|(b, _)| chiffres.starts_with(b)).max_by_key(|(b, _)| b.len());
    let plus_long = BLOCS.iter().any(|(b, r)| b.len() > chiffres.len() && b.starts_with(chiffres) && r.is_ok());
    match bloc {
        Some((_, Err(faute))) if !plus_long => Err(*faute),
        Some((_, Ok((territoire, nature)))) => {
            if parmi.is_some_and(|parmi| !parmi.contains(territoire)) && !plus_long {
                return Err(TelephoneInvalide::Inconnu);
            }
            compter(chiffres.len(), 10)?;
            Ok(Telephone { territoire: *territoire, nature: *nature, national: chiffres.to_owned() })
        }
        None if !plus_long => Err(TelephoneInvalide::Inconnu),
        _ => compter(chiffres.len(), 10).and(Err(TelephoneInvalide::Inconnu)),
    }
}

fn compter(nombre: usize, voulu: usize) -> Result<(), TelephoneInvalide> {
    match nombre {
        n if n < voulu => Err(TelephoneInvalide::Manque(Petit::borne(voulu - n))),
        n if n > voulu => Err(TelephoneInvalide::TropLong(Petit::borne(n - voulu))),
        _ => Ok(()),
    }
}

impl fmt::Debug for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Telephone(…)")
    }
}
