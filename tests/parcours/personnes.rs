//! The fictional people of the README: each reads the balance that the README tells.

use parcours::{Navigateur, Page, Personne, Serveur, personnes};

const fn personne(
    nom: &'static str,
    prenoms: &'static str,
    naissance: &'static str,
    nir: &'static str,
    cle: &'static str,
) -> Personne {
    Personne { nom, prenoms, naissance, nir, cle }
}

/// Who, and what they read: worked out by hand from the rules, 15 € for an hour and 500 € for a year.
const SOLDES: &[(Personne, &str)] = &[
    (personne("Pat-Trois", "Dominique Marie-Louise", "28/03/1979", "2 79 03 51 215 189", "89"), "1 810,00 €"),
    (personne("Ambroise", "Renaud", "15/01/1980", "1 80 01 75 999 001", "37"), "1 025,00 €"),
    (personne("Lhéritier", "Maëlle", "02/06/1965", "2 65 06 69 999 012", "80"), "5 000,00 €"),
    (personne("Verdier", "Inès", "17/09/1990", "2 90 09 33 999 021", "60"), "249,85 €"),
    (personne("Kervella", "Yann", "05/10/1991", "1 91 10 44 999 034", "58"), "500,00 €"),
    (personne("Casabianca", "Ghjuvan", "20/01/1980", "1 80 01 2B 999 001", "24"), "1 860,00 €"),
    (personne("Hoarau", "Jean-Bernard", "30/01/1985", "1 85 01 97 499 001", "36"), "2 080,00 €"),
    (personne("Oliveira", "Maria da Luz", "08/01/1985", "2 85 01 99 999 001", "64"), "1 199,13 €"),
    (personne("Delmas", "Solène", "12/04/1988", "2 88 04 31 999 040", "16"), "3 240,00 €"),
    (personne("Ndiaye", "Awa", "14/05/1975", "2 75 05 59 999 062", "85"), "0,00 €"),
    (personne("Rousset", "Bernard", "20/02/1961", "1 61 02 13 999 051", "86"), "1 500,00 €"),
    (personne("Nouvel", "Camille", "12/01/1980", "1 80 01 75 999 029", "09"), "0,00 €"),
];

fn lire_le_solde(page: &Page, nom: &str, solde: &str) {
    page.attendre_texte_de("solde", solde);
    page.attendre_texte_de("solde-dif", "0,00 €");
    page.aller("/mes-droits");
    page.texte(&format!("Votre solde disponible est de {solde}"));
    page.aller("/historique");
    page.titre("Mon historique");
    page.texte(match nom {
        "Nouvel" => "Aucune ligne n’est encore inscrite à votre compte.",
        "Ndiaye" => "124 h",
        "Rousset" => "Ce compte est gelé par la retraite à taux plein",
        _ => solde,
    });
    assert_eq!(page.erreurs_console(), Vec::<String>::new(), "{nom}");
}

#[test]
fn each_fictional_person_reads_their_exact_balance_then_and_when_they_come_back() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    for (rang, (personne, solde)) in SOLDES.iter().enumerate() {
        let courriel = format!("personne{rang}@example.org");
        personne.inscrire_avec(&page, &courriel);
        lire_le_solde(&page, personne.nom, solde);
        page.bouton("Se déconnecter").cliquer();
        page.attendre_chemin("/");
        page.aller("/connexion");
        page.champ("Courriel").remplir(&courriel.to_uppercase());
        page.champ("Mot de passe").remplir(personnes::MOT_DE_PASSE);
        page.bouton("Me connecter").cliquer();
        page.attendre_chemin("/solde");
        page.attendre_texte_de("solde", solde);
        page.bouton("Se déconnecter").cliquer();
        page.attendre_chemin("/");
    }
}

#[test]
fn the_person_at_the_ceiling_and_the_unknown_one_are_told_why() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    personnes::MAELLE.inscrire(&page);
    page.lien("Voir mes droits").cliquer();
    page.texte("Votre compte a atteint son plafond de 5 000,00 €");
    page.bouton("Se déconnecter").cliquer();
    page.attendre_chemin("/");
    personnes::CAMILLE.inscrire_avec(&page, "camille@example.org");
    page.texte("Pourquoi 0 € ?");
    page.texte("Aucune activité n’est encore connue");
}
