//! Why a line is there: the rule that made it, and the facts it used.
//!
//! Few shapes for many rules: each shape that travels is paid for by the page.

use serde::{Deserialize, Serialize};

use crate::bareme::NaturesAbsence;
use crate::droits::facts::{CategorieEngagement, Montant, Provenance, Statut};
use crate::mesures::{Annee, Euros, Heures, Jour, Quantite};

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
    /// A year whose credit is whole.
    AnneePleine {
        /// The year and its facts.
        faits: AnneeTravaillee,
    },
    /// A year whose credit is in proportion.
    AnneePartielle {
        /// The year and its facts.
        faits: AnneeTravaillee,
        /// How much more work would have given the whole credit.
        manque: Quantite,
    },
    /// A year that gives nothing.
    AnneeSansCredit {
        /// The year and its facts.
        faits: AnneeTravaillee,
        /// Why.
        raison: Raison,
    },
    /// Hours of DIF, declared with a proof.
    Dif {
        /// How many this line adds.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "87"))]
        heures: Heures,
        /// Euros for one hour; nothing while accounts were kept in hours.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "15.00"))]
        taux: Euros,
        /// The reference of the declaration.
        reference: String,
    },
    /// Hours of DIF declared after the last day.
    DifTropTard {
        /// How many.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "87"))]
        heures: Heures,
        /// The last day.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2021-06-30"))]
        fin: Jour,
    },
    /// An activity of volunteering.
    Engagement(CategorieEngagement),
    /// What someone else added.
    Abondement(Dotation),
    /// What someone else added and was not spent in time goes back.
    AbondementEchu(Dotation),
    /// Something the account paid for.
    Depense(Paiement),
    /// What the account could not pay of it.
    DepenseNonCouverte(Paiement),
    /// Hours of a public agent that become euros, or euros that become hours.
    Conversion {
        /// How many hours.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "50"))]
        heures: Heures,
        /// Euros for one hour.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "15.00"))]
        taux: Euros,
    },
    /// A counter-entry: it takes back what an earlier line gave.
    Contrepassation {
        /// The day of that line.
        #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2022-06-30"))]
        du: Jour,
        /// Why.
        raison: Raison,
        /// The year of work, when that line credited one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2021"))]
        annee: Option<Annee>,
    },
    /// The account closes.
    Cloture,
}

/// Why a year gives nothing, a payment is refused, or a line is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Raison {
    /// The contribution to training was not paid.
    CotisationImpayee,
    /// The age of the account was not reached.
    Age,
    /// A full-rate pension is due.
    Retraite,
    /// No rule gives anything to that status in that year.
    SansRegle,
    /// The full year to which the work is compared is not known: no SMIC was given.
    SansReference,
    /// The account does not hold enough.
    SoldeInsuffisant,
    /// A later DIF attestation stands for all.
    AttestationRemplacee,
    /// The facts of the year were corrected.
    AnneeRectifiee,
    /// The declaration of being below level 3 was wrong.
    DeclarationAnnulee,
    /// Another line was corrected, which changes the room that was left for this one.
    AutreLigneCorrigee,
}

/// The category under which a year is credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Categorie {
    /// An employee.
    Salarie,
    /// An employee below level 3.
    SalarieSousNiveau3,
    /// A person of an ESAT.
    Esat,
    /// A self-employed person.
    Independant,
    /// A public agent.
    Agent,
    /// A public agent of category C below level 3.
    AgentSousNiveau3,
}

impl Categorie {
    /// The category of a status, before anything is known of its holder.
    pub(in crate::droits) const fn de(statut: Statut) -> Self {
        match statut {
            Statut::Salarie => Self::Salarie,
            Statut::Esat => Self::Esat,
            Statut::Independant { .. } => Self::Independant,
            Statut::AgentPublic { sans_niveau_3: true, .. } => Self::AgentSousNiveau3,
            Statut::AgentPublic { .. } => Self::Agent,
        }
    }
}

/// The facts of a year of work that the yearly credit uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnneeTravaillee {
    /// The civil year of work.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2021"))]
    pub annee: Annee,
    /// As whom; of several, the most favourable.
    pub categorie: Categorie,
    /// The other status of that year, less favourable, when there was a choice (R6323-27).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ecartee: Option<Categorie>,
    /// Work, absences that count as work included.
    pub travail: Quantite,
    /// The part of it that is absence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absences: Option<Quantite>,
    /// What those absences were.
    #[serde(default, skip_serializing_if = "NaturesAbsence::est_vide")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::bareme::NatureAbsence>))]
    pub natures: NaturesAbsence,
    /// A full year of work.
    pub reference: Quantite,
    /// The credit of a full year.
    pub credit: Montant,
    /// What a disability adds to it.
    #[serde(default, skip_serializing_if = "Euros::est_nul")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "300.00"))]
    pub majoration: Euros,
    /// Who said so.
    pub provenance: Provenance,
}

/// What someone else added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dotation {
    /// Who pays.
    pub financeur: String,
    /// The only action it can pay for, when it is earmarked.
    pub action: Option<String>,
    /// The last day it can be spent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2027-12-31"))]
    pub echeance: Option<Jour>,
}

/// What an expense asked of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Paiement {
    /// The reference of the request.
    pub reference: String,
    /// How much was asked.
    pub demande: Montant,
    /// Why it was not paid, or not wholly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refus: Option<Raison>,
}
