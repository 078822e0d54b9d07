//! The text of a month of work whose keyed hash tells whether a declaration is already known. These words are stored,
//! hashed, in every database: they never change, whatever the types that carry them are called.

use std::fmt::Write as _;

use domaine::bareme::AbsenceNature;
use domaine::declarations::{StatutDeclare, WorkedMonth};
use domaine::mesures::Unit;

/// Writes one month after what was already said of the declaration.
pub(super) fn write_month(content: &mut String, month: &WorkedMonth) {
    let agreement = option(month.accord.map(|days| days.to_string()));
    let absences: Vec<String> = month
        .absences
        .iter()
        .map(|(nature, unit, hundredths)| format!("({}, {}, {hundredths})", nature_word(*nature), unit_word(*unit)))
        .collect();
    let _ = writeln!(
        content,
        "{}-{} {} {} {} {agreement} [{}]",
        month.year,
        month.month,
        statut_word(month.statut),
        month.hours,
        month.days,
        absences.join(", ")
    );
    // Said only when it is so: a file imported before these were kept is known again by its hash.
    if month.boeth || month.apprenti_since.is_some() {
        let since = option(month.apprenti_since.map(|day| {
            let (year, month, day) = (day.year(), day.month(), day.day());
            format!("{year:04}-{month:02}-{day:02}")
        }));
        let _ = writeln!(content, "{} {since}", month.boeth);
    }
}

fn option(text: Option<String>) -> String {
    text.map_or_else(|| "None".to_owned(), |text| format!("Some({text})"))
}

const fn statut_word(statut: StatutDeclare) -> &'static str {
    match statut {
        StatutDeclare::PublicAgent => "agent_public",
        StatutDeclare::Esat => "esat",
        StatutDeclare::Salarie => "salarie",
    }
}

const fn nature_word(nature: AbsenceNature) -> &'static str {
    match nature {
        AbsenceNature::Maternite => "Maternite",
        AbsenceNature::Paternite => "Paternite",
        AbsenceNature::Adoption => "Adoption",
        AbsenceNature::SupplementaireDeNaissance => "SupplementaireDeNaissance",
        AbsenceNature::PresenceParentale => "PresenceParentale",
        AbsenceNature::ProcheAidant => "ProcheAidant",
        AbsenceNature::ParentalDEducation => "ParentalDEducation",
        AbsenceNature::MaladieProfessionnelle => "MaladieProfessionnelle",
        AbsenceNature::AccidentDuTravail => "AccidentDuTravail",
        AbsenceNature::Maladie => "Maladie",
        AbsenceNature::Other => "Autre",
    }
}

const fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Hours => "Heures",
        Unit::Days => "Jours",
        Unit::Paie => "Paie",
    }
}

#[cfg(test)]
mod tests {
    use domaine::mesures::Day;

    use super::*;

    fn month() -> WorkedMonth {
        WorkedMonth {
            year: 2024,
            month: 3,
            statut: StatutDeclare::Salarie,
            hours: 15_167,
            days: 0,
            accord: None,
            absences: Vec::new(),
            boeth: false,
            apprenti_since: None,
        }
    }

    fn text(month: &WorkedMonth) -> String {
        let mut content = String::new();
        write_month(&mut content, month);
        content
    }

    #[test]
    fn a_month_is_hashed_in_the_words_of_version_0_1() {
        assert_eq!(text(&month()), "2024-3 salarie 15167 0 None []\n");
        let crowded = WorkedMonth {
            statut: StatutDeclare::PublicAgent,
            hours: -700,
            days: 1_950,
            accord: Some(21_800),
            absences: vec![
                (AbsenceNature::ParentalDEducation, Unit::Days, 333),
                (AbsenceNature::Other, Unit::Hours, -667),
            ],
            boeth: true,
            ..month()
        };
        let expected = "2024-3 agent_public -700 1950 Some(21800) \
                        [(ParentalDEducation, Jours, 333), (Autre, Heures, -667)]\ntrue None\n";
        assert_eq!(text(&crowded), expected);
        let apprentice = WorkedMonth { apprenti_since: Some(Day::date(2023, 9, 1)), ..month() };
        assert_eq!(text(&apprentice), "2024-3 salarie 15167 0 None []\nfalse Some(2023-09-01)\n");
    }

    /// The words are those that the program of version 0.1 wrote by `Debug`; each is spelt out, so that no rename can
    /// reach it.
    #[test]
    fn every_nature_of_absence_and_every_unit_keeps_its_word() {
        let natures = [
            (AbsenceNature::Maternite, "Maternite"),
            (AbsenceNature::Paternite, "Paternite"),
            (AbsenceNature::Adoption, "Adoption"),
            (AbsenceNature::SupplementaireDeNaissance, "SupplementaireDeNaissance"),
            (AbsenceNature::PresenceParentale, "PresenceParentale"),
            (AbsenceNature::ProcheAidant, "ProcheAidant"),
            (AbsenceNature::ParentalDEducation, "ParentalDEducation"),
            (AbsenceNature::MaladieProfessionnelle, "MaladieProfessionnelle"),
            (AbsenceNature::AccidentDuTravail, "AccidentDuTravail"),
            (AbsenceNature::Maladie, "Maladie"),
            (AbsenceNature::Other, "Autre"),
        ];
        for (nature, word) in natures {
            for (unit, unit_word) in [(Unit::Hours, "Heures"), (Unit::Days, "Jours"), (Unit::Paie, "Paie")] {
                let absent = WorkedMonth { absences: vec![(nature, unit, 5)], ..month() };
                assert_eq!(text(&absent), format!("2024-3 salarie 15167 0 None [({word}, {unit_word}, 5)]\n"));
            }
        }
    }
}
