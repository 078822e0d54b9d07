//! The balance and the statement.

use api::droits::{DroitsVus, HistoriqueVu};
use api::probleme::Probleme;
use api::routes;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domaine::droits::{Releve, Situation, calculer};
use domaine::forms::{Formulaire, SaisieConsultation};
use domaine::mesures::Jour;
use store::Session;

use super::{contestations, en_json, json};
use crate::error::{Erreur, Reponse};
use crate::extract::Titulaire;
use crate::state::AppState;

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
    let situation = situation(&etat, &session).await?;
    let bareme = etat.bareme();
    let releve = calculer(&situation, jour, &bareme);
    let corps = en_json(&DroitsVus {
        au: releve.au,
        solde: releve.solde,
        dont_dif: releve.dont_dif,
        hors_plafond: releve.dont_cec + releve.dont_abondements,
        solde_heures: releve.solde_heures,
        plafond: releve.plafond,
        etat: releve.etat,
        connu: session.connue,
        dif_declare: !situation.attestations.is_empty(),
        fin_dif: bareme.fin_declaration_dif,
    })?;
    etat.soldes.garder(&session.compte, session.version, jour, corps.clone());
    Ok(json(corps))
}

/// The statement, line by line, as it stands or as it stood.
#[utoipa::path(
    get, path = routes::HISTORIQUE, tag = "droits",
    params(("au" = Option<String>, Query, description = "Le relevé tel qu'il était ce jour-là, par exemple 2021-06-30 ; aujourd'hui sans cela")),
    responses(
        (status = 200, description = "Le relevé", body = HistoriqueVu),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 422, description = "La date n'est pas un jour passé", body = Probleme)
    )
)]
pub(super) async fn historique(
    State(etat): State<AppState>,
    titulaire: Titulaire,
    RawQuery(demande): RawQuery,
) -> Reponse<Json<HistoriqueVu>> {
    let session = &titulaire.session;
    let aujourdhui = etat.clock.aujourdhui();
    let au = jour_demande(demande.as_deref(), aujourdhui)?;
    let situation = situation(&etat, session).await?;
    let bareme = etat.bareme();
    let releve = calculer(&situation, au, &bareme);
    let premier = |releve: &Releve| releve.lignes.first().map(|ligne| ligne.date);
    let depuis = premier(&releve).or_else(|| premier(&calculer(&situation, aujourdhui, &bareme)));
    let contestations = contestations::vues(&etat, session).await?;
    Ok(Json(HistoriqueVu {
        releve,
        aujourdhui,
        depuis,
        connu: session.connue,
        fin_dif: bareme.fin_declaration_dif,
        contestations,
    }))
}

/// The day in the address; today when there is none.
fn jour_demande(demande: Option<&str>, aujourdhui: Jour) -> Reponse<Jour> {
    let mut parametres = demande.unwrap_or_default().split('&').filter_map(|parametre| parametre.split_once('='));
    let Some((_, au)) = parametres.find(|(nom, _)| *nom == routes::AU) else { return Ok(aujourdhui) };
    SaisieConsultation { au: au.to_owned() }.valider(aujourdhui).map_err(|erreurs| Probleme::saisie(&erreurs).into())
}

/// The statement of today.
pub(super) async fn releve_du_jour(etat: &AppState, session: &Session) -> Reponse<Releve> {
    let situation = situation(etat, session).await?;
    Ok(calculer(&situation, etat.clock.aujourdhui(), &etat.bareme()))
}

/// What the rights of whoever is connected are computed from.
async fn situation(etat: &AppState, session: &Session) -> Reponse<Situation> {
    let situation = etat.store.situation(&session.personne).await?;
    situation.ok_or(Erreur::Interne("an account without a person"))
}
