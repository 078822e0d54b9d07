//! Arriving: what the account is, and the two doors.

use parcours::{Navigateur, Serveur};

#[test]
fn a_person_arrives_and_sees_what_the_account_is() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    assert!(!page.h1().is_empty(), "the first screen has a heading");
    page.lien("Créer mon compte").cliquer();
    page.attendre_chemin("/inscription");
    page.titre("Créer mon compte");
    page.attendre_focus_sur_le_titre();
    page.reculer();
    page.attendre_chemin("/");
    assert_eq!(page.erreurs_console(), Vec::<String>::new());
}
