//! The head of every screen: the mark, and where a person may go.

use api::accounts::{AnswersView, TitulaireView};
use api::screens;
use domaine::identite::nom::NONE;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use markup::view;

use super::alert::{error_alert, phrase};
use crate::browser::focus;
use crate::failure::ApiFailure;
use crate::follow::follow;
use crate::session::{Phase, session};

/// The header; its links depend on who is connected. `leave` ends the session, and says here why it could not.
pub fn header(leave: impl Fn(RwSignal<Option<ApiFailure>>) + Clone + Send + 'static) -> AnyView {
    let session = session();
    let path = use_location().pathname;
    // Before the server has answered, the address tells which header to expect.
    let connected = Memo::new(move |_| match session.phase().get() {
        Phase::Opened | Phase::Finished => true,
        Phase::Anonyme => false,
        Phase::Wait | Phase::Unreachable => screens::is_guarded(&path.read()),
    });
    let link = move |towards: &'static str, said: AnyView| {
        // The declaration of a DIF is a part of the rights.
        let here = move || match &**path.read() {
            here if here == towards => Some("page"),
            "/dif" if towards == "/mes-droits" => Some("true"),
            _ => None,
        };
        view! { <a href=towards aria-current=here>{said}</a> }
    };
    let failure = RwSignal::new(None::<ApiFailure>);
    // Over once the person looks elsewhere, or is no longer connected.
    follow(move || {
        path.track();
        session.phase().track();
        failure.set(None);
        // Read, once its screen is there.
        if session.answers().read_untracked().as_ref().is_some_and(|answers| answers.path == *path.read_untracked()) {
            session.answers().set(None);
        }
    });
    let rest = move || {
        failure.get().map(|failure| {
            let title = "Vous êtes toujours connecté\u{a0}: le service n’a pas pu vous déconnecter";
            view! { <div class="page">{error_alert(title, phrase(&failure), None)}</div> }
        })
    };
    let nom = move || session.titulaire().read().as_ref().map_or_else(|| "Profil".into(), short_name);
    let links = move || {
        if connected.get() {
            let leave = leave.clone();
            let on_leave = move |_| {
                failure.set(None);
                leave(failure);
            };
            view! {
                <nav class="nav" aria-label="Principale">
                    {link("/solde", "Solde".into_any())}
                    {link("/mes-droits", "Droits".into_any())}
                    {link("/historique", "Historique".into_any())}
                    {move || session.answers().get().map(|answers| answer_link(&answers))}
                    {link("/profil", view! { <span class="visually-hidden">"Mon profil, "</span> {nom} })}
                </nav>
                <button class="button button--link header__leave" type="button" on:click=on_leave>
                    "Se déconnecter"
                </button>
            }
        } else {
            view! {
                <nav class="nav" aria-label="Principale">
                    {link("/aide", "Aide".into_any())}
                    {link("/connexion", "Connexion".into_any())}
                </nav>
            }
        }
    };
    let to_title = |event: MouseEvent| {
        event.prevent_default();
        focus::focus_title(false);
    };
    view! {
        <a class="skip" href="#contenu" on:click=to_title>"Aller au contenu"</a>
        <header class=move || if connected.get() { "header header--connected" } else { "header" }>
            <div class="header__in page">
                <a class="mark" href="/">
                    <svg class="mark__sign" viewBox="0 0 28 28" aria-hidden="true">
                        <path fill="currentColor" d="M2 22h24v4H2zM8 15.300h18v4H8zM14 8.600h12v4H14zM20 2h6v4h-6z"/>
                    </svg>
                    "Acquis"
                </a>
                {links}
            </div>
            {rest}
        </header>
    }
}

/// « 1 réponse »: what was answered and not read yet, and where it stands.
pub fn answer_link(answers: &AnswersView) -> AnyView {
    let said = [&*answers.count, if answers.count == "1" { " réponse" } else { " réponses" }].concat();
    view! { <a class="nav__answers" href=answers.path.clone()>{said}</a> }
}

/// « Camille P. »: the first given name and the initial of the birth name, or the only name.
fn short_name(titulaire: &TitulaireView) -> String {
    match (titulaire.prenoms.as_str(), titulaire.nom_naissance.as_str()) {
        (NONE, only) | (only, NONE) => return only.to_owned(),
        _ => {}
    }
    let prenom = titulaire.prenoms.split([' ', ',']).next().unwrap_or_default();
    let initial: String = titulaire.nom_naissance.chars().take(1).collect();
    // The browser knows the capitals of all letters, the page need not.
    [prenom, "\u{a0}", &String::from(js_sys::JsString::from(initial).to_upper_case()), "."].concat()
}
