//! An entry, and where entries go. Nothing here knows what an account holds.

use crate::bareme::Source;
use crate::droits::facts::Montant;
use crate::droits::statement::{Hypotheses, Ligne, Motif, Poche};
use crate::mesures::{Day, Euros, HoursVariation};

/// What a rule writes in the account, before anybody explains it.
#[derive(Clone, Copy)]
pub(in crate::droits) struct Entry {
    pub date: Day,
    pub poche: Poche,
    /// Hours of CPF of a public agent, which are not converted in 2019.
    pub agent: bool,
    pub montant: Euros,
    pub hours: HoursVariation,
    pub withheld: Euros,
    pub withheld_hours: HoursVariation,
    pub plafond: Option<Montant>,
    pub source: Source,
    pub hypotheses: Hypotheses,
}

impl Entry {
    /// An entry of nothing, to be filled.
    pub(in crate::droits) const fn empty(date: Day, poche: Poche, source: Source) -> Self {
        Self {
            date,
            poche,
            agent: false,
            montant: Euros::ZERO,
            hours: HoursVariation::ZERO,
            withheld: Euros::ZERO,
            withheld_hours: HoursVariation::ZERO,
            plafond: None,
            source,
            hypotheses: Hypotheses::NONE,
        }
    }
}

/// Where entries go: into lines, or nowhere when only the balance is wanted.
pub(in crate::droits) trait Ledger {
    /// Keeps an entry, with the balances after it.
    fn record(&mut self, entry: Entry, solde: Euros, hours: HoursVariation, motif: impl FnOnce() -> Motif);

    /// How many it keeps.
    fn count(&self) -> usize {
        0
    }
}

/// Keeps every line.
#[derive(Default)]
pub(in crate::droits) struct Lignes(pub Vec<Ligne>);

/// Keeps every entry and its reason, to write it again elsewhere.
#[derive(Default)]
pub(in crate::droits) struct Draft(pub Vec<(Entry, Motif)>);

/// Keeps nothing.
pub(in crate::droits) struct Nothing;

impl Ledger for Lignes {
    fn record(&mut self, entry: Entry, solde: Euros, hours: HoursVariation, motif: impl FnOnce() -> Motif) {
        self.0.push(Ligne {
            date: entry.date,
            poche: entry.poche,
            montant: entry.montant,
            hours: entry.hours,
            solde,
            solde_hours: hours,
            withheld: entry.withheld,
            withheld_hours: entry.withheld_hours,
            plafond: entry.plafond,
            motif: motif(),
            source: entry.source.into(),
            hypotheses: entry.hypotheses,
        });
    }
}

impl Ledger for Draft {
    fn record(&mut self, entry: Entry, _: Euros, _: HoursVariation, motif: impl FnOnce() -> Motif) {
        self.0.push((entry, motif()));
    }

    fn count(&self) -> usize {
        self.0.len()
    }
}

impl Ledger for Nothing {
    fn record(&mut self, _: Entry, _: Euros, _: HoursVariation, _: impl FnOnce() -> Motif) {}
}
