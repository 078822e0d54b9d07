//! The French numbering plan, overseas territories included, as data.
//!
//! Sources: ARCEP, décision 2022-1583 (blocks and their use) and décisions on the overseas blocks;
//! ITU country codes; prefixes compared with Google's libphonenumber 9.0. Inside a territory's
//! prefix the table is lenient: ranges grow, and refusing a person's own number is the worse fault.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::latin;
use super::small::Petit;

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
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Telephone {
    territoire: Territoire,
    nature: Nature,
    /// What follows the country code, without a 0: nine figures, eight in Polynesia, six where
    /// the territory has no more.
    numero: String,
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

/// Why a text is not a French personal number: the first part, from the left, that cannot be right.
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
    /// A special or premium number (08…): nobody's own.
    Special,
    /// A block reserved for telemarketing platforms.
    Demarchage,
    /// A block for machines, or not opened to persons.
    Reserve,
    /// No such block in this territory.
    Inconnu,
    /// The country code of another country.
    Etranger,
    /// Six or eight figures, as in the Pacific or in Saint-Pierre-et-Miquelon: several territories
    /// have such numbers, the country code must say which.
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
type Usage = Result<(Territoire, Nature), TelephoneInvalide>;

/// Blocks with their first figures; the longest beginning decides.
struct Plan {
    zero: bool,
    blocs: &'static [(Usage, &'static str)],
}

/// Territories that dial a 0 and nine figures. The 0 is left out.
static AVEC_ZERO: Plan = Plan {
    zero: true,
    blocs: &[
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
        (Err(TelephoneInvalide::Special), "8"),
        // « Numéros polyvalents vérifiés », the only ones that telemarketing platforms may use.
        (
            Err(TelephoneInvalide::Demarchage),
            "162 163 270 271 377 378 424 425 568 569 9475 9476 9477 9478 9479 948 949",
        ),
        // Machines (14 figures), and blocks opened to nobody yet.
        (Err(TelephoneInvalide::Reserve), "70 71 72"),
        (Err(TelephoneInvalide::Inconnu), "268 598"),
    ],
};

/// Territories that dial no 0: eight figures in Polynesia, six elsewhere.
static SANS_ZERO: Plan = Plan {
    zero: false,
    blocs: &[
        (Ok((SaintPierreEtMiquelon, Fixe)), "2 3 4 51 6 9"),
        (Ok((SaintPierreEtMiquelon, Mobile)), "40 44 5"),
        (Ok((NouvelleCaledonie, Fixe)), "2 3 4 88"),
        (Ok((NouvelleCaledonie, Mobile)), "5 7 8 9"),
        (Ok((Polynesie, Fixe)), "40 49"),
        (Ok((Polynesie, Mobile)), "87 88 89"),
        (Ok((WallisEtFutuna, Fixe)), "72"),
        (Ok((WallisEtFutuna, Mobile)), "82 83"),
    ],
};

/// Every country code, the plan that its numbers follow.
static INDICATIFS: [(&str, &Plan); 9] = [
    ("33", &AVEC_ZERO),
    ("262", &AVEC_ZERO),
    ("590", &AVEC_ZERO),
    ("594", &AVEC_ZERO),
    ("596", &AVEC_ZERO),
    ("508", &SANS_ZERO),
    ("681", &SANS_ZERO),
    ("687", &SANS_ZERO),
    ("689", &SANS_ZERO),
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
    /// Reads a number as people write it: spaces, dots, dashes, `+33`, `0033`, `+33 (0)6`. The first
    /// 0 may be missing, as spreadsheets lose it; an overseas number may be written with +33.
    ///
    /// # Errors
    /// The first reason, from the left, why it cannot be a French personal number.
    pub fn parse(texte: &str) -> Result<Self, TelephoneInvalide> {
        let mut chiffres = String::with_capacity(16);
        let mut international = false;
        for c in texte.chars() {
            match c {
                '+' if chiffres.is_empty() && !international => international = true,
                '0'..='9' => chiffres.push(c),
                '(' | ')' | '.' | '-' | '/' | '_' | '·' | '\u{2010}'..='\u{2014}' => {}
                c if latin::est_blanc(c) => {}
                c => return Err(TelephoneInvalide::Caractere(c)),
            }
        }
        if international {
            return depuis_international(&chiffres);
        }
        if let Some(international) = chiffres.strip_prefix("00") {
            return depuis_international(international);
        }
        match chiffres.strip_prefix('0') {
            Some(numero) => depuis_national(numero, "33"),
            None if chiffres.is_empty() => Err(TelephoneInvalide::Vide),
            None => sans_prefixe(&chiffres),
        }
    }

    /// A number kept earlier as E.164, and nothing else.
    pub fn depuis_e164(texte: &str) -> Option<Self> {
        Self::parse(texte).ok().filter(|telephone| telephone.e164() == texte)
    }

    /// `+262692123456`, the form that is kept. Source: ITU-T, E.164.
    pub fn e164(&self) -> String {
        ["+", self.territoire.indicatif(), &self.numero].concat()
    }

    /// Fixed or mobile.
    pub const fn nature(&self) -> Nature {
        self.nature
    }

    /// Where it belongs.
    pub const fn territoire(&self) -> Territoire {
        self.territoire
    }

    /// As people of the territory write it: « 06 12 34 56 78 », « 0692 12 34 56 », and
    /// « +687 75 12 34 » where the figures alone would not say where.
    pub fn groupe(&self) -> String {
        let (debut, tete) = match (self.numero.len(), self.territoire) {
            (9, Metropole) => ("0", 1),
            (9, _) => ("0", 3),
            _ => (self.territoire.indicatif(), 0),
        };
        let mut groupe = String::with_capacity(18);
        if tete == 0 {
            groupe.push('+');
        }
        groupe.push_str(debut);
        for (place, c) in self.numero.chars().enumerate() {
            if place >= tete && (place - tete) % 2 == 0 {
                groupe.push(' ');
            }
            groupe.push(c);
        }
        groupe
    }
}

/// A country code and what follows.
fn depuis_international(chiffres: &str) -> Result<Telephone, TelephoneInvalide> {
    match INDICATIFS.iter().find_map(|(code, plan)| Some((*code, *plan, chiffres.strip_prefix(code)?))) {
        Some((code, plan, numero)) => {
            // Nine figures in Saint-Pierre-et-Miquelon too, for the mobiles of 0708.
            let zero = plan.zero || code == "508" && numero.starts_with(['0', '7']);
            if zero {
                depuis_national(numero.strip_prefix('0').unwrap_or(numero), code)
            } else {
                complet(plan, numero, code)
            }
        }
        // Eleven figures with the code is the most common length.
        None if INDICATIFS.iter().any(|(code, _)| code.starts_with(chiffres)) => {
            Err(TelephoneInvalide::Manque(Petit::borne(11 - chiffres.len())))
        }
        None => Err(TelephoneInvalide::Etranger),
    }
}

/// What follows the 0. Metropolitan and overseas numbers share one plan, so that +33 may stand
/// before any of them; another code must be its territory's own.
fn depuis_national(numero: &str, code: &str) -> Result<Telephone, TelephoneInvalide> {
    match numero.strip_prefix("508") {
        // 0508 reaches Saint-Pierre-et-Miquelon from the rest of the plan.
        Some(numero) if code == "33" => complet(&SANS_ZERO, numero, "508"),
        _ => complet(&AVEC_ZERO, numero, code),
    }
}

/// Neither 0 nor +: nine figures whose 0 was lost, or the short numbers of some territory.
fn sans_prefixe(chiffres: &str) -> Result<Telephone, TelephoneInvalide> {
    let faute = match complet(&AVEC_ZERO, chiffres, "33") {
        Err(faute) => faute,
        telephone => return telephone,
    };
    for (usage, debuts) in SANS_ZERO.blocs {
        let voulu = if matches!(usage, Ok((Polynesie, _))) { 8 } else { 6 };
        if debuts.split(' ').any(|debut| chiffres.starts_with(debut)) {
            if chiffres.len() == voulu {
                return Err(TelephoneInvalide::IndicatifManque);
            }
            if chiffres.len() < voulu && !faute.peut_devenir_juste() {
                return Err(TelephoneInvalide::Manque(Petit::borne(voulu - chiffres.len())));
            }
        }
    }
    Err(faute)
}

/// A number of this plan, of a territory that has this country code, and of the right length.
fn complet(plan: &Plan, numero: &str, code: &str) -> Result<Telephone, TelephoneInvalide> {
    let usage = chercher(plan, numero, code)?;
    let voulu = match usage {
        _ if plan.zero => 9,
        Some((Polynesie, _)) => 8,
        _ if code == "689" => 8,
        _ => 6,
    };
    match usage {
        _ if numero.len() > voulu => Err(TelephoneInvalide::TropLong(Petit::borne(numero.len() - voulu))),
        Some((territoire, nature)) if numero.len() == voulu => {
            Ok(Telephone { territoire, nature, numero: numero.to_owned() })
        }
        _ => Err(TelephoneInvalide::Manque(Petit::borne(voulu - numero.len()))),
    }
}

/// What the first figures say: a block, nothing yet, or why they can be nobody's.
fn chercher(plan: &Plan, numero: &str, code: &str) -> Result<Option<(Territoire, Nature)>, TelephoneInvalide> {
    let mut trouve = Err(TelephoneInvalide::Inconnu);
    let mut longueur = 0;
    let mut possible = false;
    for (usage, debuts) in plan.blocs {
        if matches!(usage, Ok((territoire, _)) if code != "33" && territoire.indicatif() != code) {
            continue;
        }
        for debut in debuts.split(' ') {
            if debut.len() > longueur && numero.starts_with(debut) {
                longueur = debut.len();
                trouve = *usage;
            }
            possible |= usage.is_ok() && debut.len() > numero.len() && debut.starts_with(numero);
        }
    }
    match trouve {
        Err(_) if possible => Ok(None),
        trouve => trouve.map(Some),
    }
}

impl fmt::Debug for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Telephone(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lu(texte: &str) -> (String, Nature, Territoire) {
        let telephone = Telephone::parse(texte).unwrap();
        (telephone.e164(), telephone.nature(), telephone.territoire())
    }

    #[test]
    fn a_number_is_judged_from_its_first_figure() {
        assert_eq!(Telephone::parse("08"), Err(TelephoneInvalide::Special));
        assert_eq!(Telephone::parse("0162"), Err(TelephoneInvalide::Demarchage));
        assert_eq!(Telephone::parse("070"), Err(TelephoneInvalide::Manque(Petit(7))));
        assert_eq!(Telephone::parse("0701"), Err(TelephoneInvalide::Reserve));
        assert_eq!(Telephone::parse("+4"), Err(TelephoneInvalide::Etranger));
        assert_eq!(Telephone::parse("+26"), Err(TelephoneInvalide::Manque(Petit(9))));
        assert_eq!(Telephone::parse("+261"), Err(TelephoneInvalide::Etranger));
        assert_eq!(Telephone::parse("+262 61"), Err(TelephoneInvalide::Inconnu));
        assert_eq!(Telephone::parse("+689 4"), Err(TelephoneInvalide::Manque(Petit(7))));
    }

    #[test]
    fn every_writing_of_a_number_gives_the_same_number() {
        for texte in ["0692 12 34 56", "+262 692123456", "00262692123456", "+33 692 12 34 56", "+262 (0)692.12.34.56"] {
            assert_eq!(lu(texte), ("+262692123456".into(), Mobile, Reunion), "{texte}");
        }
        for texte in ["+508 41 12 34", "0508 41 12 34", "+33 5 08 41 12 34"] {
            assert_eq!(lu(texte), ("+508411234".into(), Fixe, SaintPierreEtMiquelon), "{texte}");
        }
        assert_eq!(lu("612345678"), lu("0612345678"));
        assert_eq!(lu("\u{202a}+33 6 12 34 56 78\u{202c}"), lu("0612345678"));
    }

    #[test]
    fn short_numbers_need_their_territory() {
        for texte in ["75 12 34", "71 12 34", "82 12 34", "40 12 34 56", "87 12 34 56"] {
            assert_eq!(Telephone::parse(texte), Err(TelephoneInvalide::IndicatifManque), "{texte}");
        }
    }

    #[test]
    fn a_number_is_shown_as_its_territory_writes_it() {
        for (texte, groupe) in [
            ("+33612345678", "06 12 34 56 78"),
            ("+262692123456", "0692 12 34 56"),
            ("+687751234", "+687 75 12 34"),
            ("+68940123456", "+689 40 12 34 56"),
            ("+508411234", "+508 41 12 34"),
            ("+508708401234", "0708 40 12 34"),
        ] {
            assert_eq!(Telephone::depuis_e164(texte).unwrap().groupe(), groupe);
        }
        assert_eq!(Telephone::depuis_e164("0612345678"), None);
        assert_eq!(Telephone::depuis_e164("+330612345678"), None);
        assert_eq!(Telephone::depuis_e164("+33692123456"), None);
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Telephone::parse("0612345678").unwrap()), "Telephone(…)");
    }
}
