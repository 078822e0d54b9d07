//! Every failure, what it is on the wire, and its status: the only file with statuses.

use api::probleme::{Code, Probleme};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use serde::Serialize;
use store::{Panne, PanneDePieces};
use vault::HachageImpossible;

/// Why a request is not answered as asked.
#[derive(Debug)]
pub enum Erreur {
    /// A refusal that the page tells.
    Refus(Probleme),
    /// The database failed.
    Base(Panne),
    /// The proofs failed.
    Pieces(PanneDePieces),
    /// A fault of ours; the words are for the log.
    Interne(&'static str),
}

/// What a handler answers.
pub type Reponse<T> = Result<T, Erreur>;

impl From<Probleme> for Erreur {
    fn from(probleme: Probleme) -> Self {
        Self::Refus(probleme)
    }
}

impl From<Code> for Erreur {
    fn from(code: Code) -> Self {
        Self::Refus(Probleme::new(code))
    }
}

impl From<Panne> for Erreur {
    fn from(panne: Panne) -> Self {
        Self::Base(panne)
    }
}

impl From<PanneDePieces> for Erreur {
    fn from(panne: PanneDePieces) -> Self {
        Self::Pieces(panne)
    }
}

impl From<HachageImpossible> for Erreur {
    fn from(_: HachageImpossible) -> Self {
        Self::Refus(Probleme::new(Code::Indisponible))
    }
}

impl IntoResponse for Erreur {
    fn into_response(self) -> Response<Body> {
        let probleme = match self {
            Self::Refus(probleme) => probleme,
            Self::Base(panne @ Panne::Base(_)) => {
                tracing::error!(%panne, "the database failed");
                Probleme::new(if panne.is_a_bug() { Code::Interne } else { Code::Indisponible })
            }
            Self::Base(panne) => {
                tracing::error!(%panne, "the store holds what it cannot");
                Probleme::new(Code::Interne)
            }
            Self::Pieces(panne) => {
                tracing::error!(%panne, "the proofs failed");
                Probleme::new(Code::Indisponible)
            }
            Self::Interne(quoi) => {
                tracing::error!(quoi, "a fault of ours");
                Probleme::new(Code::Interne)
            }
        };
        repondre(&probleme)
    }
}

/// The body of a refusal: the problem and the three members that RFC 9457 adds.
#[derive(Serialize)]
struct ProblemeServi<'a> {
    r#type: String,
    title: &'static str,
    status: u16,
    #[serde(flatten)]
    probleme: &'a Probleme,
}

/// Answers a refusal.
pub fn repondre(probleme: &Probleme) -> Response<Body> {
    let (status, title) = statut(probleme.code);
    let code = serde_json::to_value(probleme.code).unwrap_or_default();
    let servi = ProblemeServi {
        r#type: format!("urn:acquis:probleme:{}", code.as_str().unwrap_or_default()),
        title,
        status: status.as_u16(),
        probleme,
    };
    let corps = serde_json::to_vec(&servi).unwrap_or_default();
    let mut reponse = Response::new(Body::from(corps));
    *reponse.status_mut() = status;
    reponse.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Some(attendre) = probleme.attendre.as_deref().and_then(|secondes| HeaderValue::from_str(secondes).ok()) {
        reponse.headers_mut().insert(RETRY_AFTER, attendre);
    }
    reponse
}

fn statut(code: Code) -> (StatusCode, &'static str) {
    match code {
        Code::Saisie => (StatusCode::UNPROCESSABLE_ENTITY, "Des champs sont à corriger"),
        Code::CompteImpossible => (StatusCode::CONFLICT, "Aucun compte ne peut être ouvert avec ces renseignements"),
        Code::IdentifiantsFaux => (StatusCode::UNAUTHORIZED, "Aucun compte avec ce courriel et ce mot de passe"),
        Code::TropDeTentatives => (StatusCode::TOO_MANY_REQUESTS, "Trop de tentatives"),
        Code::SessionRequise => (StatusCode::UNAUTHORIZED, "Il faut se connecter"),
        Code::OrigineRefusee => (StatusCode::FORBIDDEN, "La demande ne vient pas d'une page de ce site"),
        Code::CorpsIllisible => (StatusCode::BAD_REQUEST, "Le contenu de la demande est illisible"),
        Code::CorpsTropGrand => (StatusCode::PAYLOAD_TOO_LARGE, "Le contenu de la demande est trop grand"),
        Code::TypeInattendu => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "Le contenu de la demande est d'un autre type"),
        Code::Introuvable => (StatusCode::NOT_FOUND, "Il n'y a rien à cette adresse"),
        Code::MethodeRefusee => (StatusCode::METHOD_NOT_ALLOWED, "Cette adresse n'admet pas cette méthode"),
        Code::CleIdempotenceManquante => (StatusCode::BAD_REQUEST, "La clé d'idempotence manque"),
        Code::CleIdempotenceReprise => (StatusCode::CONFLICT, "La clé d'idempotence a servi à une autre demande"),
        Code::AutreCompte => (StatusCode::CONFLICT, "Une autre personne est connectée dans ce navigateur"),
        Code::TropDeDeclarations => (StatusCode::CONFLICT, "Trop de déclarations de DIF sur ce compte"),
        Code::CourrielPris => (StatusCode::CONFLICT, "Un autre compte utilise ce courriel"),
        Code::DifClos => (StatusCode::CONFLICT, "Un DIF ne peut plus être déclaré"),
        Code::Indisponible => (StatusCode::SERVICE_UNAVAILABLE, "Le service est indisponible pour le moment"),
        Code::Interne => (StatusCode::INTERNAL_SERVER_ERROR, "Une erreur est survenue chez nous"),
    }
}
