//! Whether a finger or a button is down: nothing may move under it.
//! Knows no form.

use std::cell::{Cell, RefCell};

use super::clock::bientot;
use super::dom::ecouter;

thread_local! {
    static POINTEUR_ENFONCE: Cell<bool> = const { Cell::new(false) };
    static EN_ATTENTE: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Does it now, or once the finger or button that is down is up again: what moves between press and release makes
/// a click miss its target.
pub fn pointeur_leve(suite: impl FnOnce() + 'static) {
    if POINTEUR_ENFONCE.get() {
        EN_ATTENTE.with_borrow_mut(|attente| attente.push(Box::new(suite)));
    } else {
        suite();
    }
}

/// Starts to follow the pointer for [`pointeur_leve`].
pub fn suivre_pointeur() {
    ecouter("pointerdown", |_| POINTEUR_ENFONCE.set(true));
    for nom in ["pointerup", "pointercancel", "dragend"] {
        ecouter(nom, |_| {
            POINTEUR_ENFONCE.set(false);
            bientot(|| EN_ATTENTE.take().into_iter().for_each(|suite| suite()));
        });
    }
}
