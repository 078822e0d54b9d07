//! From what is known to a statement: the order of events, the rule that each calls, the corrections after the fact.
//! The only room that calls rules; it holds no figure of its own.

mod changed_rule;
mod corrections;
mod events;
mod standing;
mod years;

use crate::bareme::Bareme;
use crate::droits::account::{Account, Credit, Ledger, Lignes, Nothing};
use crate::droits::facts::{Evenement, Nature, Situation};
use crate::droits::rules::{abondement, accord, conversion, depense, dif, engagement, euro};
use crate::droits::statement::{AccountState, Releve, Soldes};
use crate::mesures::{Day, Year};
use events::unroll;

/// The statement of this working life as it stood at the end of that day.
///
/// Each line says which rule made it, where the rule is written and which facts it used; the
/// balance is exactly the sum of the lines. A year which is over and not credited yet is among
/// [`Releve::earned`]. On a future day it is a projection: see [`Situation::project`].
///
/// ```
/// use domaine::bareme::Bareme;
/// use domaine::droits::{calculate, EarlierHours, Provenance, Situation};
/// use domaine::mesures::{Euros, Hours, Day};
///
/// let situation = Situation {
///     earlier_hours: Some(EarlierHours {
///         hours: Hours::new(54),
///         provenance: Provenance::FormerAccount,
///     }),
///     ..Situation::default()
/// };
/// let releve = calculate(&situation, Day::date(2026, 11, 23), &Bareme::IN_FORCE);
/// assert_eq!(releve.solde, Euros::whole(810));
/// ```
pub fn calculate(situation: &Situation, date: Day, bareme: &Bareme) -> Releve {
    let (evenements, credits) = unroll(situation, bareme, date);
    let mut account = Account::open(situation, bareme, Lignes(Vec::with_capacity(evenements.len() + 2)));
    let passed = account.advance(&evenements, &credits, date);
    let soldes = account.soldes_at(date);
    let line_count = account.ledger.0.len();
    if soldes.state != AccountState::Closed {
        for evenement in &evenements[passed..] {
            account.credit(*evenement, &credits, date);
        }
    }
    let mut lignes = account.ledger.0;
    let earned = lignes.split_off(line_count);
    Releve {
        as_of: date,
        state: soldes.state,
        solde: soldes.total,
        dif_part: soldes.dif_part,
        cec_part: soldes.cec_part,
        abondements_part: soldes.abondements_part,
        plafond: soldes.plafond,
        solde_hours: soldes.hours,
        lignes,
        earned,
    }
}

/// The balances that [`calculate`] gives, without the lines: for a great many lives at once.
///
/// ```
/// use domaine::bareme::Bareme;
/// use domaine::droits::{Activite, Provenance, Situation, calculate, solde};
/// use domaine::mesures::{Year, WorkDuration, Euros, Day};
///
/// let year = Year::new(2024).unwrap();
/// let activite = Activite::salariee(year, WorkDuration::hours(803), None, Provenance::Employeurs);
/// let situation = Situation { activites: vec![activite], ..Situation::default() };
/// let day = Day::date(2026, 11, 23);
/// let soldes = solde(&situation, day, &Bareme::IN_FORCE);
/// assert_eq!(soldes.total, Euros::from_centimes(249_85));
/// assert_eq!(soldes.total, calculate(&situation, day, &Bareme::IN_FORCE).solde);
/// ```
pub fn solde(situation: &Situation, date: Day, bareme: &Bareme) -> Soldes {
    let (evenements, credits) = unroll(situation, bareme, date);
    let mut account = Account::open(situation, bareme, Nothing);
    account.advance(&evenements, &credits, date);
    account.soldes_at(date)
}

/// Whether the rules of today give that year otherwise than the ledger says it was given, from facts that did not change:
/// the ledger has to put it right.
pub fn rule_has_changed(situation: &Situation, year: Year, as_of: Day, bareme: &Bareme) -> bool {
    changed_rule::rule_has_changed(situation, bareme, year, as_of)
}

impl<'a, R: Ledger> Account<'a, R> {
    /// Writes everything up to the end of that day, and says how many events that was.
    fn advance(&mut self, evenements: &[Evenement], credits: &[Credit], as_of: Day) -> usize {
        let situation: &'a Situation = self.situation;
        for (index, evenement) in evenements.iter().enumerate() {
            let Evenement { date, nature, place } = *evenement;
            if date > as_of {
                return index;
            }
            let to_withhold = self.follow_years && matches!(nature, Nature::Conversion | Nature::Depense);
            self.under_way = to_withhold.then_some(nature);
            match nature {
                Nature::Passage => {
                    euro::switch_to_euro(self);
                    engagement::switch_to_euro(self);
                }
                Nature::Echeance => abondement::expire(self, &situation.abondements[place], date),
                Nature::Attestation => dif::declare(self, place, date),
                Nature::Refusal => dif::refuse(self, place, date),
                Nature::Rectification | Nature::Cancellation | Nature::Recognition | Nature::RuleCorrection => {
                    self.correct(date);
                }
                Nature::Credit | Nature::Report => self.credit(*evenement, credits, date),
                Nature::Engagement => engagement::commit(self, place),
                Nature::Abondement => {
                    let abondement = &situation.abondements[place];
                    if abondement.is_inside_plafond() {
                        accord::add_inside(self, abondement);
                    } else {
                        abondement::add_abondement(self, abondement);
                    }
                }
                Nature::Conversion => conversion::on_demand(self, &situation.conversions[place]),
                Nature::Depense => depense::pay(self, &situation.depenses[place]),
                Nature::Deces => {
                    self.close(date);
                    return evenements.len();
                }
            }
        }
        evenements.len()
    }

    /// Credits a year on its day, with what is known on another, at the latest that day.
    fn credit(&mut self, evenement: Evenement, credits: &[Credit], known_on: Day) {
        let Evenement { date, nature, place } = evenement;
        if !self.follow_years {
            return self.credit_year(&credits[place], date);
        }
        let key = match nature {
            Nature::Report => events::of_report(place),
            _ => Some(credits[place].key()),
        };
        let Some(key) = key else { return };
        if self.years.iter().any(|recorded| recorded.key() == key) {
            return;
        }
        // A correction may have changed the day too: a later one has its own event.
        let credits = years::credits_at(self.situation, self.bareme, key.0, known_on);
        if let Some(credit) = credits.iter().flatten().find(|credit| credit.key() == key && credit.date <= date) {
            self.credit_year(credit, date);
        }
    }

    fn soldes_at(&self, date: Day) -> Soldes {
        Soldes { plafond: self.plafond_at(date), state: self.state(date), ..self.soldes }
    }
}
