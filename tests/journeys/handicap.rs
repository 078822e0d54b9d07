//! A disability, declared with its proof: nothing counts before an operator has seen it, and the holder reads the answer.

use journeys::personas::RENAUD;
use journeys::{Browser, Page, Server};

const FILE: &str = "Choisir un fichier";
const CONSENT: &str = "J’accepte que ce justificatif";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\ntrailer << >>\n%%EOF\n";

/// Declares, and gives the reference that the screen tells.
fn declare(page: &Page, proof: &std::path::Path) -> String {
    page.field(FILE).attach(proof);
    page.says("justificatif.pdf");
    page.field(CONSENT).click();
    page.button("Envoyer").click();
    page.says("Votre déclaration est enregistrée");
    page.wait_for_focus("handicap-fait");
    page.says("En attente");
    reference(page)
}

/// The reference of the last declaration.
fn reference(page: &Page) -> String {
    let text = page.all_text();
    let start = text.find("HAN-").expect("a reference");
    text[start..].chars().take("HAN-0000-0000".len()).collect()
}

#[test]
fn a_disability_counts_once_its_proof_was_seen_and_a_refusal_says_why() {
    let server = Server::start();
    let dir = tempfile::tempdir().expect("a folder for the file");
    let proof = dir.path().join("justificatif.pdf");
    std::fs::write(&proof, PDF).expect("the file is written");
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    page.says("1 025,00 €");
    page.go("/mes-droits");
    page.link("Déclarer mon handicap").click();
    page.heading("Mon handicap");
    page.says("Fournir mon justificatif");
    page.says("300 €");
    page.button("Envoyer").click();
    page.says("2 réponses à corriger");
    page.field(FILE).wait_for_error(true);
    page.field(CONSENT).wait_for_error(true);
    assert!(!page.field(CONSENT).is_ticked(), "nobody consents in their place");
    page.inspect("handicap-vide");

    let first = declare(&page, &proof);
    page.inspect("handicap-en-attente");
    page.gone("Fournir mon justificatif");
    page.reload();
    page.says(&first);
    page.says("Votre justificatif n’a pas encore été vu");
    page.go("/solde");
    page.says("1 025,00 €");

    assert!(server.run("justificatifs", &[], "").contains(&first));
    server.run("justificatifs", &[&first, "--refuser", "-"], "On n’y lit pas votre nom.");
    page.go("/handicap");
    page.says("Refusée");
    page.says("On n’y lit pas votre nom.");
    page.inspect("handicap-refuse");

    let second = declare(&page, &proof);
    assert_ne!(second, first);
    server.run("justificatifs", &[&second, "--accepter", "01/01/2019"], "");
    page.go("/handicap");
    page.says("Acceptée");
    page.says("Elle compte à partir du 1er janvier 2019");
    page.inspect("handicap-accepte");
    page.go("/solde");
    page.says("Mes droits de formation s’élèvent à");
    page.absent("1 025,00 €");
    let raised = page.h1();

    page.go("/handicap");
    page.says("Retirer mes déclarations et mon accord");
    page.button("Retirer mes déclarations et mon accord").click();
    page.says("Tout retirer");
    page.inspect("handicap-a-retirer");
    page.button("Tout retirer").click();
    page.says("Vos déclarations sont retirées");
    page.wait_for_focus("handicap-fait");
    page.says("Le justificatif est effacé.");
    page.absent("Tout retirer");
    page.inspect("handicap-retire");
    page.go("/solde");
    page.heading(&raised);
}
