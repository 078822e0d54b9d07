//! « Mon profil »: what may be changed, and how to leave.

use journeys::personas::{self, COURRIEL, PASSWORD, RENAUD};
use journeys::{Browser, Key, Page, Server};

const OTHER: &str = "renaud.ambroise@example.org";
const FOR_ANOTHER: &str = "Mot de passe, pour changer de courriel";
const AT_PRESENT: &str = "Code envoyé à l’adresse actuelle";
const AT_NEW: &str = "Code envoyé à la nouvelle adresse";

fn at_home(server: &Server) -> Page {
    let page = Browser::open().page(server);
    RENAUD.open_account(&page);
    page.go("/profil");
    page.says("Ce que l’on sait de vous");
    page
}

#[test]
fn contact_details_change_after_an_error_is_mended() {
    let server = Server::start();
    let page = at_home(&server);
    page.button("Modifier mes coordonnées").click();
    page.wait_for_focus("telephone-fixe");
    page.field("Téléphone mobile").wait_for_value("06 12 34 56 78");
    page.inspect("profil-coordonnees");
    page.field("Téléphone mobile").fill("06 12 34 56");
    page.field("Courriel").fill("renaud.ambroise");
    page.button("Demander ce changement").click();
    page.says("Il reste 2 réponses à corriger");
    page.field("Téléphone mobile").wait_for_description("Il manque 2 chiffres.");
    page.field("Courriel").wait_for_description("Il manque le « @ » et ce qui le suit.");
    page.inspect("profil-coordonnees-erreurs");
    page.field("Téléphone mobile").fill("0692 12 34 56");
    page.field("Téléphone mobile").wait_for_error(false);
    page.says("Il reste 1 réponse à corriger");
    page.field("Courriel").fill(OTHER);
    page.gone("à corriger");
    page.button("Demander ce changement").click();
    page.says("Il reste 1 réponse à corriger");
    page.field(FOR_ANOTHER).wait_for_error(true);
    page.field(FOR_ANOTHER).fill(PASSWORD);
    page.button("Demander ce changement").click();
    page.wait_for_focus("codes-partis");
    page.says("Confirmez ce changement");
    page.says("Rien n’a encore changé");
    page.inspect("profil-changement-codes");
    page.field(AT_PRESENT).fill(&page.code(COURRIEL));
    page.field(AT_NEW).fill(&page.code(OTHER));
    page.button("Confirmer le changement").click();
    page.says("Vos coordonnées sont enregistrées");
    page.wait_for_focus("fait");
    page.says("0692 12 34 56");
    page.says("La Réunion");
    page.says(OTHER);
    page.gone("Confirmez ce changement");
    page.inspect("profil-coordonnees-enregistrees");
    page.reload();
    page.says(OTHER);
}

#[test]
fn a_change_is_found_again_after_a_reload_mended_given_up_and_ends_the_other_browser_once_it_is_made() {
    let server = Server::start();
    let page = at_home(&server);
    let elsewhere = Browser::open().page(&server);
    personas::log_in(&elsewhere, PASSWORD);
    let ask = |courriel: &str| {
        page.wait_for_focus("telephone-fixe");
        page.field("Courriel").fill(courriel);
        page.field(FOR_ANOTHER).fill(PASSWORD);
        page.button("Demander ce changement").click();
        page.wait_for_focus("codes-partis");
    };
    page.button("Modifier mes coordonnées").click();
    ask("renaud.ambroise@exemple.invalid");
    // The next code to this mailbox is another one.
    page.code(COURRIEL);
    page.reload();
    page.says("Confirmez ce changement");
    page.says("renaud.ambroise@exemple.invalid");
    // Elsewhere nothing waits, and nothing has changed.
    elsewhere.go("/profil");
    elsewhere.says("Modifier mes coordonnées");
    elsewhere.says(COURRIEL);
    page.button("Corriger ma demande").click();
    page.field("Courriel").wait_for_value("renaud.ambroise@exemple.invalid");
    ask(OTHER);
    let present = page.code(COURRIEL);
    page.field(AT_PRESENT).fill(&present);
    page.field(AT_NEW).fill(if present == "000000" { "000001" } else { "000000" });
    page.button("Confirmer le changement").click();
    page.says("1 réponse à corriger");
    page.field(AT_NEW).wait_for_description("Ce n’est pas le dernier code envoyé");
    page.inspect("profil-changement-code-faux");
    // By the keyboard alone, from the field that is at fault.
    page.field(AT_NEW).fill(&page.code(OTHER));
    page.press(Key::Enter);
    page.says("Vos coordonnées sont enregistrées");
    elsewhere.link("Voir mes accès").click();
    elsewhere.says("Votre session est terminée");
    page.button("Modifier mes coordonnées").click();
    page.field("Téléphone mobile").fill("06 98 76 54 32");
    page.button("Demander ce changement").click();
    page.wait_for_focus("codes-partis");
    page.says("Un code est parti à");
    page.inspect("profil-changement-telephone");
    page.button("Ne rien changer").click();
    page.says("Rien n’a changé");
    page.says("06 12 34 56 78");
    page.gone("Confirmez ce changement");
}

#[test]
fn a_reload_keeps_the_contact_details_being_changed_but_no_password_and_signing_out_forgets_them() {
    let server = Server::start();
    let page = at_home(&server);
    page.button("Modifier mes coordonnées").click();
    page.field("Téléphone fixe").fill("01 40 20 50 50");
    page.field(FOR_ANOTHER).fill(PASSWORD);
    page.absent("Vos réponses sont revenues");
    page.reload();
    page.says("Vos réponses sont revenues");
    page.field("Téléphone fixe").wait_for_value("01 40 20 50 50");
    page.field("Téléphone mobile").wait_for_value("06 12 34 56 78");
    page.field(FOR_ANOTHER).wait_for_value("");
    page.inspect("profil-coordonnees-revenues");
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    page.go("/connexion");
    page.field("Courriel").fill(COURRIEL);
    page.field("Mot de passe").fill(PASSWORD);
    page.button("Me connecter").click();
    page.wait_for_path("/solde");
    page.go("/profil");
    page.button("Modifier mes coordonnées").click();
    page.field("Téléphone fixe").wait_for_value("");
    page.gone("Vos réponses sont revenues");
}

#[test]
fn the_e_mail_of_somebody_else_gets_a_letter_and_no_code() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    personas::CAMILLE.open_account_with(&page, "camille@example.org");
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    RENAUD.open_account(&page);
    page.go("/profil");
    page.button("Modifier mes coordonnées").click();
    page.field("Courriel").fill("Camille@example.org");
    page.field(FOR_ANOTHER).fill(PASSWORD);
    page.button("Demander ce changement").click();
    page.wait_for_focus("codes-partis");
    let letter = page.letter("camille@example.org", "Cette adresse ouvre déjà un compte");
    assert_eq!(letter.code(), None);
    page.button("Corriger ma demande").click();
    page.field("Courriel").wait_for_value("Camille@example.org");
    page.button("Annuler").click();
    page.wait_for_focus("modifier-coordonnees");
    page.says("Confirmez ce changement");
    page.says(COURRIEL);
}

#[test]
fn a_closed_account_is_gone_and_the_rights_are_found_again_in_a_new_one() {
    let server = Server::start();
    let page = at_home(&server);
    page.button("Fermer mon compte").click();
    page.wait_for_focus("fermeture-titre");
    page.says("Fermer ce compte efface ce qu’il contient");
    // Who declared no DIF has none to lose.
    page.wait_for("what is true of their DIF", || {
        if page.shows("heures de DIF") { Err("the general warning is still there".to_owned()) } else { Ok(()) }
    });
    page.inspect("profil-fermeture");
    page.button("Garder mon compte").click();
    page.wait_for_focus("fermer-compte");
    page.button("Fermer mon compte").click();
    page.button("Fermer définitivement").click();
    page.field("Mot de passe, pour confirmer").wait_for_description("Saisissez votre mot de passe.");
    page.field("Mot de passe, pour confirmer").fill("ce n’est pas le bon");
    page.button("Fermer définitivement").click();
    page.field("Mot de passe, pour confirmer").wait_for_description("Ce n’est pas le mot de passe de ce compte");
    page.inspect("profil-fermeture-refus");
    page.field("Mot de passe, pour confirmer").fill(PASSWORD);
    page.button("Fermer définitivement").click();
    page.wait_for_path("/");
    page.says("Votre compte est fermé");
    page.wait_for_focus("acquis-compte-ferme");
    page.inspect("accueil-compte-ferme");
    page.reload();
    page.gone("Votre compte est fermé");
    page.link("Connexion").click();
    page.heading("Me connecter");
    page.field("Courriel").fill(COURRIEL);
    page.field("Mot de passe").fill(PASSWORD);
    page.button("Me connecter").click();
    page.says("Aucun compte ne correspond à ce courriel et à ce mot de passe.");
    RENAUD.open_account_with(&page, "renaud@example.org");
    page.wait_for_text_of("solde", "1 025,00 €");
    page.wait_for_text_of("solde-dif", "0,00 €");
}

#[test]
fn an_account_that_closes_later_says_when_and_is_kept_by_keyboard_alone() {
    let server = Server::with(&[("ACQUIS_FERMETURE", "14")]);
    let page = at_home(&server);
    page.says("d’ici là, vous pourriez le garder");
    page.tab_to("Fermer mon compte");
    page.press(Key::Enter);
    page.wait_for_focus("fermeture-titre");
    page.inspect("profil-fermeture-plus-tard");
    page.tab_to("Mot de passe, pour confirmer");
    page.type_text(PASSWORD);
    page.press(Key::Enter);
    page.wait_for_path("/");
    page.says("Votre compte est fermé");
    page.wait_for_focus("acquis-compte-ferme");
    personas::log_in(&page, PASSWORD);
    page.says("Votre compte sera effacé le");
    page.inspect("solde-fermeture-demandee");
    page.go("/profil");
    page.says("vous pouvez encore garder votre compte");
    page.inspect("profil-fermeture-demandee");
    page.tab_to("Garder mon compte");
    page.press(Key::Enter);
    page.wait_for_focus("compte-garde");
    page.says("Votre compte est gardé");
    page.gone("Votre compte sera effacé le");
    page.inspect("profil-compte-garde");
    page.reload();
    page.says("Comment vous joindre");
    page.gone("Votre compte est gardé");
    page.absent("vous pouvez encore garder votre compte");
}

#[test]
fn where_the_law_lets_no_account_be_closed_the_profile_says_so() {
    let server = Server::with(&[("ACQUIS_FERMETURE", "exclue")]);
    let page = at_home(&server);
    page.says("Ici, un compte ne se ferme pas");
    page.inspect("profil-fermeture-exclue");
    page.go("/donnees-personnelles");
    page.says("excepte ce système du droit à l’effacement");
}

#[test]
fn an_address_that_nobody_proved_is_confirmed_by_a_code_on_the_way_to_what_asks_for_it() {
    let server = Server::start();
    let page = at_home(&server);
    page.says("À vérifier.");
    page.absent("Confirmez votre courriel");
    personas::give_courriel(&server, COURRIEL, OTHER);
    personas::log_in_as(&page, OTHER, PASSWORD);
    page.says("Votre courriel n’est pas confirmé");
    page.inspect("solde-courriel-a-confirmer");
    page.link("Confirmer mon courriel").click();
    page.says("Confirmez votre courriel");
    page.inspect("profil-courriel-a-confirmer");
    page.button("Recevoir un code").click();
    page.wait_for_focus("code-parti");
    page.inspect("profil-code-envoye");
    page.field("Code à six chiffres").fill("000000");
    page.button("Confirmer").click();
    page.says("1 réponse à corriger");
    let code = page.code(OTHER);
    page.field("Code à six chiffres").fill(&code);
    page.button("Confirmer").click();
    page.says("Mes droits de formation s’élèvent à");
    page.absent("Votre courriel n’est pas confirmé");
    page.says("À vérifier");
}

#[test]
fn everything_is_taken_away_by_whoever_proved_who_they_are_and_gives_their_password_again() {
    let server = Server::start();
    let page = at_home(&server);
    page.says("il faut que votre identité soit prouvée");
    page.inspect("profil-emporter");
    personas::is_seen(&server, COURRIEL);
    personas::log_in(&page, PASSWORD);
    page.go("/profil");
    page.button("Tout emporter, avec mon numéro et mes justificatifs").click();
    page.wait_for_focus("export-mot-de-passe-actuel");
    page.inspect("profil-tout-emporter");
    let password = || page.field("Mot de passe, pour confirmer");
    page.press(Key::Enter);
    password().wait_for_description("Saisissez votre mot de passe.");
    password().fill("ce n’est pas le bon");
    page.press(Key::Enter);
    password().wait_for_description("Ce n’est pas le mot de passe de ce compte");
    page.inspect("profil-tout-emporter-refus");
    page.button("Annuler").click();
    page.wait_for_focus("tout-emporter");
    // By the keyboard alone, from the button to the file.
    page.press(Key::Enter);
    page.wait_for_focus("export-mot-de-passe-actuel");
    password().fill(PASSWORD);
    page.press(Key::Enter);
    page.says("Le téléchargement commence");
    page.wait_for_focus("fait");
    page.inspect("profil-tout-emporte");
    page.letter(COURRIEL, "Toutes vos données ont été téléchargées");
}
