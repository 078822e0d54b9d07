//! What an operator reads of a quantity that was set aside: what cannot be, and what to do. Never the quantity itself.

use domaine::plausible::{
    DAYS_OF_MONTH, HOURS_OF_MONTH, HOURS_OF_YEAR, LEAST_SMIC, LONGEST_REFERENCE, MOST_SMIC, Odd, Span,
};

use crate::wording::{count, to_euros};

/// What is odd, and how to mend it.
pub(super) fn told(odd: Odd) -> String {
    let hours = |hundredths: u32| count(u64::from(hundredths / 100));
    let days = |days: u16| count(days.into());
    match odd {
        Odd::HoursOfYear => format!(
            "heures : une année en a {} au plus, absences comprises et tous employeurs réunis. Une virgule perdue ? \
             Corrigez, puis redonnez.",
            hours(HOURS_OF_YEAR.hundredths())
        ),
        Odd::DaysOfYear { days: most } => format!(
            "jours : cette année en a {}, absences comprises et tous employeurs réunis. Des heures données pour des \
             jours, une virgule perdue ? Corrigez, puis redonnez.",
            days(most)
        ),
        Odd::Paie => format!(
            "paie : c'est plus que les {} heures d'une année au SMIC horaire donné. Une virgule perdue ? Corrigez, ou \
             donnez les heures ou les jours à la place de la paie.",
            hours(HOURS_OF_YEAR.hundredths())
        ),
        Odd::Smic => format!(
            "smic_horaire : le SMIC horaire brut de l'année est attendu, entre {} et {}.",
            to_euros(LEAST_SMIC),
            to_euros(MOST_SMIC)
        ),
        Odd::ShortReference { least, perhaps } => {
            let perhaps = match perhaps {
                Some(Span::Week) => " : une durée hebdomadaire ?",
                Some(Span::Month) => " : une durée mensuelle ?",
                None => ".",
            };
            format!(
                "duree_reference : celle d'une année entière est attendue, de {} à {} heures{perhaps} Donnez celle de \
                 l'accord sur l'année, ou laissez vide : la durée légale de 1 607 heures est alors retenue.",
                hours(least.hundredths()),
                hours(LONGEST_REFERENCE.hundredths())
            )
        }
        Odd::LongReference => format!(
            "duree_reference : celle d'une année entière est attendue, {} heures au plus. Une virgule perdue ? \
             Corrigez, ou laissez vide : la durée légale de 1 607 heures est alors retenue.",
            hours(LONGEST_REFERENCE.hundredths())
        ),
        Odd::FewReferenceDays { least } => format!(
            "jours_reference : les jours d'une année entière dans l'accord sont attendus, {} au moins. Une durée \
             mensuelle ? Corrigez, ou laissez vide : 218 jours sont alors retenus.",
            days(least)
        ),
        Odd::ManyReferenceDays { days: most } => format!(
            "jours_reference : cette année n'a que {} jours. Corrigez, ou laissez vide : 218 jours sont alors retenus.",
            days(most)
        ),
        Odd::HoursOfMonth => format!(
            "Un mois a {} heures au plus, absences comprises, et ce mois en dit davantage : il est laissé de côté. Une \
             virgule perdue ? Corrigez-le dans la paie, puis redéposez la déclaration.",
            hours(HOURS_OF_MONTH.hundredths())
        ),
        Odd::DaysOfMonth => format!(
            "Un mois a {} jours au plus, absences comprises, et ce mois en dit davantage : il est laissé de côté. Des \
             heures déclarées en jours ? Corrigez-le dans la paie, puis redéposez la déclaration.",
            hours(DAYS_OF_MONTH.hundredths())
        ),
        Odd::Sum { most } => format!(
            "montant : personne n'est censé ajouter plus de {} à un compte en une fois (réglage « abondement_maximal »). \
             Une virgule perdue ? Corrigez ; si la somme est juste, relevez le réglage, puis redonnez la ligne.",
            to_euros(most)
        ),
    }
}

/// The agreement of a *forfait-jours* that is odd in a declaration: its days count, against the legal full year.
pub(super) const ODD_ACCORD: &str = "Forfait-jours dont la durée de référence (S21.G00.40.012) n'est pas celle d'une année : les jours sont repris, \
     rapportés à 218. Une durée mensuelle ? Corrigez-la dans la paie, puis redéposez la déclaration.";

#[cfg(test)]
mod tests {
    use domaine::mesures::WorkDuration;

    use super::*;

    #[test]
    fn a_month_given_for_a_year_is_asked_about_and_its_remedy_told() {
        let of = |perhaps| told(Odd::ShortReference { least: WorkDuration::hours(1_000), perhaps });
        for expected in
            ["duree_reference", "1\u{202f}000 à 2\u{202f}080 heures", "une durée mensuelle ?", "laissez vide"]
        {
            assert!(of(Some(Span::Month)).contains(expected), "{}", of(Some(Span::Month)));
        }
        assert!(of(Some(Span::Week)).contains("une durée hebdomadaire ?"));
        assert!(of(None).contains("2\u{202f}080 heures. Donnez"), "{}", of(None));
    }
}
