//! « Mot de passe oublié »: by the code of a letter, by its link, and without saying who has an account.

use journeys::personas::{self, COURRIEL, PASSWORD, RENAUD};
use journeys::{Browser, Key, Page, Server};

const WRITTEN: &str = "Nous avons écrit à cette adresse";
const CODE: &str = "Code à six chiffres";
const NEW: &str = "Nouveau mot de passe";
const CHANGE: &str = "Changer mon mot de passe";
const CHANGED: &str = "Votre mot de passe a changé";
/// What is chosen in place of the one that was lost.
const CHOSEN: &str = "quatre grues jaunes et rouges";

/// Renaud has an account, is connected on one device, and asks for the way back on another.
fn lost(server: &Server) -> (Page, Page) {
    let connected = Browser::open().page(server);
    RENAUD.open_account(&connected);
    let page = Browser::open().page(server);
    page.go("/connexion");
    page.link("Mot de passe oublié ?").click();
    page.heading("Mot de passe oublié");
    page.wait_for_focus_on_heading();
    page.button("Recevoir un courriel").click();
    page.field("Courriel").wait_for_description("Saisissez votre courriel");
    page.inspect("oublie-vide");
    page.field("Courriel").fill(COURRIEL);
    page.button("Recevoir un courriel").click();
    page.heading(WRITTEN);
    page.wait_for_focus_on_heading();
    page.says(COURRIEL);
    // The code of the sign-up, read in the other browser, is new to this one.
    page.letter(COURRIEL, "Choisissez un autre mot de passe");
    (connected, page)
}

fn renaud_is_back(page: &Page) {
    page.wait_for_path("/solde");
    page.wait_for_text_of("solde", "1 025,00 €");
    page.says(CHANGED);
    page.says("Les autres appareils sont déconnectés.");
    page.wait_for_focus("acquis-mot-de-passe-change");
}

#[test]
fn a_code_and_another_password_give_the_account_back_and_end_every_session() {
    let server = Server::start();
    let (connected, page) = lost(&server);
    page.inspect("oublie-ecrit");
    page.reload();
    page.heading(WRITTEN);
    page.button(CHANGE).click();
    page.says("Il reste 2 réponses à corriger");
    page.inspect("oublie-ecrit-erreurs");
    page.field(NEW).fill(CHOSEN);
    page.says("Bonne longueur");
    let code = page.code(COURRIEL);
    page.button("Envoyer un autre code").click();
    page.says("Un autre code vient de partir. Le précédent ne sert plus.");
    page.field(NEW).wait_for_value(CHOSEN);
    let fresh = page.code(COURRIEL);
    page.field(CODE).fill(&code);
    page.button(CHANGE).click();
    page.field(CODE).wait_for_description("Ce n’est pas le dernier code envoyé");
    page.field(CODE).fill(&fresh);
    page.button(CHANGE).click();
    renaud_is_back(&page);
    page.inspect("solde-mot-de-passe-change");
    page.letter(COURRIEL, "Votre mot de passe a été remplacé");
    page.reload();
    page.gone(CHANGED);
    connected.link("Voir mes droits").click();
    connected.says("Votre session est terminée");
    connected.link("Mot de passe oublié ?");
    connected.field("Courriel").fill(COURRIEL);
    connected.field("Mot de passe").fill(PASSWORD);
    connected.button("Me reconnecter").click();
    connected.says("Ce courriel et ce mot de passe ne vont pas ensemble");
    connected.field("Mot de passe").fill(CHOSEN);
    connected.button("Me reconnecter").click();
    connected.says("Votre solde disponible est de 1 025,00 €.");
}

#[test]
fn the_link_leads_on_any_device_to_another_password_and_leaves_the_address() {
    let server = Server::start();
    let (_connected, page) = lost(&server);
    let link = page.letter(COURRIEL, "Choisissez un autre mot de passe").link("/mot-de-passe-oublie#");
    let elsewhere = Browser::open().page(&server);
    elsewhere.go(&link);
    elsewhere.heading("Choisir un autre mot de passe");
    assert_eq!(elsewhere.path(), "/mot-de-passe-oublie");
    elsewhere.inspect("oublie-lien");
    elsewhere.field(NEW).fill("court");
    elsewhere.button(CHANGE).click();
    elsewhere.field(NEW).wait_for_description("Trop court ou trop simple");
    elsewhere.field(NEW).fill(CHOSEN);
    elsewhere.button(CHANGE).click();
    renaud_is_back(&elsewhere);
    // It served once.
    elsewhere.button("Se déconnecter").click();
    elsewhere.wait_for_path("/");
    elsewhere.go(&link);
    elsewhere.field(NEW).fill("cinq grues noires et rouges");
    elsewhere.button(CHANGE).click();
    elsewhere.says("Votre mot de passe n’a pas changé");
    elsewhere.inspect("oublie-lien-perime");
    elsewhere.go("/mot-de-passe-oublie#nothing");
    elsewhere.heading("Mot de passe oublié");
    elsewhere.says("Ce lien ne sert plus");
    assert_eq!(elsewhere.path(), "/mot-de-passe-oublie");
}

#[test]
fn an_address_without_an_account_is_answered_alike_and_told_by_its_letter() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/mot-de-passe-oublie");
    page.field("Courriel").fill("personne-ici@example.org");
    page.button("Recevoir un courriel").click();
    page.heading(WRITTEN);
    page.says("personne-ici@example.org");
    let letter = page.letter("personne-ici@example.org", "Cette adresse n’ouvre aucun compte");
    assert_eq!(letter.code(), None, "{}", letter.text);
    page.field(CODE).fill("123456");
    page.field(NEW).fill(CHOSEN);
    page.button(CHANGE).click();
    page.field(CODE).wait_for_description("Ce n’est pas le dernier code envoyé");
    page.button("Recommencer autrement").click();
    page.heading("Mot de passe oublié");
    page.wait_for_focus_on_heading();
}

#[test]
fn a_code_on_paper_is_asked_for_by_its_own_name() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/mot-de-passe-oublie");
    page.button("Saisir le code de la lettre").click();
    page.heading("J’ai reçu un code par lettre");
    page.wait_for_focus_on_heading();
    page.button(CHANGE).click();
    page.field("Code de la lettre").wait_for_description("Saisissez le code de votre lettre.");
    page.inspect("oublie-lettre-erreurs");
    page.field("Code de la lettre").fill("7k2d-q9xm-04ab-wz8r");
    page.field(NEW).fill(CHOSEN);
    page.button(CHANGE).click();
    page.wait_for("a refusal", || {
        let told = page.shows("Ce code n’ouvre aucun compte") || page.shows("Votre mot de passe n’a pas changé");
        if told { Ok(()) } else { Err("nothing yet".to_owned()) }
    });
    page.field(NEW).wait_for_value(CHOSEN);
    page.button("Recevoir plutôt un courriel").click();
    page.heading("Mot de passe oublié");
}

#[test]
fn a_code_that_an_operator_printed_gives_the_account_back_by_keyboard_alone() {
    let server = Server::start();
    let connected = Browser::open().page(&server);
    RENAUD.open_account(&connected);
    let reference = &personas::reference(&server, COURRIEL);
    let said = server.run("comptes", &[reference, "--code", "--preuve", "carte d’identité vue le 28/11/2026"], "");
    let code = said.lines().map(str::trim).find(|line| line.len() == 29 && line.matches('-').count() == 5);
    // As a person copies it from paper.
    let copied = code.expect("a code").to_lowercase().replace('-', " ");
    connected.letter(COURRIEL, "Un code a été imprimé pour votre compte");

    let page = Browser::open().page(&server);
    page.go("/mot-de-passe-oublie");
    page.tab_to("Saisir le code de la lettre");
    page.press(Key::Enter);
    page.heading("J’ai reçu un code par lettre");
    page.wait_for_focus_on_heading();
    page.tab_to("Code de la lettre");
    page.type_text(&copied);
    page.tab_to(NEW);
    page.type_text(CHOSEN);
    page.inspect("oublie-lettre");
    page.press(Key::Enter);
    renaud_is_back(&page);
    connected.link("Voir mes droits").click();
    connected.says("Votre session est terminée");
    // It served once: whoever finds the letter has nothing.
    let elsewhere = Browser::open().page(&server);
    elsewhere.go("/mot-de-passe-oublie");
    elsewhere.button("Saisir le code de la lettre").click();
    elsewhere.field("Code de la lettre").fill(&copied);
    elsewhere.field(NEW).fill("cinq grues noires et rouges");
    elsewhere.button(CHANGE).click();
    elsewhere.says("Ce code n’ouvre aucun compte");
}
