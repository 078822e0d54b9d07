//! A public agent: the account is kept in hours. Source: décret n° 2019-1392.

use super::year::{Jugement, Total};
use crate::bareme::Source;
use crate::droits::account::Credit;
use crate::droits::statement::{Categorie, Hypothese, Raison};

/// In hours, on 31 December; only a post that is not full time is prorated (décret n° 2019-1392).
pub(in crate::droits) fn credit(
    jugement: &Jugement<'_>,
    total: &Total<'_>,
    sans_niveau_3: bool,
    non_complet: bool,
) -> Credit {
    let (bareme, fin) = (jugement.bareme, jugement.fin());
    let serie = if sans_niveau_3 { &bareme.heures_agents_peu_qualifies } else { &bareme.heures_agents };
    let Some(rythme) = serie.au(fin) else {
        return jugement.rien(total, Raison::SansRegle, Source::AGENTS);
    };
    let categorie = Categorie::de(total.principale.statut);
    let (part, tout) = total.part();
    let courte = !non_complet && part < tout;
    let part = if non_complet { part } else { tout };
    let mut credit = jugement.heures(total, categorie, rythme, (part, tout), true);
    credit.hypotheses = credit.hypotheses.avec_si(courte, Hypothese::AgentPeriodeCourte);
    // Before the last of the rules of these agents, no text that was read gives the day.
    let dernier = serie.toutes().last().is_some_and(|dernier| fin < dernier.depuis);
    credit.hypotheses = credit.hypotheses.avec_si(dernier, Hypothese::AgentAvant2020);
    credit
}
