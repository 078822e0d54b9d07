//! Sessions: found by the hash of a secret that only the browser has.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sqlx::any::AnyRow;

use crate::audit_log::{self, Operation};
use crate::{Moteur, Resultat, Store, nombre, texte};

/// A session and whose it is: all that a request needs, in one query. No `Debug`: it holds a name.
pub struct Session {
    /// Hash of the secret.
    pub empreinte: String,
    /// The account.
    pub compte: String,
    /// The person.
    pub personne: String,
    /// Birth name as typed.
    pub nom_naissance: String,
    /// Given names as typed.
    pub prenoms: String,
    /// Whether the employers' declarations know this person.
    pub connue: bool,
    /// Counts the changes of what rights are computed from.
    pub version: i64,
    /// When it was last seen.
    pub vue_le: i64,
    /// When it ends whatever happens.
    pub expire_le: i64,
}

/// A session to open.
pub struct NouvelleSession<'a> {
    /// Hash of the secret.
    pub empreinte: &'a str,
    /// The account.
    pub compte: &'a str,
    /// When it ends whatever happens.
    pub expire_le: i64,
    /// The browser and system, in a few words.
    pub appareil: &'a str,
}

/// A session as its holder sees it in a list.
pub struct SessionOuverte {
    /// Hash of the secret.
    pub empreinte: String,
    /// When it was opened.
    pub ouverte_le: i64,
    /// When it was last seen.
    pub vue_le: i64,
    /// The browser and system, in a few words.
    pub appareil: String,
}

/// How long a session read from SQLite is taken as read: a bound on what another process could
/// change meanwhile. Our own writes are seen at once.
const MEMOIRE: Duration = Duration::from_secs(1);
/// Past this many it begins again from nothing: a bound on memory, not a tuning.
const GARDEES: usize = 10_000;

/// The sessions read a moment ago. Only for SQLite, whose file one server alone writes; each
/// writing transaction empties it, and a reading that was under way meanwhile is not kept.
#[derive(Default)]
pub(crate) struct SessionsVues(Mutex<Vues>);

#[derive(Default)]
struct Vues {
    generation: u64,
    sessions: HashMap<String, (Instant, Arc<Session>)>,
}

impl SessionsVues {
    fn vues(&self) -> MutexGuard<'_, Vues> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session if it was just read; else the generation under which it may be kept.
    fn trouver(&self, empreinte: &str) -> Result<Arc<Session>, u64> {
        let vues = self.vues();
        match vues.sessions.get(empreinte) {
            Some((lue, session)) if lue.elapsed() < MEMOIRE => Ok(Arc::clone(session)),
            _ => Err(vues.generation),
        }
    }

    fn garder(&self, generation: u64, session: &Arc<Session>) {
        let mut vues = self.vues();
        if vues.generation == generation {
            if vues.sessions.len() >= GARDEES {
                vues.sessions.clear();
            }
            vues.sessions.insert(session.empreinte.clone(), (Instant::now(), Arc::clone(session)));
        }
    }

    /// Forgets everything: something was written.
    pub(crate) fn oublier(&self) {
        let mut vues = self.vues();
        vues.generation += 1;
        vues.sessions.clear();
    }
}

fn lire(ligne: &AnyRow) -> Result<Session, sqlx::Error> {
    Ok(Session {
        empreinte: texte(ligne, 0)?,
        compte: texte(ligne, 1)?,
        vue_le: nombre(ligne, 2)?,
        expire_le: nombre(ligne, 3)?,
        personne: texte(ligne, 4)?,
        nom_naissance: texte(ligne, 5)?,
        prenoms: texte(ligne, 6)?,
        connue: nombre(ligne, 7)? == 1,
        version: nombre(ligne, 8)?,
    })
}

impl Store {
    /// The session of this secret, whether or not it has ended.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn session(&self, empreinte: &str) -> Resultat<Option<Arc<Session>>> {
        let generation = match self.moteur {
            Moteur::Postgres => None,
            Moteur::Sqlite => match self.vues.trouver(empreinte) {
                Ok(session) => return Ok(Some(session)),
                Err(generation) => Some(generation),
            },
        };
        let ligne = sqlx::query(
            "SELECT s.empreinte, s.compte, s.vue_le, s.expire_le, c.personne, c.nom_naissance, c.prenoms, p.connue, p.version
             FROM sessions s JOIN comptes c ON c.id = s.compte JOIN personnes p ON p.id = c.personne
             WHERE s.empreinte = $1",
        )
        .bind(empreinte)
        .fetch_optional(&self.pool)
        .await?;
        let session = ligne.as_ref().map(lire).transpose()?.map(Arc::new);
        if let (Some(generation), Some(session)) = (generation, &session) {
            self.vues.garder(generation, session);
        }
        Ok(session)
    }

    /// Opens a session; ends the one that the same browser had.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn ouvrir_session(
        &self,
        nouvelle: &NouvelleSession<'_>,
        ancienne: Option<&str>,
        maintenant: i64,
    ) -> Resultat<()> {
        let mut transaction = self.ecrire().await?;
        sqlx::query(
            "INSERT INTO sessions (empreinte, compte, ouverte_le, vue_le, expire_le, appareil)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(nouvelle.empreinte)
        .bind(nouvelle.compte)
        .bind(maintenant)
        .bind(maintenant)
        .bind(nouvelle.expire_le)
        .bind(nouvelle.appareil)
        .execute(&mut *transaction)
        .await?;
        if let Some(ancienne) = ancienne {
            sqlx::query("DELETE FROM sessions WHERE empreinte = $1").bind(ancienne).execute(&mut *transaction).await?;
        }
        audit_log::noter(&mut transaction, maintenant, nouvelle.compte, Operation::Connexion).await?;
        self.terminer(transaction).await?;
        Ok(())
    }

    /// Notes that a session was seen.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn voir_session(&self, empreinte: &str, maintenant: i64) -> Resultat<()> {
        sqlx::query("UPDATE sessions SET vue_le = $1 WHERE empreinte = $2")
            .bind(maintenant)
            .bind(empreinte)
            .execute(&self.pool)
            .await?;
        self.vues.oublier();
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn fermer_session(&self, session: &Session, maintenant: i64) -> Resultat<()> {
        let mut transaction = self.ecrire().await?;
        sqlx::query("DELETE FROM sessions WHERE empreinte = $1")
            .bind(&session.empreinte)
            .execute(&mut *transaction)
            .await?;
        audit_log::noter(&mut transaction, maintenant, &session.compte, Operation::Deconnexion).await?;
        self.terminer(transaction).await?;
        Ok(())
    }

    /// Ends every session of the account but this one.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn fermer_les_autres(&self, session: &Session, maintenant: i64) -> Resultat<()> {
        let mut transaction = self.ecrire().await?;
        sqlx::query("DELETE FROM sessions WHERE compte = $1 AND empreinte <> $2")
            .bind(&session.compte)
            .bind(&session.empreinte)
            .execute(&mut *transaction)
            .await?;
        audit_log::noter(&mut transaction, maintenant, &session.compte, Operation::ConnexionsFermees).await?;
        self.terminer(transaction).await?;
        Ok(())
    }

    /// The sessions of an account that are neither idle since `vues_depuis` nor over, last seen first.
    ///
    /// # Errors
    /// [`crate::Panne`] when the database fails.
    pub async fn sessions(&self, compte: &str, vues_depuis: i64, maintenant: i64) -> Resultat<Vec<SessionOuverte>> {
        let lignes = sqlx::query(
            "SELECT empreinte, ouverte_le, vue_le, appareil FROM sessions
             WHERE compte = $1 AND vue_le > $2 AND expire_le > $3 ORDER BY vue_le DESC, ouverte_le DESC",
        )
        .bind(compte)
        .bind(vues_depuis)
        .bind(maintenant)
        .fetch_all(&self.pool)
        .await?;
        lignes
            .iter()
            .map(|ligne| {
                Ok(SessionOuverte {
                    empreinte: texte(ligne, 0)?,
                    ouverte_le: nombre(ligne, 1)?,
                    vue_le: nombre(ligne, 2)?,
                    appareil: texte(ligne, 3)?,
                })
            })
            .collect()
    }
}
