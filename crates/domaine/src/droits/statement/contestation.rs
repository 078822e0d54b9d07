//! « Contester cette ligne »: who can mend a line, where a request stands, and what can be a reason. The form is in
//! [`crate::forms`].

use serde::{Deserialize, Serialize};

use super::motif::Motif;
use crate::droits::facts::Provenance;
use crate::droits::facts::{Category, Raison, YearOfWork};
use crate::mesures::Day;

/// Who can mend a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Destinataire {
    /// The employer, whose declaration (DSN) the line comes from.
    Employeur,
    /// Who collects the contribution of the self-employed.
    Caisse,
    /// This service, which computed the line.
    Service,
    /// The holder, with a proof of their own.
    Titulaire,
    /// Who added the money.
    Financeur,
    /// Who gives the course.
    Organisme,
    /// Who certified the volunteering.
    Attestant,
}

impl Destinataire {
    const ALL: [Self; 7] = [
        Self::Employeur,
        Self::Caisse,
        Self::Service,
        Self::Titulaire,
        Self::Financeur,
        Self::Organisme,
        Self::Attestant,
    ];

    /// The word that is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Employeur => "employeur",
            Self::Caisse => "caisse",
            Self::Service => "service",
            Self::Titulaire => "titulaire",
            Self::Financeur => "financeur",
            Self::Organisme => "organisme",
            Self::Attestant => "attestant",
        }
    }

    /// The addressee that this word names.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|destinataire| destinataire.code() == code)
    }

    /// Who can mend a line made by this rule.
    pub const fn of(motif: &Motif) -> Self {
        match motif {
            Motif::FullYear { facts } | Motif::PartialYear { facts, .. } => Self::of_the_year(facts),
            Motif::YearWithoutCredit { facts, raison } => match raison {
                Raison::Age | Raison::Retraite | Raison::NoRule => Self::Service,
                _ => Self::of_the_year(facts),
            },
            Motif::Dif { .. } | Motif::DifTooLate { .. } => Self::Titulaire,
            Motif::Engagement(_) => Self::Attestant,
            Motif::Abondement(_) | Motif::ExpiredAbondement(_) => Self::Financeur,
            Motif::Depense(_) | Motif::UncoveredDepense(_) => Self::Organisme,
            Motif::Contrepassation { raison: Raison::RectifiedYear, .. } => Self::Employeur,
            Motif::Contrepassation { raison: Raison::ReplacedAttestation | Raison::RefusedAttestation, .. } => {
                Self::Titulaire
            }
            Motif::ConvertedHours { .. }
            | Motif::Conversion { .. }
            | Motif::Contrepassation { .. }
            | Motif::Closing => Self::Service,
        }
    }

    const fn of_the_year(facts: &YearOfWork) -> Self {
        match (facts.provenance, facts.category) {
            (Provenance::Employeurs, Category::Independant) => Self::Caisse,
            (Provenance::Employeurs, _) => Self::Employeur,
            (Provenance::FormerAccount | Provenance::Titulaire | Provenance::Projection, _) => Self::Service,
        }
    }
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RequestStatut {
    /// It is recorded.
    #[serde(rename = "recue")]
    Received,
    /// Somebody looks at it.
    #[serde(rename = "en_cours")]
    UnderWay,
    /// It was answered.
    #[serde(rename = "repondue")]
    Answered,
}

/// An answer to a request. No `Debug`: it tells of a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GivenAnswer {
    /// The day it was given.
    #[serde(rename = "le")]
    pub on: Day,
    /// What it says.
    #[serde(rename = "texte")]
    pub text: String,
}

/// The most characters of a reason.
pub const MAX_RAISON: usize = 2_000;

/// Why a text is not a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RaisonInvalide {
    /// Nothing was typed.
    #[serde(rename = "vide")]
    Empty,
    /// More than [`MAX_RAISON`] characters.
    #[serde(rename = "trop_longue")]
    TooLong,
    /// It holds a sign that no keyboard writes.
    Caractere,
}

/// The reason, or an answer to it, without the blanks around it, lines ending in one sign.
///
/// # Errors
/// Nothing, too much, or a sign that is no text.
pub fn parse_raison(text: &str) -> Result<String, RaisonInvalide> {
    // A character has four bytes at most: what is longer is refused unread.
    if text.len() > 8 * MAX_RAISON {
        return Err(RaisonInvalide::TooLong);
    }
    let raison = text.replace("\r\n", "\n").trim().to_owned();
    if raison.is_empty() {
        return Err(RaisonInvalide::Empty);
    }
    if raison.chars().count() > MAX_RAISON {
        return Err(RaisonInvalide::TooLong);
    }
    if raison.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Err(RaisonInvalide::Caractere);
    }
    Ok(raison)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bareme::Bareme;
    use crate::droits::calculate;
    use crate::examples::PEOPLE;

    #[test]
    fn a_reason_has_one_to_two_thousand_characters() {
        assert_eq!(parse_raison(" \r\n "), Err(RaisonInvalide::Empty));
        assert_eq!(parse_raison(" a\r\nb "), Ok("a\nb".into()));
        assert_eq!(parse_raison(&"é".repeat(2_000)).map(|raison| raison.chars().count()), Ok(2_000));
        assert_eq!(parse_raison(&"é".repeat(2_001)), Err(RaisonInvalide::TooLong));
        assert_eq!(parse_raison(&"a".repeat(20_000)), Err(RaisonInvalide::TooLong));
        assert_eq!(parse_raison("a\0b"), Err(RaisonInvalide::Caractere));
    }

    #[test]
    fn a_year_goes_to_the_employer_and_a_conversion_to_the_service() {
        let releve = calculate(&PEOPLE[0].situation(), Day::date(2026, 11, 23), &Bareme::IN_FORCE);
        let who: Vec<_> = releve.lignes.iter().map(|ligne| Destinataire::of(&ligne.motif)).collect();
        assert_eq!(who, [Destinataire::Service, Destinataire::Employeur, Destinataire::Employeur]);
        for destinataire in Destinataire::ALL {
            assert_eq!(Destinataire::from_code(destinataire.code()), Some(destinataire));
        }
    }
}
