//! An employee: the whole credit from half time up, else in proportion. Sources: R6323-1, R6323-3-1, D6323-3-3.

use super::year::{Judgement, Total};
use crate::bareme::Value;
use crate::droits::account::{Credit, Droit};
use crate::droits::facts::{Coverage, DeclarationSousNiveau3, Montant};
use crate::droits::statement::{Category, Hypothesis};
use crate::mesures::Euros;

/// The whole credit from half time up, else in proportion, up to the next cent (R6323-1, I and II);
/// 800 € below level 3 (R6323-3-1); 300 € more for a disability (D6323-3-3), up to a limit of the year. In hours before 2019.
pub(in crate::droits) fn credit(
    judgement: &Judgement<'_>,
    total: &Total<'_>,
    (boeth, declared): (Option<(&Value<Euros>, Coverage)>, bool),
) -> Option<Credit> {
    let (bareme, situation, end) = (judgement.bareme, judgement.situation, judgement.end());
    let under_way = |d: &DeclarationSousNiveau3| d.holds_for(judgement.year, judgement.as_of);
    let sous_niveau_3 = situation.sous_niveau_3.iter().any(under_way);
    let Some(whole) = bareme.yearly_credit.as_of(end) else {
        let low_qualification = bareme.low_qualification_hours.as_of(end).filter(|_| sous_niveau_3);
        let (category, pace) = match low_qualification {
            Some(pace) => (Category::SalarieSousNiveau3, pace),
            None => (Category::Salarie, bareme.salarie_hours.as_of(end)?),
        };
        let mut credit = judgement.hours(total, category, pace, total.part(), false);
        credit.date = judgement.credit_day();
        credit.hypotheses = credit
            .hypotheses
            .with(Hypothesis::CreditDay)
            .with_if(total.is_a_forfait(), Hypothesis::ForfaitJoursBefore2019);
        return Some(credit);
    };
    let (work, all) = (total.work.hundredths(), total.reference.hundredths());
    let half_time = all.div_ceil(2);
    let at_half_time = work >= half_time;
    let mut plafond = bareme.plafond.as_of(end)?.value;
    let mut category = Category::Salarie;
    let mut hypotheses = total.hypotheses().with(Hypothesis::CreditDay);
    let (mut montant, taux, source) = if !at_half_time {
        let credit = bareme.proportional_credit.as_of(end)?;
        hypotheses = hypotheses.with_if(sous_niveau_3, Hypothesis::SousNiveau3BelowHalfTime);
        (credit.value.pro_rata(work, all), credit.value, credit.source)
    } else if let (true, Some(raised)) = (sous_niveau_3, bareme.low_qualification_credit.as_of(end)) {
        category = Category::SalarieSousNiveau3;
        plafond = bareme.low_qualification_plafond.as_of(end).map_or(plafond, |value| value.value.max(plafond));
        (raised.value, raised.value, raised.source)
    } else {
        (whole.value, whole.value, whole.source)
    };
    let mut majoration = Euros::ZERO;
    if let Some((value, coverage)) = boeth {
        // The manager's own page: « dans la limite d'un plafond annuel ».
        let limit = bareme.boeth_yearly_limit.as_of(end).map_or(montant + value.value, |limit| limit.value);
        majoration = value.value.min(limit - montant).max(Euros::ZERO);
        montant += majoration;
        plafond = bareme.boeth_plafond.as_of(end).map_or(plafond, |value| value.value.max(plafond));
        hypotheses = hypotheses
            .with_if(!at_half_time, Hypothesis::BoethBelowHalfTime)
            .with_if(coverage == Coverage::Partial, Hypothesis::BoethPartOfTheYear)
            .with_if(category == Category::SalarieSousNiveau3, Hypothesis::CombinedMajorations);
    }
    let mut facts = total.facts(judgement.year, category, Montant::Euros(taux));
    facts.majoration = majoration;
    facts.declared_disability = !majoration.is_zero() && declared;
    Some(Credit {
        date: judgement.credit_day(),
        droit: Droit::Euros { montant, plafond },
        facts,
        missing: half_time.saturating_sub(work),
        source,
        hypotheses,
    })
}
