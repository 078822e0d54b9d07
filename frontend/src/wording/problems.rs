//! Every refusal of the server, as a sentence that says what to do. No `_` arm: a new code stops the compiler.

use std::borrow::Cow;

use api::probleme::{Code, Probleme};
use domaine::assurance::Level;

use super::formats;
use crate::parts;

/// What the person can do about a refusal.
pub fn phrase(probleme: &Probleme) -> Cow<'static, str> {
    let wait = || probleme.retry_after.as_deref().map(formats::wait);
    Cow::Borrowed(match probleme.code {
        // Nothing that this part of the page asks for is refused in this way: the words would weigh for nobody.
        Code::Resting => UNREADABLE,
        Code::TooManyDeclarations | Code::TooManyContestations | Code::DifClosed if !parts::ACCOUNT => UNREADABLE,
        Code::LevelTooLow | Code::CourrielTaken if !parts::ACCOUNT && !parts::ACCESS => UNREADABLE,
        Code::ExportUnderWay | Code::OldSignIn if !parts::ACCESS => UNREADABLE,
        Code::IdentityContradicted if !parts::DOOR && !parts::ACCESS => UNREADABLE,
        Code::IdentityTaken if !parts::ACCESS => UNREADABLE,
        Code::ProviderUnavailable if !parts::DOOR && !parts::ACCESS => UNREADABLE,
        Code::PasskeyRefused if !parts::DOOR => UNREADABLE,
        Code::TooManyPasskeys if !parts::ACCESS => UNREADABLE,
        Code::PasskeysImpossible if !parts::DOOR && !parts::ACCESS => UNREADABLE,
        Code::AccountImpossible if !parts::DOOR && !parts::ACCOUNT => UNREADABLE,
        Code::TooManyCodes if !parts::DOOR && !parts::ACCOUNT && !parts::ACCESS => UNREADABLE,
        Code::Saisie => "Certaines réponses sont à corriger : elles sont signalées dans le formulaire.",
        Code::AccountImpossible => {
            "Nous ne pouvons pas ouvrir de compte avec ces informations. Vérifiez votre nom de naissance, votre date de naissance et votre numéro de sécurité sociale. Si vous avez déjà un compte, connectez-vous. Ce courriel sert peut-être déjà à un autre compte : essayez-en un autre."
        }
        Code::WrongCredentials => {
            "Aucun compte ne correspond à ce courriel et à ce mot de passe. Vérifiez les deux ; les majuscules comptent dans le mot de passe."
        }
        Code::PasskeyRefused => {
            "Cette clé d’accès n’ouvre aucun compte ici\u{a0}: elle a été retirée, ou le compte a été gelé ou fermé. Connectez-vous avec votre mot de passe."
        }
        Code::PasskeysImpossible => {
            "Ce service n’a pas de nom auquel un navigateur lierait une clé d’accès. Connectez-vous avec votre mot de passe."
        }
        Code::TooManyPasskeys => "Votre compte a déjà vingt clés d’accès. Retirez-en une avant d’en ajouter une autre.",
        Code::FrozenAccount => {
            "Ce compte est gelé pour le protéger\u{a0}: personne ne s’y connecte, et vos droits restent les mêmes. Avec le bon mot de passe, vous saurez depuis quand, par qui, et comment le débloquer."
        }
        Code::LevelTooLow if probleme.level == Some(Level::CourrielConfirmed) => {
            "Pour faire ceci, il faut d’abord confirmer votre courriel\u{a0}: cela se fait dans votre profil, avec un code que nous vous envoyons."
        }
        Code::LevelTooLow => {
            "Pour faire ceci, il faut d’abord que votre identité soit prouvée. Écrivez à la personne qui tient ce service\u{a0}: son adresse est dans l’aide."
        }
        Code::TooManyAttempts => {
            return wait().map_or(Cow::Borrowed("Attendez quelques minutes, puis recommencez."), |wait| {
                Cow::Owned(["Attendez ", &wait, ", puis recommencez."].concat())
            });
        }
        Code::SessionRequired => {
            "Votre session est terminée. Reconnectez-vous pour continuer : ce que vous avez saisi est gardé."
        }
        Code::OldSignIn => {
            "Pour faire ceci, il faut vous connecter de nouveau\u{a0}: c’est ainsi que votre compte sait que c’est bien vous. Rien n’a été changé."
        }
        Code::OriginRefused => {
            "La demande ne venait pas d’une page de ce site. Rechargez cette page à son adresse habituelle, puis recommencez."
        }
        Code::UnreadableBody => {
            "Le service n’a pas compris cette page, sans doute plus ancienne que lui. Rechargez-la, puis recommencez."
        }
        Code::TooSlow => {
            "L’envoi s’est arrêté en chemin\u{a0}: la connexion est trop lente. Rien n’a été enregistré. Recommencez là où elle est meilleure."
        }
        Code::BodyTooLarge => "L’envoi est trop lourd. Choisissez un fichier de 10 Mo au plus.",
        Code::UnexpectedType => "Ce type d’envoi n’est pas reçu ici. Rechargez la page, puis recommencez.",
        Code::NotFound => "Le service ne trouve pas ce qui est demandé. Rechargez la page, puis recommencez.",
        Code::MethodRefused => "Cette action n’existe plus à cette adresse. Rechargez la page, puis recommencez.",
        Code::IdempotencyKeyMissing | Code::IdempotencyKeyReused => {
            "Le formulaire a changé depuis un premier envoi. Relisez vos réponses, puis envoyez-les de nouveau."
        }
        Code::OtherAccount => {
            "Une autre personne s’est connectée dans ce navigateur. Rien n’a été enregistré\u{a0}: rechargez la page."
        }
        Code::TooManyDeclarations => {
            "Ce compte a reçu trop de déclarations. Pour en ajouter une, écrivez à la personne qui tient ce service\u{a0}: son adresse est dans l’aide."
        }
        Code::TooManyContestations => {
            "Vingt de vos contestations attendent déjà une réponse. Vous pourrez en faire une autre quand l’une d’elles l’aura reçue."
        }
        Code::StaleLink => {
            "Cette demande n’est plus valable\u{a0}: elle a déjà servi, ou son délai est passé. Rien n’a été changé. Faites-en une autre."
        }
        Code::TooManyCodes => {
            "Cinq codes ont déjà été envoyés pour cette demande\u{a0}: nous n’en enverrons pas d’autre. Cherchez-les aussi dans les courriers indésirables, ou recommencez plus tard."
        }
        Code::CourrielTaken => "Ce courriel sert déjà à un autre compte. Saisissez-en un autre.",
        Code::ProviderUnavailable => {
            "Le service qui prouve votre identité ne répond pas. Recommencez dans quelques minutes, ou venez avec votre courriel et votre mot de passe."
        }
        Code::IdentityContradicted => {
            "Le nom, la date de naissance ou le numéro de sécurité sociale ne sont pas ceux de l’identité prouvée. Vérifiez-les\u{a0}; s’ils sont bien les vôtres, écrivez à la personne qui tient ce service\u{a0}: son adresse est dans l’aide."
        }
        Code::IdentityTaken => {
            "Cette identité ouvre déjà un compte, ou une autre ouvre celui-ci. Détachez-la d’abord de l’autre compte."
        }
        Code::DifClosed => {
            "Un DIF ne peut plus être déclaré\u{a0}: le dernier jour est passé. Les heures déjà déclarées restent acquises."
        }
        Code::ExportUnderWay => {
            "Vos données sont déjà en cours d’envoi vers l’un de vos appareils. Attendez la fin de cet envoi, puis recommencez."
        }
        Code::Unavailable => {
            return wait().map_or(
                Cow::Borrowed(
                    "Le service ne peut rien enregistrer pour l’instant. Rien n’a été perdu ni enregistré à moitié : recommencez dans quelques minutes.",
                ),
                |wait| {
                    Cow::Owned(
                        [
                            "Le service ne peut rien enregistrer pour l’instant. Rien n’a été perdu ni enregistré à moitié : recommencez dans ",
                            &wait,
                            ".",
                        ]
                        .concat(),
                    )
                },
            );
        }
        Code::Internal => {
            "Une erreur est survenue de notre côté, pas du vôtre. Recommencez ; si elle revient, signalez-la à l’hébergeur de ce site."
        }
    })
}

/// The connection failed before any answer came.
pub const OFFLINE: &str = "La connexion a été perdue. Tout ce que vous avez saisi est gardé sur cette page : recommencez dès qu’elle revient.";

/// The browser keeps no cookie: who is known to the server is nobody at the next screen.
pub const COOKIES_REFUSED: &str = "Vos réponses sont justes, mais votre navigateur refuse le cookie qui retient que vous êtes connecté. Autorisez les cookies de ce site dans ses réglages, puis appuyez de nouveau sur le bouton.";

/// Nobody can stay connected: the page came by http, and the cookie travels by https alone.
pub const NOT_SECURE: &str = "L’adresse de cette page commence par «\u{a0}http://\u{a0}»\u{a0}: un navigateur n’y retient pas que vous êtes connecté. Revenez par l’adresse en «\u{a0}https://\u{a0}»\u{a0}; s’il n’y en a pas, dites-le à la personne qui tient ce service.";

/// The answer could not be read.
pub const UNREADABLE: &str = "Le service a répondu quelque chose d’inattendu. Rechargez la page, puis recommencez.";

#[cfg(test)]
mod tests {
    use super::super::compose::composition_faute;
    use super::*;

    #[test]
    fn every_refusal_is_a_well_set_sentence() {
        let codes = [
            Code::Saisie,
            Code::AccountImpossible,
            Code::WrongCredentials,
            Code::PasskeyRefused,
            Code::PasskeysImpossible,
            Code::TooManyPasskeys,
            Code::FrozenAccount,
            Code::LevelTooLow,
            Code::Resting,
            Code::TooManyAttempts,
            Code::SessionRequired,
            Code::OldSignIn,
            Code::OriginRefused,
            Code::UnreadableBody,
            Code::TooSlow,
            Code::BodyTooLarge,
            Code::UnexpectedType,
            Code::NotFound,
            Code::MethodRefused,
            Code::IdempotencyKeyMissing,
            Code::IdempotencyKeyReused,
            Code::StaleLink,
            Code::TooManyCodes,
            Code::CourrielTaken,
            Code::TooManyDeclarations,
            Code::TooManyContestations,
            Code::OtherAccount,
            Code::DifClosed,
            Code::ProviderUnavailable,
            Code::IdentityContradicted,
            Code::IdentityTaken,
            Code::ExportUnderWay,
            Code::Unavailable,
            Code::Internal,
        ];
        for code in codes {
            for retry_after in [None, Some("90".to_owned())] {
                let text = phrase(&Probleme { retry_after, ..Probleme::new(code) });
                assert_eq!(composition_faute(&text), None, "{text}");
            }
        }
        assert_eq!(composition_faute(&phrase(&Probleme::lacking(Level::CourrielConfirmed))), None);
        assert_eq!(composition_faute(OFFLINE), None);
        assert_eq!(composition_faute(UNREADABLE), None);
    }

    #[test]
    fn a_wait_is_told_with_its_length() {
        let probleme = Probleme { retry_after: Some("300".into()), ..Probleme::new(Code::TooManyAttempts) };
        assert!(phrase(&probleme).contains("Attendez 5\u{a0}minutes"));
    }
}
