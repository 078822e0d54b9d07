//! Who is connected, and what happens when a session ends. Below the network, which tells it what it hears: asks
//! nothing itself (see `net::session`).

use std::cell::{Cell, RefCell};
use std::sync::OnceLock;
use std::time::Duration;

use api::accounts::{AnswersView, SessionView, TitulaireView};
use api::probleme::Code;
use domaine::assurance::Level;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

use crate::browser::{address, storage};
use crate::failure::ApiFailure;
use crate::form::Formulaires;
use crate::parts;

/// What is known of the person in front of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The server was not asked yet, or has not answered.
    Wait,
    /// The server cannot be reached.
    Unreachable,
    /// Nobody is connected.
    Anonyme,
    /// Somebody is.
    Opened,
    /// Somebody was: their screen stays, a dialog asks them to connect again.
    Finished,
}

/// Who is connected. Copy it before any `.await`.
#[derive(Clone, Copy)]
pub struct Session {
    phase: RwSignal<Phase>,
    titulaire: RwSignal<Option<TitulaireView>>,
    answers: RwSignal<Option<AnswersView>>,
    ending_soon: RwSignal<bool>,
    unconfirmed: RwSignal<bool>,
    unproved: RwSignal<bool>,
    set_aside: RwSignal<bool>,
    duration: StoredValue<u64>,
    timer: StoredValue<Option<TimeoutHandle>>,
    formulaires: Formulaires,
}

/// What is done once somebody has signed in again.
type Then = Box<dyn FnOnce()>;

/// What an answer says of the session.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum SessionSignal {
    /// A request went through: the session, if any, starts again.
    Live,
    /// Nobody is connected any more.
    Finished,
    /// Somebody is, who must show again what opens their account.
    Old,
}

thread_local! {
    static ACCOUNT: RefCell<Option<String>> = const { RefCell::new(None) };
    /// Whether who is connected must show again what opens their account. Beside the session, so that only the part which asks for it
    /// carries it.
    static OLD: Cell<bool> = const { Cell::new(false) };
    /// What is done once they did.
    static THEN: RefCell<Option<Then>> = const { RefCell::new(None) };
}

/// Whose screen this is, as the server told it, if it is anybody's: said with every request.
pub fn account() -> Option<String> {
    ACCOUNT.with_borrow(Clone::clone)
}

/// The form that opens an account: what the tab keeps of it goes when somebody signs out, from whatever part of the page.
pub const SIGN_UP: &str = "inscription";

/// The form that changes how to reach somebody: the same.
pub const CONTACT: &str = "coordonnees";

/// Under which name a tab remembers hours of DIF that are not declared yet.
pub const DIF_HOURS: &str = "acquis-heures-de-dif";

/// Under which name a tab remembers that the account was just closed, until the first screen has said so.
pub const ACCOUNT_CLOSED: &str = "acquis-compte-ferme";

/// Under which name a tab remembers that the password was just chosen anew, until the balance has said so.
pub const MOT_DE_PASSE_CHOSEN: &str = "acquis-mot-de-passe-change";

/// Under which name a tab remembers that the account was just frozen, until the next screen has said so.
pub const ACCOUNT_FROZEN: &str = "acquis-compte-gele";

/// Where what an account asks for besides the password is shown.
pub const SECOND_STEP: &str = "/seconde-etape";

/// How long before its end a session says so, in seconds.
pub const NOTICE: u64 = 120;

/// The one session of the page, for the network, which carries no context.
static SESSION: OnceLock<Session> = OnceLock::new();

/// An answer came, which says this of the session.
pub fn heard(signal: SessionSignal) {
    if let Some(session) = SESSION.get() {
        session.record(signal);
    }
}

/// Whether it failed because who is connected must show again what opens their account: then it is done again once they did, and
/// nothing is said meanwhile.
pub fn again_once_shown(failure: &ApiFailure, then: impl FnOnce() + 'static) -> bool {
    let old = failure.code() == Some(Code::OldSignIn);
    if old {
        THEN.set(Some(Box::new(then)));
    }
    old
}

/// The session of the page.
pub fn session() -> Session {
    expect_context::<Session>()
}

impl Session {
    fn new(formulaires: Formulaires) -> Self {
        Self {
            formulaires,
            phase: RwSignal::new(Phase::Wait),
            titulaire: RwSignal::new(None),
            answers: RwSignal::new(None),
            ending_soon: RwSignal::new(false),
            unconfirmed: RwSignal::new(false),
            unproved: RwSignal::new(false),
            set_aside: RwSignal::new(false),
            duration: StoredValue::new(0),
            timer: StoredValue::new(None),
        }
    }

    /// Puts the session where every screen finds it; to be called once, by the app.
    pub fn prepare(formulaires: Formulaires) -> Self {
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
        if self.phase.get_untracked() == Phase::Wait {
            self.phase.set(Phase::Unreachable);
        }
    }

    /// The server is being asked again.
    pub fn retry_after(self) {
        self.phase.set(Phase::Wait);
    }

    /// Who is connected now, on a page that the browser shows again: if it is no longer the same person, nothing of
    /// the one before stays on the screen.
    pub fn come_back(self, view: SessionView) {
        if account().is_some() && view.account != account() {
            self.forget();
            address::reload();
        } else {
            self.welcome(view);
        }
    }

    /// Where things stand. Tells apart what screens must tell apart, and changes no more often.
    pub fn phase(self) -> RwSignal<Phase> {
        self.phase
    }

    /// Who is, or just was, connected.
    pub fn titulaire(self) -> RwSignal<Option<TitulaireView>> {
        self.titulaire
    }

    /// What was answered and not read yet.
    pub fn answers(self) -> RwSignal<Option<AnswersView>> {
        self.answers
    }

    /// Whether the session ends within [`NOTICE`].
    pub fn ending_soon(self) -> RwSignal<bool> {
        self.ending_soon
    }

    /// Whether nobody proved that the e-mail of the account is theirs.
    pub fn unconfirmed(self) -> RwSignal<bool> {
        self.unconfirmed
    }

    /// Whether the identity of who is connected is as they typed it, and no more.
    pub fn unproved(self) -> RwSignal<bool> {
        self.unproved
    }

    /// Whether the account is set aside: employers declare its NIR for somebody else.
    pub fn set_aside(self) -> RwSignal<bool> {
        self.set_aside
    }

    /// Whether who is connected must show again what opens their account, for what they asked to do.
    pub fn is_old() -> bool {
        parts::ACCESS && OLD.get()
    }

    /// They do not: what they asked for is not done, and they are still connected.
    pub fn give_up(self) {
        THEN.set(None);
        self.pass(Phase::Opened);
        self.record(SessionSignal::Live);
    }

    /// How long before its end this session says so, in seconds: a short one, halfway.
    pub fn notice(self) -> u64 {
        NOTICE.min(self.duration.get_value() / 2)
    }

    /// The server says who is connected: after connecting, or when asked.
    pub fn welcome(self, view: SessionView) {
        // One that is set aside says so in the place of both others: neither a mailbox nor what is missing brings it back.
        for (signal, from, below) in [
            (self.set_aside, Level::SetAside, Level::Declared),
            (self.unconfirmed, Level::Declared, Level::CourrielConfirmed),
            (self.unproved, Level::Declared, Level::IdentityProved),
        ] {
            let within = view.level.is_some_and(|own| from <= own && own < below);
            if signal.get_untracked() != within {
                signal.set(within);
            }
        }
        self.duration.set_value(view.expires_in.and_then(|text| text.parse().ok()).unwrap_or(0));
        // Somebody else: nothing of the one before stays in memory or on the screen.
        if let (Some(before), Some(now)) = (account(), &view.account)
            && before != *now
        {
            self.forget();
            address::restart("/solde");
        }
        if view.account.is_some() {
            ACCOUNT.set(view.account);
        }
        let phase = match (&view.titulaire, self.phase.get_untracked()) {
            (Some(_), _) => Phase::Opened,
            (None, Phase::Opened | Phase::Finished) if parts::AT_HOME => Phase::Finished,
            (None, _) => Phase::Anonyme,
        };
        // After the end of a session the name stays on the screen until somebody connects or leaves.
        if phase != Phase::Finished {
            self.titulaire.set(view.titulaire);
            self.answers.set(view.answers);
        }
        self.pass(phase);
        self.record(SessionSignal::Live);
        if parts::ACCESS
            && phase == Phase::Opened
            && let Some(then) = THEN.take()
        {
            then();
        }
    }

    /// Somebody came in: where they go. First to what their account asks for besides the password, when it asks.
    pub fn enter(self, view: SessionView, towards: &str) -> String {
        if view.titulaire.is_none() {
            let back = if towards == "/solde" { ["", ""] } else { ["?retour=", towards] };
            return [SECOND_STEP, back[0], back[1]].concat();
        }
        self.welcome(view);
        towards.to_owned()
    }

    /// The person leaves: nothing of theirs stays in memory.
    pub fn close(self) {
        self.forget();
        self.titulaire.set(None);
        self.answers.set(None);
        ACCOUNT.set(None);
        self.pass(Phase::Anonyme);
        self.ending_soon.set(false);
        self.cancel_timer();
    }

    /// Nothing that was typed stays in memory.
    pub fn forget(self) {
        self.formulaires.forget_everything();
        storage::withhold(DIF_HOURS, "");
        for form in [SIGN_UP, CONTACT] {
            storage::withhold(&storage::draft(form), "");
        }
    }

    fn pass(self, phase: Phase) {
        if self.phase.get_untracked() != phase {
            self.phase.set(phase);
        }
    }

    fn record(self, signal: SessionSignal) {
        let opened = self.phase.get_untracked() == Phase::Opened;
        match signal {
            SessionSignal::Finished | SessionSignal::Old if opened => {
                if parts::ACCESS {
                    OLD.set(signal == SessionSignal::Old);
                }
                self.finish();
            }
            SessionSignal::Live if opened => {
                if self.ending_soon.get_untracked() {
                    self.ending_soon.set(false);
                }
                let duration = self.duration.get_value();
                if duration > 0 {
                    self.within(duration - self.notice(), move || self.notify());
                }
            }
            SessionSignal::Live | SessionSignal::Finished | SessionSignal::Old => {}
        }
    }

    fn notify(self) {
        self.ending_soon.set(parts::AT_HOME);
        self.within(self.notice(), move || self.record(SessionSignal::Finished));
    }

    fn finish(self) {
        self.cancel_timer();
        self.ending_soon.set(false);
        self.pass(if parts::AT_HOME { Phase::Finished } else { Phase::Anonyme });
    }

    fn within(self, seconds: u64, next: impl FnOnce() + 'static) {
        self.cancel_timer();
        self.timer.set_value(set_timeout_with_handle(next, Duration::from_secs(seconds)).ok());
    }

    fn cancel_timer(self) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
    }
}
