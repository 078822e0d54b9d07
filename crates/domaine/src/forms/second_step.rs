//! The form of the second step: what an application shows, or a code kept for the day when there is none.

use serde::{Deserialize, Serialize};

use super::faute::Faute;
use super::formulaire::{Champ, Errors, Formulaire, measure};
use crate::identite::{CodeCourriel, CodeSecours};
use crate::mesures::Day;

/// What is shown besides the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondProof {
    /// The six figures of an application.
    Application(CodeCourriel),
    /// One of the codes that were kept.
    Secours(CodeSecours),
}

/// What is shown besides the password, as typed: one of the two. No `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieSecondeEtape {
    /// « Code de votre application ».
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// « Code de secours », in its place.
    #[serde(rename = "code_secours", skip_serializing_if = "String::is_empty")]
    pub secours: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampSecondeEtape {
    /// `#code-application`
    Code,
    /// `#code-secours`
    Secours,
}

impl Champ for ChampSecondeEtape {
    const ALL: &'static [Self] = &[Self::Code, Self::Secours];

    fn id(self) -> &'static str {
        match self {
            Self::Code => "code-application",
            Self::Secours => "code-secours",
        }
    }
}

impl Formulaire for SaisieSecondeEtape {
    type Champ = ChampSecondeEtape;
    type Valid = SecondProof;

    fn validate(&self, _today: Day) -> Result<SecondProof, Errors<ChampSecondeEtape>> {
        use ChampSecondeEtape as C;
        let mut errors = Errors::new();
        let proof = read(&mut errors, (&self.code, C::Code), (&self.secours, C::Secours));
        proof.ok_or(errors)
    }
}

/// What is shown, as typed, each text at its field.
fn read<C: Champ>(
    errors: &mut Errors<C>,
    (code, at_code): (&str, C),
    (secours, at_secours): (&str, C),
) -> Option<SecondProof> {
    if secours.is_empty() {
        let read = measure(code).and_then(|text| CodeCourriel::parse(text).map_err(Faute::Code));
        errors.keep(at_code, read).map(SecondProof::Application)
    } else {
        let read = measure(secours).and_then(|text| CodeSecours::parse(text).map_err(Faute::Code));
        errors.keep(at_secours, read).map(SecondProof::Secours)
    }
}

/// The same in a form that asks for the password as well: nothing where nothing was typed, since the account may ask for nothing.
/// The outer one is nothing where a text is at fault.
#[expect(clippy::option_option, reason = "what is at fault is not what is absent")]
pub(super) fn read_if_any<C: Champ>(
    errors: &mut Errors<C>,
    code: (&str, C),
    secours: (&str, C),
) -> Option<Option<SecondProof>> {
    if code.0.is_empty() && secours.0.is_empty() { Some(None) } else { read(errors, code, secours).map(Some) }
}
