//! The balance, very large: in euros, or in hours when the account of a public agent holds nothing else. The same on
//! every screen that shows it.

use api::droits::DroitsView;
use domaine::mesures::{Euros, HoursVariation};
use leptos::prelude::*;
use markup::view;

use crate::wording::formats;

/// Whether the balance is told in hours: it holds some, and no euro.
pub fn is_in_hours(solde: Euros, hours: HoursVariation) -> bool {
    solde.is_zero() && !hours.is_zero()
}

/// The figure, its unit in smaller letters.
pub fn figure(droits: &DroitsView) -> AnyView {
    let (whole, small) = if is_in_hours(droits.solde, droits.solde_hours) {
        (droits.solde_hours.absolute().count().to_string(), "\u{a0}heures".into())
    } else {
        formats::euros_in_two(droits.solde)
    };
    view! { {whole} <span class="balance__cents">{small}</span> }
}
