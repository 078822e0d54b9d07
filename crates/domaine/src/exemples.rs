//! The cast: named fictional people, for demonstrations and tests.
//!
//! Their numbers have bodies that cannot belong to anyone (commune or country codes that do not
//! exist), but for Dominique Pat-Trois, the test identity that the *Identité nationale de santé*
//! publishes for that purpose.

use crate::droits::{
    Abondement, Activite, CategorieEngagement, Depense, Engagement, HeuresAnterieures, Montant, NatureAbondement,
    Objet, Provenance, Situation, Statut,
};
use crate::mesures::{Annee, DureeTravaillee, Euros, Heures, Jour};

/// A fictional person: who they are and what is known of their working life.
#[derive(Clone, Copy, Debug)]
pub struct Exemple {
    /// Birth name.
    pub nom_naissance: &'static str,
    /// Given names.
    pub prenoms: &'static str,
    /// `1979-03-28`.
    pub date_naissance: &'static str,
    /// Thirteen characters.
    pub nir: &'static str,
    /// The key.
    pub cle: &'static str,
    /// Whether the employers' declarations know this person.
    pub connu: bool,
    /// Hours held at the end of 2018.
    pub heures_2018: u32,
    /// Years of work: the year and hundredths of an hour worked.
    pub annees: &'static [(u16, u32)],
    /// What else happened, when anything did.
    pub suite: Option<fn(&mut Situation)>,
    /// What the person shows.
    pub pourquoi: &'static str,
}

const PLEIN: u32 = 160_700;

/// The whole cast.
pub const PERSONNES: &[Exemple] = &[
    Exemple {
        nom_naissance: "Pat-Trois",
        prenoms: "Dominique Marie-Louise",
        date_naissance: "1979-03-28",
        nir: "2790351215189",
        cle: "89",
        connu: true,
        heures_2018: 54,
        annees: &[(2019, PLEIN), (2020, PLEIN)],
        suite: None,
        pourquoi: "the statement of the founding document: 1 810,00 € dont 0,00 € de DIF",
    },
    Exemple {
        nom_naissance: "Ambroise",
        prenoms: "Renaud",
        date_naissance: "1980-01-15",
        nir: "1800175999001",
        cle: "37",
        connu: true,
        heures_2018: 35,
        annees: &[(2019, PLEIN)],
        suite: None,
        pourquoi: "1 025,00 €, a private employee before 2015 who has a DIF to declare",
    },
    Exemple {
        nom_naissance: "Lhéritier",
        prenoms: "Maëlle",
        date_naissance: "1965-06-02",
        nir: "2650669999012",
        cle: "80",
        connu: true,
        heures_2018: 150,
        annees: &[(2019, PLEIN), (2020, PLEIN), (2021, PLEIN), (2022, PLEIN), (2023, PLEIN), (2024, PLEIN)],
        suite: None,
        pourquoi: "at the ceiling of 5 000,00 €",
    },
    Exemple {
        nom_naissance: "Verdier",
        prenoms: "Inès",
        date_naissance: "1990-09-17",
        nir: "2900933999021",
        cle: "60",
        connu: true,
        heures_2018: 0,
        annees: &[(2024, 80_300)],
        suite: None,
        pourquoi: "part-time, just under half: 803 h, 249,85 €",
    },
    Exemple {
        nom_naissance: "Kervella",
        prenoms: "Yann",
        date_naissance: "1991-10-05",
        nir: "1911044999034",
        cle: "58",
        connu: true,
        heures_2018: 0,
        annees: &[(2024, 80_350)],
        suite: None,
        pourquoi: "part-time, just at half: 803,50 h, 500,00 €",
    },
    Exemple {
        nom_naissance: "Casabianca",
        prenoms: "Ghjuvan",
        date_naissance: "1980-01-20",
        nir: "180012B999001",
        cle: "24",
        connu: true,
        heures_2018: 24,
        annees: &[(2019, PLEIN), (2020, PLEIN), (2021, PLEIN)],
        suite: None,
        pourquoi: "born in Haute-Corse",
    },
    Exemple {
        nom_naissance: "Hoarau",
        prenoms: "Jean-Bernard",
        date_naissance: "1985-01-30",
        nir: "1850197499001",
        cle: "36",
        connu: true,
        heures_2018: 72,
        annees: &[(2019, PLEIN), (2022, PLEIN)],
        suite: None,
        pourquoi: "born in La Réunion",
    },
    Exemple {
        nom_naissance: "Oliveira",
        prenoms: "Maria da Luz",
        date_naissance: "1985-01-08",
        nir: "2850199999001",
        cle: "64",
        connu: true,
        heures_2018: 0,
        annees: &[(2021, PLEIN), (2022, 64_000), (2023, PLEIN)],
        suite: None,
        pourquoi: "born abroad",
    },
    Exemple {
        nom_naissance: "Delmas",
        prenoms: "Solène",
        date_naissance: "1988-04-12",
        nir: "2880431999040",
        cle: "16",
        connu: true,
        heures_2018: 0,
        annees: &[(2019, PLEIN), (2020, PLEIN), (2021, PLEIN), (2022, PLEIN), (2023, PLEIN), (2024, PLEIN)],
        suite: Some(abondee),
        pourquoi: "a volunteer whose employers add money, and who has paid for a course",
    },
    Exemple {
        nom_naissance: "Ndiaye",
        prenoms: "Awa",
        date_naissance: "1975-05-14",
        nir: "2750559999062",
        cle: "85",
        connu: true,
        heures_2018: 0,
        annees: &[],
        suite: Some(agente),
        pourquoi: "a public agent: the account is kept in hours",
    },
    Exemple {
        nom_naissance: "Rousset",
        prenoms: "Bernard",
        date_naissance: "1961-02-20",
        nir: "1610213999051",
        cle: "86",
        connu: true,
        heures_2018: 0,
        annees: &[(2019, PLEIN), (2020, PLEIN), (2021, PLEIN), (2022, PLEIN)],
        suite: Some(retraite),
        pourquoi: "retired at full rate: the account is frozen before its last year is credited",
    },
    Exemple {
        nom_naissance: "Nouvel",
        prenoms: "Camille",
        date_naissance: "1980-01-12",
        nir: "1800175999029",
        cle: "09",
        connu: false,
        heures_2018: 0,
        annees: &[],
        suite: None,
        pourquoi: "not known to the database: the account opens at 0,00 € and says why",
    },
];

impl Exemple {
    /// What is known of this working life.
    pub fn situation(&self) -> Situation {
        let mut situation = Situation {
            heures_anterieures: (self.heures_2018 > 0).then(|| HeuresAnterieures {
                heures: Heures::new(self.heures_2018),
                provenance: Provenance::AncienCompte,
            }),
            activites: self
                .annees
                .iter()
                .filter_map(|(annee, centiemes)| {
                    let faites = DureeTravaillee::de_centiemes(*centiemes);
                    Some(Activite::salariee(Annee::new(*annee).ok()?, faites, None, Provenance::Employeurs))
                })
                .collect(),
            ..Situation::default()
        };
        if let Some(suite) = self.suite {
            suite(&mut situation);
        }
        situation
    }
}

fn abondee(situation: &mut Situation) {
    const TITRE: &str = "Titre professionnel de conductrice de travaux";
    situation.engagements.push(Engagement {
        annee: Annee::new(2022).unwrap_or(Annee::PREMIERE),
        categorie: CategorieEngagement::Benevolat,
        inscrit_le: Jour::date(2023, 9, 15),
    });
    situation.abondements.push(Abondement {
        nature: NatureAbondement::Dotation,
        date: Jour::date(2025, 5, 12),
        montant: Euros::entiers(1_200),
        financeur: "Bâtir ensemble (employeur fictif)".into(),
        action: Some(TITRE.into()),
        echeance: Some(Jour::date(2025, 12, 31)),
    });
    situation.depenses.push(Depense {
        date: Jour::date(2025, 9, 1),
        demande: Montant::Euros(Euros::entiers(2_000)),
        objet: Objet::Formation,
        action: Some(TITRE.into()),
        reference: "F-2025-0901".into(),
    });
    situation.abondements.push(Abondement {
        nature: NatureAbondement::Dotation,
        date: Jour::date(2026, 3, 3),
        montant: Euros::entiers(800),
        financeur: "Bâtir ensemble (employeur fictif)".into(),
        action: None,
        echeance: None,
    });
}

fn agente(situation: &mut Situation) {
    let statut = Statut::AgentPublic { sans_niveau_3: false, non_complet: false };
    let annee = |annee| {
        let annee = Annee::new(annee).unwrap_or(Annee::PREMIERE);
        let faites = DureeTravaillee::de_centiemes(PLEIN);
        Activite { statut, ..Activite::salariee(annee, faites, None, Provenance::Employeurs) }
    };
    situation.activites.extend((2019..=2023).map(annee));
}

fn retraite(situation: &mut Situation) {
    situation.retraite_depuis = Some(Jour::date(2023, 3, 1));
}
