//! The form « À quelle date ? ».

use super::faute::Faute;
use super::formulaire::{Champ, Erreurs, Formulaire, mesure};
use crate::droits::lire_date;
use crate::mesures::Jour;

/// The form as typed, or as it stands in an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaisieConsultation {
    /// « Date ».
    pub au: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampConsultation {
    /// `#au`
    Au,
}

impl Champ for ChampConsultation {
    const TOUS: &'static [Self] = &[Self::Au];

    fn id(self) -> &'static str {
        "au"
    }
}

impl Formulaire for SaisieConsultation {
    type Champ = ChampConsultation;
    type Valide = Jour;

    fn valider(&self, aujourdhui: Jour) -> Result<Jour, Erreurs<ChampConsultation>> {
        let mut erreurs = Erreurs::new();
        let lu = mesure(&self.au).and_then(|texte| lire_date(texte, aujourdhui).map_err(Faute::Date));
        erreurs.garder(ChampConsultation::Au, lu).ok_or(erreurs)
    }
}
