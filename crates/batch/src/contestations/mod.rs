//! `acquis contestations`: what an operator reads of the disputed lines, and says about them. Whatever a person wrote is
//! shown by the file of one request alone.

mod sheet;

use std::fmt::{self, Write as _};
use std::fs::File;
use std::io::{self, IsTerminal as _, Read, Write as _};
use std::path::{Path, PathBuf};

use domaine::bareme::Bareme;
use domaine::droits::{RAISON_MAXIMALE, RaisonInvalide, StatutDemande, lire_raison};
use domaine::mesures::{Euros, Jour, VariationHeures};
use store::{OPERATEUR, Operation, Panne, Resultat, Store, Suite, Suivi};

use crate::Moment;
use crate::wording::{en_euros, en_jour, nombre, sans_commande};

/// What is done about a disputed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Geste {
    /// Shows it whole.
    Montrer,
    /// Says that somebody looks at it.
    EnCours,
    /// Answers with the text of that file, `-` for the standard input.
    Repondre(PathBuf),
    /// Adds such a text to the answer.
    Completer(PathBuf),
}

/// Why nothing was shown or recorded.
#[derive(Debug)]
pub enum Refus {
    /// No request has this reference.
    Inconnue(String),
    /// It was answered that day.
    DejaRepondue(Jour),
    /// There is no answer to add to.
    PasRepondue,
    /// The answer is not one.
    Texte(RaisonInvalide),
    /// The answer is not in UTF-8.
    Octets,
    /// The answer cannot be read.
    Lecture(PathBuf, io::Error),
    /// The store failed.
    Base(Panne),
}

impl fmt::Display for Refus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inconnue(reference) => write!(
                f,
                "aucune contestation n'a la référence « {} » ; « acquis contestations --toutes » les donne toutes",
                sans_commande(reference)
            ),
            Self::DejaRepondue(le) => write!(
                f,
                "cette contestation a une réponse du {}, que le titulaire a pu lire et qui ne se remplace pas ; \
                 --completer en ajoute une à la suite",
                en_jour(*le)
            ),
            Self::PasRepondue => {
                f.write_str("cette contestation n'a pas de réponse à compléter ; --repondre donne la première")
            }
            Self::Texte(RaisonInvalide::Vide) => f.write_str("la réponse est vide : rien n'a été enregistré"),
            Self::Texte(RaisonInvalide::TropLongue) => {
                write!(f, "la réponse dépasse {} caractères : rien n'a été enregistré", nombre(RAISON_MAXIMALE as u64))
            }
            Self::Texte(RaisonInvalide::Caractere) => f.write_str(
                "la réponse contient un signe invisible qui n'est pas du texte : rien n'a été enregistré ; ôtez-le",
            ),
            Self::Octets => f.write_str("la réponse n'est pas en UTF-8 : rien n'a été enregistré ; convertissez-la"),
            Self::Lecture(chemin, erreur) => write!(f, "{} : lecture impossible : {erreur}", chemin.display()),
            Self::Base(panne) => write!(f, "la base de données a fait défaut : {panne} ; rien n'a été enregistré"),
        }
    }
}

impl std::error::Error for Refus {}

impl From<Panne> for Refus {
    fn from(panne: Panne) -> Self {
        Self::Base(panne)
    }
}

/// The requests of everybody, oldest first, each on a line that says nothing of its holder.
///
/// # Errors
/// [`Panne`] when the database fails.
pub async fn lister(store: &Store, toutes: bool) -> Resultat<String> {
    let contestations = store.contestations_de_tous(toutes).await?;
    let mut texte = String::new();
    for contestation in &contestations {
        let _ = writeln!(
            texte,
            "{}  {}  ligne du {}, {}  {}  {}",
            contestation.reference,
            en_jour(contestation.deposee_le),
            en_jour(contestation.ligne.date),
            mouvement(contestation.montant, contestation.heures),
            contestation.destinataire.code(),
            statut(contestation.statut()),
        );
    }
    let attendent = contestations.iter().filter(|c| c.statut() != StatutDemande::Repondue).count();
    let _ = writeln!(texte, "en attente d'une réponse : {}", nombre(attendent as u64));
    Ok(texte)
}

/// Does that about the request of this reference, and tells what became of it.
///
/// # Errors
/// [`Refus`] says why nothing was shown or recorded.
pub async fn suivre(
    store: &Store,
    moment: Moment,
    bareme: &Bareme,
    reference: &str,
    geste: &Geste,
) -> Result<String, Refus> {
    let inconnue = || Refus::Inconnue(reference.to_owned());
    let contestation = store.contestation(&reference.to_uppercase()).await?.ok_or_else(inconnue)?;
    let (aujourdhui, maintenant) = (moment.today, moment.now);
    let source = match geste {
        Geste::Montrer => {
            let compte = store.compte(&contestation.compte).await?.ok_or_else(inconnue)?;
            let situation = store.situation(&compte.personne).await?.ok_or(Panne::Donnee("personne"))?;
            store.noter(maintenant, OPERATEUR, Operation::ContestationLue).await?;
            return Ok(sheet::rediger(&contestation, &situation, aujourdhui, bareme));
        }
        Geste::EnCours => None,
        Geste::Repondre(source) | Geste::Completer(source) => Some(source),
    };
    let suite = |texte| match geste {
        Geste::Repondre(_) => Suite::Reponse(texte),
        Geste::Completer(_) => Suite::Complement(texte),
        Geste::Montrer | Geste::EnCours => Suite::PriseEnCharge,
    };
    // Told before anything is typed; the store asks itself again.
    if let Some(empechement) = suite("").empechement(&contestation) {
        return dire(&contestation.reference, geste, empechement);
    }
    let texte = source.map(|source| lire(source)).transpose()?.unwrap_or_default();
    let suivi = store.suivre_contestation(&contestation.reference, suite(&texte), aujourdhui, maintenant).await?;
    dire(&contestation.reference, geste, suivi)
}

fn dire(reference: &str, geste: &Geste, suivi: Suivi) -> Result<String, Refus> {
    let dit = match (suivi, geste) {
        (Suivi::Fait, Geste::EnCours | Geste::Montrer) => "en cours, et le titulaire le voit".to_owned(),
        (Suivi::Fait, Geste::Repondre(_)) => "réponse enregistrée, que le titulaire lit dans son historique".to_owned(),
        (Suivi::Fait, Geste::Completer(_)) => "complément enregistré, que le titulaire lit sous la réponse".to_owned(),
        (Suivi::DejaEnCours(le), _) => format!("déjà en cours depuis le {}, rien n'a changé", en_jour(le)),
        (Suivi::Inconnue, _) => return Err(Refus::Inconnue(reference.to_owned())),
        (Suivi::DejaRepondue(le), _) => return Err(Refus::DejaRepondue(le)),
        (Suivi::PasRepondue, _) => return Err(Refus::PasRepondue),
    };
    Ok(format!("{reference} : {dit}\n"))
}

/// The answer in that file, or on the standard input: text, and no more of it than is needed to judge it.
fn lire(source: &Path) -> Result<String, Refus> {
    let echec = |erreur| Refus::Lecture(source.to_owned(), erreur);
    let entree: Box<dyn Read> = if source == Path::new("-") {
        if io::stdin().is_terminal() {
            // Nobody to tell when the terminal is gone.
            let _ = writeln!(io::stderr(), "Tapez la réponse, puis Ctrl-D sur une ligne vide :");
        }
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(source).map_err(echec)?)
    };
    // Four bytes at most for each character, and as much again for line endings and blanks.
    let maximum = 8 * RAISON_MAXIMALE;
    let mut octets = Vec::new();
    entree.take(maximum as u64 + 1).read_to_end(&mut octets).map_err(echec)?;
    if octets.len() > maximum {
        return Err(Refus::Texte(RaisonInvalide::TropLongue));
    }
    let texte = String::from_utf8(octets).map_err(|_| Refus::Octets)?;
    // Some editors begin a file with a mark.
    lire_raison(texte.strip_prefix('\u{feff}').unwrap_or(&texte)).map_err(Refus::Texte)
}

/// What a line adds or takes.
fn mouvement(montant: Euros, heures: VariationHeures) -> String {
    if heures.est_nulle() { en_euros(montant) } else { format!("{heures}\u{a0}h") }
}

const fn statut(statut: StatutDemande) -> &'static str {
    match statut {
        StatutDemande::Recue => "reçue",
        StatutDemande::EnCours => "en cours",
        StatutDemande::Repondue => "répondue",
    }
}
