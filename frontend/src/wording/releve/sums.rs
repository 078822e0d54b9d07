//! The sum of a line, in figures.

use domaine::bareme::Bareme;
use domaine::droits::{AnneeTravaillee, Hypothese, Ligne, Montant};
use domaine::mesures::{Euros, Heures, Quantite, VariationHeures};

use super::super::formats;

/// What a line adds or takes: « + 500,00 € », « + 24 h », or both.
pub fn change(ligne: &Ligne) -> String {
    dire(ligne.montant, ligne.heures)
}

fn dire(euros: Euros, heures: VariationHeures) -> String {
    if heures.est_nulle() {
        return formats::mouvement(euros);
    }
    let mut texte = String::from(if heures.nombre() < 0 { "−\u{a0}" } else { "+\u{a0}" });
    texte.push_str(&formats::heures(heures.absolue()));
    if !euros.est_nul() {
        texte.push_str(", ");
        texte.push_str(&formats::mouvement(euros));
    }
    texte
}

/// The same without a plus sign, before the ceiling when `brut`.
pub(super) fn mouvement(ligne: &Ligne, brut: bool) -> String {
    let (mut euros, mut heures) = (ligne.montant, ligne.heures);
    if brut {
        euros += ligne.retenu;
        heures += ligne.retenu_heures;
    }
    if heures.est_nulle() && euros >= Euros::ZERO {
        formats::euros(euros)
    } else if euros.est_nul() && heures > VariationHeures::ZERO {
        formats::heures(heures.absolue())
    } else {
        dire(euros, heures)
    }
}

pub(super) fn credit_entier(annee: &AnneeTravaillee) -> Vec<String> {
    let mut calcul = vec!["Crédit annuel entier".into()];
    if annee.majoration > Euros::ZERO {
        calcul = vec![montant(annee.credit)];
        majorer(&mut calcul, annee);
    }
    calcul
}

/// What the same year would have given once whole: below level 3 that is more than the credit in proportion used.
pub(super) fn credit_du_plein(ligne: &Ligne, annee: &AnneeTravaillee) -> Montant {
    let majore = || Bareme::EN_VIGUEUR.credit_peu_qualifie.au(annee.annee.dernier_jour());
    match annee.credit {
        Montant::Euros(ordinaire) => {
            let sous_niveau_3 = ligne.hypotheses.contient(Hypothese::SousNiveau3SousMiTemps);
            let credit = sous_niveau_3.then(majore).flatten().map_or(ordinaire, |majore| majore.vaut);
            Montant::Euros(credit + annee.majoration)
        }
        Montant::Heures(heures) => Montant::Heures(heures),
    }
}

pub(super) fn majorer(calcul: &mut Vec<String>, annee: &AnneeTravaillee) {
    if annee.majoration > Euros::ZERO {
        calcul.push("+".into());
        calcul.push(formats::euros(annee.majoration));
    }
}

pub(super) fn montant(montant: Montant) -> String {
    match montant {
        Montant::Euros(euros) => formats::euros(euros),
        Montant::Heures(heures) => formats::heures(heures),
    }
}

/// « 803,50 h », « 109 jours », « 12 000,00 € ».
pub(super) fn quantite(quantite: Quantite) -> String {
    match quantite {
        Quantite::Heures(duree) => formats::duree(duree),
        Quantite::Jours(jours) => formats::jours(jours),
        Quantite::Paie(euros) => formats::euros(euros),
    }
}

pub(super) fn quantite_en_mots(manque: Quantite) -> String {
    match manque {
        Quantite::Heures(duree) => formats::duree_en_mots(duree),
        Quantite::Jours(_) | Quantite::Paie(_) => quantite(manque),
    }
}

pub(super) fn produit(heures: Heures, taux: Euros) -> Vec<String> {
    vec![formats::heures(heures), "×".into(), formats::euros(taux)]
}
