//! What is typed behind the thirteen characters. Whether it agrees with them is for [`super::Nir`] to say.

use super::characters::{confondu, significatifs};

/// What follows the thirteen characters: the key, or too much. Three characters are enough to know.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Suite {
    pub(super) chiffres: [char; 2],
    pub(super) longueur: u8,
}

impl Suite {
    pub(super) fn de(texte: &str) -> Self {
        let mut suite = Self::default();
        significatifs(texte).for_each(|c| suite.ajouter(c));
        suite
    }

    pub(super) fn ajouter(&mut self, c: char) {
        if let Some(place) = self.chiffres.get_mut(usize::from(self.longueur)) {
            *place = confondu(c);
        }
        self.longueur = (self.longueur + 1).min(3);
    }

    pub(super) const fn est_vide(&self) -> bool {
        self.longueur == 0
    }
}
