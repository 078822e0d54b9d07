//! Monthly declarations of people who do not exist, with the facts a reader must find in them.
//! The same seed writes the same bytes. For tests and benches, never for a real employer.
//!
//! NIRs have the commune 999, which no place has, so that they are nobody's; enterprise numbers start with 00.

mod ecrivain;
mod hasard;
mod personnes;

use std::ops::Range;

use domaine::mesures::Jour;

use crate::valeurs::{Cote, Mois, Siret};
use crate::{Declaration, Evenement, Fin, Genre, Individu, Nature, Totaux};
use ecrivain::Ecrivain;
use hasard::Hasard;

/// What is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The same seed writes the same file.
    pub graine: u64,
    /// How many employers; each has an envelope of its own. At most 90.
    pub employeurs: u16,
    /// How many people each of them employs. The first person works for all of them.
    pub salaries: u16,
    /// The year of the first month.
    pub annee: u16,
    /// How many months.
    pub mois: u8,
    /// One declaration in so many is replaced by a later one; none when zero.
    pub remplacees_sur: u8,
    /// One declaration in so many is cancelled; none when zero.
    pub annulees_sur: u8,
    /// One month in so many is declared again otherwise: in two parts, by *régime*, or by nobody and then anew; none
    /// when zero.
    pub divisees_sur: u8,
    /// The declarations of an employer come in any order; their numbers still tell the true one.
    pub desordre: bool,
    /// Lines end with CRLF rather than LF.
    pub crlf: bool,
    /// The envelopes of the network are around the whole.
    pub reseau: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            graine: 1,
            employeurs: 2,
            salaries: 5,
            annee: 2026,
            mois: 2,
            remplacees_sur: 4,
            annulees_sur: 7,
            divisees_sur: 0,
            desordre: false,
            crlf: false,
            reseau: false,
        }
    }
}

/// A file, and what a reader must find in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fichier {
    /// The bytes, in ISO-8859-1.
    pub octets: Vec<u8>,
    /// Every event of a reading, in order.
    pub evenements: Vec<Evenement>,
    /// How many lines.
    pub lignes: u64,
}

/// Writes a file.
///
/// ```
/// use dsn::generateur::{Plan, generer};
/// let fichier = generer(&Plan { employeurs: 3, ..Plan::default() });
/// assert_eq!(fichier, generer(&Plan { employeurs: 3, ..Plan::default() }));
/// let mut lecture = dsn::Lecture::new("genere.dsn", fichier.octets.as_slice());
/// assert_eq!(lecture.suivant()?.as_ref(), fichier.evenements.first());
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn generer(plan: &Plan) -> Fichier {
    let mut atelier = Atelier {
        plan: *plan,
        hasard: Hasard::new(plan.graine),
        ecrivain: Ecrivain::new(plan.crlf),
        evenements: Vec::new(),
        ordre: 0,
        attente: Vec::new(),
    };
    if plan.reseau {
        atelier.ecrivain.ouvrir_le_reseau();
    }
    for employeur in 0..plan.employeurs.min(90) {
        atelier.envoi(employeur);
    }
    if plan.reseau {
        atelier.ecrivain.fermer_le_reseau(plan.employeurs);
    }
    let (octets, lignes) = atelier.ecrivain.fin();
    Fichier { octets, evenements: atelier.evenements, lignes }
}

struct Atelier {
    plan: Plan,
    hasard: Hasard,
    ecrivain: Ecrivain,
    evenements: Vec<Evenement>,
    ordre: u64,
    attente: Vec<Prevue>,
}

/// A declaration to be written.
struct Prevue {
    mois: Jour,
    genre: Genre,
    fraction: (u8, u8),
    champ: &'static str,
    /// Whom it names, by their rank with the employer.
    salaries: Range<u16>,
    ordre: u64,
}

impl Atelier {
    /// All that one employer sends.
    fn envoi(&mut self, employeur: u16) {
        self.ecrivain.ouvrir_l_envoi();
        let deja = self.ordre;
        for rang in 0..u16::from(self.plan.mois) {
            let mois = mois_suivant(self.plan.annee, rang);
            self.prevoir(employeur, self.entiere(mois, Genre::Normale));
            if self.hasard.une_fois_sur(self.plan.remplacees_sur) {
                self.prevoir(employeur, self.entiere(mois, Genre::Remplace));
            }
            if self.hasard.une_fois_sur(self.plan.annulees_sur) {
                self.prevoir(employeur, self.entiere(mois, Genre::Annule));
            }
            if self.hasard.une_fois_sur(self.plan.divisees_sur) {
                self.autrement(mois).into_iter().for_each(|prevue| self.prevoir(employeur, prevue));
            }
        }
        while let Some(dernier) = self.attente.len().checked_sub(1) {
            let rang = self.hasard.sous(u32::try_from(dernier).unwrap_or(0) + 1) as usize;
            let prevue = self.attente.swap_remove(rang);
            self.declaration(employeur, prevue);
        }
        self.ecrivain.fermer_l_envoi(self.ordre - deja);
        self.evenements.push(Evenement::FinEnvoi(Totaux::Justes));
    }

    /// Gives a declaration its number and writes it, at once or in any order.
    fn prevoir(&mut self, employeur: u16, prevue: Prevue) {
        self.ordre += 1;
        let prevue = Prevue { ordre: self.ordre, ..prevue };
        if self.plan.desordre {
            self.attente.push(prevue);
        } else {
            self.declaration(employeur, prevue);
        }
    }

    /// The month in one declaration.
    const fn entiere(&self, mois: Jour, genre: Genre) -> Prevue {
        let nul = matches!(genre, Genre::Annule | Genre::Neant | Genre::RemplaceNeant);
        let salaries = if nul { 0..0 } else { 0..self.plan.salaries };
        Prevue { mois, genre, fraction: (1, 1), champ: "01", salaries, ordre: 0 }
    }

    /// The same month, declared again otherwise.
    fn autrement(&mut self, mois: Jour) -> Vec<Prevue> {
        let (moitie, salaries) = (self.plan.salaries / 2, self.plan.salaries);
        let partie = |fraction, champ, salaries: Range<u16>| {
            let genre = if salaries.is_empty() { Genre::Neant } else { Genre::Remplace };
            Prevue { mois, genre, fraction, champ, salaries, ordre: 0 }
        };
        match self.hasard.sous(4) {
            0 => vec![partie((1, 2), "01", 0..moitie), partie((2, 2), "01", moitie..salaries)],
            1 => vec![partie((1, 1), "02", 0..moitie), partie((1, 1), "03", moitie..salaries)],
            2 => vec![self.entiere(mois, Genre::RemplaceNeant), self.entiere(mois, Genre::Remplace)],
            _ => vec![partie((2, 2), "03", 0..0), partie((1, 2), "03", 0..salaries)],
        }
    }

    fn declaration(&mut self, employeur: u16, prevue: Prevue) {
        let Prevue { mois, genre, fraction, champ, salaries, ordre } = prevue;
        let mut declaration = Declaration {
            ligne: 0,
            siret: siret(employeur),
            nature: Nature::Mensuelle,
            genre,
            fraction,
            ordre,
            mois: Some(Mois::de(mois)),
            champ: Cote::lire(champ.as_bytes()),
            reelle: true,
        };
        self.ecrivain.declaration(&mut declaration, mois);
        self.evenements.push(Evenement::Declaration(declaration));
        let individus = salaries.len() as u64;
        for (place, rang) in (1..).zip(salaries) {
            let individu = self.individu(employeur, rang, place, mois);
            self.evenements.push(Evenement::Individu(individu));
        }
        self.ecrivain.bordereau(mois);
        self.evenements.push(Evenement::Fin(Fin { individus, ecartes: 0, complete: true }));
    }

    fn individu(&mut self, employeur: u16, rang: u16, place: u64, mois: Jour) -> Individu {
        // The first of each employer is one and the same person.
        let numero = if rang == 0 { 0 } else { u32::from(employeur) * u32::from(u16::MAX) + u32::from(rang) };
        let mut individu = personnes::individu(self.plan.graine, numero, mois, &mut self.hasard);
        individu.rang = place;
        self.ecrivain.individu(&mut individu, mois);
        individu
    }
}

/// The first day of the month that many months after January.
fn mois_suivant(annee: u16, rang: u16) -> Jour {
    let mois = u8::try_from(rang % 12 + 1).unwrap_or(1);
    Jour::new(annee + rang / 12, mois, 1).unwrap_or(Jour::date(2026, 1, 1))
}

/// An establishment whose keys are right, of an enterprise number that starts with 00: nobody has one.
fn siret(employeur: u16) -> Siret {
    let avec_cle =
        |debut: String| (0..10).map(|cle| format!("{debut}{cle}")).find(|texte| crate::valeurs::luhn(texte.as_bytes()));
    let siren = avec_cle(format!("0099{employeur:04}")).unwrap_or_default();
    let siret = (0..10).find_map(|cle| {
        let nic = format!("0001{cle}");
        Siret::de(siren.as_bytes(), nic.as_bytes()).filter(Siret::a_une_cle_juste)
    });
    siret.expect("one figure in ten makes the key right")
}
