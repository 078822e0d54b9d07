//! Which blocks and rubrics exist, and where a block hangs. Facts of the norm P26V01, checked
//! against its data by `tests/norme.rs`; the network blocks (S05, S06, S95, S96) are those that
//! the platforms add around what an employer sent.

use crate::code::{Block, Code};

/// What the norm says of one block.
#[derive(Debug)]
pub struct NormBlock {
    /// The block.
    pub block: Block,
    /// The block it hangs under; nothing for those that open a file or an envelope.
    pub parent: Option<Block>,
    /// The numbers of its rubrics, as ranges that hold both their ends.
    pub ranges: &'static [(u16, u16)],
}

impl NormBlock {
    /// Whether the block has a rubric of that number.
    pub fn a(&self, number: u16) -> bool {
        self.ranges.iter().any(|&(start, end)| start <= number && number <= end)
    }
}

/// What the norm says of a block; nothing for a block that it does not have.
///
/// ```
/// use dsn::norme;
/// use dsn::Block;
/// assert_eq!(norme::block(Block::new(21, 0, 53)).unwrap().parent, Some(Block::new(21, 0, 51)));
/// ```
pub fn block(block: Block) -> Option<&'static NormBlock> {
    BLOCKS.binary_search_by_key(&block, |norme| norme.block).ok().map(|place| &BLOCKS[place])
}

/// Whether the norm has this rubric.
pub fn knows(code: Code) -> bool {
    block(code.block()).is_some_and(|norme| norme.a(code.number()))
}

/// Every block, in the order of their codes.
pub fn blocks() -> &'static [NormBlock] {
    &BLOCKS
}

const fn b(segment: u8, group: u8, block: u8) -> Block {
    Block::new(segment, group, block)
}

const fn n(block: Block, parent: Option<Block>, ranges: &'static [(u16, u16)]) -> NormBlock {
    NormBlock { block, parent, ranges }
}

#[rustfmt::skip]
static BLOCKS: [NormBlock; 66] = [
    n(b(5, 51, 0), None, &[(1, 6)]),
    n(b(6, 51, 0), None, &[(1, 1)]),
    n(b(10, 0, 0), None, &[(1, 8)]),
    n(b(10, 0, 1), Some(b(10, 0, 0)), &[(1, 10)]),
    n(b(10, 0, 2), Some(b(10, 0, 0)), &[(1, 2), (4, 6)]),
    n(b(20, 0, 5), Some(b(10, 0, 0)), &[(1, 13)]),
    n(b(20, 0, 7), Some(b(20, 0, 5)), &[(1, 4)]),
    n(b(20, 0, 8), Some(b(20, 0, 5)), &[(1, 1)]),
    n(b(21, 0, 6), Some(b(20, 0, 5)), &[(1, 8), (10, 12), (15, 15)]),
    n(b(21, 0, 11), Some(b(21, 0, 6)), &[(1, 7), (9, 9), (15, 17), (19, 20), (22, 25)]),
    n(b(21, 0, 12), Some(b(21, 0, 11)), &[(1, 3)]),
    n(b(21, 0, 13), Some(b(21, 0, 6)), &[(1, 4)]),
    n(b(21, 0, 15), Some(b(21, 0, 11)), &[(1, 5)]),
    n(b(21, 0, 16), Some(b(21, 0, 15)), &[(1, 3)]),
    n(b(21, 0, 20), Some(b(21, 0, 11)), &[(1, 8), (10, 14)]),
    n(b(21, 0, 22), Some(b(21, 0, 11)), &[(1, 6)]),
    n(b(21, 0, 23), Some(b(21, 0, 22)), &[(1, 7)]),
    n(b(21, 0, 30), Some(b(21, 0, 11)), &[(1, 20), (22, 25), (29, 30)]),
    n(b(21, 0, 31), Some(b(21, 0, 30)), &[(1, 1), (8, 11)]),
    n(b(21, 0, 34), Some(b(21, 0, 30)), &[(1, 3)]),
    n(b(21, 0, 40), Some(b(21, 0, 30)), &[(1, 14), (16, 33), (35, 37), (39, 46), (48, 83)]),
    n(b(21, 0, 41), Some(b(21, 0, 40)), &[(1, 8), (10, 14), (16, 25), (27, 65)]),
    n(b(21, 0, 44), Some(b(21, 0, 11)), &[(1, 4)]),
    n(b(21, 0, 45), Some(b(21, 0, 40)), &[(1, 2)]),
    n(b(21, 0, 50), Some(b(21, 0, 30)), &[(1, 4), (6, 9), (11, 13), (20, 20)]),
    n(b(21, 0, 51), Some(b(21, 0, 50)), &[(1, 2), (10, 16), (19, 20)]),
    n(b(21, 0, 52), Some(b(21, 0, 50)), &[(1, 4), (6, 7)]),
    n(b(21, 0, 53), Some(b(21, 0, 51)), &[(1, 3)]),
    n(b(21, 0, 54), Some(b(21, 0, 50)), &[(1, 5)]),
    n(b(21, 0, 55), Some(b(21, 0, 20)), &[(1, 5)]),
    n(b(21, 0, 56), Some(b(21, 0, 50)), &[(1, 10), (15, 15)]),
    n(b(21, 0, 58), Some(b(21, 0, 50)), &[(1, 4)]),
    n(b(21, 0, 60), Some(b(21, 0, 40)), &[(1, 8), (10, 12), (600, 600)]),
    n(b(21, 0, 62), Some(b(21, 0, 40)), &[(1, 6), (8, 8), (11, 11), (13, 14), (16, 21)]),
    n(b(21, 0, 63), Some(b(21, 0, 62)), &[(1, 3)]),
    n(b(21, 0, 65), Some(b(21, 0, 40)), &[(1, 5)]),
    n(b(21, 0, 66), Some(b(21, 0, 60)), &[(1, 3)]),
    n(b(21, 0, 70), Some(b(21, 0, 40)), &[(4, 5), (7, 15)]),
    n(b(21, 0, 71), Some(b(21, 0, 40)), &[(2, 2)]),
    n(b(21, 0, 72), Some(b(21, 0, 71)), &[(1, 1)]),
    n(b(21, 0, 73), Some(b(21, 0, 70)), &[(1, 11)]),
    n(b(21, 0, 78), Some(b(21, 0, 50)), &[(1, 7)]),
    n(b(21, 0, 79), Some(b(21, 0, 78)), &[(1, 1), (4, 5)]),
    n(b(21, 0, 81), Some(b(21, 0, 78)), &[(1, 7)]),
    n(b(21, 0, 82), Some(b(21, 0, 11)), &[(1, 6)]),
    n(b(21, 0, 83), Some(b(21, 0, 50)), &[(1, 2)]),
    n(b(21, 0, 84), Some(b(21, 0, 83)), &[(1, 5)]),
    n(b(21, 0, 85), Some(b(20, 0, 5)), &[(1, 11)]),
    n(b(21, 0, 86), Some(b(21, 0, 30)), &[(1, 3), (5, 5)]),
    n(b(21, 0, 95), Some(b(21, 0, 50)), &[(1, 5)]),
    n(b(21, 0, 98), Some(b(21, 0, 30)), &[(1, 4)]),
    n(b(89, 0, 32), Some(b(20, 0, 5)), &[(1, 17)]),
    n(b(89, 0, 33), Some(b(89, 0, 32)), &[(1, 2)]),
    n(b(89, 0, 35), Some(b(89, 0, 32)), &[(1, 2)]),
    n(b(89, 0, 43), Some(b(89, 0, 32)), &[(1, 2)]),
    n(b(89, 0, 67), Some(b(20, 0, 5)), &[(1, 5)]),
    n(b(89, 0, 87), Some(b(20, 0, 5)), &[(1, 8)]),
    n(b(89, 0, 88), Some(b(20, 0, 5)), &[(1, 9)]),
    n(b(89, 0, 89), Some(b(20, 0, 5)), &[(1, 8)]),
    n(b(89, 0, 91), Some(b(20, 0, 5)), &[(1, 21)]),
    n(b(89, 0, 92), Some(b(89, 0, 91)), &[(1, 18)]),
    n(b(89, 0, 93), Some(b(89, 0, 92)), &[(1, 10), (13, 13)]),
    n(b(89, 0, 94), Some(b(89, 0, 92)), &[(1, 2)]),
    n(b(90, 0, 90), Some(b(10, 0, 0)), &[(1, 2)]),
    n(b(95, 51, 0), None, &[(1, 2)]),
    n(b(96, 51, 0), None, &[(1, 2)]),
];
