//! Figures, dates and sizes as they are written in French. Whole numbers only, never a float.

use domaine::identite::Telephone;
use domaine::mesures::{Day, Days, Euros, Hours, WorkDuration};

/// Between thousands.
pub const FINE: char = '\u{202f}';
/// Before a unit.
pub const NBSP: char = '\u{a0}';

/// The names of the months.
pub const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// « 1 810,00 € ».
pub fn euros(montant: Euros) -> String {
    let (mut whole, centimes) = euros_in_two(montant);
    whole.push_str(&centimes);
    whole
}

/// « 1 810 » and « ,00 € », for an amount whose cents are set smaller.
pub fn euros_in_two(montant: Euros) -> (String, String) {
    let absolute = montant.centimes().unsigned_abs();
    let mut whole = String::new();
    if montant < Euros::ZERO {
        whole.push('−');
    }
    whole.push_str(&thousands(absolute / 100));
    let mut centimes = String::from(",");
    two_digits(&mut centimes, absolute % 100);
    centimes.push(NBSP);
    centimes.push('€');
    (whole, centimes)
}

/// « 1 305 € », the cents only when there are some.
pub fn round_euros(montant: Euros) -> String {
    let (mut whole, centimes) = euros_in_two(montant);
    whole.push_str(centimes.strip_prefix(",00").unwrap_or(&centimes));
    whole
}

/// « + 500,00 € » or « − 90,00 € ».
pub fn mouvement(montant: Euros) -> String {
    let mut text = String::from(if montant < Euros::ZERO { "−" } else { "+" });
    text.push(NBSP);
    text.push_str(&euros(Euros::from_centimes(montant.centimes().abs())));
    text
}

/// « 23 novembre 2026 », « 1er mars 1979 ».
pub fn long_day(day: Day) -> String {
    let mut text = String::new();
    push_day_and_month(&mut text, day.day(), day.month());
    push_number(&mut text, u64::from(day.year()));
    text
}

/// « 23/11/2026 ».
pub fn short_day(day: Day) -> String {
    let mut text = String::with_capacity(10);
    two_digits(&mut text, u64::from(day.day()));
    text.push('/');
    two_digits(&mut text, u64::from(day.month()));
    text.push('/');
    push_number(&mut text, u64::from(day.year()));
    text
}

/// « 23 novembre 2026 à 10 h 04 », from `2026-11-23T10:04`.
pub fn instant(iso: &str) -> String {
    let Some((day, hour)) = iso.split_once('T') else { return iso.into() };
    let Ok(day) = day.parse() else { return iso.into() };
    let mut text = long_day(day);
    text.push_str(" à ");
    text.push_str(&hour_of_day(hour));
    text
}

/// « 10 h 04 », from `10:04` or `2026-11-23T10:04`.
pub fn hour_of_day(iso: &str) -> String {
    let hour = iso.split_once('T').map_or(iso, |(_, hour)| hour);
    let Some((hours, minutes)) = hour.split_once(':') else { return iso.into() };
    let mut text = String::new();
    text.push_str(hours.trim_start_matches('0').get(..).filter(|h| !h.is_empty()).unwrap_or("0"));
    text.push_str("\u{a0}h\u{a0}");
    text.push_str(minutes.get(..2).unwrap_or(minutes));
    text
}

/// A birth date given as « 28/03/1979 », unknown parts as 00: « 28 mars 1979 », « mars 1979 », « 1979 ».
pub fn naissance(saisie: &str) -> String {
    let mut parts = saisie.split('/');
    let (Some(day), Some(month), Some(year)) = (parts.next(), parts.next(), parts.next()) else {
        return saisie.into();
    };
    let mut text = String::new();
    match (day.parse(), month.parse::<u8>()) {
        (Ok(0), Ok(month @ 1..=12)) => {
            text.push_str(month_name(month));
            text.push(' ');
        }
        (Ok(day), Ok(month @ 1..=12)) => push_day_and_month(&mut text, day, month),
        _ => {}
    }
    text.push_str(year);
    text
}

/// « mars ».
pub fn month_name(month: u8) -> &'static str {
    usize::from(month).checked_sub(1).and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// « 87 h ».
pub fn hours(hours: Hours) -> String {
    let mut text = thousands(u64::from(hours.count()));
    text.push_str("\u{a0}h");
    text
}

/// « 87 heures », « 1 heure ».
pub fn hours_in_words(hours: Hours) -> String {
    let mut text = thousands(u64::from(hours.count()));
    text.push_str(if hours.count() < 2 { "\u{a0}heure" } else { "\u{a0}heures" });
    text
}

/// « 803,50 h », « 1 607 h ».
pub fn duration(duration: WorkDuration) -> String {
    let hundredths = u64::from(duration.hundredths());
    let mut text = thousands(hundredths / 100);
    if hundredths % 100 != 0 {
        text.push(',');
        two_digits(&mut text, hundredths % 100);
    }
    text.push_str("\u{a0}h");
    text
}

/// « 109 jours », « 109,50 jours ».
pub fn days(days: Days) -> String {
    let mut text = duration(WorkDuration::from_hundredths(days.hundredths()));
    text.pop();
    text.push_str(if days.hundredths() < 200 { "jour" } else { "jours" });
    text
}

/// A duration as it is spoken: « une demi-heure », « une heure », « 12 heures et 30 minutes ».
/// Rounded up to the minute, since it says how much more was needed.
pub fn duration_in_words(duration: WorkDuration) -> String {
    let minutes = (u64::from(duration.hundredths()) * 60).div_ceil(100);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    match (hours, minutes) {
        (0, 30) => "une demi-heure".into(),
        (1, 0) => "une heure".into(),
        _ => {
            let mut text = String::new();
            if hours > 0 {
                text.push_str(&thousands(hours));
                text.push_str(if hours == 1 { "\u{a0}heure" } else { "\u{a0}heures" });
            }
            if hours > 0 && minutes > 0 {
                text.push_str(" et ");
            }
            if minutes > 0 {
                push_number(&mut text, minutes);
                text.push_str(if minutes == 1 { "\u{a0}minute" } else { "\u{a0}minutes" });
            }
            text
        }
    }
}

/// « 212 Ko », « 2,4 Mo ».
pub fn size(bytes: u64) -> String {
    let mut text;
    if bytes < 1_000 {
        text = thousands(bytes);
        text.push_str(if bytes < 2 { "\u{a0}octet" } else { "\u{a0}octets" });
    } else if bytes < 999_500 {
        text = thousands((bytes + 500) / 1_000);
        text.push_str("\u{a0}Ko");
    } else {
        let tenths = (bytes + 50_000) / 100_000;
        text = thousands(tenths / 10);
        if !tenths.is_multiple_of(10) {
            text.push(',');
            push_number(&mut text, tenths % 10);
        }
        text.push_str("\u{a0}Mo");
    }
    text
}

/// A telephone kept as E.164, grouped as people of its territory write it.
pub fn telephone(e164: &str) -> String {
    Telephone::from_e164(e164).map_or_else(|| e164.into(), |telephone| telephone.group())
}

/// « 3 minutes », « 1 heure », rounded up: how long to wait.
pub fn wait(seconds: &str) -> String {
    let seconds: u64 = seconds.parse().unwrap_or(60);
    let (count, unit) = match seconds {
        0..=1 => return "1\u{a0}seconde".into(),
        2..=90 => (seconds, "secondes"),
        91..=5_400 => (seconds.div_ceil(60), "minutes"),
        5_401..=7_200 => (2, "heures"),
        _ => (seconds.div_ceil(3_600), "heures"),
    };
    let mut text = thousands(count);
    text.push(NBSP);
    text.push_str(unit);
    text
}

/// « 1 810 ».
pub fn thousands(count: u64) -> String {
    let mut digits = String::new();
    push_number(&mut digits, count);
    let mut text = String::with_capacity(digits.len() + 6);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(FINE);
        }
        text.push(digit);
    }
    text
}

fn push_day_and_month(text: &mut String, day: u8, month: u8) {
    push_number(text, u64::from(day));
    text.push_str(if day == 1 { "er" } else { "" });
    text.push(NBSP);
    text.push_str(month_name(month));
    text.push(' ');
}

fn push_number(text: &mut String, count: u64) {
    text.push_str(&count.to_string());
}

fn two_digits(text: &mut String, count: u64) {
    if count < 10 {
        text.push('0');
    }
    push_number(text, count);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_thin_spaces_and_a_comma() {
        let written_ones = [
            (0, "0,00\u{a0}€"),
            (5, "0,05\u{a0}€"),
            (24_985, "249,85\u{a0}€"),
            (181_000, "1\u{202f}810,00\u{a0}€"),
            (123_456_789, "1\u{202f}234\u{202f}567,89\u{a0}€"),
            (-9_000, "−90,00\u{a0}€"),
        ];
        for (centimes, written) in written_ones {
            assert_eq!(euros(Euros::from_centimes(centimes)), written);
        }
        assert_eq!(round_euros(Euros::whole(1_305)), "1\u{202f}305\u{a0}€");
        assert_eq!(round_euros(Euros::from_centimes(24_985)), "249,85\u{a0}€");
        assert_eq!(mouvement(Euros::whole(500)), "+\u{a0}500,00\u{a0}€");
        assert_eq!(mouvement(Euros::whole(-90)), "−\u{a0}90,00\u{a0}€");
        assert_eq!(euros_in_two(Euros::whole(1_810)), ("1\u{202f}810".into(), ",00\u{a0}€".into()));
    }

    #[test]
    fn a_day_is_written_in_full_or_in_figures() {
        assert_eq!(long_day(Day::date(2026, 11, 23)), "23\u{a0}novembre 2026");
        assert_eq!(long_day(Day::date(2019, 1, 1)), "1er\u{a0}janvier 2019");
        assert_eq!(short_day(Day::date(2026, 3, 2)), "02/03/2026");
        assert_eq!(instant("2026-11-23T10:04"), "23\u{a0}novembre 2026 à 10\u{a0}h\u{a0}04");
        assert_eq!(instant("2026-11-23T00:30"), "23\u{a0}novembre 2026 à 0\u{a0}h\u{a0}30");
        assert_eq!(instant("hier"), "hier");
        assert_eq!(hour_of_day("2026-11-23T10:04"), "10\u{a0}h\u{a0}04");
        assert_eq!(hour_of_day("hier"), "hier");
    }

    #[test]
    fn unknown_parts_of_a_birth_date_are_left_out() {
        assert_eq!(naissance("28/03/1979"), "28\u{a0}mars 1979");
        assert_eq!(naissance("01/03/1979"), "1er\u{a0}mars 1979");
        assert_eq!(naissance("00/03/1979"), "mars 1979");
        assert_eq!(naissance("00/00/1979"), "1979");
    }

    #[test]
    fn durations_are_written_in_hours() {
        assert_eq!(duration(WorkDuration::hours(1_607)), "1\u{202f}607\u{a0}h");
        assert_eq!(duration(WorkDuration::from_hundredths(80_350)), "803,50\u{a0}h");
        assert_eq!(duration_in_words(WorkDuration::from_hundredths(50)), "une demi-heure");
        assert_eq!(duration_in_words(WorkDuration::hours(1)), "une heure");
        assert_eq!(duration_in_words(WorkDuration::from_hundredths(1_250)), "12\u{a0}heures et 30\u{a0}minutes");
        assert_eq!(duration_in_words(WorkDuration::from_hundredths(1)), "1\u{a0}minute");
        assert_eq!(hours_in_words(Hours::new(1)), "1\u{a0}heure");
        assert_eq!(hours(Hours::new(87)), "87\u{a0}h");
    }

    #[test]
    fn a_size_has_the_unit_that_reads_best() {
        assert_eq!(size(1), "1\u{a0}octet");
        assert_eq!(size(212_480), "212\u{a0}Ko");
        assert_eq!(size(999_499), "999\u{a0}Ko");
        assert_eq!(size(999_500), "1\u{a0}Mo");
        assert_eq!(size(2_430_000), "2,4\u{a0}Mo");
        assert_eq!(size(10_000_000), "10\u{a0}Mo");
    }

    #[test]
    fn a_wait_is_rounded_up() {
        assert_eq!(wait("1"), "1\u{a0}seconde");
        assert_eq!(wait("61"), "61\u{a0}secondes");
        assert_eq!(wait("121"), "3\u{a0}minutes");
        assert_eq!(wait("86400"), "24\u{a0}heures");
    }
}
