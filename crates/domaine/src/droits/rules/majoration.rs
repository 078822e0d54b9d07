//! What a recognised disability (BOETH) adds to a year. Source: Code du travail, D6323-3-3.

use super::year::{Jugement, Total};
use crate::bareme::Valeur;
use crate::droits::facts::{Couverture, Periode};
use crate::mesures::{Euros, MoisDeLAnnee};

/// What a disability adds to that year, if the holder had one on any day of it, as a period of the
/// situation or a month of an employer says.
pub(in crate::droits) fn boeth(
    jugement: &Jugement<'_>,
    total: &Total<'_>,
) -> Option<(&'static Valeur<Euros>, Couverture)> {
    // A disability that ended before the rule took effect is not concerned.
    let depuis = jugement.bareme.majoration_boeth.toutes().first()?.depuis;
    let concerne = |periode: &&Periode| periode.au.is_none_or(|au| au >= depuis);
    let des_periodes = jugement.situation.boeth.iter().filter(concerne).map(|p| p.couverture(jugement.annee)).max();
    let comptent =
        if jugement.annee.nombre() == depuis.annee() { total.boeth.depuis(depuis.mois()) } else { total.boeth };
    let des_employeurs = match (comptent.est_vide(), total.boeth) {
        (true, _) => Couverture::Aucune,
        (false, MoisDeLAnnee::TOUS) => Couverture::Entiere,
        (false, _) => Couverture::Partielle,
    };
    let couverture = des_periodes.map_or(des_employeurs, |couverture| couverture.max(des_employeurs));
    (couverture != Couverture::Aucune).then_some((jugement.bareme.majoration_boeth.au(jugement.fin())?, couverture))
}
