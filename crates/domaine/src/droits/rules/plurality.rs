//! Several statuses in one year: the most favourable amount and the most favourable ceiling (Code du travail, R6323-27);
//! hours or euros, by the longer work.

use super::year::plus_long;
use crate::bareme::Bareme;
use crate::droits::account::{Credit, Droit};
use crate::droits::statement::Hypothese;
use crate::mesures::Euros;

/// The larger amount, under the higher ceiling.
pub(in crate::droits) fn plus_favorable(bareme: &Bareme, un: Credit, autre: Credit) -> Credit {
    let (mut garde, ecarte) = if valeur(bareme, &autre) > valeur(bareme, &un) { (autre, un) } else { (un, autre) };
    if let (Droit::Euros { plafond, .. }, Droit::Euros { plafond: second, .. }) = (&mut garde.droit, ecarte.droit) {
        *plafond = (*plafond).max(second);
    }
    if !matches!(ecarte.droit, Droit::Rien(_)) {
        garde.faits.ecartee = Some(ecarte.faits.categorie);
    }
    garde
}

/// In euros, to compare: an hour for what it is worth in 2019.
fn valeur(bareme: &Bareme, credit: &Credit) -> Euros {
    match credit.droit {
        Droit::Euros { montant, .. } => montant,
        Droit::Heures { rythme, part, tout, .. } => {
            let taux = bareme.euros_par_heure.toutes().first().map_or(Euros::ZERO, |taux| taux.vaut);
            taux.fois(rythme.par_an.au_prorata(part, tout).nombre())
        }
        Droit::Rien(_) => Euros::ZERO,
    }
}

/// Hours or euros: the longer work decides.
pub(in crate::droits) fn principale(prive: Credit, agent: Credit) -> Credit {
    let mut garde = match (prive.droit, agent.droit) {
        (Droit::Rien(_), _) => return agent,
        (_, Droit::Rien(_)) => return prive,
        _ if plus_long(agent.faits.travail, agent.faits.reference, prive.faits.travail, prive.faits.reference) => agent,
        _ => prive,
    };
    garde.hypotheses = garde.hypotheses.avec(Hypothese::ActivitePrincipale);
    garde
}
