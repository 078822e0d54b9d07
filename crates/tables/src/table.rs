//! What the CSV files share: their header, a person on each line, and a word for each line that cannot be understood.
//! No store, no clock.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};
use std::marker::PhantomData;

use domaine::identite::nir::coherence;
use domaine::identite::{DateNaissance, Nir, Nir13, Nom};
use domaine::mesures::{Day, Year};
use domaine::told::NamedPerson;

use crate::csv::Records;
use crate::encoding::{Encoding, survey};
use crate::values::{self, fold, hundredths, lost_figures, whole, without_midnight};

/// Nobody could open an account with both.
pub const NIR_AND_NAISSANCE: &str = "Le NIR et la date de naissance ne disent pas la même année ou le même mois : vérifiez l'un et l'autre, puis redonnez-les.";

/// A kind of CSV file: what its lines say.
pub trait Table {
    /// What a line says of its person.
    type Said;

    /// The columns that must be there.
    const REQUIRED: &'static [&'static str];
    /// Those that may be.
    const ALLOWED: &'static [&'static str];

    /// What a line says; else the column at fault and what is expected there, never its value.
    ///
    /// # Errors
    /// A sentence for whoever has to mend the line.
    fn understand(line: &Row<'_>, today: Day) -> Result<Self::Said, String>;
}

/// The number of a line, and what it says of whom; else why it was left out, for whoever has to mend it.
pub type ReadRow<D> = (u64, Result<(NamedPerson, D), String>);

/// Why nothing more can be read of a file.
#[derive(Debug, thiserror::Error)]
pub enum ReadFault {
    /// The source failed.
    #[error(transparent)]
    Source(io::Error),
    /// It is no file of the kind: how it is written, or what its columns are called; with the remedy.
    #[error("{0}")]
    Format(String),
}

/// Reads a whole file before anything of it is used: how it is written; a fault of form anywhere refuses it. `open` gives
/// it from its start each time.
///
/// # Errors
/// [`ReadFault`] says what is wrong, where, and how to mend it.
pub fn check<T: Table, R: Read>(mut open: impl FnMut() -> io::Result<R>) -> Result<Encoding, ReadFault> {
    let encoding = survey(open().map_err(ReadFault::Source)?).map_err(ReadFault::Source)?.map_err(ReadFault::Format)?;
    let mut rows = Rows::open::<T>(open().map_err(ReadFault::Source)?, encoding)?;
    while rows.read_next::<T>()?.is_some() {}
    Ok(encoding)
}

/// A file being read: bytes in, what each line says out. No store, no clock.
pub struct TableReader<T, R> {
    rows: Rows<R>,
    today: Day,
    format: PhantomData<T>,
}

impl<T: Table, R: Read> TableReader<T, R> {
    /// Reads the names of the columns, of a file that [`check`] has read.
    ///
    /// # Errors
    /// [`ReadFault`] when the source fails, or the file is not the one that was checked.
    pub fn open(source: R, encoding: Encoding, today: Day) -> Result<Self, ReadFault> {
        Ok(Self { rows: Rows::open::<T>(source, encoding)?, today, format: PhantomData })
    }

    /// The next line that holds anything; nothing at the end. Every one of them is either understood or told.
    ///
    /// # Errors
    /// As [`TableReader::open`].
    pub fn read_next(&mut self) -> Result<Option<ReadRow<T::Said>>, ReadFault> {
        let Some((number, values)) = self.rows.read_next::<T>()? else { return Ok(None) };
        let line = Row::new(&self.rows.columns, &values);
        let read = line.person(self.today).and_then(|person| {
            let said = T::understand(&line, self.today)?;
            Ok((person, said))
        });
        Ok(Some((number, read)))
    }
}

/// Rows whose values each have a column.
struct Rows<R> {
    records: Records<R>,
    /// Their names; empty for a column that nothing names, and that nothing may stand in.
    columns: Vec<String>,
}

impl<R: Read> Rows<R> {
    fn open<T: Table>(source: R, encoding: Encoding) -> Result<Self, ReadFault> {
        let known = |name: &str| T::REQUIRED.contains(&name) || T::ALLOWED.contains(&name);
        let mut records = Records::new(source, encoding);
        let header = records.header(|name| known(&fold(name)))?;
        let columns: Vec<String> = header.iter().map(|name| fold(name)).collect();
        judge::<T>(&header, &columns, known).map_err(ReadFault::Format)?;
        Ok(Self { records, columns })
    }

    /// A row with as many values as there are columns: a sheet drops the empty ones at the end, or adds some.
    fn read_next<T: Table>(&mut self) -> Result<Option<(u64, Vec<String>)>, ReadFault> {
        let Some((number, mut values)) = self.records.read_next()? else { return Ok(None) };
        let fault =
            |what: String| Err(ReadFault::Format(format!("ligne {number} : {what} ; rien n'est lu du fichier")));
        let columns = self.columns.len();
        let more = values.get(columns..).is_some_and(|more| more.iter().any(|value| !value.is_empty()));
        let required = self.columns.iter().rposition(|column| T::REQUIRED.contains(&column.as_str()));
        let fewer = required.is_some_and(|place| values.len() <= place);
        if more || fewer {
            let remedy = if more {
                "une valeur contient sans doute le séparateur (un nombre à virgule ?) : mettez-la entre guillemets, ou \
                 séparez les colonnes par des points-virgules"
            } else {
                "un retour à la ligne coupe sans doute une valeur : mettez-la sur une ligne, ou entre guillemets"
            };
            return fault(format!("{} valeurs pour {columns} colonnes ; {remedy}", values.len()));
        }
        values.resize(columns, String::new());
        let nameless =
            self.columns.iter().zip(&values).position(|(column, value)| column.is_empty() && !value.is_empty());
        if let Some(place) = nameless {
            return fault(format!(
                "la colonne {} n'a pas de nom et porte une valeur : nommez-la, ou videz-la",
                place + 1
            ));
        }
        Ok(Some((number, values)))
    }
}

fn judge<T: Table>(header: &[String], columns: &[String], known: impl Fn(&str) -> bool) -> Result<(), String> {
    if columns.is_empty() {
        return Err("il est vide : aucune ligne ne nomme les colonnes ; voir docs/importer.md".to_owned());
    }
    let missing = T::REQUIRED.iter().find(|required| !columns.iter().any(|column| column == *required));
    let mut seen = HashSet::new();
    for (column, (index, name)) in columns.iter().zip((1..).zip(header)) {
        if column.is_empty() {
            continue;
        }
        if !known(column) {
            // Never what stands there, unless it is a header for sure: a file without one begins with somebody.
            return Err(match missing {
                None => format!(
                    "la {index}e colonne, « {name} », n'est pas connue : retirez-la, ou donnez-lui un nom de docs/importer.md"
                ),
                Some(_) => format!(
                    "la première ligne doit nommer les colonnes, et la {index}e n'a pas un nom connu ; voir \
                     docs/importer.md"
                ),
            });
        }
        if !seen.insert(column) {
            return Err(format!("la colonne « {column} » est deux fois dans l'en-tête"));
        }
    }
    match missing {
        Some(missing) => Err(format!("la colonne « {missing} » manque ; voir docs/importer.md")),
        None => Ok(()),
    }
}

/// A line, by the name of its columns.
pub struct Row<'a>(HashMap<&'a str, &'a str>);

impl<'a> Row<'a> {
    fn new(columns: &'a [String], values: &'a [String]) -> Self {
        Self(columns.iter().map(String::as_str).zip(values.iter().map(String::as_str)).collect())
    }

    /// The value of that column; nothing when there is no such column.
    pub(crate) fn value(&self, column: &str) -> &'a str {
        self.0.get(column).copied().unwrap_or_default()
    }

    /// A short text on one line, which may be empty.
    pub(crate) fn text(&self, column: &str, what: &str) -> Result<&'a str, String> {
        let text = self.value(column);
        if lost_figures(text) {
            return Err(lost(column));
        }
        let right = text.chars().count() <= 80 && !text.chars().any(char::is_control);
        right.then_some(text).ok_or_else(|| expected(column, what))
    }

    /// A day, or nothing.
    pub(crate) fn day(&self, column: &str) -> Result<Option<Day>, String> {
        match self.value(column) {
            "" => Ok(None),
            text => values::day(text).map(Some).ok_or_else(|| expected(column, "JJ/MM/AAAA ou AAAA-MM-JJ")),
        }
    }

    pub(crate) fn year(&self) -> Result<Year, String> {
        let year = whole(self.value("annee")).parse().ok().and_then(|year: u16| Year::new(year).ok());
        year.ok_or_else(|| expected("annee", "une année en quatre chiffres"))
    }

    /// A number in hundredths, or nothing.
    pub(crate) fn hundredths(&self, column: &str) -> Result<Option<u32>, String> {
        match self.value(column) {
            "" => Ok(None),
            text => hundredths(text).map(Some).ok_or_else(|| expected(column, "un nombre à deux décimales au plus")),
        }
    }

    pub(crate) fn yes(&self, column: &str) -> Result<bool, String> {
        // A sheet has words of its own for it.
        match fold(self.value(column)).as_str() {
            "" | "non" | "faux" => Ok(false),
            "oui" | "vrai" => Ok(true),
            _ => Err(expected(column, "oui ou non")),
        }
    }

    /// Who the line is about.
    fn person(&self, today: Day) -> Result<NamedPerson, String> {
        // Somebody may have one name only: an empty cell, or a word that says so.
        let name = |column| match self.value(column) {
            "" => Ok(Nom::none()),
            text => Nom::parse_if_any(text).map_err(|_| expected(column, "un nom en lettres")),
        };
        let (nom, prenoms) = (name("nom_naissance")?, name("prenoms")?);
        if Nom::compared(&nom, &prenoms).is_none() {
            return Err(expected("nom_naissance ou prenoms", "un nom en lettres"));
        }
        let naissance = DateNaissance::parse(without_midnight(self.value("date_naissance")), today)
            .ok()
            .filter(|naissance| naissance.year() >= 1850)
            .ok_or_else(|| expected("date_naissance", "JJ/MM/AAAA ou AAAA-MM-JJ"))?;
        let nir = self.nir()?;
        if coherence(&nir, &naissance).is_err() {
            return Err(NIR_AND_NAISSANCE.to_owned());
        }
        Ok(NamedPerson { nir, nom: Some(nom), prenoms: Some(prenoms), naissance, former_nir: None })
    }

    /// Thirteen characters, or fifteen with a key that must agree; the key may have a column of its own.
    fn nir(&self) -> Result<Nir13, String> {
        let wrong = |_| expected("nir", "les 13 caractères du NIR, ou 15 avec sa clé");
        if lost_figures(self.value("nir")) {
            return Err(lost("nir"));
        }
        let nir: String = whole(self.value("nir")).chars().filter(|sign| !sign.is_whitespace()).collect();
        let key = whole(self.value("cle"));
        if !key.is_empty() {
            let wrong = |_| expected("nir ou cle", "un NIR et la clé qui lui correspond");
            // A sheet drops the zero of « 05 ».
            return Nir::parse(&nir, &format!("{key:0>2}")).map(|nir| nir.body().clone()).map_err(wrong);
        }
        if nir.chars().count() > 13 {
            return Nir::parse15(&nir).map(|nir| nir.body().clone()).map_err(wrong);
        }
        Nir13::parse(&nir).map_err(wrong)
    }
}

/// What to do about a number of which a sheet kept the first figures alone (« 2,85073E+12 »).
fn lost(column: &str) -> String {
    format!(
        "{column} : le tableur n'a gardé que les premiers chiffres (« 2,85E+12 ») : mettez la colonne au format Texte, \
         reprenez les numéros de leur source, puis enregistrez de nouveau."
    )
}

/// What a column lacks.
pub(crate) fn expected(column: &str, what: &str) -> String {
    format!("{column} : {what} est attendu.")
}
