//! An identity that a provider proves, with a real one: it opens an account, comes back, is linked and taken back, and whatever goes
//! wrong on the way is said where somebody lands.

use journeys::personas::{self, CAMILLE, COURRIEL, PASSWORD, RENAUD};
use journeys::provider::LABEL;
use journeys::{Browser, Key, Page, Provider, Server};

const CONNECT: &str = "Me connecter avec Identité d’essai";
const LINK: &str = "Relier mon identité avec Identité d’essai";
const AGAIN: &str = "Mot de passe, pour confirmer";
const CAMILLE_THERE: &str = "Camille Nouvel, 1980-01-12";
const RENAUD_THERE: &str = "Renaud Ambroise, 1980-01-15";

/// A browser in front of a server that knows a provider; nothing where none can be run.
fn with_provider(journey: impl FnOnce(&Page, &mut Provider, &Server)) {
    let mut server = Server::start();
    let Some(mut provider) = Provider::of(&mut server) else { return };
    let page = Browser::open().page_of_localhost(&server);
    journey(&page, &mut provider, &server);
}

#[test]
fn somebody_new_comes_with_their_identity_by_keyboard_alone_and_comes_back_by_it() {
    with_provider(|page, provider, _| {
        page.go("/connexion");
        page.inspect("connexion-fournisseur");
        page.tab_to(CONNECT);
        page.press(Key::Enter);
        provider.choose(page, CAMILLE_THERE);
        page.wait_for_path("/identite");
        page.wait_until_alive();
        page.heading("Votre identité");
        page.says("Nouvel");
        page.says("12/01/1980");
        page.inspect("identite-inconnue");
        page.tab_to("Créer mon compte");
        page.press(Key::Enter);
        // Who it is comes from elsewhere: nothing asks it again.
        page.says("Il reste 6 réponses à corriger");
        page.inspect("identite-erreurs");
        for (field, text) in [
            ("Numéro de sécurité sociale", CAMILLE.nir),
            ("Clé", CAMILLE.key),
            ("Téléphone mobile", "06 12 34 56 78"),
            ("Courriel", COURRIEL),
            ("Mot de passe", PASSWORD),
        ] {
            page.field(field).fill("");
            page.tab_to(field);
            page.type_text(text);
        }
        page.tab_to("J’ai lu et j’accepte les conditions générales d’utilisation");
        page.press(Key::Space);
        page.tab_to("Créer mon compte");
        page.press(Key::Enter);
        personas::confirm(page, COURRIEL);
        page.go("/acces");
        page.says("Vérifiée");
        page.says("Reliée depuis le");
        page.inspect("acces-identite-reliee");
        page.go("/solde");
        // The session of the provider ends with this one, whether it opened the account or came back to it.
        page.button("Se déconnecter").click();
        provider.sign_out(page);
        page.wait_for_path("/");
        page.wait_until_alive();
        page.heading("Vos droits à la formation, ligne par ligne");
        page.go("/connexion");
        page.button(CONNECT).click();
        provider.choose(page, CAMILLE_THERE);
        page.wait_for_path("/solde");
        page.wait_until_alive();
        page.says("Vos droits sont destinés");
        page.button("Se déconnecter").click();
        provider.sign_out(page);
        page.wait_for_path("/");
        page.wait_until_alive();
        page.heading("Vos droits à la formation, ligne par ligne");
    });
}

#[test]
fn a_holder_links_their_identity_and_takes_it_back() {
    with_provider(|page, provider, _| {
        RENAUD.open_account(page);
        page.go("/acces");
        page.says(LABEL);
        page.inspect("acces-fournisseur");
        page.tab_to(LINK);
        page.press(Key::Enter);
        provider.choose(page, RENAUD_THERE);
        page.wait_for_path("/acces#identite-reliee");
        page.wait_until_alive();
        page.says("Ce que dit Identité d’essai");
        page.wait_for_focus("identite-reliee");
        page.inspect("acces-identite-a-relier");
        page.tab_to(AGAIN);
        page.type_text("ce n’est pas le bon");
        page.press(Key::Enter);
        page.field(AGAIN).wait_for_error(true);
        page.inspect("acces-identite-mot-de-passe-faux");
        page.field(AGAIN).fill(PASSWORD);
        page.press(Key::Enter);
        page.says("Cette identité ouvre votre compte");
        page.wait_for_focus("identite-fait");
        page.inspect("acces-identite-reliee-a-l-instant");
        page.says("Reliée depuis le");
        page.letter(COURRIEL, "Un autre moyen d’ouvrir votre compte");
        page.says("Vérifiée");
        page.tab_to("Détacher cette identité");
        page.press(Key::Enter);
        page.says("Cette identité n’ouvre plus votre compte");
        page.wait_for_focus("identite-fait");
        page.inspect("acces-identite-detachee");
        page.button(LINK);
    });
}

#[test]
fn an_account_that_is_there_already_is_opened_first_then_linked() {
    with_provider(|page, provider, _| {
        RENAUD.open_account(page);
        page.button("Se déconnecter").click();
        page.heading("Vos droits à la formation, ligne par ligne");
        page.go("/connexion");
        page.button(CONNECT).click();
        provider.choose(page, RENAUD_THERE);
        page.wait_for_path("/identite");
        page.wait_until_alive();
        page.link("J’ai déjà un compte").click();
        page.heading("Me connecter");
        page.field("Courriel").fill(COURRIEL);
        page.field("Mot de passe").fill(PASSWORD);
        page.button("Me connecter").click();
        page.wait_for_path("/acces");
        page.field(AGAIN).fill(PASSWORD);
        page.button("Relier cette identité").click();
        page.says("Cette identité ouvre votre compte");
    });
}

#[test]
fn an_identity_that_is_somebody_elses_opens_nothing_and_says_what_to_do() {
    with_provider(|page, provider, server| {
        RENAUD.open_account(page);
        page.go("/acces");
        page.button(LINK).click();
        provider.choose(page, CAMILLE_THERE);
        page.wait_for_path("/acces#identite-reliee");
        page.wait_until_alive();
        page.field(AGAIN).fill(PASSWORD);
        page.button("Relier cette identité").click();
        page.says("Rien n’a été relié");
        page.says("ne sont pas ceux de l’identité prouvée");
        page.inspect("acces-identite-contredite");
        // A number that is not theirs: born the same month, elsewhere.
        let other = Browser::open().page_of_localhost(server);
        other.go("/connexion");
        other.button(CONNECT).click();
        provider.choose(&other, CAMILLE_THERE);
        other.wait_for_path("/identite");
        other.wait_until_alive();
        for (field, text) in [
            ("Numéro de sécurité sociale", "1800113999001"),
            ("Clé", "62"),
            ("Téléphone mobile", "06 12 34 56 78"),
            ("Courriel", "camille@example.org"),
            ("Mot de passe", PASSWORD),
        ] {
            other.field(field).fill(text);
        }
        other.field("J’ai lu et j’accepte les conditions générales d’utilisation").click();
        other.button("Créer mon compte").click();
        other.says("Votre compte n’a pas encore été créé");
        other.inspect("identite-numero-d-un-autre");
    });
}

#[test]
fn what_goes_wrong_on_the_way_is_said_and_the_password_is_still_a_way_in() {
    with_provider(|page, provider, _| {
        page.go("/connexion");
        page.button(CONNECT).click();
        provider.choose(page, "Renoncer");
        page.wait_for_path("/identite?issue=abandon");
        page.wait_until_alive();
        page.says("Vous n’avez pas donné votre identité");
        page.inspect("identite-abandon");
        for issue in ["indisponible", "refus", "identite", "gele", "perime"] {
            page.go(&format!("/identite?issue={issue}"));
            page.link("Me connecter avec mon courriel");
            page.inspect(&format!("identite-{issue}"));
        }
        page.go("/inscription");
        page.button("Venir avec Identité d’essai").click();
        page.inspect("inscription-fournisseur");
        page.button("Continuer avec Identité d’essai").click();
        provider.choose(page, "Sacha Petit, 2014-06-01");
        page.wait_for_path("/identite");
        page.wait_until_alive();
        page.says("Un compte ne peut pas encore être ouvert");
        page.inspect("identite-trop-jeune");
    });
}

#[test]
fn a_provider_that_is_down_is_told_where_it_was_asked() {
    with_provider(|page, provider, _| {
        provider.stop();
        page.go("/connexion");
        page.button(CONNECT).click();
        page.says("Cette page n’a pas pu vous y mener");
        page.inspect("connexion-fournisseur-en-panne");
        page.field("Courriel");
    });
}
