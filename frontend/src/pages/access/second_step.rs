//! « Seconde étape »: set with an application, the codes to keep, removed.

use api::second_step::{EnrolmentView, RecoveryCodesView, SecondStepSetView};
use domaine::forms::{Champ, Faute};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use markup::view;

use crate::browser::{clock, download, focus};
use crate::components::alert::failure_alert;
use crate::components::awaited::awaited;
use crate::components::button::submit_button;
use crate::components::error_summary::summary;
use crate::components::field::{Options, field};
use crate::components::form::formulaire;
use crate::components::guard::BACK;
use crate::components::second_step::{Asks, prove};
use crate::form::{FieldSpec, Form, FormSpec, fault_at};
use crate::net::client;
use crate::net::remote::Remote;
use crate::session::session;
use crate::wording::formats;

/// The only answer of the form that begins it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ChampAgain {
    MotDePasse,
}

impl Champ for ChampAgain {
    const ALL: &'static [Self] = &[Self::MotDePasse];

    fn id(self) -> &'static str {
        "mot-de-passe-actuel"
    }
}

static AGAIN: FormSpec<ChampAgain> = FormSpec::new(
    "seconde-etape",
    |_| &FieldSpec { label: "Mot de passe, pour confirmer", ..FieldSpec::PROOF },
    |form, _| {
        let empty = form.answer(ChampAgain::MotDePasse).is_empty();
        fault_at(ChampAgain::MotDePasse, empty.then_some(Faute::MissingMotDePasse))
    },
)
.prefixed("etape-");

/// Which application is being taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// The first.
    First,
    /// One in the place of another.
    Another,
}

/// What is being done.
#[derive(Clone)]
enum Doing {
    Begin,
    Take(EnrolmentView, Taken),
    Keep(RecoveryCodesView),
    Renew,
    Replace,
    Remove,
}

#[derive(Clone, Copy)]
struct Section {
    set: Remote<SecondStepSetView>,
    doing: RwSignal<Option<Doing>>,
    fact: RwSignal<Option<&'static str>>,
}

impl Section {
    fn turn(self, doing: Doing, focus: &'static str) {
        self.fact.set(None);
        self.doing.set(Some(doing));
        clock::soon(move || focus::give_focus(focus));
    }

    fn stop(self) {
        self.doing.set(None);
        clock::soon(|| focus::give_focus("poser-seconde-etape"));
    }

    fn succeed(self, fact: &'static str) {
        self.set.reread();
        self.doing.set(None);
        self.fact.set(Some(fact));
        clock::soon(|| focus::give_focus("etape-fait"));
    }
}

/// The section.
pub(super) fn section(set: Remote<SecondStepSetView>) -> AnyView {
    let section = Section { set, doing: RwSignal::new(None), fact: RwSignal::new(None) };
    let fact = move || {
        section.fact.get().map(|fact| {
            view! {
                <div class="alert alert--success" id="etape-fait" tabindex="-1">
                    <p class="alert__title">{fact}</p>
                    {way_back()}
                </div>
            }
        })
    };
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="seconde-etape">
            <h2 id="seconde-etape">"Seconde étape"</h2>
            <div role="status">{fact}</div>
            {awaited(
                section.set.answer(),
                "La seconde étape n’a pas pu être lue",
                move || section.set.retry(),
                move |set| content(section, set)
            )}
        </section>
    }
}

/// Back to the screen that asked for it, of ours alone.
fn way_back() -> Option<AnyView> {
    let search = use_location().search.get_untracked();
    let back = search.trim_start_matches('?').strip_prefix(BACK.trim_start_matches('?'))?.to_owned();
    api::screens::is_guarded(&back)
        .then(|| view! { <p class="actions"><a class="button button--small" href=back>"Revenir où j’étais"</a></p> })
}

fn content(section: Section, set: &SecondStepSetView) -> AnyView {
    let set = StoredValue::new(set.clone());
    let view = move || match section.doing.get() {
        None => set.with_value(|set| now(section, set)),
        Some(Doing::Begin) => begin(section),
        Some(Doing::Take(enrolment, of)) => take(section, &enrolment, of),
        Some(Doing::Keep(codes)) => keep(section, &codes),
        Some(Doing::Renew) => renew(section),
        Some(Doing::Replace) => replace(section),
        Some(Doing::Remove) => remove(section),
    };
    view! { {view} }
}

fn button(section: Section, id: &'static str, said: &'static str, to: Doing, focus: &'static str) -> AnyView {
    view! {
        <button
            class="button button--quiet button--small"
            type="button"
            id=id
            on:click=move |_| section.turn(to.clone(), focus)
        >
            {said}
        </button>
    }
}

fn now(section: Section, set: &SecondStepSetView) -> AnyView {
    let Some(since) = &set.since else {
        let needed = set.to_spend.then(|| view! { <p class="alert">"Ce service la demande avant toute dépense."</p> });
        return view! {
            {needed}
            <p>
                "Après le mot de passe, un code de six chiffres que montre une application de votre téléphone. Qui vole votre mot de passe n’entre pas."
            </p>
            <p class="actions">
                {button(section, "poser-seconde-etape", "Poser une seconde étape", Doing::Begin, "etape-mot-de-passe-actuel")}
            </p>
        };
    };
    let few = matches!(set.left.as_str(), "0" | "1" | "2").then(|| {
        view! {
            <p class="alert">"Il vous reste trop peu de codes de secours\u{a0}: demandez-en d’autres avant d’en manquer."</p>
        }
    });
    view! {
        <dl class="facts facts--pairs">
            <div><dt>"Application"</dt><dd>"Demandée depuis le " {formats::instant(since)}</dd></div>
            <div><dt>"Codes de secours"</dt><dd>{set.left.clone()} " sur 10 n’ont pas servi"</dd></div>
        </dl>
        {few}
        <p class="actions">
            {button(section, "poser-seconde-etape", "Changer d’application", Doing::Replace, "code-application")}
            {button(section, "autres-codes", "Demander d’autres codes de secours", Doing::Renew, "code-application")}
            {button(section, "retirer-seconde-etape", "Retirer la seconde étape", Doing::Remove, "code-application")}
        </p>
    }
}

fn begin(section: Section) -> AnyView {
    let form = Form::open(&AGAIN);
    let send = move || {
        form.send(
            move |_| client::begin_second_step(form.answer(ChampAgain::MotDePasse)),
            move |enrolment: EnrolmentView| {
                form.clear();
                section.turn(Doing::Take(enrolment, Taken::First), "etape-application");
            },
        );
    };
    let cancel = move |_| {
        form.clear();
        section.stop();
    };
    formulaire(
        form,
        send,
        view! {
            <div class="stack">
                {summary(form)}
                <p>
                    "Il faut une application qui montre des codes\u{a0}: celle de votre téléphone, d’un gestionnaire de mots de passe, ou une application libre comme Aegis ou FreeOTP."
                </p>
                {field(form, ChampAgain::MotDePasse, Options::MOT_DE_PASSE)}
                {failure_alert(form, |_| ("Rien n’est encore posé", None))}
                <div class="actions">
                    {submit_button(form, "commencer-seconde-etape", "Continuer", "Préparation…")}
                    <button class="button button--quiet" type="button" on:click=cancel>"Annuler"</button>
                </div>
            </div>
        },
    )
}

fn take(section: Section, enrolment: &EnrolmentView, of: Taken) -> AnyView {
    const ASKS: Asks = Asks {
        id: "activer-seconde-etape",
        said: "Activer la seconde étape",
        under_way: "Vérification…",
        secours: false,
        say: |_| ("La seconde étape n’est pas encore posée", None),
    };
    let cancel = move || match of {
        Taken::First => section.stop(),
        // A code that was kept may have served: how many are left is read again.
        Taken::Another => section.succeed("Votre application n’a pas changé"),
    };
    let viewbox = ["0 0 ", &enrolment.side, " ", &enrolment.side].concat();
    let session = session();
    let kept = move |codes: RecoveryCodesView| {
        // What the session proves has changed.
        crate::net::session::ask(session);
        section.turn(Doing::Keep(codes), "etape-codes");
    };
    view! {
        <h3 id="etape-application" tabindex="-1">"1. Donner ce secret à votre application"</h3>
        <p>"Visez ce dessin avec l’application, ou recopiez le secret qui est dessous\u{a0}: ils disent la même chose."</p>
        <svg class="code-drawing" viewBox=viewbox role="img" aria-label="Dessin à viser\u{a0}; le secret est écrit dessous">
            <path d=enrolment.drawing.clone()/>
        </svg>
        <p class="recipient code-secret" translate="no">{enrolment.secret.clone()}</p>
        <p class="actions">
            <a class="button button--quiet button--small" href=enrolment.address.clone() rel="external">
                "Ouvrir dans mon application"
            </a>
        </p>
        <h3>"2. Recopier le code qu’elle montre"</h3>
        {prove(ASKS, client::set_second_step, kept, Some(cancel))}
    }
}

fn keep(section: Section, codes: &RecoveryCodesView) -> AnyView {
    let text = codes.codes.join("\n");
    let text = StoredValue::new(text);
    let copied = RwSignal::new(false);
    let lines: Vec<AnyView> = codes.codes.iter().map(|code| view! { <li translate="no">{code.clone()}</li> }).collect();
    let said = move || copied.get().then_some("Copiés.");
    view! {
        <h3 id="etape-codes" tabindex="-1">"Gardez ces dix codes de secours"</h3>
        <p>
            "Chacun ouvre une fois votre compte, à la place de l’application\u{a0}: le jour où votre téléphone est perdu, ce sera votre seul moyen d’entrer. Ils ne seront plus montrés. Gardez-les sur papier, ou loin de ce téléphone."
        </p>
        <ul class="codes">{lines}</ul>
        <p class="actions">
            <button
                class="button button--quiet button--small"
                type="button"
                on:click=move |_| copied.set(text.with_value(|text| download::copy(text)))
            >
                "Copier"
            </button>
            <button
                class="button button--quiet button--small"
                type="button"
                on:click=move |_| text.with_value(|text| download::download("codes-de-secours.txt", "text/plain", text))
            >
                "Télécharger"
            </button>
            <button class="button button--quiet button--small" type="button" on:click=|_| download::print()>
                "Imprimer"
            </button>
            <span role="status">{said}</span>
        </p>
        <p class="actions">
            <button
                class="button button--small"
                type="button"
                on:click=move |_| section.succeed("Une seconde étape protège votre compte")
            >
                "J’ai gardé ces codes"
            </button>
        </p>
    }
}

fn renew(section: Section) -> AnyView {
    const ASKS: Asks = Asks {
        id: "renouveler-codes",
        said: "Demander d’autres codes",
        under_way: "Préparation…",
        secours: true,
        say: |_| ("Vos codes de secours n’ont pas changé", None),
    };
    view! {
        <p>"Les codes que vous avez gardés ne serviront plus."</p>
        {prove(
            ASKS,
            client::renew_recovery_codes,
            move |codes: RecoveryCodesView| section.turn(Doing::Keep(codes), "etape-codes"),
            Some(move || section.stop())
        )}
    }
}

fn replace(section: Section) -> AnyView {
    const ASKS: Asks = Asks {
        id: "changer-application",
        said: "Continuer",
        under_way: "Préparation…",
        secours: true,
        say: |_| ("L’application n’a pas changé", None),
    };
    view! {
        <p>
            "D’abord un code de l’application d’aujourd’hui, ou un code de secours\u{a0}: personne ne met ici la sienne à votre place. Elle sert encore jusqu’au premier code de l’autre."
        </p>
        {prove(
            ASKS,
            client::replace_second_step,
            move |enrolment: EnrolmentView| section.turn(Doing::Take(enrolment, Taken::Another), "etape-application"),
            Some(move || section.stop())
        )}
    }
}

fn remove(section: Section) -> AnyView {
    const ASKS: Asks = Asks {
        id: "confirmer-retrait",
        said: "Retirer la seconde étape",
        under_way: "Retrait…",
        secours: true,
        say: |_| ("La seconde étape est toujours demandée", None),
    };
    view! {
        <p>"Le mot de passe seul ouvrira de nouveau votre compte."</p>
        {prove(
            ASKS,
            client::remove_second_step,
            move |()| section.succeed("La seconde étape est retirée"),
            Some(move || section.stop())
        )}
    }
}
