//! A session about to end, and ended: announced, opened again in place, nothing typed is lost.

use journeys::personas::{COURRIEL, PASSWORD, RENAUD};
use journeys::{Browser, Page, Server};

const NOTICE: &str = "Vous serez déconnecté dans 2 minutes.";
const ENDED: &str = "Votre session est terminée";
const HOURS: &str = "Mon solde DIF en heures";

/// Somebody connected who has begun to declare their DIF, with the clock in our hands.
fn while_typing(server: &Server) -> Page {
    let page = Browser::open().page(server);
    page.hold_the_clock();
    RENAUD.open_account(&page);
    page.go("/dif");
    page.field(HOURS).fill("87");
    page.wait_for_text_of("euros", "1 305 €");
    page
}

fn wait_for_dialog(page: &Page) {
    page.says(ENDED);
    page.wait_for_focus("session-titre");
}

#[test]
fn two_minutes_before_the_end_a_notice_lets_the_person_stay() {
    let server = Server::with(&[("ACQUIS_SESSION_INACTIVE", "5")]);
    let page = while_typing(&server);
    page.let_pass(170);
    page.absent(NOTICE);
    page.let_pass(15);
    page.says(NOTICE);
    page.says("Ce que vous avez saisi sera gardé.");
    page.inspect("session-bientot-finie");
    assert_eq!(page.focus_id(), "heures", "the notice takes no focus away from who is typing");
    page.button("Rester connecté").click();
    page.gone(NOTICE);
    page.wait_for_focus("heures");
    page.field(HOURS).wait_for_value("87");
    // The whole time is there again, and ends as the first would have.
    page.let_pass(170);
    page.absent(NOTICE);
    page.absent(ENDED);
    page.let_pass(15);
    page.says(NOTICE);
    page.let_pass(60);
    // It goes down by itself: fifty and some.
    page.says("Vous serez déconnecté dans 5");
    page.let_pass(61);
    page.gone("Vous serez déconnecté");
    wait_for_dialog(&page);
}

#[test]
fn after_the_end_the_person_connects_in_place_and_goes_on_where_they_were() {
    let server = Server::start();
    let page = while_typing(&server);
    page.lose_the_session();
    let dir = tempfile::tempdir().expect("a folder for the proof");
    let file = dir.path().join("attestation.pdf");
    std::fs::write(&file, b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\n%%EOF\n").expect("the proof is written");
    page.field("Choisir un fichier").attach(&file);
    page.says("attestation.pdf");
    page.button("Enregistrer").click();
    wait_for_dialog(&page);
    page.inspect("session-terminee");

    page.field("Courriel").fill(COURRIEL);
    page.field("Mot de passe").fill("trois grues rouges");
    page.button("Me reconnecter").click();
    page.says("Ce courriel et ce mot de passe ne vont pas ensemble");
    page.inspect("session-terminee-refus");
    page.field("Mot de passe").fill(PASSWORD);
    page.button("Me reconnecter").click();
    page.gone(ENDED);

    assert_eq!(page.path(), "/dif");
    page.field(HOURS).wait_for_value("87");
    page.says("attestation.pdf");
    page.button("Enregistrer").click();
    page.says("La procédure est terminée");
}

#[test]
fn someone_else_who_connects_in_place_finds_nothing_of_the_first_person() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    journeys::personas::CAMILLE.open_account_with(&page, "camille@example.org");
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    RENAUD.open_account(&page);
    page.link("Voir mes droits").click();
    page.says("1 025,00 €");
    page.lose_the_session();
    page.link("Voir mon historique").click();
    wait_for_dialog(&page);
    page.field("Courriel").fill("camille@example.org");
    page.field("Mot de passe").fill(PASSWORD);
    page.button("Me reconnecter").click();
    page.gone(ENDED);
    // A fresh screen: nothing of the one before is behind it.
    page.wait_for_path("/solde");
    page.wait_for_text_of("solde", "0,00 €");
    page.link("Droits").click();
    page.heading("Mes droits formation");
    page.says("Votre solde disponible est de 0,00 €.");
}

#[test]
fn a_browser_that_refuses_cookies_is_told_so_at_the_door_and_no_word_is_lost() {
    const REFUSED: &str = "votre navigateur refuse le cookie";
    let server = Server::start();
    RENAUD.open_account(&Browser::open().page(&server));
    let page = Browser::refusing_cookies().page(&server);
    page.go("/inscription");
    RENAUD.fill(&page);
    page.button("Créer mon compte").click();
    page.says("Votre navigateur ne garde rien de votre demande");
    page.says(REFUSED);
    assert_eq!(page.path(), "/inscription");
    page.field("Prénoms").wait_for_value("Renaud");
    page.inspect("inscription-sans-cookies");
    page.go("/connexion?retour=/solde");
    page.field("Courriel").fill(COURRIEL);
    page.field("Mot de passe").fill(PASSWORD);
    page.button("Me connecter").click();
    page.says("Votre navigateur n’a pas gardé la connexion");
    page.says(REFUSED);
    page.field("Courriel").wait_for_value(COURRIEL);
    page.inspect("connexion-sans-cookies");
}

#[test]
fn who_comes_from_the_network_by_http_is_told_at_the_door_which_address_to_take() {
    const BY_HTTPS: &str = "Revenez par l’adresse en";
    let mut server = Server::start();
    RENAUD.open_account(&Browser::open().page(&server));
    // People come by https, and the browser keeps the cookie there alone.
    server.open_to_the_public("https://acquis.example");
    server.restart();
    let page = Browser::of_the_network().page_by_name(&server);
    page.go("/inscription");
    RENAUD.fill(&page);
    page.button("Créer mon compte").click();
    page.says("Votre compte n’a pas encore été créé");
    page.says(BY_HTTPS);
    assert_eq!(page.path(), "/inscription");
    page.field("Prénoms").wait_for_value("Renaud");
    // Named among the addresses, it may send forms; nobody stays connected for all that.
    let both = format!("https://acquis.example,{}", server.url_by_name());
    server.set("ACQUIS_ADRESSE_PUBLIQUE", &both);
    server.restart();
    page.button("Créer mon compte").click();
    page.says("Votre navigateur ne garde rien de votre demande");
    page.says(BY_HTTPS);
    page.go("/connexion?retour=/solde");
    page.field("Courriel").fill(COURRIEL);
    page.field("Mot de passe").fill(PASSWORD);
    page.button("Me connecter").click();
    page.says("Votre navigateur n’a pas gardé la connexion");
    page.says(BY_HTTPS);
    assert_eq!(page.path(), "/connexion?retour=/solde");
    page.inspect("connexion-en-http");
}
