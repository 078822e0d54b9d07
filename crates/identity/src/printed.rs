//! The way back for who has no mail: a code of single use that an operator prints for a letter.

use domaine::identite::Token;
use mail::{Address, Occasion};
use store::{Account, Act, Acted, NewRequest, RequestState, StoreResult, account_reference};
use vault::{identifier, token_digest};

use crate::contents::Contents;
use crate::{Requests, Usage, secrets};

/// A code to print. No `Debug`: whoever has it has the account.
pub struct PrintedCode {
    /// In the groups that a letter shows.
    pub code: String,
    /// Until when it serves.
    pub until: i64,
}

impl Requests {
    /// A code that gives this account back once; the one that was printed before serves no more. The act is written in the
    /// journal and told to the holder; else why there is no code.
    ///
    /// # Errors
    /// [`store::StoreError`] when the database fails: then there is no code.
    pub async fn print_code(
        &self,
        account: &Account,
        act: Act<'_>,
        now: i64,
    ) -> StoreResult<Result<PrintedCode, Acted>> {
        let (id, code) = (identifier(), secrets::new_printed());
        let until = now.saturating_add(Usage::Printed.lasts());
        let new = NewRequest {
            usage: Usage::Printed.code(),
            origin: None,
            key: None,
            body: None,
            handle: None,
            link: Some(token_digest(&code)),
            account: Some(account.id.clone()),
            sealed: Contents::of("").seal(&self.vault, &id),
            id,
            state: RequestState::Waiting,
            expires_on: until,
        };
        let occasion = Occasion::CodePrinted { account: &account_reference(&account.id) };
        let letter = self.letters.write_about(&account.id, Address(&account.courriel), &occasion, now);
        let acted = self.store.print_request(&new, act.on(&account.id), &letter, now).await?;
        if acted != Acted::Done {
            return Ok(Err(acted));
        }
        let groups: Vec<&str> = (0..Token::PRINTED).step_by(4).map(|start| &code[start..start + 4]).collect();
        Ok(Ok(PrintedCode { code: groups.join("-"), until }))
    }
}
