//! The file of the DIF and its hours: each mistake is told at its field, before anything leaves; sending can be stopped.

use std::path::PathBuf;

use parcours::personnes::RENAUD;
use parcours::{Navigateur, Page, Serveur};
use tempfile::TempDir;

const HEURES: &str = "Mon solde DIF en heures";
const FICHIER: &str = "Choisir un fichier";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\ntrailer << >>\n%%EOF\n";

/// What somebody might hand over by mistake, and what they are told.
const FAUX: &[(&str, &[u8], usize, &str)] = &[
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
        "Ce fichier dépasse 10 Mo : photographiez l’attestation en qualité moyenne, ou n’envoyez que la page utile.",
    ),
    (
        "notes.txt",
        b"Mon DIF : 87 heures\n",
        0,
        "Ce fichier n’est ni un PDF, ni une image JPEG, PNG ou HEIC : choisissez-en un autre.",
    ),
    (
        "attestation.docx",
        b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0word/document.xml",
        4_096,
        "C’est un document de traitement de texte : exportez-le en PDF, puis choisissez ce PDF.",
    ),
];

fn fichier(dossier: &TempDir, nom: &str, debut: &[u8], taille: usize) -> PathBuf {
    let mut octets = debut.to_vec();
    octets.resize(taille.max(debut.len()), b' ');
    let chemin = dossier.path().join(nom);
    std::fs::write(&chemin, octets).expect("the file is written");
    chemin
}

fn devant_le_dif(serveur: &Serveur) -> Page {
    let page = Navigateur::ouvrir().page(serveur);
    RENAUD.inscrire(&page);
    page.aller("/dif");
    page.texte("1. Saisir mon solde");
    page
}

#[test]
fn each_wrong_file_is_told_at_its_field_and_a_right_one_mends_it() {
    let serveur = Serveur::demarrer();
    let page = devant_le_dif(&serveur);
    page.montrer("dif-vide");
    let dossier = tempfile::tempdir().expect("a folder for the files");
    for (nom, debut, taille, phrase) in FAUX {
        page.champ(FICHIER).joindre(&fichier(&dossier, nom, debut, *taille));
        page.champ(FICHIER).attendre_description(phrase);
        page.champ(FICHIER).attendre_erreur(true);
        page.accessible(nom);
    }
    page.montrer("dif-fichier-refuse");
    page.champ(HEURES).remplir("87");
    page.bouton("Enregistrer").cliquer();
    page.texte("Il reste 1 réponse à corriger");
    page.montrer("dif-bilan");
    page.champ(FICHIER).joindre(&fichier(&dossier, "bon.pdf", PDF, 0));
    page.texte("bon.pdf");
    page.sans_texte("à corriger");
    page.bouton("Retirer").cliquer();
    page.attendre_focus("attestation");
    page.sans_texte("bon.pdf");
}

#[test]
fn hours_that_cannot_be_are_told_with_what_to_do_and_a_half_is_rounded_up() {
    let serveur = Serveur::demarrer();
    let page = devant_le_dif(&serveur);
    for (heures, phrase) in [
        ("0", "Saisissez au moins 1 heure ; à 0, il n’y a rien à déclarer."),
        ("121", "120 heures au plus par attestation"),
        ("quatre", "Écrivez un nombre d’heures en chiffres, par exemple 87."),
        ("86,5", "Vous devez saisir un solde arrondi à l’unité supérieure : 87."),
        ("", "Le solde DIF est obligatoire"),
    ] {
        page.champ(HEURES).remplir(heures);
        page.champ(HEURES).quitter();
        page.champ(HEURES).attendre_description(phrase);
        page.champ(HEURES).attendre_erreur(true);
        page.champ(HEURES).attendre_valeur(heures);
        page.attendre_texte_de("euros", "0 €");
    }
    page.montrer("dif-heures-fausses");
    for (heures, euros) in [("1", "15 €"), ("120", "1 800 €"), ("87 h", "1 305 €")] {
        page.champ(HEURES).remplir(heures);
        page.champ(HEURES).attendre_erreur(false);
        page.attendre_texte_de("euros", euros);
    }
}

#[test]
fn nothing_at_all_is_told_at_both_fields() {
    let serveur = Serveur::demarrer();
    let page = devant_le_dif(&serveur);
    page.bouton("Enregistrer").cliquer();
    page.texte("Il reste 2 réponses à corriger");
    page.champ(FICHIER).attendre_description("Choisissez le fichier de votre attestation.");
    page.lien("Mon solde DIF en heures : le solde DIF est obligatoire").cliquer();
    page.attendre_focus("heures");
}

#[test]
fn a_sending_is_stopped_then_begun_again_without_choosing_again_and_counts_once() {
    let serveur = Serveur::demarrer();
    let page = devant_le_dif(&serveur);
    let dossier = tempfile::tempdir().expect("a folder for the files");
    page.champ(HEURES).remplir("87");
    page.champ(FICHIER).joindre(&fichier(&dossier, "lourd.pdf", PDF, 2 * 1_024 * 1_024));
    page.texte("lourd.pdf");
    page.reseau_lent(20, 50_000);
    page.bouton("Enregistrer").cliquer();
    page.texte("envoyés sur");
    page.accessible("a sending under way");
    page.capture("dif-envoi");
    page.bouton("Arrêter l’envoi").cliquer();
    page.texte("Envoi arrêté. Le fichier est gardé.");
    page.champ(HEURES).attendre_valeur("87");
    page.hors_ligne(true);
    page.bouton("Enregistrer").cliquer();
    page.texte("Votre déclaration n’est pas encore enregistrée");
    page.montrer("dif-hors-ligne");
    page.hors_ligne(false);
    page.bouton("Réessayer").cliquer();
    page.texte("La procédure est terminée");
    page.montrer("dif-termine");
    page.aller("/mes-droits");
    page.texte("87 heures, soit 1 305,00 €");
    page.aller("/solde");
    page.attendre_texte_de("solde", "2 330,00 €");
    page.attendre_texte_de("solde-dif", "1 305,00 €");
}
