//! Sessions: found by the hash of a secret that only the browser has; held, rotated, ended.

use std::sync::Arc;

use domaine::assurance::Level;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::audit_log::{self, Operation};
use crate::row::{count, flag, number_or_none, text, text_or_nothing};
use crate::{Store, StoreError, StoreResult};

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
    pub(super) async fn read_session(&self, digest: &str) -> StoreResult<Option<Arc<Session>>> {
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
