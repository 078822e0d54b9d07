//! The second step: shown by whoever gave the password of an account that asks for it; set, renewed, removed by its holder.

use api::accounts::SessionView;
use api::probleme::{Code, Probleme};
use api::routes;
use api::second_step::{AskedStepView, EnrolmentView, PasswordAgain, RecoveryCodesView, SecondStepSetView};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domaine::assurance::SpendingGuard;
use domaine::forms::{ChampPreuves, ChampSecondeEtape, Faute, Formulaire, Preuves, SaisieSecondeEtape, SecondProof};
use domaine::identite::{CodeInvalide, CodeSecours};
use identity::{Enrolment, Made, Unproved, Usage};
use limits::Attempts;
use store::{Account, Proofs, Way};

use super::shared::account::{ask_again, load};
use super::shared::connection::{Connected, Connection, Renewal, second_step_view};
use super::shared::refusals::at_this_champ;
use super::shared::waiting;
use crate::error::{AppError, HandlerResult, log_only};
use crate::extract::{Browser, JsonBody, Titulaire};
use crate::state::AppState;

/// What this browser must show, having given the password.
#[utoipa::path(
    get, path = routes::CONNEXION_SECONDE_ETAPE, tag = "sessions",
    responses((status = 200, description = "La seconde étape qu'attend la connexion de ce navigateur, s'il y en a une", body = AskedStepView))
)]
pub(super) async fn asked(State(state): State<AppState>, browser: Browser) -> HandlerResult<Json<AskedStepView>> {
    let waiting = state.requests.waiting_step(browser.secret(Usage::Step), state.clock.now()).await?;
    Ok(Json(AskedStepView { step: waiting.map(|waiting| second_step_view(&state, waiting.until)) }))
}

/// Shows it, and connects.
#[utoipa::path(
    post, path = routes::CONNEXION_SECONDE_ETAPE, tag = "sessions", request_body = SaisieSecondeEtape,
    responses(
        (status = 200, description = "Session ouverte", body = SessionView),
        (status = 410, description = "Ce navigateur n'a pas donné de mot de passe, ou il y a trop longtemps, ou trop de codes étaient faux", body = Probleme),
        (status = 422, description = "Code à corriger, ou qui a déjà servi", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn take(
    State(state): State<AppState>,
    browser: Browser,
    body: JsonBody<SaisieSecondeEtape>,
) -> HandlerResult<Response> {
    let proof = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let waiting = state.requests.waiting_step(browser.secret(Usage::Step), state.clock.now()).await?;
    let waiting = waiting.ok_or(Code::StaleLink)?;
    let account = &waiting.account;
    let attempts = Attempts::at_second_step(state.counter(), browser.address, &account.id).await?;
    let way = match &proof {
        SecondProof::Application(_) => Way::Application,
        SecondProof::Secours(_) => Way::Secours,
    };
    let mut connection = Connection::new(&state, &browser, way, Proofs { second_step: true, ..Proofs::default() });
    connection.new.identity_token = state.requests.identity_token_of_step(&waiting, &connection.new.digest);
    let known = connection.is_known(&state, account);
    if let Err(unproved) = state.requests.take_step(&waiting, &proof, (&connection.new, known), state.clock.now()).await
    {
        // Whoever counted the guess noted it, in one transaction.
        let kept = waiting::is_a_guess(&unproved);
        let refused = refuse(&state, attempts, unproved, &proof).await;
        return Err(if kept { refused.already_noted() } else { refused });
    }
    log_only(attempts.forget(state.counter()).await, "wrong attempts before a good one stay counted");
    Ok(connection.answer_to_proof(&state, &Connected::from(account), Usage::Step))
}

/// What the account asks for besides its password.
#[utoipa::path(
    get, path = routes::SECONDE_ETAPE, tag = "profil",
    responses((status = 200, description = "La seconde étape du compte", body = SecondStepSetView))
)]
pub(super) async fn show(
    State(state): State<AppState>,
    titulaire: Titulaire,
) -> HandlerResult<Json<SecondStepSetView>> {
    let (account, _) = load(&state, &titulaire.session).await?;
    Ok(Json(set_view(&state, &account).await?))
}

/// What the holder may see of it: never the secret.
pub(super) async fn set_view(state: &AppState, account: &Account) -> HandlerResult<SecondStepSetView> {
    let left = state.store.second_step(&account.id).await?.map_or(0, |step| step.left);
    Ok(SecondStepSetView {
        since: account.second_step_on.map(|on| state.clock.in_words(on)),
        left: left.to_string(),
        to_spend: state.settings.spending_guard == SpendingGuard::SecondStep,
    })
}

/// Begins to set it: gives the secret for an application, once. Nothing is asked for before a first code.
#[utoipa::path(
    post, path = routes::SECONDE_ETAPE, tag = "profil", request_body = PasswordAgain,
    responses(
        (status = 200, description = "Le secret à donner à l'application", body = EnrolmentView),
        (status = 410, description = "Le compte demande déjà une seconde étape : elle se remplace", body = Probleme),
        (status = 422, description = "Le mot de passe n'est pas celui du compte", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn begin(
    State(state): State<AppState>,
    titulaire: Titulaire,
    body: JsonBody<PasswordAgain>,
) -> HandlerResult<Json<EnrolmentView>> {
    let session = &titulaire.session;
    let (account, _) = load(&state, session).await?;
    ask_again(&state, &account, &body.value.mot_de_passe).await?;
    if account.second_step_on.is_some() {
        // A password opens nothing more here: it is replaced by whoever shows what is asked today.
        return Err(Code::StaleLink.into());
    }
    let enrolment = state.requests.begin_second_step(session, &account, state.clock.now()).await?;
    Ok(Json(enrolment_view(enrolment)))
}

fn enrolment_view(enrolment: Enrolment) -> EnrolmentView {
    EnrolmentView {
        secret: enrolment.secret,
        address: enrolment.address,
        side: enrolment.side.to_string(),
        drawing: enrolment.drawing,
    }
}

/// Begins to put another application in the place of the one that is asked for: gives its secret, once. The former goes on
/// until a first code of the other.
#[utoipa::path(
    post, path = routes::SECONDE_ETAPE_REMPLACEMENT, tag = "profil", request_body = SaisieSecondeEtape,
    responses(
        (status = 200, description = "Le secret à donner à l'autre application", body = EnrolmentView),
        (status = 410, description = "Le compte ne demande pas de seconde étape", body = Probleme),
        (status = 422, description = "Code à corriger, ou qui a déjà servi", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn replace(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<SaisieSecondeEtape>,
) -> HandlerResult<Json<EnrolmentView>> {
    let session = &titulaire.session;
    let act = async |account: &Account, proof: &SecondProof| {
        state.requests.replace_second_step(session, account, proof, state.clock.now()).await
    };
    Ok(Json(enrolment_view(by_proof(&state, &titulaire, &browser, &body.value, act).await?)))
}

/// Sets it by a first code of the application. The session has another secret from now on, and every other ends.
#[utoipa::path(
    post, path = routes::SECONDE_ETAPE_CONFIRMATION, tag = "profil", request_body = SaisieSecondeEtape,
    responses(
        (status = 201, description = "Posée ; les codes à garder, montrés une seule fois", body = RecoveryCodesView),
        (status = 410, description = "Rien n'attend de code : il faut recommencer", body = Probleme),
        (status = 422, description = "Code à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn confirm(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<SaisieSecondeEtape>,
) -> HandlerResult<Response> {
    let proof = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let session = &titulaire.session;
    let (account, _) = load(&state, session).await?;
    let attempts = Attempts::at_second_step(state.counter(), browser.address, &account.id).await?;
    let SecondProof::Application(code) = &proof else {
        return Err(refuse(&state, attempts, Unproved::WrongCode, &proof).await);
    };
    let renewal = Renewal::new();
    let with = (code, renewal.digest.as_str());
    match state.requests.set_second_step(session, &account, with, state.clock.now()).await {
        Ok(codes) => {
            log_only(attempts.forget(state.counter()).await, "wrong attempts before a good one stay counted");
            Ok((StatusCode::CREATED, renewal.given(&state, Made::Now), Json(shown_once(&codes))).into_response())
        }
        Err(unproved) => Err(refuse(&state, attempts, unproved, &proof).await),
    }
}

/// Other codes to keep; the former ones serve no more. The session has another secret from now on, and every other ends.
#[utoipa::path(
    post, path = routes::CODES_SECOURS, tag = "profil", request_body = SaisieSecondeEtape,
    responses(
        (status = 200, description = "Les codes à garder, montrés une seule fois", body = RecoveryCodesView),
        (status = 410, description = "Le compte ne demande pas de seconde étape", body = Probleme),
        (status = 422, description = "Code à corriger, ou qui a déjà servi", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn renew(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<SaisieSecondeEtape>,
) -> HandlerResult<Response> {
    let session = &titulaire.session;
    let renewal = Renewal::new();
    let act = async |account: &Account, proof: &SecondProof| {
        let with = (proof, renewal.digest.as_str());
        state.requests.renew_recovery_codes(session, account, with, state.clock.now()).await
    };
    let codes = by_proof(&state, &titulaire, &browser, &body.value, act).await?;
    Ok((renewal.given(&state, Made::Now), Json(shown_once(&codes))).into_response())
}

/// Removes it: the password alone opens the account again. The session has another secret from now on, and every other ends.
#[utoipa::path(
    delete, path = routes::SECONDE_ETAPE, tag = "profil", request_body = SaisieSecondeEtape,
    responses(
        (status = 204, description = "Retirée ; les autres connexions ont pris fin"),
        (status = 410, description = "Le compte ne demande pas de seconde étape", body = Probleme),
        (status = 422, description = "Code à corriger, ou qui a déjà servi", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn remove(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<SaisieSecondeEtape>,
) -> HandlerResult<Response> {
    let session = &titulaire.session;
    let renewal = Renewal::new();
    let act = async |account: &Account, proof: &SecondProof| {
        let with = (proof, renewal.digest.as_str());
        state.requests.remove_second_step(session, account, with, state.clock.now()).await
    };
    by_proof(&state, &titulaire, &browser, &body.value, act).await?;
    Ok((StatusCode::NO_CONTENT, renewal.given(&state, Made::Now)).into_response())
}

/// Does this for the holder of this session, who shows what their account asks for.
async fn by_proof<T>(
    state: &AppState,
    titulaire: &Titulaire,
    browser: &Browser,
    shown: &SaisieSecondeEtape,
    act: impl AsyncFnOnce(&Account, &SecondProof) -> Result<T, Unproved>,
) -> HandlerResult<T> {
    let proof = shown.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let (account, _) = load(state, &titulaire.session).await?;
    counted(state, &account, browser, &proof, act).await
}

/// The password again, and what the account asks for besides it: who only sits at an open session, or knows the password as
/// well, gains no way in that stays. What was shown has served.
pub(super) async fn prove_again(
    state: &AppState,
    titulaire: &Titulaire,
    browser: &Browser,
    account: &Account,
    preuves: &Preuves,
) -> HandlerResult<()> {
    let session = &titulaire.session;
    let asks = account.second_step_on.is_some();
    if asks && preuves.step.is_none() {
        return Err(at_this_champ(ChampPreuves::Code, Faute::Code(CodeInvalide::Empty)));
    }
    ask_again(state, account, &preuves.mot_de_passe).await?;
    let Some(proof) = preuves.step.as_ref().filter(|_| asks) else { return Ok(()) };
    let act = async |account: &Account, proof: &SecondProof| {
        state.requests.show_second_step(session, account, proof, state.clock.now()).await
    };
    counted(state, account, browser, proof, act).await
}

/// Does this for who shows what the account asks for; a guess is counted, and refused at its field.
async fn counted<T>(
    state: &AppState,
    account: &Account,
    browser: &Browser,
    proof: &SecondProof,
    act: impl AsyncFnOnce(&Account, &SecondProof) -> Result<T, Unproved>,
) -> HandlerResult<T> {
    let attempts = Attempts::at_second_step(state.counter(), browser.address, &account.id).await?;
    match act(account, proof).await {
        Ok(done) => {
            log_only(attempts.forget(state.counter()).await, "wrong attempts before a good one stay counted");
            Ok(done)
        }
        Err(unproved) => Err(refuse(state, attempts, unproved, proof).await),
    }
}

fn shown_once(codes: &[CodeSecours]) -> RecoveryCodesView {
    RecoveryCodesView { codes: codes.iter().map(CodeSecours::group).collect() }
}

/// The refusal of what was shown, at its field; a guess is counted.
async fn refuse(state: &AppState, attempts: Attempts, unproved: Unproved, proof: &SecondProof) -> AppError {
    if waiting::is_a_guess(&unproved)
        && let Err(failure) = attempts.count(state.counter()).await
    {
        return failure.into();
    }
    let at = match proof {
        SecondProof::Application(_) => ChampSecondeEtape::Code,
        SecondProof::Secours(_) => ChampSecondeEtape::Secours,
    };
    waiting::refused(unproved, at, at)
}
