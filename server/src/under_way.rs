//! The attempts being judged now, by key. Many at once would slip between a look at what was counted and the count: so
//! each is first given a rank among those under way. Given back when it is dropped, whatever became of it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many are under way, by key.
#[derive(Clone, Default)]
pub struct UnderWay(Arc<Mutex<HashMap<String, i64>>>);

impl UnderWay {
    /// One more under this key.
    pub fn enter(&self, key: String) -> Pass {
        let mut ranks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let rank = ranks.entry(key.clone()).or_default();
        *rank += 1;
        Pass { rank: *rank, under_way: self.clone(), key }
    }
}

/// An attempt under way.
pub struct Pass {
    /// Its rank among those of its key: 1 when it is alone.
    pub rank: i64,
    /// Its key.
    pub key: String,
    under_way: UnderWay,
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut ranks = self.under_way.0.lock().unwrap_or_else(PoisonError::into_inner);
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
    fn an_attempt_under_way_is_given_back_when_it_is_dropped() {
        let under_way = UnderWay::default();
        let first = under_way.enter("a".into());
        let second = under_way.enter("a".into());
        assert_eq!((first.rank, second.rank, under_way.enter("b".into()).rank), (1, 2, 1));
        drop(first);
        assert_eq!(under_way.enter("a".into()).rank, 2);
        drop(second);
        assert!(under_way.0.lock().expect("nobody panicked").is_empty());
    }
}
