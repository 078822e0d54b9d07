//! « Ce n’était pas moi », « Geler mon compte »: a holder stops their account alone.

use journeys::personas::{COURRIEL, PASSWORD, RENAUD};
use journeys::{Browser, Key, Page, Server};

const NOT_ME: &str = "Ce n’était pas moi";
const FREEZE: &str = "Geler mon compte";

/// Renaud is at home; somebody who has his password signs in elsewhere.
fn robbed(server: &Server) -> (Page, Page) {
    let home = Browser::open().page(server);
    RENAUD.open_account(&home);
    let elsewhere = Browser::open().page(server);
    elsewhere.go("/connexion");
    elsewhere.field("Courriel").fill(COURRIEL);
    elsewhere.field("Mot de passe").fill(PASSWORD);
    elsewhere.button("Me connecter").click();
    elsewhere.wait_for_path("/solde");
    (home, elsewhere)
}

fn is_frozen(page: &Page) {
    page.wait_for_path("/compte-gele");
    page.heading("Compte gelé");
    page.says("Votre compte est gelé");
    page.wait_for_focus("acquis-compte-gele");
}

#[test]
fn the_link_of_a_letter_stops_the_account_on_any_device_by_keyboard_and_only_after_a_press() {
    let server = Server::start();
    let (home, thief) = robbed(&server);
    let link = thief.letter(COURRIEL, "Nouvelle connexion à votre compte").link("/ce-n-etait-pas-moi#");
    let phone = Browser::open().page(&server);
    phone.go(&link);
    phone.heading(NOT_ME);
    assert_eq!(phone.path(), "/ce-n-etait-pas-moi", "what the link carries leaves the address");
    phone.inspect("arret");
    thief.link("Voir mes droits").click();
    thief.says("Votre solde disponible est de 1 025,00 €.");
    phone.tab_to("Geler mon compte maintenant");
    phone.press(Key::Enter);
    is_frozen(&phone);
    phone.inspect("compte-gele");
    for page in [&home, &thief] {
        page.go("/solde");
        page.heading("Me connecter");
    }
    thief.field("Courriel").fill(COURRIEL);
    thief.field("Mot de passe").fill(PASSWORD);
    thief.button("Me connecter").click();
    thief.says("Ce compte est gelé");
    thief.inspect("connexion-gelee");
    phone.letter(COURRIEL, "Votre compte est gelé");
}

#[test]
fn a_link_that_stops_nothing_says_what_to_do() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/ce-n-etait-pas-moi#nothing");
    page.button("Geler mon compte maintenant").click();
    page.says("Ce lien n’arrête plus rien");
    page.inspect("arret-perime");
}

#[test]
fn a_holder_freezes_their_account_from_their_accesses_in_one_action() {
    let server = Server::start();
    let (home, _elsewhere) = robbed(&server);
    home.go("/acces");
    home.says("cet appareil");
    home.inspect("acces-geler");
    home.tab_to(FREEZE);
    home.press(Key::Enter);
    is_frozen(&home);
    home.letter(COURRIEL, "Votre compte est gelé");
    home.go("/profil");
    home.heading("Me connecter");
}

#[test]
fn a_frozen_account_is_opened_again_by_its_password_a_code_and_another_password() {
    let server = Server::start();
    let (home, _elsewhere) = robbed(&server);
    home.go("/acces");
    home.button(FREEZE).click();
    is_frozen(&home);
    home.link("Me connecter").click();
    home.field("Courriel").fill(COURRIEL);
    home.field("Mot de passe").fill(PASSWORD);
    home.button("Me connecter").click();
    home.says("Ce compte est gelé");
    home.link("Débloquer mon compte").click();
    home.wait_for_path("/compte-gele");
    home.says("vous-même, depuis votre compte");
    home.inspect("degel");
    home.tab_to("Recevoir un code");
    home.press(Key::Enter);
    home.wait_for_focus("code-parti");
    let code = home.code(COURRIEL);
    home.field("Code à six chiffres").fill(&code);
    home.field("Nouveau mot de passe").fill(PASSWORD);
    home.button("Débloquer mon compte").click();
    home.field("Nouveau mot de passe").wait_for_description("C’est le mot de passe d’avant");
    home.inspect("degel-erreur");
    home.field("Nouveau mot de passe").fill("quatre grues jaunes et rouges");
    home.button("Débloquer mon compte").click();
    home.wait_for_path("/solde");
    home.wait_for_text_of("solde", "1 025,00 €");
    home.letter(COURRIEL, "Votre compte est débloqué");
}
