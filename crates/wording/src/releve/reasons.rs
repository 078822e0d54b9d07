//! Why nothing was given, or why it was taken back, and what would have changed it.

use std::borrow::Cow;

use domaine::bareme::{Bareme, Series};
use domaine::droits::{Raison, YearOfWork};

/// Why nothing was given, or why it was taken back. No `_` arm.
pub(super) fn say_raison(raison: Raison) -> Cow<'static, str> {
    let said = match raison {
        Raison::UnpaidCotisation => {
            "La contribution à la formation n’a pas été payée : une fois payée, l’année sera créditée."
        }
        Raison::Age => return ["Le compte s’ouvre à ", &opening(), "."].concat().into(),
        Raison::Retraite => {
            return [
                "Le compte n’est plus alimenté ni dépensé une fois remplies les conditions de la retraite à taux plein, au plus tard à ",
                &full_rate_age(),
                ".",
            ]
            .concat()
            .into();
        }
        Raison::NoRule => "La loi ne donnait pas encore de droits à ce statut cette année-là.",
        Raison::NoReference => "Il manque le SMIC horaire pour savoir ce qu’est une année entière.",
        Raison::InsufficientSolde => "Votre compte ne suffisait pas.",
        Raison::ReplacedAttestation => "Une autre attestation de DIF a remplacé celle-ci.",
        Raison::RefusedAttestation => "L’attestation n’a pas été acceptée\u{a0}: la raison se lit dans vos droits.",
        Raison::RectifiedYear => "Ce qui était connu de cette année a été corrigé.",
        Raison::CancelledDeclaration => "La déclaration de niveau de diplôme était inexacte : l’année est recalculée.",
        Raison::RecognisedDisability => "Votre preuve de handicap a été acceptée : l’année est recalculée.",
        Raison::OtherLineCorrected => {
            "Une autre ligne a été corrigée, et la place qui restait pour celle-ci n’est plus la même."
        }
        Raison::CorrectedRule => {
            "Règle corrigée : cette ligne ne suivait pas le texte indiqué. Ce qu’il donne est inscrit le même jour."
        }
    };
    said.into()
}

/// What would have given a credit to that year; nothing for what is no reason of a year. No `_` arm.
pub(super) fn would_change(raison: Raison, year: &YearOfWork) -> Option<String> {
    let year = year.year.to_string();
    match raison {
        Raison::UnpaidCotisation => Some(["Le paiement de la contribution à la formation pour ", &year].concat()),
        Raison::Age => Some([&*opening(), ", atteints avant la fin de ", &year].concat()),
        Raison::Retraite => {
            Some("Un crédit inscrit avant que les conditions de la retraite à taux plein soient remplies".into())
        }
        Raison::NoReference => Some("Le SMIC horaire de l’année, que l’employeur déclare avec la paie".into()),
        Raison::NoRule
        | Raison::InsufficientSolde
        | Raison::ReplacedAttestation
        | Raison::RefusedAttestation
        | Raison::RectifiedYear
        | Raison::CancelledDeclaration
        | Raison::RecognisedDisability
        | Raison::OtherLineCorrected
        | Raison::CorrectedRule => None,
    }
}

/// « 67 ans », for whoever was born since 1955.
pub fn full_rate_age() -> String {
    let age = Bareme::IN_FORCE.full_rate_age.all().last().map_or_else(String::new, |age| age.value.to_string());
    [&age, " ans"].concat()
}

/// « 16 ans, ou 15 ans en apprentissage ».
pub fn opening() -> String {
    let age = |series: Series<u16>| series.all().last().map_or_else(String::new, |age| age.value.to_string());
    let bareme = Bareme::IN_FORCE;
    [&age(bareme.opening_age), " ans, ou ", &age(bareme.apprenti_age), " ans en apprentissage"].concat()
}
