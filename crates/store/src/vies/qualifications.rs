//! The holder's declarations of being below level 3: acts that are only ever added.

use domaine::droits::{ActeSousNiveau3, DeclarationSousNiveau3};
use domaine::mesures::Jour;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::personnes;
use crate::audit_log::{self, Operation};
use crate::{Panne, Resultat, Session, Store, texte};

/// The declarations of an account, oldest first, made of its acts.
pub(crate) async fn declarations(connexion: &mut AnyConnection, compte: &str) -> Resultat<Vec<DeclarationSousNiveau3>> {
    let lignes = sqlx::query("SELECT acte, le FROM declarations_sous_niveau_3 WHERE compte = $1 ORDER BY rang")
        .bind(compte)
        .fetch_all(connexion)
        .await?;
    assembler(lignes.iter().map(|ligne| acte(ligne, 0)).collect::<Resultat<_>>()?)
}

/// An act, from that column on.
pub(crate) fn acte(ligne: &AnyRow, colonne: usize) -> Resultat<(ActeSousNiveau3, Jour)> {
    let acte = ActeSousNiveau3::par_code(&texte(ligne, colonne)?).ok_or(Panne::Donnee("acte"))?;
    Ok((acte, texte(ligne, colonne + 1)?.parse().map_err(|_| Panne::Donnee("le"))?))
}

/// The declarations that these acts, in their order, make.
pub(crate) fn assembler(actes: Vec<(ActeSousNiveau3, Jour)>) -> Resultat<Vec<DeclarationSousNiveau3>> {
    let mut declarations: Vec<DeclarationSousNiveau3> = Vec::new();
    for (acte, le) in actes {
        match (acte, declarations.last_mut()) {
            (ActeSousNiveau3::Declarer, _) => {
                declarations.push(DeclarationSousNiveau3 { declaree_le: le, fin_declaree_le: None, annulee_le: None })
            }
            (ActeSousNiveau3::Finir, Some(derniere)) => derniere.fin_declaree_le = Some(le),
            (ActeSousNiveau3::Annuler, Some(derniere)) => derniere.annulee_le = Some(le),
            (_, None) => return Err(Panne::Donnee("acte")),
        }
    }
    Ok(declarations)
}

impl Store {
    /// The declarations of an account, oldest first.
    ///
    /// # Errors
    /// [`Panne`] when the database fails.
    pub async fn sous_niveau_3(&self, compte: &str) -> Resultat<Vec<DeclarationSousNiveau3>> {
        let mut connexion = self.pool.acquire().await?;
        declarations(&mut connexion, compte).await
    }

    /// Adds an act. What is so already (a second click, another tab) stays as it is: whether anything was added.
    ///
    /// # Errors
    /// [`Panne`] when the database fails: then nothing was recorded.
    pub async fn declarer_sous_niveau_3(
        &self,
        session: &Session,
        acte: ActeSousNiveau3,
        le: Jour,
        maintenant: i64,
    ) -> Resultat<bool> {
        let mut transaction = self.ecrire().await?;
        // This also makes two acts of one person wait for each other.
        personnes::changer_version(&mut transaction, &session.personne).await?;
        let actes: Vec<DeclarationSousNiveau3> = declarations(&mut transaction, &session.compte).await?;
        let en_cours = actes.last().is_some_and(DeclarationSousNiveau3::est_en_cours);
        if en_cours == (acte == ActeSousNiveau3::Declarer) {
            transaction.rollback().await?;
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO declarations_sous_niveau_3 (compte, rang, acte, le, creee_le)
             SELECT $1, COUNT(*) + 1, $2, $3, $4 FROM declarations_sous_niveau_3 WHERE compte = $1",
        )
        .bind(&session.compte)
        .bind(acte.code())
        .bind(le.to_string())
        .bind(maintenant)
        .execute(&mut *transaction)
        .await?;
        let operation = match acte {
            ActeSousNiveau3::Declarer => Operation::QualificationDeclaree,
            ActeSousNiveau3::Finir | ActeSousNiveau3::Annuler => Operation::QualificationFinie,
        };
        audit_log::noter(&mut transaction, maintenant, &session.compte, operation).await?;
        self.terminer(transaction).await?;
        Ok(true)
    }
}
