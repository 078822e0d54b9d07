//! The file of the DIF and its hours: each mistake is told at its field, before anything leaves; sending can be stopped.

use std::fs::File;
use std::path::PathBuf;
use std::time::Duration;

use journeys::personas::RENAUD;
use journeys::{Browser, Page, Server};
use tempfile::TempDir;

const HOURS: &str = "Mon solde DIF en heures";
const FILE: &str = "Choisir un fichier";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\ntrailer << >>\n%%EOF\n";

/// What somebody might hand over by mistake, and what they are told.
const WRONG_FILES: &[(&str, &[u8], usize, &str)] = &[
    ("vide.pdf", b"", 0, "Ce fichier est vide : choisissez-en un autre, ou enregistrez-le de nouveau."),
    (
        "bulletin.pdf",
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0",
        4_096,
        "Ce fichier est un programme, quel que soit son nom : choisissez un PDF ou une image.",
    ),
    (
        "numerisation.pdf",
        PDF,
        11 * 1_024 * 1_024,
        "Ce fichier dépasse 10 Mo : photographiez le document en qualité moyenne, ou n’envoyez que la page utile.",
    ),
    (
        "notes.txt",
        b"Mon DIF : 87 heures\n",
        0,
        "Ce fichier n’est ni un PDF, ni une image JPEG, PNG ou HEIC : choisissez-en un autre.",
    ),
    (
        "photo.jpg",
        b"RIFF\x24\x10\0\0WEBPVP8L\x18\x10\0\0\x2f\x0f\xc0\x03",
        4_096,
        "C’est une image WebP, quel que soit son nom : enregistrez-la en JPEG ou en PNG, puis choisissez celle-ci.",
    ),
    (
        "photo.heic",
        b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf\0\0\x01\x10meta",
        4_096,
        "C’est une image AVIF, quel que soit son nom : enregistrez-la en JPEG ou en PNG, puis choisissez celle-ci.",
    ),
    (
        "coupe.pdf",
        b"%PDF-1.7\n\n",
        0,
        "Ce fichier n’est que le début d’un PDF ou d’une image : enregistrez-le de nouveau, puis choisissez-le.",
    ),
    (
        "bulletin.jpg",
        PDF,
        0,
        "La fin de son nom (.pdf, .jpg…) ne dit pas ce qu’il contient\u{a0}: renommez-le, ou enregistrez-le de nouveau.",
    ),
    (
        "attestation.docx",
        b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0word/document.xml",
        4_096,
        "C’est un document de traitement de texte : exportez-le en PDF, puis choisissez ce PDF.",
    ),
];

fn file(dir: &TempDir, name: &str, start: &[u8], size: usize) -> PathBuf {
    let mut bytes = start.to_vec();
    bytes.resize(size.max(start.len()), b' ');
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).expect("the file is written");
    path
}

fn at_the_dif_form(server: &Server) -> Page {
    let page = Browser::open().page(server);
    RENAUD.open_account(&page);
    page.go("/dif");
    page.says("1. Saisir mon solde");
    page
}

#[test]
fn each_wrong_file_is_told_at_its_field_and_a_right_one_mends_it() {
    let server = Server::start();
    let page = at_the_dif_form(&server);
    page.inspect("dif-vide");
    let dir = tempfile::tempdir().expect("a folder for the files");
    for (name, start, size, sentence) in WRONG_FILES {
        page.field(FILE).attach(&file(&dir, name, start, *size));
        page.field(FILE).wait_for_description(sentence);
        page.field(FILE).wait_for_error(true);
        page.accessible(name);
    }
    page.inspect("dif-fichier-refuse");
    page.field(HOURS).fill("87");
    page.button("Enregistrer").click();
    page.says("Il reste 1 réponse à corriger");
    page.inspect("dif-bilan");
    page.field(FILE).attach(&file(&dir, "bon.pdf", PDF, 0));
    page.says("bon.pdf");
    page.gone("à corriger");
    page.button("Retirer").click();
    page.wait_for_focus("attestation");
    page.gone("bon.pdf");
}

/// A PDF made for the tests of what opens without a password.
fn sealed(name: &str) -> PathBuf {
    journeys::root().join("crates/pdf/tests/files").join(name)
}

#[test]
fn a_pdf_that_asks_for_a_password_is_told_at_its_field_and_one_that_is_restricted_is_taken() {
    let server = Server::start();
    let page = at_the_dif_form(&server);
    page.field(HOURS).fill("87");
    page.field(FILE).attach(&sealed("aes-256-stream-locked.pdf"));
    page.says("aes-256-stream-locked.pdf");
    page.button("Enregistrer").click();
    page.field(FILE).wait_for_description("Ce PDF ne s’ouvre qu’avec un mot de passe : ouvrez-le, imprimez-le en PDF");
    page.field(FILE).wait_for_error(true);
    page.field(HOURS).wait_for_value("87");
    page.inspect("dif-pdf-verrouille");
    page.field(FILE).attach(&sealed("aes-256-stream-restricted.pdf"));
    page.field(FILE).wait_for_error(false);
    page.button("Enregistrer").click();
    page.says("La procédure est terminée");
}

#[test]
fn a_file_that_changed_or_went_since_it_was_chosen_is_told_at_its_field_and_chosen_again() {
    let server = Server::start();
    let page = at_the_dif_form(&server);
    let dir = tempfile::tempdir().expect("a folder for the files");
    let again =
        "Ce fichier a changé ou disparu depuis que vous l’avez choisi, ou il est illisible : choisissez-le de nouveau.";
    page.field(HOURS).fill("87");
    page.field(FILE).attach(&file(&dir, "attestation.pdf", PDF, 4_096));
    page.says("attestation.pdf");
    let path = file(&dir, "attestation.pdf", PDF, 8_192);
    // Browsers count in seconds.
    let changed = File::options().append(true).open(&path).expect("the file is there");
    let then = changed.metadata().and_then(|facts| facts.modified()).expect("its time");
    changed.set_modified(then + Duration::from_secs(5)).expect("its time may be written");
    page.button("Enregistrer").click();
    page.field(FILE).wait_for_description(again);
    page.field(FILE).wait_for_error(true);
    page.field(HOURS).wait_for_value("87");
    page.absent("Votre déclaration n’est pas encore enregistrée");
    page.inspect("dif-fichier-change");
    page.field(FILE).attach(&path);
    page.field(FILE).wait_for_error(false);
    std::fs::remove_file(&path).expect("the file goes");
    page.button("Enregistrer").click();
    page.field(FILE).wait_for_description(again);
    page.field(HOURS).wait_for_value("87");
    page.field(FILE).attach(&file(&dir, "attestation.pdf", PDF, 8_192));
    page.field(FILE).wait_for_error(false);
    // A line that breaks is still told as one.
    page.offline(true);
    page.button("Enregistrer").click();
    page.says("Votre déclaration n’est pas encore enregistrée");
    page.offline(false);
    page.button("Réessayer").click();
    page.says("La procédure est terminée");
}

#[test]
fn hours_that_cannot_be_are_told_with_what_to_do_and_a_half_is_rounded_up() {
    let server = Server::start();
    let page = at_the_dif_form(&server);
    for (hours, sentence) in [
        ("0", "Saisissez au moins 1 heure ; à 0, il n’y a rien à déclarer."),
        ("121", "120 heures au plus par attestation"),
        ("quatre", "Écrivez un nombre d’heures en chiffres, par exemple 87."),
        ("86,5", "Vous devez saisir un solde arrondi à l’unité supérieure : 87."),
        ("", "Le solde DIF est obligatoire"),
    ] {
        page.field(HOURS).fill(hours);
        page.field(HOURS).leave();
        page.field(HOURS).wait_for_description(sentence);
        page.field(HOURS).wait_for_error(true);
        page.field(HOURS).wait_for_value(hours);
        page.wait_for_text_of("euros", "0 €");
    }
    page.inspect("dif-heures-fausses");
    for (hours, euros) in [("1", "15 €"), ("120", "1 800 €"), ("87 h", "1 305 €")] {
        page.field(HOURS).fill(hours);
        page.field(HOURS).wait_for_error(false);
        page.wait_for_text_of("euros", euros);
    }
}

#[test]
fn nothing_at_all_is_told_at_both_fields() {
    let server = Server::start();
    let page = at_the_dif_form(&server);
    page.button("Enregistrer").click();
    page.says("Il reste 2 réponses à corriger");
    page.field(FILE).wait_for_description("Choisissez le fichier à envoyer.");
    page.link("Mon solde DIF en heures : le solde DIF est obligatoire").click();
    page.wait_for_focus("heures");
}

#[test]
fn a_sending_is_stopped_then_begun_again_without_choosing_again_and_counts_once() {
    let server = Server::start();
    let page = at_the_dif_form(&server);
    let dir = tempfile::tempdir().expect("a folder for the files");
    page.field(HOURS).fill("87");
    page.field(FILE).attach(&file(&dir, "lourd.pdf", PDF, 2 * 1_024 * 1_024));
    page.says("lourd.pdf");
    page.slow_network(20, 50_000);
    page.button("Enregistrer").click();
    page.says("envoyés sur");
    page.accessible("a sending under way");
    page.capture("dif-envoi");
    page.button("Arrêter l’envoi").click();
    page.says("Envoi arrêté. Le fichier est gardé.");
    page.field(HOURS).wait_for_value("87");
    page.offline(true);
    page.button("Enregistrer").click();
    page.says("Votre déclaration n’est pas encore enregistrée");
    page.inspect("dif-hors-ligne");
    page.offline(false);
    page.button("Réessayer").click();
    page.says("La procédure est terminée");
    page.inspect("dif-termine");
    page.go("/mes-droits");
    page.says("87 heures, soit 1 305,00 €");
    page.go("/solde");
    page.wait_for_text_of("solde", "2 330,00 €");
    page.wait_for_text_of("solde-dif", "1 305,00 €");
}
