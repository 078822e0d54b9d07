//! Today, and a little later: the only file of the page that reads a clock, and it believes the server's.
//! Computes nothing with a date.

use std::cell::Cell;
use std::time::Duration;

use domaine::mesures::Day;
use leptos::prelude::set_timeout;

use super::dom::{document, window};

thread_local! {
    /// The day that the server said last.
    static TODAY: Cell<Option<Day>> = const { Cell::new(None) };
}

/// The server says which day it is in Paris.
pub fn hear(day: &str) {
    if let Ok(day) = day.parse() {
        TODAY.set(Some(day));
    }
}

/// Today in Paris, as the server said with the page and with each answer. Natively the first day of the accounts in
/// euros: no first paint shows a date.
pub fn today() -> Day {
    const NO_CLOCK: Day = Day::date(2019, 1, 1);
    if !cfg!(target_arch = "wasm32") {
        return NO_CLOCK;
    }
    TODAY.get().or_else(said_with_the_page).unwrap_or_else(|| {
        // Until a first answer, where something blocked what came with the page: nothing can be sent before one.
        let date = js_sys::Date::new_0();
        let (month, day) = (date.get_month() + 1, date.get_date());
        Day::new(date.get_full_year() as u16, month as u8, day as u8).unwrap_or(NO_CLOCK)
    })
}

/// See `api::routes::DAY_SCRIPT`.
fn said_with_the_page() -> Option<Day> {
    hear(&document()?.document_element()?.get_attribute("data-jour")?);
    TODAY.get()
}

/// The seconds of the device: how long, never which day.
pub fn seconds() -> u64 {
    if cfg!(target_arch = "wasm32") { js_sys::Date::now() as u64 / 1_000 } else { 0 }
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
