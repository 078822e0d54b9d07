//! Why something that was asked of the server has no good answer. Below everybody: the network makes it, forms keep it,
//! components say it. No sentence, no network.

use api::probleme::{Code, Probleme};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Echec {
    /// Nothing came back: the network, or the server, is away. What was sent may have arrived.
    HorsLigne,
    /// The server refuses, and says why.
    Refus(Probleme),
    /// Something answered that does not speak our language.
    Incompris,
}

impl Echec {
    /// The code of the refusal.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Refus(probleme) => Some(probleme.code),
            Self::HorsLigne | Self::Incompris => None,
        }
    }
}
