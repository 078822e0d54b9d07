//! An entry, and where entries go. Nothing here knows what an account holds.

use crate::bareme::Source;
use crate::droits::facts::Montant;
use crate::droits::statement::{Hypotheses, Ligne, Motif, Poche};
use crate::mesures::{Euros, Jour, VariationHeures};

/// What a rule writes in the account, before anybody explains it.
#[derive(Clone, Copy)]
pub(in crate::droits) struct Ecriture {
    pub date: Jour,
    pub poche: Poche,
    /// Hours of CPF of a public agent, which are not converted in 2019.
    pub agent: bool,
    pub montant: Euros,
    pub heures: VariationHeures,
    pub retenu: Euros,
    pub retenu_heures: VariationHeures,
    pub plafond: Option<Montant>,
    pub source: Source,
    pub hypotheses: Hypotheses,
}

impl Ecriture {
    /// An entry of nothing, to be filled.
    pub(in crate::droits) const fn vide(date: Jour, poche: Poche, source: Source) -> Self {
        Self {
            date,
            poche,
            agent: false,
            montant: Euros::ZERO,
            heures: VariationHeures::ZERO,
            retenu: Euros::ZERO,
            retenu_heures: VariationHeures::ZERO,
            plafond: None,
            source,
            hypotheses: Hypotheses::AUCUNE,
        }
    }
}

/// Where entries go: into lines, or nowhere when only the balance is wanted.
pub(in crate::droits) trait Registre {
    /// Keeps an entry, with the balances after it.
    fn inscrire(&mut self, ecriture: Ecriture, solde: Euros, heures: VariationHeures, motif: impl FnOnce() -> Motif);

    /// How many it keeps.
    fn nombre(&self) -> usize {
        0
    }
}

/// Keeps every line.
#[derive(Default)]
pub(in crate::droits) struct Lignes(pub Vec<Ligne>);

/// Keeps every entry and its reason, to write it again elsewhere.
#[derive(Default)]
pub(in crate::droits) struct Brouillon(pub Vec<(Ecriture, Motif)>);

/// Keeps nothing.
pub(in crate::droits) struct Rien;

impl Registre for Lignes {
    fn inscrire(&mut self, ecriture: Ecriture, solde: Euros, heures: VariationHeures, motif: impl FnOnce() -> Motif) {
        self.0.push(Ligne {
            date: ecriture.date,
            poche: ecriture.poche,
            montant: ecriture.montant,
            heures: ecriture.heures,
            solde,
            solde_heures: heures,
            retenu: ecriture.retenu,
            retenu_heures: ecriture.retenu_heures,
            plafond: ecriture.plafond,
            motif: motif(),
            source: ecriture.source.into(),
            hypotheses: ecriture.hypotheses,
        });
    }
}

impl Registre for Brouillon {
    fn inscrire(&mut self, ecriture: Ecriture, _: Euros, _: VariationHeures, motif: impl FnOnce() -> Motif) {
        self.0.push((ecriture, motif()));
    }

    fn nombre(&self) -> usize {
        self.0.len()
    }
}

impl Registre for Rien {
    fn inscrire(&mut self, _: Ecriture, _: Euros, _: VariationHeures, _: impl FnOnce() -> Motif) {}
}
