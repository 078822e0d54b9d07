//! Who the people that others name turned out to be. Found in `imports`, needed wherever something is told of them.

use domaine::declarations::Agreement;

/// Who a named person turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognized {
    /// Known, or recorded just now.
    Person {
        /// Identifier.
        id: String,
        /// Recorded just now.
        new: bool,
        /// What was known of them under another name or date.
        identite: Agreement,
    },
    /// Unknown, and without a name to record.
    NoNom,
    /// Employers disagree about whose NIR it is, and an account was set aside for it: nobody gets these hours before an
    /// operator has judged.
    Disputed,
    /// Somebody opened an account with this NIR under another name or birth date: an employer's
    /// hours must not go there.
    OtherAccount,
}
