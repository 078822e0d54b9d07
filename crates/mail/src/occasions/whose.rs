//! Whose account it is, and by which address: what an operator saw a proof of, and what employers declared.

use super::{NOT_ASKED, Site};
use crate::letter::Letter;

pub(super) fn code_printed(site: Site<'_>, account: &str) -> Letter {
    let letter = Letter::about("Un code a été imprimé pour votre compte")
        .says(
            "À votre demande, la personne qui tient ce service a imprimé un code qui permet de choisir, une fois, un autre mot de passe de \
             votre compte de formation. Il vous est remis sur papier.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())]);
    site.asks_who(letter, NOT_ASKED).leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn courriel_taken_off(site: Site<'_>, account: &str) -> Letter {
    let letter = Letter::about("Cette adresse n’ouvre plus votre compte")
        .says(
            "Sur preuve de l’identité de son titulaire, la personne qui tient ce service a donné une autre adresse à votre compte de \
             formation. Celle-ci ne l’ouvre plus, et tous les appareils ont été déconnectés.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())]);
    site.asks_who(letter, NOT_ASKED).leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn courriel_given(site: Site<'_>, account: &str) -> Letter {
    Letter::about("Cette adresse ouvre votre compte")
        .says(
            "À votre demande, et sur preuve de votre identité, la personne qui tient ce service a donné cette adresse à votre compte de \
             formation. Elle l’ouvre désormais, avec votre mot de passe, et reste à confirmer dans votre profil.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .says("Votre mot de passe est oublié ? Vous pouvez en choisir un autre.")
        .leads("Me connecter", site.to("/connexion"))
        .leads("Choisir un autre mot de passe", site.to("/mot-de-passe-oublie"))
        .says("Vous n’avez pas de compte ici ? Quelqu’un s’est trompé d’adresse. Dites-le à qui tient ce service, sans rien ouvrir.")
        .leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn set_aside(site: Site<'_>, account: &str) -> Letter {
    Letter::about("Votre compte est mis à part")
        .says(
            "Un employeur a déclaré le numéro de sécurité sociale de votre compte de formation pour une autre personne. Votre \
             identité n’étant pas prouvée, le compte est mis à part : ce que les employeurs déclarent sous ce numéro n’y est pas \
             versé. Ce que vous y avez écrit y reste, et n’est montré à personne d’autre.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .says("Vous pouvez toujours vous connecter, télécharger ce que vous avez écrit, ou fermer le compte.")
        .says(
            "Ce numéro est bien le vôtre, ou vous vous étiez trompé de numéro ? Écrivez à qui tient ce service, avec cette \
             référence, et montrez une pièce d’identité et une attestation de droits : ses coordonnées sont sur la page d’aide.",
        )
        .leads("Voir mon compte", site.to("/profil"))
        .leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn nir_given_back(site: Site<'_>, account: &str) -> Letter {
    Letter::about("Votre compte a retrouvé son numéro")
        .says(
            "Votre compte de formation n’est plus mis à part : son numéro de sécurité sociale est de nouveau le sien, et ce que \
             les employeurs déclarent pour vous y est versé.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .says("Vous n’avez rien à faire.")
        .leads("Voir mes droits", site.to("/mes-droits"))
}

pub(super) fn another_had_your_number(site: Site<'_>) -> Letter {
    Letter::about("Un autre compte avait été ouvert avec votre numéro")
        .says(
            "Avant vous, quelqu’un d’autre avait ouvert un compte de formation avec votre numéro de sécurité sociale, par erreur ou \
             non. Un employeur ayant déclaré ce numéro à votre nom, ce compte a été mis à part : rien de ce qui est à vous n’y est \
             montré, et rien de ce qu’il contient n’est dans le vôtre.",
        )
        .with(vec![site.when()])
        .says("Vous n’avez rien à faire. Si quelque chose vous étonne dans vos droits, contestez la ligne, là où elle est expliquée.")
        .leads("Voir mes droits", site.to("/mes-droits"))
        .leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn outranked(site: Site<'_>, account: &str) -> Letter {
    Letter::about("Votre compte est mis à part")
        .says(
            "Une personne dont l’identité est prouvée a ouvert un compte avec le numéro de sécurité sociale de celui-ci, qui est mis \
             à part. Vous y lisez toujours ce que vous avez saisi ; rien n’en est montré à cette personne, ni d’elle à vous.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .says(
            "Vous vous étiez trompé de numéro, ou ce numéro est bien le vôtre ? Écrivez à qui tient ce service, avec cette \
             référence : ses coordonnées sont sur la page d’aide.",
        )
        .leads("Demander de l’aide", site.to("/aide"))
}
