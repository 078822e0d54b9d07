//! Why one writes to a person; what the letter says, in French, is in the files beside. How it looks is elsewhere.

mod changes;
mod holder;
mod requests;
mod second_step;
mod service;
mod whose;

use domaine::freezing::FrozenBy;
use domaine::identite::CodeCourriel;

use crate::letter::Letter;
use crate::moment::moment;

pub use second_step::SecondStepNews;

/// Why a letter is written. No `Debug`: it may hold a code.
#[derive(Clone, Copy)]
pub enum Occasion<'a> {
    /// The password changed.
    MotDePasseChanged,
    /// Another e-mail opens the account now; told to the one that did.
    CourrielChanged,
    /// The telephones changed.
    TelephonesChanged,
    /// Somebody signed in with a browser that the account did not know.
    NewDevice {
        /// The browser and system, in a few words.
        device: &'a str,
    },
    /// A passkey was added.
    PasskeyAdded {
        /// From which browser.
        device: &'a str,
    },
    /// A passkey was removed.
    PasskeyRemoved {
        /// From which browser.
        device: &'a str,
    },
    /// The account was closed, and what it held erased.
    AccountClosed,
    /// Its holder asked for that, and it is done later.
    ClosingAsked {
        /// When, in milliseconds.
        on: i64,
    },
    /// They kept the account.
    ClosingTakenBack,
    /// An operator answered a disputed line.
    ContestationAnswered {
        /// The reference that its holder was given.
        reference: &'a str,
    },
    /// An operator decided of a proof. The letter does not say of what: a disability is nobody's business at whoever reads
    /// this mailbox.
    ProofDecided {
        /// The reference that its holder was given.
        reference: &'a str,
    },
    /// The account was frozen by its holder, or by whoever read a letter of the account.
    FrozenByHolder {
        /// The reference of the account.
        account: &'a str,
        /// From where.
        by: FrozenBy,
    },
    /// The holder of a frozen account, who gave its password, opens it again.
    ThawCode {
        /// What proves that the mailbox is theirs.
        code: &'a CodeCourriel,
        /// Until when it serves.
        until: i64,
    },
    /// It was opened again, by two proofs and with another password.
    ThawedByHolder {
        /// The reference of the account.
        account: &'a str,
    },
    /// The account was frozen by whoever runs the service.
    AccountFrozen {
        /// The reference of the account.
        account: &'a str,
    },
    /// It was thawed.
    AccountThawed {
        /// The reference of the account.
        account: &'a str,
    },
    /// Every device was signed out by whoever runs the service.
    SignedOut {
        /// The reference of the account.
        account: &'a str,
    },
    /// Somebody else proved that the NIR of the account is theirs: it is set aside.
    NirReleased {
        /// The reference of the account.
        account: &'a str,
    },
    /// What the account says of its holder was put right. The letter does not say what it was, nor what it is.
    IdentityCorrected {
        /// The reference of the account.
        account: &'a str,
        /// « votre nom ».
        what: &'a str,
    },
    /// A document that an operator saw proves whose account it is.
    IdentityProved {
        /// The reference of the account.
        account: &'a str,
    },
    /// An employer declared the NIR of the account for somebody else, of whom nothing is said: it is set aside.
    SetAside {
        /// The reference of the account.
        account: &'a str,
    },
    /// Somebody whose identity a provider proved asked for an account with the NIR of this one: it is set aside.
    Outranked {
        /// The reference of the account.
        account: &'a str,
    },
    /// An identity of elsewhere opens the account from now on.
    IdentityLinked {
        /// What people call whoever proves it.
        provider: &'a str,
    },
    /// It does no more.
    IdentityUnlinked {
        /// What people call whoever proved it.
        provider: &'a str,
    },
    /// It has its NIR again.
    NirGivenBack {
        /// The reference of the account.
        account: &'a str,
    },
    /// Whoever opened an account is told that somebody else had opened one with their NIR.
    AnotherHadYourNumber,
    /// An operator printed a code that gives the account back; told to its e-mail.
    CodePrinted {
        /// The reference of the account.
        account: &'a str,
    },
    /// An operator gave the account another e-mail; told to the former one.
    CourrielTakenOff {
        /// The reference of the account.
        account: &'a str,
    },
    /// The same, told to the new one.
    CourrielGiven {
        /// The reference of the account.
        account: &'a str,
    },
    /// A death was recorded: whoever reads this may be alive.
    DeathRecorded {
        /// The reference of the account.
        account: &'a str,
    },
    /// Nobody has used the account for years: it closes unless somebody signs in.
    AccountUnused {
        /// For how many.
        years: u16,
        /// The day it closes, JJ/MM/AAAA.
        closes_on: &'a str,
    },
    /// It was closed for that.
    UnusedAccountClosed {
        /// For how many years nobody used it.
        years: u16,
    },
    /// What was declared with a proof was taken back. The letter does not say what either.
    ProofWithdrawn,
    /// Somebody asked for an account with this mailbox, and may have it.
    SignUpCode {
        /// What proves that the mailbox is theirs.
        code: &'a CodeCourriel,
        /// What the link carries.
        token: &'a str,
        /// Until when the code can be typed.
        until: i64,
    },
    /// Somebody asked for an account with this mailbox, which has one.
    AlreadyAnAccount,
    /// Somebody asked, with another mailbox, for an account for the person who has this one.
    AskedWithYourNumber,
    /// Somebody asked for an account with this mailbox, and cannot have it. The letter does not say why: it may be read by
    /// whoever typed the number of another.
    NoAccountOpened,
    /// The holder asked for the way back into their account.
    RecoveryCode {
        /// What proves that the mailbox is theirs.
        code: &'a CodeCourriel,
        /// What the link carries.
        token: &'a str,
        /// Until when they serve.
        until: i64,
    },
    /// The holder of an account, who is connected, confirms its e-mail.
    ConfirmationCode {
        /// What proves that the mailbox is theirs.
        code: &'a CodeCourriel,
        /// Until when it serves.
        until: i64,
    },
    /// The holder of an account, who is connected, asked for another e-mail or other telephones; told to the e-mail that it has.
    ChangeCode {
        /// What shows that this mailbox agrees.
        code: &'a CodeCourriel,
        /// Until when it serves.
        until: i64,
        /// « son adresse de courriel ».
        what: &'a str,
    },
    /// The same, told to the e-mail that it shall have.
    NewCourrielCode {
        /// What proves that the mailbox is theirs.
        code: &'a CodeCourriel,
        /// Until when it serves.
        until: i64,
    },
    /// The same, told to that one, which is another account's: it gets no code.
    NewCourrielTaken,
    /// Somebody asked for the way back into the account of this mailbox, which has none.
    NoAccountHere,
    /// A lost password was replaced.
    AccessGivenBack,
    /// Something became of what the account asks for besides its password.
    SecondStep(SecondStepNews),
    /// What is kept of the holder left the account as a file.
    ExportLeft {
        /// Whether it was everything.
        whole: bool,
        /// The browser that asked for it.
        device: &'a str,
    },
    /// A day of the journal left its anchor; told to whoever answers for the service.
    JournalAnchored {
        /// The day, JJ/MM/AAAA.
        day: &'a str,
        /// The anchor, as it is checked.
        anchor: &'a str,
    },
}

/// Three days: whoever does not read mail more often is told on the site as well, and a mail server that is down for
/// longer is somebody's to mend.
const USEFUL: i64 = 3 * 24 * 3_600_000;
/// A letter with a code is of no use long after the code.
const USEFUL_WITH_A_CODE: i64 = 3_600_000;
/// Letters of one occasion that a mailbox gets in a day: a holder knows by then.
const A_DAY: i64 = 5;
/// Codes that a mailbox gets in a day: some people ask again before they look among the unwanted.
const CODES_A_DAY: i64 = 10;

impl Occasion<'_> {
    /// How long it is of use, in milliseconds.
    pub(crate) const fn useful_for(&self) -> i64 {
        if self.goes_with_codes() { USEFUL_WITH_A_CODE } else { USEFUL }
    }

    /// How many a mailbox gets in a day.
    pub(crate) const fn most_a_day(&self) -> i64 {
        if self.goes_with_codes() { CODES_A_DAY } else { A_DAY }
    }

    /// Whether it holds a code, or stands where one would: how often it is written must not tell them apart.
    const fn goes_with_codes(&self) -> bool {
        matches!(
            self,
            Self::SignUpCode { .. }
                | Self::RecoveryCode { .. }
                | Self::ConfirmationCode { .. }
                | Self::ThawCode { .. }
                | Self::ChangeCode { .. }
                | Self::NewCourrielCode { .. }
                | Self::NewCourrielTaken
        )
    }

    /// Whether it tells of something that a thief may have done: its reader stops the account by a link.
    pub const fn can_be_stopped(&self) -> bool {
        matches!(
            self,
            Self::MotDePasseChanged
                | Self::ClosingAsked { .. }
                | Self::ClosingTakenBack
                | Self::CourrielChanged
                | Self::TelephonesChanged
                | Self::ChangeCode { .. }
                | Self::NewDevice { .. }
                | Self::PasskeyAdded { .. }
                | Self::PasskeyRemoved { .. }
                | Self::ProofWithdrawn
                | Self::AccessGivenBack
                | Self::ThawedByHolder { .. }
                | Self::CodePrinted { .. }
                | Self::CourrielTakenOff { .. }
                | Self::SecondStep(_)
                | Self::ExportLeft { .. }
                | Self::IdentityLinked { .. }
                | Self::IdentityUnlinked { .. }
        )
    }

    /// What the log and the outbox may say of it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MotDePasseChanged => "mot_de_passe_change",
            Self::CourrielChanged => "courriel_change",
            Self::TelephonesChanged => "telephones_changes",
            Self::NewDevice { .. } => "nouvel_appareil",
            Self::PasskeyAdded { .. } => "cle_acces_ajoutee",
            Self::PasskeyRemoved { .. } => "cle_acces_retiree",
            Self::AccountClosed => "compte_ferme",
            Self::ClosingAsked { .. } => "fermeture_demandee",
            Self::ClosingTakenBack => "fermeture_annulee",
            Self::ContestationAnswered { .. } => "contestation_repondue",
            Self::ProofDecided { .. } => "justificatif_decide",
            Self::FrozenByHolder { .. } => "compte_gele_titulaire",
            Self::ThawCode { .. } => "code_degel",
            Self::ThawedByHolder { .. } => "compte_degele_titulaire",
            Self::AccountFrozen { .. } => "compte_gele",
            Self::AccountThawed { .. } => "compte_degele",
            Self::SignedOut { .. } => "deconnecte_par_le_service",
            Self::NirReleased { .. } => "nir_libere",
            Self::IdentityCorrected { .. } => "identite_corrigee",
            Self::IdentityProved { .. } => "identite_prouvee",
            Self::SetAside { .. } => "mis_a_part",
            Self::Outranked { .. } => "mis_a_part_identite",
            Self::IdentityLinked { .. } => "identite_reliee",
            Self::IdentityUnlinked { .. } => "identite_detachee",
            Self::NirGivenBack { .. } => "nir_rendu",
            Self::AnotherHadYourNumber => "numero_deja_pris",
            Self::CodePrinted { .. } => "code_imprime",
            Self::CourrielTakenOff { .. } => "courriel_retire",
            Self::CourrielGiven { .. } => "courriel_donne",
            Self::DeathRecorded { .. } => "deces_note",
            Self::ProofWithdrawn => "justificatif_retire",
            Self::SignUpCode { .. } => "code_inscription",
            Self::AlreadyAnAccount => "compte_existant",
            Self::AskedWithYourNumber => "numero_demande",
            Self::NoAccountOpened => "inscription_sans_suite",
            Self::RecoveryCode { .. } => "code_recuperation",
            Self::ConfirmationCode { .. } => "code_confirmation",
            Self::ChangeCode { .. } => "code_changement",
            Self::NewCourrielCode { .. } => "code_nouvelle_adresse",
            Self::NewCourrielTaken => "nouvelle_adresse_prise",
            Self::NoAccountHere => "aucun_compte",
            Self::AccessGivenBack => "acces_rendu",
            Self::SecondStep(news) => news.code(),
            Self::ExportLeft { whole: false, .. } => "export_parti",
            Self::ExportLeft { whole: true, .. } => "export_entier_parti",
            Self::JournalAnchored { .. } => "ancre_du_journal",
            Self::AccountUnused { .. } => "compte_inutilise",
            Self::UnusedAccountClosed { .. } => "compte_inutilise_ferme",
        }
    }

    /// The letter, for this site.
    pub(crate) fn letter(&self, site: Site<'_>) -> Letter {
        match *self {
            Self::MotDePasseChanged => holder::mot_de_passe_changed(site),
            Self::CourrielChanged => holder::courriel_changed(site),
            Self::TelephonesChanged => holder::telephones_changed(site),
            Self::NewDevice { device } => holder::new_device(site, device),
            Self::PasskeyAdded { device } => holder::passkey_added(site, device),
            Self::PasskeyRemoved { device } => holder::passkey_removed(site, device),
            Self::AccountClosed => holder::account_closed(site),
            Self::ClosingAsked { on } => holder::closing_asked(site, on),
            Self::ClosingTakenBack => holder::closing_taken_back(site),
            Self::ContestationAnswered { reference } => service::contestation_answered(site, reference),
            Self::ProofDecided { reference } => service::proof_decided(site, reference),
            Self::FrozenByHolder { account, by } => holder::frozen_by_holder(site, account, by),
            Self::ThawCode { code, until } => requests::thaw_code(site, code, until),
            Self::ThawedByHolder { account } => holder::thawed_by_holder(site, account),
            Self::AccountFrozen { account } => service::account_frozen(site, account),
            Self::AccountThawed { account } => service::account_thawed(site, account),
            Self::SignedOut { account } => service::signed_out(site, account),
            Self::NirReleased { account } => service::nir_released(site, account),
            Self::IdentityCorrected { account, what } => service::identity_corrected(site, account, what),
            Self::IdentityProved { account } => service::identity_proved(site, account),
            Self::SetAside { account } => whose::set_aside(site, account),
            Self::Outranked { account } => whose::outranked(site, account),
            Self::IdentityLinked { provider } => holder::identity_linked(site, provider),
            Self::IdentityUnlinked { provider } => holder::identity_unlinked(site, provider),
            Self::NirGivenBack { account } => whose::nir_given_back(site, account),
            Self::AnotherHadYourNumber => whose::another_had_your_number(site),
            Self::CodePrinted { account } => whose::code_printed(site, account),
            Self::CourrielTakenOff { account } => whose::courriel_taken_off(site, account),
            Self::CourrielGiven { account } => whose::courriel_given(site, account),
            Self::DeathRecorded { account } => service::death_recorded(site, account),
            Self::AccountUnused { years, closes_on } => holder::account_unused(site, years, closes_on),
            Self::UnusedAccountClosed { years } => holder::unused_account_closed(site, years),
            Self::ProofWithdrawn => holder::proof_withdrawn(site),
            Self::SignUpCode { code, token, until } => requests::sign_up_code(site, code, token, until),
            Self::ConfirmationCode { code, until } => requests::confirmation_code(site, code, until),
            Self::ChangeCode { code, until, what } => changes::change_code(site, code, until, what),
            Self::NewCourrielCode { code, until } => changes::new_courriel_code(site, code, until),
            Self::NewCourrielTaken => changes::new_courriel_taken(site),
            Self::AlreadyAnAccount => requests::already_an_account(site),
            Self::AskedWithYourNumber => requests::asked_with_your_number(site),
            Self::NoAccountOpened => requests::no_account_opened(site),
            Self::RecoveryCode { code, token, until } => requests::recovery_code(site, code, token, until),
            Self::NoAccountHere => requests::no_account_here(site),
            Self::AccessGivenBack => requests::access_given_back(site),
            Self::SecondStep(news) => second_step::letter(site, news),
            Self::ExportLeft { whole, device } => holder::export_left(site, whole, device),
            Self::JournalAnchored { day, anchor } => service::journal_anchored(site, day, anchor),
        }
    }
}

/// What every letter knows: the site that it leads to, when it is written, and what stops the account if its reader may.
#[derive(Clone, Copy)]
pub(crate) struct Site<'a> {
    /// « https://acquis.example », without a path.
    pub(crate) address: &'a str,
    /// When it is written.
    pub(crate) now: i64,
    /// What the link carries that stops the account it speaks of.
    pub(crate) stop: Option<&'a str>,
}

impl Site<'_> {
    /// The address of a screen.
    fn to(self, path: &str) -> String {
        [self.address, path].concat()
    }

    /// When it happened.
    fn when(self) -> (&'static str, String) {
        ("Quand", moment(self.now))
    }

    /// « C’était vous ? », and what to do when it was not: a link that stops everything, else these words.
    fn asks_who(self, letter: Letter, without_link: &'static str) -> Letter {
        self.stops(letter.says("C’était vous ? Vous n’avez rien à faire."), without_link)
    }

    /// What to do when it was not you.
    fn stops(self, letter: Letter, without_link: &'static str) -> Letter {
        let Some(token) = self.stop else { return letter.says(without_link) };
        letter
            .says(
                "Ce n’était pas vous ? Arrêtez tout d’un geste, sans mot de passe : votre compte est gelé aussitôt, tous les appareils \
                 sont déconnectés, et plus rien ne peut y être changé ni dépensé.",
            )
            .leads("Ce n’était pas moi", self.to(&["/ce-n-etait-pas-moi#", token].concat()))
            .says("Ce lien sert pendant trente jours. Il demande un appui sur un bouton, et ne fait que geler le compte.")
    }
}

const NOT_YOU: &str = "Ce n’était pas vous ? Connectez-vous, changez votre mot de passe et déconnectez les autres appareils. Si vous ne \
                       pouvez plus vous connecter, écrivez à qui tient ce service : ses coordonnées sont sur la page d’aide.";
const NOT_ASKED: &str = "Vous ne l’aviez pas demandé ? Écrivez sans attendre à qui tient ce service : ses coordonnées sont sur la page d’aide.";
const NOT_YOU_AND_OUT: &str = "Ce n’était pas vous ? Quelqu’un a pris votre compte. Écrivez sans attendre à qui tient ce service : ses \
                               coordonnées sont sur la page d’aide.";

#[cfg(test)]
mod tests;
