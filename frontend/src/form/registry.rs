//! All the forms opened so far. They live as long as the page: what was typed stays when a person looks elsewhere and
//! comes back. Knows nothing of their fields.

use leptos::prelude::*;

use super::AnyForm;

/// All the forms opened so far, and the owner of their signals.
#[derive(Clone, Copy)]
pub struct Formulaires {
    ouverts: StoredValue<Vec<AnyForm>>,
    racine: StoredValue<Owner>,
}

impl Formulaires {
    /// Prepares the place where forms live; to be called once, by the app.
    pub fn preparer() -> Self {
        let formulaires = Self {
            ouverts: StoredValue::new(Vec::new()),
            racine: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        provide_context(formulaires);
        formulaires
    }

    /// Forgets everything that was typed anywhere: at disconnection.
    pub fn tout_oublier(self) {
        self.ouverts.get_value().into_iter().for_each(AnyForm::vider);
    }

    /// The form of that name that was opened before.
    pub(super) fn known(self, name: &str) -> Option<AnyForm> {
        self.ouverts.with_value(|all| all.iter().copied().find(|form| form.name() == name))
    }

    /// Makes a form whose signals live as long as the page, and keeps it.
    pub(super) fn keep(self, make: impl FnOnce() -> AnyForm) -> AnyForm {
        let form = self.racine.get_value().with(make);
        self.ouverts.update_value(|all| all.push(form));
        form
    }
}
