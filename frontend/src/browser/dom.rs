//! Windows, elements and events: the ground of the room. Outside a browser every question has a quiet answer.
//! Moves no focus and keeps nothing.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, Element, HtmlInputElement, Window};

/// The window; nothing natively.
pub fn window() -> Option<Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

/// The document; nothing natively.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The element of this identifier.
pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// The field of this identifier.
pub fn champ(id: &str) -> Option<HtmlInputElement> {
    as_input(element(id)?)
}

/// An input or a text area. Not that of a file, whose text says nothing.
pub fn as_input(element: Element) -> Option<HtmlInputElement> {
    let is_a_champ = matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA");
    // Identifier, kind and value are all that is asked of either, and a text area has them too.
    let champ: HtmlInputElement = is_a_champ.then(|| element.unchecked_into())?;
    (champ.type_() != "file").then_some(champ)
}

/// All the elements of this selector that are of this kind.
pub fn all<T: JsCast>(document: &Document, selector: &str) -> Vec<T> {
    let Ok(list) = document.query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.get(index)?.dyn_into().ok()).collect()
}

/// What stands in an input: its text, or « oui » for a ticked box.
pub fn value(champ: &HtmlInputElement) -> String {
    match champ.type_().as_str() {
        "checkbox" => if champ.checked() { YES } else { "" }.into(),
        _ => champ.value(),
    }
}

/// How a ticked box travels in the text of a form.
pub const YES: &str = "oui";

/// Listens for as long as the page lives.
pub fn listen(nom: &str, action: impl FnMut(web_sys::Event) + 'static) {
    if let Some(window) = window() {
        let action = Closure::<dyn FnMut(web_sys::Event)>::new(action);
        let _ = window.add_event_listener_with_callback_and_bool(nom, action.as_ref().unchecked_ref(), true);
        action.forget();
    }
}

/// Brings the top of the element of this identifier into view, however tall it is.
pub fn bring_to_top(id: &str) {
    if let Some(element) = element(id) {
        element.scroll_into_view();
    }
}

/// Whether the browser believes that there is a network.
pub fn is_online() -> bool {
    window().is_none_or(|f| f.navigator().on_line())
}

/// Whether the page came by a way on which a browser keeps all that it is given: https, or the machine itself.
pub fn is_secure() -> bool {
    window().is_none_or(|f| f.is_secure_context())
}

/// 32 characters drawn at random: the name of one submission.
pub fn at_random() -> String {
    let mut bytes = [0_u8; 16];
    if let Some(Ok(random)) = window().map(|f| f.crypto()) {
        let _ = random.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().flat_map(|o| [o >> 4, o & 15]).map(|c| char::from(b'a' + c)).collect()
}
