//! The line breaks while an account is being opened: nothing is lost, and there is one account in the end.

use journeys::personas::{self, this_device_alone};
use journeys::{Browser, Page, Server};

const FIELDS: &[(&str, &str)] = &[
    ("Nom de naissance", "Ambroise"),
    ("Prénoms", "Renaud"),
    ("Date de naissance", "15/01/1980"),
    ("Numéro de sécurité sociale", "1 80 01 75 999 001"),
    ("Clé", "37"),
    ("Téléphone mobile", "06 12 34 56 78"),
    ("Courriel", personas::COURRIEL),
    ("Mot de passe", personas::PASSWORD),
];

const NOT_YET: &str = "Votre compte n’a pas encore été créé";
const KEPT: &str = "Tout ce que vous avez saisi est gardé sur cette page.";

fn everything_is_there(page: &Page) {
    for (field, text) in FIELDS {
        page.field(field).wait_for_value(text);
    }
    assert!(page.field("J’ai lu et j’accepte les conditions").is_ticked(), "the box is still ticked");
}

/// One account: one way in, and one device that is this one.
fn one_account_only(page: &Page, server: &Server) {
    personas::confirm(page, personas::COURRIEL);
    page.wait_for_text_of("solde", "1 025,00 €");
    page.go("/acces");
    this_device_alone(page, server);
}

#[test]
fn a_line_cut_before_sending_keeps_every_word_and_the_same_button_opens_one_account() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/inscription");
    personas::RENAUD.fill(&page);
    page.offline(true);
    page.says("Vous êtes hors connexion.");
    page.button("Créer mon compte").click();
    page.says(NOT_YET);
    page.says(KEPT);
    everything_is_there(&page);
    page.inspect("inscription-hors-ligne");
    everything_is_there(&page);
    page.offline(false);
    page.gone("Vous êtes hors connexion.");
    page.button("Créer mon compte").click();
    one_account_only(&page, &server);
}

#[test]
fn a_server_that_dies_keeps_every_word_and_opens_one_account_once_it_is_back() {
    let mut server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/inscription");
    personas::RENAUD.fill(&page);
    server.cut();
    page.button("Créer mon compte").click();
    page.says(KEPT);
    everything_is_there(&page);
    server.restart();
    page.button("Créer mon compte").double_click();
    one_account_only(&page, &server);
}

/// A letter left, and the person never hears of it.
#[test]
fn an_answer_lost_on_the_way_back_gives_the_same_account_at_the_next_press() {
    const LOSE_AN_ANSWER: &str = "const real = window.fetch; window.fetch = async (...what) => { \
        const answer = await real(...what); window.fetch = real; await answer.text(); throw new TypeError('lost'); }";
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/inscription");
    personas::RENAUD.fill(&page);
    page.script(LOSE_AN_ANSWER, serde_json::json!([]));
    page.button("Créer mon compte").click();
    page.says(NOT_YET);
    page.says(KEPT);
    everything_is_there(&page);
    page.button("Créer mon compte").click();
    page.heading("Nous avons écrit à cette adresse");
    page.gone(NOT_YET);
    personas::confirm(&page, personas::COURRIEL);
    page.wait_for_text_of("solde", "1 025,00 €");
}

#[test]
fn a_screen_that_cannot_be_read_says_so_and_reads_again_at_the_press_of_a_button() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    personas::RENAUD.open_account(&page);
    page.block(&["*/api/droits"]);
    page.link("Voir mes droits").click();
    page.says("Vos droits n’ont pas pu être lus");
    page.inspect("mes-droits-panne");
    page.block(&[]);
    page.button("Réessayer").click();
    page.says("Votre solde disponible est de 1 025,00 €.");
}
