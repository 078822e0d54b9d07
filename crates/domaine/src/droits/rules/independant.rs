//! A self-employed person. Sources: Code du travail, L6323-27, R6323-22.

use super::year::{Jugement, Total};
use crate::bareme::{Bareme, Source};
use crate::droits::account::{Credit, Droit};
use crate::droits::facts::{Montant, Statut};
use crate::droits::statement::{Categorie, Hypothese, Raison};

/// In proportion to the time of exercise, once the contribution is paid (L6323-27, R6323-22).
pub(in crate::droits) fn credit(jugement: &Jugement<'_>, total: &Total<'_>) -> Credit {
    let (bareme, fin) = (jugement.bareme, jugement.fin());
    let (Some(credit), Some(plafond)) = (bareme.credit_independant.au(fin), bareme.plafond_independant.au(fin)) else {
        return jugement.rien(total, Raison::SansRegle, Source::COTISATION);
    };
    let Some(paye) = total.paye_le else { return jugement.rien(total, Raison::CotisationImpayee, Source::COTISATION) };
    let (part, tout) = total.part();
    let date = jugement.jour_de_credit().max(paye);
    Credit {
        date,
        droit: Droit::Euros { montant: credit.vaut.au_prorata(part, tout), plafond: plafond.vaut },
        faits: total.faits(jugement.annee, Categorie::Independant, Montant::Euros(credit.vaut)),
        manque: tout - part,
        source: credit.source,
        hypotheses: total
            .hypotheses()
            .avec_si(date == jugement.jour_de_credit(), Hypothese::JourDeCredit)
            .avec_si(part < tout, Hypothese::ExerciceEnJours)
            .avec_si(total.plusieurs, Hypothese::PeriodesReunies)
            .avec_si(fin < Bareme::PASSAGE_A_L_EURO, Hypothese::IndependantDes2018),
    }
}

/// Whether it is work as self-employed whose contribution is paid.
pub(in crate::droits) const fn is_paid(statut: Statut) -> bool {
    matches!(statut, Statut::Independant { cotisation_payee_le: Some(_) })
}

/// Whether work of that status counts beside some that [`is_paid`]: what was not paid gives nothing to what was
/// (L6323-27).
pub(in crate::droits) const fn counts_beside_paid(statut: Statut) -> bool {
    is_paid(statut) || !matches!(statut, Statut::Independant { .. })
}
