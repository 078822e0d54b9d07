//! How the letters of a CSV file are written: found out from all of its bytes, since no sheet says it, then read as
//! UTF-8 with one sign at the end of each line. Knows nothing of columns.
//!
//! UTF-8 and UTF-16 prove themselves. Of the encodings with one byte a letter that French sheets write, the one whose
//! reading looks most like French is meant: a capital inside a word, or a sign of mathematics, speaks against a reading.

mod decoded;

use std::io::{self, Read};

use encoding_rs::{MACINTOSH, WINDOWS_1252};

pub(crate) use decoded::Decoded;

/// How letters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// What is asked for.
    Utf8,
    /// « Texte Unicode » of a sheet.
    Utf16Le,
    /// The same, the great half first.
    Utf16Be,
    /// « CSV (séparateur : point-virgule) » of Windows; ISO-8859-1 is a part of it.
    Windows1252,
    /// « CSV (Macintosh) ».
    MacRoman,
    /// « CSV (MS-DOS) ».
    Cp850,
}

/// The signs of bytes 80 to FF in MS-DOS for western Europe, which `encoding_rs` does not have: no page of the Web uses it.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// Those among which a choice has to be made, the most usual first.
const OF_ONE_BYTE: [Encoding; 3] = [Encoding::Windows1252, Encoding::MacRoman, Encoding::Cp850];

const BUFFER: usize = 64 * 1_024;

impl Encoding {
    /// Its usual name.
    pub const fn nom(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252",
            Self::MacRoman => "Mac Roman",
            Self::Cp850 => "MS-DOS (CP850)",
        }
    }

    /// What speaks for it before anything is read: Windows saves most files, and a doubt of one letter is for it.
    const fn advantage(self) -> i64 {
        if matches!(self, Self::Windows1252) { 4 } else { 0 }
    }

    /// What the bytes 80 to FF stand for, in those of one byte.
    fn signs(self) -> Vec<char> {
        let known = match self {
            Self::Cp850 => return CP850.chars().collect(),
            Self::MacRoman => MACINTOSH,
            _ => WINDOWS_1252,
        };
        let all: Vec<u8> = (0x80..=0xff).collect();
        known.decode_without_bom_handling(&all).0.chars().collect()
    }
}

/// Reads a file to its end, and says how it is written; else what it is and how to mend it.
pub(crate) fn survey(mut source: impl Read) -> io::Result<Result<Encoding, String>> {
    let mut survey = Survey::new();
    let mut buffer = vec![0; BUFFER];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Ok(survey.conclude()),
            Ok(count) => survey.add(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// What was seen of a file so far.
struct Survey {
    /// Its first bytes.
    head: Vec<u8>,
    size: u64,
    /// Zeros at even and at odd places.
    zeros: [u64; 2],
    /// Bytes beyond ASCII.
    high: u64,
    utf8: Utf8Survey,
    /// The two bytes before the next one.
    before: [u8; 2],
    readings: [Reading; 3],
}

/// What speaks for UTF-8, and against it.
#[derive(Default)]
struct Utf8Survey {
    /// A sign of several bytes that has just begun.
    begun: Vec<u8>,
    /// Letters of French as UTF-8 alone writes them: « Ã© » is no French in any other encoding.
    french: u64,
    lines: u64,
    /// The line of the first bytes that are no UTF-8.
    wrong: Option<u64>,
}

/// How French a file looks in an encoding of one byte.
struct Reading {
    encoding: Encoding,
    signs: Vec<char>,
    score: i64,
}

impl Survey {
    fn new() -> Self {
        let readings =
            OF_ONE_BYTE.map(|encoding| Reading { encoding, signs: encoding.signs(), score: encoding.advantage() });
        let utf8 = Utf8Survey::default();
        Self { head: Vec::new(), size: 0, zeros: [0; 2], high: 0, utf8, before: [b'\n'; 2], readings }
    }

    fn add(&mut self, bytes: &[u8]) {
        self.head.extend(bytes.iter().take(16_usize.saturating_sub(self.head.len())));
        for byte in bytes {
            self.zeros[usize::from(self.size % 2 == 1)] += u64::from(*byte == 0);
            self.size += 1;
            self.utf8.add(*byte);
            self.see(*byte);
        }
    }

    /// Judges the byte before this one, between its neighbours.
    fn see(&mut self, byte: u8) {
        let [left, middle] = self.before;
        if middle >= 0x80 {
            self.high += 1;
            for reading in &mut self.readings {
                let [left, middle, right] = [left, middle, byte].map(|byte| reading.sign(byte));
                reading.score += plausibility(left, middle, right);
            }
        }
        self.before = [middle, byte];
    }

    fn conclude(mut self) -> Result<Encoding, String> {
        self.see(b'\n');
        if let Some(what) = foreign(&self.head) {
            return Err(format!(
                "c'est {what}, pas un CSV : ouvrez-le dans un tableur, puis « Enregistrer sous », « CSV UTF-8 »"
            ));
        }
        for (mark, encoding) in [(b"\xff\xfe", Encoding::Utf16Le), (b"\xfe\xff", Encoding::Utf16Be)] {
            if self.head.starts_with(mark) {
                return if self.size.is_multiple_of(2) { Ok(encoding) } else { Err(CUT.to_owned()) };
            }
        }
        if self.zeros != [0; 2] {
            // Without a mark: of most letters of a sheet, one half is a zero.
            let most = |zeros: u64| self.size.is_multiple_of(2) && zeros * 5 > self.size;
            return match self.zeros {
                [even, odd] if even > odd && most(even) => Ok(Encoding::Utf16Be),
                [_, odd] if most(odd) => Ok(Encoding::Utf16Le),
                _ => Err(ZEROS.to_owned()),
            };
        }
        let Some(wrong) = self.utf8.end() else { return Ok(Encoding::Utf8) };
        if self.head.starts_with(b"\xef\xbb\xbf") || self.utf8.french > 0 {
            return Err(format!(
                "la ligne {wrong} n'est pas en UTF-8 comme le reste : deux fichiers ont sans doute été réunis ; \
                 enregistrez chacun en « CSV UTF-8 », puis réunissez-les"
            ));
        }
        let best = self.readings.iter().rev().max_by_key(|reading| reading.score);
        match best.filter(|best| best.score >= 0) {
            Some(best) => Ok(best.encoding),
            None => Err(UNKNOWN.to_owned()),
        }
    }
}

const CUT: &str = "il est en UTF-16 et finit au milieu d'une lettre : il a été coupé ; enregistrez-le de nouveau";
const ZEROS: &str = "il contient des octets nuls, donc autre chose que du texte : ouvrez-le dans un tableur, puis \
                     « Enregistrer sous », « CSV UTF-8 »";
const UNKNOWN: &str = "l'encodage de ses lettres n'est pas reconnu : ouvrez-le dans un tableur, vérifiez les accents, puis \
                       « Enregistrer sous », « CSV UTF-8 »";

impl Reading {
    fn sign(&self, byte: u8) -> char {
        match byte.checked_sub(0x80) {
            None => char::from(byte),
            Some(place) => self.signs.get(usize::from(place)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        }
    }
}

impl Utf8Survey {
    fn add(&mut self, byte: u8) {
        if byte < 0x80 && self.begun.is_empty() {
            self.lines += u64::from(byte == b'\n');
            return;
        }
        self.begun.push(byte);
        match std::str::from_utf8(&self.begun) {
            Ok(sign) => {
                self.french += u64::from(sign.starts_with(|c| matches!(c, '\u{c0}'..='\u{ff}')));
                self.begun.clear();
            }
            Err(error) if error.error_len().is_none() => {}
            Err(_) => {
                self.wrong.get_or_insert(self.lines + 1);
                let alone = self.begun.len() == 1;
                self.begun.clear();
                // What could not go on may begin anew.
                if !alone {
                    self.add(byte);
                }
            }
        }
    }

    /// The line of the first bytes that are no UTF-8, once all were seen.
    fn end(&self) -> Option<u64> {
        let cut = (!self.begun.is_empty()).then_some(self.lines + 1);
        self.wrong.or(cut)
    }
}

/// What a file is that is no text.
fn foreign(head: &[u8]) -> Option<&'static str> {
    let starts = |signature: &[u8]| head.starts_with(signature);
    let page = head.trim_ascii_start().to_ascii_lowercase();
    let is_page = [b"<html".as_slice(), b"<!doc", b"<table", b"<?xml"].iter().any(|start| page.starts_with(start));
    match () {
        () if starts(b"PK\x03\x04") => Some("un classeur (xlsx ou ods) ou une archive"),
        () if starts(b"\xd0\xcf\x11\xe0") => Some("un ancien classeur (xls)"),
        () if starts(b"%PDF-") => Some("un PDF"),
        () if starts(b"{\\rtf") => Some("un texte mis en forme (RTF)"),
        () if starts(b"\x1f\x8b") => Some("un fichier compressé (gzip)"),
        () if is_page => Some("une page HTML ou XML, quel que soit son nom"),
        () => None,
    }
}

/// How much a sign beyond ASCII looks at its place in a French text.
fn plausibility(left: char, sign: char, right: char) -> i64 {
    let (after_letter, before_letter) = (left.is_alphabetic(), right.is_alphabetic());
    if sign.is_alphabetic() {
        let weight = frequency(sign);
        return match (after_letter, before_letter) {
            (false, false) if sign == 'à' || sign == 'À' => weight,
            (false, false) => -4,
            _ if sign == 'À' || sign == 'Â' => 1,
            _ if sign.is_uppercase() && left.is_lowercase() => -8,
            // « DUPRé »: who types capitals may lack that one.
            _ if sign.is_lowercase() && !left.is_lowercase() && !right.is_lowercase() => weight / 4,
            // A word begins: a name, most of the time.
            (false, true) if sign.is_lowercase() => weight / 2,
            _ => weight,
        };
    }
    match sign {
        '’' | '‘' if after_letter && before_letter => 6,
        '\u{a0}' => 2,
        '’' | '‘' | '«' | '»' | '“' | '”' | '–' | '—' | '…' | '€' | '°' | '•' | '·' | '²' | '™' | '©' | '®' | '§' => {
            if after_letter && before_letter {
                -8
            } else {
                1
            }
        }
        sign if sign.is_control() => -20,
        _ => -8,
    }
}

/// How usual a letter is in French names, roughly.
const fn frequency(letter: char) -> i64 {
    match letter {
        'é' | 'É' => 12,
        'è' | 'È' => 6,
        'ê' | 'ç' | 'ë' | 'ï' | 'ô' | 'Ê' | 'Ç' | 'Ë' | 'Ô' => 4,
        'î' | 'â' | 'à' | 'Î' | 'Â' | 'À' | 'œ' | 'Œ' => 3,
        'û' | 'ü' | 'ö' | 'Ï' | 'Û' | 'Ü' | 'Ö' => 2,
        'ı' | 'ƒ' | 'ª' | 'º' | 'µ' | 'Ω' | 'π' | 'ˆ' | 'ˇ' => -8,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
        let signs = encoding.signs();
        let byte = |sign: char| match u8::try_from(sign) {
            Ok(byte) if byte < 0x80 => Some(byte),
            _ => signs.iter().position(|other| *other == sign).and_then(|place| u8::try_from(place + 0x80).ok()),
        };
        text.chars().map(byte).collect()
    }

    fn found(bytes: &[u8]) -> Result<Encoding, String> {
        survey(bytes).expect("bytes in memory have no fault")
    }

    /// Names as they stand in files, in small letters and in capitals.
    const NAMES: &str = "Zoé Chloé Noé Théo Léa Inès Agnès Hélène Jérôme Gaëlle Noël Joël Raphaël Gaël Maëlys Loïc Anaïs \
        Naïm Aïcha François Françoise Benoît Maïté Thérèse Désiré Irène Geneviève Cédric Rémi Aurélie Amélie Éric Élodie \
        Étienne Émilie Édith Ève Éloïse Lefèvre Bérénice Sébastien Frédéric Véronique Grégory Solène Mélanie Côme Jérémie \
        Besançon Hervé André Dupré Crêpe Gérôme Lebrêne Küntz Müller Schröder Béziers Nîmes Forêt Château Chénier Pélissier \
        Héloïse Adélaïde Célestine Eugénie Évariste Clémentine Garçon Leçon Prévôt Lhôte Plaçais Guérin Ménard Perché \
        Lœtitia Lebœuf D’Aunay L’Hôte Œuvrard Mélusine";

    /// Of each encoding, how many names alone in their file were taken for another's, of how many.
    fn mistaken(encoding: Encoding, names: &[String]) -> (usize, usize) {
        // Signs that an encoding does not have are not in its files.
        let files: Vec<Vec<u8>> =
            names.iter().filter_map(|name| encode(&format!("nom\r\n{name};x\r\n"), encoding)).collect();
        (files.iter().filter(|bytes| found(bytes) != Ok(encoding)).count(), files.len())
    }

    #[test]
    fn a_few_names_always_tell_their_encoding_and_one_alone_tells_it_most_of_the_time() {
        let small: Vec<String> = NAMES.split_whitespace().map(str::to_owned).collect();
        let capitals: Vec<String> = small.iter().map(|name| name.to_uppercase()).collect();
        for names in [&small, &capitals] {
            for encoding in OF_ONE_BYTE {
                for few in names.chunks(6) {
                    let few: Vec<Vec<u8>> = few.iter().filter_map(|name| encode(name, encoding)).collect();
                    assert_eq!(found(&few.join(b";".as_slice())), Ok(encoding), "{few:?}");
                }
            }
            assert_eq!(mistaken(Encoding::Windows1252, names).0, 0);
        }
        for encoding in [Encoding::MacRoman, Encoding::Cp850] {
            let (wrong, tried) = mistaken(encoding, &small);
            assert!(wrong * 5 <= tried, "{encoding:?}: {wrong} of {tried}");
            let (wrong, tried) = mistaken(encoding, &capitals);
            assert!(wrong * 2 <= tried, "{encoding:?}: {wrong} of {tried}");
        }
    }

    #[test]
    fn what_is_no_csv_is_named_with_its_remedy() {
        for (bytes, what) in [
            (b"PK\x03\x04\x14\0".as_slice(), "xlsx"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "xls"),
            (b"%PDF-1.7", "PDF"),
            (b"\n<!DOCTYPE html><table>", "HTML"),
            (b"{\\rtf1", "RTF"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"nir;nom\0\0\0\0", "octets nuls"),
            (b"\xff\xfen\0i", "coupé"),
            ("nom\nZoé\n".as_bytes().iter().chain(b"Zo\xe9\n").copied().collect::<Vec<u8>>().as_slice(), "ligne 3"),
        ] {
            let why = found(bytes).expect_err(what);
            assert!(why.contains(what), "{why}");
        }
    }

    #[test]
    fn utf_16_is_known_with_its_mark_and_without() {
        let text = "nir\tnom\r\n1\tZoé\r\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let great: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, mark, encoding) in
            [(little, b"\xff\xfe", Encoding::Utf16Le), (great, b"\xfe\xff", Encoding::Utf16Be)]
        {
            assert_eq!(found(&bytes), Ok(encoding));
            let marked = [mark.as_slice(), &bytes].concat();
            assert_eq!(found(&marked), Ok(encoding));
            let mut decoded = String::new();
            Decoded::new(marked.as_slice(), encoding).read_to_string(&mut decoded).expect("a text");
            assert_eq!(decoded, "\u{feff}nir\tnom\n1\tZoé\n");
        }
    }

    #[test]
    fn a_name_in_capitals_of_windows_that_is_utf_8_too_stays_of_windows() {
        // « É’ » is one letter of UTF-8, and the rest of the file is none.
        assert_eq!(found(b"ANDR\xc9\x92S;Lo\xefc"), Ok(Encoding::Windows1252));
    }
}
