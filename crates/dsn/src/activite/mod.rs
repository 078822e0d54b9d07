//! What rights need of a declaration, and nothing more: no pay, no address, no bank account.
//! Knows which rubrics matter; decides no right.

mod draft;
mod envelope;
mod header;
mod pieces;
mod place;
mod precheck;
mod reader;
mod worked_time;

use std::fmt;

use domaine::identite::{DateNaissance, Nir13, Nom};
use domaine::mesures::Day;

pub use place::Place;
pub use precheck::Precheck;
pub use reader::Reader;
pub use worked_time::{Part, WorkedTime};

use crate::values::{Month, Quantity, ShortCode, Siret};

/// What a reading hands over, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A declaration begins.
    Declaration(Declaration),
    /// A person of that declaration.
    Individu(Individu),
    /// The declaration ends.
    End(End),
    /// The envelope ends, behind its last declaration.
    EnvelopeEnd(Totals),
}

/// Whether an envelope holds what it announces (S90.G00.90): lines lost on their way are known by nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Totals {
    /// It does.
    Right,
    /// It announces other numbers of rubrics or declarations.
    Wrong,
    /// It does not say, or has no end.
    Absents,
}

/// The head of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The line where it begins.
    pub line: u64,
    /// The establishment: S21.G00.06.001 and S21.G00.11.001.
    pub siret: Siret,
    /// S20.G00.05.001.
    pub nature: Nature,
    /// S20.G00.05.002.
    pub kind: Kind,
    /// S20.G00.05.003: which part of how many, `(1, 1)` for the whole.
    pub fraction: (u8, u8),
    /// S20.G00.05.004: the greater is the later.
    pub order: u64,
    /// S20.G00.05.005: the month, which only monthly declarations have.
    pub month: Option<Month>,
    /// S20.G00.05.008: total, or the part of one *régime* only.
    pub champ: Option<ShortCode>,
    /// S10.G00.00.005: whether it is more than a test.
    pub real: bool,
}

impl Declaration {
    /// Whether its hours count: real, monthly, made by the employer.
    pub fn count(&self) -> bool {
        self.real && self.nature == Nature::Monthly
    }
}

/// What kind of declaration it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nature {
    /// 01: the month of an establishment, the only one that carries hours.
    Monthly,
    /// 09: made by a body in place of the employer.
    Substitution,
    /// The signal of one event: stop, return, end of contract, hiring…
    Event(ShortCode),
}

/// What a declaration does to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 01.
    Normal,
    /// 02: there is nobody to declare.
    Nothing,
    /// 03: replaces the whole.
    Replaces,
    /// 04: cancels.
    Cancels,
    /// 05: replaces by nobody.
    ReplacesNothing,
}

/// The end of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Persons handed over.
    pub individus: u64,
    /// Persons left out: the report says why.
    pub discards: u64,
    /// Whether all of it was there. Nothing of a declaration that was cut may be kept: it could
    /// take the place of a whole one.
    pub complete: bool,
}

/// A person of a declaration. `Debug` shows nothing that identifies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Individu {
    /// The line where it begins.
    pub line: u64,
    /// The rank in the declaration, from 1.
    pub index: u64,
    /// S21.G00.30.001, else S21.G00.30.020.
    pub identifier: Identifier,
    /// S21.G00.30.002: the birth name.
    pub nom: Option<Nom>,
    /// S21.G00.30.004.
    pub prenoms: Option<Nom>,
    /// S21.G00.30.006.
    pub naissance: Option<DateNaissance>,
    /// S21.G00.31.008: a NIR that earlier declarations gave.
    pub former_nir: Option<Nir13>,
    /// S21.G00.40.
    pub contrats: Vec<Contrat>,
    /// S21.G00.51, those that hold hours or activity.
    pub paies: Vec<Paie>,
}

/// The number of a person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identifier {
    /// A NIR, or a number of waiting built like one.
    Nir(Nir13),
    /// A *numéro technique temporaire*, which one employer gave.
    Temporary(Ntt),
}

/// A *numéro technique temporaire*: 1 to 40 characters. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Ntt(String);

impl Ntt {
    /// Reads one; nothing when it is empty or longer than 40 characters.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        (1..=40).contains(&text.chars().count()).then(|| Self(text.to_owned()))
    }

    /// The characters, as declared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Ntt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ntt(…)")
    }
}

/// A contract: S21.G00.40.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contrat {
    /// The line where it begins.
    pub line: u64,
    /// .009, which pays refer to.
    pub number: String,
    /// .001.
    pub start: Option<Day>,
    /// .010.
    pub planned_end: Option<Day>,
    /// .002: the status of the conventions.
    pub statut: Option<ShortCode>,
    /// .007: 01 CDI, 02 CDD, 70 ESAT…
    pub nature: Option<ShortCode>,
    /// .008: apprenticeship and other public schemes.
    pub dispositif: Option<ShortCode>,
    /// .011: what the time of the contract is counted in.
    pub unit: Option<ShortCode>,
    /// .012: the whole time of the category in the enterprise.
    pub reference_quotite: Option<Quantity>,
    /// .013: the time of the contract.
    pub quotite: Option<Quantity>,
    /// .014: 10 full time, 20 part time…
    pub modalite: Option<ShortCode>,
    /// .017: the convention, by its IDCC.
    pub idcc: Option<ShortCode>,
    /// .072: the status of BOETH.
    pub boeth: Option<ShortCode>,
    /// S21.G00.60 and S21.G00.65.
    pub absences: Vec<Absence>,
    /// S21.G00.62.
    pub end: Option<ContratEnd>,
}

impl Contrat {
    /// Whether the time is counted in days of a yearly agreement.
    pub fn is_on_forfait_jours(&self) -> bool {
        self.unit.is_some_and(|unit| unit == "20")
    }

    /// Whether the contract is of the whole time of its category.
    pub fn is_full_time(&self) -> bool {
        self.modalite.is_some_and(|modalite| modalite == "10")
    }
}

/// Why somebody does not work, and when. Some absences count as work (L6323-12): the rights decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The line where it begins.
    pub line: u64,
    /// What kind.
    pub motif: AbsenceMotif,
    /// The first day, or for a stop the last day at work.
    pub since: Option<Day>,
    /// The last day, for a stop the one foreseen.
    pub up_to: Option<Day>,
    /// The day work began again after a stop.
    pub resumption: Option<Day>,
}

/// The list a reason of absence comes from, and the value in that list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AbsenceMotif {
    /// S21.G00.60.001: 01 illness, 02 maternity, 06 work accident…
    Arret(ShortCode),
    /// S21.G00.65.001: 200 paid leave, 632 parental leave…
    Suspension(ShortCode),
}

/// S21.G00.62.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContratEnd {
    /// .001.
    pub day: Option<Day>,
    /// .002: 038 and 039 are retirement.
    pub motif: Option<ShortCode>,
}

/// A pay of a contract: S21.G00.51 with the activity under it. Amounts are not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paie {
    /// The line where it begins.
    pub line: u64,
    /// .010.
    pub contrat: String,
    /// .001.
    pub start: Day,
    /// .002.
    pub end: Day,
    /// .011: 002 carries the activity, 017 and 018 are hours beyond the contract.
    pub kind: ShortCode,
    /// .012: hours of the pay itself.
    pub hours: Option<Quantity>,
    /// S21.G00.53.
    pub activites: Vec<Activite>,
}

/// S21.G00.53.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activite {
    /// .001: 01 paid work, 02 absence not or partly paid.
    pub kind: ShortCode,
    /// .002.
    pub measure: Quantity,
    /// .003: 10 hour, 12 day, 20 day of an agreement, 21 hour of an agreement, 40 calendar day…
    pub unit: ShortCode,
}
