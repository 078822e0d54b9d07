//! Lives made up from a seed: the same ones on every machine, so that statements can be compared.

use domaine::bareme::NatureAbsence;
use domaine::dif::Rapport;
use domaine::droits::*;
use domaine::mesures::{Annee, DureeTravaillee, Euros, Heures, Jour, Jours, MoisDeLAnnee, Quantite};

/// SplitMix64: small, and the same everywhere.
pub struct Hasard(u64);

impl Hasard {
    pub fn new(graine: u64) -> Self {
        Self(graine)
    }

    pub fn tirer(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `borne` excluded.
    pub fn sous(&mut self, borne: u32) -> u32 {
        u32::try_from(self.tirer() % u64::from(borne)).expect("below the bound")
    }

    pub fn une_fois_sur(&mut self, nombre: u32) -> bool {
        self.sous(nombre) == 0
    }

    fn entre(&mut self, debut: u32, fin: u32) -> u32 {
        debut + self.sous(fin - debut + 1)
    }

    fn jour(&mut self, debut: u32, fin: u32) -> Jour {
        let petit = |n: u32| u8::try_from(n).expect("small");
        let annee = u16::try_from(self.entre(debut, fin)).expect("a year");
        Jour::date(annee, petit(self.entre(1, 12)), petit(self.entre(1, 28)))
    }
}

fn annee(annee: u32) -> Annee {
    Annee::new(u16::try_from(annee).expect("a year")).expect("a year")
}

/// Hours around the thresholds as often as anywhere else.
fn duree(hasard: &mut Hasard) -> DureeTravaillee {
    DureeTravaillee::de_centiemes(match hasard.sous(6) {
        0 => 160_700,
        1 => 80_349 + hasard.sous(3),
        2 => hasard.sous(80_350),
        _ => hasard.sous(200_000),
    })
}

/// The life of an employee, in hours: what the second implementation knows.
pub fn vie_de_salarie(graine: u64) -> Situation {
    let hasard = &mut Hasard::new(graine);
    let debut = hasard.entre(2014, 2024);
    let fin = hasard.entre(debut, 2030);
    let mut situation = Situation::default();
    for an in debut..=fin {
        if hasard.une_fois_sur(8) {
            continue;
        }
        let reference = hasard.une_fois_sur(5).then(|| DureeTravaillee::de_centiemes(hasard.entre(120_000, 160_700)));
        let mut activite = Activite::salariee(annee(an), duree(hasard), reference, Provenance::Employeurs);
        if hasard.une_fois_sur(12) {
            activite.statut = Statut::Esat;
        }
        situation.activites.push(activite);
        // Another employer, for whom a full year may be another.
        if hasard.une_fois_sur(5) {
            let reference =
                hasard.une_fois_sur(3).then(|| DureeTravaillee::de_centiemes(hasard.entre(120_000, 160_700)));
            let faites = DureeTravaillee::de_centiemes(hasard.sous(100_000));
            situation.activites.push(Activite::salariee(annee(an), faites, reference, Provenance::Employeurs));
        }
    }
    if hasard.une_fois_sur(4) {
        let declaree_le = hasard.jour(2015, 2026);
        let fin = hasard.une_fois_sur(2).then(|| hasard.jour(2027, 2030));
        situation.sous_niveau_3.push(DeclarationSousNiveau3 { declaree_le, fin_declaree_le: fin, annulee_le: None });
    }
    if hasard.une_fois_sur(5) {
        let du = hasard.jour(2015, 2026);
        situation.boeth.push(Periode { du, au: hasard.une_fois_sur(2).then(|| hasard.jour(2026, 2030)) });
    }
    situation
}

/// A life where anything may happen.
pub fn vie(graine: u64) -> Situation {
    let mut situation = vie_de_salarie(graine);
    let hasard = &mut Hasard::new(!graine);
    // Two employers or two statuses in one year.
    for rang in 0..situation.activites.len() {
        if hasard.une_fois_sur(6) {
            let seconde =
                Activite::salariee(situation.activites[rang].annee, duree(hasard), None, Provenance::Employeurs);
            situation.activites.push(seconde);
        }
    }
    for activite in &mut situation.activites {
        varier(hasard, activite);
    }
    // A career in the public service, long enough to meet its ceilings.
    if hasard.une_fois_sur(8) {
        let sans_niveau_3 = hasard.une_fois_sur(3);
        for activite in &mut situation.activites {
            activite.statut = Statut::AgentPublic { sans_niveau_3, non_complet: hasard.une_fois_sur(6) };
        }
    }
    if hasard.une_fois_sur(6) {
        let heures = Heures::new(hasard.entre(1, 400));
        situation.heures_anterieures = Some(HeuresAnterieures { heures, provenance: Provenance::AncienCompte });
    }
    for rang in 0..hasard.sous(3) {
        situation.attestations.push(AttestationDeclaree {
            heures: Heures::new(hasard.entre(1, 120)),
            rapport: if hasard.une_fois_sur(2) { Rapport::Remplace } else { Rapport::Ajoute },
            declaree_le: hasard.jour(2015 + rang * 4, 2018 + rang * 4),
            reference: "DIF-VIE".into(),
        });
    }
    argent(hasard, &mut situation);
    if hasard.une_fois_sur(6) {
        let an = annee(hasard.entre(2015, 2028));
        let activite = Activite::salariee(an, duree(hasard), None, Provenance::Employeurs);
        situation.rectifications.push(Rectification {
            le: hasard.jour(2020, 2031),
            annee: an,
            activites: vec![activite],
        });
    }
    if let (true, Some(declaration)) = (hasard.une_fois_sur(3), situation.sous_niveau_3.first_mut()) {
        declaration.annulee_le = Some(hasard.jour(2027, 2031));
    }
    if hasard.une_fois_sur(4) {
        situation.naissance = Some(hasard.jour(1950, 2010));
        situation.apprenti_depuis = hasard.une_fois_sur(3).then(|| hasard.jour(2015, 2026));
    }
    situation.retraite_depuis = hasard.une_fois_sur(12).then(|| hasard.jour(2018, 2031));
    situation.deces = hasard.une_fois_sur(20).then(|| hasard.jour(2018, 2031));
    situation
}

/// A life whose years are corrected after the fact, where nothing is spent and nobody retires.
pub fn vie_corrigee(graine: u64) -> Situation {
    let mut situation = vie(graine);
    situation.depenses.clear();
    situation.conversions.clear();
    situation.retraite_depuis = None;
    situation.deces = None;
    let hasard = &mut Hasard::new(graine ^ 0xc0);
    for _ in 0..hasard.entre(1, 4) {
        let an = annee(hasard.entre(2015, 2029));
        let mut activites = Vec::new();
        for _ in 0..hasard.sous(3) {
            let mut activite = Activite::salariee(an, duree(hasard), None, Provenance::Employeurs);
            varier(hasard, &mut activite);
            activites.push(activite);
        }
        situation.rectifications.push(Rectification { le: hasard.jour(2016, 2031), annee: an, activites });
    }
    if let (true, Some(declaration)) = (hasard.une_fois_sur(2), situation.sous_niveau_3.first_mut()) {
        declaration.annulee_le = Some(hasard.jour(2020, 2031));
    }
    situation
}

fn varier(hasard: &mut Hasard, activite: &mut Activite) {
    match hasard.sous(12) {
        0 => {
            let cotisation_payee_le = hasard.une_fois_sur(2).then(|| hasard.jour(2019, 2031));
            activite.statut = Statut::Independant { cotisation_payee_le };
            activite.travail = Travail::Jours { faits: Jours::entiers(hasard.entre(1, 365)), accord: None };
        }
        1 | 2 => {
            activite.statut =
                Statut::AgentPublic { sans_niveau_3: hasard.une_fois_sur(4), non_complet: hasard.une_fois_sur(3) };
        }
        3 => activite.travail = Travail::Jours { faits: Jours::entiers(hasard.entre(1, 218)), accord: None },
        4 => {
            let percue = Euros::de_centimes(i64::from(hasard.entre(100, 4_000_000)));
            activite.travail = Travail::Paie { percue, smic_horaire: Euros::entiers(10) };
        }
        5 => activite.absences.push(Absence {
            nature: if hasard.une_fois_sur(2) { NatureAbsence::Maternite } else { NatureAbsence::Maladie },
            quantite: Quantite::Heures(DureeTravaillee::heures(hasard.entre(1, 600))),
        }),
        6 => {
            let mois = |hasard: &mut Hasard| u8::try_from(hasard.entre(1, 12)).expect("a month");
            activite.boeth = match hasard.sous(3) {
                0 => MoisDeLAnnee::TOUS,
                _ => MoisDeLAnnee::AUCUN.avec(mois(hasard)).avec(mois(hasard)),
            };
        }
        _ => {}
    }
}

fn argent(hasard: &mut Hasard, situation: &mut Situation) {
    let actions = [None, Some("A".to_owned()), Some("B".to_owned())];
    for _ in 0..hasard.sous(5) {
        situation.engagements.push(Engagement {
            annee: annee(hasard.entre(2019, 2022)),
            categorie: if hasard.une_fois_sur(2) {
                CategorieEngagement::Benevolat
            } else {
                CategorieEngagement::SapeurPompier
            },
            inscrit_le: hasard.jour(2020, 2030),
        });
    }
    for _ in 0..hasard.sous(3) {
        situation.abondements.push(Abondement {
            nature: if hasard.une_fois_sur(3) { NatureAbondement::Complement } else { NatureAbondement::Dotation },
            date: hasard.jour(2019, 2029),
            montant: Euros::de_centimes(i64::from(hasard.entre(1, 500_000))),
            financeur: "Financeur".into(),
            action: actions[hasard.sous(3) as usize].clone(),
            echeance: hasard.une_fois_sur(2).then(|| hasard.jour(2024, 2031)),
        });
    }
    for _ in 0..hasard.sous(4) {
        let date = hasard.jour(2015, 2031);
        let demande = if date.annee() < 2019 || hasard.une_fois_sur(8) {
            Montant::Heures(Heures::new(hasard.entre(1, 200)))
        } else {
            Montant::Euros(Euros::de_centimes(i64::from(hasard.entre(1, 400_000))))
        };
        situation.depenses.push(Depense {
            date,
            demande,
            objet: if hasard.une_fois_sur(6) { Objet::FormationDeBenevole } else { Objet::Formation },
            action: actions[hasard.sous(3) as usize].clone(),
            reference: "F-VIE".into(),
        });
    }
    for _ in 0..hasard.sous(3) {
        let sens = [Sens::HeuresEnEuros, Sens::EurosEnHeures, Sens::CecEnHeures][hasard.sous(3) as usize];
        situation.conversions.push(ConversionDemandee { date: hasard.jour(2019, 2031), sens });
    }
}
