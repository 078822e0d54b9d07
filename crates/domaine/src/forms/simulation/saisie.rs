//! The form of a simulation, and the working life that it supposes.

use super::emploi::{Emploi, full_time, supposed_year};
use crate::bareme::Bareme;
use crate::dif::{Rapport, parse_hours};
use crate::droits::{DeclarationSousNiveau3, DeclaredAttestation, Period, Situation};
use crate::forms::faute::Faute;
use crate::forms::formulaire::{Champ, Errors, Formulaire, measure};
use crate::mesures::{Day, Hours, WorkDuration, Year};
use crate::plausible::LAWFUL_HOURS_OF_YEAR;

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaisieSimulation {
    /// The first year of work; years before 2015 gave the DIF alone.
    pub since: String,
    /// The [`Emploi::code`] from that year on.
    pub emploi: String,
    /// Hours worked in a year; only for an employee.
    pub hours: String,
    /// The year of the change; empty for none.
    pub change: String,
    /// The [`Emploi::code`] from the change on.
    pub then: String,
    /// Hours worked in a year from the change on; only for an employee.
    pub hours_then: String,
    /// Hours of DIF to declare; empty for none.
    pub dif: String,
    /// The last year to look at.
    pub up_to: String,
    /// Without a diploma of level 3, declared today: years before keep the ordinary credit (R6323-3-1).
    pub sous_niveau_3: bool,
    /// With a recognised disability (BOETH) from the first year on.
    pub boeth: bool,
}

/// The fields of the form, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampSimulation {
    /// `#since`
    Since,
    /// `#emploi`
    Emploi,
    /// `#heures-par-an`
    Hours,
    /// `#change`
    Change,
    /// `#then`
    Then,
    /// `#heures-par-an-ensuite`
    HoursThen,
    /// `#dif`
    Dif,
    /// `#jusqu-a`
    UpTo,
    /// `#sous-niveau-3`
    SousNiveau3,
    /// `#boeth`
    Boeth,
}

impl Champ for ChampSimulation {
    const ALL: &'static [Self] = &[
        Self::Since,
        Self::Emploi,
        Self::Hours,
        Self::Change,
        Self::Then,
        Self::HoursThen,
        Self::Dif,
        Self::UpTo,
        Self::SousNiveau3,
        Self::Boeth,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Since => "depuis",
            Self::Emploi => "emploi",
            Self::Hours => "heures-par-an",
            Self::Change => "changement",
            Self::Then => "ensuite",
            Self::HoursThen => "heures-par-an-ensuite",
            Self::Dif => "dif",
            Self::UpTo => "jusqu-a",
            Self::SousNiveau3 => "sous-niveau-3",
            Self::Boeth => "boeth",
        }
    }
}

/// A working life supposed, and the day to look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// What to compute rights from.
    pub situation: Situation,
    /// The last day of the last year looked at.
    pub as_of: Day,
}

/// The first year that counts: before, there was the DIF alone.
const FIRST_YEAR: u16 = 2015;
/// How many years ago a working life may have begun.
const PAST: u16 = 80;
/// How many years ahead a form may look.
const FUTURE: u16 = 40;

impl SaisieSimulation {
    /// The form as it is first shown: a full-time employee for six years, and what they have today.
    pub fn offered(today: Day) -> Self {
        let year = today.year();
        Self {
            since: year.saturating_sub(6).max(FIRST_YEAR).to_string(),
            emploi: Emploi::Salarie.code().into(),
            hours: full_time(today).hundredths().div_euclid(100).to_string(),
            up_to: year.to_string(),
            ..Self::default()
        }
    }
}

impl Formulaire for SaisieSimulation {
    type Champ = ChampSimulation;
    type Valid = Simulation;

    fn validate(&self, today: Day) -> Result<Simulation, Errors<ChampSimulation>> {
        let mut errors = Errors::new();
        let here = today.year().max(FIRST_YEAR);
        let end = here + FUTURE;
        let since = errors.keep(ChampSimulation::Since, year(&self.since, here - PAST, end));
        let since = since.map(|since| since.max(FIRST_YEAR));
        let up_to = errors.keep(ChampSimulation::UpTo, year(&self.up_to, since.unwrap_or(FIRST_YEAR), end));
        let emploi = errors.keep(ChampSimulation::Emploi, emploi(&self.emploi));
        let hours = errors.keep(ChampSimulation::Hours, hours(emploi, &self.hours));
        let changes = !self.change.trim().is_empty();
        let bounds = (since.unwrap_or(FIRST_YEAR), up_to.unwrap_or(end));
        let change = match changes {
            true => errors.keep(ChampSimulation::Change, year(&self.change, bounds.0, bounds.1)),
            false => Some(u16::MAX),
        };
        let then = match changes {
            true => errors.keep(ChampSimulation::Then, self::emploi(&self.then)),
            false => Some(Emploi::WithoutEmploi),
        };
        let hours_then = match changes {
            true => errors.keep(ChampSimulation::HoursThen, self::hours(then, &self.hours_then)),
            false => Some(WorkDuration::ZERO),
        };
        let dif = errors.keep(ChampSimulation::Dif, dif(&self.dif, today));
        let (Some(since), Some(up_to), Some(change), Some(dif)) = (since, up_to, change, dif) else {
            return Err(errors);
        };
        let (Some(before), Some(after)) = (emploi.zip(hours), then.zip(hours_then)) else {
            return Err(errors);
        };
        let activites = (since..=up_to)
            .filter_map(|year| supposed_year(year, if year < change { before } else { after }, here))
            .collect();
        let start = Day::date(since, 1, 1);
        let attestation = dif.map(|hours| DeclaredAttestation {
            hours,
            rapport: Rapport::Replaces,
            declared_on: today,
            reference: String::new(),
            counts_from: Some(today),
            refused_on: None,
        });
        let declaration = DeclarationSousNiveau3 { declared_on: today, end_declared_on: None, cancelled_on: None };
        let situation = Situation {
            activites,
            attestations: attestation.into_iter().collect(),
            sous_niveau_3: self.sous_niveau_3.then_some(declaration).into_iter().collect(),
            boeth: self.boeth.then_some(Period { since: start, as_of: None }).into_iter().collect(),
            ..Situation::default()
        };
        Ok(Simulation { situation, as_of: Day::date(up_to, 12, 31) })
    }
}

/// A year from one bound to the other, both included.
fn year(text: &str, de: u16, a: u16) -> Result<u16, Faute> {
    let refusal = Faute::YearOutOfBounds { de: bound(de), a: bound(a) };
    let text = measure(text)?.trim();
    let year = if text.len() == 4 { text.parse().map_err(|_| refusal)? } else { 0 };
    if (de..=a).contains(&year) { Ok(year) } else { Err(refusal) }
}

/// A bound is a year of this century: always one that travels.
fn bound(year: u16) -> Year {
    Year::new(year).unwrap_or(Year::FIRST)
}

fn emploi(text: &str) -> Result<Emploi, Faute> {
    Emploi::from_code(text).ok_or(Faute::MissingEmploi)
}

/// « 1607 », « 803,5 »: hours in a year, for whom they are asked.
fn hours(emploi: Option<Emploi>, text: &str) -> Result<WorkDuration, Faute> {
    if emploi != Some(Emploi::Salarie) {
        return Ok(WorkDuration::ZERO);
    }
    let compact: String = measure(text)?.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, fraction) = compact.split_once([',', '.']).unwrap_or((&compact, ""));
    let digits = |t: &str, at_most: usize| t.len() <= at_most && t.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole, 4) || !digits(fraction, 2) {
        return Err(Faute::HoursPerYear);
    }
    let hundredths: u32 =
        [whole, fraction, &"00"[fraction.len()..]].concat().parse().map_err(|_| Faute::HoursPerYear)?;
    match hundredths {
        1.. if hundredths <= LAWFUL_HOURS_OF_YEAR.hundredths() => Ok(WorkDuration::from_hundredths(hundredths)),
        _ => Err(Faute::HoursPerYear),
    }
}

fn dif(text: &str, today: Day) -> Result<Option<Hours>, Faute> {
    match measure(text)?.trim() {
        "" => Ok(None),
        text => parse_hours(text, today, &Bareme::IN_FORCE).map(Some).map_err(Faute::Hours),
    }
}
