//! What the CSV files share: their header, a person on each line, and a word for each line that cannot be understood.
//! No store, no clock.

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};
use std::marker::PhantomData;

use domaine::identite::nir::coherence;
use domaine::identite::{DateNaissance, Nir, Nir13, Nom};
use domaine::mesures::{Day, Year};
use domaine::told::NamedPerson;

use crate::csv::{Default, Lines, MAX_LINE};
use crate::days::parse_day;

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

/// A file being read: bytes in, what each line says out. No store, no clock.
pub struct TableReader<T, R> {
    lines: Lines<R>,
    columns: Vec<String>,
    today: Day,
    format: PhantomData<T>,
}

impl<T: Table, R: Read> TableReader<T, R> {
    /// Reads the names of the columns; says what is wrong with them when this is no such file.
    ///
    /// # Errors
    /// Those of the source.
    pub fn open(source: R, today: Day) -> io::Result<Result<Self, String>> {
        let mut lines = Lines::new(source);
        let columns = lines.header()?;
        Ok(check::<T>(&columns).map(|()| Self { lines, columns, today, format: PhantomData }))
    }

    /// The next line that holds anything; nothing at the end. Every one of them is either understood or told.
    ///
    /// # Errors
    /// Those of the source.
    pub fn read_next(&mut self) -> io::Result<Option<ReadRow<T::Said>>> {
        let Some((number, values)) = self.lines.read_next()? else { return Ok(None) };
        let read = match &values {
            Err(Default::Quotes) => Err("Des guillemets ne sont pas refermés.".to_owned()),
            Err(Default::TooLong) => Err(format!("Plus de {MAX_LINE} octets.")),
            Ok(values) if values.len() != self.columns.len() => {
                Err(format!("{} valeurs pour {} colonnes.", values.len(), self.columns.len()))
            }
            Ok(values) => {
                let line = Row::new(&self.columns, values);
                line.person(self.today).and_then(|person| {
                    let said = T::understand(&line, self.today)?;
                    Ok((person, said))
                })
            }
        };
        Ok(Some((number, read)))
    }
}

fn check<T: Table>(columns: &[String]) -> Result<(), String> {
    let mut views = HashSet::new();
    for (column, index) in columns.iter().zip(1..) {
        if !T::REQUIRED.contains(&column.as_str()) && !T::ALLOWED.contains(&column.as_str()) {
            // Never what stands there: a file without a header begins with somebody.
            return Err(format!(
                "la première ligne doit nommer les colonnes, et la {index}e n'a pas un nom connu ; voir docs/importer.md"
            ));
        }
        if !views.insert(column) {
            return Err(format!("la colonne « {column} » est deux fois dans l'en-tête"));
        }
    }
    match T::REQUIRED.iter().find(|required| !columns.iter().any(|column| column == *required)) {
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
        let right = text.chars().count() <= 80 && !text.chars().any(char::is_control);
        right.then_some(text).ok_or_else(|| expected(column, what))
    }

    /// A day, or nothing.
    pub(crate) fn day(&self, column: &str) -> Result<Option<Day>, String> {
        match self.value(column) {
            "" => Ok(None),
            text => parse_day(text).map(Some).ok_or_else(|| expected(column, "JJ/MM/AAAA ou AAAA-MM-JJ")),
        }
    }

    pub(crate) fn year(&self) -> Result<Year, String> {
        let year = self.value("annee").parse().ok().and_then(|year: u16| Year::new(year).ok());
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
        match self.value(column) {
            "" | "non" => Ok(false),
            "oui" => Ok(true),
            _ => Err(expected(column, "oui ou non")),
        }
    }

    /// Who the line is about.
    fn person(&self, today: Day) -> Result<NamedPerson, String> {
        let nom = |column| Nom::parse(self.value(column)).map_err(|_| expected(column, "un nom en lettres"));
        let naissance = DateNaissance::parse(self.value("date_naissance"), today)
            .ok()
            .filter(|naissance| naissance.year() >= 1850)
            .ok_or_else(|| expected("date_naissance", "JJ/MM/AAAA ou AAAA-MM-JJ"))?;
        let nir = self.nir()?;
        if coherence(&nir, &naissance).is_err() {
            return Err(NIR_AND_NAISSANCE.to_owned());
        }
        Ok(NamedPerson {
            nir,
            nom: Some(nom("nom_naissance")?),
            prenoms: Some(nom("prenoms")?),
            naissance,
            former_nir: None,
        })
    }

    /// Thirteen characters, or fifteen with a key that must agree; the key may have a column of its own.
    fn nir(&self) -> Result<Nir13, String> {
        let wrong = |_| expected("nir", "les 13 caractères du NIR, ou 15 avec sa clé");
        let nir: String = self.value("nir").chars().filter(|sign| !sign.is_whitespace()).collect();
        let key = self.value("cle");
        if !key.is_empty() {
            let wrong = |_| expected("nir ou cle", "un NIR et la clé qui lui correspond");
            return Nir::parse(&nir, key).map(|nir| nir.body().clone()).map_err(wrong);
        }
        if nir.chars().count() > 13 {
            return Nir::parse15(&nir).map(|nir| nir.body().clone()).map_err(wrong);
        }
        Nir13::parse(&nir).map_err(wrong)
    }
}

/// What a column lacks.
pub(crate) fn expected(column: &str, what: &str) -> String {
    format!("{column} : {what} est attendu.")
}

/// « 1607 », « 1607,5 » or « 1607.50 », at most 999 999.
pub(crate) fn hundredths(text: &str) -> Option<u32> {
    let text = text.replace(',', ".");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |t: &str| t.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_two_decimals_at_most() {
        assert_eq!(hundredths("1607"), Some(160_700));
        assert_eq!(hundredths("1607,5"), Some(160_750));
        assert_eq!(hundredths("0.05"), Some(5));
        for wrong in ["", "-1", "1.555", "1e3", "1 607", ".5", "9999999"] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
    }
}
