//! What a form holds: the text of each field, what is said of it, what the program or a person does to it.
//! Nothing here is generic over the form: it would be paid once per form by whoever loads the page.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use domaine::forms::Faute;
use domaine::mesures::Jour;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::spec::{Faults, FieldSpec, Pair};
use crate::browser::dom;
use crate::failure::Echec;

/// What is said of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldState {
    /// What is wrong.
    pub faute: Option<Faute>,
    /// Filled and right.
    pub juste: bool,
}

/// A form whose fields are ranks: what it is made of once its `Champ` is left aside.
#[derive(Clone, Copy)]
pub struct AnyForm(pub(super) &'static State);

pub(super) struct State {
    pub name: &'static str,
    pub prefix: &'static str,
    pub cases: Vec<Case>,
    pub pair: Option<Pair<usize>>,
    pub judge: Judge,
    pub suivi: StoredValue<Suivi>,
    pub bilan: RwSignal<Faults>,
    pub bilan_ouvert: RwSignal<bool>,
    pub en_cours: RwSignal<bool>,
    pub echec: RwSignal<Option<Echec>>,
}

pub(super) type Judge = Box<dyn Fn(AnyForm, Jour) -> Faults + Send + Sync>;

/// A field, its answer and what is said of it.
pub(super) struct Case {
    pub id: &'static str,
    pub spec: &'static FieldSpec,
    pub texte: RwSignal<String>,
    pub montre: RwSignal<FieldState>,
    /// What the answer is when it is more than its text: a file. A form lives where the page does, on one thread.
    held: SendWrapper<RefCell<Option<Rc<dyn Any>>>>,
}

impl Case {
    pub fn new(id: &'static str, spec: &'static FieldSpec) -> Self {
        Self {
            id,
            spec,
            texte: RwSignal::new(String::new()),
            montre: RwSignal::new(FieldState::default()),
            held: SendWrapper::new(RefCell::new(None)),
        }
    }

    /// Changes the answer, whole.
    fn set(&self, text: String, held: Option<Rc<dyn Any>>) {
        self.held.replace(held);
        self.texte.set(text);
    }
}

#[derive(Default)]
pub(super) struct Suivi {
    pub jugees: Vec<bool>,
    pub du_serveur: Vec<Option<Faute>>,
    /// What is asked besides the fields: part of a submission.
    pub subject: String,
    /// The texts of the last sending and the key it bore: the same texts bear the same key.
    pub envoi: Option<(Vec<String>, String)>,
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
        (0..self.0.cases.len()).map(move |rank| self.at(rank))
    }

    /// The field that bears this identifier.
    pub fn find(self, id: &str) -> Option<FieldRef> {
        self.0.cases.iter().position(|case| case.id == id).map(|rank| self.at(rank))
    }

    /// All the texts, in the order of the fields.
    pub fn textes(self) -> Vec<String> {
        self.0.cases.iter().map(|case| case.texte.get_untracked()).collect()
    }

    /// Whether nothing was typed anywhere.
    pub fn is_blank(self) -> bool {
        self.0.cases.iter().all(|case| case.texte.read_untracked().is_empty())
    }

    /// Wants to know when any of the texts changes.
    pub fn track(self) {
        self.0.cases.iter().for_each(|case| case.texte.track());
    }

    /// What the error summary holds; nothing before a submission was refused.
    pub fn bilan(self) -> RwSignal<Faults> {
        self.0.bilan
    }

    /// Whether a submission is on its way.
    pub fn en_cours(self) -> RwSignal<bool> {
        self.0.en_cours
    }

    /// Why the last sending failed, other than at fields.
    pub fn echec(self) -> RwSignal<Option<Echec>> {
        self.0.echec
    }

    /// Says what is asked besides the fields, so that the same words about something else are another submission.
    pub fn about(self, subject: String) {
        self.0.suivi.update_value(|suivi| suivi.subject = subject);
    }

    /// Forgets what was typed and all that was said of it.
    pub fn vider(self) {
        self.fields().for_each(|field| field.poser(String::new()));
        self.0.suivi.update_value(|suivi| {
            suivi.jugees.fill(false);
            suivi.du_serveur.fill(None);
            suivi.subject.clear();
            suivi.envoi = None;
        });
        self.0.echec.set(None);
        self.0.bilan_ouvert.set(false);
        self.juger();
    }

    /// Reads the screen again: browsers fill fields without saying so.
    pub fn relire(self) {
        for field in self.fields() {
            if let Some(champ) = dom::champ(field.id()) {
                field.saisir(dom::valeur(&champ));
            }
        }
    }

    /// A refusal was about other texts: it goes once one of them changes. A lost network is still lost.
    fn oublier_refus(self) {
        if matches!(&*self.0.echec.read_untracked(), Some(echec) if *echec != Echec::HorsLigne) {
            self.0.echec.set(None);
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
    fn case(self) -> &'static Case {
        &self.form.0.cases[self.rank]
    }

    /// Its identifier, from which those of hint, error and remark derive.
    pub fn id(self) -> &'static str {
        self.case().id
    }

    /// Its name, above it and in the error summary.
    pub fn label(self) -> &'static str {
        self.case().spec.label
    }

    /// Its text.
    pub fn texte(self) -> RwSignal<String> {
        self.case().texte
    }

    /// What is said of it.
    pub fn montre(self) -> RwSignal<FieldState> {
        self.case().montre
    }

    /// What it says when it is right; nothing before.
    pub fn remark(self) -> String {
        match self.case().spec.remark {
            Some(remark) if self.montre().read().juste => remark(&self.texte().read()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// What the answer is besides its text, if it is of that type.
    pub fn held<T: 'static>(self) -> Option<Rc<T>> {
        self.case().held.borrow().clone()?.downcast().ok()
    }

    /// A person typed in it.
    pub fn saisir(self, texte: String) {
        if *self.case().texte.read_untracked() == texte {
            return;
        }
        self.form.0.suivi.update_value(|suivi| suivi.du_serveur[self.rank] = None);
        self.case().set(texte, None);
        self.form.oublier_refus();
        self.form.juger();
    }

    /// A text was pasted or filled in at once: it may belong to two fields.
    pub fn coller(self) {
        if let Some(pair) = self.partager() {
            self.form.0.suivi.update_value(|suivi| {
                for rank in [pair.first, pair.second] {
                    suivi.jugees[rank] = true;
                }
            });
            self.form.juger();
        }
    }

    /// It was left.
    pub fn quitter(self) {
        self.partager();
        let texte = self.texte().get_untracked();
        if let Some(range) = self.case().spec.tidy.and_then(|tidy| tidy(&texte))
            && range != texte
        {
            self.poser(range);
        }
        self.form.0.suivi.update_value(|suivi| suivi.jugees[self.rank] = true);
        self.form.juger();
    }

    /// Changes its text, on the screen too, and judges it.
    pub fn ecrire(self, texte: &str) {
        self.answer_with(texte, None);
    }

    /// Answers with something and the text that names it, and judges it.
    pub fn hold<T: 'static>(self, texte: &str, held: T) {
        self.answer_with(texte, Some(Rc::new(held)));
    }

    /// Fills it with what is already known, without judging it.
    pub fn preremplir(self, texte: &str) {
        self.poser(texte.to_owned());
    }

    fn answer_with(self, texte: &str, held: Option<Rc<dyn Any>>) {
        self.show(texte);
        self.case().set(texte.to_owned(), held);
        self.form.0.suivi.update_value(|suivi| {
            suivi.jugees[self.rank] = true;
            suivi.du_serveur[self.rank] = None;
        });
        self.form.oublier_refus();
        self.form.juger();
    }

    /// Splits a text that belongs to this field and to its second half.
    fn partager(self) -> Option<Pair<usize>> {
        let pair = self.form.0.pair.filter(|pair| pair.first == self.rank)?;
        let (first, second) = (pair.split)(&self.texte().read_untracked())?;
        self.poser(first);
        self.form.at(pair.second).poser(second);
        Some(pair)
    }

    /// Writes a text in the form and on the screen.
    fn poser(self, texte: String) {
        self.show(&texte);
        self.case().set(texte, None);
    }

    fn show(self, texte: &str) {
        if let Some(champ) = dom::champ(self.id()) {
            match champ.type_().as_str() {
                "checkbox" => champ.set_checked(!texte.is_empty()),
                "file" => {}
                _ => champ.set_value(texte),
            }
        }
    }
}
