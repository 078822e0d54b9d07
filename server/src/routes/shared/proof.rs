//! A form with a proof: the file is encrypted and written as it arrives, judged by what it holds. Records nothing.

use antivirus::{Examination, Finding};
use api::probleme::{Code, ErrorView, Probleme};
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use domaine::dif::{MAX_SIZE, Piece, PieceInvalide, PieceType};
use domaine::forms::{Champ, ChampDif, Faute};
use limits::is_too_slow;
use pdf::{Watch, asks_for_a_password};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use vault::{identifier, to_hex};

use crate::error::{AppError, HandlerResult};
use crate::state::AppState;

/// A file of the greatest size, and room for the other fields and the boundaries.
pub(in crate::routes) const MAX_BODY: usize = 10_000_000 + 64 * 1_024;
/// What a box that is ticked sends.
const YES: &str = "oui";
/// Longer than any honest hours or relation; the form itself says so at the field.
const MAX_CHAMP: usize = 4_096;

/// What the form held; the file, if it can be a proof, is written already.
pub(in crate::routes) struct Received {
    /// Identifier of the declaration, and of its proof.
    pub(in crate::routes) id: String,
    /// Whole hours, of a DIF.
    pub(in crate::routes) hours: String,
    /// How they relate to those before.
    pub(in crate::routes) rapport: String,
    /// Whether the holder consents, where it is asked.
    pub(in crate::routes) consent: bool,
    /// The proof, or why it is none.
    pub(in crate::routes) piece: Result<Piece, PieceInvalide>,
    /// Hash of its clear bytes.
    pub(in crate::routes) sha256: String,
}

impl Received {
    /// Keeps the file of the declaration that was recorded, and erases it when it was recorded before by the same
    /// submission, whose own file stays, or not at all.
    pub(in crate::routes) async fn settle(&self, state: &AppState, recorded: Option<&str>) {
        let kept = match recorded {
            Some(id) => id == self.id,
            // A database that failed may have kept the record all the same. Unsure, the clean-up decides.
            None => state.store.at_the_piece(&self.id).await.unwrap_or(true),
        };
        if !kept {
            self.erase(state).await;
        }
    }

    /// Erases the file of what is not recorded.
    pub(in crate::routes) async fn erase(&self, state: &AppState) {
        if self.piece.is_ok()
            && let Err(error) = state.pieces.erase(&self.id).await
        {
            tracing::warn!(erreur = %error, "a proof that is not recorded stays until the next clean-up");
        }
    }
}

/// Reads the form to its end; the file is written as it comes.
pub(in crate::routes) async fn receive(state: &AppState, mut formulaire: Multipart) -> HandlerResult<Received> {
    let mut received = Received {
        id: identifier(),
        hours: String::new(),
        rapport: String::new(),
        consent: false,
        piece: Err(PieceInvalide::Missing),
        sha256: String::new(),
    };
    let mut seen = Vec::new();
    let result = loop {
        let champ = match formulaire.next_field().await.map_err(unreadable) {
            Ok(Some(champ)) => champ,
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        };
        let nom = champ.name().unwrap_or_default().to_owned();
        if seen.contains(&nom) {
            break Err(Code::UnreadableBody.into());
        }
        let read = match nom.as_str() {
            "heures" => parse_text(champ).await.map(|text| received.hours = text),
            "rapport" => parse_text(champ).await.map(|text| received.rapport = text),
            "consentement" => parse_text(champ).await.map(|text| received.consent = text == YES),
            "attestation" => write_piece(state, champ, &mut received).await,
            _ => Err(Code::UnreadableBody.into()),
        };
        seen.push(nom);
        if let Err(error) = read {
            break Err(error);
        }
    };
    match result {
        Ok(()) => Ok(received),
        Err(error) => {
            received.erase(state).await;
            Err(error)
        }
    }
}

/// Why a form could not be read to its end.
fn unreadable(error: MultipartError) -> AppError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_heavy(),
        _ if is_too_slow(&error) => Code::TooSlow.into(),
        _ => Code::UnreadableBody.into(),
    }
}

fn too_heavy() -> AppError {
    let faute = Faute::Piece(PieceInvalide::TooHeavy);
    let errors = vec![ErrorView { champ: ChampDif::Attestation.id().into(), faute }];
    Probleme { errors, ..Probleme::new(Code::BodyTooLarge) }.into()
}

async fn parse_text(mut champ: Field<'_>) -> HandlerResult<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = champ.chunk().await.map_err(unreadable)? {
        if bytes.len() + chunk.len() > MAX_CHAMP {
            return Err(Code::BodyTooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Code::UnreadableBody.into())
}

/// Writes the file as it comes, and judges it by what it holds, then by what is said of it. Whatever is refused leaves nothing.
async fn write_piece(state: &AppState, mut champ: Field<'_>, received: &mut Received) -> HandlerResult<()> {
    let mut entry = None;
    let mut start: Vec<u8> = Vec::new();
    let mut size = 0_u64;
    let mut hashing = Sha256::new();
    let mut watch = Watch::default();
    let mut examination = begin_examination(state).await?;
    let verdict = loop {
        let chunk = match champ.chunk().await.map_err(unreadable) {
            Ok(Some(chunk)) => chunk,
            Ok(None) => {
                let (name, media) = (champ.file_name().unwrap_or_default(), champ.content_type().unwrap_or_default());
                break Ok(Piece::examine(size, &start).and_then(|piece| piece.called(name, media)));
            }
            Err(error) => break Err(error),
        };
        size += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if size > MAX_SIZE {
            break Err(too_heavy());
        }
        let missing = Piece::START.saturating_sub(start.len()).min(chunk.len());
        start.extend_from_slice(&chunk[..missing]);
        hashing.update(&chunk);
        watch.add(&chunk);
        let under_way = match &mut entry {
            Some(under_way) => under_way,
            None => match state.pieces.write(&received.id).await {
                Ok(new) => entry.insert(new),
                Err(failure) => break Err(failure.into()),
            },
        };
        if let Err(failure) = under_way.add(&chunk).await {
            break Err(failure.into());
        }
        if let Some(examination) = &mut examination
            && let Err(failure) = examination.add(&chunk).await
        {
            break Err(unexamined(&failure));
        }
    };
    let verdict = match verdict {
        Ok(Ok(piece)) => end_examination(examination).await.map(|judged| judged.map(|()| piece)),
        refused => refused,
    };
    match (verdict, entry) {
        (Ok(Ok(piece)), Some(entry)) => {
            entry.finish().await?;
            received.sha256 = to_hex(&hashing.finalize());
            received.piece = Ok(piece);
            if piece.piece_type() == PieceType::Pdf && watch.seen() && is_locked(state, &received.id).await? {
                received.erase(state).await;
                received.piece = Err(PieceInvalide::Locked);
            }
            Ok(())
        }
        (verdict, entry) => {
            if let Some(entry) = entry {
                entry.give_up().await;
            }
            // A form sent without choosing a file has a field without a name and without bytes.
            let nameless = champ.file_name().is_none_or(str::is_empty);
            received.piece = verdict?.and(Err(PieceInvalide::Unreadable)).map_err(|faute| match faute {
                PieceInvalide::Empty if nameless => PieceInvalide::Missing,
                faute => faute,
            });
            Ok(())
        }
    }
}

/// Shows the file to the antivirus from its first byte, where there is one. What cannot be examined is not taken.
async fn begin_examination(state: &AppState) -> HandlerResult<Option<Examination>> {
    let Some(antivirus) = &state.settings.antivirus else { return Ok(None) };
    antivirus.begin().await.map(Some).map_err(|failure| unexamined(&failure))
}

async fn end_examination(examination: Option<Examination>) -> HandlerResult<Result<(), PieceInvalide>> {
    let Some(examination) = examination else { return Ok(Ok(())) };
    match examination.finish().await.map_err(|failure| unexamined(&failure))? {
        Finding::Nothing => Ok(Ok(())),
        Finding::Harmful => {
            tracing::warn!("a proof was refused: the antivirus knows it as harmful");
            Ok(Err(PieceInvalide::Harmful))
        }
    }
}

fn unexamined(failure: &std::io::Error) -> AppError {
    tracing::error!(erreur = %failure, "the antivirus cannot be asked: proofs are refused until it can");
    Code::Unavailable.into()
}

/// Whether a PDF that may be encrypted asks for a password. Read again from where it was written: few need it, and it must be
/// whole, so those wait for one another and no more than one is in memory.
async fn is_locked(state: &AppState, id: &str) -> HandlerResult<bool> {
    static ONE: Semaphore = Semaphore::const_new(1);
    let place = ONE.acquire().await.map_err(|_| AppError::Internal("the proofs are read one at a time"))?;
    let mut reading = state.pieces.read(id).await?;
    let mut file = Vec::new();
    while let Some(bytes) = reading.next().await? {
        file.extend(bytes);
    }
    let judged = spawn_blocking(move || (asks_for_a_password(&file), place)).await;
    judged.map(|(locked, _place)| locked).map_err(|_| AppError::Internal("a PDF was not judged to its end"))
}
