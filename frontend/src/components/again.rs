//! What proves again whose the account is, in the forms that add or change a way into it, or take everything away: beside the password, a code where it asks
//! for a second step. Knows no form.

use api::second_step::SecondStepSetView;
use leptos::prelude::*;
use markup::view;

use crate::browser::{clock, focus};
use crate::form::FieldRef;
use crate::net::remote::Remote;

use super::field::field_and;
use super::second_step::{options, other};

/// Whether a code is asked for, and which.
#[derive(Clone, Copy)]
pub struct Again {
    set: Remote<SecondStepSetView>,
    /// Whether one that was kept is shown in the place of the application.
    kept: RwSignal<bool>,
}

impl Again {
    /// Where the account asks for this.
    pub fn new(set: Remote<SecondStepSetView>) -> Self {
        Self { set, kept: RwSignal::new(false) }
    }

    /// What is sent of the code that was kept: a blank says that it is meant, where none was typed.
    pub fn secours(self, typed: &str) -> String {
        if self.kept.get_untracked() { [" ", typed].concat() } else { String::new() }
    }

    /// It served: one that was kept is one less.
    pub fn served(self) {
        if self.kept.get_untracked() {
            self.kept.set(false);
            self.set.reread();
        }
    }

    /// The field of the code, where one is asked for.
    pub fn field(self, application: FieldRef, secours: FieldRef) -> AnyView {
        let set = self.set.answer();
        let view = move || {
            // What could not be read is asked: the server says whether it serves.
            let asks = set.with(|set| !matches!(set, None | Some(Ok(SecondStepSetView { since: None, .. }))));
            asks.then(|| self.code(application, secours))
        };
        view! { {view} }
    }

    fn code(self, application: FieldRef, secours: FieldRef) -> AnyView {
        let view = move || {
            let kept = self.kept.get();
            let (here, there) = if kept { (secours, application) } else { (application, secours) };
            let turn = move || {
                here.withdraw();
                self.kept.set(!kept);
                clock::soon(move || focus::give_focus(there.id()));
            };
            view! {
                {field_and(here, options(kept), None, None)}
                <p class="actions">{other(kept, turn)}</p>
            }
        };
        view! { {view} }
    }
}
