//! Which declarations of one month count together, and which take the place of others. Decided here alone, for
//! what is kept in memory ([`super::cumul`]) and in a database alike. Knows no storage.

use super::Declaration;
use crate::valeurs::Cote;

/// One way of dividing the month of an establishment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Division {
    /// The *champ* when it is of one *régime* only; nothing for a total declaration.
    pub champ: Option<Cote>,
    /// In how many parts.
    pub fractions: u8,
}

/// One declaration of a month, as far as its place goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Portion {
    /// The division it is a part of.
    pub division: Division,
    /// Which part, from 1.
    pub fraction: u8,
    /// The greater is the later.
    pub ordre: u64,
}

/// A declaration that counts now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnPlace {
    /// Where it stands.
    pub portion: Portion,
    /// Whether it says the same as the one that comes.
    pub dit_pareil: bool,
}

/// What became of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The first of its place.
    Nouveau,
    /// It took the place of earlier ones.
    Remplace,
    /// The same was there already.
    DejaLa,
    /// A later one was heard already.
    Depasse,
}

/// What is to be done with a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What becomes of it: it counts when it is new or replaces.
    pub sort: Sort,
    /// Those that count no more, by their place in the list given.
    pub retirees: Vec<usize>,
    /// Whether one of them was of another division: the month is divided anew.
    pub redivise: bool,
}

impl Division {
    /// Whether declarations of one and of the other would count the same hours twice.
    ///
    /// Assumption « une seule division »: the norm says that a declaration is total (S20.G00.05.008, 01) or of one
    /// *régime* (02 *agricole*, 03 *général*), and of which part of how many (S20.G00.05.003); it does not say what
    /// becomes of a month declared in one way, then in another. We read that the later word is on the whole month:
    /// a total one replaces the parts, parts replace a total one, and so for the number of fractions. Only two
    /// *régimes*, and the fractions of one division, live side by side.
    ///
    /// ```
    /// use dsn::division::Division;
    /// use dsn::valeurs::Cote;
    /// let entier = Division { champ: None, fractions: 1 };
    /// let agricole = Division { champ: Cote::lire(b"02"), ..entier };
    /// let general = Division { champ: Cote::lire(b"03"), ..entier };
    /// assert!(entier.exclut(agricole) && agricole.exclut(entier));
    /// assert!(!agricole.exclut(general) && !entier.exclut(entier));
    /// assert!(entier.exclut(Division { fractions: 2, ..entier }));
    /// ```
    pub fn exclut(self, autre: Self) -> bool {
        self != autre && (self.champ == autre.champ || self.champ.is_none() || autre.champ.is_none())
    }
}

impl Portion {
    /// The place of a declaration in its month.
    pub fn de(declaration: &Declaration) -> Self {
        let (fraction, fractions) = declaration.fraction;
        // A declaration that does not say its champ is a total one.
        let champ = declaration.champ.filter(|champ| *champ != "01");
        Self { division: Division { champ, fractions }, fraction, ordre: declaration.ordre }
    }

    /// Whether both are of the very same part.
    fn est_a_la_place_de(self, autre: Self) -> bool {
        self.division == autre.division && self.fraction == autre.fraction
    }
}

/// What is to become of a declaration, given those of its establishment and month that count now, and the greatest
/// order ever heard of each division, whatever became of it.
///
/// As if all had come in the order of their numbers: a declaration counts when no later one was heard of its very
/// part, nor of a division that excludes its own. So the order in which they come changes nothing, provided that
/// their numbers differ; between equal numbers the last to come is believed.
pub fn decider(nouvelle: Portion, en_place: &[EnPlace], entendues: &[(Division, u64)]) -> Decision {
    let exclut = |autre: Division| nouvelle.division.exclut(autre);
    let sa_place = en_place.iter().find(|autre| nouvelle.est_a_la_place_de(autre.portion));
    let depassee = sa_place.is_some_and(|autre| autre.portion.ordre > nouvelle.ordre)
        || entendues.iter().any(|(autre, ordre)| exclut(*autre) && *ordre > nouvelle.ordre);
    let deja_la = sa_place.is_some_and(|autre| autre.portion.ordre == nouvelle.ordre && autre.dit_pareil);
    let compte = !depassee && !deja_la;
    let perimee = |portion: &Portion| {
        let avant = portion.ordre < nouvelle.ordre || (compte && portion.ordre == nouvelle.ordre);
        // Even behind a later one, it says that what came before it in another division was no longer true.
        if exclut(portion.division) { avant } else { compte && nouvelle.est_a_la_place_de(*portion) }
    };
    let retirees: Vec<usize> =
        en_place.iter().enumerate().filter(|(_, autre)| perimee(&autre.portion)).map(|(rang, _)| rang).collect();
    let redivise = retirees.iter().any(|rang| exclut(en_place[*rang].portion.division));
    let sort = match (depassee, deja_la) {
        (true, _) => Sort::Depasse,
        (false, true) => Sort::DejaLa,
        (false, false) if retirees.is_empty() => Sort::Nouveau,
        (false, false) => Sort::Remplace,
    };
    Decision { sort, retirees, redivise }
}
