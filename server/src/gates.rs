//! Which action of `domaine::assurance` each request of a holder is: whoever is connected is let through by this alone, so
//! that no handler can forget to ask. Decides nothing: the table of `domaine` does.

use api::probleme::{Code, Probleme};
use api::routes;
use axum::http::Method;
use domaine::assurance::{Action, Lacking, Level, SpendingGuard, Standing};

/// What each request that writes does. One that is not here is refused to everybody.
const WRITINGS: [(Method, &str, Action); 31] = [
    (Method::POST, routes::DIF, Action::DeclareDif),
    (Method::POST, routes::SOUS_NIVEAU_3, Action::DeclareNiveau),
    (Method::DELETE, routes::SOUS_NIVEAU_3, Action::DeclareNiveau),
    (Method::POST, routes::HANDICAP, Action::DeclareHandicap),
    // A consent is taken back as easily as it is given (GDPR, article 7).
    (Method::DELETE, routes::HANDICAP, Action::Protect),
    (Method::POST, routes::CONTESTATIONS, Action::Dispute),
    // The e-mail, which asks for less than the telephones beside it, and for more where there is a second step: the handler asks for
    // both.
    (Method::PUT, routes::COORDONNEES, Action::ChangeCourriel),
    (Method::DELETE, routes::COORDONNEES, Action::Protect),
    (Method::POST, routes::COORDONNEES_CODE, Action::ChangeCourriel),
    (Method::POST, routes::COORDONNEES_CONFIRMATION, Action::ChangeCourriel),
    (Method::PUT, routes::MOT_DE_PASSE, Action::Protect),
    (Method::POST, routes::CLES_ACCES_DEFI, Action::Protect),
    (Method::POST, routes::CLES_ACCES, Action::Protect),
    (Method::PUT, routes::CLES_ACCES, Action::Protect),
    (Method::DELETE, routes::CLES_ACCES, Action::Withdraw),
    (Method::DELETE, routes::CONNEXIONS, Action::Withdraw),
    (Method::DELETE, routes::ONE_CONNEXION, Action::Withdraw),
    (Method::POST, routes::SECONDE_ETAPE, Action::Protect),
    (Method::POST, routes::SECONDE_ETAPE_CONFIRMATION, Action::Protect),
    (Method::POST, routes::SECONDE_ETAPE_REMPLACEMENT, Action::Protect),
    (Method::POST, routes::CODES_SECOURS, Action::Protect),
    (Method::DELETE, routes::SECONDE_ETAPE, Action::Protect),
    (Method::POST, routes::GEL, Action::Protect),
    (Method::DELETE, routes::PROFIL, Action::Protect),
    (Method::DELETE, routes::FERMETURE, Action::Protect),
    (Method::POST, routes::EXPORT_ENTIER, Action::ExportWhole),
    (Method::POST, routes::EXPORT_CLE, Action::ExportWhole),
    (Method::POST, routes::COURRIEL, Action::Protect),
    // To prove more, and to take it back.
    (Method::POST, routes::IDENTITE_LIEN, Action::Protect),
    (Method::DELETE, routes::IDENTITE_LIEN, Action::Withdraw),
    (Method::POST, routes::COURRIEL_CONFIRMATION, Action::Protect),
];

/// What this request does, by its route; nothing when nobody said.
pub fn action(method: &Method, path: &str) -> Option<Action> {
    if method.is_safe() {
        return Some(Action::Read);
    }
    let known = WRITINGS.iter().find(|(known, at, _)| known == method && *at == path);
    known.map(|(_, _, action)| *action)
}

/// Why it may not be done yet, where whoever runs the server wants this of who spends; nothing when it may.
pub fn refusal(action: Action, standing: Standing, guard: SpendingGuard) -> Option<Probleme> {
    Some(match action.lacks(standing, guard)? {
        Lacking::Proof(level) => Probleme::lacking(level),
        // What must be set, and then is shown: the screen that sets it is that of the level.
        Lacking::SecondStep => Probleme::lacking(Level::SecondStep),
        Lacking::Rest => Probleme::new(Code::Resting),
        Lacking::SignIn => Probleme::new(Code::OldSignIn),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROVED: Standing =
        Standing { level: Level::FranceConnectPlus, second_step: false, settled: true, lately: true };

    #[test]
    fn spending_waits_for_a_second_step_where_whoever_runs_the_server_says_so_and_for_what_changed() {
        let refused = |standing, guard| refusal(Action::Spend, standing, guard);
        assert_eq!(refused(PROVED, SpendingGuard::Level), None);
        assert_eq!(refused(PROVED, SpendingGuard::SecondStep), Some(Probleme::lacking(Level::SecondStep)));
        let set = Standing { second_step: true, ..PROVED };
        assert_eq!(refused(set, SpendingGuard::SecondStep), None);
        let changed = Standing { settled: false, ..set };
        for guard in [SpendingGuard::Level, SpendingGuard::SecondStep] {
            assert_eq!(refused(changed, guard), Some(Probleme::new(Code::Resting)));
            let short = Standing { level: Level::IdentityProved, ..set };
            assert_eq!(refused(short, guard), Some(Probleme::lacking(Level::FranceConnectPlus)));
        }
    }

    #[test]
    fn nothing_else_waits_for_either() {
        let changed = Standing { settled: false, ..PROVED };
        for action in Action::ALL.into_iter().filter(|action| *action != Action::Spend) {
            assert_eq!(refusal(action, changed, SpendingGuard::SecondStep), None, "{action:?}");
        }
    }

    #[test]
    fn what_reads_reads_and_what_nobody_named_is_nothing() {
        assert_eq!(action(&Method::GET, routes::PROFIL), Some(Action::Read));
        assert_eq!(action(&Method::POST, routes::DIF), Some(Action::DeclareDif));
        assert_eq!(action(&Method::POST, routes::PROFIL), None);
        assert_eq!(action(&Method::PUT, routes::DIF), None);
    }
}
