//! The head of a declaration, rubric by rubric, until it is known which employer and month it is of.

use super::{Declaration, Kind, Nature};
use crate::blocks::{DECLARATION, ENTREPRISE, ETABLISSEMENT};
use crate::code::Code;
use crate::finding::Finding;
use crate::rubrics::Rubric;
use crate::values::{self, Month, ShortCode, Siret};

/// What has been read of it so far.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub line: u64,
    nature: Option<Nature>,
    kind: Option<Kind>,
    fraction: Option<(u8, u8)>,
    order: Option<u64>,
    month: Option<Month>,
    champ: Option<ShortCode>,
    siren: Option<[u8; 9]>,
    nic: Option<[u8; 5]>,
    second_etablissement: bool,
}

impl Header {
    pub fn new(line: u64) -> Self {
        Self { line, ..Self::default() }
    }

    /// An establishment opens; whether another was there before.
    pub fn open_etablissement(&mut self) -> bool {
        self.second_etablissement |= self.nic.is_some();
        self.second_etablissement
    }

    /// Takes a rubric in; a value that is not of its kind is as if it were not there.
    pub fn read(&mut self, rubric: &Rubric<'_>) -> Option<Finding> {
        let value = rubric.value;
        let read_well = match (rubric.code.block(), rubric.code.number()) {
            (DECLARATION, 1) => mounted(&mut self.nature, nature(value)),
            (DECLARATION, 2) => mounted(&mut self.kind, kind(value)),
            (DECLARATION, 3) => mounted(&mut self.fraction, fraction(value)),
            (DECLARATION, 4) => mounted(&mut self.order, values::whole(value)),
            (DECLARATION, 5) => mounted(&mut self.month, values::day(value).map(Month::of)),
            (DECLARATION, 8) => mounted(&mut self.champ, ShortCode::parse(value)),
            (ENTREPRISE, 1) => mounted(&mut self.siren, digits(value)),
            (ETABLISSEMENT, 1) => mounted(&mut self.nic, digits(value)),
            _ => true,
        };
        (!read_well).then_some(Finding::Value(rubric.code))
    }

    /// The head, once all of it was read.
    ///
    /// # Errors
    /// The rubric without which it belongs to no employer, month or order.
    pub fn declaration(&self, real: bool) -> Result<Declaration, Code> {
        let nature = self.nature.ok_or(Code::new(DECLARATION, 1))?;
        let kind = self.kind.ok_or(Code::new(DECLARATION, 2))?;
        let siren = self.siren.ok_or(Code::new(ENTREPRISE, 1))?;
        let nic = self.nic.ok_or(Code::new(ETABLISSEMENT, 1))?;
        if self.second_etablissement {
            return Err(Code::new(ETABLISSEMENT, 1));
        }
        let siret = Siret::of(&siren, &nic).ok_or(Code::new(ENTREPRISE, 1))?;
        let monthly = nature == Nature::Monthly;
        if monthly && self.month.is_none() {
            return Err(Code::new(DECLARATION, 5));
        }
        let order = match self.order {
            None if monthly => return Err(Code::new(DECLARATION, 4)),
            order => order.unwrap_or(0),
        };
        Ok(Declaration {
            line: self.line,
            siret,
            nature,
            kind,
            fraction: self.fraction.unwrap_or((1, 1)),
            order,
            month: self.month,
            champ: self.champ,
            real,
        })
    }
}

/// Puts a value in its place, unless it could not be read.
pub(super) fn mounted<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let read = value.is_some();
    if read {
        *place = value;
    }
    read
}

fn nature(value: &[u8]) -> Option<Nature> {
    Some(match value {
        b"01" => Nature::Monthly,
        b"09" => Nature::Substitution,
        [b'0'..=b'9', b'0'..=b'9'] => Nature::Event(ShortCode::parse(value)?),
        _ => return None,
    })
}

const fn kind(value: &[u8]) -> Option<Kind> {
    Some(match value {
        b"01" => Kind::Normal,
        b"02" => Kind::Nothing,
        b"03" => Kind::Replaces,
        b"04" => Kind::Cancels,
        b"05" => Kind::ReplacesNothing,
        _ => return None,
    })
}

/// « 12 » is the first part of two.
fn fraction(value: &[u8]) -> Option<(u8, u8)> {
    let &[number @ b'1'..=b'9', total @ b'1'..=b'9'] = value else { return None };
    (number <= total).then_some((number - b'0', total - b'0'))
}

fn digits<const N: usize>(value: &[u8]) -> Option<[u8; N]> {
    let digits: [u8; N] = value.try_into().ok()?;
    digits.iter().all(u8::is_ascii_digit).then_some(digits)
}
