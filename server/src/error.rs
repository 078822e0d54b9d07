//! Every failure, what it is on the wire, and its status: the only file with the status of a refusal by the API.

use api::probleme::{Code, Probleme};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use domaine::forms::Faute;
use identity::Unasked;
use limits::Stopped;
use serde::Serialize;
use store::{PiecesError, StoreError};
use vault::HashingFailed;

/// Why a request is not answered as asked.
#[derive(Debug)]
pub enum AppError {
    /// A refusal that the page tells.
    Refusal(Probleme),
    /// The same, and the account that it is about: for the journal alone, nothing of it is answered.
    About(Code, String),
    /// The same, that the journal has already.
    Noted(Probleme),
    /// The database failed.
    Base(StoreError),
    /// The proofs failed.
    Pieces(PiecesError),
    /// A fault of ours; the words are for the log.
    Internal(&'static str),
}

/// What a handler answers.
pub type HandlerResult<T> = Result<T, AppError>;

impl AppError {
    /// The same refusal, that the journal has already.
    pub fn already_noted(self) -> Self {
        match self {
            Self::Refusal(probleme) => Self::Noted(probleme),
            other => other,
        }
    }
}

impl From<Probleme> for AppError {
    fn from(probleme: Probleme) -> Self {
        Self::Refusal(probleme)
    }
}

impl From<Code> for AppError {
    fn from(code: Code) -> Self {
        Self::Refusal(Probleme::new(code))
    }
}

impl From<StoreError> for AppError {
    fn from(failure: StoreError) -> Self {
        match failure {
            StoreError::SessionOver => Code::SessionRequired.into(),
            failure => Self::Base(failure),
        }
    }
}

impl From<Stopped> for AppError {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Wait(ms) => {
                let seconds = (ms.max(0) + 999) / 1_000;
                let retry_after = Some(seconds.max(1).to_string());
                Probleme { retry_after, ..Probleme::new(Code::TooManyAttempts) }.into()
            }
            Stopped::Store(failure) => failure.into(),
        }
    }
}

impl From<Unasked> for AppError {
    fn from(unasked: Unasked) -> Self {
        match unasked {
            Unasked::ReusedKey => Code::IdempotencyKeyReused.into(),
            Unasked::Over => Code::StaleLink.into(),
            Unasked::TooManyCodes => Code::TooManyCodes.into(),
            Unasked::Store(failure) => failure.into(),
        }
    }
}

impl From<PiecesError> for AppError {
    fn from(failure: PiecesError) -> Self {
        Self::Pieces(failure)
    }
}

impl From<HashingFailed> for AppError {
    fn from(failure: HashingFailed) -> Self {
        let wait = match failure {
            HashingFailed::Impossible | HashingFailed::Unreadable => None,
            HashingFailed::Busy(wait) => Some(wait.as_secs().max(1).to_string()),
        };
        Self::Refusal(Probleme { retry_after: wait, ..Probleme::new(Code::Unavailable) })
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response<Body> {
        let probleme = match self {
            Self::Refusal(probleme) => probleme,
            Self::About(code, account) => {
                let mut response = answer(&Probleme::new(code));
                response.extensions_mut().insert(Concerned(account));
                return response;
            }
            Self::Noted(probleme) => {
                let mut response = answer(&probleme);
                response.extensions_mut().remove::<Refused>();
                return response;
            }
            Self::Base(failure @ StoreError::Base(_)) => {
                tracing::error!(panne = %failure, "the database failed");
                Probleme::new(if failure.is_a_bug() { Code::Internal } else { Code::Unavailable })
            }
            Self::Base(failure) => {
                tracing::error!(panne = %failure, "the store holds what it cannot");
                Probleme::new(Code::Internal)
            }
            Self::Pieces(failure) => {
                tracing::error!(panne = %failure, "the proofs failed");
                Probleme::new(Code::Unavailable)
            }
            Self::Internal(what) => {
                tracing::error!(quoi = what, "a fault of ours");
                Probleme::new(Code::Internal)
            }
        };
        answer(&probleme)
    }
}

/// The body of a refusal: the problem and the three members that RFC 9457 adds.
#[derive(Serialize)]
struct ServedProbleme<'a> {
    r#type: String,
    title: &'static str,
    status: u16,
    #[serde(flatten)]
    probleme: &'a Probleme,
}

/// Seconds after which to try again what could not be done: a database that starts again takes some.
const NEXT_TRY: &str = "10";

/// What is done already fails no more: it is for the log alone.
pub fn log_only(result: Result<(), StoreError>, what: &'static str) {
    if let Err(failure) = result {
        tracing::warn!(panne = %failure, "{what}");
    }
}

/// What an answer that refuses bears for the journal: the refusal.
#[derive(Clone, Copy)]
pub struct Refused {
    /// Why.
    pub code: Code,
    /// What was shown and found wrong.
    pub guess: Option<Guess>,
}

/// What somebody may guess.
#[derive(Clone, Copy)]
pub enum Guess {
    /// A password.
    MotDePasse,
    /// A code.
    Code,
}

impl Refused {
    /// That refusal, of nothing that was shown.
    pub const fn with(code: Code) -> Self {
        Self { code, guess: None }
    }
}

impl From<&Probleme> for Refused {
    fn from(probleme: &Probleme) -> Self {
        let guess = probleme.errors.iter().find_map(|error| match error.faute {
            Faute::WrongMotDePasse => Some(Guess::MotDePasse),
            Faute::WrongCode | Faute::SpentCode | Faute::UsedCode => Some(Guess::Code),
            _ => None,
        });
        Self { code: probleme.code, guess }
    }
}

/// The same: the account that it is about.
#[derive(Clone)]
pub struct Concerned(pub String);

/// Answers a refusal.
pub fn answer(probleme: &Probleme) -> Response<Body> {
    let (status, title) = statut(probleme.code);
    let code = serde_json::to_value(probleme.code).unwrap_or_default();
    let served = ServedProbleme {
        r#type: format!("urn:acquis:probleme:{}", code.as_str().unwrap_or_default()),
        title,
        status: status.as_u16(),
        probleme,
    };
    let body = serde_json::to_vec(&served).unwrap_or_default();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.extensions_mut().insert(Refused::from(probleme));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    let unavailable = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(NEXT_TRY);
    let retry_after = probleme.retry_after.as_deref().or(unavailable);
    if let Some(retry_after) = retry_after.and_then(|seconds| HeaderValue::from_str(seconds).ok()) {
        response.headers_mut().insert(RETRY_AFTER, retry_after);
    }
    response
}

fn statut(code: Code) -> (StatusCode, &'static str) {
    match code {
        Code::Saisie => (StatusCode::UNPROCESSABLE_ENTITY, "Des champs sont à corriger"),
        Code::AccountImpossible => (StatusCode::CONFLICT, "Aucun compte ne peut être ouvert avec ces renseignements"),
        Code::WrongCredentials => (StatusCode::UNAUTHORIZED, "Aucun compte avec ce courriel et ce mot de passe"),
        Code::PasskeyRefused => (StatusCode::UNAUTHORIZED, "Cette clé d'accès n'ouvre aucun compte"),
        Code::PasskeysImpossible => (StatusCode::CONFLICT, "Ce service n'a pas de nom auquel lier une clé d'accès"),
        Code::TooManyPasskeys => (StatusCode::CONFLICT, "Trop de clés d'accès sur ce compte"),
        Code::FrozenAccount => (StatusCode::FORBIDDEN, "Ce compte est gelé"),
        Code::Resting => (StatusCode::FORBIDDEN, "Ce qui ouvre le compte a changé il y a trop peu de temps"),
        Code::OldSignIn => (StatusCode::FORBIDDEN, "Il faut se connecter de nouveau pour faire ceci"),
        Code::LevelTooLow => (StatusCode::FORBIDDEN, "Il faut d'abord prouver davantage qui vous êtes"),
        Code::TooManyAttempts => (StatusCode::TOO_MANY_REQUESTS, "Trop de tentatives"),
        Code::SessionRequired => (StatusCode::UNAUTHORIZED, "Il faut se connecter"),
        Code::OriginRefused => (StatusCode::FORBIDDEN, "La demande ne vient pas d'une page de ce site"),
        Code::UnreadableBody => (StatusCode::BAD_REQUEST, "Le contenu de la demande est illisible"),
        Code::TooSlow => (StatusCode::REQUEST_TIMEOUT, "Le contenu de la demande est venu trop lentement"),
        Code::BodyTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "Le contenu de la demande est trop grand"),
        Code::UnexpectedType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "Le contenu de la demande est d'un autre type"),
        Code::NotFound => (StatusCode::NOT_FOUND, "Il n'y a rien à cette adresse"),
        Code::MethodRefused => (StatusCode::METHOD_NOT_ALLOWED, "Cette adresse n'admet pas cette méthode"),
        Code::IdempotencyKeyMissing => (StatusCode::BAD_REQUEST, "La clé d'idempotence manque"),
        Code::IdempotencyKeyReused => (StatusCode::CONFLICT, "La clé d'idempotence a servi à une autre demande"),
        Code::OtherAccount => (StatusCode::CONFLICT, "Une autre personne est connectée dans ce navigateur"),
        Code::TooManyDeclarations => (StatusCode::CONFLICT, "Trop de déclarations sur ce compte"),
        Code::TooManyContestations => (StatusCode::CONFLICT, "Trop de contestations attendent une réponse"),
        Code::StaleLink => (StatusCode::GONE, "Cette demande n'est plus valable"),
        Code::TooManyCodes => (StatusCode::CONFLICT, "Trop de codes ont été envoyés"),
        Code::CourrielTaken => (StatusCode::CONFLICT, "Un autre compte utilise ce courriel"),
        Code::ProviderUnavailable => (StatusCode::SERVICE_UNAVAILABLE, "Le fournisseur d'identité ne répond pas"),
        Code::IdentityContradicted => (StatusCode::CONFLICT, "Cette identité n'est pas celle de cette personne"),
        Code::IdentityTaken => (StatusCode::CONFLICT, "Cette identité ouvre déjà un compte"),
        Code::DifClosed => (StatusCode::CONFLICT, "Un DIF ne peut plus être déclaré"),
        Code::ExportUnderWay => (StatusCode::TOO_MANY_REQUESTS, "Un export de ce compte est en cours"),
        Code::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "Le service est indisponible pour le moment"),
        Code::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "Une erreur est survenue chez nous"),
    }
}
