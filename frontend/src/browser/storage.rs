//! What the memory of a tab holds, from one part of the page to another and through a reload.
//! No secret: no number of social security, no password. What a person typed goes when they sign out or have sent it.

use super::dom::window;

/// What the memory of this tab holds under that name; nothing where it is forbidden.
pub fn find_again(nom: &str) -> Option<String> {
    window()?.session_storage().ok()??.get_item(nom).ok()?
}

/// Under which name a tab keeps what was typed in the form of that name.
pub fn draft(form: &str) -> String {
    ["acquis-brouillon-", form].concat()
}

/// Keeps a text in the memory of this tab, so that another part of the page, or a reload, does not lose it; an empty one
/// is forgotten. Never a secret.
pub fn withhold(nom: &str, text: &str) {
    if let Some(Ok(Some(memory))) = window().map(|f| f.session_storage()) {
        let _forbidden = if text.is_empty() { memory.remove_item(nom) } else { memory.set_item(nom, text) };
    }
}
