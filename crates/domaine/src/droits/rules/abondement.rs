//! What someone else adds to the account, outside the ceiling (Code du travail, L6323-15), and what goes back on its
//! deadline (R6323-42-1). In which order it is spent among the rest is told by the rule of expenses.

use crate::bareme::{Bareme, Source};
use crate::droits::account::{Compte, Ecriture, Registre, Restante};
use crate::droits::facts::{Abondement, NatureAbondement};
use crate::droits::statement::{Dotation, Motif, Poche};
use crate::mesures::{Euros, Jour};

/// Someone else adds to the account, outside the ceiling (L6323-15).
pub(in crate::droits) fn abonder<'a, R: Registre>(compte: &mut Compte<'a, R>, abondement: &'a Abondement) {
    let source = match abondement.nature {
        NatureAbondement::Dotation => Source::DOTATIONS,
        NatureAbondement::Complement => Source::COMPLEMENTS,
    };
    let bareme = compte.bareme;
    let mut ecriture = Ecriture::vide(abondement.date, Poche::Abondement, source);
    if compte.est_gele(abondement.date) {
        ecriture.retenu = abondement.montant;
        ecriture.source = Source::RETRAITE;
    } else {
        ecriture.montant = abondement.montant;
        let apres = |autre: &Restante<'_>| rang(autre.abondement, bareme) <= rang(abondement, bareme);
        let place = compte.dotations.partition_point(apres);
        compte.dotations.insert(place, Restante { abondement, reste: abondement.montant });
    }
    compte.ecrire(ecriture, || Motif::Abondement(dotation(abondement, bareme)));
}

/// In the order in which additions are spent: earmarked first, as nothing else can be paid with them, then the
/// nearest deadline, those without any last.
fn rang(abondement: &Abondement, bareme: &Bareme) -> (bool, bool, Option<Jour>) {
    let delai = abondement.delai(bareme);
    (abondement.action_reservee(bareme).is_none(), delai.is_none(), delai)
}

/// The day after a deadline: what is left of it goes back.
pub(in crate::droits) fn echoir<'a, R: Registre>(compte: &mut Compte<'a, R>, abondement: &'a Abondement, date: Jour) {
    let Some(rang) = compte.dotations.iter().position(|restante| std::ptr::eq(restante.abondement, abondement)) else {
        return;
    };
    let reste = compte.dotations.remove(rang).reste;
    if reste > Euros::ZERO {
        let vide = Ecriture::vide(date, Poche::Abondement, Source::DOTATIONS_FLECHEES);
        let bareme = compte.bareme;
        compte.ecrire(Ecriture { montant: -reste, ..vide }, || Motif::AbondementEchu(dotation(abondement, bareme)));
    }
}

fn dotation(abondement: &Abondement, bareme: &Bareme) -> Dotation {
    Dotation {
        financeur: abondement.financeur.clone(),
        action: abondement.action_reservee(bareme).cloned(),
        echeance: abondement.delai(bareme),
    }
}
