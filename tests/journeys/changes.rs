//! A change of e-mail: what a person proves, by keyboard alone, and what to do when a code does not come.

use journeys::personas::{self, COURRIEL, PASSWORD, RENAUD};
use journeys::{Browser, Key, Page, Server};

const OTHER: &str = "renaud.ambroise@example.org";
const AT_PRESENT: &str = "Code envoyé à l’adresse actuelle";
const AT_NEW: &str = "Code envoyé à la nouvelle adresse";

/// Goes there by Tab and types; what stood there was selected on the way in.
fn type_in(page: &Page, field: &str, text: &str) {
    page.tab_to(field);
    page.type_text(text);
}

fn press_on(page: &Page, button: &str) {
    page.tab_to(button);
    page.press(Key::Enter);
}

/// Asks for this address, from « Mon profil », without a mouse.
fn ask_for(page: &Page, courriel: &str) {
    page.says("Ce que l’on sait de vous");
    press_on(page, "Modifier mes coordonnées");
    page.wait_for_focus("telephone-fixe");
    type_in(page, "Courriel", courriel);
    type_in(page, "Mot de passe, pour changer de courriel", PASSWORD);
    page.press(Key::Enter);
    page.wait_for_focus("codes-partis");
    page.says("Confirmez ce changement");
}

#[test]
fn an_e_mail_is_changed_by_keyboard_alone_with_the_codes_that_were_asked_for_last() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    page.go("/profil");
    ask_for(&page, OTHER);
    let former = (page.code(COURRIEL), page.code(OTHER));
    press_on(&page, "Envoyer d’autres codes");
    let last = (page.code(COURRIEL), page.code(OTHER));
    page.wait_for_focus("codes-partis");
    type_in(&page, AT_PRESENT, &former.0);
    type_in(&page, AT_NEW, &former.1);
    page.press(Key::Enter);
    page.says("2 réponses à corriger");
    page.field(AT_PRESENT).wait_for_description("Ce n’est pas le dernier code envoyé");
    page.inspect("profil-changement-codes-d-avant");
    press_on(&page, "Code envoyé à l’adresse actuelle");
    page.wait_for_focus_name(AT_PRESENT);
    // There and back: what stands in a field is selected by whoever comes by Tab.
    page.press(Key::ShiftTab);
    type_in(&page, AT_PRESENT, &last.0);
    type_in(&page, AT_NEW, &last.1);
    press_on(&page, "Confirmer le changement");
    page.says("Vos coordonnées sont enregistrées");
    page.wait_for_focus("fait");
    page.says(OTHER);
    page.gone("Confirmez ce changement");
}

#[test]
fn an_address_that_nobody_proved_is_replaced_with_the_code_of_the_new_one_alone() {
    const TYPED: &str = "renaud.ambroise@exemple.invalid";
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    personas::give_courriel(&server, COURRIEL, TYPED);
    personas::log_in_as(&page, TYPED, PASSWORD);
    page.says("Votre courriel n’est pas confirmé");
    page.go("/profil");
    page.says("Confirmez votre courriel");
    ask_for(&page, OTHER);
    page.says("Un code est parti à renaud.ambroise@example.org. Il est valable 15 minutes");
    assert!(!page.shows(AT_PRESENT), "nobody reads the address that was typed");
    page.inspect("profil-changement-sans-adresse");
    type_in(&page, AT_NEW, &page.code(OTHER));
    page.press(Key::Enter);
    page.says("Vos coordonnées sont enregistrées");
    page.gone("Confirmez votre courriel");
    page.go("/solde");
    page.says("Mes droits de formation s’élèvent à");
    page.absent("Votre courriel n’est pas confirmé");
}
