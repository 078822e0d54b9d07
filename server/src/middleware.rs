//! What surrounds every request: where it comes from, what is left of its body, the headers of
//! its answer, one line in the log.

use std::any::Any;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use api::probleme::{Code, Probleme};
use axum::body::{Body, HttpBody};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::uri::Uri;
use axum::http::{HeaderMap, HeaderValue, Method, Response};
use axum::middleware::Next;
use bytes::Bytes;
use http_body_util::BodyExt;
use limits::{Pace, PacedBody};
use tower_http::request_id::{MakeRequestId, RequestId};
use tracing::Span;
use vault::{random, to_hex};

use crate::error::{AppError, answer};
use crate::routes;
use crate::state::AppState;

/// The header of the identifier, in the answer.
pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How many bytes of a refused body are read so that its sender can read the refusal.
const DRAIN: u64 = 32 * 1_024 * 1_024;
/// How long that may take: what is refused deserves no more of our time, whatever its pace.
const DRAIN_TIME: Duration = Duration::from_secs(10);

/// Refuses a request that changes something and does not come from a page of this site.
pub(crate) async fn check_origin(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Result<Response<Body>, AppError> {
    let read_only = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if read_only || allowed_origin(request.headers(), &state) {
        return Ok(next.run(request).await);
    }
    Err(Code::OriginRefused.into())
}

/// `Host` is not looked at: a proxy may rewrite it.
fn allowed_origin(headers: &HeaderMap, state: &AppState) -> bool {
    // Browsers write this one themselves; a page cannot.
    if let Some(site) = headers.get("sec-fetch-site")
        && site == "same-origin"
    {
        return true;
    }
    // Whatever the page says, the browser says that it stands on another site.
    if headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        return false;
    }
    let Some(origin) = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()) else { return false };
    let settings = &state.settings;
    settings.public_addresses.iter().any(|allowed| allowed == origin)
        // Behind a proxy one listens here as well: then nobody comes by the address of the machine.
        || (settings.public_addresses.is_empty() && settings.listen.ip().is_loopback() && is_ours(origin, settings.listen.port()))
}

/// Whether an origin is a page of this machine that we serve: another program of it, on another port, is a stranger.
fn is_ours(origin: &str, port: u16) -> bool {
    let Ok(address) = origin.parse::<Uri>() else { return false };
    address.scheme_str() == Some("http")
        && matches!(address.host(), Some("127.0.0.1" | "localhost" | "[::1]"))
        && address.port_u16().unwrap_or(80) == port
}

/// A body that can still be emptied after its handler gave it up.
struct SharedBody(Arc<Mutex<Rest>>);

struct Rest {
    body: Body,
    finished: bool,
    /// It will never be whole: its sender waited too long, or is gone.
    broken: bool,
    read: u64,
}

impl HttpBody for SharedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
        let mut rest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = Pin::new(&mut rest.body).poll_frame(context);
        match &next {
            Poll::Ready(None) => rest.finished = true,
            Poll::Ready(Some(Err(_))) => rest.broken = true,
            Poll::Ready(Some(Ok(frame))) => {
                rest.read += frame.data_ref().map_or(0, |data| u64::try_from(data.len()).unwrap_or(u64::MAX));
            }
            Poll::Pending => {}
        }
        next
    }
}

/// Sets the pace at which the body must come.
pub(crate) async fn pace_body(request: Request) -> Request {
    let pace = if routes::takes_a_file(&request) { Pace::FILE } else { Pace::FORM };
    request.map(|body| Body::new(PacedBody::new(body, pace)))
}

/// Reads what a refusal left unread of a body, up to a bound: a browser that is still sending
/// when the connection closes never sees the answer.
pub(crate) async fn drain_body(request: Request, next: Next) -> Response<Body> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let waits_for_a_character = head.headers.contains_key(header::EXPECT);
    let rest = Arc::new(Mutex::new(Rest { body, finished: false, broken: false, read: 0 }));
    let shared = Body::new(SharedBody(Arc::clone(&rest)));
    let mut response = next.run(Request::from_parts(head, shared)).await;
    let starts = rest.lock().unwrap_or_else(PoisonError::into_inner).read > 0;
    // Who waits for « 100 Continue » has sent nothing, and will not.
    let finished = if waits_for_a_character && !starts {
        false
    } else {
        tokio::time::timeout(DRAIN_TIME, clear(SharedBody(rest))).await.unwrap_or(false)
    };
    if !finished {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Whether the end of the body was reached.
async fn clear(mut body: SharedBody) -> bool {
    loop {
        {
            let rest = body.0.lock().unwrap_or_else(PoisonError::into_inner);
            if rest.finished || rest.body.is_end_stream() {
                return true;
            }
            if rest.broken || rest.read > DRAIN {
                return false;
            }
        }
        match body.frame().await {
            Some(Ok(_)) => {}
            None => return true,
            Some(Err(_)) => return false,
        }
    }
}

/// A bug of ours is answered like any other refusal.
pub(crate) fn after_panic(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    // What a panic says may hold what a person typed: the hook of the program tells where it happened.
    tracing::error!("a handler panicked");
    answer(&Probleme::new(Code::Internal))
}

/// Headers that every answer bears.
pub(crate) async fn security_headers(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    let from_the_api = request.uri().path().starts_with("/api/") || request.uri().path().starts_with("/sante/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |nom: HeaderName, value: &'static str| {
        headers.entry(nom).or_insert(HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    );
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
    if from_the_api {
        set(header::CACHE_CONTROL, "no-store");
    }
    if state.settings.https() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    if from_the_api && let Ok(day) = HeaderValue::from_str(&state.clock.today().to_string()) {
        headers.insert(HeaderName::from_static(api::routes::DAY), day);
    }
    response
}

/// Takes away the identifier that a client gives its request: it would stand in our log, whatever it holds.
pub(crate) fn forget_request_id<B>(mut request: Request<B>) -> Request<B> {
    request.headers_mut().remove(X_REQUEST_ID);
    request
}

/// The identifiers of requests: drawn by us, so that they hold nothing.
#[derive(Clone, Copy)]
pub(crate) struct RequestIds;

impl MakeRequestId for RequestIds {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        HeaderValue::from_str(&to_hex(&random::<8>())).ok().map(RequestId::new)
    }
}

/// What every line logged within a request bears. The route is its template: a path, a query string or a body could
/// hold personal data.
pub(crate) fn request_span<B>(request: &Request<B>) -> Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    tracing::info_span!(
        "request",
        requete = id.unwrap_or_default(),
        methode = %request.method(),
        route = route.unwrap_or("(page)"),
    )
}

/// One line for each request; its span says which.
pub(crate) fn log_response<B>(response: &Response<B>, latency: Duration, _: &Span) {
    tracing::info!(statut = response.status().as_u16(), ms = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX),);
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::{from_fn, map_request};
    use axum::routing::post;
    use futures_util::{StreamExt as _, stream};
    use tower::ServiceExt as _;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn whoever_never_ends_a_body_is_answered_and_hung_up_on() {
        let router = Router::new()
            .route("/read", post(async |body: Body| body.collect().await.map(drop).map_err(|_| "unreadable")))
            .route("/refused", post(async || "refused"))
            .layer(from_fn(drain_body))
            .layer(map_request(pace_body));
        for (path, expected) in [("/read", "unreadable"), ("/refused", "refused")] {
            let stalled = stream::iter([Ok::<_, axum::Error>("{")]).chain(stream::pending());
            let request = Request::post(path).body(Body::from_stream(stalled)).expect("a request");
            let answer = router.clone().oneshot(request).await.expect("a router never fails");
            assert_eq!(answer.headers()[header::CONNECTION], "close", "{path}");
            assert_eq!(answer.into_body().collect().await.expect("a body").to_bytes(), expected, "{path}");
        }
    }

    #[test]
    fn only_pages_that_we_serve_on_this_machine_are_ours() {
        for origin in ["http://127.0.0.1:8087", "http://localhost:8087", "http://[::1]:8087"] {
            assert!(is_ours(origin, 8087), "{origin}");
        }
        assert!(is_ours("http://localhost", 80), "the port that a browser does not write");
        for origin in [
            "null",
            "http://localhost",
            "http://127.0.0.1:8080",
            "http://localhost:80877",
            "http://127.0.0.1:8087@exemple.fr",
            "https://localhost:8087",
            "http://127.0.0.1.exemple.fr",
            "http://localhost.exemple.fr:8087",
            "https://exemple.fr",
            "",
            "file://",
        ] {
            assert!(!is_ours(origin, 8087), "{origin}");
        }
    }
}
