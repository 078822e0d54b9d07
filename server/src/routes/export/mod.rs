//! What is kept of the holder, as one file: everything in a signed ZIP, written as it is read, so that it is never whole in memory; or a
//! document alone, without what would let somebody pass for them.

pub(super) mod document;
pub(super) mod showing;

use std::convert::Infallible;
use std::sync::Arc;
use std::vec::IntoIter;

use api::probleme::{Code, Probleme};
use api::routes;
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domaine::assurance::Action;
use export::Packing;
use futures_util::stream;
use limits::Rank;
use mail::{Address, Occasion};
use store::{PieceReading, Pieces, Session, Taken};
use vault::Vault;

use self::document::{Document, ExportView, document};
use super::shared::account::load;
use crate::error::{AppError, HandlerResult};
use crate::extract::{Browser, Titulaire};
use crate::state::AppState;

/// Seconds after which to try again, while another export of the same account is under way.
const NEXT_TRY: &str = "10";
/// The schema of the document: made from its types, by a test.
const SCHEMA: &str = include_str!("../../../../docs/export.schema.json");
/// Its name beside the document.
const SCHEMA_FILE: &str = "donnees.schema.json";

/// What is kept of the holder, as one file: without what would let somebody pass for them.
#[utoipa::path(
    get, path = routes::EXPORT, tag = "profil",
    responses(
        (status = 200, description = "Tout ce qui est gardé ; le numéro est masqué, et les pièces n'y sont pas", body = ExportView),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 429, description = "Un export de ce compte est en cours", body = Probleme)
    )
)]
pub(in crate::routes) async fn export(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
) -> HandlerResult<Response> {
    let schema = state.settings.own_address() + routes::EXPORT_SCHEMA;
    let (document, _, turn) = leave(&state, &titulaire.session, &browser, (Taken::Light, schema)).await?;
    let text = serde_json::to_vec(&document.view).map_err(|_| AppError::Internal("an export cannot be written"))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"acquis-mes-donnees.json\""),
    ];
    let sent = stream::once(async move {
        drop(turn);
        Ok::<_, Infallible>(Bytes::from(text))
    });
    Ok((headers, Body::from_stream(sent)).into_response())
}

/// Everything that is kept of the holder, as one signed file, once, for whoever has just shown again what opens the account.
#[utoipa::path(
    get, path = routes::EXPORT_ENTIER, tag = "profil",
    responses(
        (status = 200, description = "Un ZIP signé : le document, son schéma, le relevé à lire, les pièces (docs/export.md)", content_type = "application/zip"),
        (status = 401, description = "Il faut se connecter", body = Probleme),
        (status = 403, description = "L'identité n'est pas prouvée", body = Probleme),
        (status = 410, description = "Le mot de passe ou la clé d'accès est à redonner", body = Probleme),
        (status = 429, description = "Un export de ce compte est en cours", body = Probleme)
    )
)]
pub(in crate::routes) async fn whole(
    State(state): State<AppState>,
    titulaire: Titulaire,
    browser: Browser,
) -> HandlerResult<Response> {
    titulaire.may(Action::ExportWhole)?;
    let session = &titulaire.session;
    let (document, holder, turn) = leave(&state, session, &browser, (Taken::Whole, SCHEMA_FILE.to_owned())).await?;
    let packing = begun(&state, &document, &holder).map_err(|_| AppError::Internal("an export cannot be written"))?;
    let writing = Writing {
        packing: Some(packing),
        pieces: state.pieces.clone(),
        vault: Arc::clone(&state.vault),
        waiting: document.pieces.into_iter(),
        reading: None,
        _turn: turn,
    };
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"acquis-mes-donnees.zip\""),
    ];
    Ok((headers, Body::from_stream(stream::try_unfold(writing, Writing::next))).into_response())
}

/// The schema of the document.
pub(super) async fn schema() -> Response {
    ([(header::CONTENT_TYPE, "application/schema+json")], SCHEMA).into_response()
}

/// What leaves, and whose it is; its holder is told, and it is noted. Of an account one leaves at a time, until its turn is given back.
async fn leave(
    state: &AppState,
    session: &Session,
    browser: &Browser,
    (leaving, schema): (Taken, String),
) -> HandlerResult<(Document, String, Rank)> {
    let turn = state.ranks.enter(format!("export {}", session.account));
    if turn.rank > 1 {
        return Err(Probleme { retry_after: Some(NEXT_TRY.into()), ..Probleme::new(Code::ExportUnderWay) }.into());
    }
    let (account, person) = load(state, session).await?;
    let now = state.clock.now();
    let occasion = Occasion::ExportLeft { whole: leaving == Taken::Whole, device: browser.device };
    let letter = state.letters.write_about(&account.id, Address(&account.courriel), &occasion, now);
    let holder = format!("{} {}", account.prenoms, account.nom_naissance);
    let document = document(state, (session, account, &person), browser, (leaving, schema)).await?;
    if !state.store.begin_export(session, leaving, &letter, now).await? {
        return Err(Code::StaleLink.into());
    }
    Ok((document, holder, turn))
}

/// A file with all but its proofs.
fn begun(state: &AppState, document: &Document, holder: &str) -> Result<Packing, Cut> {
    let service = state.settings.own_address();
    let mut packing = Packing::new(&service, &state.clock.in_words(state.clock.now()));
    packing.put("LISEZ-MOI.txt", export::notice(&service).as_bytes())?;
    packing.put("donnees.json", serde_json::to_string_pretty(&document.view)?.as_bytes())?;
    packing.put(SCHEMA_FILE, SCHEMA.as_bytes())?;
    if let Some(releve) = document.view.releve() {
        packing.put("releve.html", export::statement(holder, releve).as_bytes())?;
    }
    Ok(packing)
}

/// Why a file that was begun is not finished.
type Cut = Box<dyn std::error::Error + Send + Sync>;

/// A file being sent.
struct Writing {
    /// Nothing once its last bytes were given.
    packing: Option<Packing>,
    pieces: Pieces,
    vault: Arc<Vault>,
    /// The proofs that are not in it yet: where each goes, and its identifier.
    waiting: IntoIter<(String, String)>,
    reading: Option<PieceReading>,
    /// Given back with the last byte, or when the client is gone.
    _turn: Rank,
}

impl Writing {
    /// The next bytes, while there are some. A failure cuts the connection: half a file must not look like one.
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, Cut> {
        match self.advance().await {
            Ok(bytes) => Ok(bytes.map(|bytes| (bytes, self))),
            Err(failure) => {
                tracing::error!(panne = %failure, "an export was cut short");
                Err(failure)
            }
        }
    }

    async fn advance(&mut self) -> Result<Option<Bytes>, Cut> {
        while let Some(packing) = &mut self.packing {
            if let Some(reading) = &mut self.reading {
                match reading.next().await? {
                    Some(plain) => packing.add(&plain)?,
                    None => self.reading = None,
                }
            } else if let Some((name, id)) = self.waiting.next() {
                packing.begin(&name)?;
                self.reading = Some(self.pieces.read(&id).await?);
            } else {
                let vault = Arc::clone(&self.vault);
                let finished = self.packing.take().map(|packing| packing.finish(|message| vault.sign(message)));
                return Ok(finished.transpose()?.map(Bytes::from));
            }
            let ready = packing.ready();
            if !ready.is_empty() {
                return Ok(Some(ready.into()));
            }
        }
        Ok(None)
    }
}
