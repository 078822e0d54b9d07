//! « Contester cette ligne »: which line, who can mend it, and the form.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::activite::Provenance;
use super::motif::{AnneeTravaillee, Categorie, Motif, Raison};
use super::releve::{Ligne, Releve};
use crate::formulaire::{Champ, Erreurs, Faute, Formulaire};
use crate::mesures::{Jour, JourInvalide};

/// A line of a statement: its day, and its rank among the lines of that day. Travels as `"2020-06-30.1"`.
///
/// A later statement begins with the lines of an earlier one, so the same line keeps the same mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Repere {
    /// The day of the line.
    pub date: Jour,
    rang: u16,
}

impl fmt::Display for Repere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.date, self.rang)
    }
}

impl FromStr for Repere {
    type Err = JourInvalide;

    fn from_str(texte: &str) -> Result<Self, JourInvalide> {
        let (date, rang) = texte.split_once('.').ok_or(JourInvalide)?;
        let chiffres = (1..=4).contains(&rang.len()) && rang.bytes().all(|c| c.is_ascii_digit());
        let rang = if chiffres { rang.parse().map_err(|_| JourInvalide)? } else { return Err(JourInvalide) };
        Ok(Self { date: date.parse()?, rang })
    }
}

impl TryFrom<String> for Repere {
    type Error = JourInvalide;

    fn try_from(texte: String) -> Result<Self, JourInvalide> {
        texte.parse()
    }
}

impl From<Repere> for String {
    fn from(repere: Repere) -> Self {
        repere.to_string()
    }
}

impl Releve {
    /// The mark of each line, those to be credited last.
    pub fn reperes(&self) -> Vec<Repere> {
        let mut reperes: Vec<Repere> = Vec::new();
        for Ligne { date, .. } in self.lignes.iter().chain(&self.acquises) {
            let rang = reperes.iter().filter(|repere| repere.date == *date).count();
            reperes.push(Repere { date: *date, rang: u16::try_from(rang).unwrap_or(u16::MAX) });
        }
        reperes
    }

    /// The line that bears this mark.
    pub fn ligne(&self, repere: Repere) -> Option<&Ligne> {
        let rang = self.reperes().iter().position(|connu| *connu == repere)?;
        self.lignes.iter().chain(&self.acquises).nth(rang)
    }
}

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

/// The form as typed. No `Debug`: people write about themselves in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaisieContestation {
    /// The line.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2020-06-30.0"))]
    pub ligne: Repere,
    /// « Ce qui vous semble faux ».
    pub raison: String,
}

/// The fields of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampContestation {
    /// `#raison`
    Raison,
}

impl Champ for ChampContestation {
    const TOUS: &'static [Self] = &[Self::Raison];

    fn id(self) -> &'static str {
        "raison"
    }
}

impl Formulaire for SaisieContestation {
    type Champ = ChampContestation;
    /// The reason, without the blanks around it.
    type Valide = String;

    fn valider(&self, _aujourdhui: Jour) -> Result<String, Erreurs<ChampContestation>> {
        let mut erreurs = Erreurs::new();
        let raison = lire_raison(&self.raison).map_err(Faute::Raison);
        erreurs.garder(ChampContestation::Raison, raison).ok_or(erreurs)
    }
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
    fn a_mark_finds_its_line_and_stays_on_it_as_time_goes_by() {
        for personne in PERSONNES {
            let releve = |au| calculer(&personne.situation(), au, &Bareme::EN_VIGUEUR);
            let (avant, apres) = (releve(Jour::date(2021, 12, 31)), releve(Jour::date(2026, 11, 23)));
            for (repere, ligne) in avant.reperes().into_iter().zip(&avant.lignes) {
                assert_eq!(repere.to_string().parse(), Ok(repere));
                assert_eq!(apres.ligne(repere), Some(ligne));
            }
        }
        for texte in ["", "2020-06-30", "2020-06-30.", "2020-06-30.-1", "2020-06-30.+1", "2020-06-30.10000", "hier.1"] {
            assert!(texte.parse::<Repere>().is_err(), "{texte}");
        }
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
