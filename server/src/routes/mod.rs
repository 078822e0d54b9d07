//! The one table of paths and handlers. Handlers decode, call one well-named function, answer.

mod attestations;
mod contestations;
mod health;
mod inscriptions;
mod openapi;
mod profils;
mod qualifications;
mod releves;
mod sessions;

use api::probleme::Code;
use api::routes;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post, put};

use crate::error::Erreur;
use crate::page;
use crate::state::AppState;

pub use openapi::Description;

/// Every address the server knows.
pub(crate) fn table() -> Router<AppState> {
    Router::new()
        .route(routes::INSCRIPTION, post(inscriptions::ouvrir))
        .route(routes::CONNEXION, post(sessions::ouvrir))
        .route(routes::DECONNEXION, post(sessions::fermer))
        .route(routes::SESSION, get(sessions::voir))
        .route(routes::DROITS, get(releves::droits))
        .route(routes::HISTORIQUE, get(releves::historique))
        .route(routes::CONTESTATIONS, post(contestations::deposer))
        .route(
            routes::SOUS_NIVEAU_3,
            get(qualifications::voir).post(qualifications::declarer).delete(qualifications::finir),
        )
        .route(
            routes::DIF,
            get(attestations::voir)
                .post(attestations::declarer.layer(DefaultBodyLimit::max(attestations::CORPS_MAXIMAL))),
        )
        .route(routes::PROFIL, get(profils::voir).delete(profils::fermer))
        .route(routes::COORDONNEES, put(profils::changer_coordonnees))
        .route(routes::MOT_DE_PASSE, put(profils::changer_mot_de_passe))
        .route(routes::CONNEXIONS, get(profils::connexions).delete(profils::fermer_les_autres))
        .route(routes::EXPORT, get(profils::export))
        .route(routes::OPENAPI, get(openapi::voir))
        .route(routes::SANTE_VIF, get(health::vif))
        .route(routes::SANTE_PRET, get(health::pret))
        .route("/.well-known/security.txt", get(health::securite))
        .route("/api", any(introuvable))
        .route("/api/", any(introuvable))
        .route("/api/{*reste}", any(introuvable))
        .fallback(page::servir)
        .method_not_allowed_fallback(methode_refusee)
}

async fn introuvable() -> Erreur {
    Code::Introuvable.into()
}

async fn methode_refusee() -> Erreur {
    Code::MethodeRefusee.into()
}

/// A value as JSON, ready to be kept and given back.
fn en_json(valeur: &impl serde::Serialize) -> Result<bytes::Bytes, Erreur> {
    serde_json::to_vec(valeur).map(Into::into).map_err(|_| Erreur::Interne("an answer that cannot be written"))
}

/// Bytes that are JSON already.
fn json(octets: bytes::Bytes) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], octets).into_response()
}
