//! From one half of the page to the other and back: each screen is there again, with what was typed on it.

use journeys::personas::RENAUD;
use journeys::{Browser, Page, Server};

const HOURS: &str = "Mon solde DIF en heures";
const HOME: &str = "Vos droits à la formation, ligne par ligne";

fn pass_by_home(page: &Page) {
    page.link("Acquis").click();
    page.wait_for_path("/");
    page.heading(HOME);
    page.wait_for_focus_on_heading();
}

#[test]
fn back_from_the_first_screen_shows_the_account_again() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    page.link("Voir mon historique").click();
    page.says("Du plus récent au plus ancien");
    pass_by_home(&page);
    page.back();
    page.heading("Mon historique");
    page.says("Du plus récent au plus ancien");
    assert_eq!((page.path().as_str(), page.document_title().as_str()), ("/historique", "Mon historique · Acquis"));
    page.forward();
    page.heading(HOME);
}

#[test]
fn back_from_the_account_shows_the_first_screen_and_the_help_again() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    for (path, heading) in [("/", HOME), ("/aide", "Aide")] {
        page.go(path);
        page.heading(heading);
        page.link("Solde").click();
        page.wait_for_text_of("solde", "1 025,00 €");
        page.back();
        page.heading(heading);
        page.forward();
        page.wait_for_text_of("solde", "1 025,00 €");
    }
}

#[test]
fn hours_typed_are_kept_while_the_person_passes_by_the_first_screen() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    page.go("/dif");
    page.field(HOURS).fill("87");
    pass_by_home(&page);
    page.back();
    page.heading("Mon DIF");
    page.field(HOURS).wait_for_value("87");
    page.wait_for_text_of("euros", "1 305 €");
}
