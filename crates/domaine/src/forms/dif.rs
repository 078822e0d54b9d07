//! The form « Mon DIF »: the hours of one attestation and its proof.

use super::faute::Faute;
use super::formulaire::{Champ, Errors, Formulaire, measure};
use crate::bareme::Bareme;
use crate::dif::{Piece, PieceInvalide, Rapport, parse_hours};
use crate::mesures::{Day, Hours};

/// The form as typed, and the file as examined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaisieDif {
    /// « Mon solde DIF en heures ».
    pub hours: String,
    /// The [`Rapport::code`] chosen; only asked when a DIF that was not refused was declared before.
    pub rapport: String,
    /// Whether a DIF was declared before.
    pub already_declared: bool,
    /// The chosen file: examined, or the reason why it cannot be.
    pub piece: Result<Piece, PieceInvalide>,
}

/// The fields of the forms that send a proof, each in the order of its screen: that of a DIF, and « Mon handicap »
/// ([`super::SaisieHandicap`]), which has the last two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampDif {
    /// `#rapport`
    Rapport,
    /// `#hours`
    Hours,
    /// `#attestation`
    Attestation,
    /// `#consentement`, asked of a disability alone.
    Consent,
}

impl Champ for ChampDif {
    const ALL: &'static [Self] = &[Self::Rapport, Self::Hours, Self::Attestation, Self::Consent];

    fn id(self) -> &'static str {
        match self {
            Self::Rapport => "rapport",
            Self::Hours => "heures",
            Self::Attestation => "attestation",
            Self::Consent => "consentement",
        }
    }
}

/// A declaration in which everything is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeclarationDif {
    /// The hours certified.
    pub hours: Hours,
    /// How they relate to what was declared before.
    pub rapport: Rapport,
    /// The proof.
    pub piece: Piece,
}

impl Formulaire for SaisieDif {
    type Champ = ChampDif;
    type Valid = DeclarationDif;

    fn validate(&self, today: Day) -> Result<DeclarationDif, Errors<ChampDif>> {
        let mut errors = Errors::new();
        let rapport = errors.keep(
            ChampDif::Rapport,
            match Rapport::from_code(&self.rapport) {
                _ if !self.already_declared => Ok(Rapport::Replaces),
                Some(rapport) => Ok(rapport),
                None => Err(Faute::MissingRapport),
            },
        );
        let hours = errors.keep(
            ChampDif::Hours,
            measure(&self.hours).and_then(|text| match text.trim() {
                "" => Err(Faute::MissingHours),
                text => parse_hours(text, today, &Bareme::IN_FORCE).map_err(Faute::Hours),
            }),
        );
        let piece = errors.keep(ChampDif::Attestation, self.piece.map_err(Faute::Piece));
        match (rapport, hours, piece) {
            (Some(rapport), Some(hours), Some(piece)) => Ok(DeclarationDif { hours, rapport, piece }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Day = Day::date(2026, 11, 23);

    fn saisie() -> SaisieDif {
        SaisieDif {
            hours: "87".into(),
            rapport: String::new(),
            already_declared: false,
            piece: Piece::examine(80, b"%PDF-1.4"),
        }
    }

    #[test]
    fn the_first_declaration_needs_no_relation() {
        assert_eq!(saisie().validate(DAY).map(|d| d.rapport), Ok(Rapport::Replaces));
    }

    #[test]
    fn a_second_declaration_must_say_how_it_relates() {
        let errors = SaisieDif { already_declared: true, ..saisie() }.validate(DAY).unwrap_err();
        assert_eq!(errors.in_order(), [(ChampDif::Rapport, Faute::MissingRapport)]);
        let addition = SaisieDif { already_declared: true, rapport: "ajoute".into(), ..saisie() };
        assert_eq!(addition.validate(DAY).map(|d| d.rapport), Ok(Rapport::Adds));
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let empty = SaisieDif { hours: " ".into(), piece: Err(PieceInvalide::Missing), ..saisie() };
        assert_eq!(
            empty.validate(DAY).unwrap_err().in_order(),
            [(ChampDif::Hours, Faute::MissingHours), (ChampDif::Attestation, Faute::Piece(PieceInvalide::Missing)),]
        );
    }
}
