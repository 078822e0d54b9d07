//! A moment in words, in French legal time.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use wording::formats::MONTHS;

/// « le 28 novembre 2026 à 10 h 05 », in French legal time.
pub(crate) fn moment(now: i64) -> String {
    let paris = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    let at = Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(paris);
    let day = if at.day() == 1 { "1er".to_owned() } else { at.day().to_string() };
    let month = usize::try_from(at.month() - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("le {day} {month} {} à {} h {:02} (heure de Paris)", at.year(), at.hour(), at.minute())
}

/// « jusqu’à 11 h 20 (heure de Paris) ».
pub(crate) fn until_words(until: i64) -> String {
    let told = moment(until);
    let hour = told.split_once(" à ").map_or(told.as_str(), |(_, hour)| hour);
    format!("jusqu’à {hour}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_french_and_by_the_time_of_paris() {
        assert_eq!(moment(1_795_860_300_000), "le 28 novembre 2026 à 11 h 05 (heure de Paris)");
        assert_eq!(moment(1_782_856_800_000), "le 1er juillet 2026 à 0 h 00 (heure de Paris)");
    }
}
