//! « Mon profil »: what may be changed, from which devices, and how to leave.

use journeys::personas::{self, COURRIEL, PASSWORD, RENAUD};
use journeys::{Browser, Page, Server};

const LOG_OUT_OTHERS: &str = "Déconnecter les autres appareils";
const NEW_PASSWORD: &str = "quatre barques sous la lune";

fn at_home(server: &Server) -> Page {
    let page = Browser::open().page(server);
    RENAUD.open_account(&page);
    page.go("/profil");
    page.says("Ce que l’on sait de vous");
    page
}

#[test]
fn contact_details_change_after_an_error_is_mended() {
    let server = Server::start();
    let page = at_home(&server);
    page.button("Modifier mes coordonnées").click();
    page.wait_for_focus("telephone-fixe");
    page.field("Téléphone mobile").wait_for_value("06 12 34 56 78");
    page.inspect("profil-coordonnees");
    page.field("Téléphone mobile").fill("06 12 34 56");
    page.field("Courriel").fill("renaud.ambroise");
    page.button("Enregistrer").click();
    page.says("Il reste 2 réponses à corriger");
    page.field("Téléphone mobile").wait_for_description("Il manque 2 chiffres.");
    page.field("Courriel").wait_for_description("Il manque le « @ » et ce qui le suit.");
    page.inspect("profil-coordonnees-erreurs");
    page.field("Téléphone mobile").fill("0692 12 34 56");
    page.field("Téléphone mobile").wait_for_error(false);
    page.says("Il reste 1 réponse à corriger");
    page.field("Courriel").fill("renaud.ambroise@example.org");
    page.gone("à corriger");
    page.button("Enregistrer").click();
    page.says("Il reste 1 réponse à corriger");
    page.field("Mot de passe, pour changer de courriel").wait_for_error(true);
    page.field("Mot de passe, pour changer de courriel").fill(PASSWORD);
    page.button("Enregistrer").click();
    page.says("Vos coordonnées sont enregistrées");
    page.wait_for_focus("fait");
    page.says("0692 12 34 56");
    page.says("La Réunion");
    page.says("renaud.ambroise@example.org");
    page.inspect("profil-coordonnees-enregistrees");
    page.reload();
    page.says("renaud.ambroise@example.org");
}

#[test]
fn a_reload_keeps_the_contact_details_being_changed_but_no_password_and_signing_out_forgets_them() {
    let server = Server::start();
    let page = at_home(&server);
    page.button("Modifier mes coordonnées").click();
    page.field("Téléphone fixe").fill("01 40 20 50 50");
    page.field("Mot de passe, pour changer de courriel").fill(PASSWORD);
    page.absent("Vos réponses sont revenues");
    page.reload();
    page.says("Vos réponses sont revenues");
    page.field("Téléphone fixe").wait_for_value("01 40 20 50 50");
    page.field("Téléphone mobile").wait_for_value("06 12 34 56 78");
    page.field("Mot de passe, pour changer de courriel").wait_for_value("");
    page.inspect("profil-coordonnees-revenues");
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    page.go("/connexion");
    page.field("Courriel").fill(COURRIEL);
    page.field("Mot de passe").fill(PASSWORD);
    page.button("Me connecter").click();
    page.wait_for_path("/solde");
    page.go("/profil");
    page.button("Modifier mes coordonnées").click();
    page.field("Téléphone fixe").wait_for_value("");
    page.gone("Vos réponses sont revenues");
}

#[test]
fn the_e_mail_of_somebody_else_is_refused_at_the_field() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    personas::CAMILLE.open_account_with(&page, "camille@example.org");
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    RENAUD.open_account(&page);
    page.go("/profil");
    page.button("Modifier mes coordonnées").click();
    page.field("Courriel").fill("Camille@example.org");
    page.field("Mot de passe, pour changer de courriel").fill(PASSWORD);
    page.button("Enregistrer").click();
    page.says("Ce courriel sert déjà à un autre compte");
    page.field("Courriel").wait_for_value("Camille@example.org");
    page.button("Annuler").click();
    page.wait_for_focus("modifier-coordonnees");
    page.says(COURRIEL);
}

#[test]
fn a_new_password_opens_the_account_and_the_old_one_no_longer_does() {
    let server = Server::start();
    let page = at_home(&server);
    page.button("Changer le mot de passe").click();
    page.wait_for_focus("mot-de-passe-actuel");
    page.field("Mot de passe actuel").fill("ce n’est pas le bon");
    page.field("Nouveau mot de passe").fill(NEW_PASSWORD);
    page.inspect("profil-mot-de-passe");
    page.button("Changer le mot de passe").click();
    page.field("Mot de passe actuel").wait_for_description("Ce n’est pas le mot de passe de ce compte");
    page.field("Nouveau mot de passe").wait_for_value(NEW_PASSWORD);
    page.inspect("profil-mot-de-passe-refus");
    page.field("Mot de passe actuel").fill(PASSWORD);
    page.button("Changer le mot de passe").click();
    page.says("Votre mot de passe est changé");
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    page.go("/connexion");
    page.field("Courriel").fill(COURRIEL);
    page.field("Mot de passe").fill(PASSWORD);
    page.button("Me connecter").click();
    page.says("Aucun compte ne correspond à ce courriel et à ce mot de passe.");
    page.inspect("connexion-refus");
    personas::log_in(&page, NEW_PASSWORD);
    page.wait_for_text_of("solde", "1 025,00 €");
}

#[test]
fn another_device_is_seen_and_put_out() {
    let server = Server::start();
    let page = at_home(&server);
    page.absent(LOG_OUT_OTHERS);
    let elsewhere = Browser::open().page(&server);
    personas::log_in(&elsewhere, PASSWORD);
    page.reload();
    page.says("Vu pour la dernière fois le");
    page.inspect("profil-appareils");
    page.says(LOG_OUT_OTHERS);
    page.button(LOG_OUT_OTHERS).click();
    page.says("Les autres appareils sont déconnectés");
    page.gone("Vu pour la dernière fois le");
    elsewhere.link("Voir mes droits").click();
    elsewhere.says("Votre session est terminée");
    page.reload();
    page.says("Mon profil");
    page.says("cet appareil");
}

#[test]
fn a_closed_account_is_gone_and_the_rights_are_found_again_in_a_new_one() {
    let server = Server::start();
    let page = at_home(&server);
    page.button("Fermer mon compte").click();
    page.wait_for_focus("fermeture-titre");
    page.says("Fermer ce compte efface ce qu’il contient");
    // Who declared no DIF has none to lose.
    page.wait_for("what is true of their DIF", || {
        if page.shows("heures de DIF") { Err("the general warning is still there".to_owned()) } else { Ok(()) }
    });
    page.inspect("profil-fermeture");
    page.button("Garder mon compte").click();
    page.wait_for_focus("fermer-compte");
    page.button("Fermer mon compte").click();
    page.button("Fermer définitivement").click();
    page.field("Mot de passe, pour confirmer").wait_for_description("Saisissez votre mot de passe.");
    page.field("Mot de passe, pour confirmer").fill("ce n’est pas le bon");
    page.button("Fermer définitivement").click();
    page.field("Mot de passe, pour confirmer").wait_for_description("Ce n’est pas le mot de passe de ce compte");
    page.inspect("profil-fermeture-refus");
    page.field("Mot de passe, pour confirmer").fill(PASSWORD);
    page.button("Fermer définitivement").click();
    page.wait_for_path("/");
    page.says("Votre compte est fermé");
    page.wait_for_focus("acquis-compte-ferme");
    page.inspect("accueil-compte-ferme");
    page.reload();
    page.gone("Votre compte est fermé");
    page.link("Connexion").click();
    page.heading("Me connecter");
    page.field("Courriel").fill(COURRIEL);
    page.field("Mot de passe").fill(PASSWORD);
    page.button("Me connecter").click();
    page.says("Aucun compte ne correspond à ce courriel et à ce mot de passe.");
    RENAUD.open_account_with(&page, "renaud@example.org");
    page.wait_for_text_of("solde", "1 025,00 €");
    page.wait_for_text_of("solde-dif", "0,00 €");
}

#[test]
fn an_address_that_nobody_proved_is_confirmed_by_a_code_on_the_way_to_what_asks_for_it() {
    const OTHER: &str = "renaud.ambroise@example.org";
    let server = Server::start();
    let page = at_home(&server);
    page.says("À vérifier.");
    page.absent("Confirmez votre courriel");
    page.button("Modifier mes coordonnées").click();
    page.field("Courriel").fill(OTHER);
    page.field("Mot de passe, pour changer de courriel").fill(PASSWORD);
    page.button("Enregistrer").click();
    page.says("Confirmez votre courriel");
    page.inspect("profil-courriel-a-confirmer");
    page.go("/solde");
    page.says("Votre courriel n’est pas confirmé");
    page.inspect("solde-courriel-a-confirmer");
    page.link("Confirmer mon courriel").click();
    page.button("Recevoir un code").click();
    page.wait_for_focus("code-parti");
    page.inspect("profil-code-envoye");
    page.field("Code à six chiffres").fill("000000");
    page.button("Confirmer").click();
    page.says("1 réponse à corriger");
    let code = page.code(OTHER);
    page.field("Code à six chiffres").fill(&code);
    page.button("Confirmer").click();
    page.says("Mes droits de formation s’élèvent à");
    page.absent("Votre courriel n’est pas confirmé");
    page.says("À vérifier");
}
