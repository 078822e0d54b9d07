//! One declaration as it is deposited, and how its place is written. Writes nothing.

use domaine::declarations::{Division, Order, Portion, WorkedMonth};
use domaine::told::NamedPerson;

/// What one declaration says.
pub struct DsnFiling {
    /// The establishment.
    pub siret: String,
    /// `2026-01`.
    pub month: String,
    /// Its place in that month.
    pub portion: Portion,
    /// Whether it cancels.
    pub cancels: bool,
    /// A keyed hash of the rest.
    pub digest: String,
    /// The people it names.
    pub people: Vec<NamedPerson>,
    /// What it says of each, by the place of the person in the list above.
    pub worked_months: Vec<(usize, WorkedMonth)>,
}

impl DsnFiling {
    pub(crate) fn id(&self) -> String {
        format!("{}-{}-{}-{}", self.siret, self.month, champ(self.portion.division), self.portion.fraction)
    }
}

/// Orders beyond what a database counts to are all the last.
pub(crate) fn brought_back(portion: Portion) -> Portion {
    let number = portion.order.number.min(i64::MAX.unsigned_abs());
    Portion { order: Order { number, ..portion.order }, ..portion }
}

/// The *champ* as it is written in the database: nothing for a total declaration.
pub(crate) fn champ(division: Division) -> String {
    division.champ.map(|champ| champ.to_string()).unwrap_or_default()
}
