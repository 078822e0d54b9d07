//! The faults of what an account and « Et si ? » ask: hours, files, days, reasons.

use std::borrow::Cow;

use domaine::dif::PieceInvalide;
use domaine::droits::{DateInvalide, RaisonInvalide};
use domaine::mesures::HoursInvalides;

use crate::wording::formats;

pub(super) const fn of_the_date(faute: DateInvalide) -> &'static str {
    match faute {
        DateInvalide::Empty => "Saisissez une date, par exemple 30/06/2021.",
        DateInvalide::Incomplete => "Complétez la date : jour, mois, puis les quatre chiffres de l’année.",
        DateInvalide::Unreadable => "Écrivez la date en chiffres : jour, mois, année, par exemple 30/06/2021.",
        DateInvalide::Nonexistent => "Ce jour n’est pas dans le calendrier : vérifiez le jour et le mois.",
        DateInvalide::Future => "Choisissez aujourd’hui ou une date passée. Pour l’avenir, utilisez la simulation.",
    }
}

pub(super) const fn of_the_raison(faute: RaisonInvalide) -> &'static str {
    match faute {
        RaisonInvalide::Empty => "Dites en quelques mots ce qui vous semble faux.",
        RaisonInvalide::TooLong => "C’est trop long : 2 000 caractères au plus.",
        RaisonInvalide::Caractere => {
            "Un signe invisible s’est glissé dans ce texte : effacez-le, ou tapez le texte de nouveau."
        }
    }
}

pub(super) fn of_hours(faute: HoursInvalides) -> Cow<'static, str> {
    Cow::Borrowed(match faute {
        HoursInvalides::Caractere => "Écrivez un nombre d’heures en chiffres, par exemple 87.",
        HoursInvalides::Fraction { rounded } => {
            return Cow::Owned(
                ["Vous devez saisir un solde arrondi à l’unité supérieure : ", &rounded.to_string(), "."].concat(),
            );
        }
        HoursInvalides::Zero => "Saisissez au moins 1 heure ; à 0, il n’y a rien à déclarer.",
        HoursInvalides::TooMany { plafond } => {
            return Cow::Owned(
                [
                    &formats::hours_in_words(plafond),
                    " au plus par attestation : vérifiez le nombre, ou déclarez chaque attestation à part.",
                ]
                .concat(),
            );
        }
    })
}

pub(super) const fn of_the_piece(faute: PieceInvalide) -> &'static str {
    match faute {
        PieceInvalide::Missing => "Choisissez le fichier à envoyer.",
        PieceInvalide::Empty => "Ce fichier est vide : choisissez-en un autre, ou enregistrez-le de nouveau.",
        PieceInvalide::TooHeavy => {
            "Ce fichier dépasse 10 Mo : photographiez le document en qualité moyenne, ou n’envoyez que la page utile."
        }
        PieceInvalide::Programme => {
            "Ce fichier est un programme, quel que soit son nom : choisissez un PDF ou une image."
        }
        PieceInvalide::OfficeDocument => {
            "C’est un document de traitement de texte : exportez-le en PDF, puis choisissez ce PDF."
        }
        PieceInvalide::Webp => {
            "C’est une image WebP, quel que soit son nom : enregistrez-la en JPEG ou en PNG, puis choisissez celle-ci."
        }
        PieceInvalide::Avif => {
            "C’est une image AVIF, quel que soit son nom : enregistrez-la en JPEG ou en PNG, puis choisissez celle-ci."
        }
        PieceInvalide::AnotherImage => {
            "C’est une image GIF, BMP ou TIFF : enregistrez-la en JPEG ou en PNG, puis choisissez celle-ci."
        }
        PieceInvalide::Incomplete => {
            "Ce fichier n’est que le début d’un PDF ou d’une image : enregistrez-le de nouveau, puis choisissez-le."
        }
        PieceInvalide::Locked => {
            "Ce PDF ne s’ouvre qu’avec un mot de passe\u{a0}: ouvrez-le, imprimez-le en PDF, puis choisissez celui-là."
        }
        PieceInvalide::UnknownType => {
            "Ce fichier n’est ni un PDF, ni une image JPEG, PNG ou HEIC : choisissez-en un autre."
        }
        PieceInvalide::OtherExtension => {
            "La fin de son nom (.pdf, .jpg…) ne dit pas ce qu’il contient\u{a0}: renommez-le, ou enregistrez-le de nouveau."
        }
        PieceInvalide::Harmful => {
            "L’antivirus de ce service refuse ce fichier\u{a0}: faites analyser votre appareil, puis choisissez-en un autre."
        }
        PieceInvalide::Unreadable => {
            "Ce fichier a changé ou disparu depuis que vous l’avez choisi, ou il est illisible : choisissez-le de nouveau."
        }
    }
}
