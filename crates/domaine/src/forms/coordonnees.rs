//! The forms of « Mon profil »: telephones and e-mail, the codes that prove their change, and the password.

use serde::{Deserialize, Serialize};

use super::connexion::gives_back;
use super::faute::Faute;
use super::formulaire::{Champ, Errors, Formulaire, measure};
use super::proofs::Preuves;
use super::second_step::{ChampSecondeEtape, read_if_any};
use super::telephones::Telephones;
use crate::identite::{CodeCourriel, CodeInvalide, Courriel, MotDePasse};
use crate::mesures::Day;

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
    #[serde(rename = "mot_de_passe_actuel", default)]
    pub current_mot_de_passe: String,
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
    CurrentMotDePasse,
}

impl Champ for ChampCoordonnees {
    const ALL: &'static [Self] = &[Self::TelephoneFixe, Self::TelephoneMobile, Self::Courriel, Self::CurrentMotDePasse];

    fn id(self) -> &'static str {
        match self {
            Self::TelephoneFixe => "telephone-fixe",
            Self::TelephoneMobile => "telephone-mobile",
            Self::Courriel => "courriel",
            Self::CurrentMotDePasse => ChampMotDePasse::Current.id(),
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
    type Valid = Coordonnees;

    fn validate(&self, _today: Day) -> Result<Coordonnees, Errors<ChampCoordonnees>> {
        use ChampCoordonnees as C;
        let mut errors = Errors::new();
        let telephones = Telephones::parse(
            (C::TelephoneFixe, &self.telephone_fixe),
            (C::TelephoneMobile, &self.telephone_mobile),
            &mut errors,
        );
        let courriel =
            errors.keep(C::Courriel, measure(&self.courriel).and_then(|t| Courriel::parse(t).map_err(Faute::Courriel)));
        match (telephones, courriel) {
            (Some(telephones), Some(courriel)) => Ok(Coordonnees { telephones, courriel }),
            _ => Err(errors),
        }
    }
}

/// The codes of a change of telephones or e-mail, as typed: those that were sent, each in its place. No `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieCodes {
    /// « Code envoyé à l’adresse actuelle ».
    #[serde(rename = "code_actuel", skip_serializing_if = "String::is_empty")]
    pub present: String,
    /// « Code envoyé à la nouvelle adresse ».
    #[serde(rename = "code_nouveau", skip_serializing_if = "String::is_empty")]
    pub new: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampCodes {
    /// `#code-actuel`
    Present,
    /// `#code-nouveau`
    New,
}

impl Champ for ChampCodes {
    const ALL: &'static [Self] = &[Self::Present, Self::New];

    fn id(self) -> &'static str {
        match self {
            Self::Present => "code-actuel",
            Self::New => "code-nouveau",
        }
    }
}

/// The codes that were typed: which of them are asked for, the change that waits knows.
#[derive(Debug)]
pub struct Codes {
    /// That of the address that the account has.
    pub present: Option<CodeCourriel>,
    /// That of the address that it shall have.
    pub new: Option<CodeCourriel>,
}

impl Formulaire for SaisieCodes {
    type Champ = ChampCodes;
    type Valid = Codes;

    fn validate(&self, _today: Day) -> Result<Codes, Errors<ChampCodes>> {
        let mut errors = Errors::new();
        let mut read = |champ, typed| {
            let code = measure(typed).and_then(|text| match CodeCourriel::parse(text) {
                Err(CodeInvalide::Empty) => Ok(None),
                code => code.map(Some).map_err(Faute::Code),
            });
            errors.keep(champ, code).flatten()
        };
        let codes = Codes { present: read(ChampCodes::Present, &self.present), new: read(ChampCodes::New, &self.new) };
        if errors.is_empty() { Ok(codes) } else { Err(errors) }
    }
}

/// A change of password as typed. No `Debug`: it holds two.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieMotDePasse {
    /// « Mot de passe actuel ».
    #[serde(rename = "actuel")]
    pub current: String,
    /// « Nouveau mot de passe ».
    #[serde(rename = "nouveau")]
    pub new: String,
    /// « Code de votre application », where the account asks for a second step.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// « Code de secours », in its place.
    #[serde(rename = "code_secours", default, skip_serializing_if = "String::is_empty")]
    pub secours: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampMotDePasse {
    /// `#mot-de-passe-actuel`
    Current,
    /// `#code-application`
    Code,
    /// `#code-secours`
    Secours,
    /// `#mot-de-passe`
    New,
}

impl Champ for ChampMotDePasse {
    const ALL: &'static [Self] = &[Self::Current, Self::Code, Self::Secours, Self::New];

    fn id(self) -> &'static str {
        match self {
            Self::Current => "mot-de-passe-actuel",
            Self::Code => ChampSecondeEtape::Code.id(),
            Self::Secours => ChampSecondeEtape::Secours.id(),
            Self::New => "mot-de-passe",
        }
    }
}

/// What proves again whose the account is, and the password that replaces that of today. No `Debug`.
pub struct NewMotDePasse {
    /// What was shown.
    pub preuves: Preuves,
    /// Strong enough.
    pub new: MotDePasse,
}

impl Formulaire for SaisieMotDePasse {
    type Champ = ChampMotDePasse;
    type Valid = NewMotDePasse;

    fn validate(&self, _today: Day) -> Result<NewMotDePasse, Errors<ChampMotDePasse>> {
        use ChampMotDePasse as C;
        let mut errors = Errors::new();
        let mot_de_passe = errors.keep(C::Current, gives_back(&self.current));
        let step = read_if_any(&mut errors, (&self.code, C::Code), (&self.secours, C::Secours));
        let new = errors.keep(C::New, measure(&self.new).and_then(|t| MotDePasse::parse(t).map_err(Faute::MotDePasse)));
        match (mot_de_passe, step, new) {
            (Some(mot_de_passe), Some(step), Some(new)) => {
                Ok(NewMotDePasse { preuves: Preuves { mot_de_passe, step }, new })
            }
            _ => Err(errors),
        }
    }
}
