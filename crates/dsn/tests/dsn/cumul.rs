//! Declarations that replace, cancel, repeat or complete one another.

use crate::memory_store::{Cumul, Depot, Personne};
use crate::{communs, ordres};
use domaine::declarations::Sort;
use dsn::generateur::{Plan, generer};
use dsn::valeurs::Quantite;
use dsn::{Evenement, Temps};
use std::collections::HashMap;

/// One declaration of the example, in other words.
fn declaration(changements: &[(&str, &str)]) -> Vec<u8> {
    let mut texte = String::from_utf8(dsn::exemple()).expect("the example is ASCII");
    for (avant, apres) in changements {
        assert!(texte.contains(avant), "{avant}");
        texte = texte.replace(avant, apres);
    }
    texte.into_bytes()
}

fn suivre(cumul: &mut Cumul, octets: &[u8]) -> Vec<Sort> {
    communs::lire(octets).0.into_iter().filter_map(|evenement| cumul.suivre(evenement)).collect()
}

fn heures(cumul: &Cumul) -> i64 {
    cumul.annees().values().map(|temps| temps.heures.centiemes()).sum()
}

const ORDRE: &str = "05.004,'1'";
const HEURES: &str = "144.67";

#[test]
fn the_example_is_new_once_and_comes_to_a_year() {
    let mut cumul = Cumul::default();
    for attendu in [Sort::Nouveau, Sort::DejaLa] {
        assert_eq!(suivre(&mut cumul, &dsn::exemple()), [attendu]);
    }
    let annees: Vec<_> = cumul.annees().into_iter().map(|((_, annee), temps)| (annee, temps.heures)).collect();
    assert_eq!(annees, [(2026, Quantite::de_centiemes(14_467))]);
}

#[test]
fn a_file_imported_twice_changes_nothing() {
    let fichier = generer(&Plan { mois: 12, ..Plan::default() });
    let mut une_fois = Cumul::default();
    suivre(&mut une_fois, &fichier.octets);
    let mut deux_fois = une_fois.clone();
    let sorts = suivre(&mut deux_fois, &fichier.octets);
    assert_eq!(une_fois, deux_fois);
    assert!(sorts.iter().all(|sort| matches!(sort, Sort::DejaLa | Sort::Depasse)), "{sorts:?}");
}

#[test]
fn a_replacement_replaces_whichever_comes_first() {
    let premiere = declaration(&[]);
    let seconde = declaration(&[(ORDRE, "05.004,'2'"), ("05.002,'01'", "05.002,'03'"), (HEURES, "100.00")]);
    let mut cumul = Cumul::default();
    assert_eq!(suivre(&mut cumul, &premiere), [Sort::Nouveau]);
    assert_eq!(suivre(&mut cumul, &seconde), [Sort::Remplace]);
    assert_eq!(heures(&cumul), 10_000);
    assert_eq!(suivre(&mut cumul, &premiere), [Sort::Depasse]);
    let mut a_l_envers = Cumul::default();
    suivre(&mut a_l_envers, &seconde);
    suivre(&mut a_l_envers, &premiere);
    assert_eq!(a_l_envers, cumul);
}

#[test]
fn a_cancelled_month_is_empty_even_for_an_earlier_declaration_that_comes_late() {
    let annule = declaration(&[(ORDRE, "05.004,'2'"), ("05.002,'01'", "05.002,'04'")]);
    for ordre in [[&declaration(&[]), &annule], [&annule, &declaration(&[])]] {
        let mut cumul = Cumul::default();
        ordre.iter().for_each(|octets| drop(suivre(&mut cumul, octets)));
        assert_eq!(heures(&cumul), 0);
    }
    let mut cumul = Cumul::default();
    suivre(&mut cumul, &annule);
    suivre(&mut cumul, &declaration(&[(ORDRE, "05.004,'3'")]));
    assert_eq!(heures(&cumul), 14_467);
}

#[test]
fn several_employers_and_parts_of_one_month_add_up() {
    let mut cumul = Cumul::default();
    suivre(&mut cumul, &declaration(&[("05.003,'11'", "05.003,'12'")]));
    suivre(&mut cumul, &declaration(&[("05.003,'11'", "05.003,'22'"), (ORDRE, "05.004,'2'")]));
    suivre(&mut cumul, &declaration(&[("'00074'", "'00082'")]));
    assert_eq!(heures(&cumul), 3 * 14_467);
    // The month declared again in one part: both halves are gone.
    suivre(&mut cumul, &declaration(&[(ORDRE, "05.004,'3'")]));
    assert_eq!(heures(&cumul), 2 * 14_467);
    // A half that comes late says nothing any more.
    let tard = declaration(&[("05.003,'11'", "05.003,'22'"), (ORDRE, "05.004,'2'")]);
    assert_eq!(suivre(&mut cumul, &tard), [Sort::Depasse]);
}

#[test]
fn what_does_not_count_is_not_added() {
    for changements in [
        [("00.005,'02'", "00.005,'01'")],
        [("05.001,'01'", "05.001,'09'")],
        [("05.001,'01'", "05.001,'07'")],
        [("S90.G00.90.001,'34'\nS90.G00.90.002,'1'\n", "")],
    ] {
        let mut cumul = Cumul::default();
        assert_eq!(suivre(&mut cumul, &declaration(&changements)), []);
        assert_eq!(heures(&cumul), 0);
    }
}

#[test]
fn a_correction_of_december_in_january_belongs_to_the_year_before() {
    let octets = declaration(&[("51.001,'01012026'", "51.001,'01122025'"), ("51.002,'31012026'", "51.002,'31122025'")]);
    let mut cumul = Cumul::default();
    suivre(&mut cumul, &octets);
    assert_eq!(cumul.annees().keys().map(|(_, annee)| *annee).collect::<Vec<_>>(), [2025]);
}

#[test]
fn the_years_are_the_sum_of_the_last_word_on_each_month() {
    let tel_quel = Plan { employeurs: 5, salaries: 6, mois: 14, ..Plan::default() };
    let mut redivises = 0;
    for plan in [tel_quel, Plan { divisees_sur: 2, ..tel_quel }, Plan { divisees_sur: 2, desordre: true, ..tel_quel }] {
        let fichier = generer(&plan);
        let mut cumul = Cumul::default();
        suivre(&mut cumul, &fichier.octets);

        // Written another way: every declaration that no later one contradicts.
        let mut depots: Vec<Depot> = Vec::new();
        for evenement in &fichier.evenements {
            match evenement {
                Evenement::Declaration(declaration) => depots.push(Depot::ouvrir(declaration).unwrap()),
                Evenement::Individu(individu) => depots.last_mut().unwrap().ajouter(individu),
                Evenement::Fin(_) | Evenement::FinEnvoi(_) => {}
            }
        }
        redivises += depots.iter().filter(|depot| depot.cle.champ.is_some() || depot.fractions > 1).count();
        let attendus = ordres::attendus(&depots);
        let mut attendu: HashMap<(Personne, u16), Temps> = HashMap::new();
        for ligne in attendus.iter().flat_map(|depot| &depot.lignes) {
            *attendu.entry((ligne.personne.clone(), ligne.part.mois.annee())).or_default() += ligne.part.temps;
        }
        assert_eq!(cumul.annees(), attendu);
        assert!(attendu.len() > 40);
        assert!(attendu.values().any(|temps| temps.forfait_jours > Quantite::ZERO));
    }
    assert!(redivises > 40, "{redivises}");
}

#[test]
fn at_the_same_order_the_last_word_is_kept_and_the_same_word_changes_nothing() {
    let mut cumul = Cumul::default();
    assert_eq!(suivre(&mut cumul, &declaration(&[])), [Sort::Nouveau]);
    assert_eq!(suivre(&mut cumul, &declaration(&[])), [Sort::DejaLa]);
    assert_eq!(suivre(&mut cumul, &declaration(&[(HEURES, "100.00")])), [Sort::Remplace]);
    assert_eq!(heures(&cumul), 10_000);
}

#[test]
fn a_declaration_without_a_champ_is_a_total_one() {
    let total = declaration(&[("S21.G00.06.001", "S20.G00.05.008,'01'\nS21.G00.06.001")]);
    let mut cumul = Cumul::default();
    suivre(&mut cumul, &declaration(&[]));
    suivre(&mut cumul, &total);
    assert_eq!(heures(&cumul), 14_467);
    let agricole = declaration(&[("S21.G00.06.001", "S20.G00.05.008,'02'\nS21.G00.06.001")]);
    // That of one régime replaces it: its hours were in the total.
    assert_eq!(suivre(&mut cumul, &agricole), [Sort::Remplace]);
    assert_eq!(heures(&cumul), 14_467);
}
