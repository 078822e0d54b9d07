//! The form by which a holder declares to be below level 3, or ends that declaration.

use serde::{Deserialize, Serialize};

use super::faute::Faute;
use super::formulaire::{Champ, Errors, Formulaire};
use crate::droits::ActSousNiveau3;
use crate::mesures::Day;

/// The form as typed; the same to declare and to end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieSousNiveau3 {
    /// The box by which the holder says that it is true.
    pub confirmation: bool,
    /// When ending: it should never have been made, and what it gave is recalculated.
    #[serde(rename = "erreur", default)]
    pub mistake: bool,
}

/// The fields of the form, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampSousNiveau3 {
    /// `#confirmation`
    Confirmation,
    /// `#mistake`
    Mistake,
}

impl Champ for ChampSousNiveau3 {
    const ALL: &'static [Self] = &[Self::Confirmation, Self::Mistake];

    fn id(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Mistake => "erreur",
        }
    }
}

impl Formulaire for SaisieSousNiveau3 {
    type Champ = ChampSousNiveau3;
    /// How a declaration would end; who makes one asks for nothing of it.
    type Valid = ActSousNiveau3;

    fn validate(&self, _today: Day) -> Result<ActSousNiveau3, Errors<ChampSousNiveau3>> {
        let mut errors = Errors::new();
        if !self.confirmation {
            errors.record(ChampSousNiveau3::Confirmation, Faute::MissingConfirmation);
            return Err(errors);
        }
        Ok(if self.mistake { ActSousNiveau3::Cancel } else { ActSousNiveau3::Finish })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_declared_without_the_box() {
        let day = Day::date(2026, 11, 23);
        let refusal = SaisieSousNiveau3::default().validate(day).unwrap_err();
        assert_eq!(refusal.in_order(), [(ChampSousNiveau3::Confirmation, Faute::MissingConfirmation)]);
        let end = SaisieSousNiveau3 { confirmation: true, mistake: false };
        assert_eq!(end.validate(day), Ok(ActSousNiveau3::Finish));
        assert_eq!(SaisieSousNiveau3 { mistake: true, ..end }.validate(day), Ok(ActSousNiveau3::Cancel));
    }
}
