//! A disability declared with its proof: sealed as that of a DIF is, and waiting until an operator has seen it.

use api::handicap::{HandicapDeclarationView, HandicapView, ProofStatut};
use api::probleme::{Code, Probleme};
use api::routes;
use axum::Json;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use domaine::forms::{Formulaire, HANDICAP_CONSENT, SaisieHandicap};
use mail::{Address, Occasion};
use store::{AnswerKind, DeclaredHandicap, Handicap, NewHandicap, NewPiece, Session, Verdict};
use vault::reference;

use super::shared::account::load;
use super::shared::proof::{Received, receive};
use crate::error::{AppError, HandlerResult, log_only};
use crate::extract::{IdempotencyKey, Titulaire};
use crate::state::AppState;

/// What was declared.
#[utoipa::path(
    get, path = routes::HANDICAP, tag = "droits",
    responses((status = 200, description = "Les déclarations", body = HandicapView), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn show(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<Json<HandicapView>> {
    let seen = state.store.answers_seen(&titulaire.session.account, AnswerKind::Handicap).await;
    log_only(seen, "answers that were read are told again");
    view(&state, &titulaire.session).await.map(Json)
}

/// The form, for its description only.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only describes the multipart body")]
pub(super) struct FormulaireHandicap {
    /// PDF, JPEG, PNG or HEIC, 10 MB at most.
    #[schema(value_type = String, format = Binary)]
    attestation: String,
    /// « oui »: the holder consents to what the screen says of this proof.
    #[schema(rename = "consentement", example = "oui")]
    consent: String,
}

/// Declares a disability: it counts once an operator has seen the proof.
#[utoipa::path(
    post, path = routes::HANDICAP, tag = "droits",
    request_body(content = FormulaireHandicap, content_type = "multipart/form-data"),
    params(("idempotency-key" = inline(IdempotencyKey), Header, description = "16 à 64 lettres, chiffres ou tirets")),
    responses(
        (status = 201, description = "Enregistré, en attente", body = HandicapView),
        (status = 400, description = "Corps illisible, ou clé d'idempotence manquante", body = Probleme),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 408, description = "Le contenu vient trop lentement", body = Probleme),
        (status = 409, description = "Clé reprise, ou une déclaration attend déjà", body = Probleme),
        (status = 413, description = "Fichier trop lourd", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 503, description = "Rien n'a été enregistré", body = Probleme)
    )
)]
pub(super) async fn declare(
    State(state): State<AppState>,
    titulaire: Titulaire,
    IdempotencyKey(key): IdempotencyKey,
    request: Request,
) -> HandlerResult<(StatusCode, Json<HandicapView>)> {
    let formulaire = Multipart::from_request(request, &state).await.map_err(|_| Code::UnexpectedType)?;
    let received = receive(&state, formulaire).await?;
    let recorded = save(&state, &titulaire.session, &key, &received).await;
    received.settle(&state, recorded.as_deref().ok()).await;
    recorded?;
    Ok((StatusCode::CREATED, Json(view(&state, &titulaire.session).await?)))
}

/// Records what was received, or finds what the same submission recorded before: the identifier of the declaration.
async fn save(state: &AppState, session: &Session, key: &str, received: &Received) -> HandlerResult<String> {
    let key = state.vault.digest("clé de handicap", &[session.account.as_bytes(), key.as_bytes()]);
    let body = state.vault.digest("corps de handicap", &[received.sha256.as_bytes()]);
    if let Some((known, id)) = state.store.idempotency_key(&key).await? {
        return same(known == body, id);
    }
    let today = state.clock.today();
    let saisie = SaisieHandicap { piece: received.piece, consent: received.consent };
    let examined = saisie.validate(today).map_err(|errors| AppError::from(Probleme::saisie(&errors)))?;
    let new = NewHandicap {
        id: received.id.clone(),
        key: key.clone(),
        body: body.clone(),
        reference: reference("HAN"),
        examined,
        piece: NewPiece { id: received.id.clone(), sha256: received.sha256.clone() },
        consent: HANDICAP_CONSENT,
        declared_on: today,
    };
    match state.store.declare_handicap(session, &new, state.clock.now()).await {
        Ok(DeclaredHandicap::Recorded) => Ok(new.id),
        Ok(DeclaredHandicap::Known(known, id)) => same(known == body, id),
        Ok(DeclaredHandicap::Full) => Err(Code::TooManyDeclarations.into()),
        // The database may have kept what it says that it did not: then that is what is said.
        Err(failure) => match state.store.idempotency_key(&key).await {
            Ok(Some((known, id))) if known == body => Ok(id),
            _ => Err(failure.into()),
        },
    }
}

fn same(same: bool, id: String) -> HandlerResult<String> {
    if same { Ok(id) } else { Err(Code::IdempotencyKeyReused.into()) }
}

/// Takes every declaration back, and the consent given with it; twice is once.
#[utoipa::path(
    delete, path = routes::HANDICAP, tag = "droits",
    responses(
        (status = 200, description = "Retirées, justificatifs effacés", body = HandicapView),
        (status = 401, description = "Il faut se connecter", body = Probleme)
    )
)]
pub(super) async fn withdraw(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<Json<HandicapView>> {
    let session = &titulaire.session;
    let (account, _) = load(&state, session).await?;
    let now = state.clock.now();
    let letter = state.letters.write_about(&account.id, Address(&account.courriel), &Occasion::ProofWithdrawn, now);
    for piece in state.store.withdraw_handicaps(session, &letter, state.clock.today(), now).await? {
        // Nothing reads it any more; the clean-up takes what stays behind.
        if let Err(error) = state.pieces.erase(&piece).await {
            tracing::warn!(erreur = %error, "a proof that was taken back stays until the next clean-up");
        }
    }
    view(&state, session).await.map(Json)
}

/// The declarations as the holder sees them, newest first.
pub(super) async fn view(state: &AppState, session: &Session) -> HandlerResult<HandicapView> {
    let declarations = state.store.handicaps(&session.account).await?;
    let rule = state.bareme().boeth_majoration.as_of(state.clock.today());
    let majoration = rule.map(|rule| rule.value).ok_or(AppError::Internal("no figure of the law for today"))?;
    Ok(HandicapView { declarations: declarations.into_iter().rev().map(declaration).collect(), majoration })
}

fn declaration(handicap: Handicap) -> HandicapDeclarationView {
    let (decided_on, verdict) = handicap.decision.unzip();
    let (statut, period, raison) = match verdict {
        None => (ProofStatut::Waiting, None, None),
        Some(Verdict::Accepted(period)) => (ProofStatut::Accepted, Some(period), None),
        Some(Verdict::Refused(raison)) => (ProofStatut::Refused, None, Some(raison)),
    };
    let withdrawn_on = handicap.withdrawn_on;
    let period = period.map(|period| period.ending_by(withdrawn_on));
    HandicapDeclarationView {
        reference: handicap.reference,
        declared_on: handicap.declared_on,
        statut: if withdrawn_on.is_some() { ProofStatut::Withdrawn } else { statut },
        decided_on: withdrawn_on.or(decided_on),
        since: period.map(|period| period.since),
        as_of: period.and_then(|period| period.as_of),
        raison,
    }
}
