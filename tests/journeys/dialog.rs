//! The dialog of an ended session, by keyboard: nothing behind it can be reached, and it gives the focus back.

use journeys::personas::{COURRIEL, PASSWORD, RENAUD};
use journeys::{Browser, Key, Page, Server};

const NOTICE: &str = "Vous serez déconnecté dans 2 minutes.";
const ENDED: &str = "Votre session est terminée";
const HOURS: &str = "Mon solde DIF en heures";

/// Somebody who types their hours when the session ends by itself.
fn session_ended_while_typing(server: &Server) -> Page {
    let page = Browser::open().page(server);
    page.hold_the_clock();
    RENAUD.open_account(&page);
    page.go("/dif");
    page.field(HOURS).fill("87");
    page.wait_for_text_of("euros", "1 305 €");
    page.let_pass(28 * 60 + 1);
    page.says(NOTICE);
    page.wait_for_focus("heures");
    page.let_pass(121);
    page.says(ENDED);
    page.wait_for_focus("session-titre");
    page
}

#[test]
fn the_dialog_stands_over_the_screen_where_the_person_looks() {
    let server = Server::start();
    let page = session_ended_while_typing(&server);
    let in_the_middle = "return document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest('[role=dialog]') !== null \
                     && document.querySelector('#session-titre').getBoundingClientRect().top < innerHeight / 2";
    for width in [1_280, 360] {
        page.width(width);
        page.script("scrollTo(0, 0)", serde_json::json!([]));
        let on_top = page.script(in_the_middle, serde_json::json!([]));
        assert_eq!(on_top, true, "{width} px: the screen behind is in the way");
    }
}

#[test]
fn tab_never_leaves_the_dialog_in_either_direction() {
    let server = Server::start();
    let page = session_ended_while_typing(&server);
    let behind =
        page.script("return document.querySelector('#heures').closest('main') !== null", serde_json::json!([]));
    assert_eq!(behind, true, "what lies behind the dialog is known by its landmarks");
    let outside = "return document.activeElement.closest('header, main, footer, .skip')?.outerHTML.slice(0, 80) ?? ''";
    for key in [Key::Tab, Key::ShiftTab] {
        for _ in 0..12 {
            page.press(key);
            let here = page.script(outside, serde_json::json!([]));
            assert_eq!(here, "", "{key:?} reaches « {} » behind the dialog", page.focus_name());
        }
    }
}

#[test]
fn the_focus_goes_back_where_it_was_once_the_person_is_connected_again() {
    let server = Server::start();
    let page = session_ended_while_typing(&server);
    page.field("Courriel").fill(COURRIEL);
    page.field("Mot de passe").fill(PASSWORD);
    page.press(Key::Enter);
    page.gone(ENDED);
    page.wait_for_focus("heures");
}

#[test]
fn a_session_so_short_that_its_notice_fills_it_is_announced_all_the_same() {
    let server = Server::with(&[("ACQUIS_SESSION_INACTIVE", "2")]);
    let page = Browser::open().page(&server);
    page.hold_the_clock();
    RENAUD.open_account(&page);
    page.let_pass(119);
    page.says("Rester connecté");
}
