//! The head of a declaration, rubric by rubric, until it is known which employer and month it is of.

use super::{Declaration, Genre, Nature};
use crate::blocs::{DECLARATION, ENTREPRISE, ETABLISSEMENT};
use crate::code::Code;
use crate::constat::Constat;
use crate::lignes::Rubrique;
use crate::valeurs::{self, Cote, Mois, Siret};

/// What has been read of it so far.
#[derive(Debug, Default)]
pub(super) struct Entete {
    pub ligne: u64,
    nature: Option<Nature>,
    genre: Option<Genre>,
    fraction: Option<(u8, u8)>,
    ordre: Option<u64>,
    mois: Option<Mois>,
    champ: Option<Cote>,
    siren: Option<[u8; 9]>,
    nic: Option<[u8; 5]>,
    second_etablissement: bool,
}

impl Entete {
    pub fn new(ligne: u64) -> Self {
        Self { ligne, ..Self::default() }
    }

    /// An establishment opens; whether another was there before.
    pub fn ouvrir_un_etablissement(&mut self) -> bool {
        self.second_etablissement |= self.nic.is_some();
        self.second_etablissement
    }

    /// Takes a rubric in; a value that is not of its kind is as if it were not there.
    pub fn lire(&mut self, rubrique: &Rubrique<'_>) -> Option<Constat> {
        let valeur = rubrique.valeur;
        let bien_lue = match (rubrique.code.bloc(), rubrique.code.numero()) {
            (DECLARATION, 1) => pose(&mut self.nature, nature(valeur)),
            (DECLARATION, 2) => pose(&mut self.genre, genre(valeur)),
            (DECLARATION, 3) => pose(&mut self.fraction, fraction(valeur)),
            (DECLARATION, 4) => pose(&mut self.ordre, valeurs::entier(valeur)),
            (DECLARATION, 5) => pose(&mut self.mois, valeurs::jour(valeur).map(Mois::de)),
            (DECLARATION, 8) => pose(&mut self.champ, Cote::lire(valeur)),
            (ENTREPRISE, 1) => pose(&mut self.siren, chiffres(valeur)),
            (ETABLISSEMENT, 1) => pose(&mut self.nic, chiffres(valeur)),
            _ => true,
        };
        (!bien_lue).then_some(Constat::Valeur(rubrique.code))
    }

    /// The head, once all of it was read.
    ///
    /// # Errors
    /// The rubric without which it belongs to no employer, month or order.
    pub fn declaration(&self, reelle: bool) -> Result<Declaration, Code> {
        let nature = self.nature.ok_or(Code::new(DECLARATION, 1))?;
        let genre = self.genre.ok_or(Code::new(DECLARATION, 2))?;
        let siren = self.siren.ok_or(Code::new(ENTREPRISE, 1))?;
        let nic = self.nic.ok_or(Code::new(ETABLISSEMENT, 1))?;
        if self.second_etablissement {
            return Err(Code::new(ETABLISSEMENT, 1));
        }
        let siret = Siret::de(&siren, &nic).ok_or(Code::new(ENTREPRISE, 1))?;
        let mensuelle = nature == Nature::Mensuelle;
        if mensuelle && self.mois.is_none() {
            return Err(Code::new(DECLARATION, 5));
        }
        let ordre = match self.ordre {
            None if mensuelle => return Err(Code::new(DECLARATION, 4)),
            ordre => ordre.unwrap_or(0),
        };
        Ok(Declaration {
            ligne: self.ligne,
            siret,
            nature,
            genre,
            fraction: self.fraction.unwrap_or((1, 1)),
            ordre,
            mois: self.mois,
            champ: self.champ,
            reelle,
        })
    }
}

/// Puts a value in its place, unless it could not be read.
pub(super) fn pose<T>(place: &mut Option<T>, valeur: Option<T>) -> bool {
    let lue = valeur.is_some();
    if lue {
        *place = valeur;
    }
    lue
}

fn nature(valeur: &[u8]) -> Option<Nature> {
    Some(match valeur {
        b"01" => Nature::Mensuelle,
        b"09" => Nature::Substitution,
        [b'0'..=b'9', b'0'..=b'9'] => Nature::Evenement(Cote::lire(valeur)?),
        _ => return None,
    })
}

const fn genre(valeur: &[u8]) -> Option<Genre> {
    Some(match valeur {
        b"01" => Genre::Normale,
        b"02" => Genre::Neant,
        b"03" => Genre::Remplace,
        b"04" => Genre::Annule,
        b"05" => Genre::RemplaceNeant,
        _ => return None,
    })
}

/// « 12 » is the first part of two.
fn fraction(valeur: &[u8]) -> Option<(u8, u8)> {
    let &[numero @ b'1'..=b'9', total @ b'1'..=b'9'] = valeur else { return None };
    (numero <= total).then_some((numero - b'0', total - b'0'))
}

fn chiffres<const N: usize>(valeur: &[u8]) -> Option<[u8; N]> {
    let chiffres: [u8; N] = valeur.try_into().ok()?;
    chiffres.iter().all(u8::is_ascii_digit).then_some(chiffres)
}
