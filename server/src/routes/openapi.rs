//! The description of the interface, made from the handlers and the types.

use std::sync::OnceLock;

use api::routes;
use axum::response::Response;
use bytes::Bytes;
use utoipa::OpenApi;

use super::shared::answers::json;
use super::{attestations, contestations, export, health, inscriptions, profils, qualifications, releves, sessions};

/// Everything under `/api` and `/sante`.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Acquis",
        description = "Un compte de formation que chacun peut héberger. Tout montant, nombre d'heures ou année est un texte exact."
    ),
    paths(
        inscriptions::open,
        sessions::open,
        sessions::close,
        sessions::show,
        releves::droits,
        releves::historique,
        contestations::deposit,
        qualifications::show,
        qualifications::declare,
        qualifications::finish,
        attestations::show,
        attestations::declare,
        profils::show,
        profils::close,
        profils::change_coordonnees,
        profils::change_mot_de_passe,
        profils::connexions,
        profils::close_others,
        export::export,
        show,
        health::live,
        health::ready,
    )
)]
pub struct Description;

/// This description.
#[utoipa::path(get, path = routes::OPENAPI, tag = "interface", responses((status = 200, description = "Ce document")))]
pub(super) async fn show() -> Response {
    static DOCUMENT: OnceLock<Bytes> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| Bytes::from(Description::openapi().to_json().unwrap_or_default()));
    json(document.clone())
}
