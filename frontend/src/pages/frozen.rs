//! « Compte gelé »: what that is, and what opens it again.

use leptos::prelude::*;
use markup::view;

use crate::components::alert::left_word;
use crate::session::ACCOUNT_FROZEN;

/// The screen.
pub fn frozen() -> AnyView {
    view! {
        {left_word(
            ACCOUNT_FROZEN,
            "Votre compte est gelé",
            "Tous les appareils sont déconnectés. Un courriel le dit aussi, à l’adresse du compte."
        )}
        <div class="sheet">
            <h1 tabindex="-1">"Compte gelé"</h1>
            <p>
                "Personne ne peut se connecter à un compte gelé, ni rien y changer ou y dépenser, pas même avec le bon mot de passe. Les droits restent les mêmes."
            </p>
        </div>
        <section class="sheet sheet--ruled" aria-labelledby="rouvrir">
            <h2 id="rouvrir">"Le rouvrir"</h2>
            <p>
                "Écrivez à la personne qui tient ce service, avec la référence du compte, qui est dans nos courriels\u{a0}: elle vous demandera de prouver qui vous êtes. "
                <a href="/aide">"La joindre"</a>
            </p>
        </section>
    }
}
