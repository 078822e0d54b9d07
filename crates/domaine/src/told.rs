//! What others tell of a person: an employer who names them, a year of work, an event of their account. Where it is read
//! and what becomes of it is not said here.

use crate::droits::{Abondement, Activite, AskedConversion, Depense, Engagement};
use crate::identite::{DateNaissance, Nir13, Nom};
use crate::mesures::{Day, Year};

/// A person as an employer names them. No `Debug`.
#[derive(Clone)]
pub struct NamedPerson {
    /// The number, without its key.
    pub nir: Nir13,
    /// The birth name.
    pub nom: Option<Nom>,
    /// The given names.
    pub prenoms: Option<Nom>,
    /// The birth date.
    pub naissance: DateNaissance,
    /// The NIR that earlier declarations gave.
    pub former_nir: Option<Nir13>,
}

/// A year as one line of a file says it.
pub struct SaidYear {
    /// The year.
    pub year: Year,
    /// Who says it.
    pub origin: String,
    /// What it says; nothing to take back what the same origin said before.
    pub activite: Option<Activite>,
}

/// An event, and the reference under which it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evenement {
    /// Unique in the whole database.
    pub reference: String,
    /// What happened.
    pub nature: Nature,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Somebody else added money.
    Abondement(Abondement),
    /// An activity of volunteering was recognised.
    Engagement(Engagement),
    /// The account paid for something; its reference is that of the event.
    Depense(Depense),
    /// A conversion between hours and euros was asked for.
    Conversion(AskedConversion),
    /// A full-rate pension is due from that day on, unless it was found wrong.
    Retraite {
        /// The first day.
        on: Day,
        /// The day it was found wrong.
        end: Option<Day>,
    },
    /// The holder died, unless it was found wrong.
    Deces {
        /// The day.
        on: Day,
        /// The day it was found wrong.
        end: Option<Day>,
    },
}

/// Every nature, under the word that is stored and read from files.
pub const NATURES: [&str; 6] = ["abondement", "engagement", "depense", "conversion", "retraite", "deces"];
