//! Everything that happens to an account, in the order in which it happens. No rule here.

use super::standing::as_credited;
use super::years;
use crate::bareme::Bareme;
use crate::droits::account::Credit;
use crate::droits::facts::{Activite, Evenement, Nature, Situation};
use crate::droits::rules::year::Judgement;
use crate::mesures::{Day, Year};
use crate::sorting::sort_by_key;

/// The events of a life and the credits of its years, for a statement on that day: the years that are over
/// by then, the other things up to then.
pub(super) fn unroll(situation: &Situation, bareme: &Bareme, as_of: Day) -> (Vec<Evenement>, Vec<Credit>) {
    let credits = years(situation, bareme, as_of);
    let mut evenements = Vec::with_capacity(at_most(situation));
    let credited = credits.iter().enumerate();
    evenements.extend(credited.map(|(place, credit)| Evenement { date: credit.date, nature: Nature::Credit, place }));
    carry_over(situation, bareme, as_of, &mut evenements);
    let mut add = |date: Day, nature, place| {
        if date <= as_of {
            evenements.push(Evenement { date, nature, place });
        }
    };
    add(Bareme::EURO_SWITCH, Nature::Passage, 0);
    for (place, attestation) in situation.attestations.iter().enumerate() {
        if let Some((from, until)) = attestation.presence() {
            add(from, Nature::Attestation, place);
            if let Some(until) = until {
                add(until, Nature::Refusal, place);
            }
        }
    }
    for (place, rectification) in situation.rectifications.iter().enumerate() {
        add(rectification.on, Nature::Rectification, place);
    }
    for (place, declaration) in situation.sous_niveau_3.iter().enumerate() {
        if let Some(cancelled) = declaration.cancelled_on {
            add(cancelled, Nature::Cancellation, place);
        }
    }
    for (place, handicap) in situation.handicaps.iter().enumerate() {
        add(handicap.known_on, Nature::Recognition, place);
    }
    for (place, credited) in situation.credited.iter().enumerate() {
        if let Some(until) = credited.until.filter(|_| credited.by_rule) {
            add(until, Nature::RuleCorrection, place);
        }
    }
    for (place, engagement) in situation.engagements.iter().enumerate() {
        add(engagement.recorded_on, Nature::Engagement, place);
    }
    for (place, abondement) in situation.abondements.iter().enumerate() {
        add(abondement.date, Nature::Abondement, place);
        if let Some(echeance) = abondement.delay(bareme) {
            add(echeance.max(abondement.date).next_day(), Nature::Echeance, place);
        }
    }
    for (place, conversion) in situation.conversions.iter().enumerate() {
        add(conversion.date, Nature::Conversion, place);
    }
    for (place, depense) in situation.depenses.iter().enumerate() {
        add(depense.date, Nature::Depense, place);
    }
    if let Some(deces) = situation.deces {
        add(deces, Nature::Deces, 0);
    }
    // Stable: of one day and one nature, events stay in the order of their places.
    sort_by_key(&mut evenements, Evenement::order);
    (evenements, credits)
}

/// The most events that a life can have, but for years that a withdrawn declaration puts off: the day of the euro and a
/// death are one each, an addition may also end.
fn at_most(situation: &Situation) -> usize {
    2 + situation.activites.len()
        + situation.attestations.len() * 2
        + situation.rectifications.len() * 2
        + situation.sous_niveau_3.len()
        + situation.handicaps.len()
        + situation.credited.len()
        + situation.engagements.len()
        + situation.abondements.len() * 2
        + situation.conversions.len()
        + situation.depenses.len()
}

/// The days on which years come due that a correction, known by then, gives another day than that of their first record.
fn carry_over(situation: &Situation, bareme: &Bareme, as_of: Day, evenements: &mut Vec<Evenement>) {
    let mut carry_over = |year: Year, on: Day| {
        if on <= as_of && year.last_day() <= as_of {
            let credits = years::credits_at(situation, bareme, year, on).into_iter().flatten();
            evenements.extend(credits.filter(|credit| credit.date > on).map(|credit| Evenement {
                date: credit.date,
                nature: Nature::Report,
                place: report_of(year, credit.facts.category.is_an_agents()),
            }));
        }
    };
    for rectification in &situation.rectifications {
        carry_over(rectification.year, rectification.on);
    }
    // Without a declaration another status may be the most favourable, and it may be paid later.
    for cancelled in situation.sous_niveau_3.iter().filter_map(|declaration| declaration.cancelled_on) {
        situation.activites.iter().for_each(|activite| carry_over(activite.year, cancelled));
        situation.rectifications.iter().for_each(|rectification| carry_over(rectification.year, cancelled));
    }
}

/// The place of the [`Nature::Report`] of a year, for one of its two counters.
fn report_of(year: Year, agents: bool) -> usize {
    usize::from(year.count()) * 2 + usize::from(agents)
}

/// The year and the counter of such a place.
pub(super) fn of_report(place: usize) -> Option<(Year, bool)> {
    let year = u16::try_from(place / 2).ok().and_then(|year| Year::new(year).ok())?;
    Some((year, place % 2 == 1))
}

/// The credits of each year that is over on that day, as first declared.
fn years(situation: &Situation, bareme: &Bareme, as_of: Day) -> Vec<Credit> {
    let activites = &situation.activites;
    let mut credits = Vec::with_capacity(activites.len());
    let mut judge = |year: Year, activites: &[&Activite]| {
        if year.last_day() <= as_of {
            let judgement = Judgement { year, as_of: bareme.credit_day.of(year.next()), situation, bareme };
            let credits_of_year = years::credits(&judgement, activites.iter().copied()).into_iter().flatten();
            credits.extend(credits_of_year.map(|credit| as_credited(situation, bareme, credit, judgement.as_of)));
        }
    };
    // Nearly every life comes in order: no list is made then.
    if activites.is_sorted_by(|one, next| one.year < next.year) {
        for activite in activites {
            judge(activite.year, &[activite]);
        }
    } else {
        let mut sorted: Vec<&Activite> = activites.iter().collect();
        sort_by_key(&mut sorted, |activite| activite.year);
        for together in sorted.chunk_by(|one, other| one.year == other.year) {
            judge(together[0].year, together);
        }
    }
    credits
}
