//! The first paint and the living page are one: what was done on the first goes on in the second, and nothing moves.

use parcours::personnes::RENAUD;
use parcours::{Navigateur, Page, Serveur};
use serde_json::{Value, json};

const PLACES: &str = "return [...document.querySelectorAll('h1, h2, p, label, input, button, a, summary')] \
    .filter((e) => e.checkVisibility()).map((e) => { const r = e.getBoundingClientRect(); \
    return `${e.tagName} ${(e.innerText ?? '').slice(0, 30)} ${e.id}: ${[r.x, r.y, r.width, r.height].map((n) => n.toFixed(1))}`; })";
const GLISSEMENTS: &str = "window.glisse ??= 0; new PerformanceObserver((l) => { \
    for (const e of l.getEntries()) window.glisse += e.value; }).observe({ type: 'layout-shift' })";
/// The server has said who is there, and two frames have been drawn since.
const POSEE: &str = "const fini = arguments[arguments.length - 1]; const voir = () => \
    performance.getEntriesByType('resource').some((e) => e.name.endsWith('/api/session')) \
    ? requestAnimationFrame(() => requestAnimationFrame(() => fini(window.glisse ?? 0))) : requestAnimationFrame(voir); voir()";

fn releve(page: &Page) -> Value {
    page.laisser_la_releve();
    page.attendre_vivante();
    page.script_patient(POSEE, json!([]))
}

#[test]
fn what_is_typed_before_the_page_is_alive_stays_with_its_caret() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.premiere_peinture("/inscription");
    page.champ("Prénoms").remplir("Renaud");
    page.champ("J’ai lu et j’accepte les conditions générales d’utilisation").cliquer();
    page.bouton("Qu’est-ce que FranceConnect ?").cliquer();
    page.champ("Nom de naissance").remplir("Ambise");
    page.script("document.activeElement.setSelectionRange(3, 3)", json!([]));
    releve(&page);
    assert_eq!(page.focus_id(), "nom-naissance");
    page.taper("ro");
    page.champ("Nom de naissance").attendre_valeur("Ambroise");
    page.champ("Prénoms").attendre_valeur("Renaud");
    page.texte("Ce site ne l’utilise pas");
    assert!(page.champ("J’ai lu et j’accepte les conditions").est_cochee(), "the box is still ticked");
}

#[test]
fn nothing_moves_when_the_page_takes_over() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    for chemin in ["/", "/inscription", "/connexion", "/aide", "/cgu"] {
        for largeur in [1_280, 360] {
            page.largeur(largeur);
            page.premiere_peinture(chemin);
            page.script(GLISSEMENTS, json!([]));
            let avant = page.script(PLACES, json!([]));
            let glisse = releve(&page);
            let apres = page.script(PLACES, json!([]));
            let (avant, apres) = (avant.as_array().expect("places"), apres.as_array().expect("places"));
            let ecarts: Vec<_> = avant.iter().zip(apres).filter(|(a, b)| a != b).take(5).collect();
            assert!(ecarts.is_empty() && avant.len() == apres.len(), "{chemin}, {largeur} px: {ecarts:#?}");
            assert_eq!(glisse.as_f64(), Some(0.0), "layout shift of {chemin} at {largeur} px");
        }
    }
}

#[test]
fn a_form_filled_and_sent_before_the_page_is_alive_goes_out_once_it_is() {
    let serveur = Serveur::demarrer();
    let page = Navigateur::ouvrir().page(&serveur);
    page.premiere_peinture("/inscription");
    RENAUD.remplir(&page);
    page.bouton("Créer mon compte").cliquer();
    assert_eq!(page.chemin(), "/inscription", "no answer ends up in the address");
    page.laisser_la_releve();
    page.attendre_chemin("/solde");
    page.attendre_texte_de("solde", "1 025,00 €");
}
