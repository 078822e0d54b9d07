//! « Simuler mes droits »: anybody supposes a life; its statement follows each answer, and nothing leaves the device.

use journeys::{Browser, Server};
use serde_json::json;

#[test]
fn a_supposed_life_gives_its_statement_at_each_answer_and_a_link_gives_it_again() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/");
    page.link("Simuler mes droits sans compte").click();
    page.heading("Simuler mes droits");
    page.wait_for_focus_on_heading();
    // The first figure is somebody's: a full-time employee for six years, as of today.
    page.wait_for_text_of("solde", "3 000,00 €");
    page.says("Il est supposé ici qu’une année est créditée le 30 juin de la suivante");
    // A full-time employee since last year, looked at five years ahead: credited once a year from this one on.
    page.field("Depuis quelle année travaillez-vous ?").fill("2026");
    page.field("Regarder jusqu’à la fin de").fill("2030");
    page.wait_for_text_of("solde", "2 000,00 €");
    page.inspect("simulation");
    page.field("Heures travaillées dans l’année").fill("803");
    page.wait_for_text_of("solde", "999,40 €");
    page.field("Heures travaillées dans l’année").fill("1607");
    page.field("Je n’ai ni CAP, ni BEP, ni diplôme équivalent").click();
    page.wait_for_text_of("solde", "3 200,00 €");
    page.field("Je n’ai ni CAP, ni BEP, ni diplôme équivalent").click();
    page.field("Heures de DIF à déclarer").fill("87");
    page.wait_for_text_of("solde", "3 305,00 €");
    page.field("À partir de quelle année ?").fill("2028");
    // What is lived now goes on: the sum does not wait for another answer.
    page.wait_for_text_of("solde", "3 305,00 €");
    assert!(page.field("Heures travaillées dans l’année, ensuite").value() == "1607");
    // The second « Sans emploi » of the screen, that of « Vous êtes, ensuite ».
    page.script("document.querySelector('#ensuite-sans-emploi').click()", json!([]));
    page.field("Heures de DIF à déclarer").fill("");
    page.inspect("simulation-changement");
    page.button("Copier le lien").click();
    page.says("Lien copié");
    let link = page.script("return document.querySelector('#lien-simulation').getAttribute('href')", json!([]));
    let link = link.as_str().unwrap_or_default().to_owned();
    let solde = page.text_of("solde");
    // The address holds the hypotheses: a reload, or the tab brought back, finds them again.
    page.wait_for_path(&link);
    page.reload();
    page.wait_for_text_of("solde", &solde);
    page.go("/cgu");
    page.go(&link);
    page.heading("Simuler mes droits");
    page.wait_for_text_of("solde", &solde);
    // Nothing but who is connected was ever asked of the server.
    let requests = "return performance.getEntriesByType('resource').map(r => new URL(r.name).pathname).filter(p => p.startsWith('/api/'))";
    page.wait_for("who is connected to be asked", || {
        if page.script(requests, json!([])) == json!([]) { Err("nothing was asked yet".to_owned()) } else { Ok(()) }
    });
    assert_eq!(page.script(requests, json!([])), json!(["/api/session"]));
}

#[test]
fn what_cannot_be_computed_is_told_with_a_link_and_the_last_sum_stays() {
    const MISSING: &str = "À compléter ou corriger";
    const SINCE: &str = "Depuis quelle année travaillez-vous ?";
    let server = Server::start();
    let page = Browser::whole().page(&server);
    page.go("/simuler");
    page.wait_for_text_of("solde", "3 000,00 €");
    page.absent(MISSING);
    page.field(SINCE).fill("201");
    page.field(SINCE).leave();
    page.field(SINCE).wait_for_error(true);
    page.field("Heures travaillées dans l’année").fill("9000");
    page.field("Heures travaillées dans l’année").leave();
    page.field("Heures travaillées dans l’année").wait_for_error(true);
    page.says(MISSING);
    page.says("Dernier calcul");
    page.wait_for_text_of("solde", "3 000,00 €");
    page.inspect("simulation-erreurs");
    page.link("Heures travaillées dans l’année").click();
    page.wait_for_focus("heures-par-an");
    page.field("Heures travaillées dans l’année").fill("803,5");
    page.field(SINCE).fill("2020");
    page.gone(MISSING);
    // A working life that began before the accounts: those years gave the DIF alone.
    page.field("Heures travaillées dans l’année").fill("1607");
    page.field(SINCE).fill("1990");
    page.wait_for_text_of("solde", "4 940,00 €");
    page.field(SINCE).wait_for_error(false);
    // Twenty and fifty years under the drawing: their names are not printed one over another.
    for end in ["2035", "2066"] {
        page.field("Regarder jusqu’à la fin de").fill(end);
        page.says(&format!("Au 31 décembre {end}"));
        for width in [320, 360, 1_000, 1_280] {
            page.width(width);
            assert_eq!(page.overprinted(), Vec::<String>::new(), "{end}, {width} px");
            page.fits_width(end);
        }
    }
}

#[test]
fn the_clock_of_the_device_decides_nothing() {
    let day = |page: &journeys::Page| page.script("return document.documentElement.dataset.jour", json!([]));
    for (now, zone) in [(1_262_347_200_000, "Pacific/Tahiti"), (1_925_035_200_000, "Pacific/Auckland")] {
        let server = Server::start();
        let page = Browser::open().page(&server);
        page.device_clock(now, zone);
        page.go("/simuler");
        page.heading("Simuler mes droits");
        let said = day(&page);
        let said = said.as_str().unwrap_or_default().to_owned();
        let year: i32 = said[..4].parse().expect("a day");
        page.says(&format!("Au 31 décembre {year}"));
        page.says(&format!("Calculé en supposant que nous sommes le {}", in_words(&said)));
        assert_eq!(page.field("Depuis quelle année travaillez-vous ?").value(), (year - 6).to_string());
        page.go("/inscription");
        // Born twenty years ago: not yet, for a device in 2010; and today is no birth date, for one in 2031.
        page.field("Date de naissance").fill(&format!("01/01/{}", year - 20));
        page.field("Date de naissance").leave();
        page.field("Date de naissance").wait_for_error(false);
        page.field("Date de naissance").fill(&format!("01/01/{}", year + 1));
        page.field("Date de naissance").leave();
        page.field("Date de naissance").wait_for_error(true);
        journeys::personas::RENAUD.open_account(&page);
        page.go("/dif");
        page.field("Mon solde DIF en heures").fill("87");
        page.wait_for_text_of("euros", "1 305 €");
    }
}

/// « 2026-11-28 » as a person says it.
fn in_words(day: &str) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let parts: Vec<usize> = day.split('-').map(|part| part.parse().expect("a number")).collect();
    let first = if parts[2] == 1 { "1er".to_owned() } else { parts[2].to_string() };
    format!("{first} {} {}", MONTHS[parts[1] - 1], parts[0])
}
