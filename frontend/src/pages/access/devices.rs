//! « Appareils connectés »: each of them, since when and from where it was last used, and the end of one or of all the others.

use api::accounts::{ConnexionView, ConnexionsView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::components::alert::unavailable;
use crate::components::awaited::awaited;
use crate::failure::ApiFailure;
use crate::net::client;
use crate::session::again_once_shown;
use crate::wording::formats;

use super::screen::Screen;

/// What ends: the device of this number, or all the others.
type Ended = Option<String>;

/// The section.
pub(super) fn section(screen: Screen) -> AnyView {
    // What could not be done, to be tried again.
    let failure = RwSignal::new(None::<(Ended, ApiFailure)>);
    let alert = move || {
        failure.get().map(|(ended, failure_of_it)| {
            let again = move || end(screen, failure, ended.clone());
            unavailable("Rien n’a été déconnecté", &failure_of_it, again)
        })
    };
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="appareils">
            <h2 id="appareils">"Appareils connectés"</h2>
            {awaited(
                screen.connexions.answer(),
                "Vos connexions n’ont pas pu être lues",
                move || screen.connexions.retry(),
                move |connexions| devices(screen, failure, connexions)
            )}
            {alert}
        </section>
    }
}

fn end(screen: Screen, failure: RwSignal<Option<(Ended, ApiFailure)>>, ended: Ended) {
    failure.set(None);
    screen.fact.set(None);
    spawn_local(async move {
        let answer = match &ended {
            Some(number) => client::close_connexion(number).await,
            None => client::close_other_connexions().await,
        };
        match answer {
            Ok(()) => {
                screen.connexions.reread();
                let all = "Les autres appareils sont déconnectés";
                screen.succeed(if ended.is_some() { "Cet appareil est déconnecté" } else { all });
            }
            Err(refused) => {
                let again = ended.clone();
                if again_once_shown(&refused, move || end(screen, failure, again)) {
                    return;
                }
                let _part = failure.try_set(Some((ended, refused)));
            }
        }
    });
}

fn devices(screen: Screen, failure: RwSignal<Option<(Ended, ApiFailure)>>, connexions: &ConnexionsView) -> AnyView {
    let others = connexions.connexions.iter().filter(|connexion| !connexion.current).count();
    let button = (others > 1).then(|| {
        view! {
            <p class="actions">
                <button class="button button--quiet button--small" type="button" on:click=move |_| end(screen, failure, None)>
                    "Déconnecter tous les autres appareils"
                </button>
            </p>
        }
    });
    let lignes = connexions.connexions.iter().enumerate();
    let lignes = lignes.map(|(rank, connexion)| device(screen, failure, connexion, rank + 1)).collect::<Vec<_>>();
    view! {
        <ul class="facts facts--list">{lignes}</ul>
        <aside class="note">
            <p>
                "Un appareil que vous ne reconnaissez pas\u{202f}? Déconnectez-le, puis changez votre mot de passe. Ce service ne garde pas vos adresses\u{a0}: il dit seulement si un appareil a le même accès à internet que vous en ce moment."
            </p>
        </aside>
        {button}
    }
}

fn device(
    screen: Screen,
    failure: RwSignal<Option<(Ended, ApiFailure)>>,
    connexion: &ConnexionView,
    rank: usize,
) -> AnyView {
    let since = ["Depuis le ", &formats::instant(&connexion.opened_on)].concat();
    let name = connexion.device.clone();
    let source = |text: String| view! { <span class="facts__source">{text}</span> };
    if connexion.current {
        return view! {
            <li>
                <div>
                    <strong>{name}</strong>
                    {source(since)}
                </div>
                <span class="tag tag--here">"cet appareil"</span>
            </li>
        };
    }
    let seen = ["Vu pour la dernière fois le ", &formats::instant(&connexion.seen_on)].concat();
    let place = connexion.same_place.map(|same| {
        source(if same {
            "Même accès à internet que vous".to_owned()
        } else {
            "Autre accès à internet".to_owned()
        })
    });
    // Two devices may bear one name, and have come in the same minute.
    let which = [" l’appareil ", &rank.to_string(), ", ", &name, ", ", &since].concat();
    let number = connexion.number.clone();
    let sign_out = move |_| end(screen, failure, Some(number.clone()));
    view! {
        <li>
            <div>
                <strong>{name}</strong>
                {source(since)}
                {source(seen)}
                {place}
            </div>
            <button class="button button--quiet button--small" type="button" on:click=sign_out>
                "Déconnecter"
                <span class="visually-hidden">{which}</span>
            </button>
        </li>
    }
}
