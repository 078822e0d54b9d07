//! « Et si ? »: anybody supposes a life; its statement follows each answer, and nothing leaves the device.

use parcours::{Navigateur, Serveur};
use serde_json::json;

#[test]
fn a_supposed_life_gives_its_statement_at_each_answer_and_a_link_gives_it_again() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.aller("/");
    page.lien("Et si ? Simuler sans compte").cliquer();
    page.titre("Et si ?");
    page.attendre_focus_sur_le_titre();
    page.texte("Il est supposé ici qu’une année est créditée le 30 juin de la suivante");
    // A full-time employee since last year, looked at five years ahead: credited once a year from this one on.
    page.champ("Depuis quelle année travaillez-vous ?").remplir("2026");
    page.champ("Regarder jusqu’à la fin de").remplir("2030");
    page.attendre_texte_de("solde", "2 000,00 €");
    page.montrer("simulation");
    page.champ("Heures travaillées dans l’année").remplir("803");
    page.attendre_texte_de("solde", "999,40 €");
    page.champ("Heures travaillées dans l’année").remplir("1607");
    page.champ("Je n’ai ni CAP, ni BEP, ni diplôme équivalent").cliquer();
    page.attendre_texte_de("solde", "3 200,00 €");
    page.champ("Je n’ai ni CAP, ni BEP, ni diplôme équivalent").cliquer();
    page.champ("Heures de DIF à déclarer").remplir("87");
    page.attendre_texte_de("solde", "3 305,00 €");
    page.champ("Et si, à partir d’une autre année…").remplir("2028");
    page.texte("Le calcul attend que chaque réponse soit juste.");
    // The second « Sans emploi » of the screen, that of « Votre situation ensuite ».
    page.script("document.querySelector('#ensuite-sans-emploi').click()", json!([]));
    page.champ("Heures de DIF à déclarer").remplir("");
    page.montrer("simulation-changement");
    page.bouton("Copier le lien").cliquer();
    page.texte("Lien copié");
    let lien = page.script("return document.querySelector('#lien-simulation').getAttribute('href')", json!([]));
    let lien = lien.as_str().unwrap_or_default().to_owned();
    let solde = page.texte_de("solde");
    page.aller("/cgu");
    page.aller(&lien);
    page.titre("Et si ?");
    page.attendre_texte_de("solde", &solde);
    // Nothing but who is connected was ever asked of the server.
    let demandes = "return performance.getEntriesByType('resource').map(r => new URL(r.name).pathname).filter(p => p.startsWith('/api/') && p !== '/api/session')";
    assert_eq!(page.script(demandes, json!([])), json!([]));
}

#[test]
fn what_cannot_be_computed_is_told_at_its_field_and_the_sum_waits() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.aller("/simuler");
    page.champ("Depuis quelle année travaillez-vous ?").remplir("2014");
    page.champ("Depuis quelle année travaillez-vous ?").quitter();
    page.champ("Depuis quelle année travaillez-vous ?").attendre_erreur(true);
    page.texte("Le calcul attend que chaque réponse soit juste.");
    page.champ("Heures travaillées dans l’année").remplir("9000");
    page.champ("Heures travaillées dans l’année").quitter();
    page.champ("Heures travaillées dans l’année").attendre_erreur(true);
    page.montrer("simulation-erreurs");
    page.champ("Depuis quelle année travaillez-vous ?").remplir("2020");
    page.champ("Heures travaillées dans l’année").remplir("803,5");
    page.sans_texte("Le calcul attend");
}
