//! The description of the interface, made from the handlers and the types.

use std::sync::OnceLock;

use api::routes;
use axum::response::Response;
use bytes::Bytes;
use utoipa::OpenApi;

use super::{attestations, contestations, health, inscriptions, json, profils, qualifications, releves, sessions};

/// Everything under `/api` and `/sante`.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Acquis",
        description = "Un compte de formation que chacun peut héberger. Tout montant, nombre d'heures ou année est un texte exact."
    ),
    paths(
        inscriptions::ouvrir,
        sessions::ouvrir,
        sessions::fermer,
        sessions::voir,
        releves::droits,
        releves::historique,
        contestations::deposer,
        qualifications::voir,
        qualifications::declarer,
        qualifications::finir,
        attestations::voir,
        attestations::declarer,
        profils::voir,
        profils::fermer,
        profils::changer_coordonnees,
        profils::changer_mot_de_passe,
        profils::connexions,
        profils::fermer_les_autres,
        profils::export,
        voir,
        health::vif,
        health::pret,
    )
)]
pub struct Description;

/// This description.
#[utoipa::path(get, path = routes::OPENAPI, tag = "interface", responses((status = 200, description = "Ce document")))]
pub(super) async fn voir() -> Response {
    static DOCUMENT: OnceLock<Bytes> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| Bytes::from(Description::openapi().to_json().unwrap_or_default()));
    json(document.clone())
}
