//! « Ce qui s’est passé »: what the journal says of the account, page by page, and where what is known comes from.

use api::journal::{By, JournalView, Known, KnownView, LineView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::browser::{clock, focus};
use crate::components::alert::unavailable;
use crate::failure::ApiFailure;
use crate::net::client;
use crate::wording::{formats, journal};

/// What was read so far.
#[derive(Clone, Copy)]
struct Read {
    known: RwSignal<Vec<KnownView>>,
    lines: RwSignal<Vec<LineView>>,
    /// Where to go on from: nothing before the first page, and an empty text at the end.
    next: RwSignal<Option<String>>,
    failure: RwSignal<Option<ApiFailure>>,
}

/// The section. Nothing is read before it is asked for.
pub(super) fn section() -> AnyView {
    let read = Read {
        known: RwSignal::new(Vec::new()),
        lines: RwSignal::new(Vec::new()),
        next: RwSignal::new(None),
        failure: RwSignal::new(None),
    };
    let lines = move || read.lines.with(|lines| list("Le journal", lines.iter().enumerate().map(line).collect()));
    let known = move || {
        read.known
            .with(|known| list("D’où vient ce que l’on sait de vous", known.iter().enumerate().map(origin).collect()))
    };
    let more = move || {
        let next = read.next.get();
        (next.as_deref() != Some("")).then(|| {
            let said = if next.is_some() { "Voir la suite" } else { "Voir ce qui s’est passé" };
            view! {
                <p class="actions">
                    <button class="button button--quiet button--small" type="button" on:click=move |_| go_on(read)>
                        {said}
                    </button>
                </p>
            }
        })
    };
    let alert = move || {
        let failure = read.failure.get();
        failure.map(|failure| unavailable("Le journal n’a pas pu être lu", &failure, move || go_on(read)))
    };
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="journal">
            <h2 id="journal">"Ce qui s’est passé"</h2>
            <p>
                "Les connexions, les changements, et qui a consulté votre dossier en dehors de vous, depuis un an au moins. Ce que vous lisez vous-même n’y est pas."
            </p>
            {known}
            {lines}
            {more}
            {alert}
        </section>
    }
}

/// Reads the next page, and leads to its first line.
fn go_on(read: Read) {
    read.failure.set(None);
    spawn_local(async move {
        match client::journal(read.next.get_untracked().as_deref()).await {
            Ok(JournalView { known, lines, next }) => {
                let Some(first) = read.lines.try_with_untracked(Vec::len) else { return };
                read.known.set(known);
                read.lines.update(|all| all.extend(lines));
                read.next.set(Some(next.unwrap_or_default()));
                clock::soon(move || focus::give_focus(&anchor(first)));
            }
            Err(failure) => {
                let _part = read.failure.try_set(Some(failure));
            }
        }
    });
}

/// The identifier of a line, so that the focus goes there.
fn anchor(rank: usize) -> String {
    ["journal-", &rank.to_string()].concat()
}

/// A list under its title, where there is something in it.
fn list(title: &'static str, items: Vec<AnyView>) -> Option<AnyView> {
    (!items.is_empty()).then(|| {
        view! {
            <div class="stack">
                <h3>{title}</h3>
                <ul class="facts facts--list">{items}</ul>
            </div>
        }
    })
}

/// Two sentences, the second smaller.
fn item(id: String, said: String, more: String) -> AnyView {
    view! {
        <li id=id tabindex="-1">
            <div>
                <strong>{said}</strong>
                <span class="facts__source">{more}</span>
            </div>
        </li>
    }
}

fn line((rank, line): (usize, &LineView)) -> AnyView {
    let mut more = formats::instant(&line.when);
    let mut add = |text: &str| {
        more.push_str(", ");
        more.push_str(text);
    };
    match (line.by, &line.agent) {
        (By::Titulaire, _) => {}
        (By::Agent, Some(name)) => add(&["par ", name, " (service, en ligne de commande)"].concat()),
        (By::Agent, None) => add("par le service, en ligne de commande"),
        (By::Visitor, _) => add("par quelqu’un qui n’était pas reconnu"),
        (By::Service, _) => add("par le service lui-même"),
    }
    if let Some(reason) = &line.reason {
        match journal::way(reason) {
            Some(way) => add(way),
            None => add(&["«\u{a0}", reason, "\u{a0}»"].concat()),
        }
    }
    match line.same_place {
        Some(true) => add("même accès à internet que vous"),
        Some(false) => add("autre accès à internet"),
        None => {}
    }
    item(anchor(rank), journal::said(&line.what), more)
}

fn origin((rank, known): (usize, &KnownView)) -> AnyView {
    let (what, from) = match known.what {
        Known::Typed => ("Vos nom, date de naissance, numéro et coordonnées", "saisis par vous"),
        Known::CourrielConfirmed => ("Votre courriel", "confirmé par vous"),
        Known::Declarations => ("Votre activité", "déclarée par vos employeurs"),
        Known::IdentityProved => ("Votre identité", "prouvée à un agent du service, sur pièce"),
        Known::IdentityLinked => ("Votre identité", "prouvée par un fournisseur d’identité"),
    };
    let since = match known.since.parse() {
        Ok(day) => [", depuis le ", &formats::long_day(day)].concat(),
        Err(_) => [", depuis ", &known.since].concat(),
    };
    item(["connu-", &rank.to_string()].concat(), what.to_owned(), [from, &since].concat())
}
