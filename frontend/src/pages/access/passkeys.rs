//! « Clés d'accès »: what opens the account without a password; added, named, removed.

use std::borrow::Cow;

use api::passkeys::{PasskeyName, PasskeyView, PasskeysView, SaisieCleAcces};
use api::second_step::SecondStepSetView;
use domaine::forms::{Champ, ChampCleAcces, key_name};
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::view;

use crate::browser::passkeys::{self, NoAnswer};
use crate::browser::{clock, focus};
use crate::components::again::Again;
use crate::components::alert::{error_alert, failure_alert, unavailable};
use crate::components::awaited::awaited;
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::components::second_step;
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form, FormSpec, fault_at, faults};
use crate::net::client;
use crate::net::remote::Remote;
use crate::session::again_once_shown;
use crate::wording::formats;

static ADDING: FormSpec<ChampCleAcces> =
    FormSpec::new("cle", field_spec, |form, today| faults(&saisie(form), today)).prefixed("cle-");

/// The first field of that form.
const FIRST: &str = "cle-nom-cle";

const NAME: FieldSpec = FieldSpec { label: "Nom de la clé (facultatif)", praised: false, ..FieldSpec::TEXT };

fn field_spec(champ: ChampCleAcces) -> &'static FieldSpec {
    match champ {
        ChampCleAcces::Name => &NAME,
        ChampCleAcces::MotDePasse => &FieldSpec { label: "Mot de passe, pour confirmer", ..FieldSpec::PROOF },
        ChampCleAcces::Code => &second_step::CODE,
        ChampCleAcces::Secours => &second_step::KEPT,
    }
}

fn saisie(form: Form<ChampCleAcces>) -> SaisieCleAcces {
    SaisieCleAcces {
        name: form.answer(ChampCleAcces::Name),
        mot_de_passe: form.answer(ChampCleAcces::MotDePasse),
        code: form.answer(ChampCleAcces::Code),
        secours: form.answer(ChampCleAcces::Secours),
    }
}

/// The only answer of the form that names a passkey.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ChampName {
    Name,
}

impl Champ for ChampName {
    const ALL: &'static [Self] = &[Self::Name];

    fn id(self) -> &'static str {
        ChampCleAcces::Name.id()
    }
}

static NAMING: FormSpec<ChampName> = FormSpec::new(
    "nom-de-cle",
    |_| &NAME,
    |form, _| fault_at(ChampName::Name, key_name(&form.answer(ChampName::Name)).err()),
);

/// What is being done.
#[derive(Clone, PartialEq, Eq)]
enum Doing {
    Add,
    Name(String),
    Remove(String),
}

/// What the section shows besides the list.
#[derive(Clone, Copy)]
struct Section {
    keys: Remote<PasskeysView>,
    again: Again,
    doing: RwSignal<Option<Doing>>,
    fact: RwSignal<Option<&'static str>>,
    failure: RwSignal<Option<ApiFailure>>,
    refusal: RwSignal<Option<NoAnswer>>,
}

impl Section {
    fn begin(self, doing: Doing, focus: &'static str) {
        self.fact.set(None);
        self.failure.set(None);
        self.refusal.set(None);
        self.doing.set(Some(doing));
        clock::soon(move || focus::give_focus(focus));
    }

    fn stop(self) {
        self.doing.set(None);
        self.refusal.set(None);
        clock::soon(|| focus::give_focus("ajouter-cle"));
    }

    fn succeed(self, keys: PasskeysView, fact: &'static str) {
        self.keys.set(keys);
        self.doing.set(None);
        self.refusal.set(None);
        self.fact.set(Some(fact));
        clock::soon(|| focus::give_focus("cle-fait"));
    }
}

/// The section.
pub(super) fn section(set: Remote<SecondStepSetView>) -> AnyView {
    let section = Section {
        keys: Remote::new(client::passkeys),
        again: Again::new(set),
        doing: RwSignal::new(None),
        fact: RwSignal::new(None),
        failure: RwSignal::new(None),
        refusal: RwSignal::new(None),
    };
    let fact = move || {
        section.fact.get().map(|fact| {
            view! {
                <div class="alert alert--success" id="cle-fait" tabindex="-1"><p class="alert__title">{fact}</p></div>
            }
        })
    };
    on_cleanup(passkeys::give_up);
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="cles">
            <h2 id="cles">"Clés d’accès"</h2>
            <p>
                "Une clé d’accès ouvre votre compte sans mot de passe\u{a0}: votre téléphone ou votre ordinateur vous reconnaît par l’empreinte, le visage ou le code de l’appareil. Elle ne sert qu’ici\u{a0}: un site qui imite celui-ci n’en obtient rien."
            </p>
            <div role="status">{fact}</div>
            {awaited(
                section.keys.answer(),
                "Vos clés d’accès ne peuvent pas être affichées",
                move || section.keys.retry(),
                move |keys| list(section, keys)
            )}
        </section>
    }
}

fn list(section: Section, keys: &PasskeysView) -> AnyView {
    let rows: Vec<AnyView> = keys.passkeys.iter().map(|key| row(section, key)).collect();
    let list = if rows.is_empty() {
        view! { <p class="soft">"Vous n’avez pas de clé d’accès."</p> }
    } else {
        view! { <ul class="facts facts--list">{rows}</ul> }
    };
    let Some(address) = keys.address.clone() else {
        return view! {
            {list}
            <aside class="note">
                <p>
                    "Ce service n’a pas encore de nom en «\u{a0}https://\u{a0}»\u{a0}: aucun navigateur n’y crée de clé d’accès. La personne qui le tient peut lui en donner un."
                </p>
            </aside>
        };
    };
    let adding = move || {
        let address = address.clone();
        if section.doing.get() == Some(Doing::Add) {
            add(section, address)
        } else {
            let begin = move |_| section.begin(Doing::Add, FIRST);
            view! {
                <p class="actions">
                    <button class="button button--quiet button--small" type="button" id="ajouter-cle" on:click=begin>
                        "Ajouter une clé d’accès"
                    </button>
                </p>
            }
        }
    };
    view! { {list} {adding} }
}

/// What a passkey is called on screen.
fn called(key: &PasskeyView) -> String {
    if key.name.is_empty() { "Clé sans nom".to_owned() } else { key.name.clone() }
}

fn row(section: Section, key: &PasskeyView) -> AnyView {
    let (number, name, typed) = (key.number.clone(), called(key), key.name.clone());
    let added = ["Ajoutée le ", &formats::instant(&key.added_on)].concat();
    let used = key.used_on.as_ref().map_or_else(
        || "Pas encore utilisée".to_owned(),
        |on| ["Utilisée pour la dernière fois le ", &formats::instant(on)].concat(),
    );
    let (titled, named) = (name.clone(), name.clone());
    let doing = move || match section.doing.get() {
        Some(Doing::Name(of)) if of == number => rename(section, &number, &typed),
        Some(Doing::Remove(of)) if of == number => remove(section, &number, &named),
        _ => buttons(section, &number, &name),
    };
    view! {
        <li>
            <div class="stack">
                <div>
                    <strong>{titled}</strong>
                    <span class="facts__source">{added}</span>
                    <span class="facts__source">{used}</span>
                </div>
                {doing}
            </div>
        </li>
    }
}

fn buttons(section: Section, number: &str, name: &str) -> AnyView {
    let (to_name, to_remove) = (number.to_owned(), number.to_owned());
    let (rename, remove) = (["Renommer ", name].concat(), ["Retirer ", name].concat());
    view! {
        <p class="actions">
            <button
                class="button button--quiet button--small"
                type="button"
                aria-label=rename
                on:click=move |_| section.begin(Doing::Name(to_name.clone()), ChampCleAcces::Name.id())
            >
                "Renommer"
            </button>
            <button
                class="button button--quiet button--small"
                type="button"
                aria-label=remove
                on:click=move |_| section.begin(Doing::Remove(to_remove.clone()), "garder-cle")
            >
                "Retirer"
            </button>
        </p>
    }
}

fn add(section: Section, address: String) -> AnyView {
    let form = Form::open(&ADDING);
    let send = move || {
        section.refusal.set(None);
        form.send(
            move |_| {
                let typed = saisie(form);
                let secours = section.again.secours(&typed.secours);
                client::ask_for_passkey(&SaisieCleAcces { secours, ..typed })
            },
            move |options: String| {
                // The code serves once, whatever the device does then.
                section.again.served();
                form.at(ChampCleAcces::Code).withdraw();
                form.at(ChampCleAcces::Secours).withdraw();
                spawn_local(async move {
                    let made = passkeys::make(&options).await;
                    match made {
                        Err(NoAnswer::TakenBack) => {}
                        Err(why) => {
                            let _part = section.refusal.try_set(Some(why));
                        }
                        Ok(response) => match client::add_passkey(response).await {
                            Ok(keys) => {
                                form.clear();
                                section.succeed(keys, "Votre clé d’accès est ajoutée\u{a0}; un courriel vous le dit");
                            }
                            Err(failure) => form.fail(failure),
                        },
                    }
                });
            },
        );
    };
    let cancel = move |_| {
        form.clear();
        passkeys::give_up();
        section.stop();
    };
    let refusal = move || section.refusal.get().map(|why| not_made(why, &address));
    let content = view! {
        <div class="stack">
            {summary(form)}
            {field(form, ChampCleAcces::Name, Options { hint: "Par exemple «\u{a0}Mon téléphone\u{a0}»", ..Options::TEXT })}
            {field(form, ChampCleAcces::MotDePasse, Options::MOT_DE_PASSE)}
            {section.again.field(form.at(ChampCleAcces::Code), form.at(ChampCleAcces::Secours))}
            {refusal}
            {failure_alert(form, |_| ("Votre clé d’accès n’est pas ajoutée", None))}
            <div class="actions">
                {submit_button(form, "creer-cle", "Créer la clé", "Envoi…")}
                <button class="button button--quiet" type="button" on:click=cancel>"Annuler"</button>
            </div>
        </div>
    };
    formulaire(form, send, content.into_any())
}

/// Why the browser made none.
fn not_made(why: NoAnswer, address: &str) -> AnyView {
    let text = match why {
        NoAnswer::GivenUp | NoAnswer::TakenBack => {
            Cow::Borrowed("L’appareil n’a rien enregistré\u{a0}: la demande a été annulée, ou elle a attendu trop longtemps. Recommencez.")
        }
        NoAnswer::Already => {
            Cow::Borrowed("Cet appareil a déjà une clé d’accès de ce compte. Il n’en faut qu’une par appareil.")
        }
        NoAnswer::WrongPlace => Cow::Owned(
            ["Les clés d’accès de ce service servent à l’adresse ", address, ". Ouvrez cette page à cette adresse, puis recommencez."]
                .concat(),
        ),
        NoAnswer::Unknown => Cow::Owned(
            [
                "Ce navigateur ne sait pas créer de clé d’accès, ou l’adresse de cette page ne le permet pas. Essayez un navigateur à jour, à l’adresse ",
                address,
                ".",
            ]
            .concat(),
        ),
    };
    error_alert("Votre clé d’accès n’est pas ajoutée", text, None)
}

fn rename(section: Section, number: &str, typed: &str) -> AnyView {
    let form = Form::open(&NAMING);
    form.clear();
    form.prefill(ChampName::Name, typed);
    let number = number.to_owned();
    let send = move || {
        let number = number.clone();
        form.send(
            move |_| client::name_passkey(&PasskeyName { number, name: form.answer(ChampName::Name) }),
            move |keys| {
                form.clear();
                section.succeed(keys, "Votre clé d’accès a changé de nom");
            },
        );
    };
    let content = view! {
        <div class="stack">
            {summary(form)}
            {field(form, ChampName::Name, Options::TEXT)}
            {failure_alert(form, |_| ("Votre clé d’accès n’a pas changé de nom", None))}
            <div class="actions">
                {submit_button(form, "nommer-cle", "Renommer", "Envoi…")}
                <button class="button button--quiet" type="button" on:click=move |_| section.stop()>"Annuler"</button>
            </div>
        </div>
    };
    formulaire(form, send, content.into_any())
}

fn remove_now(section: Section, number: StoredValue<String>) {
    section.failure.set(None);
    spawn_local(async move {
        let Some(named) = number.try_get_value() else { return };
        match client::remove_passkey(named).await {
            Ok(keys) => section.succeed(keys, "Cette clé n’ouvre plus votre compte\u{a0}; un courriel vous le dit"),
            Err(failure) if again_once_shown(&failure, move || remove_now(section, number)) => {}
            Err(failure) => {
                let _part = section.failure.try_set(Some(failure));
            }
        }
    });
}

fn remove(section: Section, number: &str, name: &str) -> AnyView {
    let number = StoredValue::new(number.to_owned());
    let remove = move || remove_now(section, number);
    let alert = move || {
        section.failure.get().map(|failure| unavailable("Cette clé ouvre encore votre compte", &failure, remove))
    };
    let asked = ["«\u{a0}", name, "\u{a0}» n’ouvrira plus votre compte. Votre mot de passe reste le même."].concat();
    view! {
        <div class="stack">
            <p>{asked}</p>
            {alert}
            <div class="actions">
                <button class="button button--danger button--small" type="button" id="retirer-cle" on:click=move |_| remove()>
                    "Retirer cette clé"
                </button>
                <button class="button button--quiet button--small" type="button" id="garder-cle" on:click=move |_| section.stop()>
                    "La garder"
                </button>
            </div>
        </div>
    }
}
