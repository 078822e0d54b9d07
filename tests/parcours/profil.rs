//! « Mon profil »: what may be changed, from which devices, and how to leave.

use parcours::personnes::{self, COURRIEL, MOT_DE_PASSE, RENAUD};
use parcours::{Navigateur, Page, Serveur};

const NOUVEAU: &str = "quatre barques sous la lune";

fn chez_soi(serveur: &Serveur) -> Page {
    let page = Navigateur::ouvrir().page(serveur);
    RENAUD.inscrire(&page);
    page.aller("/profil");
    page.texte("Ce que l’on sait de vous");
    page
}

#[test]
fn contact_details_change_after_an_error_is_mended() {
    let serveur = Serveur::demarrer();
    let page = chez_soi(&serveur);
    page.bouton("Modifier mes coordonnées").cliquer();
    page.attendre_focus("telephone-fixe");
    page.champ("Téléphone mobile").attendre_valeur("06 12 34 56 78");
    page.montrer("profil-coordonnees");
    page.champ("Téléphone mobile").remplir("06 12 34 56");
    page.champ("Courriel").remplir("renaud.ambroise");
    page.bouton("Enregistrer").cliquer();
    page.texte("Il reste 2 réponses à corriger");
    page.champ("Téléphone mobile").attendre_description("Il manque 2 chiffres.");
    page.champ("Courriel").attendre_description("Il manque le « @ » et ce qui le suit.");
    page.montrer("profil-coordonnees-erreurs");
    page.champ("Téléphone mobile").remplir("0692 12 34 56");
    page.champ("Téléphone mobile").attendre_erreur(false);
    page.texte("Il reste 1 réponse à corriger");
    page.champ("Courriel").remplir("renaud.ambroise@example.org");
    page.sans_texte("à corriger");
    page.bouton("Enregistrer").cliquer();
    page.texte("Il reste 1 réponse à corriger");
    page.champ("Mot de passe, pour changer de courriel").attendre_erreur(true);
    page.champ("Mot de passe, pour changer de courriel").remplir(MOT_DE_PASSE);
    page.bouton("Enregistrer").cliquer();
    page.texte("Vos coordonnées sont enregistrées");
    page.attendre_focus("fait");
    page.texte("0692 12 34 56");
    page.texte("La Réunion");
    page.texte("renaud.ambroise@example.org");
    page.montrer("profil-coordonnees-enregistrees");
    page.recharger();
    page.texte("renaud.ambroise@example.org");
}

#[test]
fn the_e_mail_of_somebody_else_is_refused_at_the_field() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    personnes::CAMILLE.inscrire_avec(&page, "camille@example.org");
    page.bouton("Se déconnecter").cliquer();
    page.attendre_chemin("/");
    RENAUD.inscrire(&page);
    page.aller("/profil");
    page.bouton("Modifier mes coordonnées").cliquer();
    page.champ("Courriel").remplir("Camille@example.org");
    page.champ("Mot de passe, pour changer de courriel").remplir(MOT_DE_PASSE);
    page.bouton("Enregistrer").cliquer();
    page.texte("Ce courriel sert déjà à un autre compte");
    page.champ("Courriel").attendre_valeur("Camille@example.org");
    page.bouton("Annuler").cliquer();
    page.attendre_focus("modifier-coordonnees");
    page.texte(COURRIEL);
}

#[test]
fn a_new_password_opens_the_account_and_the_old_one_no_longer_does() {
    let serveur = Serveur::demarrer();
    let page = chez_soi(&serveur);
    page.bouton("Changer le mot de passe").cliquer();
    page.attendre_focus("mot-de-passe-actuel");
    page.champ("Mot de passe actuel").remplir("ce n’est pas le bon");
    page.champ("Nouveau mot de passe").remplir(NOUVEAU);
    page.montrer("profil-mot-de-passe");
    page.bouton("Changer le mot de passe").cliquer();
    page.champ("Mot de passe actuel").attendre_description("Ce n’est pas le mot de passe de ce compte");
    page.champ("Nouveau mot de passe").attendre_valeur(NOUVEAU);
    page.montrer("profil-mot-de-passe-refus");
    page.champ("Mot de passe actuel").remplir(MOT_DE_PASSE);
    page.bouton("Changer le mot de passe").cliquer();
    page.texte("Votre mot de passe est changé");
    page.bouton("Se déconnecter").cliquer();
    page.attendre_chemin("/");
    page.aller("/connexion");
    page.champ("Courriel").remplir(COURRIEL);
    page.champ("Mot de passe").remplir(MOT_DE_PASSE);
    page.bouton("Me connecter").cliquer();
    page.texte("Aucun compte ne correspond à ce courriel et à ce mot de passe.");
    page.montrer("connexion-refus");
    personnes::se_connecter(&page, NOUVEAU);
    page.attendre_texte_de("solde", "1 025,00 €");
}

#[test]
fn another_device_is_seen_and_put_out() {
    let serveur = Serveur::demarrer();
    let page = chez_soi(&serveur);
    assert!(!page.lit("Déconnecter les autres appareils"), "there is no other yet");
    let ailleurs = Navigateur::ouvrir().page(&serveur);
    personnes::se_connecter(&ailleurs, MOT_DE_PASSE);
    page.recharger();
    page.texte("Vu pour la dernière fois le");
    page.montrer("profil-appareils");
    page.bouton("Déconnecter les autres appareils").cliquer();
    page.texte("Les autres appareils sont déconnectés");
    page.sans_texte("Vu pour la dernière fois le");
    ailleurs.lien("Voir mes droits").cliquer();
    ailleurs.texte("Votre session est terminée");
    page.recharger();
    page.texte("Mon profil");
    page.texte("cet appareil");
}

#[test]
fn a_closed_account_is_gone_and_the_rights_are_found_again_in_a_new_one() {
    let serveur = Serveur::demarrer();
    let page = chez_soi(&serveur);
    page.bouton("Fermer mon compte").cliquer();
    page.texte("Fermer ce compte efface ce qu’il contient");
    page.montrer("profil-fermeture");
    page.bouton("Garder mon compte").cliquer();
    page.attendre_focus("fermer-compte");
    page.bouton("Fermer mon compte").cliquer();
    page.bouton("Fermer définitivement").cliquer();
    page.champ("Mot de passe, pour confirmer").attendre_description("Saisissez votre mot de passe.");
    page.champ("Mot de passe, pour confirmer").remplir("ce n’est pas le bon");
    page.bouton("Fermer définitivement").cliquer();
    page.champ("Mot de passe, pour confirmer").attendre_description("Ce n’est pas le mot de passe de ce compte");
    page.montrer("profil-fermeture-refus");
    page.champ("Mot de passe, pour confirmer").remplir(MOT_DE_PASSE);
    page.bouton("Fermer définitivement").cliquer();
    page.attendre_chemin("/");
    page.lien("Connexion").cliquer();
    page.titre("Me connecter");
    page.champ("Courriel").remplir(COURRIEL);
    page.champ("Mot de passe").remplir(MOT_DE_PASSE);
    page.bouton("Me connecter").cliquer();
    page.texte("Aucun compte ne correspond à ce courriel et à ce mot de passe.");
    RENAUD.inscrire_avec(&page, "renaud@example.org");
    page.attendre_texte_de("solde", "1 025,00 €");
    page.attendre_texte_de("solde-dif", "0,00 €");
}
