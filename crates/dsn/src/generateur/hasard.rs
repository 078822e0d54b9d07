//! Chance that repeats itself: SplitMix64, because a seed must write the same file for ever.

pub(super) struct Hasard(u64);

impl Hasard {
    pub const fn new(graine: u64) -> Self {
        Self(graine)
    }

    const fn suivant(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number under `borne`, which is not zero.
    pub const fn sous(&mut self, borne: u32) -> u32 {
        (self.suivant() % borne as u64) as u32
    }

    /// One of a few.
    pub fn un_de<T: Copy>(&mut self, choix: &[T]) -> T {
        choix[self.sous(u32::try_from(choix.len()).unwrap_or(u32::MAX)) as usize]
    }

    /// True once in that many times; never when zero.
    pub fn une_fois_sur(&mut self, fois: u8) -> bool {
        fois > 0 && self.sous(u32::from(fois)) == 0
    }
}
