//! What the tab keeps of a form, so that a reload loses little: answers that are no secret, until the form is sent, emptied,
//! or somebody signs out. Judges nothing.

use leptos::prelude::*;

use super::AnyForm;
use crate::browser::storage;

impl AnyForm {
    /// Whether some of its answers came back after a reload; what is a secret did not.
    pub fn recovered(self) -> RwSignal<bool> {
        self.0.recovered
    }

    /// Brings back what the tab kept.
    pub(super) fn recover(self) {
        if !self.0.drafted {
            return;
        }
        let kept = storage::find_again(&storage::draft(self.0.name)).unwrap_or_default();
        for (id, text) in kept.lines().filter_map(|line| line.split_once('=')) {
            if let Some(field) = self.find(id).filter(|field| field.is_kept()) {
                field.prefill(text);
                self.0.recovered.set(true);
            }
        }
    }

    /// Keeps in the tab what is no secret.
    pub(super) fn keep_draft(self) {
        if !self.0.drafted {
            return;
        }
        let mut kept = String::new();
        for field in self.fields().filter(|field| field.is_kept()) {
            let text = field.text().read_untracked();
            if !text.is_empty() {
                kept.extend([field.id(), "=", &text, "\n"]);
            }
        }
        storage::withhold(&storage::draft(self.0.name), &kept);
    }
}
