//! What is done whenever something that it reads has changed. One kind for the whole page: each effect of a type of its own
//! is a copy of Leptos' loop, in a browser.

use leptos::prelude::*;

/// Does this once the screen is there, then again whenever what it read has changed, as long as its owner lives.
pub fn follow(work: impl FnMut() + 'static) {
    let work: Box<dyn FnMut()> = Box::new(work);
    Effect::new(work);
}
