//! Hours of DIF as a person types them, and what they are worth.

use crate::bareme::Bareme;
use crate::mesures::{Day, Euros, Hours, HoursInvalides};

/// Reads hours as people write them: « 87 », « 87 h », « 87 heures ».
///
/// The hours are whole and rounded up (founding document, step 7): « 86,5 » is refused and the
/// error holds 87, the number to type.
///
/// # Errors
/// [`HoursInvalides`] says which rule the text breaks; nothing is rounded behind a person's back.
///
/// ```
/// use domaine::bareme::Bareme;
/// use domaine::dif::parse_hours;
/// use domaine::mesures::{Hours, HoursInvalides, Day};
///
/// let day = Day::date(2026, 11, 23);
/// assert_eq!(parse_hours("87 h", day, &Bareme::IN_FORCE), Ok(Hours::new(87)));
/// let fraction = HoursInvalides::Fraction { rounded: Hours::new(87) };
/// assert_eq!(parse_hours("86,5", day, &Bareme::IN_FORCE), Err(fraction));
/// ```
pub fn parse_hours(text: &str, day: Day, bareme: &Bareme) -> Result<Hours, HoursInvalides> {
    let without_unit = text.trim().trim_end_matches(|c: char| c.is_alphabetic() || c == '.').trim_end();
    let compact: String = without_unit.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, fraction) = match compact.split_once([',', '.']) {
        Some((whole, fraction)) => (whole, fraction),
        None => (compact.as_str(), ""),
    };
    let digits = |t: &str| t.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return Err(HoursInvalides::Caractere);
    }
    let plafond = bareme.hours_per_attestation.as_of(day).map_or(Hours::ZERO, |value| value.value);
    // Six figures can only be too many hours: no need to know how many.
    let whole = whole.trim_start_matches('0');
    let count = if whole.len() > 6 { u32::MAX } else { whole.parse().unwrap_or(0) };
    let has_a_fraction = fraction.bytes().any(|c| c != b'0');
    if count > plafond.count() || (count == plafond.count() && has_a_fraction) {
        return Err(HoursInvalides::TooMany { plafond });
    }
    if has_a_fraction {
        return Err(HoursInvalides::Fraction { rounded: Hours::new(count + 1) });
    }
    if count == 0 {
        return Err(HoursInvalides::Zero);
    }
    Ok(Hours::new(count))
}

/// What these hours are worth on that day.
///
/// Converted once, on the total. Source: décret n° 2018-1153, 15 € an hour.
/// Nothing before 2019, when accounts were still kept in hours.
///
/// ```
/// use domaine::bareme::Bareme;
/// use domaine::dif::to_euros;
/// use domaine::mesures::{Euros, Hours, Day};
///
/// let day = Day::date(2026, 11, 23);
/// assert_eq!(to_euros(Hours::new(87), day, &Bareme::IN_FORCE), Euros::whole(1_305));
/// ```
pub fn to_euros(hours: Hours, day: Day, bareme: &Bareme) -> Euros {
    bareme.euros_per_hour.as_of(day).map_or(Euros::ZERO, |taux| taux.value.times(hours.count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Hours, HoursInvalides> {
        parse_hours(text, Day::date(2026, 11, 23), &Bareme::IN_FORCE)
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        for text in ["87", " 87 ", "87h", "87 h.", "87 heures", "087", "87,0", "87.00"] {
            assert_eq!(parse(text), Ok(Hours::new(87)), "{text}");
        }
    }

    #[test]
    fn a_fraction_is_refused_with_the_number_to_type() {
        let fraction = |h| Err(HoursInvalides::Fraction { rounded: Hours::new(h) });
        assert_eq!(parse("86,5"), fraction(87));
        assert_eq!(parse("0,5"), fraction(1));
        assert_eq!(parse("119.01"), fraction(120));
    }

    #[test]
    fn an_attestation_stops_at_120_hours() {
        let too_many = Err(HoursInvalides::TooMany { plafond: Hours::new(120) });
        assert_eq!(parse("119"), Ok(Hours::new(119)));
        assert_eq!(parse("120"), Ok(Hours::new(120)));
        assert_eq!(parse("121"), too_many);
        assert_eq!(parse("120,5"), too_many);
        assert_eq!(parse("99999999999999999999"), too_many);
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for text in ["", "h", "douze", "-5", "1e2", "8,7,1", "８７", "4/2"] {
            assert_eq!(parse(text), Err(HoursInvalides::Caractere), "{text}");
        }
        assert_eq!(parse("0"), Err(HoursInvalides::Zero));
    }
}
