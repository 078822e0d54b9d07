//! What a person may suppose that they do for a living, and the year of work that it makes.

use crate::bareme::Bareme;
use crate::droits::{Activite, Provenance, Statut, Travail};
use crate::mesures::{Annee, DureeTravaillee, Jour, Jours, MoisDeLAnnee};

/// What a person does for a living, as the form asks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emploi {
    /// An employee of the private sector, so many hours a year.
    Salarie,
    /// Without employment: nothing is acquired.
    SansEmploi,
    /// Self-employed all the year, the contribution to training being paid.
    Independant,
    /// Self-employed all the year, the contribution not being paid.
    IndependantSansContribution,
    /// Admitted to an ESAT.
    Esat,
    /// A public agent, full time: the account is kept in hours.
    AgentPublic,
    /// The same, of category C and without a diploma of level 3.
    AgentPublicSousNiveau3,
}

impl Emploi {
    /// Every one, in the order of the screen.
    pub const TOUS: [Self; 7] = [
        Self::Salarie,
        Self::SansEmploi,
        Self::Independant,
        Self::IndependantSansContribution,
        Self::Esat,
        Self::AgentPublic,
        Self::AgentPublicSousNiveau3,
    ];

    /// The word that names it in a form and in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Salarie => "salarie",
            Self::SansEmploi => "sans-emploi",
            Self::Independant => "independant",
            Self::IndependantSansContribution => "independant-sans-contribution",
            Self::Esat => "esat",
            Self::AgentPublic => "agent-public",
            Self::AgentPublicSousNiveau3 => "agent-public-c",
        }
    }

    /// The one that this word names.
    pub fn par_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|emploi| emploi.code() == code)
    }
}

/// A year of that life; nothing without employment. A year that is not over is supposed.
pub(super) fn supposed_year(annee: u16, (emploi, heures): (Emploi, DureeTravaillee), ici: u16) -> Option<Activite> {
    let en_heures = |faites| Travail::Heures { faites, reference: None };
    let exercice = Jours::entiers(if Jour::jours_du_mois(annee, 2) == 29 { 366 } else { 365 });
    let independant = |cotisation_payee_le| {
        (Statut::Independant { cotisation_payee_le }, Travail::Jours { faits: exercice, accord: None })
    };
    // For an ESAT and a public agent it only says that there was work.
    let plein = full_time(Jour::date(annee, 12, 31));
    let (statut, travail) = match emploi {
        Emploi::SansEmploi => return None,
        Emploi::Salarie => (Statut::Salarie, en_heures(heures)),
        Emploi::Independant => independant(Some(Jour::date(annee, 12, 31))),
        Emploi::IndependantSansContribution => independant(None),
        Emploi::Esat => (Statut::Esat, en_heures(plein)),
        Emploi::AgentPublic | Emploi::AgentPublicSousNiveau3 => {
            let sans_niveau_3 = emploi == Emploi::AgentPublicSousNiveau3;
            (Statut::AgentPublic { sans_niveau_3, non_complet: false }, en_heures(plein))
        }
    };
    let provenance = if annee < ici { Provenance::Titulaire } else { Provenance::Projection };
    let boeth = MoisDeLAnnee::AUCUN;
    Some(Activite { annee: Annee::new(annee).ok()?, statut, travail, absences: Vec::new(), boeth, provenance })
}

/// A legal full year on that day.
pub(super) fn full_time(jour: Jour) -> DureeTravaillee {
    Bareme::EN_VIGUEUR.duree_de_reference.au(jour).map_or(DureeTravaillee::ZERO, |valeur| valeur.vaut)
}
