//! What the screen shows besides what it reads: which part is being changed, what was just done.
//! Knows no form.

use api::accounts::ProfilView;
use leptos::prelude::*;
use markup::view;

use crate::browser::{clock, focus};
use crate::net::remote::Remote;

/// What the screen shows besides what it reads.
#[derive(Clone, Copy)]
pub(super) struct Screen {
    pub profil: Remote<ProfilView>,
    /// Which part is being changed.
    pub opened: RwSignal<Option<Part>>,
    /// What was just done.
    pub fact: RwSignal<Option<&'static str>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Coordonnees,
    Export,
    Closing,
}

impl Part {
    /// The button that opens it, and takes the focus back when it closes.
    pub const fn button(self) -> &'static str {
        match self {
            Self::Coordonnees => "modifier-coordonnees",
            Self::Export => "tout-emporter",
            Self::Closing => "fermer-compte",
        }
    }

    /// Where the person goes on once it is open: its first field, or its title where something is to be read first.
    pub const fn beginning(self) -> &'static str {
        match self {
            Self::Coordonnees => "telephone-fixe",
            Self::Export => "export-mot-de-passe-actuel",
            Self::Closing => "fermeture-titre",
        }
    }
}

impl Screen {
    pub fn open(self, part: Part) {
        self.fact.set(None);
        self.opened.set(Some(part));
        clock::soon(move || focus::give_focus(part.beginning()));
    }

    pub fn close(self, part: Part) {
        self.opened.set(None);
        clock::soon(move || focus::give_focus(part.button()));
    }

    /// It worked: the part closes, and it is said.
    pub fn succeed(self, fact: &'static str) {
        self.opened.set(None);
        self.fact.set(Some(fact));
        clock::soon(|| focus::give_focus("fait"));
    }
}

pub(super) fn open(screen: Screen, part: Part, class: &'static str, said: &'static str) -> AnyView {
    view! {
        <p class="actions">
            <button class=class type="button" id=part.button() on:click=move |_| screen.open(part)>
                {said}
            </button>
        </p>
    }
}
