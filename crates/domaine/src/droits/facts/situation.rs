//! What must be known of a working life to compute rights. No identity here but the birth date,
//! which says when an account opens.

use serde::{Deserialize, Serialize};

use super::activite::{Activite, Provenance};
use super::credited::CreditedYear;
use super::mouvements::{Abondement, AskedConversion, Depense, Engagement};
use super::year_of_work::{Category, YearOfWork};
use crate::dif::Rapport;
use crate::mesures::{Day, Hours, Year};

/// A working life, as far as the account knows it.
///
/// Everything may be left out: an empty situation has no rights. Entries may come in any order,
/// but for the attestations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// Hours of CPF held on 31 December 2018. When given they stand for every year of work as an
    /// employee or in an ESAT before 2019.
    pub earlier_hours: Option<EarlierHours>,
    /// Years of work: one record a year and a status, or several, one for each employer.
    pub activites: Vec<Activite>,
    /// DIF attestations, in the order they were declared.
    pub attestations: Vec<DeclaredAttestation>,
    /// Declarations that the holder is below level 3.
    pub sous_niveau_3: Vec<DeclarationSousNiveau3>,
    /// When the holder had a recognised disability (BOETH).
    pub boeth: Vec<Period>,
    /// Disabilities that the holder declared with a proof, once an operator had seen it.
    pub handicaps: Vec<KnownDisability>,
    /// Activities of volunteering that were recognised.
    pub engagements: Vec<Engagement>,
    /// What others added to the account.
    pub abondements: Vec<Abondement>,
    /// What was spent.
    pub depenses: Vec<Depense>,
    /// Conversions between hours and euros that the holder asked for.
    pub conversions: Vec<AskedConversion>,
    /// Years of work that were corrected after the fact.
    pub rectifications: Vec<Rectification>,
    /// What the ledger says of its years.
    pub credited: Vec<CreditedYear>,
    /// The birth date, on the first day it can be; when it is known, nothing is credited before the age of the account.
    pub naissance: Option<Day>,
    /// 31 December of the year of birth when a part of the date is not known: the age of a full-rate pension is counted from
    /// that day.
    pub naissance_year_end: Option<Day>,
    /// The first day of an apprenticeship, which opens an account one year earlier.
    pub apprenti_since: Option<Day>,
    /// The day from which a full-rate pension is due.
    pub retraite_since: Option<Day>,
    /// The day of death.
    pub deces: Option<Day>,
}

/// Hours acquired before accounts were kept in euros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierHours {
    /// Whole hours.
    pub hours: Hours,
    /// Who said so.
    pub provenance: Provenance,
}

/// A DIF attestation that the holder has declared with its proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredAttestation {
    /// Whole hours, at most those of the barème.
    pub hours: Hours,
    /// How it relates to the attestations before it.
    pub rapport: Rapport,
    /// The day it was declared.
    pub declared_on: Day,
    /// The reference that the holder was given.
    pub reference: String,
    /// The day from which its hours count: that of the declaration, or that on which somebody saw the proof; nothing
    /// before.
    pub counts_from: Option<Day>,
    /// The day on which its proof was refused.
    pub refused_on: Option<Day>,
}

impl DeclaredAttestation {
    /// When its hours come, and when they leave, if they do.
    pub(in crate::droits) fn presence(&self) -> Option<(Day, Option<Day>)> {
        let from = self.counts_from?;
        Some((from, self.refused_on.map(|on| on.max(from))))
    }
}

/// The holder's own declaration of being below level 3 (no CAP, no BEP, no branch certification).
///
/// Source: Code du travail, R6323-3-1: it counts from the credit of the year in which it is made; the
/// holder declares its end, which counts from the following civil year; a wrong one is recalculated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeclarationSousNiveau3 {
    /// The day it was made.
    #[serde(rename = "declaree_le")]
    pub declared_on: Day,
    /// The day its end was declared.
    #[serde(rename = "fin_declaree_le")]
    pub end_declared_on: Option<Day>,
    /// The day it was found wrong, if it was: the years it raised are recalculated on that day.
    #[serde(rename = "annulee_le")]
    pub cancelled_on: Option<Day>,
}

impl DeclarationSousNiveau3 {
    /// Whether it was neither ended nor taken back.
    pub const fn is_under_way(&self) -> bool {
        self.end_declared_on.is_none() && self.cancelled_on.is_none()
    }

    /// Whether it raises the credit of that year, on that day.
    pub(in crate::droits) fn holds_for(&self, year: Year, as_of: Day) -> bool {
        self.declared_on.year() <= year.count()
            && self.end_declared_on.is_none_or(|end| year.count() <= end.year())
            && self.cancelled_on.is_none_or(|cancelled| as_of < cancelled)
    }
}

/// A period, both days included; without an end it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    #[serde(rename = "du")]
    pub since: Day,
    /// The last day.
    #[serde(rename = "au")]
    pub as_of: Option<Day>,
}

/// A disability (BOETH) that the holder declared with its proof: it counts for its period, from the day on which somebody saw
/// the proof. Years credited before that day are told again on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownDisability {
    /// When the holder had it.
    pub period: Period,
    /// The day the proof was accepted.
    pub known_on: Day,
}

impl Period {
    /// This period, which ends on that day at the latest: what a holder took back counts no more from then on, and what it
    /// gave stays.
    ///
    /// ```
    /// use domaine::droits::Period;
    /// use domaine::mesures::Day;
    ///
    /// let (day, later) = (Day::date(2026, 11, 28), Day::date(2028, 12, 31));
    /// let open = Period { since: Day::date(2024, 1, 1), as_of: None };
    /// assert_eq!(open.ending_by(Some(day)).as_of, Some(day));
    /// assert_eq!(Period { as_of: Some(later), ..open }.ending_by(Some(day)).as_of, Some(day));
    /// assert_eq!(Period { as_of: Some(day), ..open }.ending_by(Some(later)).as_of, Some(day));
    /// assert_eq!(open.ending_by(None), open);
    /// ```
    #[must_use]
    pub fn ending_by(self, day: Option<Day>) -> Self {
        Self { as_of: self.as_of.into_iter().chain(day).min(), ..self }
    }

    /// How much of that civil year it covers.
    pub(in crate::droits) fn coverage(&self, year: Year) -> Coverage {
        let (start, end) = (year.first_day(), year.last_day());
        if self.since > end || self.as_of.is_some_and(|as_of| as_of < start) {
            Coverage::Nothing
        } else if self.since <= start && self.as_of.is_none_or(|as_of| as_of >= end) {
            Coverage::Whole
        } else {
            Coverage::Partial
        }
    }
}

/// How much of a year is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::droits) enum Coverage {
    Nothing,
    Partial,
    Whole,
}

/// From that day, the facts of the year are these: what the year had given is taken back by a
/// counter-entry and credited again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rectification {
    /// The day the correction became known.
    pub on: Day,
    /// The year it corrects.
    pub year: Year,
    /// Every record of that year, as corrected; none when there was no work at all.
    pub activites: Vec<Activite>,
}

impl Situation {
    /// What the holder said of themselves, and nothing that anybody else did: what a reader of whom nothing is proved may be
    /// shown, where whoever hosts the program says so.
    ///
    /// ```
    /// use domaine::droits::{Activite, Provenance, Situation};
    /// use domaine::mesures::{WorkDuration, Year};
    ///
    /// let year = Year::new(2019).unwrap();
    /// let activite = Activite::salariee(year, WorkDuration::hours(1_607), None, Provenance::Employeurs);
    /// let situation = Situation { activites: vec![activite], ..Situation::default() };
    /// assert_eq!(situation.as_typed(), Situation::default());
    /// ```
    #[must_use]
    pub fn as_typed(self) -> Self {
        Self {
            attestations: self.attestations,
            sous_niveau_3: self.sous_niveau_3,
            naissance: self.naissance,
            naissance_year_end: self.naissance_year_end,
            ..Self::default()
        }
    }

    /// This situation with the same year of work repeated up to that year: a projection.
    ///
    /// The added years say that they are supposed ([`Provenance::Projection`]), and so do their lines.
    ///
    /// ```
    /// use domaine::bareme::Bareme;
    /// use domaine::droits::{Activite, Hypothesis, Provenance, Situation, calculate};
    /// use domaine::mesures::{Year, WorkDuration, Euros, Day};
    ///
    /// let an = Year::new(2026).unwrap();
    /// let activite = Activite::salariee(an, WorkDuration::hours(1_607), None, Provenance::Employeurs);
    /// let known = Situation { activites: vec![activite.clone()], ..Situation::default() };
    /// let projected = known.project(&activite, Year::new(2028).unwrap());
    /// let releve = calculate(&projected, Day::date(2029, 12, 31), &Bareme::IN_FORCE);
    /// assert_eq!(releve.solde, Euros::whole(1_500));
    /// assert!(releve.lignes[2].hypotheses.contains(Hypothesis::Projection));
    /// ```
    #[must_use]
    pub fn project(&self, model: &Activite, up_to: Year) -> Self {
        let mut projected = self.clone();
        let mut year = model.year;
        while year < up_to {
            year = year.next();
            projected.activites.push(Activite { year, provenance: Provenance::Projection, ..model.clone() });
        }
        projected
    }

    /// Whether that entry stands on that day for a year whose facts are, by then, those: one that is older than a
    /// correction of these facts says nothing of them.
    pub(in crate::droits) fn holds(&self, credited: &CreditedYear, facts: &YearOfWork, as_of: Day) -> bool {
        if credited.year() != facts.year
            || credited.facts.category.is_an_agents() != facts.category.is_an_agents()
            || credited.since.is_some_and(|since| as_of < since)
            || credited.until.is_some_and(|until| until <= as_of)
        {
            return false;
        }
        let of_the_year = self.rectifications.iter().filter(|r| r.year == facts.year).map(|r| r.on);
        let raised = matches!(credited.facts.category, Category::SalarieSousNiveau3);
        let cancelled = self.sous_niveau_3.iter().filter(|_| raised).filter_map(|one| one.cancelled_on);
        let touches = |one: &&KnownDisability| one.period.coverage(facts.year) != Coverage::Nothing;
        let recognised = self.handicaps.iter().filter(touches).map(|one| one.known_on);
        let last = of_the_year.chain(cancelled).chain(recognised).filter(|on| *on <= as_of).max();
        match last {
            Some(on) if on > credited.written_on => false,
            // Of one day: only the facts tell which came first.
            Some(on) if on == credited.written_on => credited.is_of(facts),
            _ => true,
        }
    }
}
