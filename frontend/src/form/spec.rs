//! What a form is made of: its fields, each by its `Champ`, and who judges it. No signal, no text that was typed.

use domaine::forms::{Champ, Faute, Formulaire};
use domaine::mesures::Day;

use super::Form;

/// What a form is made of. One `static` per form; the order of its fields is that of `Champ::ALL`, and no other.
pub struct FormSpec<C: 'static> {
    /// Its name among forms; also the start of the identifiers of its error summary.
    pub(super) name: &'static str,
    /// Before the identifiers of its fields, when it is shown over a form that has fields of the same name.
    pub(super) prefix: &'static str,
    pub(super) field: fn(C) -> &'static FieldSpec,
    pub(super) pair: Option<Pair<C>>,
    /// Whether the tab keeps its answers.
    pub(super) drafted: bool,
    pub(super) judge: fn(Form<C>, Day) -> Faults,
}

/// The faults of a form, by the rank of their field.
pub type Faults = Vec<(usize, Faute)>;
/// Splits a text that fills a field and its second half.
pub type Split = fn(&str) -> Option<(String, String)>;

/// Two fields that hold one answer: neither is called right without the other, and a text pasted in the first may fill
/// both.
#[derive(Clone, Copy)]
pub(super) struct Pair<C> {
    pub first: C,
    pub second: C,
    pub split: Split,
}

impl<C: Champ> FormSpec<C> {
    /// A form of that name; `field` describes each of its fields, `judge` finds its faults (see [`faults`]).
    pub const fn new(
        name: &'static str,
        field: fn(C) -> &'static FieldSpec,
        judge: fn(Form<C>, Day) -> Faults,
    ) -> Self {
        Self { name, prefix: "", field, pair: None, drafted: false, judge }
    }

    /// The same with longer identifiers: « session-courriel » is the server's « courriel ».
    #[must_use]
    pub const fn prefixed(self, prefix: &'static str) -> Self {
        Self { prefix, ..self }
    }

    /// The same, whose answers that are no secret come back after a reload, in this tab.
    #[must_use]
    pub const fn drafted(self) -> Self {
        Self { drafted: true, ..self }
    }

    /// The same, where these two fields hold one answer.
    #[must_use]
    pub const fn paired(self, first: C, second: C, split: Split) -> Self {
        Self { pair: Some(Pair { first, second, split }), ..self }
    }
}

/// What a field is, whatever it looks like. Its identifier is that of its `Champ`.
pub struct FieldSpec {
    /// Its name, above it and in the error summary.
    pub label: &'static str,
    /// Writes the text well when the field is left: grouped, trimmed. Nothing when there is nothing to change.
    pub tidy: Option<fn(&str) -> Option<String>>,
    /// What a right field says: « La Réunion ».
    pub remark: Option<fn(&str) -> Option<String>>,
    /// Whether the tab may keep it: it is no secret.
    pub kept: bool,
    /// Whether it may be called right: not where only the server knows.
    pub praised: bool,
}

impl FieldSpec {
    /// A plain field, trimmed when left.
    pub const TEXT: Self = Self { label: "", tidy: Some(trimmed), remark: None, kept: true, praised: true };
    /// A field that no tab keeps.
    pub const SECRET: Self = Self { kept: false, ..Self::TEXT };
    /// A field whose text is never touched: a password, a box.
    pub const RAW: Self = Self { tidy: None, kept: false, ..Self::TEXT };
    /// What proves who somebody is, as typed: whether it does is not known here.
    pub const PROOF: Self = Self { praised: false, ..Self::RAW };
}

fn trimmed(text: &str) -> Option<String> {
    Some(text.trim().to_owned())
}

/// The faults of a form that `domaine` judges, for [`FormSpec::new`].
pub fn faults<F: Formulaire>(saisie: &F, today: Day) -> Faults {
    match saisie.validate(today) {
        Ok(_) => Vec::new(),
        Err(errors) => {
            let all = F::Champ::ALL.iter().enumerate();
            all.filter_map(|(rank, champ)| Some((rank, errors.of(*champ)?))).collect()
        }
    }
}

/// The fault of the only field that can have one, for [`FormSpec::new`].
pub fn fault_at<C: Champ>(champ: C, faute: Option<Faute>) -> Faults {
    faute.into_iter().map(|faute| (rank(champ), faute)).collect()
}

/// Where a field stands in its form: the one order there is.
pub(super) fn rank<C: Champ>(champ: C) -> usize {
    // A field that is missing from its own list has no place, and no form shows it without falling at once.
    C::ALL.iter().position(|other| *other == champ).unwrap_or(usize::MAX)
}
