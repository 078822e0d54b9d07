//! Whose account it is, and by which address: what an operator saw a proof of, and what employers declared.

use super::{NOT_ASKED, Site};
use crate::letter::Letter;

pub(super) fn code_printed(site: Site<'_>, account: &str) -> Letter {
    let letter = Letter::about("Un code a été imprimé pour votre compte")
        .says(
            "À votre demande, qui tient ce service a imprimé un code qui permet de choisir, une fois, un autre mot de passe de \
             votre compte de formation. Il vous est remis sur papier.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())]);
    site.asks_who(letter, NOT_ASKED).leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn courriel_taken_off(site: Site<'_>, account: &str) -> Letter {
    let letter = Letter::about("Cette adresse n’ouvre plus votre compte")
        .says(
            "Sur preuve de l’identité de son titulaire, qui tient ce service a donné une autre adresse à votre compte de \
             formation. Celle-ci ne l’ouvre plus, et tous les appareils ont été déconnectés.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())]);
    site.asks_who(letter, NOT_ASKED).leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn courriel_given(site: Site<'_>, account: &str) -> Letter {
    Letter::about("Cette adresse ouvre votre compte")
        .says(
            "À votre demande, et sur preuve de votre identité, qui tient ce service a donné cette adresse à votre compte de \
             formation. Elle l’ouvre désormais, avec votre mot de passe, et reste à confirmer dans votre profil.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .says("Votre mot de passe est oublié ? Vous pouvez en choisir un autre.")
        .leads("Me connecter", site.to("/connexion"))
        .leads("Choisir un autre mot de passe", site.to("/mot-de-passe-oublie"))
        .says("Vous n’avez pas de compte ici ? Quelqu’un s’est trompé d’adresse. Dites-le à qui tient ce service, sans rien ouvrir.")
        .leads("Demander de l’aide", site.to("/aide"))
}
