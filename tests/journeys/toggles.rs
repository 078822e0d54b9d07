//! Every control does what it says: each one that shows or hides is pressed, on each screen, and what it governs changes
//! on the screen; pressed again, it is as before.

use api::screens::Name;
use journeys::personas::{MAELLE, PASSWORD, RENAUD};
use journeys::{Browser, Page, Server, screens};
use serde_json::{Value, json};

/// Presses the control of that rank and answers its name, and what it governs before, after, and after a second press.
const PRESS: &str = "const [rank] = arguments; const done = arguments[arguments.length - 1]; \
    const control = [...document.querySelectorAll('main button[aria-controls], main summary')][rank]; \
    if (!control) return done(null); \
    const governed = () => control.matches('summary') ? [...control.parentElement.children].slice(1) \
        : control.getAttribute('aria-controls').split(' ').map((id) => document.getElementById(id)); \
    const look = (e) => { if (!e) return 'missing'; const s = getComputedStyle(e); \
        return [e.type ?? '', s.webkitTextSecurity, e.checkVisibility()].join(' '); }; \
    const state = () => governed().map(look).join(', '); \
    const later = () => new Promise((then) => setTimeout(then, 60)); \
    (async () => { const before = state(); const name = control.innerText; control.click(); await later(); const after = state(); \
        control.click(); await later(); done([name, before, after, state()]); })();";

fn every_toggle_does_something(page: &Page, place: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rank in 0..100 {
        let seen = page.script_later(PRESS, json!([rank]));
        let Value::Array(seen) = seen else { return names };
        let [name, before, after, again] = seen.as_slice() else { panic!("{place}: {seen:?}") };
        assert_ne!(before, after, "{place}: « {name} » changes nothing");
        assert_eq!(before, again, "{place}: « {name} » pressed again does not undo itself");
        names.push(name.as_str().unwrap_or_default().to_owned());
    }
    panic!("{place} has no end of toggles")
}

#[test]
fn each_toggle_of_each_screen_changes_what_it_governs() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    let mut seen = Vec::new();
    for screen in screens::open() {
        screens::visit(&page, screen);
        seen.extend(every_toggle_does_something(&page, screen.path));
    }
    MAELLE.open_account(&page);
    for screen in screens::guarded() {
        screens::visit(&page, screen);
        if screen.name == Name::Access {
            page.button("Changer le mot de passe").click();
            page.says("Nouveau mot de passe");
        }
        seen.extend(every_toggle_does_something(&page, screen.path));
    }
    for name in ["Masquer le numéro", "Afficher", "Pourquoi ce montant", "À quelle date"] {
        assert!(seen.iter().any(|seen| seen.starts_with(name)), "« {name} » was pressed somewhere: {seen:?}");
    }
}

#[test]
fn a_number_that_is_hidden_can_be_read_nowhere_on_the_screen() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/inscription");
    RENAUD.fill(&page);
    page.says("Homme, né en janvier 1980, ");
    page.button("Masquer le numéro").click();
    page.gone("Homme, né en janvier 1980");
    let hidden = |id: &str| {
        page.script("return getComputedStyle(document.getElementById(arguments[0])).webkitTextSecurity", json!([id]))
    };
    assert_eq!((hidden("nir"), hidden("cle")), (json!("disc"), json!("disc")));
    page.inspect("inscription-numero-masque");
    page.button("Afficher le numéro").click();
    page.says("Homme, né en janvier 1980");
    assert_eq!((hidden("nir"), hidden("cle")), (json!("none"), json!("none")));
    page.button("Afficher").click();
    let kind = page.script("return document.getElementById('mot-de-passe').type", json!([]));
    assert_eq!(kind, "text");
    page.field("Mot de passe").wait_for_value(PASSWORD);
}
