//! « Contester cette ligne »: who can mend a line, where a request stands, and what can be a reason. The form is in
//! [`crate::forms`].

use serde::{Deserialize, Serialize};

use super::motif::{AnneeTravaillee, Categorie, Motif, Raison};
use crate::droits::facts::Provenance;
use crate::mesures::Jour;

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
    const TOUS: [Self; 7] = [
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
    pub fn par_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|destinataire| destinataire.code() == code)
    }

    /// Who can mend a line made by this rule.
    pub const fn de(motif: &Motif) -> Self {
        match motif {
            Motif::AnneePleine { faits } | Motif::AnneePartielle { faits, .. } => Self::de_l_annee(faits),
            Motif::AnneeSansCredit { faits, raison } => match raison {
                Raison::Age | Raison::Retraite | Raison::SansRegle => Self::Service,
                _ => Self::de_l_annee(faits),
            },
            Motif::Dif { .. } | Motif::DifTropTard { .. } => Self::Titulaire,
            Motif::Engagement(_) => Self::Attestant,
            Motif::Abondement(_) | Motif::AbondementEchu(_) => Self::Financeur,
            Motif::Depense(_) | Motif::DepenseNonCouverte(_) => Self::Organisme,
            Motif::Contrepassation { raison: Raison::AnneeRectifiee, .. } => Self::Employeur,
            Motif::Contrepassation { raison: Raison::AttestationRemplacee, .. } => Self::Titulaire,
            Motif::HeuresConverties { .. }
            | Motif::Conversion { .. }
            | Motif::Contrepassation { .. }
            | Motif::Cloture => Self::Service,
        }
    }

    const fn de_l_annee(faits: &AnneeTravaillee) -> Self {
        match (faits.provenance, faits.categorie) {
            (Provenance::Employeurs, Categorie::Independant) => Self::Caisse,
            (Provenance::Employeurs, _) => Self::Employeur,
            (Provenance::AncienCompte | Provenance::Titulaire | Provenance::Projection, _) => Self::Service,
        }
    }
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StatutDemande {
    /// It is recorded.
    Recue,
    /// Somebody looks at it.
    EnCours,
    /// It was answered.
    Repondue,
}

/// An answer to a request. No `Debug`: it tells of a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReponseDonnee {
    /// The day it was given.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-11-25"))]
    pub le: Jour,
    /// What it says.
    pub texte: String,
}

/// The most characters of a reason.
pub const RAISON_MAXIMALE: usize = 2_000;

/// Why a text is not a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RaisonInvalide {
    /// Nothing was typed.
    Vide,
    /// More than [`RAISON_MAXIMALE`] characters.
    TropLongue,
    /// It holds a sign that no keyboard writes.
    Caractere,
}

/// The reason, or an answer to it, without the blanks around it, lines ending in one sign.
///
/// # Errors
/// Nothing, too much, or a sign that is no text.
pub fn lire_raison(texte: &str) -> Result<String, RaisonInvalide> {
    // A character has four bytes at most: what is longer is refused unread.
    if texte.len() > 8 * RAISON_MAXIMALE {
        return Err(RaisonInvalide::TropLongue);
    }
    let raison = texte.replace("\r\n", "\n").trim().to_owned();
    if raison.is_empty() {
        return Err(RaisonInvalide::Vide);
    }
    if raison.chars().count() > RAISON_MAXIMALE {
        return Err(RaisonInvalide::TropLongue);
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
    use crate::droits::calculer;
    use crate::exemples::PERSONNES;

    #[test]
    fn a_reason_has_one_to_two_thousand_characters() {
        assert_eq!(lire_raison(" \r\n "), Err(RaisonInvalide::Vide));
        assert_eq!(lire_raison(" a\r\nb "), Ok("a\nb".into()));
        assert_eq!(lire_raison(&"é".repeat(2_000)).map(|raison| raison.chars().count()), Ok(2_000));
        assert_eq!(lire_raison(&"é".repeat(2_001)), Err(RaisonInvalide::TropLongue));
        assert_eq!(lire_raison(&"a".repeat(20_000)), Err(RaisonInvalide::TropLongue));
        assert_eq!(lire_raison("a\0b"), Err(RaisonInvalide::Caractere));
    }

    #[test]
    fn a_year_goes_to_the_employer_and_a_conversion_to_the_service() {
        let releve = calculer(&PERSONNES[0].situation(), Jour::date(2026, 11, 23), &Bareme::EN_VIGUEUR);
        let qui: Vec<_> = releve.lignes.iter().map(|ligne| Destinataire::de(&ligne.motif)).collect();
        assert_eq!(qui, [Destinataire::Service, Destinataire::Employeur, Destinataire::Employeur]);
        for destinataire in Destinataire::TOUS {
            assert_eq!(Destinataire::par_code(destinataire.code()), Some(destinataire));
        }
    }
}
