//! Below level 3: what the holder declared, declares and ends.

use api::droits::SousNiveau3View;
use api::probleme::{Code, Probleme};
use api::routes;
use axum::Json;
use axum::extract::State;
use domaine::droits::{ActSousNiveau3, DeclarationSousNiveau3};
use domaine::forms::{Formulaire, SaisieSousNiveau3};
use domaine::mesures::Year;

use crate::error::{AppError, HandlerResult};
use crate::extract::{JsonBody, Titulaire};
use crate::state::AppState;

/// What was declared, and what it gives.
#[utoipa::path(
    get, path = routes::SOUS_NIVEAU_3, tag = "droits",
    responses((status = 200, description = "Les déclarations", body = SousNiveau3View), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn show(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<Json<SousNiveau3View>> {
    view(&state, state.store.sous_niveau_3(&titulaire.session.account).await?)
}

fn view(state: &AppState, mut declarations: Vec<DeclarationSousNiveau3>) -> HandlerResult<Json<SousNiveau3View>> {
    declarations.reverse();
    let day = state.clock.today();
    let bareme = state.bareme();
    let in_force = |series: &domaine::bareme::Series<_>| {
        series.as_of(day).map(|value| value.value).ok_or(AppError::Internal("no figure of the law for today"))
    };
    Ok(Json(SousNiveau3View {
        under_way: declarations.first().is_some_and(DeclarationSousNiveau3::is_under_way),
        declarations,
        year: Year::new(day.year()).map_err(|_| AppError::Internal("a clock out of its centuries"))?,
        credit: in_force(&bareme.low_qualification_credit)?,
        plafond: in_force(&bareme.low_qualification_plafond)?,
        ordinary_credit: in_force(&bareme.yearly_credit)?,
        ordinary_plafond: in_force(&bareme.plafond)?,
    }))
}

/// Declares to be below level 3; twice is once.
#[utoipa::path(
    post, path = routes::SOUS_NIVEAU_3, tag = "droits", request_body = SaisieSousNiveau3,
    responses(
        (status = 200, description = "Déclaré", body = SousNiveau3View),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 409, description = "Trop de déclarations", body = Probleme),
        (status = 422, description = "La case n'est pas cochée", body = Probleme)
    )
)]
pub(super) async fn declare(
    state: State<AppState>,
    titulaire: Titulaire,
    body: JsonBody<SaisieSousNiveau3>,
) -> HandlerResult<Json<SousNiveau3View>> {
    perform(state, titulaire, &body.value, Some(ActSousNiveau3::Declare)).await
}

/// Ends the declaration, or takes it back when it was a mistake; twice is once.
#[utoipa::path(
    delete, path = routes::SOUS_NIVEAU_3, tag = "droits", request_body = SaisieSousNiveau3,
    responses(
        (status = 200, description = "La déclaration a pris fin", body = SousNiveau3View),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 409, description = "Trop de déclarations", body = Probleme),
        (status = 422, description = "La case n'est pas cochée", body = Probleme)
    )
)]
pub(super) async fn finish(
    state: State<AppState>,
    titulaire: Titulaire,
    body: JsonBody<SaisieSousNiveau3>,
) -> HandlerResult<Json<SousNiveau3View>> {
    perform(state, titulaire, &body.value, None).await
}

/// `act`: what is done; when there is none, what the form says.
async fn perform(
    state: State<AppState>,
    titulaire: Titulaire,
    saisie: &SaisieSousNiveau3,
    act: Option<ActSousNiveau3>,
) -> HandlerResult<Json<SousNiveau3View>> {
    let day = state.clock.today();
    let end = saisie.validate(day).map_err(|errors| Probleme::saisie(&errors))?;
    let (now, act) = (state.clock.now(), act.unwrap_or(end));
    let declarations = state.store.declare_sous_niveau_3(&titulaire.session, act, day, now).await?;
    view(&state, declarations.ok_or(Code::TooManyDeclarations)?)
}
