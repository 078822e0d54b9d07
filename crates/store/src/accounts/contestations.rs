//! Lines that their holder disputes, and what was done about it: acts that are only ever added.

use domaine::bounds;
use domaine::droits::{Destinataire, GivenAnswer, Marker, RequestStatut};
use domaine::mesures::{Day, Euros, HoursVariation};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::idempotence;
use super::sessions::{self, Session};
use crate::audit_log::{self, Operation, Operator};
use crate::outbox::{self, NewLetter};
use crate::row::{coded, count, parsed, small_number, text, text_or_nothing};
use crate::{Store, StoreError, StoreResult};

/// A request as recorded. No `Debug`: people write about themselves in it.
pub struct Contestation {
    /// Identifier.
    pub id: String,
    /// Whose account.
    pub account: String,
    /// The reference given to the holder.
    pub reference: String,
    /// The line.
    pub ligne: Marker,
    /// What the line added or took that day.
    pub montant: Euros,
    /// The same in hours.
    pub hours: HoursVariation,
    /// Who can mend it.
    pub destinataire: Destinataire,
    /// What the holder wrote.
    pub raison: String,
    /// The day of the request.
    pub filed_on: Day,
    /// The day somebody began to look at it.
    pub taken_up_on: Option<Day>,
    /// What was answered, oldest first.
    pub answers: Vec<GivenAnswer>,
}

impl Contestation {
    /// Where it stands.
    pub const fn statut(&self) -> RequestStatut {
        match (self.answers.is_empty(), self.taken_up_on) {
            (false, _) => RequestStatut::Answered,
            (true, Some(_)) => RequestStatut::UnderWay,
            (true, None) => RequestStatut::Received,
        }
    }
}

/// What became of a request to record one.
pub enum Disputed {
    /// It is recorded.
    Recorded,
    /// Nothing was: the same key had served for that body, and made that request.
    Known(String, String),
    /// Nothing was: as many wait for an answer as may.
    Full,
}

/// What an operator does about a request.
#[derive(Clone, Copy)]
pub enum Step<'a> {
    /// Begins to look at it.
    TakenUp,
    /// Answers.
    Answer(&'a str),
    /// Adds to what was answered.
    Complement(&'a str),
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUp {
    /// It is recorded.
    Done,
    /// It was so already: nothing was recorded.
    AlreadyUnderWay(Day),
    /// Refused: no request has this reference.
    Unknown,
    /// Refused: it was answered that day.
    AlreadyAnswered(Day),
    /// Refused: there is no answer to add to.
    NotAnswered,
}

impl Step<'_> {
    /// What stands in the way of doing this about that request, if something does.
    pub fn blocker(self, contestation: &Contestation) -> Option<FollowUp> {
        match (self, contestation.answers.last(), contestation.taken_up_on) {
            (Self::TakenUp | Self::Answer(_), Some(response), _) => Some(FollowUp::AlreadyAnswered(response.on)),
            (Self::TakenUp, None, Some(on)) => Some(FollowUp::AlreadyUnderWay(on)),
            (Self::Complement(_), None, _) => Some(FollowUp::NotAnswered),
            (Self::TakenUp | Self::Answer(_), None, _) | (Self::Complement(_), Some(_), _) => None,
        }
    }
}

/// What was done about a request, as its rows say it.
#[derive(Clone, Copy)]
enum Act {
    TakenUp,
    Answer,
}

impl Act {
    const ALL: [Self; 2] = [Self::TakenUp, Self::Answer];

    /// The word under which it is stored.
    const fn code(self) -> &'static str {
        match self {
            Self::TakenUp => "en_cours",
            Self::Answer => "reponse",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }
}

/// Requests with their acts, in the columns that [`assemble`] reads.
macro_rules! with_answers {
    ($tail:literal) => {
        concat!(
            "SELECT c.id, c.compte, c.reference, c.ligne, c.montant, c.heures, c.destinataire, c.raison, c.deposee_le,
                 s.acte, s.le, s.texte
             FROM contestations c LEFT JOIN suites_contestations s ON s.contestation = c.id ",
            $tail
        )
    };
}

impl Store {
    /// Records a request for the holder of this session.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the session is over: then nothing was recorded.
    pub async fn dispute(
        &self,
        session: &Session,
        (key, body): (&str, &str),
        new: &Contestation,
        now: i64,
    ) -> StoreResult<Disputed> {
        let account = &session.account;
        let mut transaction = self.write().await?;
        // Each has a rank of its own: two requests of one account wait for each other.
        sessions::hold(&mut transaction, session).await?;
        let known = idempotence::take(&mut transaction, key, body, account, &new.id, now).await?;
        if let Some(known) = known {
            transaction.rollback().await?;
            return Ok(Disputed::Known(known.body, known.result));
        }
        let row = sqlx::query(
            "SELECT COUNT(*) AS nombre FROM contestations c WHERE c.compte = $1 AND NOT EXISTS
                 (SELECT 1 FROM suites_contestations s WHERE s.contestation = c.id AND s.acte = $2)",
        )
        .bind(account)
        .bind(Act::Answer.code())
        .fetch_one(&mut *transaction)
        .await?;
        if count(&row, "nombre")? >= bounds::OPEN_CONTESTATIONS {
            transaction.rollback().await?;
            return Ok(Disputed::Full);
        }
        sqlx::query(
            "INSERT INTO contestations
                 (id, compte, rang, reference, ligne, montant, heures, destinataire, raison, deposee_le)
             SELECT $1, $2, COUNT(*) + 1, $3, $4, $5, $6, $7, $8, $9 FROM contestations WHERE compte = $2",
        )
        .bind(&new.id)
        .bind(account)
        .bind(&new.reference)
        .bind(new.ligne.to_string())
        .bind(new.montant.centimes())
        .bind(i64::from(new.hours.count()))
        .bind(new.destinataire.code())
        .bind(&new.raison)
        .bind(new.filed_on.to_string())
        .execute(&mut *transaction)
        .await?;
        audit_log::record(&mut transaction, now, account, Operation::ContestationFiled).await?;
        self.complete(transaction).await?;
        Ok(Disputed::Recorded)
    }

    /// The requests of an account, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn contestations(&self, account: &str) -> StoreResult<Vec<Contestation>> {
        let records = sqlx::query(with_answers!("WHERE c.compte = $1 ORDER BY c.rang DESC, s.rang"))
            .bind(account)
            .fetch_all(&self.readers)
            .await?;
        assemble(&records)
    }

    /// The requests of everybody, oldest first: those that wait for an answer, or all.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn everybodys_contestations(&self, answered_too: bool) -> StoreResult<Vec<Contestation>> {
        let sql = if answered_too {
            with_answers!("ORDER BY c.deposee_le, c.reference, s.rang")
        } else {
            with_answers!(
                "WHERE NOT EXISTS (SELECT 1 FROM suites_contestations r WHERE r.contestation = c.id AND r.acte = 'reponse')
                 ORDER BY c.deposee_le, c.reference, s.rang"
            )
        };
        assemble(&sqlx::query(sql).fetch_all(&self.readers).await?)
    }

    /// The request of this reference.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub async fn contestation(&self, reference: &str) -> StoreResult<Option<Contestation>> {
        let mut connexion = self.readers.acquire().await?;
        by_reference(&mut connexion, reference).await
    }

    /// Adds an act to a request and posts the letter that tells it if there is one, unless what was done before stands in
    /// the way.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails: then nothing was recorded.
    pub async fn follow_contestation(
        &self,
        reference: &str,
        tail: Step<'_>,
        letter: Option<&NewLetter>,
        operator: &Operator,
        on: Day,
        now: i64,
    ) -> StoreResult<FollowUp> {
        let mut transaction = self.write().await?;
        // PostgreSQL: two operators wait for each other, so that the second sees what the first did.
        sqlx::query("UPDATE comptes SET id = id WHERE id = (SELECT compte FROM contestations WHERE reference = $1)")
            .bind(reference)
            .execute(&mut *transaction)
            .await?;
        let contestation = by_reference(&mut transaction, reference).await?;
        let blocker = contestation.as_ref().map_or(Some(FollowUp::Unknown), |known| tail.blocker(known));
        if let Some(blocker) = blocker {
            transaction.rollback().await?;
            return Ok(blocker);
        }
        let (act, text, operation) = match tail {
            Step::TakenUp => (Act::TakenUp, None, Operation::ContestationTakenUp),
            Step::Answer(text) | Step::Complement(text) => (Act::Answer, Some(text), Operation::ContestationAnswered),
        };
        sqlx::query(
            "INSERT INTO suites_contestations (contestation, rang, acte, texte, le, creee_le)
             SELECT c.id, (SELECT COUNT(*) FROM suites_contestations s WHERE s.contestation = c.id) + 1, $1, $2, $3, $4
             FROM contestations c WHERE c.reference = $5",
        )
        .bind(act.code())
        .bind(text)
        .bind(on.to_string())
        .bind(now)
        .bind(reference)
        .execute(&mut *transaction)
        .await?;
        let act = audit_log::Act {
            operator,
            account: contestation.as_ref().map(|known| known.account.as_str()),
            reason: None,
        };
        audit_log::record_act(&mut transaction, now, act, operation).await?;
        if let Some(letter) = letter {
            outbox::post(&mut transaction, letter, now).await?;
        }
        self.complete(transaction).await?;
        Ok(FollowUp::Done)
    }
}

async fn by_reference(connexion: &mut AnyConnection, reference: &str) -> StoreResult<Option<Contestation>> {
    let records = sqlx::query(with_answers!("WHERE c.reference = $1 ORDER BY s.rang"))
        .bind(reference)
        .fetch_all(connexion)
        .await?;
    Ok(assemble(&records)?.pop())
}

/// The requests of these rows: one row for each act, or one alone, those of a request together.
fn assemble(records: &[AnyRow]) -> StoreResult<Vec<Contestation>> {
    let mut contestations: Vec<Contestation> = Vec::new();
    for row in records {
        let mut contestation = match contestations.pop() {
            Some(known) if known.id == text(row, "id")? => known,
            other => {
                contestations.extend(other);
                from_row(row)?
            }
        };
        if let Some(act) = text_or_nothing(row, "acte")? {
            let on = parsed(row, "le")?;
            match Act::from_code(&act).ok_or(StoreError::Corrupt("acte"))? {
                Act::TakenUp => contestation.taken_up_on = Some(on),
                Act::Answer => contestation.answers.push(GivenAnswer { on, text: text(row, "texte")? }),
            }
        }
        contestations.push(contestation);
    }
    Ok(contestations)
}

fn from_row(row: &AnyRow) -> StoreResult<Contestation> {
    Ok(Contestation {
        id: text(row, "id")?,
        account: text(row, "compte")?,
        reference: text(row, "reference")?,
        ligne: parsed(row, "ligne")?,
        montant: Euros::from_centimes(count(row, "montant")?),
        hours: HoursVariation::new(small_number(row, "heures")?),
        destinataire: coded(row, "destinataire", Destinataire::from_code)?,
        raison: text(row, "raison")?,
        filed_on: parsed(row, "deposee_le")?,
        taken_up_on: None,
        answers: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::tests::{is_of, row};

    /// A request to that recipient with that act, as the database would give it.
    async fn stored(destinataire: &str, act: &str) -> StoreResult<Contestation> {
        let row = row(&format!(
            "'c' AS id, 'a' AS compte, 'REF' AS reference, '2020-06-30.1' AS ligne, 50000 AS montant, 0 AS heures,
             '{destinataire}' AS destinataire, 'Je conteste.' AS raison, '2026-11-23' AS deposee_le,
             {act} AS acte, '2026-11-24' AS le, 'Réponse.' AS texte"
        ))
        .await;
        assemble(&[row]).map(|mut requests| requests.pop().expect("one request"))
    }

    #[tokio::test]
    async fn an_act_is_read_back_under_its_word_and_another_word_is_a_failure() {
        for (act, statut) in [
            ("NULL", RequestStatut::Received),
            ("'en_cours'", RequestStatut::UnderWay),
            ("'reponse'", RequestStatut::Answered),
        ] {
            assert_eq!(stored("employeur", act).await.expect("a request").statut(), statut);
        }
        assert!(is_of(&stored("employeur", "''").await, "acte"));
        assert!(is_of(&stored("employeur", "'repondue'").await, "acte"));
    }

    #[tokio::test]
    async fn a_recipient_that_is_not_known_is_a_failure() {
        assert!(is_of(&stored("voisin", "NULL").await, "destinataire"));
    }
}
