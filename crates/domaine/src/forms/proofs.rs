//! The form of what adds or removes a way into an account: the password again, and what the account asks for besides it.

use serde::{Deserialize, Serialize};

use super::connexion::gives_back;
use super::formulaire::{Champ, Errors, Formulaire};
use super::second_step::{ChampSecondeEtape, SecondProof, read_if_any};
use crate::mesures::Day;

/// What proves again whose an account is, as typed. No `Debug`: it holds a password.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisiePreuves {
    /// « Mot de passe, pour confirmer ».
    pub mot_de_passe: String,
    /// « Code de votre application », where the account asks for a second step.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// « Code de secours », in its place.
    #[serde(rename = "code_secours", default, skip_serializing_if = "String::is_empty")]
    pub secours: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampPreuves {
    /// `#mot-de-passe-actuel`
    MotDePasse,
    /// `#code-application`
    Code,
    /// `#code-secours`
    Secours,
}

impl Champ for ChampPreuves {
    const ALL: &'static [Self] = &[Self::MotDePasse, Self::Code, Self::Secours];

    fn id(self) -> &'static str {
        match self {
            Self::MotDePasse => "mot-de-passe-actuel",
            Self::Code => ChampSecondeEtape::Code.id(),
            Self::Secours => ChampSecondeEtape::Secours.id(),
        }
    }
}

/// What proves again whose an account is. No `Debug`.
pub struct Preuves {
    /// As typed: it is compared, not judged.
    pub mot_de_passe: String,
    /// What was shown besides it, if anything: whether the account asks for it is known elsewhere.
    pub step: Option<SecondProof>,
}

impl Formulaire for SaisiePreuves {
    type Champ = ChampPreuves;
    type Valid = Preuves;

    fn validate(&self, _today: Day) -> Result<Preuves, Errors<ChampPreuves>> {
        use ChampPreuves as C;
        let mut errors = Errors::new();
        let mot_de_passe = errors.keep(C::MotDePasse, gives_back(&self.mot_de_passe));
        let step = read_if_any(&mut errors, (&self.code, C::Code), (&self.secours, C::Secours));
        mot_de_passe.zip(step).map(|(mot_de_passe, step)| Preuves { mot_de_passe, step }).ok_or(errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Faute;
    use crate::identite::CodeInvalide;

    fn judged(mot_de_passe: &str, code: &str, secours: &str) -> Result<Preuves, Errors<ChampPreuves>> {
        let saisie = SaisiePreuves { mot_de_passe: mot_de_passe.into(), code: code.into(), secours: secours.into() };
        saisie.validate(Day::date(2026, 11, 29))
    }

    #[test]
    fn a_code_is_read_where_one_is_typed_and_the_password_is_always_asked() {
        let nothing_more = judged("Girafe", "", "").unwrap_or_else(|errors| panic!("{errors:?}"));
        assert_eq!((nothing_more.mot_de_passe.as_str(), nothing_more.step), ("Girafe", None));
        let application = judged("Girafe", "123 456", "").unwrap_or_else(|errors| panic!("{errors:?}"));
        assert!(matches!(application.step, Some(SecondProof::Application(_))));
        let kept = judged("Girafe", "", "0000-0000-0000").unwrap_or_else(|errors| panic!("{errors:?}"));
        assert!(matches!(kept.step, Some(SecondProof::Secours(_))));
        let wrong = judged("", "12", "").err().expect("faults");
        assert_eq!(wrong.of(ChampPreuves::MotDePasse), Some(Faute::MissingMotDePasse));
        assert!(wrong.of(ChampPreuves::Code).is_some());
        // A blank says that a code which was kept is meant, and none was typed.
        let blank = judged("Girafe", "", " ").err().expect("faults");
        assert_eq!(blank.of(ChampPreuves::Secours), Some(Faute::Code(CodeInvalide::Empty)));
    }
}
