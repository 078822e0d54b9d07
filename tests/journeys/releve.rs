//! The statement: as of another day, disputed line by line; the level of diploma declared and ended.

use journeys::{Browser, Key, Page, Server, personas};

/// Dominique, connected.
fn enter(page: &Page) {
    page.go("/inscription");
    page.field("Nom de naissance").fill("Pat-Trois");
    page.field("Prénoms").fill("Dominique Marie-Louise");
    page.field("Date de naissance").fill("28/03/1979");
    page.field("Numéro de sécurité sociale").fill("2 79 03 51 215 189");
    page.field("Clé").fill("89");
    page.field("Téléphone mobile").fill("06 12 34 56 78");
    page.field("Courriel").fill("dominique@example.org");
    page.field("Mot de passe").fill("trois grues vertes");
    page.field("J’ai lu et j’accepte les conditions générales d’utilisation").click();
    page.button("Créer mon compte").click();
    personas::confirm(page, "dominique@example.org");
}

/// Readable by all at this moment: narrow and wide, light and dark, and kept as a picture.
fn check(page: &Page, name: &str) {
    for width in [320, 1_280] {
        page.width(width);
        page.fits_width(name);
        page.accessible(name);
        page.capture(&format!("{name}-{width}"));
    }
    page.dark_mode(true);
    page.capture(&format!("{name}-sombre"));
    page.dark_mode(false);
}

#[test]
fn the_statement_is_read_as_of_another_day_and_a_line_is_disputed() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    enter(&page);
    page.go("/historique");
    page.says("1 810");
    page.says("Activité de 2020");

    // With the keyboard alone: open, type, send.
    page.tab_to("À quelle date ?");
    page.press(Key::Enter);
    page.tab_to("Date du relevé");
    page.type_text("24/11/2999");
    page.press(Key::Enter);
    page.field("Date du relevé").wait_for_error(true);
    page.field("Date du relevé").wait_for_description("utilisez la simulation");
    check(&page, "releve-date-future");
    page.field("Date du relevé").fill("1/2/2020");
    page.press(Key::Enter);
    page.says("Relevé tel qu’il était le 1er février 2020. Solde : 810,00 €.");
    page.says("acquis, crédité le 30 juin 2020");
    page.gone("Activité de 2020");
    check(&page, "releve-ancien");
    page.field("Date du relevé").fill("01/01/2015");
    page.press(Key::Enter);
    page.says("Le 1er janvier 2015, aucune ligne n’était inscrite à votre compte.");
    check(&page, "releve-avant");
    page.button("Revenir à aujourd’hui").click();
    page.says("Activité de 2020");
    page.wait_for_focus("quelle-date");
    page.field("Date du relevé").wait_for_error(false);

    page.script("document.querySelector('.ledger__why').click()", serde_json::json!([]));
    page.button("Contester cette ligne").click();
    page.wait_for_focus("contestation-ouverte");
    page.says("Votre employeur de cette année-là");
    page.button("Envoyer ma demande").click();
    page.field("Ce qui vous semble faux").wait_for_error(true);
    check(&page, "contester-erreur");
    page.field("Ce qui vous semble faux").fill("J’ai travaillé à temps plein.");
    page.field("Ce qui vous semble faux").wait_for_error(false);
    page.button("Envoyer ma demande").double_click();
    page.says("Vos contestations");
    page.says("Contestée le");
    assert!(page.focus_id().starts_with("CTR-"), "the focus is on the reference: {}", page.focus_id());
    check(&page, "contestee");
    page.reload();
    page.says("« J’ai travaillé à temps plein. »");
    assert_eq!(page.all_text().matches("CTR-").count(), 1, "one request, listed once while the line is closed");

    let list = server.run("contestations", &[], "");
    let reference = list.split(' ').next().expect("a reference");
    server.run("contestations", &[reference, "--repondre"], "Votre employeur a corrigé.\n\nRelevez vos heures.");
    server.run("contestations", &[reference, "--completer"], "En partie seulement.");
    page.reload();
    page.says(": répondue.");
    page.says("« Votre employeur a corrigé.");
    page.says("« En partie seulement. »");
    page.script("document.querySelector('.ledger__why').click()", serde_json::json!([]));
    page.says("Réponse du");
    check(&page, "contestation-repondue");
    assert_eq!(page.console_errors(), Vec::<String>::new());
}

#[test]
fn the_lines_of_a_year_or_of_a_kind_are_shown_alone_and_a_reload_keeps_the_choice() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    personas::SOLENE.open_account(&page);
    page.go("/historique");
    page.says("Activité de 2024");
    page.says("Formation, dossier F-2025-1208");
    // With the keyboard alone: the first letters of a choice are the choice.
    page.tab_to("Montrer");
    page.type_text("Form");
    page.says("2 lignes sur 11");
    page.gone("Activité de 2024");
    page.says("Formation, dossier F-2025-1208");
    assert_eq!(page.path(), "/historique#formations");
    page.inspect("releve-formations");
    page.reload();
    page.says("2 lignes sur 11");
    page.absent("Activité de 2023");
    page.tab_to("Montrer");
    page.type_text("Tou");
    page.says("Activité de 2023");
    assert_eq!(page.path(), "/historique");
    page.gone("2 lignes sur 11");
}

#[test]
fn the_level_of_diploma_is_declared_then_ended() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    enter(&page);
    page.go("/mes-droits");
    page.says("Votre niveau de diplôme");
    check(&page, "niveau");
    page.button("Déclarer que je n’ai pas de diplôme de ce niveau").click();
    page.wait_for_focus("niveau-ouvert");
    page.button("Déclarer").click();
    page.says("Cochez la case pour confirmer.");
    check(&page, "niveau-erreur");
    page.field("Je déclare sur l’honneur n’avoir ni CAP, ni BEP, ni titre ou certification équivalents.").click();
    page.button("Déclarer").click();
    page.says("Votre déclaration est enregistrée");
    page.wait_for_focus("niveau-fait");
    check(&page, "niveau-declare");
    page.button("Terminer ma déclaration").click();
    page.field("Je confirme que cette déclaration ne doit plus compter.").click();
    check(&page, "niveau-fin");
    page.button("Terminer").click();
    page.says("Votre déclaration est terminée");
    page.says("Terminée le");
    assert_eq!(page.console_errors(), Vec::<String>::new());
}
