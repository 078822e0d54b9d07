//! Lives made up from a seed: the same ones on every machine, so that statements can be compared.

use domaine::bareme::AbsenceNature;
use domaine::dif::Rapport;
use domaine::droits::*;
use domaine::mesures::{Day, Days, Euros, Hours, MonthsOfYear, Quantity, WorkDuration, Year};

/// SplitMix64: small, and the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `bound` excluded.
    pub fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(self.draw() % u64::from(bound)).expect("below the bound")
    }

    pub fn once_in(&mut self, count: u32) -> bool {
        self.below(count) == 0
    }

    fn between(&mut self, start: u32, end: u32) -> u32 {
        start + self.below(end - start + 1)
    }

    fn day(&mut self, start: u32, end: u32) -> Day {
        let small = |n: u32| u8::try_from(n).expect("small");
        let year = u16::try_from(self.between(start, end)).expect("a year");
        Day::date(year, small(self.between(1, 12)), small(self.between(1, 28)))
    }
}

fn year(year: u32) -> Year {
    Year::new(u16::try_from(year).expect("a year")).expect("a year")
}

/// Hours around the thresholds as often as anywhere else.
fn duration(random: &mut Random) -> WorkDuration {
    WorkDuration::from_hundredths(match random.below(6) {
        0 => 160_700,
        1 => 80_349 + random.below(3),
        2 => random.below(80_350),
        _ => random.below(200_000),
    })
}

/// The life of an employee, in hours: what the second implementation knows.
pub fn salarie_life(seed: u64) -> Situation {
    let random = &mut Random::new(seed);
    let start = random.between(2014, 2024);
    let end = random.between(start, 2030);
    let mut situation = Situation::default();
    for an in start..=end {
        if random.once_in(8) {
            continue;
        }
        let reference = random.once_in(5).then(|| WorkDuration::from_hundredths(random.between(120_000, 160_700)));
        let mut activite = Activite::salariee(year(an), duration(random), reference, Provenance::Employeurs);
        if random.once_in(12) {
            activite.statut = Statut::Esat;
        }
        situation.activites.push(activite);
        // Another employer, for whom a full year may be another.
        if random.once_in(5) {
            let reference = random.once_in(3).then(|| WorkDuration::from_hundredths(random.between(120_000, 160_700)));
            let worked = WorkDuration::from_hundredths(random.below(100_000));
            situation.activites.push(Activite::salariee(year(an), worked, reference, Provenance::Employeurs));
        }
    }
    if random.once_in(4) {
        let declared_on = random.day(2015, 2026);
        let end = random.once_in(2).then(|| random.day(2027, 2030));
        situation.sous_niveau_3.push(DeclarationSousNiveau3 { declared_on, end_declared_on: end, cancelled_on: None });
    }
    if random.once_in(5) {
        let since = random.day(2015, 2026);
        situation.boeth.push(Period { since, as_of: random.once_in(2).then(|| random.day(2026, 2030)) });
    }
    situation.naissance = random.once_in(6).then(|| random.day(1953, 1962));
    for _ in 0..random.below(6) / 2 * random.below(4) {
        let an = random.between(2016, 2021);
        let category =
            if random.once_in(2) { EngagementCategory::Benevolat } else { EngagementCategory::SapeurPompier };
        let recorded_on = random.day(an, an + 2);
        situation.engagements.push(Engagement { year: year(an), category, recorded_on });
    }
    situation
}

/// A life where anything may happen.
pub fn life(seed: u64) -> Situation {
    let mut situation = salarie_life(seed);
    let random = &mut Random::new(!seed);
    // Two employers or two statuses in one year.
    for index in 0..situation.activites.len() {
        if random.once_in(6) {
            let second =
                Activite::salariee(situation.activites[index].year, duration(random), None, Provenance::Employeurs);
            situation.activites.push(second);
        }
    }
    for activite in &mut situation.activites {
        vary(random, activite);
    }
    // A career in the public service, long enough to meet its ceilings.
    if random.once_in(8) {
        let without_niveau_3 = random.once_in(3);
        for activite in &mut situation.activites {
            activite.statut = Statut::PublicAgent { without_niveau_3, incomplete: random.once_in(6) };
        }
    }
    if random.once_in(6) {
        let hours = Hours::new(random.between(1, 400));
        situation.earlier_hours = Some(EarlierHours { hours, provenance: Provenance::FormerAccount });
    }
    for index in 0..random.below(3) {
        let declared_on = random.day(2015 + index * 4, 2018 + index * 4);
        // Of before a proof was seen; seen before it counts; refused after it counted, or before.
        let seen_on = random.day(2019 + index * 4, 2030);
        let counts_from = if random.once_in(4) { random.once_in(2).then_some(seen_on) } else { Some(declared_on) };
        let refused_on = random.once_in(3).then_some(random.day(2019 + index * 4, 2031));
        situation.attestations.push(DeclaredAttestation {
            counts_from,
            refused_on,
            hours: Hours::new(random.between(1, 120)),
            rapport: if random.once_in(2) { Rapport::Replaces } else { Rapport::Adds },
            declared_on,
            reference: "DIF-VIE".into(),
        });
    }
    argent(random, &mut situation);
    if random.once_in(6) {
        let an = year(random.between(2015, 2028));
        let activite = Activite::salariee(an, duration(random), None, Provenance::Employeurs);
        situation.rectifications.push(Rectification {
            on: random.day(2020, 2031),
            year: an,
            activites: vec![activite],
        });
    }
    if let (true, Some(declaration)) = (random.once_in(3), situation.sous_niveau_3.first_mut()) {
        declaration.cancelled_on = Some(random.day(2027, 2031));
    }
    if random.once_in(4) {
        situation.naissance = Some(random.day(1950, 2010));
        situation.naissance_year_end =
            situation.naissance.filter(|_| random.once_in(5)).map(|born| year(born.year().into()).last_day());
        situation.apprenti_since = random.once_in(3).then(|| random.day(2015, 2026));
    }
    if random.once_in(6) {
        let since = random.day(2017, 2026);
        let period = Period { since, as_of: random.once_in(3).then(|| random.day(2026, 2029)) };
        situation.handicaps.push(KnownDisability { period, known_on: random.day(2026, 2030) });
    }
    situation.retraite_since = random.once_in(12).then(|| random.day(2018, 2031));
    situation.deces = random.once_in(20).then(|| random.day(2018, 2031));
    situation
}

/// A life whose years are corrected after the fact, where nothing is spent and nobody retires.
pub fn corrected_life(seed: u64) -> Situation {
    let mut situation = life(seed);
    situation.depenses.clear();
    situation.conversions.clear();
    situation.retraite_since = None;
    situation.naissance = situation.naissance.filter(|born| born.year() >= 1970);
    situation.naissance_year_end = None;
    situation.deces = None;
    let random = &mut Random::new(seed ^ 0xc0);
    for _ in 0..random.between(1, 4) {
        let an = year(random.between(2015, 2029));
        let mut activites = Vec::new();
        for _ in 0..random.below(3) {
            let mut activite = Activite::salariee(an, duration(random), None, Provenance::Employeurs);
            vary(random, &mut activite);
            activites.push(activite);
        }
        situation.rectifications.push(Rectification { on: random.day(2016, 2031), year: an, activites });
    }
    if let (true, Some(declaration)) = (random.once_in(2), situation.sous_niveau_3.first_mut()) {
        declaration.cancelled_on = Some(random.day(2020, 2031));
    }
    situation
}

fn vary(random: &mut Random, activite: &mut Activite) {
    match random.below(12) {
        0 => {
            let cotisation_paid_on = random.once_in(2).then(|| random.day(2019, 2031));
            activite.statut = Statut::Independant { cotisation_paid_on };
            activite.work = Work::Days { facts: Days::whole(random.between(1, 365)), accord: None };
        }
        1 | 2 => {
            activite.statut =
                Statut::PublicAgent { without_niveau_3: random.once_in(4), incomplete: random.once_in(3) };
        }
        3 => activite.work = Work::Days { facts: Days::whole(random.between(1, 218)), accord: None },
        4 => {
            let received = Euros::from_centimes(i64::from(random.between(100, 4_000_000)));
            activite.work = Work::Paie { received, hourly_smic: Euros::whole(10) };
        }
        5 => activite.absences.push(Absence {
            nature: if random.once_in(2) { AbsenceNature::Maternite } else { AbsenceNature::Maladie },
            quantity: Quantity::Hours(WorkDuration::hours(random.between(1, 600))),
        }),
        6 => {
            let month = |random: &mut Random| u8::try_from(random.between(1, 12)).expect("a month");
            activite.boeth = match random.below(3) {
                0 => MonthsOfYear::ALL,
                _ => MonthsOfYear::NONE.with(month(random)).with(month(random)),
            };
        }
        _ => {}
    }
}

fn argent(random: &mut Random, situation: &mut Situation) {
    let actions = [None, Some("A".to_owned()), Some("B".to_owned())];
    for _ in 0..random.below(5) {
        situation.engagements.push(Engagement {
            year: year(random.between(2017, 2022)),
            category: if random.once_in(2) { EngagementCategory::Benevolat } else { EngagementCategory::SapeurPompier },
            recorded_on: random.day(2017, 2030),
        });
    }
    for _ in 0..random.below(3) {
        situation.abondements.push(Abondement {
            nature: if random.once_in(3) { AbondementNature::Complement } else { AbondementNature::Dotation },
            date: random.day(2019, 2029),
            montant: Euros::from_centimes(i64::from(random.between(1, 500_000))),
            financeur: "Financeur".into(),
            action: actions[random.below(3) as usize].clone(),
            echeance: random.once_in(2).then(|| random.day(2024, 2031)),
            accord: None,
        });
    }
    if random.once_in(4) {
        let (seasonal, inside_plafond) = (random.once_in(3), random.once_in(2));
        situation.abondements.push(Abondement {
            nature: AbondementNature::Dotation,
            date: random.day(2019, 2029),
            montant: Euros::from_centimes(i64::from(random.between(1, 500_000))),
            financeur: "Employeur".into(),
            action: None,
            echeance: None,
            accord: Some(Accord { titre: "Accord".into(), seasonal, inside_plafond }),
        });
    }
    for _ in 0..random.below(4) {
        let date = random.day(2015, 2031);
        let asked = if date.year() < 2019 || random.once_in(8) {
            Montant::Hours(Hours::new(random.between(1, 200)))
        } else {
            Montant::Euros(Euros::from_centimes(i64::from(random.between(1, 400_000))))
        };
        situation.depenses.push(Depense {
            date,
            asked,
            purpose: if random.once_in(6) { Purpose::FormationDeBenevole } else { Purpose::Formation },
            action: actions[random.below(3) as usize].clone(),
            reference: "F-VIE".into(),
        });
    }
    for _ in 0..random.below(3) {
        let direction =
            [Direction::HoursToEuros, Direction::EurosToHours, Direction::CecToHours][random.below(3) as usize];
        situation.conversions.push(AskedConversion { date: random.day(2019, 2031), direction });
    }
}
