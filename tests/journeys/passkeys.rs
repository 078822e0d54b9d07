//! Passkeys, with the authenticator of Chromium: added by keyboard alone, signed in with, named, removed.

use journeys::personas::{self, COURRIEL, PASSWORD, RENAUD};
use journeys::{Browser, Key, Page, Server, shown_by_application};

use crate::second_step::protect;

const USE: &str = "Utiliser une clé d’accès";
const ADD: &str = "Ajouter une clé d’accès";
const NAME: &str = "Nom de la clé (facultatif)";
const AGAIN: &str = "Mot de passe, pour confirmer";

fn at_home(server: &Server) -> Page {
    let page = Browser::open().page_of_localhost(server);
    RENAUD.open_account(&page);
    page.go("/acces");
    page.says("Vous n’avez pas de clé d’accès.");
    page
}

fn signs_out(page: &Page) {
    page.go("/solde");
    page.button("Se déconnecter").click();
    page.heading("Vos droits à la formation, ligne par ligne");
}

fn adds(page: &Page, name: &str) {
    page.button(ADD).click();
    page.field(NAME).fill(name);
    page.field(AGAIN).fill(PASSWORD);
    page.button("Créer la clé").click();
    page.says("Votre clé d’accès est ajoutée");
    page.wait_for_focus("cle-fait");
}

#[test]
fn a_passkey_is_added_by_keyboard_alone_and_opens_the_account_without_typing_anything() {
    let server = Server::start();
    let page = at_home(&server);
    page.inspect("acces-sans-cle");
    let device = page.device();
    page.tab_to(ADD);
    page.press(Key::Enter);
    page.wait_for_focus_name(NAME);
    page.inspect("acces-ajouter-cle");
    page.type_text("Mon téléphone");
    page.press(Key::Enter);
    page.says("Il reste 1 réponse à corriger");
    page.tab_to(AGAIN);
    page.type_text("pas le bon");
    page.press(Key::Enter);
    page.field(AGAIN).wait_for_error(true);
    page.inspect("acces-ajouter-cle-erreur");
    page.field(AGAIN).fill(PASSWORD);
    page.press(Key::Enter);
    page.says("Votre clé d’accès est ajoutée");
    page.says("Mon téléphone");
    page.says("Pas encore utilisée");
    page.wait_for_focus("cle-fait");
    page.inspect("acces-une-cle");
    assert_eq!(device.keys().len(), 1);
    page.letter(COURRIEL, "Une clé d’accès ouvre votre compte");
    signs_out(&page);
    page.go("/connexion");
    page.wait_for("the way in", || {
        // Chromium may answer in the field by itself, as its virtual authenticator does: then nobody presses anything.
        if page.path() == "/solde" { Ok(()) } else { Err(format!("the path is {}", page.path())) }
    });
    page.says("Vos droits sont destinés");
    page.go("/acces");
    page.says("Utilisée pour la dernière fois le");
}

#[test]
fn a_device_that_does_not_recognize_its_holder_opens_nothing_and_says_what_to_do() {
    let server = Server::start();
    let page = at_home(&server);
    let device = page.device();
    adds(&page, "");
    page.says("Clé sans nom");
    // One is enough for a device.
    page.button(ADD).click();
    page.field(AGAIN).fill(PASSWORD);
    page.button("Créer la clé").click();
    page.says("Cet appareil a déjà une clé d’accès de ce compte");
    page.inspect("acces-cle-deja-la");
    page.button("Annuler").click();
    signs_out(&page);
    device.recognizes(false);
    page.go("/connexion");
    page.inspect("connexion");
    page.button(USE).click();
    page.says("Aucune clé d’accès n’a répondu");
    page.inspect("connexion-cle-sans-reponse");
    device.recognizes(true);
    page.button(USE).click();
    page.wait_for_path("/solde");
    // The session ends over a form: the same device opens it again, and nothing typed is lost.
    page.go("/acces");
    page.button(ADD).click();
    page.field(NAME).fill("La deuxième");
    page.field(AGAIN).fill(PASSWORD);
    page.lose_the_session();
    page.button("Créer la clé").click();
    page.says("Votre session est terminée");
    page.inspect("session-finie-cle");
    page.button(USE).click();
    page.gone("Votre session est terminée");
    page.field(NAME).wait_for_value("La deuxième");
}

#[test]
fn a_passkey_is_named_then_removed_and_opens_nothing_any_more() {
    let server = Server::start();
    let page = at_home(&server);
    let device = page.device();
    adds(&page, "Ordinateur");
    page.button("Renommer Ordinateur").click();
    page.field(NAME).wait_for_value("Ordinateur");
    page.field(NAME).fill("Ordinateur du salon");
    page.inspect("acces-renommer-cle");
    page.button("Renommer").click();
    page.says("Votre clé d’accès a changé de nom");
    page.button("Retirer Ordinateur du salon").click();
    page.wait_for_focus("garder-cle");
    page.inspect("acces-retirer-cle");
    page.button("La garder").click();
    page.button("Retirer Ordinateur du salon").click();
    // Ten minutes later it asks who is there: the very passkey says so, then goes.
    page.signed_in_long_ago();
    page.button("Retirer cette clé").click();
    page.says("Confirmez que c’est vous");
    page.button(USE).click();
    page.gone("Confirmez que c’est vous");
    page.says("Cette clé n’ouvre plus votre compte");
    page.says("Vous n’avez pas de clé d’accès.");
    page.letter(COURRIEL, "Une clé d’accès est retirée");
    assert_eq!(device.keys().len(), 1, "the device still has its half");
    signs_out(&page);
    page.go("/connexion");
    page.says("Cette clé d’accès n’ouvre aucun compte ici");
    page.inspect("connexion-cle-refusee");
    page.field("Courriel").fill(COURRIEL);
    page.field("Mot de passe").fill(PASSWORD);
    page.button("Me connecter").click();
    page.wait_for_path("/solde");
}

#[test]
fn everything_is_taken_away_by_a_passkey_in_the_place_of_the_password() {
    let server = Server::start();
    let page = at_home(&server);
    let device = page.device();
    adds(&page, "Ordinateur");
    personas::is_seen(&server, COURRIEL);
    page.go("/profil");
    page.button("Tout emporter, avec mon numéro et mes justificatifs").click();
    page.wait_for_focus("export-mot-de-passe-actuel");
    device.recognizes(false);
    page.button(USE).click();
    page.says("Aucune clé d’accès n’a répondu");
    page.inspect("profil-tout-emporter-cle");
    device.recognizes(true);
    page.tab_to(USE);
    page.press(Key::Enter);
    page.says("Le téléchargement commence");
    page.wait_for_focus("fait");
    page.letter(COURRIEL, "Toutes vos données ont été téléchargées");
}

#[test]
fn where_a_second_step_is_set_a_passkey_is_added_by_a_code_of_the_application_or_one_that_was_kept() {
    let server = Server::start();
    let page = at_home(&server);
    let device = page.device();
    let (secret, codes) = protect(&page);
    page.button(ADD).click();
    page.wait_for_focus("cle-nom-cle");
    page.field(AGAIN).fill(PASSWORD);
    page.button("Créer la clé").click();
    page.field("Code de votre application")
        .wait_for_description("Saisissez les six chiffres que montre votre application");
    page.inspect("acces-cle-code-manquant");
    page.tab_to("Utiliser un code de secours");
    page.press(Key::Enter);
    page.wait_for_focus("cle-code-secours");
    page.press(Key::Enter);
    page.field("Code de secours").wait_for_description("Saisissez un de vos codes de secours");
    page.inspect("acces-cle-secours-manquant");
    page.field("Code de secours").fill(&codes[0]);
    page.press(Key::Enter);
    page.says("Votre clé d’accès est ajoutée");
    page.says("9 sur 10 n’ont pas servi");
    assert_eq!(device.keys().len(), 1);
    // The password as well: the code of the application is one that has not served.
    page.button("Changer le mot de passe").click();
    page.field("Mot de passe actuel").fill(PASSWORD);
    page.field("Code de votre application").fill(&shown_by_application(&secret, 1));
    page.field("Nouveau mot de passe").fill("Girafe violette du lundi 8");
    page.inspect("acces-mot-de-passe-et-code");
    page.button("Changer le mot de passe").click();
    page.says("Votre mot de passe est changé");
}

#[test]
fn at_the_address_of_the_machine_the_page_says_where_passkeys_can_be_used() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    let _device = page.device();
    page.go("/acces");
    page.button(ADD).click();
    page.field(AGAIN).fill(PASSWORD);
    page.button("Créer la clé").click();
    page.says("Ouvrez cette page à cette adresse");
    page.says("http://localhost:");
    page.inspect("acces-cle-autre-adresse");
}
