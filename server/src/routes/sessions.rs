//! Connecting, disconnecting, who is connected.

use api::accounts::{AnswersView, SessionView, TitulaireView};
use api::identities::AddressView;
use api::probleme::{Code, Probleme};
use api::routes;
use api::second_step::SecondStepView;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use domaine::forms::{Formulaire, SaisieConnexion};
use limits::Attempts;
use store::{AnswerKind, Mailbox, Proofs, Way};
use vault::token;

use super::shared::connection::{Connected, Connection, is_known, strengthened};
use super::thawing;
use crate::error::{AppError, HandlerResult, log_only};
use crate::extract::{Away, Browser, FORGET, JsonBody, MaybeTitulaire, Titulaire, away_cookie, cookie};
use crate::state::AppState;

/// Connects.
#[utoipa::path(
    post, path = routes::CONNEXION, tag = "sessions", request_body = SaisieConnexion,
    responses(
        (status = 200, description = "Session ouverte", body = SessionView),
        (status = 202, description = "Le mot de passe est bon ; le compte demande une seconde étape", body = SecondStepView),
        (status = 401, description = "Aucun compte avec ce courriel et ce mot de passe", body = Probleme),
        (status = 403, description = "Ce courriel et ce mot de passe ouvrent un compte gelé", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives ; Retry-After dit combien de temps attendre", body = Probleme)
    )
)]
pub(super) async fn open(
    State(state): State<AppState>,
    browser: Browser,
    body: JsonBody<SaisieConnexion>,
) -> HandlerResult<Response> {
    let connexion = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let mailbox = Mailbox::of(&connexion.courriel);
    let account = state.store.account_by_courriel(&mailbox).await?;
    let known = account.as_ref().is_some_and(|account| is_known(&state, account, browser.known.as_deref()));
    let attempts = Attempts::to_sign_in(state.counter(), browser.address, mailbox.key(), known).await?;
    let guard = account.as_ref().map(|account| account.mot_de_passe.as_str());
    let checked = state.hashing.check(&connexion.mot_de_passe, guard).await?;
    let account = match account {
        Some(account) if checked => strengthened(&state, account, &connexion.mot_de_passe).await,
        other => {
            attempts.count(state.counter()).await?;
            let refusal = Code::WrongCredentials;
            return Err(other.map_or_else(|| refusal.into(), |account| AppError::About(refusal, account.id)));
        }
    };
    let connection = Connection::new(&state, &browser, Way::MotDePasse, Proofs::default());
    if let Err(refused) = connection.open(&state, &account).await {
        return thawing::offered(&state, &browser, &account, refused).await;
    }
    log_only(attempts.forget(state.counter()).await, "wrong attempts before a good one stay counted");
    Ok(connection.answer(&state, &Connected::from(&account)))
}

/// Disconnects; who is not connected is disconnected already.
#[utoipa::path(
    post, path = routes::DECONNEXION, tag = "sessions",
    responses(
        (status = 200, description = "Session fermée ; celle du fournisseur d'identité se ferme à cette adresse", body = AddressView),
        (status = 204, description = "Session fermée")
    )
)]
pub(super) async fn close(
    State(state): State<AppState>,
    MaybeTitulaire(titulaire): MaybeTitulaire,
    browser: Browser,
    headers: HeaderMap,
) -> HandlerResult<Response> {
    let now = state.clock.now();
    let mut token_there = None;
    if let Some(elsewhere) = &state.elsewhere {
        // Whoever sits here next must not have the identity that came and of which nothing came.
        log_only(elsewhere.forget(browser.back.as_deref(), now).await, "an identity stays held");
        if let Some(titulaire) = &titulaire {
            token_there = state.requests.identity_token(&titulaire.session).await?;
        }
    }
    // Here first: what a provider says, or does not, comes after.
    if let Some(titulaire) = titulaire {
        state.store.close_session(&titulaire.session, now).await?;
    }
    let mut suite = None;
    if let (Some(elsewhere), Some(there)) = (&state.elsewhere, token_there) {
        let secret = token();
        let address = elsewhere.farewell(&there, &secret, &state.settings.address_come_by(&headers)).await;
        suite = address.map(|address| (AddressView { address }, away_cookie(&state, Away::Leaving, Some(&secret))));
    }
    let nobody = [cookie(&state, None), away_cookie(&state, Away::Back, None)];
    let closed = (AppendHeaders(nobody.map(|cookie| (header::SET_COOKIE, cookie))), [FORGET]);
    Ok(match suite {
        Some((suite, away)) => (closed, AppendHeaders([(header::SET_COOKIE, away)]), Json(suite)).into_response(),
        None => (StatusCode::NO_CONTENT, closed).into_response(),
    })
}

/// Who is connected.
#[utoipa::path(get, path = routes::SESSION, tag = "sessions", responses((status = 200, description = "Qui est connecté", body = SessionView)))]
pub(super) async fn show(
    State(state): State<AppState>,
    MaybeTitulaire(titulaire): MaybeTitulaire,
) -> HandlerResult<Json<SessionView>> {
    Ok(Json(match titulaire {
        Some(Titulaire { session, rest, .. }) => SessionView {
            titulaire: Some(TitulaireView {
                nom_naissance: session.nom_naissance.clone(),
                prenoms: session.prenoms.clone(),
            }),
            account: Some(state.account_seen(&session.account)),
            level: Some(session.level),
            expires_in: Some(rest.to_string()),
            answers: answers(&state, &session.account).await?,
        },
        None => SessionView { titulaire: None, account: None, level: None, expires_in: None, answers: None },
    }))
}

/// What was answered and not read yet.
async fn answers(state: &AppState, account: &str) -> HandlerResult<Option<AnswersView>> {
    let unseen = state.store.unseen_answers(account).await?;
    let Some((first, _)) = unseen.first() else { return Ok(None) };
    let path = match first {
        AnswerKind::Contestation => "/historique",
        AnswerKind::Dif => "/mes-droits",
        AnswerKind::Handicap => "/handicap",
    };
    let count: i64 = unseen.iter().map(|(_, count)| count).sum();
    Ok(Some(AnswersView { count: count.to_string(), path: path.to_owned() }))
}
