//! The ceremonies of passkeys (WebAuthn): what a browser is asked, and what its answer proves. No route, no SQL, no account
//! that is looked up, no wording.
//!
//! What a ceremony must remember goes to its browser sealed, and comes back with the answer: nobody can fill a table by
//! asking. That an answer serves once is kept by whoever keeps accounts, under [`Once`].

mod site;

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use vault::Vault;
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::AuthenticationVerificationOptions;
use webauthn_rp::request::register::{
    CredProtect, Nickname, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, UserHandle, Username,
};
use webauthn_rp::request::{ExtensionInfo, PublicKeyCredentialDescriptor};
use webauthn_rp::response::register::{DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, CredentialId};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration, RegistrationServerState,
};

pub use site::Site;

/// How long a browser has to answer, in milliseconds: the library asks browsers for as much.
pub const LASTS: i64 = 5 * 60_000;
/// How many bytes name an account to an authenticator: those of a keyed hash.
const HANDLE: usize = 32;

/// What a browser is asked. No `Debug`: it names its holder.
pub struct Asked {
    /// The options, in JSON, as the browser's own parser reads them.
    pub options: String,
    /// What must come back with the answer.
    pub sealed: String,
}

/// Whose passkey it shall be. No `Debug`: it holds a name.
pub struct Holder<'a> {
    /// The account.
    pub account: &'a str,
    /// What the authenticator lists it under.
    pub name: &'a str,
    /// What it lists it under when it refuses that name.
    pub reference: &'a str,
    /// Given names and birth name.
    pub display_name: &'a str,
}

/// A passkey as it is kept. No `Debug`.
pub struct Key {
    /// What the authenticator finds it by.
    pub credential: String,
    /// What checks it, and never changes.
    pub public: String,
    /// What each use changes: the counter.
    pub state: String,
}

/// What stands for a challenge that must serve once.
pub struct Once {
    /// Its keyed hash.
    pub digest: String,
    /// Until when it could serve.
    pub until: i64,
}

/// What somebody who is connected has just made.
pub struct Made {
    /// The passkey.
    pub key: Key,
    /// What was said when it was asked for.
    pub said: String,
    /// What must not serve again.
    pub once: Once,
}

/// What somebody proved.
pub struct Proved {
    /// What the passkey is from now on.
    pub state: String,
    /// What must not serve again.
    pub once: Once,
}

/// Why an answer proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// What it answers was not asked of this browser, or too long ago.
    #[error("what is answered is over, or was not asked here")]
    Over,
    /// It is not what was asked, or not what the passkey would answer.
    #[error("the answer proves nothing")]
    Wrong,
}

/// An answer that was read, and is not judged yet. No `Debug`.
pub struct Presented(DiscoverableAuthentication<HANDLE>);

impl Presented {
    /// Reads what a browser sends.
    ///
    /// # Errors
    /// [`Refused::Wrong`] when it is no answer.
    pub fn read(json: &str) -> Result<Self, Refused> {
        DiscoverableAuthentication::from_json_relaxed(json.as_bytes()).map(Self).map_err(|_| Refused::Wrong)
    }

    /// What its passkey is found by.
    pub fn credential(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.raw_id())
    }
}

/// The ceremonies of a site.
#[derive(Clone)]
pub struct Passkeys {
    site: Arc<Site>,
    vault: Arc<Vault>,
}

impl Passkeys {
    /// Those of this site.
    pub fn new(site: Site, vault: Arc<Vault>) -> Self {
        Self { site: Arc::new(site), vault }
    }

    /// Asks the browser of this session for a passkey that its authenticator does not hold yet.
    ///
    /// `said` comes back when it is made. The passkey must be found without a name and ask for the finger, the face or the
    /// code of its device.
    pub fn ask_for_one(
        &self,
        holder: &Holder<'_>,
        known: &[String],
        (session, said): (&str, &str),
        now: i64,
    ) -> Option<Asked> {
        let handle = self.handle(holder.account)?;
        let name = Username::try_from(holder.name).or_else(|_| Username::try_from(holder.reference)).ok()?;
        let user = PublicKeyCredentialUserEntity {
            name,
            id: &handle,
            display_name: Nickname::try_from(holder.display_name).ok(),
        };
        let known = known.iter().filter_map(|credential| {
            let id = CredentialId::decode(URL_SAFE_NO_PAD.decode(credential).ok()?).ok()?;
            Some(PublicKeyCredentialDescriptor { id, transports: AuthTransports::decode(0).ok()? })
        });
        let mut options = PublicKeyCredentialCreationOptions::passkey(self.site.id(), user, known.collect());
        // Asked of those that know it; enforced, it would shut out the telephones and computers that do not, and which check their
        // holder all the same: both sides ask for that.
        options.extensions.cred_protect = CredProtect::UserVerificationRequired(ExtensionInfo::AllowDontEnforceValue);
        let (kept, sent) = options.start_ceremony().ok()?;
        let options = serde_json::to_string(&sent).ok()?;
        let sealed = self.seal(&making(session), &kept.encode().ok()?, said, now);
        Some(Asked { options, sealed })
    }

    /// The passkey that the browser of this session made.
    ///
    /// # Errors
    /// [`Refused`] when it was not asked for in this session, or is not what was asked for.
    pub fn made(&self, sealed: &str, session: &str, json: &str, now: i64) -> Result<Made, Refused> {
        let (kept, said, once) = self.unseal(&making(session), sealed, now)?;
        let kept = RegistrationServerState::<HANDLE>::decode(&kept).map_err(|_| Refused::Over)?;
        let answer = Registration::from_json_relaxed(json.as_bytes()).map_err(|_| Refused::Wrong)?;
        let options = RegistrationVerificationOptions::<'_, '_, _, String> {
            allowed_origins: self.site.origins(),
            allowed_top_origins: None,
            backup_requirement: webauthn_rp::request::BackupReq::None,
            // Password managers add some that nobody asked for.
            error_on_unsolicited_extensions: false,
            require_authenticator_attachment: false,
            client_data_json_relaxed: true,
        };
        let made = kept.verify(self.site.id(), &answer, &options).map_err(|_| Refused::Wrong)?;
        let public = made.static_state().encode().map_err(|_| Refused::Wrong)?;
        let state = made.dynamic_state().encode().map_err(|_| Refused::Wrong)?;
        let key = Key {
            credential: URL_SAFE_NO_PAD.encode(made.id()),
            public: URL_SAFE_NO_PAD.encode(public),
            state: URL_SAFE_NO_PAD.encode(state),
        };
        Ok(Made { key, said, once })
    }

    /// Asks any browser for a passkey of this site: the same for everybody, whoever there is.
    pub fn ask_for_any(&self, now: i64) -> Option<Asked> {
        let (kept, sent) = DiscoverableCredentialRequestOptions::passkey(self.site.id()).start_ceremony().ok()?;
        let options = serde_json::to_string(&sent).ok()?;
        let sealed = self.seal(SIGNING_IN, &kept.encode().ok()?, "", now);
        Some(Asked { options, sealed })
    }

    /// Judges an answer by the passkey of this account that it says it comes from: the signature over what was asked of this
    /// browser, the site, the counter, and that the device checked who holds it.
    ///
    /// # Errors
    /// [`Refused`] when it proves nothing.
    pub fn prove(
        &self,
        sealed: &str,
        presented: &Presented,
        (account, key): (&str, &Key),
        now: i64,
    ) -> Result<Proved, Refused> {
        let (kept, _, once) = self.unseal(SIGNING_IN, sealed, now)?;
        let kept = DiscoverableAuthenticationServerState::decode(&kept).map_err(|_| Refused::Over)?;
        let wrong = |_| Refused::Wrong;
        let credential = URL_SAFE_NO_PAD.decode(&key.credential).map_err(wrong)?;
        let public = URL_SAFE_NO_PAD.decode(&key.public).map_err(wrong)?;
        let state = URL_SAFE_NO_PAD.decode(&key.state).map_err(wrong)?;
        let state = state.try_into().map_err(|_| Refused::Wrong)?;
        let handle = self.handle(account).ok_or(Refused::Wrong)?;
        let mut known = AuthenticatedCredential::new(
            CredentialId::decode(credential.as_slice()).map_err(|_| Refused::Wrong)?,
            &handle,
            StaticState::decode(public.as_slice()).map_err(|_| Refused::Wrong)?,
            DynamicState::decode(state).map_err(|_| Refused::Wrong)?,
        )
        .map_err(|_| Refused::Wrong)?;
        let options = AuthenticationVerificationOptions::<'_, '_, _, String> {
            allowed_origins: self.site.origins(),
            error_on_unsolicited_extensions: false,
            ..AuthenticationVerificationOptions::default()
        };
        kept.verify(self.site.id(), &presented.0, &mut known, &options).map_err(|_| Refused::Wrong)?;
        let state = known.dynamic_state().encode().map_err(|_| Refused::Wrong)?;
        Ok(Proved { state: URL_SAFE_NO_PAD.encode(state), once })
    }

    /// What an authenticator knows an account by: nothing of it.
    fn handle(&self, account: &str) -> Option<UserHandle<HANDLE>> {
        let digest = self.vault.digest("titulaire d'une clé d'accès", &[account.as_bytes()]);
        let mut handle = [0; HANDLE];
        for (byte, pair) in handle.iter_mut().zip(digest.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        UserHandle::decode(handle).ok()
    }

    fn seal(&self, record: &str, kept: &[u8], said: &str, now: i64) -> String {
        let length = u16::try_from(kept.len()).unwrap_or(u16::MAX);
        let until = now.saturating_add(LASTS);
        let plain = [&until.to_be_bytes(), length.to_be_bytes().as_slice(), kept, said.as_bytes()].concat();
        self.vault.seal(record, &plain)
    }

    fn unseal(&self, record: &str, sealed: &str, now: i64) -> Result<(Vec<u8>, String, Once), Refused> {
        let plain = self.vault.unseal(record, sealed).map_err(|_| Refused::Over)?;
        let (until, rest) = plain.split_first_chunk().ok_or(Refused::Over)?;
        let (length, rest) = rest.split_first_chunk().ok_or(Refused::Over)?;
        let (kept, said) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or(Refused::Over)?;
        let until = i64::from_be_bytes(*until);
        if until <= now {
            return Err(Refused::Over);
        }
        let said = String::from_utf8(said.to_vec()).map_err(|_| Refused::Over)?;
        let digest = self.vault.digest("défi d'une clé d'accès", &[&plain]);
        Ok((kept.to_vec(), said, Once { digest, until }))
    }
}

const SIGNING_IN: &str = "connexion par une clé d'accès";

fn making(session: &str) -> String {
    ["ajout d'une clé d'accès ", session].concat()
}
