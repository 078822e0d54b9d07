//! `acquis releve` and `acquis releves`: statements on the command line, one to read and all to keep. The same
//! rules and the same facts as the screen; the sentences are the screen's alone.

use std::fmt::{self, Write as _};
use std::io::{self, BufRead, IsTerminal as _, Write};

use domaine::bareme::Bareme;
use domaine::droits::{Ligne, Releve, Situation, calculer};
use domaine::identite::{DateNaissance, Nir, Nir13};
use domaine::mesures::{Jour, VariationHeures};
use serde::Serialize;
use store::{Panne, Store};
use vault::Coffre;

use crate::progress::Progression;
use crate::wording::{en_euros, en_jour};

/// How many people are read at a time.
const LOT: i64 = 1_000;

/// Why a statement cannot be given.
#[derive(Debug)]
pub enum Refus {
    /// What was typed is no NIR.
    Nir,
    /// What was typed after the NIR is no birth date.
    Naissance,
    /// Nobody has that NIR.
    Inconnue,
    /// Two people have it, a hundred years apart.
    Plusieurs,
    /// The terminal or the file.
    Lecture(io::Error),
    /// The database.
    Panne(Panne),
}

impl fmt::Display for Refus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nir => f.write_str("un NIR de 13 caractères est attendu, ou de 15 avec une clé qui lui correspond"),
            Self::Naissance => f.write_str("après le NIR, la date de naissance s'écrit JJ/MM/AAAA ou AAAA-MM-JJ"),
            Self::Inconnue => f.write_str(
                "personne n'est connu sous ce NIR (et cette année de naissance) : vérifiez-le, ou importez d'abord \
                 ses déclarations",
            ),
            Self::Plusieurs => f.write_str(
                "deux personnes nées à un siècle d'intervalle ont ce NIR : donnez aussi la date de naissance, après \
                 une espace",
            ),
            Self::Lecture(erreur) => write!(f, "{erreur}"),
            Self::Panne(panne) => write!(f, "{panne}"),
        }
    }
}

impl std::error::Error for Refus {}

impl From<Panne> for Refus {
    fn from(panne: Panne) -> Self {
        Self::Panne(panne)
    }
}

impl From<io::Error> for Refus {
    fn from(erreur: io::Error) -> Self {
        Self::Lecture(erreur)
    }
}

/// Who is asked for, as typed: never on the command line, where everybody on the machine could read it.
pub struct Demande {
    nir: Nir13,
    naissance: Option<DateNaissance>,
}

impl Demande {
    /// Reads « NIR », or « NIR JJ/MM/AAAA », from the first line; asks for it when somebody is there to answer.
    ///
    /// # Errors
    /// [`Refus`] when it is neither.
    pub fn lire(mut source: impl BufRead, aujourdhui: Jour) -> Result<Self, Refus> {
        if io::stdin().is_terminal() {
            write!(io::stderr(), "NIR, puis la date de naissance si elle est utile : ")?;
        }
        let mut ligne = String::new();
        source.read_line(&mut ligne)?;
        Self::comprendre(&ligne, aujourdhui)
    }

    fn comprendre(ligne: &str, aujourdhui: Jour) -> Result<Self, Refus> {
        let mut nir = ligne.trim().to_owned();
        let mut naissance = None;
        // A date is the only part with a slash or a dash; the NIR may be typed in groups.
        if let Some((avant, date)) = ligne.trim().rsplit_once(char::is_whitespace)
            && date.contains(['/', '-'])
        {
            naissance = Some(DateNaissance::parse(date, aujourdhui).map_err(|_| Refus::Naissance)?);
            nir = avant.to_owned();
        }
        let compact: String = nir.chars().filter(|signe| !signe.is_whitespace()).collect();
        let lu = if compact.chars().count() > 13 {
            Nir::parse15(&compact).map(|nir| nir.corps().clone()).ok()
        } else {
            Nir13::parse(&compact).ok()
        };
        Ok(Self { nir: lu.ok_or(Refus::Nir)?, naissance })
    }
}

/// The statement of one person on that day.
///
/// # Errors
/// [`Refus`] says why there is none.
pub async fn relever(
    store: &Store,
    coffre: &Coffre,
    demande: &Demande,
    au: Jour,
    bareme: &Bareme,
) -> Result<Releve, Refus> {
    let mut lecture = store.lecture().await?;
    let mut trouvees = lecture.par_nir(&coffre.empreinte_nir(demande.nir.as_str())).await?;
    if let Some(naissance) = &demande.naissance {
        trouvees.retain(|(annee, _)| *annee == naissance.annee());
    }
    match trouvees.as_slice() {
        [] => Err(Refus::Inconnue),
        [(_, situation)] => Ok(calculer(situation, au, bareme)),
        _ => Err(Refus::Plusieurs),
    }
}

/// A statement of everybody: one JSON object a line, in the order of the identifiers.
#[derive(Serialize)]
struct Tous<'a> {
    /// An identifier drawn at random: it leads to a person in this database only.
    personne: &'a str,
    releve: &'a Releve,
}

/// Writes everybody's statement on that day; gives how many.
///
/// # Errors
/// [`Refus`] when the database or the destination fails.
pub async fn relever_tout(store: &Store, au: Jour, bareme: &Bareme, vers: impl Write) -> Result<u64, Refus> {
    let mut vers = io::BufWriter::new(vers);
    let mut progression = Progression::new("relevés", store.compter_les_personnes().await?);
    let (mut lecture, mut apres, mut nombre) = (store.lecture().await?, String::new(), 0);
    loop {
        let lot: Vec<(String, Situation)> = lecture.situations(&apres, LOT).await?;
        let Some((derniere, _)) = lot.last() else { break };
        apres.clone_from(derniere);
        for (personne, situation) in &lot {
            let tous = Tous { personne, releve: &calculer(situation, au, bareme) };
            serde_json::to_writer(&mut vers, &tous).map_err(io::Error::from)?;
            vers.write_all(b"\n")?;
            nombre += 1;
        }
        progression.avancer(nombre);
    }
    vers.flush()?;
    progression.finir();
    Ok(nombre)
}

/// The statement as a table, for a terminal.
pub fn en_table(releve: &Releve) -> String {
    let mut table = format!("Relevé au {}\n\n", en_jour(releve.au));
    let _ = writeln!(table, "{:<10}  {:>12}  {:>12}  règle", "date", "mouvement", "solde");
    for ligne in &releve.lignes {
        rangee(&mut table, ligne);
    }
    let _ = writeln!(
        table,
        "\nSolde : {}, dont {} de DIF ; plafond : {}",
        solde(en_euros(releve.solde), releve.solde_heures),
        en_euros(releve.dont_dif),
        en_euros(releve.plafond)
    );
    if !releve.acquises.is_empty() {
        table.push_str("\nAcquis, pas encore utilisable :\n");
        for ligne in &releve.acquises {
            rangee(&mut table, ligne);
        }
    }
    table
}

// Writing into a text cannot fail.
fn rangee(table: &mut String, ligne: &Ligne) {
    let mouvement = if ligne.heures.est_nulle() { en_euros(ligne.montant) } else { heures(ligne.heures) };
    let _ = writeln!(
        table,
        "{:<10}  {:>12}  {:>12}  {}, {}",
        en_jour(ligne.date),
        mouvement,
        en_euros(ligne.solde),
        ligne.source.texte,
        ligne.source.article
    );
    if !ligne.retenu.est_nul() {
        let _ = writeln!(table, "{:<10}  {:>12}  retenu par le plafond ou non payé", "", en_euros(ligne.retenu));
    }
}

fn heures(heures: VariationHeures) -> String {
    format!("{heures}\u{a0}h")
}

fn solde(euros: String, en_heures: VariationHeures) -> String {
    if en_heures.est_nulle() { euros } else { format!("{euros} et {}", heures(en_heures)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOUR: Jour = Jour::date(2026, 11, 25);

    fn lire(ligne: &str) -> Result<(String, Option<u16>), String> {
        let demande = Demande::comprendre(ligne, JOUR).map_err(|refus| refus.to_string())?;
        Ok((demande.nir.as_str().to_owned(), demande.naissance.map(|naissance| naissance.annee())))
    }

    #[test]
    fn a_number_is_read_with_its_key_in_groups_and_before_a_date() {
        let nir = "2790351215189".to_owned();
        assert_eq!(lire("2790351215189\n"), Ok((nir.clone(), None)));
        assert_eq!(lire(" 2 79 03 51 215 189 89"), Ok((nir.clone(), None)));
        assert_eq!(lire("2 79 03 51 215 189 28/03/1979"), Ok((nir.clone(), Some(1979))));
        assert_eq!(lire("279035121518989 1979-03-28"), Ok((nir, Some(1979))));
    }

    #[test]
    fn what_is_no_number_and_no_date_is_told_without_being_repeated() {
        for (ligne, attendu) in
            [("", "13 caractères"), ("279035121518988", "clé"), ("2790351215189 31/02/1979", "date")]
        {
            let dit = lire(ligne).expect_err("a refusal");
            assert!(dit.contains(attendu) && !dit.contains("27903"), "{ligne}: {dit}");
        }
    }
}
