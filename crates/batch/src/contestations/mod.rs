//! `acquis contestations`: what an operator reads of the disputed lines, and says about them. Whatever a person wrote is
//! shown by the file of one request alone.

mod sheet;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use domaine::bareme::Bareme;
use domaine::droits::{MAX_RAISON, RaisonInvalide, RequestStatut, parse_raison};
use domaine::mesures::{Day, Euros, HoursVariation};
use mail::{Address, Occasion, Writer};
use store::{Account, Contestation, FollowUp, OPERATOR, Operation, Step, Store, StoreError, StoreResult};

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
    #[error("{}", not_a_text(*.0))]
    Text(RaisonInvalide),
    /// The answer is not in UTF-8.
    #[error("la réponse n'est pas en UTF-8 : rien n'a été enregistré ; convertissez-la")]
    InBytes,
    /// The answer cannot be read.
    #[error("{0} : lecture impossible : {1}")]
    Reader(PathBuf, #[source] io::Error),
    /// The store failed.
    #[error("la base de données a fait défaut : {0} ; rien n'a été enregistré")]
    Base(#[from] StoreError),
}

fn not_a_text(why: RaisonInvalide) -> String {
    match why {
        RaisonInvalide::Empty => "la réponse est vide : rien n'a été enregistré".to_owned(),
        RaisonInvalide::TooLong => {
            format!("la réponse dépasse {} caractères : rien n'a été enregistré", count(MAX_RAISON as u64))
        }
        RaisonInvalide::Caractere => {
            "la réponse contient un signe invisible qui n'est pas du texte : rien n'a été enregistré ; ôtez-le"
                .to_owned()
        }
    }
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
    let Desk { store, letters, console, moment, bareme } = desk;
    let unknown = || Refusal::Unknown(reference.to_owned());
    let contestation = store.contestation(&reference.to_uppercase()).await?.ok_or_else(unknown)?;
    let (today, now) = (moment.today, moment.now);
    let source = match action {
        Action::Show => {
            let account = holder(store, &contestation).await?.ok_or_else(unknown)?;
            let situation = store.situation(&account.person).await?.ok_or(StoreError::Corrupt("personne"))?;
            store.record(now, OPERATOR, Operation::ReadContestation).await?;
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
    let text = source.map(|source| read(source, console)).transpose()?.unwrap_or_default();
    let letter = match source {
        Some(_) => {
            let account = holder(store, &contestation).await?.ok_or_else(unknown)?;
            let occasion = Occasion::ContestationAnswered { reference: &contestation.reference };
            Some(letters.write(Address(&account.courriel), &occasion, now))
        }
        None => None,
    };
    let follow_up =
        store.follow_contestation(&contestation.reference, tail(&text), letter.as_ref(), today, now).await?;
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

/// The answer in that file, or at the console: text, and no more of it than is needed to judge it.
fn read(source: &Path, console: &dyn Console) -> Result<String, Refusal> {
    let failure = |error| Refusal::Reader(source.to_owned(), error);
    let input: Box<dyn Read> = if source == Path::new("-") {
        console.input(Some("Tapez la réponse, puis Ctrl-D sur une ligne vide :\n"))
    } else {
        Box::new(File::open(source).map_err(failure)?)
    };
    // Four bytes at most for each character, and as much again for line endings and blanks.
    let maximum = 8 * MAX_RAISON;
    let mut bytes = Vec::new();
    input.take(maximum as u64 + 1).read_to_end(&mut bytes).map_err(failure)?;
    if bytes.len() > maximum {
        return Err(Refusal::Text(RaisonInvalide::TooLong));
    }
    let text = String::from_utf8(bytes).map_err(|_| Refusal::InBytes)?;
    // Some editors begin a file with a mark.
    parse_raison(text.strip_prefix('\u{feff}').unwrap_or(&text)).map_err(Refusal::Text)
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
