//! « Me connecter avec … »: the way to the provider of identities, where whoever runs the server set one. Knows nothing of what
//! comes of it.

use api::identities::ReliableView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use super::alert::unavailable;
use crate::browser::{address, dom};
use crate::failure::ApiFailure;
use crate::net::client;

/// What people call the provider, as the server said with the page (`api::routes::DAY_SCRIPT`); nothing where there is none.
pub fn name() -> Option<String> {
    dom::document()?.document_element()?.get_attribute("data-fournisseur")
}

/// The button that leads to this provider, and why it did not.
pub fn way_there(said: &'static str, name: &str) -> AnyView {
    let failure = RwSignal::new(None::<ApiFailure>);
    let leave = move || {
        failure.set(None);
        spawn_local(async move {
            match client::leave_for_identity().await {
                Ok(there) => address::restart(&there.address),
                Err(fault) => {
                    let _gone = failure.try_set(Some(fault));
                }
            }
        });
    };
    let alert = move || failure.get().map(|failure| unavailable("Cette page n’a pas pu vous y mener", &failure, leave));
    let said = [said, name].concat();
    view! {
        <p class="actions">
            <button class="button button--quiet" type="button" id="fournisseur" on:click=move |_| leave()>{said}</button>
        </p>
        {alert}
    }
}

/// Whom it names.
pub fn facts(who: &ReliableView) -> AnyView {
    let (nom, prenoms, born) = (who.nom_naissance.clone(), who.prenoms.clone(), who.date_naissance.clone());
    view! {
        <dl class="facts facts--pairs">
            <div><dt>"Nom de naissance"</dt><dd>{nom}</dd></div>
            <div><dt>"Prénoms"</dt><dd>{prenoms}</dd></div>
            <div><dt>"Date de naissance"</dt><dd>{born}</dd></div>
        </dl>
    }
}
