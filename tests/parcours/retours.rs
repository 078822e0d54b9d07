//! The back, forward and reload buttons of the browser: they lose nothing, and show nothing of who has left.

use parcours::personnes::{self, CAMILLE, RENAUD};
use parcours::{Navigateur, Page, Serveur};

const HEURES: &str = "Mon solde DIF en heures";
const CGU: &str = "J’ai lu et j’accepte les conditions générales d’utilisation";

fn tout_est_la(page: &Page) {
    page.titre("Créer mon compte");
    for (champ, texte) in [
        ("Nom de naissance", "Nouvel"),
        ("Prénoms", "Camille"),
        ("Numéro de sécurité sociale", "1 80 01 75 999 029"),
        ("Clé", "09"),
        ("Courriel", personnes::COURRIEL),
        ("Mot de passe", personnes::MOT_DE_PASSE),
    ] {
        page.champ(champ).attendre_valeur(texte);
    }
    assert!(page.champ(CGU).est_cochee(), "the box is still ticked");
}

#[test]
fn an_inscription_is_kept_while_the_person_reads_something_else() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.lien("Créer mon compte").cliquer();
    CAMILLE.remplir(&page);
    page.lien("conditions générales d’utilisation").cliquer();
    page.attendre_chemin("/cgu");
    page.reculer();
    page.attendre_chemin("/inscription");
    tout_est_la(&page);
    page.avancer();
    page.attendre_chemin("/cgu");
    page.reculer();
    tout_est_la(&page);
    page.lien("Connexion").cliquer();
    page.titre("Me connecter");
    page.champ("Mot de passe").attendre_valeur("");
    page.reculer();
    tout_est_la(&page);
    page.bouton("Créer mon compte").cliquer();
    page.attendre_chemin("/solde");
}

#[test]
fn errors_already_told_are_still_told_after_back_and_forward() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.aller("/inscription");
    page.champ("Date de naissance").remplir("31/02/1980");
    page.champ("Date de naissance").quitter();
    page.champ("Date de naissance").attendre_erreur(true);
    page.lien("Je consulte la politique").cliquer();
    page.attendre_chemin("/donnees-personnelles");
    page.reculer();
    page.champ("Date de naissance").attendre_valeur("31/02/1980");
    page.champ("Date de naissance").attendre_description("Ce mois n’a pas autant de jours");
}

#[test]
fn a_declaration_is_kept_with_its_file_while_the_person_looks_at_their_rights() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    RENAUD.inscrire(&page);
    page.lien("Voir mes droits").cliquer();
    page.lien("Saisir mon DIF").cliquer();
    page.champ(HEURES).remplir("87");
    let dossier = tempfile::tempdir().expect("a folder for the proof");
    let fichier = dossier.path().join("attestation.pdf");
    std::fs::write(&fichier, b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\n%%EOF\n").expect("the proof is written");
    page.champ("Choisir un fichier").joindre(&fichier);
    page.texte("attestation.pdf");
    page.reculer();
    page.attendre_chemin("/mes-droits");
    page.avancer();
    page.titre("Mon DIF");
    page.champ(HEURES).attendre_valeur("87");
    page.texte("attestation.pdf");
    page.attendre_texte_de("euros", "1 305 €");
    page.bouton("Enregistrer").cliquer();
    page.texte("La procédure est terminée");
    page.reculer();
    page.avancer();
    page.titre("Mon DIF");
    page.champ(HEURES).attendre_valeur("");
}

#[test]
fn every_connected_screen_stands_a_reload() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    RENAUD.inscrire(&page);
    for (chemin, titre, texte) in [
        ("/solde", "Mes droits de formation s’élèvent à", "1 025,00 €"),
        ("/mes-droits", "Mes droits formation", "Votre solde disponible est de 1 025,00 €."),
        ("/dif", "Mon DIF", "2. Fournir mon attestation"),
        ("/historique", "Mon historique", "Du plus récent au plus ancien"),
        ("/profil", "Mon profil", "Ambroise"),
    ] {
        page.aller(chemin);
        page.texte(texte);
        let document = page.titre_du_document();
        page.recharger();
        page.titre(titre);
        page.texte(texte);
        assert_eq!((page.chemin().as_str(), page.titre_du_document()), (chemin, document), "after a reload");
    }
    assert_eq!(page.erreurs_console(), Vec::<String>::new());
}

#[test]
fn the_back_button_shows_nothing_of_somebody_who_has_left() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    RENAUD.inscrire(&page);
    page.lien("Voir mon historique").cliquer();
    page.texte("1 025,00 €");
    page.bouton("Se déconnecter").cliquer();
    page.attendre_chemin("/");
    page.reculer();
    page.titre("Me connecter");
    assert!(!page.lit("1 025"), "no figure of the person is left");
    page.reculer();
    page.texte("Acquis");
    assert!(!page.lit("1 025"), "no figure of the person is left further back");
    page.aller("/inscription");
    page.champ("Mot de passe").attendre_valeur("");
    page.champ("Nom de naissance").attendre_valeur("");
}

#[test]
fn back_after_a_log_out_on_the_first_screen_shows_nothing_of_the_person() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    RENAUD.inscrire(&page);
    page.texte("1 025");
    page.lien("Acquis").cliquer();
    page.attendre_chemin("/");
    page.titre("Vos droits à la formation, ligne par ligne");
    page.bouton("Se déconnecter").cliquer();
    page.lien("Créer mon compte").cliquer();
    page.titre("Créer mon compte");
    page.reculer();
    page.titre("Vos droits à la formation, ligne par ligne");
    page.reculer();
    page.attendre("the door", || {
        let a_la_porte = page.h1() == "Me connecter" || page.lit("Votre session est terminée");
        if a_la_porte { Ok(()) } else { Err(format!("the heading is « {} »", page.h1())) }
    });
    assert!(!page.lit("1 025"), "no figure of the person is left");
}
