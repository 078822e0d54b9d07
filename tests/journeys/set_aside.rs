//! An account that an employer's declaration sets aside: its holder is told on the screen and by letter, takes what they typed
//! away or leaves, and sees nothing of anybody else.

use std::fs;

use journeys::personas::{self, CAMILLE, COURRIEL, PASSWORD};
use journeys::{Browser, Key, Page, Server};

const ASIDE: &str = "Votre compte est mis à part";
const HELD: &str = "Un employeur a déclaré votre numéro de sécurité sociale pour une autre personne.";

/// An employer declares the NIR of Camille for somebody else.
fn contradict(server: &Server) {
    let file = server.data().join("paie.csv");
    let lines =
        "nir;nom_naissance;prenoms;date_naissance;annee;heures\n1800175999029;Tiers;Sacha;12/01/1980;2024;1607\n";
    fs::write(&file, lines).expect("the temporary folder can be written");
    let said = server.run("importer", &["activites", &file.to_string_lossy()], "");
    assert!(said.contains("mis à part"), "{said}");
}

/// Reads the page again until it says so, or does not any more: a server remembers for a second whose a session is.
fn reload_until(page: &Page, aside: bool) {
    for _ in 0..20 {
        page.reload();
        page.says("Mes droits de formation");
        if page.shows(ASIDE) == aside {
            return;
        }
    }
    panic!("{ASIDE}: still {}", !aside);
}

fn shows_nothing_of_the_other(page: &Page) {
    let said = page.all_text();
    for hidden in ["Tiers", "Sacha", "500,00"] {
        assert!(!said.contains(hidden), "{hidden}: {said}");
    }
}

#[test]
fn a_holder_whose_number_an_employer_declares_for_somebody_else_is_told_everywhere_and_keeps_what_they_typed() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.width(360);
    CAMILLE.open_account(&page);
    page.go("/mes-droits");
    page.says("Déclarer mon handicap");
    page.says("La première ligne arrivera au premier semestre");
    page.go("/solde");
    contradict(&server);
    let letter = page.letter(COURRIEL, ASIDE);
    assert!(!letter.text.contains("Tiers") && !letter.text.contains("Sacha"), "{}", letter.text);

    // Where they were, and where they come first: nothing ended their session.
    reload_until(&page, true);
    page.says(ASIDE);
    page.says(HELD);
    page.inspect("mis-a-part-solde");
    shows_nothing_of_the_other(&page);
    page.width(360);
    page.go("/mes-droits");
    page.says(HELD);
    page.absent("Déclarer mon handicap");
    page.absent("La première ligne arrivera au premier semestre");
    page.inspect("mis-a-part-droits");
    page.width(360);
    page.go("/historique");
    page.says("Aucune ligne n’est encore inscrite");
    assert!(!page.shows("La première ligne arrivera"), "no credit comes to an account that is set aside");
    shows_nothing_of_the_other(&page);
    page.go("/profil");
    page.says(HELD);
    page.says("il faut que votre identité soit prouvée");
    assert!(!page.shows("Confirmez votre courriel"), "a mailbox brings nothing back");
    page.inspect("mis-a-part-profil");
    shows_nothing_of_the_other(&page);

    // The way in is the same, and says it again.
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    page.go("/connexion");
    page.tab_to("Courriel");
    page.type_text(COURRIEL);
    page.tab_to("Mot de passe");
    page.type_text(PASSWORD);
    page.press(Key::Enter);
    page.wait_for_path("/solde");
    page.says(ASIDE);

    // By keyboard, from what is said to the way out.
    page.tab_to("fermer le compte");
    page.press(Key::Enter);
    page.wait_for_path("/profil#fermer");
    page.button("Fermer mon compte").click();
    page.says("Fermer ce compte efface ce qu’il contient");
}

#[test]
fn an_account_that_gets_its_number_back_says_nothing_any_more() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    CAMILLE.open_account(&page);
    contradict(&server);
    reload_until(&page, true);
    page.says(ASIDE);
    let reference = &personas::reference(&server, COURRIEL);
    let proof = "carte d’identité et attestation de droits vues le 28/11/2026";
    server.run("comptes", &[reference, "--rendre-nir", "--preuve", proof], "");
    page.letter(COURRIEL, "Votre compte a retrouvé son numéro");
    reload_until(&page, false);
    page.absent(ASIDE);
    shows_nothing_of_the_other(&page);
}
