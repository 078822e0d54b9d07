//! Months of several employers added up to years by person, so that a declaration replaces the
//! one it replaces and importing a file twice changes nothing. No storage: a caller keeps
//! [`Depot`]s where it likes.

use std::collections::{BTreeMap, HashMap};

use super::{Declaration, Evenement, Fin, Genre, Identifiant, Individu, Part, Temps};
use crate::valeurs::{Cote, Mois, Siret};

/// What a declaration is about: a later one of the same key takes the place of an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cle {
    /// The establishment.
    pub siret: Siret,
    /// The month declared.
    pub mois: Mois,
    /// The *champ* when it is of one *régime* only: two such declarations live side by side.
    pub champ: Option<Cote>,
    /// Which part of the month's declaration, from 1.
    pub fraction: u8,
}

/// A person, as far as a declaration identifies one: a NIR alone comes back after a hundred years.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Personne {
    /// The number.
    pub identifiant: Identifiant,
    /// The year of birth.
    pub naissance: Option<u16>,
}

impl Personne {
    /// The person that the declaration speaks of.
    pub fn de(individu: &Individu) -> Self {
        Self {
            identifiant: individu.identifiant.clone(),
            naissance: individu.naissance.map(|naissance| naissance.annee()),
        }
    }
}

/// The time of one person in one month, as one declaration says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ligne {
    /// Who.
    pub personne: Personne,
    /// When, and how much.
    pub part: Part,
}

/// What one declaration says, kept as a whole and replaced as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depot {
    /// What it is about.
    pub cle: Cle,
    /// How many parts the month was declared in.
    pub fractions: u8,
    /// The greater is the later.
    pub ordre: u64,
    /// Whether it says that there is nothing any more. It is kept: an earlier declaration that
    /// comes in late must find it.
    pub annule: bool,
    /// Who worked.
    pub lignes: Vec<Ligne>,
}

/// What became of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The first of its key.
    Nouveau,
    /// It took the place of an earlier one.
    Remplace,
    /// The same was there already: nothing changed.
    DejaLa,
    /// A later one was there already: nothing changed.
    Depasse,
}

impl Depot {
    /// What a declaration is about, when it is one whose hours count.
    pub fn ouvrir(declaration: &Declaration) -> Option<Self> {
        let mois = declaration.mois.filter(|_| declaration.compte())?;
        let (fraction, fractions) = declaration.fraction;
        // A declaration that does not say its champ is a total one.
        let champ = declaration.champ.filter(|champ| *champ != "01");
        let cle = Cle { siret: declaration.siret, mois, champ, fraction };
        let annule = declaration.genre == Genre::Annule;
        Some(Self { cle, fractions, ordre: declaration.ordre, annule, lignes: Vec::new() })
    }

    /// Adds a person. What a cancelled declaration repeats counts for nothing.
    pub fn ajouter(&mut self, individu: &Individu) {
        if !self.annule {
            let personne = Personne::de(individu);
            let ligne = |part| Ligne { personne: personne.clone(), part };
            self.lignes.extend(individu.parts().into_iter().map(ligne));
        }
    }

    /// What is to become of this one, given the one of the same key that is there. All that a
    /// caller with a database of its own needs to compare is the order.
    pub fn sort(&self, en_place: Option<&Self>) -> Sort {
        match en_place {
            None => Sort::Nouveau,
            Some(en_place) if en_place.ordre > self.ordre => Sort::Depasse,
            Some(en_place) if en_place == self => Sort::DejaLa,
            Some(_) => Sort::Remplace,
        }
    }
}

/// Declarations kept in memory.
///
/// ```
/// use dsn::{Cumul, Lecture, Sort};
/// let octets = dsn::exemple();
/// let mut cumul = Cumul::default();
/// for attendu in [Sort::Nouveau, Sort::DejaLa] {
///     let mut lecture = Lecture::new("paie.dsn", octets.as_slice());
///     while let Some(evenement) = lecture.suivant()? {
///         if let Some(sort) = cumul.suivre(evenement) {
///             assert_eq!(sort, attendu);
///         }
///     }
/// }
/// let annees: Vec<_> = cumul.annees().into_iter().map(|((_, annee), temps)| (annee, temps.heures)).collect();
/// assert_eq!(annees, [(2026, dsn::valeurs::Quantite::de_centiemes(14_467))]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cumul {
    depots: BTreeMap<Cle, Depot>,
    en_cours: Option<Depot>,
}

impl Cumul {
    /// Follows a reading; at the end of each declaration that counts, says what became of it.
    /// One that was cut is dropped.
    pub fn suivre(&mut self, evenement: Evenement) -> Option<Sort> {
        match evenement {
            Evenement::Declaration(declaration) => {
                self.en_cours = Depot::ouvrir(&declaration);
                None
            }
            Evenement::Individu(individu) => {
                if let Some(depot) = &mut self.en_cours {
                    depot.ajouter(&individu);
                }
                None
            }
            Evenement::Fin(Fin { complete, .. }) => {
                self.en_cours.take().filter(|_| complete).map(|depot| self.deposer(depot))
            }
        }
    }

    /// Puts a whole declaration in its place.
    pub fn deposer(&mut self, depot: Depot) -> Sort {
        let sort = depot.sort(self.depots.get(&depot.cle));
        // A month declared again in another number of parts: parts of the old division that are
        // earlier say nothing any more, and this one says nothing when a later division is there.
        let autres = |autre: &Depot| autre.fractions != depot.fractions;
        if sort == Sort::Nouveau && self.du_mois(&depot.cle).any(|autre| autres(autre) && autre.ordre > depot.ordre) {
            return Sort::Depasse;
        }
        if matches!(sort, Sort::Nouveau | Sort::Remplace) {
            let perimees: Vec<Cle> = self
                .du_mois(&depot.cle)
                .filter(|autre| autres(autre) && autre.ordre <= depot.ordre)
                .map(|autre| autre.cle)
                .collect();
            for cle in perimees {
                self.depots.remove(&cle);
            }
            self.depots.insert(depot.cle, depot);
        }
        sort
    }

    /// Every declaration that is kept, to be stored.
    pub fn depots(&self) -> impl Iterator<Item = &Depot> {
        self.depots.values()
    }

    /// The time of each person in each year of work, all employers together.
    pub fn annees(&self) -> HashMap<(Personne, u16), Temps> {
        let mut annees: HashMap<(Personne, u16), Temps> = HashMap::new();
        for ligne in self.depots.values().flat_map(|depot| &depot.lignes) {
            let cle = (ligne.personne.clone(), ligne.part.mois.annee());
            *annees.entry(cle).or_default() += ligne.part.temps;
        }
        annees
    }

    /// The time of one person in one month with one employer.
    pub fn mois(&self, personne: &Personne, siret: Siret, mois: Mois) -> Temps {
        let mut temps = Temps::default();
        for depot in self.depots.values().filter(|depot| depot.cle.siret == siret) {
            for ligne in depot.lignes.iter().filter(|l| l.personne == *personne && l.part.mois == mois) {
                temps += ligne.part.temps;
            }
        }
        temps
    }

    fn du_mois(&self, cle: &Cle) -> impl Iterator<Item = &Depot> {
        let cle = *cle;
        (0..=9).filter_map(move |fraction| self.depots.get(&Cle { fraction, ..cle }))
    }
}
