//! What an operator reads of one account: who, what is proved, what was declared, what was done about it. No secret.

use std::fmt::Write as _;

use domaine::assurance::Level;
use domaine::freezing::FrozenBy;
use store::{Account, AccountOverview, Person, account_reference};

use crate::journal::at;
use crate::wording::{count, format_day, without_command};

/// The sheet; `nir`: masked, nothing where it was given back.
pub(super) fn compose(account: &Account, person: &Person, nir: Option<&str>, overview: &AccountOverview) -> String {
    let mut text = String::new();
    let mut line = |name: &str, said: &str| {
        // Writing into a text cannot fail.
        let _ = writeln!(text, "{name:<20} {}", without_command(said));
    };
    line("compte", &format!("{}, ouvert le {}", account_reference(&account.id), format_day(account.opened_on)));
    match (&overview.set_aside_on, &overview.frozen) {
        (Some(on), _) if overview.contradicted => {
            line("état", &format!("mis à part le {} : un employeur déclare son NIR pour quelqu'un d'autre", at(*on)));
        }
        (Some(on), _) => line("état", &format!("mis à part le {} : son NIR a été libéré", at(*on))),
        (None, Some(freeze)) => {
            let who = match freeze.origin {
                FrozenBy::Profil => "son titulaire, dans « Mes accès »",
                FrozenBy::Letter => "son titulaire : « Ce n'était pas moi », d'un courriel reçu à l'adresse du compte",
                FrozenBy::FormerAddress => {
                    "« Ce n'était pas moi », d'un courriel envoyé à une ancienne adresse du compte"
                }
                FrozenBy::Service => &freeze.by,
            };
            line("état", &format!("gelé le {} par {who}", at(freeze.on)));
            if freeze.origin == FrozenBy::Service {
                line("", &format!("« {} »", freeze.reason));
            }
        }
        (None, None) => line("état", "ouvert"),
    }
    if let Some(on) = account.closes_on {
        line("fermeture", &format!("demandée : effacé le {}, si personne ne le garde d'ici là", at(on)));
    }
    line(
        "niveau",
        match account.level {
            Level::SetAside => "contredit : rien n'y est versé tant que l'identité n'est pas prouvée",
            Level::Declared => "déclaré : rien de l'identité n'est prouvé, ni le courriel",
            Level::CourrielConfirmed | Level::SecondStep => "courriel confirmé : rien de l'identité n'est prouvé",
            Level::IdentityProved | Level::FranceConnectPlus => "identité prouvée",
        },
    );
    let second_step = account
        .second_step_on
        .map_or_else(|| "aucune".to_owned(), |on| format!("une application, depuis le {}", at(on)));
    line("seconde étape", &second_step);
    line("nom de naissance", &account.nom_naissance);
    line("prénoms", &account.prenoms);
    line("né(e) le", &person.date_naissance.saisie());
    line("NIR", nir.unwrap_or("libéré"));
    line("courriel", &account.courriel);
    for telephone in account.telephone_fixe.iter().chain(&account.telephone_mobile) {
        line("téléphone", telephone);
    }
    let seen = overview.seen_on.map_or_else(|| "jamais, ou il y a plus d'un an".to_owned(), at);
    line("vu pour la dernière fois", &seen);
    let number = |number: i64| count(number.unsigned_abs());
    line("appareils connectés", &number(overview.sessions));
    let employeurs =
        if person.known { format!("{} années déclarées", number(overview.years)) } else { "inconnu".into() };
    line("des employeurs", &employeurs);
    line("DIF déclarés", &number(overview.difs));
    line("niveau de diplôme", &format!("{} déclarations", number(overview.qualifications)));
    line("handicap", &format!("{} déclarations", number(overview.handicaps)));
    line("contestations", &number(overview.contestations));
    text
}
