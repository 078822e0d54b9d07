//! What must hold for any life, checked on generated ones.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/lives.rs"]
mod support;

use domaine::bareme::Bareme;
use domaine::droits::*;
use domaine::mesures::{DureeTravaillee, Euros, Jour, Jours, VariationHeures};
use proptest::prelude::*;
use support::{vie, vie_corrigee, vie_de_salarie};

fn releve(situation: &Situation, au: Jour) -> Releve {
    calculer(situation, au, &Bareme::EN_VIGUEUR)
}

fn jour() -> impl Strategy<Value = Jour> {
    (2015..=2033_u16, 1..=12_u8, 1..=28_u8).prop_map(|(annee, mois, jour)| Jour::date(annee, mois, jour))
}

/// A credit in hours that stays in hours: those of an employee are euros from 2019 on, beside those of an agent.
fn est_en_heures(ligne: &Ligne) -> bool {
    let (Motif::AnneePleine { faits } | Motif::AnneePartielle { faits, .. }) = &ligne.motif else { return false };
    ligne.date.annee() < 2019 || matches!(faits.categorie, Categorie::Agent | Categorie::AgentSousNiveau3)
}

/// The same work in two records; absences stay with the first.
fn en_deux(activite: &Activite, part: u32) -> [Activite; 2] {
    let mut deux = [activite.clone(), Activite { absences: Vec::new(), ..activite.clone() }];
    let parts = |centiemes: u32| {
        let premiere = centiemes / 100 * part;
        [premiere, centiemes - premiere]
    };
    match activite.travail {
        Travail::Heures { faites, reference } => {
            for (moitie, part) in deux.iter_mut().zip(parts(faites.centiemes())) {
                moitie.travail = Travail::Heures { faites: DureeTravaillee::de_centiemes(part), reference };
            }
        }
        Travail::Jours { faits, accord } => {
            for (moitie, part) in deux.iter_mut().zip(parts(faits.centiemes())) {
                moitie.travail = Travail::Jours { faits: Jours::de_centiemes(part), accord };
            }
        }
        Travail::Paie { percue, smic_horaire } => {
            let premiere = Euros::de_centimes(percue.centimes() / 100 * i64::from(part));
            for (moitie, percue) in deux.iter_mut().zip([premiere, percue - premiere]) {
                moitie.travail = Travail::Paie { percue, smic_horaire };
            }
        }
    }
    deux
}

proptest! {
    #[test]
    fn the_balance_is_the_sum_of_the_lines_in_every_pocket(graine in any::<u64>(), au in jour()) {
        let releve = releve(&vie(graine), au);
        let somme = |poche| -> Euros { releve.lignes.iter().filter(|l| l.poche == poche).map(|l| l.montant).sum() };
        prop_assert_eq!(somme(Poche::Dif), releve.dont_dif);
        prop_assert_eq!(somme(Poche::Cec), releve.dont_cec);
        prop_assert_eq!(somme(Poche::Abondement), releve.dont_abondements);
        let autres = releve.dont_dif + releve.dont_cec + releve.dont_abondements;
        prop_assert_eq!(somme(Poche::Cpf) + autres, releve.solde);
        let mut soldes = (Euros::ZERO, VariationHeures::ZERO);
        for ligne in &releve.lignes {
            soldes = (soldes.0 + ligne.montant, soldes.1 + ligne.heures);
            prop_assert_eq!(soldes, (ligne.solde, ligne.solde_heures));
        }
        prop_assert_eq!(soldes, (releve.solde, releve.solde_heures));
    }

    // A correction is judged by the room of the day of the credit: its lines are held to the highest ceiling of the account.
    // What the holder converted since then stays converted, even if it took the room of a credit corrected later.
    #[test]
    fn what_is_added_never_passes_the_ceiling_of_its_own_line(graine in any::<u64>(), corrigee in any::<bool>(), au in jour()) {
        let mut situation = if corrigee { vie_corrigee(graine) } else { vie(graine) };
        if !situation.rectifications.is_empty() {
            situation.conversions.clear();
        }
        let rectifiees = situation.rectifications.iter().map(|rectification| rectification.le);
        let annulees = situation.sous_niveau_3.iter().filter_map(|declaration| declaration.annulee_le);
        let corrections: Vec<Jour> = rectifiees.chain(annulees).collect();
        let (mut euros, mut heures, mut plus_haut) = (Euros::ZERO, VariationHeures::ZERO, Euros::ZERO);
        for ligne in releve(&situation, au).lignes {
            if matches!(ligne.poche, Poche::Cpf | Poche::Dif) {
                euros += ligne.montant;
            }
            if ligne.poche == Poche::Cpf {
                heures += ligne.heures;
            }
            // Hours of an employee credited from 2019 on are euros on the next line.
            let de_passage = ligne.heures > VariationHeures::ZERO && ligne.date.annee() >= 2019 && !est_en_heures(&ligne);
            prop_assert!(de_passage || heures.nombre() <= 400, "{} hours", heures);
            match ligne.plafond {
                Some(Montant::Euros(plafond)) if ligne.poche != Poche::Cec => {
                    plus_haut = plus_haut.max(plafond);
                    let limite = if corrections.contains(&ligne.date) { plus_haut } else { plafond };
                    prop_assert!(ligne.montant <= Euros::ZERO || euros <= limite, "{} above {}", euros, limite);
                }
                Some(Montant::Heures(plafond)) if est_en_heures(&ligne) && !corrections.contains(&ligne.date) => {
                    let au_dela = heures > VariationHeures::from(plafond);
                    prop_assert!(ligne.heures <= VariationHeures::ZERO || !au_dela, "{} above {}", heures, plafond);
                }
                _ => {}
            }
        }
        prop_assert!(euros <= Euros::entiers(8_000));
    }

    #[test]
    fn volunteering_never_passes_its_ceiling(graine in any::<u64>(), au in jour()) {
        let situation = vie(graine);
        let releve = releve(&situation, au);
        let inscrits = situation.engagements.iter().filter(|engagement| engagement.inscrit_le <= au).count();
        prop_assert!(releve.dont_cec <= Euros::entiers(720), "{} of {} activities", releve.dont_cec, inscrits);
    }

    #[test]
    fn a_later_statement_begins_with_the_earlier_one(graine in any::<u64>(), un in jour(), autre in jour()) {
        let situation = vie(graine);
        let (avant, apres) = (releve(&situation, un.min(autre)), releve(&situation, un.max(autre)));
        prop_assert!(avant.lignes.len() <= apres.lignes.len());
        prop_assert_eq!(&avant.lignes[..], &apres.lignes[..avant.lignes.len()]);
    }

    // Whatever the statuses, the units and the number of employers in a year.
    #[test]
    fn splitting_a_period_changes_no_amount(graine in any::<u64>(), part in 0..=100_u32, au in jour()) {
        let entiere = vie(graine);
        let mut partagee = entiere.clone();
        partagee.activites = entiere.activites.iter().flat_map(|activite| en_deux(activite, part)).collect();
        let (partagee, entiere) = (releve(&partagee, au), releve(&entiere, au));
        prop_assert_eq!((partagee.solde, partagee.solde_heures), (entiere.solde, entiere.solde_heures));
        prop_assert_eq!(partagee.lignes.len(), entiere.lignes.len());
    }

    #[test]
    fn the_order_of_the_records_changes_nothing(graine in any::<u64>(), au in jour()) {
        let situation = vie(graine);
        let mut renversee = situation.clone();
        renversee.activites.reverse();
        prop_assert_eq!(releve(&renversee, au), releve(&situation, au));
    }

    // What is known of the life is the same in the end: only the day on which it is known differs.
    #[test]
    fn corrections_give_what_the_same_life_told_right_from_the_start_gives(graine in any::<u64>(), au in jour()) {
        let corrigee = vie_corrigee(graine);
        let mut juste = Situation { rectifications: Vec::new(), ..corrigee.clone() };
        let mut connues: Vec<_> = corrigee.rectifications.iter().filter(|r| r.le <= au).collect();
        // Stable: of the same day, the last one given stands.
        connues.sort_by_key(|rectification| rectification.le);
        for rectification in connues {
            juste.activites.retain(|activite| activite.annee != rectification.annee);
            juste.activites.extend(rectification.activites.iter().cloned());
        }
        juste.sous_niveau_3.retain(|declaration| declaration.annulee_le.is_none_or(|annulee| annulee > au));
        for declaration in &mut juste.sous_niveau_3 {
            declaration.annulee_le = None;
        }
        let (corrigee, juste) = (releve(&corrigee, au), releve(&juste, au));
        prop_assert_eq!(
            (corrigee.solde, corrigee.solde_heures, corrigee.dont_dif, corrigee.plafond),
            (juste.solde, juste.solde_heures, juste.dont_dif, juste.plafond)
        );
        let acquis = |releve: &Releve| -> (Euros, VariationHeures) {
            (releve.acquises.iter().map(|l| l.montant).sum(), releve.acquises.iter().map(|l| l.heures).sum())
        };
        prop_assert_eq!(acquis(&corrigee), acquis(&juste));
    }

    #[test]
    fn more_work_never_gives_less(graine in any::<u64>(), plus in 0..50_000_u32, au in jour()) {
        let situation = vie_de_salarie(graine);
        let mut davantage = situation.clone();
        for activite in &mut davantage.activites {
            if let Travail::Heures { faites, .. } = &mut activite.travail {
                *faites = DureeTravaillee::de_centiemes(faites.centiemes() + plus);
            }
        }
        prop_assert!(releve(&davantage, au).solde >= releve(&situation, au).solde);
    }

    #[test]
    fn the_lean_balance_is_that_of_the_statement(graine in any::<u64>(), au in jour()) {
        let situation = vie(graine);
        let (releve, soldes) = (releve(&situation, au), solde(&situation, au, &Bareme::EN_VIGUEUR));
        prop_assert_eq!((soldes.total, soldes.heures, soldes.plafond), (releve.solde, releve.solde_heures, releve.plafond));
    }

    #[test]
    fn a_statement_comes_back_from_the_wire_the_same(graine in any::<u64>(), au in jour()) {
        let releve = releve(&vie(graine), au);
        let texte = serde_json::to_string(&releve).unwrap();
        prop_assert!(!texte.split('"').step_by(2).any(|hors| hors.bytes().any(|c| c.is_ascii_digit())));
        prop_assert_eq!(serde_json::from_str::<Releve>(&texte).unwrap(), releve);
    }
}
