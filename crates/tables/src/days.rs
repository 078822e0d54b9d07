//! Days as an operator writes and reads them.

use domaine::mesures::Day;

/// « 30/06/2021 » or « 2021-06-30 ».
pub fn parse_day(text: &str) -> Option<Day> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let (day, tail) = text.split_once('/')?;
    let (month, year) = tail.split_once('/')?;
    Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// « 30/06/2021 ».
pub fn format_day(day: Day) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}
