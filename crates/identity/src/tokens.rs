//! What ends the session of a provider when one that its identity opened ends here: sealed wherever it waits, which is with the
//! session, with a second step that must still be shown, with an account that is asked for.

use store::{IdentityToken, NewSession, Session, StoreResult};

use crate::Requests;
use crate::kept::Brought;
use crate::stepping::WaitingStep;

/// What binds the token of a session to its account.
fn record(account: &str) -> String {
    store::bound::token(account)
}

impl Requests {
    /// This ID token, sealed for a session of that account whose secret has this hash, and for the second step that it may wait for.
    pub fn seal_identity_token(&self, account: &str, digest: &str, id_token: &str) -> IdentityToken {
        IdentityToken {
            of_session: self.vault.seal(&record(account), id_token.as_bytes()),
            of_step: self.vault.seal(&store::bound::request(digest), id_token.as_bytes()),
        }
    }

    /// What ends the session of the provider that opened this one, if one did: to be taken before it ends.
    ///
    /// # Errors
    /// [`store::StoreError`] when the database fails.
    pub async fn identity_token(&self, session: &Session) -> StoreResult<Option<String>> {
        let sealed = self.store.identity_token(session).await?;
        Ok(sealed.and_then(|sealed| self.unseal_token(&record(&session.account), &sealed)))
    }

    /// The same, where an identity began the sign-in that waits, for the session of this hash that comes of it.
    pub fn identity_token_of_step(&self, waiting: &WaitingStep, digest: &str) -> Option<IdentityToken> {
        let WaitingStep { request, account, .. } = waiting;
        let id_token = self.unseal_token(&store::bound::request(&request.id), &request.sealed)?;
        Some(self.seal_identity_token(&account.id, digest, &id_token))
    }

    /// Gives this session, the first of that account, what the identity brings to it.
    pub(crate) fn bring(&self, brought: &Brought, account: &str, session: &mut NewSession, now: i64) {
        self.bring_token(brought, account, session);
        session.proofs = brought.proofs(now);
    }

    /// The same, to one that is not the first: what ends the session of the provider, and nothing that is proved.
    pub(crate) fn bring_token(&self, brought: &Brought, account: &str, session: &mut NewSession) {
        session.identity_token = Some(self.seal_identity_token(account, &session.digest, &brought.id_token));
    }

    /// A session ends here whether or not that of the provider can be: what cannot be read is nothing.
    fn unseal_token(&self, record: &str, sealed: &str) -> Option<String> {
        let token = self.vault.unseal(record, sealed).ok()?;
        String::from_utf8(token).ok()
    }
}
