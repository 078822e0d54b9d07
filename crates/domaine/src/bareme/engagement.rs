//! The *compte d'engagement citoyen* and the order in which money is spent.

use super::series::{Series, Source, Value};
use crate::mesures::{Day, Euros, Hours};

const D5151_14_I: Source = Source { text: "Code du travail", article: "D5151-14, I" };
const D5151_14_III: Source = Source { text: "Code du travail", article: "D5151-14, III" };

/// As décret n° 2016-1970 wrote it, from 1 January 2017.
const D5151_14_IN_HOURS: Source =
    Source { text: "Code du travail", article: "D5151-14, rédaction antérieure au 1er janvier 2019" };
const DECRET_2018_1349: Source = Source { text: "Décret n° 2018-1349", article: "article 1er" };

/// The first day of the account itself: loi n° 2016-1088.
pub(super) const FIRST_DAY: Day = Day::date(2017, 1, 1);

// The day from which accounts are kept in euros; the texts that were read give no other.
const IN_EUROS: Day = Day::date(2019, 1, 1);

/// For one activity, while accounts were kept in hours.
pub(super) const CEC_HOURS: Series<Hours> =
    Series::new(&[Value { since: FIRST_DAY, value: Hours::new(20), source: D5151_14_IN_HOURS }]);

pub(super) const CEC_HOURS_PLAFOND: Series<Hours> =
    Series::new(&[Value { since: FIRST_DAY, value: Hours::new(60), source: D5151_14_IN_HOURS }]);

/// What an hour of volunteering held on 31 December 2018 became: not the 15 € of the other hours.
pub(super) const EUROS_PER_CEC_HOUR: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(12), source: DECRET_2018_1349 }]);

/// For one activity; at most this for one category in one civil year (service-public.fr, fiche F34030).
pub(super) const CEC_CREDIT: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(240), source: D5151_14_I }]);

pub(super) const CEC_PLAFOND: Series<Euros> =
    Series::new(&[Value { since: IN_EUROS, value: Euros::whole(720), source: D5151_14_III }]);

/// Where rules that hold no figure are written.
impl Source {
    /// Rights that someone else adds to an account.
    pub const DOTATIONS: Self = Self { text: "Code du travail", article: "L6323-4, III" };
    /// What completes the rights for one training.
    pub const COMPLEMENTS: Self = Self { text: "Code du travail", article: "L6323-4, II" };
    /// What an agreement adds for an employee, on the day the employer pays it.
    pub const ACCORDS: Self = Self { text: "Code du travail", article: "L6323-11, al. 4, et R6323-2" };
    /// The same for seasonal work.
    pub const SEASONAL_ACCORDS: Self = Self { text: "Code du travail", article: "L6323-11, al. 7" };
    /// What an earmarked addition becomes after its deadline.
    pub const EARMARKED_DOTATIONS: Self = Self { text: "Code du travail", article: "R6323-42-1" };
    /// The order in which money is spent.
    pub const DEPENSES_ORDER: Self = Self { text: "Code du travail", article: "R6333-3" };
    /// The same from 1 January 2020 to 4 December 2025.
    pub const FIRST_DEPENSES_ORDER: Self =
        Self { text: "Code du travail", article: "R6333-3, I, rédaction antérieure au 5 décembre 2025" };
    /// The same in 2019, when no article gave it: what the State's own page said of it.
    pub const UNWRITTEN_DEPENSES_ORDER: Self = Self { text: "Service-public.fr", article: "fiche F10705" };
    /// What only the *compte d'engagement citoyen* may pay for.
    pub const FORMATION_DE_BENEVOLE: Self = Self { text: "Code du travail", article: "L6323-6, II, 5°" };
    /// When an account is neither fed nor spent any more, or closes.
    pub const RETRAITE: Self = Self { text: "Code du travail", article: "L6323-3" };
    /// The age at which a full-rate pension is due: L6323-3 and L5421-4, 2° send to it.
    pub const FULL_RATE_AGE: Self = Self { text: "Code de la sécurité sociale", article: "L351-8, 1°" };
    /// What goes on feeding an account once a full-rate pension is due.
    pub const ENGAGEMENT_AT_RETRAITE: Self =
        Self { text: "Code du travail", article: "L5151-2, dernier alinéa, et L5151-9" };
    /// When an account closes.
    pub const CLOSING: Self = Self { text: "Code du travail", article: "L5151-2" };
    /// What a wrong declaration becomes.
    pub const RECALCUL: Self = Self { text: "Code du travail", article: "R6323-3-1, V" };
    /// What a disability adds to a year.
    pub const BOETH: Self = Self { text: "Code du travail", article: "D6323-3-3" };
    /// Where the ceiling is written.
    pub const PLAFOND: Self = Self { text: "Code du travail", article: "R6323-1, I" };
    /// Who is below level 3.
    pub const SOUS_NIVEAU_3: Self = Self { text: "Code du travail", article: "L6323-11-1" };
    /// The credit follows what the employers declare, and what they declared wrong is put right.
    pub const DATA_FROM_EMPLOYEURS: Self = Self { text: "Code du travail", article: "R6323-1, III" };
    /// The same for people of an ESAT.
    pub const DATA_FROM_ESAT: Self = Self { text: "Code du travail", article: "R6323-29, II" };
    /// The same for the self-employed.
    pub const DATA_FROM_INDEPENDANTS: Self = Self { text: "Code du travail", article: "R6323-22" };
    /// The DIF: what it is worth.
    pub const DIF: Self = Self { text: "Ordonnance n° 2019-861", article: "article 8" };
    /// DIF and CPF used together, before 2019.
    pub const HOURS_TOGETHER: Self = Self { text: "Loi n° 2014-288 du 5 mars 2014", article: "article 1er, V" };
    /// What a full year of work is.
    pub const REFERENCE: Self = Self { text: "Code du travail", article: "R6323-1, II" };
    /// Absences of an employee that count as work.
    pub const ABSENCES_SALARIES: Self = Self { text: "Code du travail", article: "L6323-12" };
    /// The same in an ESAT.
    pub const ABSENCES_ESAT: Self = Self { text: "Code du travail", article: "L6323-35" };
    /// The same for the self-employed.
    pub const ABSENCES_INDEPENDANTS: Self = Self { text: "Code du travail", article: "L6323-28" };
    /// The rights of people of an ESAT.
    pub const ESAT: Self = Self { text: "Code du travail", article: "L6323-34" };
    /// The rights of public agents.
    pub const AGENTS: Self = Self { text: "Décret n° 2017-928", article: "article 3" };
    /// Several statuses in one year.
    pub const SEVERAL_STATUTS: Self = Self { text: "Code du travail", article: "R6323-27" };
    /// The contribution without which a self-employed year gives nothing.
    pub const COTISATION: Self = Self { text: "Code du travail", article: "L6323-27" };
}

/// The first day of R6323-42-1, by which an addition can be earmarked and have a deadline.
pub(super) const EARMARKING_SINCE: Day = Day::date(2025, 4, 17);

/// The first day of R6333-3, in its first version (décret n° 2018-1333).
pub(super) const FIRST_ORDER_SINCE: Day = Day::date(2020, 1, 1);

/// The first day of the order of R6333-3 in its version of today (décret n° 2025-1156).
pub(super) const ORDER_SINCE: Day = Day::date(2025, 12, 5);
