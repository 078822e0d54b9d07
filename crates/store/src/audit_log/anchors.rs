//! The anchors of the chain: where it was when each day ended, in one line of text; and what goes up to an anchor, once old.

use std::fmt;
use std::str::FromStr;

use domaine::mesures::Day;
use sqlx::AnyConnection;
use vault::{PublicKey, Vault, fingerprint};

use super::chain::{self, lock};
use super::{NewLine, Operation, SERVICE, add};
use crate::outbox::{self, NewLetter};
use crate::row::{count, number_or_none, text};
use crate::{Store, StoreError, StoreResult};

/// Where the chain was when a day ended. Written as one line: a word, then these in this order, between single blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The first is number 1.
    pub number: i64,
    /// The day that ended.
    pub day: Day,
    /// The rank of the last link of that day.
    pub rank: i64,
    /// How many lines since the anchor before.
    pub lines: i64,
    /// The last link of that day; nothing before the first line.
    pub link: String,
    /// The hash (SHA-256) of the text of the anchor before; nothing before the first.
    pub previous: String,
}

/// An anchor as it leaves the database: its text, the name of the key that signed that text, and the signature, between single
/// blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedAnchor {
    /// What was signed.
    pub anchor: Anchor,
    /// The name of the key ([`PublicKey::id`]).
    pub key: String,
    /// The signature, in base64.
    pub signature: String,
}

/// What becomes of an anchor in the transaction that leaves it: its text, signed, and who is written to.
pub struct LeavingAnchor {
    /// The anchor.
    pub signed: SignedAnchor,
    /// The letter that takes it away.
    pub letter: Option<NewLetter>,
}

impl SignedAnchor {
    /// That anchor, signed with the newest key.
    pub fn of(anchor: Anchor, vault: &Vault) -> Self {
        let signature = vault.sign(anchor.to_string().as_bytes());
        Self { anchor, key: signature.key.id(), signature: signature.to_text() }
    }

    /// Whether one of these keys signed it.
    pub fn is_genuine(&self, keys: &[PublicKey]) -> bool {
        let message = self.anchor.to_string();
        let key = keys.iter().find(|key| key.id() == self.key);
        key.is_some_and(|key| key.verifies_text(message.as_bytes(), &self.signature))
    }
}

impl fmt::Display for SignedAnchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.anchor, self.key, self.signature)
    }
}

impl FromStr for SignedAnchor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.rsplitn(3, ' ');
        let (Some(signature), Some(key), Some(anchor)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(());
        };
        Ok(Self { anchor: anchor.parse()?, key: key.to_owned(), signature: signature.to_owned() })
    }
}

/// What each begins with.
const WORD: &str = "acquis-ancre";
/// What stands for nothing.
const NOTHING: &str = "-";

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, day, rank, lines, link, previous } = self;
        let [link, previous] = [link, previous].map(|hash| if hash.is_empty() { NOTHING } else { hash });
        write!(f, "{WORD} {number} {day} {rank} {lines} {link} {previous}")
    }
}

impl FromStr for Anchor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let parts: Vec<&str> = text.split(' ').collect();
        let [WORD, number, day, rank, lines, link, previous] = *parts else { return Err(()) };
        let figure = |figure: &str| figure.parse::<i64>().map_err(drop);
        let hash = |hash: &str| if hash == NOTHING { String::new() } else { hash.to_owned() };
        let read = Self {
            number: figure(number)?,
            day: day.parse().map_err(drop)?,
            rank: figure(rank)?,
            lines: figure(lines)?,
            link: hash(link),
            previous: hash(previous),
        };
        // One text for each, and no other.
        if read.to_string() == text { Ok(read) } else { Err(()) }
    }
}

impl Anchor {
    /// What the line of the journal says that tells that everything up to it was erased.
    pub(super) fn erased(&self) -> String {
        let day = self.day;
        format!("lignes 1 à {}, jusqu'au {:02}/{:02}/{}", self.rank, day.day(), day.month(), day.year())
    }
}

/// The last anchor, with its text.
pub(super) async fn last(connexion: &mut AnyConnection) -> StoreResult<Option<(Anchor, String)>> {
    let row = sqlx::query("SELECT texte FROM ancres ORDER BY numero DESC LIMIT 1");
    row.fetch_optional(connexion).await?.map(|row| text(&row, "texte")).transpose()?.map(parsed).transpose()
}

fn parsed(text: String) -> StoreResult<(Anchor, String)> {
    let signed: SignedAnchor = text.parse().map_err(|()| StoreError::Corrupt("texte"))?;
    Ok((signed.anchor, text))
}

impl Store {
    /// Chains what was written before that moment, when that day ended, and leaves its anchor as `leave` makes it; `false` when it
    /// has one.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nobody is written to.
    pub async fn anchor_journal(
        &self,
        (day, ended): (Day, i64),
        leave: impl Fn(Anchor) -> LeavingAnchor,
        now: i64,
    ) -> StoreResult<bool> {
        let known = "SELECT numero FROM ancres WHERE jour = $1";
        if sqlx::query(known).bind(day.to_string()).fetch_optional(&self.readers).await?.is_some() {
            return Ok(false);
        }
        let pen = chain::pen()?;
        let mut transaction = self.write().await?;
        lock(&mut transaction, self.engine).await?;
        if sqlx::query(known).bind(day.to_string()).fetch_optional(&mut *transaction).await?.is_some() {
            // Another server was first.
            transaction.rollback().await?;
            return Ok(false);
        }
        while chain::chain(&mut transaction, pen, i64::MIN..ended, false).await? > 0 {}
        let (rank, link) = chain::end(&mut transaction).await?;
        let before = last(&mut transaction).await?;
        let anchor = Anchor {
            number: before.as_ref().map_or(0, |(anchor, _)| anchor.number) + 1,
            day,
            rank,
            lines: rank - before.as_ref().map_or(0, |(anchor, _)| anchor.rank),
            link,
            previous: before.map_or_else(String::new, |(_, text)| fingerprint(&text)),
        };
        let number = anchor.number;
        let LeavingAnchor { signed, letter } = leave(anchor);
        sqlx::query("INSERT INTO ancres (numero, jour, rang, texte) VALUES ($1, $2, $3, $4)")
            .bind(number)
            .bind(day.to_string())
            .bind(rank)
            .bind(signed.to_string())
            .execute(&mut *transaction)
            .await?;
        if let Some(letter) = letter {
            outbox::post(&mut transaction, &letter, now).await?;
        }
        // Nothing that a session says has changed.
        transaction.commit().await?;
        Ok(true)
    }

    /// The texts of all anchors, the first one first.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn anchors(&self) -> StoreResult<Vec<String>> {
        let rows = sqlx::query("SELECT texte FROM ancres ORDER BY numero").fetch_all(&self.readers).await?;
        rows.iter().map(|row| text(row, "texte")).collect()
    }

    /// Erases the days of the journal that ended before that time, a year before now at least: their lines and links go, up to
    /// an anchor, which stays, and a line says so. A day of which one line is younger stays whole.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or that time is not a year old.
    pub async fn purge_journal(&self, before: i64, now: i64) -> StoreResult<()> {
        let mut transaction = self.write().await?;
        let young = sqlx::query("SELECT rang FROM maillons WHERE quand >= $1 ORDER BY rang LIMIT 1").bind(before);
        let young = young.fetch_optional(&mut *transaction).await?.map(|row| count(&row, "rang")).transpose()?;
        let row = sqlx::query("SELECT MIN(rang) AS premier FROM maillons").fetch_one(&mut *transaction).await?;
        let first = number_or_none(&row, "premier")?.unwrap_or(i64::MAX);
        let anchor =
            sqlx::query("SELECT texte FROM ancres WHERE rang >= $1 AND rang < $2 ORDER BY numero DESC LIMIT 1")
                .bind(first)
                .bind(young.unwrap_or(i64::MAX))
                .fetch_optional(&mut *transaction)
                .await?;
        let Some(anchor) = anchor else {
            transaction.rollback().await?;
            return Ok(());
        };
        let (anchor, _) = parsed(text(&anchor, "texte")?)?;
        let reason = anchor.erased();
        let line = NewLine { who: SERVICE, operator: None, account: None, reason: Some(&reason), origin: None };
        // It is also the one that what goes is a year older than, where nothing happened since.
        add(&mut transaction, now, &line, Operation::JournalPurged).await?;
        for erase in [
            "DELETE FROM journal WHERE id IN (SELECT ligne FROM maillons WHERE rang <= $1)",
            "DELETE FROM maillons WHERE rang <= $1",
        ] {
            sqlx::query(erase).bind(anchor.rank).execute(&mut *transaction).await?;
        }
        // Nothing that a session says has changed.
        Ok(transaction.commit().await?)
    }
}

#[cfg(test)]
mod tests {
    use vault::Ring;

    use super::*;

    #[test]
    fn a_signed_anchor_is_known_by_the_key_that_signed_it_and_by_no_other() {
        let [ours, theirs] = [1, 2].map(|byte| Vault::of(Ring::new([byte; 32])));
        let anchor = "acquis-ancre 2 2026-11-28 17 17 ab cd".parse().expect("an anchor");
        let signed = SignedAnchor::of(anchor, &ours);
        let keys = |vault: &Vault| vault.public_keys().into_iter().map(|(_, key)| key).collect::<Vec<_>>();
        assert!(signed.is_genuine(&keys(&ours)) && !signed.is_genuine(&keys(&theirs)));
        let text = signed.to_string();
        assert_eq!(text.parse(), Ok(signed.clone()));
        for (from, to) in
            [(" 17 17 ", " 16 16 "), ("2026-11-28", "2026-11-27"), (" ab ", " aa "), (&*signed.key, "autre")]
        {
            let changed = text.replacen(from, to, 1).parse::<SignedAnchor>().expect("an anchor");
            assert!(!changed.is_genuine(&keys(&ours)), "{from}");
        }
        // Signed anew by somebody who has another key.
        assert!(!SignedAnchor::of(signed.anchor, &theirs).is_genuine(&keys(&ours)));
        assert_eq!("acquis-ancre 2 2026-11-28 17 17 ab cd".parse::<SignedAnchor>(), Err(()));
    }

    #[test]
    fn an_anchor_is_read_from_its_text_and_from_no_other() {
        let first = Anchor {
            number: 1,
            day: Day::date(2026, 11, 28),
            rank: 0,
            lines: 0,
            link: String::new(),
            previous: String::new(),
        };
        assert_eq!(first.to_string(), "acquis-ancre 1 2026-11-28 0 0 - -");
        let second = Anchor { number: 2, rank: 17, lines: 17, link: "ab".into(), previous: "cd".into(), ..first };
        let text = second.to_string();
        assert_eq!((text.as_str(), text.parse()), ("acquis-ancre 2 2026-11-28 17 17 ab cd", Ok(second)));
        for other in [
            "acquis-ancre 2 2026-11-28 17 17 ab",
            "acquis-ancre 2 2026-11-28 17 17 ab cd ",
            "acquis-ancre +2 2026-11-28 17 17 ab cd",
            "acquis-ancre 2 2026-11-31 17 17 ab cd",
            "ancre 2 2026-11-28 17 17 ab cd",
        ] {
            assert_eq!(other.parse::<Anchor>(), Err(()), "{other}");
        }
    }
}
