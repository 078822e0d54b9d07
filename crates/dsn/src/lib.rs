//! Reader of DSN files (*déclaration sociale nominative*, NEODeS, norms P24 to P26): bytes in, months
//! of activity out. No rights, no storage, no clock; memory does not grow with the file.
//!
//! The walk through, from the bytes up:
//!
//! 1. [`rubrics`]: bytes to rubrics. Latin-1, LF or CRLF; a line that is no rubric is told, by its
//!    number, and passed over.
//! 2. [`tree`]: a file writes leaves only; the tree of blocks is found again with the help of
//!    [`norme`]. Rubrics that the norm does not have are counted.
//! 3. [`activite`]: the few rubrics that rights need, as [`Declaration`]s, [`Individu`]s and their
//!    end, one at a time: [`Reader`] is the main entry.
//! 4. [`mapping`]: what its codes mean, as months of work under a status that `domaine` knows.
//! 5. [`report`]: what a payroll officer must know, from the closed list of [`finding`] and the
//!    sentences of [`wording`].
//!
//! ```
//! use dsn::{Event, Reader};
//!
//! let bytes = dsn::example();
//! let mut reader = Reader::new("paie.dsn", bytes.as_slice());
//! let mut hours = Vec::new();
//! while let Some(event) = reader.read_next()? {
//!     if let Event::Individu(individu) = event {
//!         hours.extend(individu.parts().iter().map(|part| part.time.hours.to_string()));
//!     }
//! }
//! assert_eq!(reader.report().individus, 1);
//! assert_eq!(hours, ["144.67"]);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! What a caller keeps is up to it; three things are worth knowing:
//!
//! - [`End::complete`] says that the end of a declaration was there. That lines are missing in the
//!   middle is only known at the end of the envelope, from the totals the sender announces
//!   ([`Event::EnvelopeEnd`]): read twice and keep nothing of an envelope that [`Precheck`] doubts,
//!   or, of a stream, say which declarations were in it.
//! - A declaration is the unit of storage: kept, replaced and cancelled as a whole, where its
//!   [`Place`] is, as [`domaine::declarations::decide`] says. Storing it twice changes nothing.
//! - Absences ([`Contrat::absences`]) and days of a yearly agreement are handed over as declared:
//!   which of them count as work is for the rights to say.
//!
//! Nothing here shows a person: `Debug` masks numbers and names, and the report masks the NIR.

pub mod activite;
pub mod blocks;
mod code;
pub mod finding;
#[cfg(feature = "generateur")]
pub mod generator;
pub mod mapping;
pub mod norme;
pub mod report;
pub mod rubrics;
pub mod tree;
pub mod values;
pub mod wording;

pub use activite::{
    Absence, AbsenceMotif, Activite, Contrat, ContratEnd, Declaration, End, Event, Identifier, Individu, Kind, Nature,
    Ntt, Paie, Part, Place, Precheck, Reader, Totals, WorkedTime,
};
pub use code::{Block, Code};
pub use finding::{Finding, Severity};
pub use report::{MaskedPerson, ReadingReport, Signalement};

/// The smallest monthly declaration that makes sense, of a fictional person: for examples and tests.
pub fn example() -> Vec<u8> {
    const LINES: [&str; 34] = [
        "S10.G00.00.001,'ACQUIS'",
        "S10.G00.00.005,'02'",
        "S10.G00.00.006,'P26V01'",
        "S20.G00.05.001,'01'",
        "S20.G00.05.002,'01'",
        "S20.G00.05.003,'11'",
        "S20.G00.05.004,'1'",
        "S20.G00.05.005,'01012026'",
        "S21.G00.06.001,'732829320'",
        "S21.G00.11.001,'00074'",
        "S21.G00.30.001,'2790351215189'",
        "S21.G00.30.002,'PAT-TROIS'",
        "S21.G00.30.004,'DOMINIQUE MARIE-LOUISE'",
        "S21.G00.30.006,'28031979'",
        "S21.G00.40.001,'01092020'",
        "S21.G00.40.007,'01'",
        "S21.G00.40.009,'00001'",
        "S21.G00.40.011,'10'",
        "S21.G00.40.012,'151.67'",
        "S21.G00.40.013,'151.67'",
        "S21.G00.40.014,'10'",
        "S21.G00.50.001,'31012026'",
        "S21.G00.51.001,'01012026'",
        "S21.G00.51.002,'31012026'",
        "S21.G00.51.010,'00001'",
        "S21.G00.51.011,'002'",
        "S21.G00.53.001,'01'",
        "S21.G00.53.002,'144.67'",
        "S21.G00.53.003,'10'",
        "S21.G00.53.001,'02'",
        "S21.G00.53.002,'7.00'",
        "S21.G00.53.003,'10'",
        "S90.G00.90.001,'34'",
        "S90.G00.90.002,'1'",
    ];
    let mut bytes = LINES.join("\n").into_bytes();
    bytes.push(b'\n');
    bytes
}
