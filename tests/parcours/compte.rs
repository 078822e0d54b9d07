//! The founding document, step by step: open an account, see the rights, declare the DIF, see the figures after it.

use parcours::{Navigateur, Page, Serveur};

/// A proof that is really a PDF.
const ATTESTATION: &[u8] = b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\ntrailer << >>\n%%EOF\n";

fn remplir(page: &Page) {
    page.champ("Nom de naissance").remplir("Ambroise");
    page.champ("Prénoms").remplir("Renaud");
    page.champ("Date de naissance").remplir("15/01/1980");
    page.champ("Numéro de sécurité sociale").remplir("1 80 01 75 999 001");
    page.champ("Clé").remplir("37");
    page.champ("Téléphone mobile").remplir("06 12 34 56 78");
    page.champ("Courriel").remplir("renaud@example.org");
    page.champ("Mot de passe").remplir("trois grues vertes");
    page.champ("J’ai lu et j’accepte les conditions générales d’utilisation").cliquer();
}

#[test]
fn the_eight_steps_of_the_founding_document_lead_to_the_figures_after_the_dif() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.lien("Créer mon compte").cliquer();
    page.titre("Créer mon compte");
    page.accessible("an empty inscription");
    page.capture("inscription-vide");
    remplir(&page);
    page.texte("né en janvier 1980");
    page.capture("inscription-remplie");
    page.bouton("Créer mon compte").cliquer();

    page.attendre_chemin("/solde");
    page.texte("1 025");
    page.accessible("the balance");
    page.capture("solde");
    page.script("document.querySelector('#lien-droits').click()", serde_json::json!([]));
    page.attendre_chemin("/mes-droits");
    page.texte("Vous étiez salarié du privé avant le 31 décembre 2014");
    page.accessible("the rights");
    page.capture("mes-droits");
    page.lien("Saisir mon DIF").cliquer();

    page.attendre_chemin("/dif");
    page.champ("Mon solde DIF en heures").remplir("87");
    page.attendre_texte_de("euros", "1 305 €");
    let dossier = tempfile::tempdir().expect("a folder for the proof");
    let fichier = dossier.path().join("bulletin-decembre-2014.pdf");
    std::fs::write(&fichier, ATTESTATION).expect("the proof is written");
    page.champ("Choisir un fichier").joindre(&fichier);
    page.texte("bulletin-decembre-2014.pdf");
    page.accessible("the DIF, ready to go");
    page.capture("dif");
    page.bouton("Enregistrer").cliquer();
    page.texte("La procédure est terminée");
    page.accessible("the confirmation");
    page.capture("dif-termine");

    page.aller("/historique");
    page.texte("2 330");
    page.accessible("the statement");
    page.capture("historique");
    page.largeur(360);
    page.mode_sombre(true);
    page.sans_defilement_horizontal("the statement at 360 px");
    page.accessible("the statement in the dark");
    page.capture("historique-360-sombre");
    page.aller("/inscription");
    page.capture("inscription-360-sombre");
}

#[test]
fn errors_are_told_all_at_once_and_go_away_as_they_are_mended() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.aller("/inscription");
    page.bouton("Créer mon compte").cliquer();
    page.champ("Nom de naissance").attendre_erreur(true);
    page.champ("Clé").attendre_erreur(true);
    page.accessible("an inscription in error");
    page.capture("inscription-erreurs");
    remplir(&page);
    page.champ("Nom de naissance").attendre_erreur(false);
    page.champ("Clé").attendre_erreur(false);
    page.bouton("Créer mon compte").cliquer();
    page.attendre_chemin("/solde");
}
