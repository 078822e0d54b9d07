//! Lines that their holder disputes, and what was done about it: acts that are only ever added.

use domaine::droits::{Destinataire, Repere, ReponseDonnee, StatutDemande};
use domaine::mesures::{Euros, Jour, VariationHeures};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::idempotence;
use crate::audit_log::{self, Operation};
use crate::{Panne, Resultat, Store, nombre, petit, texte, texte_ou_rien};

/// A request as recorded. No `Debug`: people write about themselves in it.
pub struct Contestation {
    /// Identifier.
    pub id: String,
    /// Whose account.
    pub compte: String,
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
    /// The day somebody began to look at it.
    pub prise_en_charge_le: Option<Jour>,
    /// What was answered, oldest first.
    pub reponses: Vec<ReponseDonnee>,
}

impl Contestation {
    /// Where it stands.
    pub const fn statut(&self) -> StatutDemande {
        match (self.reponses.is_empty(), self.prise_en_charge_le) {
            (false, _) => StatutDemande::Repondue,
            (true, Some(_)) => StatutDemande::EnCours,
            (true, None) => StatutDemande::Recue,
        }
    }
}

/// What an operator does about a request.
#[derive(Clone, Copy)]
pub enum Suite<'a> {
    /// Begins to look at it.
    PriseEnCharge,
    /// Answers.
    Reponse(&'a str),
    /// Adds to what was answered.
    Complement(&'a str),
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suivi {
    /// It is recorded.
    Fait,
    /// It was so already: nothing was recorded.
    DejaEnCours(Jour),
    /// Refused: no request has this reference.
    Inconnue,
    /// Refused: it was answered that day.
    DejaRepondue(Jour),
    /// Refused: there is no answer to add to.
    PasRepondue,
}

impl Suite<'_> {
    /// What stands in the way of doing this about that request, if something does.
    pub fn empechement(self, contestation: &Contestation) -> Option<Suivi> {
        match (self, contestation.reponses.last(), contestation.prise_en_charge_le) {
            (Self::PriseEnCharge | Self::Reponse(_), Some(reponse), _) => Some(Suivi::DejaRepondue(reponse.le)),
            (Self::PriseEnCharge, None, Some(le)) => Some(Suivi::DejaEnCours(le)),
            (Self::Complement(_), None, _) => Some(Suivi::PasRepondue),
            (Self::PriseEnCharge | Self::Reponse(_), None, _) | (Self::Complement(_), Some(_), _) => None,
        }
    }
}

/// Requests with their acts, in the columns that [`assembler`] reads, in its order.
macro_rules! avec_suites {
    ($suite:literal) => {
        concat!(
            "SELECT c.id, c.compte, c.reference, c.ligne, c.montant, c.heures, c.destinataire, c.raison, c.deposee_le,
                 s.acte, s.le, s.texte
             FROM contestations c LEFT JOIN suites_contestations s ON s.contestation = c.id ",
            $suite
        )
    };
}

impl Store {
    /// Records a request. When the key was taken by another submission meanwhile, records nothing and gives the body
    /// hash and the request of that one.
    ///
    /// # Errors
    /// [`Panne`] when the database fails: then nothing was recorded.
    pub async fn contester(
        &self,
        (cle, corps): (&str, &str),
        nouvelle: &Contestation,
        maintenant: i64,
    ) -> Resultat<Option<(String, String)>> {
        let compte = &nouvelle.compte;
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
                 (id, compte, rang, reference, ligne, montant, heures, destinataire, raison, deposee_le)
             SELECT $1, $2, COUNT(*) + 1, $3, $4, $5, $6, $7, $8, $9 FROM contestations WHERE compte = $2",
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
        .execute(&mut *transaction)
        .await?;
        audit_log::noter(&mut transaction, maintenant, compte, Operation::ContestationDeposee).await?;
        self.terminer(transaction).await?;
        Ok(None)
    }

    /// The requests of an account, newest first.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn contestations(&self, compte: &str) -> Resultat<Vec<Contestation>> {
        let lignes = sqlx::query(avec_suites!("WHERE c.compte = $1 ORDER BY c.rang DESC, s.rang"))
            .bind(compte)
            .fetch_all(&self.pool)
            .await?;
        assembler(&lignes)
    }

    /// The requests of everybody, oldest first: those that wait for an answer, or all.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn contestations_de_tous(&self, repondues_aussi: bool) -> Resultat<Vec<Contestation>> {
        let sql = if repondues_aussi {
            avec_suites!("ORDER BY c.deposee_le, c.reference, s.rang")
        } else {
            avec_suites!(
                "WHERE NOT EXISTS (SELECT 1 FROM suites_contestations r WHERE r.contestation = c.id AND r.acte = 'reponse')
                 ORDER BY c.deposee_le, c.reference, s.rang"
            )
        };
        assembler(&sqlx::query(sql).fetch_all(&self.pool).await?)
    }

    /// The request of this reference.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn contestation(&self, reference: &str) -> Resultat<Option<Contestation>> {
        let mut connexion = self.pool.acquire().await?;
        par_reference(&mut connexion, reference).await
    }

    /// Adds an act to a request, unless what was done before stands in the way.
    ///
    /// # Errors
    /// [`Panne`] when the database fails: then nothing was recorded.
    pub async fn suivre_contestation(
        &self,
        reference: &str,
        suite: Suite<'_>,
        le: Jour,
        maintenant: i64,
    ) -> Resultat<Suivi> {
        let mut transaction = self.ecrire().await?;
        // PostgreSQL: two operators wait for each other, so that the second sees what the first did.
        sqlx::query("UPDATE comptes SET id = id WHERE id = (SELECT compte FROM contestations WHERE reference = $1)")
            .bind(reference)
            .execute(&mut *transaction)
            .await?;
        let contestation = par_reference(&mut transaction, reference).await?;
        let empechement = contestation.as_ref().map_or(Some(Suivi::Inconnue), |connue| suite.empechement(connue));
        if let Some(empechement) = empechement {
            transaction.rollback().await?;
            return Ok(empechement);
        }
        let (acte, texte, operation) = match suite {
            Suite::PriseEnCharge => ("en_cours", None, Operation::ContestationPriseEnCharge),
            Suite::Reponse(texte) | Suite::Complement(texte) => {
                ("reponse", Some(texte), Operation::ContestationRepondue)
            }
        };
        sqlx::query(
            "INSERT INTO suites_contestations (contestation, rang, acte, texte, le, creee_le)
             SELECT c.id, (SELECT COUNT(*) FROM suites_contestations s WHERE s.contestation = c.id) + 1, $1, $2, $3, $4
             FROM contestations c WHERE c.reference = $5",
        )
        .bind(acte)
        .bind(texte)
        .bind(le.to_string())
        .bind(maintenant)
        .bind(reference)
        .execute(&mut *transaction)
        .await?;
        audit_log::noter(&mut transaction, maintenant, audit_log::OPERATEUR, operation).await?;
        self.terminer(transaction).await?;
        Ok(Suivi::Fait)
    }
}

async fn par_reference(connexion: &mut AnyConnection, reference: &str) -> Resultat<Option<Contestation>> {
    let lignes = sqlx::query(avec_suites!("WHERE c.reference = $1 ORDER BY s.rang"))
        .bind(reference)
        .fetch_all(connexion)
        .await?;
    Ok(assembler(&lignes)?.pop())
}

/// The requests of these rows: one row for each act, or one alone, those of a request together.
fn assembler(lignes: &[AnyRow]) -> Resultat<Vec<Contestation>> {
    let mut contestations: Vec<Contestation> = Vec::new();
    for ligne in lignes {
        let mut contestation = match contestations.pop() {
            Some(connue) if connue.id == texte(ligne, 0)? => connue,
            autre => {
                contestations.extend(autre);
                lire(ligne)?
            }
        };
        if let Some(acte) = texte_ou_rien(ligne, 9)? {
            let le = texte(ligne, 10)?.parse().map_err(|_| Panne::Donnee("le"))?;
            match acte.as_str() {
                "en_cours" => contestation.prise_en_charge_le = Some(le),
                "reponse" => contestation.reponses.push(ReponseDonnee { le, texte: texte(ligne, 11)? }),
                _ => return Err(Panne::Donnee("acte")),
            }
        }
        contestations.push(contestation);
    }
    Ok(contestations)
}

fn lire(ligne: &AnyRow) -> Resultat<Contestation> {
    Ok(Contestation {
        id: texte(ligne, 0)?,
        compte: texte(ligne, 1)?,
        reference: texte(ligne, 2)?,
        ligne: texte(ligne, 3)?.parse().map_err(|_| Panne::Donnee("ligne"))?,
        montant: Euros::de_centimes(nombre(ligne, 4)?),
        heures: VariationHeures::new(petit(ligne, 5, "heures")?),
        destinataire: Destinataire::par_code(&texte(ligne, 6)?).ok_or(Panne::Donnee("destinataire"))?,
        raison: texte(ligne, 7)?,
        deposee_le: texte(ligne, 8)?.parse().map_err(|_| Panne::Donnee("deposee_le"))?,
        prise_en_charge_le: None,
        reponses: Vec::new(),
    })
}
