//! The seal of a line, which is written with it, and the chain of lines, which is made soon after, apart from what people
//! wait for. Judges nothing.

use std::ops::Range;
use std::sync::OnceLock;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use vault::Pen;

use super::anchor;
use crate::row::{count, text, text_or_nothing};
use crate::{Engine, Store, StoreError, StoreResult};

/// The step from which lines are sealed.
pub(crate) const CHAINED: i64 = 59;

/// How many lines are chained in one transaction.
const AT_ONCE: i64 = 1_000;

/// What this program marks with: one program has one key, and every function that writes adds lines.
static PEN: OnceLock<Pen> = OnceLock::new();

/// Seals lines from now on.
pub(crate) fn hold_pen(pen: Pen) {
    PEN.get_or_init(|| pen);
}

/// A part that may be missing, told from one that is empty.
fn part(word: Option<&str>) -> Vec<u8> {
    word.map_or_else(Vec::new, |word| [b"+", word.as_bytes()].concat())
}

fn mark(pen: &Pen, usage: &str, parts: &[Vec<u8>]) -> String {
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    pen.mark(usage, &parts)
}

fn parts(id: &str, when: i64, words: [Option<&str>; 6]) -> Vec<Vec<u8>> {
    let start = [id.as_bytes().to_vec(), when.to_be_bytes().to_vec()];
    start.into_iter().chain(words.map(part)).collect()
}

/// What is written beside a line; nothing while the key is not at hand.
pub(super) fn seal(id: &str, when: i64, words: [Option<&str>; 6]) -> Option<String> {
    PEN.get().map(|pen| mark(pen, "sceau d'une ligne", &parts(id, when, words)))
}

/// A line as it is marked.
pub(super) struct Sealed {
    pub(super) id: String,
    pub(super) when: i64,
    /// Whether its seal is that of this program.
    pub(super) genuine: bool,
    /// The hash of all that it says, its seal included.
    pub(super) digest: String,
}

/// The columns of a line that are marked.
pub(super) const COLUMNS: &str = "j.id, j.quand, j.qui, j.quoi, j.agent, j.compte, j.raison, j.origine, j.sceau";

pub(super) fn from_row(row: &AnyRow, pen: &Pen) -> StoreResult<Sealed> {
    let (id, when, kept) = (text(row, "id")?, count(row, "quand")?, text_or_nothing(row, "sceau")?);
    let mut words = [const { None }; 6];
    for (word, column) in words.iter_mut().zip(["qui", "quoi", "agent", "compte", "raison", "origine"]) {
        *word = text_or_nothing(row, column)?;
    }
    let mut parts = parts(&id, when, words.each_ref().map(Option::as_deref));
    let genuine = kept.as_deref() == Some(mark(pen, "sceau d'une ligne", &parts).as_str());
    parts.push(part(kept.as_deref()));
    Ok(Sealed { digest: mark(pen, "ligne", &parts), genuine, id, when })
}

/// A link, which tells its own content from any other.
pub(super) struct Link {
    pub(super) rank: i64,
    pub(super) line: String,
    pub(super) when: i64,
    pub(super) digest: String,
    pub(super) from_before: bool,
    pub(super) previous: String,
}

impl Link {
    pub(super) fn mark(&self, pen: &Pen) -> String {
        mark(
            pen,
            "maillon",
            &[
                self.rank.to_be_bytes().to_vec(),
                self.line.as_bytes().to_vec(),
                self.when.to_be_bytes().to_vec(),
                self.digest.as_bytes().to_vec(),
                vec![u8::from(self.from_before)],
                self.previous.as_bytes().to_vec(),
            ],
        )
    }
}

/// Two servers make one chain: the second waits for the end of the first one's transaction.
pub(super) async fn lock(connexion: &mut AnyConnection, engine: Engine) -> StoreResult<()> {
    if engine == Engine::Postgres {
        sqlx::query("LOCK TABLE maillons IN SHARE ROW EXCLUSIVE MODE").execute(connexion).await?;
    }
    Ok(())
}

/// The last rank, and its link: those of the last anchor when all that comes before went.
pub(super) async fn end(connexion: &mut AnyConnection) -> StoreResult<(i64, String)> {
    let last = sqlx::query("SELECT rang, lien FROM maillons ORDER BY rang DESC LIMIT 1");
    if let Some(row) = last.fetch_optional(&mut *connexion).await? {
        return Ok((count(&row, "rang")?, text(&row, "lien")?));
    }
    let anchor = anchor::last(connexion).await?;
    Ok(anchor.map_or_else(Default::default, |(anchor, _)| (anchor.rank, anchor.link)))
}

/// Chains the lines of that time that are not yet, as many as one transaction takes, which has locked the chain. Gives how
/// many.
pub(super) async fn chain(
    connexion: &mut AnyConnection,
    pen: &Pen,
    written: Range<i64>,
    from_before: bool,
) -> StoreResult<usize> {
    let waiting = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM journal j LEFT JOIN maillons m ON m.ligne = j.id
         WHERE m.ligne IS NULL AND j.quand >= $1 AND j.quand < $2 ORDER BY j.quand, j.id LIMIT $3"
    )));
    let waiting = waiting.bind(written.start).bind(written.end).bind(AT_ONCE).fetch_all(&mut *connexion).await?;
    let (mut rank, mut previous) = end(connexion).await?;
    for row in &waiting {
        let line = from_row(row, pen)?;
        rank += 1;
        let link = Link { rank, line: line.id, when: line.when, digest: line.digest, from_before, previous };
        previous = link.mark(pen);
        sqlx::query(
            "INSERT INTO maillons (rang, ligne, quand, empreinte, repris, precedent, lien)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(rank)
        .bind(link.line)
        .bind(link.when)
        .bind(link.digest)
        .bind(i64::from(from_before))
        .bind(link.previous)
        .bind(&previous)
        .execute(&mut *connexion)
        .await?;
    }
    Ok(waiting.len())
}

/// Chains what was written before lines were sealed, in the transaction that brings the tables up to date.
pub(crate) async fn take_over(connexion: &mut AnyConnection, engine: Engine, pen: &Pen) -> StoreResult<()> {
    lock(connexion, engine).await?;
    while chain(connexion, pen, i64::MIN..i64::MAX, true).await? > 0 {}
    Ok(())
}

pub(super) fn pen() -> StoreResult<&'static Pen> {
    PEN.get().ok_or(StoreError::Corrupt("the key of the journal is not at hand"))
}

impl Store {
    /// Chains the lines written since that time that are not chained yet.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn chain_journal(&self, since: i64) -> StoreResult<()> {
        let pen = pen()?;
        loop {
            let waiting = sqlx::query(
                "SELECT j.id FROM journal j LEFT JOIN maillons m ON m.ligne = j.id
                 WHERE m.ligne IS NULL AND j.quand >= $1 LIMIT 1",
            );
            // Nobody is made to wait for nothing.
            if waiting.bind(since).fetch_optional(&self.readers).await?.is_none() {
                return Ok(());
            }
            let mut transaction = self.write().await?;
            lock(&mut transaction, self.engine).await?;
            chain(&mut transaction, pen, since..i64::MAX, false).await?;
            // Nothing that a session says has changed.
            transaction.commit().await?;
        }
    }
}
