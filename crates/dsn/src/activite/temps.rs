//! Time of work and of absence by month: which measures of a declaration add up, and which would
//! count the same hour twice. Knows no law: days are not made into hours here.

use std::collections::BTreeMap;
use std::ops::{Add, AddAssign};

use domaine::mesures::DureeTravaillee;

use super::{Individu, Paie};
use crate::valeurs::{Mois, Quantite};

/// Time worked and time absent, in the units they were declared in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Temps {
    /// Paid work in hours (units 10, 21 and 35).
    pub heures: Quantite,
    /// Paid work in days (units 12 and 38).
    pub jours: Quantite,
    /// Paid work in days of a yearly agreement (unit 20).
    pub forfait_jours: Quantite,
    /// Absence not or partly paid, in hours.
    pub heures_d_absence: Quantite,
    /// Absence not or partly paid, in days of any kind.
    pub jours_d_absence: Quantite,
}

impl Temps {
    /// The hours of work as `domaine` counts them; nothing when corrections take back more than
    /// there was. Days are left to the rights, which know what a day is worth.
    ///
    /// ```
    /// use dsn::Temps;
    /// use dsn::valeurs::Quantite;
    /// let temps = Temps { heures: Quantite::de_centiemes(15_167), ..Temps::default() };
    /// assert_eq!(temps.duree_travaillee().to_string(), "151.67");
    /// ```
    pub fn duree_travaillee(&self) -> DureeTravaillee {
        let centiemes = self.heures.centiemes().clamp(0, i64::from(u32::MAX));
        DureeTravaillee::de_centiemes(u32::try_from(centiemes).unwrap_or(u32::MAX))
    }
}

impl Add for Temps {
    type Output = Self;

    fn add(self, autre: Self) -> Self {
        Self {
            heures: self.heures + autre.heures,
            jours: self.jours + autre.jours,
            forfait_jours: self.forfait_jours + autre.forfait_jours,
            heures_d_absence: self.heures_d_absence + autre.heures_d_absence,
            jours_d_absence: self.jours_d_absence + autre.jours_d_absence,
        }
    }
}

impl AddAssign for Temps {
    fn add_assign(&mut self, autre: Self) {
        *self = *self + autre;
    }
}

/// The time of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The month in which the pay ends, which need not be the month declared: a correction says
    /// which month it corrects.
    pub mois: Mois,
    /// The time.
    pub temps: Temps,
}

/// Where a measure goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sorte {
    Heures,
    Jours,
    ForfaitJours,
    /// Calendar days, Sunday hours: said beside what already counts.
    DejaComptee,
    /// Pieces, sessions, *cachets*…: not time.
    Autre,
}

pub(super) fn sorte(unite: &str) -> Sorte {
    match unite {
        "10" | "21" | "35" => Sorte::Heures,
        "12" | "38" => Sorte::Jours,
        "20" => Sorte::ForfaitJours,
        "40" | "41" => Sorte::DejaComptee,
        _ => Sorte::Autre,
    }
}

/// The pay under which activity belongs (control S21.G00.53/CCH-11 and CCH-12).
const SALAIRE_CHOMAGE: &str = "002";

impl Paie {
    /// Whether it holds a measure that could count.
    pub(super) fn mesure_du_temps(&self) -> bool {
        let temps = |sorte| matches!(sorte, Sorte::Heures | Sorte::Jours | Sorte::ForfaitJours);
        self.activites.iter().any(|activite| temps(sorte(activite.unite.as_str())))
    }

    pub(super) fn est_de_type_002(&self) -> bool {
        self.genre == SALAIRE_CHOMAGE
    }

    /// The time it holds.
    fn temps(&self) -> Temps {
        let mut temps = Temps::default();
        for activite in &self.activites {
            let sorte = sorte(activite.unite.as_str());
            let place = match (activite.genre.as_str(), sorte) {
                ("01", Sorte::Heures) => &mut temps.heures,
                ("01", Sorte::Jours) => &mut temps.jours,
                ("01", Sorte::ForfaitJours) => &mut temps.forfait_jours,
                ("02", Sorte::Heures) => &mut temps.heures_d_absence,
                ("02", Sorte::Jours | Sorte::ForfaitJours) => &mut temps.jours_d_absence,
                _ => continue,
            };
            *place += activite.mesure;
        }
        temps
    }
}

impl Individu {
    /// The time of each month that the declaration speaks of, in order.
    ///
    /// The activity under the pay of type 002 counts. Where a contract has none there for a
    /// month, what stands under another pay of that contract and month counts, from the pay of
    /// the least type only: the same hours are often written under several.
    pub fn parts(&self) -> Vec<Part> {
        let mut mois: BTreeMap<Mois, Temps> = BTreeMap::new();
        for (_, part) in self.parts_par_contrat() {
            *mois.entry(part.mois).or_default() += part.temps;
        }
        mois.into_iter().map(|(mois, temps)| Part { mois, temps }).collect()
    }

    /// The same, contract by contract, under the number that its pays give: the nature of a contract
    /// decides as whom a person worked.
    ///
    /// ```
    /// use dsn::{Evenement, Lecture};
    /// let octets = dsn::exemple();
    /// let mut lecture = Lecture::new("paie.dsn", octets.as_slice());
    /// while let Some(evenement) = lecture.suivant()? {
    ///     if let Evenement::Individu(individu) = evenement {
    ///         let parts = individu.parts_par_contrat();
    ///         assert_eq!(parts.len(), 1);
    ///         assert_eq!((parts[0].0, parts[0].1), ("00001", individu.parts()[0]));
    ///     }
    /// }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn parts_par_contrat(&self) -> Vec<(&str, Part)> {
        let mut mois: BTreeMap<(&str, Mois), Temps> = BTreeMap::new();
        for paie in self.paies.iter().filter(|paie| self.compte(paie)) {
            *mois.entry((&paie.contrat, Mois::de(paie.fin))).or_default() += paie.temps();
        }
        mois.into_iter().map(|((contrat, mois), temps)| (contrat, Part { mois, temps })).collect()
    }

    /// Whether the time of a pay counts.
    pub(super) fn compte(&self, paie: &Paie) -> bool {
        if !paie.mesure_du_temps() {
            return false;
        }
        paie.est_de_type_002()
            || !self.paies.iter().any(|autre| {
                autre.mesure_du_temps()
                    && autre.contrat == paie.contrat
                    && Mois::de(autre.fin) == Mois::de(paie.fin)
                    && (autre.est_de_type_002() || autre.genre < paie.genre)
            })
    }
}
