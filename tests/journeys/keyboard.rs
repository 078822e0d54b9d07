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
    page.wait_for_path("/solde");
    page.says("1 810");
    page.wait_for_focus_on_heading();
    page.reload();
    page.says("1 810");
}
