//! Two tabs of one browser: one account, one session, nothing that frightens.

use journeys::personas::{self, this_device_alone};
use journeys::{Browser, Server};

#[test]
fn the_same_form_sent_from_two_tabs_gives_one_account() {
    let server = Server::start();
    let page = Browser::whole().page(&server);
    page.go("/inscription");
    personas::RENAUD.fill(&page);
    page.new_tab();
    page.go("/inscription");
    personas::RENAUD.fill(&page);
    page.button("Créer mon compte").click();
    page.heading("Nous avons écrit à cette adresse");
    // Of two requests, the last one asked for is that of this browser.
    let _first_code = page.code(personas::COURRIEL);
    page.look_at_tab(0);
    page.button("Créer mon compte").click();
    personas::confirm(&page, personas::COURRIEL);
    page.wait_for_text_of("solde", "1 025,00 €");
    // The other tab waited for the same account.
    page.look_at_tab(1);
    page.wait_for_path("/solde");
    page.wait_for_text_of("solde", "1 025,00 €");
    page.go("/acces");
    this_device_alone(&page, &server);
}

#[test]
fn a_log_out_in_one_tab_is_understood_in_the_other_at_its_next_action() {
    let server = Server::start();
    let page = Browser::whole().page(&server);
    personas::RENAUD.open_account(&page);
    page.new_tab();
    page.go("/solde");
    page.wait_for_text_of("solde", "1 025,00 €");
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    page.look_at_tab(0);
    page.link("Voir mes droits").click();
    page.says("Votre session est terminée");
    page.button("Quitter").click();
    page.wait_for_path("/");
    page.gone("Votre session est terminée");
    page.link("Me connecter").click();
    page.heading("Me connecter");
}

#[test]
fn a_log_out_in_both_tabs_is_not_an_error() {
    let server = Server::start();
    let page = Browser::whole().page(&server);
    personas::RENAUD.open_account(&page);
    page.new_tab();
    page.go("/solde");
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    page.look_at_tab(0);
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    page.link("Créer mon compte").click();
    page.field("Nom de naissance").wait_for_value("");
}
