//! The form « Contester cette ligne ».

use serde::{Deserialize, Serialize};

use super::faute::Faute;
use super::formulaire::{Champ, Errors, Formulaire};
use crate::droits::{Marker, parse_raison};
use crate::mesures::Day;

/// The form as typed. No `Debug`: people write about themselves in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieContestation {
    /// The line.
    pub ligne: Marker,
    /// « Ce qui vous semble faux ».
    pub raison: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampContestation {
    /// `#raison`
    Raison,
}

impl Champ for ChampContestation {
    const ALL: &'static [Self] = &[Self::Raison];

    fn id(self) -> &'static str {
        "raison"
    }
}

impl Formulaire for SaisieContestation {
    type Champ = ChampContestation;
    /// The reason, without the blanks around it.
    type Valid = String;

    fn validate(&self, _today: Day) -> Result<String, Errors<ChampContestation>> {
        let mut errors = Errors::new();
        let raison = parse_raison(&self.raison).map_err(Faute::Raison);
        errors.keep(ChampContestation::Raison, raison).ok_or(errors)
    }
}
