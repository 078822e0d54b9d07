//! Who the people that others name turned out to be. Found in `imports`, needed wherever something is told of them.

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
        identite: Identite,
    },
    /// Unknown, and without a name to record.
    SansNom,
    /// Somebody opened an account with this NIR under another name or birth date: an employer's
    /// hours must not go there.
    CompteAutre,
}

/// How what is declared of a person agrees with what was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identite {
    /// The same name and birth date.
    Meme,
    /// Another name or birth date of the same year: the latest declared is kept, nobody has an account yet.
    Changee,
    /// The person was known under an earlier NIR and takes this one.
    Renumerotee,
    /// An earlier NIR is declared, whose months cannot be joined to this one: an account, another identity or
    /// another person stands in the way.
    AncienneAPart,
}
