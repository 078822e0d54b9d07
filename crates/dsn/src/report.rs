//! What a reading found, for a payroll officer: where, who (masked), what, how to mend it.
//! Its size is bounded, whatever the file holds.

use std::collections::BTreeMap;
use std::fmt;

use domaine::identite::{Nir, Nir13};

use crate::code::Code;
use crate::finding::{Finding, Severity};
use crate::wording;

/// How many facts of each gravity are kept with their line; beyond, they are counted by kind only.
pub const MAX_SIGNALEMENTS: u64 = 1000;
/// How many different unknown rubrics are counted one by one.
pub const MAX_UNKNOWN: usize = 1000;

/// A person as a report may name one: a rank in a declaration, and a masked number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedPerson {
    /// The rank of the person in the declaration, from 1.
    pub index: u64,
    /// The NIR as [`mask`] writes it, when there is one.
    pub nir: Option<String>,
}

/// A NIR masked but for its first character, as `domaine` masks one.
///
/// ```
/// use domaine::identite::Nir13;
/// let nir = Nir13::parse("2790351215189").unwrap();
/// assert_eq!(dsn::report::mask(&nir), "2 •• •• •• ••• ••• ••");
/// ```
pub fn mask(nir: &Nir13) -> String {
    Nir::parse(nir.as_str(), &format!("{:02}", nir.key())).map(|nir| nir.masked()).unwrap_or_default()
}

impl fmt::Display for MaskedPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "salarié n° {}", self.index)?;
        match &self.nir {
            Some(nir) => write!(f, " (NIR {nir})"),
            None => Ok(()),
        }
    }
}

/// One fact and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signalement {
    /// The line it is about, or the first of the record it is about.
    pub line: u64,
    /// The person it is about.
    pub person: Option<MaskedPerson>,
    /// What it is.
    pub finding: Finding,
}

impl fmt::Display for Signalement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ligne {}", self.line)?;
        if let Some(person) = &self.person {
            write!(f, ", {person}")?;
        }
        let severity = wording::severity(self.finding.severity());
        write!(f, " [{severity}] {} {}", wording::what(&self.finding), wording::remedy(&self.finding))
    }
}

/// What a reading found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingReport {
    /// The name of the file, as the caller gave it.
    pub file: String,
    /// Lines read, those that hold nothing included.
    pub lines: u64,
    /// Lines that hold nothing.
    pub blank_lines: u64,
    /// Rubrics read.
    pub rubrics: u64,
    /// Envelopes begun.
    pub envelopes: u64,
    /// Declarations handed over.
    pub declarations: u64,
    /// Declarations left out.
    pub discarded_declarations: u64,
    /// Persons handed over, once per declaration.
    pub individus: u64,
    /// Persons left out.
    pub discarded_individus: u64,
    /// Rubrics that the norm does not have, and how often each was met.
    pub unknown: BTreeMap<Code, u64>,
    /// Unknown rubrics beyond [`MAX_UNKNOWN`] different ones.
    pub further_unknown: u64,
    /// The first facts of each gravity, in the order they were found.
    pub signalements: Vec<Signalement>,
    /// How many facts of each kind are not among them.
    untold: BTreeMap<(Severity, &'static str), u64>,
    counts: BTreeMap<&'static str, u64>,
    by_severity: BTreeMap<Severity, u64>,
}

impl ReadingReport {
    pub(crate) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), ..Self::default() }
    }

    pub(crate) fn signaler(&mut self, signalement: Signalement) {
        *self.counts.entry(signalement.finding.kind()).or_default() += 1;
        let of_severity = self.by_severity.entry(signalement.finding.severity()).or_default();
        *of_severity += 1;
        // Each gravity has its own room: remarks, however many, never push a loss out.
        if *of_severity <= MAX_SIGNALEMENTS {
            self.signalements.push(signalement);
        } else {
            *self.untold.entry((signalement.finding.severity(), wording::nom(&signalement.finding))).or_default() += 1;
        }
    }

    pub(crate) fn count_unknown(&mut self, code: Code) {
        if let Some(count) = self.unknown.get_mut(&code) {
            *count += 1;
        } else if self.unknown.len() < MAX_UNKNOWN {
            self.unknown.insert(code, 1);
        } else {
            self.further_unknown += 1;
        }
    }

    /// How many facts of that kind there are, those that are not kept included.
    pub fn count(&self, kind: &str) -> u64 {
        self.counts.get(kind).copied().unwrap_or(0)
    }

    /// How many facts cost that much.
    pub fn count_of(&self, severity: Severity) -> u64 {
        self.by_severity.get(&severity).copied().unwrap_or(0)
    }

    /// Every kind of fact and how many there are of it.
    pub const fn counts(&self) -> &BTreeMap<&'static str, u64> {
        &self.counts
    }

    /// How many facts there are in all.
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// How many unknown rubrics were met in all.
    pub fn unknown_total(&self) -> u64 {
        self.unknown.values().sum::<u64>() + self.further_unknown
    }

    /// Whether nothing was left out.
    pub fn is_lossless(&self) -> bool {
        self.count_of(Severity::Loss) == 0 && self.count_of(Severity::Gap) == 0
    }
}

/// The whole report, line by line.
impl fmt::Display for ReadingReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} : {} lignes, {} rubriques", self.file, self.lines, self.rubrics)?;
        writeln!(f, "déclarations : {} lues, {} écartées", self.declarations, self.discarded_declarations)?;
        writeln!(f, "salariés : {} lus, {} écartés", self.individus, self.discarded_individus)?;
        for signalement in &self.signalements {
            writeln!(f, "{}, {signalement}", self.file)?;
        }
        for ((severity, nom), times) in self.untold.iter().rev() {
            writeln!(f, "non listés [{}] {nom} : {times} fois", wording::severity(*severity))?;
        }
        for (code, times) in &self.unknown {
            writeln!(f, "rubrique inconnue {code} : {times} fois")?;
        }
        if self.further_unknown > 0 {
            writeln!(f, "autres rubriques inconnues : {} fois", self.further_unknown)?;
        }
        Ok(())
    }
}
