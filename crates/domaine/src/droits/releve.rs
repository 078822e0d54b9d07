//! The statement: lines that explain themselves, and their sum.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::hypothese::Hypotheses;
use super::motif::Motif;
use super::mouvements::Montant;
use crate::bareme::Source;
use crate::mesures::{Euros, Jour, VariationHeures};

/// A statement of rights on a given day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Releve {
    /// The day it is true of.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-11-23"))]
    pub au: Jour,
    /// What can be done with the account on that day.
    #[serde(default)]
    pub etat: Etat,
    /// The sum of the lines.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "1810.00"))]
    pub solde: Euros,
    /// The part of the balance that comes from the DIF.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.00"))]
    pub dont_dif: Euros,
    /// The part of the balance that comes from volunteering; outside the ceiling.
    #[serde(default, skip_serializing_if = "Euros::est_nul")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.00"))]
    pub dont_cec: Euros,
    /// The part of the balance that others added; outside the ceiling.
    #[serde(default, skip_serializing_if = "Euros::est_nul")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.00"))]
    pub dont_abondements: Euros,
    /// Where the account stops, on that day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "5000.00"))]
    pub plafond: Euros,
    /// The sum of the lines in hours: before 2019, or as a public agent.
    #[serde(default, skip_serializing_if = "VariationHeures::est_nulle")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0"))]
    pub solde_heures: VariationHeures,
    /// The lines, oldest first.
    pub lignes: Vec<Ligne>,
    /// What is acquired and not spendable yet: each line counts from its date, and its balances are those of then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acquises: Vec<Ligne>,
}

/// What can be done with an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Etat {
    /// It is fed and spent.
    #[default]
    Ouvert,
    /// The holder is too young.
    PasEncoreOuvert,
    /// A full-rate pension is due: neither fed nor spent, but for volunteering.
    Gele,
    /// The holder is dead.
    Ferme,
}

/// Where money is kept: it decides the ceiling and the order of spending.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Poche {
    /// Yearly credits, and hours converted.
    #[default]
    Cpf,
    /// The DIF; inside the ceiling.
    Dif,
    /// Volunteering; outside the ceiling.
    Cec,
    /// What others added; outside the ceiling.
    Abondement,
}

impl Poche {
    // By reference, as serde asks.
    const fn est_cpf(&self) -> bool {
        matches!(self, Self::Cpf)
    }
}

/// One line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ligne {
    /// The day from which it counts.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2020-06-30"))]
    pub date: Jour,
    /// The money it moves.
    #[serde(default, skip_serializing_if = "Poche::est_cpf")]
    pub poche: Poche,
    /// What it adds, or takes when negative.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "500.00"))]
    pub montant: Euros,
    /// What it adds or takes in hours.
    #[serde(default, skip_serializing_if = "VariationHeures::est_nulle")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0"))]
    pub heures: VariationHeures,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "1310.00"))]
    pub solde: Euros,
    /// The balance in hours after it.
    #[serde(default, skip_serializing_if = "VariationHeures::est_nulle")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0"))]
    pub solde_heures: VariationHeures,
    /// What the rule gave and the ceiling withheld, or what could not be paid; zero for most lines.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.00"))]
    pub retenu: Euros,
    /// The same in hours.
    #[serde(default, skip_serializing_if = "VariationHeures::est_nulle")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0"))]
    pub retenu_heures: VariationHeures,
    /// The ceiling it was compared with; nothing where no ceiling applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plafond: Option<Montant>,
    /// The rule and the facts it used.
    pub motif: Motif,
    /// Where the rule is written.
    pub source: Reference,
    /// What the law leaves open and this account had to assume.
    #[serde(default, skip_serializing_if = "Hypotheses::est_vide")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::hypothese::Hypothese>))]
    pub hypotheses: Hypotheses,
}

/// A text and an article, as a person can look them up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reference {
    /// The text.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub texte: Cow<'static, str>,
    /// The article or page.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub article: Cow<'static, str>,
}

impl From<Source> for Reference {
    fn from(source: Source) -> Self {
        Self { texte: Cow::Borrowed(source.texte), article: Cow::Borrowed(source.article) }
    }
}

/// The balances of an account, without their explanation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Soldes {
    /// Everything in euros.
    pub total: Euros,
    /// The part of it that comes from the DIF.
    pub dont_dif: Euros,
    /// The part of it that comes from volunteering.
    pub dont_cec: Euros,
    /// The part of it that others added.
    pub dont_abondements: Euros,
    /// Everything in hours.
    pub heures: VariationHeures,
    /// Where the account stops.
    pub plafond: Euros,
    /// What can be done with it.
    pub etat: Etat,
}

impl Soldes {
    /// The part that counts under the ceiling: yearly credits and DIF.
    ///
    /// ```
    /// use domaine::droits::Soldes;
    /// use domaine::mesures::Euros;
    /// let soldes = Soldes { total: Euros::entiers(740), dont_cec: Euros::entiers(240), ..Soldes::default() };
    /// assert_eq!(soldes.sous_plafond(), Euros::entiers(500));
    /// ```
    pub fn sous_plafond(&self) -> Euros {
        self.total - self.dont_cec - self.dont_abondements
    }
}

/// What a rule writes in the account, before anybody explains it.
#[derive(Clone, Copy)]
pub(super) struct Ecriture {
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
    pub(super) const fn vide(date: Jour, poche: Poche, source: Source) -> Self {
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
pub(super) trait Registre {
    /// Keeps an entry, with the balances after it.
    fn inscrire(&mut self, ecriture: Ecriture, solde: Euros, heures: VariationHeures, motif: impl FnOnce() -> Motif);

    /// How many it keeps.
    fn nombre(&self) -> usize {
        0
    }
}

/// Keeps every line.
#[derive(Default)]
pub(super) struct Lignes(pub Vec<Ligne>);

/// Keeps every entry and its reason, to write it again elsewhere.
#[derive(Default)]
pub(super) struct Brouillon(pub Vec<(Ecriture, Motif)>);

/// Keeps nothing.
pub(super) struct Rien;

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
