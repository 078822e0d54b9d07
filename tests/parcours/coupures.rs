//! The line breaks while an account is being opened: nothing is lost, and there is one account in the end.

use parcours::{Navigateur, Page, Serveur, personnes};

const CHAMPS: &[(&str, &str)] = &[
    ("Nom de naissance", "Ambroise"),
    ("Prénoms", "Renaud"),
    ("Date de naissance", "15/01/1980"),
    ("Numéro de sécurité sociale", "1 80 01 75 999 001"),
    ("Clé", "37"),
    ("Téléphone mobile", "06 12 34 56 78"),
    ("Courriel", personnes::COURRIEL),
    ("Mot de passe", personnes::MOT_DE_PASSE),
];

const GARDE: &str = "Tout ce que vous avez saisi est gardé sur cette page.";

fn tout_est_la(page: &Page) {
    for (champ, texte) in CHAMPS {
        page.champ(champ).attendre_valeur(texte);
    }
    assert!(page.champ("J’ai lu et j’accepte les conditions").est_cochee(), "the box is still ticked");
}

/// One account: one way in, and one device that is this one.
fn un_seul_compte(page: &Page) {
    page.attendre_chemin("/solde");
    page.attendre_texte_de("solde", "1 025,00 €");
    page.aller("/profil");
    page.texte("cet appareil");
    assert!(!page.lit("Déconnecter les autres appareils"), "no second session was opened on the way");
}

#[test]
fn a_line_cut_before_sending_keeps_every_word_and_the_same_button_opens_one_account() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.aller("/inscription");
    personnes::RENAUD.remplir(&page);
    page.hors_ligne(true);
    page.texte("Vous êtes hors connexion.");
    page.bouton("Créer mon compte").cliquer();
    page.texte("Votre compte n’a pas encore été créé");
    page.texte(GARDE);
    tout_est_la(&page);
    page.montrer("inscription-hors-ligne");
    tout_est_la(&page);
    page.hors_ligne(false);
    page.sans_texte("Vous êtes hors connexion.");
    page.bouton("Créer mon compte").cliquer();
    un_seul_compte(&page);
}

#[test]
fn a_server_that_dies_keeps_every_word_and_opens_one_account_once_it_is_back() {
    let mut serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.aller("/inscription");
    personnes::RENAUD.remplir(&page);
    serveur.couper();
    page.bouton("Créer mon compte").cliquer();
    page.texte(GARDE);
    tout_est_la(&page);
    serveur.relancer();
    page.bouton("Créer mon compte").double_cliquer();
    un_seul_compte(&page);
}

/// The hardest case: the account is opened, and the person never hears of it.
#[test]
fn an_answer_lost_on_the_way_back_gives_the_same_account_at_the_next_press() {
    const PERDRE_UNE_REPONSE: &str = "const vrai = window.fetch; window.fetch = async (...quoi) => { \
        const reponse = await vrai(...quoi); window.fetch = vrai; await reponse.text(); throw new TypeError('lost'); }";
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.aller("/inscription");
    personnes::RENAUD.remplir(&page);
    page.script(PERDRE_UNE_REPONSE, serde_json::json!([]));
    page.bouton("Créer mon compte").cliquer();
    page.texte(GARDE);
    tout_est_la(&page);
    page.bouton("Créer mon compte").cliquer();
    page.attendre_chemin("/solde");
    page.attendre_texte_de("solde", "1 025,00 €");
    assert!(!page.lit("n’a pas été créé"), "the second press finds the account of the first");
}

#[test]
fn a_screen_that_cannot_be_read_says_so_and_reads_again_at_the_press_of_a_button() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    personnes::RENAUD.inscrire(&page);
    page.bloquer(&["*/api/droits"]);
    page.lien("Voir mes droits").cliquer();
    page.texte("Vos droits n’ont pas pu être lus");
    page.montrer("mes-droits-panne");
    page.bloquer(&[]);
    page.bouton("Réessayer").cliquer();
    page.texte("Votre solde disponible est de 1 025,00 €.");
}
