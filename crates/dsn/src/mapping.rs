//! What a declaration says of a person, as months of work under a status: which code of the DSN is which status and
//! which absence. No storage, no law: which absences count is for the rights to say.

use std::collections::BTreeMap;

use domaine::bareme::AbsenceNature;
use domaine::declarations::{StatutDeclare, WorkedMonth};
use domaine::mesures::{Day, Unit};

use crate::activite::{Absence, AbsenceMotif, Contrat, Individu};
use crate::values::Month;

/// The months that the declaration of a month says of a person, each status apart; those that hold nothing are left out.
///
/// A pay whose contract is not declared is that of an employee. Work under a contract that gives no account of this
/// kind is left out whole: [`gives_rights`] tells.
///
/// ```
/// use domaine::declarations::StatutDeclare;
/// use dsn::{Event, Reader, mapping};
/// let bytes = dsn::example();
/// let mut reader = Reader::new("paie.dsn", bytes.as_slice());
/// let mut declared = None;
/// let mut months = Vec::new();
/// while let Some(event) = reader.read_next()? {
///     match event {
///         Event::Declaration(declaration) => declared = declaration.month,
///         Event::Individu(individu) => months.extend(mapping::worked_months(&individu, declared.unwrap())),
///         Event::End(_) | Event::EnvelopeEnd(_) => {}
///     }
/// }
/// assert_eq!(months.len(), 1);
/// assert_eq!((months[0].statut, months[0].hours, months[0].month), (StatutDeclare::Salarie, 14_467, 1));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn worked_months(individu: &Individu, declared: Month) -> Vec<WorkedMonth> {
    let mut months: BTreeMap<(Month, StatutDeclare), WorkedMonth> = BTreeMap::new();
    for (number, part) in individu.parts_by_contrat() {
        let contrat = individu.contrats.iter().find(|contrat| contrat.number == number);
        let Some(statut) = contrat.map_or(Some(StatutDeclare::Salarie), statut) else { continue };
        let total = months.entry((part.month, statut)).or_insert_with(|| WorkedMonth {
            year: part.month.year(),
            month: part.month.month(),
            statut,
            hours: 0,
            days: 0,
            accord: None,
            absences: Vec::new(),
            boeth: false,
            apprenti_since: None,
        });
        let time = part.time;
        total.hours += time.hours.hundredths();
        total.days += time.days.hundredths() + time.forfait_jours.hundredths();
        total.accord = [total.accord, contrat.and_then(accord)].into_iter().flatten().min();
        // What is said today of an earlier month corrects its time, not what the person was then.
        if let Some(contrat) = contrat.filter(|_| part.month == declared) {
            total.boeth |= is_boeth(contrat);
            total.apprenti_since = [total.apprenti_since, apprenti_since(contrat)].into_iter().flatten().min();
        }
        let natures = contrat.map(|contrat| natures(contrat, part.month)).unwrap_or_default();
        for (unit, hundredths) in
            [(Unit::Hours, time.absence_hours.hundredths()), (Unit::Days, time.absence_days.hundredths())]
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
        "09" | "10" | "20" | "21" | "50" | "51" | "52" => Some(StatutDeclare::PublicAgent),
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
fn apprenti_since(contrat: &Contrat) -> Option<Day> {
    let apprenti = contrat.dispositif.is_some_and(|dispositif| matches!(dispositif.as_str(), "64" | "65" | "81"));
    contrat.start.filter(|_| apprenti)
}

/// The days of a full year in the agreement, for a *forfait-jours* that says them.
fn accord(contrat: &Contrat) -> Option<i64> {
    let reference = contrat.reference_quotite.filter(|_| contrat.is_on_forfait_jours())?;
    Some(reference.hundredths()).filter(|days| *days > 0)
}

/// How many days of the month each nature of absence covers.
fn natures(contrat: &Contrat, month: Month) -> Vec<(AbsenceNature, i64)> {
    let mut days: BTreeMap<AbsenceNature, i64> = BTreeMap::new();
    for that_day in 1..=Day::days_in_month(month.year(), month.month()) {
        let that_day = Day::date(month.year(), month.month(), that_day);
        // A day is one absence: the first that was declared.
        if let Some(nature) = contrat.absences.iter().find(|a| covers(a, that_day)).and_then(|a| nature(a.motif)) {
            *days.entry(nature).or_default() += 1;
        }
    }
    days.into_iter().collect()
}

fn covers(absence: &Absence, that_day: Day) -> bool {
    // A stop gives the last day at work and the day of return, a suspension its own days.
    let starts = match (absence.motif, absence.since) {
        (_, None) => false,
        (AbsenceMotif::Arret(_), Some(last)) => that_day > last,
        (AbsenceMotif::Suspension(_), Some(first)) => that_day >= first,
    };
    let ends = absence
        .resumption
        .map_or_else(|| absence.up_to.is_some_and(|end| that_day > end), |resumption| that_day >= resumption);
    starts && !ends && nature(absence.motif).is_some()
}

/// The nature of an absence that is not paid or partly paid; nothing for paid leave.
///
/// Source: S21.G00.60.001 and S21.G00.65.001, norm P26V01.
fn nature(motif: AbsenceMotif) -> Option<AbsenceNature> {
    Some(match motif {
        AbsenceMotif::Arret(motif) => match motif.as_str() {
            "02" => AbsenceNature::Maternite,
            "99" => return None,
            "03" => AbsenceNature::Paternite,
            "05" | "10" | "18" => AbsenceNature::MaladieProfessionnelle,
            "06" | "14" | "16" => AbsenceNature::AccidentDuTravail,
            "09" => AbsenceNature::Adoption,
            "01" | "04" | "11" | "12" | "13" | "15" | "17" => AbsenceNature::Maladie,
            _ => AbsenceNature::Other,
        },
        AbsenceMotif::Suspension(motif) => match motif.as_str() {
            // Paid leave, and a suspension that was cancelled.
            "200" | "998" => return None,
            "607" => AbsenceNature::PresenceParentale,
            "632" => AbsenceNature::ParentalDEducation,
            "650" => AbsenceNature::ProcheAidant,
            _ => AbsenceNature::Other,
        },
    })
}

/// Shares what was absent among the natures of the month, by their days; without any it is another absence.
fn share(hundredths: i64, natures: &[(AbsenceNature, i64)]) -> impl Iterator<Item = (AbsenceNature, i64)> {
    let total: i64 = natures.iter().map(|(_, days)| days).sum();
    let mut parts: Vec<(AbsenceNature, i64)> = match total {
        0 => vec![(AbsenceNature::Other, hundredths)],
        total => natures.iter().map(|(nature, days)| (*nature, hundredths * days / total)).collect(),
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
    use crate::values::{Quantity, ShortCode};
    use crate::{Activite, Identifier, Ntt, Paie};

    fn short_code(code: &str) -> ShortCode {
        ShortCode::parse(code.as_bytes()).unwrap()
    }

    /// A contract of which only the number, the nature and the first day are said.
    fn contrat(nature: &str) -> Contrat {
        Contrat {
            line: 1,
            number: nature.to_owned(),
            start: Some(Day::date(2020, 9, 1)),
            planned_end: None,
            statut: None,
            nature: ShortCode::parse(nature.as_bytes()),
            dispositif: None,
            unit: None,
            reference_quotite: None,
            quotite: None,
            modalite: None,
            idcc: None,
            boeth: None,
            absences: Vec::new(),
            end: None,
        }
    }

    fn paie(contrat: &str, month: u8, mesures: &[(&str, &str, i64)]) -> Paie {
        let activite = |(kind, unit, hundredths): &(&str, &str, i64)| Activite {
            kind: short_code(kind),
            measure: Quantity::from_hundredths(*hundredths),
            unit: short_code(unit),
        };
        let (start, end) = (Day::date(2026, month, 1), Day::date(2026, month, 28));
        let activites = mesures.iter().map(activite).collect();
        Paie { line: 2, contrat: contrat.to_owned(), start, end, kind: short_code("002"), hours: None, activites }
    }

    /// What the declaration of February 2026 says.
    fn months(contrats: Vec<Contrat>, paies: Vec<Paie>) -> Vec<WorkedMonth> {
        let individu = Individu {
            line: 1,
            index: 1,
            identifier: Identifier::Temporary(Ntt::parse("1").unwrap()),
            nom: None,
            prenoms: None,
            naissance: None,
            former_nir: None,
            contrats,
            paies,
        };
        worked_months(&individu, Month::of(Day::date(2026, 2, 28)))
    }

    #[test]
    fn an_absence_is_shared_to_the_hundredth() {
        let natures = [(AbsenceNature::Maternite, 10), (AbsenceNature::Maladie, 20)];
        assert_eq!(
            share(1_000, &natures).collect::<Vec<_>>(),
            [(AbsenceNature::Maternite, 333), (AbsenceNature::Maladie, 667)]
        );
        assert_eq!(share(700, &[]).collect::<Vec<_>>(), [(AbsenceNature::Other, 700)]);
        assert_eq!(share(0, &[]).count(), 0);
        // One hundredth cannot be divided: the longest has it. What is taken back is shared alike.
        assert_eq!(share(1, &natures).collect::<Vec<_>>(), [(AbsenceNature::Maladie, 1)]);
        assert_eq!(
            share(-1_000, &natures).collect::<Vec<_>>(),
            [(AbsenceNature::Maternite, -333), (AbsenceNature::Maladie, -667)]
        );
    }

    #[test]
    fn the_nature_of_a_contract_is_the_status() {
        for (nature, expected) in [
            ("01", Some(StatutDeclare::Salarie)),
            ("02", Some(StatutDeclare::Salarie)),
            ("09", Some(StatutDeclare::PublicAgent)),
            ("52", Some(StatutDeclare::PublicAgent)),
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
        let of = |measure| months(vec![contrat("01")], vec![paie("01", 2, &[measure])]);
        assert_eq!(of(("01", "10", 0)), []);
        assert_eq!(of(("01", "10", -1))[0].hours, -1);
        assert_eq!(of(("01", "20", 100))[0].days, 100);
        let absences = of(("02", "10", 700)).remove(0).absences;
        assert_eq!(absences, [(AbsenceNature::Other, Unit::Hours, 700)]);
    }

    #[test]
    fn what_a_person_is_is_said_of_the_month_declared_alone() {
        let apprentice = Contrat { dispositif: Some(short_code("64")), boeth: Some(short_code("01")), ..contrat("01") };
        let hours = [("01", "10", 100)];
        let months = months(vec![apprentice], vec![paie("01", 1, &hours), paie("01", 2, &hours)]);
        let told: Vec<_> = months.iter().map(|month| (month.boeth, month.apprenti_since)).collect();
        assert_eq!(told, [(false, None), (true, Some(Day::date(2020, 9, 1)))]);
    }

    #[test]
    fn the_codes_of_disability_and_of_apprenticeship_stop_where_the_norm_says() {
        let boeth = |code| is_boeth(&Contrat { boeth: Some(short_code(code)), ..contrat("01") });
        assert_eq!(["01", "11", "12", "13", "99"].map(boeth), [true, true, false, true, false]);
        assert!(!is_boeth(&contrat("01")));
        let apprenti =
            |code| apprenti_since(&Contrat { dispositif: Some(short_code(code)), ..contrat("01") }).is_some();
        assert_eq!(["63", "64", "65", "66", "81", "99"].map(apprenti), [false, true, true, false, true, false]);
    }

    #[test]
    fn an_agreement_is_of_a_forfait_jours_and_above_zero() {
        let of = |unit, hundredths| {
            let reference_quotite = Some(Quantity::from_hundredths(hundredths));
            accord(&Contrat { unit: Some(short_code(unit)), reference_quotite, ..contrat("01") })
        };
        assert_eq!([of("20", -1), of("20", 0), of("20", 1)], [None, None, Some(1)]);
        assert_eq!(of("10", 15_167), None);
    }

    #[test]
    fn a_stop_begins_after_the_last_day_at_work_and_ends_before_the_return() {
        let day = |that_day| Day::date(2026, 2, that_day);
        let stop = Absence {
            line: 1,
            motif: AbsenceMotif::Arret(short_code("02")),
            since: Some(day(10)),
            up_to: Some(day(12)),
            resumption: None,
        };
        let covered =
            |absence: &Absence| (1..=28).filter(|that_day| covers(absence, day(*that_day))).collect::<Vec<u8>>();
        assert_eq!(covered(&stop), [11, 12]);
        // The day of return is known: it decides, before or after the day that was foreseen.
        assert_eq!(covered(&Absence { resumption: Some(day(12)), ..stop.clone() }), [11]);
        assert_eq!(covered(&Absence { resumption: Some(day(15)), ..stop.clone() }), [11, 12, 13, 14]);
        let suspension = Absence { motif: AbsenceMotif::Suspension(short_code("632")), ..stop.clone() };
        assert_eq!(covered(&suspension), [10, 11, 12]);
        assert!(covered(&Absence { motif: AbsenceMotif::Suspension(short_code("200")), ..stop.clone() }).is_empty());
        assert!(covered(&Absence { since: None, ..stop }).is_empty());
    }

    #[test]
    fn the_first_absence_declared_has_the_day() {
        let absence = |code, since, up_to| Absence {
            line: 1,
            motif: AbsenceMotif::Suspension(short_code(code)),
            since: Some(Day::date(2026, 2, since)),
            up_to: Some(Day::date(2026, 2, up_to)),
            resumption: None,
        };
        // Paid leave covers nothing, even declared first.
        let absences = vec![absence("200", 1, 28), absence("632", 1, 10), absence("650", 10, 12)];
        let natures = natures(&Contrat { absences, ..contrat("01") }, Month::of(Day::date(2026, 2, 1)));
        assert_eq!(natures, [(AbsenceNature::ProcheAidant, 2), (AbsenceNature::ParentalDEducation, 10)]);
    }

    #[test]
    fn each_code_of_absence_has_its_nature() {
        let stop = |code| nature(AbsenceMotif::Arret(short_code(code)));
        assert_eq!(stop("02"), Some(AbsenceNature::Maternite));
        assert_eq!(stop("03"), Some(AbsenceNature::Paternite));
        assert_eq!(["05", "10", "18"].map(stop), [Some(AbsenceNature::MaladieProfessionnelle); 3]);
        assert_eq!(["06", "14", "16"].map(stop), [Some(AbsenceNature::AccidentDuTravail); 3]);
        assert_eq!(stop("09"), Some(AbsenceNature::Adoption));
        assert_eq!(["01", "04", "11", "12", "13", "15", "17"].map(stop), [Some(AbsenceNature::Maladie); 7]);
        assert_eq!(
            [stop("07"), stop("19"), stop("99")],
            [Some(AbsenceNature::Other), Some(AbsenceNature::Other), None]
        );
        let suspension = |code| nature(AbsenceMotif::Suspension(short_code(code)));
        assert_eq!(
            ["200", "607", "632", "650", "998", "999"].map(suspension),
            [
                None,
                Some(AbsenceNature::PresenceParentale),
                Some(AbsenceNature::ParentalDEducation),
                Some(AbsenceNature::ProcheAidant),
                None,
                Some(AbsenceNature::Other)
            ]
        );
    }
}
