//! Nothing stands at this address.

use leptos::prelude::*;
use markup::view;

/// The screen.
pub fn not_found() -> AnyView {
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Cette page n’existe pas"</h1>
            <p class="lede">"L’adresse a peut-être changé, ou une lettre s’y est glissée."</p>
            <p class="actions">
                <a class="button" href="/">"Revenir à l’accueil"</a>
                <a class="button button--quiet" href="/aide">"Demander de l’aide"</a>
            </p>
        </div>
    }
}
