//! The form « Mon DIF »: the hours of one attestation and its proof.

use super::faute::Faute;
use super::formulaire::{Champ, Erreurs, Formulaire, mesure};
use crate::bareme::Bareme;
use crate::dif::{Piece, PieceInvalide, Rapport, lire_heures};
use crate::mesures::{Heures, Jour};

/// The form as typed, and the file as examined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaisieDif {
    /// « Mon solde DIF en heures ».
    pub heures: String,
    /// The [`Rapport::code`] chosen; only asked when a DIF was declared before.
    pub rapport: String,
    /// Whether a DIF was declared before.
    pub deja_declare: bool,
    /// The chosen file: examined, or the reason why it cannot be.
    pub piece: Result<Piece, PieceInvalide>,
}

/// The fields of the form, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChampDif {
    /// `#rapport`
    Rapport,
    /// `#heures`
    Heures,
    /// `#attestation`
    Attestation,
}

impl Champ for ChampDif {
    const TOUS: &'static [Self] = &[Self::Rapport, Self::Heures, Self::Attestation];

    fn id(self) -> &'static str {
        match self {
            Self::Rapport => "rapport",
            Self::Heures => "heures",
            Self::Attestation => "attestation",
        }
    }
}

/// A declaration in which everything is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeclarationDif {
    /// The hours certified.
    pub heures: Heures,
    /// How they relate to what was declared before.
    pub rapport: Rapport,
    /// The proof.
    pub piece: Piece,
}

impl Formulaire for SaisieDif {
    type Champ = ChampDif;
    type Valide = DeclarationDif;

    fn valider(&self, aujourdhui: Jour) -> Result<DeclarationDif, Erreurs<ChampDif>> {
        let mut erreurs = Erreurs::new();
        let rapport = erreurs.garder(
            ChampDif::Rapport,
            match Rapport::par_code(&self.rapport) {
                _ if !self.deja_declare => Ok(Rapport::Remplace),
                Some(rapport) => Ok(rapport),
                None => Err(Faute::RapportManquant),
            },
        );
        let heures = erreurs.garder(
            ChampDif::Heures,
            mesure(&self.heures).and_then(|texte| match texte.trim() {
                "" => Err(Faute::HeuresManquantes),
                texte => lire_heures(texte, aujourdhui, &Bareme::EN_VIGUEUR).map_err(Faute::Heures),
            }),
        );
        let piece = erreurs.garder(ChampDif::Attestation, self.piece.map_err(Faute::Piece));
        match (rapport, heures, piece) {
            (Some(rapport), Some(heures), Some(piece)) => Ok(DeclarationDif { heures, rapport, piece }),
            _ => Err(erreurs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOUR: Jour = Jour::date(2026, 11, 23);

    fn saisie() -> SaisieDif {
        SaisieDif {
            heures: "87".into(),
            rapport: String::new(),
            deja_declare: false,
            piece: Piece::examiner(8, b"%PDF-1.4"),
        }
    }

    #[test]
    fn the_first_declaration_needs_no_relation() {
        assert_eq!(saisie().valider(JOUR).map(|d| d.rapport), Ok(Rapport::Remplace));
    }

    #[test]
    fn a_second_declaration_must_say_how_it_relates() {
        let erreurs = SaisieDif { deja_declare: true, ..saisie() }.valider(JOUR).unwrap_err();
        assert_eq!(erreurs.dans_l_ordre(), [(ChampDif::Rapport, Faute::RapportManquant)]);
        let ajout = SaisieDif { deja_declare: true, rapport: "ajoute".into(), ..saisie() };
        assert_eq!(ajout.valider(JOUR).map(|d| d.rapport), Ok(Rapport::Ajoute));
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let vide = SaisieDif { heures: " ".into(), piece: Err(PieceInvalide::Manquante), ..saisie() };
        assert_eq!(
            vide.valider(JOUR).unwrap_err().dans_l_ordre(),
            [
                (ChampDif::Heures, Faute::HeuresManquantes),
                (ChampDif::Attestation, Faute::Piece(PieceInvalide::Manquante)),
            ]
        );
    }
}
