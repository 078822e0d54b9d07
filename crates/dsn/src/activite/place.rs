//! Where a declaration stands: its establishment, its month and its part of it. What becomes of it there is
//! `domaine::declarations`' to say.

use domaine::declarations::{Division, Order, Portion};

use super::{Declaration, Kind};
use crate::values::{Month, Siret};

/// What a declaration is about, when it is one whose hours count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The establishment.
    pub siret: Siret,
    /// The month declared.
    pub month: Month,
    /// Its part of that month, and its number.
    pub portion: Portion,
    /// Whether it says that there is nothing any more. It is kept: an earlier declaration that
    /// comes in late must find it.
    pub cancels: bool,
}

impl Declaration {
    /// Where it stands; nothing for one whose hours do not count.
    ///
    /// ```
    /// use dsn::{Event, Reader};
    /// let bytes = dsn::example();
    /// let mut reader = Reader::new("paie.dsn", bytes.as_slice());
    /// let Some(Event::Declaration(declaration)) = reader.read_next()? else { panic!("a declaration comes first") };
    /// let place = declaration.place().unwrap();
    /// assert_eq!((place.siret.as_str(), place.month.to_string().as_str()), ("73282932000074", "2026-01"));
    /// assert_eq!((place.portion.fraction, place.portion.division.fractions, place.cancels), (1, 1, false));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn place(&self) -> Option<Place> {
        let month = self.month.filter(|_| self.count())?;
        let (fraction, fractions) = self.fraction;
        // A declaration that does not say its champ is a total one.
        let champ = self.champ.filter(|champ| *champ != "01");
        let replaces = matches!(self.kind, Kind::Replaces | Kind::Cancels | Kind::ReplacesNothing);
        let order = Order { number: self.order, replaces };
        let portion = Portion { division: Division { champ, fractions }, fraction, order };
        Some(Place { siret: self.siret, month, portion, cancels: self.kind == Kind::Cancels })
    }
}
