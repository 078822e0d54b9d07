//! The form « Contester cette ligne ».

use serde::{Deserialize, Serialize};

use super::faute::Faute;
use super::formulaire::{Champ, Erreurs, Formulaire};
use crate::droits::{Repere, lire_raison};
use crate::mesures::Jour;

/// The form as typed. No `Debug`: people write about themselves in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieContestation {
    /// The line.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2020-06-30.0"))]
    pub ligne: Repere,
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
    const TOUS: &'static [Self] = &[Self::Raison];

    fn id(self) -> &'static str {
        "raison"
    }
}

impl Formulaire for SaisieContestation {
    type Champ = ChampContestation;
    /// The reason, without the blanks around it.
    type Valide = String;

    fn valider(&self, _aujourdhui: Jour) -> Result<String, Erreurs<ChampContestation>> {
        let mut erreurs = Erreurs::new();
        let raison = lire_raison(&self.raison).map_err(Faute::Raison);
        erreurs.garder(ChampContestation::Raison, raison).ok_or(erreurs)
    }
}
