//! What surrounds every request: where it comes from, what is left of its body, the headers of
//! its answer, one line in the log.

use std::any::Any;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use api::probleme::{Code, Probleme};
use axum::body::{Body, HttpBody};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::uri::Uri;
use axum::http::{HeaderMap, HeaderValue, Method, Response};
use axum::middleware::Next;
use axum::response::IntoResponse;
use bytes::Bytes;
use http_body_util::BodyExt;
use tokio::time::Instant;
use vault::{en_hexa, hasard};

use crate::error::{Erreur, repondre};
use crate::extract::ATTENTE_DU_CORPS;
use crate::state::AppState;

/// How many bytes of a refused body are read so that its sender can read the refusal.
const VIDANGE: u64 = 32 * 1_024 * 1_024;

/// Refuses a request that changes something and does not come from a page of this site.
pub(crate) async fn verifier_origine(
    State(etat): State<AppState>,
    requete: Request,
    suite: Next,
) -> Result<Response<Body>, Erreur> {
    let lecture = matches!(*requete.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if lecture || origine_admise(requete.headers(), &etat) {
        return Ok(suite.run(requete).await);
    }
    Err(Code::OrigineRefusee.into())
}

/// `Host` is not looked at: a proxy may rewrite it.
fn origine_admise(entetes: &HeaderMap, etat: &AppState) -> bool {
    // Browsers write this one themselves; a page cannot.
    if let Some(site) = entetes.get("sec-fetch-site")
        && site == "same-origin"
    {
        return true;
    }
    // Whatever the page says, the browser says that it stands on another site.
    if entetes.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        return false;
    }
    let Some(origine) = entetes.get(header::ORIGIN).and_then(|valeur| valeur.to_str().ok()) else { return false };
    etat.settings.public_addresses.iter().any(|admise| admise == origine)
        || (etat.settings.listen.ip().is_loopback() && est_de_la_machine(origine))
}

/// Whether an origin is a page of this machine, on any port.
fn est_de_la_machine(origine: &str) -> bool {
    let Ok(adresse) = origine.parse::<Uri>() else { return false };
    adresse.scheme_str() == Some("http") && matches!(adresse.host(), Some("127.0.0.1" | "localhost" | "[::1]"))
}

/// A body that can still be emptied after its handler gave it up.
struct CorpsPartage(Arc<Mutex<Reste>>);

struct Reste {
    corps: Body,
    fini: bool,
    lu: u64,
}

impl HttpBody for CorpsPartage {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        contexte: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
        let mut reste = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let suite = Pin::new(&mut reste.corps).poll_frame(contexte);
        match &suite {
            Poll::Ready(None | Some(Err(_))) => reste.fini = true,
            Poll::Ready(Some(Ok(trame))) => {
                reste.lu += trame.data_ref().map_or(0, |donnees| u64::try_from(donnees.len()).unwrap_or(u64::MAX));
            }
            Poll::Pending => {}
        }
        suite
    }
}

/// Reads what a refusal left unread of a body, up to a bound: a browser that is still sending
/// when the connection closes never sees the answer.
pub(crate) async fn vider_le_corps(requete: Request, suite: Next) -> Response<Body> {
    if matches!(*requete.method(), Method::GET | Method::HEAD) {
        return suite.run(requete).await;
    }
    let (tete, corps) = requete.into_parts();
    let attend_un_signe = tete.headers.contains_key(header::EXPECT);
    let reste = Arc::new(Mutex::new(Reste { corps, fini: false, lu: 0 }));
    let partage = Body::new(CorpsPartage(Arc::clone(&reste)));
    let mut reponse = suite.run(Request::from_parts(tete, partage)).await;
    let commence = reste.lock().unwrap_or_else(PoisonError::into_inner).lu > 0;
    // Who waits for « 100 Continue » has sent nothing, and will not.
    let fini = if attend_un_signe && !commence { false } else { vider(CorpsPartage(reste)).await };
    if !fini {
        reponse.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    reponse
}

/// Whether the end of the body was reached.
async fn vider(mut corps: CorpsPartage) -> bool {
    loop {
        {
            let reste = corps.0.lock().unwrap_or_else(PoisonError::into_inner);
            if reste.fini || reste.corps.is_end_stream() {
                return true;
            }
            if reste.lu > VIDANGE {
                return false;
            }
        }
        match tokio::time::timeout(ATTENTE_DU_CORPS, corps.frame()).await {
            Ok(Some(Ok(_))) => {}
            Ok(None) => return true,
            Ok(Some(Err(_))) | Err(_) => return false,
        }
    }
}

/// A bug of ours is answered like any other refusal.
pub(crate) fn apres_panique(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    // What a panic says may hold what a person typed: where it happened is printed by the runtime.
    tracing::error!("a handler panicked");
    repondre(&Probleme::new(Code::Interne))
}

/// Headers that every answer bears.
pub(crate) async fn entetes_de_securite(State(etat): State<AppState>, requete: Request, suite: Next) -> Response<Body> {
    let de_l_api = requete.uri().path().starts_with("/api/") || requete.uri().path().starts_with("/sante/");
    let mut reponse = suite.run(requete).await;
    let entetes = reponse.headers_mut();
    let mut poser = |nom: HeaderName, valeur: &'static str| {
        entetes.entry(nom).or_insert(HeaderValue::from_static(valeur));
    };
    poser(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    poser(header::REFERRER_POLICY, "same-origin");
    poser(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    poser(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    poser(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    );
    poser(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
    if de_l_api {
        poser(header::CACHE_CONTROL, "no-store");
    }
    if etat.settings.https() {
        poser(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    reponse
}

/// One line for each request. The route is its template: a path, a query string or a body could
/// hold personal data.
pub(crate) async fn raconter(requete: Request, suite: Next) -> Response<Body> {
    let debut = Instant::now();
    let id = en_hexa(&hasard::<8>());
    let methode = requete.method().clone();
    let route = requete.extensions().get::<MatchedPath>().cloned();
    let mut reponse = suite.run(requete).await;
    tracing::info!(
        requete = id,
        %methode,
        route = route.as_ref().map_or("(page)", |route| route.as_str()),
        statut = reponse.status().as_u16(),
        ms = u64::try_from(debut.elapsed().as_millis()).unwrap_or(u64::MAX),
    );
    if let Ok(id) = HeaderValue::from_str(&id) {
        reponse.headers_mut().insert("x-request-id", id);
    }
    reponse.into_response()
}

#[cfg(test)]
mod tests {
    use super::est_de_la_machine;

    #[test]
    fn only_pages_of_this_machine_are_of_this_machine() {
        for origine in ["http://127.0.0.1:8080", "http://localhost:8087", "http://[::1]:1", "http://localhost"] {
            assert!(est_de_la_machine(origine), "{origine}");
        }
        for origine in [
            "null",
            "http://127.0.0.1.exemple.fr",
            "http://localhost.exemple.fr:80",
            "https://exemple.fr",
            "",
            "file://",
        ] {
            assert!(!est_de_la_machine(origine), "{origine}");
        }
    }
}
