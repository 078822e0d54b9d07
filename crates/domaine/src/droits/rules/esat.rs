//! A person of an ESAT. Sources: Code du travail, L6323-34, R6323-29.

use super::year::{Jugement, Total};
use crate::bareme::Source;
use crate::droits::account::{Credit, Droit};
use crate::droits::facts::Montant;
use crate::droits::statement::{Categorie, Hypothese, Raison};

/// The same credit full or part time (L6323-34, R6323-29).
pub(in crate::droits) fn credit(jugement: &Jugement<'_>, total: &Total<'_>, majorable: bool) -> Credit {
    let (bareme, fin) = (jugement.bareme, jugement.fin());
    let (Some(credit), Some(plafond)) = (bareme.credit_esat.au(fin), bareme.plafond_esat.au(fin)) else {
        return jugement.rien(total, Raison::SansRegle, Source::ESAT);
    };
    let (part, tout) = total.part();
    Credit {
        date: jugement.jour_de_credit(),
        droit: Droit::Euros { montant: credit.vaut, plafond: plafond.vaut },
        faits: total.faits(jugement.annee, Categorie::Esat, Montant::Euros(credit.vaut)),
        manque: 0,
        source: credit.source,
        hypotheses: total
            .hypotheses()
            .avec(Hypothese::JourDeCredit)
            .avec_si(majorable, Hypothese::EsatSansMajoration)
            .avec_si(part < tout, Hypothese::EsatPeriodeCourte),
    }
}
