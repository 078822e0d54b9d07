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
            "Vous êtes à la retraite à taux plein\u{a0}: votre compte ne reçoit plus de droits et ne peut plus payer de formation, sauf pour une activité bénévole."
        }
        AccountState::Closed => "Ce compte est fermé\u{a0}: plus rien n’y est ajouté ni dépensé.",
    };
    Some(said.into())
}
