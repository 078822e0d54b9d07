//! The reader of years of work, on anything at all: never a panic, every line taken or told with its number, and what
//! is written well is read back the same.

use std::io::{self, Read};

use domaine::bareme::AbsenceNature;
use domaine::droits::{Absence, Activite, Provenance, Statut, Work};
use domaine::identite::{DateNaissance, Nom};
use domaine::mesures::{Day, Days, Euros, MonthsOfYear, Quantity, WorkDuration, Year};
use domaine::told::SaidYear;
use proptest::prelude::*;
use tables::{Activites, Evenements, TableReader};

type ReadRow = tables::ReadRow<SaidYear>;

const TODAY: Day = Day::date(2026, 11, 24);
const COLUMNS: [&str; 12] = [
    "nir",
    "nom_naissance",
    "prenoms",
    "date_naissance",
    "annee",
    "heures",
    "jours",
    "paie",
    "smic_horaire",
    "absences",
    "employeur",
    "boeth",
];

fn read(source: impl Read) -> Result<Vec<ReadRow>, String> {
    let mut reader = TableReader::<Activites, _>::open(source, TODAY).expect("bytes in memory have no fault")?;
    let read_next = || reader.read_next().expect("bytes in memory have no fault");
    Ok(std::iter::from_fn(read_next).collect())
}

/// What a line says, in words that can be compared.
fn in_words((number, read): &ReadRow) -> (u64, String) {
    let said = match read {
        Ok((person, said)) => {
            let nom = |nom: &Option<Nom>| nom.as_ref().map_or(String::new(), |nom| nom.as_str().to_owned());
            let who = format!("{} {} {}", person.nir.as_str(), nom(&person.nom), nom(&person.prenoms));
            format!("{who} {} {} {} {:?}", person.naissance.iso(), said.year, said.origin, said.activite)
        }
        Err(why) => format!("refused: {why}"),
    };
    (*number, said)
}

fn header() -> Vec<u8> {
    format!("{}\n", COLUMNS.join(";")).into_bytes()
}

/// Bytes that come seven at a time.
struct InSevens<R>(R);

impl<R: Read> Read for InSevens<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = buffer.len().min(7);
        self.0.read(&mut buffer[..size])
    }
}

/// Bytes, and pieces of what a line is made of.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let chunk = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..30),
        "[\u{1}-\u{17f}]{0,20}".prop_map(String::into_bytes),
        prop::sample::select(vec![
            "\n",
            "\r\n",
            "\n\n",
            ";",
            "\"",
            "\"\"",
            " ",
            "\t",
            ",",
            "\u{a0}",
            "\u{feff}",
            "0",
            "1607,5",
            "2024",
            "maternite=1",
            "12/01/1980",
            "E-1;1800175999029;Nouvel;Camille;12/01/1980;abondement;02/03/2026;;10,5;;;Employeur",
            "1800175999029;Nouvel;Camille;12/01/1980;2024;803,5;;;;;;",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(chunk, 0..40).prop_map(|chunks| chunks.concat())
}

/// The numbers of the lines that hold anything, counted without the reader.
fn numbers(tail: &[u8]) -> Vec<u64> {
    let blank = |line: &[u8]| match std::str::from_utf8(line) {
        Ok(text) => text.trim().is_empty(),
        Err(_) => line.iter().all(|byte| char::from(*byte).is_whitespace()),
    };
    (2..).zip(tail.split(|byte| *byte == b'\n')).filter(|(_, line)| !blank(line)).map(|(number, _)| number).collect()
}

const EVENEMENTS: &[u8] =
    b"reference;nir;nom_naissance;prenoms;date_naissance;nature;date;fin;montant;heures;annee;financeur\n";

/// The numbers of the lines of a file of events, and the reference of those that were understood.
fn evenements(source: impl Read) -> Vec<(u64, Option<String>)> {
    let reader = TableReader::<Evenements, _>::open(source, TODAY).expect("bytes in memory have no fault");
    let mut reader = reader.expect("a right header");
    let read_next = || reader.read_next().expect("bytes in memory have no fault");
    std::iter::from_fn(read_next).map(|(number, read)| (number, read.ok().map(|(_, said)| said.reference))).collect()
}

proptest! {
    #[test]
    fn any_bytes_are_read_as_events_and_every_line_is_taken_or_told(tail in bytes()) {
        let file = [EVENEMENTS, &tail].concat();
        let readings = evenements(file.as_slice());
        prop_assert_eq!(readings.iter().map(|(number, _)| *number).collect::<Vec<_>>(), numbers(&tail));
        prop_assert_eq!(&readings, &evenements(InSevens(file.as_slice())));
    }

    #[test]
    fn any_bytes_are_read_without_panic_and_every_line_is_taken_or_told(tail in bytes()) {
        let _ = read(tail.as_slice());
        let file = [header(), tail.clone()].concat();
        let readings = read(file.as_slice()).expect("a right header");
        prop_assert_eq!(readings.iter().map(|(number, _)| *number).collect::<Vec<_>>(), numbers(&tail));
        let in_sevens = read(InSevens(file.as_slice())).expect("a right header");
        prop_assert_eq!(readings.iter().map(in_words).collect::<Vec<_>>(), in_sevens.iter().map(in_words).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_written_well_is_read_back_the_same(
        indices in prop::collection::vec(row(), 0..8),
        columns in Just(COLUMNS.to_vec()).prop_shuffle(),
        way in way(),
    ) {
        let mut file = if way.mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        let noms: Vec<String> = columns.iter().map(|nom| (*nom).to_owned()).collect();
        file.extend(way.line(&noms));
        for row in &indices {
            let values: Vec<String> = columns.iter().map(|column| row.value(column)).collect();
            file.extend(way.line(&values));
        }
        let readings = read(file.as_slice()).expect("a right header");
        let all_expected: Vec<_> = (2..).zip(&indices).map(|(number, row)| (number, row.in_words())).collect();
        prop_assert_eq!(readings.iter().map(in_words).collect::<Vec<_>>(), all_expected);
    }
}

/// How somebody writes a file.
#[derive(Clone, Debug)]
struct Way {
    separator: char,
    end: &'static str,
    mark: bool,
    latin_1: bool,
    quotes_everywhere: bool,
}

fn way() -> impl Strategy<Value = Way> {
    let separator = prop::sample::select(vec![';', ',', '\t']);
    let end = prop::sample::select(vec!["\n", "\r\n"]);
    (separator, end, any::<[bool; 3]>()).prop_map(|(separator, end, [mark, latin_1, quotes_everywhere])| Way {
        separator,
        // A mark says UTF-8.
        latin_1: latin_1 && !mark,
        end,
        mark,
        quotes_everywhere,
    })
}

impl Way {
    fn line(&self, values: &[String]) -> Vec<u8> {
        let value = |value: &String| {
            if self.quotes_everywhere || value.contains([self.separator, '"']) {
                format!("\"{}\"", value.replace('"', "\"\""))
            } else {
                value.clone()
            }
        };
        let text = values.iter().map(value).collect::<Vec<_>>().join(&self.separator.to_string()) + self.end;
        let latin_1: Option<Vec<u8>> = text.chars().map(|sign| u8::try_from(sign).ok()).collect();
        // Some texts in ISO-8859-1 are also UTF-8: nobody can tell which was meant.
        match latin_1 {
            Some(bytes) if self.latin_1 && std::str::from_utf8(&bytes).is_err() => bytes,
            _ => text.into_bytes(),
        }
    }
}

/// A line as its author means it.
#[derive(Clone, Debug)]
struct Row {
    nir: &'static str,
    nom: String,
    year: u16,
    unit: u8,
    hundredths: u32,
    absence: Option<u32>,
    employeur: String,
    boeth: bool,
}

fn row() -> impl Strategy<Value = Row> {
    let nir = prop::sample::select(vec!["1800175999029", "2790351215189", "180012B999001"]);
    let nom = "[A-Zéïœ][a-zéïœ]{0,12}(['’ -][A-Z][a-zé]{1,8})?";
    let employeur = r#"([!-~éœ€«][ -~éœ€«]{0,30}[!-~é»])?"#;
    (
        nir,
        nom,
        2015..=2030_u16,
        0..3_u8,
        1..=99_999_999_u32,
        prop::option::of(1..=99_999_999_u32),
        employeur,
        any::<bool>(),
    )
        .prop_map(|(nir, nom, year, unit, hundredths, absence, employeur, boeth)| Row {
            nir,
            nom,
            year,
            unit,
            hundredths,
            absence,
            employeur,
            boeth,
        })
}

impl Row {
    fn value(&self, column: &str) -> String {
        let count = |hundredths: u32| format!("{},{:02}", hundredths / 100, hundredths % 100);
        let work = |unit| if self.unit == unit { count(self.hundredths) } else { String::new() };
        match column {
            "nir" => self.nir.into(),
            "nom_naissance" => self.nom.clone(),
            "prenoms" => "Camille".into(),
            "date_naissance" => self.naissance().into(),
            "boeth" => if self.boeth { "oui" } else { "non" }.into(),
            "annee" => self.year.to_string(),
            "heures" => work(0),
            "jours" => work(1),
            "paie" => work(2),
            "smic_horaire" if self.unit == 2 => "11.88".into(),
            "absences" => self.absence.map_or(String::new(), |absence| format!("maternite={}", count(absence))),
            "employeur" => self.employeur.clone(),
            _ => String::new(),
        }
    }

    /// That of the number.
    fn naissance(&self) -> &'static str {
        if self.nir.starts_with("279") { "28/03/1979" } else { "12/01/1980" }
    }

    fn quantity(&self, hundredths: u32) -> Quantity {
        match self.unit {
            0 => Quantity::Hours(WorkDuration::from_hundredths(hundredths)),
            1 => Quantity::Days(Days::from_hundredths(hundredths)),
            _ => Quantity::Paie(Euros::from_centimes(hundredths.into())),
        }
    }

    fn in_words(&self) -> String {
        let work = match self.quantity(self.hundredths) {
            Quantity::Hours(worked) => Work::Hours { worked, reference: None },
            Quantity::Days(facts) => Work::Days { facts, accord: None },
            Quantity::Paie(received) => Work::Paie { received, hourly_smic: Euros::from_centimes(11_88) },
        };
        let absence = |absence| Absence { nature: AbsenceNature::Maternite, quantity: self.quantity(absence) };
        let year = Year::new(self.year).expect("a year");
        let activite = Activite {
            year,
            statut: Statut::Salarie,
            work,
            absences: self.absence.map(absence).into_iter().collect(),
            boeth: if self.boeth { MonthsOfYear::ALL } else { MonthsOfYear::NONE },
            provenance: Provenance::Employeurs,
        };
        let naissance = DateNaissance::parse(self.naissance(), TODAY).expect("a date").iso();
        let nom = Nom::parse(&self.nom).expect("a name");
        let origin = format!("fichier:salarie:{}", self.employeur);
        format!("{} {} Camille {naissance} {year} {origin} {:?}", self.nir, nom.as_str(), Some(activite))
    }
}
