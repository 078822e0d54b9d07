//! The address of a value in the norm: `S21.G00.30.001`. Knows shapes, not which codes exist.

use std::fmt;

/// A block of the norm, as `S21.G00.30`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bloc(u32);

/// A rubric of the norm: a block and a number in it.
///
/// ```
/// use dsn::{Bloc, Code};
/// let code = Code::lire(b"S21.G00.30.001").unwrap();
/// assert_eq!(code, Code::new(Bloc::new(21, 0, 30), 1));
/// assert_eq!(code.to_string(), "S21.G00.30.001");
/// assert_eq!(Code::lire(b"S21-G00-30-001"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    bloc: Bloc,
    numero: u16,
}

/// How many characters a code is written with.
pub(crate) const LONGUEUR: usize = 14;

impl Bloc {
    /// The block of that segment, group and number, each under 100.
    pub const fn new(segment: u8, groupe: u8, bloc: u8) -> Self {
        Self(segment as u32 * 10_000 + groupe as u32 * 100 + bloc as u32)
    }
}

impl Code {
    /// The rubric of that number, under 1000, in that block.
    pub const fn new(bloc: Bloc, numero: u16) -> Self {
        Self { bloc, numero }
    }

    /// Reads the fourteen characters of a code.
    pub fn lire(texte: &[u8]) -> Option<Self> {
        let &[b'S', s0, s1, b'.', b'G', g0, g1, b'.', z0, z1, b'.', n0, n1, n2] = texte else { return None };
        let mut nombre = 0_u32;
        for c in [s0, s1, g0, g1, z0, z1, n0, n1, n2] {
            let chiffre = c.wrapping_sub(b'0');
            if chiffre > 9 {
                return None;
            }
            nombre = nombre * 10 + u32::from(chiffre);
        }
        Some(Self { bloc: Bloc(nombre / 1000), numero: u16::try_from(nombre % 1000).unwrap_or(0) })
    }

    /// The block it belongs to.
    pub const fn bloc(self) -> Bloc {
        self.bloc
    }

    /// Its number in the block.
    pub const fn numero(self) -> u16 {
        self.numero
    }
}

impl fmt::Display for Bloc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S{:02}.G{:02}.{:02}", self.0 / 10_000, self.0 / 100 % 100, self.0 % 100)
    }
}

impl fmt::Debug for Bloc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.bloc, self.numero)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
