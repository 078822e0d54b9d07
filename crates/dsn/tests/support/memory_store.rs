//! A second store, in memory, that tests, the bench and the fuzz target include by its path: months of several
//! employers added up to years by person, so that a declaration replaces the one it replaces and importing a file
//! twice changes nothing. No test here.

use std::collections::{BTreeMap, HashMap};

use domaine::declarations::{Decision, Division, InPlace, Order, Outcome, Portion, ShortCode, decide};
use dsn::values::{Month, Siret};
use dsn::{Declaration, End, Event, Identifier, Individu, Part, Place, WorkedTime};

/// What a declaration is about: of one key, one declaration counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cle {
    /// The establishment.
    pub siret: Siret,
    /// The month declared.
    pub month: Month,
    /// The *champ* when it is of one *régime* only.
    pub champ: Option<ShortCode>,
    /// Which part of the month's declaration, from 1.
    pub fraction: u8,
}

/// A person, as far as a declaration identifies one: a NIR alone comes back after a hundred years.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Person {
    /// The number.
    pub identifier: Identifier,
    /// The year of birth.
    pub naissance: Option<u16>,
}

impl Person {
    /// The person that the declaration speaks of.
    pub fn of(individu: &Individu) -> Self {
        Self {
            identifier: individu.identifier.clone(),
            naissance: individu.naissance.map(|naissance| naissance.year()),
        }
    }
}

/// The time of one person in one month, as one declaration says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub person: Person,
    /// When, and how much.
    pub part: Part,
}

/// What one declaration says, kept as a whole and replaced as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// What it is about.
    pub key: Cle,
    /// How many parts the month was declared in.
    pub fractions: u8,
    /// The greater is the later.
    pub order: Order,
    /// Whether it says that there is nothing any more. It is kept: an earlier declaration that
    /// comes in late must find it.
    pub cancels: bool,
    /// Who worked.
    pub lines: Vec<Line>,
}

impl Filing {
    /// What a declaration is about, when it is one whose hours count.
    pub fn open(declaration: &Declaration) -> Option<Self> {
        let Place { siret, month, portion, cancels } = declaration.place()?;
        let Portion { division: Division { champ, fractions }, fraction, order } = portion;
        let key = Cle { siret, month, champ, fraction };
        Some(Self { key, fractions, order, cancels, lines: Vec::new() })
    }

    /// Adds a person. What a cancelled declaration repeats counts for nothing.
    pub fn add(&mut self, individu: &Individu) {
        if !self.cancels {
            let person = Person::of(individu);
            let line = |part| Line { person: person.clone(), part };
            self.lines.extend(individu.parts().into_iter().map(line));
        }
    }

    /// Its place in its month.
    pub const fn portion(&self) -> Portion {
        let division = Division { champ: self.key.champ, fractions: self.fractions };
        Portion { division, fraction: self.key.fraction, order: self.order }
    }
}

/// Declarations kept in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    filings: BTreeMap<Cle, Filing>,
    /// The greatest order heard of each division of a month, whatever became of the declaration.
    heard_orders: BTreeMap<(Siret, Month, Division), Order>,
    under_way: Option<Filing>,
}

impl Tally {
    /// Follows a reading; at the end of each declaration that counts, says what became of it.
    /// One that was cut is dropped; the totals of its envelope are for the caller to look at.
    pub fn follow(&mut self, event: Event) -> Option<Outcome> {
        match event {
            Event::Declaration(declaration) => {
                self.under_way = Filing::open(&declaration);
                None
            }
            Event::Individu(individu) => {
                if let Some(filing) = &mut self.under_way {
                    filing.add(&individu);
                }
                None
            }
            Event::End(End { complete, .. }) => {
                self.under_way.take().filter(|_| complete).map(|filing| self.deposit(filing))
            }
            Event::EnvelopeEnd(_) => None,
        }
    }

    /// Puts a whole declaration in its place, as [`decide`] says.
    pub fn deposit(&mut self, filing: Filing) -> Outcome {
        let (siret, month, portion) = (filing.key.siret, filing.key.month, filing.portion());
        let of_the_month: Vec<&Filing> = self.of_the_month(siret, month).collect();
        let in_place: Vec<InPlace> = of_the_month
            .iter()
            .map(|other| InPlace { portion: other.portion(), says_the_same: **other == filing })
            .collect();
        let heard_orders: Vec<(Division, Order)> = self.heard_orders(siret, month).collect();
        let Decision { outcome, removed, .. } = decide(portion, &in_place, &heard_orders);
        let removed: Vec<Cle> = removed.into_iter().map(|index| of_the_month[index].key).collect();
        for key in removed {
            self.filings.remove(&key);
        }
        let heard = self.heard_orders.entry((siret, month, portion.division)).or_default();
        *heard = portion.order.max(*heard);
        if matches!(outcome, Outcome::New | Outcome::Replaces) {
            self.filings.insert(filing.key, filing);
        }
        outcome
    }

    /// Every declaration that is kept, to be stored.
    pub fn filings(&self) -> impl Iterator<Item = &Filing> {
        self.filings.values()
    }

    /// The time of each person in each year of work, all employers together.
    pub fn years(&self) -> HashMap<(Person, u16), WorkedTime> {
        let mut years: HashMap<(Person, u16), WorkedTime> = HashMap::new();
        for line in self.filings.values().flat_map(|filing| &filing.lines) {
            let key = (line.person.clone(), line.part.month.year());
            *years.entry(key).or_default() += line.part.time;
        }
        years
    }

    fn of_the_month(&self, siret: Siret, month: Month) -> impl Iterator<Item = &Filing> {
        let first = Cle { siret, month, champ: None, fraction: 0 };
        let of_the_month = move |filing: &&Filing| (filing.key.siret, filing.key.month) == (siret, month);
        self.filings.range(first..).map(|(_, filing)| filing).take_while(of_the_month)
    }

    fn heard_orders(&self, siret: Siret, month: Month) -> impl Iterator<Item = (Division, Order)> {
        let first = (siret, month, Division { champ: None, fractions: 0 });
        let of_the_month = move |(key, _): &(&(Siret, Month, Division), _)| (key.0, key.1) == (siret, month);
        self.heard_orders.range(first..).take_while(of_the_month).map(|(key, order)| (key.2, *order))
    }
}
