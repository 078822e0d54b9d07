//! What a form holds: the text of each field, what is said of it, what the program or a person does to it.
//! Nothing here is generic over the form: it would be paid once per form by whoever loads the page.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use domaine::forms::Faute;
use domaine::mesures::Day;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::spec::{Faults, FieldSpec, Pair};
use crate::browser::dom;
use crate::failure::ApiFailure;

/// What is said of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldState {
    /// What is wrong.
    pub faute: Option<Faute>,
    /// Filled and right.
    pub right: bool,
}

/// A form whose fields are ranks: what it is made of once its `Champ` is left aside.
#[derive(Clone, Copy)]
pub struct AnyForm(pub(super) &'static State);

pub(super) struct State {
    pub name: &'static str,
    pub prefix: &'static str,
    pub checkboxes: Vec<Checkbox>,
    pub pair: Option<Pair<usize>>,
    /// The tab keeps its answers.
    pub drafted: bool,
    /// Answers came back after a reload.
    pub recovered: RwSignal<bool>,
    pub judge: Judge,
    pub tracking: StoredValue<Tracking>,
    pub summary: RwSignal<Faults>,
    pub report_open: RwSignal<bool>,
    /// The summary is about to be read aloud: nothing else speaks meanwhile.
    pub quiet: RwSignal<bool>,
    pub under_way: RwSignal<bool>,
    pub failure: RwSignal<Option<ApiFailure>>,
}

pub(super) type Judge = Box<dyn Fn(AnyForm, Day) -> Faults + Send + Sync>;

/// A field, its answer and what is said of it.
pub(super) struct Checkbox {
    pub id: &'static str,
    pub spec: &'static FieldSpec,
    pub text: RwSignal<String>,
    pub shown: RwSignal<FieldState>,
    /// What the answer is when it is more than its text: a file. A form lives where the page does, on one thread.
    held: SendWrapper<RefCell<Option<Rc<dyn Any>>>>,
}

impl Checkbox {
    pub fn new(id: &'static str, spec: &'static FieldSpec) -> Self {
        Self {
            id,
            spec,
            text: RwSignal::new(String::new()),
            shown: RwSignal::new(FieldState::default()),
            held: SendWrapper::new(RefCell::new(None)),
        }
    }

    /// Changes the answer, whole.
    fn set(&self, text: String, held: Option<Rc<dyn Any>>) {
        self.held.replace(held);
        self.text.set(text);
    }
}

#[derive(Default)]
pub(super) struct Tracking {
    pub judged: Vec<bool>,
    pub from_the_server: Vec<Option<Faute>>,
    /// What is asked besides the fields: part of a submission.
    pub subject: String,
    /// The texts of the last sending and the key it bore: the same texts bear the same key.
    pub upload: Option<(Vec<String>, String)>,
}

impl AnyForm {
    /// Its name among forms.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The field of that rank.
    pub fn at(self, rank: usize) -> FieldRef {
        FieldRef { form: self, rank }
    }

    /// All its fields, in their order.
    pub(super) fn fields(self) -> impl Iterator<Item = FieldRef> {
        (0..self.0.checkboxes.len()).map(move |rank| self.at(rank))
    }

    /// The field that bears this identifier.
    pub fn find(self, id: &str) -> Option<FieldRef> {
        self.0.checkboxes.iter().position(|checkbox| checkbox.id == id).map(|rank| self.at(rank))
    }

    /// All the texts, in the order of the fields.
    pub fn texts(self) -> Vec<String> {
        self.0.checkboxes.iter().map(|checkbox| checkbox.text.get_untracked()).collect()
    }

    /// Whether nothing was typed anywhere.
    pub fn is_blank(self) -> bool {
        self.0.checkboxes.iter().all(|checkbox| checkbox.text.read_untracked().is_empty())
    }

    /// Wants to know when any of the texts changes.
    pub fn track(self) {
        self.0.checkboxes.iter().for_each(|checkbox| checkbox.text.track());
    }

    /// What the error summary holds; nothing before a submission was refused.
    pub fn summary(self) -> RwSignal<Faults> {
        self.0.summary
    }

    /// Whether the fields say nothing aloud: the summary, which takes the focus, says it all.
    pub fn quiet(self) -> RwSignal<bool> {
        self.0.quiet
    }

    /// Whether a submission is on its way.
    pub fn under_way(self) -> RwSignal<bool> {
        self.0.under_way
    }

    /// Why the last sending failed, other than at fields.
    pub fn failure(self) -> RwSignal<Option<ApiFailure>> {
        self.0.failure
    }

    /// Says what is asked besides the fields, so that the same words about something else are another submission.
    pub fn about(self, subject: String) {
        self.0.tracking.update_value(|tracking| tracking.subject = subject);
    }

    /// Forgets what was typed and all that was said of it.
    pub fn clear(self) {
        self.fields().for_each(|field| field.set(String::new()));
        self.0.tracking.update_value(|tracking| {
            tracking.judged.fill(false);
            tracking.from_the_server.fill(None);
            tracking.subject.clear();
            tracking.upload = None;
        });
        self.0.failure.set(None);
        self.0.report_open.set(false);
        self.0.recovered.set(false);
        self.judge();
    }

    /// Reads the screen again: browsers fill fields without saying so.
    pub fn reread(self) {
        for field in self.fields() {
            if let Some(champ) = dom::champ(field.id()) {
                field.enter(dom::value(&champ));
            }
        }
    }

    /// A refusal was about other texts: it goes once one of them changes. A lost network is still lost.
    fn forget_refusal(self) {
        if matches!(&*self.0.failure.read_untracked(), Some(failure) if *failure != ApiFailure::Offline) {
            self.0.failure.set(None);
        }
    }
}

/// A field of a form.
#[derive(Clone, Copy)]
pub struct FieldRef {
    form: AnyForm,
    rank: usize,
}

impl FieldRef {
    fn checkbox(self) -> &'static Checkbox {
        &self.form.0.checkboxes[self.rank]
    }

    /// Its identifier, from which those of hint, error and remark derive.
    pub fn id(self) -> &'static str {
        self.checkbox().id
    }

    /// Its name, above it and in the error summary.
    pub fn label(self) -> &'static str {
        self.checkbox().spec.label
    }

    /// The form it is in.
    pub fn form(self) -> AnyForm {
        self.form
    }

    /// Whether the tab may keep it.
    pub(super) fn is_kept(self) -> bool {
        self.checkbox().spec.kept
    }

    /// Takes its answer back, whole: nothing is said of it before it is asked for again.
    pub fn withdraw(self) {
        self.set(String::new());
        self.form.0.tracking.update_value(|tracking| {
            tracking.judged[self.rank] = false;
            tracking.from_the_server[self.rank] = None;
        });
        self.form.judge();
    }

    /// Its text.
    pub fn text(self) -> RwSignal<String> {
        self.checkbox().text
    }

    /// What is said of it.
    pub fn shown(self) -> RwSignal<FieldState> {
        self.checkbox().shown
    }

    /// What it says when it is right; nothing before.
    pub fn remark(self) -> String {
        match self.checkbox().spec.remark {
            Some(remark) if self.shown().read().right => remark(&self.text().read()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// What the answer is besides its text, if it is of that type.
    pub fn held<T: 'static>(self) -> Option<Rc<T>> {
        self.checkbox().held.borrow().clone()?.downcast().ok()
    }

    /// A person typed in it.
    pub fn enter(self, text: String) {
        if *self.checkbox().text.read_untracked() == text {
            return;
        }
        self.form.0.tracking.update_value(|tracking| tracking.from_the_server[self.rank] = None);
        self.checkbox().set(text, None);
        self.form.forget_refusal();
        self.form.judge();
    }

    /// A text was pasted or filled in at once: it may belong to two fields.
    pub fn paste(self) {
        if let Some(pair) = self.share() {
            self.form.0.tracking.update_value(|tracking| {
                for rank in [pair.first, pair.second] {
                    tracking.judged[rank] = true;
                }
            });
            self.form.judge();
        }
    }

    /// It was left.
    pub fn on_leave(self) {
        self.share();
        let text = self.text().get_untracked();
        if let Some(range) = self.checkbox().spec.tidy.and_then(|tidy| tidy(&text))
            && range != text
        {
            self.set(range);
        }
        self.form.0.tracking.update_value(|tracking| tracking.judged[self.rank] = true);
        self.form.judge();
    }

    /// Changes its text, on the screen too, and judges it.
    pub fn write(self, text: &str) {
        self.answer_with(text, None);
    }

    /// Answers with something and the text that names it, and judges it.
    pub fn hold<T: 'static>(self, text: &str, held: T) {
        self.answer_with(text, Some(Rc::new(held)));
    }

    /// Fills it with what is already known, without judging it.
    pub fn prefill(self, text: &str) {
        self.set(text.to_owned());
    }

    fn answer_with(self, text: &str, held: Option<Rc<dyn Any>>) {
        self.show(text);
        self.checkbox().set(text.to_owned(), held);
        self.form.0.tracking.update_value(|tracking| {
            tracking.judged[self.rank] = true;
            tracking.from_the_server[self.rank] = None;
        });
        self.form.forget_refusal();
        self.form.judge();
    }

    /// Splits a text that belongs to this field and to its second half.
    fn share(self) -> Option<Pair<usize>> {
        let pair = self.form.0.pair.filter(|pair| pair.first == self.rank)?;
        let (first, second) = (pair.split)(&self.text().read_untracked())?;
        self.set(first);
        self.form.at(pair.second).set(second);
        Some(pair)
    }

    /// Writes a text in the form and on the screen.
    fn set(self, text: String) {
        self.show(&text);
        self.checkbox().set(text, None);
    }

    fn show(self, text: &str) {
        if let Some(champ) = dom::champ(self.id()) {
            match champ.type_().as_str() {
                "checkbox" => champ.set_checked(!text.is_empty()),
                "file" => {}
                _ => champ.set_value(text),
            }
        }
    }
}
