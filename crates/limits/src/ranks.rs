//! What is under way now, by key: each has a rank among those of its key, given back when it is dropped, whatever became
//! of it. Many at once would slip between a look at what was counted and the count.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many are under way, by key.
#[derive(Clone, Default)]
pub struct Ranks(Arc<Mutex<HashMap<String, i64>>>);

impl Ranks {
    /// One more under this key.
    pub fn enter(&self, key: String) -> Rank {
        let mut ranks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let rank = ranks.entry(key.clone()).or_default();
        *rank += 1;
        Rank { rank: *rank, all: self.clone(), key }
    }
}

/// One of those under way.
pub struct Rank {
    /// Its rank among those of its key: 1 when it is alone.
    pub rank: i64,
    /// Its key.
    pub key: String,
    all: Ranks,
}

impl Drop for Rank {
    fn drop(&mut self) {
        let mut ranks = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        match ranks.get_mut(&self.key) {
            Some(rank) if *rank > 1 => *rank -= 1,
            _ => drop(ranks.remove(&self.key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_is_given_back_when_it_is_dropped() {
        let ranks = Ranks::default();
        let first = ranks.enter("a".into());
        let second = ranks.enter("a".into());
        assert_eq!((first.rank, second.rank, ranks.enter("b".into()).rank), (1, 2, 1));
        drop(first);
        assert_eq!(ranks.enter("a".into()).rank, 2);
        drop(second);
        assert!(ranks.0.lock().expect("nobody panicked").is_empty());
    }
}
