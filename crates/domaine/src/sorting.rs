//! Putting a short list in order. The sort of the standard library is made for long ones: each of its copies, one for a
//! kind of list, weighs as much as a screen of the page.

use std::mem;

/// Sorts by this key; what has the same key stays in the order in which it was given.
///
/// A life is told in a few lists, each nearly in order: what is in order already is merged with what follows it.
pub(crate) fn sort_by_key<T: Copy, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    let in_order = |items: &[T]| {
        let last = items.windows(2).position(|pair| key(&pair[0]) > key(&pair[1]));
        last.map_or(items.len(), |last| last + 1)
    };
    let mut merged = Vec::new();
    while in_order(items) < items.len() {
        merged.reserve(items.len());
        let mut rest = items.as_slice();
        while !rest.is_empty() {
            let (mut one, after) = rest.split_at(in_order(rest));
            let (mut other, after) = after.split_at(in_order(after));
            while let (Some((a, after_a)), Some((b, after_b))) = (one.split_first(), other.split_first()) {
                if key(a) <= key(b) {
                    merged.push(*a);
                    one = after_a;
                } else {
                    merged.push(*b);
                    other = after_b;
                }
            }
            merged.extend_from_slice(one);
            merged.extend_from_slice(other);
            rest = after;
        }
        mem::swap(items, &mut merged);
        merged.clear();
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_stable_sort_of_the_standard_library(items: Vec<(u8, u32)>) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |(key, _)| key % 16);
            theirs.sort_by_key(|(key, _)| key % 16);
            prop_assert_eq!(ours, theirs);
        }
    }
}
