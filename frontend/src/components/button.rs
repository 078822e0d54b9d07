//! Buttons that do something.

use leptos::prelude::*;
use markup::view;

use crate::form::AnyForm;

/// The button that submits: never disabled, it says that it is busy instead.
///
/// In the first paint it submits nothing yet: a browser would otherwise do it in its own way.
pub fn submit_button(
    form: impl Into<AnyForm>,
    id: &'static str,
    said: &'static str,
    under_way: &'static str,
) -> AnyView {
    button(form.into(), "button", id, said, under_way)
}

/// The same beside what the screen is for.
pub fn quiet_button(
    form: impl Into<AnyForm>,
    id: &'static str,
    said: &'static str,
    under_way: &'static str,
) -> AnyView {
    button(form.into(), "button button--quiet", id, said, under_way)
}

/// The same for what cannot be undone.
pub fn danger_button(
    form: impl Into<AnyForm>,
    id: &'static str,
    said: &'static str,
    under_way: &'static str,
) -> AnyView {
    button(form.into(), "button button--danger", id, said, under_way)
}

fn button(
    form: AnyForm,
    class: &'static str,
    id: &'static str,
    said: &'static str,
    under_way: &'static str,
) -> AnyView {
    let busy = move || form.under_way().get().then_some("true");
    view! {
        <button
            class=class
            id=id
            type={if cfg!(feature = "ssr") { "button" } else { "submit" }}
            aria-busy=busy
            aria-disabled=busy
        >
            {move || if form.under_way().get() { under_way } else { said }}
        </button>
    }
}
