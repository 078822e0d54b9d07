//! Passkeys: a sign-in without typing anything, and the list of those of an account.

use api::accounts::SessionView;
use api::passkeys::{
    ChallengeView, PasskeyAnswer, PasskeyName, PasskeyNumber, PasskeyView, PasskeysView, SaisieCleAcces,
};
use api::probleme::{Code, Probleme};
use api::routes;
use axum::Json;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domaine::forms::{ChampCleAcces, Formulaire, key_name};
use limits::Attempts;
use mail::{Address, Occasion};
use passkeys::{Asked, Holder, Key, Passkeys, Presented, Proved, Refused};
use store::{Account, Kept, KnownPasskey, NewPasskey, PasskeyUse, Proofs, Session, Way, account_reference};
use vault::identifier;

use super::second_steps::prove_again;
use super::shared::account::load;
use super::shared::connection::{Connected, Connection, Renewal};
use super::shared::refusals::at_this_champ;
use crate::error::{AppError, HandlerResult, log_only};
use crate::extract::{Browser, Ceremony, JsonBody, Titulaire, passkey_cookie};
use crate::state::AppState;

/// What a browser asks its passkeys: the same for everybody, whoever has an account. Nothing is kept of it here.
#[utoipa::path(
    post, path = routes::CONNEXION_CLE_DEFI, tag = "sessions",
    responses(
        (status = 200, description = "Ce que le navigateur demande à ses clés d'accès ; sert une fois, cinq minutes", body = ChallengeView),
        (status = 409, description = "L'adresse de ce service n'admet pas de clé d'accès", body = Probleme)
    )
)]
pub(super) async fn challenge(State(state): State<AppState>) -> HandlerResult<Response> {
    let asked = ceremonies(&state)?.ask_for_any(state.clock.now());
    given(&state, Ceremony::SigningIn, asked)
}

/// Connects by the answer of a passkey, whose device checked who holds it: it is worth a password and a second step. Sent again,
/// it is refused.
#[utoipa::path(
    post, path = routes::CONNEXION_CLE, tag = "sessions", request_body = PasskeyAnswer,
    responses(
        (status = 200, description = "Session ouverte", body = SessionView),
        (status = 401, description = "Cette clé d'accès n'ouvre aucun compte", body = Probleme),
        (status = 403, description = "Le compte est gelé", body = Probleme),
        (status = 409, description = "L'adresse de ce service n'admet pas de clé d'accès", body = Probleme),
        (status = 410, description = "Ce navigateur n'a rien demandé à ses clés, ou il y a trop longtemps", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn open(
    State(state): State<AppState>,
    browser: Browser,
    body: JsonBody<PasskeyAnswer>,
) -> HandlerResult<Response> {
    let attempts = Attempts::to_prove(state.counter(), browser.address).await?;
    let (account, known, proved) = match judge(&state, &browser, &body.value.response).await? {
        Ok(judged) => judged,
        Err(refused) => {
            attempts.count(state.counter()).await?;
            return Err(refused);
        }
    };
    let connection = Connection::new(&state, &browser, Way::Passkey, Proofs { second_step: true, ..Proofs::default() });
    let by = PasskeyUse { known: &known, state: &proved.state, once: (&proved.once.digest, proved.once.until) };
    connection.open_by_passkey(&state, &account, &by).await?;
    log_only(attempts.forget(state.counter()).await, "wrong attempts before a good one stay counted");
    Ok(connection.answer_to_passkey(&state, &Connected::from(&account)))
}

/// Whose passkey answered, and what it proves; else the refusal, which does not say what is wrong with it.
pub(super) async fn judge(
    state: &AppState,
    browser: &Browser,
    response: &str,
) -> HandlerResult<Result<(Account, KnownPasskey, Proved), AppError>> {
    let ceremonies = ceremonies(state)?;
    let Some(sealed) = &browser.passkey else { return Ok(Err(Code::StaleLink.into())) };
    let Ok(presented) = Presented::read(response) else { return Ok(Err(Code::PasskeyRefused.into())) };
    let Some(known) = state.store.passkey(&presented.credential()).await? else {
        return Ok(Err(Code::PasskeyRefused.into()));
    };
    let key = Key { credential: presented.credential(), public: known.public.clone(), state: known.state.clone() };
    let proved = match ceremonies.prove(sealed, &presented, (&known.account, &key), state.clock.now()) {
        Ok(proved) => proved,
        Err(Refused::Over) => return Ok(Err(Code::StaleLink.into())),
        Err(Refused::Wrong) => return Ok(Err(AppError::About(Code::PasskeyRefused, known.account))),
    };
    // Closed meanwhile: its passkeys went with it.
    let account = state.store.account(&known.account).await?;
    Ok(account.map(|account| (account, known, proved)).ok_or_else(|| Code::PasskeyRefused.into()))
}

/// The passkeys of the account.
#[utoipa::path(
    get, path = routes::CLES_ACCES, tag = "profil",
    responses((status = 200, description = "Les clés d'accès, la plus ancienne d'abord", body = PasskeysView))
)]
pub(super) async fn list(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<Json<PasskeysView>> {
    view(&state, &titulaire.session).await
}

/// Asks for one more, by what opens the account: whoever finds a screen open must not keep a way in.
#[utoipa::path(
    post, path = routes::CLES_ACCES_DEFI, tag = "profil", request_body = SaisieCleAcces,
    responses(
        (status = 200, description = "Ce que le navigateur demande à l'appareil ; sert une fois, cinq minutes", body = ChallengeView),
        (status = 409, description = "L'adresse de ce service n'admet pas de clé d'accès, ou le compte en a autant que possible", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn ask(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<SaisieCleAcces>,
) -> HandlerResult<Response> {
    let ceremonies = ceremonies(&state)?;
    let asked = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let session = &titulaire.session;
    let (account, _) = load(&state, session).await?;
    let known = state.store.passkeys(&account.id).await?;
    if known.len() >= usize::try_from(store::PASSKEYS).unwrap_or(usize::MAX) {
        return Err(Code::TooManyPasskeys.into());
    }
    prove_again(&state, &titulaire, &browser, &account, &asked.preuves).await?;
    let known: Vec<String> = known.into_iter().map(|key| key.credential).collect();
    let holder = Holder {
        account: &account.id,
        name: &account.courriel,
        reference: &account_reference(&account.id),
        display_name: &format!("{} {}", account.prenoms, account.nom_naissance),
    };
    let asked = ceremonies.ask_for_one(&holder, &known, (&session.digest, &asked.name), state.clock.now());
    given(&state, Ceremony::Adding, asked)
}

/// Keeps the passkey that was made, and tells its holder; the session goes on under another secret.
#[utoipa::path(
    post, path = routes::CLES_ACCES, tag = "profil", request_body = PasskeyAnswer,
    responses(
        (status = 201, description = "Ajoutée ; un courriel le dit", body = PasskeysView),
        (status = 409, description = "Le compte a autant de clés que possible", body = Probleme),
        (status = 410, description = "Rien n'a été demandé dans cette connexion, ou il y a trop longtemps", body = Probleme)
    )
)]
pub(super) async fn add(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<PasskeyAnswer>,
) -> HandlerResult<Response> {
    let ceremonies = ceremonies(&state)?;
    let session = &titulaire.session;
    let now = state.clock.now();
    let sealed = browser.new_passkey.as_deref().ok_or(Code::StaleLink)?;
    let made =
        ceremonies.made(sealed, &session.digest, &body.value.response, now).map_err(|refused| match refused {
            Refused::Over => Code::StaleLink,
            Refused::Wrong => Code::UnreadableBody,
        })?;
    let (account, _) = load(&state, session).await?;
    let occasion = Occasion::PasskeyAdded { device: browser.device };
    let letter = state.letters.write_about(&account.id, Address(&account.courriel), &occasion, now);
    let (id, renewal) = (identifier(), Renewal::new());
    let new = NewPasskey {
        id: &id,
        credential: &made.key.credential,
        public: &made.key.public,
        state: &made.key.state,
        name: &made.said,
        once: (&made.once.digest, made.once.until),
        renewed: &renewal.digest,
    };
    match state.store.add_passkey(session, &new, &letter, now).await? {
        Kept::Kept => {}
        Kept::Already => return Err(Code::StaleLink.into()),
        Kept::Full => return Err(Code::TooManyPasskeys.into()),
    }
    let over = passkey_cookie(&state, Ceremony::Adding, None);
    let renewed = renewal.given(&state, identity::Made::Now);
    Ok((StatusCode::CREATED, [(SET_COOKIE, over)], renewed, view(&state, session).await?).into_response())
}

/// Names a passkey.
#[utoipa::path(
    put, path = routes::CLES_ACCES, tag = "profil", request_body = PasskeyName,
    responses(
        (status = 200, description = "Nommée", body = PasskeysView),
        (status = 404, description = "Ce compte n'a pas cette clé", body = Probleme),
        (status = 422, description = "Nom à corriger", body = Probleme)
    )
)]
pub(super) async fn rename(
    State(state): State<AppState>,
    titulaire: Titulaire,
    body: JsonBody<PasskeyName>,
) -> HandlerResult<Json<PasskeysView>> {
    let name = key_name(&body.value.name).map_err(|faute| at_this_champ(ChampCleAcces::Name, faute))?;
    if !state.store.name_passkey(&titulaire.session, &body.value.number, &name, state.clock.now()).await? {
        return Err(Code::NotFound.into());
    }
    view(&state, &titulaire.session).await
}

/// Removes a passkey, and tells its holder, who signed in a moment ago. One that is there no more is removed already.
#[utoipa::path(
    delete, path = routes::CLES_ACCES, tag = "profil", request_body = PasskeyNumber,
    responses(
        (status = 200, description = "Retirée ; un courriel le dit", body = PasskeysView),
        (status = 403, description = "Il faut d'abord se connecter de nouveau", body = Probleme)
    )
)]
pub(super) async fn remove(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<PasskeyNumber>,
) -> HandlerResult<Json<PasskeysView>> {
    let session = &titulaire.session;
    let now = state.clock.now();
    let (account, _) = load(&state, session).await?;
    let occasion = Occasion::PasskeyRemoved { device: browser.device };
    let letter = state.letters.write_about(&account.id, Address(&account.courriel), &occasion, now);
    state.store.remove_passkey(session, &body.value.number, &letter, now).await?;
    view(&state, session).await
}

async fn view(state: &AppState, session: &Session) -> HandlerResult<Json<PasskeysView>> {
    let address = state.passkeys.as_ref().map(|_| state.settings.own_address());
    Ok(Json(PasskeysView { address, passkeys: shown(state, session).await? }))
}

/// The passkeys as their holder sees them.
pub(super) async fn shown(state: &AppState, session: &Session) -> HandlerResult<Vec<PasskeyView>> {
    let keys = state.store.passkeys(&session.account).await?.into_iter();
    Ok(keys
        .map(|key| PasskeyView {
            number: key.id,
            name: key.name,
            added_on: state.clock.in_words(key.made_on),
            used_on: key.used_on.map(|on| state.clock.in_words(on)),
        })
        .collect())
}

fn ceremonies(state: &AppState) -> Result<&Passkeys, AppError> {
    state.passkeys.as_ref().ok_or_else(|| Code::PasskeysImpossible.into())
}

/// What a browser is asked, and the cookie that comes back with its answer.
fn given(state: &AppState, ceremony: Ceremony, asked: Option<Asked>) -> HandlerResult<Response> {
    let asked = asked.ok_or(AppError::Internal("a ceremony of passkeys cannot begin"))?;
    let cookie: HeaderValue = passkey_cookie(state, ceremony, Some(&asked.sealed));
    Ok(([(SET_COOKIE, cookie)], Json(ChallengeView { options: asked.options })).into_response())
}
