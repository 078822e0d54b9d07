//! The back, forward and reload buttons of the browser: they lose nothing, and show nothing of who has left.

use api::screens::Name;
use journeys::personas::{self, CAMILLE, RENAUD};
use journeys::{Browser, Page, Server, screens};

const HOURS: &str = "Mon solde DIF en heures";
const CGU: &str = "J’ai lu et j’accepte les conditions générales d’utilisation";

fn everything_is_there(page: &Page) {
    page.heading("Créer mon compte");
    for (field, text) in [
        ("Nom de naissance", "Nouvel"),
        ("Prénoms", "Camille"),
        ("Numéro de sécurité sociale", "1 80 01 75 999 029"),
        ("Clé", "09"),
        ("Courriel", personas::COURRIEL),
        ("Mot de passe", personas::PASSWORD),
    ] {
        page.field(field).wait_for_value(text);
    }
    assert!(page.field(CGU).is_ticked(), "the box is still ticked");
}

#[test]
fn an_inscription_is_kept_while_the_person_reads_something_else() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.link("Créer mon compte").click();
    CAMILLE.fill(&page);
    page.link("conditions générales d’utilisation").click();
    page.wait_for_path("/cgu");
    page.back();
    page.wait_for_path("/inscription");
    everything_is_there(&page);
    page.forward();
    page.wait_for_path("/cgu");
    page.back();
    everything_is_there(&page);
    page.link("Connexion").click();
    page.heading("Me connecter");
    page.field("Mot de passe").wait_for_value("");
    page.back();
    everything_is_there(&page);
    page.button("Créer mon compte").click();
    personas::confirm(&page, personas::COURRIEL);
}

#[test]
fn errors_already_told_are_still_told_after_back_and_forward() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/inscription");
    page.field("Date de naissance").fill("31/02/1980");
    page.field("Date de naissance").leave();
    page.field("Date de naissance").wait_for_error(true);
    page.link("Je consulte la politique").click();
    page.wait_for_path("/donnees-personnelles");
    page.back();
    page.field("Date de naissance").wait_for_value("31/02/1980");
    page.field("Date de naissance").wait_for_description("Ce mois n’a pas autant de jours");
}

#[test]
fn a_declaration_is_kept_with_its_file_while_the_person_looks_at_their_rights() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    page.link("Voir mes droits").click();
    page.link("Saisir mon DIF").click();
    page.field(HOURS).fill("87");
    let dir = tempfile::tempdir().expect("a folder for the proof");
    let file = dir.path().join("attestation.pdf");
    std::fs::write(&file, b"%PDF-1.4\n1 0 obj << /Type /Page >> endobj\n%%EOF\n").expect("the proof is written");
    page.field("Choisir un fichier").attach(&file);
    page.says("attestation.pdf");
    page.back();
    page.wait_for_path("/mes-droits");
    page.forward();
    page.heading("Mon DIF");
    page.field(HOURS).wait_for_value("87");
    page.says("attestation.pdf");
    page.wait_for_text_of("euros", "1 305 €");
    page.button("Enregistrer").click();
    page.says("La procédure est terminée");
    page.back();
    page.forward();
    page.heading("Mon DIF");
    page.field(HOURS).wait_for_value("");
}

/// What Renaud reads on a guarded screen.
fn renauds_own(name: Name) -> &'static str {
    match name {
        Name::Solde => "1 025,00 €",
        Name::MesDroits => "Votre solde disponible est de 1 025,00 €.",
        Name::Dif => "2. Fournir mon attestation",
        Name::Handicap => "ajoute 300 €",
        Name::Historique => "Du plus récent au plus ancien",
        Name::Profil => "Ambroise",
        Name::Access => "À vérifier",
        open => panic!("{open:?} is guarded: say what Renaud reads there"),
    }
}

#[test]
fn every_connected_screen_stands_a_reload() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    for screen in screens::guarded() {
        screens::visit(&page, screen);
        page.says(renauds_own(screen.name));
        page.reload();
        screens::all_there(&page, screen);
        page.says(renauds_own(screen.name));
    }
    assert_eq!(page.console_errors(), Vec::<String>::new());
}

#[test]
fn the_back_button_shows_nothing_of_somebody_who_has_left() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    page.link("Voir mon historique").click();
    page.says("1 025,00 €");
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    page.back();
    page.heading("Me connecter");
    page.absent("1 025");
    page.back();
    page.says("Acquis");
    page.absent("1 025");
    page.go("/inscription");
    page.field("Mot de passe").wait_for_value("");
    page.field("Nom de naissance").wait_for_value("");
}

#[test]
fn back_after_a_log_out_on_the_first_screen_shows_nothing_of_the_person() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    page.says("1 025");
    page.link("Acquis").click();
    page.wait_for_path("/");
    page.heading("Vos droits à la formation, ligne par ligne");
    page.button("Se déconnecter").click();
    page.link("Créer mon compte").click();
    page.heading("Créer mon compte");
    page.back();
    page.heading("Vos droits à la formation, ligne par ligne");
    page.back();
    page.wait_for("the door", || {
        let at_the_door = page.h1() == "Me connecter" || page.shows("Votre session est terminée");
        if at_the_door { Ok(()) } else { Err(format!("the heading is « {} »", page.h1())) }
    });
    page.absent("1 025");
}
