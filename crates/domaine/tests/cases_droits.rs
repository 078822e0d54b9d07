//! Runs `cas/*.toml`: a working life, a day, and what the account holds then. Readable without Rust.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use domaine::bareme::{AbsenceNature, Bareme, CreditDay};
use domaine::dif::Rapport;
use domaine::droits::*;
use domaine::mesures::{Day, Days, Euros, Hours, HoursVariation, MonthsOfYear, Quantity, WorkDuration, Year};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    #[serde(rename = "cas")]
    case: Vec<Case>,
}

/// One case. What is not written is not there; a year without hours is a full one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    nom: String,
    source: String,
    #[serde(rename = "au")]
    as_of: Day,
    // What is known.
    #[serde(rename = "heures_2018")]
    hours_2018: Option<u32>,
    #[serde(rename = "travail", default)]
    work: Vec<WorkYear>,
    #[serde(default)]
    dif: Vec<Dif>,
    #[serde(default)]
    sous_niveau_3: Vec<DeclarationSousNiveau3>,
    #[serde(default)]
    boeth: Vec<Period>,
    #[serde(default)]
    handicaps: Vec<Proven>,
    #[serde(default)]
    engagements: Vec<Commits>,
    #[serde(default)]
    abondements: Vec<Addition>,
    #[serde(default)]
    depenses: Vec<Purchase>,
    #[serde(default)]
    conversions: Vec<Converted>,
    #[serde(default)]
    rectifications: Vec<Corrected>,
    naissance: Option<Day>,
    /// The day of birth is only the first that it can be.
    #[serde(rename = "naissance_incomplete", default)]
    partial_birth: bool,
    #[serde(rename = "apprenti_depuis")]
    apprenti_since: Option<Day>,
    #[serde(rename = "retraite_depuis")]
    retraite_since: Option<Day>,
    deces: Option<Day>,
    // What an operator set.
    #[serde(rename = "fin_declaration_dif")]
    dif_declaration_end: Option<Day>,
    #[serde(rename = "jour_de_credit")]
    credit_day: Option<(u8, u8)>,
    // What is expected.
    #[serde(rename = "attendu")]
    expected: Option<Euros>,
    #[serde(rename = "heures")]
    hours: Option<i32>,
    plafond: Option<Euros>,
    #[serde(rename = "dont_dif")]
    dif_part: Option<Euros>,
    #[serde(rename = "dont_cec")]
    cec_part: Option<Euros>,
    #[serde(rename = "dont_abondements")]
    abondements_part: Option<Euros>,
    #[serde(rename = "acquis")]
    earned: Option<Euros>,
    #[serde(rename = "retenu")]
    withheld: Option<Euros>,
    #[serde(rename = "retenues")]
    withheld_ones: Option<i32>,
    lignes: Option<usize>,
    #[serde(rename = "etat")]
    state: Option<AccountState>,
    #[serde(rename = "suppose", default)]
    assumed: Vec<Hypothesis>,
    #[serde(rename = "ne_suppose_pas", default)]
    does_not_assume: Vec<Hypothesis>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkYear {
    an: u16,
    #[serde(rename = "jusqu_a")]
    up_to: Option<u16>,
    #[serde(default)]
    statut: Nom,
    #[serde(rename = "heures")]
    hours: Option<WorkDuration>,
    sur: Option<WorkDuration>,
    #[serde(rename = "jours")]
    days: Option<Days>,
    accord: Option<Days>,
    paie: Option<Euros>,
    smic: Option<Euros>,
    cotisation: Option<Day>,
    #[serde(rename = "non_complet", default)]
    incomplete: bool,
    /// In hours.
    absence: Option<(AbsenceNature, WorkDuration)>,
    /// In days, whatever the unit of the work.
    #[serde(rename = "absence_en_jours")]
    absence_in_days: Option<(AbsenceNature, Days)>,
    /// Nobody has declared it yet.
    #[serde(rename = "projetee", default)]
    projected: bool,
    /// Months in which the employer declares a disability.
    #[serde(default)]
    boeth: Vec<u8>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Nom {
    #[default]
    Salarie,
    Esat,
    Independant,
    Agent,
    AgentSousNiveau3,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dif {
    #[serde(rename = "le")]
    on: Day,
    #[serde(rename = "heures")]
    hours: u32,
    #[serde(rename = "ajoute", default)]
    added: bool,
}

/// A disability declared with a proof, and the day that proof was accepted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Proven {
    du: Day,
    au: Option<Day>,
    #[serde(rename = "acceptee_le")]
    accepted_on: Day,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Commits {
    #[serde(rename = "le")]
    on: Day,
    an: u16,
    #[serde(rename = "categorie")]
    category: EngagementCategory,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Addition {
    #[serde(rename = "le")]
    on: Day,
    montant: Euros,
    action: Option<String>,
    echeance: Option<Day>,
    #[serde(default)]
    complement: bool,
    /// What an agreement says of the ceiling.
    accord: Option<Ceiling>,
    #[serde(rename = "saisonnier", default)]
    seasonal: bool,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
enum Ceiling {
    #[serde(rename = "dans")]
    Inside,
    #[serde(rename = "hors")]
    Outside,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Purchase {
    #[serde(rename = "le")]
    on: Day,
    euros: Option<Euros>,
    #[serde(rename = "heures")]
    hours: Option<u32>,
    action: Option<String>,
    #[serde(default)]
    benevole: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Converted {
    #[serde(rename = "le")]
    on: Day,
    #[serde(rename = "sens")]
    direction: Towards,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Towards {
    #[serde(rename = "heures_en_euros")]
    HoursToEuros,
    #[serde(rename = "euros_en_heures")]
    EurosToHours,
    #[serde(rename = "cec_en_heures")]
    CecToHours,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corrected {
    #[serde(rename = "le")]
    on: Day,
    an: u16,
    /// Of an employee; else every record of the year.
    #[serde(rename = "heures")]
    hours: Option<WorkDuration>,
    #[serde(rename = "travail", default)]
    work: Vec<WorkYear>,
}

fn year(an: u16) -> Year {
    Year::new(an).expect("a year")
}

impl WorkYear {
    fn activites(&self) -> Vec<Activite> {
        let work = match (self.days, self.paie) {
            (Some(facts), _) => Work::Days { facts, accord: self.accord },
            (_, Some(received)) => Work::Paie { received, hourly_smic: self.smic.expect("a SMIC") },
            _ => Work::Hours { worked: self.hours.unwrap_or(WorkDuration::hours(1_607)), reference: self.sur },
        };
        let statut = match self.statut {
            Nom::Salarie => Statut::Salarie,
            Nom::Esat => Statut::Esat,
            Nom::Independant => Statut::Independant { cotisation_paid_on: self.cotisation },
            Nom::Agent => Statut::PublicAgent { without_niveau_3: false, incomplete: self.incomplete },
            Nom::AgentSousNiveau3 => Statut::PublicAgent { without_niveau_3: true, incomplete: self.incomplete },
        };
        let absences: Vec<_> = self
            .absence
            .iter()
            .map(|(nature, hours)| Absence { nature: *nature, quantity: Quantity::Hours(*hours) })
            .chain(
                self.absence_in_days
                    .iter()
                    .map(|(nature, days)| Absence { nature: *nature, quantity: Quantity::Days(*days) }),
            )
            .collect();
        (self.an..=self.up_to.unwrap_or(self.an))
            .map(|an| Activite {
                year: year(an),
                statut,
                work,
                absences: absences.clone(),
                boeth: self.boeth.iter().copied().fold(MonthsOfYear::NONE, MonthsOfYear::with),
                provenance: if self.projected { Provenance::Projection } else { Provenance::Employeurs },
            })
            .collect()
    }
}

impl Case {
    fn situation(&self) -> Situation {
        Situation {
            earlier_hours: self
                .hours_2018
                .map(|hours| EarlierHours { hours: Hours::new(hours), provenance: Provenance::FormerAccount }),
            activites: self.work.iter().flat_map(WorkYear::activites).collect(),
            attestations: self
                .dif
                .iter()
                .map(|dif| DeclaredAttestation {
                    hours: Hours::new(dif.hours),
                    rapport: if dif.added { Rapport::Adds } else { Rapport::Replaces },
                    declared_on: dif.on,
                    reference: "DIF-ESSAI".into(),
                    counts_from: Some(dif.on),
                    refused_on: None,
                })
                .collect(),
            credited: Vec::new(),
            sous_niveau_3: self.sous_niveau_3.clone(),
            boeth: self.boeth.clone(),
            handicaps: self
                .handicaps
                .iter()
                .map(|p| KnownDisability { period: Period { since: p.du, as_of: p.au }, known_on: p.accepted_on })
                .collect(),
            engagements: self
                .engagements
                .iter()
                .map(|e| Engagement { year: year(e.an), category: e.category.clone(), recorded_on: e.on })
                .collect(),
            abondements: self
                .abondements
                .iter()
                .map(|a| Abondement {
                    nature: if a.complement { AbondementNature::Complement } else { AbondementNature::Dotation },
                    date: a.on,
                    montant: a.montant,
                    financeur: "Employeur".into(),
                    action: a.action.clone(),
                    echeance: a.echeance,
                    accord: a.accord.map(|ceiling| Accord {
                        titre: "Accord du 12 mars 2024".into(),
                        seasonal: a.seasonal,
                        inside_plafond: ceiling == Ceiling::Inside,
                    }),
                })
                .collect(),
            depenses: self
                .depenses
                .iter()
                .map(|d| Depense {
                    date: d.on,
                    asked: match (d.euros, d.hours) {
                        (Some(euros), _) => Montant::Euros(euros),
                        (None, hours) => Montant::Hours(Hours::new(hours.expect("euros or hours"))),
                    },
                    purpose: if d.benevole { Purpose::FormationDeBenevole } else { Purpose::Formation },
                    action: d.action.clone(),
                    reference: "F-ESSAI".into(),
                })
                .collect(),
            conversions: self
                .conversions
                .iter()
                .map(|c| AskedConversion {
                    date: c.on,
                    direction: match c.direction {
                        Towards::HoursToEuros => Direction::HoursToEuros,
                        Towards::EurosToHours => Direction::EurosToHours,
                        Towards::CecToHours => Direction::CecToHours,
                    },
                })
                .collect(),
            rectifications: self
                .rectifications
                .iter()
                .map(|r| Rectification {
                    on: r.on,
                    year: year(r.an),
                    activites: r
                        .hours
                        .map(|hours| Activite::salariee(year(r.an), hours, None, Provenance::Employeurs))
                        .into_iter()
                        .chain(r.work.iter().flat_map(WorkYear::activites))
                        .collect(),
                })
                .collect(),
            naissance: self.naissance,
            naissance_year_end: self.naissance.filter(|_| self.partial_birth).map(|born| year(born.year()).last_day()),
            apprenti_since: self.apprenti_since,
            retraite_since: self.retraite_since,
            deces: self.deces,
        }
    }

    fn bareme(&self) -> Bareme {
        let default = Bareme::IN_FORCE;
        Bareme {
            dif_declaration_end: self.dif_declaration_end,
            credit_day: self
                .credit_day
                .map_or(default.credit_day, |(month, day)| CreditDay::new(month, day).expect("a day")),
            ..default
        }
    }

    /// Everything that is not as expected.
    fn gaps(&self) -> Vec<String> {
        let (situation, bareme) = (self.situation(), self.bareme());
        let releve = calculate(&situation, self.as_of, &bareme);
        let mut gaps = Vec::new();
        let mut compare = |what: &str, obtained: String, expected: Option<String>| {
            if expected.as_ref().is_some_and(|expected| *expected != obtained) {
                gaps.push(format!("{what}: {obtained} instead of {}", expected.unwrap_or_default()));
            }
        };
        let text = |euros: Option<Euros>| euros.map(|euros| euros.to_string());
        compare("balance", releve.solde.to_string(), text(self.expected));
        compare("hours", releve.solde_hours.to_string(), self.hours.map(|hours| hours.to_string()));
        compare("ceiling", releve.plafond.to_string(), text(self.plafond));
        compare("DIF", releve.dif_part.to_string(), text(self.dif_part));
        compare("CEC", releve.cec_part.to_string(), text(self.cec_part));
        compare("additions", releve.abondements_part.to_string(), text(self.abondements_part));
        let earned: Euros = releve.earned.iter().map(|ligne| ligne.montant).sum();
        compare("acquired", earned.to_string(), text(self.earned));
        let withheld: Euros = releve.lignes.iter().map(|ligne| ligne.withheld).sum();
        compare("withheld", withheld.to_string(), text(self.withheld));
        let withheld_ones: HoursVariation = releve.lignes.iter().map(|ligne| ligne.withheld_hours).sum();
        compare("withheld hours", withheld_ones.to_string(), self.withheld_ones.map(|hours| hours.to_string()));
        compare("lines", releve.lignes.len().to_string(), self.lignes.map(|lignes| lignes.to_string()));
        compare("state", format!("{:?}", releve.state), self.state.map(|state| format!("{state:?}")));
        let all_expected = self.assumed.iter().map(|hypothesis| (hypothesis, true));
        for (hypothesis, should_hold) in
            all_expected.chain(self.does_not_assume.iter().map(|hypothesis| (hypothesis, false)))
        {
            let said = releve.lignes.iter().any(|ligne| ligne.hypotheses.contains(*hypothesis));
            compare(&format!("{hypothesis:?}"), said.to_string(), Some(should_hold.to_string()));
        }
        let sum: Euros = releve.lignes.iter().map(|ligne| ligne.montant).sum();
        compare("sum of the lines", sum.to_string(), Some(releve.solde.to_string()));
        compare(
            "lean balance",
            solde(&situation, self.as_of, &bareme).total.to_string(),
            Some(releve.solde.to_string()),
        );
        if self.expected.is_none() && self.hours.is_none() {
            gaps.push("nothing is expected".into());
        }
        if !self.source.split(" ; ").any(names_an_article) {
            gaps.push(format!("no text and article in its source, {}", self.source));
        }
        gaps
    }
}

/// A text, then where in it: an article or a sheet by its number, or the part of a text that was read without numbers.
fn names_an_article(source: &str) -> bool {
    const TEXTS: [&str; 7] = [
        "Code du travail",
        "Code de la sécurité sociale",
        "Loi n° ",
        "Décret n° ",
        "Ordonnance n° ",
        "Service-public.fr",
        "Document fondateur",
    ];
    const PARTS: [&str; 4] = ["conversion des heures", "jour de crédit", "déclaration du DIF", "heures reprises"];
    let Some((text, reference)) = source.split_once(", ") else { return false };
    let word = reference.split([' ', ',']).next().unwrap_or_default();
    let article = word.starts_with(['L', 'R', 'D']) && word[1..].starts_with(|c: char| c.is_ascii_digit());
    let number = ["article ", "fiche F"].iter().any(|start| reference.starts_with(start));
    TEXTS.iter().any(|known| text.starts_with(known))
        && (article || number || PARTS.iter().any(|part| reference.starts_with(part)))
}

#[test]
fn a_source_names_a_text_and_an_article() {
    assert!(names_an_article("Code du travail, R6323-1, II"));
    assert!(names_an_article("Service-public.fr, fiche F34030"));
    for vague in ["Code du travail", "Code du travail, comme partout", "hypothèse de ce projet", "R6323-1", ""] {
        assert!(!names_an_article(vague), "{vague}");
    }
}

#[test]
fn every_legal_case_gives_what_it_says() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<_> = fs::read_dir(dir).unwrap().map(|input| input.unwrap().path()).collect();
    paths.sort();
    let (mut failed, mut count, mut assumed) = (Vec::new(), 0, Hypotheses::NONE);
    for path in paths {
        let nom = path.file_name().unwrap().to_string_lossy().into_owned();
        let file: CaseFile = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{nom} cannot be read: {error}"));
        count += file.case.len();
        for case in &file.case {
            assumed = case.assumed.iter().copied().fold(assumed, Hypotheses::with);
            failed.extend(case.gaps().into_iter().map(|gap| format!("{nom}, « {} »: {gap}", case.nom)));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(count >= 200, "only {count} cases");
    let never: Vec<_> = Hypothesis::ALL.into_iter().filter(|hypothesis| !assumed.contains(*hypothesis)).collect();
    assert!(never.is_empty(), "no case rests on {never:?}");
}
