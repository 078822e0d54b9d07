//! Something that is being read: bars while it is awaited, itself once it is there, else why not and a way to try again.
//! Asks nothing of anybody: it shows what it is given.

use api::probleme::Code;
use leptos::prelude::*;

use super::{alert, skeleton};
use crate::failure::Echec;
use markup::view;

/// What has come of something that was asked for; nothing yet while it is awaited.
pub type Answer<T> = RwSignal<Option<Result<T, Echec>>, LocalStorage>;

/// The three states of what is read. `titre` says what could not be; `retry` asks for it again.
pub fn awaited<T: 'static>(
    answer: Answer<T>,
    titre: &'static str,
    retry: impl Fn() + Copy + Send + 'static,
    lu: impl Fn(&T) -> AnyView + Send + 'static,
) -> AnyView {
    let vue = move || {
        answer.with(|answer| match answer {
            Some(Ok(valeur)) => lu(valeur),
            // Nothing could be read because the session was over: its own dialog says so.
            Some(Err(echec)) if echec.code() != Some(Code::SessionRequise) => alert::panne(titre, echec, retry),
            _ => skeleton::barres(),
        })
    };
    view! { {vue} }
}
