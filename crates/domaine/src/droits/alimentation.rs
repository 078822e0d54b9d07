//! The yearly credit since 2019. Source: Code du travail, article R6323-1, I and II.

use super::releve::{AnneeTravaillee, Avance, Hypothese, Motif};
use super::situation::{Activite, Situation};
use crate::bareme::{Bareme, Source};
use crate::mesures::{DureeTravaillee, Euros, Jour};

/// One credit for each year of work.
pub(super) fn des_annees(situation: &Situation, bareme: &Bareme) -> impl Iterator<Item = Avance> {
    situation.activites.iter().filter_map(|activite| d_une_annee(activite, bareme))
}

/// The whole credit from half time up, else in proportion, up to the next cent.
fn d_une_annee(activite: &Activite, bareme: &Bareme) -> Option<Avance> {
    let annee = activite.annee.nombre();
    let fin_d_annee = Jour::date(annee, 12, 31);
    let travail = activite.travail;
    let reference = match activite.reference {
        Some(conventionnelle) if conventionnelle > DureeTravaillee::ZERO => conventionnelle,
        _ => bareme.duree_de_reference.au(fin_d_annee)?.vaut,
    };
    if travail == DureeTravaillee::ZERO {
        return None;
    }
    let faits = |credit: Euros| AnneeTravaillee {
        annee: activite.annee,
        travail,
        reference,
        credit,
        provenance: activite.provenance,
    };
    let avance = |montant: Euros, motif: Motif, source: Source| Avance {
        date: bareme.jour_de_credit.de(activite.annee.suivante().nombre()),
        montant,
        motif,
        source,
        hypothese: Some(Hypothese::JourDeCredit),
    };
    let mi_temps = reference.centiemes().div_ceil(2);
    if travail.centiemes() >= mi_temps {
        let credit = bareme.credit_annuel.au(fin_d_annee)?;
        return Some(avance(credit.vaut, Motif::AnneePleine { annee: faits(credit.vaut) }, credit.source));
    }
    let credit = bareme.credit_proportionnel.au(fin_d_annee)?;
    let montant = credit.vaut.au_prorata(travail.centiemes(), reference.centiemes());
    let manque = DureeTravaillee::de_centiemes(mi_temps - travail.centiemes());
    Some(avance(montant, Motif::AnneePartielle { annee: faits(credit.vaut), manque }, credit.source))
}
