//! The way back for who has no mail: a code of single use that an operator prints for a letter.

use domaine::identite::Token;
use store::{Act, NewRequest, RequestState, StoreResult};
use vault::{identifier, token_digest};

use crate::contents::Contents;
use crate::{Requests, Usage, secrets};

impl Requests {
    /// A code that gives this account back once, in the groups that a letter shows; the one that was printed before serves no
    /// more. The act is written in the journal.
    ///
    /// # Errors
    /// [`store::StoreError`] when the database fails: then there is no code.
    pub async fn print_code(&self, account: &str, act: Act<'_>, now: i64) -> StoreResult<String> {
        let (id, code) = (identifier(), secrets::new_printed());
        let new = NewRequest {
            usage: Usage::Printed.code(),
            origin: None,
            key: None,
            body: None,
            handle: None,
            link: Some(token_digest(&code)),
            account: Some(account.to_owned()),
            sealed: Contents::of("").seal(&self.vault, &id),
            id,
            state: RequestState::Waiting,
            expires_on: now.saturating_add(Usage::Printed.lasts()),
        };
        self.store.print_request(&new, act, now).await?;
        let groups: Vec<&str> = (0..Token::PRINTED).step_by(4).map(|start| &code[start..start + 4]).collect();
        Ok(groups.join("-"))
    }
}
