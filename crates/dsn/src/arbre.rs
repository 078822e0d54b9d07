//! The tree of blocks, of which a file only writes the leaves: where a rubric hangs, and whether
//! it opens a block anew. Knows the norm, nothing of what values mean.

use crate::code::{Bloc, Code};
use crate::norme::{self, BlocNorme};

/// No block of the norm lies deeper.
const PROFONDEUR: usize = 8;

/// Where a rubric stands after those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the block that is already open.
    Suite,
    /// It opens an occurrence of its block.
    Ouvre,
    /// It belongs under a block that is not open: what it says belongs to nobody.
    Perdue,
    /// The norm has no such rubric.
    Inconnue,
}

/// The blocks open at one moment.
///
/// A block opens anew whenever another came between, or when its numbers no longer increase: the
/// norm writes the rubrics of a block in the order of their numbers.
///
/// ```
/// use dsn::arbre::{Arbre, Place};
/// use dsn::{Bloc, Code};
/// let mut arbre = Arbre::default();
/// let envoi = Bloc::new(10, 0, 0);
/// assert_eq!(arbre.placer(Code::new(envoi, 1)), Place::Ouvre);
/// assert_eq!(arbre.placer(Code::new(envoi, 2)), Place::Suite);
/// assert_eq!(arbre.placer(Code::new(envoi, 1)), Place::Ouvre);
/// assert_eq!(arbre.placer(Code::new(Bloc::new(21, 0, 30), 1)), Place::Perdue);
/// ```
#[derive(Debug, Default)]
pub struct Arbre {
    pile: [Option<Bloc>; PROFONDEUR],
    hauteur: usize,
    courant: Option<&'static BlocNorme>,
    dernier: Option<Code>,
    perdu: bool,
    debut_perdu: bool,
    /// Since a block last opened: those that were lost, and the parents that they lacked.
    manquants: Vec<Bloc>,
}

impl Arbre {
    /// Whether the last rubric is the first of a block without its parent, and no mere consequence
    /// of another that was lost: one missing block takes all that hangs under it along.
    pub const fn vient_de_se_perdre(&self) -> bool {
        self.debut_perdu
    }

    /// Whether a block of that kind is open.
    pub fn est_ouvert(&self, bloc: Bloc) -> bool {
        self.pile[..self.hauteur].contains(&Some(bloc))
    }

    /// Takes the next rubric in.
    pub fn placer(&mut self, code: Code) -> Place {
        let norme = match self.courant {
            Some(norme) if norme.bloc == code.bloc() => norme,
            _ => match norme::bloc(code.bloc()) {
                Some(norme) => norme,
                None => return Place::Inconnue,
            },
        };
        // A rubric that is no longer, or not yet, of the norm opens nothing.
        if !norme.a(code.numero()) {
            return Place::Inconnue;
        }
        let suite = self.dernier.is_some_and(|d| d.bloc() == code.bloc() && d.numero() < code.numero());
        self.dernier = Some(code);
        self.courant = Some(norme);
        self.debut_perdu = false;
        if suite {
            return if self.perdu { Place::Perdue } else { Place::Suite };
        }
        self.perdu = !self.ouvrir(norme);
        if self.perdu {
            self.debut_perdu = self.perdre(norme);
        } else {
            self.manquants.clear();
        }
        if self.perdu { Place::Perdue } else { Place::Ouvre }
    }

    /// Closes what must be closed for the block to hang under its parent.
    fn ouvrir(&mut self, norme: &BlocNorme) -> bool {
        let Some(parent) = norme.parent else {
            self.empiler(0, norme.bloc);
            return true;
        };
        let Some(place) = self.pile[..self.hauteur].iter().rposition(|ouvert| *ouvert == Some(parent)) else {
            return false;
        };
        self.empiler(place + 1, norme.bloc);
        true
    }

    /// Remembers a lost block; whether nothing lost before explains it.
    fn perdre(&mut self, norme: &BlocNorme) -> bool {
        let explique = norme.parent.is_some_and(|parent| self.manquants.contains(&parent));
        for bloc in norme.parent.into_iter().chain([norme.bloc]) {
            if !self.manquants.contains(&bloc) {
                self.manquants.push(bloc);
            }
        }
        !explique
    }

    fn empiler(&mut self, hauteur: usize, bloc: Bloc) {
        if let Some(place) = self.pile.get_mut(hauteur) {
            *place = Some(bloc);
            self.hauteur = hauteur + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(codes: &[&[u8]]) -> Vec<Place> {
        let mut arbre = Arbre::default();
        codes.iter().map(|code| arbre.placer(Code::lire(code).unwrap())).collect()
    }

    #[test]
    fn a_block_repeats_when_its_numbers_start_again() {
        use Place::{Ouvre, Suite};
        let tete: [&[u8]; 2] = [b"S10.G00.00.001", b"S20.G00.05.001"];
        let suite: [&[u8]; 4] = [b"S20.G00.07.001", b"S20.G00.07.004", b"S20.G00.07.002", b"S20.G00.07.002"];
        assert_eq!(places(&[&tete[..], &suite].concat()), [Ouvre, Ouvre, Ouvre, Suite, Ouvre, Ouvre]);
    }

    #[test]
    fn a_rubric_that_the_norm_does_not_have_closes_nothing() {
        use Place::{Inconnue, Ouvre, Suite};
        let codes: [&[u8]; 4] = [b"S10.G00.00.001", b"S10.G00.95.001", b"S10.G00.00.900", b"S10.G00.00.002"];
        assert_eq!(places(&codes), [Ouvre, Inconnue, Inconnue, Suite]);
    }

    #[test]
    fn a_block_without_its_parent_is_lost_and_so_is_what_follows_in_it() {
        use Place::{Ouvre, Perdue};
        let codes: [&[u8]; 5] =
            [b"S10.G00.00.001", b"S20.G00.05.001", b"S21.G00.53.001", b"S21.G00.53.002", b"S21.G00.06.001"];
        assert_eq!(places(&codes), [Ouvre, Ouvre, Perdue, Perdue, Ouvre]);
    }

    #[test]
    fn what_hangs_under_a_lost_block_is_a_consequence() {
        let codes: [(&[u8], bool); 8] = [
            (b"S10.G00.00.001", false),
            (b"S20.G00.05.001", false),
            // No payment: the pays lack it, and the activity lacks the pay.
            (b"S21.G00.51.001", true),
            (b"S21.G00.53.001", false),
            (b"S21.G00.51.001", false),
            (b"S21.G00.52.001", false),
            // Another block is missing here.
            (b"S21.G00.41.001", true),
            (b"S21.G00.06.001", false),
        ];
        let mut arbre = Arbre::default();
        for (code, attendu) in codes {
            arbre.placer(Code::lire(code).unwrap());
            assert_eq!(arbre.vient_de_se_perdre(), attendu, "{}", String::from_utf8_lossy(code));
        }
    }
}
