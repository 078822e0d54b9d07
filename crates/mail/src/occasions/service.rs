//! What whoever runs the service did about an account, or answered.

use super::{NOT_ASKED, Site};
use crate::letter::Letter;

pub(super) fn contestation_answered(site: Site<'_>, reference: &str) -> Letter {
    Letter::about("Une réponse à votre contestation")
        .says(
            "Une réponse a été écrite à la ligne que vous contestez. Elle se lit dans votre compte, sous cette ligne.",
        )
        .with(vec![("Référence", reference.to_owned())])
        .leads("Lire la réponse", site.to("/historique"))
}

pub(super) fn proof_decided(site: Site<'_>, reference: &str) -> Letter {
    Letter::about("Votre justificatif a été examiné")
        .says("Le justificatif que vous avez déposé a été examiné. Ce qui a été décidé se lit dans votre compte.")
        .with(vec![("Référence", reference.to_owned())])
        .leads("Lire la décision", site.to("/mes-droits"))
}

pub(super) fn account_frozen(site: Site<'_>, account: &str) -> Letter {
    Letter::about("Votre compte est gelé")
        .says(
            "Qui tient ce service a gelé votre compte de formation pour le protéger. Personne ne peut plus s’y connecter ni rien \
             y changer, pas même avec le bon mot de passe. Vos droits restent les mêmes.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .says("Pour le rouvrir, écrivez à qui tient ce service, avec cette référence : ses coordonnées sont sur la page d’aide.")
        .leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn account_thawed(site: Site<'_>, account: &str) -> Letter {
    Letter::about("Votre compte est rouvert")
        .says("Votre compte de formation n’est plus gelé : vous pouvez vous y connecter comme avant.")
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .says(NOT_ASKED)
        .leads("Me connecter", site.to("/connexion"))
}

pub(super) fn signed_out(site: Site<'_>, account: &str) -> Letter {
    Letter::about("Vos appareils sont déconnectés")
        .says(
            "Qui tient ce service a déconnecté tous les appareils de votre compte de formation. Votre mot de passe n’a pas \
             changé : vous pouvez vous reconnecter.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .leads("Me connecter", site.to("/connexion"))
}

pub(super) fn nir_released(site: Site<'_>, account: &str) -> Letter {
    Letter::about("Votre compte est mis à part")
        .says(
            "Une autre personne a prouvé que le numéro de sécurité sociale de ce compte est le sien. Le compte est mis à part : \
             personne ne peut s’y connecter, et rien de ce qu’il contient n’est montré à cette personne.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .says(
            "Vous vous étiez trompé de numéro, ou ce numéro est bien le vôtre ? Écrivez à qui tient ce service, avec cette \
             référence : ses coordonnées sont sur la page d’aide. Votre compte peut recevoir son vrai numéro.",
        )
        .leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn identity_corrected(site: Site<'_>, account: &str, what: &str) -> Letter {
    Letter::about("Votre identité a été corrigée")
        .says(
            ["Sur preuve, la personne qui tient ce service a corrigé ", what, " dans votre compte de formation."]
                .concat(),
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .says(NOT_ASKED)
        .leads("Voir mon profil", site.to("/profil"))
}

pub(super) fn identity_proved(site: Site<'_>, account: &str) -> Letter {
    Letter::about("Votre identité est prouvée")
        .says(
            "Qui tient ce service a vu un document qui prouve votre identité, et l’a noté sur votre compte de formation. Vous \
             pouvez désormais télécharger toutes vos données, vos justificatifs compris.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .says(NOT_ASKED)
        .leads("Voir mon profil", site.to("/profil"))
}

pub(super) fn death_recorded(site: Site<'_>, account: &str) -> Letter {
    Letter::about("Un décès a été noté sur ce compte")
        .says("Le décès du titulaire de ce compte de formation nous a été appris. Le compte est clos, et plus personne ne s’y connecte.")
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .says(
            "Si vous êtes ce titulaire, écrivez sans attendre à qui tient ce service, avec cette référence : ses coordonnées \
             sont sur la page d’aide. Tout sera rétabli.",
        )
        .leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn journal_anchored(site: Site<'_>, day: &str, anchor: &str) -> Letter {
    Letter::about(["Ancre du journal du ", day].concat())
        .says(
            "Voici où en était le journal des opérations à la fin de ce jour, signé par le service. Ce courriel ne parle de personne. \
             Gardez-le ailleurs que sur la machine du service : s’il ne s’accorde plus un jour avec le journal, c’est que quelqu’un y a \
             touché.",
        )
        .shows(anchor.to_owned())
        .says("« acquis journal verifier --ancres FICHIER » compare un fichier de ces lignes au journal (docs/comptes.md).")
        .leads("Les clés qui vérifient la signature", site.to("/.well-known/acquis-signatures.json"))
}
