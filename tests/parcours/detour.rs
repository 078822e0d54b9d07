//! From one half of the page to the other and back: each screen is there again, with what was typed on it.

use parcours::personnes::RENAUD;
use parcours::{Navigateur, Page, Serveur};

const HEURES: &str = "Mon solde DIF en heures";
const ACCUEIL: &str = "Vos droits à la formation, ligne par ligne";

fn passer_par_l_accueil(page: &Page) {
    page.lien("Acquis").cliquer();
    page.attendre_chemin("/");
    page.titre(ACCUEIL);
    page.attendre_focus_sur_le_titre();
}

#[test]
fn back_from_the_first_screen_shows_the_account_again() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    RENAUD.inscrire(&page);
    page.lien("Voir mon historique").cliquer();
    page.texte("Du plus récent au plus ancien");
    passer_par_l_accueil(&page);
    page.reculer();
    page.titre("Mon historique");
    page.texte("Du plus récent au plus ancien");
    assert_eq!((page.chemin().as_str(), page.titre_du_document().as_str()), ("/historique", "Mon historique · Acquis"));
    page.avancer();
    page.titre(ACCUEIL);
}

#[test]
fn back_from_the_account_shows_the_first_screen_and_the_help_again() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    RENAUD.inscrire(&page);
    for (chemin, titre) in [("/", ACCUEIL), ("/aide", "Aide")] {
        page.aller(chemin);
        page.titre(titre);
        page.lien("Solde").cliquer();
        page.attendre_texte_de("solde", "1 025,00 €");
        page.reculer();
        page.titre(titre);
        page.avancer();
        page.attendre_texte_de("solde", "1 025,00 €");
    }
}

#[test]
fn hours_typed_are_kept_while_the_person_passes_by_the_first_screen() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    RENAUD.inscrire(&page);
    page.aller("/dif");
    page.champ(HEURES).remplir("87");
    passer_par_l_accueil(&page);
    page.reculer();
    page.titre("Mon DIF");
    page.champ(HEURES).attendre_valeur("87");
    page.attendre_texte_de("euros", "1 305 €");
}
