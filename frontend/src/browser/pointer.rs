//! Whether a finger or a button is down: nothing may move under it.
//! Knows no form.

use std::cell::{Cell, RefCell};

use super::clock::soon;
use super::dom::listen;

thread_local! {
    static POINTER_DOWN: Cell<bool> = const { Cell::new(false) };
    static PENDING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Does it now, or once the finger or button that is down is up again: what moves between press and release makes
/// a click miss its target.
pub fn pointer_up(next: impl FnOnce() + 'static) {
    if POINTER_DOWN.get() {
        PENDING.with_borrow_mut(|wait| wait.push(Box::new(next)));
    } else {
        next();
    }
}

/// Starts to follow the pointer for [`pointer_up`].
pub fn follow_pointer() {
    listen("pointerdown", |_| POINTER_DOWN.set(true));
    for nom in ["pointerup", "pointercancel", "dragend"] {
        listen(nom, |_| {
            POINTER_DOWN.set(false);
            soon(|| PENDING.take().into_iter().for_each(|next| next()));
        });
    }
}
