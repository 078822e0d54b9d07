//! What an operator sees of an account, and does to it without being its holder: freezes, thaws, signs out, closes. Each in
//! one transaction with its line of the journal and the letter that tells it.

use domaine::freezing::FrozenBy;
use sqlx::{Any, AssertSqlSafe, Transaction};
use vault::NirDigests;

use super::account::{self, Account};
use super::closing;
use crate::audit_log::{self, Act, Operation};
use crate::lives::activites::list;
use crate::lives::people::bound;
use crate::outbox::{self, NewLetter};
use crate::row::{count, number_or_none, text, text_or_nothing};
use crate::{Store, StoreResult, ways_in};

/// What an operator sees of an account besides what it is: counts and moments. No `Debug`.
pub struct AccountOverview {
    /// Since when it is frozen, by whom and why.
    pub frozen: Option<Freeze>,
    /// Since when it has no NIR any more: it was given back to somebody else, or employers declare it for them.
    pub set_aside_on: Option<i64>,
    /// Whether it is by a declaration of an employer.
    pub contradicted: bool,
    /// When somebody last signed in or was seen, as far as is remembered.
    pub seen_on: Option<i64>,
    /// Sessions that are open.
    pub sessions: i64,
    /// Declarations of DIF.
    pub difs: i64,
    /// Whether its holder said that they are below level 3, or ended that.
    pub qualifications: i64,
    /// Declarations of disability.
    pub handicaps: i64,
    /// Disputed lines.
    pub contestations: i64,
    /// Years of work that employers declared.
    pub years: i64,
}

/// A freeze.
pub struct Freeze {
    /// Since when.
    pub on: i64,
    /// By whom.
    pub origin: FrozenBy,
    /// The name of an operator; empty when its holder did.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// What became of an act on an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acted {
    /// It is done.
    Done,
    /// It was so already: nothing changed.
    Already,
    /// Refused: the account has no NIR any more.
    SetAside,
    /// Refused: an account of somebody else has this NIR.
    Taken,
    /// Refused: another account has this e-mail.
    MailboxTaken,
    /// Refused: the account is frozen.
    Frozen,
    /// Refused: what the employers know under this NIR is another name or birth date.
    Disagrees,
    /// There is no such account, or not any more.
    Unknown,
}

impl Store {
    /// The identifiers of the accounts whose own begins so: one, but by a chance in a million million.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn accounts_by_prefix(&self, prefix: &str) -> StoreResult<Vec<String>> {
        let rows = sqlx::query("SELECT id FROM comptes WHERE id >= $1 AND id < $2 ORDER BY id")
            .bind(prefix)
            // Identifiers are hexadecimal.
            .bind(format!("{prefix}g"))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| text(row, "id")).collect()
    }

    /// The identifiers of the accounts of that NIR: of one person, or two born a hundred years apart; and of those that a
    /// declaration of an employer under this NIR set aside.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn accounts_by_nir(&self, digests: &NirDigests) -> StoreResult<Vec<String>> {
        let sql = format!(
            "SELECT c.id FROM comptes c JOIN personnes p ON p.id IN (c.personne, c.mis_a_part_pour)
             WHERE p.nir_empreinte IN {} ORDER BY c.id",
            list(0, digests.all().len())
        );
        let rows = bound(sqlx::query(AssertSqlSafe(sql)), digests).fetch_all(&self.readers).await?;
        rows.iter().map(|row| text(row, "id")).collect()
    }

    /// What an operator sees of that account; nothing when there is none.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn overview(&self, account: &str, now: i64) -> StoreResult<Option<AccountOverview>> {
        let row = sqlx::query(
            "SELECT c.gele_le, c.gele_par, c.gel_raison, c.gel_origine, c.mis_a_part_le, c.mis_a_part_pour,
                 (SELECT MAX(vue_le) FROM sessions s WHERE s.compte = c.id) AS vue_le,
                 (SELECT MAX(quand) FROM journal j WHERE j.compte = c.id AND j.quoi = 'connexion') AS connexion_le,
                 (SELECT COUNT(*) FROM sessions s WHERE s.compte = c.id AND s.expire_le > $2) AS connexions,
                 (SELECT COUNT(*) FROM declarations_dif d WHERE d.compte = c.id) AS difs,
                 (SELECT COUNT(*) FROM declarations_sous_niveau_3 n WHERE n.compte = c.id) AS niveaux,
                 (SELECT COUNT(*) FROM declarations_handicap h WHERE h.compte = c.id) AS handicaps,
                 (SELECT COUNT(*) FROM contestations t WHERE t.compte = c.id) AS contestations,
                 (SELECT COUNT(DISTINCT a.annee) FROM activites a WHERE a.personne = c.personne) AS annees
             FROM comptes c WHERE c.id = $1",
        )
        .bind(account)
        .bind(now)
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let on = number_or_none(&row, "gele_le")?;
        let frozen = match on.zip(account::frozen_by(&row, on)?) {
            None => None,
            Some((on, origin)) => Some(Freeze {
                on,
                origin,
                by: text_or_nothing(&row, "gele_par")?.unwrap_or_default(),
                reason: text_or_nothing(&row, "gel_raison")?.unwrap_or_default(),
            }),
        };
        Ok(Some(AccountOverview {
            frozen,
            set_aside_on: number_or_none(&row, "mis_a_part_le")?,
            contradicted: text_or_nothing(&row, "mis_a_part_pour")?.is_some(),
            seen_on: number_or_none(&row, "vue_le")?.max(number_or_none(&row, "connexion_le")?),
            sessions: count(&row, "connexions")?,
            difs: count(&row, "difs")?,
            qualifications: count(&row, "niveaux")?,
            handicaps: count(&row, "handicaps")?,
            contestations: count(&row, "contestations")?,
            years: count(&row, "annees")?,
        }))
    }

    /// Freezes an account: its sessions end, nobody signs in to it, nothing is written by it. One that its holder froze is the
    /// operator's from then on.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn freeze(&self, account: &str, act: Act<'_>, letter: &NewLetter, now: i64) -> StoreResult<Acted> {
        let mut transaction = self.write().await?;
        let frozen = sqlx::query(
            "UPDATE comptes SET gele_le = $1, gele_par = $2, gel_raison = $3, gel_origine = NULL
             WHERE id = $4 AND (gele_le IS NULL OR gel_origine IS NOT NULL)",
        )
        .bind(now)
        .bind(act.operator.name())
        .bind(act.reason.unwrap_or_default())
        .bind(account)
        .execute(&mut *transaction)
        .await?;
        if frozen.rows_affected() == 0 {
            return unchanged(transaction, account).await;
        }
        end_sessions(&mut transaction, account).await?;
        self.keep_act(transaction, act.on(account), Operation::AccountFrozen, letter, now).await
    }

    /// Thaws an account.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn thaw(&self, account: &str, act: Act<'_>, letter: &NewLetter, now: i64) -> StoreResult<Acted> {
        let mut transaction = self.write().await?;
        let thawed = sqlx::query(
            "UPDATE comptes SET gele_le = NULL, gele_par = NULL, gel_raison = NULL, gel_origine = NULL, fermeture_le = NULL
             WHERE id = $1 AND gele_le IS NOT NULL AND (mis_a_part_le IS NULL OR mis_a_part_pour IS NOT NULL)",
        );
        if thawed.bind(account).execute(&mut *transaction).await?.rows_affected() == 0 {
            let aside = sqlx::query(
                "SELECT id FROM comptes WHERE id = $1 AND mis_a_part_le IS NOT NULL AND mis_a_part_pour IS NULL",
            );
            if aside.bind(account).fetch_optional(&mut *transaction).await?.is_some() {
                transaction.rollback().await?;
                return Ok(Acted::SetAside);
            }
            return unchanged(transaction, account).await;
        }
        self.keep_act(transaction, act.on(account), Operation::AccountThawed, letter, now).await
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn sign_out(&self, account: &str, act: Act<'_>, letter: &NewLetter, now: i64) -> StoreResult<Acted> {
        let mut transaction = self.write().await?;
        if end_sessions(&mut transaction, account).await? == 0 {
            return unchanged(transaction, account).await;
        }
        self.keep_act(transaction, act.on(account), Operation::ConnexionsClosed, letter, now).await
    }

    /// Closes an account and erases what it held, as its holder would. Gives the identifiers of the proofs whose files must
    /// go; nothing when there is no such account.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was erased.
    pub async fn close_for_its_holder(
        &self,
        known: &Account,
        act: Act<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Option<Vec<String>>> {
        let Some(mut transaction) = self.hold(&known.id).await? else { return Ok(None) };
        let pieces = closing::erase(&mut transaction, &known.id, &known.person).await?;
        self.keep_act(transaction, act.on(&known.id), Operation::AccountClosed, letter, now).await?;
        self.forget_soon().await;
        Ok(Some(pieces))
    }

    /// Notes that this account is erased at that time, ends its sessions, and posts the letter that tells it.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn plan_closing_for_its_holder(
        &self,
        account: &str,
        on: i64,
        act: Act<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Acted> {
        let Some(mut transaction) = self.hold(account).await? else { return Ok(Acted::Unknown) };
        closing::plan(&mut transaction, account, on).await?;
        self.keep_act(transaction, act.on(account), Operation::ClosingAsked, letter, now).await
    }

    /// Keeps an account that was to be erased, and posts the letter that tells it.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was changed.
    pub async fn keep_for_its_holder(
        &self,
        account: &str,
        act: Act<'_>,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Acted> {
        let Some(mut transaction) = self.hold(account).await? else { return Ok(Acted::Unknown) };
        if !closing::keep(&mut transaction, account).await? {
            transaction.rollback().await?;
            return Ok(Acted::Already);
        }
        self.keep_act(transaction, act.on(account), Operation::ClosingTakenBack, letter, now).await
    }

    /// Begins the transaction of an act on this account, which stays as it is until the end; nothing when it is not there.
    pub(super) async fn hold(&self, account: &str) -> StoreResult<Option<Transaction<'static, Any>>> {
        let mut transaction = self.write().await?;
        if exists(&mut transaction, account).await? {
            return Ok(Some(transaction));
        }
        transaction.rollback().await?;
        Ok(None)
    }

    /// Ends the transaction of an act with its line and its letter.
    pub(super) async fn keep_act(
        &self,
        mut transaction: Transaction<'static, Any>,
        act: Act<'_>,
        what: Operation,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<Acted> {
        audit_log::record_act(&mut transaction, now, act, what).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(Acted::Done)
    }
}

/// Keeps the account as it is until the transaction ends; `false` when it is not there.
pub(super) async fn exists(transaction: &mut Transaction<'static, Any>, account: &str) -> StoreResult<bool> {
    let held =
        sqlx::query("UPDATE comptes SET id = id WHERE id = $1").bind(account).execute(&mut **transaction).await?;
    Ok(held.rows_affected() == 1)
}

/// Ends every session of the account and what would open another; tells how many there were.
pub(super) async fn end_sessions(transaction: &mut Transaction<'static, Any>, account: &str) -> StoreResult<u64> {
    let ended = sqlx::query("DELETE FROM sessions WHERE compte = $1").bind(account).execute(&mut **transaction).await?;
    ways_in::end(transaction, account).await?;
    ways_in::end_passwordless(transaction, account).await?;
    Ok(ended.rows_affected())
}

/// Nothing was changed: it was so already, or there is no such account.
pub(super) async fn unchanged(mut transaction: Transaction<'static, Any>, account: &str) -> StoreResult<Acted> {
    let there = exists(&mut transaction, account).await?;
    transaction.rollback().await?;
    Ok(if there { Acted::Already } else { Acted::Unknown })
}
