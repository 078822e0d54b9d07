//! A session about to end, and ended: announced, opened again in place, nothing typed is lost.

use parcours::personnes::{COURRIEL, MOT_DE_PASSE, RENAUD};
use parcours::{Navigateur, Page, Serveur};

const PREAVIS: &str = "Vous serez déconnecté dans 2 minutes.";
const FIN: &str = "Votre session est terminée";
const HEURES: &str = "Mon solde DIF en heures";

/// Somebody connected who has begun to declare their DIF, with the clock in our hands.
fn en_pleine_saisie(serveur: &Serveur) -> Page {
    let page = Navigateur::ouvrir().page(serveur);
    page.tenir_l_horloge();
    RENAUD.inscrire(&page);
    page.aller("/dif");
    page.champ(HEURES).remplir("87");
    page.attendre_texte_de("euros", "1 305 €");
    page
}

fn attendre_le_dialogue(page: &Page) {
    page.texte(FIN);
    page.attendre_focus("session-titre");
}

#[test]
fn two_minutes_before_the_end_a_notice_lets_the_person_stay() {
    let serveur = Serveur::avec(&[("ACQUIS_SESSION_INACTIVE", "5")]);
    let page = en_pleine_saisie(&serveur);
    page.laisser_passer(170);
    assert!(!page.lit(PREAVIS), "nothing is said before its time");
    page.laisser_passer(15);
    page.texte(PREAVIS);
    page.texte("Ce que vous avez saisi sera gardé.");
    page.montrer("session-bientot-finie");
    assert_eq!(page.focus_id(), "heures", "the notice takes no focus away from who is typing");
    page.bouton("Rester connecté").cliquer();
    page.sans_texte(PREAVIS);
    page.attendre_focus("heures");
    page.champ(HEURES).attendre_valeur("87");
    // The whole time is there again, and ends as the first would have.
    page.laisser_passer(170);
    assert!(!page.lit(PREAVIS) && !page.lit(FIN), "the time starts again");
    page.laisser_passer(15);
    page.texte(PREAVIS);
    page.laisser_passer(121);
    page.sans_texte(PREAVIS);
    attendre_le_dialogue(&page);
}

#[test]
fn after_the_end_the_person_connects_in_place_and_goes_on_where_they_were() {
    let serveur = Serveur::demarrer();
    let page = en_pleine_saisie(&serveur);
    page.perdre_la_session();
    let dossier = tempfile::tempdir().expect("a folder for the proof");
    let fichier = dossier.path().join("attestation.pdf");
    std::fs::write(&fichier, b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\n%%EOF\n").expect("the proof is written");
    page.champ("Choisir un fichier").joindre(&fichier);
    page.texte("attestation.pdf");
    page.bouton("Enregistrer").cliquer();
    attendre_le_dialogue(&page);
    page.montrer("session-terminee");

    page.champ("Courriel").remplir(COURRIEL);
    page.champ("Mot de passe").remplir("trois grues rouges");
    page.bouton("Me reconnecter").cliquer();
    page.texte("Ce courriel et ce mot de passe ne vont pas ensemble");
    page.montrer("session-terminee-refus");
    page.champ("Mot de passe").remplir(MOT_DE_PASSE);
    page.bouton("Me reconnecter").cliquer();
    page.sans_texte(FIN);

    assert_eq!(page.chemin(), "/dif");
    page.champ(HEURES).attendre_valeur("87");
    page.texte("attestation.pdf");
    page.bouton("Enregistrer").cliquer();
    page.texte("La procédure est terminée");
}

#[test]
fn someone_else_who_connects_in_place_finds_nothing_of_the_first_person() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    parcours::personnes::CAMILLE.inscrire_avec(&page, "camille@example.org");
    page.bouton("Se déconnecter").cliquer();
    page.attendre_chemin("/");
    RENAUD.inscrire(&page);
    page.lien("Voir mes droits").cliquer();
    page.texte("1 025,00 €");
    page.perdre_la_session();
    page.lien("Voir mon historique").cliquer();
    attendre_le_dialogue(&page);
    page.champ("Courriel").remplir("camille@example.org");
    page.champ("Mot de passe").remplir(MOT_DE_PASSE);
    page.bouton("Me reconnecter").cliquer();
    page.sans_texte(FIN);
    // A fresh screen: nothing of the one before is behind it.
    page.attendre_chemin("/solde");
    page.attendre_texte_de("solde", "0,00 €");
    page.lien("Droits").cliquer();
    page.titre("Mes droits formation");
    page.texte("Votre solde disponible est de 0,00 €.");
}
