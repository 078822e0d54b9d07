//! What the screen shows besides what it reads: what was just done, and whether the password is being changed. Knows no form.

use api::accounts::ConnexionsView;
use api::second_step::SecondStepSetView;
use leptos::prelude::*;
use markup::view;

use crate::browser::{clock, focus};
use crate::net::remote::Remote;

/// What the screen shows besides what it reads.
#[derive(Clone, Copy)]
pub(super) struct Screen {
    pub connexions: Remote<ConnexionsView>,
    /// What the account asks for besides the password.
    pub second_step: Remote<SecondStepSetView>,
    /// Whether the password is being changed.
    pub changing: RwSignal<bool>,
    /// What was just done.
    pub fact: RwSignal<Option<&'static str>>,
}

impl Screen {
    /// It worked: what was open closes, and it is said.
    pub fn succeed(self, fact: &'static str) {
        self.changing.set(false);
        self.fact.set(Some(fact));
        clock::soon(|| focus::give_focus("fait"));
    }

    /// What was just done, said where it is heard.
    pub fn said(self) -> AnyView {
        let fact = move || {
            self.fact.get().map(|fact| {
                view! {
                    <div class="alert alert--success" id="fait" tabindex="-1">
                        <p class="alert__title">{fact}</p>
                    </div>
                }
            })
        };
        view! { <div role="status">{fact}</div> }
    }
}
