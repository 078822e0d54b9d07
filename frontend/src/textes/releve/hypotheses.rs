//! What this account assumes where the law says nothing: its choices, said as such.

use domaine::droits::Hypothese;

/// What was assumed where the law says nothing. No `_` arm.
pub const fn supposition(hypothese: Hypothese) -> &'static str {
    match hypothese {
        Hypothese::JourDeCredit => {
            "Les textes ne fixent pas de jour : ils disent « au cours du premier semestre de l’année suivante ». Ce compte retient un jour de ce semestre, choisi par l’hébergeur."
        }
        Hypothese::Projection => "Personne n’a encore déclaré cette année : c’est une supposition.",
        Hypothese::PassageDuPalier => {
            "Le premier rythme va « jusqu’à » 120 heures. Ce compte arrête donc à 120 heures l’année qui les atteint."
        }
        Hypothese::AnneeDuPassageALEuro => {
            "Les heures acquises avant 2019 et inscrites plus tard sont converties aussitôt, comme celles du 31 décembre 2018."
        }
        Hypothese::PlafondALaConversion => {
            "Un tel nombre d’heures vient du régime des personnes peu qualifiées : ce compte leur applique le plafond le plus haut."
        }
        Hypothese::ForfaitJoursAvant2019 => {
            "Les textes d’avant 2019 comptent le forfait en heures. Ce compte prend la même part que celle des jours."
        }
        Hypothese::DureesReunies => {
            "Vos emplois ne comptent pas leur durée de la même façon. Ce compte les ramène au plus long, en arrondissant en votre faveur."
        }
        Hypothese::SousNiveau3SousMiTemps => {
            "Le texte ne dit rien d’une personne peu qualifiée à moins d’un mi-temps. Ce compte retient le crédit ordinaire, en proportion."
        }
        Hypothese::BoethSousMiTemps => {
            "L’article ne pose pas de condition de mi-temps pour le handicap : ce compte ajoute la majoration entière."
        }
        Hypothese::BoethUnePartieDeLAnnee => {
            "Le handicap n’est connu que pour une partie de l’année : ce compte ajoute la majoration entière."
        }
        Hypothese::MajorationsCumulees => {
            "Deux majorations se rencontrent, handicap et faible qualification : ce compte les ajoute."
        }
        Hypothese::EsatSansMajoration => "Le crédit d’ESAT n’est pas majoré une seconde fois pour le handicap.",
        Hypothese::ExerciceEnJours => {
            "Le temps d’exercice est compté en jours de l’année ; la règle du mi-temps est celle des salariés."
        }
        Hypothese::IndependantDes2018 => "L’année 2018 est créditée en euros, comme le dit service-public.fr.",
        Hypothese::ActivitePrincipale => {
            "Vous avez été agent public et autre chose la même année : l’activité la plus longue décide."
        }
        Hypothese::AgentAvant2020 => "Avant 2020 aussi, ce compte crédite les heures d’un agent le 31 décembre.",
        Hypothese::AgeEnFinDAnnee => "Ce compte demande que l’âge soit atteint à la fin de l’année de travail.",
        Hypothese::RetraiteAvantLeCredit => {
            "Ce qui n’était pas crédité le jour de la retraite à taux plein ne l’est plus."
        }
        Hypothese::CecApresLaRetraite => "L’engagement citoyen reste crédité après la retraite à taux plein.",
        Hypothese::HeuresEnsembleParFormation => {
            "La limite de 150 heures de DIF et de CPF ensemble est comptée formation par formation."
        }
        Hypothese::OrdreAncien => {
            "Avant le 5 décembre 2025, ce compte dépense le DIF, puis le CPF, puis l’engagement citoyen, puis les abondements."
        }
        Hypothese::CecAvantAbondements => {
            "Les deux viennent après le CPF. Ce compte dépense l’engagement citoyen avant les abondements."
        }
        Hypothese::HeuresEntieres => "Seules des heures entières sont converties ; le reste ne change pas.",
        Hypothese::SixAnsGlissants => "Les six ans de la limite sont ceux qui finissent le jour de la conversion.",
        Hypothese::DifEncoreOuvert => {
            "La loi a clos la déclaration du DIF le 30 juin 2021. L’hébergeur de ce compte la laisse ouverte."
        }
        Hypothese::TropPercu => {
            "Une part de ce qui est repris était déjà dépensée : le solde en tient compte, quitte à passer sous zéro."
        }
    }
}
