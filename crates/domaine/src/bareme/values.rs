//! The barème: every series in one place, and the settings that the law leaves open.

use super::absences::{ABSENCES, AbsenceAssimilee, NatureAbsence};
use super::salaries::{self, Rythme};
use super::series::Serie;
use super::{agents, conversion, dif, engagement};
use crate::mesures::{Annee, DureeTravaillee, Euros, Heures, Jour, Jours};

/// The day of the following year on which a year of work becomes spendable.
///
/// The law gives no day. The founding document and service-public.fr say « au cours du premier
/// semestre de l'année suivante »: the default is the last day of that half-year, the only one
/// that never promises too early. An operator may set another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JourDeCredit {
    // Of any year: every year has it.
    jour: Jour,
}

impl JourDeCredit {
    /// 30 June.
    pub const DEFAUT: Self = Self { jour: Jour::date(2023, 6, 30) };

    /// A day of the first half-year, or nothing: 29 February is refused, as it is not of every year.
    pub const fn new(mois: u8, jour: u8) -> Option<Self> {
        match Jour::new(2023, mois, jour) {
            Ok(jour) if mois <= 6 => Some(Self { jour }),
            _ => None,
        }
    }

    /// That day in the given year.
    pub const fn de(self, annee: Annee) -> Jour {
        self.jour.en(annee)
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
    /// The credit of a year worked at half time or more, below level 3.
    pub credit_peu_qualifie: Serie<Euros>,
    /// Where the account stops, below level 3.
    pub plafond_peu_qualifie: Serie<Euros>,
    /// What is added each year for a disability (BOETH).
    pub majoration_boeth: Serie<Euros>,
    /// Where the account stops with a disability.
    pub plafond_boeth: Serie<Euros>,
    /// The credit of a year in an ESAT, full or part time.
    pub credit_esat: Serie<Euros>,
    /// Where the account of a person of an ESAT stops.
    pub plafond_esat: Serie<Euros>,
    /// The credit of a full year of a self-employed person.
    pub credit_independant: Serie<Euros>,
    /// Where the account of a self-employed person stops.
    pub plafond_independant: Serie<Euros>,
    /// Hours of a year of an employee, before accounts were kept in euros.
    pub heures_salaries: Serie<Rythme>,
    /// The same, below level 3.
    pub heures_peu_qualifies: Serie<Rythme>,
    /// Hours of a year of a public agent.
    pub heures_agents: Serie<Rythme>,
    /// The same, category C without a diploma of level 3.
    pub heures_agents_peu_qualifies: Serie<Rythme>,
    /// A full year of work, when no agreement fixes another duration.
    pub duree_de_reference: Serie<DureeTravaillee>,
    /// The most days of a full year of *forfait-jours*.
    pub jours_de_forfait: Serie<Jours>,
    /// How many times the hourly SMIC a full year of pay is.
    pub heures_de_smic: Serie<Heures>,
    /// Absences that count as work.
    pub absences: &'static [AbsenceAssimilee],
    /// What an hour acquired before 2019, or an hour of DIF, is worth.
    pub euros_par_heure: Serie<Euros>,
    /// What an hour of a public agent becomes in euros.
    pub euros_par_heure_d_agent: Serie<Euros>,
    /// The euros that become one hour of a public agent.
    pub euros_en_heure: Serie<Euros>,
    /// The most hours that euros can become over [`Self::annees_de_conversion`].
    pub heures_convertibles: Serie<Heures>,
    /// Over how many years those hours are counted.
    pub annees_de_conversion: Serie<u16>,
    /// The euros of volunteering that become one hour of a public agent.
    pub cec_en_heure: Serie<Euros>,
    /// The most hours of DIF that one attestation can certify: 20 h a year over 6 years.
    pub heures_par_attestation: Serie<Heures>,
    /// The most hours of DIF and CPF usable together before 2019.
    pub heures_ensemble: Serie<Heures>,
    /// The credit of one activity of volunteering.
    pub credit_cec: Serie<Euros>,
    /// Where the *compte d'engagement citoyen* stops.
    pub plafond_cec: Serie<Euros>,
    /// The age, in years, at which an account opens.
    pub age_d_ouverture: Serie<u16>,
    /// The age, in years, at which an apprentice's account opens.
    pub age_d_apprenti: Serie<u16>,
    /// The first day on which money is spent in the order of R6333-3.
    pub ordre_des_depenses_depuis: Jour,
    /// The first day on which an addition can be earmarked and have a deadline (R6323-42-1).
    pub flechage_depuis: Jour,
    /// When a year of work is credited.
    pub jour_de_credit: JourDeCredit,
    /// The last day on which a DIF can be declared; nothing while it stays open.
    ///
    /// The law closed it on [`Bareme::FIN_LEGALE_DU_DIF`]; the founding document of January 2020
    /// shows it open, so an operator decides.
    pub fin_declaration_dif: Option<Jour>,
}

impl Bareme {
    /// The last day on which the law let a DIF be declared: ordonnance n° 2019-861, article 8, II,
    /// moved to 30 June 2021 in the autumn of 2020 (Assemblée nationale, amendement n° 109, texte 3472).
    pub const FIN_LEGALE_DU_DIF: Jour = Jour::date(2021, 6, 30);

    /// The day accounts passed from hours to euros: loi n° 2018-771, décret n° 2018-1153.
    pub const PASSAGE_A_L_EURO: Jour = Jour::date(2019, 1, 1);

    /// The figures in force, as far as this edition of the project knows.
    pub const EN_VIGUEUR: Self = Self {
        credit_annuel: salaries::CREDIT_ANNUEL,
        credit_proportionnel: salaries::CREDIT_PROPORTIONNEL,
        plafond: salaries::PLAFOND,
        credit_peu_qualifie: salaries::CREDIT_PEU_QUALIFIE,
        plafond_peu_qualifie: salaries::PLAFOND_PEU_QUALIFIE,
        majoration_boeth: salaries::MAJORATION_BOETH,
        plafond_boeth: salaries::PLAFOND_BOETH,
        credit_esat: salaries::CREDIT_ESAT,
        plafond_esat: salaries::PLAFOND_ESAT,
        credit_independant: salaries::CREDIT_INDEPENDANT,
        plafond_independant: salaries::PLAFOND_INDEPENDANT,
        heures_salaries: salaries::HEURES_SALARIES,
        heures_peu_qualifies: salaries::HEURES_PEU_QUALIFIES,
        heures_agents: agents::HEURES_AGENTS,
        heures_agents_peu_qualifies: agents::HEURES_AGENTS_PEU_QUALIFIES,
        duree_de_reference: salaries::DUREE_DE_REFERENCE,
        jours_de_forfait: salaries::JOURS_DE_FORFAIT,
        heures_de_smic: salaries::HEURES_DE_SMIC,
        absences: ABSENCES,
        euros_par_heure: conversion::EUROS_PAR_HEURE,
        euros_par_heure_d_agent: conversion::EUROS_PAR_HEURE_D_AGENT,
        euros_en_heure: conversion::EUROS_EN_HEURE,
        heures_convertibles: conversion::HEURES_CONVERTIBLES,
        annees_de_conversion: conversion::ANNEES_DE_CONVERSION,
        cec_en_heure: conversion::CEC_EN_HEURE,
        heures_par_attestation: dif::HEURES_PAR_ATTESTATION,
        heures_ensemble: dif::HEURES_ENSEMBLE,
        credit_cec: engagement::CREDIT_CEC,
        plafond_cec: engagement::PLAFOND_CEC,
        age_d_ouverture: salaries::AGE_D_OUVERTURE,
        age_d_apprenti: salaries::AGE_D_APPRENTI,
        ordre_des_depenses_depuis: engagement::ORDRE_DEPUIS,
        flechage_depuis: engagement::FLECHAGE_DEPUIS,
        jour_de_credit: JourDeCredit::DEFAUT,
        fin_declaration_dif: None,
    };

    /// Whether a DIF can be declared on that day.
    ///
    /// ```
    /// use domaine::bareme::Bareme;
    /// use domaine::mesures::Jour;
    ///
    /// let loi = Bareme { fin_declaration_dif: Some(Bareme::FIN_LEGALE_DU_DIF), ..Bareme::EN_VIGUEUR };
    /// assert!(loi.dif_declarable(Jour::date(2021, 6, 30)));
    /// assert!(!loi.dif_declarable(Jour::date(2021, 7, 1)));
    /// assert!(Bareme::EN_VIGUEUR.dif_declarable(Jour::date(2026, 11, 24)));
    /// ```
    pub fn dif_declarable(&self, jour: Jour) -> bool {
        self.fin_declaration_dif.is_none_or(|fin| jour <= fin)
    }

    /// Whether an absence of that civil year counts as work.
    pub fn absence_assimilee(&self, nature: NatureAbsence, annee: Annee) -> bool {
        let fin = annee.dernier_jour();
        self.absences.iter().any(|absence| absence.nature == nature && absence.depuis <= fin)
    }
}
