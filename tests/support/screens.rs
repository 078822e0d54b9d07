//! The screens to walk, from the one list of `api`, and how a person knows that one is all there.
//! A screen added there does not compile here until a journey knows it.

use api::screens::{Name, SCREENS, Screen};

use crate::page::Page;

/// Every screen that anybody may see.
pub fn open() -> impl Iterator<Item = &'static Screen> {
    SCREENS.iter().filter(|screen| !screen.guarded)
}

/// Every screen that only connected people see.
pub fn guarded() -> impl Iterator<Item = &'static Screen> {
    SCREENS.iter().filter(|screen| screen.guarded)
}

/// Goes to a screen that this person may see, and waits until it is all there, what comes from the server included.
pub fn visit(page: &Page, screen: &Screen) {
    page.go(screen.path);
    all_there(page, screen);
}

/// Waits until this screen is all there.
pub fn all_there(page: &Page, screen: &Screen) {
    page.wait_for(&format!("the title of {}", screen.path), || {
        let title = page.document_title();
        if title == screen.title { Ok(()) } else { Err(format!("it is « {title} »")) }
    });
    let (heading, last) = marks(screen.name);
    page.heading(heading);
    page.says(last);
    assert_eq!(page.path(), screen.path, "no other screen was shown instead");
}

/// The main heading of a screen, and words of it that are there once everything is, whoever looks.
const fn marks(name: Name) -> (&'static str, &'static str) {
    match name {
        Name::Home => ("Vos droits à la formation, ligne par ligne", "Simuler mes droits sans compte"),
        Name::Login => ("Me connecter", "Mot de passe"),
        Name::SignUp => ("Créer mon compte", "J’ai lu et j’accepte les conditions générales d’utilisation"),
        Name::Confirmation => ("Ouvrir mon compte", "Vous n’avez rien demandé ?"),
        Name::Recovery => ("Mot de passe oublié", "J’ai reçu un code par lettre"),
        Name::Stop => ("Ce n’était pas moi", "Rien n’est perdu"),
        Name::Frozen => ("Compte gelé", "Le débloquer"),
        Name::Solde => ("Mes droits de formation s’élèvent à", "Vos droits sont destinés"),
        Name::MesDroits => ("Mes droits formation", "Votre solde disponible"),
        Name::Dif => ("Mon DIF", "2. Fournir mon attestation"),
        Name::Handicap => ("Mon handicap", "Fournir mon justificatif"),
        Name::Historique => ("Mon historique", "Mon historique"),
        Name::Profil => ("Mon profil", "Fermer mon compte"),
        Name::Access => ("Mes accès", "cet appareil"),
        Name::SecondStep => ("Seconde étape", "Recommencez par le mot de passe"),
        Name::Identity => ("Votre identité", "Rien n’attend ici"),
        Name::Simulation => ("Simuler mes droits", "Regarder jusqu’à la fin de"),
        Name::Terms => ("Conditions générales d’utilisation", "11. En cas de désaccord"),
        Name::PersonalData => ("Protection des données personnelles", "Pour les exercer"),
        Name::Accessibility => ("Accessibilité", "Cette déclaration"),
        Name::LegalNotice => ("Mentions légales", "Signaler une faille de sécurité"),
        Name::Help => ("Aide", "On m’appelle pour utiliser mes droits"),
    }
}
