//! What an agreement adds and counts under the ceiling: written with the yearly rights, which it makes more favourable.
//! Sources: Code du travail, L6323-11, al. 4 and 7; R6323-2 (credited on the day the sum is paid).

use crate::bareme::Source;
use crate::droits::account::{Account, Entry, Ledger, RecordedAccord};
use crate::droits::facts::Abondement;
use crate::droits::statement::{Dotation, Hypothesis, Motif, Poche};

/// An employer adds by an agreement that counts the sum under the ceiling.
pub(in crate::droits) fn add_inside<'a, R: Ledger>(account: &mut Account<'a, R>, abondement: &'a Abondement) {
    let (date, bareme) = (abondement.date, account.bareme);
    let source = abondement.accord.as_ref().map_or(Source::ACCORDS, |accord| accord.source());
    let empty = Entry::empty(date, Poche::Cpf, source);
    let mut entry = match account.frozen_by(date, false) {
        Some(source) => Entry { withheld: abondement.montant, source, ..empty },
        None => account.below(empty, abondement.montant, account.plafond_at(date)),
    };
    entry.hypotheses = account.assumed_of_age(date).with(Hypothesis::AccordAmongOwn);
    let ligne = account.ledger.count();
    account.accords.push(RecordedAccord { abondement, date, montant: entry.montant, ligne });
    account.write(entry, || Motif::Abondement(Dotation::of(abondement, bareme)));
}
