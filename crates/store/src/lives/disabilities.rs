//! Disabilities that were accepted of a person's declarations: what their rights are computed from.

use domaine::droits::{KnownDisability, Period};
use sqlx::any::AnyRow;

use crate::StoreResult;
use crate::row::{parsed, parsed_or_none};

/// Where they are read, and in which order.
pub(crate) const TABLE: (&str, &str, &str) = (
    "personne, du, au, le, retiree_le",
    "(SELECT c.personne, d.du, d.au, d.le, r.le AS retiree_le, h.rang FROM decisions_handicap d
         JOIN declarations_handicap h ON h.id = d.declaration JOIN comptes c ON c.id = h.compte
         LEFT JOIN retraits_handicap r ON r.declaration = h.id
      WHERE d.acte = 'acceptation') a",
    "personne, rang",
);

/// One of them.
pub(crate) fn from_row(row: &AnyRow) -> StoreResult<KnownDisability> {
    let period = Period { since: parsed(row, "du")?, as_of: parsed_or_none(row, "au")? };
    let period = period.ending_by(parsed_or_none(row, "retiree_le")?);
    Ok(KnownDisability { period, known_on: parsed(row, "le")? })
}
