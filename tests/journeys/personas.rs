//! The fictional people of the README: each reads the balance that the README tells.

use journeys::{Browser, Page, Persona, Server, personas};

const fn persona(
    nom_naissance: &'static str,
    prenoms: &'static str,
    date_naissance: &'static str,
    nir: &'static str,
    key: &'static str,
) -> Persona {
    Persona { nom_naissance, prenoms, date_naissance, nir, key }
}

/// Who, and what they read: worked out by hand from the rules, 15 € for an hour and 500 € for a year.
const SOLDES: &[(Persona, &str)] = &[
    (persona("Pat-Trois", "Dominique Marie-Louise", "28/03/1979", "2 79 03 51 215 189", "89"), "1 810,00 €"),
    (persona("Ambroise", "Renaud", "15/01/1980", "1 80 01 75 999 001", "37"), "1 025,00 €"),
    (persona("Lhéritier", "Maëlle", "02/06/1965", "2 65 06 69 999 012", "80"), "5 000,00 €"),
    (persona("Verdier", "Inès", "17/09/1990", "2 90 09 33 999 021", "60"), "249,85 €"),
    (persona("Kervella", "Yann", "05/10/1991", "1 91 10 44 999 034", "58"), "500,00 €"),
    (persona("Casabianca", "Ghjuvan", "20/01/1980", "1 80 01 2B 999 001", "24"), "1 860,00 €"),
    (persona("Hoarau", "Jean-Bernard", "30/01/1985", "1 85 01 97 499 001", "36"), "2 080,00 €"),
    (persona("Oliveira", "Maria da Luz", "08/01/1985", "2 85 01 99 999 001", "64"), "1 199,13 €"),
    (persona("Delmas", "Solène", "12/04/1988", "2 88 04 31 999 040", "16"), "3 240,00 €"),
    (persona("Ndiaye", "Awa", "14/05/1975", "2 75 05 59 999 062", "85"), "0,00 €"),
    (persona("Rousset", "Bernard", "20/02/1961", "1 61 02 13 999 051", "86"), "1 500,00 €"),
    (persona("Nouvel", "Camille", "12/01/1980", "1 80 01 75 999 029", "09"), "0,00 €"),
];

/// « Vous étiez salarié du privé avant le 31 décembre 2014 ? »
const BOX: &str = "s’ajoutent à votre solde.";
const HALF_YEAR: &str = "au cours du premier semestre de l’année suivante";
const FULL: &str = "Votre compte est plein : il a atteint son plafond de 5 000,00 €.";
const YEAR_END: &str = "comme agent public sont créditées à la fin de cette année";
const FROZEN: &str = "Vous remplissez les conditions de la retraite à taux plein";
const NIVEAU: &str = "Déclarer que je n’ai pas de diplôme de ce niveau";

/// What each screen says and offers to somebody: what is true of them, and nothing that is true of others only.
fn reads_what_is_theirs(page: &Page, name: &str, solde: &str) {
    let (theirs, offer): (&[&str], &str) = match name {
        "Lhéritier" => (&[FULL], "Elles n’y ajouteraient rien aujourd’hui"),
        "Ndiaye" => (&[YEAR_END], "s’ajoutent en euros, à côté de vos heures d’agent public"),
        "Rousset" => (&[FROZEN], FROZEN),
        "Nouvel" => (&["La première ligne arrivera au premier semestre"], BOX),
        _ => (&[HALF_YEAR], BOX),
    };
    page.wait_for_text_of("solde", solde);
    let known = name != "Nouvel";
    for words in theirs.iter().filter(|_| known) {
        page.says(words);
    }
    let nothing_else = |places: &[&str]| {
        for words in [HALF_YEAR, FULL, YEAR_END, FROZEN, BOX, NIVEAU] {
            let expected = theirs.contains(&words) || words == offer || (words == NIVEAU && name != "Rousset");
            assert!(expected || !page.shows(words), "{name}, {places:?}: « {words} »");
        }
    };
    nothing_else(&["/solde"]);
    let in_words = if name == "Ndiaye" { "124 heures" } else { solde };
    page.go("/mes-droits");
    page.says(&format!("Votre solde disponible est de {in_words}."));
    for words in theirs {
        page.says(words);
    }
    page.says(offer);
    page.says(if name == "Rousset" { "le niveau de diplôme n’y change plus rien" } else { NIVEAU });
    nothing_else(&["/mes-droits"]);
    page.go("/historique");
    page.heading("Mon historique");
    page.says(match name {
        "Nouvel" => "Aucune ligne n’est encore inscrite à votre compte.",
        "Ndiaye" => "124 h",
        "Rousset" => FROZEN,
        _ => solde,
    });
    assert_eq!(page.console_errors(), Vec::<String>::new(), "{name}");
}

#[test]
fn each_fictional_person_reads_their_exact_balance_then_and_when_they_come_back() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    for (index, (persona, solde)) in SOLDES.iter().enumerate() {
        let courriel = format!("personne{index}@example.org");
        persona.open_account_with(&page, &courriel);
        reads_what_is_theirs(&page, persona.nom_naissance, solde);
        page.button("Se déconnecter").click();
        page.wait_for_path("/");
        page.go("/connexion");
        page.field("Courriel").fill(&courriel.to_uppercase());
        page.field("Mot de passe").fill(personas::PASSWORD);
        page.button("Me connecter").click();
        page.wait_for_path("/solde");
        page.wait_for_text_of("solde", solde);
        page.button("Se déconnecter").click();
        page.wait_for_path("/");
    }
}

#[test]
fn the_person_at_the_ceiling_and_the_unknown_one_are_told_why() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    personas::MAELLE.open_account(&page);
    page.link("Voir mes droits").click();
    page.says(FULL);
    page.button("Se déconnecter").click();
    page.wait_for_path("/");
    personas::CAMILLE.open_account_with(&page, "camille@example.org");
    page.says("Pourquoi 0 € ?");
    page.says("Aucune activité n’est encore connue");
}
