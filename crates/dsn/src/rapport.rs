//! What a reading found, for a payroll officer: where, who (masked), what, how to mend it.
//! Its size is bounded, whatever the file holds.

use std::collections::BTreeMap;
use std::fmt;

use domaine::identite::{Nir, Nir13};

use crate::code::Code;
use crate::constat::{Constat, Gravite};
use crate::textes;

/// How many facts of each gravity are kept with their line; beyond, they are counted by kind only.
pub const SIGNALEMENTS_MAXIMUM: u64 = 1000;
/// How many different unknown rubrics are counted one by one.
pub const INCONNUES_MAXIMUM: usize = 1000;

/// A person as a report may name one: a rank in a declaration, and a masked number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonneMasquee {
    /// The rank of the person in the declaration, from 1.
    pub rang: u64,
    /// The NIR as [`masquer`] writes it, when there is one.
    pub nir: Option<String>,
}

/// A NIR masked but for its first character, as `domaine` masks one.
///
/// ```
/// use domaine::identite::Nir13;
/// let nir = Nir13::parse("2790351215189").unwrap();
/// assert_eq!(dsn::rapport::masquer(&nir), "2 •• •• •• ••• ••• ••");
/// ```
pub fn masquer(nir: &Nir13) -> String {
    Nir::parse(nir.as_str(), &format!("{:02}", nir.cle())).map(|nir| nir.masque()).unwrap_or_default()
}

impl fmt::Display for PersonneMasquee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "salarié n° {}", self.rang)?;
        match &self.nir {
            Some(nir) => write!(f, " (NIR {nir})"),
            None => Ok(()),
        }
    }
}

/// One fact and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signalement {
    /// The line it is about, or the first of the record it is about.
    pub ligne: u64,
    /// The person it is about.
    pub personne: Option<PersonneMasquee>,
    /// What it is.
    pub constat: Constat,
}

impl fmt::Display for Signalement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ligne {}", self.ligne)?;
        if let Some(personne) = &self.personne {
            write!(f, ", {personne}")?;
        }
        let gravite = textes::gravite(self.constat.gravite());
        write!(f, " [{gravite}] {} {}", textes::quoi(&self.constat), textes::remede(&self.constat))
    }
}

/// What a reading found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rapport {
    /// The name of the file, as the caller gave it.
    pub fichier: String,
    /// Lines read, those that hold nothing included.
    pub lignes: u64,
    /// Lines that hold nothing.
    pub lignes_blanches: u64,
    /// Rubrics read.
    pub rubriques: u64,
    /// Envelopes begun.
    pub envois: u64,
    /// Declarations handed over.
    pub declarations: u64,
    /// Declarations left out.
    pub declarations_ecartees: u64,
    /// Persons handed over, once per declaration.
    pub individus: u64,
    /// Persons left out.
    pub individus_ecartes: u64,
    /// Rubrics that the norm does not have, and how often each was met.
    pub inconnues: BTreeMap<Code, u64>,
    /// Unknown rubrics beyond [`INCONNUES_MAXIMUM`] different ones.
    pub inconnues_en_plus: u64,
    /// The first facts of each gravity, in the order they were found.
    pub signalements: Vec<Signalement>,
    /// How many facts of each kind are not among them.
    tus: BTreeMap<(Gravite, &'static str), u64>,
    comptes: BTreeMap<&'static str, u64>,
    par_gravite: BTreeMap<Gravite, u64>,
}

impl Rapport {
    pub(crate) fn new(fichier: &str) -> Self {
        Self { fichier: fichier.to_owned(), ..Self::default() }
    }

    pub(crate) fn signaler(&mut self, signalement: Signalement) {
        *self.comptes.entry(signalement.constat.genre()).or_default() += 1;
        let de_cette_gravite = self.par_gravite.entry(signalement.constat.gravite()).or_default();
        *de_cette_gravite += 1;
        // Each gravity has its own room: remarks, however many, never push a loss out.
        if *de_cette_gravite <= SIGNALEMENTS_MAXIMUM {
            self.signalements.push(signalement);
        } else {
            *self.tus.entry((signalement.constat.gravite(), textes::nom(&signalement.constat))).or_default() += 1;
        }
    }

    pub(crate) fn compter_inconnue(&mut self, code: Code) {
        if let Some(compte) = self.inconnues.get_mut(&code) {
            *compte += 1;
        } else if self.inconnues.len() < INCONNUES_MAXIMUM {
            self.inconnues.insert(code, 1);
        } else {
            self.inconnues_en_plus += 1;
        }
    }

    /// How many facts of that kind there are, those that are not kept included.
    pub fn compte(&self, genre: &str) -> u64 {
        self.comptes.get(genre).copied().unwrap_or(0)
    }

    /// How many facts cost that much.
    pub fn compte_de(&self, gravite: Gravite) -> u64 {
        self.par_gravite.get(&gravite).copied().unwrap_or(0)
    }

    /// Every kind of fact and how many there are of it.
    pub const fn comptes(&self) -> &BTreeMap<&'static str, u64> {
        &self.comptes
    }

    /// How many facts there are in all.
    pub fn total(&self) -> u64 {
        self.comptes.values().sum()
    }

    /// How many unknown rubrics were met in all.
    pub fn total_inconnues(&self) -> u64 {
        self.inconnues.values().sum::<u64>() + self.inconnues_en_plus
    }

    /// Whether nothing was left out.
    pub fn est_sans_perte(&self) -> bool {
        self.compte_de(Gravite::Perte) == 0 && self.compte_de(Gravite::Ecart) == 0
    }
}

/// The whole report, line by line.
impl fmt::Display for Rapport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} : {} lignes, {} rubriques", self.fichier, self.lignes, self.rubriques)?;
        writeln!(f, "déclarations : {} lues, {} écartées", self.declarations, self.declarations_ecartees)?;
        writeln!(f, "salariés : {} lus, {} écartés", self.individus, self.individus_ecartes)?;
        for signalement in &self.signalements {
            writeln!(f, "{}, {signalement}", self.fichier)?;
        }
        for ((gravite, nom), fois) in self.tus.iter().rev() {
            writeln!(f, "non listés [{}] {nom} : {fois} fois", textes::gravite(*gravite))?;
        }
        for (code, fois) in &self.inconnues {
            writeln!(f, "rubrique inconnue {code} : {fois} fois")?;
        }
        if self.inconnues_en_plus > 0 {
            writeln!(f, "autres rubriques inconnues : {} fois", self.inconnues_en_plus)?;
        }
        Ok(())
    }
}
