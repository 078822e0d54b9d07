//! What the screen shows besides what it reads: which part is being changed, what was just done.
//! Knows no form.

use api::comptes::{ConnexionsVues, ProfilVu};
use leptos::prelude::*;
use markup::view;

use crate::browser::{clock, focus};
use crate::net::remote::Lecture;

/// What the screen shows besides what it reads.
#[derive(Clone, Copy)]
pub(super) struct Ecran {
    pub profil: Lecture<ProfilVu>,
    pub connexions: Lecture<ConnexionsVues>,
    /// Which part is being changed.
    pub ouverte: RwSignal<Option<Partie>>,
    /// What was just done.
    pub fait: RwSignal<Option<&'static str>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Partie {
    Coordonnees,
    MotDePasse,
    Fermeture,
}

impl Partie {
    /// The button that opens it, and takes the focus back when it closes.
    pub const fn bouton(self) -> &'static str {
        match self {
            Self::Coordonnees => "modifier-coordonnees",
            Self::MotDePasse => "changer-mot-de-passe",
            Self::Fermeture => "fermer-compte",
        }
    }

    /// Its first field.
    pub const fn premier_champ(self) -> &'static str {
        match self {
            Self::Coordonnees => "telephone-fixe",
            Self::MotDePasse => "mot-de-passe-actuel",
            Self::Fermeture => "fermeture-mot-de-passe-actuel",
        }
    }
}

impl Ecran {
    pub fn ouvrir(self, partie: Partie) {
        self.fait.set(None);
        self.ouverte.set(Some(partie));
        clock::bientot(move || focus::donner_focus(partie.premier_champ()));
    }

    pub fn fermer(self, partie: Partie) {
        self.ouverte.set(None);
        clock::bientot(move || focus::donner_focus(partie.bouton()));
    }

    /// It worked: the part closes, and it is said.
    pub fn reussir(self, fait: &'static str) {
        self.ouverte.set(None);
        self.fait.set(Some(fait));
        clock::bientot(|| focus::donner_focus("fait"));
    }
}

pub(super) fn ouvrir(ecran: Ecran, partie: Partie, classe: &'static str, dit: &'static str) -> AnyView {
    view! {
        <p class="actions">
            <button class=classe type="button" id=partie.bouton() on:click=move |_| ecran.ouvrir(partie)>
                {dit}
            </button>
        </p>
    }
}
