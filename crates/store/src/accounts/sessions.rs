//! Sessions: found by the hash of a secret that only the browser has.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domaine::assurance::Level;
use domaine::bounds;
use domaine::mesures::Day;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use vault::identifier;

use crate::audit_log::{self, Operation};
use crate::lives::entries::legal_day;
use crate::outbox::{self, NewLetter};
use crate::row::{count, flag, number_or_none, text, text_or_nothing};
use crate::{Engine, Store, StoreError, StoreResult, requests, ways_in};

/// A session and whose it is: all that a request needs, in one query. No `Debug`: it holds a name.
pub struct Session {
    /// Hash of the secret.
    pub digest: String,
    /// What it is named by, whatever its secret becomes.
    pub number: String,
    /// The account.
    pub account: String,
    /// The person.
    pub person: String,
    /// Birth name as typed.
    pub nom_naissance: String,
    /// Given names as typed.
    pub prenoms: String,
    /// Whether the employers' declarations know this person.
    pub known: bool,
    /// How much is proved of whose it is.
    pub level: Level,
    /// Whether the account asks for something besides its password.
    pub second_step: bool,
    /// When what opens the account last changed.
    pub changed_on: Option<i64>,
    /// When the account is erased, if its holder asked for that.
    pub closes_on: Option<i64>,
    /// Counts the changes of what rights are computed from.
    pub version: i64,
    /// What a letter proved to open it, until it is first shown.
    pub request: Option<String>,
    /// When it was opened, by all that opens the account.
    pub opened_on: i64,
    /// When it was last seen.
    pub seen_on: i64,
    /// When it ends whatever happens.
    pub expires_on: i64,
}

/// What whoever opens a session showed besides what opens it anyway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proofs {
    /// Something besides the password: a code of an application, a recovery code, a passkey that verified its user.
    pub second_step: bool,
    /// An identity of the level of « FranceConnect+ ».
    pub france_connect_plus: bool,
}

impl Proofs {
    /// How much is proved with them in a session on an account of this level.
    pub fn raise(self, account: Level) -> Level {
        account.with_second_step(self.second_step).with_france_connect_plus(self.france_connect_plus)
    }
}

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

/// How long a session read from SQLite is taken as read: a bound on what another process could
/// change meanwhile. Our own writes are seen at once.
const MEMORY: Duration = Duration::from_secs(1);
/// From when on it is read again aside, while it still serves: whoever goes on asking never waits for the database.
const READ_AGAIN: Duration = Duration::from_millis(500);
/// Past this many it begins again from nothing: a bound on memory, not a tuning.
const KEPT: usize = 10_000;

/// The sessions read a moment ago. Only for SQLite, whose file one server alone writes; each
/// writing transaction empties it, but those that write of one account alone, and a reading that was under way meanwhile is not kept.
#[derive(Default)]
pub(crate) struct SeenSessions(Mutex<Views>);

#[derive(Default)]
struct Views {
    generation: u64,
    sessions: HashMap<String, View>,
}

struct View {
    read: Instant,
    session: Arc<Session>,
    /// Whether somebody reads it again.
    reread: bool,
}

/// What is remembered of a session.
enum Remembered {
    /// It was just read.
    Fresh(Arc<Session>),
    /// It was, and is to be read again aside, and kept under this generation.
    Aging(Arc<Session>, u64),
    /// Nothing; what is read may be kept under this generation.
    Nothing(u64),
}

impl SeenSessions {
    fn views(&self) -> MutexGuard<'_, Views> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look_up(&self, digest: &str) -> Remembered {
        let mut views = self.views();
        let generation = views.generation;
        match views.sessions.get_mut(digest) {
            Some(view) if view.read.elapsed() < READ_AGAIN || (view.reread && view.read.elapsed() < MEMORY) => {
                Remembered::Fresh(Arc::clone(&view.session))
            }
            Some(view) if view.read.elapsed() < MEMORY => {
                view.reread = true;
                Remembered::Aging(Arc::clone(&view.session), generation)
            }
            _ => Remembered::Nothing(generation),
        }
    }

    fn keep(&self, generation: u64, read: Instant, session: &Arc<Session>) {
        let mut views = self.views();
        if views.generation == generation {
            if views.sessions.len() >= KEPT {
                views.sessions.clear();
            }
            let view = View { read, session: Arc::clone(session), reread: false };
            views.sessions.insert(session.digest.clone(), view);
        }
    }

    /// Forgets everything: something was written.
    pub(crate) fn forget(&self) {
        self.forget_those(|_| true);
    }

    /// Forgets those of which something was written; a reading that was under way meanwhile is not kept, whosever it is.
    fn forget_those(&self, written: impl Fn(&Session) -> bool) {
        let mut views = self.views();
        views.generation += 1;
        views.sessions.retain(|_, view| !written(&view.session));
    }
}

fn from_row(row: &AnyRow) -> StoreResult<Session> {
    let proofs = Proofs {
        second_step: number_or_none(row, "seconde_etape_le")?.is_some(),
        france_connect_plus: number_or_none(row, "france_connect_plus_le")?.is_some(),
    };
    let account = Level::of_account(
        number_or_none(row, "courriel_confirme_le")?.is_some(),
        number_or_none(row, "identite_prouvee_le")?.is_some(),
    );
    Ok(Session {
        digest: text(row, "empreinte")?,
        number: text(row, "numero")?,
        account: text(row, "compte")?,
        request: text_or_nothing(row, "demande")?,
        opened_on: count(row, "ouverte_le")?,
        seen_on: count(row, "vue_le")?,
        expires_on: count(row, "expire_le")?,
        person: text(row, "personne")?,
        nom_naissance: text(row, "nom_naissance")?,
        prenoms: text(row, "prenoms")?,
        known: flag(row, "connue")?,
        level: proofs.raise(account).unless_set_aside(number_or_none(row, "mis_a_part_le")?.is_some()),
        second_step: number_or_none(row, "compte_seconde_etape_le")?.is_some(),
        changed_on: number_or_none(row, "sensible_le")?,
        closes_on: number_or_none(row, "fermeture_le")?,
        version: count(row, "version")?,
    })
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

/// Keeps the account from being closed or frozen until the transaction ends; `false` when it is not there, or frozen.
pub(crate) async fn hold_account(connexion: &mut AnyConnection, account: &str) -> StoreResult<bool> {
    let held = sqlx::query("UPDATE comptes SET id = id WHERE id = $1 AND gele_le IS NULL")
        .bind(account)
        .execute(&mut *connexion)
        .await?;
    Ok(held.rows_affected() == 1)
}

/// Keeps the account of this session from being closed or frozen until the transaction ends, and looks at the session again: what
/// was asked may have taken long to come. Also makes those who write for one account wait for each other.
///
/// # Errors
/// [`StoreError::SessionOver`] when the session ended, or the account was closed or frozen.
pub(crate) async fn hold(connexion: &mut AnyConnection, session: &Session) -> StoreResult<()> {
    let held = hold_account(&mut *connexion, &session.account).await?;
    let open = sqlx::query("SELECT empreinte FROM sessions WHERE empreinte = $1 AND compte = $2")
        .bind(&session.digest)
        .bind(&session.account)
        .fetch_optional(connexion)
        .await?;
    if held && open.is_some() { Ok(()) } else { Err(StoreError::SessionOver) }
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

/// Notes that something besides the password was shown in this session, which has another secret from now on.
pub(crate) async fn raise(connexion: &mut AnyConnection, session: &Session, digest: &str, now: i64) -> StoreResult<()> {
    rotate(&mut *connexion, session, digest).await?;
    sqlx::query("UPDATE sessions SET seconde_etape_le = $1 WHERE empreinte = $2")
        .bind(now)
        .bind(digest)
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

/// Notes that what opens the account changed: an e-mail, a telephone, a browser that it had not known. Money rests after that.
pub(crate) async fn unsettle(connexion: &mut AnyConnection, account: &str, now: i64) -> StoreResult<()> {
    sqlx::query("UPDATE comptes SET sensible_le = $1 WHERE id = $2").bind(now).bind(account).execute(connexion).await?;
    Ok(())
}

/// Gives another secret to this session, which goes on: whoever had the former has nothing. To be called in the transaction that
/// records what was proved, each time that who is there proved more or changed what opens the account.
pub(crate) async fn rotate(connexion: &mut AnyConnection, session: &Session, digest: &str) -> StoreResult<()> {
    let rotated = sqlx::query(
        "UPDATE sessions SET numero = COALESCE(numero, empreinte), empreinte = $1 WHERE empreinte = $2 AND compte = $3",
    )
    .bind(digest)
    .bind(&session.digest)
    .bind(&session.account)
    .execute(connexion)
    .await?;
    if rotated.rows_affected() == 1 { Ok(()) } else { Err(StoreError::SessionOver) }
}

/// Ends every session of the account but this one, whatever its secret is by now.
pub(crate) async fn end_others(connexion: &mut AnyConnection, session: &Session) -> StoreResult<()> {
    sqlx::query("DELETE FROM sessions WHERE compte = $1 AND COALESCE(numero, empreinte) <> $2")
        .bind(&session.account)
        .bind(&session.number)
        .execute(connexion)
        .await?;
    Ok(())
}

impl Store {
    /// The session of this secret, whether or not it has ended.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn session(&self, digest: &str) -> StoreResult<Option<Arc<Session>>> {
        if self.engine == Engine::Postgres {
            return self.read_session(digest).await;
        }
        match self.views.look_up(digest) {
            Remembered::Fresh(session) => Ok(Some(session)),
            Remembered::Aging(session, generation) => {
                let (store, digest) = (self.clone(), digest.to_owned());
                // What fails is asked again by whoever comes next.
                tokio::spawn(async move { drop(store.read_and_keep(&digest, generation).await) });
                Ok(Some(session))
            }
            Remembered::Nothing(generation) => self.read_and_keep(digest, generation).await,
        }
    }

    async fn read_and_keep(&self, digest: &str, generation: u64) -> StoreResult<Option<Arc<Session>>> {
        let asked = Instant::now();
        let session = self.read_session(digest).await?;
        if let Some(session) = &session {
            self.views.keep(generation, asked, session);
        }
        Ok(session)
    }

    async fn read_session(&self, digest: &str) -> StoreResult<Option<Arc<Session>>> {
        let row = sqlx::query(
            "SELECT s.empreinte, COALESCE(s.numero, s.empreinte) AS numero, s.compte, s.demande, s.ouverte_le, s.vue_le, s.expire_le,
                 s.seconde_etape_le, s.france_connect_plus_le, c.personne, c.nom_naissance, c.prenoms,
                 c.courriel_confirme_le, c.identite_prouvee_le, c.mis_a_part_le, c.sensible_le, c.fermeture_le,
                 c.seconde_etape_le AS compte_seconde_etape_le, p.connue, p.version
             FROM sessions s JOIN comptes c ON c.id = s.compte JOIN personnes p ON p.id = c.personne
             WHERE s.empreinte = $1",
        )
        .bind(digest)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.as_ref().map(from_row).transpose()?.map(Arc::new))
    }

    /// Forgets every session that was read a moment ago: another program wrote.
    pub fn forget_sessions(&self) {
        self.views.forget();
    }

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

    /// Opens a session by what a letter proved, which opened one already: its answer may be lost. The first of them that is shown ends the
    /// others.
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
        let settled = sqlx::query("UPDATE sessions SET demande = NULL WHERE empreinte = $1 AND demande = $2")
            .bind(&session.digest)
            .bind(request)
            .execute(&mut *transaction)
            .await?;
        if settled.rows_affected() == 1 {
            sqlx::query("DELETE FROM sessions WHERE compte = $1 AND demande = $2")
                .bind(&session.account)
                .bind(request)
                .execute(&mut *transaction)
                .await?;
        }
        self.complete(transaction).await
    }

    /// Notes that a session was seen, and from where.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn show_session(&self, digest: &str, origin: &str, now: i64) -> StoreResult<()> {
        sqlx::query("UPDATE sessions SET vue_le = $1, origine = $2 WHERE empreinte = $3")
            .bind(now)
            .bind(origin)
            .bind(digest)
            .execute(&self.writer)
            .await?;
        self.views.forget_those(|session| session.digest == digest);
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn close_session(&self, session: &Session, now: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        // By its number: its secret may have changed meanwhile.
        sqlx::query("DELETE FROM sessions WHERE compte = $1 AND COALESCE(numero, empreinte) = $2")
            .bind(&session.account)
            .bind(&session.number)
            .execute(&mut *transaction)
            .await?;
        audit_log::record(&mut transaction, now, &session.account, Operation::Deconnexion).await?;
        self.complete(transaction).await?;
        Ok(())
    }
}
