//! From one part of the page to another: two programs, one visit (docs/decisions/0008).
//! Does not know which address is in which part.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement};

use super::clock::soon;
use super::dom::window;
use super::focus::focus_title;

/// Set from one part of the page for the other, which then gives the focus to its title as after any link.
const CROSSING: &str = "acquis-traversee";

fn announce_crossing() {
    if let Some(Ok(Some(memory))) = window().map(|f| f.session_storage()) {
        // Where it is forbidden the focus starts at the top of the page, as on a first visit.
        let _forbidden = memory.set_item(CROSSING, "");
    }
}

/// A link that was pressed leads to another part when `elsewhere` says so of its path: the browser follows it, not the
/// router. The screen that is left stays as it is, and the browser shows it again on « back » with all that was typed.
pub fn leave_to_browser(event: &web_sys::Event, elsewhere: impl FnOnce(&str) -> bool) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
    if let Some(Ok(link)) = link.map(JsCast::dyn_into::<HtmlAnchorElement>)
        && elsewhere(&link.pathname())
    {
        link.set_rel("external");
        announce_crossing();
    }
}

/// Leaves for an address that another part shows: the program leads there, not a link. Nothing of this one remains.
pub fn go_elsewhere(path: &str) {
    let Some(window) = window() else { return };
    announce_crossing();
    let lieu = window.location();
    // Refused only while the page is going away already.
    let _going = match lieu.pathname() {
        // The router has written the address: what stands there is asked for.
        Ok(here) if here == path => lieu.reload(),
        _ => lieu.assign(path),
    };
}

/// Gives the focus to the title when the person comes from another part; once.
pub fn arrive() {
    let memory = window().and_then(|f| f.session_storage().ok().flatten());
    if let Some(memory) = memory
        && let Ok(Some(_)) = memory.get_item(CROSSING)
    {
        let _was_there = memory.remove_item(CROSSING);
        soon(|| focus_title(true));
    }
}
