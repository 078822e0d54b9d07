//! Today, and a little later: the only file of the page that reads a clock.
//! Computes nothing with a date.

use std::time::Duration;

use domaine::mesures::Jour;
use leptos::prelude::set_timeout;

use super::dom::fenetre;

/// Today on the person's device. Natively the first day of the accounts in euros: no first paint shows a date.
pub fn aujourdhui() -> Jour {
    const SANS_HORLOGE: Jour = Jour::date(2019, 1, 1);
    if !cfg!(target_arch = "wasm32") {
        return SANS_HORLOGE;
    }
    let date = js_sys::Date::new_0();
    let (mois, jour) = (date.get_month() + 1, date.get_date());
    Jour::new(date.get_full_year() as u16, mois as u8, jour as u8).unwrap_or(SANS_HORLOGE)
}

/// Does it once what is being shown is on the screen.
pub fn bientot(suite: impl FnOnce() + 'static) {
    apres(0, suite);
}

/// Does it after that many milliseconds.
pub fn apres(millisecondes: u64, suite: impl FnOnce() + 'static) {
    if fenetre().is_some() {
        set_timeout(suite, Duration::from_millis(millisecondes));
    }
}
