//! Volunteering that was recognised. Source: Code du travail, D5151-14.

use crate::bareme::Source;
use crate::droits::account::{Compte, Ecriture, Registre};
use crate::droits::facts::Montant;
use crate::droits::statement::{Motif, Poche};
use crate::mesures::Euros;

/// An activity of volunteering: one of each category in a civil year, up to a ceiling of its own (D5151-14).
pub(in crate::droits) fn engager<R: Registre>(compte: &mut Compte<'_, R>, place: usize) {
    let engagements = &compte.situation.engagements;
    let engagement = &engagements[place];
    let date = engagement.inscrit_le;
    let (Some(credit), Some(plafond)) = (compte.bareme.credit_cec.au(date), compte.bareme.plafond_cec.au(date)) else {
        return;
    };
    let deja = engagements.iter().enumerate().any(|(rang, autre)| {
        // Of the same day, the first one given counts.
        (autre.inscrit_le, rang) < (date, place)
            && autre.annee == engagement.annee
            && autre.categorie == engagement.categorie
    });
    let place = if deja { Euros::ZERO } else { (plafond.vaut - compte.soldes.dont_cec).max(Euros::ZERO) };
    let montant = credit.vaut.min(place);
    let source = if compte.est_gele(date) { Source::ENGAGEMENT_A_LA_RETRAITE } else { credit.source };
    let ecriture = Ecriture {
        montant,
        retenu: credit.vaut - montant,
        // Without a ceiling: withheld because another of the same category counts already.
        plafond: (!deja).then_some(Montant::Euros(plafond.vaut)),
        ..Ecriture::vide(date, Poche::Cec, source)
    };
    compte.ecrire(ecriture, || Motif::Engagement(engagement.categorie.clone()));
}
