//! The description of the interface, made from the handlers and the types.

use std::sync::OnceLock;

use api::routes;
use bytes::Bytes;
use domaine::forms::MAX_LENGTH;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, SchemaType, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, Ref, RefOr, Response, Schema};
use utoipa::{Modify, OpenApi};

use super::shared::answers::json;
use super::{
    attestations, changes, closing, confirmations, contestations, export, freezing, handicaps, health, identities,
    inscriptions, journal, passkeys, profils, qualifications, recoveries, releves, second_steps, sessions, thawing,
};

/// Everything under `/api` and `/sante`.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Acquis",
        description = "Un compte de formation que chacun peut héberger. Tout montant, nombre d'heures ou année est un texte exact."
    ),
    paths(
        inscriptions::ask,
        inscriptions::show,
        inscriptions::another_code,
        inscriptions::confirm,
        recoveries::ask,
        recoveries::show,
        recoveries::renew,
        freezing::stop,
        freezing::freeze,
        thawing::show,
        thawing::ask,
        thawing::confirm,
        sessions::open,
        passkeys::challenge,
        passkeys::open,
        second_steps::asked,
        second_steps::take,
        sessions::close,
        sessions::show,
        identities::leave,
        identities::arrive,
        identities::show,
        identities::ask,
        identities::shown,
        identities::link,
        identities::unlink,
        identities::button,
        identities::signed_out,
        releves::droits,
        releves::historique,
        contestations::deposit,
        qualifications::show,
        qualifications::declare,
        qualifications::finish,
        attestations::show,
        attestations::declare,
        handicaps::show,
        handicaps::declare,
        handicaps::withdraw,
        profils::show,
        closing::close,
        closing::keep,
        changes::ask,
        changes::other_codes,
        changes::confirm,
        changes::give_up,
        profils::change_mot_de_passe,
        second_steps::show,
        second_steps::begin,
        second_steps::confirm,
        second_steps::replace,
        second_steps::renew,
        second_steps::remove,
        confirmations::ask,
        confirmations::confirm,
        passkeys::list,
        passkeys::ask,
        passkeys::add,
        passkeys::rename,
        passkeys::remove,
        profils::connexions,
        profils::close_others,
        profils::close_other,
        journal::show,
        export::export,
        export::showing::show_again,
        export::showing::show_passkey,
        export::whole,
        show,
        health::live,
        health::ready,
    ),
    modifiers(&Refusals, &Typed)
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
        if let Some(RefOr::T(Schema::Object(probleme))) = components.schemas.get_mut("Probleme") {
            // What RFC 9457 adds when it travels.
            for (name, kind) in [("type", Type::String), ("title", Type::String), ("status", Type::Integer)] {
                let added = ObjectBuilder::new().schema_type(kind).build();
                probleme.properties.insert(name.to_owned(), Schema::Object(added).into());
                probleme.required.push(name.to_owned());
            }
        }
        for (path, item) in &mut openapi.paths.paths {
            if let Some(read) = &mut item.get {
                complete(read, false);
                read.operation_id = Some(name("get", path));
            }
            let changes = [("post", &mut item.post), ("put", &mut item.put), ("delete", &mut item.delete)];
            for (method, change) in changes.into_iter().filter_map(|(method, change)| Some((method, change.as_mut()?)))
            {
                complete(change, true);
                change.operation_id = Some(name(method, path));
            }
        }
    }
}

/// What an operation is called, which OpenAPI wants of one alone: handlers of two rooms have one name.
fn name(method: &str, path: &str) -> String {
    let words = path.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    std::iter::once(method).chain(words).collect::<Vec<_>>().join("_")
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

/// What people type, in any form: bounded before it is read. How it is written is said in sentences, at the fields.
struct Typed;

/// The fields that nobody else may read.
const SECRET: [&str; 9] = [
    "mot_de_passe",
    "mot_de_passe_actuel",
    "actuel",
    "nouveau",
    "code",
    "code_actuel",
    "code_nouveau",
    "code_secours",
    "jeton",
];

impl Modify for Typed {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let operations = openapi.paths.paths.values().flat_map(|item| [&item.post, &item.put, &item.delete]);
        let bodies = operations.flatten().filter_map(|operation| operation.request_body.as_ref());
        let forms: Vec<String> = bodies.flat_map(|body| body.content.values()).filter_map(named).collect();
        let schemas = openapi.components.iter_mut().flat_map(|components| &mut components.schemas);
        for (_, schema) in schemas.filter(|(name, _)| forms.contains(name)) {
            if let RefOr::T(Schema::Object(form)) = schema {
                form.properties.iter_mut().for_each(|(champ, schema)| bound(champ, schema));
            }
        }
    }
}

/// The name of the schema of a body.
fn named(content: &Content) -> Option<String> {
    match &content.schema {
        Some(RefOr::Ref(schema)) => schema.ref_location.rsplit('/').next().map(str::to_owned),
        _ => None,
    }
}

fn bound(champ: &str, schema: &mut RefOr<Schema>) {
    if let RefOr::T(Schema::Object(text)) = schema
        && is_text(&text.schema_type)
        && text.format.is_none()
    {
        text.max_length = Some(MAX_LENGTH);
        if SECRET.contains(&champ) {
            text.format = Some(SchemaFormat::KnownFormat(KnownFormat::Password));
        }
    }
}

fn is_text(kind: &SchemaType) -> bool {
    match kind {
        SchemaType::Type(kind) => *kind == Type::String,
        SchemaType::Array(kinds) => kinds.contains(&Type::String),
        SchemaType::AnyValue => false,
    }
}

/// This description.
#[utoipa::path(get, path = routes::OPENAPI, tag = "interface", responses((status = 200, description = "Ce document")))]
pub(super) async fn show() -> axum::response::Response {
    static DOCUMENT: OnceLock<Bytes> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| Bytes::from(Description::openapi().to_json().unwrap_or_default()));
    json(document.clone())
}
