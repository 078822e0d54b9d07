//! What an account can do, when it is not what it does every day.

use std::borrow::Cow;

use domaine::droits::AccountState;

use super::releve::opening;

/// The sentence for that; nothing for an ordinary account.
pub fn state(state: AccountState) -> Option<Cow<'static, str>> {
    let said = match state {
        AccountState::Open => return None,
        AccountState::NotYetOpen => {
            return Some(["Ce compte n’est pas encore ouvert\u{a0}: il s’ouvre à ", &opening(), "."].concat().into());
        }
        AccountState::Frozen => {
            "Ce compte est gelé par la retraite à taux plein\u{a0}: il n’est plus alimenté ni dépensé, sauf pour l’engagement citoyen."
        }
        AccountState::Closed => "Ce compte est fermé\u{a0}: plus rien n’y est ajouté ni dépensé.",
    };
    Some(said.into())
}
