//! Two tabs of one browser: one account, one session, nothing that frightens.

use parcours::{Navigateur, Serveur, personnes};

#[test]
fn the_same_form_sent_from_two_tabs_gives_one_account() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.aller("/inscription");
    personnes::RENAUD.remplir(&page);
    page.nouvel_onglet();
    page.aller("/inscription");
    personnes::RENAUD.remplir(&page);
    page.bouton("Créer mon compte").cliquer();
    page.attendre_chemin("/solde");
    page.attendre_texte_de("solde", "1 025,00 €");
    page.regarder_onglet(0);
    page.bouton("Créer mon compte").cliquer();
    page.attendre_chemin("/solde");
    page.attendre_texte_de("solde", "1 025,00 €");
    page.aller("/profil");
    page.texte("cet appareil");
    assert!(!page.lit("Déconnecter les autres appareils"), "the two tabs count as one device");
}

#[test]
fn a_log_out_in_one_tab_is_understood_in_the_other_at_its_next_action() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    personnes::RENAUD.inscrire(&page);
    page.nouvel_onglet();
    page.aller("/solde");
    page.attendre_texte_de("solde", "1 025,00 €");
    page.bouton("Se déconnecter").cliquer();
    page.attendre_chemin("/");
    page.regarder_onglet(0);
    page.lien("Voir mes droits").cliquer();
    page.texte("Votre session est terminée");
    page.bouton("Quitter").cliquer();
    page.attendre_chemin("/");
    page.sans_texte("Votre session est terminée");
    page.lien("Me connecter").cliquer();
    page.titre("Me connecter");
}

#[test]
fn a_log_out_in_both_tabs_is_not_an_error() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    personnes::RENAUD.inscrire(&page);
    page.nouvel_onglet();
    page.aller("/solde");
    page.bouton("Se déconnecter").cliquer();
    page.attendre_chemin("/");
    page.regarder_onglet(0);
    page.bouton("Se déconnecter").cliquer();
    page.attendre_chemin("/");
    page.lien("Créer mon compte").cliquer();
    page.champ("Nom de naissance").attendre_valeur("");
}
