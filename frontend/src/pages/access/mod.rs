//! « Mes accès »: every way into the account, and what shuts it, one section a file. Says nothing of who the person is: that is
//! « Mon profil ».

mod passkeys;
mod proved;

use leptos::prelude::*;
use markup::view;

/// The screen.
pub fn access() -> AnyView {
    view! {
        <div class="sheet">
            <h1 tabindex="-1">"Mes accès"</h1>
            <p class="lede">"Ce qui ouvre votre compte, et ce qui le protège."</p>
        </div>
        {passkeys::section()}
        {proved::section()}
    }
}
