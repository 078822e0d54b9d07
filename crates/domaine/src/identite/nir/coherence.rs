//! Whether a NIR and a birth date agree, and what is rare enough to be pointed at.

use serde::{Deserialize, Serialize};

use super::number::Nir13;
use crate::identite::naissance::DateNaissance;

/// A NIR and a birth date that cannot both be right.
///
/// Source: DSN controls S21.G00.30.006/CCH-11; the month is compared only where the NIR has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Incoherence {
    /// The years differ.
    #[serde(rename = "annee")]
    Year,
    /// The years agree, the months differ.
    #[serde(rename = "mois")]
    Month,
}

/// Whether a NIR and a birth date agree.
///
/// # Errors
/// [`Incoherence`] names the part that differs.
pub fn coherence(nir: &Nir13, naissance: &DateNaissance) -> Result<(), Incoherence> {
    let read = nir.read();
    if u16::from(read.year) != naissance.year() % 100 {
        return Err(Incoherence::Year);
    }
    match (read.month, naissance.month()) {
        (Some(of_the_nir), Some(civil)) if of_the_nir != civil => Err(Incoherence::Month),
        _ => Ok(()),
    }
}

/// Something rare enough to be pointed at, never a reason to refuse: records older than the
/// rule exist. Source: DSN controls S21.G00.30.001/CCH-11 and .014/CCH-11.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// 2A or 2B for a birth before 1976: it was 20 then.
    CorseBefore1976,
    /// 20 for a birth since 1976: it is 2A or 2B since.
    CorseSince1976,
    /// 96 (Tunisia) for a birth since 1968.
    TunisieSince1968,
}

/// What may be pointed at in a NIR, given the birth date.
pub fn remark(nir: &Nir13, naissance: &DateNaissance) -> Option<Remark> {
    match (&nir.0[5..7], naissance.year()) {
        (b"2A" | b"2B", ..1976) => Some(Remark::CorseBefore1976),
        (b"20", 1976..) => Some(Remark::CorseSince1976),
        (b"96", 1968..) => Some(Remark::TunisieSince1968),
        _ => None,
    }
}
