//! A person while the lines about them are read: what is said so far, and what is still missing.
//! Bounded, whatever the file holds.

use domaine::identite::nir::coherence;
use domaine::identite::{DateNaissance, Nir13, NirInvalide, Nom, NomInvalide};

use super::header::mounted;
use super::pieces::{ReadAbsence, ReadActivite, ReadContrat, ReadPaie};
use super::worked_time::{self, UnitKind};
use super::{Absence, Contrat, Identifier, Individu, Ntt, Paie};
use crate::blocks::{ACTIVITE, ARRET, CONTRAT, CONTRAT_END, INDIVIDU, INDIVIDU_CHANGES, REMUNERATION, SUSPENSION};
use crate::code::Code;
use crate::finding::Finding;
use crate::report::{MaskedPerson, ReadingReport, Signalement, mask};
use crate::rubrics::Rubric;
use crate::values;

/// How many contracts, pays, activities and absences one person may have in a declaration.
pub const MAX_PIECES: usize = 2000;

#[derive(Default)]
pub(super) struct Draft {
    line: u64,
    index: u64,
    nir: Option<Result<Nir13, NirInvalide>>,
    ntt: Option<Ntt>,
    nom: Option<Nom>,
    prenoms: Option<Nom>,
    naissance: Option<DateNaissance>,
    former_nir: Option<Nir13>,
    contrats: Vec<ReadContrat>,
    paies: Vec<ReadPaie>,
    pieces: usize,
    said_its_naissance: bool,
    damaged: bool,
}

impl Draft {
    pub fn new(line: u64, index: u64) -> Self {
        Self { line, index, ..Self::default() }
    }

    /// A line that may have said anything of this person could not be read.
    pub const fn damage(&mut self) {
        self.damaged = true;
    }

    /// The person as a report may name them.
    pub fn masked(&self) -> MaskedPerson {
        MaskedPerson { index: self.index, nir: self.nir.as_ref().and_then(|nir| nir.as_ref().ok()).map(mask) }
    }

    fn signaler(&self, report: &mut ReadingReport, line: u64, finding: Finding) {
        report.signaler(Signalement { line, person: Some(self.masked()), finding });
    }

    /// Opens an occurrence of a block.
    pub fn open(&mut self, line: u64, code: Code) {
        let block = code.block();
        if !matches!(block, CONTRAT | REMUNERATION | ACTIVITE | ARRET | SUSPENSION) {
            return;
        }
        self.pieces += 1;
        if self.pieces > MAX_PIECES {
            return;
        }
        match block {
            CONTRAT => self.contrats.push(ReadContrat::new(line)),
            REMUNERATION => self.paies.push(ReadPaie { line, ..ReadPaie::default() }),
            ACTIVITE => {
                if let Some(paie) = self.paies.last_mut() {
                    paie.activites.push(ReadActivite { line, ..ReadActivite::default() });
                }
            }
            _ => {
                if let Some(contrat) = self.contrats.last_mut() {
                    let de = Code::new(block, 1);
                    contrat.arrets.push(ReadAbsence { motif: None, tail: [None; 3], line, de });
                }
            }
        }
    }

    /// Takes a rubric in.
    pub fn read(&mut self, report: &mut ReadingReport, line: u64, rubric: &Rubric<'_>) {
        if self.pieces > MAX_PIECES {
            return;
        }
        let (block, number) = (rubric.code.block(), rubric.code.number());
        let read_well = match block {
            INDIVIDU => match self.parse_identite(number, rubric) {
                Ok(read_well) => read_well,
                Err(finding) => return self.signaler(report, line, finding),
            },
            INDIVIDU_CHANGES if number == 8 => mounted(&mut self.former_nir, nir(rubric).ok()),
            CONTRAT => self.contrats.last_mut().is_none_or(|contrat| contrat.read(number, rubric)),
            CONTRAT_END => self.contrats.last_mut().is_none_or(|contrat| contrat.read_end(number, rubric.value)),
            ARRET | SUSPENSION => {
                let absence = self.contrats.last_mut().and_then(|contrat| contrat.arrets.last_mut());
                absence.is_none_or(|absence| absence.read(block == ARRET, number, rubric.value))
            }
            REMUNERATION => self.paies.last_mut().is_none_or(|paie| paie.read(number, rubric)),
            ACTIVITE => {
                let activite = self.paies.last_mut().and_then(|paie| paie.activites.last_mut());
                activite.is_none_or(|activite| activite.read(number, rubric.value))
            }
            _ => true,
        };
        if !read_well {
            self.signaler(report, line, Finding::Value(rubric.code));
        }
    }

    fn parse_identite(&mut self, number: u16, rubric: &Rubric<'_>) -> Result<bool, Finding> {
        match number {
            1 => self.nir = Some(nir(rubric)),
            2 => self.nom = Some(Nom::parse_if_any(&rubric.text()).map_err(Finding::Nom)?),
            4 => self.prenoms = Some(Nom::parse_if_any(&rubric.text()).map_err(Finding::Prenoms)?),
            6 => {
                self.said_its_naissance = true;
                self.naissance = Some(values::naissance(rubric.value).ok_or(Finding::Naissance)?);
            }
            20 => self.ntt = Some(Ntt::parse(&rubric.text()).ok_or(Finding::TemporaryNumber)?),
            _ => {}
        }
        Ok(true)
    }

    /// The person, once all was read; nothing when they must be left out, which the report tells.
    pub fn close(mut self, report: &mut ReadingReport) -> Option<Individu> {
        let line = self.line;
        if self.damaged {
            self.signaler(report, line, Finding::DamagedIndividu);
            return None;
        }
        if self.pieces > MAX_PIECES {
            self.signaler(report, line, Finding::OversizedIndividu);
            return None;
        }
        let identifier = self.identifier(report)?;
        if !self.said_its_naissance {
            self.signaler(report, line, Finding::NoNaissance);
        }
        if let (Identifier::Nir(nir), Some(naissance)) = (&identifier, &self.naissance)
            && let Err(incoherence) = coherence(nir, naissance)
        {
            self.signaler(report, line, Finding::NaissanceAndNir(incoherence));
        }
        if let (Some(nom), Some(prenoms)) = (&self.nom, &self.prenoms)
            && Nom::compared(nom, prenoms).is_none()
        {
            self.signaler(report, line, Finding::Nom(NomInvalide::NeitherOne));
            (self.nom, self.prenoms) = (None, None);
        }
        let contrats = self.close_contrats(report);
        let paies = self.close_paies(report, &contrats);
        let individu = Individu {
            line,
            index: self.index,
            identifier,
            nom: self.nom.take(),
            prenoms: self.prenoms.take(),
            naissance: self.naissance,
            former_nir: self.former_nir.take(),
            contrats,
            paies,
        };
        self.judge_activite(report, &individu);
        Some(individu)
    }

    fn identifier(&self, report: &mut ReadingReport) -> Option<Identifier> {
        let (finding, identifier) = match (&self.nir, &self.ntt) {
            (Some(Ok(nir)), _) => return Some(Identifier::Nir(nir.clone())),
            (None, Some(ntt)) => return Some(Identifier::Temporary(ntt.clone())),
            (Some(Err(faute)), Some(ntt)) => (Finding::ReplacedNir(*faute), Some(Identifier::Temporary(ntt.clone()))),
            (Some(Err(faute)), None) => (Finding::Nir(*faute), None),
            (None, None) => (Finding::NoIdentifier, None),
        };
        self.signaler(report, self.line, finding);
        identifier
    }

    fn close_contrats(&mut self, report: &mut ReadingReport) -> Vec<Contrat> {
        let readings = std::mem::take(&mut self.contrats);
        let mut contrats = Vec::with_capacity(readings.len());
        for read in readings {
            let Some(number) = read.number else {
                self.signaler(report, read.tail.line, Finding::Missing(Code::new(CONTRAT, 9)));
                continue;
            };
            let mut absences = Vec::with_capacity(read.arrets.len());
            for absence in read.arrets {
                let [since, up_to, resumption] = absence.tail;
                match absence.motif {
                    Some(motif) => {
                        absences.push(Absence { line: absence.line, motif, since, up_to, resumption });
                    }
                    None => self.signaler(report, absence.line, Finding::Missing(absence.de)),
                }
            }
            contrats.push(Contrat { number, absences, ..read.tail });
        }
        contrats
    }

    fn close_paies(&mut self, report: &mut ReadingReport, contrats: &[Contrat]) -> Vec<Paie> {
        let readings = std::mem::take(&mut self.paies);
        let mut paies = Vec::new();
        for read in readings {
            // What holds no time holds amounts, which nobody here needs.
            if read.hours.is_none() && read.activites.is_empty() {
                continue;
            }
            let missing = |number| Code::new(REMUNERATION, number);
            let (start, end, number, kind) = match (read.start, read.end, read.contrat, read.kind) {
                (Some(start), Some(end), Some(number), Some(kind)) => (start, end, number, kind),
                (start, end, number, _) => {
                    let first = match (start, end, number) {
                        (None, ..) => 1,
                        (_, None, _) => 2,
                        (.., None) => 10,
                        _ => 11,
                    };
                    self.signaler(report, read.line, Finding::Missing(missing(first)));
                    continue;
                }
            };
            if end < start {
                self.signaler(report, read.line, Finding::ReversedPeriod);
                continue;
            }
            let contrat = contrats.iter().find(|contrat| contrat.number == number);
            if contrat.is_none() {
                self.signaler(report, read.line, Finding::UnknownContrat);
            }
            let contrat_unit = contrat.and_then(|contrat| contrat.unit);
            let mut activites = Vec::with_capacity(read.activites.len());
            for activite in read.activites {
                match activite.close(contrat_unit) {
                    Ok(activite) => activites.push(activite),
                    Err((line, code)) => self.signaler(report, line, Finding::Missing(code)),
                }
            }
            paies.push(Paie { line: read.line, contrat: number, start, end, kind, hours: read.hours, activites });
        }
        paies
    }

    /// Points at measures that do not stand where they should, or that are no time.
    fn judge_activite(&self, report: &mut ReadingReport, individu: &Individu) {
        for paie in &individu.paies {
            if paie.time_measure() && !individu.count(paie) {
                self.signaler(report, paie.line, Finding::DuplicateActivite);
            } else if paie.time_measure() && !paie.is_of_type_002() {
                self.signaler(report, paie.line, Finding::ActiviteOutside002);
            }
            if paie.activites.iter().any(|activite| worked_time::unit_kind(activite.unit.as_str()) == UnitKind::Other) {
                self.signaler(report, paie.line, Finding::UncountedUnit);
            }
        }
    }
}

/// The norm wants thirteen characters and nothing else: no separator is passed over here.
fn nir(rubric: &Rubric<'_>) -> Result<Nir13, NirInvalide> {
    let text = rubric.text();
    let nir = Nir13::parse(&text)?;
    let intruder = text.chars().zip(nir.as_str().chars()).find(|(written, read)| written != read);
    match intruder {
        Some((intruder, _)) => Err(NirInvalide::Caractere(intruder)),
        None if text.len() > 13 => Err(NirInvalide::TooLong),
        None => Ok(nir),
    }
}
