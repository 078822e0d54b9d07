//! Refusals at a field that only the server can find. Judges nothing: whoever found the fault says it.

use api::probleme::{Code, ErrorView, Probleme};
use domaine::forms::{Champ, Faute};
use domaine::identite::MotDePasseInvalide;

use crate::error::AppError;

/// The refusal of a common password, at its field.
pub(in crate::routes) fn current(champ: impl Champ) -> AppError {
    let faute = Faute::MotDePasse(MotDePasseInvalide::Current);
    at_this_champ(champ, faute)
}

/// A fault that only the server can find, at its field.
pub(in crate::routes) fn at_this_champ(champ: impl Champ, faute: Faute) -> AppError {
    let errors = vec![ErrorView { champ: champ.id().into(), faute }];
    Probleme { errors, ..Probleme::new(Code::Saisie) }.into()
}
