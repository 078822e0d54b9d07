//! The one table of paths and handlers. Handlers decode, call one well-named function, answer; they do not know one
//! another: what several need is in `shared`.

mod attestations;
mod changes;
mod closing;
mod confirmations;
mod contestations;
mod export;
mod freezing;
mod handicaps;
mod health;
mod identities;
mod inscriptions;
mod journal;
mod mailbox;
mod openapi;
mod page;
mod passkeys;
mod profils;
mod qualifications;
mod recoveries;
mod releves;
mod second_steps;
mod sessions;
mod shared;
mod signatures;
mod thawing;

use api::probleme::Code;
use api::routes;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{any, delete, get, post, put};

use shared::proof::MAX_BODY;

use crate::error::AppError;
use crate::state::AppState;

pub use openapi::Description;

/// Every address the server knows.
pub(crate) fn table() -> Router<AppState> {
    Router::new()
        .route(routes::INSCRIPTION, get(inscriptions::show).post(inscriptions::ask))
        .route(routes::INSCRIPTION_CODE, post(inscriptions::another_code))
        .route(routes::INSCRIPTION_CONFIRMATION, post(inscriptions::confirm))
        .route(routes::RECUPERATION, get(recoveries::show).post(recoveries::ask))
        .route(routes::RECUPERATION_MOT_DE_PASSE, post(recoveries::renew))
        .route(routes::ARRET, post(freezing::stop))
        .route(routes::DEGEL, get(thawing::show).post(thawing::ask))
        .route(routes::DEGEL_CONFIRMATION, post(thawing::confirm))
        .route(routes::CONNEXION, post(sessions::open))
        .route(routes::CONNEXION_CLE_DEFI, post(passkeys::challenge))
        .route(routes::CONNEXION_CLE, post(passkeys::open))
        .route(routes::CONNEXION_SECONDE_ETAPE, get(second_steps::asked).post(second_steps::take))
        .route(routes::DECONNEXION, post(sessions::close))
        .route(routes::SESSION, get(sessions::show))
        .route(routes::IDENTITE_DEPART, post(identities::leave))
        .route(routes::IDENTITE_RETOUR, get(identities::arrive))
        .route(routes::IDENTITE, get(identities::show))
        .route(routes::IDENTITE_INSCRIPTION, post(identities::ask))
        .route(routes::IDENTITE_LIEN, get(identities::shown).post(identities::link).delete(identities::unlink))
        .route(routes::IDENTITE_BOUTON, get(identities::button))
        .route(routes::IDENTITE_FIN, get(identities::signed_out))
        .route(routes::DROITS, get(releves::droits))
        .route(routes::HISTORIQUE, get(releves::historique))
        .route(routes::CONTESTATIONS, post(contestations::deposit))
        .route(
            routes::SOUS_NIVEAU_3,
            get(qualifications::show).post(qualifications::declare).delete(qualifications::finish),
        )
        .route(routes::DIF, get(attestations::show).post(attestations::declare.layer(DefaultBodyLimit::max(MAX_BODY))))
        .route(
            routes::HANDICAP,
            get(handicaps::show)
                .post(handicaps::declare.layer(DefaultBodyLimit::max(MAX_BODY)))
                .delete(handicaps::withdraw),
        )
        .route(routes::PROFIL, get(profils::show).delete(closing::close))
        .route(routes::FERMETURE, delete(closing::keep))
        .route(routes::COORDONNEES, put(changes::ask).delete(changes::give_up))
        .route(routes::COORDONNEES_CODE, post(changes::other_codes))
        .route(routes::COORDONNEES_CONFIRMATION, post(changes::confirm))
        .route(routes::COURRIEL, post(confirmations::ask))
        .route(routes::COURRIEL_CONFIRMATION, post(confirmations::confirm))
        .route(routes::MOT_DE_PASSE, put(profils::change_mot_de_passe))
        .route(routes::SECONDE_ETAPE, get(second_steps::show).post(second_steps::begin).delete(second_steps::remove))
        .route(routes::SECONDE_ETAPE_CONFIRMATION, post(second_steps::confirm))
        .route(routes::SECONDE_ETAPE_REMPLACEMENT, post(second_steps::replace))
        .route(routes::CODES_SECOURS, post(second_steps::renew))
        .route(routes::GEL, post(freezing::freeze))
        .route(
            routes::CLES_ACCES,
            get(passkeys::list).post(passkeys::add).put(passkeys::rename).delete(passkeys::remove),
        )
        .route(routes::CLES_ACCES_DEFI, post(passkeys::ask))
        .route(routes::CONNEXIONS, get(profils::connexions).delete(profils::close_others))
        .route(routes::ONE_CONNEXION, delete(profils::close_other))
        .route(routes::JOURNAL, get(journal::show))
        .route(routes::EXPORT, get(export::export))
        .route(routes::EXPORT_ENTIER, get(export::whole).post(export::showing::show_again))
        .route(routes::EXPORT_CLE, post(export::showing::show_passkey))
        .route(routes::OPENAPI, get(openapi::show))
        .route(routes::HEALTH_LIVE, get(health::live))
        .route(routes::HEALTH_READY, get(health::ready))
        .route("/.well-known/security.txt", get(health::security))
        .route(routes::EXPORT_SCHEMA, get(export::schema))
        .route(routes::SIGNATURES, get(signatures::list))
        .route(routes::ONE_SIGNATURE, get(signatures::show))
        .route("/api", any(not_found))
        .route("/api/", any(not_found))
        .route("/api/{*reste}", any(not_found))
        .route(routes::DAY_SCRIPT, get(page::day))
        .route(mailbox::PATH, get(mailbox::show))
        .fallback(page::serve)
        .method_not_allowed_fallback(method_refused)
}

/// Whether its body is a file, which may take its time; what else is sent here was typed.
pub(crate) fn takes_a_file(request: &Request) -> bool {
    request.method() == Method::POST && [routes::DIF, routes::HANDICAP].contains(&request.uri().path())
}

async fn not_found() -> AppError {
    Code::NotFound.into()
}

async fn method_refused() -> AppError {
    Code::MethodRefused.into()
}
