//! What keeps a year from being credited: the age of the account, or a full-rate pension.

use crate::bareme::Source;
use crate::droits::account::{Compte, Registre};
use crate::droits::statement::{Hypothese, Raison};
use crate::mesures::{Annee, Jour};

/// Why that year of work is not credited on that day, where it is written, and what is assumed of it.
pub(in crate::droits) fn obstacle<R: Registre>(
    compte: &Compte<'_, R>,
    annee: Annee,
    date: Jour,
) -> Option<(Raison, Source, Hypothese)> {
    if compte.est_gele(date) {
        Some((Raison::Retraite, Source::RETRAITE, Hypothese::RetraiteAvantLeCredit))
    } else if !compte.a_l_age(annee.dernier_jour()) {
        Some((Raison::Age, Source::CLOTURE, Hypothese::AgeEnFinDAnnee))
    } else {
        None
    }
}
