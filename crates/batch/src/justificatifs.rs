//! `acquis justificatifs`: the disabilities that their holders declared with a proof. An operator lists them, takes a proof out
//! to see it, accepts from a day or refuses with a reason. The list says nothing of a person.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use domaine::droits::Period;
use domaine::mesures::Day;
use mail::{Address, Occasion, Writer};
use store::{
    Act, Decided, Handicap, Operation, Operator, Pieces, PiecesError, Store, StoreError, StoreResult, Verdict,
};

use crate::answer::{self, TextRefusal};
use crate::wording::{count, format_day, quote, without_command};
use crate::{Console, Moment};

/// What is done about a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Shows it.
    Show,
    /// Writes its proof in that file, which must not be there.
    TakeOut(PathBuf),
    /// Accepts it, from that day up to the other.
    Accept(Day, Option<Day>),
    /// Refuses it, for the reason in that file, `-` for the standard input.
    Refuse(PathBuf),
}

/// Why nothing was shown or recorded.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No declaration has this reference.
    #[error(
        "aucun justificatif n'a la référence « {} » ; « acquis justificatifs --tous » les donne tous",
        without_command(.0)
    )]
    Unknown(String),
    /// It was decided that day.
    #[error(
        "ce justificatif a reçu sa décision le {}, que le titulaire a pu lire et qui ne se remplace pas ; il peut en déclarer un \
         autre",
        format_day(*.0)
    )]
    Already(Day),
    /// Its holder took it back that day.
    #[error("ce justificatif a été retiré par son titulaire le {}, et effacé : il n'y a plus rien à décider", format_day(*.0))]
    Withdrawn(Day),
    /// The period is none.
    #[error("--jusqu-au : un jour qui ne précède pas celui d'--accepter est attendu ; rien n'a été enregistré")]
    Period,
    /// The reason is not one.
    #[error(transparent)]
    Text(#[from] TextRefusal),
    /// The file of the proof cannot be written.
    #[error("{0} : écriture impossible : {1} ; donnez le nom d'un fichier qui n'existe pas")]
    File(String, #[source] io::Error),
    /// The proof cannot be read.
    #[error("le justificatif ne peut pas être lu : {0}")]
    Proof(#[from] PiecesError),
    /// The store failed.
    #[error("la base de données a fait défaut : {0} ; rien n'a été enregistré")]
    Base(#[from] StoreError),
}

/// The declarations of everybody, oldest first, each on a line that says nothing of its holder.
///
/// # Errors
/// [`StoreError`] when the database fails.
pub async fn list(store: &Store, all: bool) -> StoreResult<String> {
    let handicaps = store.everybodys_handicaps(all).await?;
    let mut text = String::new();
    for handicap in &handicaps {
        let (day, statut) = (format_day(handicap.declared_on), statut(handicap));
        let _ =
            writeln!(text, "{}  {day}  handicap  {}  {statut}", handicap.reference, handicap.piece.piece_type.nom());
    }
    let waiting = handicaps.iter().filter(|handicap| handicap.waits()).count();
    let _ = writeln!(text, "en attente d'une décision : {}", count(waiting as u64));
    Ok(text)
}

/// What an operator works with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Where declarations are kept.
    pub store: &'a Store,
    /// Where their proofs are.
    pub pieces: &'a Pieces,
    /// What writes to their holders.
    pub letters: &'a Writer,
    /// Who works at it.
    pub operator: &'a Operator,
    /// Where a reason is typed.
    pub console: &'a dyn Console,
    /// When this happens.
    pub moment: Moment,
}

/// Does that about the declaration of this reference, tells its holder by mail that it is decided, and says what became of it.
///
/// # Errors
/// [`Refusal`] says why nothing was shown or recorded.
pub async fn follow(desk: Desk<'_>, reference: &str, action: &Action) -> Result<String, Refusal> {
    let Desk { store, pieces, letters, operator, console, moment } = desk;
    let unknown = || Refusal::Unknown(reference.to_owned());
    let handicap = store.handicap(&reference.to_uppercase()).await?.ok_or_else(unknown)?;
    let decided = || handicap.decision.as_ref().map(|(on, _)| Refusal::Already(*on));
    let act = Act::of(operator).on(&handicap.account);
    if let Some(on) = handicap.withdrawn_on.filter(|_| *action != Action::Show) {
        return Err(Refusal::Withdrawn(on));
    }
    let verdict = match action {
        Action::Show => {
            store.record_act(moment.now, act, Operation::HandicapRead).await?;
            return Ok(sheet(&handicap));
        }
        Action::TakeOut(target) => {
            store.record_act(moment.now, act, Operation::HandicapProofRead).await?;
            take_out(pieces, &handicap, target).await?;
            let said = "justificatif écrit ; effacez ce fichier une fois lu";
            return Ok(format!("{} : {said}\n", handicap.reference));
        }
        Action::Accept(since, as_of) => {
            if as_of.is_some_and(|as_of| as_of < *since) {
                return Err(Refusal::Period);
            }
            Verdict::Accepted(Period { since: *since, as_of: *as_of })
        }
        Action::Refuse(source) => {
            // Told before anything is typed; the store asks itself again.
            if let Some(refusal) = decided() {
                return Err(refusal);
            }
            Verdict::Refused(answer::read(source, console, "la raison")?)
        }
    };
    let account = store.account(&handicap.account).await?.ok_or_else(unknown)?;
    let occasion = Occasion::ProofDecided { reference: &handicap.reference };
    let letter = letters.write(Address(&account.courriel), &occasion, moment.now);
    match store
        .decide_handicap(&handicap.reference, &verdict, Some(&letter), operator, moment.today, moment.now)
        .await?
    {
        Decided::Unknown => Err(unknown()),
        Decided::Already(on) => Err(Refusal::Already(on)),
        Decided::Withdrawn(on) => Err(Refusal::Withdrawn(on)),
        Decided::Done => {
            let said = match verdict {
                Verdict::Accepted(_) => {
                    "accepté : le relevé du titulaire en tient compte dès aujourd'hui, le registre au prochain « acquis \
                     alimenter » de chaque année"
                }
                Verdict::Refused(_) => "refusé, et le titulaire lit la raison",
            };
            Ok(format!("{} : {said}\n", handicap.reference))
        }
    }
}

/// Writes the proof in a file that was not there, for its owner alone: whole, or not at all.
async fn take_out(pieces: &Pieces, handicap: &Handicap, target: &Path) -> Result<(), Refusal> {
    let failure = |error| Refusal::File(target.display().to_string(), error);
    let mut reading = pieces.read(&handicap.piece.id).await?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(target).map_err(failure)?;
    let written = async {
        while let Some(bytes) = reading.next().await? {
            file.write_all(&bytes).map_err(failure)?;
        }
        file.sync_all().map_err(failure)
    };
    let written = written.await;
    if written.is_err() {
        let _half = std::fs::remove_file(target);
    }
    written
}

/// What an operator reads before deciding.
fn sheet(handicap: &Handicap) -> String {
    let mut text = String::new();
    let day = format_day(handicap.declared_on);
    let _ = writeln!(text, "{}, handicap déclaré le {day} : {}", handicap.reference, statut(handicap));
    let (kind, size) = (handicap.piece.piece_type.nom(), count(handicap.piece.size));
    let _ = writeln!(text, "justificatif : {kind}, {size} octets ; --extraire FICHIER l'écrit pour que vous le lisiez");
    if let Some(on) = handicap.withdrawn_on {
        let _ = writeln!(text, "retiré par son titulaire le {} : le justificatif est effacé", format_day(on));
        return text;
    }
    match &handicap.decision {
        None => {}
        Some((on, Verdict::Accepted(Period { since, as_of }))) => {
            let end = as_of.map_or_else(String::new, |as_of| format!(" au {}", format_day(as_of)));
            let _ = writeln!(text, "accepté le {}, compte du {}{end}", format_day(*on), format_day(*since));
        }
        Some((on, Verdict::Refused(reason))) => {
            let _ = writeln!(text, "refusé le {} :\n{}", format_day(*on), quote(reason));
        }
    }
    text
}

const fn statut(handicap: &Handicap) -> &'static str {
    match &handicap.decision {
        _ if handicap.withdrawn_on.is_some() => "retiré",
        None => "en attente",
        Some((_, Verdict::Accepted(_))) => "accepté",
        Some((_, Verdict::Refused(_))) => "refusé",
    }
}
