//! Whether the process answers, whether it can serve, and whom to tell about a weakness.

use api::routes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::clock::en_ms;
use crate::error::Reponse;
use crate::state::AppState;

/// The process answers.
#[utoipa::path(get, path = routes::SANTE_VIF, tag = "santé", responses((status = 200, description = "Le processus répond")))]
pub(super) async fn vif() -> &'static str {
    "vif\n"
}

/// The process can serve: its database answers.
#[utoipa::path(
    get, path = routes::SANTE_PRET, tag = "santé",
    responses((status = 200, description = "Prêt"), (status = 503, description = "La base ne répond pas", body = api::probleme::Probleme))
)]
pub(super) async fn pret(State(etat): State<AppState>) -> Reponse<&'static str> {
    etat.store.repond().await?;
    Ok("prêt\n")
}

/// `security.txt` (RFC 9116), when the settings name a contact.
pub(super) async fn securite(State(etat): State<AppState>) -> Response {
    let Some(contact) = &etat.settings.security_contact else {
        return crate::error::Erreur::from(api::probleme::Code::Introuvable).into_response();
    };
    let dans_six_mois = etat.clock.maintenant() + en_ms(std::time::Duration::from_secs(180 * 86_400));
    let expire = etat.clock.en_clair(dans_six_mois);
    let texte = format!("Contact: {contact}\nExpires: {}T00:00:00Z\nPreferred-Languages: fr, en\n", &expire[..10]);
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], texte).into_response()
}
