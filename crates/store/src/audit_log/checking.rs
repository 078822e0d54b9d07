//! Whether the journal is what this program wrote: each link against the one before it, each line against its link, each
//! anchor against the chain.

use std::collections::HashSet;

use domaine::mesures::Day;
use sqlx::Row as _;
use sqlx::any::AnyRow;
use vault::{Pen, PublicKey, fingerprint};

use super::chain::{COLUMNS, Link, from_row, pen};
use super::{Anchor, Operation, SignedAnchor};
use crate::row::{count, flag, text, text_or_nothing};
use crate::{Store, StoreResult};

/// How many links are read at a time.
const BATCH: i64 = 1_000;

/// What the journal should not show. Ranks are those of the chain; moments are milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalFault {
    /// A line is no more what was written.
    Changed(i64, i64),
    /// A line is gone, and no purge says so.
    Removed(i64, i64),
    /// A line is not this program's.
    Foreign(i64, i64),
    /// A link is not this program's, or was changed.
    BrokenLink(i64),
    /// Links are missing before this one, or were put in another order.
    Gap(i64),
    /// The anchor of this number is not signed by this service, does not say what the chain says, or does not follow the one
    /// before.
    WrongAnchor(i64),
    /// The chain ends before this rank, where the last anchor saw it.
    Shortened(i64),
}

/// What was seen of the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many lines are what was written.
    pub sound: u64,
    /// Of those, how many were written before lines were sealed: what happened to them before is not known.
    pub from_before: u64,
    /// How many went with their days, once old, and the last of these days.
    pub purged: Option<(i64, Day)>,
    /// How many days left an anchor.
    pub anchors: u64,
    /// What is wrong.
    pub faults: Vec<JournalFault>,
}

/// What is known so far of a chain that is being followed.
struct Walk<'a> {
    pen: &'a Pen,
    seen: Checked,
    anchors: &'a [Anchor],
    rank: i64,
    previous: String,
    /// What the lines of purges say, and the anchor where the chain begins if it is not at its first line.
    said: HashSet<String>,
    begins_after: Option<Anchor>,
}

impl Store {
    /// Chains what is not yet, then looks through the whole chain and its anchors.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn check_journal(&self, keys: &[PublicKey]) -> StoreResult<Checked> {
        let seen = self.look_through(keys).await?;
        // A day may have gone while it was being read, which happens once a day.
        if seen.faults.is_empty() { Ok(seen) } else { self.look_through(keys).await }
    }

    async fn look_through(&self, keys: &[PublicKey]) -> StoreResult<Checked> {
        self.chain_journal(i64::MIN).await?;
        let mut seen = Checked::default();
        let anchors = self.sound_anchors(keys, &mut seen).await?;
        let mut walk = Walk {
            pen: pen()?,
            seen,
            anchors: &anchors,
            rank: 0,
            previous: String::new(),
            said: HashSet::new(),
            begins_after: None,
        };
        let sql = format!(
            "SELECT {COLUMNS}, m.rang, m.ligne, m.quand AS ecrite_le, m.empreinte, m.repris, m.precedent, m.lien
             FROM maillons m LEFT JOIN journal j ON j.id = m.ligne WHERE m.rang > $1 ORDER BY m.rang LIMIT $2"
        );
        loop {
            let batch = sqlx::query(sqlx::AssertSqlSafe(sql.as_str())).bind(walk.rank).bind(BATCH);
            let batch = batch.fetch_all(&self.readers).await?;
            for row in &batch {
                walk.follow(row)?;
            }
            if batch.is_empty() {
                return Ok(walk.end());
            }
        }
    }

    /// The anchors that are signed and follow one another, in order.
    async fn sound_anchors(&self, keys: &[PublicKey], seen: &mut Checked) -> StoreResult<Vec<Anchor>> {
        let rows = sqlx::query("SELECT numero, jour, rang, texte FROM ancres ORDER BY numero");
        let (mut sound, mut number, mut previous) = (Vec::new(), 0, String::new());
        for row in rows.fetch_all(&self.readers).await? {
            let (at, text_of_it) = (count(&row, "numero")?, text(&row, "texte")?);
            let columns = (at, text(&row, "jour")?, count(&row, "rang")?);
            let follows = at == number + 1;
            (number, seen.anchors) = (at, seen.anchors + 1);
            match text_of_it.parse::<SignedAnchor>() {
                Ok(signed) if !signed.is_genuine(keys) => seen.faults.push(JournalFault::WrongAnchor(at)),
                Ok(SignedAnchor { anchor, .. })
                    if follows
                        && anchor.previous == previous
                        && (anchor.number, anchor.day.to_string(), anchor.rank) == columns =>
                {
                    sound.push(anchor);
                }
                _ => seen.faults.push(JournalFault::WrongAnchor(at)),
            }
            previous = fingerprint(&text_of_it);
        }
        Ok(sound)
    }
}

impl Walk<'_> {
    fn follow(&mut self, row: &AnyRow) -> StoreResult<()> {
        let link = Link {
            rank: count(row, "rang")?,
            line: text(row, "ligne")?,
            when: count(row, "ecrite_le")?,
            digest: text(row, "empreinte")?,
            from_before: flag(row, "repris")?,
            previous: text(row, "precedent")?,
        };
        let lien = text(row, "lien")?;
        let follows = link.rank == self.rank + 1 && link.previous == self.previous;
        if lien != link.mark(self.pen) {
            self.fault(JournalFault::BrokenLink(link.rank));
        } else if self.rank == 0 && !follows {
            self.begins_after =
                self.anchors.iter().rfind(|a| a.rank == link.rank - 1 && a.link == link.previous).cloned();
            if self.begins_after.is_none() {
                self.fault(JournalFault::Gap(link.rank));
            }
        } else if !follows {
            self.fault(JournalFault::Gap(link.rank));
        }
        for anchor in self.anchors.iter().filter(|anchor| anchor.rank == link.rank && anchor.link != lien) {
            self.seen.faults.push(JournalFault::WrongAnchor(anchor.number));
        }
        (self.rank, self.previous) = (link.rank, lien);
        if row.try_get::<Option<String>, _>("id")?.is_none() {
            self.fault(JournalFault::Removed(link.rank, link.when));
            return Ok(());
        }
        let line = from_row(row, self.pen)?;
        if line.digest != link.digest {
            self.fault(JournalFault::Changed(link.rank, link.when));
        } else if !line.genuine && !link.from_before {
            self.fault(JournalFault::Foreign(link.rank, link.when));
        } else {
            self.seen.sound += 1;
            self.seen.from_before += u64::from(link.from_before);
            if line.genuine && text(row, "quoi")? == Operation::JournalPurged.code() {
                self.said.extend(text_or_nothing(row, "raison")?);
            }
        }
        Ok(())
    }

    fn fault(&mut self, fault: JournalFault) {
        self.seen.faults.push(fault);
    }

    fn end(mut self) -> Checked {
        if let Some(anchor) = self.begins_after.take() {
            if self.said.contains(&anchor.erased()) {
                self.seen.purged = Some((anchor.rank, anchor.day));
            } else {
                self.fault(JournalFault::Gap(anchor.rank + 1));
            }
        }
        // The purge writes a line, so that nothing is ever left after an anchor but where nothing ever was.
        if let Some(anchor) = self.anchors.last().filter(|anchor| anchor.rank > self.rank) {
            self.seen.faults.push(JournalFault::Shortened(anchor.rank));
        }
        self.seen
    }
}
