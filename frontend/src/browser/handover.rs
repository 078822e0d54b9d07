//! From the first paint, written natively, to the living page: what a person did in between is kept.
//! Knows no form: fields are found by their identifiers.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, HtmlInputElement};

use super::clock::soon;
use super::dom::{all, champ, document, element, value};

/// What a person did on the first paint before the page was alive.
pub struct Handover {
    champs: Vec<(String, String)>,
    opened_ones: Vec<u32>,
    focus: Option<(String, Option<u32>, Option<u32>)>,
    pressed: Option<String>,
}

/// Notes what was typed, opened and pressed so far.
pub fn releves() -> Handover {
    let mut releve = Handover { champs: Vec::new(), opened_ones: Vec::new(), focus: None, pressed: None };
    let Some(document) = document() else { return releve };
    for champ in all::<HtmlInputElement>(&document, "#app input[id]") {
        let value = value(&champ);
        if !value.is_empty() && champ.type_() != "file" {
            releve.champs.push((champ.id(), value));
        }
    }
    for (index, panel) in (0..).zip(all::<Element>(&document, "#app details")) {
        if panel.has_attribute("open") {
            releve.opened_ones.push(index);
        }
    }
    if let Some(active) = document.active_element().filter(|e| !e.id().is_empty()) {
        let champ = active.dyn_ref::<HtmlInputElement>();
        // Some kinds of inputs have no selection to tell: reading it throws.
        let start = champ.and_then(|c| c.selection_start().ok().flatten());
        let end = champ.and_then(|c| c.selection_end().ok().flatten());
        releve.focus = Some((active.id(), start, end));
    }
    // A button that has the focus without showing it was pressed with a pointer.
    let pressed = document.query_selector("#app form button[id]:focus:not(:focus-visible)");
    releve.pressed = pressed.ok().flatten().map(|button| button.id());
    releve
}

/// Puts it all back in the living page.
pub fn hand_over(releve: Handover) {
    let Some(document) = document() else { return };
    for (id, text) in releve.champs {
        if let Some(champ) = champ(&id) {
            match champ.type_().as_str() {
                "checkbox" => champ.set_checked(true),
                _ => champ.set_value(&text),
            }
            let event = web_sys::EventInit::new();
            event.set_bubbles(true);
            if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &event) {
                let _ = champ.dispatch_event(&event);
            }
        }
    }
    let panels = all::<Element>(&document, "#app details");
    for index in releve.opened_ones {
        if let Some(panel) = panels.get(index as usize) {
            let _ = panel.set_attribute("open", "");
        }
    }
    if let Some((id, start, end)) = releve.focus {
        if let Some(Ok(active)) = element(&id).map(JsCast::dyn_into::<HtmlElement>) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = active.focus_with_options(&options);
        }
        if let (Some(champ), Some(start), Some(end)) = (champ(&id), start, end) {
            let _ = champ.set_selection_range(start, end);
        }
    }
    if let Some(Ok(button)) = releve.pressed.and_then(|id| element(&id)).map(JsCast::dyn_into::<HtmlElement>) {
        soon(move || button.click());
    }
}
