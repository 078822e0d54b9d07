//! What of the session goes through the network: who is connected, coming back, leaving. What is known of it stands in
//! [`crate::session`].

use leptos::task::spawn_local;

use super::client;
use crate::failure::ApiFailure;
use crate::session::Session;

/// Asks the server who is connected, and lets all its answers from now on be heard.
pub fn start(session: Session) {
    session.listen();
    ask(session);
}

/// Asks the server who is connected; a living session starts again.
pub fn ask(session: Session) {
    spawn_local(async move {
        match client::session().await {
            Ok(view) => session.welcome(view),
            Err(_) => session.unanswered(),
        }
    });
}

/// Asks again after the server could not be reached.
pub fn ask_again(session: Session) {
    session.retry_after();
    ask(session);
}

/// The browser shows again a page that was left: if its person has gone since, nothing of them stays on the screen.
pub fn come_back(session: Session) {
    spawn_local(async move {
        if let Ok(view) = client::session().await {
            session.come_back(view);
        }
    });
}

/// Leaves: the server forgets the session, the page forgets the person. Gives where to go to end the session of the provider of
/// identities too, if one opened this one.
///
/// # Errors
/// The server could not be told: the session is still open there.
pub async fn leave(session: Session) -> Result<Option<String>, ApiFailure> {
    let next = match client::sign_out().await {
        Ok(next) => next,
        // Over already: that is what was asked.
        Err(failure) if failure.code() == Some(api::probleme::Code::SessionRequired) => None,
        Err(failure) => return Err(failure),
    };
    match &next {
        // The whole page goes away, from where it is: to turn the screen meanwhile would call that off.
        Some(_) => session.forget(),
        None => session.close(),
    }
    Ok(next.map(|next| next.address))
}
