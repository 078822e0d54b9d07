//! Bars where words will be; the style shows them only when the wait can be felt.

use leptos::prelude::*;
use markup::view;

/// The frame of a screen that is being read: its title is there at once.
pub fn skeleton(title: &'static str) -> AnyView {
    view! {
        <div class="sheet" aria-busy="true">
            <h1 tabindex="-1">{title}</h1>
            {bars()}
        </div>
    }
}

/// The bars alone, for a screen that has its own title.
pub fn bars() -> AnyView {
    view! {
        <div class="loading stack">
            <p class="visually-hidden" role="status">"Lecture en cours…"</p>
            <div aria-hidden="true">
                <span class="skeleton skeleton--hero"></span>
                <span class="skeleton"></span>
                <span class="skeleton skeleton--half"></span>
            </div>
        </div>
    }
}
