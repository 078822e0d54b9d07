//! « Seconde étape »: set, shown at the door, lost, removed.

use journeys::personas::{COURRIEL, PASSWORD, RENAUD};
use journeys::{Browser, Key, Page, Server, shown_by_application};

/// Sets a second step by keyboard alone; gives the secret of the application and the codes that are kept.
pub fn protect(page: &Page) -> (String, Vec<String>) {
    page.go("/acces");
    page.heading("Mes accès");
    page.says("Qui vole votre mot de passe n’entre pas.");
    page.tab_to("Poser une seconde étape");
    page.press(Key::Enter);
    page.wait_for_focus("etape-mot-de-passe-actuel");
    page.type_text(PASSWORD);
    page.press(Key::Enter);
    page.wait_for_focus("etape-application");
    page.inspect("seconde-etape-application");
    let secret = page.script("return document.querySelector('.recipient').textContent", serde_json::json!([]));
    let secret = secret.as_str().expect("a secret").to_owned();
    page.tab_to("Code de votre application");
    page.type_text("12");
    page.press(Key::Enter);
    page.says("Il manque 4 chiffres");
    page.field("Code de votre application").fill(&shown_by_application(&secret, 0));
    page.press(Key::Enter);
    page.wait_for_focus("etape-codes");
    page.inspect("seconde-etape-codes");
    let codes = page.script(
        "return [...document.querySelectorAll('.codes li')].map((code) => code.textContent)",
        serde_json::json!([]),
    );
    let codes: Vec<String> =
        codes.as_array().expect("codes").iter().map(|c| c.as_str().expect("a code").into()).collect();
    assert_eq!(codes.len(), 10);
    page.tab_to("J’ai gardé ces codes");
    page.press(Key::Enter);
    page.wait_for_focus("etape-fait");
    page.says("10 sur 10 n’ont pas servi");
    page.inspect("seconde-etape-posee");
    (secret, codes)
}

fn give_password(page: &Page) {
    page.go("/connexion");
    page.field("Courriel").fill(COURRIEL);
    page.field("Mot de passe").fill(PASSWORD);
    page.button("Me connecter").click();
    page.wait_for_path("/seconde-etape");
    page.heading("Seconde étape");
    page.says("Le mot de passe est bon");
}

#[test]
fn a_second_step_is_set_by_keyboard_asked_at_the_door_and_removed() {
    let server = Server::start();
    let home = Browser::open().page(&server);
    RENAUD.open_account(&home);
    let (secret, codes) = protect(&home);
    home.letter(COURRIEL, "Une seconde étape protège votre compte");

    let page = Browser::open().page(&server);
    give_password(&page);
    page.inspect("seconde-etape-a-montrer");
    page.field("Code de votre application").fill("000000");
    page.press(Key::Enter);
    page.field("Code de votre application").wait_for_description("Ce n’est pas le code affiché maintenant");
    page.inspect("seconde-etape-code-faux");
    // Later than the one that set it.
    let code = shown_by_application(&secret, 1);
    page.field("Code de votre application").fill(&code);
    page.press(Key::Enter);
    page.wait_for_path("/solde");
    page.says("1 025,00 €");

    let lost = Browser::open().page(&server);
    give_password(&lost);
    lost.field("Code de votre application").fill(&code);
    lost.press(Key::Enter);
    lost.field("Code de votre application").wait_for_description("Ce code a déjà servi");
    lost.tab_to("Utiliser un code de secours");
    lost.press(Key::Enter);
    lost.wait_for_focus("code-secours");
    lost.inspect("seconde-etape-secours");
    lost.type_text(&codes[0].to_lowercase());
    lost.press(Key::Enter);
    lost.wait_for_path("/solde");
    lost.letter(COURRIEL, "Un code de secours a servi");
    lost.go("/acces");
    lost.says("9 sur 10 n’ont pas servi");
    // Another application, for whoever shows what is asked today.
    lost.button("Changer d’application").click();
    lost.inspect("seconde-etape-changer");
    lost.button("Utiliser un code de secours").click();
    lost.field("Code de secours").fill(&codes[2]);
    lost.button("Continuer").click();
    lost.wait_for_focus("etape-application");
    lost.button("Annuler").click();
    lost.says("8 sur 10 n’ont pas servi");
    lost.button("Retirer la seconde étape").click();
    lost.button("Utiliser un code de secours").click();
    lost.field("Code de secours").fill(&codes[1]);
    lost.button("Retirer la seconde étape").click();
    lost.says("La seconde étape est retirée");
    lost.inspect("seconde-etape-retiree");
    journeys::personas::log_in(&Browser::open().page(&server), PASSWORD);
}

#[test]
fn who_opens_the_second_step_without_a_password_is_sent_back_to_it() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/seconde-etape");
    page.says("Recommencez par le mot de passe");
    page.link("Me connecter").click();
    page.wait_for_path("/connexion");
}
