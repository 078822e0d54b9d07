//! What this account assumes where the law says nothing: its choices, said as such.

use std::borrow::Cow;

use domaine::bareme::Bareme;
use domaine::droits::{Hypothese, Ligne, Montant};
use domaine::mesures::Heures;

use super::super::formats;

/// Over the assumptions of a line.
pub const TITRE: &str = "Ce que la loi ne dit pas, et que ce compte suppose";

/// What each is: first what the texts leave open, then what this account does. No `_` arm.
pub fn supposition(hypothese: Hypothese, ligne: &Ligne) -> Cow<'static, str> {
    let dit = match hypothese {
        Hypothese::JourDeCredit => {
            "Les textes ne fixent pas de jour : ils disent « au cours du premier semestre de l’année suivante ». Ce compte retient un jour de ce semestre, choisi par son hébergeur."
        }
        Hypothese::Projection => "Personne n’a encore déclaré cette année : ce compte la suppose.",
        Hypothese::PassageDuPalier => {
            let palier = formats::heures(palier());
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
        Hypothese::AnneeDuPassageALEuro => {
            "Aucun texte connu ne parle d’heures d’avant le passage à l’euro et inscrites après lui. Ce compte les convertit aussitôt, comme celles qu’il tenait la veille."
        }
        Hypothese::PlafondALaConversion => {
            "Aucun texte connu ne dit sous quel plafond convertir autant d’heures. Ce compte suppose qu’elles viennent du régime des personnes peu qualifiées, et applique le plafond le plus haut."
        }
        Hypothese::ForfaitJoursAvant2019 => {
            "Les textes d’avant 2019 comptent le forfait-jours en heures, qui ne sont pas connues. Ce compte prend la même part d’année qu’en jours."
        }
        Hypothese::DureesReunies => {
            "Vos emplois ne comptent pas leur durée de la même façon, et aucun texte connu ne dit comment les réunir. Ce compte les ramène au plus long, en arrondissant en votre faveur."
        }
        Hypothese::SousNiveau3SousMiTemps => {
            let plafond = match ligne.plafond {
                Some(Montant::Euros(plafond)) => formats::euros_ronds(plafond),
                Some(Montant::Heures(plafond)) => formats::heures(plafond),
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
        Hypothese::BoethSousMiTemps => {
            "L’article ne dit pas s’il faut un mi-temps pour la majoration du handicap. Ce compte l’ajoute entière."
        }
        Hypothese::BoethUnePartieDeLAnnee => {
            "L’article ne dit rien d’un handicap connu pour une partie de l’année. Ce compte ajoute la majoration entière."
        }
        Hypothese::MajorationsCumulees => {
            "Aucun texte connu ne dit si la majoration du handicap et celle de la faible qualification vont ensemble. Ce compte les ajoute."
        }
        Hypothese::EsatSansMajoration => {
            "Aucun texte connu ne dit si le crédit d’ESAT est majoré pour le handicap. Ce compte ne le majore pas une seconde fois."
        }
        Hypothese::EsatPeriodeCourte => {
            "L’article parle d’une année d’admission en ESAT, sans rien dire d’une partie d’année. Ce compte donne le crédit entier."
        }
        Hypothese::ExerciceEnJours => {
            "Le texte veut un crédit en proportion du temps d’exercice, sans dire comment le mesurer. Ce compte prend les jours de l’année, et laisse la règle du mi-temps aux salariés."
        }
        Hypothese::PeriodesReunies => {
            "Aucun texte connu ne dit comment réunir plusieurs périodes d’exercice d’une année. Ce compte ajoute celles dont la contribution est payée, même si elles se recouvrent, jusqu’à une année."
        }
        Hypothese::IndependantDes2018 => {
            "En 2018, les comptes étaient encore tenus en heures. Ce compte crédite cette année d’indépendant en euros, comme le dit service-public.fr."
        }
        Hypothese::ActivitePrincipale => {
            "Vous avez été agent public et autre chose la même année. Ce compte n’inscrit qu’un des deux crédits, celui de l’activité la plus longue et, à égalité, celui en euros. L’autre est laissé de côté."
        }
        Hypothese::AgentPeriodeCourte => {
            "Une déclaration d’employeur ne dit pas si un poste d’agent public est à temps non complet. Ce compte donne le crédit entier, même pour une partie de l’année."
        }
        Hypothese::AgentAvant2020 => {
            "Aucun texte connu ne donne le jour du crédit d’un agent public avant 2020. Ce compte retient le 31 décembre, comme depuis."
        }
        Hypothese::AgeEnFinDAnnee => {
            "Le texte donne un âge, sans dire quel jour le regarder. Ce compte demande qu’il soit atteint à la fin de l’année de travail."
        }
        Hypothese::RetraiteAvantLeCredit => {
            "Le texte ne dit rien d’une année travaillée et pas encore créditée le jour de la retraite à taux plein. Ce compte ne la crédite plus."
        }
        Hypothese::HeuresEnsembleParFormation => {
            let ensemble = Bareme::EN_VIGUEUR.heures_ensemble.au(ligne.date).map_or(Heures::ZERO, |valeur| valeur.vaut);
            return [
                "DIF et CPF servaient ensemble dans la limite de ",
                &formats::heures(ensemble),
                ", sans qu’un texte connu dise sur quelle durée. Ce compte l’applique formation par formation.",
            ]
            .concat()
            .into();
        }
        Hypothese::OrdreAncien => {
            return [
                "Aucun texte connu ne fixe l’ordre des dépenses d’avant le ",
                &formats::jour_long(Bareme::EN_VIGUEUR.ordre_des_depenses_depuis),
                ". Ce compte prend d’abord ce qui est réservé à cette formation, puis le DIF, vos droits annuels, l’engagement citoyen, enfin les autres abondements.",
            ]
            .concat()
            .into();
        }
        Hypothese::DifAvantCpf => {
            "L’article met le DIF et les crédits annuels au même rang. Ce compte dépense le DIF d’abord."
        }
        Hypothese::CecAvantAbondements => {
            "L’engagement citoyen et les abondements viennent après vos droits annuels, sans ordre écrit entre eux. Ce compte prend l’engagement citoyen d’abord."
        }
        Hypothese::OrdreDesAbondements => {
            "L’article laisse à un arrêté, que ce compte ne connaît pas, l’ordre entre les sommes que des tiers ajoutent. Ce compte dépense d’abord les sommes réservées, puis celles dont l’échéance est la plus proche."
        }
        Hypothese::HeuresEntieres => {
            "Aucun texte connu ne parle des fractions d’heure. Ce compte ne convertit que des heures entières, et laisse le reste comme il était."
        }
        Hypothese::SixAnsGlissants => {
            "La limite vaut pour six ans, sans dire lesquels. Ce compte prend ceux qui finissent le jour de la conversion."
        }
        Hypothese::DifAuDelaDUneAttestation => {
            "Aucun texte connu ne dit si les attestations d’employeurs simultanés peuvent dépasser ensemble ce qu’une seule peut dire. Ce compte les ajoute toutes."
        }
        Hypothese::DifEncoreOuvert => {
            return [
                "La loi a clos la déclaration du DIF le ",
                &formats::jour_long(Bareme::FIN_LEGALE_DU_DIF),
                ". L’hébergeur de ce compte a choisi de la laisser ouverte.",
            ]
            .concat()
            .into();
        }
        Hypothese::TropPercu => {
            "Une part de ce qui est repris était déjà dépensée, et aucun texte connu ne dit comment la reprendre. Ce compte la retire du solde, quitte à passer sous zéro."
        }
    };
    dit.into()
}

/// Where the first rate of an account in hours ends.
pub(super) fn palier() -> Heures {
    Bareme::EN_VIGUEUR.heures_salaries.toutes().first().map_or(Heures::ZERO, |rythme| rythme.vaut.palier)
}

#[cfg(test)]
mod tests {
    use super::super::super::compose::faute_de_composition;
    use super::super::tests::ligne;
    use super::*;
    use domaine::droits::Motif;

    #[test]
    fn every_assumption_says_in_well_set_sentences_that_it_is_a_choice_of_this_account() {
        let ligne = ligne(500, 0, Motif::Cloture);
        for hypothese in Hypothese::TOUTES {
            let dit = supposition(hypothese, &ligne);
            assert_eq!(faute_de_composition(&dit), None, "{hypothese:?}");
            assert!(dit.to_lowercase().contains("ce compte"), "{hypothese:?} is said as law: {dit}");
        }
    }

    #[test]
    fn the_figures_of_an_assumption_come_from_the_line_and_the_bareme() {
        let ligne = ligne(500, 0, Motif::Cloture);
        for (hypothese, figure) in [
            (Hypothese::PassageDuPalier, "120\u{a0}h"),
            (Hypothese::SousNiveau3SousMiTemps, "5\u{202f}000\u{a0}€"),
            (Hypothese::HeuresEnsembleParFormation, "150\u{a0}h"),
            (Hypothese::OrdreAncien, "5\u{a0}décembre 2025"),
            (Hypothese::DifEncoreOuvert, "30\u{a0}juin 2021"),
        ] {
            let dit = supposition(hypothese, &ligne);
            assert!(dit.contains(figure), "{hypothese:?}: {dit}");
        }
    }
}
