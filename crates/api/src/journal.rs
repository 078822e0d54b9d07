//! What the journal says of an account, to its holder: who did what, when, by which way; and where what is known comes from.

use serde::{Deserialize, Serialize};

/// One page of the journal, the last line first. No `Debug`: it says what somebody did.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JournalView {
    /// Where what is known comes from, and since when.
    #[serde(rename = "connu")]
    pub known: Vec<KnownView>,
    /// The lines.
    #[serde(rename = "lignes")]
    pub lines: Vec<LineView>,
    /// What goes back in `avant` for the lines before; nothing at the end.
    #[serde(rename = "suite", default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Something that is known of the holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Known {
    /// Name, given names, birth date, NIR, telephones, e-mail.
    #[serde(rename = "saisie")]
    Typed,
    /// That the e-mail is theirs.
    #[serde(rename = "courriel_confirme")]
    CourrielConfirmed,
    /// Years of work and what happens to the account.
    #[serde(rename = "declarations")]
    Declarations,
    /// That the identity is theirs.
    #[serde(rename = "identite_prouvee")]
    IdentityProved,
    /// An identity of elsewhere.
    #[serde(rename = "identite_reliee")]
    IdentityLinked,
}

/// Whom something is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Source {
    /// The holder.
    Titulaire,
    /// Their employers.
    Employeurs,
    /// Whoever runs the service, on a document.
    Agent,
    /// An identity provider.
    #[serde(rename = "fournisseur")]
    Provider,
}

/// What is known, from whom, since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownView {
    /// What.
    #[serde(rename = "quoi")]
    pub what: Known,
    /// From whom.
    #[serde(rename = "de")]
    pub source: Source,
    /// Since that day, « 2026-11-23 », or the first year that was declared, « 2016 ».
    #[serde(rename = "depuis")]
    pub since: String,
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum By {
    /// The holder.
    Titulaire,
    /// Whoever runs the service.
    Agent,
    /// Somebody who was not known to be the holder.
    #[serde(rename = "visiteur")]
    Visitor,
    /// The program by itself.
    Service,
}

/// A line.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineView {
    /// When, « 2026-11-23T10:04 » in French legal time.
    #[serde(rename = "quand")]
    pub when: String,
    /// The word of what was done; a later version may write others.
    #[serde(rename = "quoi")]
    pub what: String,
    /// Who did it.
    #[serde(rename = "par")]
    pub by: By,
    /// The name of whoever runs the service, where they gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// Why, or by which way.
    #[serde(rename = "raison", default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it came from the place that asks: the same address, or the same network of IPv6; nothing where that is not noted.
    #[serde(rename = "meme_lieu", default, skip_serializing_if = "Option::is_none")]
    pub same_place: Option<bool>,
    /// Whether it was about all accounts at once.
    #[serde(rename = "pour_tous")]
    pub about_all: bool,
}
