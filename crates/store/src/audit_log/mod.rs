//! The journal of operations: who, when, what, about which account, from where. No personal data of a holder: an account is
//! named by its identifier, a place by a keyed hash. Lines are only added; they go by whole days, a year later or more.

mod anchor;
mod anchors;
mod chain;
mod checking;
mod forwarding;
mod operation;
mod outside;
mod reading;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use vault::identifier;

use crate::row::{text, text_or_nothing};
use crate::{Store, StoreResult};

pub use anchor::{Anchor, SignedAnchor};
pub use anchors::LeavingAnchor;
pub(crate) use chain::{CHAINED, hold_pen, take_over};
pub use checking::{Checked, JournalFault};
pub use forwarding::ChainedLine;
pub use operation::Operation;
pub use outside::leave_anchors;
pub use reading::{JournalFilter, JournalLine, Who};

/// Who acted, when it was not the holder of an account but whoever runs this server.
const OPERATOR: &str = "operateur";
/// Somebody who is not connected.
const VISITOR: &str = "visiteur";
/// The program by itself.
const SERVICE: &str = "service";

/// The name of whoever acts as operator: a person's, or that of a machine that works alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator(String);

/// How many characters a name has at most.
const LONGEST_NAME: usize = 64;

impl Operator {
    /// That name: a few letters, figures, blanks and dots on a line; nothing when it is no name.
    ///
    /// ```
    /// use store::Operator;
    /// assert_eq!(Operator::parse(" Zoé Martin-Roux ").unwrap().name(), "Zoé Martin-Roux");
    /// assert!(Operator::parse("").is_none() && Operator::parse("zoé\nmartin").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.trim();
        let is_of_a_name = |sign: char| sign.is_alphanumeric() || " .-_'’@+".contains(sign);
        let starts = name.starts_with(char::is_alphanumeric);
        let right = starts && name.chars().count() <= LONGEST_NAME && name.chars().all(is_of_a_name);
        right.then(|| Self(name.to_owned()))
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// What an operator does: under their name, on an account or none, for a reason where one is asked.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// Who acts.
    pub operator: &'a Operator,
    /// The account concerned.
    pub account: Option<&'a str>,
    /// Why, or what was seen.
    pub reason: Option<&'a str>,
}

impl<'a> Act<'a> {
    /// On no account in particular.
    pub const fn of(operator: &'a Operator) -> Self {
        Self { operator, account: None, reason: None }
    }

    /// On that account.
    #[must_use]
    pub const fn on(self, account: &'a str) -> Self {
        Self { account: Some(account), ..self }
    }

    /// For that reason.
    #[must_use]
    pub const fn because(self, reason: &'a str) -> Self {
        Self { reason: Some(reason), ..self }
    }
}

/// A line to add.
struct NewLine<'a> {
    who: &'a str,
    operator: Option<&'a str>,
    account: Option<&'a str>,
    reason: Option<&'a str>,
    origin: Option<&'a str>,
}

async fn add(connexion: &mut AnyConnection, when: i64, line: &NewLine<'_>, what: Operation) -> StoreResult<()> {
    let id = identifier();
    let words = [Some(line.who), Some(what.code()), line.operator, line.account, line.reason, line.origin];
    sqlx::query(
        "INSERT INTO journal (id, quand, qui, quoi, agent, compte, raison, origine, sceau)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&id)
    .bind(when)
    .bind(line.who)
    .bind(what.code())
    .bind(line.operator)
    .bind(line.account)
    .bind(line.reason)
    .bind(line.origin)
    .bind(chain::seal(&id, when, words))
    .execute(connexion)
    .await?;
    Ok(())
}

/// Notes what the holder of an account did.
pub(crate) async fn record(
    connexion: &mut AnyConnection,
    when: i64,
    account: &str,
    what: Operation,
) -> StoreResult<()> {
    let line = NewLine { who: account, operator: None, account: Some(account), reason: None, origin: None };
    add(connexion, when, &line, what).await
}

/// Notes that a session of that account was opened, or waits for a second step: by which way, and from where.
pub(crate) async fn record_sign_in(
    connexion: &mut AnyConnection,
    when: i64,
    account: &str,
    (what, way): (Operation, &str),
    origin: &str,
) -> StoreResult<()> {
    // Whoever has not shown everything is not known to be the holder.
    let who = if matches!(what, Operation::Connexion) { account } else { VISITOR };
    let line = NewLine { who, operator: None, account: Some(account), reason: Some(way), origin: Some(origin) };
    add(connexion, when, &line, what).await
}

/// Notes that the holder of an account froze it: by which way, and from where when they were not connected.
pub(crate) async fn record_freeze(
    connexion: &mut AnyConnection,
    when: i64,
    account: &str,
    way: &str,
    origin: Option<&str>,
) -> StoreResult<()> {
    let line = NewLine { who: account, operator: None, account: Some(account), reason: Some(way), origin };
    add(connexion, when, &line, Operation::AccountFrozen).await
}

/// Notes what somebody who is not connected came to, the account that it is about if there is one, and from where.
pub(crate) async fn record_visit(
    connexion: &mut AnyConnection,
    when: i64,
    account: Option<&str>,
    what: Operation,
    origin: Option<&str>,
) -> StoreResult<()> {
    let line = NewLine { who: VISITOR, operator: None, account, reason: None, origin };
    add(connexion, when, &line, what).await
}

/// Notes what the program did by itself to an account.
pub(crate) async fn record_service(
    connexion: &mut AnyConnection,
    when: i64,
    account: &str,
    what: Operation,
) -> StoreResult<()> {
    let line = NewLine { who: SERVICE, operator: None, account: Some(account), reason: None, origin: None };
    add(connexion, when, &line, what).await
}

/// Notes what an operator did.
pub(crate) async fn record_act(
    connexion: &mut AnyConnection,
    when: i64,
    act: Act<'_>,
    what: Operation,
) -> StoreResult<()> {
    let Act { operator, account, reason } = act;
    let line = NewLine { who: OPERATOR, operator: Some(operator.name()), account, reason, origin: None };
    add(connexion, when, &line, what).await
}

impl Store {
    /// Notes an operation of a holder that changes nothing else.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn record(&self, when: i64, account: &str, what: Operation) -> StoreResult<()> {
        let mut connexion = self.writer.acquire().await?;
        record(&mut connexion, when, account, what).await
    }

    /// Notes an act of an operator that changes nothing else.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn record_act(&self, when: i64, act: Act<'_>, what: Operation) -> StoreResult<()> {
        let mut connexion = self.writer.acquire().await?;
        record_act(&mut connexion, when, act, what).await
    }

    /// Notes what was refused to somebody who came from there, and the account that it was about if there is one. With
    /// `once_since`, once only since that time: whoever is refused a thousand times a minute writes one line.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    pub async fn record_refusal(
        &self,
        when: i64,
        what: Operation,
        account: Option<&str>,
        origin: &str,
        once_since: Option<i64>,
    ) -> StoreResult<()> {
        if let Some(since) = once_since {
            let known = sqlx::query("SELECT id FROM journal WHERE origine = $1 AND quand > $2 AND quoi = $3 LIMIT 1")
                .bind(origin)
                .bind(since)
                .bind(what.code())
                .fetch_optional(&self.readers)
                .await?;
            if known.is_some() {
                return Ok(());
            }
        }
        let mut connexion = self.writer.acquire().await?;
        record_visit(&mut connexion, when, account, what, Some(origin)).await
    }
}

/// Who did what a line says: an account, an operator by name, or a word.
fn who(row: &AnyRow) -> StoreResult<Who> {
    let operator = text_or_nothing(row, "agent")?;
    Ok(match (text(row, "qui")?.as_str(), operator) {
        (OPERATOR, Some(name)) => Who::Operator(name),
        // A line of before they had names.
        (OPERATOR, None) => Who::SomeOperator,
        (VISITOR, _) => Who::Visitor,
        (SERVICE, _) => Who::Service,
        _ => Who::Holder,
    })
}
