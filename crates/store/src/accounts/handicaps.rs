//! Disabilities that their holders declare with a proof, and what was decided of each: once, and never changed. The bytes of
//! a proof are elsewhere.

use domaine::bounds;
use domaine::dif::{Piece, PieceType};
use domaine::droits::Period;
use domaine::mesures::Day;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::declarations::{ERASED, KeptPiece, NewPiece, keep_piece};
use super::idempotence;
use super::sessions::{self, Session};
use crate::audit_log::{self, Act, Operation, Operator};
use crate::lives::version;
use crate::outbox::{self, NewLetter};
use crate::row::{coded, parsed, parsed_or_none, small_number, text, text_or_nothing};
use crate::{Store, StoreError, StoreResult};

/// A declaration as recorded. No `Debug`: it tells of a person.
#[derive(Clone)]
pub struct Handicap {
    /// Identifier.
    pub id: String,
    /// Whose account.
    pub account: String,
    /// The reference given to the holder.
    pub reference: String,
    /// The day it was declared.
    pub declared_on: Day,
    /// Its proof.
    pub piece: KeptPiece,
    /// What was decided, and the day; nothing while it waits.
    pub decision: Option<(Day, Verdict)>,
    /// Which consent was given with it; nothing where none was asked yet.
    pub consent: Option<String>,
    /// The day its holder took it back: its proof is erased.
    pub withdrawn_on: Option<Day>,
}

impl Handicap {
    /// Whether an operator has to look at it.
    pub fn waits(&self) -> bool {
        self.decision.is_none() && self.withdrawn_on.is_none()
    }
}

/// What an operator decides of a declaration.
#[derive(Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The proof says so, for that period.
    Accepted(Period),
    /// It does not: why, for its holder to read.
    Refused(String),
}

/// A declaration to record.
pub struct NewHandicap {
    /// Identifier.
    pub id: String,
    /// Hash of the idempotency key.
    pub key: String,
    /// Keyed hash of the body.
    pub body: String,
    /// The reference to give to the holder.
    pub reference: String,
    /// The proof as examined.
    pub examined: Piece,
    /// Its record.
    pub piece: NewPiece,
    /// Which consent was given.
    pub consent: &'static str,
    /// Today.
    pub declared_on: Day,
}

/// What became of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeclaredHandicap {
    /// It is recorded.
    Recorded,
    /// Nothing was: the same key had served for that body, and made that declaration.
    Known(String, String),
    /// Nothing was: one waits already, or the account holds as many as it may.
    Full,
}

/// What became of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// It is recorded.
    Done,
    /// Refused: no declaration has this reference.
    Unknown,
    /// Refused: it was decided that day.
    Already(Day),
    /// Refused: its holder took it back that day.
    Withdrawn(Day),
}

/// Declarations with their proof and their decision, in the columns that [`from_row`] reads.
macro_rules! with_decisions {
    ($tail:literal) => {
        concat!(
            "SELECT h.id, h.compte, h.reference, h.declaree_le, h.consentement, p.id AS piece, p.type, p.taille,
                 d.acte, d.du, d.au, d.raison, d.le, r.le AS retiree_le
             FROM declarations_handicap h JOIN pieces p ON p.id = h.piece
             LEFT JOIN decisions_handicap d ON d.declaration = h.id
             LEFT JOIN retraits_handicap r ON r.declaration = h.id ",
            $tail
        )
    };
}

impl Store {
    /// Records a declaration and its proof together, for the holder of this session.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the session is over: then nothing was recorded.
    pub async fn declare_handicap(
        &self,
        session: &Session,
        new: &NewHandicap,
        now: i64,
    ) -> StoreResult<DeclaredHandicap> {
        let account = &session.account;
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let known = idempotence::take(&mut transaction, &new.key, &new.body, account, &new.id, now).await?;
        if let Some(known) = known {
            transaction.rollback().await?;
            return Ok(DeclaredHandicap::Known(known.body, known.result));
        }
        let known = of_account(&mut transaction, account).await?;
        let waiting = known.iter().any(Handicap::waits);
        if waiting || known.len() >= usize::try_from(bounds::DECLARATIONS_HANDICAP).unwrap_or(usize::MAX) {
            transaction.rollback().await?;
            return Ok(DeclaredHandicap::Full);
        }
        keep_piece(&mut transaction, &new.piece, new.examined, account, now).await?;
        sqlx::query(
            "INSERT INTO declarations_handicap (id, compte, rang, reference, piece, declaree_le, consentement)
             SELECT $1, $2, COUNT(*) + 1, $3, $4, $5, $6 FROM declarations_handicap WHERE compte = $2",
        )
        .bind(&new.id)
        .bind(account)
        .bind(&new.reference)
        .bind(&new.piece.id)
        .bind(new.declared_on.to_string())
        .bind(new.consent)
        .execute(&mut *transaction)
        .await?;
        audit_log::record(&mut transaction, now, account, Operation::HandicapDeclared).await?;
        self.complete(transaction).await?;
        Ok(DeclaredHandicap::Recorded)
    }

    /// The declarations of an account, oldest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn handicaps(&self, account: &str) -> StoreResult<Vec<Handicap>> {
        let mut connexion = self.readers.acquire().await?;
        of_account(&mut connexion, account).await
    }

    /// The declarations of everybody, oldest first: those that wait, or all.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn everybodys_handicaps(&self, decided_too: bool) -> StoreResult<Vec<Handicap>> {
        let sql = if decided_too {
            with_decisions!("ORDER BY h.declaree_le, h.reference")
        } else {
            with_decisions!("WHERE d.acte IS NULL AND r.le IS NULL ORDER BY h.declaree_le, h.reference")
        };
        sqlx::query(sql).fetch_all(&self.readers).await?.iter().map(from_row).collect()
    }

    /// The declaration of this reference.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn handicap(&self, reference: &str) -> StoreResult<Option<Handicap>> {
        let mut connexion = self.readers.acquire().await?;
        by_reference(&mut connexion, reference).await
    }

    /// Decides of a declaration and posts the letter that tells it if there is one, unless it was decided before.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nothing was recorded.
    pub async fn decide_handicap(
        &self,
        reference: &str,
        verdict: &Verdict,
        letter: Option<&NewLetter>,
        operator: &Operator,
        on: Day,
        now: i64,
    ) -> StoreResult<Decided> {
        let mut transaction = self.write().await?;
        // PostgreSQL: two operators wait for each other, so that the second sees what the first did.
        sqlx::query(
            "UPDATE comptes SET id = id WHERE id = (SELECT compte FROM declarations_handicap WHERE reference = $1)",
        )
        .bind(reference)
        .execute(&mut *transaction)
        .await?;
        let known = by_reference(&mut transaction, reference).await?;
        let (declaration, blocker) = match known {
            None => (None, Some(Decided::Unknown)),
            Some(known) => {
                let decided = known.decision.as_ref().map(|(on, _)| Decided::Already(*on));
                let blocker = known.withdrawn_on.map(Decided::Withdrawn).or(decided);
                (Some(known), blocker)
            }
        };
        let (Some(declaration), None) = (declaration, blocker) else {
            transaction.rollback().await?;
            return Ok(blocker.unwrap_or(Decided::Unknown));
        };
        let (act, period, reason) = match verdict {
            Verdict::Accepted(period) => ("acceptation", Some(period), None),
            Verdict::Refused(reason) => ("refus", None, Some(reason)),
        };
        sqlx::query(
            "INSERT INTO decisions_handicap (declaration, acte, du, au, raison, le, creee_le)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&declaration.id)
        .bind(act)
        .bind(period.map(|period| period.since.to_string()))
        .bind(period.and_then(|period| period.as_of).map(|day| day.to_string()))
        .bind(reason)
        .bind(on.to_string())
        .bind(now)
        .execute(&mut *transaction)
        .await?;
        let operation = match verdict {
            Verdict::Accepted(_) => Operation::HandicapAccepted,
            Verdict::Refused(_) => Operation::HandicapRefused,
        };
        let act = Act::of(operator).on(&declaration.account);
        audit_log::record_act(&mut transaction, now, act, operation).await?;
        let row = sqlx::query("SELECT personne FROM comptes WHERE id = $1")
            .bind(&declaration.account)
            .fetch_one(&mut *transaction)
            .await?;
        version::change_version(&mut transaction, &text(&row, "personne")?).await?;
        if let Some(letter) = letter {
            outbox::post(&mut transaction, letter, now).await?;
        }
        self.complete(transaction).await?;
        Ok(Decided::Done)
    }
}

impl Store {
    /// Takes back every declaration of the holder of this session, and posts the letter that tells it: nothing of them counts
    /// from then on. Gives the identifiers of the proofs whose files must go; none when there was nothing to take back.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the session is over: then nothing was recorded.
    pub async fn withdraw_handicaps(
        &self,
        session: &Session,
        letter: &NewLetter,
        on: Day,
        now: i64,
    ) -> StoreResult<Vec<String>> {
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let mut pieces = Vec::new();
        for declaration in of_account(&mut transaction, &session.account).await? {
            if declaration.withdrawn_on.is_some() {
                continue;
            }
            sqlx::query("INSERT INTO retraits_handicap (declaration, le, cree_le) VALUES ($1, $2, $3)")
                .bind(&declaration.id)
                .bind(on.to_string())
                .bind(now)
                .execute(&mut *transaction)
                .await?;
            // Whether its bytes are erased at once or by the clean-up, nothing reads them any more.
            sqlx::query("UPDATE pieces SET sha256 = $1, taille = 1 WHERE id = $2")
                .bind(ERASED)
                .bind(&declaration.piece.id)
                .execute(&mut *transaction)
                .await?;
            pieces.push(declaration.piece.id);
        }
        if pieces.is_empty() {
            transaction.rollback().await?;
            return Ok(pieces);
        }
        version::change_version(&mut transaction, &session.person).await?;
        audit_log::record(&mut transaction, now, &session.account, Operation::HandicapWithdrawn).await?;
        outbox::post(&mut transaction, letter, now).await?;
        self.complete(transaction).await?;
        Ok(pieces)
    }
}

async fn of_account(connexion: &mut AnyConnection, account: &str) -> StoreResult<Vec<Handicap>> {
    let records =
        sqlx::query(with_decisions!("WHERE h.compte = $1 ORDER BY h.rang")).bind(account).fetch_all(connexion).await?;
    records.iter().map(from_row).collect()
}

async fn by_reference(connexion: &mut AnyConnection, reference: &str) -> StoreResult<Option<Handicap>> {
    let row = sqlx::query(with_decisions!("WHERE h.reference = $1")).bind(reference).fetch_optional(connexion).await?;
    row.as_ref().map(from_row).transpose()
}

fn from_row(row: &AnyRow) -> StoreResult<Handicap> {
    let verdict = match text_or_nothing(row, "acte")?.as_deref() {
        None => None,
        Some("acceptation") => {
            Some(Verdict::Accepted(Period { since: parsed(row, "du")?, as_of: parsed_or_none(row, "au")? }))
        }
        Some("refus") => Some(Verdict::Refused(text(row, "raison")?)),
        Some(_) => return Err(StoreError::Corrupt("acte")),
    };
    Ok(Handicap {
        id: text(row, "id")?,
        account: text(row, "compte")?,
        reference: text(row, "reference")?,
        declared_on: parsed(row, "declaree_le")?,
        piece: KeptPiece {
            id: text(row, "piece")?,
            piece_type: coded(row, "type", PieceType::from_name)?,
            size: small_number(row, "taille")?,
        },
        consent: text_or_nothing(row, "consentement")?,
        withdrawn_on: parsed_or_none(row, "retiree_le")?,
        decision: verdict.map(|verdict| Ok::<_, StoreError>((parsed(row, "le")?, verdict))).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::tests::{is_of, row};

    /// A declaration with that decision, as the database would give it.
    async fn stored(act: &str) -> StoreResult<Handicap> {
        from_row(
            &row(&format!(
                "'h' AS id, 'c' AS compte, 'HAN-1' AS reference, '2026-11-23' AS declaree_le, 'p' AS piece,
                 'PDF' AS type, 1000 AS taille, NULL AS consentement, NULL AS retiree_le, {act} AS acte, '2024-01-01' AS du, NULL AS au, 'Illisible.' AS raison,
                 '2026-11-25' AS le"
            ))
            .await,
        )
    }

    #[tokio::test]
    async fn a_decision_is_read_back_under_its_word_and_another_word_is_a_failure() {
        let day = Day::date(2026, 11, 25);
        let period = Period { since: Day::date(2024, 1, 1), as_of: None };
        for (act, expected) in [
            ("NULL", None),
            ("'acceptation'", Some((day, Verdict::Accepted(period)))),
            ("'refus'", Some((day, Verdict::Refused("Illisible.".into())))),
        ] {
            assert!(stored(act).await.expect("a declaration").decision == expected, "{act}");
        }
        assert!(is_of(&stored("''").await, "acte"));
        assert!(is_of(&stored("'accepte'").await, "acte"));
    }
}
