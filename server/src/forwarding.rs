//! The journal of operations, sent line by line to a machine that gathers journals: whoever takes this one over does not rewrite what is
//! told elsewhere. Each line leaves once it is chained, once at least. Knows no request.

use std::time::Duration;

use hyper::Request;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use jiff::Timestamp;
use outbound::{Outbound, Patience, Unanswered};
use serde::Serialize;
use store::{ChainedLine, Store, StoreError, Who, account_reference};

use crate::settings::Collector;

/// How many lines leave at once.
const AT_ONCE: i64 = 500;
/// What is granted to the machine that gathers them: nobody waits, and its answer is not read.
const PATIENCE: Patience = Patience { time: Duration::from_secs(30), bytes: 64 * 1_024 };

/// Why lines stay here for now.
#[derive(Debug, thiserror::Error)]
pub enum NotForwarded {
    /// They cannot be read, or what left cannot be noted.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The other machine does not answer.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    /// It does not take them.
    #[error("the other machine answers {0}")]
    Refused(u16),
    /// Its address or the token cannot be written in a request.
    #[error("the address or the token cannot be written in a request")]
    Unspeakable,
}

/// What sends them.
pub(crate) struct Forwarding {
    outbound: Outbound,
    collector: Collector,
}

/// A line as it leaves: the words of `acquis journal`, in the order of the chain. Numbers are text, as everywhere
/// (docs/decisions/0001).
#[derive(Serialize)]
struct SentLine<'a> {
    #[serde(rename = "rang")]
    rank: String,
    #[serde(rename = "quand")]
    when: String,
    #[serde(rename = "quoi")]
    what: &'a str,
    #[serde(rename = "qui")]
    who: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<&'a str>,
    #[serde(rename = "compte", skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(rename = "raison", skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(rename = "origine", skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
    #[serde(rename = "lien")]
    link: &'a str,
}

impl<'a> From<&'a ChainedLine> for SentLine<'a> {
    fn from(chained: &'a ChainedLine) -> Self {
        let line = &chained.line;
        let (who, agent) = match &line.who {
            Who::Holder => ("titulaire", None),
            Who::Operator(name) => ("operateur", Some(name.as_str())),
            Who::SomeOperator => ("operateur", None),
            Who::Visitor => ("visiteur", None),
            Who::Service => ("service", None),
        };
        let when = Timestamp::from_millisecond(line.when).unwrap_or(Timestamp::UNIX_EPOCH);
        Self {
            rank: chained.rank.to_string(),
            when: format!("{when:.3}"),
            what: &line.what,
            who,
            agent,
            account: line.account.as_deref().map(account_reference),
            reason: line.reason.as_deref(),
            origin: line.origin.as_deref(),
            link: &chained.link,
        }
    }
}

impl Forwarding {
    /// To that place.
    ///
    /// # Errors
    /// A sentence in French when this system has no certificate to trust.
    pub(crate) fn new(collector: Collector) -> Result<Self, String> {
        // In clear on this machine alone: the settings take no other address.
        let outbound = Outbound::new(collector.address.starts_with("http://"), PATIENCE);
        let outbound = outbound.map_err(|error| format!("journal_vers : aucun certificat de confiance : {error}"))?;
        Ok(Self { outbound, collector })
    }

    /// Sends the lines that were chained since the last that left.
    ///
    /// # Errors
    /// [`NotForwarded`]: what did not leave leaves with the next pass.
    pub(crate) async fn pass(&self, store: &Store) -> Result<(), NotForwarded> {
        let mut sent = store.journal_sent().await?;
        loop {
            let lines = store.chained_after(sent, AT_ONCE).await?;
            let Some(last) = lines.last() else { return Ok(()) };
            self.send(&lines).await?;
            if !store.note_journal_sent(sent, last.rank).await? {
                // Another server sends them.
                return Ok(());
            }
            sent = last.rank;
        }
    }

    async fn send(&self, lines: &[ChainedLine]) -> Result<(), NotForwarded> {
        let mut body = Vec::new();
        for line in lines {
            serde_json::to_writer(&mut body, &SentLine::from(line)).map_err(|_| NotForwarded::Unspeakable)?;
            body.push(b'\n');
        }
        let mut request = Request::post(&self.collector.address).header(CONTENT_TYPE, "application/x-ndjson");
        if let Some(token) = &self.collector.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(body).map_err(|_| NotForwarded::Unspeakable)?;
        let answer = self.outbound.ask(request).await?;
        if answer.status().is_success() { Ok(()) } else { Err(NotForwarded::Refused(answer.status().as_u16())) }
    }
}
