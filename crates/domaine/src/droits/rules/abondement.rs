//! What someone else adds to the account, outside the ceiling (Code du travail, L6323-15, or an agreement that says so), and what goes back on its
//! deadline (R6323-42-1). In which order it is spent among the rest is told by the rule of expenses.

use crate::bareme::{Bareme, Source};
use crate::droits::account::{Account, Entry, Ledger, Remaining};
use crate::droits::facts::{Abondement, AbondementNature};
use crate::droits::statement::{Dotation, Motif, Poche};
use crate::mesures::{Day, Euros};

/// Someone else adds to the account, outside the ceiling (L6323-15).
pub(in crate::droits) fn add_abondement<'a, R: Ledger>(account: &mut Account<'a, R>, abondement: &'a Abondement) {
    let source = match (&abondement.accord, abondement.nature) {
        (Some(accord), _) => accord.source(),
        (None, AbondementNature::Dotation) => Source::DOTATIONS,
        (None, AbondementNature::Complement) => Source::COMPLEMENTS,
    };
    let bareme = account.bareme;
    let mut entry = Entry::empty(abondement.date, Poche::Abondement, source);
    entry.hypotheses = account.assumed_of_age(abondement.date);
    if let Some(source) = account.frozen_by(abondement.date, false) {
        entry.withheld = abondement.montant;
        entry.source = source;
    } else {
        entry.montant = abondement.montant;
        let after = |other: &Remaining<'_>| index(other.abondement, bareme) <= index(abondement, bareme);
        let place = account.dotations.partition_point(after);
        account.dotations.insert(place, Remaining { abondement, rest: abondement.montant });
    }
    account.write(entry, || Motif::Abondement(Dotation::of(abondement, bareme)));
}

/// In the order in which additions are spent: earmarked first, as nothing else can be paid with them, then the
/// nearest deadline, those without any last.
fn index(abondement: &Abondement, bareme: &Bareme) -> (bool, bool, Option<Day>) {
    let delay = abondement.delay(bareme);
    (abondement.reserved_action(bareme).is_none(), delay.is_none(), delay)
}

/// The day after a deadline: what is left of it goes back.
pub(in crate::droits) fn expire<'a, R: Ledger>(account: &mut Account<'a, R>, abondement: &'a Abondement, date: Day) {
    let Some(index) = account.dotations.iter().position(|remaining| std::ptr::eq(remaining.abondement, abondement))
    else {
        return;
    };
    let rest = account.dotations.remove(index).rest;
    if rest > Euros::ZERO {
        let empty = Entry::empty(date, Poche::Abondement, Source::EARMARKED_DOTATIONS);
        let bareme = account.bareme;
        account.write(Entry { montant: -rest, ..empty }, || Motif::ExpiredAbondement(Dotation::of(abondement, bareme)));
    }
}
