//! How a provider is spoken to: over TLS, but on this machine itself; never where it sends one; for a bounded time and a
//! bounded answer. Knows nothing of what is said.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use tokio::time::timeout;

/// How long a provider may take for one answer: somebody waits before a blank page meanwhile.
const PATIENCE: Duration = Duration::from_secs(8);
/// The most that an answer may weigh: a set of keys or an identity weighs some thousands of bytes.
const MOST: usize = 256 * 1_024;

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unanswered {
    /// Nobody, or an answer that was cut.
    #[error("the provider cannot be reached")]
    Unreachable,
    /// It takes too long.
    #[error("the provider takes too long")]
    Slow,
    /// It fails.
    #[error("the provider fails")]
    Failing,
    /// It answers too much.
    #[error("the provider answers too much")]
    Excessive,
}

/// What speaks to a provider.
#[derive(Clone)]
pub(crate) struct Http(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

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
        let builder = HttpsConnectorBuilder::new().with_native_roots()?;
        let connector = if without_tls { builder.https_or_http() } else { builder.https_only() };
        Ok(Self(Client::builder(TokioExecutor::new()).build(connector.enable_http1().build())))
    }

    /// Asks, and reads the whole answer.
    pub(crate) async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Unanswered> {
        let answer = async {
            let request = request.map(|body| Full::new(Bytes::from(body)));
            let response = self.0.request(request).await.map_err(|_| Unanswered::Unreachable)?;
            if response.status().is_server_error() {
                return Err(Unanswered::Failing);
            }
            let (head, body) = response.into_parts();
            let body = Limited::new(body, MOST).collect().await.map_err(|error| {
                if error.is::<http_body_util::LengthLimitError>() {
                    Unanswered::Excessive
                } else {
                    Unanswered::Unreachable
                }
            })?;
            Ok(HttpResponse::from_parts(head, body.to_bytes().to_vec()))
        };
        timeout(PATIENCE, answer).await.unwrap_or(Err(Unanswered::Slow))
    }
}
