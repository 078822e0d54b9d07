//! The envelope of what a sender sends, from S10 to S90: a test or not, and whether the totals agree.

use super::Totals;
use crate::blocks::{ENVELOPE, TOTAL};
use crate::code::Code;
use crate::finding::Finding;
use crate::rubrics::Rubric;
use crate::values;

/// An envelope that is open.
pub(super) struct Envelope {
    /// Whether it is more than a test.
    pub real: bool,
    /// How many declarations have begun in it.
    pub declarations: u64,
    rubrics: u64,
    /// The totals that the sender announces, once they were read, and their line.
    announced: [Option<u64>; 2],
    totals: Option<u64>,
}

impl Envelope {
    pub const fn new() -> Self {
        Self { real: true, declarations: 0, rubrics: 0, announced: [None; 2], totals: None }
    }

    /// The totals begin: nothing behind them is of the envelope.
    pub fn sum_up(&mut self, line: u64) {
        self.totals.get_or_insert(line);
    }

    /// The totals of an envelope count every rubric from its first to theirs.
    pub fn count(&mut self, code: Option<Code>) {
        if self.totals.is_none() || code.is_some_and(|code| code.block() == TOTAL) {
            self.rubrics += 1;
        }
    }

    /// Takes a rubric in.
    pub fn read(&mut self, rubric: &Rubric<'_>) -> Option<Finding> {
        match (rubric.code.block(), rubric.code.number()) {
            (ENVELOPE, 5) if rubric.value == b"01" => {
                self.real = false;
                Some(Finding::TestEnvelope)
            }
            (ENVELOPE, 6) if !matches!(rubric.value, [b'P', b'2', b'4'..=b'6', b'V', _, _]) => Some(Finding::Norme),
            (TOTAL, number @ 1..=2) => {
                let announced = values::whole(rubric.value);
                self.announced[usize::from(number) - 1] = announced;
                announced.is_none().then_some(Finding::Value(rubric.code))
            }
            _ => None,
        }
    }

    /// Whether it holds what it announces.
    pub fn totals(&self) -> Totals {
        match self.announced {
            [Some(rubrics), Some(declarations)] if self.totals.is_some() => {
                let right = (rubrics, declarations) == (self.rubrics, self.declarations);
                if right { Totals::Right } else { Totals::Wrong }
            }
            _ => Totals::Absents,
        }
    }

    /// What is to be said of it at its end, and at which line.
    pub fn close(self, line: u64) -> impl Iterator<Item = (u64, Finding)> {
        let place = self.totals.unwrap_or(line);
        let read = self.rubrics;
        let rubrics = self.announced[0].filter(|announced| *announced != read);
        let rubrics = rubrics.map(|announced| Finding::TotalRubrics { announced, read });
        let read = self.declarations;
        let declarations = self.announced[1].filter(|announced| *announced != read);
        let declarations = declarations.map(|announced| Finding::TotalDeclarations { announced, read });
        let truncated = self.totals.is_none().then_some(Finding::TruncatedFile);
        // Without its totals, nothing tells that lines were lost.
        let silent = |place: usize, number| {
            let missing = self.totals.is_some() && self.announced[place].is_none();
            missing.then_some(Finding::Missing(Code::new(TOTAL, number)))
        };
        let all = [truncated, silent(0, 1), rubrics, silent(1, 2), declarations];
        all.into_iter().flatten().map(move |finding| (place, finding))
    }
}
