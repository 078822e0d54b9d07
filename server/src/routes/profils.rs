//! What is known of the holder: seen, changed, erased.

use api::accounts::{
    ChangeView, ClosingView, ConnexionView, ConnexionsView, ProfilView, SaisieMotDePasse, TitulaireView,
};
use api::probleme::Probleme;
use api::routes;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domaine::assurance::rest_until;
use domaine::forms::{ChampMotDePasse, Formulaire};
use domaine::retention::Closing;
use identity::Made;
use mail::{Address, Occasion};
use store::{Account, Person, Session, SessionOpened, account_reference};

use super::second_steps::prove_again;
use super::shared::account::load;
use super::shared::connection::Renewal;
use super::shared::refusals::current;
use crate::clock::to_ms;
use crate::error::HandlerResult;
use crate::extract::{Browser, FORGET, JsonBody, Titulaire, cookie, reads_all};
use crate::state::AppState;

/// What is known of the holder.
#[utoipa::path(
    get, path = routes::PROFIL, tag = "profil",
    responses((status = 200, description = "Le profil", body = ProfilView), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn show(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<Json<ProfilView>> {
    Ok(Json(with_change(&state, &titulaire.session).await?))
}

/// Changes the password, by what opens the account; every other connection ends, and this one goes on under another secret.
#[utoipa::path(
    put, path = routes::MOT_DE_PASSE, tag = "profil", request_body = SaisieMotDePasse,
    responses(
        (status = 204, description = "Changé ; les autres connexions ont pris fin"),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn change_mot_de_passe(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<SaisieMotDePasse>,
) -> HandlerResult<Response> {
    let change = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let (account, _) = load(&state, &titulaire.session).await?;
    // Before a code serves: another one takes half a minute to come.
    let personal_texts = [&account.nom_naissance, &account.prenoms, &account.courriel].map(String::clone).to_vec();
    if state.hashing.is_common(change.new.expose(), personal_texts).await? {
        return Err(current(ChampMotDePasse::New));
    }
    prove_again(&state, &titulaire, &browser, &account, &change.preuves).await?;
    let now = state.clock.now();
    let to = Address(&account.courriel);
    let letter = state.letters.write_about(&account.id, to, &Occasion::MotDePasseChanged, now);
    let password_hash = state.hashing.hash(change.new.expose()).await?;
    let (session, renewal) = (&titulaire.session, Renewal::new());
    state.store.change_mot_de_passe(session, &renewal.digest, &password_hash, &letter, now).await?;
    Ok((StatusCode::NO_CONTENT, renewal.given(&state, Made::Now)).into_response())
}

/// The open connections.
#[utoipa::path(
    get, path = routes::CONNEXIONS, tag = "profil",
    responses((status = 200, description = "Les connexions", body = ConnexionsView), (status = 401, description = "Il faut se connecter", body = Probleme))
)]
pub(super) async fn connexions(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
) -> HandlerResult<Json<ConnexionsView>> {
    Ok(Json(ConnexionsView { connexions: list(&state, &titulaire.session, &browser).await? }))
}

/// Ends one connection of the same account. One that is there no more is ended already.
#[utoipa::path(
    delete, path = routes::ONE_CONNEXION, tag = "profil",
    params(("numero" = String, Path, description = "Le numéro que donne la liste des connexions")),
    responses(
        (status = 204, description = "Cette connexion a pris fin"),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 403, description = "Il faut d'abord se connecter de nouveau", body = Probleme)
    )
)]
pub(super) async fn close_other(
    State(state): State<AppState>,
    titulaire: Titulaire,
    Path(number): Path<String>,
) -> HandlerResult<Response> {
    let (session, now) = (&titulaire.session, state.clock.now());
    if number == number_seen(&state, &session.number) {
        // The one that asks: that is to disconnect.
        state.store.close_session(session, now).await?;
        return Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie(&state, None)), FORGET]).into_response());
    }
    // Among those of this account alone: no number leads to anybody else's.
    let opened = opened(&state, session, now).await?;
    if let Some(other) = opened.iter().find(|opened| number_seen(&state, &opened.number) == number) {
        state.store.close_other(session, &other.number, now).await?;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Ends every connection but this one.
#[utoipa::path(
    delete, path = routes::CONNEXIONS, tag = "profil",
    responses(
        (status = 204, description = "Les autres connexions ont pris fin"),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 403, description = "Il faut d'abord se connecter de nouveau", body = Probleme)
    )
)]
pub(super) async fn close_others(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<StatusCode> {
    state.store.close_others(&titulaire.session, state.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The profile, with what this session asked to change of it.
pub(super) async fn with_change(state: &AppState, session: &Session) -> HandlerResult<ProfilView> {
    let (account, person) = load(state, session).await?;
    let change = state.requests.waiting_change(session, state.clock.now()).await?;
    let change = change.map(|change| ChangeView {
        courriel: change.courriel,
        telephone_fixe: change.telephone_fixe,
        telephone_mobile: change.telephone_mobile,
        asks_present: change.asks_present,
        code_until: state.clock.in_words(change.code_until),
        stays_here: state.settings.shows_mailbox(),
    });
    Ok(ProfilView { change, ..profil(state, session, account, &person)? })
}

/// The profile as its holder sees it.
pub(super) fn profil(
    state: &AppState,
    session: &Session,
    account: Account,
    person: &Person,
) -> HandlerResult<ProfilView> {
    let now = state.clock.now();
    let rests_until = rest_until(account.changed_on, to_ms(state.settings.rest), now);
    Ok(ProfilView {
        rests_until: rests_until.map(|until| state.clock.in_words(until)),
        reference: account_reference(&account.id),
        titulaire: TitulaireView { nom_naissance: account.nom_naissance, prenoms: account.prenoms },
        date_naissance: person.date_naissance.saisie(),
        masked_nir: person.nir(&state.vault)?.masked(),
        known_to_employeurs: person.known && reads_all(state, session),
        telephone_fixe: account.telephone_fixe,
        telephone_mobile: account.telephone_mobile,
        courriel: account.courriel,
        opened_on: account.opened_on,
        closing: ClosingView {
            excluded: state.settings.closing == Closing::Excluded,
            erased_on: state.settings.closing.later(now).map(|on| state.clock.in_words(on)),
            asked: account.closes_on.map(|on| state.clock.in_words(on)),
        },
        change: None,
    })
}

/// The open connections of the account of this one.
async fn opened(state: &AppState, session: &Session, now: i64) -> HandlerResult<Vec<SessionOpened>> {
    let since = now - to_ms(state.settings.session_idle);
    Ok(state.store.sessions(&session.account, since, now).await?)
}

/// What a page may know a connection by.
fn number_seen(state: &AppState, number: &str) -> String {
    let mut seen = state.vault.digest("connexion vue d'une page", &[number.as_bytes()]);
    seen.truncate(16);
    seen
}

/// The open connections, this one first.
pub(super) async fn list(state: &AppState, session: &Session, browser: &Browser) -> HandlerResult<Vec<ConnexionView>> {
    let origin = limits::origin(&state.vault, browser.address);
    let mut opened_ones = opened(state, session, state.clock.now()).await?;
    opened_ones.sort_by_key(|opened| opened.number != session.number);
    Ok(opened_ones
        .into_iter()
        .map(|opened| ConnexionView {
            number: number_seen(state, &opened.number),
            same_place: opened.origin.map(|last| last == origin),
            opened_on: state.clock.in_words(opened.opened_on),
            seen_on: state.clock.in_words(opened.seen_on),
            device: opened.device,
            current: opened.number == session.number,
        })
        .collect())
}
