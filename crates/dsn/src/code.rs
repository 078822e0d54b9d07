//! The address of a value in the norm: `S21.G00.30.001`. Knows shapes, not which codes exist.

use std::fmt;

/// A block of the norm, as `S21.G00.30`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block(u32);

/// A rubric of the norm: a block and a number in it.
///
/// ```
/// use dsn::{Block, Code};
/// let code = Code::parse(b"S21.G00.30.001").unwrap();
/// assert_eq!(code, Code::new(Block::new(21, 0, 30), 1));
/// assert_eq!(code.to_string(), "S21.G00.30.001");
/// assert_eq!(Code::parse(b"S21-G00-30-001"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    block: Block,
    number: u16,
}

/// How many characters a code is written with.
pub(crate) const LENGTH: usize = 14;

impl Block {
    /// The block of that segment, group and number, each under 100.
    pub const fn new(segment: u8, group: u8, block: u8) -> Self {
        Self(segment as u32 * 10_000 + group as u32 * 100 + block as u32)
    }
}

impl Code {
    /// The rubric of that number, under 1000, in that block.
    pub const fn new(block: Block, number: u16) -> Self {
        Self { block, number }
    }

    /// Reads the fourteen characters of a code.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let &[b'S', s0, s1, b'.', b'G', g0, g1, b'.', z0, z1, b'.', n0, n1, n2] = text else { return None };
        let mut count = 0_u32;
        for c in [s0, s1, g0, g1, z0, z1, n0, n1, n2] {
            let digit = c.wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            count = count * 10 + u32::from(digit);
        }
        Some(Self { block: Block(count / 1000), number: u16::try_from(count % 1000).unwrap_or(0) })
    }

    /// The block it belongs to.
    pub const fn block(self) -> Block {
        self.block
    }

    /// Its number in the block.
    pub const fn number(self) -> u16 {
        self.number
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S{:02}.G{:02}.{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.block, self.number)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
