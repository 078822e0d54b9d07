//! A birth date as people write it, read from the left, part by part. What it must be once read is told by `date`.

use super::date::{DateNaissance, MAX_AGE, MIN_AGE, NaissanceInvalide};
use crate::identite::latin;
use crate::mesures::Day;

/// The months as people write them, without accents.
const MONTH: [&str; 12] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];

impl DateNaissance {
    /// Reads `28/03/1979`, `28 3 1979`, `28031979`, `28 mars 1979`, `1er janv. 1980`, or what a
    /// password manager fills in, `1979-03-28`; 00 or 99 stand for an unknown day or month.
    ///
    /// # Errors
    /// The first part, from the left, that cannot be right.
    pub fn parse(text: &str, today: Day) -> Result<Self, NaissanceInvalide> {
        let text = normalize(text);
        if text.is_empty() {
            return Err(NaissanceInvalide::Empty);
        }
        if is_a_year_alone(&text, today) {
            return Err(NaissanceInvalide::YearAlone);
        }
        let day_first = Reader::new(&text, today).day_first();
        let Err(faute) = day_first else { return day_first };
        if faute.can_become_right() {
            return day_first;
        }
        // « 1979 » is no day and month, but it may be the beginning of 1979-03-28.
        match Reader::new(&text, today).year_first() {
            Err(other) if !other.can_become_right() => {
                let four_digits = text.iter().position(|c| !c.is_ascii_digit()) == Some(4);
                Err(if four_digits { other } else { faute })
            }
            year_first => year_first,
        }
    }
}

/// « 1955 », « en 1955 », « né en 1955 », « née vers 1955 »: four figures of a year that a holder can have, and no
/// day before them. « 1912 » may as well begin a day and a month.
fn is_a_year_alone(text: &[u8], today: Day) -> bool {
    const WORDS: [&[u8]; 8] = [b"ne", b"nee", b"en", b"vers", b"annee", b"l", b"an", b"presume"];
    let mut year = None;
    for word in text.split(|c| *c == SEPARATOR || *c == OTHER).filter(|word| !word.is_empty()) {
        match word {
            [b'1' | b'2', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9'] if year.is_none() => year = Some(word),
            word if year.is_none() && WORDS.contains(&word) => {}
            _ => return false,
        }
    }
    year.is_some_and(|year| {
        let mut reader = Reader::new(year, today);
        reader.year().is_ok() && Reader::new(year, today).day_first() != Err(NaissanceInvalide::Incomplete)
    })
}

const SEPARATOR: u8 = b' ';
const OTHER: u8 = b'?';

/// The text in three kinds of characters: figures, letters (small, without accents), separators;
/// anything else as [`OTHER`].
fn normalize(text: &str) -> Vec<u8> {
    let mut normalized = Vec::with_capacity(text.len());
    let mut letter = String::new();
    for c in text.trim_matches(latin::is_blank).chars() {
        match c {
            c if latin::digit(c).is_some() => normalized.extend(latin::digit(c)),
            '/' | '.' | '-' | ',' | '_' | '\u{2010}'..='\u{2014}' => normalized.push(SEPARATOR),
            c if latin::is_space(c) => normalized.push(SEPARATOR),
            c if latin::is_latin(c) => {
                letter.clear();
                latin::fold(c, &mut letter);
                normalized.extend(letter.bytes().map(|c| if c.is_ascii_uppercase() { c + 32 } else { OTHER }));
            }
            c if latin::is_invisible(c) || latin::is_mark(c) => {}
            _ => normalized.push(OTHER),
        }
    }
    normalized
}

/// A text read from the left, part by part.
struct Reader<'t> {
    text: &'t [u8],
    today: Day,
}

/// A number as it was typed: its value and how many figures it has.
type Count = (u16, usize);

impl<'t> Reader<'t> {
    const fn new(text: &'t [u8], today: Day) -> Self {
        Self { text, today }
    }

    fn day_first(mut self) -> Result<DateNaissance, NaissanceInvalide> {
        let (day, figures) = self.count(2);
        match (figures, self.text) {
            (0, _) => return Err(NaissanceInvalide::Unreadable),
            // One figure alone may be the first of two.
            (1, []) => return Err(NaissanceInvalide::Incomplete),
            (1, [b'e']) if day == 1 => return Err(NaissanceInvalide::Incomplete),
            (1, [b'e', b'r', tail @ ..]) if day == 1 => self.text = tail,
            _ => {}
        }
        let day = part(day, 31).ok_or(NaissanceInvalide::Day)?;
        let separates = self.separators();
        let month = self.month(separates)?;
        let date = DateNaissance { year: LEAP_YEAR, month, day };
        date.is_in_the_calendar()?;
        self.separators();
        let year = self.year()?;
        let date = DateNaissance { year, ..date };
        date.check(self.today)?;
        self.end(date)
    }

    fn year_first(mut self) -> Result<DateNaissance, NaissanceInvalide> {
        let year = self.year()?;
        if self.text.is_empty() {
            return Err(NaissanceInvalide::Incomplete);
        }
        let mut parts = [None; 2];
        for (place, (maximum, faute)) in
            [(12, NaissanceInvalide::Month), (31, NaissanceInvalide::Day)].into_iter().enumerate()
        {
            let separates = self.separators();
            match self.count(2) {
                _ if !separates => return Err(NaissanceInvalide::Unreadable),
                (count, 2) => parts[place] = part(count, maximum).ok_or(faute)?,
                _ if self.text.is_empty() => return Err(NaissanceInvalide::Incomplete),
                _ => return Err(NaissanceInvalide::Unreadable),
            }
            if place == 0 && self.text.is_empty() {
                return Err(NaissanceInvalide::Incomplete);
            }
        }
        let date = DateNaissance { year, month: parts[0], day: parts[1] };
        date.check(self.today)?;
        self.end(date)
    }

    /// The month, in figures or in letters. Figures that follow the day without a separator are two.
    fn month(&mut self, separates: bool) -> Result<Option<u8>, NaissanceInvalide> {
        match self.text {
            [] => return Err(NaissanceInvalide::Incomplete),
            [b'a'..=b'z', ..] => return self.month_in_letters().map(Some),
            _ => {}
        }
        match self.count(2) {
            (0, 0) => Err(NaissanceInvalide::Unreadable),
            (2..=8, 1) if !separates => Err(NaissanceInvalide::Month),
            (0 | 1 | 9, 1) if self.text.is_empty() => Err(NaissanceInvalide::Incomplete),
            (_, 1) if !separates => Err(NaissanceInvalide::Unreadable),
            (month, _) => part(month, 12).ok_or(NaissanceInvalide::Month),
        }
    }

    /// The only month that begins with these letters, three of them at least.
    fn month_in_letters(&mut self) -> Result<u8, NaissanceInvalide> {
        let length = self.text.iter().take_while(|c| c.is_ascii_lowercase()).count();
        let (letters, tail) = self.text.split_at(length);
        self.text = tail;
        let starts = |month: &str| month.as_bytes().starts_with(letters);
        let mut found = (1..).zip(MONTH).filter(|(_, month)| starts(month));
        match (found.next(), found.next()) {
            (Some(_), _) if tail.is_empty() => Err(NaissanceInvalide::Incomplete),
            (Some((month, _)), None) if length > 2 => Ok(month),
            _ => Err(NaissanceInvalide::Unreadable),
        }
    }

    /// The four figures of the year, refused as soon as no year of a living person begins so.
    fn year(&mut self) -> Result<u16, NaissanceInvalide> {
        let (start, figures): Count = self.count(4);
        if figures == 0 {
            return Err(if self.text.is_empty() {
                NaissanceInvalide::Incomplete
            } else {
                NaissanceInvalide::Unreadable
            });
        }
        let gap = [1_000, 100, 10, 1][figures - 1];
        let (first, last) = (start.saturating_mul(gap), start.saturating_mul(gap).saturating_add(gap - 1));
        let this_year = self.today.year();
        let possible = last >= this_year.saturating_sub(MAX_AGE) && first <= this_year;
        let finished = self.text.iter().all(|c| *c == SEPARATOR);
        match figures {
            // Two figures, then something else: « 28/03/79 » or « 79-03-28 ».
            1 | 2 if !possible || !self.text.is_empty() => Err(NaissanceInvalide::ShortYear),
            3 if !finished => Err(NaissanceInvalide::Unreadable),
            _ if first > this_year => Err(NaissanceInvalide::Future),
            _ if first > this_year.saturating_sub(MIN_AGE) && first != this_year => Err(NaissanceInvalide::TooYoung),
            _ if !possible => Err(NaissanceInvalide::TooOld),
            4 => Ok(start),
            _ => Err(NaissanceInvalide::Incomplete),
        }
    }

    /// The date, when nothing but separators follows it.
    fn end(mut self, date: DateNaissance) -> Result<DateNaissance, NaissanceInvalide> {
        self.separators();
        if self.text.is_empty() { Ok(date) } else { Err(NaissanceInvalide::Unreadable) }
    }

    /// Up to `maximum` figures.
    fn count(&mut self, maximum: usize) -> Count {
        let mut count = (0, 0);
        while let [c @ b'0'..=b'9', tail @ ..] = self.text
            && count.1 < maximum
        {
            count = (count.0 * 10 + u16::from(c - b'0'), count.1 + 1);
            self.text = tail;
        }
        count
    }

    /// Skips separators; whether there was one.
    fn separators(&mut self) -> bool {
        let before = self.text.len();
        while let [SEPARATOR, tail @ ..] = self.text {
            self.text = tail;
        }
        self.text.len() < before
    }
}

/// Any leap year: until the year is known, 29 February may be right.
const LEAP_YEAR: u16 = 2000;

/// A day or a month, `Some(None)` when it is unknown, nothing when it cannot be one.
fn part(count: u16, maximum: u8) -> Option<Option<u8>> {
    match u8::try_from(count) {
        Ok(0 | 99) => Some(None),
        Ok(count) if count <= maximum => Some(Some(count)),
        _ => None,
    }
}
