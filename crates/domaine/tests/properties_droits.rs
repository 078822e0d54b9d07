//! What must hold for any life, checked on generated ones.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/lives.rs"]
mod support;

use domaine::bareme::Bareme;
use domaine::droits::*;
use domaine::mesures::{Day, Days, Euros, HoursVariation, WorkDuration};
use proptest::prelude::*;
use support::{corrected_life, life, salarie_life};

fn releve(situation: &Situation, as_of: Day) -> Releve {
    calculate(situation, as_of, &Bareme::IN_FORCE)
}

fn day() -> impl Strategy<Value = Day> {
    (2015..=2033_u16, 1..=12_u8, 1..=28_u8).prop_map(|(year, month, day)| Day::date(year, month, day))
}

/// A credit in hours that stays in hours: those of an employee are euros from 2019 on, beside those of an agent.
fn is_in_hours(ligne: &Ligne) -> bool {
    let (Motif::FullYear { facts } | Motif::PartialYear { facts, .. }) = &ligne.motif else { return false };
    ligne.date.year() < 2019 || matches!(facts.category, Category::Agent | Category::AgentSousNiveau3)
}

/// The same work in two records; absences stay with the first.
fn in_two(activite: &Activite, part: u32) -> [Activite; 2] {
    let mut two = [activite.clone(), Activite { absences: Vec::new(), ..activite.clone() }];
    let parts = |hundredths: u32| {
        let first = hundredths / 100 * part;
        [first, hundredths - first]
    };
    match activite.work {
        Work::Hours { worked, reference } => {
            for (half, part) in two.iter_mut().zip(parts(worked.hundredths())) {
                half.work = Work::Hours { worked: WorkDuration::from_hundredths(part), reference };
            }
        }
        Work::Days { facts, accord } => {
            for (half, part) in two.iter_mut().zip(parts(facts.hundredths())) {
                half.work = Work::Days { facts: Days::from_hundredths(part), accord };
            }
        }
        Work::Paie { received, hourly_smic } => {
            let first = Euros::from_centimes(received.centimes() / 100 * i64::from(part));
            for (half, received) in two.iter_mut().zip([first, received - first]) {
                half.work = Work::Paie { received, hourly_smic };
            }
        }
    }
    two
}

proptest! {
    #[test]
    fn the_balance_is_the_sum_of_the_lines_in_every_pocket(seed in any::<u64>(), as_of in day()) {
        let releve = releve(&life(seed), as_of);
        let sum = |poche| -> Euros { releve.lignes.iter().filter(|l| l.poche == poche).map(|l| l.montant).sum() };
        prop_assert_eq!(sum(Poche::Dif), releve.dif_part);
        prop_assert_eq!(sum(Poche::Cec), releve.cec_part);
        prop_assert_eq!(sum(Poche::Abondement), releve.abondements_part);
        let others = releve.dif_part + releve.cec_part + releve.abondements_part;
        prop_assert_eq!(sum(Poche::Cpf) + others, releve.solde);
        let mut soldes = (Euros::ZERO, HoursVariation::ZERO);
        for ligne in &releve.lignes {
            soldes = (soldes.0 + ligne.montant, soldes.1 + ligne.hours);
            prop_assert_eq!(soldes, (ligne.solde, ligne.solde_hours));
        }
        prop_assert_eq!(soldes, (releve.solde, releve.solde_hours));
    }

    // A correction is judged by the room of the day of the credit: its lines are held to the highest ceiling of the account.
    // What the holder converted since then stays converted, even if it took the room of a credit corrected later.
    #[test]
    fn what_is_added_never_passes_the_ceiling_of_its_own_line(seed in any::<u64>(), corrected_one in any::<bool>(), as_of in day()) {
        let mut situation = if corrected_one { corrected_life(seed) } else { life(seed) };
        if !situation.rectifications.is_empty() || !situation.handicaps.is_empty() {
            situation.conversions.clear();
        }
        let rectified = situation.rectifications.iter().map(|rectification| rectification.on);
        let cancelled = situation.sous_niveau_3.iter().filter_map(|declaration| declaration.cancelled_on);
        let recognised = situation.handicaps.iter().map(|handicap| handicap.known_on);
        let corrections: Vec<Day> = rectified.chain(cancelled).chain(recognised).collect();
        let (mut euros, mut hours, mut higher) = (Euros::ZERO, HoursVariation::ZERO, Euros::ZERO);
        for ligne in releve(&situation, as_of).lignes {
            if matches!(ligne.poche, Poche::Cpf | Poche::Dif) {
                euros += ligne.montant;
            }
            if ligne.poche == Poche::Cpf {
                hours += ligne.hours;
            }
            // Hours of an employee credited from 2019 on are euros on the next line.
            let passing = ligne.hours > HoursVariation::ZERO && ligne.date.year() >= 2019 && !is_in_hours(&ligne);
            prop_assert!(passing || hours.count() <= 400, "{} hours", hours);
            match ligne.plafond {
                Some(Montant::Euros(plafond)) if ligne.poche != Poche::Cec => {
                    higher = higher.max(plafond);
                    let limit = if corrections.contains(&ligne.date) { higher } else { plafond };
                    prop_assert!(ligne.montant <= Euros::ZERO || euros <= limit, "{} above {}", euros, limit);
                }
                Some(Montant::Hours(plafond)) if is_in_hours(&ligne) && !corrections.contains(&ligne.date) => {
                    let beyond = hours > HoursVariation::from(plafond);
                    prop_assert!(ligne.hours <= HoursVariation::ZERO || !beyond, "{} above {}", hours, plafond);
                }
                _ => {}
            }
        }
        prop_assert!(euros <= Euros::whole(8_000));
    }

    #[test]
    fn volunteering_never_passes_its_ceiling(seed in any::<u64>(), as_of in day()) {
        let situation = life(seed);
        let releve = releve(&situation, as_of);
        let recorded_ones = situation.engagements.iter().filter(|engagement| engagement.recorded_on <= as_of).count();
        prop_assert!(releve.cec_part <= Euros::whole(720), "{} of {} activities", releve.cec_part, recorded_ones);
        let of_volunteering = releve.lignes.iter().filter(|ligne| ligne.poche == Poche::Cec && ligne.date.year() < 2019);
        let hours: HoursVariation = of_volunteering.map(|ligne| ligne.hours).sum();
        prop_assert!(hours >= HoursVariation::ZERO && hours.count() <= 60, "{} of {} activities", hours, recorded_ones);
    }

    #[test]
    fn a_later_statement_begins_with_the_earlier_one(seed in any::<u64>(), one in day(), other in day()) {
        let situation = life(seed);
        let (before, after) = (releve(&situation, one.min(other)), releve(&situation, one.max(other)));
        prop_assert!(before.lignes.len() <= after.lignes.len());
        prop_assert_eq!(&before.lignes[..], &after.lignes[..before.lignes.len()]);
    }

    // Whatever the statuses, the units and the number of employers in a year.
    #[test]
    fn splitting_a_period_changes_no_amount(seed in any::<u64>(), part in 0..=100_u32, as_of in day()) {
        let whole = life(seed);
        let mut shared = whole.clone();
        shared.activites = whole.activites.iter().flat_map(|activite| in_two(activite, part)).collect();
        let (shared, whole) = (releve(&shared, as_of), releve(&whole, as_of));
        prop_assert_eq!((shared.solde, shared.solde_hours), (whole.solde, whole.solde_hours));
        prop_assert_eq!(shared.lignes.len(), whole.lignes.len());
    }

    #[test]
    fn the_order_of_the_records_changes_nothing(seed in any::<u64>(), as_of in day()) {
        let situation = life(seed);
        let mut reversed = situation.clone();
        reversed.activites.reverse();
        prop_assert_eq!(releve(&reversed, as_of), releve(&situation, as_of));
    }

    // What is known of the life is the same in the end: only the day on which it is known differs.
    #[test]
    fn corrections_give_what_the_same_life_told_right_from_the_start_gives(seed in any::<u64>(), as_of in day()) {
        let corrected_one = corrected_life(seed);
        let mut right = Situation { rectifications: Vec::new(), ..corrected_one.clone() };
        let mut known_ones: Vec<_> = corrected_one.rectifications.iter().filter(|r| r.on <= as_of).collect();
        // Stable: of the same day, the last one given stands.
        known_ones.sort_by_key(|rectification| rectification.on);
        for rectification in known_ones {
            right.activites.retain(|activite| activite.year != rectification.year);
            right.activites.extend(rectification.activites.iter().cloned());
        }
        right.sous_niveau_3.retain(|declaration| declaration.cancelled_on.is_none_or(|cancelled| cancelled > as_of));
        for declaration in &mut right.sous_niveau_3 {
            declaration.cancelled_on = None;
        }
        let accepted = corrected_one.handicaps.iter().filter(|handicap| handicap.known_on <= as_of);
        right.boeth.extend(accepted.map(|handicap| handicap.period));
        right.handicaps.clear();
        let (corrected_one, right) = (releve(&corrected_one, as_of), releve(&right, as_of));
        prop_assert_eq!(
            (corrected_one.solde, corrected_one.solde_hours, corrected_one.dif_part, corrected_one.plafond),
            (right.solde, right.solde_hours, right.dif_part, right.plafond)
        );
        let earned = |releve: &Releve| -> (Euros, HoursVariation) {
            (releve.earned.iter().map(|l| l.montant).sum(), releve.earned.iter().map(|l| l.hours).sum())
        };
        prop_assert_eq!(earned(&corrected_one), earned(&right));
    }

    #[test]
    fn more_work_never_gives_less(seed in any::<u64>(), more in 0..50_000_u32, as_of in day()) {
        let situation = salarie_life(seed);
        let mut increased = situation.clone();
        for activite in &mut increased.activites {
            if let Work::Hours { worked, .. } = &mut activite.work {
                *worked = WorkDuration::from_hundredths(worked.hundredths() + more);
            }
        }
        prop_assert!(releve(&increased, as_of).solde >= releve(&situation, as_of).solde);
    }

    #[test]
    fn the_lean_balance_is_that_of_the_statement(seed in any::<u64>(), as_of in day()) {
        let situation = life(seed);
        let (releve, soldes) = (releve(&situation, as_of), solde(&situation, as_of, &Bareme::IN_FORCE));
        prop_assert_eq!((soldes.total, soldes.hours, soldes.plafond), (releve.solde, releve.solde_hours, releve.plafond));
    }

    #[test]
    fn a_statement_comes_back_from_the_wire_the_same(seed in any::<u64>(), as_of in day()) {
        let releve = releve(&life(seed), as_of);
        let text = serde_json::to_string(&releve).unwrap();
        prop_assert!(!text.split('"').step_by(2).any(|hors| hors.bytes().any(|c| c.is_ascii_digit())));
        prop_assert_eq!(serde_json::from_str::<Releve>(&text).unwrap(), releve);
    }
}
