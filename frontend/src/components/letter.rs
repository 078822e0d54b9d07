//! « Nous avons écrit à cette adresse »: where codes were sent and until when they are good, the form that takes them, and what
//! to do when nothing comes; for a whole screen or a part of one. Knows neither what a code opens, nor the network.

use std::future::Future;

use api::requests::{AttenteView, SaisieCode, SaisieRecuperation};
use api::screens;
use domaine::forms::{ChampCode, ChampRecuperation as C, Faute};
use domaine::identite::CodeCourriel;
use leptos::prelude::*;
use markup::view;

use super::alert::failure_alert;
use super::button::quiet_button;
use super::contact;
use super::error_summary::summary;
use super::field::Options;
use super::form::formulaire;
use crate::browser::{address, clock, focus};
use crate::failure::ApiFailure;
use crate::form::{AnyForm, FieldSpec, Form, FormSpec, fault_at, faults};
use crate::wording::formats;

/// The heading of the screen that awaits a code.
pub const WRITTEN: &str = "Nous avons écrit à cette adresse";

const WRITTEN_TITLE: &str = "Nous avons écrit à cette adresse · Acquis";
const OPENED_TITLE: &str = "Votre compte est ouvert · Acquis";

/// The field of a code.
pub const CODE_FIELD: FieldSpec =
    FieldSpec { label: "Code à six chiffres", tidy: FieldSpec::TEXT.tidy, ..FieldSpec::PROOF };

/// « Code à six chiffres », as a telephone offers it.
pub const CODE: Options = Options {
    autocomplete: "one-time-code",
    class: "field__input field__input--code field__input--short",
    enterkeyhint: "go",
    required: true,
    ..Options::DIGITS
};

/// The form of a code and nothing else, under a name of its own.
pub const fn code_alone(name: &'static str) -> FormSpec<ChampCode> {
    FormSpec::new(
        name,
        |_| &CODE_FIELD,
        |form, _| fault_at(ChampCode::Code, CodeCourriel::parse(&form.answer(ChampCode::Code)).err().map(Faute::Code)),
    )
}

/// The code that was typed in it.
pub fn typed(form: Form<ChampCode>) -> SaisieCode {
    SaisieCode { code: form.answer(ChampCode::Code), ..SaisieCode::default() }
}

static ANOTHER: FormSpec<C> =
    FormSpec::new("autre-code", address_field, |form, today| faults(&recipient(form), today)).prefixed("autre-");

/// The field of an address to write to.
pub fn address_field(champ: C) -> &'static FieldSpec {
    match champ {
        C::Courriel => &contact::COURRIEL,
    }
}

/// The address that was typed in it.
pub fn recipient(form: Form<C>) -> SaisieRecuperation {
    SaisieRecuperation { courriel: form.answer(C::Courriel) }
}

/// A request whose letter is awaited. Texts and boxes: a signal of a type of its own weighs in the browser.
#[derive(Clone, Copy)]
pub struct Awaited {
    written: RwSignal<bool>,
    opened: RwSignal<bool>,
    courriel: RwSignal<String>,
    until: RwSignal<String>,
    stays_here: RwSignal<bool>,
    again: RwSignal<bool>,
}

impl Awaited {
    /// Nothing is awaited yet.
    pub fn nothing() -> Self {
        let no = || RwSignal::new(false);
        let text = || RwSignal::new(String::new());
        Self { written: no(), opened: no(), courriel: text(), until: text(), stays_here: no(), again: no() }
    }

    /// Whether a letter is awaited; changes no more often.
    pub fn written(self) -> RwSignal<bool> {
        self.written
    }

    /// Whether what the letter opens was opened otherwise; changes no more often.
    pub fn opened(self) -> RwSignal<bool> {
        self.opened
    }

    /// Whether one is awaited at this moment, by a screen that has not gone.
    pub fn is_there(self) -> bool {
        self.written.try_get_untracked() == Some(true)
    }

    /// What the server says of it now; the screen becomes another when that changes. Nothing happens to one that has gone.
    pub fn hear(self, now: Option<AttenteView>) {
        let Some(before) = self.written.try_get_untracked() else { return };
        let (written, opened) = (now.is_some(), now.as_ref().is_some_and(|view| view.opened));
        if let Some(view) = now {
            if !before {
                self.again.set(false);
            }
            self.tell(view);
        }
        let turned = before != written || self.opened.get_untracked() != opened;
        if turned {
            self.opened.set(opened);
            self.written.set(written);
            focus::announce_screen(match (written, opened) {
                (true, true) => OPENED_TITLE,
                (true, false) => WRITTEN_TITLE,
                (false, _) => screens::title_at(&address::path().unwrap_or_default()),
            });
        }
    }

    /// A letter left, the first for a part of a screen, or one more: what says so takes the focus. Nothing happens to what
    /// has gone.
    pub fn hear_here(self, view: AttenteView) {
        let Some(before) = self.written.try_get_untracked() else { return };
        self.tell(view);
        self.again.set(before);
        self.written.set(true);
        clock::soon(move || focus::give_focus(if before { ANOTHER_LEFT } else { LEFT }));
    }

    fn tell(self, view: AttenteView) {
        self.courriel.set(view.courriel);
        self.until.set(formats::hour_of_day(&view.code_until));
        self.stays_here.set(view.stays_here);
    }
}

const LEFT: &str = "code-parti";
const ANOTHER_LEFT: &str = "autre-code-parti";

/// What differs from one place that takes codes to another.
pub struct Typing {
    /// What the letter holds and what that does; until when follows.
    pub says: &'static str,
    /// What is typed: a code, two of them, a code and a password.
    pub fields: AnyView,
    /// What is done with it.
    pub buttons: AnyView,
    /// Why it failed.
    pub say: fn(&ApiFailure) -> (&'static str, Option<&'static str>),
}

/// Where it was written, until when, and the form that takes what was received: the children of a sheet, under its heading.
pub fn typing(form: impl Into<AnyForm>, awaited: Awaited, typing: Typing, send: impl Fn() + 'static) -> AnyView {
    let form = form.into();
    let Typing { says, fields, buttons, say } = typing;
    let another = move || {
        awaited.again.get().then(|| {
            view! {
                <p class="alert" id=ANOTHER_LEFT tabindex="-1">
                    "Un autre code vient de partir. Le précédent ne sert plus."
                </p>
            }
        })
    };
    let here = move || awaited.stays_here.get().then(stays_here);
    let content = view! {
        <div class="stack">
            {fields}
            {failure_alert(form, say)}
            <div class="actions">{buttons}</div>
        </div>
    };
    view! {
        {summary(form)}
        <p class="recipient">{move || awaited.courriel.get()}</p>
        {another}
        <p id=LEFT tabindex="-1">
            {says}
            " Le code est valable 15\u{a0}minutes, jusqu’à "
            <strong>{move || awaited.until.get()}</strong>
            " (heure de Paris)."
        </p>
        {here}
        {formulaire(form, send, content)}
    }
}

/// Where letters are read on a machine that sends none.
pub fn stays_here() -> AnyView {
    view! {
        <p class="alert">
            "Cette machine n’envoie rien\u{a0}: ses courriels se lisent dans "
            <a href="/boite" rel="external" target="_blank">"sa boîte aux lettres (nouvel onglet)"</a>
            "."
        </p>
    }
}

/// « Je n’ai rien reçu »: where to look, and another code, to the same address or to the right one. `write` sends what is asked
/// for with the address and the key of the submission, and answers `then` with what came of it.
pub fn nothing_came<F>(
    awaited: Awaited,
    write: fn(SaisieRecuperation, String) -> F,
    then: impl Fn(&str) + Copy + 'static,
) -> AnyView
where
    F: Future<Output = Result<AttenteView, ApiFailure>> + 'static,
{
    let form = Form::open(&ANOTHER);
    // Another code may be sent there. The same address once more is another submission: it gets a key of its own.
    let offer = move |courriel: &str| {
        form.clear();
        form.prefill(C::Courriel, courriel);
    };
    offer(&awaited.courriel.read_untracked());
    let send = move || {
        form.send(
            move |key| write(recipient(form), key),
            move |view: AttenteView| {
                then(&view.courriel);
                offer(&view.courriel);
                awaited.hear_here(view);
            },
        );
    };
    view! {
        <section class="sheet sheet--ruled" aria-labelledby="rien-recu">
            <h2 id="rien-recu">"Je n’ai rien reçu"</h2>
            <p>"Un courriel met parfois quelques minutes. Regardez aussi dans les courriers indésirables."</p>
            {formulaire(
                form,
                send,
                view! {
                    <div class="stack">
                        {summary(form)}
                        {contact::courriel(form.at(C::Courriel), "Corrigez-le s’il est faux")}
                        {failure_alert(form, |_| ("Aucun autre code n’est parti", None))}
                        <div class="actions">
                            {quiet_button(form, "envoyer-un-autre-code", "Envoyer un autre code", "Envoi…")}
                        </div>
                    </div>
                }
            )}
        </section>
    }
}
