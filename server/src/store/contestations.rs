//! Lines that their holder disputes.

use domaine::droits::{Destinataire, Repere, StatutDemande};
use domaine::mesures::{Euros, Jour, VariationHeures};
use sqlx::any::AnyRow;

use super::journal::{self, Operation};
use super::{Panne, Resultat, Store, idempotence, nombre, petit, texte, texte_ou_rien};

/// A request as recorded. No `Debug`: people write about themselves in it.
pub struct Contestation {
    /// Identifier.
    pub id: String,
    /// The reference given to the holder.
    pub reference: String,
    /// The line.
    pub ligne: Repere,
    /// What the line added or took that day.
    pub montant: Euros,
    /// The same in hours.
    pub heures: VariationHeures,
    /// Who can mend it.
    pub destinataire: Destinataire,
    /// What the holder wrote.
    pub raison: String,
    /// The day of the request.
    pub deposee_le: Jour,
    /// Where it stands.
    pub statut: StatutDemande,
    /// What was answered.
    pub reponse: Option<String>,
}

impl Store {
    /// Records a request. When the key was taken by another submission meanwhile, records nothing and gives the body
    /// hash and the request of that one.
    ///
    /// # Errors
    /// [`Panne`] when the database fails: then nothing was recorded.
    pub async fn contester(
        &self,
        compte: &str,
        (cle, corps): (&str, &str),
        nouvelle: &Contestation,
        maintenant: i64,
    ) -> Resultat<Option<(String, String)>> {
        let mut transaction = self.ecrire().await?;
        let connue = idempotence::prendre(&mut transaction, cle, corps, compte, &nouvelle.id, maintenant).await?;
        if let Some(connue) = connue {
            transaction.rollback().await?;
            return Ok(Some((connue.corps, connue.resultat)));
        }
        // PostgreSQL: two requests of one account wait for each other, so that each has a rank of its own.
        sqlx::query("UPDATE comptes SET id = id WHERE id = $1").bind(compte).execute(&mut *transaction).await?;
        sqlx::query(
            "INSERT INTO contestations
                 (id, compte, rang, reference, ligne, montant, heures, destinataire, raison, deposee_le, statut, reponse)
             SELECT $1, $2, COUNT(*) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM contestations WHERE compte = $2",
        )
        .bind(&nouvelle.id)
        .bind(compte)
        .bind(&nouvelle.reference)
        .bind(nouvelle.ligne.to_string())
        .bind(nouvelle.montant.centimes())
        .bind(i64::from(nouvelle.heures.nombre()))
        .bind(nouvelle.destinataire.code())
        .bind(&nouvelle.raison)
        .bind(nouvelle.deposee_le.to_string())
        .bind(nouvelle.statut.code())
        .bind(&nouvelle.reponse)
        .execute(&mut *transaction)
        .await?;
        journal::noter(&mut transaction, maintenant, compte, Operation::ContestationDeposee).await?;
        self.terminer(transaction).await?;
        Ok(None)
    }

    /// The requests of an account, newest first.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn contestations(&self, compte: &str) -> Resultat<Vec<Contestation>> {
        let lignes = sqlx::query(
            "SELECT id, reference, ligne, montant, heures, destinataire, raison, deposee_le, statut, reponse
             FROM contestations WHERE compte = $1 ORDER BY rang DESC",
        )
        .bind(compte)
        .fetch_all(&self.pool)
        .await?;
        lignes.iter().map(lire).collect()
    }

    /// Says where a request stands, and what is answered; whether there is one of this reference.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn suivre_contestation(
        &self,
        reference: &str,
        statut: StatutDemande,
        reponse: Option<&str>,
    ) -> Resultat<bool> {
        let suivie = sqlx::query("UPDATE contestations SET statut = $1, reponse = $2 WHERE reference = $3")
            .bind(statut.code())
            .bind(reponse)
            .bind(reference)
            .execute(&self.pool)
            .await?;
        Ok(suivie.rows_affected() == 1)
    }
}

fn lire(ligne: &AnyRow) -> Resultat<Contestation> {
    Ok(Contestation {
        id: texte(ligne, 0)?,
        reference: texte(ligne, 1)?,
        ligne: texte(ligne, 2)?.parse().map_err(|_| Panne::Donnee("ligne"))?,
        montant: Euros::de_centimes(nombre(ligne, 3)?),
        heures: VariationHeures::new(petit(ligne, 4, "heures")?),
        destinataire: Destinataire::par_code(&texte(ligne, 5)?).ok_or(Panne::Donnee("destinataire"))?,
        raison: texte(ligne, 6)?,
        deposee_le: texte(ligne, 7)?.parse().map_err(|_| Panne::Donnee("deposee_le"))?,
        statut: StatutDemande::par_code(&texte(ligne, 8)?).ok_or(Panne::Donnee("statut"))?,
        reponse: texte_ou_rien(ligne, 9)?,
    })
}
