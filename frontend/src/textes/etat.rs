//! What an account can do, when it is not what it does every day.

use domaine::droits::Etat;

/// The sentence for that; nothing for an ordinary account.
pub const fn etat(etat: Etat) -> Option<&'static str> {
    match etat {
        Etat::Ouvert => None,
        Etat::PasEncoreOuvert => {
            Some("Ce compte n’est pas encore ouvert\u{a0}: il s’ouvre à 16 ans, ou à 15 ans en apprentissage.")
        }
        Etat::Gele => Some(
            "Ce compte est gelé par la retraite à taux plein\u{a0}: il n’est plus alimenté ni dépensé, sauf pour l’engagement citoyen.",
        ),
        Etat::Ferme => Some("Ce compte est fermé\u{a0}: plus rien n’y est ajouté ni dépensé."),
    }
}
