//! What the memory of a tab holds, from one part of the page to another.
//! Nothing here may tell anything of the person.

use super::dom::fenetre;

/// What the memory of this tab holds under that name; nothing where it is forbidden.
pub fn retrouver(nom: &str) -> Option<String> {
    fenetre()?.session_storage().ok()??.get_item(nom).ok()?
}

/// Keeps a text in the memory of this tab, so that another part of the page does not lose it; an empty one is
/// forgotten. Only for what tells nothing of the person.
pub fn retenir(nom: &str, texte: &str) {
    if let Some(Ok(Some(memoire))) = fenetre().map(|f| f.session_storage()) {
        let _forbidden = if texte.is_empty() { memoire.remove_item(nom) } else { memoire.set_item(nom, texte) };
    }
}
