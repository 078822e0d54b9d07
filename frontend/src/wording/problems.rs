//! Every refusal of the server, as a sentence that says what to do. No `_` arm: a new code stops the compiler.

use std::borrow::Cow;

use api::probleme::{Code, Probleme};

use super::formats;

/// What the person can do about a refusal.
pub fn phrase(probleme: &Probleme) -> Cow<'static, str> {
    let attente = || probleme.attendre.as_deref().map(formats::attente);
    Cow::Borrowed(match probleme.code {
        Code::Saisie => "Certaines réponses sont à corriger : elles sont signalées dans le formulaire.",
        Code::CompteImpossible => {
            "Nous ne pouvons pas ouvrir de compte avec ces informations. Vérifiez votre nom de naissance, votre date de naissance et votre numéro de sécurité sociale. Si vous avez déjà un compte, connectez-vous. Si quelqu’un d’autre utilise déjà ce courriel ici, donnez-en un autre."
        }
        Code::IdentifiantsFaux => {
            "Aucun compte ne correspond à ce courriel et à ce mot de passe. Vérifiez les deux ; les majuscules comptent dans le mot de passe."
        }
        Code::TropDeTentatives => {
            return attente().map_or(
                Cow::Borrowed("Trop d’essais se sont suivis. Attendez quelques minutes, puis recommencez."),
                |attente| {
                    Cow::Owned(["Trop d’essais se sont suivis. Attendez ", &attente, ", puis recommencez."].concat())
                },
            );
        }
        Code::SessionRequise => {
            "Votre session est terminée. Reconnectez-vous pour continuer : ce que vous avez saisi est gardé."
        }
        Code::OrigineRefusee => {
            "La demande ne venait pas d’une page de ce site. Rechargez cette page à son adresse habituelle, puis recommencez."
        }
        Code::CorpsIllisible => {
            "Le service n’a pas compris cette page, sans doute plus ancienne que lui. Rechargez-la, puis recommencez."
        }
        Code::CorpsTropGrand => "L’envoi est trop lourd. Choisissez un fichier de 10 Mo au plus.",
        Code::TypeInattendu => "Ce type d’envoi n’est pas reçu ici. Rechargez la page, puis recommencez.",
        Code::Introuvable => "Cette adresse ne mène à rien. Rechargez la page, puis recommencez.",
        Code::MethodeRefusee => "Cette action n’existe plus à cette adresse. Rechargez la page, puis recommencez.",
        Code::CleIdempotenceManquante | Code::CleIdempotenceReprise => {
            "Le formulaire a changé depuis un premier envoi. Relisez vos réponses, puis envoyez-les de nouveau."
        }
        Code::AutreCompte => {
            "Une autre personne s’est connectée dans ce navigateur. Rien n’a été enregistré\u{a0}: rechargez la page."
        }
        Code::TropDeDeclarations => {
            "Ce compte a reçu trop de déclarations de DIF. Pour en ajouter une, écrivez à la personne qui tient ce service\u{a0}: son adresse est dans l’aide."
        }
        Code::CourrielPris => "Ce courriel sert déjà à un autre compte. Saisissez-en un autre.",
        Code::DifClos => {
            "Un DIF ne peut plus être déclaré\u{a0}: le dernier jour est passé. Les heures déjà déclarées restent acquises."
        }
        Code::Indisponible => {
            return attente().map_or(
                Cow::Borrowed(
                    "Le service ne peut rien enregistrer pour l’instant. Rien n’a été perdu ni enregistré à moitié : recommencez dans quelques minutes.",
                ),
                |attente| {
                    Cow::Owned(
                        [
                            "Le service ne peut rien enregistrer pour l’instant. Rien n’a été perdu ni enregistré à moitié : recommencez dans ",
                            &attente,
                            ".",
                        ]
                        .concat(),
                    )
                },
            );
        }
        Code::Interne => {
            "Une erreur est survenue de notre côté, pas du vôtre. Recommencez ; si elle revient, signalez-la à l’hébergeur de ce site."
        }
    })
}

/// The connection failed before any answer came.
pub const HORS_LIGNE: &str = "La connexion a été perdue. Tout ce que vous avez saisi est gardé sur cette page : recommencez dès qu’elle revient.";

/// The answer could not be read.
pub const ILLISIBLE: &str = "Le service a répondu quelque chose d’inattendu. Rechargez la page, puis recommencez.";

#[cfg(test)]
mod tests {
    use super::super::compose::faute_de_composition;
    use super::*;

    #[test]
    fn every_refusal_is_a_well_set_sentence() {
        let codes = [
            Code::Saisie,
            Code::CompteImpossible,
            Code::IdentifiantsFaux,
            Code::TropDeTentatives,
            Code::SessionRequise,
            Code::OrigineRefusee,
            Code::CorpsIllisible,
            Code::CorpsTropGrand,
            Code::TypeInattendu,
            Code::Introuvable,
            Code::MethodeRefusee,
            Code::CleIdempotenceManquante,
            Code::CleIdempotenceReprise,
            Code::CourrielPris,
            Code::TropDeDeclarations,
            Code::AutreCompte,
            Code::DifClos,
            Code::Indisponible,
            Code::Interne,
        ];
        for code in codes {
            for attendre in [None, Some("90".to_owned())] {
                let texte = phrase(&Probleme { attendre, ..Probleme::new(code) });
                assert_eq!(faute_de_composition(&texte), None, "{texte}");
            }
        }
        assert_eq!(faute_de_composition(HORS_LIGNE), None);
        assert_eq!(faute_de_composition(ILLISIBLE), None);
    }

    #[test]
    fn a_wait_is_told_with_its_length() {
        let probleme = Probleme { attendre: Some("300".into()), ..Probleme::new(Code::TropDeTentatives) };
        assert!(phrase(&probleme).contains("Attendez 5\u{a0}minutes"));
    }
}
