//! A ledger that an earlier rule wrote: it stands until it is put right, on a day of its own, and no further than what is
//! left. A rule that changed is told apart from a fact that changed.

use domaine::bareme::{Bareme, Series, Source, Value};
use domaine::droits::{
    Activite, Depense, Ligne, Montant, Motif, Provenance, Purpose, Raison, Rectification, Releve, Situation, calculate,
};
use domaine::ledger::{Entry, Stated, WrittenEntry, credited_years, missing_entries, put_right};
use domaine::mesures::{Day, Euros, Hours, WorkDuration, Year};

const CREDITED: Day = Day::date(2025, 7, 4);
const RIGHT: Day = Day::date(2026, 11, 28);
const SOURCE: Source = Source { text: "Essai", article: "1" };
const IN_EUROS: Day = Day::date(2019, 1, 1);

/// A rule of before, which gave 800 € and not 500.
const GENEROUS: Series<Euros> = Series::new(&[Value { since: IN_EUROS, value: Euros::whole(800), source: SOURCE }]);
/// Another, which gave 300 €.
const MEAN: Series<Euros> = Series::new(&[Value { since: IN_EUROS, value: Euros::whole(300), source: SOURCE }]);

fn former(credit: Series<Euros>) -> Bareme {
    Bareme { yearly_credit: credit, proportional_credit: credit, ..Bareme::IN_FORCE }
}

fn year(count: u16) -> Year {
    Year::new(count).expect("a year")
}

fn worked(count: u16, hours: u32) -> Activite {
    Activite::salariee(year(count), WorkDuration::hours(hours), None, Provenance::Employeurs)
}

fn spent(on: Day, euros: i64) -> Depense {
    Depense {
        date: on,
        asked: Montant::Euros(Euros::whole(euros)),
        purpose: Purpose::Formation,
        action: None,
        reference: "D-1".to_owned(),
    }
}

/// A ledger and the life that it credits.
struct Account {
    life: Situation,
    written: Vec<WrittenEntry>,
}

impl Account {
    fn of(activites: Vec<Activite>) -> Self {
        Self { life: Situation { activites, ..Situation::default() }, written: Vec::new() }
    }

    fn situation(&self) -> Situation {
        Situation { credited: credited_years(&self.written), ..self.life.clone() }
    }

    fn statement(&self, on: Day, bareme: &Bareme) -> Releve {
        calculate(&self.situation(), on, bareme)
    }

    /// What « acquis alimenter » does; how many entries it writes.
    fn credit(&mut self, count: u16, on: Day, bareme: &Bareme) -> usize {
        let mut situation = self.situation();
        put_right(&mut situation, year(count), on, bareme);
        let releve = calculate(&situation, on, bareme);
        let entries: Vec<Entry> = self.of_the_year(count).map(|written| written.entry.clone()).collect();
        let missing = missing_entries(year(count), Stated::of(&releve, year(count)), &entries, &situation, on);
        let how_many = missing.len();
        self.written.extend(missing.into_iter().map(|missing| WrittenEntry {
            year: year(count),
            entry: missing.entry,
            withheld: missing.withheld,
            withheld_hours: missing.withheld_hours,
            motif: Some(missing.motif),
            written_on: on,
        }));
        self.written.sort_by_key(|written| (written.year, written.entry.rank));
        how_many
    }

    fn of_the_year(&self, count: u16) -> impl Iterator<Item = &WrittenEntry> {
        self.written.iter().filter(move |written| written.year == year(count))
    }

    /// The ledger of a year, as short as one reads it.
    fn told(&self, count: u16) -> Vec<(Day, i64, i64, Option<Raison>)> {
        let told = |written: &WrittenEntry| {
            let raison = match written.motif {
                Some(Motif::Contrepassation { raison, .. }) => Some(raison),
                _ => None,
            };
            (written.entry.date, written.entry.montant.centimes(), written.withheld.centimes(), raison)
        };
        self.of_the_year(count).map(told).collect()
    }
}

fn amounts(releve: &Releve) -> Vec<(Day, i64)> {
    releve.lignes.iter().map(|ligne: &Ligne| (ligne.date, ligne.montant.centimes())).collect()
}

const JUNE: Day = Day::date(2025, 6, 30);

#[test]
fn what_a_rule_gave_stands_until_the_ledger_puts_it_right_and_the_former_lines_stay() {
    for (rule, gave) in [(GENEROUS, 80_000), (MEAN, 30_000)] {
        let mut account = Account::of(vec![worked(2024, 1_607)]);
        assert_eq!(account.credit(2024, CREDITED, &former(rule)), 1);
        // The rule is mended: nothing moves before the ledger does.
        let eve = Day::date(2026, 11, 27);
        let before = account.statement(eve, &Bareme::IN_FORCE);
        assert_eq!(amounts(&before), [(JUNE, gave)]);
        assert_eq!(account.credit(2024, RIGHT, &Bareme::IN_FORCE), 2);
        assert_eq!(
            account.told(2024),
            [(JUNE, gave, 0, None), (RIGHT, -gave, 0, Some(Raison::CorrectedRule)), (RIGHT, 50_000, 0, None)]
        );
        // The statement says the same, begins with what it said, and was not changed for a day that is past.
        let after = account.statement(RIGHT, &Bareme::IN_FORCE);
        assert_eq!(amounts(&after), [(JUNE, gave), (RIGHT, -gave), (RIGHT, 50_000)]);
        assert_eq!(after.lignes[..1], before.lignes[..]);
        let reversal = &after.lignes[1];
        assert!(matches!(reversal.motif, Motif::Contrepassation { raison: Raison::CorrectedRule, .. }));
        assert_eq!((&*reversal.source.text, &*reversal.source.article), ("Code du travail", "R6323-1, I"));
        assert_eq!(account.statement(eve, &Bareme::IN_FORCE), before);
        // Nothing is put right twice, that day or later.
        for day in [RIGHT, Day::date(2027, 3, 1)] {
            assert_eq!(account.credit(2024, day, &Bareme::IN_FORCE), 0);
        }
        assert_eq!(account.statement(Day::date(2027, 3, 1), &Bareme::IN_FORCE).solde, Euros::whole(500));
    }
}

#[test]
fn what_was_spent_is_not_taken_back() {
    // 800 € credited and 500 due: so much is left after what was spent, and so much of the 300 too many is taken.
    for (expense, taken) in [(499, 300), (500, 300), (501, 299), (700, 100), (800, 0)] {
        let mut account = Account::of(vec![worked(2024, 1_607)]);
        account.credit(2024, CREDITED, &former(GENEROUS));
        account.life.depenses.push(spent(Day::date(2026, 1, 10), expense));
        account.credit(2024, RIGHT, &Bareme::IN_FORCE);
        let kept = (300 - taken) * 100;
        let reversal = (RIGHT, -(80_000 - kept), kept, Some(Raison::CorrectedRule));
        assert_eq!(account.told(2024)[1..], [reversal, (RIGHT, 50_000, 0, None)], "{expense}");
        let solde = account.statement(RIGHT, &Bareme::IN_FORCE).solde;
        assert_eq!(solde, Euros::whole(800 - expense - taken));
        assert!(solde >= Euros::ZERO);
        assert_eq!(account.credit(2024, RIGHT, &Bareme::IN_FORCE), 0);
        // It stays so when a later correction tells the account again.
        let rectification =
            Rectification { on: Day::date(2027, 2, 1), year: year(2025), activites: vec![worked(2025, 1_607)] };
        account.life.rectifications.push(rectification);
        let later = account.statement(Day::date(2027, 2, 1), &Bareme::IN_FORCE);
        assert_eq!(later.solde, solde + Euros::whole(500), "{expense}");
    }
}

#[test]
fn years_are_put_right_one_after_the_other_as_far_as_anything_is_left() {
    let mut account = Account::of(vec![worked(2023, 1_607), worked(2024, 1_607)]);
    for count in [2023, 2024] {
        account.credit(count, CREDITED, &former(GENEROUS));
    }
    account.life.depenses.push(spent(Day::date(2026, 1, 10), 1_200));
    for count in [2023, 2024] {
        account.credit(count, RIGHT, &Bareme::IN_FORCE);
    }
    // 400 € were left: 300 of the first year, then 100 of the second.
    assert_eq!(account.told(2023)[1], (RIGHT, -80_000, 0, Some(Raison::CorrectedRule)));
    assert_eq!(account.told(2024)[1], (RIGHT, -60_000, 20_000, Some(Raison::CorrectedRule)));
    assert_eq!(account.statement(RIGHT, &Bareme::IN_FORCE).solde, Euros::ZERO);
    assert_eq!([2023, 2024].map(|count| account.credit(count, RIGHT, &Bareme::IN_FORCE)), [0, 0]);
}

#[test]
fn a_fact_that_changed_is_a_fact_and_a_rule_that_changed_is_a_rule() {
    let rectified = |on| Rectification { on, year: year(2024), activites: vec![worked(2024, 803)] };
    let on = Day::date(2026, 3, 2);
    // The rule did not change: the employer did.
    let mut account = Account::of(vec![worked(2024, 1_607)]);
    account.credit(2024, CREDITED, &Bareme::IN_FORCE);
    account.life.rectifications.push(rectified(on));
    account.credit(2024, RIGHT, &Bareme::IN_FORCE);
    assert_eq!(account.told(2024)[1..], [(on, -50_000, 0, Some(Raison::RectifiedYear)), (on, 24_985, 0, None)]);
    // Then a rule does: what the ledger wrote of the correction is put right, and what the employer said stays.
    account.credit(2024, RIGHT, &former(MEAN));
    let last = account.told(2024);
    assert_eq!(last[3..], [(RIGHT, -24_985, 0, Some(Raison::CorrectedRule)), (RIGHT, 14_991, 0, None)]);
    assert_eq!(account.credit(2024, RIGHT, &former(MEAN)), 0);
    // Both at once: from the day the employer corrected, the year is told by the text.
    let mut account = Account::of(vec![worked(2024, 1_607)]);
    account.credit(2024, CREDITED, &former(GENEROUS));
    account.life.rectifications.push(rectified(on));
    account.credit(2024, RIGHT, &Bareme::IN_FORCE);
    assert_eq!(account.told(2024)[1..], [(on, -80_000, 0, Some(Raison::RectifiedYear)), (on, 24_985, 0, None)]);
    assert_eq!(account.credit(2024, RIGHT, &Bareme::IN_FORCE), 0);
}

#[test]
fn a_correction_and_a_credit_of_one_day_are_told_apart_by_the_facts() {
    let mut account = Account::of(vec![worked(2024, 1_607)]);
    account.credit(2024, CREDITED, &former(GENEROUS));
    let on = Day::date(2026, 3, 2);
    account.life.rectifications.push(Rectification { on, year: year(2024), activites: vec![worked(2024, 803)] });
    // The ledger wrote it that same day, by the rule of then.
    account.credit(2024, on, &former(GENEROUS));
    assert_eq!(account.statement(on, &Bareme::IN_FORCE).solde, Euros::from_centimes(39_976));
    account.credit(2024, RIGHT, &Bareme::IN_FORCE);
    let told = account.told(2024);
    assert_eq!(told[3..], [(RIGHT, -39_976, 0, Some(Raison::CorrectedRule)), (RIGHT, 24_985, 0, None)]);
}

#[test]
fn a_fact_that_an_entry_does_not_tell_waits_for_no_credit() {
    use domaine::droits::{Statut, Work};
    use domaine::mesures::{Days, MonthsOfYear};
    for on in [CREDITED, Day::date(2026, 3, 2)] {
        // A disability, on the day of the credit or later.
        let mut account = Account::of(vec![worked(2024, 1_607)]);
        account.credit(2024, CREDITED, &Bareme::IN_FORCE);
        let boeth = Activite { boeth: MonthsOfYear::ALL, ..worked(2024, 1_607) };
        account.life.rectifications.push(Rectification { on, year: year(2024), activites: vec![boeth] });
        assert_eq!(account.statement(RIGHT, &Bareme::IN_FORCE).solde, Euros::whole(800), "{on}");
        account.credit(2024, RIGHT, &Bareme::IN_FORCE);
        assert_eq!(account.told(2024)[1].3, Some(Raison::RectifiedYear));
        // A contribution that was paid.
        let trade = |cotisation_paid_on| Activite {
            statut: Statut::Independant { cotisation_paid_on },
            work: Work::Days { facts: Days::whole(366), accord: None },
            ..worked(2024, 0)
        };
        let mut account = Account::of(vec![trade(None)]);
        account.credit(2024, CREDITED, &Bareme::IN_FORCE);
        let paid = vec![trade(Some(Day::date(2025, 2, 1)))];
        account.life.rectifications.push(Rectification { on, year: year(2024), activites: paid });
        assert_eq!(account.statement(RIGHT, &Bareme::IN_FORCE).solde, Euros::whole(500), "{on}");
    }
}

#[test]
fn an_agent_keeps_the_hours_that_were_spent() {
    use domaine::droits::{Statut, Work};
    use domaine::mesures::MonthsOfYear;
    let statut = Statut::PublicAgent { without_niveau_3: false, incomplete: false };
    let work = Work::Hours { worked: WorkDuration::hours(1_607), reference: None };
    let (absences, boeth) = (Vec::new(), MonthsOfYear::NONE);
    let agent = Activite { year: year(2024), statut, work, absences, boeth, provenance: Provenance::Employeurs };
    let mut account = Account::of(vec![agent]);
    account.credit(
        2024,
        CREDITED,
        &Bareme { agent_hours: Bareme::IN_FORCE.low_qualification_agent_hours, ..Bareme::IN_FORCE },
    );
    let asked = Montant::Hours(Hours::new(40));
    account.life.depenses.push(Depense { asked, ..spent(Day::date(2026, 1, 10), 1) });
    let before = account.statement(Day::date(2026, 11, 27), &Bareme::IN_FORCE);
    assert_eq!(before.solde_hours.count(), 10);
    assert_eq!(account.credit(2024, RIGHT, &Bareme::IN_FORCE), 2);
    assert_eq!(account.statement(RIGHT, &Bareme::IN_FORCE).solde_hours.count(), 0);
    assert_eq!(account.credit(2024, RIGHT, &Bareme::IN_FORCE), 0);
}

#[test]
fn a_year_that_the_account_was_closed_to_by_a_fact_waits_for_nothing() {
    let mut account = Account::of(vec![worked(2024, 1_607)]);
    account.credit(2024, CREDITED, &Bareme::IN_FORCE);
    // A pension told late is a fact: the ledger follows, for that reason.
    account.life.retraite_since = Some(Day::date(2025, 1, 1));
    account.credit(2024, RIGHT, &Bareme::IN_FORCE);
    assert_eq!(account.told(2024)[1].3, Some(Raison::OtherLineCorrected));
}
