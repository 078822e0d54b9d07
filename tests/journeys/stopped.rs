//! The page that does not start says so by itself: which part is missing, and what to do. Here something is always blocked.

use journeys::{Browser, Server, screens};
use serde_json::json;

const WASM: &str = "Votre navigateur ne peut pas faire fonctionner cette page";
const CUT: &str = "Une partie de cette page n’a pas pu être chargée";
const SLOW: &str = "Cette page n’est pas prête";
const NO_SCRIPT: &str = "Cette page a besoin de JavaScript";

#[test]
fn without_webassembly_every_screen_says_so_at_once_and_stays_readable() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.absent(WASM);
    page.without_webassembly();
    for screen in screens::open().chain(screens::guarded()) {
        page.go_without_waiting(screen.path);
        page.says(WASM);
        page.says("Recharger la page");
    }
    page.go_without_waiting("/inscription");
    page.says(WASM);
    page.inspect("arret-webassembly");
    let seen = "const b = document.getElementById('arret').getBoundingClientRect(); return b.height > 0 && b.bottom <= innerHeight + 1 && b.top >= 0";
    assert_eq!(page.script(seen, json!([])), true, "it stands in the window, wherever one is on the page");
}

#[test]
fn a_program_that_does_not_come_is_told_at_once_and_a_reload_mends_it() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    for (what, path) in
        [("*.wasm", "/inscription"), ("*.wasm", "/simuler"), ("*.wasm", "/solde"), ("*.js", "/connexion")]
    {
        page.block(&[what]);
        page.go_without_waiting(path);
        page.says(CUT);
        page.inspect(&format!("arret-{}", path.trim_start_matches('/')));
    }
    page.block(&[]);
    page.link("Recharger la page").click();
    page.wait_until_alive();
    page.heading("Me connecter");
    page.gone(CUT);
}

#[test]
fn a_program_that_is_held_up_is_told_after_some_seconds_and_the_words_stay_when_it_comes() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.first_paint("/inscription");
    page.field("Prénoms").fill("Renaud");
    page.says(SLOW);
    page.hand_over();
    page.wait_until_alive();
    page.gone(SLOW);
    page.field("Prénoms").wait_for_value("Renaud");
}

#[test]
fn without_javascript_every_screen_says_so_in_the_window_and_nothing_else() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.without_javascript();
    for screen in screens::open().chain(screens::guarded()) {
        page.go_without_waiting(screen.path);
        page.says(NO_SCRIPT);
    }
}
