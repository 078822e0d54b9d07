//! Contracts, absences, pays and activities while their lines are read: any rubric may be missing
//! until the end.

use domaine::mesures::Day;

use super::header::mounted;
use super::{AbsenceMotif, Activite, Contrat, ContratEnd};
use crate::blocks::ACTIVITE;
use crate::code::Code;
use crate::rubrics::Rubric;
use crate::values::{self, Quantity, ShortCode};

/// Contracts may come without their number, which is only known to lack at the end.
pub(super) struct ReadContrat {
    pub number: Option<String>,
    pub tail: Contrat,
    pub arrets: Vec<ReadAbsence>,
}

pub(super) struct ReadAbsence {
    pub motif: Option<AbsenceMotif>,
    pub tail: [Option<Day>; 3],
    pub line: u64,
    pub de: Code,
}

#[derive(Default)]
pub(super) struct ReadPaie {
    pub line: u64,
    pub contrat: Option<String>,
    pub start: Option<Day>,
    pub end: Option<Day>,
    pub kind: Option<ShortCode>,
    pub hours: Option<Quantity>,
    pub activites: Vec<ReadActivite>,
}

#[derive(Default)]
pub(super) struct ReadActivite {
    pub line: u64,
    pub kind: Option<ShortCode>,
    pub measure: Option<Quantity>,
    pub unit: Option<ShortCode>,
}

fn number(rubric: &Rubric<'_>) -> Option<String> {
    let text = rubric.text();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

impl ReadContrat {
    pub const fn new(line: u64) -> Self {
        let tail = Contrat {
            line,
            number: String::new(),
            start: None,
            planned_end: None,
            statut: None,
            nature: None,
            dispositif: None,
            unit: None,
            reference_quotite: None,
            quotite: None,
            modalite: None,
            idcc: None,
            boeth: None,
            absences: Vec::new(),
            end: None,
        };
        Self { number: None, tail, arrets: Vec::new() }
    }

    pub fn read(&mut self, place: u16, rubric: &Rubric<'_>) -> bool {
        let value = rubric.value;
        let contrat = &mut self.tail;
        match place {
            1 => mounted(&mut contrat.start, values::day(value)),
            2 => mounted(&mut contrat.statut, ShortCode::parse(value)),
            7 => mounted(&mut contrat.nature, ShortCode::parse(value)),
            8 => mounted(&mut contrat.dispositif, ShortCode::parse(value)),
            9 => mounted(&mut self.number, number(rubric)),
            10 => mounted(&mut contrat.planned_end, values::day(value)),
            11 => mounted(&mut contrat.unit, ShortCode::parse(value)),
            12 => mounted(&mut contrat.reference_quotite, Quantity::parse(value)),
            13 => mounted(&mut contrat.quotite, Quantity::parse(value)),
            14 => mounted(&mut contrat.modalite, ShortCode::parse(value)),
            17 => mounted(&mut contrat.idcc, ShortCode::parse(value)),
            72 => mounted(&mut contrat.boeth, ShortCode::parse(value)),
            _ => true,
        }
    }

    pub fn read_end(&mut self, place: u16, value: &[u8]) -> bool {
        let end = self.tail.end.get_or_insert(ContratEnd { day: None, motif: None });
        match place {
            1 => mounted(&mut end.day, values::day(value)),
            2 => mounted(&mut end.motif, ShortCode::parse(value)),
            _ => true,
        }
    }
}

impl ReadAbsence {
    pub fn read(&mut self, arret: bool, place: u16, value: &[u8]) -> bool {
        let [since, up_to, resumption] = &mut self.tail;
        match place {
            1 => {
                let kind = if arret { AbsenceMotif::Arret } else { AbsenceMotif::Suspension };
                mounted(&mut self.motif, ShortCode::parse(value).map(kind))
            }
            2 => mounted(since, values::day(value)),
            3 => mounted(up_to, values::day(value)),
            10 if arret => mounted(resumption, values::day(value)),
            _ => true,
        }
    }
}

impl ReadPaie {
    pub fn read(&mut self, place: u16, rubric: &Rubric<'_>) -> bool {
        match place {
            1 => mounted(&mut self.start, values::day(rubric.value)),
            2 => mounted(&mut self.end, values::day(rubric.value)),
            10 => mounted(&mut self.contrat, number(rubric)),
            11 => mounted(&mut self.kind, ShortCode::parse(rubric.value)),
            12 => mounted(&mut self.hours, Quantity::parse(rubric.value)),
            _ => true,
        }
    }
}

impl ReadActivite {
    pub fn read(&mut self, place: u16, value: &[u8]) -> bool {
        match place {
            1 => mounted(&mut self.kind, ShortCode::parse(value)),
            2 => mounted(&mut self.measure, Quantity::parse(value)),
            3 => mounted(&mut self.unit, ShortCode::parse(value)),
            _ => true,
        }
    }

    /// A measure without a unit is in that of the contract.
    pub fn close(self, contrat_unit: Option<ShortCode>) -> Result<Activite, (u64, Code)> {
        let missing = |place| (self.line, Code::new(ACTIVITE, place));
        Ok(Activite {
            kind: self.kind.ok_or(missing(1))?,
            measure: self.measure.ok_or(missing(2))?,
            unit: self.unit.or(contrat_unit).ok_or(missing(3))?,
        })
    }
}
