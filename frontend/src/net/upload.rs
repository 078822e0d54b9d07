//! Sends a file and tells how far it is: `fetch` cannot, so this is an `XMLHttpRequest`.
//! Knows neither forms nor sentences.

use std::cell::Cell;
use std::rc::Rc;

use api::routes;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, ProgressEvent, XmlHttpRequest};

use super::client;
use crate::browser::clock;
use crate::failure::ApiFailure;
use crate::session;

/// How a sending ends.
pub enum Issue {
    /// The server answered with this body, or the line broke. After a break nothing is known to be recorded: the same key may be
    /// sent again.
    Response(Result<String, ApiFailure>),
    /// The person stopped it.
    Stopped,
}

/// A sending under way, which can be stopped.
#[derive(Clone)]
pub struct Upload {
    request: XmlHttpRequest,
    stopped: Rc<Cell<bool>>,
}

impl Upload {
    /// A sending that has not begun; nothing where the browser cannot.
    pub fn new() -> Option<Self> {
        Some(Self { request: XmlHttpRequest::new().ok()?, stopped: Rc::default() })
    }

    /// Stops it at once.
    pub fn halt(&self) {
        self.stopped.set(true);
        // Fails only when nothing was sent yet: then there is nothing to stop.
        let _nothing_to_stop = self.request.abort();
    }

    /// Sends a declaration to this path; `sent_percent` hears how many hundredths have gone.
    pub async fn send(
        &self,
        path: &'static str,
        key: &str,
        body: &FormData,
        sent_percent: impl Fn(u8) + 'static,
    ) -> Issue {
        let request = &self.request;
        let sent_percent = Closure::<dyn FnMut(ProgressEvent)>::new(move |step: ProgressEvent| {
            if step.length_computable() {
                sent_percent(hundredth(step.loaded() as u64, step.total() as u64));
            }
        });
        let part = request.open("POST", path).and_then(|()| {
            request.set_request_header(routes::IDEMPOTENCY_KEY, key)?;
            if let Some(account) = session::account() {
                request.set_request_header(routes::ACCOUNT, &account)?;
            }
            request.upload()?.set_onprogress(Some(sent_percent.as_ref().unchecked_ref()));
            Ok(())
        });
        // `loadend` comes in every case: answered, broken or stopped.
        let end = Promise::new(&mut |finished, _| request.set_onloadend(Some(&finished)));
        if part.and_then(|()| request.send_with_opt_form_data(Some(body))).is_err()
            || JsFuture::from(end).await.is_err()
        {
            return Issue::Response(Err(ApiFailure::Offline));
        }
        request.set_onloadend(None);
        if self.stopped.get() {
            return Issue::Stopped;
        }
        if let Ok(Some(day)) = request.get_response_header(routes::DAY) {
            clock::hear(&day);
        }
        let text = request.response_text().ok().flatten().unwrap_or_default();
        Issue::Response(client::judge_response(request.status().unwrap_or(0), text))
    }
}

fn hundredth(gone: u64, total: u64) -> u8 {
    u8::try_from(gone.saturating_mul(100).checked_div(total).unwrap_or(0).min(100)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_goes_from_0_to_100() {
        assert_eq!(
            [hundredth(0, 0), hundredth(0, 9), hundredth(64, 100), hundredth(9, 9), hundredth(10, 9)],
            [0, 0, 64, 100, 100]
        );
    }
}
