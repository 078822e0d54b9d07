//! Arriving: what the account is, and the two doors.

use journeys::{Browser, Server};

#[test]
fn a_person_arrives_and_sees_what_the_account_is() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    assert!(!page.h1().is_empty(), "the first screen has a heading");
    page.link("Créer mon compte").click();
    page.wait_for_path("/inscription");
    page.heading("Créer mon compte");
    page.wait_for_focus_on_heading();
    page.back();
    page.wait_for_path("/");
    assert_eq!(page.console_errors(), Vec::<String>::new());
}

#[test]
fn the_first_screen_names_the_account_and_the_formations_and_says_where_they_are_listed() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.says("Le compte personnel de formation (CPF) réunit les droits");
    page.says("les formations dont vous pouvez bénéficier");
    page.link("Où la trouver").click();
    page.wait_for_path("/aide#formations");
    page.says("Quelles formations puis-je suivre ?");
    page.says("moncompteformation.gouv.fr");
}
