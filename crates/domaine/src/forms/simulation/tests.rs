//! The form, its links and what the rules say of the lives that it supposes.

use super::SaisieSimulation;
use crate::bareme::Bareme;
use crate::droits::calculer;
use crate::forms::{Champ, Formulaire};
use crate::mesures::{Euros, Jour};

const JOUR: Jour = Jour::date(2026, 11, 24);

fn saisie(lien: &str) -> SaisieSimulation {
    SaisieSimulation::de_lien(lien)
}

fn solde(lien: &str) -> Euros {
    let simulation = saisie(lien).valider(JOUR).expect("a good form");
    calculer(&simulation.situation, simulation.au, &Bareme::EN_VIGUEUR).solde
}

#[test]
fn each_supposed_life_gives_what_the_rules_say() {
    // Credited in the year that follows: up to the end of 2030, the years up to 2029 count.
    for (lien, euros) in [
        ("depuis=2026&emploi=salarie&heures-par-an=1607&jusqu-a=2030", "2000.00"),
        ("depuis=2026&emploi=salarie&heures-par-an=803,5&jusqu-a=2030", "2000.00"),
        ("depuis=2026&emploi=salarie&heures-par-an=803&jusqu-a=2027", "249.85"),
        ("depuis=2026&emploi=sans-emploi&jusqu-a=2030", "0.00"),
        ("depuis=2026&emploi=independant&jusqu-a=2027", "500.00"),
        ("depuis=2026&emploi=independant-sans-contribution&jusqu-a=2027", "0.00"),
        ("depuis=2026&emploi=esat&jusqu-a=2027", "800.00"),
        ("depuis=2026&emploi=salarie&heures-par-an=1607&jusqu-a=2027&sous-niveau-3=oui", "800.00"),
        ("depuis=2026&emploi=salarie&heures-par-an=1607&jusqu-a=2027&boeth=oui", "800.00"),
        ("depuis=2026&emploi=salarie&heures-par-an=1607&jusqu-a=2027&dif=87", "1805.00"),
        ("depuis=2019&emploi=salarie&heures-par-an=1607&jusqu-a=2040", "5000.00"),
        ("depuis=2026&emploi=salarie&heures-par-an=1607&changement=2028&ensuite=sans-emploi&jusqu-a=2032", "1000.00"),
    ] {
        assert_eq!(solde(lien).to_string(), euros, "{lien}");
    }
}

// Source: Code du travail, R6323-3-1, II: from the credit of the year of the declaration.
#[test]
fn the_level_of_diploma_is_declared_today_and_raises_no_year_before() {
    for (depuis, jusqu_a, euros) in [
        // Six years of 500 €, then 2026 and 2027.
        (2020, 2028, "4600.00"),
        (2025, 2026, "500.00"),
        (2026, 2027, "800.00"),
        (2028, 2029, "800.00"),
    ] {
        let lien = format!("depuis={depuis}&emploi=salarie&heures-par-an=1607&jusqu-a={jusqu_a}&sous-niveau-3=oui");
        assert_eq!(solde(&lien).to_string(), euros, "{lien}");
    }
}

#[test]
fn an_agent_of_category_c_below_level_3_gets_more_hours() {
    for (code, heures) in [("agent-public", 50), ("agent-public-c", 100)] {
        let simulation = saisie(&format!("depuis=2026&emploi={code}&jusqu-a=2027")).valider(JOUR).expect("a form");
        let releve = calculer(&simulation.situation, simulation.au, &Bareme::EN_VIGUEUR);
        assert_eq!(releve.solde_heures.nombre(), heures, "{code}");
    }
}

#[test]
fn every_fault_is_at_its_field() {
    let fautes = |lien: &str| {
        let erreurs = saisie(lien).valider(JOUR).expect_err("a bad form");
        erreurs.dans_l_ordre().into_iter().map(|(champ, _)| champ.id()).collect::<Vec<_>>()
    };
    assert_eq!(fautes(""), ["depuis", "emploi", "jusqu-a"]);
    assert_eq!(
        fautes("depuis=2014&emploi=salarie&heures-par-an=2500&jusqu-a=2067"),
        ["depuis", "heures-par-an", "jusqu-a"]
    );
    assert_eq!(
        fautes(
            "depuis=2020&emploi=sans-emploi&jusqu-a=2030&changement=2031&ensuite=salarie&heures-par-an-ensuite=8.125&dif=121"
        ),
        ["changement", "heures-par-an-ensuite", "dif"]
    );
    assert_eq!(fautes("depuis=2030&emploi=esat&jusqu-a=2029"), ["jusqu-a"]);
}

#[test]
fn a_link_holds_the_hypotheses_and_nothing_else() {
    let lien = "depuis=2020&emploi=salarie&heures-par-an=803,5&jusqu-a=2030&boeth=oui";
    assert_eq!(saisie(lien).en_lien(), lien);
    assert_eq!(saisie("nom=Ambroise&depuis=<b>&emploi=esat&x").en_lien(), "emploi=esat");
}
