//! The balance and the statement.

use api::droits::{DroitsView, HistoriqueView};
use api::probleme::Probleme;
use api::routes;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domaine::assurance::Level;
use domaine::droits::{Outlook, Releve, calculate};
use domaine::forms::{Formulaire, SaisieConsultation};
use domaine::mesures::Day;
use store::AnswerKind;

use super::shared::answers::{json, to_json};
use super::shared::views;
use crate::error::{HandlerResult, log_only};
use crate::extract::Titulaire;
use crate::state::AppState;

/// The balance.
#[utoipa::path(
    get, path = routes::DROITS, tag = "droits",
    responses((status = 200, description = "Le solde", body = DroitsView), (status = 401, description = "Il faut se connecter", body = Probleme), (status = 403, description = "Il faut d'abord prouver davantage ; « niveau » dit quoi", body = Probleme))
)]
pub(super) async fn droits(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<Response> {
    let (session, day) = (titulaire.session, state.clock.today());
    views::ask_to_read_all(&state, &session)?;
    // One that is to be erased says when, and is not remembered.
    let closes_on = session.closes_on.map(|on| state.clock.in_words(on));
    let stays = closes_on.is_none();
    if stays && let Some(body) = state.soldes.look_up(&session.account, session.version, day) {
        return Ok(json(body));
    }
    let situation = views::situation(&state, &session).await?;
    let bareme = state.bareme();
    let releve = calculate(&situation, day, &bareme);
    let body = to_json(&DroitsView {
        as_of: releve.as_of,
        solde: releve.solde,
        dif_part: releve.dif_part,
        outside_plafond: releve.cec_part + releve.abondements_part,
        solde_hours: releve.solde_hours,
        plafond: releve.plafond,
        state: releve.state,
        known: session.known,
        dif_declared: !situation.attestations.is_empty(),
        dif_end: bareme.dif_declaration_end,
        closes_on,
        outlook: Outlook::of(&situation, &releve, session.known, bareme.dif_declaration_end)
            .unless_set_aside(session.level == Level::SetAside),
    })?;
    if stays {
        state.soldes.keep(&session.account, session.version, day, body.clone());
    }
    Ok(json(body))
}

/// The statement, line by line, as it stands or as it stood.
#[utoipa::path(
    get, path = routes::HISTORIQUE, tag = "droits",
    params(("au" = Option<String>, Query, description = "Le relevé tel qu'il était ce jour-là, par exemple 2021-06-30 ; aujourd'hui sans cela")),
    responses(
        (status = 200, description = "Le relevé", body = HistoriqueView),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 403, description = "Il faut d'abord prouver davantage ; « niveau » dit quoi", body = Probleme),
        (status = 422, description = "La date n'est pas un jour passé", body = Probleme)
    )
)]
pub(super) async fn historique(
    State(state): State<AppState>,
    titulaire: Titulaire,
    RawQuery(wanted): RawQuery,
) -> HandlerResult<Json<HistoriqueView>> {
    let session = &titulaire.session;
    views::ask_to_read_all(&state, session)?;
    let today = state.clock.today();
    let as_of = asked_day(wanted.as_deref(), today)?;
    let situation = views::situation(&state, session).await?;
    let bareme = state.bareme();
    let releve = calculate(&situation, as_of, &bareme);
    let first = |releve: &Releve| releve.lignes.first().map(|ligne| ligne.date);
    let since = first(&releve).or_else(|| first(&calculate(&situation, today, &bareme)));
    let contestations = views::contestations_of(&state, session).await?;
    let outlook = Outlook::of(&situation, &releve, session.known, bareme.dif_declaration_end)
        .unless_set_aside(session.level == Level::SetAside);
    log_only(
        state.store.answers_seen(&session.account, AnswerKind::Contestation).await,
        "answers that were read are told again",
    );
    let attestations = state.store.declarations(&session.account).await?;
    Ok(Json(HistoriqueView {
        dif_to_check: attestations.iter().any(|attestation| attestation.decision.is_none()),
        releve,
        outlook,
        today,
        since,
        known: session.known,
        dif_end: bareme.dif_declaration_end,
        contestations,
    }))
}

/// The day in the address; today when there is none.
fn asked_day(wanted: Option<&str>, today: Day) -> HandlerResult<Day> {
    let mut parameters = wanted.unwrap_or_default().split('&').filter_map(|parameter| parameter.split_once('='));
    let Some((_, as_of)) = parameters.find(|(nom, _)| *nom == routes::AS_OF) else { return Ok(today) };
    SaisieConsultation { as_of: as_of.to_owned() }.validate(today).map_err(|errors| Probleme::saisie(&errors).into())
}
