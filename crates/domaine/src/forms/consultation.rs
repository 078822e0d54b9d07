//! The form « À quelle date ? ».

use super::faute::Faute;
use super::formulaire::{Champ, Errors, Formulaire, measure};
use crate::droits::parse_date;
use crate::mesures::Day;

/// The form as typed, or as it stands in an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaisieConsultation {
    /// « Date ».
    pub as_of: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampConsultation {
    /// `#as_of`
    AsOf,
}

impl Champ for ChampConsultation {
    const ALL: &'static [Self] = &[Self::AsOf];

    fn id(self) -> &'static str {
        "au"
    }
}

impl Formulaire for SaisieConsultation {
    type Champ = ChampConsultation;
    type Valid = Day;

    fn validate(&self, today: Day) -> Result<Day, Errors<ChampConsultation>> {
        let mut errors = Errors::new();
        let read = measure(&self.as_of).and_then(|text| parse_date(text, today).map_err(Faute::Date));
        errors.keep(ChampConsultation::AsOf, read).ok_or(errors)
    }
}
