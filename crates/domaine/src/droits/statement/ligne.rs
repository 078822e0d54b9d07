//! One line of a statement. Written by [`crate::droits`]' engine alone, read by everybody.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::hypothesis::Hypotheses;
use super::motif::Motif;
use crate::bareme::Source;
use crate::droits::facts::Montant;
use crate::mesures::{Day, Euros, HoursVariation};

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
    const fn is_cpf(&self) -> bool {
        matches!(self, Self::Cpf)
    }
}

/// One line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ligne {
    /// The day from which it counts.
    pub date: Day,
    /// The money it moves.
    #[serde(default, skip_serializing_if = "Poche::is_cpf")]
    pub poche: Poche,
    /// What it adds, or takes when negative.
    pub montant: Euros,
    /// What it adds or takes in hours.
    #[serde(rename = "heures", default, skip_serializing_if = "HoursVariation::is_zero")]
    pub hours: HoursVariation,
    /// The balance after it.
    pub solde: Euros,
    /// The balance in hours after it.
    #[serde(rename = "solde_heures", default, skip_serializing_if = "HoursVariation::is_zero")]
    pub solde_hours: HoursVariation,
    /// What the rule gave and the ceiling withheld, or what could not be paid; zero for most lines.
    #[serde(rename = "retenu")]
    pub withheld: Euros,
    /// The same in hours.
    #[serde(rename = "retenu_heures", default, skip_serializing_if = "HoursVariation::is_zero")]
    pub withheld_hours: HoursVariation,
    /// The ceiling it was compared with; nothing where no ceiling applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plafond: Option<Montant>,
    /// The rule and the facts it used.
    pub motif: Motif,
    /// Where the rule is written.
    pub source: Reference,
    /// What the law leaves open and this account had to assume.
    #[serde(default, skip_serializing_if = "Hypotheses::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::hypothesis::Hypothesis>))]
    pub hypotheses: Hypotheses,
}

/// A text and an article, as a person can look them up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reference {
    /// The text.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[serde(rename = "texte")]
    pub text: Cow<'static, str>,
    /// The article or page.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub article: Cow<'static, str>,
}

impl From<Source> for Reference {
    fn from(source: Source) -> Self {
        Self { text: Cow::Borrowed(source.text), article: Cow::Borrowed(source.article) }
    }
}
