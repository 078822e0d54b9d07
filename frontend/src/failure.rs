//! Why something that was asked of the server has no good answer. Below everybody: the network makes it, forms keep it,
//! components say it. No sentence, no network.

use api::probleme::{Code, Probleme};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiFailure {
    /// Nothing came back: the network, or the server, is away. What was sent may have arrived.
    Offline,
    /// The server knows the person, and the browser does not keep the session.
    NotKept,
    /// The server refuses, and says why.
    Refusal(Probleme),
    /// Something answered that does not speak our language.
    NotUnderstood,
}

impl ApiFailure {
    /// The code of the refusal.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Refusal(probleme) => Some(probleme.code),
            Self::Offline | Self::NotKept | Self::NotUnderstood => None,
        }
    }
}
