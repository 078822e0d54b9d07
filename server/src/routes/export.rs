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
use domaine::assurance::Action;
use futures_util::stream;
use limits::Rank;
use serde_json::{Value, json};
use store::{KeptPiece, Operation, PieceReading, Pieces, PiecesError, Session};
use vault::identifier;

use super::profils::{list, profil};
use super::shared::account::load;
use super::shared::views::{self, todays_releve};
use super::{handicaps, passkeys, second_steps};
use crate::error::HandlerResult;
use crate::extract::{Browser, Titulaire, reads_all};
use crate::state::AppState;

/// Seconds after which to try again, while another export of the same account is under way.
const NEXT_TRY: &str = "10";

/// Why the file of somebody of whom too little is proved is not whole: the person reads it.
const NOT_WHOLE: &str = "Le numéro de sécurité sociale est masqué et les pièces ne sont pas jointes : de quoi se faire passer pour \
     quelqu'un n'est remis qu'à qui a prouvé davantage. Pour avoir tout, écrivez à la personne qui tient ce service : son adresse \
     est dans l'aide.";
/// What is not here while one may read only what one typed.
const TYPED_ALONE: &str = "Ce que vos employeurs ont déclaré et le relevé qui en vient ne sont pas ici : ils se lisent une fois votre \
     courriel confirmé.";

/// Everything that is kept of the holder, as one file: whole for who proved enough, else without what would let somebody
/// pass for them.
#[utoipa::path(
    get, path = routes::EXPORT, tag = "profil",
    responses(
        (status = 200, description = "Un fichier JSON : profil, droits, déclarations, connexions ; si « entier » est vrai, le numéro et les pièces aussi"),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 429, description = "Un export de ce compte est en cours", body = Probleme)
    )
)]
pub(super) async fn export(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
) -> HandlerResult<Response> {
    let session = &titulaire.session;
    let turn = state.ranks.enter(format!("export {}", session.account));
    if turn.rank > 1 {
        return Err(Probleme { retry_after: Some(NEXT_TRY.into()), ..Probleme::new(Code::ExportUnderWay) }.into());
    }
    let (account, person) = load(&state, session).await?;
    let missing = Action::ExportWhole.missing(session.level);
    let reads_all = reads_all(&state, session);
    // The document is written at once but for the proofs, each of which is drawn where this mark stands for it.
    let mark = identifier();
    let (mut declarations, mut pieces) = (Vec::new(), Vec::new());
    for declaration in state.store.declarations(&session.account).await? {
        let piece = piece(&state, session, declaration.piece, missing.is_none().then_some(&mark)).await?;
        pieces.extend(piece.drawn);
        declarations.push(json!({
            "reference": declaration.reference,
            "heures": declaration.hours,
            "rapport": declaration.rapport,
            "declaree_le": declaration.declared_on,
            "attestation": piece.shown,
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
            let piece = piece(&state, session, declaration.piece, missing.is_none().then_some(&mark)).await?;
            pieces.extend(piece.drawn);
            proof = Some(piece.shown);
        }
        handicaps.push(json!({
            "declaration": shown,
            "consentement": declaration.consent,
            "justificatif": proof,
        }));
    }
    let sous_niveau_3 = state.store.sous_niveau_3(&session.account).await?;
    let contestations = views::contestations_of(&state, session).await?;
    let contestations = contestations.into_iter().map(|contestation| {
        let mut shown = json!(contestation);
        if let (false, Some(members)) = (reads_all, shown.as_object_mut()) {
            // What the line gives comes from the statement, not from who disputes it.
            members.retain(|member, _| member != "montant" && member != "heures");
        }
        shown
    });
    let contestations: Vec<_> = contestations.collect();
    let nir = person.nir(&state.vault)?;
    let nir = if missing.is_none() { format!("{} {:02}", nir.body().as_str(), nir.key()) } else { nir.masked() };
    let releve = if reads_all { Some(todays_releve(&state, session).await?) } else { None };
    let why: Vec<&str> = [(missing.is_some(), NOT_WHOLE), (!reads_all, TYPED_ALONE)]
        .into_iter()
        .filter_map(|(holds, why)| holds.then_some(why))
        .collect();
    let passkeys = passkeys::shown(&state, session).await?;
    let connexions = list(&state, session, &browser).await?;
    let second_step = second_steps::set_view(&state, &account).await?;
    let identities = state.requests.identities(&session.account).await?.into_iter().map(|(link, said)| {
        json!({
            "fournisseur": link.issuer,
            "reliee_le": state.clock.in_words(link.linked_on),
            "vue_le": state.clock.in_words(link.seen_on),
            "dit": said,
        })
    });
    let identities: Vec<_> = identities.collect();
    let document = json!({
        "entier": why.is_empty(),
        "ce_qui_manque": why,
        "niveau_demande": missing,
        "niveau": session.level,
        "etabli_le": state.clock.in_words(state.clock.now()),
        "cgu_acceptees": account.cgu_version,
        "courriel_confirme_le": account.courriel_confirmed_on.map(|on| state.clock.in_words(on)),
        "numero_de_securite_sociale": nir,
        "releve": releve,
        "declarations_dif": declarations,
        "declarations_handicap": handicaps,
        "contestations": contestations,
        "declarations_sous_niveau_3": sous_niveau_3,
        "connexions": connexions,
        "cles_acces": passkeys,
        "seconde_etape": second_step,
        "identites_reliees": identities,
        "profil": profil(&state, session, account, &person)?,
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

/// A proof in the document.
struct Piece {
    shown: Value,
    /// Whose bytes are drawn there.
    drawn: Option<String>,
}

/// What the document says of a proof; with its bytes, where a mark will stand for them.
async fn piece(state: &AppState, session: &Session, piece: KeptPiece, mark: Option<&String>) -> HandlerResult<Piece> {
    let mut shown = json!({ "type": piece.piece_type.media(), "taille": piece.size.to_string() });
    let Some(mark) = mark else { return Ok(Piece { shown, drawn: None }) };
    // What is missing is said while it can be: not once half of the file is sent.
    if let Err(failure) = state.pieces.check(&piece.id).await {
        // Unless the account was closed meanwhile, and its proofs went with it.
        load(state, session).await?;
        return Err(failure.into());
    }
    shown["contenu_base64"] = json!(mark);
    Ok(Piece { shown, drawn: Some(piece.id) })
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
