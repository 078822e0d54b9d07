//! The account of a session, and its password again.

use api::probleme::Code;
use domaine::forms::{ChampMotDePasse, Faute};
use limits::Attempts;
use store::{Account, Person, Session};

use super::refusals::at_this_champ;
use crate::error::{HandlerResult, log_only};
use crate::state::AppState;

/// The password again, counted like an attempt to connect.
pub(in crate::routes) async fn ask_again(state: &AppState, account: &Account, mot_de_passe: &str) -> HandlerResult<()> {
    if mot_de_passe.is_empty() {
        return Err(at_this_champ(ChampMotDePasse::Current, Faute::MissingMotDePasse));
    }
    let attempts = Attempts::of_titulaire(state.counter(), &account.id).await?;
    if !state.hashing.check(mot_de_passe, Some(&account.mot_de_passe)).await? {
        attempts.count(state.counter()).await?;
        return Err(at_this_champ(ChampMotDePasse::Current, Faute::WrongMotDePasse));
    }
    log_only(attempts.forget(state.counter()).await, "wrong attempts before a good one stay counted");
    Ok(())
}

/// The account and the person of a session.
pub(in crate::routes) async fn load(state: &AppState, session: &Session) -> HandlerResult<(Account, Person)> {
    let account = state.store.account(&session.account).await?;
    let person = state.store.person(&session.person).await?;
    // Closed meanwhile from elsewhere: then the session is over too.
    account.zip(person).ok_or_else(|| Code::SessionRequired.into())
}
