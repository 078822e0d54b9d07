//! The forms of who proves that a mailbox is theirs: where to write, the code that was sent, a new password.

use serde::{Deserialize, Serialize};

use super::faute::Faute;
use super::formulaire::{Champ, Errors, Formulaire, measure};
use crate::identite::{CodeCourriel, Courriel, MotDePasse, Token};
use crate::mesures::Day;

/// What shows that a letter was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The code that was copied, in the browser that asked for it.
    Code(CodeCourriel),
    /// The link that was followed, or the code that an operator printed: in any browser.
    Token(Token),
}

/// A token when there is one, else the code that must stand in its place.
fn proof<C: Champ>(code: (C, &str), token: (C, &str), errors: &mut Errors<C>) -> Option<Proof> {
    if token.1.is_empty() {
        let read = measure(code.1).and_then(|text| CodeCourriel::parse(text).map_err(Faute::Code));
        return errors.keep(code.0, read).map(Proof::Code);
    }
    let read = measure(token.1).and_then(|text| Token::parse(text).map_err(Faute::Code));
    errors.keep(token.0, read).map(Proof::Token)
}

/// The proof that opens an account, as typed: a code, or the token of a link. No `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieCode {
    /// « Code reçu par courriel ».
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// What the link carries, instead of the code.
    #[serde(rename = "jeton", skip_serializing_if = "String::is_empty")]
    pub token: String,
    /// « Mot de passe »: asked with a link that another browser follows than the one that signed up.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mot_de_passe: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampCode {
    /// `#code`
    Code,
    /// `#jeton`: on no screen.
    Token,
    /// `#mot-de-passe`: only the server finds fault with it.
    MotDePasse,
}

impl Champ for ChampCode {
    const ALL: &'static [Self] = &[Self::Code, Self::Token, Self::MotDePasse];

    fn id(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Token => "jeton",
            Self::MotDePasse => "mot-de-passe",
        }
    }
}

/// What opens an account. No `Debug`: it holds a password.
pub struct ShownCode {
    /// What shows that the letter was read.
    pub proof: Proof,
    /// The password as typed: it is compared, not judged. Empty when it was not asked.
    pub mot_de_passe: String,
}

impl Formulaire for SaisieCode {
    type Champ = ChampCode;
    type Valid = ShownCode;

    fn validate(&self, _today: Day) -> Result<ShownCode, Errors<ChampCode>> {
        let mut errors = Errors::new();
        let proof = proof((ChampCode::Code, &self.code), (ChampCode::Token, &self.token), &mut errors);
        let mot_de_passe = errors.keep(ChampCode::MotDePasse, measure(&self.mot_de_passe));
        match (proof, mot_de_passe) {
            (Some(proof), Some(mot_de_passe)) => Ok(ShownCode { proof, mot_de_passe: mot_de_passe.to_owned() }),
            _ => Err(errors),
        }
    }
}

/// The mailbox to write to, as typed: that of an account whose password is lost, or another one for a sign-up that waits.
/// No `Debug`: it is personal.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieRecuperation {
    /// « Courriel ».
    pub courriel: String,
}

/// The field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampRecuperation {
    /// `#courriel`
    Courriel,
}

impl Champ for ChampRecuperation {
    const ALL: &'static [Self] = &[Self::Courriel];

    fn id(self) -> &'static str {
        "courriel"
    }
}

impl Formulaire for SaisieRecuperation {
    type Champ = ChampRecuperation;
    type Valid = Courriel;

    fn validate(&self, _today: Day) -> Result<Courriel, Errors<ChampRecuperation>> {
        let mut errors = Errors::new();
        let read = measure(&self.courriel).and_then(|text| Courriel::parse(text).map_err(Faute::Courriel));
        errors.keep(ChampRecuperation::Courriel, read).ok_or(errors)
    }
}

/// A new password and what proves that one may choose it, as typed. No `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieNouvelAcces {
    /// « Code reçu par courriel ».
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// What the link carries, or « Code de la lettre »: instead of the code.
    #[serde(rename = "jeton", skip_serializing_if = "String::is_empty")]
    pub token: String,
    /// « Nouveau mot de passe ».
    pub mot_de_passe: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampNouvelAcces {
    /// `#code`
    Code,
    /// `#jeton`: « Code de la lettre ».
    Token,
    /// `#mot-de-passe`
    MotDePasse,
}

impl Champ for ChampNouvelAcces {
    const ALL: &'static [Self] = &[Self::Code, Self::Token, Self::MotDePasse];

    fn id(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Token => "jeton",
            Self::MotDePasse => "mot-de-passe",
        }
    }
}

/// What gives an account back to its holder.
#[derive(Debug)]
pub struct NouvelAcces {
    /// What shows that the letter was read.
    pub proof: Proof,
    /// Strong enough.
    pub mot_de_passe: MotDePasse,
}

impl Formulaire for SaisieNouvelAcces {
    type Champ = ChampNouvelAcces;
    type Valid = NouvelAcces;

    fn validate(&self, _today: Day) -> Result<NouvelAcces, Errors<ChampNouvelAcces>> {
        use ChampNouvelAcces as C;
        let mut errors = Errors::new();
        let proof = proof((C::Code, &self.code), (C::Token, &self.token), &mut errors);
        let read = measure(&self.mot_de_passe).and_then(|text| MotDePasse::parse(text).map_err(Faute::MotDePasse));
        let mot_de_passe = errors.keep(C::MotDePasse, read);
        match (proof, mot_de_passe) {
            (Some(proof), Some(mot_de_passe)) => Ok(NouvelAcces { proof, mot_de_passe }),
            _ => Err(errors),
        }
    }
}
