//! The address of the screen: what it says, and how to load one anew.
//! Knows no list of screens.

use super::dom::{element, fenetre};

/// The path of the address.
pub fn chemin() -> Option<String> {
    fenetre()?.location().pathname().ok()
}

/// What stands behind the « # » of the address.
pub fn ancre() -> String {
    let ancre = fenetre().and_then(|f| f.location().hash().ok()).unwrap_or_default();
    ancre.trim_start_matches('#').to_owned()
}

/// An address of ours as another person needs it.
pub fn adresse_entiere(chemin: &str) -> String {
    let origine = fenetre().and_then(|f| f.location().origin().ok()).unwrap_or_default();
    [&origine, chemin].concat()
}

/// Brings into view the element that the address points at, if any.
pub fn aller_a_l_ancre() {
    let ancre = fenetre().and_then(|f| f.location().hash().ok());
    if let Some(element) = ancre.and_then(|ancre| element(ancre.trim_start_matches('#'))) {
        element.scroll_into_view();
    }
}

/// Loads the page again.
pub fn recharger() {
    if let Some(fenetre) = fenetre() {
        // Refused only while the page is going away already.
        let _going = fenetre.location().reload();
    }
}

/// Loads this address anew, whatever stands there now.
pub fn recommencer(chemin: &str) {
    if let Some(fenetre) = fenetre() {
        // Refused only while the page is going away already.
        let _going = fenetre.location().assign(chemin);
    }
}
