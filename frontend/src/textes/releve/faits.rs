//! The facts of a line: who said so, what was known, what would have changed it.

use domaine::droits::{AnneeTravaillee, CategorieEngagement, Dotation, Poche, Provenance};
use domaine::mesures::{Euros, Quantite};

use super::super::formats;
use super::calcul::quantite;

pub(super) fn connu_par(provenance: Provenance, annee: Option<&AnneeTravaillee>) -> String {
    match (provenance, annee) {
        (Provenance::Employeurs, Some(annee)) => {
            ["Les déclarations de vos employeurs pour ", &annee.annee.to_string()].concat()
        }
        (Provenance::Employeurs, None) => "Les déclarations de vos employeurs".into(),
        (Provenance::AncienCompte, _) => "Le solde en heures de votre ancien compte, au 31 décembre 2018".into(),
        (Provenance::Titulaire, _) => "Vous-même".into(),
        (Provenance::Projection, _) => "Personne encore : une supposition".into(),
    }
}

pub(super) fn travaillees(annee: &AnneeTravaillee) -> String {
    let mot = match annee.travail {
        Quantite::Heures(_) => " travaillées, pour une année de ",
        Quantite::Jours(_) => " travaillés, pour une année de ",
        Quantite::Paie(_) => " de salaire, pour une année de ",
    };
    [&*quantite(annee.travail), mot, &quantite(annee.reference)].concat()
}

pub(super) fn absences(annee: &AnneeTravaillee) -> Option<(&'static str, String)> {
    annee.absences.map(|absences| ("Dont absences comptées comme du travail", quantite(absences)))
}

pub(super) fn en_dessous(annee: &AnneeTravaillee) -> String {
    let mi_temps = annee.reference.avec(annee.reference.centiemes().div_ceil(2));
    ["Moins de ", &quantite(mi_temps), " dans l’année : un crédit en proportion"].concat()
}

pub(super) fn engagement(categorie: &CategorieEngagement) -> &str {
    match categorie {
        CategorieEngagement::ServiceCivique => "service civique",
        CategorieEngagement::ReserveMilitaire => "réserve militaire",
        CategorieEngagement::Benevolat => "bénévolat",
        CategorieEngagement::MaitreDApprentissage => "maître d’apprentissage",
        CategorieEngagement::SapeurPompier => "sapeur-pompier volontaire",
        CategorieEngagement::Autre(intitule) => intitule,
    }
}

pub(super) fn precisions(dotation: &Dotation) -> impl Iterator<Item = (&'static str, String)> {
    let action = dotation.action.clone().map(|action| ("Réservé à", action));
    let echeance = dotation.echeance.map(|jour| ("À dépenser avant la fin du", formats::jour_long(jour)));
    action.into_iter().chain(echeance)
}

pub(super) const fn poche(poche: Poche) -> &'static str {
    match poche {
        Poche::Cpf => "vos droits",
        Poche::Dif => "votre DIF",
        Poche::Cec => "votre engagement citoyen",
        Poche::Abondement => "un abondement",
    }
}

pub(super) fn une_heure_de_plus(taux: Euros) -> String {
    ["Une heure de plus : ", &formats::euros(taux), " de plus"].concat()
}
