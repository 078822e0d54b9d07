//! The anchor of each day of the journal: signed, kept, and sent out of the database. A part of the clean-up: knows no request.

use mail::{Address, Occasion};
use store::{LeavingAnchor, SignedAnchor, leave_anchors};
use tokio::task::spawn_blocking;

use crate::error::AppError;
use crate::state::AppState;

/// Leaves the anchor of yesterday if it has none, to the database and to whoever answers for the service; then, if it is new or if
/// `all`, to the file.
///
/// # Errors
/// [`AppError`] when the database fails.
pub(crate) async fn pass(state: &AppState, all: bool) -> Result<(), AppError> {
    let ((yesterday, _), (_, ended)) = (state.clock.day_before(1), state.clock.day_before(0));
    let now = state.clock.now();
    let leave = |anchor| {
        let signed = SignedAnchor::of(anchor, &state.vault);
        let day = format!("{:02}/{:02}/{}", yesterday.day(), yesterday.month(), yesterday.year());
        let occasion = Occasion::JournalAnchored { day: &day, anchor: &signed.to_string() };
        let letter = |to: &String| state.letters.write(Address(to), &occasion, now);
        LeavingAnchor { letter: state.settings.anchors_mailed_to.as_ref().map(letter), signed }
    };
    let new = state.store.anchor_journal((yesterday, ended), leave, now).await?;
    match &state.settings.anchors_file {
        Some(file) if new || all => {
            let (file, anchors) = (file.clone(), state.store.anchors().await?);
            let left = spawn_blocking(move || leave_anchors(&file, &anchors).map_err(|error| (file, error)));
            if let Ok(Err((file, error))) = left.await {
                tracing::error!(fichier = %file.display(), erreur = %error, "the anchors of the journal are not in their file; it will be tried within the hour");
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
