//! What every form shares: its fields, and a list of faults, each at its field. Knows no particular form.

use super::faute::Faute;
use crate::mesures::Jour;

/// A form: its fields, its text as typed, and the value it becomes when everything is right.
///
/// The same [`Formulaire::valider`] runs in the page while a person types and on the server.
pub trait Formulaire {
    /// The fields, in the order of the screen.
    type Champ: Champ;
    /// The value once valid.
    type Valide;

    /// The valid value, or every fault at once, in the order of the screen.
    ///
    /// # Errors
    /// All the fields at fault; never only the first.
    fn valider(&self, aujourdhui: Jour) -> Result<Self::Valide, Erreurs<Self::Champ>>;
}

/// A field of a form: one identifier, from which label, hint, error and link all derive.
pub trait Champ: Copy + Eq + 'static {
    /// Every field, in the order of the screen.
    const TOUS: &'static [Self];

    /// The identifier of the field on the screen and on the wire, for example `nom-naissance`.
    fn id(self) -> &'static str;

    /// The field that bears this identifier.
    fn par_id(id: &str) -> Option<Self> {
        Self::TOUS.iter().copied().find(|champ| champ.id() == id)
    }
}

/// All the faults of a form, in the order of the screen.
///
/// ```
/// use domaine::forms::{ChampInscription, Formulaire, SaisieInscription};
/// use domaine::mesures::Jour;
///
/// let vide = SaisieInscription::default();
/// let erreurs = vide.valider(Jour::date(2026, 11, 23)).unwrap_err();
/// assert!(erreurs.de(ChampInscription::Nir).is_some());
/// assert!(erreurs.de(ChampInscription::Cgu).is_some());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erreurs<C> {
    liste: Vec<(C, Faute)>,
}

impl<C: Champ> Erreurs<C> {
    /// No fault yet.
    pub const fn new() -> Self {
        Self { liste: Vec::new() }
    }

    /// Notes a fault at a field. Only the first of a field is kept.
    pub fn noter(&mut self, champ: C, faute: Faute) {
        if self.de(champ).is_none() {
            self.liste.push((champ, faute));
        }
    }

    /// The value, or nothing after its fault was noted at the field.
    pub fn garder<T>(&mut self, champ: C, resultat: Result<T, Faute>) -> Option<T> {
        match resultat {
            Ok(valeur) => Some(valeur),
            Err(faute) => {
                self.noter(champ, faute);
                None
            }
        }
    }

    /// The fault of this field.
    pub fn de(&self, champ: C) -> Option<Faute> {
        self.liste.iter().find(|(c, _)| *c == champ).map(|(_, faute)| *faute)
    }

    /// Whether there is no fault.
    pub fn est_vide(&self) -> bool {
        self.liste.is_empty()
    }

    /// The faults in the order of the screen.
    pub fn dans_l_ordre(&self) -> Vec<(C, Faute)> {
        C::TOUS.iter().filter_map(|champ| Some((*champ, self.de(*champ)?))).collect()
    }
}

impl<C: Champ> Default for Erreurs<C> {
    fn default() -> Self {
        Self::new()
    }
}

/// The most characters that any text field may hold before it is refused unread.
pub const LONGUEUR_MAXIMALE: usize = 2_000;

/// The text, or [`Faute::Demesure`] when no honest answer is that long.
///
/// # Errors
/// [`Faute::Demesure`] past [`LONGUEUR_MAXIMALE`] bytes.
pub(super) fn mesure(texte: &str) -> Result<&str, Faute> {
    if texte.len() > LONGUEUR_MAXIMALE { Err(Faute::Demesure) } else { Ok(texte) }
}
