//! From the first paint, written natively, to the living page: what a person did in between is kept.
//! Knows no form: fields are found by their identifiers.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, HtmlInputElement};

use super::clock::bientot;
use super::dom::{champ, document, element, tous, valeur};

/// What a person did on the first paint before the page was alive.
pub struct Handover {
    champs: Vec<(String, String)>,
    ouverts: Vec<u32>,
    focus: Option<(String, Option<u32>, Option<u32>)>,
    presse: Option<String>,
}

/// Notes what was typed, opened and pressed so far.
pub fn relever() -> Handover {
    let mut releve = Handover { champs: Vec::new(), ouverts: Vec::new(), focus: None, presse: None };
    let Some(document) = document() else { return releve };
    for champ in tous::<HtmlInputElement>(&document, "#app input[id]") {
        let valeur = valeur(&champ);
        if !valeur.is_empty() && champ.type_() != "file" {
            releve.champs.push((champ.id(), valeur));
        }
    }
    for (rang, volet) in (0..).zip(tous::<Element>(&document, "#app details")) {
        if volet.has_attribute("open") {
            releve.ouverts.push(rang);
        }
    }
    if let Some(actif) = document.active_element().filter(|e| !e.id().is_empty()) {
        let champ = actif.dyn_ref::<HtmlInputElement>();
        // Some kinds of inputs have no selection to tell: reading it throws.
        let debut = champ.and_then(|c| c.selection_start().ok().flatten());
        let fin = champ.and_then(|c| c.selection_end().ok().flatten());
        releve.focus = Some((actif.id(), debut, fin));
    }
    // A button that has the focus without showing it was pressed with a pointer.
    let presse = document.query_selector("#app form button[id]:focus:not(:focus-visible)");
    releve.presse = presse.ok().flatten().map(|bouton| bouton.id());
    releve
}

/// Puts it all back in the living page.
pub fn remettre(releve: Handover) {
    let Some(document) = document() else { return };
    for (id, texte) in releve.champs {
        if let Some(champ) = champ(&id) {
            match champ.type_().as_str() {
                "checkbox" => champ.set_checked(true),
                _ => champ.set_value(&texte),
            }
            let evenement = web_sys::EventInit::new();
            evenement.set_bubbles(true);
            if let Ok(evenement) = web_sys::Event::new_with_event_init_dict("input", &evenement) {
                let _ = champ.dispatch_event(&evenement);
            }
        }
    }
    let volets = tous::<Element>(&document, "#app details");
    for rang in releve.ouverts {
        if let Some(volet) = volets.get(rang as usize) {
            let _ = volet.set_attribute("open", "");
        }
    }
    if let Some((id, debut, fin)) = releve.focus {
        if let Some(Ok(actif)) = element(&id).map(JsCast::dyn_into::<HtmlElement>) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = actif.focus_with_options(&options);
        }
        if let (Some(champ), Some(debut), Some(fin)) = (champ(&id), debut, fin) {
            let _ = champ.set_selection_range(debut, fin);
        }
    }
    if let Some(Ok(bouton)) = releve.presse.and_then(|id| element(&id)).map(JsCast::dyn_into::<HtmlElement>) {
        bientot(move || bouton.click());
    }
}
