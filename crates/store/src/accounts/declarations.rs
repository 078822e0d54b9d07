//! DIF declarations and the records of their proofs; the bytes of a proof are elsewhere.

use domaine::bounds;
use domaine::dif::{DifCounts, Piece, PieceType, Rapport};
use domaine::droits::Situation;
use domaine::forms::DeclarationDif;
use domaine::mesures::{Day, Hours};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::idempotence;
use super::sessions::{self, Session};
use crate::audit_log::{self, Operation};
use crate::lives::{situations, version};
use crate::row::{coded, count, parsed, small_number, text, text_or_nothing};
use crate::{Store, StoreError, StoreResult};

/// A declaration as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Identifier.
    pub id: String,
    /// The reference given to the holder.
    pub reference: String,
    /// Its hours.
    pub hours: Hours,
    /// How it relates to those before.
    pub rapport: Rapport,
    /// The day it was declared.
    pub declared_on: Day,
    /// Its proof.
    pub piece: KeptPiece,
    /// Whose account.
    pub account: String,
    /// When its hours count.
    pub counts: DifCounts,
    /// What was decided of it, and the day; nothing while its proof waits to be seen.
    pub decision: Option<(Day, Attested)>,
}

impl Declaration {
    /// Whether another one relates to it: what was refused is nothing to add to, nor to replace.
    pub fn stands(&self) -> bool {
        !matches!(self.decision, Some((_, Attested::Refused(_))))
    }

    /// Whether its hours count today, but for what replaced them.
    pub fn counts_now(&self) -> bool {
        match &self.decision {
            None => self.counts == DifCounts::AtOnce,
            Some((_, Attested::Accepted)) => true,
            Some((_, Attested::Refused(_))) => false,
        }
    }
}

/// What an operator decides of an attestation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attested {
    /// It says so.
    Accepted,
    /// It does not: why, for its holder to read.
    Refused(String),
}

/// The record of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPiece {
    /// Identifier, also its name among the files.
    pub id: String,
    /// Its kind.
    pub piece_type: PieceType,
    /// Clear bytes.
    pub size: u64,
}

/// A proof to record, its bytes being stored already.
pub struct NewPiece {
    /// Identifier, also its name among the files.
    pub id: String,
    /// Hash of the clear bytes.
    pub sha256: String,
}

/// A declaration to record.
pub struct NewDeclaration {
    /// Identifier.
    pub id: String,
    /// Hash of the idempotency key.
    pub key: String,
    /// Keyed hash of the body.
    pub body: String,
    /// Whether it was judged as the first of its account that [`stands`](Declaration::stands): what the form must say
    /// depends on it.
    pub first: bool,
    /// The reference to give to the holder.
    pub reference: String,
    /// What is declared.
    pub declaration: DeclarationDif,
    /// Its proof.
    pub piece: NewPiece,
    /// When its hours count.
    pub counts: DifCounts,
    /// Today.
    pub declared_on: Day,
}

/// What became of a declaration.
pub enum Declared {
    /// It is recorded.
    Recorded {
        /// The declarations of the account, in the order they were made.
        declarations: Vec<Declaration>,
        /// What the rights of its holder are computed from now.
        situation: Box<Situation>,
    },
    /// Nothing was: the same key had served for that body, and made that declaration.
    Known(String, String),
    /// Nothing was: another declaration stands, and the form does not say how this one relates to it.
    NotFirst,
    /// Nothing was: the account holds as many as it may.
    Full,
}

/// Declarations with their proof and their decision, in the columns that [`from_row`] reads.
macro_rules! with_decisions {
    ($tail:literal) => {
        concat!(
            "SELECT d.id, d.compte, d.reference, d.heures, d.rapport, d.declaree_le, d.compte_des, p.id AS piece, p.type,
                 p.taille, x.acte, x.raison, x.le
             FROM declarations_dif d JOIN pieces p ON p.id = d.piece LEFT JOIN decisions_dif x ON x.declaration = d.id ",
            $tail
        )
    };
}

impl Store {
    /// Records a declaration and its proof together, for the holder of this session.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, or the session is over: then nothing was recorded.
    pub async fn declare(&self, session: &Session, new: &NewDeclaration, now: i64) -> StoreResult<Declared> {
        let (account, person) = (&session.account, &session.person);
        let mut transaction = self.write().await?;
        sessions::hold(&mut transaction, session).await?;
        let known = idempotence::take(&mut transaction, &new.key, &new.body, account, &new.id, now).await?;
        if let Some(known) = known {
            transaction.rollback().await?;
            return Ok(Declared::Known(known.body, known.result));
        }
        let held = of_account(&mut transaction, account).await?;
        let full = i64::try_from(held.len()).is_ok_and(|held| held >= bounds::DECLARATIONS_DIF);
        if full || (new.first && held.iter().any(Declaration::stands)) {
            transaction.rollback().await?;
            return Ok(if full { Declared::Full } else { Declared::NotFirst });
        }
        version::change_version(&mut transaction, person).await?;
        keep_piece(&mut transaction, &new.piece, new.declaration.piece, account, now).await?;
        let row = sqlx::query("SELECT rang FROM declarations_dif WHERE compte = $1 ORDER BY rang DESC LIMIT 1")
            .bind(account)
            .fetch_optional(&mut *transaction)
            .await?;
        let index = match &row {
            Some(row) => count(row, "rang")? + 1,
            None => 1,
        };
        sqlx::query(
            "INSERT INTO declarations_dif (id, compte, rang, reference, heures, rapport, piece, declaree_le, compte_des)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&new.id)
        .bind(account)
        .bind(index)
        .bind(&new.reference)
        .bind(i64::from(new.declaration.hours.count()))
        .bind(new.declaration.rapport.code())
        .bind(&new.piece.id)
        .bind(new.declared_on.to_string())
        .bind(new.counts.code())
        .execute(&mut *transaction)
        .await?;
        audit_log::record(&mut transaction, now, account, Operation::DifDeclared).await?;
        // Read before it is kept: once it is, nothing may fail that would hide it.
        let declarations = of_account(&mut transaction, account).await?;
        let situation = situations::one(&mut transaction, person).await?.ok_or(StoreError::SessionOver)?;
        self.complete(transaction).await?;
        Ok(Declared::Recorded { declarations, situation: Box::new(situation) })
    }

    /// The declarations of an account, in the order they were made.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn declarations(&self, account: &str) -> StoreResult<Vec<Declaration>> {
        let mut connexion = self.readers.acquire().await?;
        of_account(&mut connexion, account).await
    }

    /// Whether a proof of this identifier is recorded, and was not taken back.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn at_the_piece(&self, id: &str) -> StoreResult<bool> {
        let row = sqlx::query("SELECT id FROM pieces WHERE id = $1 AND sha256 <> $2");
        let row = row.bind(id).bind(ERASED).fetch_optional(&self.readers).await?;
        Ok(row.is_some())
    }
}

/// What stands for the hash of a proof whose bytes were erased because its holder took it back: no file has it.
pub(crate) const ERASED: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Records a proof whose bytes are written already.
pub(super) async fn keep_piece(
    connexion: &mut AnyConnection,
    new: &NewPiece,
    examined: Piece,
    account: &str,
    now: i64,
) -> StoreResult<()> {
    sqlx::query("INSERT INTO pieces (id, compte, type, taille, sha256, creee_le) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(&new.id)
        .bind(account)
        .bind(examined.piece_type().nom())
        .bind(i64::try_from(examined.size()).unwrap_or(i64::MAX))
        .bind(&new.sha256)
        .bind(now)
        .execute(connexion)
        .await?;
    Ok(())
}

async fn of_account(connexion: &mut AnyConnection, account: &str) -> StoreResult<Vec<Declaration>> {
    let records =
        sqlx::query(with_decisions!("WHERE d.compte = $1 ORDER BY d.rang")).bind(account).fetch_all(connexion).await?;
    records.iter().map(from_row).collect()
}

/// The declarations of everybody, oldest first.
pub(super) async fn every(connexion: &mut AnyConnection, decided_too: bool) -> StoreResult<Vec<Declaration>> {
    let sql = if decided_too {
        with_decisions!("ORDER BY d.declaree_le, d.reference")
    } else {
        with_decisions!("WHERE x.acte IS NULL ORDER BY d.declaree_le, d.reference")
    };
    sqlx::query(sql).fetch_all(connexion).await?.iter().map(from_row).collect()
}

/// The declaration of this reference.
pub(super) async fn by_reference(connexion: &mut AnyConnection, reference: &str) -> StoreResult<Option<Declaration>> {
    let row = sqlx::query(with_decisions!("WHERE d.reference = $1")).bind(reference).fetch_optional(connexion).await?;
    row.as_ref().map(from_row).transpose()
}

fn from_row(row: &AnyRow) -> StoreResult<Declaration> {
    let verdict = match text_or_nothing(row, "acte")?.as_deref() {
        None => None,
        Some("acceptation") => Some(Attested::Accepted),
        Some("refus") => Some(Attested::Refused(text(row, "raison")?)),
        Some(_) => return Err(StoreError::Corrupt("acte")),
    };
    Ok(Declaration {
        id: text(row, "id")?,
        reference: text(row, "reference")?,
        hours: Hours::new(small_number(row, "heures")?),
        rapport: coded(row, "rapport", Rapport::from_code)?,
        declared_on: parsed(row, "declaree_le")?,
        piece: KeptPiece {
            id: text(row, "piece")?,
            piece_type: coded(row, "type", PieceType::from_name)?,
            size: small_number(row, "taille")?,
        },
        account: text(row, "compte")?,
        counts: coded(row, "compte_des", DifCounts::from_code)?,
        decision: verdict.map(|verdict| Ok::<_, StoreError>((parsed(row, "le")?, verdict))).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::tests::{is_of, row};

    /// A declaration of that relation and that kind of file, as the database would give it.
    async fn stored(rapport: &str, piece_type: &str) -> StoreResult<Declaration> {
        from_row(
            &row(&format!(
                "'d' AS id, 'DIF-1' AS reference, 40 AS heures, '{rapport}' AS rapport, '2026-11-23' AS declaree_le,
                 'p' AS piece, '{piece_type}' AS type, 1000 AS taille, 'c' AS compte, 'declaration' AS compte_des,
                 NULL AS acte, NULL AS raison, NULL AS le"
            ))
            .await,
        )
    }

    #[tokio::test]
    async fn a_relation_or_a_kind_of_file_that_is_not_known_is_a_failure() {
        let read = stored("ajoute", "PDF").await.expect("a declaration");
        assert_eq!((read.rapport, read.piece.piece_type, read.piece.id.as_str()), (Rapport::Adds, PieceType::Pdf, "p"));
        assert!(is_of(&stored("Ajoute", "PDF").await, "rapport"));
        assert!(is_of(&stored("", "PDF").await, "rapport"));
        assert!(is_of(&stored("remplace", "GIF").await, "type"));
    }
}
