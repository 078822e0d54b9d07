//! What the memory of a tab holds, from one part of the page to another.
//! Nothing here may tell anything of the person.

use super::dom::window;

/// What the memory of this tab holds under that name; nothing where it is forbidden.
pub fn find_again(nom: &str) -> Option<String> {
    window()?.session_storage().ok()??.get_item(nom).ok()?
}

/// Keeps a text in the memory of this tab, so that another part of the page does not lose it; an empty one is
/// forgotten. Only for what tells nothing of the person.
pub fn withhold(nom: &str, text: &str) {
    if let Some(Ok(Some(memory))) = window().map(|f| f.session_storage()) {
        let _forbidden = if text.is_empty() { memory.remove_item(nom) } else { memory.set_item(nom, text) };
    }
}
