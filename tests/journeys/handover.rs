//! The first paint and the living page are one: what was done on the first goes on in the second, and nothing moves.

use api::screens::Part;
use journeys::personas::{COURRIEL, PASSWORD, RENAUD, confirm};
use journeys::{Browser, Page, Server, screens};
use serde_json::{Value, json};

const PLACES: &str = "return [...document.querySelectorAll('h1, h2, p, label, input, button, a, summary')] \
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(arguments[0])).map((e) => { const r = e.getBoundingClientRect(); \
    return `${e.tagName} ${(e.innerText ?? '').slice(0, 30)} ${e.id}: ${[r.x, r.y, r.width, r.height].map((n) => n.toFixed(1))}`; })";
const RESULT: &str = ".simulation__result, .simulation__lines, .footer";
const SHIFTS: &str = "window.shifted ??= 0; new PerformanceObserver((l) => { \
    for (const e of l.getEntries()) window.shifted += e.value; }).observe({ type: 'layout-shift' })";
/// The server has said who is there, and two frames have been drawn since.
const SETTLED: &str = "const done = arguments[arguments.length - 1]; const look = () => \
    performance.getEntriesByType('resource').some((e) => e.name.endsWith('/api/session')) \
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(window.shifted ?? 0))) : requestAnimationFrame(look); look()";
/// What these say waits for an answer: bars hold its place, as on the screens of who is connected.
const AWAITED: [(&str, &str); 3] = [
    ("/compte-gele", "Connectez-vous avec votre mot de passe"),
    ("/seconde-etape", "Recommencez par le mot de passe"),
    ("/identite", "Rien n’attend ici"),
];

fn hand_over_and_settle(page: &Page) -> Value {
    page.hand_over();
    page.wait_until_alive();
    page.script_later(SETTLED, json!([]))
}

#[test]
fn what_is_typed_before_the_page_is_alive_stays_with_its_caret() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.first_paint("/inscription");
    page.field("Prénoms").fill("Renaud");
    page.field("J’ai lu et j’accepte les conditions générales d’utilisation").click();
    page.button("Qu’est-ce que FranceConnect ?").click();
    page.field("Nom de naissance").fill("Ambise");
    page.script("document.activeElement.setSelectionRange(3, 3)", json!([]));
    hand_over_and_settle(&page);
    assert_eq!(page.focus_id(), "nom-naissance");
    page.type_text("ro");
    page.field("Nom de naissance").wait_for_value("Ambroise");
    page.field("Prénoms").wait_for_value("Renaud");
    page.says("Ce site ne l’utilise pas");
    assert!(page.field("J’ai lu et j’accepte les conditions").is_ticked(), "the box is still ticked");
}

#[test]
fn nothing_moves_when_the_page_takes_over() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    for screen in screens::open() {
        let path = screen.path;
        // What a supposed life gives is told only once the page lives, below the answers or beside them.
        let apart = if screen.part == Part::Simulation { RESULT } else { ":not(*)" };
        for width in [1_280, 360] {
            page.width(width);
            page.first_paint(path);
            page.script(SHIFTS, json!([]));
            let before = page.script(PLACES, json!([apart]));
            let shifted = hand_over_and_settle(&page);
            let after = page.script(PLACES, json!([apart]));
            let (before, after) = (before.as_array().expect("places"), after.as_array().expect("places"));
            assert!(!before.is_empty(), "{path}: something stands on the first paint");
            if let Some((_, words)) = AWAITED.iter().find(|(awaited, _)| *awaited == path) {
                page.says(words);
                let shifted = page.script_later(SETTLED, json!([]));
                assert_eq!(shifted.as_f64(), Some(0.0), "layout shift of {path} at {width} px");
                continue;
            }
            let differences: Vec<_> = before.iter().zip(after).filter(|(a, b)| a != b).take(5).collect();
            assert!(differences.is_empty() && before.len() == after.len(), "{path}, {width} px: {differences:#?}");
            assert_eq!(shifted.as_f64(), Some(0.0), "layout shift of {path} at {width} px");
        }
    }
}

#[test]
fn a_form_filled_and_sent_before_the_page_is_alive_goes_out_once_it_is() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.first_paint("/inscription");
    RENAUD.fill(&page);
    page.button("Créer mon compte").click();
    assert_eq!(page.path(), "/inscription", "no answer ends up in the address");
    page.hand_over();
    confirm(&page, COURRIEL);
    page.wait_for_text_of("solde", "1 025,00 €");
}

#[test]
fn a_reload_keeps_what_is_no_secret_says_what_it_did_not_keep_and_forgets_at_success() {
    const BACK: &str = "Vos réponses sont revenues";
    const KEPT: &str = "return Object.keys(sessionStorage).filter((k) => k.startsWith('acquis-brouillon')).map((k) => sessionStorage[k]).join()";
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/inscription");
    page.absent(BACK);
    RENAUD.fill(&page);
    page.reload();
    page.says(BACK);
    page.says("elle n’a gardé ni votre numéro de sécurité sociale, ni votre mot de passe");
    page.inspect("inscription-rechargee");
    for (field, text) in [
        ("Nom de naissance", "Ambroise"),
        ("Prénoms", "Renaud"),
        ("Date de naissance", "15/01/1980"),
        ("Téléphone mobile", "06 12 34 56 78"),
        ("Courriel", COURRIEL),
        ("Numéro de sécurité sociale", ""),
        ("Clé", ""),
        ("Mot de passe", ""),
    ] {
        page.field(field).wait_for_value(text);
    }
    let kept = page.script(KEPT, json!([])).to_string();
    assert!(kept.contains("Ambroise"), "{kept}");
    for secret in ["999", "trois grues"] {
        assert!(!kept.contains(secret), "a secret is in the tab: {kept}");
    }
    page.field("Numéro de sécurité sociale").fill(RENAUD.nir);
    page.field("Clé").fill(RENAUD.key);
    page.field("Mot de passe").fill(PASSWORD);
    page.field("J’ai lu et j’accepte les conditions générales d’utilisation").click();
    page.button("Créer mon compte").click();
    confirm(&page, COURRIEL);
    assert_eq!(page.script(KEPT, json!([])), "");
    page.go("/dif");
    page.field("Mon solde DIF en heures").fill("87");
    page.reload();
    page.field("Mon solde DIF en heures").wait_for_value("87");
    page.says("vos heures sont gardées, le fichier est à choisir de nouveau");
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    assert_eq!(page.script("return sessionStorage.getItem('acquis-heures-de-dif')", json!([])), Value::Null);
}
