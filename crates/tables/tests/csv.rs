//! The reader of years of work, on anything at all: never a panic, every line taken or told with its number or the whole
//! file refused, and a table is read the same in whichever dialect it was saved.

use std::io::{self, Read};

use domaine::bareme::AbsenceNature;
use domaine::droits::{Absence, Activite, Provenance, Statut, Work};
use domaine::identite::{DateNaissance, Nom};
use domaine::mesures::{Day, Days, Euros, MonthsOfYear, Quantity, WorkDuration, Year};
use domaine::told::SaidYear;
use proptest::prelude::*;
use tables::{Activites, Encoding, Evenements, ReadFault, Table, TableReader, check};

type ReadRow = tables::ReadRow<SaidYear>;
/// How a file is written, and its lines.
type Lines<S> = (Encoding, Vec<tables::ReadRow<S>>);

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

/// Every line of a file as the importer reads it, whose encoding was found; else why it is refused.
fn lines<T: Table>(bytes: &[u8], sevens: bool) -> Result<Lines<T::Said>, String> {
    let source =
        || Ok::<Box<dyn Read + '_>, io::Error>(if sevens { Box::new(InSevens(bytes)) } else { Box::new(bytes) });
    let said = |fault| match fault {
        ReadFault::Format(why) => why,
        ReadFault::Source(error) => panic!("bytes in memory have no fault: {error}"),
    };
    let encoding = check::<T, _>(source).map_err(said)?;
    // What was checked is read to its end.
    let mut reader = TableReader::<T, _>::open(source().expect("bytes"), encoding, TODAY).map_err(said)?;
    let mut readings = Vec::new();
    while let Some(read) = reader.read_next().unwrap_or_else(|fault| panic!("checked, then {fault}")) {
        readings.push(read);
    }
    Ok((encoding, readings))
}

fn read(bytes: &[u8]) -> Result<Vec<ReadRow>, String> {
    lines::<Activites>(bytes, false).map(|(_, readings)| readings)
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

const EVENEMENTS: &[u8] =
    b"reference;nir;nom_naissance;prenoms;date_naissance;nature;date;fin;montant;heures;annee;financeur\n";

/// The numbers of the lines of a file of events, and the reference of those that were understood.
fn evenements(bytes: &[u8], sevens: bool) -> Result<Vec<(u64, Option<String>)>, String> {
    let (_, readings) = lines::<Evenements>(bytes, sevens)?;
    Ok(readings.into_iter().map(|(number, read)| (number, read.ok().map(|(_, said)| said.reference))).collect())
}

proptest! {
    #[test]
    fn any_bytes_are_read_as_events_or_the_file_is_refused_with_a_sentence(tail in bytes()) {
        let file = [EVENEMENTS, &tail].concat();
        let readings = evenements(&file, false);
        prop_assert_eq!(&readings, &evenements(&file, true));
        if let Ok(readings) = readings {
            prop_assert!(readings.windows(2).all(|two| two[0].0 < two[1].0));
        }
    }

    #[test]
    fn any_bytes_are_read_without_panic_and_a_file_is_read_whole_or_not_at_all(tail in bytes()) {
        let _ = read(&tail);
        let file = [header(), tail].concat();
        let readings = read(&file).map(|readings| readings.iter().map(in_words).collect::<Vec<_>>());
        let in_sevens = lines::<Activites>(&file, true).map(|(_, all)| all.iter().map(in_words).collect::<Vec<_>>());
        prop_assert_eq!(readings, in_sevens);
    }

    #[test]
    fn a_table_is_read_the_same_in_whichever_dialect_it_was_saved(
        rows in prop::collection::vec(row(), 0..8),
        columns in Just(COLUMNS.to_vec()).prop_shuffle(),
        dialect in dialect(),
    ) {
        let mut text = String::new();
        if dialect.says_separator {
            text.push_str(&format!("sep={}{}", dialect.separator, dialect.end));
        }
        text.push_str(&dialect.blank_rows(dialect.above));
        let names: Vec<String> = columns.iter().map(|column| dialect.name(column)).collect();
        text.push_str(&dialect.line(&names));
        for row in &rows {
            let values: Vec<String> = columns.iter().map(|column| dialect.value(column, &row.value(column))).collect();
            text.push_str(&dialect.blank_rows(dialect.between));
            text.push_str(&dialect.line(&values));
        }
        text.push_str(&dialect.blank_rows(dialect.behind));
        let bytes = dialect.encode(&text);
        let readings = read(&bytes);
        let readings = readings.map(|all| all.iter().map(|reading| in_words(reading).1).collect::<Vec<_>>());
        let all_expected: Vec<String> = rows.iter().map(Row::in_words).collect();
        prop_assert_eq!(readings, Ok(all_expected), "{}", text);
    }
}

/// How a sheet saves a table.
#[derive(Clone, Debug)]
struct Dialect {
    separator: char,
    end: &'static str,
    encoding: Written,
    says_separator: bool,
    /// Rows that hold nothing: above the header, between lines, behind the last.
    above: usize,
    between: usize,
    behind: usize,
    /// Columns that hold nothing, behind the others.
    more_columns: usize,
    quotes_everywhere: bool,
    /// Names of columns: as documented, in capitals, or as a person writes them.
    names: u8,
    /// Numbers that are texts: as they are, `="285…"`, `'285…`, or with spaces that do not break.
    texts: u8,
    /// « 1 607,00 », with this between thousands.
    thousands: &'static str,
    midnight: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    Utf8 { mark: bool },
    Utf16 { great: bool, mark: bool },
    Windows1252,
    MacRoman,
    Cp850,
}

fn dialect() -> impl Strategy<Value = Dialect> {
    let written = prop::sample::select(vec![
        Written::Utf8 { mark: true },
        Written::Utf8 { mark: false },
        Written::Utf16 { great: false, mark: true },
        Written::Utf16 { great: true, mark: true },
        Written::Utf16 { great: false, mark: false },
        Written::Windows1252,
        Written::MacRoman,
        Written::Cp850,
    ]);
    let separator = prop::sample::select(vec![';', ',', '\t']);
    let end = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    let thousands = prop::sample::select(vec!["", " ", "\u{a0}", "\u{202f}"]);
    let blanks = (0..3_usize, 0..2_usize, 0..4_usize, 0..3_usize);
    (separator, end, written, blanks, any::<[bool; 3]>(), 0..3_u8, 0..4_u8, thousands).prop_map(
        |(separator, end, encoding, blanks, flags, names, texts, thousands)| {
            let (above, between, behind, more_columns) = blanks;
            let [says_separator, quotes_everywhere, midnight] = flags;
            Dialect {
                separator,
                end,
                encoding,
                says_separator,
                above,
                between,
                behind,
                more_columns,
                quotes_everywhere,
                names,
                texts,
                thousands,
                midnight,
            }
        },
    )
}

impl Dialect {
    fn name(&self, column: &str) -> String {
        match (self.names, column) {
            (0, _) => column.to_owned(),
            (1, _) => column.to_uppercase(),
            (_, "nom_naissance") => "Nom de naissance".to_owned(),
            (_, "prenoms") => "Prénoms".to_owned(),
            (_, "date_naissance") => "Date de naissance".to_owned(),
            (_, "annee") => "Année".to_owned(),
            (_, column) => column.replace('_', " "),
        }
    }

    /// A value as this sheet writes it.
    fn value(&self, column: &str, value: &str) -> String {
        let number = matches!(column, "heures" | "jours" | "paie");
        let day = column == "date_naissance";
        if value.is_empty() {
            String::new()
        } else if number && value.find(',') > Some(3) {
            let place = value.find(',').expect("decimals") - 3;
            [&value[..place], self.thousands, &value[place..]].concat()
        } else if day && self.midnight {
            format!("{value} 00:00:00")
        } else if column == "nir" {
            match self.texts {
                1 => format!("=\"{value}\""),
                2 => format!("'{value}"),
                3 => format!("{}\u{a0}{}", &value[..1], &value[1..]),
                _ => value.to_owned(),
            }
        } else {
            value.to_owned()
        }
    }

    fn line(&self, values: &[String]) -> String {
        let value = |value: &String| {
            if self.quotes_everywhere || value.contains([self.separator, '"']) {
                format!("\"{}\"", value.replace('"', "\"\""))
            } else {
                value.clone()
            }
        };
        let separator = self.separator.to_string();
        let values = values.iter().map(value).collect::<Vec<_>>().join(&separator);
        values + &separator.repeat(self.more_columns) + self.end
    }

    fn blank_rows(&self, count: usize) -> String {
        let row = self.separator.to_string().repeat(count * 5) + if count == 2 { " " } else { "" } + self.end;
        row.repeat(count)
    }

    fn encode(&self, text: &str) -> Vec<u8> {
        let utf16 = |great: bool| {
            text.encode_utf16().flat_map(move |unit| if great { unit.to_be_bytes() } else { unit.to_le_bytes() })
        };
        let of_one_byte = |signs: &str| -> Option<Vec<u8>> {
            let high =
                |sign: char| signs.chars().position(|other| other == sign).and_then(|n| u8::try_from(n + 128).ok());
            text.chars().map(|sign| if sign.is_ascii() { u8::try_from(sign).ok() } else { high(sign) }).collect()
        };
        let encoded = match self.encoding {
            Written::Utf8 { mark: true } => Some([b"\xef\xbb\xbf", text.as_bytes()].concat()),
            Written::Utf8 { mark: false } => None,
            Written::Utf16 { great, mark } => {
                let mark: &[u8] = if !mark {
                    b""
                } else if great {
                    b"\xfe\xff"
                } else {
                    b"\xff\xfe"
                };
                Some(mark.iter().copied().chain(utf16(great)).collect())
            }
            Written::Windows1252 => of_one_byte(WINDOWS_1252),
            Written::MacRoman => of_one_byte(MAC_ROMAN),
            Written::Cp850 => of_one_byte(CP850),
        };
        // A letter that the encoding does not have is not in its files.
        encoded.unwrap_or_else(|| text.as_bytes().to_vec())
    }
}

/// The signs of bytes 80 to FF, from the tables of Python: written apart from the crate.
const WINDOWS_1252: &str = "€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
const MAC_ROMAN: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

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
    // Letters that every encoding has, and enough of them: one alone may be of two encodings.
    let nom = "[A-Z][a-zéèç]{0,8}lée(['-][A-Z][a-zé]{1,8})?";
    let employeur = r#"([A-Z]é[ -~éèç]{0,30}[!-~é])?"#;
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
