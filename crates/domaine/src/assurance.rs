//! How sure the account is of who stands before it, and what may be done so far: the one table that the server enforces and
//! the page shows. Knows no session, and no way up: what proves more is decided elsewhere.
//!
//! No text orders these steps for somebody who hosts this program; they are those of the official service, where reading
//! asks for an account and buying for FranceConnect+ (« eIDAS substantiel »), with what stands between.

use serde::{Deserialize, Serialize};

/// How much is proved of who somebody is, the least first.
///
/// ```
/// use domaine::assurance::Level;
/// assert!(Level::CourrielConfirmed > Level::Declared);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Level {
    /// Employers declare the NIR of the account for somebody else: it is set aside, with what its holder typed.
    #[serde(rename = "mis_a_part")]
    SetAside,
    /// What the form says, and nothing that proves it.
    #[serde(rename = "declare")]
    Declared,
    /// Whoever signed up reads the mailbox that they gave.
    #[serde(rename = "courriel_confirme")]
    CourrielConfirmed,
    /// Something besides the password was shown as well.
    #[serde(rename = "seconde_etape")]
    SecondStep,
    /// The identity itself was proved: by FranceConnect, or by a document that an operator saw.
    #[serde(rename = "identite_prouvee")]
    IdentityProved,
    /// FranceConnect+ proved it, in this very session.
    #[serde(rename = "france_connect_plus")]
    FranceConnectPlus,
}

impl Level {
    /// What is proved of an account, whoever holds a session on it.
    ///
    /// ```
    /// use domaine::assurance::Level;
    /// assert_eq!(Level::of_account(false, false), Level::Declared);
    /// ```
    pub const fn of_account(courriel_confirmed: bool, identity_proved: bool) -> Self {
        match (courriel_confirmed, identity_proved) {
            (_, true) => Self::IdentityProved,
            (true, false) => Self::CourrielConfirmed,
            (false, false) => Self::Declared,
        }
    }

    /// The same, in a session whose holder showed something besides the password, if they did. It raises nothing where the e-mail
    /// is not proved: whoever typed somebody else's name chose that second step too.
    ///
    /// ```
    /// use domaine::assurance::Level;
    /// assert_eq!(Level::CourrielConfirmed.with_second_step(true), Level::SecondStep);
    /// assert_eq!(Level::Declared.with_second_step(true), Level::Declared);
    /// ```
    #[must_use]
    pub fn with_second_step(self, shown: bool) -> Self {
        if shown && self >= Self::CourrielConfirmed { self.max(Self::SecondStep) } else { self }
    }

    /// The same, in a session where FranceConnect+ proved the identity of the account.
    ///
    /// ```
    /// use domaine::assurance::Level;
    /// assert_eq!(Level::IdentityProved.with_france_connect_plus(true), Level::FranceConnectPlus);
    /// assert_eq!(Level::CourrielConfirmed.with_france_connect_plus(true), Level::CourrielConfirmed);
    /// ```
    #[must_use]
    pub fn with_france_connect_plus(self, proved: bool) -> Self {
        if proved && self >= Self::IdentityProved { Self::FranceConnectPlus } else { self }
    }

    /// The same, unless the account is set aside.
    #[must_use]
    pub const fn unless_set_aside(self, set_aside: bool) -> Self {
        if set_aside { Self::SetAside } else { self }
    }
}

/// What an account that is only declared may read: whoever hosts the program decides, no text does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeclaredReading {
    /// Everything, what employers declared as well.
    #[default]
    All,
    /// What the person typed, and nothing that others declared.
    Typed,
}

impl DeclaredReading {
    /// How much must be proved to read what others declared, and what is computed from it.
    pub const fn needs(self) -> Level {
        match self {
            Self::All => Action::Read.needs(),
            Self::Typed => Level::CourrielConfirmed,
        }
    }
}

/// What an account must ask of whoever opens it, besides a level, before its money may leave: whoever hosts the program decides, no
/// text does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpendingGuard {
    /// Nothing more: the level shows a second step of its own, that of the provider which proved the identity.
    #[default]
    Level,
    /// A second step of its own: else whoever knows the password, or reads the mailbox, comes in beside that provider.
    SecondStep,
}

/// What a holder asks to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read one's account: what was typed, and what others declared unless [`DeclaredReading`] says otherwise.
    Read,
    /// Prove more, protect the account, leave it: the password, a consent taken back, the closing.
    Protect,
    /// Take away what opens the account, or end what it opened elsewhere: a passkey, an identity, another device. Whoever finds a
    /// screen open must not shut its holder out.
    Withdraw,
    /// Give another e-mail, with the password and the codes of both. Whoever cannot read the one that they gave, and never
    /// proved, would be shut out for ever otherwise: the new one alone is proved then.
    ChangeCourriel,
    /// Declare DIF hours with their attestation.
    DeclareDif,
    /// Declare a level of diploma.
    DeclareNiveau,
    /// Declare a disability with its proof.
    DeclareHandicap,
    /// Dispute a line.
    Dispute,
    /// Change telephones.
    ChangeTelephones,
    /// Take everything away: the NIR in full and the proofs as well.
    ExportWhole,
    /// Spend rights on a course.
    Spend,
}

/// Why something may not be done yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// More must be proved first.
    Proof(Level),
    /// The account must ask for something besides its password first.
    SecondStep,
    /// Everything is proved; something changed too lately (a device, an e-mail, a telephone) for money to leave.
    Rest,
    /// Everything is proved, and too long ago: what opens the account must be shown again.
    SignIn,
}

/// What is known of who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How much is proved, of the account and in this session.
    pub level: Level,
    /// Whether the account asks for something besides its password.
    pub second_step: bool,
    /// Whether what opens the account has been the same for long enough.
    pub settled: bool,
    /// Whether what opens the account was shown a moment ago.
    pub lately: bool,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 11] = [
        Self::Read,
        Self::Protect,
        Self::Withdraw,
        Self::ChangeCourriel,
        Self::DeclareDif,
        Self::DeclareNiveau,
        Self::DeclareHandicap,
        Self::Dispute,
        Self::ChangeTelephones,
        Self::ExportWhole,
        Self::Spend,
    ];

    /// How much must be proved before.
    pub const fn needs(self) -> Level {
        match self {
            Self::Read | Self::Protect | Self::Withdraw | Self::ChangeCourriel => Level::SetAside,
            Self::DeclareDif | Self::DeclareNiveau | Self::DeclareHandicap | Self::Dispute | Self::ChangeTelephones => {
                Level::CourrielConfirmed
            }
            // A second step proves that the same person comes back, not who they are: whoever took somebody's number has both a
            // mailbox and a second step of their own.
            Self::ExportWhole => Level::IdentityProved,
            Self::Spend => Level::FranceConnectPlus,
        }
    }

    /// Whether it waits after a new device, e-mail or telephone: who took an account over must not empty it before its
    /// holder has read the letter.
    pub const fn needs_rest(self) -> bool {
        matches!(self, Self::Spend)
    }

    /// Whether it asks for what opens the account to have been shown a moment ago.
    ///
    /// Source: OWASP ASVS 5.0.0, 7.5.1 and 7.5.2.
    pub const fn needs_lately(self) -> bool {
        matches!(self, Self::Withdraw)
    }

    /// Whether it is what that guard is about.
    pub const fn needs_guard(self) -> bool {
        matches!(self, Self::Spend)
    }

    /// How much more must be proved; nothing when enough is. An account that is set aside comes back by a proof of the
    /// identity alone: a mailbox says nothing about whose number it is.
    pub fn missing(self, level: Level) -> Option<Level> {
        let needs = if level == Level::SetAside { self.needs().max(Level::IdentityProved) } else { self.needs() };
        (level < self.needs()).then_some(needs)
    }

    /// What still stands in the way, where whoever hosts wants this of who spends; nothing when it may be done.
    ///
    /// ```
    /// use domaine::assurance::{Action, Lacking, Level, SpendingGuard, Standing};
    /// let standing = Standing { level: Level::CourrielConfirmed, second_step: false, settled: true, lately: false };
    /// assert_eq!(Action::DeclareDif.lacks(standing, SpendingGuard::SecondStep), None);
    /// let proof = Lacking::Proof(Level::FranceConnectPlus);
    /// assert_eq!(Action::Spend.lacks(standing, SpendingGuard::SecondStep), Some(proof));
    /// let proved = Standing { level: Level::FranceConnectPlus, ..standing };
    /// assert_eq!(Action::Spend.lacks(proved, SpendingGuard::Level), None);
    /// assert_eq!(Action::Spend.lacks(proved, SpendingGuard::SecondStep), Some(Lacking::SecondStep));
    /// assert_eq!(Action::Withdraw.lacks(standing, SpendingGuard::Level), Some(Lacking::SignIn));
    /// ```
    pub fn lacks(self, standing: Standing, guard: SpendingGuard) -> Option<Lacking> {
        if let Some(level) = self.missing(standing.level) {
            return Some(Lacking::Proof(level));
        }
        if self.needs_guard() && guard == SpendingGuard::SecondStep && !standing.second_step {
            return Some(Lacking::SecondStep);
        }
        if self.needs_lately() && !standing.lately {
            return Some(Lacking::SignIn);
        }
        (self.needs_rest() && !standing.settled).then_some(Lacking::Rest)
    }
}

/// Until when money rests, after what opens the account changed at `changed_on`, for as long as `rest` (all in the same unit of a
/// clock); nothing once it may leave. No text asks for it: how long is a choice of whoever hosts the program.
///
/// ```
/// use domaine::assurance::rest_until;
/// assert_eq!(rest_until(Some(100), 48, 120), Some(148));
/// assert_eq!(rest_until(Some(100), 48, 148), None);
/// assert_eq!(rest_until(None, 48, 120), None);
/// ```
pub fn rest_until(changed_on: Option<i64>, rest: i64, now: i64) -> Option<i64> {
    changed_on.map(|on| on.saturating_add(rest)).filter(|until| now < *until)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEVELS: [Level; 6] = [
        Level::SetAside,
        Level::Declared,
        Level::CourrielConfirmed,
        Level::SecondStep,
        Level::IdentityProved,
        Level::FranceConnectPlus,
    ];

    /// Each of what is known, or wanted, besides the level.
    fn all_but_the_level() -> impl Iterator<Item = (bool, bool, SpendingGuard)> {
        let guards = [SpendingGuard::Level, SpendingGuard::SecondStep];
        let both = [false, true];
        both.into_iter().flat_map(move |settled| {
            both.into_iter().flat_map(move |step| guards.into_iter().map(move |guard| (settled, step, guard)))
        })
    }

    #[test]
    fn more_proof_never_takes_anything_away() {
        for action in Action::ALL {
            for (settled, second_step, guard) in all_but_the_level() {
                let lacks =
                    |level: &Level| action.lacks(Standing { level: *level, second_step, settled, lately: true }, guard);
                let may: Vec<bool> = LEVELS.iter().map(|level| lacks(level).is_none()).collect();
                assert!(may.is_sorted(), "{action:?}: {may:?}");
            }
        }
    }

    #[test]
    fn a_password_and_a_mailbox_neither_spend_nor_take_everything_away() {
        let standing = Standing { level: Level::CourrielConfirmed, second_step: true, settled: true, lately: true };
        let lacks = |action: &Action| action.lacks(standing, SpendingGuard::Level);
        let refused: Vec<Action> = Action::ALL.into_iter().filter(|action| lacks(action).is_some()).collect();
        assert_eq!(refused, [Action::ExportWhole, Action::Spend]);
    }

    #[test]
    fn a_second_step_proves_that_the_same_person_comes_back_and_does_not_take_everything_away() {
        let missing = Action::ExportWhole.missing(Level::CourrielConfirmed.with_second_step(true));
        assert_eq!(missing, Some(Level::IdentityProved));
        assert_eq!(Action::ExportWhole.missing(Level::of_account(false, true)), None);
    }

    #[test]
    fn an_account_that_is_set_aside_reads_protects_itself_leaves_and_comes_back_by_a_proof_of_the_identity() {
        let level = Level::of_account(true, false).unless_set_aside(true);
        for action in Action::ALL {
            let missing = action.missing(level);
            assert_eq!(missing.is_none(), action.missing(Level::Declared).is_none(), "{action:?}");
            assert!(missing.is_none_or(|needs| needs >= Level::IdentityProved), "{action:?}");
        }
    }

    #[test]
    fn who_proved_nothing_may_read_protect_leave_and_mend_their_address_and_nothing_else() {
        let may: Vec<Action> =
            Action::ALL.into_iter().filter(|action| action.missing(Level::Declared).is_none()).collect();
        assert_eq!(may, [Action::Read, Action::Protect, Action::Withdraw, Action::ChangeCourriel]);
    }

    #[test]
    fn an_identity_that_was_seen_is_proved_whatever_the_mailbox() {
        let of = Level::of_account;
        assert_eq!([of(false, false), of(true, false)], [Level::Declared, Level::CourrielConfirmed]);
        assert_eq!([of(false, true), of(true, true)], [Level::IdentityProved; 2]);
    }

    #[test]
    fn a_second_step_raises_whoever_proved_their_mailbox_and_nobody_else() {
        let raised = LEVELS.map(|level| level.with_second_step(true));
        let [set_aside, declared, _, _, identity, plus] = LEVELS;
        assert_eq!(raised, [set_aside, declared, Level::SecondStep, Level::SecondStep, identity, plus]);
        assert_eq!(LEVELS.map(|level| level.with_second_step(false)), LEVELS);
    }

    #[test]
    fn what_others_declared_is_read_by_everybody_unless_whoever_hosts_says_otherwise() {
        assert_eq!(DeclaredReading::default().needs(), Level::SetAside);
        assert_eq!(DeclaredReading::Typed.needs(), Level::CourrielConfirmed);
    }

    #[test]
    fn money_waits_for_what_changed_to_be_old_and_nothing_else_does() {
        let standing = Standing { level: Level::FranceConnectPlus, second_step: true, settled: false, lately: true };
        for action in Action::ALL {
            for guard in [SpendingGuard::Level, SpendingGuard::SecondStep] {
                let lacks = action.lacks(standing, guard);
                assert_eq!(lacks, action.needs_rest().then_some(Lacking::Rest), "{action:?}");
            }
        }
    }

    #[test]
    fn what_takes_a_way_in_away_asks_for_it_to_be_shown_again_whatever_is_proved_and_nothing_else_does() {
        for level in LEVELS {
            let standing = Standing { level, second_step: true, settled: true, lately: false };
            for action in Action::ALL.into_iter().filter(|action| action.missing(level).is_none()) {
                let lacks = action.lacks(standing, SpendingGuard::SecondStep);
                assert_eq!(lacks, (action == Action::Withdraw).then_some(Lacking::SignIn), "{action:?}");
            }
            assert_eq!(Action::Withdraw.lacks(Standing { lately: true, ..standing }, SpendingGuard::Level), None);
        }
    }

    #[test]
    fn where_whoever_hosts_says_so_money_asks_for_a_second_step_of_the_account_and_nothing_else_does() {
        let of = |level, second_step| Standing { level, second_step, settled: true, lately: true };
        for action in Action::ALL {
            let proved = of(Level::FranceConnectPlus, false);
            assert_eq!(action.lacks(proved, SpendingGuard::default()), None, "{action:?}: off by default");
            let lacks = action.lacks(proved, SpendingGuard::SecondStep);
            assert_eq!(lacks, (action == Action::Spend).then_some(Lacking::SecondStep), "{action:?}");
            assert_eq!(action.lacks(of(Level::FranceConnectPlus, true), SpendingGuard::SecondStep), None, "{action:?}");
        }
        // A second step proves nothing of who somebody is.
        let unproved = Action::Spend.lacks(of(Level::SecondStep, true), SpendingGuard::SecondStep);
        assert_eq!(unproved, Some(Lacking::Proof(Level::FranceConnectPlus)));
    }
}
