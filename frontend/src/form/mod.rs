//! How a form behaves: what was typed, what is wrong with it, when to say so, and how it goes out. Knows no particular
//! form, and no network.
//!
//! # In a page
//! ```ignore
//! use ChampInscription as C;
//!
//! static SPEC: FormSpec<C> = FormSpec::new("inscription", field_spec, |form, today| faults(&saisie(form), today));
//!
//! fn field_spec(champ: C) -> &'static FieldSpec {
//!     match champ {
//!         C::Prenoms => &FieldSpec { label: "Prénoms", ..FieldSpec::TEXT },
//!         …
//!     }
//! }
//!
//! fn saisie(form: Form<C>) -> SaisieInscription {
//!     SaisieInscription { prenoms: form.answer(C::Prenoms), … }
//! }
//!
//! let form = Form::open(&SPEC);             // the same form, with its words, each time the page is visited
//! formulaire(form, send, view! {
//!     {summary(form)}                          // components::error_summary
//!     {field(form, C::Prenoms, Options { autocomplete: "given-name", ..Options::TEXT })}
//!     {submit_button(form, "enregistrer", "Enregistrer", "Enregistrement…")}
//! }.into_any())
//! // and to send:
//! let send = move || form.send(
//!     move |key| async move { client::sign_up(&saisie(form), &key).await },
//!     move |session| { form.clear(); … },
//! );
//! ```
//! A field is known by its `Champ`: nobody counts. `form.text(C::Nir)` is its text (a signal), `form.shown(C::Nir)` what
//! is said of it, `form.write(C::Nir, "…")` changes it from the program, `form.failure()` is why the last sending failed,
//! other than at fields. A ticked box is the text [`YES`](crate::browser::dom::YES).
//!
//! [`Form`] is a thin door with a `Champ`; behind it, [`AnyForm`] and [`FieldRef`] are the same for all forms.

mod draft;
mod judge;
mod registry;
mod spec;
mod state;
mod submit;

use std::marker::PhantomData;
use std::ops::Deref;

use domaine::forms::Champ;
use leptos::prelude::*;

pub use self::registry::Formulaires;
pub use self::spec::{Faults, FieldSpec, FormSpec, fault_at, faults};
pub use self::state::{AnyForm, FieldRef, FieldState};

use self::spec::{Pair, rank};
use self::state::{Checkbox, Judge, State, Tracking};
use crate::browser::dom::YES;

/// A form with the fields of `C`. Lives as long as the page.
pub struct Form<C> {
    any: AnyForm,
    fields: PhantomData<fn(C)>,
}

impl<C> Clone for Form<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Form<C> {}

impl<C> Deref for Form<C> {
    type Target = AnyForm;

    fn deref(&self) -> &AnyForm {
        &self.any
    }
}

impl<C> From<Form<C>> for AnyForm {
    fn from(form: Form<C>) -> Self {
        form.any
    }
}

impl<C: Champ> Form<C> {
    /// The form of this model: the one opened before, else a new one.
    pub fn open(spec: &'static FormSpec<C>) -> Self {
        let any = match use_context::<Formulaires>() {
            None => Self::build(spec),
            Some(forms) => forms.known(spec.name).unwrap_or_else(|| forms.keep(|| Self::build(spec))),
        };
        Self { any, fields: PhantomData }
    }

    /// A form of its own, outside any app: in tests.
    pub fn fresh(spec: &'static FormSpec<C>) -> Self {
        Self { any: Self::build(spec), fields: PhantomData }
    }

    fn build(spec: &'static FormSpec<C>) -> AnyForm {
        let fields = C::ALL.iter().map(|champ| (champ.id(), (spec.field)(*champ))).collect();
        let pair =
            spec.pair.map(|Pair { first, second, split }| Pair { first: rank(first), second: rank(second), split });
        let judge = spec.judge;
        let judge: Judge = Box::new(move |any, today| judge(Self { any, fields: PhantomData }, today));
        AnyForm::make(spec.name, spec.prefix, fields, pair, spec.drafted, judge)
    }

    /// That field.
    pub fn at(self, champ: C) -> FieldRef {
        self.any.at(rank(champ))
    }

    /// The text of that field.
    pub fn text(self, champ: C) -> RwSignal<String> {
        self.at(champ).text()
    }

    /// What is said of that field.
    pub fn shown(self, champ: C) -> RwSignal<FieldState> {
        self.at(champ).shown()
    }

    /// The text of that field now.
    pub fn answer(self, champ: C) -> String {
        self.at(champ).text().get_untracked()
    }

    /// Whether that box is ticked now.
    pub fn ticked(self, champ: C) -> bool {
        *self.at(champ).text().read_untracked() == YES
    }

    /// Changes the text of a field, on the screen too, and judges it.
    pub fn write(self, champ: C, text: &str) {
        self.at(champ).write(text);
    }

    /// Fills a field with what is already known, without judging it.
    pub fn prefill(self, champ: C, text: &str) {
        self.at(champ).prefill(text);
    }
}

impl AnyForm {
    fn make(
        name: &'static str,
        prefix: &'static str,
        fields: Vec<(&'static str, &'static FieldSpec)>,
        pair: Option<Pair<usize>>,
        drafted: bool,
        judge: Judge,
    ) -> Self {
        let count = fields.len();
        let checkbox =
            |(id, spec)| Checkbox::new(if prefix.is_empty() { id } else { [prefix, id].concat().leak() }, spec);
        // Leaked on purpose, once per model: a form is as long-lived as the page.
        let form = Self(Box::leak(Box::new(State {
            name,
            prefix,
            checkboxes: fields.into_iter().map(checkbox).collect(),
            pair,
            drafted,
            recovered: RwSignal::new(false),
            judge,
            tracking: StoredValue::new(Tracking {
                judged: vec![false; count],
                from_the_server: vec![None; count],
                ..Tracking::default()
            }),
            summary: RwSignal::new(Vec::new()),
            report_open: RwSignal::new(false),
            quiet: RwSignal::new(false),
            under_way: RwSignal::new(false),
            failure: RwSignal::new(None),
        })));
        form.recover();
        form
    }
}
