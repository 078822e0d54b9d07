//! From a working life to a statement. [`calculer`] is the only way in: it puts the rules in
//! order; the rules do not call one another and take every figure from the [`Bareme`].

mod alimentation;
mod conversion;
mod plafond;
mod releve;
mod situation;

pub use releve::{AnneeTravaillee, Hypothese, Ligne, Motif, Reference, Releve};
pub use situation::{Activite, AttestationDeclaree, HeuresAnterieures, Provenance, Situation};

use crate::bareme::Bareme;
use crate::mesures::Jour;

/// The statement of this working life as it stood at the end of that day.
///
/// Each line says which rule made it, where the rule is written and which facts it used; the
/// balance is exactly the sum of the lines.
///
/// ```
/// use domaine::bareme::Bareme;
/// use domaine::droits::{calculer, HeuresAnterieures, Provenance, Situation};
/// use domaine::mesures::{Euros, Heures, Jour};
///
/// let situation = Situation {
///     heures_anterieures: Some(HeuresAnterieures {
///         heures: Heures::new(54),
///         provenance: Provenance::AncienCompte,
///     }),
///     ..Situation::default()
/// };
/// let releve = calculer(&situation, Jour::date(2026, 11, 23), &Bareme::EN_VIGUEUR);
/// assert_eq!(releve.solde, Euros::entiers(810));
/// ```
pub fn calculer(situation: &Situation, date: Jour, bareme: &Bareme) -> Releve {
    let mut avances: Vec<releve::Avance> = Vec::new();
    avances.extend(conversion::des_heures_anterieures(situation, bareme));
    avances.extend(conversion::du_dif(situation, date, bareme));
    avances.extend(alimentation::des_annees(situation, bareme));
    avances.retain(|avance| avance.date <= date);
    // A stable sort: on one day, hours converted come before DIF, and DIF before a year's credit.
    avances.sort_by_key(|avance| avance.date);

    let mut releve = Releve::vide(date, plafond::au(date, bareme));
    for avance in avances {
        let place = plafond::place(releve.solde, avance.date, bareme);
        releve.ajouter(avance, place);
    }
    releve
}
