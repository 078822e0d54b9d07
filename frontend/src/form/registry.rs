//! All the forms opened so far. They live as long as the page: what was typed stays when a person looks elsewhere and
//! comes back. Knows nothing of their fields.

use leptos::prelude::*;

use super::AnyForm;

/// All the forms opened so far, and the owner of their signals.
#[derive(Clone, Copy)]
pub struct Formulaires {
    opened_ones: StoredValue<Vec<AnyForm>>,
    root: StoredValue<Owner>,
}

impl Formulaires {
    /// Prepares the place where forms live; to be called once, by the app.
    pub fn prepare() -> Self {
        let formulaires = Self {
            opened_ones: StoredValue::new(Vec::new()),
            root: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        provide_context(formulaires);
        formulaires
    }

    /// Forgets everything that was typed anywhere: at disconnection.
    pub fn forget_everything(self) {
        self.opened_ones.get_value().into_iter().for_each(AnyForm::clear);
    }

    /// The form of that name that was opened before.
    pub(super) fn known(self, name: &str) -> Option<AnyForm> {
        self.opened_ones.with_value(|all| all.iter().copied().find(|form| form.name() == name))
    }

    /// Makes a form whose signals live as long as the page, and keeps it.
    pub(super) fn keep(self, make: impl FnOnce() -> AnyForm) -> AnyForm {
        let form = self.root.get_value().with(make);
        self.opened_ones.update_value(|all| all.push(form));
        form
    }
}
