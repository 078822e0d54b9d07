//! Several declarations of DIF: one that adds, one that replaces, and the figures of every screen after each.

use parcours::personnes::{CAMILLE, MAELLE, RENAUD};
use parcours::{Navigateur, Page, Serveur};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\ntrailer << >>\n%%EOF\n";

/// Declares these hours; `rapport` says what becomes of those before, when there are any.
fn declarer(page: &Page, heures: &str, rapport: Option<&str>) {
    page.aller("/dif");
    page.champ("Mon solde DIF en heures").remplir(heures);
    let dossier = tempfile::tempdir().expect("a folder for the proof");
    let fichier = dossier.path().join("attestation.pdf");
    std::fs::write(&fichier, PDF).expect("the proof is written");
    page.champ("Choisir un fichier").joindre(&fichier);
    page.texte("attestation.pdf");
    if let Some(rapport) = rapport {
        page.champ(rapport).cliquer();
    }
    page.bouton("Enregistrer").cliquer();
    page.texte("La procédure est terminée");
    page.attendre_focus_sur_le_titre();
}

/// Each screen tells the same figures.
fn chiffres(page: &Page, solde: &str, dif: &str) {
    page.texte(&format!("Votre solde est maintenant de {solde}"));
    page.lien("Voir mon solde").cliquer();
    page.attendre_texte_de("solde", solde);
    page.attendre_texte_de("solde-dif", dif);
    page.lien("Voir mes droits").cliquer();
    page.texte(&format!("Votre solde disponible est de {solde}."));
    page.lien("Voir mon historique").cliquer();
    page.titre("Mon historique");
    page.texte(solde);
}

#[test]
fn hours_are_added_then_replaced_and_every_screen_tells_the_figures() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    RENAUD.inscrire(&page);
    declarer(&page, "40", None);
    chiffres(&page, "1 625,00 €", "600,00 €");
    page.texte("DIF : 40 heures, à 15 € l’heure");

    page.aller("/dif");
    page.texte("Vous avez déjà déclaré 40 heures");
    page.champ("Mon solde DIF en heures").remplir("20");
    page.texte("40 + 20 = 60 heures, soit 900 €");
    page.montrer("dif-seconde-declaration");
    page.bouton("Enregistrer").cliquer();
    page.texte("Dites si ces heures s’ajoutent aux précédentes ou les remplacent.");
    page.montrer("dif-seconde-declaration-erreurs");
    declarer(&page, "20", Some("Elles s’ajoutent"));
    chiffres(&page, "1 925,00 €", "900,00 €");
    page.texte("DIF : 20 heures, à 15 € l’heure");

    declarer(&page, "87", Some("Elles remplacent les précédentes"));
    chiffres(&page, "2 330,00 €", "1 305,00 €");
    page.texte("DIF : 87 heures, à 15 € l’heure");
    // What was replaced stays in the statement, each line taken back by another.
    for retrait in ["− 600,00 €", "− 300,00 €", "Correction de la ligne du"] {
        page.texte(retrait);
    }
    page.montrer("historique-dif");
    page.aller("/mes-droits");
    page.texte("Remplacé");
    page.montrer("mes-droits-dif");
}

#[test]
fn hours_over_the_ceiling_are_told_to_be_withheld_and_not_lost_from_sight() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    MAELLE.inscrire(&page);
    declarer(&page, "10", None);
    page.texte("Votre compte a atteint son plafond : 150,00 € n’ont pas pu s’y ajouter.");
    page.montrer("dif-termine-plafond");
    page.lien("Voir mon solde").cliquer();
    page.attendre_texte_de("solde", "5 000,00 €");
    page.aller("/historique");
    page.texte("arrêté au plafond");
    page.montrer("historique-plafond");
}

#[test]
fn past_the_last_day_the_form_gives_way_to_what_can_still_be_done() {
    let mut serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    RENAUD.inscrire(&page);
    declarer(&page, "40", None);
    serveur.regler("ACQUIS_FIN_DECLARATION_DIF", "30/06/2021");
    serveur.relancer();
    page.aller("/mes-droits");
    page.lien("Le DIF ne se déclare plus : ce qui reste possible").cliquer();
    page.titre("Mon DIF");
    page.texte("La loi a clos la déclaration du DIF le 30 juin 2021");
    page.texte("Vous aviez déclaré 40 heures, soit 600,00 €.");
    page.texte("contestez-la");
    for absent in ["Enregistrer", "Choisir un fichier", "Mon solde DIF en heures"] {
        assert!(!page.lit(absent), "nothing to fill any more: {absent}");
    }
    page.montrer("dif-clos");
    assert_eq!(page.erreurs_console(), Vec::<String>::new());
}

#[test]
fn whoever_never_declared_a_dif_is_told_that_it_is_closed_wherever_it_was_offered() {
    let serveur = Serveur::avec(&[("ACQUIS_FIN_DECLARATION_DIF", "31/01/2026")]);
    let page = Navigateur::ouvrir().page(&serveur);
    CAMILLE.inscrire(&page);
    page.texte("Vos heures de DIF ne peuvent plus être déclarées.");
    page.montrer("solde-dif-clos");
    for ecran in ["/mes-droits", "/historique"] {
        page.aller(ecran);
        page.texte("Ce service a clos la déclaration du DIF le 31 janvier 2026. La loi l’avait close le 30 juin 2021");
        assert!(!page.lit("Saisir mon DIF"), "{ecran}");
    }
    page.montrer("mes-droits-dif-clos");
    page.lien("Ce que vous pouvez encore faire").cliquer();
    page.texte("La déclaration du DIF est close.");
    page.montrer("dif-clos-sans-declaration");
    assert_eq!(page.erreurs_console(), Vec::<String>::new());
}
