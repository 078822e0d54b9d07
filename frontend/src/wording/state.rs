//! What an account can do, when it is not what it does every day.

use std::borrow::Cow;

use domaine::droits::Etat;

use super::releve::ouverture;

/// The sentence for that; nothing for an ordinary account.
pub fn etat(etat: Etat) -> Option<Cow<'static, str>> {
    let dit = match etat {
        Etat::Ouvert => return None,
        Etat::PasEncoreOuvert => {
            return Some(["Ce compte n’est pas encore ouvert\u{a0}: il s’ouvre à ", &ouverture(), "."].concat().into());
        }
        Etat::Gele => {
            "Ce compte est gelé par la retraite à taux plein\u{a0}: il n’est plus alimenté ni dépensé, sauf pour l’engagement citoyen."
        }
        Etat::Ferme => "Ce compte est fermé\u{a0}: plus rien n’y est ajouté ni dépensé.",
    };
    Some(dit.into())
}
