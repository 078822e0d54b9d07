//! Lines that their holder disputes.

use std::fmt;

use domaine::droits::{Destinataire, Repere, ReponseDonnee, StatutDemande};
use domaine::mesures::{Euros, Jour, VariationHeures};
use serde::{Deserialize, Serialize};

pub use domaine::forms::SaisieContestation;

/// A request, as its holder follows it. `Debug` shows its reference alone: people write about themselves in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContestationVue {
    /// The reference given to the holder, for example `CTR-7K2M-9QXA`.
    pub reference: String,
    /// The line.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2020-06-30.0"))]
    pub ligne: Repere,
    /// What the line added or took on the day of the request.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "500.00"))]
    pub montant: Euros,
    /// The same in hours.
    #[serde(default, skip_serializing_if = "VariationHeures::est_nulle")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "0"))]
    pub heures: VariationHeures,
    /// Who can mend it.
    pub destinataire: Destinataire,
    /// What the holder wrote.
    pub raison: String,
    /// The day of the request.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-11-23"))]
    pub deposee_le: Jour,
    /// Where it stands.
    pub statut: StatutDemande,
    /// What was answered, oldest first: an answer is never changed, another is added to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reponses: Vec<ReponseDonnee>,
}

impl fmt::Debug for ContestationVue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContestationVue({})", self.reference)
    }
}
