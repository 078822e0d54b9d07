//! « Mes accès »: every way into the account, and what shuts it, one section a file. Says nothing of who the person is: that is
//! « Mon profil ».

mod devices;
mod freezing;
mod identity;
mod journal;
mod passkeys;
mod password;
mod proved;
mod screen;
mod second_step;

use leptos::prelude::*;
use markup::view;

use crate::net::client;
use crate::net::remote::Remote;

use screen::Screen;

/// The screen.
pub fn access() -> AnyView {
    let screen = Screen {
        connexions: Remote::new(client::connexions),
        second_step: Remote::new(client::second_step),
        changing: RwSignal::new(false),
        fact: RwSignal::new(None),
    };
    view! {
        <div class="sheet">
            <div class="stack">
                <h1 tabindex="-1">"Mes accès"</h1>
                {screen.said()}
            </div>
            <p class="lede">"Ce qui ouvre votre compte, et ce qui le protège."</p>
        </div>
        {proved::section()}
        {password::section(screen)}
        {second_step::section(screen.second_step)}
        {passkeys::section(screen.second_step)}
        {identity::section(screen.second_step)}
        {devices::section(screen)}
        {journal::section()}
        {freezing::section(screen)}
    }
}
