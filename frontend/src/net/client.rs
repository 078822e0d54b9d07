//! What travels as text: one function per route of `api::routes`; a file goes by `upload`. No signal, no sentence.
//!
//! Every function answers `Result<_, ApiFailure>`. Whatever happens to a session (alive, over) is told to
//! [`crate::session`], so that a page needs not care.

use api::accounts::{
    ConnexionsView, ProfilView, SaisieCodes, SaisieConnexion, SaisieCoordonnees, SaisieInscription, SaisieMotDePasse,
    SessionView,
};
use api::contestations::{ContestationView, SaisieContestation};
use api::dif::DifView;
use api::droits::{DroitsView, HistoriqueView, SaisieSousNiveau3, SousNiveau3View};
use api::handicap::HandicapView;
use api::identities::{AddressView, IdentiteView, LienView};
use api::journal::JournalView;
use api::passkeys::{ChallengeView, PasskeyAnswer, PasskeyName, PasskeyNumber, PasskeysView, SaisieCleAcces};
use api::probleme::Code;
use api::requests::{
    AttenteView, FrozenView, SaisieArret, SaisieCode, SaisieNouvelAcces, SaisieRecuperation, WaitingView,
};
use api::routes;
use api::second_step::{
    AskedStepView, EnrolmentView, PasswordAgain, RecoveryCodesView, SaisiePreuves, SaisieSecondeEtape,
    SecondStepSetView, SecondStepView,
};
use gloo_net::http::{Method, RequestBuilder};
use serde::de::DeserializeOwned;

use crate::browser::clock;
use crate::failure::ApiFailure;
use crate::json;
use crate::parts;
use crate::session::{self, SessionSignal};

/// `GET /api/session`.
pub async fn session() -> Result<SessionView, ApiFailure> {
    parse(send(Method::GET, routes::SESSION, None, None).await?)
}

/// `POST /api/inscription`, then whether the browser kept that it waits for a letter.
pub fn sign_up(
    saisie: &SaisieInscription,
    key: String,
) -> impl Future<Output = Result<AttenteView, ApiFailure>> + use<> {
    ask(routes::INSCRIPTION, write(saisie), key)
}

/// `GET` of either path: what this browser waits for.
pub async fn awaited(path: &'static str) -> Result<Option<AttenteView>, ApiFailure> {
    parse(send(Method::GET, path, None, None).await?).map(|waiting: WaitingView| waiting.attente)
}

/// `POST /api/inscription/code`.
pub async fn another_code(saisie: SaisieRecuperation) -> Result<AttenteView, ApiFailure> {
    parse(send(Method::POST, routes::INSCRIPTION_CODE, write(&saisie), None).await?)
}

/// `POST /api/inscription/confirmation`, then whether the browser kept the session.
pub fn confirm(saisie: &SaisieCode) -> impl Future<Output = Result<SessionView, ApiFailure>> + use<> {
    enter(routes::INSCRIPTION_CONFIRMATION, write(saisie))
}

/// `POST /api/recuperation`, then whether the browser kept that it waits for a letter.
pub fn recover(
    saisie: &SaisieRecuperation,
    key: String,
) -> impl Future<Output = Result<AttenteView, ApiFailure>> + use<> {
    ask(routes::RECUPERATION, write(saisie), key)
}

/// `POST /api/recuperation/mot-de-passe`, then whether the browser kept the session.
pub fn choose_mot_de_passe(
    saisie: &SaisieNouvelAcces,
) -> impl Future<Output = Result<SessionView, ApiFailure>> + use<> {
    enter(routes::RECUPERATION_MOT_DE_PASSE, write(saisie))
}

/// `POST /api/connexion`, then whether the browser kept the session.
pub fn sign_in(saisie: &SaisieConnexion) -> impl Future<Output = Result<SessionView, ApiFailure>> + use<> {
    enter(routes::CONNEXION, write(saisie))
}

/// `POST /api/connexion/cle/defi`: what the browser asks its passkeys.
pub async fn passkey_challenge() -> Result<String, ApiFailure> {
    options(routes::CONNEXION_CLE_DEFI, None).await
}

/// `POST /api/connexion/cle`, then whether the browser kept the session.
pub fn sign_in_by_passkey(response: String) -> impl Future<Output = Result<SessionView, ApiFailure>> + use<> {
    enter(routes::CONNEXION_CLE, write(&PasskeyAnswer { response }))
}

/// What a browser is asked.
async fn options(path: &'static str, body: Option<String>) -> Result<String, ApiFailure> {
    parse(send(Method::POST, path, body, None).await?).map(|asked: ChallengeView| asked.options)
}

/// Asks for what a letter will prove. A browser that does not keep that it waits could not show the code: the person would
/// type it for nothing.
async fn ask(path: &'static str, body: Option<String>, key: String) -> Result<AttenteView, ApiFailure> {
    let asked = parse(send(Method::POST, path, body, Some(&key)).await?)?;
    // Whoever asks for an account with an identity of elsewhere waits where all do.
    let waits_at = if path == routes::IDENTITE_INSCRIPTION { routes::INSCRIPTION } else { path };
    match awaited(waits_at).await {
        Ok(None) => Err(ApiFailure::NotKept),
        _ => Ok(asked),
    }
}

/// Comes in by what this body proves. One for all: each `async fn` is code of its own in the browser.
async fn enter(path: &'static str, body: Option<String>) -> Result<SessionView, ApiFailure> {
    kept(parse(send(Method::POST, path, body, None).await?)?).await
}

/// A session that does not stick would send the person back to the door without a word. A line that breaks just then is
/// told by what is asked next.
async fn kept(opened: SessionView) -> Result<SessionView, ApiFailure> {
    // Nobody yet: the account asks for a second step, whose screen says whether the browser kept that it may be shown.
    if opened.titulaire.is_none() {
        return Ok(opened);
    }
    match session().await {
        Ok(now) if now.account.is_none() => Err(ApiFailure::NotKept),
        _ => Ok(opened),
    }
}

/// `POST /api/ce-n-etait-pas-moi`.
pub async fn stop(saisie: &SaisieArret) -> Result<(), ApiFailure> {
    send(Method::POST, routes::ARRET, write(saisie), None).await.map(drop)
}

/// `POST /api/profil/gel`.
pub async fn freeze() -> Result<(), ApiFailure> {
    send(Method::POST, routes::GEL, None, None).await.map(drop)
}

/// `GET /api/degel`: how the account is frozen whose password this browser gave.
pub async fn frozen() -> Result<FrozenView, ApiFailure> {
    parse(send(Method::GET, routes::DEGEL, None, None).await?)
}

/// `POST /api/degel`: a code leaves for the e-mail of that account.
pub async fn ask_thaw_code() -> Result<AttenteView, ApiFailure> {
    parse(send(Method::POST, routes::DEGEL, None, None).await?)
}

/// `POST /api/degel/confirmation`, then whether the browser kept the session.
pub fn thaw(saisie: &SaisieNouvelAcces) -> impl Future<Output = Result<SessionView, ApiFailure>> + use<> {
    enter(routes::DEGEL_CONFIRMATION, write(saisie))
}

/// `POST /api/deconnexion`: where to go to sign out of the provider of identities too, if one opened the session.
pub async fn sign_out() -> Result<Option<AddressView>, ApiFailure> {
    let body = send(Method::POST, routes::DECONNEXION, None, None).await?;
    Ok(if body.is_empty() { None } else { parse(body).ok() })
}

/// `POST /api/identite/depart`: where the provider of identities is.
pub async fn leave_for_identity() -> Result<AddressView, ApiFailure> {
    parse(send(Method::POST, routes::IDENTITE_DEPART, None, None).await?)
}

/// `GET /api/identite`: the identity that this browser came back with.
pub async fn identity() -> Result<IdentiteView, ApiFailure> {
    parse(send(Method::GET, routes::IDENTITE, None, None).await?)
}

/// `POST /api/identite/inscription`, then whether the browser kept that it waits for a letter.
pub fn sign_up_with_identity(
    saisie: &SaisieInscription,
    key: String,
) -> impl Future<Output = Result<AttenteView, ApiFailure>> + use<> {
    ask(routes::IDENTITE_INSCRIPTION, write(saisie), key)
}

/// `POST /api/identite/lien`.
pub async fn link_identity(saisie: SaisiePreuves) -> Result<(), ApiFailure> {
    send(Method::POST, routes::IDENTITE_LIEN, write(&saisie), None).await.map(drop)
}

/// `GET /api/identite/lien`.
pub async fn identity_link() -> Result<LienView, ApiFailure> {
    parse(send(Method::GET, routes::IDENTITE_LIEN, None, None).await?)
}

/// `DELETE /api/identite/lien`.
pub async fn unlink_identity() -> Result<(), ApiFailure> {
    send(Method::DELETE, routes::IDENTITE_LIEN, None, None).await.map(drop)
}

/// `GET /api/droits`.
pub async fn droits() -> Result<DroitsView, ApiFailure> {
    parse(send(Method::GET, routes::DROITS, None, None).await?)
}

/// `GET /api/historique`: as it stood on that day (`2021-06-30`), or today.
pub async fn historique(as_of: String) -> Result<HistoriqueView, ApiFailure> {
    parse(send(Method::GET, &historique_address(&as_of), None, None).await?)
}

/// Where the statement of that day is; of today when there is none.
pub fn historique_address(as_of: &str) -> String {
    if as_of.is_empty() {
        routes::HISTORIQUE.into()
    } else {
        [routes::HISTORIQUE, "?", routes::AS_OF, "=", as_of].concat()
    }
}

/// `POST /api/contestations`.
pub async fn dispute(saisie: &SaisieContestation, key: &str) -> Result<ContestationView, ApiFailure> {
    parse(send(Method::POST, routes::CONTESTATIONS, write(saisie), Some(key)).await?)
}

/// `GET /api/sous-niveau-3`.
pub async fn sous_niveau_3() -> Result<SousNiveau3View, ApiFailure> {
    parse(send(Method::GET, routes::SOUS_NIVEAU_3, None, None).await?)
}

/// `POST /api/sous-niveau-3` to declare, `DELETE` to end.
pub async fn declare_sous_niveau_3(saisie: &SaisieSousNiveau3, end: bool) -> Result<SousNiveau3View, ApiFailure> {
    let method = if end { Method::DELETE } else { Method::POST };
    parse(send(method, routes::SOUS_NIVEAU_3, write(saisie), None).await?)
}

/// `GET /api/handicap`. (`POST /api/handicap` is an upload too.)
pub async fn handicap() -> Result<HandicapView, ApiFailure> {
    parse(send(Method::GET, routes::HANDICAP, None, None).await?)
}

/// `DELETE /api/handicap`.
pub async fn withdraw_handicap() -> Result<HandicapView, ApiFailure> {
    parse(send(Method::DELETE, routes::HANDICAP, None, None).await?)
}

/// `GET /api/dif`. (`POST /api/dif` shows its progress: see the upload.)
pub async fn dif() -> Result<DifView, ApiFailure> {
    parse(send(Method::GET, routes::DIF, None, None).await?)
}

/// `GET /api/profil`.
pub async fn profil() -> Result<ProfilView, ApiFailure> {
    parse(send(Method::GET, routes::PROFIL, None, None).await?)
}

/// `PUT /api/profil/coordonnees`: codes leave.
pub async fn ask_change(saisie: &SaisieCoordonnees) -> Result<ProfilView, ApiFailure> {
    change(Method::PUT, routes::COORDONNEES, write(saisie)).await
}

/// `POST /api/profil/coordonnees/code`: other codes leave.
pub async fn other_codes() -> Result<ProfilView, ApiFailure> {
    change(Method::POST, routes::COORDONNEES_CODE, None).await
}

/// `POST /api/profil/coordonnees/confirmation`.
pub async fn confirm_change(saisie: &SaisieCodes) -> Result<ProfilView, ApiFailure> {
    change(Method::POST, routes::COORDONNEES_CONFIRMATION, write(saisie)).await
}

/// `DELETE /api/profil/coordonnees`.
pub async fn give_up_change() -> Result<ProfilView, ApiFailure> {
    change(Method::DELETE, routes::COORDONNEES, None).await
}

/// What asks for a change of how to reach somebody, or proves it: one for all, as [`enter`].
async fn change(method: Method, path: &'static str, body: Option<String>) -> Result<ProfilView, ApiFailure> {
    parse(send(method, path, body, None).await?)
}

/// `POST /api/profil/courriel`: a code leaves for the e-mail of the account.
pub async fn ask_confirmation() -> Result<AttenteView, ApiFailure> {
    parse(send(Method::POST, routes::COURRIEL, None, None).await?)
}

/// `POST /api/profil/courriel/confirmation`.
pub async fn confirm_courriel(saisie: &SaisieCode) -> Result<(), ApiFailure> {
    send(Method::POST, routes::COURRIEL_CONFIRMATION, write(saisie), None).await.map(drop)
}

/// `PUT /api/profil/mot-de-passe`.
pub async fn change_mot_de_passe(saisie: &SaisieMotDePasse) -> Result<(), ApiFailure> {
    send(Method::PUT, routes::MOT_DE_PASSE, write(saisie), None).await.map(drop)
}

/// `DELETE /api/profil`: closes the account.
pub async fn close_account(saisie: SaisiePreuves) -> Result<(), ApiFailure> {
    send(Method::DELETE, routes::PROFIL, write(&saisie), None).await.map(drop)
}

/// `DELETE /api/profil/fermeture`: keeps the account that was to be erased.
pub async fn keep_account() -> Result<(), ApiFailure> {
    send(Method::DELETE, routes::FERMETURE, None, None).await.map(drop)
}

/// `GET /api/connexion/seconde-etape`: what this browser must show, having given the password.
pub async fn asked_step() -> Result<Option<SecondStepView>, ApiFailure> {
    let asked: AskedStepView = parse(send(Method::GET, routes::CONNEXION_SECONDE_ETAPE, None, None).await?)?;
    Ok(asked.step)
}

/// `POST /api/connexion/seconde-etape`, then whether the browser kept the session.
pub fn take_step(saisie: &SaisieSecondeEtape) -> impl Future<Output = Result<SessionView, ApiFailure>> + use<> {
    enter(routes::CONNEXION_SECONDE_ETAPE, write(saisie))
}

/// `GET /api/profil/seconde-etape`.
pub async fn second_step() -> Result<SecondStepSetView, ApiFailure> {
    parse(send(Method::GET, routes::SECONDE_ETAPE, None, None).await?)
}

/// `POST /api/profil/seconde-etape`: a secret for an application.
pub async fn begin_second_step(mot_de_passe: String) -> Result<EnrolmentView, ApiFailure> {
    parse(send(Method::POST, routes::SECONDE_ETAPE, write(&PasswordAgain { mot_de_passe }), None).await?)
}

/// `POST /api/profil/seconde-etape/confirmation`.
pub async fn set_second_step(saisie: SaisieSecondeEtape) -> Result<RecoveryCodesView, ApiFailure> {
    parse(send(Method::POST, routes::SECONDE_ETAPE_CONFIRMATION, write(&saisie), None).await?)
}

/// `POST /api/profil/seconde-etape/codes-secours`.
pub async fn renew_recovery_codes(saisie: SaisieSecondeEtape) -> Result<RecoveryCodesView, ApiFailure> {
    parse(send(Method::POST, routes::CODES_SECOURS, write(&saisie), None).await?)
}

/// `POST /api/profil/seconde-etape/remplacement`.
pub async fn replace_second_step(saisie: SaisieSecondeEtape) -> Result<EnrolmentView, ApiFailure> {
    parse(send(Method::POST, routes::SECONDE_ETAPE_REMPLACEMENT, write(&saisie), None).await?)
}

/// `DELETE /api/profil/seconde-etape`.
pub async fn remove_second_step(saisie: SaisieSecondeEtape) -> Result<(), ApiFailure> {
    send(Method::DELETE, routes::SECONDE_ETAPE, write(&saisie), None).await.map(drop)
}

/// `GET /api/profil/cles`.
pub async fn passkeys() -> Result<PasskeysView, ApiFailure> {
    keys(Method::GET, None).await
}

/// `POST /api/profil/cles/defi`: what the browser asks of the device that shall have one more.
pub fn ask_for_passkey(saisie: &SaisieCleAcces) -> impl Future<Output = Result<String, ApiFailure>> + use<> {
    options(routes::CLES_ACCES_DEFI, write(saisie))
}

/// `POST /api/profil/cles`.
pub async fn add_passkey(response: String) -> Result<PasskeysView, ApiFailure> {
    keys(Method::POST, write(&PasskeyAnswer { response })).await
}

/// `PUT /api/profil/cles`.
pub fn name_passkey(saisie: &PasskeyName) -> impl Future<Output = Result<PasskeysView, ApiFailure>> + use<> {
    keys(Method::PUT, write(saisie))
}

/// `DELETE /api/profil/cles`.
pub async fn remove_passkey(number: String) -> Result<PasskeysView, ApiFailure> {
    keys(Method::DELETE, write(&PasskeyNumber { number })).await
}

/// What changes the list of passkeys, or reads it: one for all, as [`enter`].
async fn keys(method: Method, body: Option<String>) -> Result<PasskeysView, ApiFailure> {
    parse(send(method, routes::CLES_ACCES, body, None).await?)
}

/// `POST /api/profil/export/entier`.
pub async fn allow_export(saisie: SaisiePreuves) -> Result<(), ApiFailure> {
    send(Method::POST, routes::EXPORT_ENTIER, write(&saisie), None).await.map(drop)
}

/// `POST /api/profil/export/entier/cle`.
pub async fn allow_export_by_passkey(response: String) -> Result<(), ApiFailure> {
    send(Method::POST, routes::EXPORT_CLE, write(&PasskeyAnswer { response }), None).await.map(drop)
}

/// `GET /api/profil/connexions`.
pub async fn connexions() -> Result<ConnexionsView, ApiFailure> {
    parse(send(Method::GET, routes::CONNEXIONS, None, None).await?)
}

/// `GET /api/journal`: the last lines, or those before.
pub async fn journal(before: Option<&str>) -> Result<JournalView, ApiFailure> {
    let path = match before {
        Some(before) => [routes::JOURNAL, "?", routes::BEFORE, "=", before].concat(),
        None => routes::JOURNAL.to_owned(),
    };
    parse(send(Method::GET, &path, None, None).await?)
}

/// `DELETE /api/profil/connexions/{numero}`: ends this one.
pub async fn close_connexion(number: &str) -> Result<(), ApiFailure> {
    send(Method::DELETE, &routes::one_connexion(number), None, None).await.map(drop)
}

/// `DELETE /api/profil/connexions`: ends all the others.
pub async fn close_other_connexions() -> Result<(), ApiFailure> {
    send(Method::DELETE, routes::CONNEXIONS, None, None).await.map(drop)
}

/// Judges an answer that came by another way (the upload): its body when it went well.
///
/// # Errors
/// The refusal that the body describes.
pub fn judge_response(statut: u16, body: String) -> Result<String, ApiFailure> {
    let issue = match statut {
        200..300 => Ok(body),
        0 => Err(ApiFailure::Offline),
        _ => Err(json::parse(&body).map_or(ApiFailure::NotUnderstood, ApiFailure::Refusal)),
    };
    let signal = match &issue {
        Ok(_) => Some(SessionSignal::Live),
        Err(failure) => match failure.code() {
            Some(Code::SessionRequired) => Some(SessionSignal::Finished),
            Some(Code::OldSignIn) if parts::ACCESS => Some(SessionSignal::Old),
            _ => None,
        },
    };
    if let Some(signal) = signal {
        session::heard(signal);
    }
    issue
}

/// Reads a body.
///
/// # Errors
/// [`ApiFailure::NotUnderstood`] when it is not what was expected.
pub fn parse<T: DeserializeOwned>(body: String) -> Result<T, ApiFailure> {
    json::parse(&body).map_err(|_| ApiFailure::NotUnderstood)
}

fn write(body: &impl serde::Serialize) -> Option<String> {
    json::write(body).ok()
}

/// A fragment of prose, served beside the page: it says nothing of the session.
pub async fn fragment(address: &str) -> Result<String, ApiFailure> {
    match carry(Method::GET, address, None, None).await? {
        (200, body) => Ok(body),
        _ => Err(ApiFailure::NotUnderstood),
    }
}

async fn send(method: Method, path: &str, body: Option<String>, key: Option<&str>) -> Result<String, ApiFailure> {
    let (statut, body) = carry(method, path, body, key).await?;
    judge_response(statut, body)
}

async fn carry(
    method: Method,
    path: &str,
    body: Option<String>,
    key: Option<&str>,
) -> Result<(u16, String), ApiFailure> {
    let mut request = RequestBuilder::new(path).method(method);
    if let Some(key) = key {
        request = request.header(routes::IDEMPOTENCY_KEY, key);
    }
    if let Some(account) = session::account() {
        request = request.header(routes::ACCOUNT, &account);
    }
    let response = match body {
        Some(body) => match request.header("content-type", "application/json").body(body) {
            Ok(request) => request.send().await,
            Err(_) => return Err(ApiFailure::NotUnderstood),
        },
        None => request.send().await,
    }
    .map_err(|_| ApiFailure::Offline)?;
    if let Some(day) = response.headers().get(routes::DAY) {
        clock::hear(&day);
    }
    let body = response.text().await.map_err(|_| ApiFailure::Offline)?;
    Ok((response.status(), body))
}
