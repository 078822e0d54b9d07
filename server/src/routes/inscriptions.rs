//! Opening an account.

use api::accounts::SessionView;
use api::probleme::{Code, Probleme};
use api::routes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domaine::forms::{ChampInscription, Formulaire, Inscription, SaisieInscription};
use limits::Attempts;
use store::{Account, Mailbox, NewAccount, NewPerson, Opening};
use vault::identifier;

use super::shared::connection::{Connected, Connection};
use super::shared::refusals::current;
use crate::error::{HandlerResult, log_only};
use crate::extract::{Browser, IdempotencyKey, JsonBody};
use crate::state::AppState;

/// The conditions in force: the day of their text.
const CGU_VERSION: &str = "2026-11-23";

/// Opens an account and connects.
///
/// The same key with the same body gives the same account. A mismatch with what is known, an
/// account of the same person, an e-mail already used: one neutral answer, in the same time.
#[utoipa::path(
    post, path = routes::INSCRIPTION, tag = "comptes", request_body = SaisieInscription,
    params(("idempotency-key" = inline(IdempotencyKey), Header, description = "16 à 64 lettres, chiffres ou tirets")),
    responses(
        (status = 201, description = "Compte ouvert, session ouverte", body = SessionView),
        (status = 400, description = "Corps illisible, ou clé d'idempotence manquante", body = Probleme),
        (status = 409, description = "Aucun compte ne peut être ouvert, ou clé reprise", body = Probleme),
        (status = 422, description = "Champs à corriger", body = Probleme),
        (status = 429, description = "Trop de tentatives", body = Probleme)
    )
)]
pub(super) async fn open(
    State(state): State<AppState>,
    browser: Browser,
    IdempotencyKey(key): IdempotencyKey,
    body: JsonBody<SaisieInscription>,
) -> HandlerResult<(StatusCode, Response)> {
    let inscription = body.value.validate(state.clock.today()).map_err(|errors| Probleme::saisie(&errors))?;
    refuse_common(&state, &inscription).await?;
    let attempts = Attempts::to_sign_up(state.counter(), browser.address).await?;
    let opening = Attempts::to_open(state.counter(), browser.address).await?;
    let asked = ask(&state, &key, &body.bytes, &inscription).await?;
    let connection = Connection::new(&state, &browser);
    let account = match record(&state, &asked, &connection).await? {
        Opening::Open => {
            log_only(opening.count(state.counter()).await, "an account that was opened is not counted");
            let connected = Connected {
                id: &asked.id,
                mot_de_passe: &asked.mot_de_passe,
                nom_naissance: inscription.nom_naissance.as_str(),
                prenoms: inscription.prenoms.as_str(),
            };
            return Ok((StatusCode::CREATED, connection.answer(&state, &connected)));
        }
        Opening::ReusedKey => return Err(Code::IdempotencyKeyReused.into()),
        Opening::Replayed { account } | Opening::Exists { account } => {
            give_back(&state, &inscription, Some(account)).await?
        }
        Opening::Refused => give_back(&state, &inscription, None).await?,
    };
    let Some(account) = account else {
        attempts.count(state.counter()).await?;
        return Err(Code::AccountImpossible.into());
    };
    connection.open(&state, &account).await?;
    Ok((StatusCode::CREATED, connection.answer(&state, &Connected::from(&account))))
}

/// Opens the account. When the database says that it failed, it may have kept it: then that is what it says.
async fn record(state: &AppState, asked: &NewAccount, connection: &Connection) -> HandlerResult<Opening> {
    let failure = match state.store.open_account(asked, &connection.new, state.clock.now()).await {
        Ok(opening) => return Ok(opening),
        Err(failure) => failure,
    };
    match state.store.idempotency_key(&asked.key).await {
        Ok(Some((body, account))) if body == asked.body => Ok(Opening::Replayed { account }),
        _ => Err(failure.into()),
    }
}

/// An account that exists is only given to who has its password; without one, as long is taken.
async fn give_back(
    state: &AppState,
    inscription: &Inscription,
    account: Option<String>,
) -> HandlerResult<Option<Account>> {
    let account = match account {
        Some(account) => state.store.account(&account).await?,
        None => None,
    };
    let password_hash = account.as_ref().map(|account| account.mot_de_passe.as_str());
    let checked = state.hashing.check(inscription.mot_de_passe.expose(), password_hash).await?;
    Ok(account.filter(|_| checked))
}

async fn refuse_common(state: &AppState, inscription: &Inscription) -> HandlerResult<()> {
    let personal_texts = vec![
        inscription.nom_naissance.as_str().to_owned(),
        inscription.prenoms.as_str().to_owned(),
        inscription.courriel.as_str().to_owned(),
    ];
    if state.hashing.is_common(inscription.mot_de_passe.expose(), personal_texts).await? {
        return Err(current(ChampInscription::MotDePasse));
    }
    Ok(())
}

/// Everything the store needs. The password is hashed before anything is looked up, so that the
/// time taken tells nothing.
async fn ask(state: &AppState, key: &str, body: &[u8], inscription: &Inscription) -> HandlerResult<NewAccount> {
    let mot_de_passe = state.hashing.hash(inscription.mot_de_passe.expose()).await?;
    let person = identifier();
    let nir = inscription.nir.body().as_str();
    let telephones = &inscription.telephones;
    Ok(NewAccount {
        id: identifier(),
        key: state.vault.digest("clé d'inscription", &[key.as_bytes()]),
        body: state.vault.digest("corps d'inscription", &[body]),
        person: NewPerson {
            nir_digest: state.vault.nir_digest(nir),
            sealed_nir: state.vault.seal_nir(&person, nir),
            id: person,
            nom_naissance: inscription.nom_naissance.as_str().to_owned(),
            prenoms: inscription.prenoms.as_str().to_owned(),
            date_naissance: inscription.date_naissance,
        },
        nom_naissance: inscription.nom_naissance.clone(),
        prenoms: inscription.prenoms.clone(),
        courriel: inscription.courriel.as_str().to_owned(),
        mailbox: Mailbox::of(&inscription.courriel),
        telephone_fixe: telephones.fixe().map(|telephone| telephone.e164()),
        telephone_mobile: telephones.mobile().map(|telephone| telephone.e164()),
        mot_de_passe,
        cgu_version: CGU_VERSION,
        opened_on: state.clock.today(),
    })
}
