//! The balance and the statement.

use crate::contestations::ContestationView;
use domaine::droits::{AccountState, DeclarationSousNiveau3, Outlook, Releve};
use domaine::mesures::{Day, Euros, HoursVariation, Year};
use serde::{Deserialize, Serialize};

pub use domaine::forms::SaisieSousNiveau3;

/// The balance, and what the screens around it need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DroitsView {
    /// The day the balance is true of.
    #[serde(rename = "au")]
    pub as_of: Day,
    /// The balance.
    pub solde: Euros,
    /// The part of it that comes from the DIF.
    #[serde(rename = "dont_dif")]
    pub dif_part: Euros,
    /// The part of it that others added or that comes from volunteering: outside the ceiling.
    #[serde(rename = "hors_plafond", default, skip_serializing_if = "Euros::is_zero")]
    pub outside_plafond: Euros,
    /// The balance in hours, of a public agent.
    #[serde(rename = "solde_heures", default, skip_serializing_if = "HoursVariation::is_zero")]
    pub solde_hours: HoursVariation,
    /// Where the account stops.
    pub plafond: Euros,
    /// What can be done with the account.
    #[serde(rename = "etat", default)]
    pub state: AccountState,
    /// Whether anything is known of the person's working life; else the balance is zero and the
    /// screen says why and what to do.
    #[serde(rename = "connu")]
    pub known: bool,
    /// Whether a DIF was declared.
    #[serde(rename = "dif_declare")]
    pub dif_declared: bool,
    /// The last day on which a DIF can be declared; nothing while it stays open.
    #[serde(rename = "fin_dif", default, skip_serializing_if = "Option::is_none")]
    pub dif_end: Option<Day>,
    /// When the account is erased, because its holder asked for that, « 2026-11-23T10:04 » in French legal time.
    #[serde(rename = "fermeture", default, skip_serializing_if = "Option::is_none")]
    pub closes_on: Option<String>,
    /// What may be offered to this holder, and said of the credits to come.
    #[serde(rename = "perspective", default)]
    pub outlook: Outlook,
}

/// The statement, line by line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoriqueView {
    /// The statement of the day that was asked for.
    pub releve: Releve,
    /// The last day that can be asked for.
    #[serde(rename = "aujourdhui")]
    pub today: Day,
    /// The day of the first line there is; nothing when today's statement has none.
    #[serde(rename = "depuis", default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// As in [`DroitsView`].
    #[serde(rename = "connu")]
    pub known: bool,
    /// As in [`DroitsView`].
    #[serde(rename = "fin_dif", default, skip_serializing_if = "Option::is_none")]
    pub dif_end: Option<Day>,
    /// As in [`DroitsView`], of the statement that is shown.
    #[serde(rename = "perspective", default)]
    pub outlook: Outlook,
    /// Whether hours of DIF are declared whose attestation nobody of this service has seen yet.
    #[serde(rename = "dif_a_verifier", default, skip_serializing_if = "std::ops::Not::not")]
    pub dif_to_check: bool,
    /// The lines that the holder disputed, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contestations: Vec<ContestationView>,
}

/// Below level 3: what the holder declared, and what it gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SousNiveau3View {
    /// The declarations, newest first.
    pub declarations: Vec<DeclarationSousNiveau3>,
    /// Whether one counts today.
    #[serde(rename = "en_cours")]
    pub under_way: bool,
    /// The first year that a declaration made today raises.
    #[serde(rename = "annee")]
    pub year: Year,
    /// What a full year gives below level 3.
    pub credit: Euros,
    /// Where the account then stops.
    pub plafond: Euros,
    /// What a full year gives otherwise.
    #[serde(rename = "credit_ordinaire")]
    pub ordinary_credit: Euros,
    /// Where the account stops otherwise.
    #[serde(rename = "plafond_ordinaire")]
    pub ordinary_plafond: Euros,
}
