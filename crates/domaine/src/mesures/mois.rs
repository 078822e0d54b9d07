//! Months of one civil year, as a set.

/// Some of the twelve months of a year: those in which something was so.
///
/// ```
/// use domaine::mesures::MoisDeLAnnee;
/// let ete = MoisDeLAnnee::AUCUN.avec(7).avec(8);
/// assert!(ete.contient(8) && !ete.contient(9));
/// assert_eq!(MoisDeLAnnee::de_bits(ete.bits()), Some(ete));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MoisDeLAnnee(u16);

impl MoisDeLAnnee {
    /// No month.
    pub const AUCUN: Self = Self(0);
    /// The whole year.
    pub const TOUS: Self = Self(0b1111_1111_1111);

    /// These months and that one, January being 1; a number that is no month adds nothing.
    #[must_use]
    pub const fn avec(self, mois: u8) -> Self {
        if mois >= 1 && mois <= 12 { Self(self.0 | 1 << (mois - 1)) } else { self }
    }

    /// The months of either.
    #[must_use]
    pub const fn union(self, autre: Self) -> Self {
        Self(self.0 | autre.0)
    }

    /// These months from that one on.
    #[must_use]
    pub const fn depuis(self, mois: u8) -> Self {
        let avant = if mois > 12 { 12 } else { mois.saturating_sub(1) };
        Self(self.0 >> avant << avant)
    }

    /// Whether that month is one of them.
    pub const fn contient(self, mois: u8) -> bool {
        mois >= 1 && mois <= 12 && self.0 >> (mois - 1) & 1 == 1
    }

    /// Whether there is none.
    pub const fn est_vide(self) -> bool {
        self.0 == 0
    }

    /// One bit a month, January the lowest: how it is stored.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// What was stored; nothing when a bit is no month.
    pub const fn de_bits(bits: u16) -> Option<Self> {
        if bits <= Self::TOUS.0 { Some(Self(bits)) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_are_the_whole_year() {
        let tous = (1..=12).fold(MoisDeLAnnee::AUCUN, MoisDeLAnnee::avec);
        assert_eq!(tous, MoisDeLAnnee::TOUS);
        assert_eq!(tous.avec(0).avec(13), MoisDeLAnnee::TOUS);
        assert_eq!(MoisDeLAnnee::de_bits(MoisDeLAnnee::TOUS.bits() + 1), None);
    }

    #[test]
    fn months_before_a_month_are_left_out() {
        let printemps = MoisDeLAnnee::AUCUN.avec(4).avec(5).avec(6);
        assert_eq!(printemps.depuis(6), MoisDeLAnnee::AUCUN.avec(6));
        assert_eq!(printemps.depuis(1), printemps);
        assert!(printemps.depuis(7).est_vide() && printemps.depuis(255).est_vide());
    }
}
