//! An anchor of the chain: where it was when a day ended, in one line of text, signed when it leaves.

use std::fmt;
use std::str::FromStr;

use domaine::mesures::Day;
use sqlx::AnyConnection;
use vault::{PublicKey, Vault};

use crate::row::text;
use crate::{StoreError, StoreResult};

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

pub(super) fn parsed(text: String) -> StoreResult<(Anchor, String)> {
    let signed: SignedAnchor = text.parse().map_err(|()| StoreError::Corrupt("texte"))?;
    Ok((signed.anchor, text))
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
