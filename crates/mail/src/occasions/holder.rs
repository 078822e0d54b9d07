//! What was done to an account by whoever is connected to it, or was not done for too long.

use domaine::freezing::FrozenBy;

use super::{NOT_YOU, NOT_YOU_AND_OUT, Site};
use crate::letter::Letter;
use crate::moment::moment;

pub(super) fn mot_de_passe_changed(site: Site<'_>) -> Letter {
    let letter = Letter::about("Votre mot de passe a changé")
        .says("Le mot de passe de votre compte de formation vient de changer. Tous les autres appareils ont été déconnectés.")
        .with(vec![site.when()]);
    site.asks_who(letter, NOT_YOU_AND_OUT).leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn courriel_changed(site: Site<'_>) -> Letter {
    let letter = Letter::about("L’adresse de votre compte a changé")
        .says(
            "Une autre adresse de courriel ouvre désormais votre compte de formation. Celle-ci ne l’ouvre plus, et ce \
             message est le dernier qu’elle reçoit.",
        )
        .with(vec![site.when()]);
    site.asks_who(letter, NOT_YOU_AND_OUT).leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn telephones_changed(site: Site<'_>) -> Letter {
    let letter = Letter::about("Vos numéros de téléphone ont changé")
        .says("Les numéros de téléphone de votre compte de formation viennent de changer.")
        .with(vec![site.when()]);
    site.asks_who(letter, NOT_YOU).leads("Voir mon profil", site.to("/profil"))
}

pub(super) fn new_device(site: Site<'_>, device: &str) -> Letter {
    let letter = Letter::about("Nouvelle connexion à votre compte")
        .says("Quelqu’un s’est connecté à votre compte de formation depuis un appareil que votre compte ne connaissait pas.")
        .with(vec![site.when(), ("Appareil", device.to_owned())]);
    site.asks_who(letter, NOT_YOU).leads("Voir les appareils connectés", site.to("/acces"))
}

pub(super) fn passkey_added(site: Site<'_>, device: &str) -> Letter {
    let letter = Letter::about("Une clé d’accès ouvre votre compte")
        .says(
            "Une clé d’accès vient d’être ajoutée à votre compte de formation. Elle l’ouvre sans mot de passe, par l’empreinte, le \
             visage ou le code d’un appareil.",
        )
        .with(vec![site.when(), ("Ajoutée depuis", device.to_owned())]);
    site.asks_who(letter, NOT_YOU).leads("Voir mes accès", site.to("/acces"))
}

pub(super) fn passkey_removed(site: Site<'_>, device: &str) -> Letter {
    let letter = Letter::about("Une clé d’accès est retirée de votre compte")
        .says("Une clé d’accès vient d’être retirée de votre compte de formation : elle ne l’ouvre plus. Votre mot de passe n’a pas changé.")
        .with(vec![site.when(), ("Retirée depuis", device.to_owned())]);
    site.asks_who(letter, NOT_YOU).leads("Voir mes accès", site.to("/acces"))
}

pub(super) fn proof_withdrawn(site: Site<'_>) -> Letter {
    let letter = Letter::about("Une déclaration a été retirée de votre compte")
        .says(
            "Ce que vous aviez déclaré avec un justificatif vient d’être retiré de votre compte de formation, et le \
             justificatif est effacé. Ce que cette déclaration avait ajouté reste.",
        )
        .with(vec![site.when()]);
    site.asks_who(letter, NOT_YOU).leads("Voir mes droits", site.to("/mes-droits"))
}

pub(super) fn export_left(site: Site<'_>, whole: bool, device: &str) -> Letter {
    let (subject, says) = if whole {
        (
            "Toutes vos données ont été téléchargées",
            "Tout ce que votre compte de formation garde de vous vient d’être téléchargé, avec le numéro de sécurité sociale en entier et les \
             justificatifs. Le mot de passe ou une clé d’accès avait été redemandé. Gardez ce fichier où personne d’autre ne le lit : il \
             suffit à se faire passer pour vous.",
        )
    } else {
        (
            "Vos données ont été téléchargées",
            "Ce que votre compte de formation garde de vous vient d’être téléchargé, sans les justificatifs et avec un numéro de sécurité \
             sociale masqué.",
        )
    };
    let letter = Letter::about(subject).says(says).with(vec![site.when(), ("Depuis", device.to_owned())]);
    site.asks_who(letter, NOT_YOU).leads("Voir mon profil", site.to("/profil"))
}

pub(super) fn account_closed(site: Site<'_>) -> Letter {
    Letter::about("Votre compte est fermé")
        .says(
            "Votre compte de formation est fermé. Ce que vous y aviez écrit et vos justificatifs sont effacés ; ce que vos \
             employeurs ont déclaré leur appartient et reste connu.",
        )
        .with(vec![site.when()])
        .says("Vous pourrez en ouvrir un autre quand vous voudrez : vos droits vous attendent.")
        .says("Ce n’était pas vous ? Écrivez sans attendre à qui tient ce service : ses coordonnées sont sur la page d’aide.")
        .leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn closing_asked(site: Site<'_>, on: i64) -> Letter {
    let letter = Letter::about("Votre compte va être effacé")
        .says(
            "La fermeture de votre compte de formation a été demandée, et tous ses appareils sont déconnectés. Ce que vous y avez écrit et \
             vos justificatifs seront effacés ; ce que vos employeurs ont déclaré leur appartient et reste connu.",
        )
        .with(vec![site.when(), ("Effacement", moment(on))])
        .says("Pour le garder, connectez-vous avant cette date et choisissez « Garder mon compte ».");
    site.asks_who(letter, NOT_YOU_AND_OUT).leads("Me connecter", site.to("/connexion"))
}

pub(super) fn closing_taken_back(site: Site<'_>) -> Letter {
    let letter = Letter::about("Votre compte est gardé")
        .says("La fermeture de votre compte de formation est annulée : rien n’en est effacé.")
        .with(vec![site.when()]);
    site.asks_who(letter, NOT_YOU).leads("Voir mon profil", site.to("/profil"))
}

pub(super) fn account_unused(site: Site<'_>, years: u16, closes_on: &str) -> Letter {
    Letter::about("Votre compte va être fermé")
        .says(format!(
            "Personne ne s’est connecté à votre compte de formation depuis {years} ans. Sans nouvelle de vous, il sera fermé, et \
             ce que vous y avez écrit sera effacé. Ce que vos employeurs ont déclaré reste connu."
        ))
        .with(vec![("Fermeture", ["à partir du ", closes_on].concat())])
        .says("Pour le garder, connectez-vous une fois avant ce jour : cela suffit.")
        .says("Mot de passe perdu, ou plus d’accès ? Écrivez à qui tient ce service : ses coordonnées sont sur la page d’aide.")
        .leads("Me connecter", site.to("/connexion"))
}

pub(super) fn unused_account_closed(site: Site<'_>, years: u16) -> Letter {
    Letter::about("Votre compte est fermé")
        .says(format!(
            "Personne ne s’était connecté à votre compte de formation depuis {years} ans, et deux courriels vous l’avaient \
             annoncé : il est fermé. Ce que vous y aviez écrit et vos justificatifs sont effacés ; ce que vos employeurs ont \
             déclaré leur appartient et reste connu."
        ))
        .with(vec![site.when()])
        .says("Vous pourrez en ouvrir un autre quand vous voudrez.")
        .leads("Ouvrir un compte", site.to("/inscription"))
}

pub(super) fn frozen_by_holder(site: Site<'_>, account: &str, by: FrozenBy) -> Letter {
    Letter::about("Votre compte est gelé")
        .says(match by {
            FrozenBy::Profil => "Vous avez gelé votre compte de formation depuis « Mes accès ».",
            FrozenBy::Letter => {
                "« Ce n’était pas moi » a été choisi dans un de nos courriels : votre compte de formation est gelé."
            }
            FrozenBy::FormerAddress => {
                "« Ce n’était pas moi » a été choisi dans un courriel envoyé à une ancienne adresse de ce compte de formation : le \
                 compte est gelé."
            }
            FrozenBy::Service => "Votre compte de formation est gelé.",
        })
        .says(
            "Tous les appareils sont déconnectés. Personne ne peut s’y connecter, ni rien y changer ou y dépenser, pas même avec le \
             bon mot de passe. Vos droits restent les mêmes.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())])
        .says(if by.trusts_mailbox() {
            "Pour le débloquer, connectez-vous avec votre mot de passe : un code sera envoyé à l’adresse du compte, et vous choisirez un \
             autre mot de passe. Si vous ne pouvez pas, écrivez à qui tient ce service, avec cette référence : ses coordonnées sont \
             sur la page d’aide."
        } else {
            "L’adresse du compte a changé depuis ce courriel : elle ne suffit donc pas à le rouvrir. Écrivez à qui tient ce service, \
             avec cette référence : ses coordonnées sont sur la page d’aide."
        })
        .leads("Me connecter", site.to("/connexion"))
        .leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn thawed_by_holder(site: Site<'_>, account: &str) -> Letter {
    let letter = Letter::about("Votre compte est débloqué")
        .says(
            "Votre compte de formation n’est plus gelé : il a été débloqué avec son mot de passe et un code, et un autre mot de passe \
             l’ouvre désormais.",
        )
        .with(vec![site.when(), ("Référence du compte", account.to_owned())]);
    site.asks_who(letter, NOT_YOU_AND_OUT).leads("Demander de l’aide", site.to("/aide"))
}

pub(super) fn identity_linked(site: Site<'_>, provider: &str) -> Letter {
    let letter = Letter::about("Un autre moyen d’ouvrir votre compte")
        .says(["Votre compte de formation s’ouvre désormais aussi avec ", provider, ", sans mot de passe."].concat())
        .with(vec![site.when()])
        .leads("Voir mes accès", site.to("/profil"));
    site.asks_who(letter, NOT_YOU)
}

pub(super) fn identity_unlinked(site: Site<'_>, provider: &str) -> Letter {
    let letter = Letter::about("Un moyen d’ouvrir votre compte est retiré")
        .says(
            [
                "Votre compte de formation ne s’ouvre plus avec ",
                provider,
                ". Votre courriel et votre mot de passe l’ouvrent toujours.",
            ]
            .concat(),
        )
        .with(vec![site.when()])
        .leads("Voir mes accès", site.to("/profil"));
    site.asks_who(letter, NOT_YOU)
}
