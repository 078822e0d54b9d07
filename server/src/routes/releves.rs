//! The balance and the statement.

use api::droits::{DroitsVus, HistoriqueVu};
use api::probleme::Probleme;
use api::routes;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domaine::droits::{Releve, calculer};

use super::{en_json, json};
use crate::error::Reponse;
use crate::extract::Titulaire;
use crate::state::AppState;
use crate::store::Session;

/// The balance.
#[utoipa::path(
    get, path = routes::DROITS, tag = "droits",
    responses((status = 200, description = "Le solde", body = DroitsVus), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn droits(State(etat): State<AppState>, titulaire: Titulaire) -> Reponse<Response> {
    let (session, jour) = (titulaire.session, etat.clock.aujourdhui());
    if let Some(corps) = etat.soldes.trouver(&session.compte, session.version, jour) {
        return Ok(json(corps));
    }
    let situation = etat.store.situation(&session.personne, &session.compte).await?;
    let releve = calculer(&situation, jour, &etat.bareme());
    let corps = en_json(&DroitsVus {
        au: releve.au,
        solde: releve.solde,
        dont_dif: releve.dont_dif,
        plafond: releve.plafond,
        connu: session.connue,
        dif_declare: !situation.attestations.is_empty(),
    })?;
    etat.soldes.garder(&session.compte, session.version, jour, corps.clone());
    Ok(json(corps))
}

/// The statement, line by line.
#[utoipa::path(
    get, path = routes::HISTORIQUE, tag = "droits",
    responses((status = 200, description = "Le relevé", body = HistoriqueVu), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn historique(State(etat): State<AppState>, titulaire: Titulaire) -> Reponse<Json<HistoriqueVu>> {
    let releve = releve_du_jour(&etat, &titulaire.session).await?;
    Ok(Json(HistoriqueVu { releve, connu: titulaire.session.connue }))
}

/// The statement of today.
pub(super) async fn releve_du_jour(etat: &AppState, session: &Session) -> Reponse<Releve> {
    let situation = etat.store.situation(&session.personne, &session.compte).await?;
    Ok(calculer(&situation, etat.clock.aujourdhui(), &etat.bareme()))
}
