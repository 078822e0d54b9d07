//! An employee: the whole credit from half time up, else in proportion. Sources: R6323-1, R6323-3-1, D6323-3-3.

use super::year::{Jugement, Total};
use crate::bareme::Valeur;
use crate::droits::account::{Credit, Droit};
use crate::droits::facts::{Couverture, DeclarationSousNiveau3, Montant};
use crate::droits::statement::{Categorie, Hypothese};
use crate::mesures::Euros;

/// The whole credit from half time up, else in proportion, up to the next cent (R6323-1, I and II);
/// 800 € below level 3 (R6323-3-1); 300 € more for a disability (D6323-3-3). In hours before 2019.
pub(in crate::droits) fn credit(
    jugement: &Jugement<'_>,
    total: &Total<'_>,
    boeth: Option<(&Valeur<Euros>, Couverture)>,
) -> Option<Credit> {
    let (bareme, situation, fin) = (jugement.bareme, jugement.situation, jugement.fin());
    let en_cours = |d: &DeclarationSousNiveau3| d.vaut_pour(jugement.annee, jugement.au);
    let sous_niveau_3 = situation.sous_niveau_3.iter().any(en_cours);
    let Some(entier) = bareme.credit_annuel.au(fin) else {
        let peu_qualifie = bareme.heures_peu_qualifies.au(fin).filter(|_| sous_niveau_3);
        let (categorie, rythme) = match peu_qualifie {
            Some(rythme) => (Categorie::SalarieSousNiveau3, rythme),
            None => (Categorie::Salarie, bareme.heures_salaries.au(fin)?),
        };
        let mut credit = jugement.heures(total, categorie, rythme, total.part(), false);
        credit.date = jugement.jour_de_credit();
        credit.hypotheses = credit
            .hypotheses
            .avec(Hypothese::JourDeCredit)
            .avec_si(total.est_un_forfait(), Hypothese::ForfaitJoursAvant2019);
        return Some(credit);
    };
    let (travail, tout) = (total.travail.centiemes(), total.reference.centiemes());
    let mi_temps = tout.div_ceil(2);
    let a_mi_temps = travail >= mi_temps;
    let mut plafond = bareme.plafond.au(fin)?.vaut;
    let mut categorie = Categorie::Salarie;
    let mut hypotheses = total.hypotheses().avec(Hypothese::JourDeCredit);
    let (mut montant, taux, source) = if !a_mi_temps {
        let credit = bareme.credit_proportionnel.au(fin)?;
        hypotheses = hypotheses.avec_si(sous_niveau_3, Hypothese::SousNiveau3SousMiTemps);
        (credit.vaut.au_prorata(travail, tout), credit.vaut, credit.source)
    } else if let (true, Some(majore)) = (sous_niveau_3, bareme.credit_peu_qualifie.au(fin)) {
        categorie = Categorie::SalarieSousNiveau3;
        plafond = bareme.plafond_peu_qualifie.au(fin).map_or(plafond, |valeur| valeur.vaut.max(plafond));
        (majore.vaut, majore.vaut, majore.source)
    } else {
        (entier.vaut, entier.vaut, entier.source)
    };
    let mut majoration = Euros::ZERO;
    if let Some((valeur, couverture)) = boeth {
        majoration = valeur.vaut;
        montant += majoration;
        plafond = bareme.plafond_boeth.au(fin).map_or(plafond, |valeur| valeur.vaut.max(plafond));
        hypotheses = hypotheses
            .avec_si(!a_mi_temps, Hypothese::BoethSousMiTemps)
            .avec_si(couverture == Couverture::Partielle, Hypothese::BoethUnePartieDeLAnnee)
            .avec_si(categorie == Categorie::SalarieSousNiveau3, Hypothese::MajorationsCumulees);
    }
    let mut faits = total.faits(jugement.annee, categorie, Montant::Euros(taux));
    faits.majoration = majoration;
    Some(Credit {
        date: jugement.jour_de_credit(),
        droit: Droit::Euros { montant, plafond },
        faits,
        manque: mi_temps.saturating_sub(travail),
        source,
        hypotheses,
    })
}
