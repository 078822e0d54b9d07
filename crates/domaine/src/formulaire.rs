//! What every form shares: a list of faults, each at its field. Knows no particular form.

use serde::{Deserialize, Serialize};

use crate::dif::PieceInvalide;
use crate::droits::{DateInvalide, RaisonInvalide};
use crate::identite::nir::Incoherence;
use crate::identite::{
    CourrielInvalide, MotDePasseInvalide, NaissanceInvalide, NirInvalide, NomInvalide, TelephoneInvalide,
};
use crate::mesures::{Annee, HeuresInvalides, Jour};

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

/// Why a field cannot be accepted: a small fact, never the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Faute {
    /// The names.
    Nom(NomInvalide),
    /// The birth date.
    Naissance(NaissanceInvalide),
    /// The thirteen characters or the key.
    Nir(NirInvalide),
    /// The NIR and the birth date contradict each other.
    Incoherence(Incoherence),
    /// A telephone number.
    Telephone(TelephoneInvalide),
    /// Neither of the two telephone numbers was given: shown at both fields.
    TelephoneManquant,
    /// Both boxes hold a mobile number: the fixed one is at fault.
    DeuxMobiles,
    /// Both boxes hold a fixed number: the mobile one is at fault.
    DeuxFixes,
    /// The e-mail.
    Courriel(CourrielInvalide),
    /// A password being chosen.
    MotDePasse(MotDePasseInvalide),
    /// A password being asked again was left empty.
    MotDePasseManquant,
    /// A password asked again is not the account's: decided by the server.
    MotDePasseFaux,
    /// The conditions were not accepted.
    Cgu,
    /// The hours of DIF.
    Heures(HeuresInvalides),
    /// The hours of DIF were left empty.
    HeuresManquantes,
    /// The file of the attestation.
    Piece(PieceInvalide),
    /// How this attestation relates to one already declared was not said.
    RapportManquant,
    /// Not a year, or one that is not between these two, both included.
    AnneeHorsBornes {
        /// The first.
        de: Annee,
        /// The last.
        a: Annee,
    },
    /// Not the hours that somebody works in a year.
    HeuresParAn,
    /// What one does for a living was not chosen.
    EmploiManquant,
    /// The day of a statement.
    Date(DateInvalide),
    /// Why a line is disputed.
    Raison(RaisonInvalide),
    /// The box that confirms was not ticked.
    ConfirmationManquante,
    /// The text holds more characters than any honest answer: refused unread.
    Demesure,
}

impl Faute {
    /// Whether typing more at the end of the field may still mend it: such a fault is
    /// not spoken of before the field is left.
    pub fn peut_devenir_juste(&self) -> bool {
        match self {
            Self::Nom(faute) => faute.peut_devenir_juste(),
            Self::Naissance(faute) => faute.peut_devenir_juste(),
            Self::Nir(faute) => faute.peut_devenir_juste(),
            Self::Telephone(faute) => faute.peut_devenir_juste(),
            Self::Courriel(faute) => faute.peut_devenir_juste(),
            Self::MotDePasse(faute) => faute.peut_devenir_juste(),
            Self::Date(faute) => faute.peut_devenir_juste(),
            Self::TelephoneManquant
            | Self::MotDePasseManquant
            | Self::Cgu
            | Self::ConfirmationManquante
            | Self::HeuresManquantes
            | Self::RapportManquant
            | Self::AnneeHorsBornes { .. }
            | Self::HeuresParAn
            | Self::EmploiManquant => true,
            Self::Raison(faute) => matches!(faute, RaisonInvalide::Vide),
            Self::Heures(faute) => matches!(faute, HeuresInvalides::Nulles),
            Self::Incoherence(_)
            | Self::DeuxMobiles
            | Self::DeuxFixes
            | Self::MotDePasseFaux
            | Self::Piece(_)
            | Self::Demesure => false,
        }
    }
}

/// All the faults of a form, in the order of the screen.
///
/// ```
/// use domaine::compte::{ChampInscription, SaisieInscription};
/// use domaine::formulaire::Formulaire;
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
pub(crate) fn mesure(texte: &str) -> Result<&str, Faute> {
    if texte.len() > LONGUEUR_MAXIMALE { Err(Faute::Demesure) } else { Ok(texte) }
}
