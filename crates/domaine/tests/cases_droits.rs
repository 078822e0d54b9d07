//! Runs `cas/*.toml`: a working life, a day, and what the account holds then. Readable without Rust.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use domaine::bareme::{Bareme, JourDeCredit, NatureAbsence};
use domaine::dif::Rapport;
use domaine::droits::*;
use domaine::mesures::{Annee, DureeTravaillee, Euros, Heures, Jour, Jours, MoisDeLAnnee, Quantite, VariationHeures};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fichier {
    cas: Vec<Cas>,
}

/// One case. What is not written is not there; a year without hours is a full one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cas {
    nom: String,
    source: String,
    au: Jour,
    // What is known.
    heures_2018: Option<u32>,
    #[serde(default)]
    travail: Vec<An>,
    #[serde(default)]
    dif: Vec<Dif>,
    #[serde(default)]
    sous_niveau_3: Vec<DeclarationSousNiveau3>,
    #[serde(default)]
    boeth: Vec<Periode>,
    #[serde(default)]
    engagements: Vec<Engage>,
    #[serde(default)]
    abondements: Vec<Ajout>,
    #[serde(default)]
    depenses: Vec<Achat>,
    #[serde(default)]
    conversions: Vec<Convertie>,
    #[serde(default)]
    rectifications: Vec<Corrige>,
    naissance: Option<Jour>,
    apprenti_depuis: Option<Jour>,
    retraite_depuis: Option<Jour>,
    deces: Option<Jour>,
    // What an operator set.
    fin_declaration_dif: Option<Jour>,
    jour_de_credit: Option<(u8, u8)>,
    // What is expected.
    attendu: Option<Euros>,
    heures: Option<i32>,
    plafond: Option<Euros>,
    dont_dif: Option<Euros>,
    dont_cec: Option<Euros>,
    dont_abondements: Option<Euros>,
    acquis: Option<Euros>,
    retenu: Option<Euros>,
    retenues: Option<i32>,
    lignes: Option<usize>,
    etat: Option<Etat>,
    #[serde(default)]
    suppose: Vec<Hypothese>,
    #[serde(default)]
    ne_suppose_pas: Vec<Hypothese>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct An {
    an: u16,
    jusqu_a: Option<u16>,
    #[serde(default)]
    statut: Nom,
    heures: Option<DureeTravaillee>,
    sur: Option<DureeTravaillee>,
    jours: Option<Jours>,
    accord: Option<Jours>,
    paie: Option<Euros>,
    smic: Option<Euros>,
    cotisation: Option<Jour>,
    #[serde(default)]
    non_complet: bool,
    /// In hours.
    absence: Option<(NatureAbsence, DureeTravaillee)>,
    /// In days, whatever the unit of the work.
    absence_en_jours: Option<(NatureAbsence, Jours)>,
    /// Nobody has declared it yet.
    #[serde(default)]
    projetee: bool,
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
    le: Jour,
    heures: u32,
    #[serde(default)]
    ajoute: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Engage {
    le: Jour,
    an: u16,
    categorie: CategorieEngagement,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ajout {
    le: Jour,
    montant: Euros,
    action: Option<String>,
    echeance: Option<Jour>,
    #[serde(default)]
    complement: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Achat {
    le: Jour,
    euros: Option<Euros>,
    heures: Option<u32>,
    action: Option<String>,
    #[serde(default)]
    benevole: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Convertie {
    le: Jour,
    sens: Vers,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Vers {
    HeuresEnEuros,
    EurosEnHeures,
    CecEnHeures,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corrige {
    le: Jour,
    an: u16,
    /// Of an employee; else every record of the year.
    heures: Option<DureeTravaillee>,
    #[serde(default)]
    travail: Vec<An>,
}

fn annee(an: u16) -> Annee {
    Annee::new(an).expect("a year")
}

impl An {
    fn activites(&self) -> Vec<Activite> {
        let travail = match (self.jours, self.paie) {
            (Some(faits), _) => Travail::Jours { faits, accord: self.accord },
            (_, Some(percue)) => Travail::Paie { percue, smic_horaire: self.smic.expect("a SMIC") },
            _ => Travail::Heures { faites: self.heures.unwrap_or(DureeTravaillee::heures(1_607)), reference: self.sur },
        };
        let statut = match self.statut {
            Nom::Salarie => Statut::Salarie,
            Nom::Esat => Statut::Esat,
            Nom::Independant => Statut::Independant { cotisation_payee_le: self.cotisation },
            Nom::Agent => Statut::AgentPublic { sans_niveau_3: false, non_complet: self.non_complet },
            Nom::AgentSousNiveau3 => Statut::AgentPublic { sans_niveau_3: true, non_complet: self.non_complet },
        };
        let absences: Vec<_> = self
            .absence
            .iter()
            .map(|(nature, heures)| Absence { nature: *nature, quantite: Quantite::Heures(*heures) })
            .chain(
                self.absence_en_jours
                    .iter()
                    .map(|(nature, jours)| Absence { nature: *nature, quantite: Quantite::Jours(*jours) }),
            )
            .collect();
        (self.an..=self.jusqu_a.unwrap_or(self.an))
            .map(|an| Activite {
                annee: annee(an),
                statut,
                travail,
                absences: absences.clone(),
                boeth: self.boeth.iter().copied().fold(MoisDeLAnnee::AUCUN, MoisDeLAnnee::avec),
                provenance: if self.projetee { Provenance::Projection } else { Provenance::Employeurs },
            })
            .collect()
    }
}

impl Cas {
    fn situation(&self) -> Situation {
        Situation {
            heures_anterieures: self
                .heures_2018
                .map(|heures| HeuresAnterieures { heures: Heures::new(heures), provenance: Provenance::AncienCompte }),
            activites: self.travail.iter().flat_map(An::activites).collect(),
            attestations: self
                .dif
                .iter()
                .map(|dif| AttestationDeclaree {
                    heures: Heures::new(dif.heures),
                    rapport: if dif.ajoute { Rapport::Ajoute } else { Rapport::Remplace },
                    declaree_le: dif.le,
                    reference: "DIF-ESSAI".into(),
                })
                .collect(),
            sous_niveau_3: self.sous_niveau_3.clone(),
            boeth: self.boeth.clone(),
            engagements: self
                .engagements
                .iter()
                .map(|e| Engagement { annee: annee(e.an), categorie: e.categorie.clone(), inscrit_le: e.le })
                .collect(),
            abondements: self
                .abondements
                .iter()
                .map(|a| Abondement {
                    nature: if a.complement { NatureAbondement::Complement } else { NatureAbondement::Dotation },
                    date: a.le,
                    montant: a.montant,
                    financeur: "Employeur".into(),
                    action: a.action.clone(),
                    echeance: a.echeance,
                })
                .collect(),
            depenses: self
                .depenses
                .iter()
                .map(|d| Depense {
                    date: d.le,
                    demande: match (d.euros, d.heures) {
                        (Some(euros), _) => Montant::Euros(euros),
                        (None, heures) => Montant::Heures(Heures::new(heures.expect("euros or hours"))),
                    },
                    objet: if d.benevole { Objet::FormationDeBenevole } else { Objet::Formation },
                    action: d.action.clone(),
                    reference: "F-ESSAI".into(),
                })
                .collect(),
            conversions: self
                .conversions
                .iter()
                .map(|c| ConversionDemandee {
                    date: c.le,
                    sens: match c.sens {
                        Vers::HeuresEnEuros => Sens::HeuresEnEuros,
                        Vers::EurosEnHeures => Sens::EurosEnHeures,
                        Vers::CecEnHeures => Sens::CecEnHeures,
                    },
                })
                .collect(),
            rectifications: self
                .rectifications
                .iter()
                .map(|r| Rectification {
                    le: r.le,
                    annee: annee(r.an),
                    activites: r
                        .heures
                        .map(|heures| Activite::salariee(annee(r.an), heures, None, Provenance::Employeurs))
                        .into_iter()
                        .chain(r.travail.iter().flat_map(An::activites))
                        .collect(),
                })
                .collect(),
            naissance: self.naissance,
            apprenti_depuis: self.apprenti_depuis,
            retraite_depuis: self.retraite_depuis,
            deces: self.deces,
        }
    }

    fn bareme(&self) -> Bareme {
        let defaut = Bareme::EN_VIGUEUR;
        Bareme {
            fin_declaration_dif: self.fin_declaration_dif,
            jour_de_credit: self
                .jour_de_credit
                .map_or(defaut.jour_de_credit, |(mois, jour)| JourDeCredit::new(mois, jour).expect("a day")),
            ..defaut
        }
    }

    /// Everything that is not as expected.
    fn ecarts(&self) -> Vec<String> {
        let (situation, bareme) = (self.situation(), self.bareme());
        let releve = calculer(&situation, self.au, &bareme);
        let mut ecarts = Vec::new();
        let mut comparer = |quoi: &str, obtenu: String, attendu: Option<String>| {
            if attendu.as_ref().is_some_and(|attendu| *attendu != obtenu) {
                ecarts.push(format!("{quoi}: {obtenu} instead of {}", attendu.unwrap_or_default()));
            }
        };
        let texte = |euros: Option<Euros>| euros.map(|euros| euros.to_string());
        comparer("balance", releve.solde.to_string(), texte(self.attendu));
        comparer("hours", releve.solde_heures.to_string(), self.heures.map(|heures| heures.to_string()));
        comparer("ceiling", releve.plafond.to_string(), texte(self.plafond));
        comparer("DIF", releve.dont_dif.to_string(), texte(self.dont_dif));
        comparer("CEC", releve.dont_cec.to_string(), texte(self.dont_cec));
        comparer("additions", releve.dont_abondements.to_string(), texte(self.dont_abondements));
        let acquis: Euros = releve.acquises.iter().map(|ligne| ligne.montant).sum();
        comparer("acquired", acquis.to_string(), texte(self.acquis));
        let retenu: Euros = releve.lignes.iter().map(|ligne| ligne.retenu).sum();
        comparer("withheld", retenu.to_string(), texte(self.retenu));
        let retenues: VariationHeures = releve.lignes.iter().map(|ligne| ligne.retenu_heures).sum();
        comparer("withheld hours", retenues.to_string(), self.retenues.map(|heures| heures.to_string()));
        comparer("lines", releve.lignes.len().to_string(), self.lignes.map(|lignes| lignes.to_string()));
        comparer("state", format!("{:?}", releve.etat), self.etat.map(|etat| format!("{etat:?}")));
        let attendues = self.suppose.iter().map(|hypothese| (hypothese, true));
        for (hypothese, attendue) in attendues.chain(self.ne_suppose_pas.iter().map(|hypothese| (hypothese, false))) {
            let dite = releve.lignes.iter().any(|ligne| ligne.hypotheses.contient(*hypothese));
            comparer(&format!("{hypothese:?}"), dite.to_string(), Some(attendue.to_string()));
        }
        let somme: Euros = releve.lignes.iter().map(|ligne| ligne.montant).sum();
        comparer("sum of the lines", somme.to_string(), Some(releve.solde.to_string()));
        comparer("lean balance", solde(&situation, self.au, &bareme).total.to_string(), Some(releve.solde.to_string()));
        if self.attendu.is_none() && self.heures.is_none() {
            ecarts.push("nothing is expected".into());
        }
        if !self.source.split(" ; ").any(nomme_un_article) {
            ecarts.push(format!("no text and article in its source, {}", self.source));
        }
        ecarts
    }
}

/// A text, then where in it: an article or a sheet by its number, or the part of a text that was read without numbers.
fn nomme_un_article(source: &str) -> bool {
    const TEXTES: [&str; 8] = [
        "Code du travail",
        "Loi n° ",
        "Décret n° ",
        "Ordonnance n° ",
        "Service-public.fr",
        "ANFH",
        "Face au risque",
        "Document fondateur",
    ];
    const PARTIES: [&str; 7] = [
        "alimentation du compte",
        "conversion des heures",
        "le CPF des agents publics",
        "décret n° ",
        "jour de crédit",
        "déclaration du DIF",
        "heures reprises",
    ];
    let Some((texte, reference)) = source.split_once(", ") else { return false };
    let mot = reference.split([' ', ',']).next().unwrap_or_default();
    let article = mot.starts_with(['L', 'R', 'D']) && mot[1..].starts_with(|c: char| c.is_ascii_digit());
    let numero = ["article ", "fiche F"].iter().any(|debut| reference.starts_with(debut));
    TEXTES.iter().any(|connu| texte.starts_with(connu))
        && (article || numero || PARTIES.iter().any(|partie| reference.starts_with(partie)))
}

#[test]
fn a_source_names_a_text_and_an_article() {
    assert!(nomme_un_article("Code du travail, R6323-1, II"));
    assert!(nomme_un_article("Service-public.fr, fiche F34030"));
    for vague in ["Code du travail", "Code du travail, comme partout", "hypothèse de ce projet", "R6323-1", ""] {
        assert!(!nomme_un_article(vague), "{vague}");
    }
}

#[test]
fn every_legal_case_gives_what_it_says() {
    let dossier = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut chemins: Vec<_> = fs::read_dir(dossier).unwrap().map(|entree| entree.unwrap().path()).collect();
    chemins.sort();
    let (mut rates, mut nombre, mut supposees) = (Vec::new(), 0, Hypotheses::AUCUNE);
    for chemin in chemins {
        let nom = chemin.file_name().unwrap().to_string_lossy().into_owned();
        let fichier: Fichier = toml::from_str(&fs::read_to_string(&chemin).unwrap())
            .unwrap_or_else(|erreur| panic!("{nom} cannot be read: {erreur}"));
        nombre += fichier.cas.len();
        for cas in &fichier.cas {
            supposees = cas.suppose.iter().copied().fold(supposees, Hypotheses::avec);
            rates.extend(cas.ecarts().into_iter().map(|ecart| format!("{nom}, « {} »: {ecart}", cas.nom)));
        }
    }
    assert!(rates.is_empty(), "{}", rates.join("\n"));
    assert!(nombre >= 200, "only {nombre} cases");
    let jamais: Vec<_> = Hypothese::TOUTES.into_iter().filter(|hypothese| !supposees.contient(*hypothese)).collect();
    assert!(jamais.is_empty(), "no case rests on {jamais:?}");
}
