//! Every fault as a sentence that says what to do, with the person's own case. No `_` arm over a kind of
//! fault: a new one stops the compiler.

use std::borrow::Cow;

use domaine::dif::PieceInvalide;
use domaine::droits::{DateInvalide, RaisonInvalide};
use domaine::forms::Faute;
use domaine::identite::nir::Incoherence;
use domaine::identite::{
    CourrielInvalide, MotDePasseInvalide, NaissanceInvalide, NirInvalide, NomInvalide, Petit, TelephoneInvalide,
};
use domaine::mesures::HeuresInvalides;

use super::formats;

/// What to do about this fault at the field that bears this id.
pub fn phrase(faute: &Faute, champ: &str) -> Cow<'static, str> {
    Cow::Borrowed(match *faute {
        Faute::Nom(faute) => return du_nom(faute, champ == "prenoms"),
        Faute::Naissance(faute) => de_la_naissance(faute),
        Faute::Nir(faute) => return du_nir(faute),
        Faute::Incoherence(Incoherence::Annee) => {
            "L’année ne s’accorde pas avec votre numéro de sécurité sociale, qui la donne en 2e et 3e caractères : vérifiez les deux."
        }
        Faute::Incoherence(Incoherence::Mois) => {
            "Le mois ne s’accorde pas avec votre numéro de sécurité sociale, qui le donne en 4e et 5e caractères : vérifiez les deux."
        }
        Faute::Telephone(faute) => return du_telephone(faute),
        Faute::TelephoneManquant => "Indiquez un numéro fixe ou un numéro mobile : un seul suffit.",
        Faute::DeuxMobiles => "C’est un second numéro de mobile : laissez cette case vide ou saisissez un numéro fixe.",
        Faute::DeuxFixes => "C’est un second numéro fixe : laissez cette case vide ou saisissez un numéro de mobile.",
        Faute::Courriel(faute) => return du_courriel(faute),
        Faute::MotDePasse(faute) => return du_mot_de_passe(faute),
        Faute::MotDePasseManquant => "Saisissez votre mot de passe.",
        Faute::MotDePasseFaux => {
            "Ce n’est pas le mot de passe de ce compte : les majuscules comptent, ressaisissez-le."
        }
        Faute::Cgu => "Cochez la case pour créer votre compte.",
        Faute::Heures(faute) => return des_heures(faute),
        Faute::AnneeHorsBornes { de, a } => {
            return ["Écrivez une année, de ", &de.to_string(), " à ", &a.to_string(), "."].concat().into();
        }
        Faute::HeuresParAn => "Écrivez les heures d’une année, par exemple 1607\u{a0}; 803,5 pour un mi-temps.",
        Faute::EmploiManquant => "Choisissez une situation.",
        Faute::HeuresManquantes => "Le solde DIF est obligatoire : saisissez le nombre d’heures de votre attestation.",
        Faute::Piece(faute) => de_la_piece(faute),
        Faute::RapportManquant => "Dites si ces heures s’ajoutent aux précédentes ou les remplacent.",
        Faute::Date(faute) => de_la_date(faute),
        Faute::Raison(RaisonInvalide::Vide) => "Dites en quelques mots ce qui vous semble faux.",
        Faute::Raison(RaisonInvalide::TropLongue) => "C’est trop long : 2 000 caractères au plus.",
        Faute::Raison(RaisonInvalide::Caractere) => {
            "Un signe invisible s’est glissé dans ce texte : effacez-le, ou tapez le texte de nouveau."
        }
        Faute::ConfirmationManquante => "Cochez la case pour confirmer.",
        Faute::Demesure => "Ce texte est beaucoup trop long : effacez ce qui n’est pas votre réponse.",
    })
}

fn du_nom(faute: NomInvalide, prenoms: bool) -> Cow<'static, str> {
    Cow::Borrowed(match faute {
        NomInvalide::Vide if prenoms => "Saisissez vos prénoms.",
        NomInvalide::Vide => "Saisissez votre nom de naissance.",
        NomInvalide::TropLong if prenoms => "C’est trop long : saisissez les premiers prénoms, 80 caractères au plus.",
        NomInvalide::TropLong => "C’est trop long : 80 caractères au plus.",
        NomInvalide::Chiffre(c) => return signe("Retirez le chiffre ", c, " : un nom s’écrit en lettres."),
        NomInvalide::Alphabet(c) => {
            return signe(
                "Remplacez ",
                c,
                " : écrivez en lettres latines, comme sur votre acte de naissance français.",
            );
        }
        NomInvalide::Caractere(char::REPLACEMENT_CHARACTER) => {
            "Un caractère invisible s’est glissé dans ce texte : effacez-le et tapez-le de nouveau."
        }
        NomInvalide::Caractere(c) => return signe("Retirez ", c, " : ce signe n’entre pas dans un nom."),
        NomInvalide::SansLettre => "Écrivez au moins une lettre.",
    })
}

const fn de_la_date(faute: DateInvalide) -> &'static str {
    match faute {
        DateInvalide::Vide => "Saisissez une date, par exemple 30/06/2021.",
        DateInvalide::Incomplete => "Complétez la date : jour, mois, puis les quatre chiffres de l’année.",
        DateInvalide::Illisible => "Écrivez la date en chiffres : jour, mois, année, par exemple 30/06/2021.",
        DateInvalide::Inexistante => "Ce jour n’est pas dans le calendrier : vérifiez le jour et le mois.",
        DateInvalide::Future => {
            "Ce jour n’est pas encore passé, et un relevé ne prédit rien : choisissez aujourd’hui ou avant. Pour un jour à venir, utilisez la simulation."
        }
    }
}

const fn de_la_naissance(faute: NaissanceInvalide) -> &'static str {
    match faute {
        NaissanceInvalide::Vide => "Saisissez votre date de naissance, par exemple 28/03/1979.",
        NaissanceInvalide::Incomplete => "Complétez la date : jour, mois, puis les quatre chiffres de l’année.",
        NaissanceInvalide::Illisible => "Écrivez la date en chiffres : jour, mois, année, par exemple 28/03/1979.",
        NaissanceInvalide::Mois => "Le mois va de 01 à 12 : vérifiez-le. S’il est inconnu, saisissez 00.",
        NaissanceInvalide::Jour => "Le jour va de 01 à 31 : vérifiez-le. S’il est inconnu, saisissez 00.",
        NaissanceInvalide::JourDuMois => "Ce mois n’a pas autant de jours : vérifiez le jour et le mois.",
        NaissanceInvalide::MoisInconnu => "Si le mois est inconnu, saisissez aussi 00 pour le jour.",
        NaissanceInvalide::AnneeCourte => "Écrivez l’année avec ses quatre chiffres, par exemple 1979.",
        NaissanceInvalide::Future => "Cette date n’est pas encore passée : vérifiez l’année.",
        NaissanceInvalide::TropJeune => {
            "Un compte s’ouvre à partir de 15 ans : vérifiez l’année, ou revenez à vos 15 ans."
        }
        NaissanceInvalide::TropAncienne => "Cette date remonte à plus de 120 ans : vérifiez l’année.",
    }
}

fn du_nir(faute: NirInvalide) -> Cow<'static, str> {
    Cow::Borrowed(match faute {
        NirInvalide::Manque(Petit(13)) => "Saisissez les 13 caractères inscrits sur votre carte Vitale.",
        NirInvalide::Manque(manque) => return il_manque(manque, "caractère"),
        NirInvalide::TropLong => "Il y a plus de 13 caractères : retirez ceux de trop, et mettez la clé dans sa case.",
        NirInvalide::Caractere(c) => {
            return signe("Retirez ", c, " : il n’y a que des chiffres, et A ou B en 7e place pour la Corse.");
        }
        NirInvalide::Provisoire => {
            "Un numéro qui commence par 3, 4, 7 ou 8 est provisoire : attendez le numéro définitif, ou saisissez-le si vous l’avez déjà."
        }
        NirInvalide::Migrant => {
            "Un numéro qui commence par 5 ou 6 est attribué pour un séjour : saisissez celui de votre carte Vitale, qui commence par 1 ou 2."
        }
        NirInvalide::Sexe => "Le premier caractère est 1 pour un homme, 2 pour une femme : vérifiez-le.",
        NirInvalide::Mois([d, u]) => {
            return paire("Le 4e et le 5e caractère désignent le mois de naissance : ", d, u, " n’existe pas.");
        }
        NirInvalide::Departement([d, u]) => {
            return paire("Le 6e et le 7e caractère désignent le département : ", d, u, " n’existe pas.");
        }
        NirInvalide::Commune => {
            "Du 8e au 10e caractère vient la commune de naissance, et 000 n’existe pas : relisez votre carte Vitale."
        }
        NirInvalide::Ordre => "Les trois derniers caractères ne sont jamais 000 : relisez votre carte Vitale.",
        NirInvalide::Factice => "Ce numéro n’est celui de personne : recopiez celui de votre carte Vitale.",
        NirInvalide::CleManque => "Saisissez les 2 chiffres de la clé, à la fin du numéro.",
        NirInvalide::CleForme => "La clé a 2 chiffres, de 01 à 97 : relisez la fin du numéro sur votre carte Vitale.",
        NirInvalide::Cle => {
            "La clé devrait vérifier les 13 caractères : relisez-les, un chiffre est sans doute inversé."
        }
    })
}

fn du_telephone(faute: TelephoneInvalide) -> Cow<'static, str> {
    Cow::Borrowed(match faute {
        TelephoneInvalide::Vide => "Saisissez un numéro de téléphone.",
        TelephoneInvalide::Manque(manque) => return il_manque(manque, "chiffre"),
        TelephoneInvalide::TropLong(Petit(1)) => "Il y a un chiffre de trop : relisez le numéro.",
        TelephoneInvalide::TropLong(trop) => {
            return Cow::Owned(["Il y a ", &trop.to_string(), " chiffres de trop : relisez le numéro."].concat());
        }
        TelephoneInvalide::Caractere(c) => {
            return signe("Retirez ", c, " : un numéro n’a que des chiffres, et parfois un + au début.");
        }
        TelephoneInvalide::Special => {
            "C’est un numéro de service, pas celui d’une personne : indiquez le vôtre, fixe ou mobile."
        }
        TelephoneInvalide::Demarchage => {
            "Ces numéros sont réservés aux plateformes d’appel : indiquez le vôtre, fixe ou mobile."
        }
        TelephoneInvalide::Reserve => {
            "Aucune personne n’a de numéro qui commence ainsi : vérifiez les quatre premiers chiffres."
        }
        TelephoneInvalide::Inconnu => "Aucun numéro ne commence ainsi : vérifiez les premiers chiffres.",
        TelephoneInvalide::Etranger => {
            "Indiquez un numéro français, de métropole ou d’outre-mer : les autres pays ne peuvent pas être joints."
        }
        TelephoneInvalide::IndicatifManque => {
            "Ajoutez l’indicatif de votre territoire, par exemple +687, +689, +681 ou +508."
        }
    })
}

fn du_courriel(faute: CourrielInvalide) -> Cow<'static, str> {
    Cow::Borrowed(match faute {
        CourrielInvalide::Vide => "Saisissez votre courriel, par exemple prenom.nom@exemple.fr.",
        CourrielInvalide::Arobase => "Il manque le « @ » et ce qui le suit.",
        CourrielInvalide::DeuxArobases => "Il y a plusieurs « @ » : gardez-en un, et une seule adresse.",
        CourrielInvalide::AvantArobase => "Il manque ce qui vient avant le « @ ».",
        CourrielInvalide::Espace => "Retirez l’espace : une adresse n’en a pas.",
        CourrielInvalide::Domaine => "Complétez ce qui suit le « @ », par exemple exemple.fr.",
        CourrielInvalide::PointManque => "Il manque la fin, après un point : .fr ou .com, par exemple.",
        CourrielInvalide::Point => "Deux points se suivent, ou un point est mal placé : relisez l’adresse.",
        CourrielInvalide::Caractere(c) => return signe("Retirez ", c, " : ce signe n’entre pas dans une adresse."),
        CourrielInvalide::TropLong => "Cette adresse est trop longue pour exister : relisez-la.",
    })
}

fn du_mot_de_passe(faute: MotDePasseInvalide) -> Cow<'static, str> {
    Cow::Borrowed(match faute {
        MotDePasseInvalide::Vide => "Choisissez un mot de passe.",
        MotDePasseInvalide::Faible { manque: Petit(0 | 1) } => "Encore 1 caractère, ou un signe comme ? ou -.",
        MotDePasseInvalide::Faible { manque } => {
            return Cow::Owned(["Encore ", &manque.to_string(), " caractères, ou des signes plus variés."].concat());
        }
        MotDePasseInvalide::TropLong => "C’est trop long : 256 caractères au plus.",
        MotDePasseInvalide::Caractere => {
            "Un caractère ne pourrait pas être retapé au clavier : effacez-le, ou tapez le mot de passe au lieu de le coller."
        }
        MotDePasseInvalide::Personnel => {
            "Il contient votre nom ou votre courriel, que d’autres connaissent : choisissez des mots sans rapport avec vous."
        }
        MotDePasseInvalide::Courant => {
            "Trop de personnes ont choisi celui-là, il serait vite deviné : prenez plutôt plusieurs mots sans rapport."
        }
    })
}

fn des_heures(faute: HeuresInvalides) -> Cow<'static, str> {
    Cow::Borrowed(match faute {
        HeuresInvalides::Caractere => "Écrivez un nombre d’heures en chiffres, par exemple 87.",
        HeuresInvalides::Fraction { arrondi } => {
            return Cow::Owned(
                ["Vous devez saisir un solde arrondi à l’unité supérieure : ", &arrondi.to_string(), "."].concat(),
            );
        }
        HeuresInvalides::Nulles => "Saisissez au moins 1 heure ; à 0, il n’y a rien à déclarer.",
        HeuresInvalides::Trop { plafond } => {
            return Cow::Owned(
                [
                    &formats::heures_en_mots(plafond),
                    " au plus par attestation : vérifiez le nombre, ou déclarez chaque attestation à part.",
                ]
                .concat(),
            );
        }
    })
}

const fn de_la_piece(faute: PieceInvalide) -> &'static str {
    match faute {
        PieceInvalide::Manquante => "Choisissez le fichier de votre attestation.",
        PieceInvalide::Vide => "Ce fichier est vide : choisissez-en un autre, ou enregistrez-le de nouveau.",
        PieceInvalide::TropLourde => {
            "Ce fichier dépasse 10 Mo : photographiez l’attestation en qualité moyenne, ou n’envoyez que la page utile."
        }
        PieceInvalide::Programme => {
            "Ce fichier est un programme, quel que soit son nom : choisissez un PDF ou une image."
        }
        PieceInvalide::Bureautique => {
            "C’est un document de traitement de texte : exportez-le en PDF, puis choisissez ce PDF."
        }
        PieceInvalide::TypeInconnu => {
            "Ce fichier n’est ni un PDF, ni une image JPEG, PNG ou HEIC : choisissez-en un autre."
        }
        PieceInvalide::Illisible => {
            "Votre appareil n’a pas pu lire ce fichier jusqu’au bout : choisissez-le de nouveau."
        }
    }
}

/// « Il manque 2 caractères. »
fn il_manque(manque: Petit, quoi: &str) -> Cow<'static, str> {
    let pluriel = if manque.0 > 1 { "s." } else { "." };
    Cow::Owned(["Il manque ", &manque.to_string(), "\u{a0}", quoi, pluriel].concat())
}

/// A sentence about one character, quoted.
fn signe(avant: &str, c: char, apres: &str) -> Cow<'static, str> {
    let mut texte = String::from(avant);
    texte.push_str("«\u{a0}");
    texte.push(c);
    texte.push_str("\u{a0}»");
    texte.push_str(apres);
    Cow::Owned(texte)
}

/// A sentence about two characters.
fn paire(avant: &str, premier: char, second: char, apres: &str) -> Cow<'static, str> {
    let mut texte = String::from(avant);
    texte.push(premier);
    texte.push(second);
    texte.push_str(apres);
    Cow::Owned(texte)
}

#[cfg(test)]
mod tests {
    use domaine::mesures::Heures;

    use super::super::compose::faute_de_composition;
    use super::*;

    fn toutes() -> Vec<Faute> {
        use {CourrielInvalide as C, MotDePasseInvalide as M, NaissanceInvalide as D};
        use {NirInvalide as I, NomInvalide as N, PieceInvalide as P, TelephoneInvalide as T};
        let mut fautes = vec![
            Faute::Incoherence(Incoherence::Annee),
            Faute::Incoherence(Incoherence::Mois),
            Faute::TelephoneManquant,
            Faute::DeuxMobiles,
            Faute::DeuxFixes,
            Faute::MotDePasseManquant,
            Faute::MotDePasseFaux,
            Faute::Cgu,
            Faute::HeuresManquantes,
            Faute::RapportManquant,
            Faute::Demesure,
            Faute::ConfirmationManquante,
            Faute::Raison(RaisonInvalide::Vide),
            Faute::Raison(RaisonInvalide::TropLongue),
            Faute::Raison(RaisonInvalide::Caractere),
            Faute::Date(DateInvalide::Vide),
            Faute::Date(DateInvalide::Incomplete),
            Faute::Date(DateInvalide::Illisible),
            Faute::Date(DateInvalide::Inexistante),
            Faute::Date(DateInvalide::Future),
            Faute::Heures(HeuresInvalides::Caractere),
            Faute::Heures(HeuresInvalides::Fraction { arrondi: Heures::new(87) }),
            Faute::Heures(HeuresInvalides::Nulles),
            Faute::Heures(HeuresInvalides::Trop { plafond: Heures::new(120) }),
        ];
        let invisible = char::REPLACEMENT_CHARACTER;
        fautes.extend(
            [
                N::Vide,
                N::TropLong,
                N::Chiffre('3'),
                N::Alphabet('ж'),
                N::Caractere('@'),
                N::Caractere(invisible),
                N::SansLettre,
            ]
            .map(Faute::Nom),
        );
        fautes.extend(
            [
                D::Vide,
                D::Incomplete,
                D::Illisible,
                D::Mois,
                D::Jour,
                D::JourDuMois,
                D::MoisInconnu,
                D::AnneeCourte,
                D::Future,
                D::TropJeune,
                D::TropAncienne,
            ]
            .map(Faute::Naissance),
        );
        fautes.extend(
            [
                I::Manque(Petit(13)),
                I::Manque(Petit(2)),
                I::TropLong,
                I::Caractere('Z'),
                I::Provisoire,
                I::Migrant,
                I::Sexe,
                I::Mois(['1', '3']),
                I::Departement(['2', 'C']),
                I::Commune,
                I::Ordre,
                I::Factice,
                I::CleManque,
                I::CleForme,
                I::Cle,
            ]
            .map(Faute::Nir),
        );
        fautes.extend(
            [
                T::Vide,
                T::Manque(Petit(1)),
                T::TropLong(Petit(1)),
                T::TropLong(Petit(3)),
                T::Caractere('x'),
                T::Special,
                T::Demarchage,
                T::Reserve,
                T::Inconnu,
                T::Etranger,
                T::IndicatifManque,
            ]
            .map(Faute::Telephone),
        );
        fautes.extend(
            [
                C::Vide,
                C::Arobase,
                C::DeuxArobases,
                C::AvantArobase,
                C::Espace,
                C::Domaine,
                C::PointManque,
                C::Point,
                C::Caractere('<'),
                C::TropLong,
            ]
            .map(Faute::Courriel),
        );
        fautes.extend(
            [
                M::Vide,
                M::Faible { manque: Petit(1) },
                M::Faible { manque: Petit(4) },
                M::TropLong,
                M::Caractere,
                M::Personnel,
                M::Courant,
            ]
            .map(Faute::MotDePasse),
        );
        fautes.extend(
            [P::Manquante, P::Vide, P::TropLourde, P::Programme, P::Bureautique, P::TypeInconnu, P::Illisible]
                .map(Faute::Piece),
        );
        fautes
    }

    #[test]
    fn every_fault_is_a_well_set_sentence_that_says_what_to_do() {
        for faute in toutes() {
            for champ in ["nom-naissance", "prenoms"] {
                let texte = phrase(&faute, champ);
                assert_eq!(faute_de_composition(&texte), None, "{texte}");
            }
        }
    }

    #[test]
    fn a_sentence_holds_the_person_s_own_case() {
        let dit = |faute| phrase(&faute, "nir").into_owned();
        assert_eq!(dit(Faute::Nir(NirInvalide::Manque(Petit(2)))), "Il manque 2\u{a0}caractères.");
        assert_eq!(
            dit(Faute::Nir(NirInvalide::Departement(['2', 'C']))),
            "Le 6e et le 7e caractère désignent le département\u{a0}: 2C n’existe pas."
        );
        assert!(dit(Faute::Nom(NomInvalide::Chiffre('3'))).contains("«\u{a0}3\u{a0}»"));
        assert_ne!(
            phrase(&Faute::Nom(NomInvalide::Vide), "prenoms"),
            phrase(&Faute::Nom(NomInvalide::Vide), "nom-naissance")
        );
    }
}
