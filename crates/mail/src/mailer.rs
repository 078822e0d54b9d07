//! Takes letters out of the outbox and gives them to whoever delivers them, several servers at once if need be.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use rounds::Rounds;
use store::{LetterOutcome, Store, StoreResult, WaitingLetter};
use vault::Vault;

use crate::delivery::{CONVERSATION, Delivery, Failure};
use crate::writer::unseal;

/// How often the outbox is looked at: somebody waits for what they were told was written.
const PACE: Duration = Duration::from_secs(1);
/// Letters under way at once.
const AT_ONCE: usize = 4;
/// Letters looked at in one round.
const ROUND: i64 = 100;
/// How long a letter is its taker's: the longest conversation, and as much again. A server that dies meanwhile leaves it
/// to the others then; if it died between the two words « accepted » and « noted », it leaves twice, under one number.
const TAKEN: i64 = 2 * 1_000 * CONVERSATION.as_secs().cast_signed();

/// How long to wait after so many tries, in milliseconds: a mail server that restarts is back in a minute, one that asks
/// to come later (greylisting) in some, one that is broken in hours.
pub const fn delay_after(attempts: u32) -> i64 {
    let minutes = match attempts {
        0 | 1 => 1,
        2 => 5,
        3 => 15,
        4 => 60,
        _ => 240,
    };
    minutes * 60_000
}

/// Sends what waits.
pub struct Mailer {
    store: Store,
    vault: Arc<Vault>,
    delivery: Delivery,
}

impl Mailer {
    /// Sends what waits in this store.
    pub fn new(store: Store, vault: Arc<Vault>, delivery: Delivery) -> Self {
        Self { store, vault, delivery }
    }

    /// Sends what waits, by this clock, until `stop` is ready; what is under way then is finished.
    pub async fn run(&self, now: impl Fn() -> i64, stop: impl Future<Output = ()>) {
        let rounds = Rounds { pace: PACE, bell: None };
        let tell = |error| tracing::warn!(panne = %error, "the outbox cannot be read or written; letters wait");
        rounds.until(stop, || self.send_due(&now), tell).await;
    }

    /// Sends what can be sent now: several mailboxes at once, and the letters of one mailbox in the order in which they were
    /// posted, since the last code is the one that serves.
    ///
    /// # Errors
    /// [`store::StoreError`] when the database fails: what was not noted is tried again.
    pub async fn send_due(&self, now: impl Fn() -> i64) -> StoreResult<()> {
        let mut mailboxes: Vec<Vec<WaitingLetter>> = Vec::new();
        for letter in self.store.due_letters(now(), ROUND).await? {
            match mailboxes.iter_mut().find(|mailbox| mailbox.iter().any(|other| other.recipient == letter.recipient)) {
                Some(mailbox) => mailbox.push(letter),
                None => mailboxes.push(vec![letter]),
            }
        }
        let now = &now;
        let tries = mailboxes.into_iter().map(|mailbox| self.send_to_one(mailbox, now));
        let results: Vec<_> = futures_util::stream::iter(tries).buffer_unordered(AT_ONCE).collect().await;
        results.into_iter().collect()
    }

    async fn send_to_one(&self, mailbox: Vec<WaitingLetter>, now: &impl Fn() -> i64) -> StoreResult<()> {
        for letter in mailbox {
            // Another server has this one under way: what follows it waits for the next round, so as not to overtake it.
            if !self.attempt(&letter, now).await? {
                break;
            }
        }
        Ok(())
    }

    /// `false` when another server took it first.
    async fn attempt(&self, letter: &WaitingLetter, now: &impl Fn() -> i64) -> StoreResult<bool> {
        let taken = now();
        if !self.store.take_letter(&letter.id, taken, taken.saturating_add(TAKEN)).await? {
            return Ok(false);
        }
        let outcome = if letter.useful_until <= taken {
            tracing::warn!(
                courrier = letter.id,
                occasion = letter.occasion,
                "a letter is too late to be of use: given up"
            );
            LetterOutcome::GivenUp
        } else {
            self.deliver(letter, now).await
        };
        self.store.letter_became(&letter.id, outcome, now()).await?;
        Ok(true)
    }

    async fn deliver(&self, letter: &WaitingLetter, now: &impl Fn() -> i64) -> LetterOutcome {
        let (number, occasion) = (letter.id.as_str(), letter.occasion.as_str());
        let Ok(unsealed) = unseal(&self.vault, number, &letter.sealed) else {
            tracing::error!(
                courrier = number,
                occasion,
                "a letter cannot be opened under the key of this server: given up"
            );
            return LetterOutcome::GivenUp;
        };
        let Delivery::Smtp(smtp) = &self.delivery else { return LetterOutcome::Kept };
        match smtp.send(number, &unsealed).await {
            Ok(()) => {
                tracing::info!(courrier = number, occasion, "a letter has left");
                LetterOutcome::Sent
            }
            Err(Failure::Refused) => {
                tracing::warn!(courrier = number, occasion, "the mailbox of a letter does not take it: given up");
                LetterOutcome::GivenUp
            }
            Err(Failure::NotNow(code)) => {
                let again = now().saturating_add(delay_after(letter.attempts + 1));
                tracing::warn!(
                    courrier = number,
                    occasion,
                    ?code,
                    "the mail server did not take a letter; it will be tried again"
                );
                LetterOutcome::Later(again)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_waits_longer_and_longer() {
        let delays: Vec<i64> = (1..8).map(delay_after).collect();
        assert!(delays.is_sorted() && delays[0] == 60_000, "{delays:?}");
    }
}
