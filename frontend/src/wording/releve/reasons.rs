//! Why nothing was given, or why it was taken back, and what would have changed it.

use std::borrow::Cow;

use domaine::bareme::{Bareme, Serie};
use domaine::droits::{AnneeTravaillee, Raison};

/// Why nothing was given, or why it was taken back. No `_` arm.
pub(super) fn dire_raison(raison: Raison) -> Cow<'static, str> {
    let dit = match raison {
        Raison::CotisationImpayee => {
            "La contribution à la formation n’a pas été payée : une fois payée, l’année sera créditée."
        }
        Raison::Age => return ["Le compte s’ouvre à ", &ouverture(), "."].concat().into(),
        Raison::Retraite => "Depuis votre retraite à taux plein, le compte n’est plus alimenté ni dépensé.",
        Raison::SansRegle => "Aucun texte connu de ce compte ne donne de droits à cette situation cette année-là.",
        Raison::SansReference => "Il manque le SMIC horaire pour savoir ce qu’est une année entière.",
        Raison::SoldeInsuffisant => "Votre compte ne suffisait pas.",
        Raison::AttestationRemplacee => "Une autre attestation de DIF a remplacé celle-ci.",
        Raison::AnneeRectifiee => "Ce qui était connu de cette année a été corrigé.",
        Raison::DeclarationAnnulee => "La déclaration de niveau de diplôme était inexacte : l’année est recalculée.",
        Raison::AutreLigneCorrigee => {
            "Une autre ligne a été corrigée, et la place qui restait pour celle-ci n’est plus la même."
        }
    };
    dit.into()
}

/// What would have given a credit to that year; nothing for what is no reason of a year. No `_` arm.
pub(super) fn changerait(raison: Raison, annee: &AnneeTravaillee) -> Option<String> {
    let annee = annee.annee.to_string();
    match raison {
        Raison::CotisationImpayee => Some(["Le paiement de la contribution à la formation pour ", &annee].concat()),
        Raison::Age => Some([&*ouverture(), ", atteints avant la fin de ", &annee].concat()),
        Raison::Retraite => Some("Un crédit inscrit avant le jour de la retraite à taux plein".into()),
        Raison::SansRegle => Some(["Un texte qui donne des droits à ce statut pour ", &annee].concat()),
        Raison::SansReference => Some("Le SMIC horaire de l’année, que l’employeur déclare avec la paie".into()),
        Raison::SoldeInsuffisant
        | Raison::AttestationRemplacee
        | Raison::AnneeRectifiee
        | Raison::DeclarationAnnulee
        | Raison::AutreLigneCorrigee => None,
    }
}

/// « 16 ans, ou 15 ans en apprentissage ».
pub fn ouverture() -> String {
    let age = |serie: Serie<u16>| serie.toutes().last().map_or_else(String::new, |age| age.vaut.to_string());
    let bareme = Bareme::EN_VIGUEUR;
    [&age(bareme.age_d_ouverture), " ans, ou ", &age(bareme.age_d_apprenti), " ans en apprentissage"].concat()
}
