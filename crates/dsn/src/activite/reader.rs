//! The reading itself: from rubrics to declarations and persons, one at a time. Holds one head
//! and one person, never a whole declaration.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::draft::Draft;
use super::envelope::Envelope;
use super::header::Header;
use super::{Declaration, End, Event, Nature};
use crate::blocks::{DECLARATION, ENTREPRISE, ENVELOPE, ETABLISSEMENT, INDIVIDU, TOTAL};
use crate::code::{Block, Code};
use crate::finding::Finding;
use crate::report::{ReadingReport, Signalement};
use crate::rubrics::{Encoding, Rubric, Rubrics, Unreadable};
use crate::tree::{Place, Tree};

/// A file being read.
///
/// ```
/// use dsn::{Event, Reader, Totals};
///
/// let bytes = dsn::example();
/// let mut reader = Reader::new("paie.dsn", bytes.as_slice());
/// let mut hours = Vec::new();
/// while let Some(event) = reader.read_next()? {
///     match event {
///         Event::Declaration(declaration) => assert_eq!(declaration.siret.as_str(), "73282932000074"),
///         Event::Individu(individu) => hours.extend(individu.parts()),
///         Event::End(end) => assert!(end.complete),
///         Event::EnvelopeEnd(totals) => assert_eq!(totals, Totals::Right),
///     }
/// }
/// assert_eq!(hours[0].month.to_string(), "2026-01");
/// assert_eq!(hours[0].time.hours.to_string(), "144.67");
/// assert!(reader.report().is_lossless());
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Reader<R> {
    rubrics: Rubrics<R>,
    state: ReadState,
}

impl<R: Read> Reader<R> {
    /// A reading of those bytes; the report names the file so.
    pub fn new(file: &str, source: R) -> Self {
        let report = ReadingReport::new(file);
        Self { rubrics: Rubrics::new(source), state: ReadState { report, ..ReadState::default() } }
    }

    /// What comes next; nothing at the end of the file.
    ///
    /// # Errors
    /// Those of the source. What the file holds is never an error: the report tells it.
    pub fn read_next(&mut self) -> io::Result<Option<Event>> {
        loop {
            if let Some(event) = self.state.file.pop_front() {
                return Ok(Some(event));
            }
            if self.state.finished {
                return Ok(None);
            }
            let Some(read) = self.rubrics.read_next()? else {
                self.finish();
                continue;
            };
            match read.content {
                Ok(rubric) => self.state.read(read.line, &rubric),
                Err(unreadable) => self.state.stumble(read.line, unreadable),
            }
        }
    }

    /// Reads to the end and keeps the report only.
    ///
    /// # Errors
    /// As [`Reader::read_next`].
    pub fn to_the_end(mut self) -> io::Result<ReadingReport> {
        while self.read_next()?.is_some() {}
        Ok(self.state.report)
    }

    /// What was found so far; whole once [`Reader::read_next`] has said that nothing comes next.
    pub const fn report(&self) -> &ReadingReport {
        &self.state.report
    }

    fn finish(&mut self) {
        self.state.finish(self.rubrics.lines());
        let told = self.state.encodings.contains(&Encoding::Utf8);
        let report = &mut self.state.report;
        report.lines = self.rubrics.lines();
        report.blank_lines = self.rubrics.blank();
        if self.rubrics.has_utf8_mark() && !told {
            report.signaler(Signalement { line: 1, person: None, finding: Finding::Utf8Mark });
        }
    }
}

#[derive(Default)]
struct ReadState {
    report: ReadingReport,
    tree: Tree,
    envelope: Option<Envelope>,
    header: Option<Header>,
    declaration: Option<Current>,
    individu: Option<Draft>,
    file: VecDeque<Event>,
    /// Other than that of the norm, and told already.
    encodings: Vec<Encoding>,
    finished: bool,
}

/// A declaration whose head is known: handed over, or left out with all its persons.
struct Current {
    announced: bool,
    discarded: bool,
    individus: u64,
    discards: u64,
    index: u64,
}

impl ReadState {
    fn signaler(&mut self, line: u64, finding: Finding) {
        let person = self.individu.as_ref().map(Draft::masked);
        self.report.signaler(Signalement { line, person, finding });
    }

    /// Takes a rubric in.
    fn read(&mut self, line: u64, rubric: &Rubric<'_>) {
        self.report.lines = line;
        let code = rubric.code;
        if !self.placer(line, code) {
            return;
        }
        // A file is written one way: its first value tells it for the others.
        if rubric.encoding != Encoding::Latin1 && !self.encodings.contains(&rubric.encoding) {
            self.encodings.push(rubric.encoding);
            self.report.signaler(Signalement { line, person: None, finding: Finding::Encoding(rubric.encoding) });
        }
        if let Some(individu) = &mut self.individu {
            individu.read(&mut self.report, line, rubric);
        } else if let Some(header) = &mut self.header {
            if let Some(finding) = header.read(rubric) {
                self.signaler(line, finding);
            }
        } else if matches!(code.block(), ENVELOPE | TOTAL) {
            self.read_envelope(line, rubric);
        }
    }

    /// Follows the tree to a rubric, opens what it opens, and says whether it can be read there.
    fn placer(&mut self, line: u64, code: Code) -> bool {
        let place = self.tree.placer(code);
        match place {
            Place::Unknown => self.report.count_unknown(code),
            // One word for a lost block, at its first line.
            Place::Lost if self.tree.was_just_lost() => self.signaler(line, Finding::MisplacedBlock(code)),
            Place::Opens => self.open(line, code),
            Place::Continues | Place::Lost => {}
        }
        self.count(Some(code));
        matches!(place, Place::Opens | Place::Continues)
    }

    fn count(&mut self, code: Option<Code>) {
        self.report.rubrics += 1;
        if let Some(envelope) = &mut self.envelope {
            envelope.count(code);
        }
    }

    /// A line that is no rubric. With its code, only its record suffers; without, it may have been
    /// anything of the person it lies in.
    fn stumble(&mut self, line: u64, unreadable: Unreadable) {
        self.report.lines = line;
        self.signaler(line, Finding::Line(unreadable.faute, unreadable.code));
        if let Some(code) = unreadable.code {
            self.placer(line, code);
            return;
        }
        self.count(None);
        if let Some(individu) = &mut self.individu {
            individu.damage();
        }
    }

    /// A block opens: what it cannot be part of is closed.
    fn open(&mut self, line: u64, code: Code) {
        let block = code.block();
        if block == INDIVIDU || !self.tree.is_open(INDIVIDU) {
            self.close_individu();
        }
        match block {
            INDIVIDU => {
                self.announce();
                if let Some(current) = &mut self.declaration {
                    current.index += 1;
                    self.individu = Some(Draft::new(line, current.index));
                }
            }
            DECLARATION => {
                self.close_declaration(true);
                if let Some(envelope) = &mut self.envelope {
                    envelope.declarations += 1;
                }
                self.header = Some(Header::new(line));
            }
            ENTREPRISE | ETABLISSEMENT => self.open_etablissement(line, block),
            TOTAL => {
                self.close_declaration(true);
                if let Some(envelope) = &mut self.envelope {
                    envelope.sum_up(line);
                }
            }
            ENVELOPE => {
                // A declaration that is still open here has no S90: its envelope was cut.
                self.close_declaration(false);
                self.close_envelope(line);
                self.report.envelopes += 1;
                self.envelope = Some(Envelope::new());
            }
            _ if self.individu.is_some() => {
                if let Some(individu) = &mut self.individu {
                    individu.open(line, code);
                }
            }
            _ => {}
        }
    }

    /// One declaration is of one establishment: what follows a second one would be anybody's.
    fn open_etablissement(&mut self, line: u64, block: Block) {
        let second = match (&mut self.declaration, &mut self.header) {
            (Some(current), _) => {
                current.discarded = true;
                true
            }
            (None, Some(header)) => block == ETABLISSEMENT && header.open_etablissement(),
            (None, None) => false,
        };
        if second {
            self.signaler(line, Finding::SecondEtablissement);
        }
    }

    fn read_envelope(&mut self, line: u64, rubric: &Rubric<'_>) {
        if let Some(finding) = self.envelope.as_mut().and_then(|envelope| envelope.read(rubric)) {
            self.signaler(line, finding);
        }
    }

    /// Hands the head over, once.
    fn announce(&mut self) {
        let Some(header) = self.header.take() else { return };
        let real = self.envelope.as_ref().is_some_and(|envelope| envelope.real);
        let declaration = header.declaration(real);
        match &declaration {
            Ok(declaration) => self.judge(declaration),
            Err(code) => self.signaler(header.line, Finding::DeclarationWithout(*code)),
        }
        let announced = declaration.is_ok();
        self.declaration = Some(Current { announced, discarded: !announced, individus: 0, discards: 0, index: 0 });
        match declaration {
            Ok(declaration) => {
                self.report.declarations += 1;
                self.file.push_back(Event::Declaration(declaration));
            }
            Err(_) => self.report.discarded_declarations += 1,
        }
    }

    fn judge(&mut self, declaration: &Declaration) {
        if !declaration.siret.has_a_right_key() {
            self.signaler(declaration.line, Finding::SiretKey);
        }
        if declaration.nature == Nature::Substitution {
            self.signaler(declaration.line, Finding::Substitution);
        }
    }

    fn close_individu(&mut self) {
        let Some(individu) = self.individu.take() else { return };
        let individu = individu.close(&mut self.report);
        let Some(current) = &mut self.declaration else { return };
        match individu {
            Some(individu) if !current.discarded => {
                current.individus += 1;
                self.report.individus += 1;
                self.file.push_back(Event::Individu(individu));
            }
            _ => {
                current.discards += 1;
                self.report.discarded_individus += 1;
            }
        }
    }

    fn close_declaration(&mut self, complete: bool) {
        self.close_individu();
        self.announce();
        let Some(current) = self.declaration.take().filter(|current| current.announced) else { return };
        let Current { individus, discards, discarded, .. } = current;
        self.file.push_back(Event::End(End { individus, discards, complete: complete && !discarded }));
    }

    fn close_envelope(&mut self, line: u64) {
        let Some(envelope) = self.envelope.take() else { return };
        self.file.push_back(Event::EnvelopeEnd(envelope.totals()));
        for (place, finding) in envelope.close(line) {
            self.signaler(place, finding);
        }
    }

    fn finish(&mut self, lines: u64) {
        self.close_declaration(false);
        self.close_envelope(lines.max(1));
        if self.report.declarations + self.report.discarded_declarations == 0 {
            self.signaler(lines.max(1), Finding::NoDeclaration);
        }
        self.finished = true;
    }
}
