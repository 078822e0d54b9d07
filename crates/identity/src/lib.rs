//! Requests that somebody proves by a code sent to a mailbox, by a link or by a printed code, and what each does once it is
//! proved. Not a route, not SQL, not wording.
//!
//! Whoever asks is answered before anything is looked up ([`Requests`]): one answer, in one time, whatever is known. What is
//! known is looked at later, outside of any request, by the [`Examiner`], which writes the letters; the mailbox learns the
//! rest. docs/decisions/0028-confirmed-by-mail.md.

mod asking;
mod changing;
mod confirming;
mod contents;
mod elsewhere;
mod examiner;
mod kept;
mod printed;
mod proving;
mod second_step;
mod secrets;
mod stepping;
mod stopping;
mod thawing;
mod tokens;
mod totp;

use std::sync::Arc;

use mail::Writer;
use store::Store;
use tokio::sync::Notify;
use vault::Vault;

pub use asking::{Asked, Submission, Unasked, Waiting};
pub use changing::{Unchanged, WaitingChange, Wanted};
pub use elsewhere::{AWAY, Arrival, Astray, Elsewhere, Held, Known, Leaving, WAITS};
pub use examiner::Examiner;
pub use printed::PrintedCode;
pub use proving::{Proved, Unproved};
pub use second_step::Enrolment;
pub use stepping::WaitingStep;
pub use thawing::{Freeze, ProvedThaw};

/// How long a code can be typed, in milliseconds.
pub const CODE: i64 = 15 * 60_000;
/// Wrong codes that may be tried, of each that was sent.
pub const TRIES: i64 = 5;
/// Codes that may be asked for, for one request.
pub const CODES: i64 = 5;

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// An account.
    SignUp,
    /// The way back into an account, by its e-mail.
    Recovery,
    /// The same, by a code that an operator printed.
    Printed,
    /// The e-mail of an account that nobody proved yet.
    Confirmation,
    /// Other telephones or another e-mail.
    Change,
    /// An account that its holder froze, opened again by whoever gave its password.
    Thaw,
    /// What an account shall ask for besides its password, until a first code of the application.
    Enrolment,
    /// A sign-in whose password was right, and that waits for the rest.
    Step,
}

/// When what a session proved was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// By this request: the session has another secret.
    Now,
    /// By one before, whose answer was lost.
    Before,
}

impl Usage {
    /// The word under which it is stored.
    const fn code(self) -> &'static str {
        match self {
            Self::SignUp => "inscription",
            Self::Recovery => "recuperation",
            Self::Printed => "lettre",
            Self::Confirmation => "confirmation",
            Self::Change => "coordonnees",
            Self::Thaw => "degel",
            Self::Enrolment => store::bound::ENROLMENT,
            Self::Step => "connexion",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        const ALL: [Usage; 8] = [
            Usage::SignUp,
            Usage::Recovery,
            Usage::Printed,
            Usage::Confirmation,
            Usage::Change,
            Usage::Thaw,
            Usage::Enrolment,
            Usage::Step,
        ];
        ALL.into_iter().find(|usage| usage.code() == code)
    }

    /// How long a request lasts, in milliseconds. A link by itself gives an account back, so that it is short; one that opens
    /// an account asks for a password as well, unless the browser is the one that signed up. A letter takes days.
    pub const fn lasts(self) -> i64 {
        const HOUR: i64 = 3_600_000;
        match self {
            Self::SignUp => 24 * HOUR,
            Self::Recovery | Self::Confirmation | Self::Change | Self::Thaw | Self::Enrolment => HOUR,
            Self::Step => HOUR / 6,
            Self::Printed => 30 * 24 * HOUR,
        }
    }
}

/// Takes requests and their proofs.
#[derive(Clone)]
pub struct Requests {
    store: Store,
    vault: Arc<Vault>,
    letters: Writer,
    /// Wakes the [`Examiner`].
    bell: Arc<Notify>,
}

impl Requests {
    /// Requests of this store, told by these letters.
    pub fn new(store: Store, vault: Arc<Vault>, letters: Writer) -> Self {
        Self { store, vault, letters, bell: Arc::default() }
    }

    /// What looks at them.
    pub fn examiner(&self) -> Examiner {
        Examiner::new(self.clone())
    }
}
