//! What a refusal is on the wire: `application/problem+json` (RFC 9457) with a stable code.
//! The page turns codes into sentences.

use domaine::forms::{Champ, Erreurs, Faute};
use serde::{Deserialize, Serialize};

/// A refusal. The server adds `type`, `title` and `status` around these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Probleme {
    /// What happened; never changes once published.
    pub code: Code,
    /// The faults, by field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erreurs: Vec<ErreurVue>,
    /// Seconds to wait before trying again, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendre: Option<String>,
}

/// A fault at a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErreurVue {
    /// The identifier of the field, for example `nom-naissance`.
    pub champ: String,
    /// The fault, never the value.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub faute: Faute,
}

/// Every refusal there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Code {
    /// 422: faults at fields, listed in `erreurs`.
    Saisie,
    /// 409: no account can be opened with these details. One neutral answer, whether the details
    /// do not match those known or an account exists already.
    CompteImpossible,
    /// 401: no account with this e-mail and this password; does not say which.
    IdentifiantsFaux,
    /// 429: too many attempts; `attendre` says how long to wait.
    TropDeTentatives,
    /// 401: nobody is connected, or the session has ended.
    SessionRequise,
    /// 409: the request comes from the screen of somebody else than who is connected now.
    AutreCompte,
    /// 403: the request does not come from a page of this site.
    OrigineRefusee,
    /// 400: the body cannot be read: not UTF-8, not JSON, wrong types, unknown fields.
    CorpsIllisible,
    /// 413: the body is too big.
    CorpsTropGrand,
    /// 415: the body is of another media type than the one expected.
    TypeInattendu,
    /// 404: nothing at this address.
    Introuvable,
    /// 405: the address exists, the method does not.
    MethodeRefusee,
    /// 400: the idempotency key is missing or malformed.
    CleIdempotenceManquante,
    /// 409: this idempotency key was used with another body.
    CleIdempotenceReprise,
    /// 409: another account uses this e-mail.
    CourrielPris,
    /// 409: the account holds as many declarations of DIF as it may.
    TropDeDeclarations,
    /// 409: the last day to declare a DIF, a setting of the server, is over.
    DifClos,
    /// 503: the data cannot be reached or written now; nothing was recorded.
    Indisponible,
    /// 500: a fault of ours.
    Interne,
}

impl Probleme {
    /// A refusal with no detail.
    pub const fn new(code: Code) -> Self {
        Self { code, erreurs: Vec::new(), attendre: None }
    }

    /// The faults of a form.
    pub fn saisie<C: Champ>(erreurs: &Erreurs<C>) -> Self {
        let erreurs = erreurs
            .dans_l_ordre()
            .into_iter()
            .map(|(champ, faute)| ErreurVue { champ: champ.id().into(), faute })
            .collect();
        Self { code: Code::Saisie, erreurs, attendre: None }
    }
}
