//! What was asked for with a mailbox: its codes, and what stands in the way.

use domaine::identite::CodeCourriel;

use super::{NOT_YOU, NOT_YOU_AND_OUT, Site};
use crate::letter::Letter;
use crate::moment::until_words;

pub(super) fn sign_up_code(site: Site<'_>, code: &CodeCourriel, token: &str, until: i64) -> Letter {
    Letter::about("Confirmez votre adresse pour ouvrir votre compte")
        .says("Vous avez demandé un compte de formation. Pour l’ouvrir, montrez que cette adresse est bien la vôtre.")
        .says("Tapez ce code sur la page où vous vous êtes inscrit :")
        .shows(code.group())
        .with(vec![("Ce code sert", until_words(until))])
        .says(
            "Ou suivez ce lien et confirmez. Sur un autre appareil que celui de votre inscription, votre mot de passe vous sera \
             demandé.",
        )
        .leads("Confirmer mon adresse", site.to(&format!("/confirmer#{token}")))
        .says(
            "Ce n’était pas vous ? Ne faites rien : sans ce code, aucun compte ne s’ouvre, et la demande s’efface \
             d’elle-même en une journée.",
        )
}

pub(super) fn already_an_account(site: Site<'_>) -> Letter {
    Letter::about("Vous avez déjà un compte")
        .says(
            "Quelqu’un, vous sans doute, vient de demander un compte de formation avec cette adresse. Elle en ouvre déjà un : \
             il n’y a rien à refaire, vos droits vous y attendent.",
        )
        .with(vec![site.when()])
        .leads("Me connecter", site.to("/connexion"))
        .says("Votre mot de passe est oublié ? Vous pouvez en choisir un autre.")
        .leads("Choisir un autre mot de passe", site.to("/mot-de-passe-oublie"))
        .says("Ce n’était pas vous ? Ne faites rien : votre compte n’a pas changé.")
}

pub(super) fn asked_with_your_number(site: Site<'_>) -> Letter {
    Letter::about("Une demande de compte avec votre numéro")
        .says(
            "Quelqu’un vient de demander un compte de formation avec votre numéro de sécurité sociale et une autre adresse que \
             celle-ci. Aucun compte n’a été ouvert, et le vôtre n’a pas changé.",
        )
        .with(vec![site.when()])
        .says("C’était vous ? Votre compte existe déjà, et c’est cette adresse qui l’ouvre.")
        .leads("Me connecter", site.to("/connexion"))
        .leads("Choisir un autre mot de passe", site.to("/mot-de-passe-oublie"))
        .says(
            "Ce n’était pas vous ? Quelqu’un connaît votre numéro. Vous n’avez rien à faire ici ; si cela se répète, écrivez à qui \
             tient ce service : ses coordonnées sont sur la page d’aide.",
        )
        .leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn no_account_opened(site: Site<'_>) -> Letter {
    Letter::about("Votre demande de compte n’a pas abouti")
        .says(
            "Un compte de formation a été demandé avec cette adresse. Avec ce qui a été saisi, il ne peut pas être ouvert. Rien \
             n’en est gardé.",
        )
        .with(vec![site.when()])
        .says(
            "Si c’était vous, relisez votre nom de naissance, votre date de naissance et votre numéro de sécurité sociale, tels \
             qu’ils sont sur votre carte Vitale, puis recommencez. Si vous avez déjà ouvert un compte avec une autre adresse, \
             c’est elle qui vous le rouvre.",
        )
        .leads("Recommencer mon inscription", site.to("/inscription"))
        .leads("Retrouver mon compte", site.to("/mot-de-passe-oublie"))
        .says("Si tout est juste, écrivez à qui tient ce service : ses coordonnées sont sur la page d’aide.")
        .leads("Demander de l’aide", site.to("/aide"))
        .says("Ce n’était pas vous ? Ne faites rien.")
}

pub(super) fn recovery_code(site: Site<'_>, code: &CodeCourriel, token: &str, until: i64) -> Letter {
    Letter::about("Choisissez un autre mot de passe")
        .says("Vous avez demandé à retrouver votre compte de formation. Tapez ce code sur la page où vous l’avez demandé :")
        .shows(code.group())
        .with(vec![("Ce code sert", until_words(until))])
        .says("Ou suivez ce lien, sur l’appareil de votre choix :")
        .leads("Choisir un autre mot de passe", site.to(&format!("/mot-de-passe-oublie#{token}")))
        .says(
            "Ce n’était pas vous ? Ne faites rien : votre mot de passe n’a pas changé. Ne donnez ce code à personne.",
        )
}

pub(super) fn no_account_here(site: Site<'_>) -> Letter {
    Letter::about("Cette adresse n’ouvre aucun compte")
        .says(
            "Quelqu’un, vous peut-être, cherche à retrouver un compte de formation avec cette adresse. Elle n’en ouvre aucun.",
        )
        .with(vec![site.when()])
        .says("Si c’était vous, essayez une autre adresse que vous auriez pu donner, ou ouvrez un compte.")
        .leads("Essayer une autre adresse", site.to("/mot-de-passe-oublie"))
        .leads("Ouvrir un compte", site.to("/inscription"))
        .says("Ce n’était pas vous ? Ne faites rien.")
}

pub(super) fn access_given_back(site: Site<'_>) -> Letter {
    let letter = Letter::about("Votre mot de passe a été remplacé")
        .says(
            "Le mot de passe oublié de votre compte de formation vient d’être remplacé. Tous les appareils ont été déconnectés, \
             sauf celui qui l’a choisi.",
        )
        .with(vec![site.when()]);
    site.asks_who(letter, NOT_YOU_AND_OUT).leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn confirmation_code(site: Site<'_>, code: &CodeCourriel, until: i64) -> Letter {
    Letter::about("Confirmez l’adresse de votre compte")
        .says("Vous êtes connecté à votre compte de formation et confirmez que cette adresse est la vôtre.")
        .says("Tapez ce code dans votre profil, sur l’appareil où vous l’avez demandé :")
        .shows(code.group())
        .with(vec![("Ce code sert", until_words(until))])
        .leads("Voir mon profil", site.to("/profil"))
        .says(NOT_YOU)
}

pub(super) fn thaw_code(site: Site<'_>, code: &CodeCourriel, until: i64) -> Letter {
    Letter::about("Débloquez votre compte")
        .says(
            "Quelqu’un qui connaît le mot de passe de votre compte de formation, vous sans doute, demande à le débloquer. Tapez ce code \
             sur la page où vous l’avez demandé :",
        )
        .shows(code.group())
        .with(vec![("Ce code sert", until_words(until))])
        .says("Ce n’était pas vous ? Ne faites rien et ne donnez ce code à personne : sans lui, votre compte reste gelé.")
        .leads("Demander de l’aide", site.to("/aide"))
}
