//! What every form shares: its fields, and a list of faults, each at its field. Knows no particular form.

use super::faute::Faute;
use crate::mesures::Day;

/// A form: its fields, its text as typed, and the value it becomes when everything is right.
///
/// The same [`Formulaire::validate`] runs in the page while a person types and on the server.
pub trait Formulaire {
    /// The fields, in the order of the screen.
    type Champ: Champ;
    /// The value once valid.
    type Valid;

    /// The valid value, or every fault at once, in the order of the screen.
    ///
    /// # Errors
    /// All the fields at fault; never only the first.
    fn validate(&self, today: Day) -> Result<Self::Valid, Errors<Self::Champ>>;
}

/// A field of a form: one identifier, from which label, hint, error and link all derive.
pub trait Champ: Copy + Eq + 'static {
    /// Every field, in the order of the screen.
    const ALL: &'static [Self];

    /// The identifier of the field on the screen and on the wire, for example `nom-naissance`.
    fn id(self) -> &'static str;

    /// The field that bears this identifier.
    fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|champ| champ.id() == id)
    }
}

/// All the faults of a form, in the order of the screen.
///
/// ```
/// use domaine::forms::{ChampInscription, Formulaire, SaisieInscription};
/// use domaine::mesures::Day;
///
/// let empty = SaisieInscription::default();
/// let errors = empty.validate(Day::date(2026, 11, 23)).unwrap_err();
/// assert!(errors.of(ChampInscription::Nir).is_some());
/// assert!(errors.of(ChampInscription::Cgu).is_some());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errors<C> {
    list: Vec<(C, Faute)>,
}

impl<C: Champ> Errors<C> {
    /// No fault yet.
    pub const fn new() -> Self {
        Self { list: Vec::new() }
    }

    /// Notes a fault at a field. Only the first of a field is kept.
    pub fn record(&mut self, champ: C, faute: Faute) {
        if self.of(champ).is_none() {
            self.list.push((champ, faute));
        }
    }

    /// The value, or nothing after its fault was noted at the field.
    pub fn keep<T>(&mut self, champ: C, result: Result<T, Faute>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(faute) => {
                self.record(champ, faute);
                None
            }
        }
    }

    /// The fault of this field.
    pub fn of(&self, champ: C) -> Option<Faute> {
        self.list.iter().find(|(c, _)| *c == champ).map(|(_, faute)| *faute)
    }

    /// Whether there is no fault.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The faults in the order of the screen.
    pub fn in_order(&self) -> Vec<(C, Faute)> {
        C::ALL.iter().filter_map(|champ| Some((*champ, self.of(*champ)?))).collect()
    }
}

impl<C: Champ> Default for Errors<C> {
    fn default() -> Self {
        Self::new()
    }
}

/// The most characters that any text field may hold before it is refused unread.
pub const MAX_LENGTH: usize = 2_000;

/// The text, or [`Faute::Oversized`] when no honest answer is that long.
///
/// # Errors
/// [`Faute::Oversized`] past [`MAX_LENGTH`] bytes.
pub(super) fn measure(text: &str) -> Result<&str, Faute> {
    if text.len() > MAX_LENGTH { Err(Faute::Oversized) } else { Ok(text) }
}
