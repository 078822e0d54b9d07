//! The facts of a line: who said so, what was known, what would have changed it.

use domaine::bareme::{AbsenceNature, AbsenceNatures, Bareme, Source};
use domaine::droits::{
    Category, Dotation, EngagementCategory, Hypothesis, Ligne, Montant, Paiement, Poche, Provenance, YearOfWork,
};
use domaine::mesures::{Euros, Quantity};

use super::is_withheld;
use super::sums::{montant, quantity};
use crate::formats;

/// A word, then the fact.
pub(super) type Fact = (&'static str, String);

/// One more; written once, as the page pays for each place where a list may grow.
#[inline(never)]
pub(super) fn record(facts: &mut Vec<Fact>, word: &'static str, fact: String) {
    facts.push((word, fact));
}

/// All that was known of a year of work.
pub(super) fn of_the_year(facts: &mut Vec<Fact>, ligne: &Ligne, year: &YearOfWork) {
    record(facts, "Connu par", source_of_year(year));
    record(facts, "Ce qui était connu", worked(year));
    if let Some(absences) = year.absences {
        let natures = natures(year.natures);
        let said_ones = [
            &*quantity(absences),
            if natures.is_empty() { "" } else { " : " },
            &natures,
            " (",
            &absences_source(year.category),
            ")",
        ];
        record(facts, "Dont absences comptées comme du travail", said_ones.concat());
    }
    if let Some(niveau) = niveau(ligne, year) {
        record(facts, "Sous le niveau 3 de diplôme", niveau);
    }
    if let Some(handicap) = handicap(year) {
        record(facts, "Handicap reconnu", handicap);
    }
    if matches!(year.category, Category::Agent | Category::AgentSousNiveau3) {
        record(facts, "Ce que ce compte ne sait pas faire", AGENT_LIMITS.into());
    }
    if let Some(discarded) = year.discarded {
        let choice = [
            &*super::uppercase(statut(year.category)),
            " et ",
            statut(discarded),
            " : le montant et le plafond les plus favorables (article ",
            Source::SEVERAL_STATUTS.article,
            ")",
        ];
        record(facts, "Plusieurs statuts", choice.concat());
    }
}

/// Named to every agent: décret n° 2017-928, articles 4 and 5; R6323-27.
const AGENT_LIMITS: &str = "Avancer les heures de deux années, en ajouter jusqu’à 150 en prévention d’une inaptitude, vérifier votre activité principale avant une conversion : demandez-le à votre employeur public";

/// Where absences count as work, for that status.
fn absences_source(category: Category) -> String {
    let source = match category {
        Category::Salarie | Category::SalarieSousNiveau3 => Source::ABSENCES_SALARIES,
        Category::Esat => Source::ABSENCES_ESAT,
        Category::Independant => Source::ABSENCES_INDEPENDANTS,
        Category::Agent | Category::AgentSousNiveau3 => {
            return [Source::AGENTS.text, ", ", Source::AGENTS.article].concat();
        }
    };
    ["article ", source.article].concat()
}

pub(super) fn known_from(provenance: Provenance) -> String {
    match provenance {
        Provenance::Employeurs => "Les déclarations de vos employeurs",
        Provenance::FormerAccount => "Le solde en heures de votre ancien compte, au 31 décembre 2018",
        Provenance::Titulaire => "Vous-même",
        Provenance::Projection => "Personne : c’est une simulation",
    }
    .into()
}

/// Nobody declares the hours of a self-employed person: only that the contribution was due, and paid.
fn source_of_year(year: &YearOfWork) -> String {
    let who = match (year.provenance, year.category) {
        (Provenance::Employeurs, Category::Independant) => {
            "L’organisme qui reçoit votre contribution à la formation, pour "
        }
        (Provenance::Employeurs, Category::Esat) => "Les déclarations de votre ESAT pour ",
        (
            Provenance::Employeurs,
            Category::Salarie | Category::SalarieSousNiveau3 | Category::Agent | Category::AgentSousNiveau3,
        ) => "Les déclarations de vos employeurs pour ",
        (Provenance::FormerAccount | Provenance::Titulaire | Provenance::Projection, _) => {
            return known_from(year.provenance);
        }
    };
    [who, &year.year.to_string()].concat()
}

fn worked(year: &YearOfWork) -> String {
    let work = quantity(year.work);
    let (exercice, word) = match (year.category, year.work) {
        (_, Quantity::Hours(_)) => (work, " travaillées"),
        (Category::Independant, Quantity::Days(_)) => (work, " d’exercice"),
        (_, Quantity::Days(_)) => (work, " travaillés"),
        (_, Quantity::Paie(_)) => (work, " de salaire"),
    };
    // Not known without the SMIC.
    if year.reference.hundredths() == 0 {
        return [&*exercice, word].concat();
    }
    [&*exercice, word, ", pour une année de ", &quantity(year.reference)].concat()
}

/// « maternité, accident du travail ». No `_` arm.
fn natures(natures: AbsenceNatures) -> String {
    let mut said_ones = String::new();
    for nature in natures.iter() {
        if !said_ones.is_empty() {
            said_ones.push_str(", ");
        }
        said_ones.push_str(match nature {
            AbsenceNature::Maternite => "maternité",
            AbsenceNature::Paternite => "paternité et accueil de l’enfant",
            AbsenceNature::Adoption => "adoption",
            AbsenceNature::SupplementaireDeNaissance => "congé supplémentaire de naissance",
            AbsenceNature::PresenceParentale => "présence parentale",
            AbsenceNature::ProcheAidant => "proche aidant",
            AbsenceNature::ParentalDEducation => "congé parental d’éducation",
            AbsenceNature::MaladieProfessionnelle => "maladie professionnelle",
            AbsenceNature::AccidentDuTravail => "accident du travail",
            AbsenceNature::Maladie => "maladie",
            AbsenceNature::Other => "autre absence",
        });
    }
    said_ones
}

const fn statut(category: Category) -> &'static str {
    match category {
        Category::Salarie | Category::SalarieSousNiveau3 => "salarié",
        Category::Esat => "en ESAT",
        Category::Independant => "à votre compte",
        Category::Agent | Category::AgentSousNiveau3 => "agent public",
    }
}

/// Below level 3: who said so, and where it is written.
fn niveau(ligne: &Ligne, year: &YearOfWork) -> Option<String> {
    let below_half_time = ligne.hypotheses.contains(Hypothesis::SousNiveau3BelowHalfTime);
    let said = match year.category {
        Category::SalarieSousNiveau3 => {
            articles(year, "Votre propre déclaration : ni CAP, ni BEP, ni titre équivalent")
        }
        Category::Salarie if below_half_time => {
            articles(year, "Votre propre déclaration, qui compte à partir d’un mi-temps")
        }
        Category::AgentSousNiveau3 => ["Catégorie C, selon ", declarant(year.provenance)].concat(),
        Category::Salarie | Category::Esat | Category::Independant | Category::Agent => return None,
    };
    Some(said)
}

/// The articles of the declaration; none of them is of the time of the hours.
fn articles(year: &YearOfWork, said: &str) -> String {
    let articles = Bareme::IN_FORCE.low_qualification_credit.as_of(year.year.last_day());
    articles.map_or_else(
        || said.into(),
        |credit| [said, " (articles ", Source::SOUS_NIVEAU_3.article, " et ", credit.source.article, ")"].concat(),
    )
}

/// What a disability added, under which article, and who said so.
fn handicap(year: &YearOfWork) -> Option<String> {
    let rule = Bareme::IN_FORCE.boeth_majoration.as_of(year.year.last_day())?;
    (year.majoration > Euros::ZERO).then(|| {
        let said = [
            &*formats::euros(year.majoration),
            " de plus, obligation d’emploi (article ",
            rule.source.article,
            "), selon ",
            if year.declared_disability { "votre déclaration" } else { declarant(year.provenance) },
        ];
        said.concat()
    })
}

const fn declarant(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Employeurs => "vos employeurs",
        Provenance::FormerAccount => "votre ancien compte",
        Provenance::Titulaire | Provenance::Projection => "votre réponse",
    }
}

/// What would have given another amount; where the account was full, only a lower balance.
pub(super) fn would_have_changed(facts: &mut Vec<Fact>, ligne: &Ligne, sinon: String) {
    let full = "Avec un solde plus bas ce jour-là, vous auriez reçu davantage";
    record(facts, "Ce qui l’aurait changé", if is_withheld(ligne) { full.into() } else { sinon });
}

pub(super) fn underneath(year: &YearOfWork) -> String {
    let half_time = year.reference.with(year.reference.hundredths().div_ceil(2));
    let less = match year.category {
        Category::SalarieSousNiveau3 => " dans l’année, vous auriez reçu le crédit ordinaire, en proportion",
        Category::Salarie | Category::Esat | Category::Independant | Category::Agent | Category::AgentSousNiveau3 => {
            " dans l’année, vous auriez reçu moins, en proportion"
        }
    };
    ["En dessous de ", &quantity(half_time), less].concat()
}

/// When and why hours became euros.
pub(super) fn converted(ligne: &Ligne) -> String {
    let day = formats::long_day(ligne.date);
    let (before, after) = if ligne.poche == Poche::Dif {
        (
            "Vos heures de DIF étaient inscrites à un compte tenu en heures. Elles ont été converties en euros le ",
            ", au même taux pour tous.",
        )
    } else if ligne.date == Bareme::EURO_SWITCH {
        (
            "Jusqu’à la veille, le compte était tenu en heures. Les vôtres ont été converties en euros le ",
            ", au même taux pour tous.",
        )
    } else {
        (
            "Cette année d’avant l’euro n’a été inscrite que le ",
            " : ses heures ont été converties aussitôt, au même taux que les autres.",
        )
    };
    [before, &day, after].concat()
}

pub(super) fn engagement(category: &EngagementCategory) -> &str {
    match category {
        EngagementCategory::ServiceCivique => "service civique",
        EngagementCategory::ReserveMilitaire => "réserve militaire",
        EngagementCategory::Benevolat => "bénévolat",
        EngagementCategory::MaitreDApprentissage => "maître d’apprentissage",
        EngagementCategory::SapeurPompier => "sapeur-pompier volontaire",
        EngagementCategory::Other(heading) => heading,
    }
}

/// What was known of a payment, and from which file.
pub(super) fn paid(facts: &mut Vec<Fact>, paiement: &Paiement) {
    record(facts, "Connu par", ["Le dossier de formation ", &paiement.reference, ", transmis à ce service"].concat());
    record(facts, "Demandé", montant(paiement.asked));
}

/// Who paid, for what and until when.
pub(super) fn precisions(facts: &mut Vec<Fact>, dotation: &Dotation) {
    record(facts, "Connu par", ["Le versement de ", &dotation.financeur, ", transmis à ce service"].concat());
    if let Some(accord) = &dotation.accord {
        record(facts, "En application de", accord.clone());
    }
    if let Some(action) = &dotation.action {
        record(facts, "Réservé à", action.clone());
    }
    if let Some(day) = dotation.echeance {
        record(facts, "À dépenser avant la fin du", formats::long_day(day));
    }
}

pub(super) const fn poche(poche: Poche) -> &'static str {
    match poche {
        Poche::Cpf => "vos droits",
        Poche::Dif => "votre DIF",
        Poche::Cec => "votre engagement citoyen",
        Poche::Abondement => "un abondement",
    }
}

/// What one more hour would have been worth, if the account had room for it.
pub(super) fn one_hour_more(facts: &mut Vec<Fact>, ligne: &Ligne, taux: Euros) {
    let full = matches!(ligne.plafond, Some(Montant::Euros(plafond)) if ligne.solde + taux > plafond);
    if is_withheld(ligne) || !full {
        would_have_changed(facts, ligne, ["Une heure de plus : ", &formats::euros(taux), " de plus"].concat());
    }
}
