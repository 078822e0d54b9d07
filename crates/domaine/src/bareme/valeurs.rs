//! Every figure that the rules use, with its date and its source.

use super::serie::{Serie, Source, Valeur};
use crate::mesures::{DureeTravaillee, Euros, Heures, Jour};

const R6323_1_I: Source = Source { texte: "Code du travail", article: "R6323-1, I" };
const R6323_1_II: Source = Source { texte: "Code du travail", article: "R6323-1, II" };
const L6323_11: Source = Source { texte: "Code du travail", article: "L6323-11" };
const DECRET_2018_1153: Source =
    Source { texte: "Décret n° 2018-1153 du 14 décembre 2018", article: "conversion des heures" };
const FICHE_DIF: Source =
    Source { texte: "Service-public.fr", article: "fiche F32471, droit individuel à la formation" };

const CREDIT_ANNUEL: Serie<Euros> =
    Serie::new(&[Valeur { depuis: Jour::date(2019, 1, 1), vaut: Euros::entiers(500), source: R6323_1_I }]);

const CREDIT_PROPORTIONNEL: Serie<Euros> =
    Serie::new(&[Valeur { depuis: Jour::date(2019, 1, 1), vaut: Euros::entiers(500), source: R6323_1_II }]);

const PLAFOND: Serie<Euros> =
    Serie::new(&[Valeur { depuis: Jour::date(2019, 1, 1), vaut: Euros::entiers(5_000), source: L6323_11 }]);

const DUREE_DE_REFERENCE: Serie<DureeTravaillee> =
    Serie::new(&[Valeur { depuis: Jour::date(2019, 1, 1), vaut: DureeTravaillee::heures(1607), source: R6323_1_II }]);

const EUROS_PAR_HEURE: Serie<Euros> =
    Serie::new(&[Valeur { depuis: Jour::date(2019, 1, 1), vaut: Euros::entiers(15), source: DECRET_2018_1153 }]);

const HEURES_PAR_ATTESTATION: Serie<Heures> =
    Serie::new(&[Valeur { depuis: Jour::date(2019, 1, 1), vaut: Heures::new(120), source: FICHE_DIF }]);

/// The day of the following year on which a year of work becomes spendable.
///
/// The law gives no day. The founding document and service-public.fr say « au cours du premier
/// semestre de l'année suivante »: the default is the last day of that half-year, the only one
/// that never promises too early. An operator may set another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JourDeCredit {
    mois: u8,
    jour: u8,
}

impl JourDeCredit {
    /// 30 June.
    pub const DEFAUT: Self = Self { mois: 6, jour: 30 };

    /// A day of the first half-year, or nothing: 29 February is refused, as it is not of every year.
    pub const fn new(mois: u8, jour: u8) -> Option<Self> {
        if mois == 0 || mois > 6 || jour == 0 || jour > Jour::jours_du_mois(2023, mois) {
            return None;
        }
        Some(Self { mois, jour })
    }

    /// That day in the given year.
    pub const fn de(self, annee: u16) -> Jour {
        Jour::date(annee, self.mois, self.jour)
    }
}

/// All the figures a statement is computed from.
#[derive(Clone, Copy, Debug)]
pub struct Bareme {
    /// The credit of a year worked at half time or more.
    pub credit_annuel: Serie<Euros>,
    /// The credit which is prorated below half time.
    pub credit_proportionnel: Serie<Euros>,
    /// Where the account stops.
    pub plafond: Serie<Euros>,
    /// A full year of work, when no agreement fixes another duration.
    pub duree_de_reference: Serie<DureeTravaillee>,
    /// What an hour acquired before 2019, or an hour of DIF, is worth.
    pub euros_par_heure: Serie<Euros>,
    /// The most hours of DIF that one attestation can certify: 20 h a year over 6 years.
    pub heures_par_attestation: Serie<Heures>,
    /// When a year of work is credited.
    pub jour_de_credit: JourDeCredit,
}

impl Bareme {
    /// The figures in force, as far as this edition of the project knows.
    pub const EN_VIGUEUR: Self = Self {
        credit_annuel: CREDIT_ANNUEL,
        credit_proportionnel: CREDIT_PROPORTIONNEL,
        plafond: PLAFOND,
        duree_de_reference: DUREE_DE_REFERENCE,
        euros_par_heure: EUROS_PAR_HEURE,
        heures_par_attestation: HEURES_PAR_ATTESTATION,
        jour_de_credit: JourDeCredit::DEFAUT,
    };
}
