//! A year of work, in the unit and the status in which it was done.

use serde::{Deserialize, Serialize};

use crate::bareme::{Bareme, NatureAbsence, NaturesAbsence};
use crate::mesures::{Annee, DureeTravaillee, Euros, Jour, Jours, MoisDeLAnnee, Quantite};

/// A civil year of work for one employer, or for all of those of the same status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activite {
    /// The civil year.
    pub annee: Annee,
    /// As whom.
    pub statut: Statut,
    /// How much, and what a full year is.
    pub travail: Travail,
    /// Absences from that work, in its own unit; those in another unit cannot be added and are left out.
    pub absences: Vec<Absence>,
    /// The months in which the employer declared a recognised disability (BOETH, L5212-13).
    pub boeth: MoisDeLAnnee,
    /// Who said so.
    pub provenance: Provenance,
}

/// As whom a person works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statut {
    /// An employee of the private sector.
    Salarie,
    /// Admitted to an *établissement ou service d'accompagnement par le travail*.
    Esat,
    /// Self-employed, liberal or artist-author, spouse who takes part in the work.
    Independant {
        /// The day the contribution to training was paid; without it the year gives nothing.
        cotisation_payee_le: Option<Jour>,
    },
    /// A public agent: the account is kept in hours.
    AgentPublic {
        /// Category C, without a diploma of level 3.
        sans_niveau_3: bool,
        /// A post which is itself not full time (*temps incomplet*, *temps non complet*): only then
        /// is the credit in proportion; part time (*temps partiel*) counts as full time.
        non_complet: bool,
    },
}

/// Work done in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Travail {
    /// Counted in hours.
    Heures {
        /// Hours worked.
        faites: DureeTravaillee,
        /// The full year of the profession when an agreement fixes it; else the legal one applies.
        reference: Option<DureeTravaillee>,
    },
    /// A *forfait-jours*, or days of exercise of a self-employed person.
    Jours {
        /// Days worked, or days of exercise.
        faits: Jours,
        /// The days of a full year in the agreement; at most those of the barème.
        accord: Option<Jours>,
    },
    /// Pay, when no time is counted.
    Paie {
        /// Pay of the year.
        percue: Euros,
        /// The hourly SMIC of that year, as the employer's declaration gives it.
        smic_horaire: Euros,
    },
}

/// An absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Why.
    pub nature: NatureAbsence,
    /// The work that it took the place of.
    pub quantite: Quantite,
}

/// Who made a fact known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Provenance {
    /// The employers' declarations (DSN).
    Employeurs,
    /// The balance in hours of the former account.
    AncienCompte,
    /// The holder.
    Titulaire,
    /// Nobody yet: a year supposed by a projection.
    Projection,
}

impl Provenance {
    const TOUTES: [Self; 4] = [Self::Employeurs, Self::AncienCompte, Self::Titulaire, Self::Projection];

    /// The word under which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Employeurs => "employeurs",
            Self::AncienCompte => "ancien_compte",
            Self::Titulaire => "titulaire",
            Self::Projection => "projection",
        }
    }

    /// The provenance that this word names.
    pub fn par_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|p| p.code() == code)
    }
}

impl Activite {
    /// A year of work as an employee, in hours.
    ///
    /// ```
    /// use domaine::droits::{Activite, Provenance};
    /// use domaine::mesures::{Annee, DureeTravaillee};
    ///
    /// let annee = Annee::new(2024).unwrap();
    /// let activite = Activite::salariee(annee, DureeTravaillee::heures(803), None, Provenance::Employeurs);
    /// assert_eq!(activite.en_heures(), Some((DureeTravaillee::heures(803), None)));
    /// ```
    pub const fn salariee(
        annee: Annee,
        faites: DureeTravaillee,
        reference: Option<DureeTravaillee>,
        provenance: Provenance,
    ) -> Self {
        Self {
            annee,
            statut: Statut::Salarie,
            travail: Travail::Heures { faites, reference },
            absences: Vec::new(),
            boeth: MoisDeLAnnee::AUCUN,
            provenance,
        }
    }

    /// The hours worked and the full year of the agreement, for an employee counted in hours without any
    /// absence or disability; nothing for any other record, which these two would not tell whole.
    pub const fn en_heures(&self) -> Option<(DureeTravaillee, Option<DureeTravaillee>)> {
        match (self.statut, self.travail) {
            (Statut::Salarie, Travail::Heures { faites, reference })
                if self.absences.is_empty() && self.boeth.est_vide() =>
            {
                Some((faites, reference))
            }
            _ => None,
        }
    }

    /// The work done, absences that count as work included, then those absences alone and what they are.
    pub(in crate::droits) fn quantites(&self, bareme: &Bareme) -> (Quantite, u32, NaturesAbsence) {
        let faite = match self.travail {
            Travail::Heures { faites, .. } => Quantite::Heures(faites),
            Travail::Jours { faits, .. } => Quantite::Jours(faits),
            Travail::Paie { percue, .. } => Quantite::Paie(percue),
        };
        if self.absences.is_empty() {
            return (faite, 0, NaturesAbsence::AUCUNE);
        }
        let comptent = |absence: &&Absence| {
            absence.quantite.meme_unite(faite) && bareme.absence_assimilee(absence.nature, self.annee)
        };
        let (absences, natures) =
            self.absences.iter().filter(comptent).fold((0_u32, NaturesAbsence::AUCUNE), |(total, natures), absence| {
                (total.saturating_add(absence.quantite.centiemes()), natures.avec(absence.nature))
            });
        (faite.avec(faite.centiemes().saturating_add(absences)), absences, natures)
    }

    /// A full year, in the unit of the work. Nothing when the barème knows none, or when the SMIC is missing.
    ///
    /// Source: Code du travail, R6323-1, II; R6323-22 for the time of exercise of the self-employed.
    pub(in crate::droits) fn reference(&self, bareme: &Bareme) -> Option<Quantite> {
        let fin = self.annee.dernier_jour();
        let reference = match self.travail {
            Travail::Heures { reference: Some(conventionnelle), .. } if conventionnelle > DureeTravaillee::ZERO => {
                Quantite::Heures(conventionnelle)
            }
            Travail::Heures { .. } => Quantite::Heures(bareme.duree_de_reference.au(fin)?.vaut),
            Travail::Jours { .. } if matches!(self.statut, Statut::Independant { .. }) => {
                let jours = 337 + u32::from(Jour::jours_du_mois(self.annee.nombre(), 2));
                Quantite::Jours(Jours::entiers(jours))
            }
            Travail::Jours { accord, .. } => {
                let legale = bareme.jours_de_forfait.au(fin)?.vaut;
                Quantite::Jours(accord.filter(|accord| *accord > Jours::ZERO).map_or(legale, |a| a.min(legale)))
            }
            Travail::Paie { smic_horaire, .. } => {
                Quantite::Paie(smic_horaire.fois(bareme.heures_de_smic.au(fin)?.vaut.nombre()))
            }
        };
        (reference.centiemes() > 0).then_some(reference)
    }
}
