//! What may be offered to a holder and said of their account, whoever they are: read from their statement alone.
//! Every screen asks here, so that none promises to an agent, a retired person or a full account what is true of an
//! ordinary employee. No sentence, and no rule of the law: what the ledger will do is foretold, and a test compares.

use serde::{Deserialize, Serialize};

use super::statement::{AccountState, Category, Ligne, Motif, Poche, Releve};
use super::{Montant, Situation};
use crate::mesures::{Day, Euros};

/// How the work of this holder will be credited, as far as it may be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NextCredit {
    /// In the first half of the year that follows the year of work.
    #[default]
    #[serde(rename = "semestre_suivant")]
    FollowingHalfYear,
    /// At the end of the year of work itself, in hours: a public agent.
    #[serde(rename = "fin_d_annee")]
    YearEnd,
    /// Nothing before a part of the balance is spent: the ceiling is reached.
    #[serde(rename = "compte_plein")]
    Full,
    /// Nothing is known yet: the first line comes after the first year that an employer declares.
    #[serde(rename = "inconnu")]
    Unknown,
    /// Nothing: the state of the account says why.
    #[serde(rename = "aucun")]
    Nothing,
}

/// Whether this holder may declare hours of DIF today, and what of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DifOffer {
    /// Yes, and some of it at least is added to the account.
    #[default]
    #[serde(rename = "ouvert")]
    Open,
    /// Yes, but the ceiling leaves no room for any of it today.
    #[serde(rename = "sans_place")]
    NoRoom,
    /// No: the last day has passed.
    #[serde(rename = "clos")]
    PastLastDay,
    /// No: the state of the account lets nothing be added.
    #[serde(rename = "compte_arrete")]
    AccountStopped,
}

/// Whether being below level 3 may be declared, and to whom what it gives is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NiveauOffer {
    /// To an employee, or to somebody of whom nothing is known: their own years may be raised.
    #[default]
    #[serde(rename = "salarie")]
    Employee,
    /// To somebody whose last known work is not an employee's: only years as an employee would be.
    #[serde(rename = "autre_statut")]
    OtherStatut,
    /// No: nothing is credited any more.
    #[serde(rename = "compte_arrete")]
    AccountStopped,
}

/// What may be offered to a holder and said of their account, on the day of a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outlook {
    /// What may be said of the credits to come.
    #[serde(rename = "credit")]
    pub credit: NextCredit,
    /// Whether the account is kept in hours: that of whoever worked last as a public agent.
    #[serde(rename = "en_heures")]
    pub in_hours: bool,
    /// Whether hours of DIF may be declared.
    pub dif: DifOffer,
    /// How many euros of DIF the ceiling leaves room for today.
    #[serde(rename = "place_dif")]
    pub dif_room: Euros,
    /// The same for a declaration that replaces those before it.
    #[serde(rename = "place_dif_remplacee")]
    pub dif_room_replaced: Euros,
    /// Whether being below level 3 may be declared.
    pub niveau: NiveauOffer,
}

impl Outlook {
    /// The outlook of this life and of its statement, on the day of the statement. `known` says whether an employer ever
    /// declared the holder; `dif_end` is the last day to declare a DIF, nothing while it stays open.
    ///
    /// ```
    /// use domaine::bareme::Bareme;
    /// use domaine::droits::{DifOffer, NextCredit, Outlook, Situation, calculate};
    /// use domaine::mesures::Day;
    ///
    /// let nothing = Situation::default();
    /// let releve = calculate(&nothing, Day::date(2026, 11, 23), &Bareme::IN_FORCE);
    /// let outlook = Outlook::of(&nothing, &releve, false, Some(Bareme::LEGAL_DIF_END));
    /// assert_eq!((outlook.credit, outlook.dif), (NextCredit::Unknown, DifOffer::PastLastDay));
    /// ```
    pub fn of(situation: &Situation, releve: &Releve, known: bool, dif_end: Option<Day>) -> Self {
        let last = last_category(situation, releve);
        let in_hours = last.is_some_and(is_an_agents);
        let room = (releve.plafond - releve.below_plafond()).max(Euros::ZERO);
        let room_replaced = (room + credited_dif(releve)).max(Euros::ZERO);
        let stopped = releve.state != AccountState::Open;
        let full = if in_hours { is_full_in_hours(releve) } else { room.is_zero() };
        Self {
            credit: match last {
                _ if stopped => NextCredit::Nothing,
                None if !known => NextCredit::Unknown,
                _ if full => NextCredit::Full,
                _ if in_hours => NextCredit::YearEnd,
                _ => NextCredit::FollowingHalfYear,
            },
            in_hours,
            dif: if stopped {
                DifOffer::AccountStopped
            } else if dif_end.is_some_and(|end| end < releve.as_of) {
                DifOffer::PastLastDay
            } else if room.is_zero() {
                DifOffer::NoRoom
            } else {
                DifOffer::Open
            },
            dif_room: room,
            dif_room_replaced: room_replaced,
            niveau: match last {
                _ if stopped => NiveauOffer::AccountStopped,
                None | Some(Category::Salarie | Category::SalarieSousNiveau3) => NiveauOffer::Employee,
                Some(Category::Esat | Category::Independant | Category::Agent | Category::AgentSousNiveau3) => {
                    NiveauOffer::OtherStatut
                }
            },
        }
    }

    /// The same, unless the account is set aside: nothing is credited to it nor added, until it is known whose it is.
    ///
    /// ```
    /// use domaine::droits::{NextCredit, Outlook};
    /// assert_eq!(Outlook::default().unless_set_aside(true).credit, NextCredit::Nothing);
    /// ```
    #[must_use]
    pub const fn unless_set_aside(self, set_aside: bool) -> Self {
        if !set_aside {
            return self;
        }
        Self { credit: NextCredit::Nothing, dif: DifOffer::AccountStopped, niveau: NiveauOffer::AccountStopped, ..self }
    }
}

/// As whom the holder worked last: what the lines say of a year, which choose between several statuses, else the
/// declarations of a year that no line knows yet.
fn last_category(situation: &Situation, releve: &Releve) -> Option<Category> {
    let of_a_line = |ligne: &Ligne| match &ligne.motif {
        Motif::FullYear { facts } | Motif::PartialYear { facts, .. } | Motif::YearWithoutCredit { facts, .. } => {
            Some((facts.year, facts.category))
        }
        _ => None,
    };
    let corrected = situation.rectifications.iter().flat_map(|rectification| &rectification.activites);
    let declared = situation.activites.iter().chain(corrected);
    let declared = declared.filter(|activite| activite.year.first_day() <= releve.as_of);
    let declared = declared.map(|activite| (activite.year, Category::of(activite.statut)));
    let lines = releve.lignes.iter().chain(&releve.earned).filter_map(of_a_line);
    // Of the same year, the last one given: a line.
    declared.chain(lines).max_by_key(|(year, _)| *year).map(|(_, category)| category)
}

const fn is_an_agents(category: Category) -> bool {
    matches!(category, Category::Agent | Category::AgentSousNiveau3)
}

/// What declared attestations still give: each line less what was taken back of it.
fn credited_dif(releve: &Releve) -> Euros {
    let of_an_attestation = |ligne: &&Ligne| {
        ligne.poche == Poche::Dif && matches!(ligne.motif, Motif::Dif { .. } | Motif::Contrepassation { .. })
    };
    releve.lignes.iter().filter(of_an_attestation).map(|ligne| ligne.montant).sum()
}

/// Whether the ceiling in hours under which the last year of an agent was credited is reached.
fn is_full_in_hours(releve: &Releve) -> bool {
    let plafond = releve.lignes.iter().rev().find_map(|ligne| match (ligne.poche, ligne.plafond) {
        (Poche::Cpf, Some(Montant::Hours(plafond))) => Some(plafond),
        _ => None,
    });
    let kept =
        releve.lignes.iter().filter(|ligne| ligne.poche == Poche::Cpf).map(|ligne| ligne.hours.count()).sum::<i32>();
    plafond.is_some_and(|plafond| u32::try_from(kept).is_ok_and(|kept| kept >= plafond.count()))
}
