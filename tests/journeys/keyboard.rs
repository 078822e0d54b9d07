//! The same without a mouse: tab, type, space and enter are enough.

use journeys::{Browser, Key, Server};

#[test]
fn an_account_is_opened_by_keyboard_alone_and_a_reload_keeps_it() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/inscription");
    for (field, text) in [
        ("Nom de naissance", "Pat-Trois"),
        ("Prénoms", "Dominique Marie-Louise"),
        ("Date de naissance", "28/03/1979"),
        ("Numéro de sécurité sociale", "279035121518989"),
        ("Téléphone mobile", "0692123456"),
        ("Courriel", "dominique@example.org"),
        ("Mot de passe", "trois grues vertes"),
    ] {
        page.tab_to(field);
        page.type_text(text);
    }
    page.tab_to("J’ai lu et j’accepte les conditions générales d’utilisation");
    page.press(Key::Space);
    page.tab_to("Créer mon compte");
    page.press(Key::Enter);
    page.heading("Nous avons écrit à cette adresse");
    page.wait_for_focus_on_heading();
    let code = page.code("dominique@example.org");
    page.tab_to("Code à six chiffres");
    page.type_text(&code);
    page.press(Key::Enter);
    page.wait_for_path("/solde");
    page.says("1 810");
    page.wait_for_focus_on_heading();
    page.reload();
    page.says("1 810");
}

#[test]
fn a_lost_password_is_replaced_by_keyboard_alone() {
    let server = Server::start();
    journeys::personas::RENAUD.open_account(&Browser::open().page(&server));
    let page = Browser::open().page(&server);
    page.go("/connexion");
    page.tab_to("Mot de passe oublié ?");
    page.press(Key::Enter);
    page.heading("Mot de passe oublié");
    page.tab_to("Courriel");
    page.type_text(journeys::personas::COURRIEL);
    page.press(Key::Enter);
    page.heading("Nous avons écrit à cette adresse");
    page.wait_for_focus_on_heading();
    // The code of the sign-up, read in the other browser, is new to this one.
    page.letter(journeys::personas::COURRIEL, "Choisissez un autre mot de passe");
    let code = page.code(journeys::personas::COURRIEL);
    page.tab_to("Code à six chiffres");
    page.type_text(&code);
    page.tab_to("Nouveau mot de passe");
    page.type_text("quatre grues jaunes et rouges");
    page.press(Key::Enter);
    page.wait_for_path("/solde");
    page.says("Votre mot de passe a changé");
}
