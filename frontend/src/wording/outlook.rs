//! What is said of the credits to come and of the DIF, for this holder: one sentence for each answer of
//! [`domaine::droits::Outlook`].

use std::borrow::Cow;

use domaine::droits::{NextCredit, Outlook};
use domaine::mesures::Euros;

use super::formats;

/// What may be said of the credits to come; nothing where the state of the account says all. No `_` arm.
pub fn next_credit(outlook: &Outlook, plafond: Euros) -> Option<Cow<'static, str>> {
    let said = match outlook.credit {
        NextCredit::FollowingHalfYear => {
            "Les droits acquis au titre d’une année d’activité professionnelle sont crédités au cours du premier semestre de l’année suivante."
        }
        NextCredit::YearEnd => {
            "Les heures acquises au titre d’une année comme agent public sont créditées à la fin de cette année."
        }
        NextCredit::Full if outlook.in_hours => {
            "Votre compte d’heures est plein\u{a0}: il a atteint son plafond. Vos droits reprendront quand vous aurez dépensé une partie de vos heures."
        }
        NextCredit::Full => {
            let plafond = formats::euros(plafond);
            return Some(
                [
                    "Votre compte est plein\u{a0}: il a atteint son plafond de ",
                    &plafond,
                    ". Vos droits reprendront quand vous aurez dépensé une partie de votre solde.",
                ]
                .concat()
                .into(),
            );
        }
        NextCredit::Unknown => {
            "La première ligne arrivera au premier semestre qui suit une année de travail déclarée par votre employeur."
        }
        NextCredit::Nothing => return None,
    };
    Some(said.into())
}

/// What a declaration of that worth would not add today, and what to do; nothing when all of it is added.
pub fn beyond_room(worth: Euros, room: Euros) -> Option<String> {
    const THEN: &str = " Ce qui dépasse n’est pas mis de côté\u{a0}: pour le recevoir, dépensez d’abord une partie de votre solde, puis déclarez vos heures.";
    let added = worth.min(room);
    (worth > added).then(|| {
        if added.is_zero() {
            ["Votre compte est plein\u{a0}: ces heures n’y ajouteraient rien aujourd’hui.", THEN].concat()
        } else {
            let (added, worth) = (formats::euros(added), formats::euros(worth));
            ["Votre compte n’a plus de place que pour ", &added, " sur ", &worth, ".", THEN].concat()
        }
    })
}

#[cfg(test)]
mod tests {
    use domaine::bareme::Bareme;
    use domaine::droits::calculate;
    use domaine::examples::PEOPLE;
    use domaine::mesures::Day;

    use super::super::compose::composition_faute;
    use super::*;

    #[test]
    fn nobody_of_the_cast_is_told_of_credits_that_are_not_theirs() {
        for person in PEOPLE {
            let releve = calculate(&person.situation(), Day::date(2026, 11, 23), &Bareme::IN_FORCE);
            let said = next_credit(&Outlook::of(&person.situation(), &releve, person.known, None), releve.plafond)
                .unwrap_or_default();
            let expected = match person.nom_naissance {
                "Lhéritier" => "plafond de 5\u{202f}000,00\u{a0}€",
                "Ndiaye" => "à la fin de cette année",
                "Nouvel" => "La première ligne",
                "Rousset" => "",
                _ => "premier semestre de l’année suivante",
            };
            assert!(said.contains(expected) && said.is_empty() == expected.is_empty(), "{}: {said}", person.why);
            assert!(said.is_empty() || composition_faute(&said).is_none(), "{said}");
        }
    }

    #[test]
    fn a_dif_is_said_to_exceed_the_room_only_when_it_does() {
        let euros = Euros::whole;
        assert_eq!(beyond_room(euros(1_305), euros(1_305)), None);
        let partly = beyond_room(euros(1_305), euros(100)).unwrap_or_default();
        assert!(partly.contains("100,00\u{a0}€ sur 1\u{202f}305,00\u{a0}€"), "{partly}");
        let nothing = beyond_room(euros(15), Euros::ZERO).unwrap_or_default();
        assert!(nothing.contains("rien aujourd’hui"), "{nothing}");
        for said in [partly, nothing] {
            assert_eq!(composition_faute(&said), None, "{said}");
        }
        assert_eq!(beyond_room(Euros::ZERO, Euros::ZERO), None);
    }
}
