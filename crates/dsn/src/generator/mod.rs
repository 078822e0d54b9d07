//! Monthly declarations of people who do not exist, with the facts a reader must find in them.
//! The same seed writes the same bytes. For tests and benches, never for a real employer.
//!
//! NIRs have the commune 999, which no place has, so that they are nobody's; enterprise numbers start with 00.

mod people;
mod random;
mod writer;

use std::ops::Range;

use domaine::mesures::Day;

use crate::values::{Month, ShortCode, Siret};
use crate::{Declaration, End, Event, Individu, Kind, Nature, Totals};
use random::Random;
use writer::Writer;

/// What is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The same seed writes the same file.
    pub seed: u64,
    /// How many employers; each has an envelope of its own. At most 90.
    pub employeurs: u16,
    /// How many people each of them employs. The first person works for all of them.
    pub salaries: u16,
    /// The year of the first month.
    pub year: u16,
    /// How many months.
    pub month: u8,
    /// One declaration in so many is replaced by a later one; none when zero.
    pub replaced_out_of: u8,
    /// One declaration in so many is cancelled; none when zero.
    pub cancelled_out_of: u8,
    /// One month in so many is declared again otherwise: in two parts, by *régime*, or by nobody and then anew; none
    /// when zero.
    pub divided_out_of: u8,
    /// The declarations of an employer come in any order; their numbers still tell the true one.
    pub disorder: bool,
    /// Lines end with CRLF rather than LF.
    pub crlf: bool,
    /// The envelopes of the network are around the whole.
    pub network: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            seed: 1,
            employeurs: 2,
            salaries: 5,
            year: 2026,
            month: 2,
            replaced_out_of: 4,
            cancelled_out_of: 7,
            divided_out_of: 0,
            disorder: false,
            crlf: false,
            network: false,
        }
    }
}

/// A file, and what a reader must find in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// The bytes, in ISO-8859-1.
    pub bytes: Vec<u8>,
    /// Every event of a reading, in order.
    pub events: Vec<Event>,
    /// How many lines.
    pub lines: u64,
}

/// Writes a file.
///
/// ```
/// use dsn::generator::{Plan, generate};
/// let file = generate(&Plan { employeurs: 3, ..Plan::default() });
/// assert_eq!(file, generate(&Plan { employeurs: 3, ..Plan::default() }));
/// let mut reader = dsn::Reader::new("genere.dsn", file.bytes.as_slice());
/// assert_eq!(reader.read_next()?.as_ref(), file.events.first());
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn generate(plan: &Plan) -> GeneratedFile {
    let mut context = Context {
        plan: *plan,
        random: Random::new(plan.seed),
        writer: Writer::new(plan.crlf),
        events: Vec::new(),
        order: 0,
        wait: Vec::new(),
    };
    if plan.network {
        context.writer.open_network();
    }
    for employeur in 0..plan.employeurs.min(90) {
        context.envelope(employeur);
    }
    if plan.network {
        context.writer.close_network(plan.employeurs);
    }
    let (bytes, lines) = context.writer.end();
    GeneratedFile { bytes, events: context.events, lines }
}

struct Context {
    plan: Plan,
    random: Random,
    writer: Writer,
    events: Vec<Event>,
    order: u64,
    wait: Vec<Planned>,
}

/// A declaration to be written.
struct Planned {
    month: Day,
    kind: Kind,
    fraction: (u8, u8),
    champ: &'static str,
    /// Whom it names, by their rank with the employer.
    salaries: Range<u16>,
    order: u64,
}

impl Context {
    /// All that one employer sends.
    fn envelope(&mut self, employeur: u16) {
        self.writer.open_envelope();
        let already = self.order;
        for index in 0..u16::from(self.plan.month) {
            let month = next_month(self.plan.year, index);
            self.plan(employeur, self.whole(month, Kind::Normal));
            if self.random.once_in(self.plan.replaced_out_of) {
                self.plan(employeur, self.whole(month, Kind::Replaces));
            }
            if self.random.once_in(self.plan.cancelled_out_of) {
                self.plan(employeur, self.whole(month, Kind::Cancels));
            }
            if self.random.once_in(self.plan.divided_out_of) {
                self.otherwise(month).into_iter().for_each(|planned| self.plan(employeur, planned));
            }
        }
        while let Some(last) = self.wait.len().checked_sub(1) {
            let index = self.random.below(u32::try_from(last).unwrap_or(0) + 1) as usize;
            let planned = self.wait.swap_remove(index);
            self.declaration(employeur, planned);
        }
        self.writer.close_envelope(self.order - already);
        self.events.push(Event::EnvelopeEnd(Totals::Right));
    }

    /// Gives a declaration its number and writes it, at once or in any order.
    fn plan(&mut self, employeur: u16, planned: Planned) {
        self.order += 1;
        let planned = Planned { order: self.order, ..planned };
        if self.plan.disorder {
            self.wait.push(planned);
        } else {
            self.declaration(employeur, planned);
        }
    }

    /// The month in one declaration.
    const fn whole(&self, month: Day, kind: Kind) -> Planned {
        let zero = matches!(kind, Kind::Cancels | Kind::Nothing | Kind::ReplacesNothing);
        let salaries = if zero { 0..0 } else { 0..self.plan.salaries };
        Planned { month, kind, fraction: (1, 1), champ: "01", salaries, order: 0 }
    }

    /// The same month, declared again otherwise.
    fn otherwise(&mut self, month: Day) -> Vec<Planned> {
        let (half, salaries) = (self.plan.salaries / 2, self.plan.salaries);
        let part = |fraction, champ, salaries: Range<u16>| {
            let kind = if salaries.is_empty() { Kind::Nothing } else { Kind::Replaces };
            Planned { month, kind, fraction, champ, salaries, order: 0 }
        };
        match self.random.below(4) {
            0 => vec![part((1, 2), "01", 0..half), part((2, 2), "01", half..salaries)],
            1 => vec![part((1, 1), "02", 0..half), part((1, 1), "03", half..salaries)],
            2 => vec![self.whole(month, Kind::ReplacesNothing), self.whole(month, Kind::Replaces)],
            _ => vec![part((2, 2), "03", 0..0), part((1, 2), "03", 0..salaries)],
        }
    }

    fn declaration(&mut self, employeur: u16, planned: Planned) {
        let Planned { month, kind, fraction, champ, salaries, order } = planned;
        let mut declaration = Declaration {
            line: 0,
            siret: siret(employeur),
            nature: Nature::Monthly,
            kind,
            fraction,
            order,
            month: Some(Month::of(month)),
            champ: ShortCode::parse(champ.as_bytes()),
            real: true,
        };
        self.writer.declaration(&mut declaration, month);
        self.events.push(Event::Declaration(declaration));
        let individus = salaries.len() as u64;
        for (place, index) in (1..).zip(salaries) {
            let individu = self.individu(employeur, index, place, month);
            self.events.push(Event::Individu(individu));
        }
        self.writer.bordereau(month);
        self.events.push(Event::End(End { individus, discards: 0, complete: true }));
    }

    fn individu(&mut self, employeur: u16, index: u16, place: u64, month: Day) -> Individu {
        // The first of each employer is one and the same person.
        let number = if index == 0 { 0 } else { u32::from(employeur) * u32::from(u16::MAX) + u32::from(index) };
        let mut individu = people::individu(self.plan.seed, number, month, &mut self.random);
        individu.index = place;
        self.writer.individu(&mut individu, month);
        individu
    }
}

/// The first day of the month that many months after January.
fn next_month(year: u16, index: u16) -> Day {
    let month = u8::try_from(index % 12 + 1).unwrap_or(1);
    Day::new(year + index / 12, month, 1).unwrap_or(Day::date(2026, 1, 1))
}

/// An establishment whose keys are right, of an enterprise number that starts with 00: nobody has one.
fn siret(employeur: u16) -> Siret {
    let with_key =
        |start: String| (0..10).map(|key| format!("{start}{key}")).find(|text| crate::values::luhn(text.as_bytes()));
    let siren = with_key(format!("0099{employeur:04}")).unwrap_or_default();
    let siret = (0..10).find_map(|key| {
        let nic = format!("0001{key}");
        Siret::of(siren.as_bytes(), nic.as_bytes()).filter(Siret::has_a_right_key)
    });
    siret.expect("one figure in ten makes the key right")
}
