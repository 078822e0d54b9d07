//! Today, and a little later: the only file of the page that reads a clock.
//! Computes nothing with a date.

use std::time::Duration;

use domaine::mesures::Day;
use leptos::prelude::set_timeout;

use super::dom::window;

/// Today on the person's device. Natively the first day of the accounts in euros: no first paint shows a date.
pub fn today() -> Day {
    const NO_CLOCK: Day = Day::date(2019, 1, 1);
    if !cfg!(target_arch = "wasm32") {
        return NO_CLOCK;
    }
    let date = js_sys::Date::new_0();
    let (month, day) = (date.get_month() + 1, date.get_date());
    Day::new(date.get_full_year() as u16, month as u8, day as u8).unwrap_or(NO_CLOCK)
}

/// Does it once what is being shown is on the screen.
pub fn soon(next: impl FnOnce() + 'static) {
    after(0, next);
}

/// Does it after that many milliseconds.
pub fn after(milliseconds: u64, next: impl FnOnce() + 'static) {
    if window().is_some() {
        set_timeout(next, Duration::from_millis(milliseconds));
    }
}
