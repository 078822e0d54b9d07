//! What must be known of a working life to compute rights. No identity here but the birth date,
//! which says when an account opens.

use serde::{Deserialize, Serialize};

use super::activite::{Activite, Provenance};
use super::mouvements::{Abondement, ConversionDemandee, Depense, Engagement};
use crate::dif::Rapport;
use crate::mesures::{Annee, Heures, Jour};

/// A working life, as far as the account knows it.
///
/// Everything may be left out: an empty situation has no rights. Entries may come in any order,
/// but for the attestations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// Hours of CPF held on 31 December 2018. When given they stand for every year of work as an
    /// employee before 2019.
    pub heures_anterieures: Option<HeuresAnterieures>,
    /// Years of work: one record a year and a status, or several, one for each employer.
    pub activites: Vec<Activite>,
    /// DIF attestations, in the order they were declared.
    pub attestations: Vec<AttestationDeclaree>,
    /// Declarations that the holder is below level 3.
    pub sous_niveau_3: Vec<DeclarationSousNiveau3>,
    /// When the holder had a recognised disability (BOETH).
    pub boeth: Vec<Periode>,
    /// Activities of volunteering that were recognised.
    pub engagements: Vec<Engagement>,
    /// What others added to the account.
    pub abondements: Vec<Abondement>,
    /// What was spent.
    pub depenses: Vec<Depense>,
    /// Conversions between hours and euros that the holder asked for.
    pub conversions: Vec<ConversionDemandee>,
    /// Years of work that were corrected after the fact.
    pub rectifications: Vec<Rectification>,
    /// The birth date; when it is known, nothing is credited before the age of the account.
    pub naissance: Option<Jour>,
    /// The first day of an apprenticeship, which opens an account one year earlier.
    pub apprenti_depuis: Option<Jour>,
    /// The day from which a full-rate pension is due.
    pub retraite_depuis: Option<Jour>,
    /// The day of death.
    pub deces: Option<Jour>,
}

/// Hours acquired before accounts were kept in euros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeuresAnterieures {
    /// Whole hours.
    pub heures: Heures,
    /// Who said so.
    pub provenance: Provenance,
}

/// A DIF attestation that the holder has declared with its proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttestationDeclaree {
    /// Whole hours, at most those of the barème.
    pub heures: Heures,
    /// How it relates to the attestations before it.
    pub rapport: Rapport,
    /// The day it was declared.
    pub declaree_le: Jour,
    /// The reference that the holder was given.
    pub reference: String,
}

/// The holder's own declaration of being below level 3 (no CAP, no BEP, no branch certification).
///
/// Source: Code du travail, R6323-3-1: it counts from the credit of the year in which it is made; the
/// holder declares its end, which counts from the following civil year; a wrong one is recalculated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeclarationSousNiveau3 {
    /// The day it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-11-23"))]
    pub declaree_le: Jour,
    /// The day its end was declared.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2027-07-05"))]
    pub fin_declaree_le: Option<Jour>,
    /// The day it was found wrong, if it was: the years it raised are recalculated on that day.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2027-07-05"))]
    pub annulee_le: Option<Jour>,
}

impl DeclarationSousNiveau3 {
    /// Whether it was neither ended nor taken back.
    pub const fn est_en_cours(&self) -> bool {
        self.fin_declaree_le.is_none() && self.annulee_le.is_none()
    }

    /// Whether it raises the credit of that year, on that day.
    pub(in crate::droits) fn vaut_pour(&self, annee: Annee, au: Jour) -> bool {
        self.declaree_le.annee() <= annee.nombre()
            && self.fin_declaree_le.is_none_or(|fin| annee.nombre() <= fin.annee())
            && self.annulee_le.is_none_or(|annulee| au < annulee)
    }
}

/// A period, both days included; without an end it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Periode {
    /// The first day.
    pub du: Jour,
    /// The last day.
    pub au: Option<Jour>,
}

impl Periode {
    /// How much of that civil year it covers.
    pub(in crate::droits) fn couverture(&self, annee: Annee) -> Couverture {
        let (debut, fin) = (annee.premier_jour(), annee.dernier_jour());
        if self.du > fin || self.au.is_some_and(|au| au < debut) {
            Couverture::Aucune
        } else if self.du <= debut && self.au.is_none_or(|au| au >= fin) {
            Couverture::Entiere
        } else {
            Couverture::Partielle
        }
    }
}

/// How much of a year is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::droits) enum Couverture {
    Aucune,
    Partielle,
    Entiere,
}

/// From that day, the facts of the year are these: what the year had given is taken back by a
/// counter-entry and credited again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rectification {
    /// The day the correction became known.
    pub le: Jour,
    /// The year it corrects.
    pub annee: Annee,
    /// Every record of that year, as corrected; none when there was no work at all.
    pub activites: Vec<Activite>,
}

impl Situation {
    /// This situation with the same year of work repeated up to that year: a projection.
    ///
    /// The added years say that they are supposed ([`Provenance::Projection`]), and so do their lines.
    ///
    /// ```
    /// use domaine::bareme::Bareme;
    /// use domaine::droits::{Activite, Hypothese, Provenance, Situation, calculer};
    /// use domaine::mesures::{Annee, DureeTravaillee, Euros, Jour};
    ///
    /// let an = Annee::new(2026).unwrap();
    /// let activite = Activite::salariee(an, DureeTravaillee::heures(1_607), None, Provenance::Employeurs);
    /// let connue = Situation { activites: vec![activite.clone()], ..Situation::default() };
    /// let projetee = connue.projeter(&activite, Annee::new(2028).unwrap());
    /// let releve = calculer(&projetee, Jour::date(2029, 12, 31), &Bareme::EN_VIGUEUR);
    /// assert_eq!(releve.solde, Euros::entiers(1_500));
    /// assert!(releve.lignes[2].hypotheses.contient(Hypothese::Projection));
    /// ```
    #[must_use]
    pub fn projeter(&self, modele: &Activite, jusqu_a: Annee) -> Self {
        let mut projetee = self.clone();
        let mut annee = modele.annee;
        while annee < jusqu_a {
            annee = annee.suivante();
            projetee.activites.push(Activite { annee, provenance: Provenance::Projection, ..modele.clone() });
        }
        projetee
    }
}
