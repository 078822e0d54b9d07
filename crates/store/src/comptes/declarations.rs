//! DIF declarations and the records of their proofs; the bytes of a proof are elsewhere.

use domaine::dif::{Rapport, TypePiece};
use domaine::forms::DeclarationDif;
use domaine::mesures::{Heures, Jour};
use sqlx::any::AnyRow;

use super::idempotence;
use crate::audit_log::{self, Operation};
use crate::vies::personnes;
use crate::{Panne, Resultat, Store, nombre, petit, texte};

/// A declaration as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Identifier.
    pub id: String,
    /// The reference given to the holder.
    pub reference: String,
    /// Its hours.
    pub heures: Heures,
    /// How it relates to those before.
    pub rapport: Rapport,
    /// The day it was declared.
    pub declaree_le: Jour,
    /// Its proof.
    pub piece: PieceGardee,
}

/// The record of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceGardee {
    /// Identifier, also its name among the files.
    pub id: String,
    /// Its kind.
    pub type_piece: TypePiece,
    /// Clear bytes.
    pub taille: u64,
}

/// A proof to record, its bytes being stored already.
pub struct NouvellePiece {
    /// Identifier, also its name among the files.
    pub id: String,
    /// Hash of the clear bytes.
    pub sha256: String,
}

/// A declaration to record.
pub struct NouvelleDeclaration {
    /// Identifier.
    pub id: String,
    /// Hash of the idempotency key.
    pub cle: String,
    /// Keyed hash of the body.
    pub corps: String,
    /// The account.
    pub compte: String,
    /// The person, whose rights change.
    pub personne: String,
    /// The reference to give to the holder.
    pub reference: String,
    /// What is declared.
    pub declaration: DeclarationDif,
    /// Its proof.
    pub piece: NouvellePiece,
    /// Today.
    pub declaree_le: Jour,
}

impl Store {
    /// Records a declaration and its proof together. When the key was taken by another submission
    /// meanwhile, records nothing and gives the body hash and the declaration of that one.
    ///
    /// # Errors
    /// [`Panne`] when the database fails: then nothing was recorded.
    pub async fn declarer(
        &self,
        nouvelle: &NouvelleDeclaration,
        maintenant: i64,
    ) -> Resultat<Option<(String, String)>> {
        let mut transaction = self.ecrire().await?;
        let connue = idempotence::prendre(
            &mut transaction,
            &nouvelle.cle,
            &nouvelle.corps,
            &nouvelle.compte,
            &nouvelle.id,
            maintenant,
        )
        .await?;
        if let Some(connue) = connue {
            transaction.rollback().await?;
            return Ok(Some((connue.corps, connue.resultat)));
        }
        // This also makes two declarations of one person wait for each other.
        personnes::changer_version(&mut transaction, &nouvelle.personne).await?;
        let piece = nouvelle.declaration.piece;
        sqlx::query("INSERT INTO pieces (id, compte, type, taille, sha256, creee_le) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(&nouvelle.piece.id)
            .bind(&nouvelle.compte)
            .bind(piece.type_piece().nom())
            .bind(i64::try_from(piece.taille()).unwrap_or(i64::MAX))
            .bind(&nouvelle.piece.sha256)
            .bind(maintenant)
            .execute(&mut *transaction)
            .await?;
        let ligne = sqlx::query("SELECT rang FROM declarations_dif WHERE compte = $1 ORDER BY rang DESC LIMIT 1")
            .bind(&nouvelle.compte)
            .fetch_optional(&mut *transaction)
            .await?;
        let rang = match &ligne {
            Some(ligne) => nombre(ligne, 0)? + 1,
            None => 1,
        };
        sqlx::query(
            "INSERT INTO declarations_dif (id, compte, rang, reference, heures, rapport, piece, declaree_le)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&nouvelle.id)
        .bind(&nouvelle.compte)
        .bind(rang)
        .bind(&nouvelle.reference)
        .bind(i64::from(nouvelle.declaration.heures.nombre()))
        .bind(nouvelle.declaration.rapport.code())
        .bind(&nouvelle.piece.id)
        .bind(nouvelle.declaree_le.to_string())
        .execute(&mut *transaction)
        .await?;
        audit_log::noter(&mut transaction, maintenant, &nouvelle.compte, Operation::DifDeclare).await?;
        self.terminer(transaction).await?;
        Ok(None)
    }

    /// The declarations of an account, in the order they were made.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn declarations(&self, compte: &str) -> Resultat<Vec<Declaration>> {
        let lignes = sqlx::query(
            "SELECT d.id, d.reference, d.heures, d.rapport, d.declaree_le, p.id, p.type, p.taille
             FROM declarations_dif d JOIN pieces p ON p.id = d.piece WHERE d.compte = $1 ORDER BY d.rang",
        )
        .bind(compte)
        .fetch_all(&self.pool)
        .await?;
        lignes.iter().map(lire).collect()
    }

    /// Whether a proof of this identifier is recorded.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn a_la_piece(&self, id: &str) -> Resultat<bool> {
        let ligne = sqlx::query("SELECT id FROM pieces WHERE id = $1").bind(id).fetch_optional(&self.pool).await?;
        Ok(ligne.is_some())
    }
}

fn lire(ligne: &AnyRow) -> Resultat<Declaration> {
    Ok(Declaration {
        id: texte(ligne, 0)?,
        reference: texte(ligne, 1)?,
        heures: Heures::new(petit(ligne, 2, "heures")?),
        rapport: Rapport::par_code(&texte(ligne, 3)?).ok_or(Panne::Donnee("rapport"))?,
        declaree_le: texte(ligne, 4)?.parse().map_err(|_| Panne::Donnee("declaree_le"))?,
        piece: PieceGardee {
            id: texte(ligne, 5)?,
            type_piece: TypePiece::par_nom(&texte(ligne, 6)?).ok_or(Panne::Donnee("type"))?,
            taille: petit(ligne, 7, "taille")?,
        },
    })
}
