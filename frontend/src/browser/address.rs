//! The address of the screen: what it says, and how to load one anew.
//! Knows no list of screens.

use super::dom::{element, listen, window};

/// The path of the address.
pub fn path() -> Option<String> {
    window()?.location().pathname().ok()
}

/// What stands behind the « # » of the address.
pub fn anchor() -> String {
    let anchor = window().and_then(|f| f.location().hash().ok()).unwrap_or_default();
    anchor.trim_start_matches('#').to_owned()
}

/// What stands behind the « # » of the address, which shows it no more: a secret that a letter brought. One that comes to
/// the same screen later, which a browser takes for a move within the page, is taken like the first.
pub fn take_anchor() -> String {
    let here = path();
    listen("hashchange", move |_| {
        if path() == here && !anchor().is_empty() {
            reload();
        }
    });
    let anchor = anchor();
    if !anchor.is_empty() {
        rename(&path().unwrap_or_default());
    }
    anchor
}

/// An address of ours as another person needs it.
pub fn full_address(path: &str) -> String {
    let origin = window().and_then(|f| f.location().origin().ok()).unwrap_or_default();
    [&origin, path].concat()
}

/// Brings into view the element that the address points at, if any.
pub fn go_to_anchor() {
    let anchor = window().and_then(|f| f.location().hash().ok());
    if let Some(element) = anchor.and_then(|anchor| element(anchor.trim_start_matches('#'))) {
        element.scroll_into_view();
    }
}

/// Changes what the address bar shows, and nothing else: no screen moves, no step back is added.
pub fn rename(address: &str) {
    if let Some(Ok(history)) = window().map(|f| f.history()) {
        let state = history.state().unwrap_or_default();
        // A browser may refuse when it is asked too often: the next change asks again.
        let _refused = history.replace_state_with_url(&state, "", Some(address));
    }
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = window() {
        // Refused only while the page is going away already.
        let _going = window.location().reload();
    }
}

/// Loads this address anew, whatever stands there now.
pub fn restart(path: &str) {
    if let Some(window) = window() {
        // Refused only while the page is going away already.
        let _going = window.location().assign(path);
    }
}
