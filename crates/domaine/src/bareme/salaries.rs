//! Employees, people of an ESAT and the self-employed: yearly credits, ceilings, reference durations, ages.

use super::series::{Serie, Source, Valeur};
use crate::mesures::{DureeTravaillee, Euros, Heures, Jour, Jours};

const R6323_1_I: Source = Source { texte: "Code du travail", article: "R6323-1, I" };
const R6323_1_II: Source = Source { texte: "Code du travail", article: "R6323-1, II" };
const L6323_11: Source = Source { texte: "Code du travail", article: "L6323-11" };
const L6323_11_1: Source = Source { texte: "Code du travail", article: "L6323-11-1" };
const R6323_3_1: Source = Source { texte: "Code du travail", article: "R6323-3-1" };
const D6323_3_3: Source = Source { texte: "Code du travail", article: "D6323-3-3" };
const L6323_34: Source = Source { texte: "Code du travail", article: "L6323-34" };
const R6323_29: Source = Source { texte: "Code du travail", article: "R6323-29" };
const L6323_27: Source = Source { texte: "Code du travail", article: "L6323-27" };
const R6323_22: Source = Source { texte: "Code du travail", article: "R6323-22" };
const L5151_2: Source = Source { texte: "Code du travail", article: "L5151-2" };
const R6323_1_ANCIEN: Source = Source { texte: "Code du travail", article: "R6323-1, rédaction antérieure à 2019" };
const L6323_11_ANCIEN: Source =
    Source { texte: "Code du travail", article: "L6323-11, rédaction antérieure à 2019" };
const L6323_11_1_ANCIEN: Source =
    Source { texte: "Code du travail", article: "L6323-11-1, rédaction antérieure à 2019" };

// The article on the account held no number of days before 2019: the most that an agreement could fix was this one.
const L3121_64: Source = Source { texte: "Code du travail", article: "L3121-64, I, 3°" };

const PREMIER_CPF: Jour = Jour::date(2015, 1, 1);
const EN_EUROS: Jour = Jour::date(2019, 1, 1);

/// The hours that a full year gives: so many up to a first level, then so many up to the ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rythme {
    /// Hours of a full year below the first level.
    pub par_an: Heures,
    /// The first level.
    pub palier: Heures,
    /// Hours of a full year from the first level up.
    pub ensuite: Heures,
    /// Where the account stops.
    pub plafond: Heures,
}

impl Rythme {
    /// The same hours every year, up to the ceiling.
    pub(super) const fn constant(par_an: u32, plafond: u32) -> Self {
        let plafond = Heures::new(plafond);
        Self { par_an: Heures::new(par_an), palier: plafond, ensuite: Heures::new(par_an), plafond }
    }

    /// 24 h a year up to 120 h, then 12 h a year up to 150 h.
    pub(super) const JUSQU_A_120_PUIS_150: Self =
        Self { par_an: Heures::new(24), palier: Heures::new(120), ensuite: Heures::new(12), plafond: Heures::new(150) };
}

pub(super) const HEURES_SALARIES: Serie<Rythme> =
    Serie::new(&[Valeur { depuis: PREMIER_CPF, vaut: Rythme::JUSQU_A_120_PUIS_150, source: L6323_11_ANCIEN }]);

/// Below the level of a CAP or a BEP: created by loi n° 2016-1088, article 39, in force on 1 January 2017.
pub(super) const HEURES_PEU_QUALIFIES: Serie<Rythme> = Serie::new(&[Valeur {
    depuis: Jour::date(2017, 1, 1),
    vaut: Rythme::constant(48, 400),
    source: L6323_11_1_ANCIEN,
}]);

pub(super) const CREDIT_ANNUEL: Serie<Euros> =
    Serie::new(&[Valeur { depuis: EN_EUROS, vaut: Euros::entiers(500), source: R6323_1_I }]);

pub(super) const CREDIT_PROPORTIONNEL: Serie<Euros> =
    Serie::new(&[Valeur { depuis: EN_EUROS, vaut: Euros::entiers(500), source: R6323_1_II }]);

pub(super) const PLAFOND: Serie<Euros> =
    Serie::new(&[Valeur { depuis: EN_EUROS, vaut: Euros::entiers(5_000), source: L6323_11 }]);

pub(super) const CREDIT_PEU_QUALIFIE: Serie<Euros> =
    Serie::new(&[Valeur { depuis: EN_EUROS, vaut: Euros::entiers(800), source: R6323_3_1 }]);

pub(super) const PLAFOND_PEU_QUALIFIE: Serie<Euros> =
    Serie::new(&[Valeur { depuis: EN_EUROS, vaut: Euros::entiers(8_000), source: L6323_11_1 }]);

pub(super) const MAJORATION_BOETH: Serie<Euros> =
    Serie::new(&[Valeur { depuis: Jour::date(2019, 6, 9), vaut: Euros::entiers(300), source: D6323_3_3 }]);

pub(super) const PLAFOND_BOETH: Serie<Euros> =
    Serie::new(&[Valeur { depuis: Jour::date(2019, 6, 9), vaut: Euros::entiers(8_000), source: D6323_3_3 }]);

pub(super) const CREDIT_ESAT: Serie<Euros> =
    Serie::new(&[Valeur { depuis: EN_EUROS, vaut: Euros::entiers(800), source: L6323_34 }]);

pub(super) const PLAFOND_ESAT: Serie<Euros> =
    Serie::new(&[Valeur { depuis: EN_EUROS, vaut: Euros::entiers(8_000), source: R6323_29 }]);

/// For activity since 1 January 2018: service-public.fr, fiche F10705 (edition of January 2020).
pub(super) const CREDIT_INDEPENDANT: Serie<Euros> =
    Serie::new(&[Valeur { depuis: Jour::date(2018, 1, 1), vaut: Euros::entiers(500), source: R6323_22 }]);

pub(super) const PLAFOND_INDEPENDANT: Serie<Euros> =
    Serie::new(&[Valeur { depuis: Jour::date(2018, 1, 1), vaut: Euros::entiers(5_000), source: L6323_27 }]);

pub(super) const DUREE_DE_REFERENCE: Serie<DureeTravaillee> = Serie::new(&[
    Valeur { depuis: PREMIER_CPF, vaut: DureeTravaillee::heures(1607), source: R6323_1_ANCIEN },
    Valeur { depuis: EN_EUROS, vaut: DureeTravaillee::heures(1607), source: R6323_1_II },
]);

/// The days of a full year of *forfait-jours*: those of the agreement, at most these.
pub(super) const JOURS_DE_FORFAIT: Serie<Jours> = Serie::new(&[
    Valeur { depuis: PREMIER_CPF, vaut: Jours::entiers(218), source: L3121_64 },
    Valeur { depuis: EN_EUROS, vaut: Jours::entiers(218), source: R6323_1_II },
]);

/// How many times the hourly SMIC a full year of pay is, when no time is counted.
pub(super) const HEURES_DE_SMIC: Serie<Heures> = Serie::new(&[
    Valeur { depuis: PREMIER_CPF, vaut: Heures::new(2_080), source: R6323_1_ANCIEN },
    Valeur { depuis: EN_EUROS, vaut: Heures::new(2_080), source: R6323_1_II },
]);

/// The age, in years, at which an account opens.
pub(super) const AGE_D_OUVERTURE: Serie<u16> = Serie::new(&[Valeur { depuis: PREMIER_CPF, vaut: 16, source: L5151_2 }]);

/// The age, in years, at which an apprentice's account opens.
pub(super) const AGE_D_APPRENTI: Serie<u16> = Serie::new(&[Valeur { depuis: PREMIER_CPF, vaut: 15, source: L5151_2 }]);
