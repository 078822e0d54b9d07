//! What a refusal is on the wire: `application/problem+json` (RFC 9457) with a stable code.
//! The page turns codes into sentences.

use domaine::assurance::Level;
use domaine::forms::{Champ, Errors, Faute};
use serde::{Deserialize, Serialize};

/// A refusal. The server adds `type`, `title` and `status` around these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Probleme {
    /// What happened; never changes once published.
    pub code: Code,
    /// The faults, by field.
    #[serde(rename = "erreurs", default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorView>,
    /// Seconds to wait before trying again, as text.
    #[serde(rename = "attendre", default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<String>,
    /// How much must be proved of who somebody is before this may be done.
    #[serde(rename = "niveau", default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
}

/// A fault at a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorView {
    /// The identifier of the field, for example `nom-naissance`.
    pub champ: String,
    /// The fault, never the value.
    #[cfg_attr(feature = "openapi", schema(value_type = Value))]
    pub faute: Faute,
}

/// Every refusal there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Code {
    /// 422: faults at fields, listed in `erreurs`.
    Saisie,
    /// 409: the account cannot be opened any more: another came in between. One neutral answer, whatever stands in the
    /// way.
    #[serde(rename = "compte_impossible")]
    AccountImpossible,
    /// 401: no account with this e-mail and this password; does not say which.
    #[serde(rename = "identifiants_faux")]
    WrongCredentials,
    /// 401: this passkey opens no account; does not say why.
    #[serde(rename = "cle_refusee")]
    PasskeyRefused,
    /// 409: browsers take no passkey at the address of this service.
    #[serde(rename = "cles_impossibles")]
    PasskeysImpossible,
    /// 409: the account has as many passkeys as it may.
    #[serde(rename = "trop_de_cles")]
    TooManyPasskeys,
    /// 403: the e-mail and the password are right, and the account is frozen: nobody signs in to it.
    #[serde(rename = "compte_gele")]
    FrozenAccount,
    /// 403: more must be proved of who somebody is before this may be done; `niveau` says how much.
    #[serde(rename = "niveau_insuffisant")]
    LevelTooLow,
    /// 403: what opens the account changed too lately for money to leave.
    #[serde(rename = "changement_recent")]
    Resting,
    /// 403: whoever is connected signed in too long ago for this: they sign in again first.
    #[serde(rename = "connexion_ancienne")]
    OldSignIn,
    /// 429: too many attempts; `attendre` says how long to wait.
    #[serde(rename = "trop_de_tentatives")]
    TooManyAttempts,
    /// 401: nobody is connected, or the session has ended.
    #[serde(rename = "session_requise")]
    SessionRequired,
    /// 409: the request comes from the screen of somebody else than who is connected now.
    #[serde(rename = "autre_compte")]
    OtherAccount,
    /// 403: the request does not come from a page of this site.
    #[serde(rename = "origine_refusee")]
    OriginRefused,
    /// 400: the body cannot be read: not UTF-8, not JSON, wrong types, unknown fields.
    #[serde(rename = "corps_illisible")]
    UnreadableBody,
    /// 408: the body came too slowly to be waited for; nothing was recorded.
    #[serde(rename = "envoi_trop_lent")]
    TooSlow,
    /// 413: the body is too big.
    #[serde(rename = "corps_trop_grand")]
    BodyTooLarge,
    /// 415: the body is of another media type than the one expected.
    #[serde(rename = "type_inattendu")]
    UnexpectedType,
    /// 404: nothing at this address.
    #[serde(rename = "introuvable")]
    NotFound,
    /// 405: the address exists, the method does not.
    #[serde(rename = "methode_refusee")]
    MethodRefused,
    /// 400: the idempotency key is missing or malformed.
    #[serde(rename = "cle_idempotence_manquante")]
    IdempotencyKeyMissing,
    /// 409: this idempotency key was used with another body.
    #[serde(rename = "cle_idempotence_reprise")]
    IdempotencyKeyReused,
    /// 410: what this link, this code of a letter or this browser asked for is over, was done already or never was.
    #[serde(rename = "lien_perime")]
    StaleLink,
    /// 409: as many codes were sent for this request as may be.
    #[serde(rename = "trop_de_codes")]
    TooManyCodes,
    /// 409: another account uses this e-mail.
    #[serde(rename = "courriel_pris")]
    CourrielTaken,
    /// 503: the identity provider does not answer.
    #[serde(rename = "fournisseur_indisponible")]
    ProviderUnavailable,
    /// 409: the identity that was proved is not that of whom the account, or the number, is.
    #[serde(rename = "identite_contredite")]
    IdentityContradicted,
    /// 409: the identity opens another account, or another identity of this provider opens this one.
    #[serde(rename = "identite_deja_reliee")]
    IdentityTaken,
    /// 409: the account holds as many declarations as it may.
    #[serde(rename = "trop_de_declarations")]
    TooManyDeclarations,
    /// 409: as many disputed lines of the account wait for an answer as may.
    #[serde(rename = "trop_de_contestations")]
    TooManyContestations,
    /// 409: the last day to declare a DIF, a setting of the server, is over.
    #[serde(rename = "dif_clos")]
    DifClosed,
    /// 429: an export of this account is still being sent; `attendre` says when to try again.
    #[serde(rename = "export_en_cours")]
    ExportUnderWay,
    /// 503: the data cannot be reached or written now; nothing was recorded.
    #[serde(rename = "indisponible")]
    Unavailable,
    /// 500: a fault of ours.
    #[serde(rename = "interne")]
    Internal,
}

impl Probleme {
    /// A refusal with no detail.
    pub const fn new(code: Code) -> Self {
        Self { code, errors: Vec::new(), retry_after: None, level: None }
    }

    /// What must be proved first.
    pub fn lacking(level: Level) -> Self {
        Self { level: Some(level), ..Self::new(Code::LevelTooLow) }
    }

    /// The faults of a form.
    pub fn saisie<C: Champ>(errors: &Errors<C>) -> Self {
        let errors =
            errors.in_order().into_iter().map(|(champ, faute)| ErrorView { champ: champ.id().into(), faute }).collect();
        Self { errors, ..Self::new(Code::Saisie) }
    }
}
