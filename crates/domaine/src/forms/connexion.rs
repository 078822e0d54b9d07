//! The form that connects a person to their account.

use serde::{Deserialize, Serialize};

use super::faute::Faute;
use super::formulaire::{Champ, Errors, Formulaire, measure};
use crate::identite::Courriel;
use crate::mesures::Day;

/// The form as typed. No `Debug`: it holds a password.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieConnexion {
    /// « Courriel ».
    pub courriel: String,
    /// « Mot de passe ».
    pub mot_de_passe: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampConnexion {
    /// `#courriel`
    Courriel,
    /// `#mot-de-passe`
    MotDePasse,
}

impl Champ for ChampConnexion {
    const ALL: &'static [Self] = &[Self::Courriel, Self::MotDePasse];

    fn id(self) -> &'static str {
        match self {
            Self::Courriel => "courriel",
            Self::MotDePasse => "mot-de-passe",
        }
    }
}

/// What is needed to look for an account. No `Debug`: it holds a password.
pub struct Connexion {
    /// The e-mail the account was opened with.
    pub courriel: Courriel,
    /// The password as typed: it is compared, not judged.
    pub mot_de_passe: String,
}

impl Formulaire for SaisieConnexion {
    type Champ = ChampConnexion;
    type Valid = Connexion;

    fn validate(&self, _today: Day) -> Result<Connexion, Errors<ChampConnexion>> {
        let mut errors = Errors::new();
        let courriel = errors.keep(
            ChampConnexion::Courriel,
            measure(&self.courriel).and_then(|t| Courriel::parse(t).map_err(Faute::Courriel)),
        );
        let mot_de_passe = errors.keep(ChampConnexion::MotDePasse, gives_back(&self.mot_de_passe));
        match (courriel, mot_de_passe) {
            (Some(courriel), Some(mot_de_passe)) => Ok(Connexion { courriel, mot_de_passe }),
            _ => Err(errors),
        }
    }
}

/// A password asked again: present and of a sane length, nothing more is judged.
pub(super) fn gives_back(text: &str) -> Result<String, Faute> {
    match measure(text)? {
        "" => Err(Faute::MissingMotDePasse),
        text => Ok(text.to_owned()),
    }
}
