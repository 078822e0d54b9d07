//! Where the keyboard is, and how a screen reader hears that a screen has changed.
//! Decides nothing about when.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions};

use super::clock::soon;
use super::dom::{all, document, element, window};

/// Gives the focus to the element of this identifier, and brings it into view.
pub fn give_focus(id: &str) {
    if let Some(Ok(element)) = element(id).map(JsCast::dyn_into::<HtmlElement>) {
        let _ = element.focus();
    }
}

/// Whatever has the focus; nothing when the page as a whole has it.
pub fn active_element_of() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok().filter(|element: &HtmlElement| element.tag_name() != "BODY")
}

/// Scrolls as little as it takes for what has the focus to be in view.
pub fn keep_in_view() {
    let options = ScrollIntoViewOptions::new();
    if js_sys::Reflect::set(&options, &"block".into(), &"nearest".into()).is_ok()
        && let Some(element) = active_element_of()
    {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Gives the focus back to this element when nothing has it any more: else, or once it has gone, to the title.
pub fn give_focus_back(element: Option<HtmlElement>) {
    if active_element_of().is_none() {
        if let Some(element) = element {
            // It may have gone with its screen.
            let _gone = element.focus();
        }
        if active_element_of().is_none() {
            focus_title(true);
        }
    }
}

/// Puts all but the dialog out of reach of keyboard and readers, or back within it.
pub fn isolate_dialog(isolate: bool) {
    let Some(document) = document() else { return };
    for element in all::<Element>(&document, "#app > :not([role=dialog])") {
        let _good_name = if isolate { element.set_attribute("inert", "") } else { element.remove_attribute("inert") };
    }
}

/// Gives the focus to the title of the screen.
pub fn focus_title(without_scrolling: bool) {
    let title = document().and_then(|d| d.query_selector("h1").ok().flatten());
    if let Some(Ok(title)) = title.map(JsCast::dyn_into::<HtmlElement>) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(without_scrolling);
        let _ = title.focus_with_options(&options);
    }
}

/// A screen replaces another at the same address (a confirmation): its title, its `h1`, the focus and the top of the
/// page come together.
pub fn announce_screen(title: &'static str) {
    soon(move || {
        if let (Some(window), Some(document)) = (window(), document()) {
            document.set_title(title);
            window.scroll_to_with_x_and_y(0.0, 0.0);
            focus_title(false);
        }
    });
}
