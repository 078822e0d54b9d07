//! Bars where words will be; the style shows them only when the wait can be felt.

use crate::html;
use leptos::prelude::*;

/// The frame of a screen that is being read: its title is there at once.
pub fn squelette(titre: &'static str) -> AnyView {
    html!(r#"<div class="sheet" aria-busy="true"><h1 tabindex="-1">{}</h1>{}</div>"#, titre, barres())
}

/// The bars alone, for a screen that has its own title.
pub fn barres() -> AnyView {
    html!(
        r#"
        <div class="loading stack">
            <p class="visually-hidden" role="status">Lecture en cours…</p>
            <div aria-hidden="true">
                <span class="skeleton skeleton--hero"></span>
                <span class="skeleton"></span>
                <span class="skeleton skeleton--half"></span>
            </div>
        </div>
    "#
    )
}
