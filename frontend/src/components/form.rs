//! The `<form>`: one set of listeners for all its fields.

use leptos::ev::{FocusEvent, SubmitEvent};
use leptos::prelude::*;
use markup::view;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, InputEvent};

use crate::browser::{dom, pointer};
use crate::form::{AnyForm, FieldRef};

/// The form around these fields; `send` is called when it is submitted.
///
/// `method="dialog"` outside a dialog does nothing: before the page is alive, no answer can end up in an address.
pub fn formulaire(form: impl Into<AnyForm>, send: impl Fn() + 'static, content: AnyView) -> AnyView {
    surround(form.into(), Box::new(send), content)
}

fn surround(form: AnyForm, send: Box<dyn Fn()>, content: AnyView) -> AnyView {
    let read = move |event: Event| {
        if let Some((field, champ)) = target(form, &event) {
            field.enter(dom::value(&champ));
            if event.dyn_ref::<InputEvent>().is_none_or(|e| e.input_type() != "insertText") {
                field.paste();
            }
        }
    };
    let on_leave = move |event: FocusEvent| {
        if let Some((field, champ)) = target(form, &event) {
            field.enter(dom::value(&champ));
            pointer::pointer_up(move || field.on_leave());
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    view! {
        <form
            class="form"
            novalidate
            method="dialog"
            on:input=read
            on:change=read
            on:focusout=on_leave
            on:submit=submit
        >
            {content}
        </form>
    }
}

/// The field that an event is about.
fn target(form: AnyForm, event: &Event) -> Option<(FieldRef, HtmlInputElement)> {
    // A file is judged by its bytes, where it is chosen.
    let champ = dom::as_input(event.target()?.dyn_into().ok()?)?;
    Some((form.find(&champ.id())?, champ))
}
