//! Everything that is kept of the holder, as one file: written as it is read, so that it is never whole in memory.

use std::vec::IntoIter;

use api::probleme::{Code, Probleme};
use api::routes;
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::stream;
use limits::Rank;
use serde_json::json;
use store::{Operation, PieceReading, Pieces, PiecesError};
use vault::identifier;

use super::handicaps;
use super::profils::{list, load, profil};
use super::shared::views::{self, todays_releve};
use crate::error::HandlerResult;
use crate::extract::Titulaire;
use crate::state::AppState;

/// Seconds after which to try again, while another export of the same account is under way.
const NEXT_TRY: &str = "10";

/// Everything that is kept of the holder, as one file.
#[utoipa::path(
    get, path = routes::EXPORT, tag = "profil",
    responses(
        (status = 200, description = "Un fichier JSON : profil, droits, déclarations et leurs pièces, connexions"),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 429, description = "Un export de ce compte est en cours", body = Probleme)
    )
)]
pub(super) async fn export(State(state): State<AppState>, titulaire: Titulaire) -> HandlerResult<Response> {
    let session = &titulaire.session;
    let turn = state.ranks.enter(format!("export {}", session.account));
    if turn.rank > 1 {
        return Err(Probleme { retry_after: Some(NEXT_TRY.into()), ..Probleme::new(Code::ExportUnderWay) }.into());
    }
    let (account, person) = load(&state, session).await?;
    // The document is written at once but for the proofs, each of which is drawn where this mark stands for it.
    let mark = identifier();
    let (mut declarations, mut pieces) = (Vec::new(), Vec::new());
    for declaration in state.store.declarations(&session.account).await? {
        // What is missing is said while it can be: not once half of the file is sent.
        if let Err(failure) = state.pieces.check(&declaration.piece.id).await {
            // Unless the account was closed meanwhile, and its proofs went with it.
            load(&state, session).await?;
            return Err(failure.into());
        }
        pieces.push(declaration.piece.id);
        declarations.push(json!({
            "reference": declaration.reference,
            "heures": declaration.hours,
            "rapport": declaration.rapport,
            "declaree_le": declaration.declared_on,
            "attestation": {
                "type": declaration.piece.piece_type.media(),
                "taille": declaration.piece.size.to_string(),
                "contenu_base64": mark,
            },
        }));
    }
    let mut handicaps = Vec::new();
    for (declaration, shown) in state
        .store
        .handicaps(&session.account)
        .await?
        .into_iter()
        .zip(handicaps::view(&state, session).await?.declarations.into_iter().rev())
    {
        // Of one that was taken back the proof is erased.
        let mut proof = None;
        if declaration.withdrawn_on.is_none() {
            if let Err(failure) = state.pieces.check(&declaration.piece.id).await {
                load(&state, session).await?;
                return Err(failure.into());
            }
            pieces.push(declaration.piece.id);
            proof = Some(json!({
                "type": declaration.piece.piece_type.media(),
                "taille": declaration.piece.size.to_string(),
                "contenu_base64": mark,
            }));
        }
        handicaps.push(json!({
            "declaration": shown,
            "consentement": declaration.consent,
            "justificatif": proof,
        }));
    }
    let sous_niveau_3 = state.store.sous_niveau_3(&session.account).await?;
    let contestations = views::contestations_of(&state, session).await?;
    let nir = person.nir(&state.vault)?;
    let releve = todays_releve(&state, session).await?;
    let connexions = list(&state, session).await?;
    let document = json!({
        "etabli_le": state.clock.in_words(state.clock.now()),
        "cgu_acceptees": account.cgu_version,
        "courriel_confirme_le": account.courriel_confirmed_on.map(|on| state.clock.in_words(on)),
        "numero_de_securite_sociale": format!("{} {:02}", nir.body().as_str(), nir.key()),
        "releve": releve,
        "declarations_dif": declarations,
        "declarations_handicap": handicaps,
        "contestations": contestations,
        "declarations_sous_niveau_3": sous_niveau_3,
        "connexions": connexions,
        "profil": profil(&state, account, &person)?,
    });
    let texts: Vec<String> = document.to_string().split(&mark).map(str::to_owned).collect();
    state.store.record(state.clock.now(), &session.account, Operation::Export).await?;
    let writing = Writing {
        pieces: state.pieces.clone(),
        texts: texts.into_iter(),
        contents: pieces.into_iter(),
        content: None,
        _turn: turn,
    };
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"acquis-mes-donnees.json\""),
    ];
    Ok((headers, Body::from_stream(stream::try_unfold(writing, Writing::next))).into_response())
}

/// A document being sent: its texts, and between them the proofs.
struct Writing {
    pieces: Pieces,
    texts: IntoIter<String>,
    contents: IntoIter<String>,
    content: Option<Content>,
    /// Given back with the last byte, or when the client is gone.
    _turn: Rank,
}

impl Writing {
    /// The next bytes, while there are some. A failure cuts the connection: half a file must not look like one.
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, PiecesError> {
        match self.advance().await {
            Ok(bytes) => Ok(bytes.map(|bytes| (bytes, self))),
            Err(failure) => {
                tracing::error!(panne = %failure, "an export was cut short");
                Err(failure)
            }
        }
    }

    async fn advance(&mut self) -> Result<Option<Bytes>, PiecesError> {
        if let Some(content) = &mut self.content {
            if let Some(bytes) = content.next().await? {
                return Ok(Some(bytes));
            }
            self.content = None;
        }
        let Some(text) = self.texts.next() else { return Ok(None) };
        if let Some(piece) = self.contents.next() {
            self.content = Some(Content { reading: self.pieces.read(&piece).await?, rest: Vec::new() });
        }
        Ok(Some(text.into()))
    }
}

/// A proof being written in base64.
struct Content {
    reading: PieceReading,
    /// The one or two bytes that do not make a group of four letters yet.
    rest: Vec<u8>,
}

impl Content {
    async fn next(&mut self) -> Result<Option<Bytes>, PiecesError> {
        let Some(plain) = self.reading.next().await? else {
            let end = std::mem::take(&mut self.rest);
            return Ok((!end.is_empty()).then(|| STANDARD.encode(end).into()));
        };
        self.rest.extend(plain);
        let whole = self.rest.len() - self.rest.len() % 3;
        let text = STANDARD.encode(&self.rest[..whole]);
        self.rest.drain(..whole);
        Ok(Some(text.into()))
    }
}
