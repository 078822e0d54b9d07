//! The sum of a line, in figures.

use domaine::bareme::Bareme;
use domaine::droits::{Hypothesis, Ligne, Montant, YearOfWork};
use domaine::mesures::{Euros, Hours, HoursVariation, Quantity};

use crate::formats;

/// What a line adds or takes: « + 500,00 € », « + 24 h », or both.
pub fn change(ligne: &Ligne) -> String {
    say(ligne.montant, ligne.hours)
}

fn say(euros: Euros, hours: HoursVariation) -> String {
    if hours.is_zero() {
        return formats::mouvement(euros);
    }
    let mut text = String::from(if hours.count() < 0 { "−\u{a0}" } else { "+\u{a0}" });
    text.push_str(&formats::hours(hours.absolute()));
    if !euros.is_zero() {
        text.push_str(", ");
        text.push_str(&formats::mouvement(euros));
    }
    text
}

/// The same without a plus sign, before the ceiling when `raw`.
pub(super) fn mouvement(ligne: &Ligne, raw: bool) -> String {
    let (mut euros, mut hours) = (ligne.montant, ligne.hours);
    if raw {
        euros += ligne.withheld;
        hours += ligne.withheld_hours;
    }
    if hours.is_zero() && euros >= Euros::ZERO {
        formats::euros(euros)
    } else if euros.is_zero() && hours > HoursVariation::ZERO {
        formats::hours(hours.absolute())
    } else {
        say(euros, hours)
    }
}

pub(super) fn whole_credit(year: &YearOfWork) -> Vec<String> {
    let mut computation = vec!["Crédit annuel entier".into()];
    if year.majoration > Euros::ZERO {
        computation = vec![montant(year.credit)];
        raise(&mut computation, year);
    }
    computation
}

/// What the same year would have given once whole: below level 3 that is more than the credit in proportion used.
pub(super) fn credit_of_full(ligne: &Ligne, year: &YearOfWork) -> Montant {
    let raised = || Bareme::IN_FORCE.low_qualification_credit.as_of(year.year.last_day());
    match year.credit {
        Montant::Euros(ordinary) => {
            let sous_niveau_3 = ligne.hypotheses.contains(Hypothesis::SousNiveau3BelowHalfTime);
            let credit = sous_niveau_3.then(raised).flatten().map_or(ordinary, |raised| raised.value);
            let whole = credit + year.majoration;
            let limit = Bareme::IN_FORCE.boeth_yearly_limit.as_of(year.year.last_day());
            let limited = limit.filter(|_| year.majoration > Euros::ZERO).map_or(whole, |limit| whole.min(limit.value));
            Montant::Euros(limited)
        }
        Montant::Hours(hours) => Montant::Hours(hours),
    }
}

pub(super) fn raise(computation: &mut Vec<String>, year: &YearOfWork) {
    if year.majoration > Euros::ZERO {
        computation.push("+".into());
        computation.push(formats::euros(year.majoration));
    }
}

pub(super) fn montant(montant: Montant) -> String {
    match montant {
        Montant::Euros(euros) => formats::euros(euros),
        Montant::Hours(hours) => formats::hours(hours),
    }
}

/// « 803,50 h », « 109 jours », « 12 000,00 € ».
pub(super) fn quantity(quantity: Quantity) -> String {
    match quantity {
        Quantity::Hours(duration) => formats::duration(duration),
        Quantity::Days(days) => formats::days(days),
        Quantity::Paie(euros) => formats::euros(euros),
    }
}

pub(super) fn quantity_in_words(missing: Quantity) -> String {
    match missing {
        Quantity::Hours(duration) => formats::duration_in_words(duration),
        Quantity::Days(_) | Quantity::Paie(_) => quantity(missing),
    }
}

pub(super) fn product(hours: Hours, taux: Euros) -> Vec<String> {
    vec![formats::hours(hours), "×".into(), formats::euros(taux)]
}
