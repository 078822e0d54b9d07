//! What can happen to an account, and the order of what happens on one day. Says nothing of what comes of it.

use crate::mesures::Day;

/// What happens, in the order in which things of one day are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(in crate::droits) enum Nature {
    Passage,
    Echeance,
    Attestation,
    /// The proof of an attestation was refused.
    Refusal,
    Rectification,
    Cancellation,
    /// The proof of a disability was accepted.
    Recognition,
    /// The ledger puts right what a rule that was not that of the text had given.
    RuleCorrection,
    Credit,
    /// The day on which a year that was corrected before it came due is credited; its place is that of `events`: the year and the counter.
    Report,
    Engagement,
    Abondement,
    Conversion,
    Depense,
    Deces,
}

/// Something that happens: its day, its nature and its place in the list of the situation that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::droits) struct Evenement {
    pub date: Day,
    pub nature: Nature,
    pub place: usize,
}

impl Evenement {
    /// By day, then by nature, in one number.
    pub(in crate::droits) fn order(&self) -> u64 {
        u64::from(self.date.index()) << 8 | self.nature as u64
    }
}
