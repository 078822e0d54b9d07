//! The foot of every screen.

use leptos::prelude::*;
use markup::view;

/// Links that every screen owes, and what this site is not.
pub fn footer() -> AnyView {
    view! {
        <footer class="footer">
            <div class="footer__in page">
                <ul class="footer__links">
                    <li><a href="/aide">"Aide"</a></li>
                    <li><a href="/simuler">"Simuler mes droits"</a></li>
                    <li><a href="/cgu">"Conditions d’utilisation"</a></li>
                    <li><a href="/donnees-personnelles">"Données personnelles"</a></li>
                    <li><a href="/accessibilite">"Accessibilité"</a></li>
                    <li><a href="/mentions-legales">"Mentions légales"</a></li>
                </ul>
                <p class="footer__text">"Acquis, logiciel libre. Ce n’est pas un site de l’État."</p>
            </div>
        </footer>
    }
}
