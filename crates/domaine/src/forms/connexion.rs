//! The form that connects a person to their account.

use serde::{Deserialize, Serialize};

use super::faute::Faute;
use super::formulaire::{Champ, Erreurs, Formulaire, mesure};
use crate::identite::Courriel;
use crate::mesures::Jour;

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
    const TOUS: &'static [Self] = &[Self::Courriel, Self::MotDePasse];

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
    type Valide = Connexion;

    fn valider(&self, _aujourdhui: Jour) -> Result<Connexion, Erreurs<ChampConnexion>> {
        let mut erreurs = Erreurs::new();
        let courriel = erreurs.garder(
            ChampConnexion::Courriel,
            mesure(&self.courriel).and_then(|t| Courriel::parse(t).map_err(Faute::Courriel)),
        );
        let mot_de_passe = erreurs.garder(ChampConnexion::MotDePasse, redonne(&self.mot_de_passe));
        match (courriel, mot_de_passe) {
            (Some(courriel), Some(mot_de_passe)) => Ok(Connexion { courriel, mot_de_passe }),
            _ => Err(erreurs),
        }
    }
}

/// A password asked again: present and of a sane length, nothing more is judged.
pub(super) fn redonne(texte: &str) -> Result<String, Faute> {
    match mesure(texte)? {
        "" => Err(Faute::MotDePasseManquant),
        texte => Ok(texte.to_owned()),
    }
}
