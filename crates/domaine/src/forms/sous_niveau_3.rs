//! The form by which a holder declares to be below level 3, or ends that declaration.

use serde::{Deserialize, Serialize};

use super::faute::Faute;
use super::formulaire::{Champ, Erreurs, Formulaire};
use crate::droits::ActeSousNiveau3;
use crate::mesures::Jour;

/// The form as typed; the same to declare and to end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieSousNiveau3 {
    /// The box by which the holder says that it is true.
    pub confirmation: bool,
    /// When ending: it should never have been made, and what it gave is recalculated.
    #[serde(default)]
    pub erreur: bool,
}

/// The fields of the form, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampSousNiveau3 {
    /// `#confirmation`
    Confirmation,
    /// `#erreur`
    Erreur,
}

impl Champ for ChampSousNiveau3 {
    const TOUS: &'static [Self] = &[Self::Confirmation, Self::Erreur];

    fn id(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Erreur => "erreur",
        }
    }
}

impl Formulaire for SaisieSousNiveau3 {
    type Champ = ChampSousNiveau3;
    /// How a declaration would end; who makes one asks for nothing of it.
    type Valide = ActeSousNiveau3;

    fn valider(&self, _aujourdhui: Jour) -> Result<ActeSousNiveau3, Erreurs<ChampSousNiveau3>> {
        let mut erreurs = Erreurs::new();
        if !self.confirmation {
            erreurs.noter(ChampSousNiveau3::Confirmation, Faute::ConfirmationManquante);
            return Err(erreurs);
        }
        Ok(if self.erreur { ActeSousNiveau3::Annuler } else { ActeSousNiveau3::Finir })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_declared_without_the_box() {
        let jour = Jour::date(2026, 11, 23);
        let refus = SaisieSousNiveau3::default().valider(jour).unwrap_err();
        assert_eq!(refus.dans_l_ordre(), [(ChampSousNiveau3::Confirmation, Faute::ConfirmationManquante)]);
        let fin = SaisieSousNiveau3 { confirmation: true, erreur: false };
        assert_eq!(fin.valider(jour), Ok(ActeSousNiveau3::Finir));
        assert_eq!(SaisieSousNiveau3 { erreur: true, ..fin }.valider(jour), Ok(ActeSousNiveau3::Annuler));
    }
}
