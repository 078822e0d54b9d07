//! Lines that their holder disputes.

use std::fmt;

use domaine::droits::{Destinataire, GivenAnswer, Marker, RequestStatut};
use domaine::mesures::{Day, Euros, HoursVariation};
use serde::{Deserialize, Serialize};

pub use domaine::forms::SaisieContestation;

/// A request, as its holder follows it. `Debug` shows its reference alone: people write about themselves in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContestationView {
    /// The reference given to the holder, for example `CTR-7K2M-9QXA`.
    pub reference: String,
    /// The line.
    pub ligne: Marker,
    /// What the line added or took on the day of the request.
    pub montant: Euros,
    /// The same in hours.
    #[serde(rename = "heures", default, skip_serializing_if = "HoursVariation::is_zero")]
    pub hours: HoursVariation,
    /// Who can mend it.
    pub destinataire: Destinataire,
    /// What the holder wrote.
    pub raison: String,
    /// The day of the request.
    #[serde(rename = "deposee_le")]
    pub filed_on: Day,
    /// Where it stands.
    pub statut: RequestStatut,
    /// What was answered, oldest first: an answer is never changed, another is added to it.
    #[serde(rename = "reponses", default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<GivenAnswer>,
}

impl fmt::Debug for ContestationView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContestationVue({})", self.reference)
    }
}
