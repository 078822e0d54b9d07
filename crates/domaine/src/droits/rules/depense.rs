//! The order in which money is spent. Source: Code du travail, R6333-3 since 5 December 2025: what others added to
//! the account, then its own rights, then what completes them; D5151-11: volunteering after the CPF.

use crate::bareme::{Bareme, Source};
use crate::droits::account::{Compte, Ecriture, Registre};
use crate::droits::facts::{Abondement, Depense, Montant, NatureAbondement, Objet};
use crate::droits::statement::{Hypothese, Hypotheses, Motif, Paiement, Poche, Raison};
use crate::mesures::{Euros, Jour, VariationHeures};

/// Pays, pocket after pocket: a line for each pocket, and one for what could not be paid.
pub(in crate::droits) fn payer<R: Registre>(compte: &mut Compte<'_, R>, depense: &Depense) {
    match depense.demande {
        Montant::Euros(demande) => en_euros(compte, depense, demande),
        Montant::Heures(demande) => en_heures(compte, depense, demande.into()),
    }
}

fn paiement(depense: &Depense, refus: Option<Raison>) -> Paiement {
    Paiement { reference: depense.reference.clone(), demande: depense.demande, refus }
}

fn en_euros<R: Registre>(compte: &mut Compte<'_, R>, depense: &Depense, demande: Euros) {
    let (date, benevole) = (depense.date, depense.objet == Objet::FormationDeBenevole);
    let ancien = date < compte.bareme.ordre_des_depenses_depuis;
    let source = if benevole { Source::FORMATION_DE_BENEVOLE } else { Source::ORDRE_DES_DEPENSES };
    let gele = compte.est_gele(date);
    let mut reste = demande.max(Euros::ZERO);
    let mut prendre = |reserve: Euros| {
        let pris = reserve.min(reste).max(Euros::ZERO);
        reste = reste - pris;
        pris
    };
    let mut prises = [(Poche::Abondement, Euros::ZERO); 5];
    let (mut melangees, mut dif_avant_cpf) = (false, false);
    if benevole {
        prises[0] = (Poche::Cec, prendre(compte.soldes.dont_cec));
    } else if !gele {
        let bareme = compte.bareme;
        // 1° and 3° of R6333-3; before it, what is earmarked came first and the rest last.
        let d_abord = |abondement: &Abondement| {
            if ancien {
                abondement.action_reservee(bareme).is_some()
            } else {
                abondement.nature == NatureAbondement::Dotation
            }
        };
        let mut puiser = |premieres: bool, prendre: &mut dyn FnMut(Euros) -> Euros| {
            let (mut total, mut touchees) = (Euros::ZERO, 0);
            for dotation in &mut compte.dotations {
                let reservee = dotation.abondement.action_reservee(bareme);
                let convient = reservee.is_none_or(|action| depense.action.as_ref() == Some(action));
                if convient && d_abord(dotation.abondement) == premieres {
                    let pris = prendre(dotation.reste);
                    dotation.reste = dotation.reste - pris;
                    total += pris;
                    touchees += u32::from(!pris.est_nul());
                }
            }
            melangees |= touchees > 1;
            total
        };
        prises[0].1 = puiser(true, &mut prendre);
        dif_avant_cpf = !ancien && compte.soldes.dont_dif > Euros::ZERO && compte.cpf > Euros::ZERO;
        prises[1] = (Poche::Dif, prendre(compte.soldes.dont_dif));
        prises[2] = (Poche::Cpf, prendre(compte.cpf));
        prises[3] = (Poche::Cec, prendre(compte.soldes.dont_cec));
        prises[4].1 = puiser(false, &mut prendre);
    }
    let touchees = prises.iter().filter(|(_, pris)| !pris.est_nul()).count();
    let hypotheses = Hypotheses::AUCUNE
        .avec_si(ancien && touchees > 1, Hypothese::OrdreAncien)
        .avec_si(dif_avant_cpf && !prises[1].1.est_nul(), Hypothese::DifAvantCpf)
        .avec_si(!ancien && !prises[3].1.est_nul() && !prises[4].1.est_nul(), Hypothese::CecAvantAbondements);
    // Which of several sums was taken is a matter of their own lines alone.
    let entre_elles = hypotheses.avec_si(melangees && !ancien, Hypothese::OrdreDesAbondements);
    for (poche, pris) in prises {
        if !pris.est_nul() {
            let hypotheses = if poche == Poche::Abondement { entre_elles } else { hypotheses };
            let ecriture = Ecriture { montant: -pris, hypotheses, ..Ecriture::vide(date, poche, source) };
            compte.ecrire(ecriture, || Motif::Depense(paiement(depense, None)));
        }
    }
    if !reste.est_nul() {
        let raison = if gele && !benevole { Raison::Retraite } else { Raison::SoldeInsuffisant };
        let source = if gele && !benevole { Source::RETRAITE } else { source };
        let ecriture = Ecriture { retenu: reste, ..Ecriture::vide(date, Poche::Cpf, source) };
        compte.ecrire(ecriture, || Motif::DepenseNonCouverte(paiement(depense, Some(raison))));
    }
}

fn en_heures<R: Registre>(compte: &mut Compte<'_, R>, depense: &Depense, demande: VariationHeures) {
    let (date, benevole) = (depense.date, depense.objet == Objet::FormationDeBenevole);
    let gele = compte.est_gele(date);
    let zero = VariationHeures::ZERO;
    let mut prises =
        [(Poche::Dif, false, zero), (Poche::Cpf, false, zero), (Poche::Cpf, true, zero), (Poche::Cec, true, zero)];
    if benevole {
        // Only what volunteering gave pays for it, after the full-rate pension too (L6323-3).
        prises[3].2 = demande.min(compte.heures_cec).max(zero);
    } else if !gele {
        let (dif, cpf) = if compte.en_euros { (zero, zero) } else { ensemble(compte, date, demande) };
        prises[0].2 = dif;
        prises[1].2 = cpf;
        // Hours of DIF are used with those of an employee: an agent's are another account.
        if dif == zero {
            prises[2].2 = (demande - cpf).min(compte.heures_publiques).max(zero);
            prises[3].2 = (demande - cpf - prises[2].2).min(compte.heures_cec).max(zero);
        }
    }
    let source = match (benevole, gele) {
        (true, _) => Source::FORMATION_DE_BENEVOLE,
        (false, true) => Source::RETRAITE,
        (false, false) if date < Bareme::PASSAGE_A_L_EURO => Source::HEURES_ENSEMBLE,
        (false, false) => Source::AGENTS,
    };
    let limitees = prises[0].2 > zero && prises[1].2 > zero;
    let mut reste = demande;
    for (poche, agent, prise) in prises {
        reste = reste - prise;
        if prise > zero {
            let hypotheses = Hypotheses::AUCUNE.avec_si(limitees, Hypothese::HeuresEnsembleParFormation);
            let ecriture = Ecriture { agent, heures: -prise, hypotheses, ..Ecriture::vide(date, poche, source) };
            compte.ecrire(ecriture, || Motif::Depense(paiement(depense, None)));
        }
    }
    if reste > zero {
        let raison = if gele && !benevole { Raison::Retraite } else { Raison::SoldeInsuffisant };
        let ecriture = Ecriture { retenu_heures: reste, ..Ecriture::vide(date, Poche::Cpf, source) };
        compte.ecrire(ecriture, || Motif::DepenseNonCouverte(paiement(depense, Some(raison))));
    }
}

/// Hours of DIF that can be used together with this many hours of CPF, before 2019: DIF first.
fn ensemble<R: Registre>(
    compte: &Compte<'_, R>,
    date: Jour,
    demande: VariationHeures,
) -> (VariationHeures, VariationHeures) {
    let limite = compte.bareme.heures_ensemble.au(date).map_or(VariationHeures::ZERO, |limite| limite.vaut.into());
    let dif = demande.min(compte.heures_dif).min(limite).max(VariationHeures::ZERO);
    let reste = demande - dif;
    let cpf = if dif > VariationHeures::ZERO { reste.min(limite - dif) } else { reste };
    (dif, cpf.min(compte.heures_privees).max(VariationHeures::ZERO))
}
