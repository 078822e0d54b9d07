//! What opens the account besides the password: an identity that a provider proves, linked and taken back. Who went there from here
//! comes back here with whom it names, and says that it is theirs by what
//! opens the account today.

use api::identities::{IdentiteView, LienView, ReliableView};
use api::second_step::{SaisiePreuves, SecondStepSetView};
use domaine::forms::ChampPreuves;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::browser::{address, clock, focus};
use crate::components::again::Again;
use crate::components::alert::{failure_alert, unavailable};
use crate::components::awaited::awaited;
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::components::{provider, second_step};
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form, FormSpec, faults};
use crate::net::client;
use crate::net::remote::Remote;
use crate::session::{Session, again_once_shown, session};
use crate::wording::formats;

/// Where it stands on the screen.
const PLACE: &str = "identite-reliee";
/// What takes the focus once something was done.
const DONE: &str = "identite-fait";

/// What was done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Link,
    Unlink,
}

static LINKING: FormSpec<ChampPreuves> =
    FormSpec::new("identite", field_spec, |form, today| faults(&preuves(form), today)).prefixed("identite-");

fn field_spec(champ: ChampPreuves) -> &'static FieldSpec {
    match champ {
        ChampPreuves::MotDePasse => &FieldSpec { label: "Mot de passe, pour confirmer", ..FieldSpec::PROOF },
        ChampPreuves::Code => &second_step::CODE,
        ChampPreuves::Secours => &second_step::KEPT,
    }
}

fn preuves(form: Form<ChampPreuves>) -> SaisiePreuves {
    SaisiePreuves {
        mot_de_passe: form.answer(ChampPreuves::MotDePasse),
        code: form.answer(ChampPreuves::Code),
        secours: form.answer(ChampPreuves::Secours),
    }
}

#[derive(Clone, Copy)]
struct Section {
    name: StoredValue<String>,
    session: Session,
    again: Again,
    /// What opens the account.
    link: Remote<LienView>,
    /// Whom this browser came back with.
    held: Remote<IdentiteView>,
    done: RwSignal<Option<Act>>,
    /// Why the link could not be taken back.
    failure: RwSignal<Option<ApiFailure>>,
}

impl Section {
    fn unlink(self) {
        self.done.set(None);
        self.failure.set(None);
        spawn_local(async move {
            match client::unlink_identity().await {
                Ok(()) => self.succeed(Act::Unlink),
                Err(failure) if again_once_shown(&failure, move || self.unlink()) => {}
                Err(failure) => {
                    let _gone = self.failure.try_set(Some(failure));
                }
            }
        });
    }

    fn succeed(self, act: Act) {
        // What the session proves has changed.
        crate::net::session::ask(self.session);
        self.link.reread();
        // What was held served.
        self.held.reread();
        let _gone = self.done.try_set(Some(act));
        clock::soon(|| focus::give_focus(DONE));
    }

    fn said(self) -> AnyView {
        let said = move || {
            let title = match self.done.get()? {
                Act::Link => "Cette identité ouvre votre compte",
                Act::Unlink => "Cette identité n’ouvre plus votre compte",
            };
            Some(view! {
                <div class="alert alert--success" id=DONE tabindex="-1">
                    <p class="alert__title">{title}</p>
                    <p>"Un courriel vous le confirme."</p>
                </div>
            })
        };
        view! { <div role="status">{said}</div> }
    }

    fn why_not(self) -> AnyView {
        let alert = move || {
            let failure = self.failure.get()?;
            Some(unavailable("Cette identité ouvre encore votre compte", &failure, move || self.unlink()))
        };
        view! { {alert} }
    }
}

/// The section; nothing where whoever runs the server set no provider.
pub(super) fn section(set: Remote<SecondStepSetView>) -> Option<AnyView> {
    let name = provider::name()?;
    let section = Section {
        name: StoredValue::new(name.clone()),
        session: session(),
        again: Again::new(set),
        link: Remote::new(client::identity_link),
        held: Remote::new(client::identity),
        done: RwSignal::new(None),
        failure: RwSignal::new(None),
    };
    Some(view! {
        <section class="sheet sheet--ruled" aria-labelledby=PLACE>
            <h2 id=PLACE tabindex="-1">{name}</h2>
            {section.said()}
            {awaited(
                section.link.answer(),
                "Nous n’avons pas pu lire ce qui ouvre votre compte",
                move || section.link.retry(),
                move |link| match &link.linked_on {
                    Some(since) => linked(section, since, link.seen_on.as_deref()),
                    None => awaited(
                        section.held.answer(),
                        "Nous n’avons pas pu lire votre identité",
                        move || section.held.retry(),
                        move |held| match &held.identite {
                            Some(who) => to_link(section, who),
                            None => to_fetch(section),
                        }
                    ),
                }
            )}
            {section.why_not()}
        </section>
    })
}

/// Nothing is linked, and nobody came back.
fn to_fetch(section: Section) -> AnyView {
    let way = section.name.with_value(|name| provider::way_there("Relier mon identité avec ", name));
    view! {
        <p>"Votre identité est alors prouvée, et ouvre votre compte sans mot de passe."</p>
        {way}
    }
}

/// Whom the provider names: theirs, says who shows what opens the account.
fn to_link(section: Section, who: &ReliableView) -> AnyView {
    if address::anchor() == PLACE {
        // Who comes from the provider is led here, under all that comes before.
        clock::soon(|| focus::give_focus(PLACE));
    }
    let from = ["Ce que dit ", &section.name.get_value()].concat();
    let way = section.name.with_value(|name| provider::way_there("Venir avec une autre identité de ", name));
    let form = Form::open(&LINKING);
    let send = move || {
        section.done.set(None);
        form.send(
            move |_| {
                let typed = preuves(form);
                let secours = section.again.secours(&typed.secours);
                client::link_identity(SaisiePreuves { secours, ..typed })
            },
            move |()| {
                form.clear();
                section.again.served();
                section.succeed(Act::Link);
            },
        );
    };
    let content = view! {
        <div class="stack">
            {summary(form)}
            {field(form, ChampPreuves::MotDePasse, Options::MOT_DE_PASSE)}
            {section.again.field(form.at(ChampPreuves::Code), form.at(ChampPreuves::Secours))}
            {failure_alert(form, |_| ("Rien n’a été relié", None))}
            <div class="actions">{submit_button(form, "relier", "Relier cette identité", "Envoi…")}</div>
        </div>
    };
    view! {
        <h3>{from}</h3>
        {provider::facts(who)}
        <p>"Votre compte s’ouvrira aussi avec cette identité, sans mot de passe. Vous pourrez la détacher."</p>
        {formulaire(form, send, content)}
        {way}
    }
}

/// Since when it opens the account, and how to take that back.
fn linked(section: Section, since: &str, seen_on: Option<&str>) -> AnyView {
    let seen = seen_on.map(|on| {
        let on = formats::instant(on);
        view! { <div><dt>"Dernière fois"</dt><dd>{on}</dd></div> }
    });
    let since = formats::instant(since);
    view! {
        <dl class="facts facts--pairs">
            <div><dt>"Reliée depuis le"</dt><dd>{since}</dd></div>
            {seen}
        </dl>
        <p class="actions">
            <button
                class="button button--quiet"
                type="button"
                id="detacher"
                on:click=move |_| section.unlink()
            >
                "Détacher cette identité"
            </button>
        </p>
        <aside class="note">
            <p>"Votre courriel et votre mot de passe ouvrent toujours votre compte."</p>
        </aside>
    }
}
