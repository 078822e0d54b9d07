//! DIF declarations and the records of their proofs; the bytes of a proof are elsewhere.

use domaine::dif::{PieceType, Rapport};
use domaine::forms::DeclarationDif;
use domaine::mesures::{Day, Hours};
use sqlx::any::AnyRow;

use super::idempotence;
use crate::audit_log::{self, Operation};
use crate::lives::version;
use crate::row::{coded, count, parsed, small_number, text};
use crate::{Store, StoreResult};

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
    /// The account.
    pub account: String,
    /// The person, whose rights change.
    pub person: String,
    /// The reference to give to the holder.
    pub reference: String,
    /// What is declared.
    pub declaration: DeclarationDif,
    /// Its proof.
    pub piece: NewPiece,
    /// Today.
    pub declared_on: Day,
}

impl Store {
    /// Records a declaration and its proof together. When the key was taken by another submission
    /// meanwhile, records nothing and gives the body hash and the declaration of that one.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then nothing was recorded.
    pub async fn declare(&self, new: &NewDeclaration, now: i64) -> StoreResult<Option<(String, String)>> {
        let mut transaction = self.write().await?;
        let known = idempotence::take(&mut transaction, &new.key, &new.body, &new.account, &new.id, now).await?;
        if let Some(known) = known {
            transaction.rollback().await?;
            return Ok(Some((known.body, known.result)));
        }
        // This also makes two declarations of one person wait for each other.
        version::change_version(&mut transaction, &new.person).await?;
        let piece = new.declaration.piece;
        sqlx::query("INSERT INTO pieces (id, compte, type, taille, sha256, creee_le) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(&new.piece.id)
            .bind(&new.account)
            .bind(piece.piece_type().nom())
            .bind(i64::try_from(piece.size()).unwrap_or(i64::MAX))
            .bind(&new.piece.sha256)
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        let row = sqlx::query("SELECT rang FROM declarations_dif WHERE compte = $1 ORDER BY rang DESC LIMIT 1")
            .bind(&new.account)
            .fetch_optional(&mut *transaction)
            .await?;
        let index = match &row {
            Some(row) => count(row, "rang")? + 1,
            None => 1,
        };
        sqlx::query(
            "INSERT INTO declarations_dif (id, compte, rang, reference, heures, rapport, piece, declaree_le)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&new.id)
        .bind(&new.account)
        .bind(index)
        .bind(&new.reference)
        .bind(i64::from(new.declaration.hours.count()))
        .bind(new.declaration.rapport.code())
        .bind(&new.piece.id)
        .bind(new.declared_on.to_string())
        .execute(&mut *transaction)
        .await?;
        audit_log::record(&mut transaction, now, &new.account, Operation::DifDeclared).await?;
        self.complete(transaction).await?;
        Ok(None)
    }

    /// The declarations of an account, in the order they were made.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn declarations(&self, account: &str) -> StoreResult<Vec<Declaration>> {
        let records = sqlx::query(
            "SELECT d.id, d.reference, d.heures, d.rapport, d.declaree_le,
                 p.id AS piece, p.type, p.taille
             FROM declarations_dif d JOIN pieces p ON p.id = d.piece WHERE d.compte = $1 ORDER BY d.rang",
        )
        .bind(account)
        .fetch_all(&self.readers)
        .await?;
        records.iter().map(from_row).collect()
    }

    /// Whether a proof of this identifier is recorded.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn at_the_piece(&self, id: &str) -> StoreResult<bool> {
        let row = sqlx::query("SELECT id FROM pieces WHERE id = $1").bind(id).fetch_optional(&self.readers).await?;
        Ok(row.is_some())
    }
}

fn from_row(row: &AnyRow) -> StoreResult<Declaration> {
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
                 'p' AS piece, '{piece_type}' AS type, 1000 AS taille"
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
