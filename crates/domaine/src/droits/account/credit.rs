//! What a year of work gives, before the ceiling: what the rules of a status answer and the account keeps.

use crate::bareme::{Rythme, Source};
use crate::droits::statement::{AnneeTravaillee, Hypotheses, Raison};
use crate::mesures::{Euros, Jour};

/// What a year gives.
#[derive(Clone, Copy)]
pub(in crate::droits) struct Credit {
    /// The day it becomes spendable.
    pub date: Jour,
    pub droit: Droit,
    pub faits: AnneeTravaillee,
    /// In hundredths of the unit of work: what more would have given the whole credit.
    pub manque: u32,
    pub source: Source,
    pub hypotheses: Hypotheses,
}

/// The right itself: in euros, or in hours whose number depends on those already held.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::droits) enum Droit {
    Euros { montant: Euros, plafond: Euros },
    Heures { rythme: Rythme, part: u32, tout: u32, agent: bool },
    Rien(Raison),
}
