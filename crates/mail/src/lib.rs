//! What is written to people: what a letter says, in French, and the way to a mailbox.
//!
//! A letter is sealed and posted in the transaction of what it tells of ([`Writer`]), and leaves later, outside of any
//! request, by whichever server takes it first ([`Mailer`]). On a machine of one person nothing leaves: letters are read
//! there ([`mailbox_page`]). Knows no route, and decides nothing about rights.

mod delivery;
mod letter;
mod mailbox;
mod mailer;
mod moment;
mod occasions;
mod writer;

pub use delivery::{Delivery, Smtp, SmtpSettings, UnusableSmtp};
pub use letter::Letter;
pub use mailbox::{KeptLetter, kept_letters, mailbox_page};
pub use mailer::{Mailer, delay_after};
pub use occasions::{Occasion, SecondStepNews};
pub use writer::{Address, Writer};
