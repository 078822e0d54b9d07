//! Every connected screen, and every state of those that are open: readable by all, from 320 pixels, light and dark.

use journeys::personas::{CAMILLE, MAELLE, RENAUD};
use journeys::{Browser, Page, Server, screens};

fn inspect_all(page: &Page, who: &str) {
    for screen in screens::guarded() {
        screens::visit(page, screen);
        page.inspect(&format!("{}-{who}", screen.path.trim_start_matches('/')));
    }
    assert_eq!(page.console_errors(), Vec::<String>::new());
}

#[test]
fn every_connected_screen_of_somebody_with_rights() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    inspect_all(&page, "renaud");
}

#[test]
fn every_connected_screen_of_somebody_nobody_knows() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    CAMILLE.open_account(&page);
    inspect_all(&page, "inconnue");
}

#[test]
fn every_connected_screen_of_somebody_at_the_ceiling_with_each_line_explained() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    MAELLE.open_account(&page);
    inspect_all(&page, "plafond");
    page.go("/historique");
    page.says("Du plus récent au plus ancien");
    page.script("document.querySelectorAll('.ledger__why').forEach((b) => b.click())", serde_json::json!([]));
    page.says("Ce qui l’aurait changé");
    page.says("Conversion de 150 heures, à 15 € l’heure");
    page.says("Ce que nous avons choisi, faute de règle");
    page.inspect("historique-plafond-explique");
}

#[test]
fn the_states_of_me_connecter() {
    let server = Server::with(&[("ACQUIS_TENTATIVES_COMPTE", "2")]);
    let page = Browser::open().page(&server);
    RENAUD.open_account(&page);
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    page.go("/connexion");
    page.button("Me connecter").click();
    page.says("Il reste 2 réponses à corriger");
    page.inspect("connexion-vide");
    page.field("Courriel").fill("personne@example.org");
    page.field("Mot de passe").fill("ce n’est pas lui");
    for _ in 0..3 {
        page.button("Me connecter").click();
        page.says("Me connecter");
        page.wait_for("an answer", || {
            if page.shows("ne vont pas ensemble") || page.shows("Trop d’essais") {
                Ok(())
            } else {
                Err("none yet".to_owned())
            }
        });
    }
    page.says("Trop d’essais : une pause protège votre compte");
    page.says("Attendez");
    page.inspect("connexion-trop-d-essais");
    page.offline(true);
    page.button("Me connecter").click();
    page.says("La connexion a été perdue");
    page.field("Mot de passe").wait_for_value("ce n’est pas lui");
    page.inspect("connexion-hors-ligne");
}

#[test]
fn the_states_of_the_sign_up() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/inscription");
    page.inspect("inscription-vide");
    page.button("Créer mon compte").click();
    page.says("réponses à corriger");
    page.wait_for_focus("inscription-bilan");
    page.inspect("inscription-erreurs");
    RENAUD.fill(&page);
    page.gone("à corriger");
    page.says("Homme, né en janvier 1980");
    page.inspect("inscription-juste");
    page.link("Annuler").click();
    page.says("Effacer tout ce que vous avez saisi ?");
    page.wait_for_focus("annuler-titre");
    page.inspect("inscription-annuler");
    page.button("Garder mes réponses").click();
    page.wait_for_focus("annuler");
    page.field("Prénoms").wait_for_value("Renaud");
    page.link("Annuler").click();
    page.link("Tout effacer").click();
    page.wait_for_path("/");
    page.back();
    page.heading("Créer mon compte");
    page.field("Nom de naissance").wait_for_value("");
}
