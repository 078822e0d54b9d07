//! What this account assumes where the law says nothing: its choices, said as such.

use std::borrow::Cow;

use domaine::bareme::{Bareme, Series};
use domaine::droits::{Hypothesis, Ligne, Montant, Motif};
use domaine::mesures::{Euros, Hours};

use crate::formats;

/// Over the assumptions of a line.
pub const TITLE: &str = "Ce que nous avons choisi, faute de règle";

/// What each is: first what the texts leave open, then what this account does. No `_` arm.
pub fn assumption(hypothesis: Hypothesis, ligne: &Ligne) -> Cow<'static, str> {
    let said = match hypothesis {
        Hypothesis::CreditDay => {
            "La loi dit « au cours du premier semestre de l’année suivante », sans jour précis. Ce compte retient le même jour pour tous, choisi par son hébergeur."
        }
        Hypothesis::Projection => "Personne n’a encore déclaré cette année : ce compte la suppose.",
        Hypothesis::PalierCrossing => {
            let palier = formats::hours(palier());
            return [
                "Le premier rythme va « jusqu’à » ",
                &palier,
                ", sans dire ce que devient une année qui les dépasse. Ce compte l’arrête à ",
                &palier,
                ".",
            ]
            .concat()
            .into();
        }
        Hypothesis::YearOfEuroSwitch => {
            "Aucun texte connu ne parle d’heures d’avant le passage à l’euro et inscrites après lui. Ce compte les convertit aussitôt, comme celles qu’il tenait la veille."
        }
        Hypothesis::PlafondAtConversion => {
            "Aucun texte connu ne dit sous quel plafond convertir autant d’heures. Ce compte suppose qu’elles viennent du régime des personnes peu qualifiées, et applique le plafond le plus haut."
        }
        Hypothesis::ForfaitJoursBefore2019 => {
            "Les textes d’avant 2019 comptent le forfait-jours en heures, qui ne sont pas connues. Ce compte prend la même part d’année qu’en jours."
        }
        Hypothesis::JoinedDurations => {
            "Vos emplois ne comptent pas leur durée de la même façon, et aucun texte connu ne dit comment les réunir. Ce compte les ramène au plus long, en arrondissant en votre faveur."
        }
        Hypothesis::SousNiveau3BelowHalfTime => {
            let plafond = match ligne.plafond {
                Some(Montant::Euros(plafond)) => formats::round_euros(plafond),
                Some(Montant::Hours(plafond)) => formats::hours(plafond),
                None => String::new(),
            };
            return [
                "Le texte ne dit rien d’une personne peu qualifiée à moins d’un mi-temps. Ce compte retient le crédit ordinaire, en proportion, et arrête le compte à ",
                &plafond,
                ".",
            ]
            .concat()
            .into();
        }
        Hypothesis::BoethBelowHalfTime => {
            "L’article ne demande pas de mi-temps pour la majoration du handicap. Selon la Caisse des dépôts, elle est entière dès le premier euro de travail salarié : ce compte l’ajoute ainsi."
        }
        Hypothesis::BoethPartOfTheYear => {
            "L’article ne dit rien d’un handicap connu pour une partie de l’année. Selon la Caisse des dépôts, la majoration est forfaitaire : ce compte l’ajoute entière."
        }
        Hypothesis::CombinedMajorations => {
            let bareme = Bareme::IN_FORCE;
            let latest = |series: Series<Euros>| series.all().last().map_or(Euros::ZERO, |value| value.value);
            let both = latest(bareme.low_qualification_credit) + latest(bareme.boeth_majoration);
            return [
                "Selon la Caisse des dépôts, une année avec un handicap reconnu donne au plus ",
                &formats::round_euros(latest(bareme.boeth_yearly_limit)),
                ". L’article ne le dit pas : ajoutées, les deux majorations feraient ",
                &formats::round_euros(both),
                ". Ce compte suit la Caisse des dépôts.",
            ]
            .concat()
            .into();
        }
        Hypothesis::EsatWithoutMajoration => {
            "Aucun texte connu ne dit si le crédit d’ESAT est majoré pour le handicap. Ce compte ne le majore pas une seconde fois."
        }
        Hypothesis::EsatShortPeriod => {
            "Le crédit d’ESAT est le même à temps partiel. Une déclaration ne dit pas si l’admission a duré toute l’année : ce compte le suppose."
        }
        Hypothesis::ExerciceInDays => {
            "Le texte veut un crédit en proportion du temps d’exercice, sans dire comment le mesurer. Ce compte prend les jours de l’année, là où un exemple publié compte en mois, et laisse la règle du mi-temps aux salariés."
        }
        Hypothesis::JoinedPeriods => {
            "Aucun texte connu ne dit comment réunir plusieurs périodes d’exercice d’une année. Ce compte ajoute celles dont la contribution est payée, même si elles se recouvrent, jusqu’à une année."
        }
        Hypothesis::IndependantFrom2018 => {
            let hours = Bareme::IN_FORCE.salarie_hours.all().first().map_or(Hours::ZERO, |pace| pace.value.per_year);
            return [
                "Selon service-public.fr, l’année 2018 d’un indépendant est créditée en euros, au premier semestre 2020. L’article d’alors donnait ",
                &formats::hours(hours),
                ". Ce compte suit service-public.fr.",
            ]
            .concat()
            .into();
        }
        Hypothesis::AgentShortPeriod => {
            let part = in_proportion(ligne).map_or_else(String::new, |hours| {
                ["\u{a0}; en proportion, il serait de ", &formats::hours(hours)].concat()
            });
            return [
                "Le texte donne ces heures « au maximum », et compte le temps partiel comme le temps plein. Une déclaration d’employeur ne dit pas s’il s’agit d’un temps partiel ou d’une partie d’année. Ce compte donne le crédit entier",
                &part,
                ".",
            ]
            .concat()
            .into();
        }
        Hypothesis::AgeAtYearEnd => {
            "Le texte donne un âge, sans dire quel jour le regarder. Ce compte demande qu’il soit atteint à la fin de l’année de travail."
        }
        Hypothesis::RetraiteBeforeCredit => {
            "Le texte ne dit rien d’une année travaillée et pas encore créditée le jour où les conditions de la retraite à taux plein sont remplies. Ce compte ne la crédite plus."
        }
        Hypothesis::BirthAtYearEnd => {
            "Votre date de naissance n’est pas connue en entier. Pour l’âge de la retraite à taux plein, ce compte retient le 31 décembre."
        }
        Hypothesis::BornBefore1955 => {
            "Pour une personne née avant 1955, l’âge de la retraite à taux plein dépend de la date de naissance, et ce compte ne le calcule pas. Il reste ouvert tant qu’aucune pension n’y est connue."
        }
        Hypothesis::HoursTogetherPerFormation => {
            let together = Bareme::IN_FORCE.hours_together.as_of(ligne.date).map_or(Hours::ZERO, |value| value.value);
            return [
                "DIF et CPF servaient ensemble dans la limite de ",
                &formats::hours(together),
                ", sans qu’un texte connu dise sur quelle durée. Ce compte l’applique formation par formation.",
            ]
            .concat()
            .into();
        }
        Hypothesis::FormerOrder => {
            return [
                "Aucun article ne fixait l’ordre des dépenses avant le ",
                &formats::long_day(Bareme::IN_FORCE.first_depenses_order_since),
                ". Ce compte prend d’abord le DIF, comme service-public.fr, puis vos droits annuels, l’engagement citoyen, enfin ce que des tiers ont ajouté.",
            ]
            .concat()
            .into();
        }
        Hypothesis::DifBeforeCpf => {
            "L’article met le DIF et les crédits annuels au même rang. Ce compte dépense le DIF d’abord."
        }
        Hypothesis::AbondementsOrder => {
            "Un arrêté du 30 juillet 2020 range ces sommes selon le titre auquel elles sont versées. Ce compte ne connaît pas ce titre : il dépense d’abord les sommes réservées, puis celles dont l’échéance est la plus proche."
        }
        Hypothesis::AccordAmongOwn => {
            "L’article R6333-3 dépense d’abord ce qu’un accord ajoute. Cette somme compte dans le plafond\u{a0}: ce compte la dépense avec vos crédits annuels."
        }
        Hypothesis::CecOnBalance => {
            "Le texte limite le total des droits acquis par l’engagement. Ce compte y compare ce qu’il en reste ; comparée à tout ce qui a été acquis, cette activité aurait donné moins, ou rien."
        }
        Hypothesis::WholeHours => {
            "Le texte ne dit rien d’une fraction d’heure au-dessus du plafond, ni d’une demi-heure exacte. Ce compte laisse la première comme elle était, et arrondit la seconde en votre faveur."
        }
        Hypothesis::DifBeyondOneAttestation => {
            "Aucun texte connu ne dit si les attestations d’employeurs simultanés peuvent dépasser ensemble ce qu’une seule peut dire. Ce compte les ajoute toutes."
        }
        Hypothesis::DifStillOpen => {
            return [
                "La loi a clos la déclaration du DIF le ",
                &formats::long_day(Bareme::LEGAL_DIF_END),
                ". L’hébergeur de ce compte a choisi de la laisser ouverte.",
            ]
            .concat()
            .into();
        }
        Hypothesis::OverPaid => {
            let article =
                if ligne.hours.is_zero() { "article L6323-45" } else { "décret n° 2017-928, article 10-2" };
            return [
                "Une part de ce qui est repris était déjà dépensée. Une somme indue se retient sur les droits présents ou à venir (",
                article,
                "), après que chacun a pu s’expliquer. Ce compte la retire du solde, quitte à passer sous zéro.",
            ]
            .concat()
            .into();
        }
    };
    said.into()
}

/// What the hours of a year would be in proportion to the work.
fn in_proportion(ligne: &Ligne) -> Option<Hours> {
    let (Motif::FullYear { facts } | Motif::PartialYear { facts, .. }) = &ligne.motif else { return None };
    let Montant::Hours(hours) = facts.credit else { return None };
    let all = facts.reference.hundredths();
    (all > 0).then(|| hours.pro_rata(facts.work.hundredths().min(all), all))
}

/// Where the first rate of an account in hours ends.
pub(super) fn palier() -> Hours {
    Bareme::IN_FORCE.salarie_hours.all().first().map_or(Hours::ZERO, |pace| pace.value.palier)
}

#[cfg(test)]
mod tests {
    use super::super::tests::ligne;
    use super::*;
    use crate::compose::composition_faute;

    #[test]
    fn every_assumption_says_in_well_set_sentences_that_it_is_a_choice_of_this_account() {
        let ligne = ligne(500, 0, Motif::Closing);
        for hypothesis in Hypothesis::ALL {
            let said = assumption(hypothesis, &ligne);
            assert_eq!(composition_faute(&said), None, "{hypothesis:?}");
            assert!(said.to_lowercase().contains("ce compte"), "{hypothesis:?} is said as law: {said}");
        }
    }

    #[test]
    fn the_figures_of_an_assumption_come_from_the_line_and_the_bareme() {
        let ligne = ligne(500, 0, Motif::Closing);
        for (hypothesis, figure) in [
            (Hypothesis::PalierCrossing, "120\u{a0}h"),
            (Hypothesis::SousNiveau3BelowHalfTime, "5\u{202f}000\u{a0}€"),
            (Hypothesis::HoursTogetherPerFormation, "150\u{a0}h"),
            (Hypothesis::FormerOrder, "1er\u{a0}janvier 2020"),
            (Hypothesis::DifStillOpen, "30\u{a0}juin 2021"),
        ] {
            let said = assumption(hypothesis, &ligne);
            assert!(said.contains(figure), "{hypothesis:?}: {said}");
        }
    }
}
