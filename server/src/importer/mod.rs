//! `acquis importer`: from the files of employers to the years of people. Reads and reports; what
//! becomes of a declaration is the store's to say.

pub mod activites;
mod bilan;
mod csv;
pub mod dsn;
pub mod evenements;
mod tableau;
mod traduction;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use bilan::Bilan;

use crate::clock::Clock;
use crate::coffre::Coffre;
use crate::progression::Progression;
use crate::store::{Panne, Resultat, Store, Travaux};

/// What an import works with.
pub struct Atelier<'a> {
    /// Where it writes.
    pub store: &'a Store,
    /// The keys.
    pub coffre: &'a Coffre,
    /// What time it is.
    pub clock: &'a Clock,
    /// Only say what would change.
    pub a_blanc: bool,
}

/// Why an import stops before its end. What was imported before stays: the next run goes on.
#[derive(Debug)]
pub enum Arret {
    /// A file or a folder cannot be read.
    Lecture(PathBuf, io::Error),
    /// The store failed.
    Base(Panne),
    /// The file is not one of those that this command reads; says why.
    Fichier(PathBuf, String),
}

impl std::fmt::Display for Arret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lecture(chemin, erreur) => write!(f, "{} : lecture impossible : {erreur}", chemin.display()),
            Self::Base(panne) => write!(
                f,
                "la base de données a fait défaut : {panne} ; ce qui précède est gardé, relancez la même commande"
            ),
            Self::Fichier(chemin, pourquoi) => write!(f, "{} : {pourquoi}", chemin.display()),
        }
    }
}

impl std::error::Error for Arret {}

impl From<Panne> for Arret {
    fn from(panne: Panne) -> Self {
        Self::Base(panne)
    }
}

/// The files that those names stand for: a folder for what it holds, in the order of names; `-` for
/// the standard input.
///
/// # Errors
/// [`Arret::Lecture`] when one is not there: nothing was imported yet.
pub fn fichiers(noms: &[PathBuf]) -> Result<Vec<PathBuf>, Arret> {
    let mut fichiers = Vec::new();
    for nom in noms {
        let echec = |erreur| Arret::Lecture(nom.clone(), erreur);
        if nom == Path::new("-") || !std::fs::metadata(nom).map_err(echec)?.is_dir() {
            fichiers.push(nom.clone());
            continue;
        }
        let mut dedans = Vec::new();
        for entree in std::fs::read_dir(nom).map_err(echec)? {
            let entree = entree.map_err(echec)?;
            let cache = entree.file_name().to_string_lossy().starts_with('.');
            if !cache && entree.path().is_file() {
                dedans.push(entree.path());
            }
        }
        dedans.sort();
        fichiers.extend(dedans);
    }
    Ok(fichiers)
}

/// The bytes of a file, its name in reports, and how many bytes there are when that is known.
fn ouvrir(chemin: &Path) -> Result<(Box<dyn Read>, String, u64), Arret> {
    if chemin == Path::new("-") {
        return Ok((Box::new(io::stdin().lock()), "entrée standard".into(), 0));
    }
    let echec = |erreur| Arret::Lecture(chemin.to_owned(), erreur);
    let fichier = File::open(chemin).map_err(echec)?;
    let taille = fichier.metadata().map_err(echec)?.len();
    Ok((Box::new(fichier), chemin.display().to_string(), taille))
}

/// Tells how far the reading has come.
struct Suivie<R> {
    source: R,
    lus: u64,
    progression: Progression,
}

impl<R: Read> Read for Suivie<R> {
    fn read(&mut self, tampon: &mut [u8]) -> io::Result<usize> {
        let lus = self.source.read(tampon)?;
        self.lus += lus as u64;
        self.progression.avancer(self.lus);
        if lus == 0 {
            self.progression.finir();
        }
        Ok(lus)
    }
}

fn suivre<R: Read>(source: R, quoi: &'static str, taille: u64) -> Suivie<R> {
    Suivie { source, lus: 0, progression: Progression::new(quoi, taille) }
}

/// Whether it can be read twice: neither the standard input nor a pipe can.
fn se_relit(chemin: &Path) -> bool {
    chemin != Path::new("-") && std::fs::metadata(chemin).is_ok_and(|faits| faits.is_file())
}

/// The transactions of an import: one after the other, or a single one that is dropped at the end
/// when nothing may be written, so that what would change is counted as it would be.
struct Ecrivain<'a> {
    store: &'a Store,
    essai: Option<Travaux>,
    a_blanc: bool,
}

impl<'a> Ecrivain<'a> {
    const fn new(atelier: &Atelier<'a>) -> Self {
        Self { store: atelier.store, essai: None, a_blanc: atelier.a_blanc }
    }

    async fn commencer(&mut self) -> Resultat<Travaux> {
        match self.essai.take() {
            Some(travaux) => Ok(travaux),
            None => self.store.travaux().await,
        }
    }

    async fn finir(&mut self, travaux: Travaux, a_change: bool) -> Resultat<()> {
        if self.a_blanc {
            self.essai = Some(travaux);
            Ok(())
        } else if a_change {
            self.store.garder(travaux).await
        } else {
            self.store.abandonner(travaux).await
        }
    }

    async fn fermer(self) -> Resultat<()> {
        match self.essai {
            Some(travaux) => self.store.abandonner(travaux).await,
            None => Ok(()),
        }
    }
}
