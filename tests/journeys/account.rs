//! The founding document, step by step: open an account by the code of a letter, see the rights, declare the DIF, see the figures after it.

use journeys::{Browser, Page, Server, personas};

/// A proof that is really a PDF.
const ATTESTATION: &[u8] = b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\ntrailer << >>\n%%EOF\n";

fn fill(page: &Page) {
    page.field("Nom de naissance").fill("Ambroise");
    page.field("Prénoms").fill("Renaud");
    page.field("Date de naissance").fill("15/01/1980");
    page.field("Numéro de sécurité sociale").fill("1 80 01 75 999 001");
    page.field("Clé").fill("37");
    page.field("Téléphone mobile").fill("06 12 34 56 78");
    page.field("Courriel").fill("renaud@example.org");
    page.field("Mot de passe").fill("trois grues vertes");
    page.field("J’ai lu et j’accepte les conditions générales d’utilisation").click();
}

#[test]
fn the_eight_steps_of_the_founding_document_lead_to_the_figures_after_the_dif() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.link("Créer mon compte").click();
    page.heading("Créer mon compte");
    page.accessible("an empty inscription");
    page.capture("inscription-vide");
    fill(&page);
    page.says("né en janvier 1980");
    page.capture("inscription-remplie");
    page.button("Créer mon compte").click();
    personas::confirm(&page, "renaud@example.org");
    page.says("1 025");
    page.accessible("the balance");
    page.capture("solde");
    page.script("document.querySelector('#lien-droits').click()", serde_json::json!([]));
    page.wait_for_path("/mes-droits");
    page.says("Vous étiez salarié du privé avant le 31 décembre 2014");
    page.accessible("the rights");
    page.capture("mes-droits");
    page.link("Saisir mon DIF").click();

    page.wait_for_path("/dif");
    page.field("Mon solde DIF en heures").fill("87");
    page.wait_for_text_of("euros", "1 305 €");
    let dir = tempfile::tempdir().expect("a folder for the proof");
    let file = dir.path().join("bulletin-decembre-2014.pdf");
    std::fs::write(&file, ATTESTATION).expect("the proof is written");
    page.field("Choisir un fichier").attach(&file);
    page.says("bulletin-decembre-2014.pdf");
    page.accessible("the DIF, ready to go");
    page.capture("dif");
    page.button("Enregistrer").click();
    page.says("La procédure est terminée");
    page.accessible("the confirmation");
    page.capture("dif-termine");

    page.go("/historique");
    page.says("2 330");
    page.accessible("the statement");
    page.capture("historique");
    page.width(360);
    page.dark_mode(true);
    page.fits_width("the statement at 360 px");
    page.accessible("the statement in the dark");
    page.capture("historique-360-sombre");
    page.go("/inscription");
    page.capture("inscription-360-sombre");
}

#[test]
fn errors_are_told_all_at_once_and_go_away_as_they_are_mended() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/inscription");
    page.button("Créer mon compte").click();
    page.field("Nom de naissance").wait_for_error(true);
    page.field("Clé").wait_for_error(true);
    page.accessible("an inscription in error");
    page.capture("inscription-erreurs");
    fill(&page);
    page.field("Nom de naissance").wait_for_error(false);
    page.field("Clé").wait_for_error(false);
    page.button("Créer mon compte").click();
    personas::confirm(&page, "renaud@example.org");
}

/// Notes every text that changes while it is spoken aloud.
const LISTEN: &str = "window.heard = []; new MutationObserver((changes) => { for (const c of changes) { \
    const place = (c.target.nodeType === 1 ? c.target : c.target.parentElement)?.closest('[aria-live=polite], [role=status], [role=alert]'); \
    if (place?.innerText.trim()) window.heard.push(place.innerText.trim()); } }) \
    .observe(document.body, { childList: true, characterData: true, subtree: true })";

#[test]
fn a_refused_form_is_told_once_by_its_summary_and_then_by_what_remains() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/connexion");
    page.script(LISTEN, serde_json::json!([]));
    page.button("Me connecter").click();
    page.says("Il reste 2 réponses à corriger");
    page.wait_for_focus("connexion-bilan");
    assert_eq!(page.document_title(), "Erreur\u{a0}: Me connecter · Acquis");
    assert_eq!(page.script("return window.heard", serde_json::json!([])), serde_json::json!([]), "the focus says it");
    page.field("Mot de passe").fill("trois grues vertes");
    page.says("Il reste 1 réponse à corriger");
    page.wait_for("what remains to be said", || {
        let heard = page.script("return window.heard", serde_json::json!([]));
        if heard.to_string().contains("Il reste 1 réponse à corriger") { Ok(()) } else { Err(heard.to_string()) }
    });
    page.field("Courriel").fill("renaud@example.org");
    page.wait_for("the title of the document", || {
        let title = page.document_title();
        if title == "Me connecter · Acquis" { Ok(()) } else { Err(title) }
    });
}

/// What a browser that translates does to every text: it gives way to elements of the browser's.
const TRANSLATE: &str = "const walker = document.createTreeWalker(document.getElementById('app'), 4); const texts = []; \
    while (walker.nextNode()) texts.push(walker.currentNode); \
    for (const text of texts.filter((t) => t.data.trim())) { const font = document.createElement('font'); \
        const inner = document.createElement('font'); inner.append(text.data); font.append(inner); text.replaceWith(font); }";

#[test]
fn a_translated_page_goes_on_telling_what_is_wrong_and_what_is_mended() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/inscription");
    page.button("Créer mon compte").click();
    page.says("Il reste 9 réponses à corriger");
    page.script(TRANSLATE, serde_json::json!([]));
    page.says("Saisissez votre nom de naissance.");
    fill(&page);
    page.gone("Saisissez votre nom de naissance.");
    page.gone("à corriger");
    page.script(TRANSLATE, serde_json::json!([]));
    page.button("Créer mon compte").click();
    personas::confirm(&page, "renaud@example.org");
    page.says("1 025");
    page.go("/dif");
    page.says("2. Fournir mon attestation");
    page.script(TRANSLATE, serde_json::json!([]));
    page.field("Mon solde DIF en heures").fill("87");
    page.wait_for_text_of("euros", "1 305 €");
    page.script(TRANSLATE, serde_json::json!([]));
    page.field("Mon solde DIF en heures").fill("8");
    page.wait_for_text_of("euros", "120 €");
}
