//! The *compte d'engagement citoyen* and the order in which money is spent.

use super::series::{Serie, Source, Valeur};
use crate::mesures::{Euros, Jour};

const D5151_14_I: Source = Source { texte: "Code du travail", article: "D5151-14, I" };
const D5151_14_III: Source = Source { texte: "Code du travail", article: "D5151-14, III" };

// The day from which accounts are kept in euros; the texts that were read give no other.
const EN_EUROS: Jour = Jour::date(2019, 1, 1);

/// For one activity; at most this for one category in one civil year (service-public.fr, fiche F34030).
pub(super) const CREDIT_CEC: Serie<Euros> =
    Serie::new(&[Valeur { depuis: EN_EUROS, vaut: Euros::entiers(240), source: D5151_14_I }]);

pub(super) const PLAFOND_CEC: Serie<Euros> =
    Serie::new(&[Valeur { depuis: EN_EUROS, vaut: Euros::entiers(720), source: D5151_14_III }]);

/// Where rules that hold no figure are written.
impl Source {
    /// Rights that someone else adds to an account.
    pub const DOTATIONS: Self = Self { texte: "Code du travail", article: "L6323-4, III" };
    /// What completes the rights for one training.
    pub const COMPLEMENTS: Self = Self { texte: "Code du travail", article: "L6323-4, II" };
    /// What an earmarked addition becomes after its deadline.
    pub const DOTATIONS_FLECHEES: Self = Self { texte: "Code du travail", article: "R6323-42-1" };
    /// The order in which money is spent.
    pub const ORDRE_DES_DEPENSES: Self = Self { texte: "Code du travail", article: "R6333-3" };
    /// What only the *compte d'engagement citoyen* may pay for.
    pub const FORMATION_DE_BENEVOLE: Self = Self { texte: "Code du travail", article: "L6323-6, II, 5°" };
    /// When an account is neither fed nor spent any more, or closes.
    pub const RETRAITE: Self = Self { texte: "Code du travail", article: "L6323-3" };
    /// What goes on feeding an account once a full-rate pension is due.
    pub const ENGAGEMENT_A_LA_RETRAITE: Self =
        Self { texte: "Code du travail", article: "L5151-2, dernier alinéa, et L5151-9" };
    /// When an account closes.
    pub const CLOTURE: Self = Self { texte: "Code du travail", article: "L5151-2" };
    /// What a wrong declaration becomes.
    pub const RECALCUL: Self = Self { texte: "Code du travail", article: "R6323-3-1, V" };
    /// Where the ceiling is written.
    pub const PLAFOND: Self = Self { texte: "Code du travail", article: "L6323-11" };
    /// The credit follows what the employers declare, and what they declared wrong is put right.
    pub const DONNEES_DES_EMPLOYEURS: Self = Self { texte: "Code du travail", article: "R6323-1, III" };
    /// The same for people of an ESAT.
    pub const DONNEES_DES_ESAT: Self = Self { texte: "Code du travail", article: "R6323-29, II" };
    /// The same for the self-employed.
    pub const DONNEES_DES_INDEPENDANTS: Self = Self { texte: "Code du travail", article: "R6323-22" };
    /// The DIF: what it is worth.
    pub const DIF: Self = Self { texte: "Ordonnance n° 2019-861", article: "article 8" };
    /// DIF and CPF used together, before 2019.
    pub const HEURES_ENSEMBLE: Self = Self { texte: "Loi n° 2014-288 du 5 mars 2014", article: "article 1er, V" };
    /// What a full year of work is.
    pub const REFERENCE: Self = Self { texte: "Code du travail", article: "R6323-1, II" };
    /// The rights of people of an ESAT.
    pub const ESAT: Self = Self { texte: "Code du travail", article: "L6323-34" };
    /// The rights of public agents.
    pub const AGENTS: Self = Self { texte: "Décret n° 2017-928", article: "alimentation du compte" };
    /// Several statuses in one year.
    pub const PLUSIEURS_STATUTS: Self = Self { texte: "Code du travail", article: "R6323-27" };
    /// The contribution without which a self-employed year gives nothing.
    pub const COTISATION: Self = Self { texte: "Code du travail", article: "L6323-27" };
}

/// The first day of R6323-42-1, by which an addition can be earmarked and have a deadline.
pub(super) const FLECHAGE_DEPUIS: Jour = Jour::date(2025, 4, 17);

/// The first day of the order of R6333-3.
pub(super) const ORDRE_DEPUIS: Jour = Jour::date(2025, 12, 5);
