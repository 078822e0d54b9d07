//! The description of the interface, made from the handlers and the types.

use std::sync::OnceLock;

use api::routes;
use bytes::Bytes;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, Ref, RefOr, Response};
use utoipa::{Modify, OpenApi};

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
    ),
    modifiers(&Refusals)
)]
pub struct Description;

/// What every operation may answer besides what its handler says: written once, as it travels.
struct Refusals;

/// The cookie of a session, as this description names it.
const SESSION: &str = "session";
/// Where nobody needs to be connected.
const OPEN: [&str; 4] = ["comptes", "sessions", "interface", "santé"];
/// What any operation may answer.
const ALWAYS: [(&str, &str); 2] = [
    ("405", "Cette adresse n'admet pas cette méthode"),
    ("503", "Le service est indisponible ; Retry-After dit quand recommencer"),
];
/// What one that changes something may answer.
const CHANGING: [(&str, &str); 4] = [
    ("400", "Corps illisible"),
    ("403", "La demande ne vient pas d'une page de ce site"),
    ("408", "Le contenu vient trop lentement"),
    ("413", "Contenu trop grand"),
];
/// What one of somebody who is connected may answer.
const CONNECTED: [(&str, &str); 2] = [
    ("401", "Il faut se connecter"),
    ("409", "Une autre personne est connectée dans ce navigateur, ou un obstacle que dit « code »"),
];

impl Modify for Refusals {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let cookie = ApiKeyValue::with_description("__Host-acquis", "« acquis » sur la machine elle-même, sans https");
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme(SESSION, SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
        for item in openapi.paths.paths.values_mut() {
            if let Some(read) = &mut item.get {
                complete(read, false);
            }
            for change in [&mut item.post, &mut item.put, &mut item.delete].into_iter().flatten() {
                complete(change, true);
            }
        }
    }
}

fn complete(operation: &mut Operation, changes: bool) {
    let open = operation.tags.iter().flatten().any(|tag| OPEN.contains(&tag.as_str()));
    let mut refusals = ALWAYS.to_vec();
    if changes {
        refusals.extend(CHANGING);
    }
    if operation.request_body.is_some() {
        refusals.push(("415", "Contenu d'un autre type"));
    }
    if !open {
        refusals.extend(CONNECTED);
        operation.security = Some(vec![SecurityRequirement::new::<_, _, String>(SESSION, [])]);
    }
    let responses = &mut operation.responses.responses;
    for (status, what) in refusals {
        responses.entry(status.to_owned()).or_insert_with(|| Response::new(what).into());
    }
    for (_, response) in responses.iter_mut().filter(|(status, _)| status.as_str() >= "400") {
        if let RefOr::T(response) = response {
            let probleme = Content::new(Some(Ref::from_schema_name("Probleme")));
            response.content = [("application/problem+json".to_owned(), probleme)].into_iter().collect();
        }
    }
}

/// This description.
#[utoipa::path(get, path = routes::OPENAPI, tag = "interface", responses((status = 200, description = "Ce document")))]
pub(super) async fn show() -> axum::response::Response {
    static DOCUMENT: OnceLock<Bytes> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| Bytes::from(Description::openapi().to_json().unwrap_or_default()));
    json(document.clone())
}
