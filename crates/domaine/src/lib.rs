//! Validation and rights of a *compte de formation*, shared by the page and the server.
//! No network, screen, disk, clock or randomness may enter this crate: today is an argument.
//!
//! In reading order:
//!
//! 1. [`mesures`]: days, euros, hours; exact, never a float.
//! 2. [`identite`]: what identifies a person: NIR, names, birth date, telephones, e-mail, password.
//! 3. [`bareme`]: the figures of the law, each with its date of effect and its source.
//! 4. [`dif`]: what an attestation certifies and what it is worth.
//! 5. [`droits`]: from a working life to a statement that explains itself line by line.
//! 6. [`told`]: what others tell of a person: an employer, a year of work, an event.
//! 7. [`declarations`] and [`ledger`]: from what employers declare to the facts of a year, and from the statement to
//!    the book that one only adds to.
//! 8. [`plausible`]: which quantities can be those of a person, asked by whoever lets facts in.
//! 9. [`retention`]: how long an account that nobody uses is kept.
//! 10. [`forms`]: every form that a person fills in, the top floor. [`bounds`]: how much of it one account may hold.
//!     [`assurance`]: how much must be proved before what is asked is done. [`freezing`]: who stopped an account, and what
//!     opens it again.

pub mod assurance;
pub mod bareme;
pub mod bounds;
pub mod declarations;
pub mod dif;
pub mod droits;
#[cfg(feature = "exemples")]
pub mod examples;
pub mod forms;
pub mod freezing;
pub mod identite;
pub mod ledger;
pub mod mesures;
pub mod plausible;
pub mod retention;
mod sorting;
pub mod told;
pub mod typography;
