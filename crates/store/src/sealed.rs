//! Where the database keeps what is sealed, and what binds each sealed text to its row: read by batches, and replaced under
//! another key while people work. The keys are not known here.

use sqlx::AssertSqlSafe;

use crate::row::{count, text, text_or_nothing};
use crate::{Store, StoreResult};

/// A column that holds sealed texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The NIR of people, with what each is looked up by.
    Nirs,
    /// What was typed to ask for something.
    Requests,
    /// Letters.
    Letters,
    /// Where a letter went whose link stops an account.
    StopLinks,
    /// The secrets of applications.
    SecondSteps,
    /// What a browser carries to a provider.
    Journeys,
    /// What a provider said of an identity.
    Identities,
    /// What ends the session of a provider.
    Tokens,
}

/// A sealed text and where it stands. No `Debug`.
pub struct SealedRow {
    /// What the row is found by.
    pub key: String,
    /// What the text is bound to; for a NIR, the identifier of its person.
    pub record: String,
    /// The text.
    pub sealed: String,
    /// What a NIR is looked up by.
    pub digest: Option<String>,
}

/// What binds a sealed text to its row.
pub mod bound {
    /// The word of a request that asks for a second step.
    pub const ENROLMENT: &str = "application";

    /// What was typed to ask for something.
    pub fn request(id: &str) -> String {
        format!("demande {id}")
    }

    /// The secret of an application: by its account, or by the request until it is proved.
    pub fn second_step(of: &str) -> String {
        format!("seconde étape {of}")
    }

    /// A letter.
    pub fn letter(id: &str) -> String {
        format!("courrier {id}")
    }

    /// Where a letter went, by what its link carries.
    pub fn stop_link(link: &str) -> String {
        format!("lien d'arrêt {link}")
    }

    /// What a browser carries there and back.
    pub fn journey(handle: &str) -> String {
        format!("voyage {handle}")
    }

    /// What a provider said of an identity.
    pub fn identity(subject: &str) -> String {
        format!("identité {subject}")
    }

    /// The token of a session, by its account.
    pub fn token(account: &str) -> String {
        format!("jeton d'identité {account}")
    }
}

/// Where a place is: its table, what its rows are found by, the sealed column, and another that is needed to read it.
struct Columns {
    table: &'static str,
    key: &'static str,
    sealed: &'static str,
    other: &'static str,
}

impl Place {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Nirs,
        Self::Requests,
        Self::Letters,
        Self::StopLinks,
        Self::SecondSteps,
        Self::Journeys,
        Self::Identities,
        Self::Tokens,
    ];

    const fn columns(self) -> Columns {
        let (table, key, sealed, other) = match self {
            Self::Nirs => ("personnes", "id", "nir_chiffre", "nir_empreinte"),
            Self::Requests => ("demandes", "id", "contenu", "usage"),
            Self::Letters => ("courriers", "id", "lettre", "id"),
            Self::StopLinks => ("liens_d_arret", "lien", "adresse", "lien"),
            Self::SecondSteps => ("secondes_etapes", "compte", "secret", "compte"),
            Self::Journeys => ("voyages", "poignee", "contenu", "poignee"),
            Self::Identities => ("identites", "sujet", "dit", "sujet"),
            Self::Tokens => ("sessions", "empreinte", "jeton_identite", "compte"),
        };
        Columns { table, key, sealed, other }
    }

    fn row(self, key: String, other: String, sealed: String) -> SealedRow {
        let record = match self {
            Self::Nirs => key.clone(),
            Self::Requests if other == bound::ENROLMENT => bound::second_step(&key),
            Self::Requests => bound::request(&key),
            Self::Letters => bound::letter(&key),
            Self::StopLinks => bound::stop_link(&key),
            Self::SecondSteps => bound::second_step(&key),
            Self::Journeys => bound::journey(&key),
            Self::Identities => bound::identity(&key),
            Self::Tokens => bound::token(&other),
        };
        SealedRow { key, record, sealed, digest: (self == Self::Nirs).then_some(other) }
    }
}

impl Store {
    /// How many sealed texts there are.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn count_sealed(&self, place: Place) -> StoreResult<u64> {
        let Columns { table, sealed, .. } = place.columns();
        let sql = format!("SELECT COUNT(*) AS combien FROM {table} WHERE {sealed} <> ''");
        let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(&self.readers).await?;
        Ok(count(&row, "combien")?.unsigned_abs())
    }

    /// The next rows of that place after that key, but those that keep nothing; empty at the end.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn sealed(&self, place: Place, after: &str, how_many: i64) -> StoreResult<Vec<SealedRow>> {
        let Columns { table, key, sealed, other } = place.columns();
        let sql = format!(
            "SELECT {key} AS cle, {sealed} AS scelle, {other} AS autre FROM {table}
             WHERE {key} > $1 AND {sealed} <> '' ORDER BY {key} LIMIT $2"
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(after).bind(how_many).fetch_all(&self.readers).await?;
        let rows = rows.iter().map(|row| {
            let sealed = text_or_nothing(row, "scelle")?.unwrap_or_default();
            Ok(place.row(text(row, "cle")?, text(row, "autre")?, sealed))
        });
        rows.collect()
    }

    /// Replaces those texts, each as long as it is still what was read: whoever wrote another meanwhile is not written over.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails: then none was replaced.
    pub async fn replace_sealed(&self, place: Place, rows: &[(SealedRow, SealedRow)]) -> StoreResult<()> {
        let Columns { table, key, sealed, other } = place.columns();
        let (set, still) = if place == Place::Nirs {
            (format!(", {other} = $4"), format!(" AND {other} = $5"))
        } else {
            (String::new(), String::new())
        };
        let sql = format!("UPDATE {table} SET {sealed} = $1{set} WHERE {key} = $2 AND {sealed} = $3{still}");
        let mut transaction = self.write().await?;
        for (read, new) in rows {
            let mut request = sqlx::query(AssertSqlSafe(sql.clone()));
            request = request.bind(&new.sealed).bind(&read.key).bind(&read.sealed);
            for digest in [&new.digest, &read.digest].into_iter().flatten() {
                request = request.bind(digest);
            }
            request.execute(&mut *transaction).await?;
        }
        self.complete(transaction).await
    }
}
