//! What the journal says of the account, to its holder. Reading it leaves no line: it is their own.

use api::journal::{By, JournalView, Known, KnownView, LineView, Source};
use api::probleme::{Code, Probleme};
use api::routes;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::Deserialize;
use store::{Account, JournalLine, Who};

use super::shared::account::load;
use crate::error::HandlerResult;
use crate::extract::{Browser, Titulaire, reads_all};
use crate::state::AppState;

/// How many lines a page has.
const PAGE: i64 = 50;

/// Where to read on from.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(rename = "avant")]
    before: Option<String>,
}

/// What the journal says of the account.
#[utoipa::path(
    get, path = routes::JOURNAL, tag = "profil",
    params(("avant" = Option<String>, Query, description = "« suite » de la page d'avant ; les dernières lignes sans cela")),
    responses(
        (status = 200, description = "Une page du journal, la dernière ligne d'abord", body = JournalView),
        (status = 400, description = "« avant » n'est pas ce qu'une page a donné", body = Probleme),
        (status = 401, description = "Il faut se connecter", body = Probleme)
    )
)]
pub(super) async fn show(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
    asked: Result<Query<Asked>, QueryRejection>,
) -> HandlerResult<Json<JournalView>> {
    let Query(asked) = asked.map_err(|_| Code::UnreadableBody)?;
    let before = asked.before.as_deref().map(|place| place_of(place).ok_or(Code::UnreadableBody)).transpose()?;
    let session = &titulaire.session;
    let (account, _) = load(&state, session).await?;
    let since = state.clock.start_of(account.opened_on);
    // Identifiers are hexadecimal: none comes after this.
    let place = before.unwrap_or((i64::MAX, "g"));
    let mut lines = state.store.journal_of(&account.id, since, place, PAGE + 1).await?;
    let more = i64::try_from(lines.len()).is_ok_and(|count| count > PAGE);
    if more {
        lines.pop();
    }
    let next = lines.last().filter(|_| more).map(|line| format!("{}-{}", line.when, line.id));
    let here = limits::origin(&state.vault, browser.address);
    let shown = lines.into_iter().map(|line| view(&state, line, &here)).collect();
    Ok(Json(JournalView { known: known(&state, &account, reads_all(&state, session)).await?, lines: shown, next }))
}

/// The line that a page ended with.
fn place_of(place: &str) -> Option<(i64, &str)> {
    let (when, id) = place.split_once('-')?;
    let is_ours = id.len() == 32 && id.bytes().all(|sign| sign.is_ascii_hexdigit());
    when.parse().ok().filter(|_| is_ours).map(|when| (when, id))
}

fn view(state: &AppState, line: JournalLine, here: &str) -> LineView {
    let (by, agent) = match line.who {
        Who::Holder => (By::Titulaire, None),
        Who::Operator(name) => (By::Agent, Some(name)),
        Who::SomeOperator => (By::Agent, None),
        Who::Visitor => (By::Visitor, None),
        Who::Service => (By::Service, None),
    };
    LineView {
        when: state.clock.in_words(line.when),
        what: line.what,
        by,
        agent,
        reason: line.reason,
        same_place: line.origin.map(|origin| origin == here),
        about_all: line.account.is_none(),
    }
}

/// Where what is known comes from. Whoever reads what they typed alone is told of nothing else.
async fn known(state: &AppState, account: &Account, reads_all: bool) -> HandlerResult<Vec<KnownView>> {
    let day = |ms: i64| state.clock.in_words(ms).split('T').next().unwrap_or_default().to_owned();
    let fact = |what, source, since| KnownView { what, source, since };
    let origins = state.store.origins(&account.id).await?;
    let mut known = vec![fact(Known::Typed, Source::Titulaire, account.opened_on.to_string())];
    known.extend(account.courriel_confirmed_on.map(|on| fact(Known::CourrielConfirmed, Source::Titulaire, day(on))));
    let declared = origins.first_year.filter(|_| reads_all);
    known.extend(declared.map(|year| fact(Known::Declarations, Source::Employeurs, year.to_string())));
    known.extend(origins.seen_on.map(|on| fact(Known::IdentityProved, Source::Agent, day(on))));
    known.extend(origins.linked_on.map(|on| fact(Known::IdentityLinked, Source::Provider, day(on))));
    Ok(known)
}

#[cfg(test)]
mod tests {
    use store::Operation;

    /// About no account that is still there, or about the service alone: no holder is shown these.
    const SHOWN_TO_NO_HOLDER: [Operation; 14] = [
        Operation::AccountClosed,
        Operation::UnusedAccountClosed,
        Operation::DeadAccountClosed,
        Operation::AccountSought,
        Operation::ImportedDsn,
        Operation::ImportedActivites,
        Operation::ImportedEvenements,
        Operation::Credited,
        Operation::BackedUp,
        Operation::Restored,
        Operation::KeyAdded,
        Operation::KeyTurned,
        Operation::KeyRetired,
        Operation::JournalPurged,
    ];

    #[test]
    fn every_word_that_a_holder_is_shown_has_its_french() {
        for operation in Operation::ALL {
            let word = operation.code();
            assert_ne!(wording::journal::is_known(word), SHOWN_TO_NO_HOLDER.contains(operation), "{word}");
        }
    }
}
