//! The envelope of what a sender sends, from S10 to S90: a test or not, and whether the totals agree.

use super::Totaux;
use crate::blocs::{ENVOI, TOTAL};
use crate::code::Code;
use crate::constat::Constat;
use crate::lignes::Rubrique;
use crate::valeurs;

/// An envelope that is open.
pub(super) struct Envoi {
    /// Whether it is more than a test.
    pub reel: bool,
    /// How many declarations have begun in it.
    pub declarations: u64,
    rubriques: u64,
    /// The totals that the sender announces, once they were read, and their line.
    annonce: [Option<u64>; 2],
    totaux: Option<u64>,
}

impl Envoi {
    pub const fn new() -> Self {
        Self { reel: true, declarations: 0, rubriques: 0, annonce: [None; 2], totaux: None }
    }

    /// The totals begin: nothing behind them is of the envelope.
    pub fn totaliser(&mut self, ligne: u64) {
        self.totaux.get_or_insert(ligne);
    }

    /// The totals of an envelope count every rubric from its first to theirs.
    pub fn compter(&mut self, code: Option<Code>) {
        if self.totaux.is_none() || code.is_some_and(|code| code.bloc() == TOTAL) {
            self.rubriques += 1;
        }
    }

    /// Takes a rubric in.
    pub fn lire(&mut self, rubrique: &Rubrique<'_>) -> Option<Constat> {
        match (rubrique.code.bloc(), rubrique.code.numero()) {
            (ENVOI, 5) if rubrique.valeur == b"01" => {
                self.reel = false;
                Some(Constat::EnvoiTest)
            }
            (ENVOI, 6) if !matches!(rubrique.valeur, [b'P', b'2', b'4'..=b'6', b'V', _, _]) => Some(Constat::Norme),
            (TOTAL, numero @ 1..=2) => {
                let annonce = valeurs::entier(rubrique.valeur);
                self.annonce[usize::from(numero) - 1] = annonce;
                annonce.is_none().then_some(Constat::Valeur(rubrique.code))
            }
            _ => None,
        }
    }

    /// Whether it holds what it announces.
    pub fn totaux(&self) -> Totaux {
        match self.annonce {
            [Some(rubriques), Some(declarations)] if self.totaux.is_some() => {
                let justes = (rubriques, declarations) == (self.rubriques, self.declarations);
                if justes { Totaux::Justes } else { Totaux::Faux }
            }
            _ => Totaux::Absents,
        }
    }

    /// What is to be said of it at its end, and at which line.
    pub fn fermer(self, ligne: u64) -> impl Iterator<Item = (u64, Constat)> {
        let place = self.totaux.unwrap_or(ligne);
        let lu = self.rubriques;
        let rubriques = self.annonce[0].filter(|annonce| *annonce != lu);
        let rubriques = rubriques.map(|annonce| Constat::TotalRubriques { annonce, lu });
        let lu = self.declarations;
        let declarations = self.annonce[1].filter(|annonce| *annonce != lu);
        let declarations = declarations.map(|annonce| Constat::TotalDeclarations { annonce, lu });
        let tronque = self.totaux.is_none().then_some(Constat::FichierTronque);
        // Without its totals, nothing tells that lines were lost.
        let muet = |place: usize, numero| {
            let manque = self.totaux.is_some() && self.annonce[place].is_none();
            manque.then_some(Constat::Manque(Code::new(TOTAL, numero)))
        };
        let tous = [tronque, muet(0, 1), rubriques, muet(1, 2), declarations];
        tous.into_iter().flatten().map(move |constat| (place, constat))
    }
}
