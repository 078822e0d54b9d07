//! The tree of blocks, of which a file only writes the leaves: where a rubric hangs, and whether
//! it opens a block anew. Knows the norm, nothing of what values mean.

use crate::code::{Block, Code};
use crate::norme::{self, NormBlock};

/// No block of the norm lies deeper.
const DEPTH: usize = 8;

/// Where a rubric stands after those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the block that is already open.
    Continues,
    /// It opens an occurrence of its block.
    Opens,
    /// It belongs under a block that is not open: what it says belongs to nobody.
    Lost,
    /// The norm has no such rubric.
    Unknown,
}

/// The blocks open at one moment.
///
/// A block opens anew whenever another came between, or when its numbers no longer increase: the
/// norm writes the rubrics of a block in the order of their numbers.
///
/// ```
/// use dsn::tree::{Tree, Place};
/// use dsn::{Block, Code};
/// let mut tree = Tree::default();
/// let envelope = Block::new(10, 0, 0);
/// assert_eq!(tree.placer(Code::new(envelope, 1)), Place::Opens);
/// assert_eq!(tree.placer(Code::new(envelope, 2)), Place::Continues);
/// assert_eq!(tree.placer(Code::new(envelope, 1)), Place::Opens);
/// assert_eq!(tree.placer(Code::new(Block::new(21, 0, 30), 1)), Place::Lost);
/// ```
#[derive(Debug, Default)]
pub struct Tree {
    stack: [Option<Block>; DEPTH],
    height: usize,
    current: Option<&'static NormBlock>,
    last: Option<Code>,
    lost: bool,
    lost_start: bool,
    /// Since a block last opened: those that were lost, and the parents that they lacked.
    missing: Vec<Block>,
}

impl Tree {
    /// Whether the last rubric is the first of a block without its parent, and no mere consequence
    /// of another that was lost: one missing block takes all that hangs under it along.
    pub const fn was_just_lost(&self) -> bool {
        self.lost_start
    }

    /// Whether a block of that kind is open.
    pub fn is_open(&self, block: Block) -> bool {
        self.stack[..self.height].contains(&Some(block))
    }

    /// Takes the next rubric in.
    pub fn placer(&mut self, code: Code) -> Place {
        let norme = match self.current {
            Some(norme) if norme.block == code.block() => norme,
            _ => match norme::block(code.block()) {
                Some(norme) => norme,
                None => return Place::Unknown,
            },
        };
        // A rubric that is no longer, or not yet, of the norm opens nothing.
        if !norme.a(code.number()) {
            return Place::Unknown;
        }
        let tail = self.last.is_some_and(|d| d.block() == code.block() && d.number() < code.number());
        self.last = Some(code);
        self.current = Some(norme);
        self.lost_start = false;
        if tail {
            return if self.lost { Place::Lost } else { Place::Continues };
        }
        self.lost = !self.open(norme);
        if self.lost {
            self.lost_start = self.lose(norme);
        } else {
            self.missing.clear();
        }
        if self.lost { Place::Lost } else { Place::Opens }
    }

    /// Closes what must be closed for the block to hang under its parent.
    fn open(&mut self, norme: &NormBlock) -> bool {
        let Some(parent) = norme.parent else {
            self.push(0, norme.block);
            return true;
        };
        let Some(place) = self.stack[..self.height].iter().rposition(|opened| *opened == Some(parent)) else {
            return false;
        };
        self.push(place + 1, norme.block);
        true
    }

    /// Remembers a lost block; whether nothing lost before explains it.
    fn lose(&mut self, norme: &NormBlock) -> bool {
        let explains = norme.parent.is_some_and(|parent| self.missing.contains(&parent));
        for block in norme.parent.into_iter().chain([norme.block]) {
            if !self.missing.contains(&block) {
                self.missing.push(block);
            }
        }
        !explains
    }

    fn push(&mut self, height: usize, block: Block) {
        if let Some(place) = self.stack.get_mut(height) {
            *place = Some(block);
            self.height = height + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(codes: &[&[u8]]) -> Vec<Place> {
        let mut tree = Tree::default();
        codes.iter().map(|code| tree.placer(Code::parse(code).unwrap())).collect()
    }

    #[test]
    fn a_block_repeats_when_its_numbers_start_again() {
        use Place::{Continues, Opens};
        let head: [&[u8]; 2] = [b"S10.G00.00.001", b"S20.G00.05.001"];
        let tail: [&[u8]; 4] = [b"S20.G00.07.001", b"S20.G00.07.004", b"S20.G00.07.002", b"S20.G00.07.002"];
        assert_eq!(places(&[&head[..], &tail].concat()), [Opens, Opens, Opens, Continues, Opens, Opens]);
    }

    #[test]
    fn a_rubric_that_the_norm_does_not_have_closes_nothing() {
        use Place::{Continues, Opens, Unknown};
        let codes: [&[u8]; 4] = [b"S10.G00.00.001", b"S10.G00.95.001", b"S10.G00.00.900", b"S10.G00.00.002"];
        assert_eq!(places(&codes), [Opens, Unknown, Unknown, Continues]);
    }

    #[test]
    fn a_block_without_its_parent_is_lost_and_so_is_what_follows_in_it() {
        use Place::{Lost, Opens};
        let codes: [&[u8]; 5] =
            [b"S10.G00.00.001", b"S20.G00.05.001", b"S21.G00.53.001", b"S21.G00.53.002", b"S21.G00.06.001"];
        assert_eq!(places(&codes), [Opens, Opens, Lost, Lost, Opens]);
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
        let mut tree = Tree::default();
        for (code, expected) in codes {
            tree.placer(Code::parse(code).unwrap());
            assert_eq!(tree.was_just_lost(), expected, "{}", String::from_utf8_lossy(code));
        }
    }
}
