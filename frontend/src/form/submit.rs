//! How a form goes out: once, under a key of its own, and what becomes of a refusal.
//! Sends nothing itself: it is told how.

use std::future::Future;

use api::probleme::{Code, ErrorView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::AnyForm;
use crate::browser::{clock, dom, focus};
use crate::failure::ApiFailure;

/// How long after a refusal the fields may speak again, in milliseconds: the summary has been taken up by then.
const SAID: u64 = 500;

impl AnyForm {
    /// Sends the form once, if everything in it is right; else shows what is not, and gives the focus to the summary.
    /// `leave` receives the key of this submission, the same for the same texts.
    pub fn send<T, R>(self, leave: impl FnOnce(String) -> R, next: impl FnOnce(T) + 'static)
    where
        R: Future<Output = Result<T, ApiFailure>> + 'static,
        T: 'static,
    {
        if let Some(key) = self.begin() {
            let response = leave(key);
            spawn_local(async move {
                let response = response.await;
                self.arrival();
                match response {
                    Ok(value) => next(value),
                    Err(failure) => self.fail(failure),
                }
            });
        }
    }

    /// Whether the form may go out: the key of its submission. From here to [`AnyForm::arrival`] no other leaves.
    pub fn begin(self) -> Option<String> {
        if self.0.under_way.get_untracked() {
            return None;
        }
        self.reread();
        self.0.tracking.update_value(|tracking| {
            tracking.judged.fill(true);
            tracking.from_the_server.fill(None);
        });
        self.0.report_open.set(true);
        self.0.quiet.set(true);
        self.judge();
        if !self.0.summary.read_untracked().is_empty() {
            self.0.failure.set(None);
            self.show_report();
            return None;
        }
        self.0.report_open.set(false);
        self.0.quiet.set(false);
        self.0.under_way.set(true);
        let mut texts = self.texts();
        texts.push(self.0.tracking.with_value(|tracking| tracking.subject.clone()));
        let known = self.0.tracking.with_value(|tracking| match &tracking.upload {
            Some((sent, key)) if *sent == texts => Some(key.clone()),
            _ => None,
        });
        let key = known.unwrap_or_else(dom::at_random);
        self.0.tracking.update_value(|tracking| tracking.upload = Some((texts, key.clone())));
        Some(key)
    }

    /// The submission that [`AnyForm::begin`] let out is over. What was said of the one before stood until now: had it
    /// gone at the press, the button would have moved from under a second one.
    pub fn arrival(self) {
        self.0.under_way.set(false);
        self.0.failure.set(None);
    }

    /// Says why a sending failed: at the fields, or in [`AnyForm::failure`].
    pub fn fail(self, failure: ApiFailure) {
        if let ApiFailure::Refusal(probleme) = &failure {
            if probleme.code == Code::Saisie && self.refuse(&probleme.errors) {
                return;
            }
            // The server knows this key with another text: the next attempt takes another key.
            if probleme.code == Code::IdempotencyKeyReused {
                self.0.tracking.update_value(|tracking| tracking.upload = None);
            }
        }
        self.0.failure.set(Some(failure));
    }

    /// Shows the server's faults at their fields; whether there is such a field.
    fn refuse(self, errors: &[ErrorView]) -> bool {
        let known_ones: Vec<_> = errors.iter().filter_map(|e| Some((self.server_index(&e.champ)?, e.faute))).collect();
        self.0.tracking.update_value(|tracking| {
            for (index, faute) in &known_ones {
                tracking.from_the_server[*index] = Some(*faute);
            }
        });
        self.0.report_open.set(!known_ones.is_empty());
        self.0.quiet.set(!known_ones.is_empty());
        self.judge();
        if !known_ones.is_empty() {
            self.show_report();
        }
        !known_ones.is_empty()
    }

    /// The server knows no prefix.
    fn server_index(self, id: &str) -> Option<usize> {
        self.0.checkboxes.iter().position(|checkbox| checkbox.id.strip_prefix(self.0.prefix) == Some(id))
    }

    fn show_report(self) {
        let id = [self.0.name, "-bilan"].concat();
        clock::soon(move || {
            focus::give_focus(&id);
            dom::bring_to_top(&id);
        });
        clock::after(SAID, move || self.0.quiet.set(false));
    }
}
