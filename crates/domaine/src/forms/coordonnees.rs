//! The forms of « Mon profil »: telephones and e-mail, the codes that prove their change, and the password.

use serde::{Deserialize, Serialize};

use super::connexion::gives_back;
use super::faute::Faute;
use super::formulaire::{Champ, Errors, Formulaire, measure};
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
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampMotDePasse {
    /// `#mot-de-passe-actuel`
    Current,
    /// `#mot-de-passe`
    New,
}

impl Champ for ChampMotDePasse {
    const ALL: &'static [Self] = &[Self::Current, Self::New];

    fn id(self) -> &'static str {
        match self {
            Self::Current => "mot-de-passe-actuel",
            Self::New => "mot-de-passe",
        }
    }
}

/// The password asked again and the one that replaces it. No `Debug`.
pub struct NewMotDePasse {
    /// As typed: it is compared, not judged.
    pub current: String,
    /// Strong enough.
    pub new: MotDePasse,
}

impl Formulaire for SaisieMotDePasse {
    type Champ = ChampMotDePasse;
    type Valid = NewMotDePasse;

    fn validate(&self, _today: Day) -> Result<NewMotDePasse, Errors<ChampMotDePasse>> {
        let mut errors = Errors::new();
        let current = errors.keep(ChampMotDePasse::Current, gives_back(&self.current));
        let new = errors.keep(
            ChampMotDePasse::New,
            measure(&self.new).and_then(|t| MotDePasse::parse(t).map_err(Faute::MotDePasse)),
        );
        match (current, new) {
            (Some(current), Some(new)) => Ok(NewMotDePasse { current, new }),
            _ => Err(errors),
        }
    }
}
