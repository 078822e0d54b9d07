//! What is typed behind the thirteen characters. Whether it agrees with them is for [`super::Nir`] to say.

use super::characters::{confused, significant};

/// What follows the thirteen characters: the key, or too much. Three characters are enough to know.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) digits: [char; 2],
    pub(super) length: u8,
}

impl Step {
    pub(super) fn of(text: &str) -> Self {
        let mut tail = Self::default();
        significant(text).for_each(|c| tail.add(c));
        tail
    }

    pub(super) fn add(&mut self, c: char) {
        if let Some(place) = self.digits.get_mut(usize::from(self.length)) {
            *place = confused(c);
        }
        self.length = (self.length + 1).min(3);
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.length == 0
    }
}
