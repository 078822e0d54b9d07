//! The order in which money is spent. Source: Code du travail, R6333-3. From 1 January 2020: own rights, then what
//! others add; from 5 December 2025: what others added to the account, then its own rights, then what completes them.
//! D5151-11: volunteering, which is of one's own rights too, after the CPF.

use crate::bareme::{Bareme, Source};
use crate::droits::account::{Account, Entry, Ledger};
use crate::droits::facts::{AbondementNature, Depense, Montant, Purpose};
use crate::droits::statement::{Hypotheses, Hypothesis, Motif, Paiement, Poche, Raison};
use crate::mesures::{Day, Euros, HoursVariation};

/// Pays, pocket after pocket: a line for each pocket, and one for what could not be paid.
pub(in crate::droits) fn pay<R: Ledger>(account: &mut Account<'_, R>, depense: &Depense) {
    match depense.asked {
        Montant::Euros(asked) => pay_in_euros(account, depense, asked),
        Montant::Hours(asked) => pay_in_hours(account, depense, asked.into()),
    }
}

fn paiement(depense: &Depense, refusal: Option<Raison>) -> Paiement {
    Paiement { reference: depense.reference.clone(), asked: depense.asked, refusal }
}

fn pay_in_euros<R: Ledger>(account: &mut Account<'_, R>, depense: &Depense, asked: Euros) {
    let (date, benevole) = (depense.date, depense.purpose == Purpose::FormationDeBenevole);
    let unwritten = date < account.bareme.first_depenses_order_since;
    let own_first = date < account.bareme.depenses_order_since;
    let source = match (benevole, own_first, unwritten) {
        (true, ..) => Source::FORMATION_DE_BENEVOLE,
        (false, false, _) => Source::DEPENSES_ORDER,
        (false, true, false) => Source::FIRST_DEPENSES_ORDER,
        (false, true, true) => Source::UNWRITTEN_DEPENSES_ORDER,
    };
    let frozen = account.frozen_by(date, false).filter(|_| !benevole);
    let by_age = account.assumed_of_age(date);
    let mut rest = asked.max(Euros::ZERO);
    let mut take = |available: Euros| {
        let taken = available.min(rest).max(Euros::ZERO);
        rest = rest - taken;
        taken
    };
    let mut takings = [(Poche::Abondement, Euros::ZERO); 6];
    let (mut mixed, mut dif_before_cpf) = (false, false);
    if benevole {
        takings[0] = (Poche::Cec, take(account.soldes.cec_part));
    } else if frozen.is_none() {
        let bareme = account.bareme;
        let mut draw = |nature: AbondementNature, take: &mut dyn FnMut(Euros) -> Euros| {
            let (mut total, mut touched) = (Euros::ZERO, 0);
            for dotation in &mut account.dotations {
                let reserved = dotation.abondement.reserved_action(bareme);
                let fits = reserved.is_none_or(|action| depense.action.as_ref() == Some(action));
                if fits && dotation.abondement.nature == nature {
                    let taken = take(dotation.rest);
                    dotation.rest = dotation.rest - taken;
                    total += taken;
                    touched += u32::from(!taken.is_zero());
                }
            }
            mixed |= touched > 1;
            total
        };
        if !own_first {
            takings[0].1 = draw(AbondementNature::Dotation, &mut take);
        }
        dif_before_cpf = !unwritten && account.soldes.dif_part > Euros::ZERO && account.cpf > Euros::ZERO;
        takings[1] = (Poche::Dif, take(account.soldes.dif_part));
        takings[2] = (Poche::Cpf, take(account.cpf));
        takings[3] = (Poche::Cec, take(account.soldes.cec_part));
        if own_first {
            takings[4].1 = draw(AbondementNature::Dotation, &mut take);
        }
        takings[5].1 = draw(AbondementNature::Complement, &mut take);
    }
    let touched = takings.iter().filter(|(_, taken)| !taken.is_zero()).count();
    let hypotheses = by_age
        .with_if(unwritten && touched > 1, Hypothesis::FormerOrder)
        .with_if(dif_before_cpf && !takings[1].1.is_zero(), Hypothesis::DifBeforeCpf);
    // Which of several sums was taken is a matter of their own lines alone.
    let between_themselves = hypotheses.with_if(mixed && !unwritten, Hypothesis::AbondementsOrder);
    for (poche, taken) in takings {
        if !taken.is_zero() {
            let hypotheses = if poche == Poche::Abondement { between_themselves } else { hypotheses };
            let entry = Entry { montant: -taken, hypotheses, ..Entry::empty(date, poche, source) };
            account.write(entry, || Motif::Depense(paiement(depense, None)));
        }
    }
    if !rest.is_zero() {
        let (raison, source) = frozen.map_or((Raison::InsufficientSolde, source), |source| (Raison::Retraite, source));
        let entry = Entry { withheld: rest, hypotheses: by_age, ..Entry::empty(date, Poche::Cpf, source) };
        account.write(entry, || Motif::UncoveredDepense(paiement(depense, Some(raison))));
    }
}

fn pay_in_hours<R: Ledger>(account: &mut Account<'_, R>, depense: &Depense, asked: HoursVariation) {
    let (date, benevole) = (depense.date, depense.purpose == Purpose::FormationDeBenevole);
    let frozen = account.frozen_by(date, true).is_some();
    let zero = HoursVariation::ZERO;
    // Hours of volunteering are an agent's once accounts are in euros, anybody's before.
    let of_agents = account.to_euros;
    let mut takings =
        [(Poche::Dif, false, zero), (Poche::Cpf, false, zero), (Poche::Cpf, true, zero), (Poche::Cec, of_agents, zero)];
    if benevole {
        // Only what volunteering gave pays for it, after the full-rate pension too (L6323-3).
        takings[3].2 = asked.min(account.cec_hours).max(zero);
    } else if !frozen {
        let [dif, cpf, cec] = if account.to_euros { [zero; 3] } else { together(account, date, asked) };
        takings[0].2 = dif;
        takings[1].2 = cpf;
        takings[3].2 = cec;
        // Hours of DIF are used with those of an employee: an agent's are another account.
        if dif == zero {
            takings[2].2 = (asked - cpf).min(account.public_hours).max(zero);
            takings[3].2 = (asked - cpf - takings[2].2).min(account.cec_hours).max(zero);
        }
    }
    let source = match (benevole, frozen) {
        (true, _) => Source::FORMATION_DE_BENEVOLE,
        (false, true) => Source::RETRAITE,
        (false, false) if date < Bareme::EURO_SWITCH => Source::HOURS_TOGETHER,
        (false, false) => Source::AGENTS,
    };
    let limited = takings[0].2 > zero && takings[1].2 + takings[3].2 > zero;
    let mut rest = asked;
    for (poche, agent, taken) in takings {
        rest = rest - taken;
        if taken > zero {
            let hypotheses = Hypotheses::NONE.with_if(limited, Hypothesis::HoursTogetherPerFormation);
            let entry = Entry { agent, hours: -taken, hypotheses, ..Entry::empty(date, poche, source) };
            account.write(entry, || Motif::Depense(paiement(depense, None)));
        }
    }
    if rest > zero {
        let raison = if frozen && !benevole { Raison::Retraite } else { Raison::InsufficientSolde };
        let entry = Entry { withheld_hours: rest, ..Entry::empty(date, Poche::Cpf, source) };
        account.write(entry, || Motif::UncoveredDepense(paiement(depense, Some(raison))));
    }
}

/// Hours of DIF, of CPF and of volunteering, which are written on the same account, that can be used together before 2019:
/// DIF first, volunteering last.
fn together<R: Ledger>(account: &Account<'_, R>, date: Day, asked: HoursVariation) -> [HoursVariation; 3] {
    let zero = HoursVariation::ZERO;
    let limit = account.bareme.hours_together.as_of(date).map_or(zero, |limit| limit.value.into());
    let dif = asked.min(account.dif_hours).min(limit).max(zero);
    let rest = if dif > zero { (asked - dif).min(limit - dif) } else { asked };
    let cpf = rest.min(account.private_hours).max(zero);
    let cec = if dif > zero { (rest - cpf).min(account.cec_hours).max(zero) } else { zero };
    [dif, cpf, cec]
}
