//! The forms of « Mon profil »: telephones and e-mail, and the password.

use serde::{Deserialize, Serialize};

use super::connexion::redonne;
use super::faute::Faute;
use super::formulaire::{Champ, Erreurs, Formulaire, mesure};
use super::telephones::Telephones;
use crate::identite::{Courriel, MotDePasse};
use crate::mesures::Jour;

/// Telephones and e-mail as typed. No `Debug`: it holds personal data.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieCoordonnees {
    /// « Téléphone fixe ».
    pub telephone_fixe: String,
    /// « Téléphone mobile ».
    pub telephone_mobile: String,
    /// « Courriel ».
    pub courriel: String,
    /// « Mot de passe actuel »; only asked when the e-mail changes, and judged by the server alone.
    #[serde(default)]
    pub mot_de_passe_actuel: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampCoordonnees {
    /// `#telephone-fixe`
    TelephoneFixe,
    /// `#telephone-mobile`
    TelephoneMobile,
    /// `#courriel`
    Courriel,
    /// `#mot-de-passe-actuel`: only the server finds fault with it.
    MotDePasseActuel,
}

impl Champ for ChampCoordonnees {
    const TOUS: &'static [Self] = &[Self::TelephoneFixe, Self::TelephoneMobile, Self::Courriel, Self::MotDePasseActuel];

    fn id(self) -> &'static str {
        match self {
            Self::TelephoneFixe => "telephone-fixe",
            Self::TelephoneMobile => "telephone-mobile",
            Self::Courriel => "courriel",
            Self::MotDePasseActuel => ChampMotDePasse::Actuel.id(),
        }
    }
}

/// How to reach a person.
#[derive(Debug)]
pub struct Coordonnees {
    /// At least one telephone.
    pub telephones: Telephones,
    /// The e-mail.
    pub courriel: Courriel,
}

impl Formulaire for SaisieCoordonnees {
    type Champ = ChampCoordonnees;
    type Valide = Coordonnees;

    fn valider(&self, _aujourdhui: Jour) -> Result<Coordonnees, Erreurs<ChampCoordonnees>> {
        use ChampCoordonnees as C;
        let mut erreurs = Erreurs::new();
        let telephones = Telephones::lire(
            (C::TelephoneFixe, &self.telephone_fixe),
            (C::TelephoneMobile, &self.telephone_mobile),
            &mut erreurs,
        );
        let courriel = erreurs
            .garder(C::Courriel, mesure(&self.courriel).and_then(|t| Courriel::parse(t).map_err(Faute::Courriel)));
        match (telephones, courriel) {
            (Some(telephones), Some(courriel)) => Ok(Coordonnees { telephones, courriel }),
            _ => Err(erreurs),
        }
    }
}

/// A change of password as typed. No `Debug`: it holds two.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieMotDePasse {
    /// « Mot de passe actuel ».
    pub actuel: String,
    /// « Nouveau mot de passe ».
    pub nouveau: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampMotDePasse {
    /// `#mot-de-passe-actuel`
    Actuel,
    /// `#mot-de-passe`
    Nouveau,
}

impl Champ for ChampMotDePasse {
    const TOUS: &'static [Self] = &[Self::Actuel, Self::Nouveau];

    fn id(self) -> &'static str {
        match self {
            Self::Actuel => "mot-de-passe-actuel",
            Self::Nouveau => "mot-de-passe",
        }
    }
}

/// The password asked again and the one that replaces it. No `Debug`.
pub struct NouveauMotDePasse {
    /// As typed: it is compared, not judged.
    pub actuel: String,
    /// Strong enough.
    pub nouveau: MotDePasse,
}

impl Formulaire for SaisieMotDePasse {
    type Champ = ChampMotDePasse;
    type Valide = NouveauMotDePasse;

    fn valider(&self, _aujourdhui: Jour) -> Result<NouveauMotDePasse, Erreurs<ChampMotDePasse>> {
        let mut erreurs = Erreurs::new();
        let actuel = erreurs.garder(ChampMotDePasse::Actuel, redonne(&self.actuel));
        let nouveau = erreurs.garder(
            ChampMotDePasse::Nouveau,
            mesure(&self.nouveau).and_then(|t| MotDePasse::parse(t).map_err(Faute::MotDePasse)),
        );
        match (actuel, nouveau) {
            (Some(actuel), Some(nouveau)) => Ok(NouveauMotDePasse { actuel, nouveau }),
            _ => Err(erreurs),
        }
    }
}
