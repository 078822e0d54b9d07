//! What a declaration says of a person, as months of work under a status: which code of the DSN is which status and
//! which absence. No storage, no law: which absences count is for the rights to say.

use std::collections::BTreeMap;

use domaine::bareme::NatureAbsence;
use domaine::declarations::{StatutDeclare, WorkedMonth};
use domaine::mesures::{Jour, Unit};

use crate::activite::{Absence, Contrat, Individu, MotifAbsence};
use crate::valeurs::Mois;

/// The months that the declaration of a month says of a person, each status apart; those that hold nothing are left out.
///
/// A pay whose contract is not declared is that of an employee. Work under a contract that gives no account of this
/// kind is left out whole: [`gives_rights`] tells.
///
/// ```
/// use domaine::declarations::StatutDeclare;
/// use dsn::{Evenement, Lecture, mapping};
/// let octets = dsn::exemple();
/// let mut lecture = Lecture::new("paie.dsn", octets.as_slice());
/// let mut declared = None;
/// let mut months = Vec::new();
/// while let Some(evenement) = lecture.suivant()? {
///     match evenement {
///         Evenement::Declaration(declaration) => declared = declaration.mois,
///         Evenement::Individu(individu) => months.extend(mapping::worked_months(&individu, declared.unwrap())),
///         Evenement::Fin(_) | Evenement::FinEnvoi(_) => {}
///     }
/// }
/// assert_eq!(months.len(), 1);
/// assert_eq!((months[0].statut, months[0].hours, months[0].month), (StatutDeclare::Salarie, 14_467, 1));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn worked_months(individu: &Individu, declared: Mois) -> Vec<WorkedMonth> {
    let mut months: BTreeMap<(Mois, StatutDeclare), WorkedMonth> = BTreeMap::new();
    for (numero, part) in individu.parts_par_contrat() {
        let contrat = individu.contrats.iter().find(|contrat| contrat.numero == numero);
        let Some(statut) = contrat.map_or(Some(StatutDeclare::Salarie), statut) else { continue };
        let total = months.entry((part.mois, statut)).or_insert_with(|| WorkedMonth {
            year: part.mois.annee(),
            month: part.mois.mois(),
            statut,
            hours: 0,
            days: 0,
            accord: None,
            absences: Vec::new(),
            boeth: false,
            apprenti_depuis: None,
        });
        let temps = part.temps;
        total.hours += temps.heures.centiemes();
        total.days += temps.jours.centiemes() + temps.forfait_jours.centiemes();
        total.accord = [total.accord, contrat.and_then(accord)].into_iter().flatten().min();
        // What is said today of an earlier month corrects its time, not what the person was then.
        if let Some(contrat) = contrat.filter(|_| part.mois == declared) {
            total.boeth |= is_boeth(contrat);
            total.apprenti_depuis = [total.apprenti_depuis, apprenti_depuis(contrat)].into_iter().flatten().min();
        }
        let natures = contrat.map(|contrat| natures(contrat, part.mois)).unwrap_or_default();
        for (unit, hundredths) in
            [(Unit::Heures, temps.heures_d_absence.centiemes()), (Unit::Jours, temps.jours_d_absence.centiemes())]
        {
            total.absences.extend(share(hundredths, &natures).map(|(nature, part)| (nature, unit, part)));
        }
    }
    months.into_values().filter(|month| month.hours != 0 || month.days != 0 || !month.absences.is_empty()).collect()
}

/// Whether a contract makes its holder work as somebody whom the account knows.
pub fn gives_rights(contrat: &Contrat) -> bool {
    statut(contrat).is_some()
}

/// Source: S21.G00.40.007, norm P26V01.
fn statut(contrat: &Contrat) -> Option<StatutDeclare> {
    match contrat.nature.as_ref().map_or("", |nature| nature.as_str()) {
        // Trainees, company officers and elected people have no account of an employee; civic service gives the
        // compte d'engagement citoyen, not a year of work.
        "29" | "32" | "80" | "81" | "89" => None,
        "70" => Some(StatutDeclare::Esat),
        "09" | "10" | "20" | "21" | "50" | "51" | "52" => Some(StatutDeclare::AgentPublic),
        _ => Some(StatutDeclare::Salarie),
    }
}

/// Whether the contract says that its holder is among those of L5212-13.
///
/// Source: S21.G00.40.072, norm P26V01. 12 is a trainee of L5212-7, 99 nobody.
fn is_boeth(contrat: &Contrat) -> bool {
    contrat.boeth.is_some_and(|statut| !matches!(statut.as_str(), "12" | "99"))
}

/// The first day of a contract of apprenticeship. Source: S21.G00.40.008, norm P26V01.
fn apprenti_depuis(contrat: &Contrat) -> Option<Jour> {
    let apprenti = contrat.dispositif.is_some_and(|dispositif| matches!(dispositif.as_str(), "64" | "65" | "81"));
    contrat.debut.filter(|_| apprenti)
}

/// The days of a full year in the agreement, for a *forfait-jours* that says them.
fn accord(contrat: &Contrat) -> Option<i64> {
    let reference = contrat.quotite_reference.filter(|_| contrat.est_au_forfait_jours())?;
    Some(reference.centiemes()).filter(|jours| *jours > 0)
}

/// How many days of the month each nature of absence covers.
fn natures(contrat: &Contrat, mois: Mois) -> Vec<(NatureAbsence, i64)> {
    let mut jours: BTreeMap<NatureAbsence, i64> = BTreeMap::new();
    for jour in 1..=Jour::jours_du_mois(mois.annee(), mois.mois()) {
        let jour = Jour::date(mois.annee(), mois.mois(), jour);
        // A day is one absence: the first that was declared.
        if let Some(nature) = contrat.absences.iter().find(|a| covers(a, jour)).and_then(|a| nature(a.motif)) {
            *jours.entry(nature).or_default() += 1;
        }
    }
    jours.into_iter().collect()
}

fn covers(absence: &Absence, jour: Jour) -> bool {
    // A stop gives the last day at work and the day of return, a suspension its own days.
    let commence = match (absence.motif, absence.depuis) {
        (_, None) => false,
        (MotifAbsence::Arret(_), Some(dernier)) => jour > dernier,
        (MotifAbsence::Suspension(_), Some(premier)) => jour >= premier,
    };
    let finit =
        absence.reprise.map_or_else(|| absence.jusqu_a.is_some_and(|fin| jour > fin), |reprise| jour >= reprise);
    commence && !finit && nature(absence.motif).is_some()
}

/// The nature of an absence that is not paid or partly paid; nothing for paid leave.
///
/// Source: S21.G00.60.001 and S21.G00.65.001, norm P26V01.
fn nature(motif: MotifAbsence) -> Option<NatureAbsence> {
    Some(match motif {
        MotifAbsence::Arret(motif) => match motif.as_str() {
            "02" => NatureAbsence::Maternite,
            "99" => return None,
            "03" => NatureAbsence::Paternite,
            "05" | "10" | "18" => NatureAbsence::MaladieProfessionnelle,
            "06" | "14" | "16" => NatureAbsence::AccidentDuTravail,
            "09" => NatureAbsence::Adoption,
            "01" | "04" | "11" | "12" | "13" | "15" | "17" => NatureAbsence::Maladie,
            _ => NatureAbsence::Autre,
        },
        MotifAbsence::Suspension(motif) => match motif.as_str() {
            // Paid leave, and a suspension that was cancelled.
            "200" | "998" => return None,
            "607" => NatureAbsence::PresenceParentale,
            "632" => NatureAbsence::ParentalDEducation,
            "650" => NatureAbsence::ProcheAidant,
            _ => NatureAbsence::Autre,
        },
    })
}

/// Shares what was absent among the natures of the month, by their days; without any it is another absence.
fn share(hundredths: i64, natures: &[(NatureAbsence, i64)]) -> impl Iterator<Item = (NatureAbsence, i64)> {
    let total: i64 = natures.iter().map(|(_, jours)| jours).sum();
    let mut parts: Vec<(NatureAbsence, i64)> = match total {
        0 => vec![(NatureAbsence::Autre, hundredths)],
        total => natures.iter().map(|(nature, jours)| (*nature, hundredths * jours / total)).collect(),
    };
    // What division leaves goes to the longest.
    let rest = hundredths - parts.iter().map(|(_, part)| part).sum::<i64>();
    if let Some(longest) = parts.iter_mut().max_by_key(|(_, part)| part.abs()) {
        longest.1 += rest;
    }
    parts.into_iter().filter(|(_, part)| *part != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::{Cote, Quantite};
    use crate::{Activite, Identifiant, Ntt, Paie};

    fn cote(code: &str) -> Cote {
        Cote::lire(code.as_bytes()).unwrap()
    }

    /// A contract of which only the number, the nature and the first day are said.
    fn contrat(nature: &str) -> Contrat {
        Contrat {
            ligne: 1,
            numero: nature.to_owned(),
            debut: Some(Jour::date(2020, 9, 1)),
            fin_prevue: None,
            statut: None,
            nature: Cote::lire(nature.as_bytes()),
            dispositif: None,
            unite: None,
            quotite_reference: None,
            quotite: None,
            modalite: None,
            idcc: None,
            boeth: None,
            absences: Vec::new(),
            fin: None,
        }
    }

    fn paie(contrat: &str, mois: u8, mesures: &[(&str, &str, i64)]) -> Paie {
        let activite = |(genre, unite, hundredths): &(&str, &str, i64)| Activite {
            genre: cote(genre),
            mesure: Quantite::de_centiemes(*hundredths),
            unite: cote(unite),
        };
        let (debut, fin) = (Jour::date(2026, mois, 1), Jour::date(2026, mois, 28));
        let activites = mesures.iter().map(activite).collect();
        Paie { ligne: 2, contrat: contrat.to_owned(), debut, fin, genre: cote("002"), heures: None, activites }
    }

    /// What the declaration of February 2026 says.
    fn months(contrats: Vec<Contrat>, paies: Vec<Paie>) -> Vec<WorkedMonth> {
        let individu = Individu {
            ligne: 1,
            rang: 1,
            identifiant: Identifiant::Temporaire(Ntt::lire("1").unwrap()),
            nom: None,
            prenoms: None,
            naissance: None,
            ancien_nir: None,
            contrats,
            paies,
        };
        worked_months(&individu, Mois::de(Jour::date(2026, 2, 28)))
    }

    #[test]
    fn an_absence_is_shared_to_the_hundredth() {
        let natures = [(NatureAbsence::Maternite, 10), (NatureAbsence::Maladie, 20)];
        assert_eq!(
            share(1_000, &natures).collect::<Vec<_>>(),
            [(NatureAbsence::Maternite, 333), (NatureAbsence::Maladie, 667)]
        );
        assert_eq!(share(700, &[]).collect::<Vec<_>>(), [(NatureAbsence::Autre, 700)]);
        assert_eq!(share(0, &[]).count(), 0);
        // One hundredth cannot be divided: the longest has it. What is taken back is shared alike.
        assert_eq!(share(1, &natures).collect::<Vec<_>>(), [(NatureAbsence::Maladie, 1)]);
        assert_eq!(
            share(-1_000, &natures).collect::<Vec<_>>(),
            [(NatureAbsence::Maternite, -333), (NatureAbsence::Maladie, -667)]
        );
    }

    #[test]
    fn the_nature_of_a_contract_is_the_status() {
        for (nature, expected) in [
            ("01", Some(StatutDeclare::Salarie)),
            ("02", Some(StatutDeclare::Salarie)),
            ("09", Some(StatutDeclare::AgentPublic)),
            ("52", Some(StatutDeclare::AgentPublic)),
            ("53", Some(StatutDeclare::Salarie)),
            ("69", Some(StatutDeclare::Salarie)),
            ("70", Some(StatutDeclare::Esat)),
            ("71", Some(StatutDeclare::Salarie)),
            ("29", None),
            ("80", None),
            ("89", None),
            // Not said, or of a later norm.
            ("", Some(StatutDeclare::Salarie)),
            ("ZZ", Some(StatutDeclare::Salarie)),
        ] {
            assert_eq!(statut(&contrat(nature)), expected, "{nature}");
            assert_eq!(gives_rights(&contrat(nature)), expected.is_some(), "{nature}");
        }
    }

    #[test]
    fn months_come_by_month_then_by_the_word_of_their_status() {
        let hours = [("01", "10", 100)];
        let contrats = ["01", "70", "10", "29"];
        let paies = contrats.iter().map(|nature| paie(nature, 2, &hours)).chain([paie("unknown", 1, &hours)]);
        let months = months(contrats.into_iter().map(contrat).collect(), paies.collect());
        let told: Vec<_> = months.iter().map(|month| (month.month, month.statut.code(), month.hours)).collect();
        assert_eq!(told, [(1, "salarie", 100), (2, "agent_public", 100), (2, "esat", 100), (2, "salarie", 100)]);
    }

    #[test]
    fn a_month_of_nothing_is_left_out_and_what_takes_back_is_kept() {
        let of = |mesure| months(vec![contrat("01")], vec![paie("01", 2, &[mesure])]);
        assert_eq!(of(("01", "10", 0)), []);
        assert_eq!(of(("01", "10", -1))[0].hours, -1);
        assert_eq!(of(("01", "20", 100))[0].days, 100);
        let absences = of(("02", "10", 700)).remove(0).absences;
        assert_eq!(absences, [(NatureAbsence::Autre, Unit::Heures, 700)]);
    }

    #[test]
    fn what_a_person_is_is_said_of_the_month_declared_alone() {
        let apprentice = Contrat { dispositif: Some(cote("64")), boeth: Some(cote("01")), ..contrat("01") };
        let hours = [("01", "10", 100)];
        let months = months(vec![apprentice], vec![paie("01", 1, &hours), paie("01", 2, &hours)]);
        let told: Vec<_> = months.iter().map(|month| (month.boeth, month.apprenti_depuis)).collect();
        assert_eq!(told, [(false, None), (true, Some(Jour::date(2020, 9, 1)))]);
    }

    #[test]
    fn the_codes_of_disability_and_of_apprenticeship_stop_where_the_norm_says() {
        let boeth = |code| is_boeth(&Contrat { boeth: Some(cote(code)), ..contrat("01") });
        assert_eq!(["01", "11", "12", "13", "99"].map(boeth), [true, true, false, true, false]);
        assert!(!is_boeth(&contrat("01")));
        let apprenti = |code| apprenti_depuis(&Contrat { dispositif: Some(cote(code)), ..contrat("01") }).is_some();
        assert_eq!(["63", "64", "65", "66", "81", "99"].map(apprenti), [false, true, true, false, true, false]);
    }

    #[test]
    fn an_agreement_is_of_a_forfait_jours_and_above_zero() {
        let of = |unite, hundredths| {
            let quotite_reference = Some(Quantite::de_centiemes(hundredths));
            accord(&Contrat { unite: Some(cote(unite)), quotite_reference, ..contrat("01") })
        };
        assert_eq!([of("20", -1), of("20", 0), of("20", 1)], [None, None, Some(1)]);
        assert_eq!(of("10", 15_167), None);
    }

    #[test]
    fn a_stop_begins_after_the_last_day_at_work_and_ends_before_the_return() {
        let day = |jour| Jour::date(2026, 2, jour);
        let stop = Absence {
            ligne: 1,
            motif: MotifAbsence::Arret(cote("02")),
            depuis: Some(day(10)),
            jusqu_a: Some(day(12)),
            reprise: None,
        };
        let covered = |absence: &Absence| (1..=28).filter(|jour| covers(absence, day(*jour))).collect::<Vec<u8>>();
        assert_eq!(covered(&stop), [11, 12]);
        // The day of return is known: it decides, before or after the day that was foreseen.
        assert_eq!(covered(&Absence { reprise: Some(day(12)), ..stop.clone() }), [11]);
        assert_eq!(covered(&Absence { reprise: Some(day(15)), ..stop.clone() }), [11, 12, 13, 14]);
        let suspension = Absence { motif: MotifAbsence::Suspension(cote("632")), ..stop.clone() };
        assert_eq!(covered(&suspension), [10, 11, 12]);
        assert!(covered(&Absence { motif: MotifAbsence::Suspension(cote("200")), ..stop.clone() }).is_empty());
        assert!(covered(&Absence { depuis: None, ..stop }).is_empty());
    }

    #[test]
    fn the_first_absence_declared_has_the_day() {
        let absence = |code, depuis, jusqu_a| Absence {
            ligne: 1,
            motif: MotifAbsence::Suspension(cote(code)),
            depuis: Some(Jour::date(2026, 2, depuis)),
            jusqu_a: Some(Jour::date(2026, 2, jusqu_a)),
            reprise: None,
        };
        // Paid leave covers nothing, even declared first.
        let absences = vec![absence("200", 1, 28), absence("632", 1, 10), absence("650", 10, 12)];
        let natures = natures(&Contrat { absences, ..contrat("01") }, Mois::de(Jour::date(2026, 2, 1)));
        assert_eq!(natures, [(NatureAbsence::ProcheAidant, 2), (NatureAbsence::ParentalDEducation, 10)]);
    }

    #[test]
    fn each_code_of_absence_has_its_nature() {
        let stop = |code| nature(MotifAbsence::Arret(cote(code)));
        assert_eq!(stop("02"), Some(NatureAbsence::Maternite));
        assert_eq!(stop("03"), Some(NatureAbsence::Paternite));
        assert_eq!(["05", "10", "18"].map(stop), [Some(NatureAbsence::MaladieProfessionnelle); 3]);
        assert_eq!(["06", "14", "16"].map(stop), [Some(NatureAbsence::AccidentDuTravail); 3]);
        assert_eq!(stop("09"), Some(NatureAbsence::Adoption));
        assert_eq!(["01", "04", "11", "12", "13", "15", "17"].map(stop), [Some(NatureAbsence::Maladie); 7]);
        assert_eq!(
            [stop("07"), stop("19"), stop("99")],
            [Some(NatureAbsence::Autre), Some(NatureAbsence::Autre), None]
        );
        let suspension = |code| nature(MotifAbsence::Suspension(cote(code)));
        assert_eq!(
            ["200", "607", "632", "650", "998", "999"].map(suspension),
            [
                None,
                Some(NatureAbsence::PresenceParentale),
                Some(NatureAbsence::ParentalDEducation),
                Some(NatureAbsence::ProcheAidant),
                None,
                Some(NatureAbsence::Autre)
            ]
        );
    }
}
