//! Accounts: opened once for a person and an e-mail, changed, closed.

use domaine::identite::{DateNaissance, KnownIdentity, Nom, same_person};
use domaine::mesures::Jour;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::idempotence;
use crate::audit_log::{self, Operation};
use crate::vies::personnes::{self, NouvellePersonne, Personne};
use crate::{Panne, Resultat, Store, texte, texte_ou_rien};

/// An account to open. No `Debug`.
pub struct NouveauCompte {
    /// Identifier, chosen by the caller.
    pub id: String,
    /// Hash of the idempotency key.
    pub cle: String,
    /// Keyed hash of the body.
    pub corps: String,
    /// Whose account.
    pub personne: NouvellePersonne,
    /// Birth name as typed, compared with the one known.
    pub nom_naissance: Nom,
    /// Birth date, compared likewise.
    pub date_naissance: DateNaissance,
    /// As typed.
    pub courriel: String,
    /// What the e-mail is compared by.
    pub courriel_cle: String,
    /// E.164.
    pub telephone_fixe: Option<String>,
    /// E.164.
    pub telephone_mobile: Option<String>,
    /// The hash to keep.
    pub mot_de_passe: String,
    /// Which conditions were accepted.
    pub cgu_version: &'static str,
    /// Today.
    pub ouvert_le: Jour,
}

/// What became of a request to open an account.
#[derive(Debug, PartialEq, Eq)]
pub enum Ouverture {
    /// It is open.
    Ouvert,
    /// The same submission opened this one before.
    Rejouee {
        /// Its identifier.
        compte: String,
    },
    /// The key was used with another body.
    CleReprise,
    /// The same person has this account, under the same e-mail.
    Existe {
        /// Its identifier.
        compte: String,
    },
    /// The details are not those known, or an account stands in the way. Which is not said.
    Refusee,
}

/// An account. No `Debug`.
pub struct Compte {
    /// Identifier.
    pub id: String,
    /// Whose.
    pub personne: String,
    /// Birth name as typed.
    pub nom_naissance: String,
    /// Given names as typed.
    pub prenoms: String,
    /// As typed.
    pub courriel: String,
    /// What the e-mail is compared by.
    pub courriel_cle: String,
    /// E.164.
    pub telephone_fixe: Option<String>,
    /// E.164.
    pub telephone_mobile: Option<String>,
    /// The hash kept.
    pub mot_de_passe: String,
    /// Which conditions were accepted.
    pub cgu_version: String,
    /// The day it was opened.
    pub ouvert_le: Jour,
}

fn lire(ligne: &AnyRow) -> Resultat<Compte> {
    Ok(Compte {
        id: texte(ligne, 0)?,
        personne: texte(ligne, 1)?,
        nom_naissance: texte(ligne, 2)?,
        prenoms: texte(ligne, 3)?,
        courriel: texte(ligne, 4)?,
        courriel_cle: texte(ligne, 10)?,
        telephone_fixe: texte_ou_rien(ligne, 5)?,
        telephone_mobile: texte_ou_rien(ligne, 6)?,
        mot_de_passe: texte(ligne, 7)?,
        cgu_version: texte(ligne, 8)?,
        ouvert_le: texte(ligne, 9)?.parse().map_err(|_| Panne::Donnee("ouvert_le"))?,
    })
}

/// Whether the details given are those known.
fn concorde(personne: &Personne, demande: &NouveauCompte) -> bool {
    let naissance = DateNaissance::depuis_iso(&personne.date_naissance);
    let known = KnownIdentity { nom: &personne.nom_naissance, naissance };
    same_person(known, Some(&demande.nom_naissance), &demande.date_naissance)
}

impl Store {
    /// Opens an account, or says what stands in the way; nothing is left half-done.
    ///
    /// # Errors
    /// [`Panne`] when the database fails: then nothing was recorded.
    pub async fn ouvrir_compte(&self, demande: &NouveauCompte, maintenant: i64) -> Resultat<Ouverture> {
        let mut transaction = self.ecrire().await?;
        let connue =
            idempotence::prendre(&mut transaction, &demande.cle, &demande.corps, &demande.id, &demande.id, maintenant)
                .await?;
        if let Some(connue) = connue {
            transaction.rollback().await?;
            return Ok(if connue.corps == demande.corps {
                Ouverture::Rejouee { compte: connue.resultat }
            } else {
                Ouverture::CleReprise
            });
        }
        let personne = personnes::trouver_ou_creer(&mut transaction, &demande.personne, maintenant).await?;
        if concorde(&personne, demande) && inserer(&mut transaction, demande, &personne.id, maintenant).await? {
            audit_log::noter(&mut transaction, maintenant, &demande.id, Operation::CompteOuvert).await?;
            self.terminer(transaction).await?;
            return Ok(Ouverture::Ouvert);
        }
        let memes = sqlx::query("SELECT id FROM comptes WHERE personne = $1 AND courriel_cle = $2")
            .bind(&personne.id)
            .bind(&demande.courriel_cle)
            .fetch_optional(&mut *transaction)
            .await?;
        transaction.rollback().await?;
        match memes {
            Some(ligne) if concorde(&personne, demande) => Ok(Ouverture::Existe { compte: texte(&ligne, 0)? }),
            _ => Ok(Ouverture::Refusee),
        }
    }

    /// The account of this identifier.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn compte(&self, id: &str) -> Resultat<Option<Compte>> {
        let ligne = sqlx::query(
            "SELECT id, personne, nom_naissance, prenoms, courriel, telephone_fixe, telephone_mobile, mot_de_passe,
                 cgu_version, ouvert_le, courriel_cle
             FROM comptes WHERE id = $1",
        )
        .bind(id)
        .fetch_optional(&self.pool)
        .await?;
        ligne.as_ref().map(lire).transpose()
    }

    /// The account one connects to with this e-mail.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn compte_par_courriel(&self, courriel_cle: &str) -> Resultat<Option<Compte>> {
        let ligne = sqlx::query(
            "SELECT id, personne, nom_naissance, prenoms, courriel, telephone_fixe, telephone_mobile, mot_de_passe,
                 cgu_version, ouvert_le, courriel_cle
             FROM comptes WHERE courriel_cle = $1",
        )
        .bind(courriel_cle)
        .fetch_optional(&self.pool)
        .await?;
        ligne.as_ref().map(lire).transpose()
    }

    /// Changes telephones and e-mail; `false` when another account uses this e-mail.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn changer_coordonnees(
        &self,
        compte: &str,
        courriel: (&str, &str),
        telephones: (Option<&str>, Option<&str>),
        maintenant: i64,
    ) -> Resultat<bool> {
        let mut transaction = self.ecrire().await?;
        let change = sqlx::query(
            "UPDATE comptes SET courriel = $1, courriel_cle = $2, telephone_fixe = $3, telephone_mobile = $4 WHERE id = $5",
        )
        .bind(courriel.0)
        .bind(courriel.1)
        .bind(telephones.0)
        .bind(telephones.1)
        .bind(compte)
        .execute(&mut *transaction)
        .await;
        match change {
            Err(sqlx::Error::Database(erreur)) if erreur.is_unique_violation() => {
                transaction.rollback().await?;
                return Ok(false);
            }
            resultat => resultat?,
        };
        audit_log::noter(&mut transaction, maintenant, compte, Operation::CoordonneesChangees).await?;
        self.terminer(transaction).await?;
        Ok(true)
    }

    /// Changes the password; every other session ends.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn changer_mot_de_passe(
        &self,
        compte: &str,
        garde: &str,
        session: &str,
        maintenant: i64,
    ) -> Resultat<()> {
        let mut transaction = self.ecrire().await?;
        sqlx::query("UPDATE comptes SET mot_de_passe = $1 WHERE id = $2")
            .bind(garde)
            .bind(compte)
            .execute(&mut *transaction)
            .await?;
        sqlx::query("DELETE FROM sessions WHERE compte = $1 AND empreinte <> $2")
            .bind(compte)
            .bind(session)
            .execute(&mut *transaction)
            .await?;
        audit_log::noter(&mut transaction, maintenant, compte, Operation::MotDePasseChange).await?;
        self.terminer(transaction).await?;
        Ok(())
    }

    /// Closes an account: erases it, its sessions, declarations and proofs, and the person too
    /// unless the employers know them. Gives the identifiers of the proofs whose files must go.
    ///
    /// # Errors
    /// [`Panne`] when the database fails: then nothing was erased.
    pub async fn fermer_compte(&self, compte: &str, personne: &str, maintenant: i64) -> Resultat<Vec<String>> {
        let mut transaction = self.ecrire().await?;
        let lignes =
            sqlx::query("SELECT id FROM pieces WHERE compte = $1").bind(compte).fetch_all(&mut *transaction).await?;
        let pieces = lignes.iter().map(|ligne| Ok(texte(ligne, 0)?)).collect::<Resultat<_>>()?;
        for effacer in [
            "DELETE FROM declarations_dif WHERE compte = $1",
            "DELETE FROM pieces WHERE compte = $1",
            "DELETE FROM sessions WHERE compte = $1",
            "DELETE FROM cles_idempotence WHERE compte = $1",
            "DELETE FROM comptes WHERE id = $1",
        ] {
            sqlx::query(effacer).bind(compte).execute(&mut *transaction).await?;
        }
        sqlx::query("DELETE FROM personnes WHERE id = $1 AND connue = 0")
            .bind(personne)
            .execute(&mut *transaction)
            .await?;
        personnes::changer_version(&mut transaction, personne).await?;
        audit_log::noter(&mut transaction, maintenant, compte, Operation::CompteFerme).await?;
        self.terminer(transaction).await?;
        Ok(pieces)
    }
}

async fn inserer(
    connexion: &mut AnyConnection,
    demande: &NouveauCompte,
    personne: &str,
    maintenant: i64,
) -> Resultat<bool> {
    let insere = sqlx::query(
        "INSERT INTO comptes
             (id, personne, nom_naissance, prenoms, courriel, courriel_cle, telephone_fixe, telephone_mobile,
              mot_de_passe, cgu_version, cgu_le, ouvert_le)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING",
    )
    .bind(&demande.id)
    .bind(personne)
    .bind(demande.nom_naissance.as_str())
    .bind(&demande.personne.prenoms)
    .bind(&demande.courriel)
    .bind(&demande.courriel_cle)
    .bind(&demande.telephone_fixe)
    .bind(&demande.telephone_mobile)
    .bind(&demande.mot_de_passe)
    .bind(demande.cgu_version)
    .bind(maintenant)
    .bind(demande.ouvert_le.to_string())
    .execute(connexion)
    .await?;
    Ok(insere.rows_affected() == 1)
}
