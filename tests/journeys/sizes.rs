//! Large letters, long words, a slow line: nothing is printed over anything, nothing makes the page scroll sideways or
//! jump, and the drawing is read without its colours.

use journeys::personas::{AWA, COURRIEL, MAELLE, PASSWORD, Persona, RENAUD, SOLENE};
use journeys::{Browser, Page, Server, screens};
use serde_json::json;

/// 64 signs before the @, a domain of 189: as long as an address may be.
fn longest_courriel() -> String {
    let label = "a".repeat(60);
    format!("{}@{label}.{label}.{label}.fr", "b".repeat(64))
}

fn reads_well(page: &Page, place: &str) {
    page.fits_width(place);
    assert_eq!(page.overprinted(), Vec::<String>::new(), "{place}");
}

#[test]
fn letters_half_as_large_again_or_twice_as_large_fit_a_telephone() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.width(360);
    for (index, persona) in [SOLENE, AWA, MAELLE].iter().enumerate() {
        page.letters(16);
        Persona::open_account_with(persona, &page, &format!("personne{index}@example.org"));
        for screen in screens::guarded() {
            for pixels in [24, 32] {
                page.letters(pixels);
                screens::visit(&page, screen);
                page.script("document.querySelectorAll('.ledger__why').forEach((b) => b.click())", json!([]));
                reads_well(&page, &format!("{}, {}, {pixels} px", persona.nom_naissance, screen.path));
                page.capture(&format!("grand-{}-{pixels}-{index}", screen.path.trim_start_matches('/')));
            }
        }
        page.button("Se déconnecter").click();
        page.wait_for_path("/");
    }
}

/// As the reader of a page may set them: WCAG 1.4.12, RGAA 10.12.
#[test]
fn words_and_lines_set_apart_lose_nothing() {
    const APART: &str = "const sheet = new CSSStyleSheet(); sheet.replaceSync('* { line-height: 1.5 !important; \
        letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'); \
        document.adoptedStyleSheets = [sheet]";
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.width(360);
    let look = |screen: &api::screens::Screen| {
        screens::visit(&page, screen);
        page.script(APART, json!([]));
        reads_well(&page, screen.path);
    };
    screens::open().for_each(look);
    SOLENE.open_account(&page);
    screens::guarded().for_each(look);
}

#[test]
fn the_longest_e_mail_scrolls_no_screen() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    page.go("/profil");
    page.button("Modifier mes coordonnées").click();
    page.field("Courriel").fill(&longest_courriel());
    page.field("Mot de passe, pour changer de courriel").fill(PASSWORD);
    page.button("Demander ce changement").click();
    page.says("Confirmez ce changement");
    let everywhere = |what: &str| {
        for pixels in [16, 24] {
            page.letters(pixels);
            for width in [320, 360, 1_280] {
                page.width(width);
                reads_well(&page, &format!("/profil, {what}, {width} px, letters of {pixels}"));
            }
        }
        page.says(&longest_courriel());
    };
    everywhere("a change that waits");
    page.field("Code envoyé à l’adresse actuelle").fill(&page.code(COURRIEL));
    page.field("Code envoyé à la nouvelle adresse").fill(&page.code(&longest_courriel()));
    page.button("Confirmer le changement").click();
    page.says("Vos coordonnées sont enregistrées");
    everywhere("changed");
    page.inspect("profil-courriel-long");
}

#[test]
fn nothing_jumps_when_an_account_arrives_on_a_slow_line() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    SOLENE.open_account(&page);
    page.width(360);
    page.slow_network(150, 200_000);
    for path in ["/historique", "/profil", "/acces", "/solde", "/mes-droits"] {
        page.go(path);
        page.says(match path {
            "/profil" => "Comment vous joindre",
            "/acces" => "cet appareil",
            _ => "3 240,00 €",
        });
        let shift = "const done = arguments[arguments.length - 1]; let sum = 0; \
            new PerformanceObserver((list) => list.getEntries().forEach((e) => { if (!e.hadRecentInput) sum += e.value; })) \
                .observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 500)";
        let shift = page.script_later(shift, json!([]));
        assert!(shift.as_f64().is_some_and(|shift| shift < 0.1), "{path}: {shift}");
    }
}

#[test]
fn the_drawing_is_read_without_its_colours_and_its_figure_crosses_no_column() {
    // Each part by its texture: a pattern, a broken edge, or a plain fill; two plain fills differ by 3 to 1, and so does
    // the edge of the lighter from the paper.
    const TEXTURES: &str = "const light = (c) => { const x = document.createElement('canvas').getContext('2d', { willReadFrequently: true }); \
            x.fillStyle = c; x.fillRect(0, 0, 1, 1); const [r, g, b] = [...x.getImageData(0, 0, 1, 1).data].map((v) => { v /= 255; \
            return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; }; \
        const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05); \
        const style = (name) => getComputedStyle(document.querySelector('.drawing__' + name)); \
        const texture = (name) => { const s = style(name); \
            return s.strokeDasharray !== 'none' ? 'dashed' : s.fill.startsWith('url') ? s.fill : 'plain ' + s.fill; }; \
        const paper = getComputedStyle(document.documentElement).backgroundColor; \
        return { textures: ['carried', 'credit', 'dif', 'others', 'spent'].map(texture), \
            apart: ratio(style('carried').fill, style('credit').fill), edge: ratio(style('carried').stroke, paper), \
            full: ratio(style('credit').fill, paper) }";
    const CROSSED: &str = "const a = document.querySelector('.drawing__value')?.getBoundingClientRect(); \
        return !!a && [...document.querySelectorAll('.drawing rect')].some((e) => { const b = e.getBoundingClientRect(); \
            return a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom; })";
    let server = Server::start();
    let page = Browser::open().page(&server);
    SOLENE.open_account(&page);
    crate::dif::declare(&page, "40", None);
    page.go("/historique");
    page.says("Activité de 2024");
    for dark in [false, true] {
        page.dark_mode(dark);
        let seen = page.script(TEXTURES, json!([]));
        let textures: std::collections::BTreeSet<_> =
            seen["textures"].as_array().into_iter().flatten().map(ToString::to_string).collect();
        assert_eq!(textures.len(), 5, "{seen}");
        for ratio in ["apart", "edge", "full"] {
            assert!(seen[ratio].as_f64().is_some_and(|ratio| ratio >= 3.0), "{ratio}, dark {dark}: {seen}");
        }
    }
    for width in [320, 360, 768, 1_280] {
        page.width(width);
        assert_eq!(page.script(CROSSED, json!([])), false, "{width} px");
    }
    page.inspect("dessin-de-solene");
}
