//! The account: its only balance, what is written in it and what it remembers. A room below the rules, which write in
//! the account that they are handed; it decides nothing of what a fact is worth.

mod compte;
mod credit;
mod ecriture;

pub(in crate::droits) use compte::{AnneeInscrite, Compte, DifInscrit, Restante};
pub(in crate::droits) use credit::{Credit, Droit};
pub(in crate::droits) use ecriture::{Brouillon, Ecriture, Lignes, Registre, Rien};
