//! What an hour is worth in euros, and a euro in hours.

use super::series::{Serie, Source, Valeur};
use crate::mesures::{Euros, Heures, Jour};

const DECRET_2018_1153: Source =
    Source { texte: "Décret n° 2018-1153 du 14 décembre 2018", article: "conversion des heures" };
const D6323_44: Source = Source { texte: "Code du travail", article: "D6323-44" };
const ANFH: Source = Source { texte: "ANFH", article: "le CPF des agents publics" };
const FACE_AU_RISQUE: Source =
    Source { texte: "Face au risque", article: "droits d’engagement citoyen des agents, décret n° 2019-1392" };

const EN_EUROS: Jour = Jour::date(2019, 1, 1);
const AGENTS: Jour = Jour::date(2020, 1, 1);

pub(super) const EUROS_PAR_HEURE: Serie<Euros> =
    Serie::new(&[Valeur { depuis: EN_EUROS, vaut: Euros::entiers(15), source: DECRET_2018_1153 }]);

/// Hours of a public agent to euros: R6323-43 and D6323-44 are in force from 1 January 2020 (décret n° 2019-1392, article 9).
pub(super) const EUROS_PAR_HEURE_D_AGENT: Serie<Euros> =
    Serie::new(&[Valeur { depuis: AGENTS, vaut: Euros::entiers(15), source: D6323_44 }]);

/// Euros to hours of a public agent.
pub(super) const EUROS_EN_HEURE: Serie<Euros> =
    Serie::new(&[Valeur { depuis: EN_EUROS, vaut: Euros::entiers(15), source: ANFH }]);

/// The most hours that euros can become over a few years.
pub(super) const HEURES_CONVERTIBLES: Serie<Heures> =
    Serie::new(&[Valeur { depuis: EN_EUROS, vaut: Heures::new(150), source: ANFH }]);

/// Over how many years those hours are counted.
pub(super) const ANNEES_DE_CONVERSION: Serie<u16> = Serie::new(&[Valeur { depuis: EN_EUROS, vaut: 6, source: ANFH }]);

/// Euros of the *compte d'engagement citoyen* to hours of a public agent.
pub(super) const CEC_EN_HEURE: Serie<Euros> =
    Serie::new(&[Valeur { depuis: AGENTS, vaut: Euros::entiers(12), source: FACE_AU_RISQUE }]);
