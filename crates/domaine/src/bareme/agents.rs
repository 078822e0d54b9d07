//! Public agents: their accounts are kept in hours.

use super::salaries::Rythme;
use super::series::{Serie, Source, Valeur};
use crate::mesures::Jour;

const DECRET_2017_928: Source = Source { texte: "Décret n° 2017-928", article: "alimentation du compte" };
const DECRET_2019_1392: Source = Source { texte: "Décret n° 2019-1392", article: "alimentation du compte" };

const PREMIERS_DROITS: Jour = Jour::date(2017, 1, 1);
const DEPUIS_2020: Jour = Jour::date(2020, 1, 1);

pub(super) const HEURES_AGENTS: Serie<Rythme> = Serie::new(&[
    Valeur { depuis: PREMIERS_DROITS, vaut: Rythme::JUSQU_A_120_PUIS_150, source: DECRET_2017_928 },
    Valeur { depuis: DEPUIS_2020, vaut: Rythme::constant(25, 150), source: DECRET_2019_1392 },
]);

/// Category C without a diploma of level 3.
pub(super) const HEURES_AGENTS_PEU_QUALIFIES: Serie<Rythme> = Serie::new(&[
    Valeur { depuis: PREMIERS_DROITS, vaut: Rythme::constant(48, 400), source: DECRET_2017_928 },
    Valeur { depuis: DEPUIS_2020, vaut: Rythme::constant(50, 400), source: DECRET_2019_1392 },
]);
