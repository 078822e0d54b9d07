//! The statement: lines that explain themselves, and their sum.

use serde::{Deserialize, Serialize};

use super::situation::Provenance;
use crate::bareme::Source;
use crate::mesures::{Annee, DureeTravaillee, Euros, Heures, Jour};

/// A statement of rights on a given day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Releve {
    /// The day it is true of.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-11-23"))]
    pub au: Jour,
    /// The sum of the lines.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "1810.00"))]
    pub solde: Euros,
    /// The part of the balance that comes from the DIF.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.00"))]
    pub dont_dif: Euros,
    /// Where the account stops, on that day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "5000.00"))]
    pub plafond: Euros,
    /// The lines, oldest first.
    pub lignes: Vec<Ligne>,
}

/// One line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ligne {
    /// The day from which it counts.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2020-06-30"))]
    pub date: Jour,
    /// What it adds.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "500.00"))]
    pub montant: Euros,
    /// The balance after it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "1310.00"))]
    pub solde: Euros,
    /// What the rule gave and the ceiling withheld; zero for most lines.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.00"))]
    pub retenu: Euros,
    /// The rule and the facts it used.
    pub motif: Motif,
    /// Where the rule is written.
    pub source: Reference,
    /// What the law leaves open and this account had to assume.
    pub hypothese: Option<Hypothese>,
}

/// A text and an article, as a person can look them up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reference {
    /// The text.
    pub texte: String,
    /// The article or page.
    pub article: String,
}

/// The rule that made a line, with the facts it used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Motif {
    /// Hours held on 31 December 2018, converted on 1 January 2019.
    HeuresConverties {
        /// How many.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "54"))]
        heures: Heures,
        /// Euros for one hour.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "15.00"))]
        taux: Euros,
        /// Who said so.
        provenance: Provenance,
    },
    /// A year worked at half time or more.
    AnneePleine {
        /// The year and its facts.
        #[serde(flatten)]
        annee: AnneeTravaillee,
    },
    /// A year worked below half time: the credit is in proportion.
    AnneePartielle {
        /// The year and its facts.
        #[serde(flatten)]
        annee: AnneeTravaillee,
        /// How much more work would have given the whole credit.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.50"))]
        manque: DureeTravaillee,
    },
    /// Hours of DIF, declared with a proof.
    Dif {
        /// How many this line adds.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "87"))]
        heures: Heures,
        /// Euros for one hour.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "15.00"))]
        taux: Euros,
        /// The reference of the declaration.
        reference: String,
    },
}

/// The facts of a year of work that the yearly credit uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnneeTravaillee {
    /// The civil year of work.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2021"))]
    pub annee: Annee,
    /// Time worked.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "803.00"))]
    pub travail: DureeTravaillee,
    /// A full year of work.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "1607.00"))]
    pub reference: DureeTravaillee,
    /// The credit of a full year.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "500.00"))]
    pub credit: Euros,
    /// Who said so.
    pub provenance: Provenance,
}

/// A choice made where the law says nothing or is unclear; the screen shows it as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Hypothese {
    /// The law says no day: « au cours du premier semestre de l'année suivante ».
    JourDeCredit,
}

/// What a rule gives, before the ceiling.
pub(super) struct Avance {
    pub date: Jour,
    pub montant: Euros,
    pub motif: Motif,
    pub source: Source,
    pub hypothese: Option<Hypothese>,
}

impl Releve {
    pub(super) fn vide(au: Jour, plafond: Euros) -> Self {
        Self { au, solde: Euros::ZERO, dont_dif: Euros::ZERO, plafond, lignes: Vec::new() }
    }

    /// Adds what a rule gives, as far as there is room.
    pub(super) fn ajouter(&mut self, avance: Avance, place: Euros) {
        let montant = avance.montant.min(place);
        self.solde += montant;
        if matches!(avance.motif, Motif::Dif { .. }) {
            self.dont_dif += montant;
        }
        self.lignes.push(Ligne {
            date: avance.date,
            montant,
            solde: self.solde,
            retenu: avance.montant - montant,
            motif: avance.motif,
            source: Reference { texte: avance.source.texte.into(), article: avance.source.article.into() },
            hypothese: avance.hypothese,
        });
    }
}
