//! Writing what a year gives within its ceiling: that of its status in euros, its levels in hours.

use crate::bareme::Rythme;
use crate::droits::account::{Compte, Credit, Droit, Ecriture, Registre};
use crate::droits::facts::Montant;
use crate::droits::statement::{AnneeTravaillee, Hypothese, Motif};
use crate::mesures::Heures;

/// Writes the credit of a year, and answers the hours of it that are to become euros at once: those of an employee,
/// once accounts are kept in euros.
pub(in crate::droits) fn donner<R: Registre>(
    compte: &mut Compte<'_, R>,
    credit: &Credit,
    mut ecriture: Ecriture,
) -> Heures {
    let annee = credit.faits.annee;
    match credit.droit {
        Droit::Rien(raison) => compte.ecrire(ecriture, || Motif::AnneeSansCredit { faits: credit.faits, raison }),
        Droit::Euros { montant, plafond } => {
            compte.retenir_le_plafond(annee, plafond);
            let ecriture = compte.sous(ecriture, montant, plafond);
            compte.ecrire(ecriture, || motif(credit, credit.faits));
        }
        Droit::Heures { rythme, part, tout, agent } => {
            let tenues = if agent || !compte.en_euros {
                compte.heures_privees + compte.heures_publiques
            } else {
                compte.heures_acquises
            };
            let gain = Gain::de(&rythme, tenues.nombre().max(0).unsigned_abs(), part, tout);
            ecriture.agent = agent;
            ecriture.heures = gain.heures.into();
            ecriture.retenu_heures = gain.retenues.into();
            ecriture.plafond = Some(Montant::Heures(rythme.plafond));
            ecriture.hypotheses = ecriture.hypotheses.avec_si(gain.au_palier, Hypothese::PassageDuPalier);
            let faits = AnneeTravaillee { credit: Montant::Heures(gain.taux), ..credit.faits };
            compte.ecrire(ecriture, || motif(credit, faits));
            if !agent {
                compte.heures_acquises += gain.heures.into();
                if compte.en_euros {
                    return gain.heures;
                }
            } else if compte.plafond_heures.is_none_or(|(derniere, _)| derniere <= annee) {
                compte.plafond_heures = Some((annee, rythme.plafond));
            }
        }
    }
    Heures::ZERO
}

fn motif(credit: &Credit, faits: AnneeTravaillee) -> Motif {
    if credit.manque == 0 {
        Motif::AnneePleine { faits }
    } else {
        Motif::AnneePartielle { faits, manque: faits.travail.avec(credit.manque) }
    }
}

/// What a year gives in hours to an account that holds so many: what is credited, what is withheld,
/// the rate that was used, and whether the first level stopped it.
struct Gain {
    pub heures: Heures,
    pub retenues: Heures,
    pub taux: Heures,
    pub au_palier: bool,
}

impl Gain {
    fn de(rythme: &Rythme, tenues: u32, part: u32, tout: u32) -> Self {
        let sous_le_palier = tenues < rythme.palier.nombre();
        let (taux, limite) =
            if sous_le_palier { (rythme.par_an, rythme.palier) } else { (rythme.ensuite, rythme.plafond) };
        let brut = taux.au_prorata(part, tout).nombre();
        let heures = brut.min(limite.nombre().saturating_sub(tenues));
        Self {
            heures: Heures::new(heures),
            retenues: Heures::new(brut - heures),
            taux,
            au_palier: sous_le_palier && heures < brut && rythme.palier < rythme.plafond,
        }
    }
}
