//! Identities of elsewhere that open an account, and browsers that are away at their provider. What a provider said is sealed by
//! whoever asks. Knows no protocol.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::sessions::{self, Proofs, Session};
use super::sign_in::{self, NewSession, SignIn};
use crate::audit_log::{self, Operation};
use crate::outbox::{self, NewLetter};
use crate::row::{count, text, text_or_nothing};
use crate::{Store, StoreResult, ways_in};

/// An identity to link. No `Debug`.
pub struct NewLink {
    /// Keyed hash of the provider and of what it knows the person by.
    pub subject: String,
    /// The provider.
    pub issuer: String,
    /// What it said, sealed.
    pub said: String,
}

/// An identity that opens an account. No `Debug`.
pub struct IdentityLink {
    /// The provider.
    pub issuer: String,
    /// What it said when it was linked, sealed.
    pub said: String,
    /// By what it is known.
    pub subject: String,
    /// When it was linked.
    pub linked_on: i64,
    /// When it last opened the account.
    pub seen_on: i64,
}

/// What was shown with an identity that is being linked. No `Debug`.
pub struct Shown<'a> {
    /// Hash of the secret that the session has from now on.
    pub digest: &'a str,
    /// What it is worth.
    pub proofs: Proofs,
    /// What ends the session of the provider, sealed.
    pub token: &'a str,
}

/// What became of a link to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linked {
    /// It is made.
    Done,
    /// The identity opens another account, or another identity of this provider opens this one.
    Taken,
}

fn from_row(row: &AnyRow) -> StoreResult<IdentityLink> {
    Ok(IdentityLink {
        issuer: text(row, "emetteur")?,
        said: text(row, "dit")?,
        subject: text(row, "sujet")?,
        linked_on: count(row, "liee_le")?,
        seen_on: count(row, "vue_le")?,
    })
}

/// Links an identity to this account, whose holder it proves; `false` when one of them is linked already.
pub(super) async fn insert(
    connexion: &mut AnyConnection,
    link: &NewLink,
    account: &str,
    now: i64,
) -> StoreResult<bool> {
    let inserted = sqlx::query(
        "INSERT INTO identites (sujet, compte, emetteur, dit, liee_le, vue_le) VALUES ($1, $2, $3, $4, $5, $5)
         ON CONFLICT DO NOTHING",
    )
    .bind(&link.subject)
    .bind(account)
    .bind(&link.issuer)
    .bind(&link.said)
    .bind(now)
    .execute(&mut *connexion)
    .await?;
    if inserted.rows_affected() == 0 {
        // Linked to this very account already: it proves again who its holder is.
        let again = sqlx::query("UPDATE identites SET dit = $1, vue_le = $2 WHERE sujet = $3 AND compte = $4")
            .bind(&link.said)
            .bind(now)
            .bind(&link.subject)
            .bind(account)
            .execute(&mut *connexion)
            .await?;
        if again.rows_affected() == 0 {
            return Ok(false);
        }
    }
    sqlx::query("UPDATE comptes SET identite_prouvee_le = COALESCE(identite_prouvee_le, $1) WHERE id = $2")
        .bind(now)
        .bind(account)
        .execute(&mut *connexion)
        .await?;
    audit_log::record(connexion, now, account, Operation::IdentityLinked).await?;
    Ok(true)
}

impl Store {
    /// Keeps what a browser that holds this secret left behind, until then.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn keep_journey(&self, handle: &str, sealed: &str, expires_on: i64) -> StoreResult<()> {
        sqlx::query("INSERT INTO voyages (poignee, contenu, expire_le) VALUES ($1, $2, $3)")
            .bind(handle)
            .bind(sealed)
            .bind(expires_on)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// What it left behind, which it may have only once.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn take_journey(&self, handle: &str, now: i64) -> StoreResult<Option<String>> {
        let row = sqlx::query("DELETE FROM voyages WHERE poignee = $1 RETURNING contenu, expire_le")
            .bind(handle)
            .fetch_optional(&self.writer)
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(if count(&row, "expire_le")? > now { Some(text(&row, "contenu")?) } else { None })
    }

    /// Keeps something else in its place.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn change_journey(&self, handle: &str, sealed: &str) -> StoreResult<()> {
        sqlx::query("UPDATE voyages SET contenu = $1 WHERE poignee = $2")
            .bind(sealed)
            .bind(handle)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// The same, and leaves it there.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn journey(&self, handle: &str, now: i64) -> StoreResult<Option<String>> {
        let row = sqlx::query("SELECT contenu FROM voyages WHERE poignee = $1 AND expire_le > $2")
            .bind(handle)
            .bind(now)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| text(&row, "contenu")).transpose()
    }

    /// The identities that open this account.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn identity_links(&self, account: &str) -> StoreResult<Vec<IdentityLink>> {
        let rows = sqlx::query(
            "SELECT emetteur, dit, sujet, liee_le, vue_le FROM identites WHERE compte = $1 ORDER BY liee_le, emetteur",
        )
        .bind(account)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(from_row).collect()
    }

    /// Opens a session on the account that this identity opens, if it still does, as [`Store::open_session`] does.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn open_session_by_identity(
        &self,
        new: &NewSession,
        (account, subject): (&str, &str),
        letter: Option<&NewLetter>,
        now: i64,
    ) -> StoreResult<SignIn> {
        let mut transaction = self.write().await?;
        if let Some(refused) = sign_in::refused(&mut transaction, account).await? {
            transaction.rollback().await?;
            return Ok(refused);
        }
        let seen = sqlx::query("UPDATE identites SET vue_le = $1 WHERE sujet = $2 AND compte = $3")
            .bind(now)
            .bind(subject)
            .bind(account)
            .execute(&mut *transaction)
            .await?;
        if seen.rows_affected() == 0 {
            // Taken back meanwhile.
            transaction.rollback().await?;
            return Ok(SignIn::Closed);
        }
        let opened = sign_in::begin(&mut transaction, new, account, letter, now).await?;
        self.complete(transaction).await?;
        Ok(opened)
    }

    /// Lets an identity open the account of this session, which has another secret from now on, of this hash: it is worth more. The
    /// secret that brought the identity serves no more.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn link_identity(
        &self,
        session: &Session,
        (link, handle): (&NewLink, &str),
        shown: &Shown<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Linked> {
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        if !insert(&mut transaction, link, &session.account, now).await? {
            transaction.rollback().await?;
            return Ok(Linked::Taken);
        }
        sqlx::query("DELETE FROM voyages WHERE poignee = $1").bind(handle).execute(&mut *transaction).await?;
        sessions::rotate(&mut transaction, session, shown.digest).await?;
        let on = |proved: bool| proved.then_some(now);
        sqlx::query(
            "UPDATE sessions SET seconde_etape_le = COALESCE(seconde_etape_le, $1), france_connect_plus_le = $2, jeton_identite = $3
             WHERE empreinte = $4",
        )
        .bind(on(shown.proofs.second_step))
        .bind(on(shown.proofs.france_connect_plus))
        .bind(shown.token)
        .bind(shown.digest)
        .execute(&mut *transaction)
        .await?;
        // Another way in: whoever took the account over must not empty it by that at once.
        sessions::unsettle(&mut transaction, &session.account, now).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(Linked::Done)
    }

    /// Takes back that identities open the account of this session, whoever their provider was; what they opened elsewhere ends, and
    /// what they were worth here. `false` when none did.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn unlink_identity(&self, session: &Session, letter: &NewLetter, now: i64) -> StoreResult<bool> {
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let taken_back = sqlx::query("DELETE FROM identites WHERE compte = $1")
            .bind(&session.account)
            .execute(&mut *transaction)
            .await?;
        if taken_back.rows_affected() == 0 {
            transaction.rollback().await?;
            return Ok(false);
        }
        sqlx::query(
            "DELETE FROM sessions WHERE compte = $1 AND jeton_identite IS NOT NULL AND COALESCE(numero, empreinte) <> $2",
        )
        .bind(&session.account)
        .bind(&session.number)
        .execute(&mut *transaction)
        .await?;
        ways_in::end_steps_of_identities(&mut transaction, &session.account).await?;
        sqlx::query("UPDATE sessions SET france_connect_plus_le = NULL WHERE compte = $1")
            .bind(&session.account)
            .execute(&mut *transaction)
            .await?;
        audit_log::record(&mut transaction, now, &session.account, Operation::IdentityUnlinked).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(true)
    }

    /// What ends the session of the provider that opened this one, sealed.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn identity_token(&self, session: &Session) -> StoreResult<Option<String>> {
        let row = sqlx::query("SELECT jeton_identite FROM sessions WHERE empreinte = $1")
            .bind(&session.digest)
            .fetch_optional(&self.readers)
            .await?;
        row.map_or(Ok(None), |row| text_or_nothing(&row, "jeton_identite"))
    }
}
