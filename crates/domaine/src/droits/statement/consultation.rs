//! « À quelle date ? »: the day of which a person wants to see their statement. The form is in [`crate::forms`].

use serde::{Deserialize, Serialize};

use crate::mesures::Day;

/// Why a text is not a day that a statement can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateInvalide {
    /// Nothing was typed.
    #[serde(rename = "vide")]
    Empty,
    /// Day, month or the four figures of the year are missing.
    Incomplete,
    /// Not a date in figures.
    #[serde(rename = "illisible")]
    Unreadable,
    /// The calendar has no such day.
    #[serde(rename = "inexistante")]
    Nonexistent,
    /// The day has not come yet: a statement is no forecast.
    Future,
}

impl DateInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn can_become_right(&self) -> bool {
        matches!(self, Self::Empty | Self::Incomplete)
    }
}

/// Reads `23/11/2021`, `23 11 2021`, `23112021`, `2021-11-23`, `23 novembre 2021` or `1er févr. 2021`.
///
/// # Errors
/// The first part, from the left, that cannot be right; a day after today.
///
/// ```
/// use domaine::droits::{DateInvalide, parse_date};
/// use domaine::mesures::Day;
/// let day = Day::date(2026, 11, 23);
/// assert_eq!(parse_date("1/3/2021", day), Ok(Day::date(2021, 3, 1)));
/// assert_eq!(parse_date("24/11/2026", day), Err(DateInvalide::Future));
/// ```
pub fn parse_date(text: &str, today: Day) -> Result<Day, DateInvalide> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateInvalide::Empty);
    }
    let date = match text.parse() {
        Ok(date) => date,
        Err(_) => match month_in_figures(text)? {
            Some(figures) => day_first(&figures)?,
            None => day_first(text)?,
        },
    };
    if date > today { Err(DateInvalide::Future) } else { Ok(date) }
}

/// The months as people write them, without accents.
const MONTHS: [&str; 12] = [
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

/// The text with its month in figures, when it was written in letters.
fn month_in_figures(text: &str) -> Result<Option<String>, DateInvalide> {
    let letter = |c: char| match c {
        'é' | 'É' => 'e',
        'û' | 'Û' => 'u',
        other => other.to_ascii_lowercase(),
    };
    // What stands over a letter apart from it says nothing here.
    let text: String = text.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).map(letter).collect();
    let mut parts =
        text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.')).filter(|part| !part.is_empty());
    let day = parts.next().map(|day| if day == "1er" { "1" } else { day });
    let (Some(day), month) = (day, parts.next()) else { return Ok(None) };
    let Some(month) = month else { return if text.trim() == "1er" { Err(DateInvalide::Incomplete) } else { Ok(None) } };
    if !month.starts_with(|c: char| c.is_ascii_lowercase()) {
        return Ok(None);
    }
    let mut found = MONTHS.iter().zip(1..).filter(|(name, _)| name.starts_with(month));
    match (found.next(), found.next()) {
        (None, _) => Err(DateInvalide::Unreadable),
        // « ma » may become March or May.
        (Some(_), Some(_)) => Err(DateInvalide::Incomplete),
        (Some((_, number)), None) => {
            let year = parts.collect::<Vec<_>>().join(" ");
            Ok(Some([day, "/", &number.to_string(), "/", &year].concat()))
        }
    }
}

fn day_first(text: &str) -> Result<Day, DateInvalide> {
    const DIGITS: [usize; 3] = [2, 2, 4];
    // What each part can be, once it is whole.
    const BOUNDS: [u16; 3] = [31, 12, 9999];
    let mut parts = [0_u16; 3];
    let (mut index, mut digits) = (0, 0);
    for c in text.chars() {
        let end = match c.to_digit(10) {
            Some(digit) if index < 3 => {
                parts[index] = parts[index] * 10 + u16::try_from(digit).unwrap_or(0);
                digits += 1;
                digits == DIGITS[index]
            }
            None if matches!(c, '/' | '.' | '-') || c.is_whitespace() => index < 2 && digits > 0,
            _ => return Err(DateInvalide::Unreadable),
        };
        if end {
            if !(1..=BOUNDS[index]).contains(&parts[index]) {
                return Err(DateInvalide::Nonexistent);
            }
            (index, digits) = (index + 1, 0);
        }
    }
    if index < 3 {
        return Err(DateInvalide::Incomplete);
    }
    let [day, month, year] = parts;
    let small = |part: u16| u8::try_from(part).unwrap_or(0);
    Day::new(year, small(month), small(day)).map_err(|_| DateInvalide::Nonexistent)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Day = Day::date(2026, 11, 23);

    fn parse(text: &str) -> Result<Day, DateInvalide> {
        parse_date(text, DAY)
    }

    #[test]
    fn a_date_is_read_as_people_write_it() {
        for text in ["01/03/2021", "1/3/2021", "1.3.2021", "01032021", "1 3 2021", " 01-03-2021 ", "2021-03-01"] {
            assert_eq!(parse(text), Ok(Day::date(2021, 3, 1)), "{text}");
        }
    }

    #[test]
    fn a_month_may_be_written_in_letters() {
        for text in ["1 mars 2021", "1er mars 2021", "1er MARS 2021", "01 mars 2021", "1 mar. 2021"] {
            assert_eq!(parse(text), Ok(Day::date(2021, 3, 1)), "{text}");
        }
        for (text, month) in
            [("5 février 2020", 2), ("5 fe\u{301}vr. 2020", 2), ("5 août 2020", 8), ("5 Décembre 2020", 12)]
        {
            assert_eq!(parse(text), Ok(Day::date(2020, month, 5)), "{text}");
        }
        for text in ["5 j", "5 jui", "5 ma 2020", "5 fév", "5 février", "5 février 20", "1er"] {
            assert_eq!(parse(text), Err(DateInvalide::Incomplete), "{text}");
        }
        assert_eq!(parse("31 avril 2021"), Err(DateInvalide::Nonexistent));
        assert_eq!(parse("5 brumaire 2020"), Err(DateInvalide::Unreadable));
        assert_eq!(parse("24 novembre 2026"), Err(DateInvalide::Future));
    }

    #[test]
    fn the_first_part_that_cannot_be_right_is_told() {
        for text in ["3", "31", "31/", "31/0", "31/01/", "31/01/202", "1/3/21"] {
            assert_eq!(parse(text), Err(DateInvalide::Incomplete), "{text}");
        }
        for text in ["32", "0/", "12/13", "31/04/2021", "29/02/2023", "99/99/9999", "01/01/0000"] {
            assert_eq!(parse(text), Err(DateInvalide::Nonexistent), "{text}");
        }
        for text in ["hier", "12/marsouin", "01/03/20211", "01/03/2021x", "１"] {
            assert_eq!(parse(text), Err(DateInvalide::Unreadable), "{text}");
        }
        assert_eq!(parse(" "), Err(DateInvalide::Empty));
    }

    #[test]
    fn today_is_the_last_day() {
        assert_eq!(parse("22/11/2026"), Ok(Day::date(2026, 11, 22)));
        assert_eq!(parse("23/11/2026"), Ok(DAY));
        assert_eq!(parse("24/11/2026"), Err(DateInvalide::Future));
    }
}
