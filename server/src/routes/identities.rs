//! An identity of elsewhere: a browser is sent to its provider and comes back, opens a session, asks for an account, or links
//! what it came back with. Nothing of anybody stands in an address of ours.

use api::identities::{AddressView, IdentiteView, LienView, ReliableView};
use api::probleme::{Code, Probleme};
use api::requests::AttenteView;
use api::routes;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use domaine::forms::{Formulaire, SaisieInscription, SaisiePreuves};
use federation::{Failure, Returned};
use identity::{Arrival, Astray, Elsewhere, Held, Made, Submission, Usage};
use limits::Attempts;
use serde::Deserialize;
use store::Way;

use super::inscriptions::{CGU_VERSION, refuse_common};
use super::second_steps::prove_again;
use super::shared::account::load;
use super::shared::connection::{Connected, Connection, Renewal};
use super::shared::waiting;
use crate::error::{AppError, Concerned, HandlerResult, Refused, log_only};
use crate::extract::{Away, Browser, IdempotencyKey, JsonBody, MaybeTitulaire, Titulaire, away_cookie};
use crate::state::AppState;

/// Where a browser lands that brings an identity of which nothing came yet.
const SCREEN: &str = "/identite";
/// The same, of somebody who is connected: where they link it.
const OF_HOLDER: &str = "/acces#identite-reliee";

impl From<Astray> for AppError {
    fn from(astray: Astray) -> Self {
        match astray {
            Astray::Provider(Failure::Unavailable) => Code::ProviderUnavailable.into(),
            Astray::Provider(Failure::GivenUp | Failure::NotThisJourney | Failure::NotBelieved) | Astray::Over => {
                Code::StaleLink.into()
            }
            Astray::Unusable | Astray::Contradicted => Code::IdentityContradicted.into(),
            Astray::Taken => Code::IdentityTaken.into(),
            Astray::Unasked(unasked) => unasked.into(),
            Astray::Store(failure) => failure.into(),
        }
    }
}

/// The provider, where whoever runs the server set one.
fn provider(state: &AppState) -> HandlerResult<&Elsewhere> {
    state.elsewhere.as_ref().ok_or_else(|| Code::ProviderUnavailable.into())
}

/// Sends this browser to the identity provider.
#[utoipa::path(
    post, path = routes::IDENTITE_DEPART, tag = "sessions",
    responses(
        (status = 200, description = "L'adresse où aller", body = AddressView),
        (status = 429, description = "Trop de demandes", body = Probleme)
    )
)]
pub(super) async fn leave(
    State(state): State<AppState>,
    browser: Browser,
    headers: HeaderMap,
) -> HandlerResult<Response> {
    let elsewhere = provider(&state)?;
    let attempts = Attempts::to_leave(state.counter(), browser.address).await?;
    let leaving = elsewhere.leave(&state.settings.address_come_by(&headers), state.clock.now()).await?;
    log_only(attempts.count(state.counter()).await, "a departure is not counted");
    let cookie = away_cookie(&state, Away::Leaving, Some(&leaving.secret));
    Ok(([(SET_COOKIE, cookie)], Json(AddressView { address: leaving.address })).into_response())
}

/// What the image of a button may do, shown alone: nothing.
const STILL: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// The image of the provider's official button.
#[utoipa::path(
    get, path = routes::IDENTITE_BOUTON, tag = "sessions",
    responses(
        (status = 200, description = "L'image du bouton officiel", content_type = "image/svg+xml"),
        (status = 503, description = "Aucune image n'est donnée", body = Probleme)
    )
)]
pub(super) async fn button(State(state): State<AppState>) -> HandlerResult<Response> {
    let picture = state.settings.identity.as_ref().and_then(|provider| provider.button.clone());
    let picture = picture.ok_or(Code::ProviderUnavailable)?;
    let headers =
        [(CONTENT_TYPE, picture.kind), (CACHE_CONTROL, "public, max-age=3600"), (CONTENT_SECURITY_POLICY, STILL)];
    Ok((headers, Bytes::from_owner(picture.bytes)).into_response())
}

/// Takes a browser back from the provider: to the account that its identity opens, or to the screen that says what it is for.
#[utoipa::path(
    get, path = routes::IDENTITE_RETOUR, tag = "sessions",
    params(
        ("code" = Option<String>, Query, description = "Ce qui s'échange contre une identité"),
        ("state" = Option<String>, Query, description = "Ce qui le lie à son départ"),
        ("iss" = Option<String>, Query, description = "Le fournisseur (RFC 9207)"),
        ("error" = Option<String>, Query, description = "Ce que le fournisseur refuse")
    ),
    responses(
        (status = 303, description = "Vers le compte, /identite, ou /acces pour qui est connecté")
    )
)]
pub(super) async fn arrive(
    State(state): State<AppState>,
    MaybeTitulaire(titulaire): MaybeTitulaire,
    browser: Browser,
    returned: Result<Query<Returned>, QueryRejection>,
) -> HandlerResult<Response> {
    let elsewhere = provider(&state)?;
    let over = away_cookie(&state, Away::Leaving, None);
    let returned = returned.map(|Query(returned)| returned).unwrap_or_default();
    let arrival = match &browser.leaving {
        Some(secret) => {
            let open = titulaire.as_ref().map(|titulaire| titulaire.session.account.as_str());
            elsewhere.arrive(secret, returned, open, state.clock.now()).await
        }
        None => Err(Astray::Over),
    };
    let known = match arrival {
        Ok(Arrival::Holder(known)) => known,
        Ok(Arrival::Stranger(secret)) => {
            let place = if titulaire.is_some() { OF_HOLDER } else { SCREEN };
            return Ok(go_to(place, [over, away_cookie(&state, Away::Back, Some(&secret))]));
        }
        Err(Astray::Store(failure)) => return Err(failure.into()),
        Err(astray) => {
            let mut refusal = go_to(&[SCREEN, "?issue=", issue(&astray)].concat(), [over]);
            if matches!(astray, Astray::Provider(Failure::NotBelieved) | Astray::Unusable | Astray::Contradicted) {
                refusal.extensions_mut().insert(Refused::with(Code::IdentityContradicted));
            }
            return Ok(refusal);
        }
    };
    // What was held before is not for whoever comes next.
    log_only(elsewhere.forget(browser.back.as_deref(), state.clock.now()).await, "an identity stays held");
    let over = [over, away_cookie(&state, Away::Back, None)];
    let mut connection = Connection::new(&state, &browser, Way::Identity, known.proofs);
    let account = &known.account;
    let token = state.requests.seal_identity_token(&account.id, &connection.new.digest, &known.id_token);
    connection.new.identity_token = Some(token);
    match connection.open_by_identity(&state, account, &known.subject).await {
        Ok(()) => {}
        Err(AppError::About(Code::FrozenAccount, account)) => {
            let mut refusal = go_to(&[SCREEN, "?issue=gele"].concat(), over);
            // For the journal, as at the door.
            refusal.extensions_mut().insert(Refused::with(Code::FrozenAccount));
            refusal.extensions_mut().insert(Concerned(account));
            return Ok(refusal);
        }
        // Closed, or taken back, meanwhile.
        Err(AppError::Refusal(_)) => return Ok(go_to(&[SCREEN, "?issue=perime"].concat(), over)),
        Err(refused) => return Err(refused),
    }
    let answer = connection.answer(&state, &Connected::from(account));
    // An account may ask for more than an identity of the first level.
    let place = if answer.status() == StatusCode::ACCEPTED { "/seconde-etape" } else { "/solde" };
    let cookies: Vec<_> = answer.headers().get_all(SET_COOKIE).iter().cloned().chain(over).collect();
    Ok(go_to(place, cookies))
}

/// What is said of it in an address: a word of ours.
const fn issue(astray: &Astray) -> &'static str {
    match astray {
        Astray::Provider(Failure::Unavailable) => "indisponible",
        Astray::Provider(Failure::GivenUp) => "abandon",
        Astray::Provider(Failure::NotBelieved) => "refus",
        Astray::Unusable | Astray::Contradicted => "identite",
        _ => "perime",
    }
}

fn go_to(place: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    let place = HeaderValue::from_str(place).unwrap_or(HeaderValue::from_static("/"));
    let cookies: Vec<_> = cookies.into_iter().map(|cookie| (SET_COOKIE, cookie)).collect();
    let headers = [(LOCATION, place), (CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::SEE_OTHER, AppendHeaders(headers), AppendHeaders(cookies)).into_response()
}

/// The identity that this browser came back with.
#[utoipa::path(
    get, path = routes::IDENTITE, tag = "sessions",
    responses((status = 200, description = "L'identité de ce navigateur, s'il en a une", body = IdentiteView))
)]
pub(super) async fn show(State(state): State<AppState>, browser: Browser) -> HandlerResult<Json<IdentiteView>> {
    let Some(elsewhere) = state.elsewhere.as_ref() else {
        return Ok(Json(IdentiteView { identite: None }));
    };
    let identite = match elsewhere.held(browser.back.as_deref(), state.clock.now()).await {
        Ok(held) => Some(view(&held)?),
        Err(Astray::Over) => None,
        Err(astray) => return Err(astray.into()),
    };
    Ok(Json(IdentiteView { identite }))
}

fn view(held: &Held) -> HandlerResult<ReliableView> {
    let pivot = held.pivot()?;
    Ok(ReliableView {
        nom_naissance: pivot.nom.as_str().to_owned(),
        prenoms: pivot.prenoms.as_str().to_owned(),
        date_naissance: pivot.naissance.saisie(),
    })
}

/// Asks for an account for whom the identity of this browser names. Its names and its birth date are those of the account,
/// whatever is typed; the number must be one that can be theirs. A letter tells the rest, as for any other.
#[utoipa::path(
    post, path = routes::IDENTITE_INSCRIPTION, tag = "comptes", request_body = SaisieInscription,
    params(("idempotency-key" = inline(IdempotencyKey), Header, description = "16 à 64 lettres, chiffres ou tirets")),
    responses(
        (status = 202, description = "Une lettre part à cette adresse", body = AttenteView),
        (status = 409, description = "Ce numéro n'est pas celui de la personne, ou clé reprise", body = Probleme),
        (status = 410, description = "Ce navigateur n'a pas d'identité", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de demandes", body = Probleme)
    )
)]
pub(super) async fn ask(
    State(state): State<AppState>,
    browser: Browser,
    IdempotencyKey(key): IdempotencyKey,
    body: JsonBody<SaisieInscription>,
) -> HandlerResult<Response> {
    let elsewhere = provider(&state)?;
    let secret = browser.back.as_deref();
    let held = elsewhere.held_to_ask(secret, &key, state.clock.now()).await?;
    let ReliableView { nom_naissance, prenoms, date_naissance } = view(&held)?;
    let saisie = SaisieInscription { nom_naissance, prenoms, date_naissance, ..body.value };
    let inscription = saisie.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    refuse_common(&state, &inscription).await?;
    let attempts = Attempts::to_ask(state.counter(), browser.address).await?;
    let hash = state.hashing.hash(inscription.mot_de_passe.expose()).await?;
    let origin = limits::origin(&state.vault, browser.address);
    let submission = Submission { key: &key, body: &body.bytes, origin: &origin };
    let with = (hash, CGU_VERSION);
    let held = (held, secret.unwrap_or_default());
    let asked = match elsewhere.ask_account(held, submission, &inscription, with, state.clock.now()).await {
        Err(astray @ Astray::Contradicted) => {
            // Whoever tries numbers until one goes through is stopped as at the door.
            log_only(attempts.count(state.counter()).await, "a request is not counted");
            return Err(astray.into());
        }
        asked => asked?,
    };
    if asked.new {
        log_only(attempts.count(state.counter()).await, "a request is not counted");
    }
    Ok(waiting::accepted(&state, Usage::SignUp, asked))
}

/// Whether an identity of elsewhere opens the account.
#[utoipa::path(
    get, path = routes::IDENTITE_LIEN, tag = "profil",
    responses((status = 200, description = "Ce qui ouvre le compte, outre le mot de passe", body = LienView))
)]
pub(super) async fn shown(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<Json<LienView>> {
    let Some(elsewhere) = state.elsewhere.as_ref() else {
        return Ok(Json(LienView { linked_on: None, seen_on: None }));
    };
    let told = elsewhere.link_of(&titulaire.session.account).await?;
    let (linked_on, seen_on) = told.map_or((None, None), |told| {
        (Some(state.clock.in_words(told.linked_on)), Some(state.clock.in_words(told.seen_on)))
    });
    Ok(Json(LienView { linked_on, seen_on }))
}

/// Lets the identity of this browser open the account from now on, by what opens it today. It proves the identity: the session has
/// another secret.
#[utoipa::path(
    post, path = routes::IDENTITE_LIEN, tag = "profil", request_body = SaisiePreuves,
    responses(
        (status = 204, description = "Reliée ; le secret de la session est remplacé"),
        (status = 409, description = "Ce n'est pas l'identité du titulaire, ou elle ouvre un autre compte", body = Probleme),
        (status = 410, description = "Ce navigateur n'a pas d'identité", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn link(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    body: JsonBody<SaisiePreuves>,
) -> HandlerResult<Response> {
    let preuves = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    let elsewhere = state.elsewhere.as_ref().ok_or(Astray::Over)?;
    // Nobody types a password for an identity that is not there.
    elsewhere.held(browser.back.as_deref(), state.clock.now()).await?;
    let (account, _) = load(&state, &titulaire.session).await?;
    prove_again(&state, &titulaire, &browser, &account, &preuves).await?;
    let renewal = Renewal::new();
    elsewhere.link(&titulaire.session, browser.back.as_deref(), &renewal.digest, state.clock.now()).await?;
    let served = AppendHeaders([(SET_COOKIE, away_cookie(&state, Away::Back, None))]);
    Ok((StatusCode::NO_CONTENT, renewal.given(&state, Made::Now), served).into_response())
}

/// Takes that back, for who signed in a moment ago: the password opens the account, and so does what else was linked.
#[utoipa::path(
    delete, path = routes::IDENTITE_LIEN, tag = "profil",
    responses(
        (status = 204, description = "Détachée"),
        (status = 403, description = "Il faut d'abord se connecter de nouveau", body = Probleme),
        (status = 410, description = "Aucune identité n'ouvrait ce compte", body = Probleme)
    )
)]
pub(super) async fn unlink(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<StatusCode> {
    let elsewhere = state.elsewhere.as_ref().ok_or(Astray::Over)?;
    elsewhere.unlink(&titulaire.session, state.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a browser brings back that signed out at the provider.
#[derive(Default, Deserialize)]
pub(super) struct SignedOut {
    state: Option<String>,
}

/// Takes a browser back that signed out at the provider too: its session here ended before.
#[utoipa::path(
    get, path = routes::IDENTITE_FIN, tag = "sessions",
    params(("state" = Option<String>, Query, description = "Ce qui le lie à sa déconnexion")),
    responses((status = 303, description = "Vers l'accueil"))
)]
pub(super) async fn signed_out(
    State(state): State<AppState>,
    browser: Browser,
    returned: Result<Query<SignedOut>, QueryRejection>,
) -> Response {
    let said = returned.ok().and_then(|Query(SignedOut { state })| state);
    // Whoever comes late, or twice, signed out all the same. What another tab left for is not ended.
    let over = (said.is_some() && said == browser.leaving).then(|| away_cookie(&state, Away::Leaving, None));
    go_to("/", over)
}
