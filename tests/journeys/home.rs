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
