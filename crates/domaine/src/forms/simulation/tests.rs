//! The form, its links and what the rules say of the lives that it supposes.

use super::SaisieSimulation;
use crate::bareme::Bareme;
use crate::droits::calculate;
use crate::forms::{Champ, Formulaire};
use crate::mesures::{Day, Euros};

const DAY: Day = Day::date(2026, 11, 24);

fn saisie(link: &str) -> SaisieSimulation {
    SaisieSimulation::from_link(link)
}

fn solde(link: &str) -> Euros {
    let simulation = saisie(link).validate(DAY).expect("a good form");
    calculate(&simulation.situation, simulation.as_of, &Bareme::IN_FORCE).solde
}

#[test]
fn each_supposed_life_gives_what_the_rules_say() {
    // Credited in the year that follows: up to the end of 2030, the years up to 2029 count.
    for (link, euros) in [
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
        // Whoever began before the accounts has what those who began with them have.
        ("depuis=1990&emploi=salarie&heures-par-an=1607&jusqu-a=2016", "0.00"),
        ("depuis=1990&emploi=salarie&heures-par-an=1607&jusqu-a=2026", "4940.00"),
        ("depuis=2015&emploi=salarie&heures-par-an=1607&jusqu-a=2026", "4940.00"),
        ("depuis=2026&emploi=salarie&heures-par-an=1607&changement=2028&ensuite=sans-emploi&jusqu-a=2032", "1000.00"),
    ] {
        assert_eq!(solde(link).to_string(), euros, "{link}");
    }
}

// Source: Code du travail, R6323-3-1, II: from the credit of the year of the declaration.
#[test]
fn the_level_of_diploma_is_declared_today_and_raises_no_year_before() {
    for (since, up_to, euros) in [
        // Six years of 500 €, then 2026 and 2027.
        (2020, 2028, "4600.00"),
        (2025, 2026, "500.00"),
        (2026, 2027, "800.00"),
        (2028, 2029, "800.00"),
    ] {
        let link = format!("depuis={since}&emploi=salarie&heures-par-an=1607&jusqu-a={up_to}&sous-niveau-3=oui");
        assert_eq!(solde(&link).to_string(), euros, "{link}");
    }
}

#[test]
fn an_agent_of_category_c_below_level_3_gets_more_hours() {
    for (code, hours) in [("agent-public", 50), ("agent-public-c", 100)] {
        let simulation = saisie(&format!("depuis=2026&emploi={code}&jusqu-a=2027")).validate(DAY).expect("a form");
        let releve = calculate(&simulation.situation, simulation.as_of, &Bareme::IN_FORCE);
        assert_eq!(releve.solde_hours.count(), hours, "{code}");
    }
}

#[test]
fn every_fault_is_at_its_field() {
    let fautes = |link: &str| {
        let errors = saisie(link).validate(DAY).expect_err("a bad form");
        errors.in_order().into_iter().map(|(champ, _)| champ.id()).collect::<Vec<_>>()
    };
    assert_eq!(fautes(""), ["depuis", "emploi", "jusqu-a"]);
    assert_eq!(
        fautes("depuis=1940&emploi=salarie&heures-par-an=2500&jusqu-a=2067"),
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
    let link = "depuis=2020&emploi=salarie&heures-par-an=803,5&jusqu-a=2030&boeth=oui";
    assert_eq!(saisie(link).to_link(), link);
    assert_eq!(saisie("nom=Ambroise&depuis=<b>&emploi=esat&x").to_link(), "emploi=esat");
}
