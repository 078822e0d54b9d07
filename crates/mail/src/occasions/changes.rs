//! While somebody who is connected changes their e-mail or their telephones: what is written to the mailbox that the account has,
//! and to the one that it shall have.

use domaine::identite::CodeCourriel;

use super::{NOT_YOU, Site};
use crate::letter::Letter;
use crate::moment::until_words;

pub(super) fn change_code(site: Site<'_>, code: &CodeCourriel, until: i64, what: &str) -> Letter {
    let letter = Letter::about("Confirmez le changement de vos coordonnées")
        .says(
            [
                "Quelqu’un, vous sans doute, est connecté à votre compte de formation et demande à y changer ",
                what,
                ". Rien n’a encore changé.",
            ]
            .concat(),
        )
        .says("Si c’est bien vous, tapez ce code dans votre profil, sur l’appareil où vous l’avez demandé :")
        .shows(code.group())
        .with(vec![("Ce code sert", until_words(until))])
        .leads("Voir mon profil", site.to("/profil"))
        .says("Ne donnez ce code à personne.");
    site.stops(letter, NOT_YOU)
}

pub(super) fn new_courriel_code(site: Site<'_>, code: &CodeCourriel, until: i64) -> Letter {
    Letter::about("Confirmez votre nouvelle adresse")
        .says("Le titulaire d’un compte de formation, vous sans doute, demande que cette adresse ouvre désormais son compte.")
        .says("Tapez ce code dans votre profil, sur l’appareil où vous l’avez demandé :")
        .shows(code.group())
        .with(vec![("Ce code sert", until_words(until))])
        .leads("Voir mon profil", site.to("/profil"))
        .says("Ce n’était pas vous ? Ne faites rien, et ne donnez ce code à personne : sans lui, rien ne change.")
}

pub(super) fn new_courriel_taken(site: Site<'_>) -> Letter {
    Letter::about("Cette adresse ouvre déjà un compte")
        .says(
            "Le titulaire d’un autre compte de formation, vous peut-être, demande que cette adresse ouvre son compte. Elle en ouvre \
             déjà un : celui-ci n’a pas changé, et l’autre ne peut pas la recevoir.",
        )
        .with(vec![site.when()])
        .says("C’était vous ? Choisissez une autre adresse, ou fermez d’abord, dans son profil, le compte que celle-ci ouvre.")
        .leads("Me connecter", site.to("/connexion"))
        .says("Ce n’était pas vous ? Ne faites rien.")
}
