//! Who the people that others name turned out to be. Found in `imports`, needed wherever something is told of them.

use domaine::declarations::Agreement;

/// Who a named person turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reconnue {
    /// Known, or recorded just now.
    Personne {
        /// Identifier.
        id: String,
        /// Recorded just now.
        nouvelle: bool,
        /// What was known of them under another name or date.
        identite: Agreement,
    },
    /// Unknown, and without a name to record.
    SansNom,
    /// Somebody opened an account with this NIR under another name or birth date: an employer's
    /// hours must not go there.
    CompteAutre,
}
