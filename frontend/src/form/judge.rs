//! When something is said of a field: once it was left, or as soon as it can no longer become right; once judged, every
//! keystroke updates it. Does not know what is right: the form's own judge does.

use domaine::forms::Faute;
use leptos::prelude::*;

use super::{AnyForm, FieldState};
use crate::browser::clock;

impl AnyForm {
    /// Says what must be said now, and touches nothing else.
    pub(super) fn judge(self) {
        self.keep_draft();
        let checkboxes = &self.0.checkboxes;
        let mut fautes = vec![None; checkboxes.len()];
        for (index, faute) in (self.0.judge)(self, clock::today()) {
            fautes[index] = Some(faute);
        }
        self.0.tracking.update_value(|tracking| {
            for (index, faute) in fautes.iter_mut().enumerate() {
                *faute = faute.or(tracking.from_the_server[index]);
                // Speaks early only of what was typed, and only when no more typing can mend it.
                let without_remedy = faute.is_some_and(|f| !f.can_become_right());
                tracking.judged[index] |= without_remedy && !checkboxes[index].text.read_untracked().is_empty();
            }
            // One answer is asked in two fields: nothing is missing until both were left.
            let missing = |f: &Option<Faute>| *f == Some(Faute::MissingTelephone);
            let someone_waits = (0..fautes.len()).any(|index| missing(&fautes[index]) && !tracking.judged[index]);
            for (index, faute) in fautes.iter_mut().enumerate() {
                if !tracking.judged[index] || (someone_waits && missing(faute)) {
                    *faute = None;
                }
            }
        });
        for (index, checkbox) in checkboxes.iter().enumerate() {
            let faute = fautes[index];
            let accord = self.other_half(index).is_none_or(|other| fautes[other].is_none());
            let judged = self.0.tracking.with_value(|tracking| tracking.judged[index]);
            let praised = judged && checkbox.spec.praised;
            let right = praised && faute.is_none() && accord && !checkbox.text.read_untracked().trim().is_empty();
            let shown = FieldState { faute, right };
            if *checkbox.shown.read_untracked() != shown {
                checkbox.shown.set(shown);
            }
        }
        let mut summary: Vec<_> = match self.0.report_open.get_untracked() {
            true => fautes.iter().enumerate().filter_map(|(index, faute)| Some((index, (*faute)?))).collect(),
            false => Vec::new(),
        };
        // One answer is asked in two fields: it is missing once, and told at the first.
        let mut missing = false;
        summary.retain(|(_, faute)| *faute != Faute::MissingTelephone || !std::mem::replace(&mut missing, true));
        if *self.0.summary.read_untracked() != summary {
            self.0.summary.set(summary);
        }
    }

    /// The field that must have nothing wrong for this one to be called right.
    fn other_half(self, index: usize) -> Option<usize> {
        let pair = self.0.pair?;
        match index {
            first if first == pair.first => Some(pair.second),
            second if second == pair.second => Some(pair.first),
            _ => None,
        }
    }
}
