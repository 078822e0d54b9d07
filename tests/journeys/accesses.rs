//! « Mes accès »: the password, the devices, one of them put out or all the others.

use journeys::personas::{self, COURRIEL, PASSWORD, RENAUD};
use journeys::{Browser, Key, Page, Server};

const LOG_OUT: &str = "Déconnecter";
const LOG_OUT_OTHERS: &str = "Déconnecter tous les autres appareils";
const NEW_PASSWORD: &str = "quatre barques sous la lune";

fn at_accesses(server: &Server) -> Page {
    let page = Browser::open().page(server);
    RENAUD.open_account(&page);
    page.go("/profil");
    page.link("Voir mes accès").click();
    page.wait_for_path("/acces");
    page.says("cet appareil");
    page
}

#[test]
fn a_new_password_opens_the_account_and_the_old_one_no_longer_does() {
    let server = Server::start();
    let page = at_accesses(&server);
    page.button("Changer le mot de passe").click();
    page.wait_for_focus("changement-mot-de-passe-actuel");
    page.field("Mot de passe actuel").fill("ce n’est pas le bon");
    page.field("Nouveau mot de passe").fill(NEW_PASSWORD);
    page.inspect("acces-mot-de-passe");
    page.button("Changer le mot de passe").click();
    page.field("Mot de passe actuel").wait_for_description("Ce n’est pas le mot de passe de ce compte");
    page.field("Nouveau mot de passe").wait_for_value(NEW_PASSWORD);
    page.inspect("acces-mot-de-passe-refus");
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
fn a_device_is_seen_and_put_out_alone_then_all_the_others_by_keyboard() {
    let server = Server::start();
    let page = at_accesses(&server);
    page.absent("Vu pour la dernière fois le");
    let elsewhere = Browser::open().page(&server);
    personas::log_in(&elsewhere, PASSWORD);
    page.reload();
    page.says("Vu pour la dernière fois le");
    page.says("Même accès à internet que vous");
    page.absent(LOG_OUT_OTHERS);
    page.inspect("acces-appareils");
    page.tab_to(LOG_OUT);
    page.press(Key::Enter);
    page.says("Cet appareil est déconnecté");
    page.wait_for_focus("fait");
    page.gone("Vu pour la dernière fois le");
    elsewhere.link("Voir mes droits").click();
    elsewhere.says("Votre session est terminée");

    let others = [Browser::open().page(&server), Browser::open().page(&server)];
    others.iter().for_each(|other| personas::log_in(other, PASSWORD));
    page.reload();
    page.says(LOG_OUT_OTHERS);
    page.tab_to(LOG_OUT_OTHERS);
    page.press(Key::Enter);
    page.says("Les autres appareils sont déconnectés");
    for other in &others {
        other.link("Voir mes droits").click();
        other.says("Votre session est terminée");
    }
    page.reload();
    page.says("cet appareil");
    page.absent("Vu pour la dernière fois le");
}

#[test]
fn a_device_is_put_out_by_who_shows_again_that_it_is_them_and_by_nobody_else() {
    const AGAIN: &str = "Confirmez que c’est vous";
    let server = Server::start();
    let page = at_accesses(&server);
    let elsewhere = Browser::open().page(&server);
    personas::log_in(&elsewhere, PASSWORD);
    page.reload();
    page.says("Vu pour la dernière fois le");
    page.signed_in_long_ago();
    page.tab_to(LOG_OUT);
    page.press(Key::Enter);
    page.says(AGAIN);
    page.wait_for_focus("session-titre");
    page.inspect("acces-confirmer");
    page.tab_to("Annuler");
    page.press(Key::Enter);
    page.gone(AGAIN);
    // Nothing was done, and the person is where they were.
    page.wait_for_focus_name(&format!("{LOG_OUT} l’appareil"));
    page.says("Vu pour la dernière fois le");
    elsewhere.link("Voir mes droits").click();
    elsewhere.says("Votre solde disponible");

    page.signed_in_long_ago();
    page.press(Key::Enter);
    page.says(AGAIN);
    page.field("Courriel").fill(COURRIEL);
    page.field("Mot de passe").fill("ce n’est pas le bon");
    page.button("Me reconnecter").click();
    page.says("Ce courriel et ce mot de passe ne vont pas ensemble");
    page.field("Mot de passe").fill(PASSWORD);
    page.button("Me reconnecter").click();
    page.gone(AGAIN);
    // What was asked is done, without asking again.
    page.says("Cet appareil est déconnecté");
    page.gone("Vu pour la dernière fois le");
    elsewhere.reload();
    elsewhere.wait_for_path("/connexion?retour=/mes-droits");
}

#[test]
fn what_happened_to_the_account_is_read_by_keyboard_and_where_what_is_known_comes_from() {
    let server = Server::start();
    let page = at_accesses(&server);
    page.tab_to("Voir ce qui s’est passé");
    page.press(Key::Enter);
    page.says("saisis par vous");
    page.says("confirmé par vous");
    page.says("Compte ouvert");
    page.says("compte ouvert, même accès à internet que vous");
    page.inspect("acces-journal");
    let reference = server.run("comptes", &[], COURRIEL);
    assert!(reference.contains("CPT-"), "{reference}");
    page.reload();
    page.button("Voir ce qui s’est passé").click();
    page.says("Compte consulté");
    page.says("par Zoé Martin (service, en ligne de commande)");
}
