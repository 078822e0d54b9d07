//! `acquis importer`: from the files of employers to the years of people. Reads and reports; what
//! becomes of a declaration is the store's to say.

pub mod activites;
pub mod dsn;
pub mod evenements;
mod fingerprint;
mod report;
mod table;

use std::collections::HashSet;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use store::{Panne, Resultat, Store, Travaux};
use vault::Coffre;

use crate::Moment;
use crate::progress::Progression;

pub use report::Bilan;

/// What an import works with.
pub struct Atelier<'a> {
    /// Where it writes.
    pub store: &'a Store,
    /// The keys.
    pub coffre: &'a Coffre,
    /// When it runs.
    pub moment: Moment,
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

/// An import that stopped, and what it had done; nothing when it stopped before anything was read.
#[derive(Debug)]
pub struct Interruption {
    /// What was done before.
    pub bilan: Option<Box<Bilan>>,
    /// Why it stopped.
    pub arret: Arret,
}

impl std::fmt::Display for Interruption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.arret.fmt(f)
    }
}

impl std::error::Error for Interruption {}

impl From<Arret> for Interruption {
    fn from(arret: Arret) -> Self {
        Self { bilan: None, arret }
    }
}

/// The files that those names stand for: a folder for all that it and its subfolders hold, in the order of names;
/// `-` for the standard input.
///
/// # Errors
/// [`Arret`] when one is not there, or a folder holds no file: nothing was imported yet.
pub fn fichiers(noms: &[PathBuf]) -> Result<Vec<PathBuf>, Arret> {
    let mut fichiers = Vec::new();
    for nom in noms {
        if nom == Path::new("-") || !faits(nom)?.is_dir() {
            fichiers.push(nom.clone());
            continue;
        }
        let avant = fichiers.len();
        parcourir(nom, &mut HashSet::new(), &mut fichiers)?;
        if fichiers.len() == avant {
            return Err(Arret::Fichier(nom.clone(), "ce dossier ne contient aucun fichier".to_owned()));
        }
    }
    Ok(fichiers)
}

/// What a folder holds. Names that begin with a dot are passed over, and so is a folder that was seen already: a
/// link may lead back to it.
fn parcourir(dossier: &Path, vus: &mut HashSet<PathBuf>, fichiers: &mut Vec<PathBuf>) -> Result<(), Arret> {
    let echec = |erreur| Arret::Lecture(dossier.to_owned(), erreur);
    if !vus.insert(dossier.canonicalize().map_err(echec)?) {
        return Ok(());
    }
    let mut dedans = Vec::new();
    for entree in std::fs::read_dir(dossier).map_err(echec)? {
        let entree = entree.map_err(echec)?;
        if !entree.file_name().to_string_lossy().starts_with('.') {
            dedans.push(entree.path());
        }
    }
    dedans.sort();
    for chemin in dedans {
        let faits = faits(&chemin)?;
        if faits.is_dir() {
            parcourir(&chemin, vus, fichiers)?;
        } else if faits.is_file() {
            fichiers.push(chemin);
        }
    }
    Ok(())
}

fn faits(chemin: &Path) -> Result<Metadata, Arret> {
    std::fs::metadata(chemin).map_err(|erreur| Arret::Lecture(chemin.to_owned(), erreur))
}

/// Opens every file before the first is read, so that an import does not stop at one that could be known not to
/// be readable. The standard input and pipes open when their turn comes.
fn ouvrir_d_abord(fichiers: &[PathBuf], juger: impl Fn(&Path, File) -> Result<(), Arret>) -> Result<(), Arret> {
    for chemin in fichiers {
        if chemin != Path::new("-") && faits(chemin)?.is_file() {
            let fichier = File::open(chemin).map_err(|erreur| Arret::Lecture(chemin.clone(), erreur))?;
            juger(chemin, fichier)?;
        }
    }
    Ok(())
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
    chemin != Path::new("-") && faits(chemin).is_ok_and(|faits| faits.is_file())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ecrire(chemin: PathBuf) -> PathBuf {
        std::fs::create_dir_all(chemin.parent().expect("a folder")).expect("folders");
        std::fs::write(&chemin, "x").expect("a file");
        chemin
    }

    #[test]
    fn a_folder_is_read_with_its_subfolders_in_the_order_of_names() {
        let dossier = tempfile::tempdir().expect("a folder");
        let dans = |nom: &str| dossier.path().join(nom);
        let attendus = ["a/2.dsn", "a/b/1.dsn", "b.dsn", "c/3.dsn"].map(|nom| ecrire(dans(nom)));
        ecrire(dans(".cache/x.dsn"));
        ecrire(dans("a/.b.dsn.swp"));
        assert_eq!(fichiers(&[dossier.path().to_owned()]).expect("files"), attendus);
        // The standard input is no file of the disk.
        assert_eq!(fichiers(&["-".into()]).expect("files"), [PathBuf::from("-")]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_back_to_its_folder_is_followed_once() {
        let dossier = tempfile::tempdir().expect("a folder");
        let attendu = ecrire(dossier.path().join("a/1.dsn"));
        for lien in ["a/boucle", "z"] {
            std::os::unix::fs::symlink(dossier.path(), dossier.path().join(lien)).expect("a link");
        }
        assert_eq!(fichiers(&[dossier.path().to_owned()]).expect("files"), [attendu]);
        // A link to nothing is a file that somebody believes to be there.
        std::os::unix::fs::symlink("absent.dsn", dossier.path().join("b.dsn")).expect("a link");
        assert!(
            matches!(fichiers(&[dossier.path().to_owned()]), Err(Arret::Lecture(chemin, _)) if chemin.ends_with("b.dsn"))
        );
    }

    #[test]
    fn a_folder_without_a_file_is_refused() {
        let dossier = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(dossier.path().join("vide")).expect("a folder");
        let refus = fichiers(&[dossier.path().to_owned()]).expect_err("a refusal");
        assert!(refus.to_string().contains("ce dossier ne contient aucun fichier"), "{refus}");
    }
}
