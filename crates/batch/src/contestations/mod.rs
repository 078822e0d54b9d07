//! `acquis contestations`: what an operator reads of the disputed lines, and says about them. Whatever a person wrote is
//! shown by the file of one request alone.

mod sheet;

use std::fmt::Write as _;
use std::path::PathBuf;

use domaine::bareme::Bareme;
use domaine::droits::RequestStatut;
use domaine::mesures::{Day, Euros, HoursVariation};
use mail::{Address, Occasion, Writer};
use store::{Account, Act, Contestation, FollowUp, Operation, Operator, Step, Store, StoreError, StoreResult};

use crate::answer::{self, TextRefusal};
use crate::wording::{count, format_day, to_euros, without_command};
use crate::{Console, Moment};

/// What is done about a disputed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Shows it whole.
    Show,
    /// Says that somebody looks at it.
    UnderWay,
    /// Answers with the text of that file, `-` for the standard input.
    Answer(PathBuf),
    /// Adds such a text to the answer.
    Complete(PathBuf),
}

/// Why nothing was shown or recorded.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No request has this reference.
    #[error(
        "aucune contestation n'a la référence « {} » ; « acquis contestations --toutes » les donne toutes",
        without_command(.0)
    )]
    Unknown(String),
    /// It was answered that day.
    #[error(
        "cette contestation a une réponse du {}, que le titulaire a pu lire et qui ne se remplace pas ; \
         --completer en ajoute une à la suite",
        format_day(*.0)
    )]
    AlreadyAnswered(Day),
    /// There is no answer to add to.
    #[error("cette contestation n'a pas de réponse à compléter ; --repondre donne la première")]
    NotAnswered,
    /// The answer is not one.
    #[error(transparent)]
    Text(#[from] TextRefusal),
    /// The store failed.
    #[error("la base de données a fait défaut : {0} ; rien n'a été enregistré")]
    Base(#[from] StoreError),
}

/// The requests of everybody, oldest first, each on a line that says nothing of its holder.
///
/// # Errors
/// [`StoreError`] when the database fails.
pub async fn list(store: &Store, all: bool) -> StoreResult<String> {
    let contestations = store.everybodys_contestations(all).await?;
    let mut text = String::new();
    for contestation in &contestations {
        let _ = writeln!(
            text,
            "{}  {}  ligne du {}, {}  {}  {}",
            contestation.reference,
            format_day(contestation.filed_on),
            format_day(contestation.ligne.date),
            mouvement(contestation.montant, contestation.hours),
            contestation.destinataire.code(),
            statut(contestation.statut()),
        );
    }
    let waiting = contestations.iter().filter(|c| c.statut() != RequestStatut::Answered).count();
    let _ = writeln!(text, "en attente d'une réponse : {}", count(waiting as u64));
    Ok(text)
}

/// What an operator works with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Where requests are kept.
    pub store: &'a Store,
    /// What writes to their holders.
    pub letters: &'a Writer,
    /// Who works at it.
    pub operator: &'a Operator,
    /// Where an answer is typed.
    pub console: &'a dyn Console,
    /// When this happens.
    pub moment: Moment,
    /// The figures of the law.
    pub bareme: &'a Bareme,
}

/// Does that about the request of this reference, tells its holder by mail that there is an answer, and says what became
/// of it.
///
/// # Errors
/// [`Refusal`] says why nothing was shown or recorded.
pub async fn follow(desk: Desk<'_>, reference: &str, action: &Action) -> Result<String, Refusal> {
    let Desk { store, letters, operator, console, moment, bareme } = desk;
    let unknown = || Refusal::Unknown(reference.to_owned());
    let contestation = store.contestation(&reference.to_uppercase()).await?.ok_or_else(unknown)?;
    let (today, now) = (moment.today, moment.now);
    let source = match action {
        Action::Show => {
            let account = holder(store, &contestation).await?.ok_or_else(unknown)?;
            let situation = store.situation(&account.person).await?.ok_or(StoreError::Corrupt("personne"))?;
            store.record_act(now, Act::of(operator).on(&account.id), Operation::ReadContestation).await?;
            return Ok(sheet::compose(&contestation, &situation, today, bareme));
        }
        Action::UnderWay => None,
        Action::Answer(source) | Action::Complete(source) => Some(source),
    };
    let tail = |text| match action {
        Action::Answer(_) => Step::Answer(text),
        Action::Complete(_) => Step::Complement(text),
        Action::Show | Action::UnderWay => Step::TakenUp,
    };
    // Told before anything is typed; the store asks itself again.
    if let Some(blocker) = tail("").blocker(&contestation) {
        return say(&contestation.reference, action, blocker);
    }
    let text = source.map(|source| answer::read(source, console, "la réponse")).transpose()?.unwrap_or_default();
    let letter = match source {
        Some(_) => {
            let account = holder(store, &contestation).await?.ok_or_else(unknown)?;
            let occasion = Occasion::ContestationAnswered { reference: &contestation.reference };
            Some(letters.write(Address(&account.courriel), &occasion, now))
        }
        None => None,
    };
    let follow_up =
        store.follow_contestation(&contestation.reference, tail(&text), letter.as_ref(), operator, today, now).await?;
    say(&contestation.reference, action, follow_up)
}

/// Whose request it is; nothing once the account is closed.
async fn holder(store: &Store, contestation: &Contestation) -> StoreResult<Option<Account>> {
    store.account(&contestation.account).await
}

fn say(reference: &str, action: &Action, follow_up: FollowUp) -> Result<String, Refusal> {
    let said = match (follow_up, action) {
        (FollowUp::Done, Action::UnderWay | Action::Show) => "en cours, et le titulaire le voit".to_owned(),
        (FollowUp::Done, Action::Answer(_)) => {
            "réponse enregistrée, que le titulaire lit dans son historique".to_owned()
        }
        (FollowUp::Done, Action::Complete(_)) => {
            "complément enregistré, que le titulaire lit sous la réponse".to_owned()
        }
        (FollowUp::AlreadyUnderWay(on), _) => format!("déjà en cours depuis le {}, rien n'a changé", format_day(on)),
        (FollowUp::Unknown, _) => return Err(Refusal::Unknown(reference.to_owned())),
        (FollowUp::AlreadyAnswered(on), _) => return Err(Refusal::AlreadyAnswered(on)),
        (FollowUp::NotAnswered, _) => return Err(Refusal::NotAnswered),
    };
    Ok(format!("{reference} : {said}\n"))
}

/// What a line adds or takes.
fn mouvement(montant: Euros, hours: HoursVariation) -> String {
    if hours.is_zero() { to_euros(montant) } else { format!("{hours}\u{a0}h") }
}

const fn statut(statut: RequestStatut) -> &'static str {
    match statut {
        RequestStatut::Received => "reçue",
        RequestStatut::UnderWay => "en cours",
        RequestStatut::Answered => "répondue",
    }
}
