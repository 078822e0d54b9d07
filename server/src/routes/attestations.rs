//! DIF declarations: the file is encrypted and written as it arrives, then recorded.

use api::dif::{DeclarationView, DifView, RecordedDif};
use api::handicap::ProofStatut;
use api::probleme::{Code, Probleme};
use api::routes;
use axum::Json;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use domaine::assurance::Level;
use domaine::dif::{first_counting, solde, to_euros};
use domaine::droits::{Outlook, Releve, calculate};
use domaine::forms::{DeclarationDif, Formulaire, SaisieDif};
use store::{AnswerKind, Attested, Declaration, Declared, NewDeclaration, NewPiece, Session};
use vault::reference;

use super::shared::proof::{Received, receive};
use super::shared::views::{known, situation, todays_releve};
use crate::error::{HandlerResult, log_only};
use crate::extract::{IdempotencyKey, Titulaire};
use crate::state::AppState;

/// What was declared.
#[utoipa::path(
    get, path = routes::DIF, tag = "dif",
    responses((status = 200, description = "Les déclarations", body = DifView), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn show(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<Json<DifView>> {
    let declarations = state.store.declarations(&titulaire.session.account).await?;
    let hours = solde(declarations.iter().filter(|d| d.counts_now()).map(|d| (d.rapport, d.hours)));
    let day = state.clock.today();
    let situation = situation(&state, &titulaire.session).await?;
    let releve = calculate(&situation, day, &state.bareme());
    let mut views = views(&state, &declarations, &releve);
    views.reverse();
    let bareme = state.bareme();
    let end = bareme.dif_declaration_end;
    let outlook = Outlook::of(&situation, &releve, known(&state, &titulaire.session), end)
        .unless_set_aside(titulaire.session.level == Level::SetAside);
    let seen = state.store.answers_seen(&titulaire.session.account, AnswerKind::Dif).await;
    log_only(seen, "answers that were read are told again");
    Ok(Json(DifView { declarations: views, hours, euros: to_euros(hours, day, &bareme), end, outlook }))
}

/// The form, for its description only.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "only describes the multipart body")]
pub(super) struct FormulaireDif {
    /// Whole hours.
    #[serde(rename = "heures")]
    hours: String,
    /// `replaces` or `added`; only asked when a DIF that was not refused was declared before.
    rapport: Option<String>,
    /// PDF, JPEG, PNG or HEIC, 10 MB at most.
    #[schema(value_type = String, format = Binary)]
    attestation: String,
}

/// Declares an attestation.
#[utoipa::path(
    post, path = routes::DIF, tag = "dif",
    request_body(content = FormulaireDif, content_type = "multipart/form-data"),
    params(("idempotency-key" = inline(IdempotencyKey), Header, description = "16 à 64 lettres, chiffres ou tirets")),
    responses(
        (status = 201, description = "Enregistré", body = RecordedDif),
        (status = 400, description = "Corps illisible, ou clé d'idempotence manquante", body = Probleme),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 408, description = "Le contenu vient trop lentement", body = Probleme),
        (status = 409, description = "Clé reprise, trop de déclarations, ou le dernier jour pour déclarer un DIF est passé", body = Probleme),
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
) -> HandlerResult<(StatusCode, Json<RecordedDif>)> {
    let formulaire = Multipart::from_request(request, &state).await.map_err(|_| Code::UnexpectedType)?;
    let received = receive(&state, formulaire).await?;
    let recorded = save(&state, &titulaire.session, &key, &received).await;
    received.settle(&state, recorded.as_ref().ok().map(|(id, _)| id.as_str())).await;
    recorded.map(|(_, recorded)| (StatusCode::CREATED, Json(recorded)))
}

/// Records what was received, or finds what the same submission recorded before; with the identifier of the
/// declaration.
async fn save(
    state: &AppState,
    session: &Session,
    key: &str,
    received: &Received,
) -> HandlerResult<(String, RecordedDif)> {
    let key = state.vault.digest("clé de déclaration", &[session.account.as_bytes(), key.as_bytes()]);
    let parts = [received.hours.as_bytes(), received.rapport.as_bytes(), received.sha256.as_bytes()];
    let body = state.vault.digest("corps de déclaration", &parts);
    // Before judging the form: a repeat must not be asked how it relates to itself.
    if let Some((known, id)) = state.store.idempotency_key(&key).await? {
        return report_back(state, session, known == body, id).await;
    }
    let mut first = !state.store.declarations(&session.account).await?.iter().any(Declaration::stands);
    loop {
        let declaration = match validate(state, received, first) {
            Ok(declaration) => declaration,
            // The same submission may have been recorded since: then that is the « DIF declared before ».
            Err(refusal) => match state.store.idempotency_key(&key).await? {
                Some((known, id)) => return report_back(state, session, known == body, id).await,
                None => return Err(refusal),
            },
        };
        let new = NewDeclaration {
            id: received.id.clone(),
            key: key.clone(),
            body: body.clone(),
            first,
            reference: reference("DIF"),
            declaration,
            piece: NewPiece { id: received.id.clone(), sha256: received.sha256.clone() },
            counts: state.settings.dif_counts,
            declared_on: state.clock.today(),
        };
        return match state.store.declare(session, &new, state.clock.now()).await {
            Ok(Declared::Recorded { declarations, situation }) => {
                let releve = calculate(&situation, state.clock.today(), &state.bareme());
                Ok((new.id.clone(), recorded(state, &declarations, &new.id, &releve)?))
            }
            Ok(Declared::Known(known, id)) => report_back(state, session, known == body, id).await,
            // Another came first while this one was judged: it is judged again as what it is now.
            Ok(Declared::NotFirst) => {
                first = false;
                continue;
            }
            Ok(Declared::Full) => Err(Code::TooManyDeclarations.into()),
            // The database may have kept what it says that it did not: then that is what is said.
            Err(failure) => match state.store.idempotency_key(&key).await {
                Ok(Some((known, id))) if known == body => report_back(state, session, true, id).await,
                _ => Err(failure.into()),
            },
        };
    }
}

fn validate(state: &AppState, received: &Received, first: bool) -> HandlerResult<DeclarationDif> {
    if !state.bareme().dif_can_be_declared(state.clock.today()) {
        return Err(Code::DifClosed.into());
    }
    let saisie = SaisieDif {
        hours: received.hours.clone(),
        rapport: received.rapport.clone(),
        already_declared: !first,
        piece: received.piece,
    };
    saisie.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors).into())
}

/// What a submission recorded under its key, when it is the same, and what the balance became.
async fn report_back(
    state: &AppState,
    session: &Session,
    same: bool,
    id: String,
) -> HandlerResult<(String, RecordedDif)> {
    if !same {
        return Err(Code::IdempotencyKeyReused.into());
    }
    let declarations = state.store.declarations(&session.account).await?;
    let releve = todays_releve(state, session).await?;
    let recorded = recorded(state, &declarations, &id, &releve)?;
    Ok((id, recorded))
}

/// A declaration among those of its account, with what this statement makes of it.
fn recorded(state: &AppState, declarations: &[Declaration], id: &str, releve: &Releve) -> HandlerResult<RecordedDif> {
    // Not there any more: its account was closed meanwhile.
    let index = declarations.iter().position(|declaration| declaration.id == id).ok_or(Code::SessionRequired)?;
    let declaration = views(state, declarations, releve).swap_remove(index);
    let withheld = declaration.withheld;
    Ok(RecordedDif { declaration, solde: releve.solde, withheld })
}

/// The declarations as the holder sees them, in the order they were made.
fn views(state: &AppState, declarations: &[Declaration], releve: &Releve) -> Vec<DeclarationView> {
    let present: Vec<usize> = (0..declarations.len()).filter(|index| declarations[*index].counts_now()).collect();
    let first = first_counting(present.iter().map(|index| declarations[*index].rapport));
    let counting = present.get(first..).unwrap_or_default();
    declarations
        .iter()
        .enumerate()
        .map(|(index, declaration)| DeclarationView {
            reference: declaration.reference.clone(),
            hours: declaration.hours,
            euros: to_euros(declaration.hours, declaration.declared_on, &state.bareme()),
            withheld: releve.withheld_of(&declaration.reference),
            rapport: declaration.rapport,
            declared_on: declaration.declared_on,
            piece: declaration.piece.piece_type,
            account: counting.contains(&index),
            replaced: present.contains(&index) && !counting.contains(&index),
            statut: match &declaration.decision {
                None => ProofStatut::Waiting,
                Some((_, Attested::Accepted)) => ProofStatut::Accepted,
                Some((_, Attested::Refused(_))) => ProofStatut::Refused,
            },
            decided_on: declaration.decision.as_ref().map(|(on, _)| *on),
            raison: declaration.decision.as_ref().and_then(|(_, decision)| match decision {
                Attested::Refused(raison) => Some(raison.clone()),
                Attested::Accepted => None,
            }),
        })
        .collect()
}
