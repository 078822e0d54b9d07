//! Monthly declarations of people who do not exist, with the facts a reader must find in them.
//! The same seed writes the same bytes. For tests and benches, never for a real employer.
//!
//! NIRs have the commune 999, which no place has, so that they are nobody's; enterprise numbers start with 00.

mod ecrivain;
mod hasard;
mod personnes;

use domaine::mesures::Jour;

use crate::valeurs::{Cote, Mois, Siret};
use crate::{Declaration, Evenement, Fin, Genre, Individu, Nature};
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
}

impl Atelier {
    /// All that one employer sends.
    fn envoi(&mut self, employeur: u16) {
        self.ecrivain.ouvrir_l_envoi();
        let siret = siret(employeur);
        let mut declarations = 0;
        for rang in 0..u16::from(self.plan.mois) {
            let mois = mois_suivant(self.plan.annee, rang);
            self.declaration(employeur, siret, mois, Genre::Normale);
            declarations += 1;
            if self.hasard.une_fois_sur(self.plan.remplacees_sur) {
                self.declaration(employeur, siret, mois, Genre::Remplace);
                declarations += 1;
            }
            if self.hasard.une_fois_sur(self.plan.annulees_sur) {
                self.declaration(employeur, siret, mois, Genre::Annule);
                declarations += 1;
            }
        }
        self.ecrivain.fermer_l_envoi(declarations);
    }

    fn declaration(&mut self, employeur: u16, siret: Siret, mois: Jour, genre: Genre) {
        self.ordre += 1;
        let mut declaration = Declaration {
            ligne: 0,
            siret,
            nature: Nature::Mensuelle,
            genre,
            fraction: (1, 1),
            ordre: self.ordre,
            mois: Some(Mois::de(mois)),
            champ: Cote::lire(b"01"),
            reelle: true,
        };
        self.ecrivain.declaration(&mut declaration, mois);
        self.evenements.push(Evenement::Declaration(declaration));
        let salaries = if genre == Genre::Annule { 0 } else { self.plan.salaries };
        for rang in 0..salaries {
            let individu = self.individu(employeur, rang, mois);
            self.evenements.push(Evenement::Individu(individu));
        }
        self.ecrivain.bordereau(mois);
        self.evenements.push(Evenement::Fin(Fin { individus: u64::from(salaries), ecartes: 0, complete: true }));
    }

    fn individu(&mut self, employeur: u16, rang: u16, mois: Jour) -> Individu {
        // The first of each employer is one and the same person.
        let numero = if rang == 0 { 0 } else { u32::from(employeur) * u32::from(u16::MAX) + u32::from(rang) };
        let mut individu = personnes::individu(self.plan.graine, numero, mois, &mut self.hasard);
        individu.rang = u64::from(rang) + 1;
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
