//! Signing in: what is written of a session to open, whatever the way that led there.

use domaine::bounds;
use domaine::mesures::Day;
use sqlx::AnyConnection;
use vault::identifier;

use super::sessions::{Proofs, Session, hold_account, unsettle};
use crate::audit_log::{self, Operation};
use crate::lives::entries::legal_day;
use crate::outbox::{self, NewLetter};
use crate::row::count;
use crate::{Store, StoreResult, requests, ways_in};

/// What was shown to open a session, as the journal says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The password.
    MotDePasse,
    /// A code of an application, after what was shown first.
    Application,
    /// A code that the holder keeps, likewise.
    Secours,
    /// A passkey.
    Passkey,
    /// An identity of elsewhere.
    Identity,
    /// What proved the mailbox of a new account.
    SignUp,
    /// What proved whose account it is when its password was lost.
    Recovery,
    /// What opened it again once frozen.
    Thaw,
}

impl Way {
    /// Its word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::MotDePasse => "mot_de_passe",
            Self::Application => "application",
            Self::Secours => "code_secours",
            Self::Passkey => "cle_acces",
            Self::Identity => "fournisseur",
            Self::SignUp => "inscription",
            Self::Recovery => "recuperation",
            Self::Thaw => "degel",
        }
    }
}

/// What ends the session of the provider that proved an identity, sealed for each place where it may wait. No `Debug`.
pub struct IdentityToken {
    /// With the session, which is its account's.
    pub of_session: String,
    /// With what a browser must still show, where the account asks for more: a request known by the hash of the same secret.
    pub of_step: String,
}

/// A session to open.
pub struct NewSession {
    /// Hash of the secret.
    pub digest: String,
    /// That of the session which the same browser had: it ends.
    pub former: Option<String>,
    /// When it ends whatever happens.
    pub expires_on: i64,
    /// Sessions that were not seen since are over.
    pub idle_since: i64,
    /// The browser and system, in a few words.
    pub device: &'static str,
    /// Where it is opened from: what the journal says of a place.
    pub origin: String,
    /// By which way.
    pub way: Way,
    /// What was shown to open it.
    pub proofs: Proofs,
    /// What ends the session of the provider that proved an identity, where one did.
    pub identity_token: Option<IdentityToken>,
}

/// What became of a session to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// It is open.
    Open,
    /// It is not yet: the account asks for something besides the password. This browser may show it.
    SecondStep,
    /// It is not: the account is frozen.
    Frozen,
    /// It is not: the account was closed.
    Closed,
}

/// Writes a session of this account, unless it is not there or frozen; ends the one that the same browser had. Past what an account
/// may hold, the last that was opened ends: so many at once are a program's, and whoever was there before stays. Where the account
/// asks for something besides the password and nothing else was shown, it is what the browser must show that is written, whatever
/// the way that led here. The account is kept from being closed or frozen until the transaction ends.
pub(crate) async fn insert(
    connexion: &mut AnyConnection,
    new: &NewSession,
    account: &str,
    now: i64,
) -> StoreResult<SignIn> {
    match note_use(&mut *connexion, account, new.proofs.second_step, legal_day(now)?).await? {
        Some(true) => {}
        Some(false) => {
            let kept = new.identity_token.as_ref().map_or("", |token| token.of_step.as_str());
            ways_in::await_step(&mut *connexion, account, (&new.digest, &new.origin, kept), now).await?;
            let asked = (Operation::SecondStepAsked, new.way.code());
            audit_log::record_sign_in(connexion, now, account, asked, &new.origin).await?;
            return Ok(SignIn::SecondStep);
        }
        None => return why_refused(connexion, account).await,
    }
    if let Some(former) = &new.former {
        sqlx::query("DELETE FROM sessions WHERE empreinte = $1").bind(former).execute(&mut *connexion).await?;
    }
    sqlx::query(
        "DELETE FROM sessions WHERE compte = $1 AND empreinte NOT IN
             (SELECT empreinte FROM sessions WHERE compte = $1 AND vue_le > $2 AND expire_le > $3
              ORDER BY ouverte_le, empreinte LIMIT $4)",
    )
    .bind(account)
    .bind(new.idle_since)
    .bind(now)
    .bind(bounds::CONNEXIONS - 1)
    .execute(&mut *connexion)
    .await?;
    sqlx::query(
        "INSERT INTO sessions
             (empreinte, compte, ouverte_le, vue_le, expire_le, appareil, seconde_etape_le, numero, origine,
              france_connect_plus_le, jeton_identite)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(&new.digest)
    .bind(account)
    .bind(now)
    .bind(now)
    .bind(new.expires_on)
    .bind(new.device)
    .bind(new.proofs.second_step.then_some(now))
    .bind(identifier())
    .bind(&new.origin)
    .bind(new.proofs.france_connect_plus.then_some(now))
    .bind(new.identity_token.as_ref().map(|token| token.of_session.as_str()))
    .execute(&mut *connexion)
    .await?;
    let opened = (Operation::Connexion, new.way.code());
    audit_log::record_sign_in(connexion, now, account, opened, &new.origin).await?;
    Ok(SignIn::Open)
}

/// Notes what a letter proved to open this session, until it is first shown: only then did its answer arrive. Where the account asks for
/// more, it serves no more at once: the password opens what is left to show.
pub(crate) async fn came_by(
    connexion: &mut AnyConnection,
    opened: SignIn,
    new: &NewSession,
    request: &str,
) -> StoreResult<()> {
    if opened != SignIn::Open {
        return requests::spend(connexion, request).await;
    }
    sqlx::query("UPDATE sessions SET demande = $1 WHERE empreinte = $2")
        .bind(request)
        .bind(&new.digest)
        .execute(connexion)
        .await?;
    Ok(())
}

/// Keeps the account from being closed or frozen until the transaction ends; why no session opens on it, when none does.
pub(crate) async fn refused(connexion: &mut AnyConnection, account: &str) -> StoreResult<Option<SignIn>> {
    if hold_account(&mut *connexion, account).await? {
        return Ok(None);
    }
    why_refused(connexion, account).await.map(Some)
}

/// Why no session opens on an account that is not there, or frozen.
async fn why_refused(connexion: &mut AnyConnection, account: &str) -> StoreResult<SignIn> {
    let there = sqlx::query("SELECT id FROM comptes WHERE id = $1").bind(account).fetch_optional(connexion).await?;
    Ok(if there.is_some() { SignIn::Frozen } else { SignIn::Closed })
}

/// Writes a session of this account, as [`insert`] does, and posts the letter that tells it if there is one: the letter is what tells
/// of a browser that the account had not known. Nothing is told of what waits for a second step.
pub(crate) async fn begin(
    connexion: &mut AnyConnection,
    new: &NewSession,
    account: &str,
    letter: Option<&NewLetter>,
    now: i64,
) -> StoreResult<SignIn> {
    let opened = insert(&mut *connexion, new, account, now).await?;
    if let (SignIn::Open, Some(letter)) = (opened, letter) {
        unsettle(&mut *connexion, account, now).await?;
        outbox::post(connexion, letter, now).await?;
    }
    Ok(opened)
}

/// Notes that somebody signed in: the day, not the time; whatever they were told of a closing is over. Nothing is noted of who must
/// show something besides the password first: `false`. Nothing where the account is not there, or frozen. One statement, for all that
/// signing in asks of an account: each costs what waking the thread of the database does.
async fn note_use(
    connexion: &mut AnyConnection,
    account: &str,
    second_step: bool,
    today: Day,
) -> StoreResult<Option<bool>> {
    let noted = sqlx::query(
        "UPDATE comptes SET
             utilise_le = CASE WHEN seconde_etape_le IS NULL OR $1 = 1 THEN $2 ELSE utilise_le END,
             rappels = CASE WHEN seconde_etape_le IS NULL OR $1 = 1 THEN 0 ELSE rappels END,
             rappel_le = CASE WHEN seconde_etape_le IS NULL OR $1 = 1 THEN NULL ELSE rappel_le END
         WHERE id = $3 AND gele_le IS NULL
         RETURNING CASE WHEN seconde_etape_le IS NULL OR $1 = 1 THEN 1 ELSE 0 END AS complet",
    )
    .bind(i64::from(second_step))
    .bind(today.to_string())
    .bind(account)
    .fetch_optional(connexion)
    .await?;
    noted.map(|row| Ok(count(&row, "complet")? == 1)).transpose()
}

impl Store {
    /// Opens a session on this account, unless it was closed or frozen meanwhile, and posts the letter that tells it if
    /// there is one.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn open_session(
        &self,
        new: &NewSession,
        account: &str,
        letter: Option<&NewLetter>,
        now: i64,
    ) -> StoreResult<SignIn> {
        let mut transaction = self.write().await?;
        let opened = begin(&mut transaction, new, account, letter, now).await?;
        let issue = transaction.commit().await;
        // Whoever else reads meanwhile goes on as they were: this is written a hundred times a second when many come.
        let former = new.former.as_deref();
        self.views.forget_those(|session| session.account == account || former == Some(session.digest.as_str()));
        issue?;
        Ok(opened)
    }

    /// Opens a session by what a letter proved, which opened one already: its answer may be lost.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn open_session_again(
        &self,
        new: &NewSession,
        account: &str,
        request: &str,
        now: i64,
    ) -> StoreResult<SignIn> {
        let mut transaction = self.write().await?;
        let opened = insert(&mut transaction, new, account, now).await?;
        came_by(&mut transaction, opened, new, request).await?;
        self.complete(transaction).await?;
        Ok(opened)
    }

    /// Notes that a session which a letter opened is shown: its answer arrived, and what opened it serves no more.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then it is noted when it is shown next.
    pub async fn settle_session(&self, session: &Session) -> StoreResult<()> {
        let Some(request) = &session.request else { return Ok(()) };
        let mut transaction = self.write().await?;
        // The account first, as whoever closes it does: two that wait for each other would never end.
        hold_account(&mut transaction, &session.account).await?;
        requests::spend(&mut transaction, request).await?;
        // Those that two tabs opened at once stay: which of their secrets the browser keeps is not known here.
        sqlx::query("UPDATE sessions SET demande = NULL WHERE compte = $1 AND demande = $2")
            .bind(&session.account)
            .bind(request)
            .execute(&mut *transaction)
            .await?;
        self.complete(transaction).await
    }
}
