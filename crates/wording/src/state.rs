//! What an account can do, when it is not what it does every day.

use std::borrow::Cow;

use domaine::droits::AccountState;

use super::releve::{full_rate_age, opening};

/// The sentence for that; nothing for an ordinary account.
pub fn state(state: AccountState) -> Option<Cow<'static, str>> {
    let said = match state {
        AccountState::Open => return None,
        AccountState::NotYetOpen => {
            return Some(["Ce compte n’est pas encore ouvert\u{a0}: il s’ouvre à ", &opening(), "."].concat().into());
        }
        AccountState::Frozen => {
            return Some(
                [
                    "Vous remplissez les conditions de la retraite à taux plein, ou vous avez ",
                    &full_rate_age(),
                    "\u{a0}: votre compte ne reçoit plus de droits et ne peut plus payer de formation, sauf pour une activité bénévole.",
                ]
                .concat()
                .into(),
            );
        }
        AccountState::Closed => "Ce compte est fermé\u{a0}: plus rien n’y est ajouté ni dépensé.",
    };
    Some(said.into())
}
