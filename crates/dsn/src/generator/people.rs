//! Who works, under which contract, and how much in a month. Facts only: no line is written here.

use domaine::identite::{DateNaissance, Nir13, Nom};
use domaine::mesures::Day;

use super::random::Random;
use crate::values::{Quantity, ShortCode};
use crate::{Absence, AbsenceMotif, Activite, Contrat, ContratEnd, Identifier, Individu, Ntt, Paie};

const NOMS: [&str; 8] = ["PAT-TROIS", "LEFÈVRE", "D'HÉROUVILLE", "N'GUESSAN", "MUÑOZ", "DE LA TOUR", "ÜNAL", "O"];
const PRENOMS: [&str; 6] = ["DOMINIQUE MARIE-LOUISE", "Zoé", "Anne-Maëlle, Josée", "François", "NOËL", "Ali"];

/// 151.67 hours.
const FULL_TIME: i64 = 15_167;
/// One day of seven hours.
const DAY: i64 = 700;

fn short_code(text: &str) -> Option<ShortCode> {
    ShortCode::parse(text.as_bytes())
}

fn quantity(hundredths: i64) -> Quantity {
    Quantity::from_hundredths(hundredths)
}

/// A person and their month. What they are depends on their number alone, the rest on chance.
pub(super) fn individu(seed: u64, number: u32, month: Day, random: &mut Random) -> Individu {
    let mut it = Random::new(seed ^ (u64::from(number) << 20));
    let year = 1960 + u16::try_from(it.below(46)).unwrap_or(0);
    let naissance_month = 1 + it.below(12);
    // Departments that are neither Corsica nor overseas.
    let departement = 1 + it.below(19);
    let nir =
        format!("{}{:02}{naissance_month:02}{departement:02}999{:03}", 1 + it.below(2), year % 100, 1 + number % 998);
    // One birth in forty is known by its year and month only.
    let day = if it.once_in(40) { 0 } else { 1 + it.below(28) };
    let naissance = DateNaissance::from_iso(&format!("{year}-{naissance_month:02}-{day:02}"));
    let identifier = match Nir13::parse(&nir) {
        Ok(nir) if !it.once_in(30) => Identifier::Nir(nir),
        _ => Identifier::Temporary(Ntt::parse(&format!("1009900000NTT{number:08}")).expect("a short text")),
    };
    let contrats = contrats(&mut it, month, random);
    let paies = contrats.iter().flat_map(|contrat| paies(contrat, month, random)).collect();
    Individu {
        line: 0,
        index: 0,
        identifier,
        nom: Nom::parse(it.one_of(&NOMS)).ok(),
        prenoms: Nom::parse(it.one_of(&PRENOMS)).ok(),
        naissance,
        former_nir: if it.once_in(50) { Nir13::parse("2790351215189").ok() } else { None },
        contrats,
        paies,
    }
}

fn contrats(it: &mut Random, month: Day, random: &mut Random) -> Vec<Contrat> {
    let count = if it.once_in(12) { 2 } else { 1 };
    (1..=count).map(|index| contrat(index, it, month, random)).collect()
}

fn contrat(index: u32, it: &mut Random, month: Day, random: &mut Random) -> Contrat {
    let forfait = it.once_in(8);
    let part = it.one_of(&[100, 100, 100, 80, 60, 50, 49, 20]);
    let (reference, quotite) = if forfait { (21_800, 21_800) } else { (FULL_TIME, FULL_TIME * part / 100) };
    let cdd = it.once_in(5);
    let ends = cdd && random.once_in(6);
    let last = last_day(month);
    let mut contrat = Contrat {
        line: 0,
        number: format!("{index:05}"),
        start: Day::new(2015 + u16::try_from(it.below(10)).unwrap_or(0), 9, 1).ok(),
        planned_end: if cdd { Some(last) } else { None },
        statut: short_code(if forfait { "04" } else { "06" }),
        nature: short_code(if cdd { "02" } else { "01" }),
        dispositif: short_code(it.one_of(&["99", "99", "99", "64"])),
        unit: short_code(if forfait { "20" } else { "10" }),
        reference_quotite: Some(quantity(reference)),
        quotite: Some(quantity(quotite)),
        modalite: short_code(if part == 100 || forfait { "10" } else { "20" }),
        idcc: short_code(it.one_of(&["1486", "2216", "9999"])),
        boeth: if it.once_in(20) { short_code("01") } else { None },
        absences: Vec::new(),
        end: None,
    };
    if random.once_in(9) {
        let motif = AbsenceMotif::Arret(short_code(random.one_of(&["01", "02", "06"])).expect("two figures"));
        contrat.absences.push(Absence {
            line: 0,
            motif,
            since: Some(month),
            up_to: Some(last),
            resumption: if random.once_in(2) { Some(last) } else { None },
        });
    }
    if ends {
        contrat.end = Some(ContratEnd { day: Some(last), motif: short_code("031") });
    }
    if random.once_in(15) {
        let motif = AbsenceMotif::Suspension(short_code("501").expect("three figures"));
        contrat.absences.push(Absence { line: 0, motif, since: Some(month), up_to: Some(month), resumption: None });
    }
    contrat
}

fn paies(contrat: &Contrat, month: Day, random: &mut Random) -> Vec<Paie> {
    let end = last_day(month);
    let paie = |kind: &str, hours, activites| Paie {
        line: 0,
        contrat: contrat.number.clone(),
        start: month,
        end,
        kind: short_code(kind).expect("three figures"),
        hours,
        activites,
    };
    let activite = |kind: &str, hundredths, unit: &str| Activite {
        kind: short_code(kind).expect("two figures"),
        measure: quantity(hundredths),
        unit: short_code(unit).expect("two figures"),
    };
    let forfait = contrat.is_on_forfait_jours();
    let unit = if forfait { "20" } else { "10" };
    let planned = if forfait { 1_900 } else { contrat.quotite.unwrap_or_default().hundredths() };
    let a_day = if forfait { 100 } else { DAY };
    let missing = if random.once_in(5) { (i64::from(random.below(3)) + 1) * a_day } else { 0 };
    let mut activites = vec![activite("01", planned - missing.min(planned), unit)];
    if missing > 0 {
        activites.push(activite("02", missing, unit));
    }
    let days = i64::from(end.day()) * 100;
    let mut paies = vec![paie("001", None, vec![activite("01", days, "40")]), paie("002", None, activites)];
    if !forfait && random.once_in(6) {
        paies.push(paie("017", Some(quantity(i64::from(random.below(1200)) + 25)), Vec::new()));
    }
    // A correction of the month before: hours taken back.
    if !forfait && random.once_in(25) {
        let (year, previous) =
            if month.month() == 1 { (month.year() - 1, 12) } else { (month.year(), month.month() - 1) };
        let start = Day::new(year, previous, 1).expect("a first day");
        let activites = vec![activite("01", -DAY, "10")];
        paies.push(Paie { start, end: last_day(start), ..paie("002", None, activites) });
    }
    paies
}

pub(super) fn last_day(month: Day) -> Day {
    Day::new(month.year(), month.month(), Day::days_in_month(month.year(), month.month())).expect("a last day")
}
