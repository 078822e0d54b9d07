//! `acquis releve` and `acquis releves`: statements on the command line, one to read and all to keep. The same
//! rules and the same facts as the screen; the sentences are the screen's alone.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write};

use domaine::bareme::Bareme;
use domaine::droits::{Ligne, Releve, Situation, calculate};
use domaine::identite::{DateNaissance, Nir, Nir13};
use domaine::mesures::{Day, HoursVariation};
use serde::Serialize;
use store::{Store, StoreError};
use vault::Vault;

use crate::console::{Console, Progress};
use crate::wording::{format_day, to_euros};

/// How many people are read at a time.
const BATCH: i64 = 1_000;

/// Why a statement cannot be given.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// What was typed is no NIR.
    #[error("un NIR de 13 caractères est attendu, ou de 15 avec une clé qui lui correspond")]
    Nir,
    /// What was typed after the NIR is no birth date.
    #[error("après le NIR, la date de naissance s'écrit JJ/MM/AAAA ou AAAA-MM-JJ")]
    Naissance,
    /// Nobody has that NIR.
    #[error(
        "personne n'est connu sous ce NIR (et cette année de naissance) : vérifiez-le, ou importez d'abord \
         ses déclarations"
    )]
    Unknown,
    /// Two people have it, a hundred years apart.
    #[error(
        "deux personnes nées à un siècle d'intervalle ont ce NIR : donnez aussi la date de naissance, après \
         une espace"
    )]
    Several,
    /// The terminal or the file.
    #[error(transparent)]
    Reader(#[from] io::Error),
    /// The database.
    #[error(transparent)]
    StoreError(#[from] StoreError),
}

/// Who is asked for, as typed: never on the command line, where everybody on the machine could read it.
pub struct Wanted {
    nir: Nir13,
    naissance: Option<DateNaissance>,
}

impl Wanted {
    /// Reads « NIR », or « NIR JJ/MM/AAAA », from the first line.
    ///
    /// # Errors
    /// [`Refusal`] when it is neither.
    pub fn parse(source: impl Read, today: Day) -> Result<Self, Refusal> {
        let mut ligne = String::new();
        BufReader::new(source).read_line(&mut ligne)?;
        Self::understand(&ligne, today)
    }

    fn understand(ligne: &str, today: Day) -> Result<Self, Refusal> {
        let mut nir = ligne.trim().to_owned();
        let mut naissance = None;
        // A date is the only part with a slash or a dash; the NIR may be typed in groups.
        if let Some((before, date)) = ligne.trim().rsplit_once(char::is_whitespace)
            && date.contains(['/', '-'])
        {
            naissance = Some(DateNaissance::parse(date, today).map_err(|_| Refusal::Naissance)?);
            nir = before.to_owned();
        }
        let compact: String = nir.chars().filter(|sign| !sign.is_whitespace()).collect();
        let read = if compact.chars().count() > 13 {
            Nir::parse15(&compact).map(|nir| nir.body().clone()).ok()
        } else {
            Nir13::parse(&compact).ok()
        };
        Ok(Self { nir: read.ok_or(Refusal::Nir)?, naissance })
    }
}

/// A statement, and of whom.
pub struct Found {
    /// The identifier of the person.
    pub person: String,
    /// Their statement.
    pub releve: Releve,
}

/// The statement of one person on that day.
///
/// # Errors
/// [`Refusal`] says why there is none.
pub async fn releves(
    store: &Store,
    vault: &Vault,
    wanted: &Wanted,
    as_of: Day,
    bareme: &Bareme,
) -> Result<Found, Refusal> {
    let mut read_tx = store.read_tx().await?;
    let mut found = read_tx.by_nir(&vault.nir_digests(wanted.nir.as_str())).await?;
    if let Some(naissance) = &wanted.naissance {
        found.retain(|(year, ..)| *year == naissance.year());
    }
    match found.as_slice() {
        [] => Err(Refusal::Unknown),
        [(_, person, situation)] => Ok(Found { person: person.clone(), releve: calculate(situation, as_of, bareme) }),
        _ => Err(Refusal::Several),
    }
}

/// A statement of everybody: one JSON object a line, in the order of the identifiers.
#[derive(Serialize)]
struct All<'a> {
    /// An identifier drawn at random: it leads to a person in this database only.
    #[serde(rename = "personne")]
    person: &'a str,
    releve: &'a Releve,
}

/// Writes everybody's statement on that day; gives how many.
///
/// # Errors
/// [`Refusal`] when the database or the destination fails.
pub async fn all_releves(
    store: &Store,
    console: &dyn Console,
    as_of: Day,
    bareme: &Bareme,
    towards: impl Write,
) -> Result<u64, Refusal> {
    let mut towards = io::BufWriter::new(towards);
    let mut progress = Progress::new(console, "relevés", store.count_people().await?);
    let (mut read_tx, mut after, mut count) = (store.read_tx().await?, String::new(), 0);
    loop {
        let batch: Vec<(String, Situation)> = read_tx.situations(&after, BATCH).await?;
        let Some((last, _)) = batch.last() else { break };
        after.clone_from(last);
        for (person, situation) in &batch {
            let all = All { person, releve: &calculate(situation, as_of, bareme) };
            serde_json::to_writer(&mut towards, &all).map_err(io::Error::from)?;
            towards.write_all(b"\n")?;
            count += 1;
        }
        progress.advance(count);
    }
    towards.flush()?;
    progress.finish();
    Ok(count)
}

/// The statement as a table, for a terminal.
pub fn to_table(releve: &Releve) -> String {
    let mut table = format!("Relevé au {}\n\n", format_day(releve.as_of));
    let _ = writeln!(table, "{:<10}  {:>12}  {:>12}  règle", "date", "mouvement", "solde");
    for ligne in &releve.lignes {
        row(&mut table, ligne);
    }
    let _ = writeln!(
        table,
        "\nSolde : {}, dont {} de DIF ; plafond : {}",
        solde(to_euros(releve.solde), releve.solde_hours),
        to_euros(releve.dif_part),
        to_euros(releve.plafond)
    );
    if !releve.earned.is_empty() {
        table.push_str("\nAcquis, pas encore utilisable :\n");
        for ligne in &releve.earned {
            row(&mut table, ligne);
        }
    }
    table
}

// Writing into a text cannot fail.
fn row(table: &mut String, ligne: &Ligne) {
    let mouvement = if ligne.hours.is_zero() { to_euros(ligne.montant) } else { hours(ligne.hours) };
    let _ = writeln!(
        table,
        "{:<10}  {:>12}  {:>12}  {}, {}",
        format_day(ligne.date),
        mouvement,
        to_euros(ligne.solde),
        ligne.source.text,
        ligne.source.article
    );
    if !ligne.withheld.is_zero() {
        let _ = writeln!(table, "{:<10}  {:>12}  retenu par le plafond ou non payé", "", to_euros(ligne.withheld));
    }
}

fn hours(hours: HoursVariation) -> String {
    format!("{hours}\u{a0}h")
}

fn solde(euros: String, to_hours: HoursVariation) -> String {
    if to_hours.is_zero() { euros } else { format!("{euros} et {}", hours(to_hours)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Day = Day::date(2026, 11, 25);

    fn parse(ligne: &str) -> Result<(String, Option<u16>), String> {
        let wanted = Wanted::understand(ligne, DAY).map_err(|refusal| refusal.to_string())?;
        Ok((wanted.nir.as_str().to_owned(), wanted.naissance.map(|naissance| naissance.year())))
    }

    #[test]
    fn a_number_is_read_with_its_key_in_groups_and_before_a_date() {
        let nir = "2790351215189".to_owned();
        assert_eq!(parse("2790351215189\n"), Ok((nir.clone(), None)));
        assert_eq!(parse(" 2 79 03 51 215 189 89"), Ok((nir.clone(), None)));
        assert_eq!(parse("2 79 03 51 215 189 28/03/1979"), Ok((nir.clone(), Some(1979))));
        assert_eq!(parse("279035121518989 1979-03-28"), Ok((nir, Some(1979))));
    }

    #[test]
    fn what_is_no_number_and_no_date_is_told_without_being_repeated() {
        for (ligne, expected) in
            [("", "13 caractères"), ("279035121518988", "clé"), ("2790351215189 31/02/1979", "date")]
        {
            let said = parse(ligne).expect_err("a refusal");
            assert!(said.contains(expected) && !said.contains("27903"), "{ligne}: {said}");
        }
    }
}
