//! Every screen that needs no account: readable by all, light and dark, from 320 pixels to wide.

use api::screens::NOT_FOUND_TITLE;
use journeys::{Browser, Page, Server, screens};
use serde_json::json;

fn inspect(page: &Page, path: &str) {
    page.inspect(&format!("ecran-{}", path.trim_start_matches('/')));
    assert_eq!(page.console_errors(), Vec::<String>::new(), "{path}");
}

#[test]
fn every_open_screen_is_accessible_and_fits_320_pixels_light_and_dark() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    for screen in screens::open() {
        screens::visit(&page, screen);
        inspect(&page, screen.path);
    }
    page.go("/une-adresse-qui-n-existe-pas");
    page.heading("Cette page n’existe pas");
    assert_eq!(page.document_title(), NOT_FOUND_TITLE);
    page.inspect("ecran-une-adresse-qui-n-existe-pas");
}

#[test]
fn who_runs_a_public_server_is_said_where_a_trial_says_what_is_missing_however_one_comes_to_the_page() {
    let mut server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/mentions-legales");
    page.says("Une machine d’essai");
    page.says("[nom du directeur de la publication]");
    server.open_to_the_public(&format!("https://acquis.example,{}", server.url("").trim_end_matches('/')));
    server.restart();
    let said = |words: &str| {
        page.says(words);
        page.absent("Une machine d’essai");
    };
    page.go("/mentions-legales");
    said("Ce que dit directeur_publication");
    page.inspect("mentions-d-un-serveur-public");
    // By a link, the text comes without the page around it.
    page.link("Données personnelles").click();
    said("Ce que dit responsable");
    page.reload();
    said("Ce que dit responsable");
    page.inspect("donnees-d-un-serveur-public");
}

#[test]
fn a_person_who_is_not_connected_is_sent_to_the_door() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    for screen in screens::guarded() {
        page.go(screen.path);
        page.heading("Me connecter");
    }
}

/// What finds no fault proves something only as long as it would find one.
#[test]
fn a_fault_put_on_a_screen_is_found() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/aide");
    assert!(page.axe().is_empty());
    assert_eq!(page.too_wide(), None);
    assert_eq!(page.console_errors(), Vec::<String>::new());
    page.script("document.querySelector('main').append(document.createElement('input'))", json!([]));
    assert!(page.axe().iter().any(|fault| fault.starts_with("label")), "{:?}", page.axe());
    let double = "document.querySelector('main').insertAdjacentHTML('beforeend', '<i id=x></i><b id=x></b><button>A</button><button> A</button>')";
    page.script(double, json!([]));
    assert_eq!(page.ambiguous(), ["two things have the id x", "two buttons are called « A »"]);
    let widen = "const wide = document.createElement('div'); wide.style.cssText = 'width: 3000px; height: 1px; max-width: none'; \
                 document.querySelector('main').append(wide)";
    page.script(widen, json!([]));
    assert!(page.too_wide().is_some());
    page.script("console.error('a fault')", json!([]));
    page.wait_for("the error in the console", || {
        let errors = page.console_errors();
        if errors.iter().any(|error| error.contains("a fault")) { Ok(()) } else { Err(format!("{errors:?}")) }
    });
}

#[test]
fn a_text_that_would_run_is_refused_by_the_browser_and_no_other_policy_is_made() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/aide");
    let refused = |script: &str| {
        let tried = format!("try {{ {script}; return 'taken' }} catch (refusal) {{ return refusal.name }}");
        page.script(&tried, json!([])) == "TypeError"
    };
    for script in [
        "document.createElement('i').innerHTML = '<b>a</b><SCRIPT>1</SCRIPT>'",
        "document.createElement('i').innerHTML = '<iframe srcdoc=a>'",
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<object data=a>')",
        "document.createElement('script').src = '/ailleurs.js'",
        "document.createElement('script').text = '1'",
        "trustedTypes.createPolicy('other', {})",
    ] {
        assert!(refused(script), "{script}");
    }
    assert!(!refused("document.createElement('i').innerHTML = '<b>a</b>'"));
}
