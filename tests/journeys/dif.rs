//! Several declarations of DIF: one that adds, one that replaces, and the figures of every screen after each.

use journeys::personas::{CAMILLE, MAELLE, RENAUD};
use journeys::{Browser, Page, Server};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\ntrailer << >>\n%%EOF\n";

/// What there is to fill while a DIF can be declared.
const FORM: [&str; 3] = ["Enregistrer", "Choisir un fichier", "Mon solde DIF en heures"];

/// Declares these hours; `relation` says what becomes of those before, when there are any.
pub(crate) fn declare(page: &Page, hours: &str, relation: Option<&str>) {
    page.go("/dif");
    page.field("Mon solde DIF en heures").fill(hours);
    let dir = tempfile::tempdir().expect("a folder for the proof");
    let file = dir.path().join("attestation.pdf");
    std::fs::write(&file, PDF).expect("the proof is written");
    page.field("Choisir un fichier").attach(&file);
    page.says("attestation.pdf");
    if let Some(relation) = relation {
        page.field(relation).click();
    }
    page.button("Enregistrer").click();
    page.says("La procédure est terminée");
    page.wait_for_focus_on_heading();
}

/// Each screen tells the same figures.
fn figures(page: &Page, solde: &str, dif: &str) {
    page.says(&format!("Votre solde est de {solde}"));
    page.link("Voir mon solde").click();
    page.wait_for_text_of("solde", solde);
    page.wait_for_text_of("solde-dif", dif);
    page.link("Voir mes droits").click();
    page.says(&format!("Votre solde disponible est de {solde}."));
    page.link("Voir mon historique").click();
    page.heading("Mon historique");
    page.says(solde);
}

#[test]
fn hours_are_added_then_replaced_and_every_screen_tells_the_figures() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    declare(&page, "40", None);
    figures(&page, "1 625,00 €", "600,00 €");
    page.says("DIF : 40 heures, à 15 € l’heure");

    page.go("/dif");
    page.says("Vous avez déjà déclaré 40 heures");
    page.field("Mon solde DIF en heures").fill("20");
    page.says("40 + 20 = 60 heures, soit 900 €");
    page.inspect("dif-seconde-declaration");
    page.button("Enregistrer").click();
    page.says("Dites si ces heures s’ajoutent aux précédentes ou les remplacent.");
    page.inspect("dif-seconde-declaration-erreurs");
    declare(&page, "20", Some("Elles s’ajoutent"));
    figures(&page, "1 925,00 €", "900,00 €");
    page.says("DIF : 20 heures, à 15 € l’heure");

    declare(&page, "87", Some("Elles remplacent les précédentes"));
    figures(&page, "2 330,00 €", "1 305,00 €");
    page.says("DIF : 87 heures, à 15 € l’heure");
    // What was replaced stays in the statement, each line taken back by another.
    for taken_back in ["− 600,00 €", "− 300,00 €", "Correction de la ligne du"] {
        page.says(taken_back);
    }
    page.inspect("historique-dif");
    page.go("/mes-droits");
    page.says("Remplacé");
    page.inspect("mes-droits-dif");
}

#[test]
fn a_refused_attestation_is_nothing_to_add_to_nor_to_replace() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    declare(&page, "40", None);
    let list = server.run("attestations", &[], "");
    let reference = list.split_whitespace().find(|word| word.starts_with("DIF-")).expect("a reference").to_owned();
    page.go("/dif");
    page.says("Vous avez déjà déclaré 40 heures");
    server.run("attestations", &[&reference, "--refuser", "-"], "On n’y lit pas votre nom.");
    page.go("/dif");
    page.says("Où trouver cette information");
    page.absent("Vous avez déjà déclaré");
    declare(&page, "20", None);
    figures(&page, "1 325,00 €", "300,00 €");
}

#[test]
fn hours_over_the_ceiling_are_told_to_be_withheld_and_not_lost_from_sight() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    MAELLE.open_account(&page);
    page.go("/dif");
    page.field("Mon solde DIF en heures").fill("10");
    page.says("Votre compte est plein : ces heures n’y ajouteraient rien aujourd’hui.");
    page.inspect("dif-sans-place");
    declare(&page, "10", None);
    page.says("Votre compte a atteint son plafond : 150,00 € n’ont pas pu s’y ajouter.");
    page.inspect("dif-termine-plafond");
    page.link("Voir mon solde").click();
    page.wait_for_text_of("solde", "5 000,00 €");
    page.go("/historique");
    page.says("arrêté au plafond");
    page.inspect("historique-plafond");
    page.go("/mes-droits");
    page.says("10 heures, soit 150,00 €");
    page.says("150,00 € n’ont pas été ajoutés au solde");
    page.inspect("mes-droits-dif-plafond");
}

#[test]
fn past_the_last_day_the_form_gives_way_to_what_can_still_be_done() {
    let mut server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    declare(&page, "40", None);
    page.go("/dif");
    for words in FORM {
        page.says(words);
    }
    server.set("ACQUIS_FIN_DECLARATION_DIF", "30/06/2021");
    server.restart();
    page.go("/mes-droits");
    page.link("Le DIF ne se déclare plus : ce qui reste possible").click();
    page.heading("Mon DIF");
    page.says("La loi a clos la déclaration du DIF le 30 juin 2021");
    page.says("Vous aviez déclaré 40 heures, soit 600,00 €.");
    page.says("contestez-la");
    for words in FORM {
        page.absent(words);
    }
    page.inspect("dif-clos");
    assert_eq!(page.console_errors(), Vec::<String>::new());
}

#[test]
fn whoever_never_declared_a_dif_is_told_that_it_is_closed_wherever_it_was_offered() {
    const OFFER: &str = "Saisir mon DIF";
    let mut server = Server::start();
    let page = Browser::open().page(&server);
    CAMILLE.open_account(&page);
    for screen in ["/solde", "/mes-droits", "/historique"] {
        page.go(screen);
        page.says(OFFER);
    }
    server.set("ACQUIS_FIN_DECLARATION_DIF", "31/01/2026");
    server.restart();
    page.go("/solde");
    page.says("Vos heures de DIF ne peuvent plus être déclarées.");
    page.absent(OFFER);
    page.inspect("solde-dif-clos");
    for screen in ["/mes-droits", "/historique"] {
        page.go(screen);
        page.says("Ce service a clos la déclaration du DIF le 31 janvier 2026. La loi l’avait close le 30 juin 2021");
        page.absent(OFFER);
    }
    page.inspect("mes-droits-dif-clos");
    page.link("Ce que vous pouvez encore faire").click();
    page.says("La déclaration du DIF est close.");
    page.inspect("dif-clos-sans-declaration");
    assert_eq!(page.console_errors(), Vec::<String>::new());
}

#[test]
fn a_chosen_file_is_said_aloud_and_takes_the_focus_and_one_taken_back_scolds_nobody() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    page.go("/dif");
    let dir = tempfile::tempdir().expect("a folder for the proof");
    let file = dir.path().join("attestation.pdf");
    std::fs::write(&file, PDF).expect("the proof is written");
    page.field("Choisir un fichier").attach(&file);
    page.says("Fichier choisi : attestation.pdf");
    page.wait_for_focus("changer-attestation");
    page.button("Retirer").click();
    page.wait_for_focus("attestation");
    page.field("Choisir un fichier").wait_for_error(false);
    page.button("Enregistrer").click();
    page.field("Choisir un fichier").wait_for_error(true);
    let current = "return document.querySelector('.nav [aria-current]')?.innerText";
    assert_eq!(page.script(current, serde_json::json!([])), "Droits");
    declare(&page, "40", None);
    page.says("Imprimer cette page");
    page.inspect("dif-termine");
}
