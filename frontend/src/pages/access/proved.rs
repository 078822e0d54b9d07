//! « Ce qui est prouvé »: what this session shows of whose account it is, and where to show more.

use leptos::prelude::*;
use markup::view;

use crate::session::session;

/// The section.
pub(super) fn section() -> AnyView {
    let session = session();
    let courriel = move || {
        if session.unconfirmed().get() {
            view! { "À confirmer. " <a href="/profil">"Le confirmer"</a> }
        } else {
            view! { "Confirmé" }
        }
    };
    let identite = move || {
        if session.unproved().get() || session.set_aside().get() {
            view! { "À vérifier. " <a href="/profil">"Ce que cela change"</a> }
        } else {
            view! { "Vérifiée" }
        }
    };
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="prouve">
            <h2 id="prouve">"Ce qui est prouvé"</h2>
            <dl class="facts facts--pairs">
                <div><dt>"Courriel"</dt><dd>{courriel}</dd></div>
                <div><dt>"Identité"</dt><dd>{identite}</dd></div>
            </dl>
        </section>
    }
}
