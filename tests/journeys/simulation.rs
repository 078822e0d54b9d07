//! « Et si ? »: anybody supposes a life; its statement follows each answer, and nothing leaves the device.

use journeys::{Browser, Server};
use serde_json::json;

#[test]
fn a_supposed_life_gives_its_statement_at_each_answer_and_a_link_gives_it_again() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/");
    page.link("Et si ? Simuler sans compte").click();
    page.heading("Et si ?");
    page.wait_for_focus_on_heading();
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
    page.field("Et si, à partir d’une autre année…").fill("2028");
    page.says("Le calcul attend que chaque réponse soit juste.");
    // The second « Sans emploi » of the screen, that of « Votre situation ensuite ».
    page.script("document.querySelector('#ensuite-sans-emploi').click()", json!([]));
    page.field("Heures de DIF à déclarer").fill("");
    page.inspect("simulation-changement");
    page.button("Copier le lien").click();
    page.says("Lien copié");
    let link = page.script("return document.querySelector('#lien-simulation').getAttribute('href')", json!([]));
    let link = link.as_str().unwrap_or_default().to_owned();
    let solde = page.text_of("solde");
    page.go("/cgu");
    page.go(&link);
    page.heading("Et si ?");
    page.wait_for_text_of("solde", &solde);
    // Nothing but who is connected was ever asked of the server.
    let requests = "return performance.getEntriesByType('resource').map(r => new URL(r.name).pathname).filter(p => p.startsWith('/api/'))";
    page.wait_for("who is connected to be asked", || {
        if page.script(requests, json!([])) == json!([]) { Err("nothing was asked yet".to_owned()) } else { Ok(()) }
    });
    assert_eq!(page.script(requests, json!([])), json!(["/api/session"]));
}

#[test]
fn what_cannot_be_computed_is_told_at_its_field_and_the_sum_waits() {
    let server = Server::start();
    let page = Browser::open().page(&server);
    page.go("/simuler");
    page.field("Depuis quelle année travaillez-vous ?").fill("2014");
    page.field("Depuis quelle année travaillez-vous ?").leave();
    page.field("Depuis quelle année travaillez-vous ?").wait_for_error(true);
    page.says("Le calcul attend que chaque réponse soit juste.");
    page.field("Heures travaillées dans l’année").fill("9000");
    page.field("Heures travaillées dans l’année").leave();
    page.field("Heures travaillées dans l’année").wait_for_error(true);
    page.inspect("simulation-erreurs");
    page.field("Depuis quelle année travaillez-vous ?").fill("2020");
    page.field("Heures travaillées dans l’année").fill("803,5");
    page.gone("Le calcul attend");
}
