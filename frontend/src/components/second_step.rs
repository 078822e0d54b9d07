//! The form of what is shown besides the password: the code of an application, or one that was kept in its place. Knows neither what it
//! opens, nor the network.

use std::future::Future;

use api::second_step::SaisieSecondeEtape;
use domaine::forms::ChampSecondeEtape as C;
use leptos::prelude::*;
use markup::view;

use super::alert::failure_alert;
use super::button::submit_button;
use super::error_summary::summary;
use super::field::{Options, field};
use super::form::formulaire;
use super::letter;
use crate::browser::{clock, focus};
use crate::failure::ApiFailure;
use crate::form::{FieldSpec, Form, FormSpec, faults};

/// The code of an application.
static APPLICATION: FormSpec<C> =
    FormSpec::new("preuve", field_spec, |form, today| faults(&shown_by_application(form), today));

/// One that was kept: the field that is missing is that one.
static SECOURS: FormSpec<C> = FormSpec::new("preuve-secours", field_spec, |form, today| faults(&kept(form), today));

const fn field_spec(champ: C) -> &'static FieldSpec {
    match champ {
        C::Code => &CODE,
        C::Secours => &KEPT,
    }
}

/// The field of the code that an application shows.
pub const CODE: FieldSpec = FieldSpec { label: "Code de votre application", ..letter::CODE_FIELD };

/// The field of a code that was kept.
pub const KEPT: FieldSpec = FieldSpec { label: "Code de secours", ..letter::CODE_FIELD };

/// What helps to fill the field of the application, or that of a code that was `kept`.
pub fn options(kept: bool) -> Options {
    if kept {
        Options {
            hint: "Un des dix codes que vous avez gardés\u{a0}; il ne servira plus",
            class: "field__input field__input--code",
            required: true,
            enterkeyhint: "go",
            ..Options::TEXT
        }
    } else {
        Options { hint: "Six chiffres, qui changent toutes les trente secondes", ..letter::CODE }
    }
}

/// The button that turns to the other field.
pub fn other(kept: bool, turn: impl Fn() + 'static) -> AnyView {
    let said = if kept { "Utiliser mon application" } else { "Utiliser un code de secours" };
    view! {
        <button class="button button--link" type="button" on:click=move |_| turn()>
            {said}
        </button>
    }
}

fn shown_by_application(form: Form<C>) -> SaisieSecondeEtape {
    SaisieSecondeEtape { code: form.answer(C::Code), ..SaisieSecondeEtape::default() }
}

fn kept(form: Form<C>) -> SaisieSecondeEtape {
    // An empty one would leave its place to the other; blanks around one are nothing.
    SaisieSecondeEtape { secours: [" ", &form.answer(C::Secours)].concat(), ..SaisieSecondeEtape::default() }
}

/// What differs from one place that asks for it to another.
#[derive(Clone, Copy)]
pub struct Asks {
    /// The identifier of the button.
    pub id: &'static str,
    /// What it says.
    pub said: &'static str,
    /// What it says meanwhile.
    pub under_way: &'static str,
    /// Whether a code that was kept may be shown in the place of the application.
    pub secours: bool,
    /// What did not happen, when it failed.
    pub say: fn(&ApiFailure) -> (&'static str, Option<&'static str>),
}

/// Asks for it: `send` shows it, `then` hears what came of it.
pub fn prove<T, F>(
    asks: Asks,
    send: fn(SaisieSecondeEtape) -> F,
    then: impl Fn(T) + Copy + 'static,
    cancel: Option<impl Fn() + Copy + 'static>,
) -> AnyView
where
    T: 'static,
    F: Future<Output = Result<T, ApiFailure>> + 'static,
{
    let lost = RwSignal::new(false);
    let (application, secours) = (Form::open(&APPLICATION), Form::open(&SECOURS));
    let forget = move || {
        application.clear();
        secours.clear();
    };
    let turn = move |to: bool| {
        forget();
        lost.set(to);
        clock::soon(move || focus::give_focus(if to { "code-secours" } else { "code-application" }));
    };
    let view = move || {
        let to = !lost.get();
        let (form, proof) = if to { (application, C::Code) } else { (secours, C::Secours) };
        let submit = move || {
            form.send(
                move |_| send(if to { shown_by_application(form) } else { kept(form) }),
                move |value| {
                    forget();
                    then(value);
                },
            );
        };
        let cancel = cancel.map(|cancel| {
            let cancel = move |_| {
                forget();
                cancel();
            };
            view! { <button class="button button--quiet" type="button" on:click=cancel>"Annuler"</button> }
        });
        let other = asks.secours.then(|| other(!to, move || turn(to)));
        formulaire(
            form,
            submit,
            view! {
                <div class="stack">
                    {summary(form)}
                    {field(form, proof, options(!to))}
                    {failure_alert(form, asks.say)}
                    <div class="actions">
                        {submit_button(form, asks.id, asks.said, asks.under_way)}
                        {cancel}
                    </div>
                    <p class="actions">{other}</p>
                </div>
            },
        )
    };
    view! { {view} }
}
