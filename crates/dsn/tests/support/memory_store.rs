//! A second store, in memory, that tests, the bench and the fuzz target include by its path: months of several
//! employers added up to years by person, so that a declaration replaces the one it replaces and importing a file
//! twice changes nothing. No test here.

use std::collections::{BTreeMap, HashMap};

use domaine::declarations::{Cote, Decision, Division, EnPlace, Portion, Sort, decider};
use dsn::valeurs::{Mois, Siret};
use dsn::{Declaration, Evenement, Fin, Identifiant, Individu, Part, Place, Temps};

/// What a declaration is about: of one key, one declaration counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cle {
    /// The establishment.
    pub siret: Siret,
    /// The month declared.
    pub mois: Mois,
    /// The *champ* when it is of one *régime* only.
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

impl Depot {
    /// What a declaration is about, when it is one whose hours count.
    pub fn ouvrir(declaration: &Declaration) -> Option<Self> {
        let Place { siret, mois, portion, annule } = declaration.place()?;
        let Portion { division: Division { champ, fractions }, fraction, ordre } = portion;
        let cle = Cle { siret, mois, champ, fraction };
        Some(Self { cle, fractions, ordre, annule, lignes: Vec::new() })
    }

    /// Adds a person. What a cancelled declaration repeats counts for nothing.
    pub fn ajouter(&mut self, individu: &Individu) {
        if !self.annule {
            let personne = Personne::de(individu);
            let ligne = |part| Ligne { personne: personne.clone(), part };
            self.lignes.extend(individu.parts().into_iter().map(ligne));
        }
    }

    /// Its place in its month.
    pub const fn portion(&self) -> Portion {
        let division = Division { champ: self.cle.champ, fractions: self.fractions };
        Portion { division, fraction: self.cle.fraction, ordre: self.ordre }
    }
}

/// Declarations kept in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cumul {
    depots: BTreeMap<Cle, Depot>,
    /// The greatest order heard of each division of a month, whatever became of the declaration.
    entendues: BTreeMap<(Siret, Mois, Division), u64>,
    en_cours: Option<Depot>,
}

impl Cumul {
    /// Follows a reading; at the end of each declaration that counts, says what became of it.
    /// One that was cut is dropped; the totals of its envelope are for the caller to look at.
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
            Evenement::FinEnvoi(_) => None,
        }
    }

    /// Puts a whole declaration in its place, as [`decider`] says.
    pub fn deposer(&mut self, depot: Depot) -> Sort {
        let (siret, mois, portion) = (depot.cle.siret, depot.cle.mois, depot.portion());
        let du_mois: Vec<&Depot> = self.du_mois(siret, mois).collect();
        let en_place: Vec<EnPlace> =
            du_mois.iter().map(|autre| EnPlace { portion: autre.portion(), dit_pareil: **autre == depot }).collect();
        let entendues: Vec<(Division, u64)> = self.entendues(siret, mois).collect();
        let Decision { sort, retirees, .. } = decider(portion, &en_place, &entendues);
        let retirees: Vec<Cle> = retirees.into_iter().map(|rang| du_mois[rang].cle).collect();
        for cle in retirees {
            self.depots.remove(&cle);
        }
        let entendue = self.entendues.entry((siret, mois, portion.division)).or_default();
        *entendue = portion.ordre.max(*entendue);
        if matches!(sort, Sort::Nouveau | Sort::Remplace) {
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

    fn du_mois(&self, siret: Siret, mois: Mois) -> impl Iterator<Item = &Depot> {
        let premiere = Cle { siret, mois, champ: None, fraction: 0 };
        let du_mois = move |depot: &&Depot| (depot.cle.siret, depot.cle.mois) == (siret, mois);
        self.depots.range(premiere..).map(|(_, depot)| depot).take_while(du_mois)
    }

    fn entendues(&self, siret: Siret, mois: Mois) -> impl Iterator<Item = (Division, u64)> {
        let premiere = (siret, mois, Division { champ: None, fractions: 0 });
        let du_mois = move |(cle, _): &(&(Siret, Mois, Division), _)| (cle.0, cle.1) == (siret, mois);
        self.entendues.range(premiere..).take_while(du_mois).map(|(cle, ordre)| (cle.2, *ordre))
    }
}
