//! The reading itself: from rubrics to declarations and persons, one at a time. Holds one head
//! and one person, never a whole declaration.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::brouillon::Brouillon;
use super::entete::Entete;
use super::envoi::Envoi;
use super::{Declaration, Evenement, Fin, Nature};
use crate::arbre::{Arbre, Place};
use crate::blocs::{DECLARATION, ENTREPRISE, ENVOI, ETABLISSEMENT, INDIVIDU, TOTAL};
use crate::code::{Bloc, Code};
use crate::constat::Constat;
use crate::lignes::{Encodage, Illisible, Rubrique, Rubriques};
use crate::rapport::{Rapport, Signalement};

/// A file being read.
///
/// ```
/// use dsn::{Evenement, Lecture, Totaux};
///
/// let octets = dsn::exemple();
/// let mut lecture = Lecture::new("paie.dsn", octets.as_slice());
/// let mut heures = Vec::new();
/// while let Some(evenement) = lecture.suivant()? {
///     match evenement {
///         Evenement::Declaration(declaration) => assert_eq!(declaration.siret.as_str(), "73282932000074"),
///         Evenement::Individu(individu) => heures.extend(individu.parts()),
///         Evenement::Fin(fin) => assert!(fin.complete),
///         Evenement::FinEnvoi(totaux) => assert_eq!(totaux, Totaux::Justes),
///     }
/// }
/// assert_eq!(heures[0].mois.to_string(), "2026-01");
/// assert_eq!(heures[0].temps.heures.to_string(), "144.67");
/// assert!(lecture.rapport().est_sans_perte());
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Lecture<R> {
    rubriques: Rubriques<R>,
    etat: Etat,
}

impl<R: Read> Lecture<R> {
    /// A reading of those bytes; the report names the file so.
    pub fn new(fichier: &str, source: R) -> Self {
        let rapport = Rapport::new(fichier);
        Self { rubriques: Rubriques::new(source), etat: Etat { rapport, ..Etat::default() } }
    }

    /// What comes next; nothing at the end of the file.
    ///
    /// # Errors
    /// Those of the source. What the file holds is never an error: the report tells it.
    pub fn suivant(&mut self) -> io::Result<Option<Evenement>> {
        loop {
            if let Some(evenement) = self.etat.file.pop_front() {
                return Ok(Some(evenement));
            }
            if self.etat.finie {
                return Ok(None);
            }
            let Some(lue) = self.rubriques.suivante()? else {
                self.finir();
                continue;
            };
            match lue.contenu {
                Ok(rubrique) => self.etat.lire(lue.ligne, &rubrique),
                Err(illisible) => self.etat.buter(lue.ligne, illisible),
            }
        }
    }

    /// Reads to the end and keeps the report only.
    ///
    /// # Errors
    /// As [`Lecture::suivant`].
    pub fn jusqu_au_bout(mut self) -> io::Result<Rapport> {
        while self.suivant()?.is_some() {}
        Ok(self.etat.rapport)
    }

    /// What was found so far; whole once [`Lecture::suivant`] has said that nothing comes next.
    pub const fn rapport(&self) -> &Rapport {
        &self.etat.rapport
    }

    fn finir(&mut self) {
        self.etat.finir(self.rubriques.lignes());
        let rapport = &mut self.etat.rapport;
        rapport.lignes = self.rubriques.lignes();
        rapport.lignes_blanches = self.rubriques.blanches();
        if self.rubriques.a_une_marque_utf8() {
            rapport.signaler(Signalement { ligne: 1, personne: None, constat: Constat::MarqueUtf8 });
        }
    }
}

#[derive(Default)]
struct Etat {
    rapport: Rapport,
    arbre: Arbre,
    envoi: Option<Envoi>,
    entete: Option<Entete>,
    declaration: Option<Courante>,
    individu: Option<Brouillon>,
    file: VecDeque<Evenement>,
    finie: bool,
}

/// A declaration whose head is known: handed over, or left out with all its persons.
struct Courante {
    annoncee: bool,
    ecartee: bool,
    individus: u64,
    ecartes: u64,
    rang: u64,
}

impl Etat {
    fn signaler(&mut self, ligne: u64, constat: Constat) {
        let personne = self.individu.as_ref().map(Brouillon::masque);
        self.rapport.signaler(Signalement { ligne, personne, constat });
    }

    /// Takes a rubric in.
    fn lire(&mut self, ligne: u64, rubrique: &Rubrique<'_>) {
        self.rapport.lignes = ligne;
        let code = rubrique.code;
        if !self.placer(ligne, code) {
            return;
        }
        if rubrique.encodage != Encodage::Latin1 {
            self.signaler(ligne, Constat::Encodage(rubrique.encodage));
        }
        if let Some(individu) = &mut self.individu {
            individu.lire(&mut self.rapport, ligne, rubrique);
        } else if let Some(entete) = &mut self.entete {
            if let Some(constat) = entete.lire(rubrique) {
                self.signaler(ligne, constat);
            }
        } else if matches!(code.bloc(), ENVOI | TOTAL) {
            self.lire_l_envoi(ligne, rubrique);
        }
    }

    /// Follows the tree to a rubric, opens what it opens, and says whether it can be read there.
    fn placer(&mut self, ligne: u64, code: Code) -> bool {
        let place = self.arbre.placer(code);
        match place {
            Place::Inconnue => self.rapport.compter_inconnue(code),
            // One word for a lost block, at its first line.
            Place::Perdue if self.arbre.vient_de_se_perdre() => self.signaler(ligne, Constat::BlocMalPlace(code)),
            Place::Ouvre => self.ouvrir(ligne, code),
            Place::Suite | Place::Perdue => {}
        }
        self.compter(Some(code));
        matches!(place, Place::Ouvre | Place::Suite)
    }

    fn compter(&mut self, code: Option<Code>) {
        self.rapport.rubriques += 1;
        if let Some(envoi) = &mut self.envoi {
            envoi.compter(code);
        }
    }

    /// A line that is no rubric. With its code, only its record suffers; without, it may have been
    /// anything of the person it lies in.
    fn buter(&mut self, ligne: u64, illisible: Illisible) {
        self.rapport.lignes = ligne;
        self.signaler(ligne, Constat::Ligne(illisible.faute, illisible.code));
        if let Some(code) = illisible.code {
            self.placer(ligne, code);
            return;
        }
        self.compter(None);
        if let Some(individu) = &mut self.individu {
            individu.abimer();
        }
    }

    /// A block opens: what it cannot be part of is closed.
    fn ouvrir(&mut self, ligne: u64, code: Code) {
        let bloc = code.bloc();
        if bloc == INDIVIDU || !self.arbre.est_ouvert(INDIVIDU) {
            self.fermer_l_individu();
        }
        match bloc {
            INDIVIDU => {
                self.annoncer();
                if let Some(courante) = &mut self.declaration {
                    courante.rang += 1;
                    self.individu = Some(Brouillon::new(ligne, courante.rang));
                }
            }
            DECLARATION => {
                self.fermer_la_declaration(true);
                if let Some(envoi) = &mut self.envoi {
                    envoi.declarations += 1;
                }
                self.entete = Some(Entete::new(ligne));
            }
            ENTREPRISE | ETABLISSEMENT => self.ouvrir_un_etablissement(ligne, bloc),
            TOTAL => {
                self.fermer_la_declaration(true);
                if let Some(envoi) = &mut self.envoi {
                    envoi.totaliser(ligne);
                }
            }
            ENVOI => {
                // A declaration that is still open here has no S90: its envelope was cut.
                self.fermer_la_declaration(false);
                self.fermer_l_envoi(ligne);
                self.rapport.envois += 1;
                self.envoi = Some(Envoi::new());
            }
            _ if self.individu.is_some() => {
                if let Some(individu) = &mut self.individu {
                    individu.ouvrir(ligne, code);
                }
            }
            _ => {}
        }
    }

    /// One declaration is of one establishment: what follows a second one would be anybody's.
    fn ouvrir_un_etablissement(&mut self, ligne: u64, bloc: Bloc) {
        let second = match (&mut self.declaration, &mut self.entete) {
            (Some(courante), _) => {
                courante.ecartee = true;
                true
            }
            (None, Some(entete)) => bloc == ETABLISSEMENT && entete.ouvrir_un_etablissement(),
            (None, None) => false,
        };
        if second {
            self.signaler(ligne, Constat::SecondEtablissement);
        }
    }

    fn lire_l_envoi(&mut self, ligne: u64, rubrique: &Rubrique<'_>) {
        if let Some(constat) = self.envoi.as_mut().and_then(|envoi| envoi.lire(rubrique)) {
            self.signaler(ligne, constat);
        }
    }

    /// Hands the head over, once.
    fn annoncer(&mut self) {
        let Some(entete) = self.entete.take() else { return };
        let reelle = self.envoi.as_ref().is_some_and(|envoi| envoi.reel);
        let declaration = entete.declaration(reelle);
        match &declaration {
            Ok(declaration) => self.juger(declaration),
            Err(code) => self.signaler(entete.ligne, Constat::DeclarationSans(*code)),
        }
        let annoncee = declaration.is_ok();
        self.declaration = Some(Courante { annoncee, ecartee: !annoncee, individus: 0, ecartes: 0, rang: 0 });
        match declaration {
            Ok(declaration) => {
                self.rapport.declarations += 1;
                self.file.push_back(Evenement::Declaration(declaration));
            }
            Err(_) => self.rapport.declarations_ecartees += 1,
        }
    }

    fn juger(&mut self, declaration: &Declaration) {
        if !declaration.siret.a_une_cle_juste() {
            self.signaler(declaration.ligne, Constat::SiretCle);
        }
        if declaration.nature == Nature::Substitution {
            self.signaler(declaration.ligne, Constat::Substitution);
        }
    }

    fn fermer_l_individu(&mut self) {
        let Some(individu) = self.individu.take() else { return };
        let individu = individu.fermer(&mut self.rapport);
        let Some(courante) = &mut self.declaration else { return };
        match individu {
            Some(individu) if !courante.ecartee => {
                courante.individus += 1;
                self.rapport.individus += 1;
                self.file.push_back(Evenement::Individu(individu));
            }
            _ => {
                courante.ecartes += 1;
                self.rapport.individus_ecartes += 1;
            }
        }
    }

    fn fermer_la_declaration(&mut self, complete: bool) {
        self.fermer_l_individu();
        self.annoncer();
        let Some(courante) = self.declaration.take().filter(|courante| courante.annoncee) else { return };
        let Courante { individus, ecartes, ecartee, .. } = courante;
        self.file.push_back(Evenement::Fin(Fin { individus, ecartes, complete: complete && !ecartee }));
    }

    fn fermer_l_envoi(&mut self, ligne: u64) {
        let Some(envoi) = self.envoi.take() else { return };
        self.file.push_back(Evenement::FinEnvoi(envoi.totaux()));
        for (place, constat) in envoi.fermer(ligne) {
            self.signaler(place, constat);
        }
    }

    fn finir(&mut self, lignes: u64) {
        self.fermer_la_declaration(false);
        self.fermer_l_envoi(lignes.max(1));
        if self.rapport.declarations + self.rapport.declarations_ecartees == 0 {
            self.signaler(lignes.max(1), Constat::SansDeclaration);
        }
        self.finie = true;
    }
}
