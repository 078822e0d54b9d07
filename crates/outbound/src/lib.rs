//! What is asked of another machine over HTTP: by TLS, but on this machine itself; never where the other sends it on; for a bounded time and
//! a bounded answer. Knows nothing of what is said.

use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::{Request, Response};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::time::timeout;

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// Nobody, or an answer that was cut.
    #[error("the other machine cannot be reached")]
    Unreachable,
    /// It takes too long.
    #[error("the other machine takes too long")]
    Slow,
    /// It fails.
    #[error("the other machine fails")]
    Failing,
    /// It answers too much.
    #[error("the other machine answers too much")]
    Excessive,
}

/// How much is granted to an answer.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// How long it may take.
    pub time: Duration,
    /// How many bytes it may weigh.
    pub bytes: usize,
}

/// What asks.
#[derive(Clone)]
pub struct Outbound {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    patience: Patience,
}

impl Outbound {
    /// Without TLS only for a machine that is this one.
    ///
    /// # Errors
    /// When this system has no certificate to trust.
    pub fn new(without_tls: bool, patience: Patience) -> std::io::Result<Self> {
        let builder = HttpsConnectorBuilder::new().with_native_roots()?;
        let connector = if without_tls { builder.https_or_http() } else { builder.https_only() };
        let client = Client::builder(TokioExecutor::new()).build(connector.enable_http1().build());
        Ok(Self { client, patience })
    }

    /// Asks, and reads the whole answer.
    ///
    /// # Errors
    /// [`Unanswered`].
    pub async fn ask(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Unanswered> {
        let answer = async {
            let request = request.map(|body| Full::new(Bytes::from(body)));
            let response = self.client.request(request).await.map_err(|_| Unanswered::Unreachable)?;
            if response.status().is_server_error() {
                return Err(Unanswered::Failing);
            }
            let (head, body) = response.into_parts();
            let body = Limited::new(body, self.patience.bytes).collect().await.map_err(|error| {
                if error.is::<http_body_util::LengthLimitError>() {
                    Unanswered::Excessive
                } else {
                    Unanswered::Unreachable
                }
            })?;
            Ok(Response::from_parts(head, body.to_bytes().to_vec()))
        };
        timeout(self.patience.time, answer).await.unwrap_or(Err(Unanswered::Slow))
    }
}
