//! Windows, elements and events: the ground of the room. Outside a browser every question has a quiet answer.
//! Moves no focus and keeps nothing.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, Element, HtmlInputElement, Window};

/// The window; nothing natively.
pub fn fenetre() -> Option<Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

/// The document; nothing natively.
pub fn document() -> Option<Document> {
    fenetre()?.document()
}

/// The element of this identifier.
pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// The field of this identifier.
pub fn champ(id: &str) -> Option<HtmlInputElement> {
    en_champ(element(id)?)
}

/// An input or a text area. Not that of a file, whose text says nothing.
pub fn en_champ(element: Element) -> Option<HtmlInputElement> {
    let est_un_champ = matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA");
    // Identifier, kind and value are all that is asked of either, and a text area has them too.
    let champ: HtmlInputElement = est_un_champ.then(|| element.unchecked_into())?;
    (champ.type_() != "file").then_some(champ)
}

/// All the elements of this selector that are of this kind.
pub fn tous<T: JsCast>(document: &Document, selecteur: &str) -> Vec<T> {
    let Ok(liste) = document.query_selector_all(selecteur) else { return Vec::new() };
    (0..liste.length()).filter_map(|rang| liste.get(rang)?.dyn_into().ok()).collect()
}

/// What stands in an input: its text, or « oui » for a ticked box.
pub fn valeur(champ: &HtmlInputElement) -> String {
    match champ.type_().as_str() {
        "checkbox" => if champ.checked() { OUI } else { "" }.into(),
        _ => champ.value(),
    }
}

/// How a ticked box travels in the text of a form.
pub const OUI: &str = "oui";

/// Listens for as long as the page lives.
pub fn ecouter(nom: &str, action: impl FnMut(web_sys::Event) + 'static) {
    if let Some(fenetre) = fenetre() {
        let action = Closure::<dyn FnMut(web_sys::Event)>::new(action);
        let _ = fenetre.add_event_listener_with_callback_and_bool(nom, action.as_ref().unchecked_ref(), true);
        action.forget();
    }
}

/// Brings the top of the element of this identifier into view, however tall it is.
pub fn amener_en_haut(id: &str) {
    if let Some(element) = element(id) {
        element.scroll_into_view();
    }
}

/// Whether the browser believes that there is a network.
pub fn est_en_ligne() -> bool {
    fenetre().is_none_or(|f| f.navigator().on_line())
}

/// 32 characters drawn at random: the name of one submission.
pub fn au_hasard() -> String {
    let mut octets = [0_u8; 16];
    if let Some(Ok(hasard)) = fenetre().map(|f| f.crypto()) {
        let _ = hasard.get_random_values_with_u8_array(&mut octets);
    }
    octets.iter().flat_map(|o| [o >> 4, o & 15]).map(|c| char::from(b'a' + c)).collect()
}
