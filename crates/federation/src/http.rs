//! How the library of OpenID Connect asks a provider: as `outbound` does. Knows nothing of what is said.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use outbound::{Outbound, Patience};

pub(crate) use outbound::Unanswered;

/// How long a provider may take for one answer: somebody waits before a blank page meanwhile. A set of keys or an identity weighs some
/// thousands of bytes.
const PATIENCE: Patience = Patience { time: Duration::from_secs(8), bytes: 256 * 1_024 };

/// What speaks to a provider.
#[derive(Clone)]
pub(crate) struct Http(Outbound);

/// What a library that asks is answered by. Named, and boxed: what is moved between threads must be the same for each.
pub(crate) type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, Unanswered>> + Send + 'a>>;

impl<'a> AsyncHttpClient<'a> for Http {
    type Error = Unanswered;
    type Future = Answer<'a>;

    fn call(&'a self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

/// The same, and keeps the last document that it read at an address which ends so.
pub(crate) struct Listening<'h> {
    pub(crate) http: &'h Http,
    pub(crate) to: &'static str,
    pub(crate) heard: Mutex<Vec<u8>>,
}

impl<'a> AsyncHttpClient<'a> for Listening<'_> {
    type Error = Unanswered;
    type Future = Answer<'a>;

    fn call(&'a self, request: HttpRequest) -> Self::Future {
        let listens = request.uri().path().ends_with(self.to);
        Box::pin(async move {
            let answer = self.http.ask(request).await?;
            if listens {
                answer.body().clone_into(&mut self.heard.lock().unwrap_or_else(PoisonError::into_inner));
            }
            Ok(answer)
        })
    }
}

impl Http {
    /// For a provider; without TLS where it is on this machine.
    ///
    /// # Errors
    /// When this system has no certificate to trust.
    pub(crate) fn new(without_tls: bool) -> std::io::Result<Self> {
        Outbound::new(without_tls, PATIENCE).map(Self)
    }

    /// Asks, and reads the whole answer.
    pub(crate) async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Unanswered> {
        self.0.ask(request).await
    }
}
