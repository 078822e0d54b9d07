//! The cast: named fictional people, for demonstrations and tests.
//!
//! Their numbers have bodies that cannot belong to anyone (commune or country codes that do not
//! exist), but for Dominique Pat-Trois, the test identity that the *Identité nationale de santé*
//! publishes for that purpose.

use crate::droits::{
    Abondement, AbondementNature, Activite, Depense, EarlierHours, Engagement, EngagementCategory, Montant, Provenance,
    Purpose, Situation, Statut,
};
use crate::mesures::{Day, Euros, Hours, WorkDuration, Year};

/// A fictional person: who they are and what is known of their working life.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Birth name.
    pub nom_naissance: &'static str,
    /// Given names.
    pub prenoms: &'static str,
    /// `1979-03-28`.
    pub date_naissance: &'static str,
    /// Thirteen characters.
    pub nir: &'static str,
    /// The key.
    pub key: &'static str,
    /// Whether the employers' declarations know this person.
    pub known: bool,
    /// Hours held at the end of 2018.
    pub hours_2018: u32,
    /// Years of work: the year and hundredths of an hour worked.
    pub years: &'static [(u16, u32)],
    /// What else happened, when anything did.
    pub extra: Option<fn(&mut Situation)>,
    /// What the person shows.
    pub why: &'static str,
}

const FULL: u32 = 160_700;

/// The whole cast.
pub const PEOPLE: &[Example] = &[
    Example {
        nom_naissance: "Pat-Trois",
        prenoms: "Dominique Marie-Louise",
        date_naissance: "1979-03-28",
        nir: "2790351215189",
        key: "89",
        known: true,
        hours_2018: 54,
        years: &[(2019, FULL), (2020, FULL)],
        extra: None,
        why: "the statement of the founding document: 1 810,00 € dont 0,00 € de DIF",
    },
    Example {
        nom_naissance: "Ambroise",
        prenoms: "Renaud",
        date_naissance: "1980-01-15",
        nir: "1800175999001",
        key: "37",
        known: true,
        hours_2018: 35,
        years: &[(2019, FULL)],
        extra: None,
        why: "1 025,00 €, a private employee before 2015 who has a DIF to declare",
    },
    Example {
        nom_naissance: "Lhéritier",
        prenoms: "Maëlle",
        date_naissance: "1965-06-02",
        nir: "2650669999012",
        key: "80",
        known: true,
        hours_2018: 150,
        years: &[(2019, FULL), (2020, FULL), (2021, FULL), (2022, FULL), (2023, FULL), (2024, FULL)],
        extra: None,
        why: "at the ceiling of 5 000,00 €",
    },
    Example {
        nom_naissance: "Verdier",
        prenoms: "Inès",
        date_naissance: "1990-09-17",
        nir: "2900933999021",
        key: "60",
        known: true,
        hours_2018: 0,
        years: &[(2024, 80_300)],
        extra: None,
        why: "part-time, just under half: 803 h, 249,85 €",
    },
    Example {
        nom_naissance: "Kervella",
        prenoms: "Yann",
        date_naissance: "1991-10-05",
        nir: "1911044999034",
        key: "58",
        known: true,
        hours_2018: 0,
        years: &[(2024, 80_350)],
        extra: None,
        why: "part-time, just at half: 803,50 h, 500,00 €",
    },
    Example {
        nom_naissance: "Casabianca",
        prenoms: "Ghjuvan",
        date_naissance: "1980-01-20",
        nir: "180012B999001",
        key: "24",
        known: true,
        hours_2018: 24,
        years: &[(2019, FULL), (2020, FULL), (2021, FULL)],
        extra: None,
        why: "born in Haute-Corse",
    },
    Example {
        nom_naissance: "Hoarau",
        prenoms: "Jean-Bernard",
        date_naissance: "1985-01-30",
        nir: "1850197499001",
        key: "36",
        known: true,
        hours_2018: 72,
        years: &[(2019, FULL), (2022, FULL)],
        extra: None,
        why: "born in La Réunion",
    },
    Example {
        nom_naissance: "Oliveira",
        prenoms: "Maria da Luz",
        date_naissance: "1985-01-08",
        nir: "2850199999001",
        key: "64",
        known: true,
        hours_2018: 0,
        years: &[(2021, FULL), (2022, 64_000), (2023, FULL)],
        extra: None,
        why: "born abroad",
    },
    Example {
        nom_naissance: "Delmas",
        prenoms: "Solène",
        date_naissance: "1988-04-12",
        nir: "2880431999040",
        key: "16",
        known: true,
        hours_2018: 0,
        years: &[(2019, FULL), (2020, FULL), (2021, FULL), (2022, FULL), (2023, FULL), (2024, FULL)],
        extra: Some(with_abondement),
        why: "a volunteer whose employers add money, and who has paid for a course",
    },
    Example {
        nom_naissance: "Ndiaye",
        prenoms: "Awa",
        date_naissance: "1975-05-14",
        nir: "2750559999062",
        key: "85",
        known: true,
        hours_2018: 0,
        years: &[],
        extra: Some(is_agent),
        why: "a public agent: the account is kept in hours",
    },
    Example {
        nom_naissance: "Rousset",
        prenoms: "Bernard",
        date_naissance: "1961-02-20",
        nir: "1610213999051",
        key: "86",
        known: true,
        hours_2018: 0,
        years: &[(2019, FULL), (2020, FULL), (2021, FULL), (2022, FULL)],
        extra: Some(retraite),
        why: "retired at full rate: the account is frozen before its last year is credited",
    },
    Example {
        nom_naissance: "Nouvel",
        prenoms: "Camille",
        date_naissance: "1980-01-12",
        nir: "1800175999029",
        key: "09",
        known: false,
        hours_2018: 0,
        years: &[],
        extra: None,
        why: "not known to the database: the account opens at 0,00 € and says why",
    },
];

impl Example {
    /// What is known of this working life.
    pub fn situation(&self) -> Situation {
        let mut situation = Situation {
            earlier_hours: (self.hours_2018 > 0)
                .then(|| EarlierHours { hours: Hours::new(self.hours_2018), provenance: Provenance::FormerAccount }),
            activites: self
                .years
                .iter()
                .filter_map(|(year, hundredths)| {
                    let worked = WorkDuration::from_hundredths(*hundredths);
                    Some(Activite::salariee(Year::new(*year).ok()?, worked, None, Provenance::Employeurs))
                })
                .collect(),
            ..Situation::default()
        };
        if let Some(extra) = self.extra {
            extra(&mut situation);
        }
        situation
    }
}

fn with_abondement(situation: &mut Situation) {
    const TITLE: &str = "Titre professionnel de conductrice de travaux";
    situation.engagements.push(Engagement {
        year: Year::new(2022).unwrap_or(Year::FIRST),
        category: EngagementCategory::Benevolat,
        recorded_on: Day::date(2023, 9, 15),
    });
    situation.abondements.push(Abondement {
        nature: AbondementNature::Dotation,
        date: Day::date(2025, 5, 12),
        montant: Euros::whole(1_200),
        financeur: "Bâtir ensemble (employeur fictif)".into(),
        action: Some(TITLE.into()),
        echeance: Some(Day::date(2025, 12, 31)),
        accord: None,
    });
    situation.depenses.push(Depense {
        date: Day::date(2025, 12, 8),
        asked: Montant::Euros(Euros::whole(2_000)),
        purpose: Purpose::Formation,
        action: Some(TITLE.into()),
        reference: "F-2025-1208".into(),
    });
    situation.abondements.push(Abondement {
        nature: AbondementNature::Dotation,
        date: Day::date(2026, 3, 3),
        montant: Euros::whole(800),
        financeur: "Bâtir ensemble (employeur fictif)".into(),
        action: None,
        echeance: None,
        accord: None,
    });
}

fn is_agent(situation: &mut Situation) {
    let statut = Statut::PublicAgent { without_niveau_3: false, incomplete: false };
    let year = |year| {
        let year = Year::new(year).unwrap_or(Year::FIRST);
        let worked = WorkDuration::from_hundredths(FULL);
        Activite { statut, ..Activite::salariee(year, worked, None, Provenance::Employeurs) }
    };
    situation.activites.extend((2019..=2023).map(year));
}

fn retraite(situation: &mut Situation) {
    situation.retraite_since = Some(Day::date(2023, 3, 1));
}
