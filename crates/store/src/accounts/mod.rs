//! Accounts and what their holders did: sessions, declarations, requests. Nothing of what rights are computed from but
//! through `lives`.

mod access;
mod account;
mod answers;
mod attempts;
mod attestations;
mod changes;
mod civil;
mod connections;
mod contestations;
mod declarations;
mod exports;
mod freezing;
mod handicaps;
mod idempotence;
mod identities;
mod mailbox;
mod operator;
mod origins;
mod passkeys;
mod reference;
mod retention;
mod second_step;
pub(crate) mod sessions;

pub use access::NewAccess;
pub use account::{Account, NewAccount, Obstacle, Opening, OpeningLetters};
pub use answers::AnswerKind;
pub use attempts::CountedAttempts;
pub use changes::{Changed, NewCoordonnees, Sides, TriedCodes};
pub use connections::SessionOpened;
pub use contestations::{Contestation, Disputed, FollowUp, Step};
pub(crate) use declarations::ERASED;
pub use declarations::{Attested, Declaration, Declared, KeptPiece, NewDeclaration, NewPiece};
pub use exports::{ShownAgain, Taken};
pub use freezing::{HolderThaw, StopLink, Stopped};
pub use handicaps::{Decided, DeclaredHandicap, Handicap, NewHandicap, Verdict};
pub use identities::{IdentityLink, Linked, NewLink, Shown as ShownIdentity};
pub use mailbox::Mailbox;
pub use operator::{AccountOverview, Acted, Freeze};
pub use origins::Origins;
pub use passkeys::{Kept, KnownPasskey, NewPasskey, PASSKEYS, PasskeyShown, PasskeySignIn, PasskeyUse};
pub use reference::{account_prefix, account_reference};
pub use retention::Dormant;
pub use second_step::{NewSecondStep, SecondStep, Spent, StepProof};
pub(crate) use sessions::SeenSessions;
pub use sessions::{IdentityToken, NewSession, Proofs, Session, SignIn, Way};
