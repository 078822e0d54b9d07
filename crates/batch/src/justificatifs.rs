//! `acquis justificatifs`: what holders declared with a proof, a disability or hours of DIF. An operator lists them, takes a
//! proof out to see it, accepts (a disability from a day on) or refuses with a reason. The list says nothing of a person.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use domaine::droits::Period;
use domaine::mesures::Day;
use mail::{Address, Occasion, Writer};
use store::{
    Act, Attested, Decided, Declaration, Handicap, KeptPiece, Operation, Operator, Pieces, PiecesError, Store,
    StoreError, StoreResult, Verdict,
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
    /// Accepts it; a disability from that day up to the other.
    Accept(Option<Day>, Option<Day>),
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
    /// A disability begins on a day, hours of DIF on none.
    #[error("{0} ; rien n'a été enregistré")]
    Since(&'static str),
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

/// What was declared with a proof, whatever it is.
enum Declared {
    Handicap(Handicap),
    Dif(Declaration),
}

impl Declared {
    /// That of this reference.
    async fn find(store: &Store, reference: &str) -> StoreResult<Option<Self>> {
        let reference = reference.to_uppercase();
        if reference.starts_with("DIF-") {
            return Ok(store.attestation(&reference).await?.map(Self::Dif));
        }
        Ok(store.handicap(&reference).await?.map(Self::Handicap))
    }

    fn reference(&self) -> &str {
        match self {
            Self::Handicap(handicap) => &handicap.reference,
            Self::Dif(declaration) => &declaration.reference,
        }
    }

    fn account(&self) -> &str {
        match self {
            Self::Handicap(handicap) => &handicap.account,
            Self::Dif(declaration) => &declaration.account,
        }
    }

    const fn declared_on(&self) -> Day {
        match self {
            Self::Handicap(handicap) => handicap.declared_on,
            Self::Dif(declaration) => declaration.declared_on,
        }
    }

    const fn piece(&self) -> &KeptPiece {
        match self {
            Self::Handicap(handicap) => &handicap.piece,
            Self::Dif(declaration) => &declaration.piece,
        }
    }

    /// « handicap », or the hours of a DIF.
    fn what(&self) -> String {
        match self {
            Self::Handicap(_) => "handicap".to_owned(),
            Self::Dif(declaration) => format!("DIF, {} h", declaration.hours),
        }
    }

    /// The day it was decided; nothing while it waits.
    fn decided_on(&self) -> Option<Day> {
        match self {
            Self::Handicap(handicap) => handicap.decision.as_ref().map(|(on, _)| *on),
            Self::Dif(declaration) => declaration.decision.as_ref().map(|(on, _)| *on),
        }
    }

    /// Why it was refused.
    fn refusal(&self) -> Option<&str> {
        match self {
            Self::Handicap(Handicap { decision: Some((_, Verdict::Refused(reason))), .. })
            | Self::Dif(Declaration { decision: Some((_, Attested::Refused(reason))), .. }) => Some(reason),
            _ => None,
        }
    }

    /// The day its holder took it back; a DIF is not taken back, another replaces it.
    const fn withdrawn_on(&self) -> Option<Day> {
        match self {
            Self::Handicap(handicap) => handicap.withdrawn_on,
            Self::Dif(_) => None,
        }
    }

    /// Whether an operator has to decide of it.
    fn waits(&self) -> bool {
        self.withdrawn_on().is_none() && self.decided_on().is_none()
    }

    fn statut(&self) -> &'static str {
        match (self.decided_on(), self.refusal()) {
            _ if self.withdrawn_on().is_some() => "retiré",
            (None, _) => "en attente",
            (Some(_), None) => "accepté",
            (Some(_), Some(_)) => "refusé",
        }
    }

    /// What the journal says when somebody looks at it, or at its proof.
    const fn readings(&self) -> (Operation, Operation) {
        match self {
            Self::Handicap(_) => (Operation::HandicapRead, Operation::HandicapProofRead),
            Self::Dif(_) => (Operation::DifRead, Operation::DifProofRead),
        }
    }
}

/// The declarations of everybody, oldest first, each on a line that says nothing of its holder.
///
/// # Errors
/// [`StoreError`] when the database fails.
pub async fn list(store: &Store, all: bool) -> StoreResult<String> {
    let handicaps = store.everybodys_handicaps(all).await?.into_iter().map(Declared::Handicap);
    let difs = store.everybodys_attestations(all).await?.into_iter().map(Declared::Dif);
    let mut declared: Vec<Declared> = handicaps.chain(difs).collect();
    declared.sort_by(|one, other| (one.declared_on(), one.reference()).cmp(&(other.declared_on(), other.reference())));
    let mut text = String::new();
    for one in &declared {
        let (day, kind) = (format_day(one.declared_on()), one.piece().piece_type.nom());
        let _ = writeln!(text, "{}  {day}  {}  {kind}  {}", one.reference(), one.what(), one.statut());
    }
    let waiting = declared.iter().filter(|one| one.waits()).count();
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
    let declared = Declared::find(store, reference).await?.ok_or_else(unknown)?;
    let reference = declared.reference();
    let act = Act::of(operator).on(declared.account());
    if let Some(on) = declared.withdrawn_on().filter(|_| *action != Action::Show) {
        return Err(Refusal::Withdrawn(on));
    }
    let (read, read_proof) = declared.readings();
    let reason = match action {
        Action::Show => {
            store.record_act(moment.now, act, read).await?;
            return Ok(sheet(&declared));
        }
        Action::TakeOut(target) => {
            store.record_act(moment.now, act, read_proof).await?;
            take_out(pieces, declared.piece(), target).await?;
            return Ok(format!("{reference} : justificatif écrit ; effacez ce fichier une fois lu\n"));
        }
        Action::Accept(..) => None,
        Action::Refuse(source) => {
            // Told before anything is typed; the store asks itself again.
            if let Some(on) = declared.decided_on() {
                return Err(Refusal::Already(on));
            }
            Some(answer::read(source, console, "la raison")?)
        }
    };
    let account = store.account(declared.account()).await?.ok_or_else(unknown)?;
    let letter = letters.write(Address(&account.courriel), &Occasion::ProofDecided { reference }, moment.now);
    let refused = reason.is_some();
    let decided = match &declared {
        Declared::Handicap(_) => {
            let verdict = match reason {
                Some(reason) => Verdict::Refused(reason),
                None => Verdict::Accepted(period(action)?),
            };
            store.decide_handicap(reference, &verdict, Some(&letter), operator, moment.today, moment.now).await?
        }
        Declared::Dif(_) => {
            if matches!(action, Action::Accept(Some(_), _) | Action::Accept(_, Some(_))) {
                return Err(Refusal::Since(
                    "des heures de DIF n'ont pas de premier ni de dernier jour : --accepter, seul",
                ));
            }
            let verdict = reason.map_or(Attested::Accepted, Attested::Refused);
            store.decide_attestation(reference, &verdict, &letter, operator, moment.today, moment.now).await?
        }
    };
    match decided {
        Decided::Unknown => Err(unknown()),
        Decided::Already(on) => Err(Refusal::Already(on)),
        Decided::Withdrawn(on) => Err(Refusal::Withdrawn(on)),
        Decided::Done => {
            let said = match (refused, &declared) {
                (false, Declared::Handicap(_)) => {
                    "accepté : le relevé du titulaire en tient compte dès aujourd'hui, le registre au prochain « acquis \
                     alimenter » de chaque année"
                }
                (false, Declared::Dif(_)) => "accepté : les heures comptent",
                (true, Declared::Handicap(_)) => "refusé, et le titulaire lit la raison",
                (true, Declared::Dif(_)) => {
                    "refusé, et le titulaire lit la raison ; les heures qui comptaient quittent le relevé aujourd'hui"
                }
            };
            Ok(format!("{reference} : {said}\n"))
        }
    }
}

/// The days that a disability is accepted for.
fn period(action: &Action) -> Result<Period, Refusal> {
    let Action::Accept(Some(since), as_of) = action else {
        return Err(Refusal::Since("--accepter attend le premier jour qui compte, JJ/MM/AAAA"));
    };
    if as_of.is_some_and(|as_of| as_of < *since) {
        return Err(Refusal::Period);
    }
    Ok(Period { since: *since, as_of: *as_of })
}

/// Writes the proof in a file that was not there, for its owner alone: whole, or not at all.
async fn take_out(pieces: &Pieces, piece: &KeptPiece, target: &Path) -> Result<(), Refusal> {
    let failure = |error| Refusal::File(target.display().to_string(), error);
    let mut reading = pieces.read(&piece.id).await?;
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
fn sheet(declared: &Declared) -> String {
    let mut text = String::new();
    let day = format_day(declared.declared_on());
    let _ = writeln!(text, "{}, {} déclaré le {day} : {}", declared.reference(), declared.what(), declared.statut());
    let (kind, size) = (declared.piece().piece_type.nom(), count(declared.piece().size));
    let _ = writeln!(text, "justificatif : {kind}, {size} octets ; --extraire FICHIER l'écrit pour que vous le lisiez");
    if let Some(on) = declared.withdrawn_on() {
        let _ = writeln!(text, "retiré par son titulaire le {} : le justificatif est effacé", format_day(on));
        return text;
    }
    let Some(on) = declared.decided_on() else { return text };
    if let Some(reason) = declared.refusal() {
        let _ = writeln!(text, "refusé le {} :\n{}", format_day(on), quote(reason));
    } else if let Declared::Handicap(Handicap { decision: Some((_, Verdict::Accepted(period))), .. }) = declared {
        let end = period.as_of.map_or_else(String::new, |as_of| format!(" au {}", format_day(as_of)));
        let _ = writeln!(text, "accepté le {}, compte du {}{end}", format_day(on), format_day(period.since));
    } else {
        let _ = writeln!(text, "accepté le {}", format_day(on));
    }
    text
}
