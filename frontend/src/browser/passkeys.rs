//! What the browser asks its passkeys, and what they answer: texts in, texts out, in the words of the browser's own parser.
//! No request, no sentence.

use std::cell::RefCell;

use js_sys::{Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The person gave up, took too long, or has none here: browsers do not say which.
    GivenUp,
    /// The page took back what it asked, or asks something else.
    TakenBack,
    /// This device holds one already.
    Already,
    /// This page is not at an address where passkeys can be used.
    WrongPlace,
    /// The browser knows no passkeys, or none at such an address.
    Unknown,
}

thread_local! {
    /// What is being asked: a browser asks one thing at a time.
    static UNDER_WAY: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Takes back what is being asked.
pub fn give_up() {
    if let Some(asked) = UNDER_WAY.take() {
        asked.abort();
    }
}

/// Whether the browser can offer passkeys in a field, before anybody asks.
pub async fn offers_in_fields() -> bool {
    let Some(offered) = call("isConditionalMediationAvailable", None) else { return false };
    matches!(JsFuture::from(offered.unchecked_into::<Promise>()).await, Ok(yes) if yes.is_truthy())
}

/// Signs with a passkey; `in_field`: where the browser offers them in a field, until somebody takes one.
///
/// # Errors
/// [`NoAnswer`] says why there is none.
pub async fn answer(options: &str, in_field: bool) -> Result<String, NoAnswer> {
    ask("get", "parseRequestOptionsFromJSON", options, in_field).await
}

/// Makes a passkey.
///
/// # Errors
/// [`NoAnswer`] says why there is none.
pub async fn make(options: &str) -> Result<String, NoAnswer> {
    ask("create", "parseCreationOptionsFromJSON", options, false).await
}

async fn ask(what: &str, parser: &str, options: &str, in_field: bool) -> Result<String, NoAnswer> {
    give_up();
    let options = JSON::parse(options).map_err(|_| NoAnswer::Unknown)?;
    let options = call(parser, Some(&options)).ok_or(NoAnswer::Unknown)?;
    let asked = Object::new();
    let set = |name: &str, value: &JsValue| Reflect::set(&asked, &name.into(), value).map_err(|_| NoAnswer::Unknown);
    set("publicKey", &options)?;
    if in_field {
        set("mediation", &"conditional".into())?;
    }
    if let Ok(controller) = AbortController::new() {
        set("signal", &controller.signal())?;
        UNDER_WAY.set(Some(controller));
    }
    let navigator = member(&js_sys::global(), "navigator").ok_or(NoAnswer::Unknown)?;
    let credentials = member(&navigator, "credentials").ok_or(NoAnswer::Unknown)?;
    let function: Function = member(&credentials, what).and_then(|f| f.dyn_into().ok()).ok_or(NoAnswer::Unknown)?;
    let promise = function.call1(&credentials, &asked).map_err(|error| why(&error))?;
    let credential = JsFuture::from(promise.unchecked_into::<Promise>()).await.map_err(|error| why(&error))?;
    // What it writes of itself is what its `toJSON` gives.
    JSON::stringify(&credential).map(Into::into).map_err(|_| NoAnswer::Unknown)
}

/// What a function of `PublicKeyCredential` gives, where there is one.
fn call(name: &str, argument: Option<&JsValue>) -> Option<JsValue> {
    let keys = member(&js_sys::global(), "PublicKeyCredential")?;
    let function: Function = member(&keys, name)?.dyn_into().ok()?;
    match argument {
        Some(argument) => function.call1(&keys, argument),
        None => function.call0(&keys),
    }
    .ok()
}

fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// What an error of the browser means.
fn why(error: &JsValue) -> NoAnswer {
    match member(error, "name").and_then(|name| name.as_string()).as_deref() {
        Some("AbortError") => NoAnswer::TakenBack,
        Some("InvalidStateError") => NoAnswer::Already,
        Some("SecurityError") => NoAnswer::WrongPlace,
        Some("NotSupportedError" | "TypeError") => NoAnswer::Unknown,
        _ => NoAnswer::GivenUp,
    }
}
