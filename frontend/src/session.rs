//! Who is connected, and what happens when a session ends. Below the network, which tells it what it hears: asks
//! nothing itself (see `net::session`).

use std::cell::RefCell;
use std::sync::OnceLock;
use std::time::Duration;

use api::comptes::{SessionVue, TitulaireVu};
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

use crate::browser::{address, storage};
use crate::form::Formulaires;

/// What is known of the person in front of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The server was not asked yet, or has not answered.
    Attente,
    /// The server cannot be reached.
    Injoignable,
    /// Nobody is connected.
    Anonyme,
    /// Somebody is.
    Ouverte,
    /// Somebody was: their screen stays, a dialog asks them to connect again.
    Terminee,
}

/// Who is connected. Copy it before any `.await`.
#[derive(Clone, Copy)]
pub struct Session {
    phase: RwSignal<Phase>,
    titulaire: RwSignal<Option<TitulaireVu>>,
    bientot_finie: RwSignal<bool>,
    duree: StoredValue<u64>,
    minuteur: StoredValue<Option<TimeoutHandle>>,
    formulaires: Formulaires,
}

/// What an answer says of the session.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Signe {
    /// A request went through: the session, if any, starts again.
    Vivante,
    /// Nobody is connected any more.
    Terminee,
}

thread_local! {
    static COMPTE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Whose screen this is, as the server told it, if it is anybody's: said with every request.
pub fn compte() -> Option<String> {
    COMPTE.with_borrow(Clone::clone)
}

/// Under which name a tab remembers hours of DIF that are not declared yet.
pub const HEURES_DE_DIF: &str = "acquis-heures-de-dif";

/// How long before its end a session says so, in seconds.
pub const PREAVIS: u64 = 120;

/// The one session of the page, for the network, which carries no context.
static SESSION: OnceLock<Session> = OnceLock::new();

/// An answer came, which says this of the session.
pub fn heard(signe: Signe) {
    if let Some(session) = SESSION.get() {
        session.noter(signe);
    }
}

/// The session of the page.
pub fn session() -> Session {
    expect_context::<Session>()
}

impl Session {
    fn new(formulaires: Formulaires) -> Self {
        Self {
            formulaires,
            phase: RwSignal::new(Phase::Attente),
            titulaire: RwSignal::new(None),
            bientot_finie: RwSignal::new(false),
            duree: StoredValue::new(0),
            minuteur: StoredValue::new(None),
        }
    }

    /// Puts the session where every screen finds it; to be called once, by the app.
    pub fn preparer(formulaires: Formulaires) -> Self {
        let session = Self::new(formulaires);
        provide_context(session);
        session
    }

    /// Hears all that answers say from now on.
    pub fn listen(self) {
        // The first one is the only one: there is one page.
        let _first = SESSION.set(self);
    }

    /// The server could not be asked.
    pub fn unanswered(self) {
        if self.phase.get_untracked() == Phase::Attente {
            self.phase.set(Phase::Injoignable);
        }
    }

    /// The server is being asked again.
    pub fn attendre(self) {
        self.phase.set(Phase::Attente);
    }

    /// Who is connected now, on a page that the browser shows again: if it is no longer the same person, nothing of
    /// the one before stays on the screen.
    pub fn revenir(self, vue: SessionVue) {
        if compte().is_some() && vue.compte != compte() {
            self.oublier();
            address::recharger();
        } else {
            self.accueillir(vue);
        }
    }

    /// Where things stand. Tells apart what screens must tell apart, and changes no more often.
    pub fn phase(self) -> RwSignal<Phase> {
        self.phase
    }

    /// Who is, or just was, connected.
    pub fn titulaire(self) -> RwSignal<Option<TitulaireVu>> {
        self.titulaire
    }

    /// Whether the session ends within [`PREAVIS`].
    pub fn bientot_finie(self) -> RwSignal<bool> {
        self.bientot_finie
    }

    /// How long before its end this session says so, in seconds: a short one, halfway.
    pub fn preavis(self) -> u64 {
        PREAVIS.min(self.duree.get_value() / 2)
    }

    /// The server says who is connected: after connecting, or when asked.
    pub fn accueillir(self, vue: SessionVue) {
        self.duree.set_value(vue.expire_dans.and_then(|texte| texte.parse().ok()).unwrap_or(0));
        // Somebody else: nothing of the one before stays in memory or on the screen.
        if let (Some(avant), Some(maintenant)) = (compte(), &vue.compte)
            && avant != *maintenant
        {
            self.oublier();
            address::recommencer("/solde");
        }
        if vue.compte.is_some() {
            COMPTE.set(vue.compte);
        }
        let phase = match (&vue.titulaire, self.phase.get_untracked()) {
            (Some(_), _) => Phase::Ouverte,
            (None, Phase::Ouverte | Phase::Terminee) => Phase::Terminee,
            (None, _) => Phase::Anonyme,
        };
        // After the end of a session the name stays on the screen until somebody connects or leaves.
        if phase != Phase::Terminee {
            self.titulaire.set(vue.titulaire);
        }
        self.passer(phase);
        self.noter(Signe::Vivante);
    }

    /// The person leaves: nothing of theirs stays in memory.
    pub fn fermer(self) {
        self.oublier();
        self.titulaire.set(None);
        COMPTE.set(None);
        self.passer(Phase::Anonyme);
        self.bientot_finie.set(false);
        self.annuler_minuteur();
    }

    /// Nothing that was typed stays in memory.
    fn oublier(self) {
        self.formulaires.tout_oublier();
        storage::retenir(HEURES_DE_DIF, "");
    }

    fn passer(self, phase: Phase) {
        if self.phase.get_untracked() != phase {
            self.phase.set(phase);
        }
    }

    fn noter(self, signe: Signe) {
        let ouverte = self.phase.get_untracked() == Phase::Ouverte;
        match signe {
            Signe::Terminee if ouverte => self.finir(),
            Signe::Vivante if ouverte => {
                if self.bientot_finie.get_untracked() {
                    self.bientot_finie.set(false);
                }
                let duree = self.duree.get_value();
                if duree > 0 {
                    self.dans(duree - self.preavis(), move || self.prevenir());
                }
            }
            Signe::Vivante | Signe::Terminee => {}
        }
    }

    fn prevenir(self) {
        self.bientot_finie.set(true);
        self.dans(self.preavis(), move || self.finir());
    }

    fn finir(self) {
        self.annuler_minuteur();
        self.bientot_finie.set(false);
        self.passer(Phase::Terminee);
    }

    fn dans(self, secondes: u64, suite: impl FnOnce() + 'static) {
        self.annuler_minuteur();
        self.minuteur.set_value(set_timeout_with_handle(suite, Duration::from_secs(secondes)).ok());
    }

    fn annuler_minuteur(self) {
        if let Some(minuteur) = self.minuteur.get_value() {
            minuteur.clear();
        }
    }
}
