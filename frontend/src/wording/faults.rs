//! Every fault as a sentence that says what to do, with the person's own case. No `_` arm over a kind of
//! fault: a new one stops the compiler. Here is what identifies a person; what they declare is told in `declared`.

mod declared;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use domaine::forms::Faute;
use domaine::identite::nir::Incoherence;
use domaine::identite::{
    CodeInvalide, CourrielInvalide, MotDePasseInvalide, NaissanceInvalide, NirInvalide, NomInvalide, Small,
    TelephoneInvalide,
};

use crate::parts;

/// Instead of words that this part of the page does not carry.
const ELSEWHERE: &str = "Relisez cette réponse, puis corrigez-la.";

/// What to do about this fault at the field that bears this id.
pub fn phrase(faute: &Faute, champ: &str) -> Cow<'static, str> {
    Cow::Borrowed(match *faute {
        // No form of this part of the page can be wrong in this way: the words would weigh for nobody.
        Faute::Nom(_) | Faute::Naissance(_) | Faute::Nir(_) | Faute::Incoherence(_) | Faute::Cgu if !parts::DOOR => {
            ELSEWHERE
        }
        Faute::Telephone(_) | Faute::MissingTelephone | Faute::TwoMobiles | Faute::TwoFixes
            if !parts::DOOR && !parts::ACCESS =>
        {
            ELSEWHERE
        }
        Faute::MotDePasse(_) if !parts::DOOR && !parts::ACCOUNT && !parts::ACCESS => ELSEWHERE,
        Faute::Code(_) | Faute::WrongCode if !parts::DOOR && !parts::ACCOUNT && !parts::ACCESS => ELSEWHERE,
        Faute::SpentCode if !parts::DOOR && !parts::ACCOUNT && !parts::ACCESS => ELSEWHERE,
        Faute::UsedCode if !parts::ACCESS => ELSEWHERE,
        Faute::Piece(_)
        | Faute::MissingHours
        | Faute::MissingRapport
        | Faute::Date(_)
        | Faute::Raison(_)
        | Faute::MissingConfirmation
            if !parts::ACCOUNT =>
        {
            ELSEWHERE
        }
        Faute::Hours(_) if !parts::ACCOUNT && !parts::SIMULATION => ELSEWHERE,
        Faute::YearOutOfBounds { .. } | Faute::HoursPerYear | Faute::MissingEmploi if !parts::SIMULATION => ELSEWHERE,
        Faute::Nom(faute) => return of_the_nom(faute, champ == "prenoms"),
        Faute::Naissance(faute) => of_the_naissance(faute),
        Faute::Nir(faute) => return of_the_nir(faute),
        Faute::Incoherence(Incoherence::Year) => {
            "L’année ne s’accorde pas avec votre numéro de sécurité sociale, qui la donne en 2e et 3e caractères : vérifiez les deux."
        }
        Faute::Incoherence(Incoherence::Month) => {
            "Le mois ne s’accorde pas avec votre numéro de sécurité sociale, qui le donne en 4e et 5e caractères : vérifiez les deux."
        }
        Faute::Telephone(faute) => return of_the_telephone(faute),
        Faute::MissingTelephone => "Indiquez un numéro fixe ou un numéro mobile : un seul suffit.",
        Faute::TwoMobiles => "C’est un second numéro de mobile : laissez cette case vide ou saisissez un numéro fixe.",
        Faute::TwoFixes => "C’est un second numéro fixe : laissez cette case vide ou saisissez un numéro de mobile.",
        Faute::Courriel(faute) => return of_the_courriel(faute),
        Faute::MotDePasse(faute) => return of_the_mot_de_passe(faute),
        Faute::MissingMotDePasse => "Saisissez votre mot de passe.",
        Faute::WrongMotDePasse => {
            "Ce n’est pas le mot de passe de ce compte : les majuscules comptent, ressaisissez-le."
        }
        Faute::SameMotDePasse => "C’est le mot de passe d’avant\u{a0}: choisissez-en un autre.",
        Faute::Code(faute) => return of_the_code(faute, champ),
        Faute::WrongCode if parts::ACCOUNT && champ == PRINTED => {
            "Ce code n’ouvre aucun compte\u{a0}: relisez-le sur votre lettre. Il ne sert qu’une fois."
        }
        Faute::WrongCode if parts::ACCESS && champ == APPLICATION => {
            "Ce n’est pas le code affiché maintenant\u{a0}: attendez que votre application en montre un autre, et vérifiez que l’heure du téléphone est réglée automatiquement."
        }
        Faute::WrongCode if parts::ACCESS && champ == SECOURS => {
            "Ce n’est pas un de vos codes de secours\u{a0}: relisez-le. Quand on en demande d’autres, les précédents ne servent plus."
        }
        Faute::UsedCode if champ == SECOURS => "Ce code de secours a déjà servi\u{a0}: prenez-en un autre.",
        Faute::UsedCode => {
            "Ce code a déjà servi\u{a0}: attendez que votre application en montre un autre, trente secondes au plus."
        }
        Faute::WrongCode => "Ce n’est pas le dernier code envoyé\u{a0}: relisez-le dans le courriel le plus récent.",
        Faute::SpentCode => {
            "Ce code n’est plus valable\u{a0}: demandez-en un autre, puis saisissez celui qui arrivera."
        }
        Faute::Cgu => "Cochez la case pour créer votre compte.",
        Faute::Hours(faute) => return declared::of_hours(faute),
        Faute::YearOutOfBounds { de, a } => {
            return ["Écrivez une année, de ", &de.to_string(), " à ", &a.to_string(), "."].concat().into();
        }
        Faute::HoursPerYear => "Écrivez les heures d’une année, par exemple 1607\u{a0}; 803,5 pour un mi-temps.",
        Faute::MissingEmploi => "Choisissez une situation.",
        Faute::MissingHours => "Le solde DIF est obligatoire : saisissez le nombre d’heures de votre attestation.",
        Faute::Piece(faute) => declared::of_the_piece(faute),
        Faute::MissingRapport => "Dites si ces heures s’ajoutent aux précédentes ou les remplacent.",
        Faute::Date(faute) => declared::of_the_date(faute),
        Faute::Raison(faute) => declared::of_the_raison(faute),
        Faute::MissingConfirmation => "Cochez la case pour confirmer.",
        Faute::Oversized => "Ce texte est beaucoup trop long : effacez ce qui n’est pas votre réponse.",
    })
}

fn of_the_nom(faute: NomInvalide, prenoms: bool) -> Cow<'static, str> {
    Cow::Borrowed(match faute {
        NomInvalide::Empty if prenoms => "Saisissez vos prénoms. Si vous n’en avez pas, écrivez « sans prénom ».",
        NomInvalide::Empty => "Saisissez votre nom de naissance. Si vous n’en avez pas, écrivez « sans nom ».",
        NomInvalide::NeitherOne => "Il faut au moins un nom : écrivez-le dans l’une des deux cases.",
        NomInvalide::TooLong if prenoms => "C’est trop long : saisissez les premiers prénoms, 80 caractères au plus.",
        NomInvalide::TooLong => "C’est trop long : 80 caractères au plus.",
        NomInvalide::Digit(c) => return sign("Vérifiez ", c, " : un nom s’écrit en lettres."),
        NomInvalide::Alphabet(c) => {
            return sign("Remplacez ", c, " : écrivez en lettres latines, comme sur votre acte de naissance français.");
        }
        NomInvalide::Caractere(char::REPLACEMENT_CHARACTER) => {
            "Un caractère invisible s’est glissé dans ce texte : effacez-le et tapez-le de nouveau."
        }
        NomInvalide::Caractere(c) => return sign("Vérifiez ", c, " : ce signe n’entre pas dans un nom."),
        NomInvalide::NoLetter => "Écrivez au moins une lettre.",
    })
}

const fn of_the_naissance(faute: NaissanceInvalide) -> &'static str {
    match faute {
        NaissanceInvalide::Empty => "Saisissez votre date de naissance, par exemple 28/03/1979.",
        NaissanceInvalide::Incomplete => "Complétez la date : jour, mois, puis les quatre chiffres de l’année.",
        NaissanceInvalide::YearAlone => {
            "Si vous ne connaissez que l’année, écrivez 00/00/ devant\u{a0}: 00/00/1955, par exemple."
        }
        NaissanceInvalide::Unreadable => "Écrivez la date en chiffres : jour, mois, année, par exemple 28/03/1979.",
        NaissanceInvalide::Month => "Le mois va de 01 à 12 : vérifiez-le. S’il est inconnu, saisissez 00.",
        NaissanceInvalide::Day => "Le jour va de 01 à 31 : vérifiez-le. S’il est inconnu, saisissez 00.",
        NaissanceInvalide::DayOfMonth => "Ce mois n’a pas autant de jours : vérifiez le jour et le mois.",
        NaissanceInvalide::UnknownMonth => "Si le mois est inconnu, saisissez aussi 00 pour le jour.",
        NaissanceInvalide::ShortYear => "Écrivez l’année avec ses quatre chiffres, par exemple 1979.",
        NaissanceInvalide::Future => "Cette date n’est pas encore passée : vérifiez l’année.",
        NaissanceInvalide::TooYoung => {
            "Un compte s’ouvre à partir de 15 ans : vérifiez l’année, ou revenez à vos 15 ans."
        }
        NaissanceInvalide::TooOld => "Cette date remonte à plus de 120 ans : vérifiez l’année.",
    }
}

fn of_the_nir(faute: NirInvalide) -> Cow<'static, str> {
    Cow::Borrowed(match faute {
        NirInvalide::Missing(Small(13)) => "Saisissez les 13 caractères inscrits sur votre carte Vitale.",
        NirInvalide::Missing(missing) => return there_lacks(missing, "caractère"),
        NirInvalide::TooLong => "Il y a plus de 13 caractères : retirez ceux de trop, et mettez la clé dans sa case.",
        NirInvalide::Caractere(c) => {
            return sign("Vérifiez ", c, " : il n’y a que des chiffres, et A ou B en 7e place pour la Corse.");
        }
        NirInvalide::Provisional => {
            "Un numéro qui commence par 3, 4, 7 ou 8 est provisoire : attendez le numéro définitif, ou saisissez-le si vous l’avez déjà."
        }
        NirInvalide::Migrant => {
            "Un numéro qui commence par 5 ou 6 est attribué pour un séjour : saisissez celui de votre carte Vitale, qui commence par 1 ou 2."
        }
        NirInvalide::Sexe => "Le premier caractère est 1 pour un homme, 2 pour une femme : vérifiez-le.",
        NirInvalide::Month([d, u]) => {
            return pair("Le 4e et le 5e caractère désignent le mois de naissance : ", d, u, " n’existe pas.");
        }
        NirInvalide::Departement([d, u]) => {
            return pair("Le 6e et le 7e caractère désignent le département : ", d, u, " n’existe pas.");
        }
        NirInvalide::Commune => {
            "Du 8e au 10e caractère vient la commune de naissance, et 000 n’existe pas : relisez votre carte Vitale."
        }
        NirInvalide::Order => "Les trois derniers caractères ne sont jamais 000 : relisez votre carte Vitale.",
        NirInvalide::Fictitious => "Ce numéro n’est celui de personne : recopiez celui de votre carte Vitale.",
        NirInvalide::CleMissing => "Saisissez les 2 chiffres de la clé, à la fin du numéro.",
        NirInvalide::CleShape => "La clé a 2 chiffres, de 01 à 97 : relisez la fin du numéro sur votre carte Vitale.",
        NirInvalide::Cle => {
            "La clé ne correspond pas aux 13 caractères. Relisez-les : deux chiffres sont peut-être inversés."
        }
    })
}

fn of_the_telephone(faute: TelephoneInvalide) -> Cow<'static, str> {
    Cow::Borrowed(match faute {
        TelephoneInvalide::Empty => "Saisissez un numéro de téléphone.",
        TelephoneInvalide::Missing(missing) => return there_lacks(missing, "chiffre"),
        TelephoneInvalide::TooLong(Small(1)) => "Il y a un chiffre de trop : relisez le numéro.",
        TelephoneInvalide::TooLong(too_many) => {
            return Cow::Owned(["Il y a ", &too_many.to_string(), " chiffres de trop : relisez le numéro."].concat());
        }
        TelephoneInvalide::Caractere(c) => {
            return sign("Vérifiez ", c, " : un numéro n’a que des chiffres, et parfois un + au début.");
        }
        TelephoneInvalide::Special => {
            "C’est un numéro de service, pas celui d’une personne : indiquez le vôtre, fixe ou mobile."
        }
        TelephoneInvalide::ColdCalling => {
            "Ces numéros sont réservés aux plateformes d’appel : indiquez le vôtre, fixe ou mobile."
        }
        TelephoneInvalide::Reserve => {
            "Aucune personne n’a de numéro qui commence ainsi : vérifiez les quatre premiers chiffres."
        }
        TelephoneInvalide::Unknown => "Aucun numéro ne commence ainsi : vérifiez les premiers chiffres.",
        TelephoneInvalide::Foreign => {
            "Indiquez un numéro français, de métropole ou d’outre-mer : les autres pays ne peuvent pas être joints."
        }
        TelephoneInvalide::MissingCallingCode => {
            "Ajoutez l’indicatif de votre territoire : +687 en Nouvelle-Calédonie, +689 en Polynésie, +681 à Wallis-et-Futuna, +508 à Saint-Pierre-et-Miquelon."
        }
        TelephoneInvalide::ZeroOrCallingCode => {
            "Commencez par 0, ou par + si les trois premiers chiffres sont l’indicatif : ce serait deux numéros différents."
        }
    })
}

fn of_the_courriel(faute: CourrielInvalide) -> Cow<'static, str> {
    Cow::Borrowed(match faute {
        CourrielInvalide::Empty => "Saisissez votre courriel, par exemple prenom.nom@exemple.fr.",
        CourrielInvalide::AtSign => "Il manque le « @ » et ce qui le suit.",
        CourrielInvalide::TwoAtSigns => "Il y a plusieurs « @ » : gardez-en un, et une seule adresse.",
        CourrielInvalide::BeforeAtSign => "Il manque ce qui vient avant le « @ ».",
        CourrielInvalide::Space => "Vérifiez l’adresse : elle ne peut pas contenir d’espace.",
        CourrielInvalide::Domaine => "Ajoutez la fin de l’adresse après « @ », comme orange.fr ou gmail.com.",
        CourrielInvalide::MissingPoint => "Il manque la fin, après un point : .fr ou .com, par exemple.",
        CourrielInvalide::Point => "Deux points se suivent, ou un point est mal placé : relisez l’adresse.",
        CourrielInvalide::Caractere(c) => return sign("Vérifiez ", c, " : ce signe n’entre pas dans une adresse."),
        CourrielInvalide::TooLong => "Cette adresse est trop longue pour exister : relisez-la.",
    })
}

/// The field of the code that an operator printed.
const PRINTED: &str = "jeton";
/// That of the code which an application shows, whatever its form puts before.
const APPLICATION: &str = "code-application";
/// That of a code which its holder kept, likewise.
const SECOURS: &str = "code-secours";

fn of_the_code(faute: CodeInvalide, champ: &str) -> Cow<'static, str> {
    let printed = parts::ACCOUNT && champ == PRINTED;
    let secours = parts::ACCESS && champ.ends_with(SECOURS);
    Cow::Borrowed(match faute {
        CodeInvalide::Empty if secours => "Saisissez un de vos codes de secours.",
        CodeInvalide::Empty if parts::ACCESS && champ.ends_with(APPLICATION) => {
            "Saisissez les six chiffres que montre votre application."
        }
        CodeInvalide::TooLong if secours => {
            "Un code de secours a vingt-quatre caractères\u{a0}: relisez-le, il y en a de trop."
        }
        CodeInvalide::Empty if printed => "Saisissez le code de votre lettre.",
        CodeInvalide::Empty => "Saisissez les six chiffres du code reçu par courriel.",
        CodeInvalide::Missing(missing) => {
            return there_lacks(missing, if printed || secours { "caractère" } else { "chiffre" });
        }
        CodeInvalide::TooLong if printed => {
            "Le code de la lettre a vingt-quatre caractères\u{a0}: relisez-le, il y en a de trop."
        }
        CodeInvalide::TooLong => "Le code a six chiffres\u{a0}: relisez-le, il y en a de trop.",
        CodeInvalide::Caractere(char::REPLACEMENT_CHARACTER) => {
            "Un caractère invisible s’est glissé dans ce code\u{a0}: effacez-le et tapez-le de nouveau."
        }
        CodeInvalide::Caractere(c) if printed || secours => {
            return sign("Vérifiez ", c, "\u{a0}: ce signe n’entre pas dans ces codes.");
        }
        CodeInvalide::Caractere(c) => return sign("Vérifiez ", c, "\u{a0}: ce code n’a que des chiffres."),
    })
}

fn of_the_mot_de_passe(faute: MotDePasseInvalide) -> Cow<'static, str> {
    Cow::Borrowed(match faute {
        MotDePasseInvalide::Empty => "Choisissez un mot de passe.",
        MotDePasseInvalide::Weak { .. } => "Trop court ou trop simple : ajoutez un mot.",
        MotDePasseInvalide::TooLong => "C’est trop long : 256 caractères au plus.",
        MotDePasseInvalide::Caractere => {
            "Un caractère ne pourrait pas être retapé au clavier : effacez-le, ou tapez le mot de passe au lieu de le coller."
        }
        MotDePasseInvalide::Personal => {
            "Il contient votre nom ou votre courriel : choisissez des mots sans rapport avec vous."
        }
        MotDePasseInvalide::Current => "Trop de personnes ont choisi celui-là : ajoutez un mot.",
    })
}

/// « Il manque 2 caractères. »
fn there_lacks(missing: Small, what: &str) -> Cow<'static, str> {
    let plural = if missing.0 > 1 { "s." } else { "." };
    Cow::Owned(["Il manque ", &missing.to_string(), "\u{a0}", what, plural].concat())
}

/// A sentence about one character, quoted.
fn sign(before: &str, c: char, after: &str) -> Cow<'static, str> {
    let mut text = String::from(before);
    text.push_str("«\u{a0}");
    text.push(c);
    text.push_str("\u{a0}»");
    text.push_str(after);
    Cow::Owned(text)
}

/// A sentence about two characters.
fn pair(before: &str, first: char, second: char, after: &str) -> Cow<'static, str> {
    let mut text = String::from(before);
    text.push(first);
    text.push(second);
    text.push_str(after);
    Cow::Owned(text)
}
