//! What leaves with its holder: who shows again what opens the account may take everything away, once, for a while. What leaves is
//! read elsewhere.

use super::passkeys::{self, PasskeyUse};
use super::second_step::Spent;
use super::sessions::{self, Session};
use crate::audit_log::{self, Operation};
use crate::outbox::{self, NewLetter};
use crate::{Store, StoreResult};

/// What was shown again of what opens the account.
#[derive(Clone, Copy)]
pub enum ShownAgain<'a> {
    /// The password, and all that the account asks for besides: it was judged, and has served.
    Proofs,
    /// A passkey, judged right but for what serves once.
    Passkey(&'a PasskeyUse<'a>),
}

/// What leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Everything but what would let somebody pass for the holder.
    Light,
    /// Everything.
    Whole,
}

impl Store {
    /// Lets everything leave with the holder of this session until that time, once, if what they show again is right.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn allow_export(
        &self,
        session: &Session,
        shown: ShownAgain<'_>,
        (until, now): (i64, i64),
    ) -> StoreResult<Spent> {
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let account = &session.account;
        let spent = match shown {
            ShownAgain::Proofs => Spent::Right,
            ShownAgain::Passkey(by) if by.known.account != *account => Spent::Wrong,
            ShownAgain::Passkey(by) => passkeys::take(&mut transaction, by, now).await?,
        };
        if spent != Spent::Right {
            transaction.rollback().await?;
            return Ok(spent);
        }
        sqlx::query("UPDATE sessions SET export_jusqu_au = $1 WHERE empreinte = $2")
            .bind(until)
            .bind(&session.digest)
            .execute(&mut *transaction)
            .await?;
        self.complete(transaction).await?;
        Ok(Spent::Right)
    }

    /// Notes that what is kept of the holder of this session leaves, and tells them. `false` when everything was asked for by
    /// somebody who has not just shown again what opens the account: then nothing was noted.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was changed.
    pub async fn begin_export(
        &self,
        session: &Session,
        leaving: Taken,
        letter: &NewLetter,
        now: i64,
    ) -> StoreResult<bool> {
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let what = match leaving {
            Taken::Light => Operation::Export,
            Taken::Whole => {
                let used = sqlx::query(
                    "UPDATE sessions SET export_jusqu_au = NULL WHERE empreinte = $1 AND export_jusqu_au > $2",
                )
                .bind(&session.digest)
                .bind(now)
                .execute(&mut *transaction)
                .await?;
                if used.rows_affected() == 0 {
                    transaction.rollback().await?;
                    return Ok(false);
                }
                Operation::ExportWhole
            }
        };
        audit_log::record(&mut transaction, now, &session.account, what).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(true)
    }
}
