//! What a year of work gives, before the ceiling: what the rules of a status answer and the account keeps.

use crate::bareme::{Pace, Source};
use crate::droits::statement::{Hypotheses, Raison, YearOfWork};
use crate::mesures::{Day, Euros, Year};

/// What a year gives.
#[derive(Clone, Copy)]
pub(in crate::droits) struct Credit {
    /// The day it becomes spendable.
    pub date: Day,
    pub droit: Droit,
    pub facts: YearOfWork,
    /// In hundredths of the unit of work: what more would have given the whole credit.
    pub missing: u32,
    pub source: Source,
    pub hypotheses: Hypotheses,
}

impl Credit {
    /// What tells it from any other: the year, and whether it feeds the hours of a public agent.
    pub(in crate::droits) const fn key(&self) -> (Year, bool) {
        (self.facts.year, self.facts.category.is_an_agents())
    }
}

/// The right itself: in euros, or in hours whose number depends on those already held.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::droits) enum Droit {
    Euros { montant: Euros, plafond: Euros },
    Hours { pace: Pace, part: u32, all: u32, agent: bool },
    Nothing(Raison),
}
