//! Putting a short list in order. The sort of the standard library is made for long ones: each of its copies, one for a
//! kind of list, weighs as much as a screen of the page.

/// Sorts by this key; what has the same key stays in the order in which it was given.
///
/// What comes after the others is looked at once, which is nearly everything in a life told year after year; the rest finds
/// its place by halves.
pub(crate) fn sort_by_key<T: Copy, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..items.len() {
        let (sorted, rest) = items.split_at(end);
        let (Some(last), Some(item)) = (sorted.last(), rest.first().copied()) else { return };
        let its_key = key(&item);
        if key(last) > its_key {
            let place = sorted.partition_point(|other| key(other) <= its_key);
            items.copy_within(place..end, place + 1);
            items[place] = item;
        }
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
