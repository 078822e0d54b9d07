//! The DIF, and how it was used together with hours of CPF.

use super::series::{Serie, Source, Valeur};
use crate::mesures::{Heures, Jour};

const FICHE_DIF: Source =
    Source { texte: "Service-public.fr", article: "fiche F32471, droit individuel à la formation" };
const LOI_2014_288: Source = Source { texte: "Loi n° 2014-288 du 5 mars 2014", article: "article 1er, V" };

/// 20 h a year over 6 years.
pub(super) const HEURES_PAR_ATTESTATION: Serie<Heures> =
    Serie::new(&[Valeur { depuis: Jour::date(2015, 1, 1), vaut: Heures::new(120), source: FICHE_DIF }]);

/// The most hours of DIF and CPF that were usable together, before 2019.
pub(super) const HEURES_ENSEMBLE: Serie<Heures> =
    Serie::new(&[Valeur { depuis: Jour::date(2015, 1, 1), vaut: Heures::new(150), source: LOI_2014_288 }]);
