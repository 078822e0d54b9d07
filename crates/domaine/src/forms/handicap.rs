//! The form « Mon handicap »: a proof, and the consent without which it is not sent.

use super::dif::ChampDif;
use super::faute::Faute;
use super::formulaire::{Errors, Formulaire};
use crate::dif::{Piece, PieceInvalide};
use crate::mesures::Day;

/// What a holder consents to when they tick the box, by the day since which its sentence reads as it does: recorded with
/// each declaration. Who changes the sentence (`frontend/src/pages/proofs/handicap.rs`) changes this.
pub const HANDICAP_CONSENT: &str = "2026-11-28";

/// The form as typed, and the file as examined. A disability is data about health: they are only processed with the
/// explicit consent of the person (RGPD, article 9, 2, a).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaisieHandicap {
    /// The chosen file: examined, or the reason why it cannot be.
    pub piece: Result<Piece, PieceInvalide>,
    /// The box by which the holder consents.
    pub consent: bool,
}

impl Formulaire for SaisieHandicap {
    /// The file is chosen and sent as that of a DIF is.
    type Champ = ChampDif;
    type Valid = Piece;

    fn validate(&self, _today: Day) -> Result<Piece, Errors<ChampDif>> {
        let mut errors = Errors::new();
        let piece = errors.keep(ChampDif::Attestation, self.piece.map_err(Faute::Piece));
        let consent = errors.keep(ChampDif::Consent, self.consent.then_some(()).ok_or(Faute::MissingConfirmation));
        match (piece, consent) {
            (Some(piece), Some(())) => Ok(piece),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_of_health_is_not_sent_without_consent_and_every_fault_is_told_at_once() {
        let day = Day::date(2026, 11, 28);
        let right = SaisieHandicap { piece: Piece::examine(80, b"%PDF-1.4"), consent: true };
        assert_eq!(right.validate(day).ok(), right.piece.ok());
        let silent = SaisieHandicap { consent: false, ..right }.validate(day).unwrap_err();
        assert_eq!(silent.in_order(), [(ChampDif::Consent, Faute::MissingConfirmation)]);
        let empty = SaisieHandicap { piece: Err(PieceInvalide::Missing), consent: false }.validate(day).unwrap_err();
        assert_eq!(
            empty.in_order(),
            [
                (ChampDif::Attestation, Faute::Piece(PieceInvalide::Missing)),
                (ChampDif::Consent, Faute::MissingConfirmation)
            ]
        );
    }
}
