//! Something that is being read: bars while it is awaited, itself once it is there, else why not and a way to try again.
//! Asks nothing of anybody: it shows what it is given.

use api::probleme::Code;
use leptos::prelude::*;

use super::{alert, skeleton};
use crate::failure::ApiFailure;
use markup::view;

/// What has come of something that was asked for; nothing yet while it is awaited.
pub type Answer<T> = RwSignal<Option<Result<T, ApiFailure>>, LocalStorage>;

/// The three states of what is read. `title` says what could not be; `retry` asks for it again.
pub fn awaited<T: 'static>(
    answer: Answer<T>,
    title: &'static str,
    retry: impl Fn() + Copy + Send + 'static,
    read: impl Fn(&T) -> AnyView + Send + 'static,
) -> AnyView {
    let view = move || {
        answer.with(|answer| match answer {
            Some(Ok(value)) => read(value),
            // Nothing could be read because the session was over: its own dialog says so.
            Some(Err(failure)) if failure.code() != Some(Code::SessionRequired) => {
                alert::unavailable(title, failure, retry)
            }
            _ => skeleton::bars(),
        })
    };
    view! { {view} }
}
