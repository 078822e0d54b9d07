//! A value as a sheet writes it, and what was meant: numbers, days, names of columns. Says nothing of what a line means.

use domaine::mesures::Day;

use crate::days::parse_day;

/// A value without what a sheet puts around it: blanks and signs that nobody sees, the end of a line inside quotes, and
/// what marks a number as a text (`="285…"`, `'285…`).
pub(crate) fn tidy(text: &str) -> String {
    let unseen = |sign: char| {
        sign.is_whitespace() || sign.is_control() || matches!(sign, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
    };
    let mut text = text.trim_matches(unseen);
    if let Some(inside) = text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')) {
        text = inside.trim_matches(unseen);
    }
    if let Some(number) = text.strip_prefix(['\'', '’'])
        && number.starts_with(|sign: char| sign.is_ascii_digit())
        // A NIR of Corsica bears one.
        && !number.contains(|sign: char| sign.is_alphabetic() && !matches!(sign, 'A' | 'B'))
    {
        text = number;
    }
    text.replace('\n', " ")
}

/// The name of a column, or the word of a list, as they are compared: small letters without accents, words joined by
/// « _ », without « de » and « du ».
pub(crate) fn fold(text: &str) -> String {
    let mut words = vec![String::new()];
    for sign in text.chars().flat_map(char::to_lowercase) {
        let plain = match sign {
            'à' | 'â' | 'ä' | 'á' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' | 'í' => 'i',
            'ô' | 'ö' | 'ó' => 'o',
            'ù' | 'û' | 'ü' | 'ú' => 'u',
            'ç' => 'c',
            // An accent on its own, as a Macintosh may write it.
            '\u{300}'..='\u{36f}' => continue,
            sign => sign,
        };
        match words.last_mut() {
            Some(word) if plain.is_alphanumeric() => word.push(plain),
            Some(word) if !word.is_empty() => words.push(String::new()),
            _ => {}
        }
    }
    words.retain(|word| !word.is_empty() && !matches!(word.as_str(), "de" | "du" | "d"));
    words.join("_")
}

/// « 1607 », « 1607,5 », « 1607.50 » or « 1 607,00 » with any space, at most 999 999.
pub(crate) fn hundredths(text: &str) -> Option<u32> {
    let text = text.replace(',', ".");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let mut groups = whole.split(char::is_whitespace);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    // Spaces stand between thousands and nowhere else: « 16 07 » is a slip.
    if !rest.is_empty() && (first.is_empty() || first.len() > 3 || rest.iter().any(|group| group.len() != 3)) {
        return None;
    }
    let whole = first.to_owned() + &rest.concat();
    let digits = |t: &str| t.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || decimals.len() > 2 || !digits(&whole) || !digits(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<2}").parse().ok()
}

/// A whole number, whatever decimals a sheet puts behind it: « 2025,00 ».
pub(crate) fn whole(text: &str) -> &str {
    match text.split_once(['.', ',']) {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|c| c == b'0') => whole,
        _ => text,
    }
}

/// A day without the midnight that a sheet puts behind it: « 14/07/1985 00:00:00 ».
pub(crate) fn without_midnight(text: &str) -> &str {
    let Some((day, time)) = text.split_once([' ', 'T', '\u{a0}']) else { return text };
    let midnight = time.contains(':') && time.chars().all(|sign| matches!(sign, '0' | ':' | '.' | 'Z'));
    if midnight { day } else { text }
}

/// A day, midnight or not.
pub(crate) fn day(text: &str) -> Option<Day> {
    parse_day(without_midnight(text))
}

/// « 2,85073E+12 »: a number of which the sheet kept the first figures alone.
pub(crate) fn lost_figures(text: &str) -> bool {
    let Some((figures, power)) = text.split_once(['E', 'e']) else { return false };
    let power = power.strip_prefix('+').unwrap_or(power);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    digits(power) && digits(&figures.replace([',', '.'], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_two_decimals_at_most_and_spaces_between_thousands_alone() {
        for (text, expected) in [
            ("1607", 160_700),
            ("1607,5", 160_750),
            ("0.05", 5),
            ("1 607,00", 160_700),
            ("1\u{a0}607", 160_700),
            ("1\u{202f}607.5", 160_750),
            ("999\u{2009}999,99", 99_999_999),
        ] {
            assert_eq!(hundredths(text), Some(expected), "{text}");
        }
        for wrong in ["", "-1", "1.555", "1e3", "16 07", " 607", "1607 000", "1 60", ".5", "9999999", "1 000 000"] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_a_sheet_puts_around_a_value_is_taken_off() {
        for text in
            ["285", " 285 ", "=\"285\"", "'285", "’285", "\u{feff}285\u{200b}", "\u{a0}285\n", "=\" 285\u{a0}\""]
        {
            assert_eq!(tidy(text), "285", "{text}");
        }
        assert_eq!(tidy("'180012B999001"), "180012B999001");
        assert_eq!(tidy("'T HART"), "'T HART");
        assert_eq!(tidy("'12 rue"), "'12 rue");
        assert_eq!(tidy("a\nb  c"), "a b  c");
        assert_eq!(tidy("="), "=");
    }

    #[test]
    fn the_name_of_a_column_is_the_same_however_it_is_written() {
        for (column, ways) in [
            ("nom_naissance", ["NOM_NAISSANCE", "Nom naissance", "nom de naissance", "Nom-Naissance "]),
            ("prenoms", ["Prénoms", "PRÉNOMS", "pre\u{301}noms", " Prenoms "]),
            ("annee", ["Année", "ANNEE", "anne\u{301}e", "année"]),
            ("duree_reference", ["Durée de référence", "durée référence", "DUREE_REFERENCE", "Durée de  référence"]),
            ("sans_niveau_3", ["Sans niveau 3", "SANS_NIVEAU_3", "sans niveau\u{a0}3", "sans-niveau-3"]),
        ] {
            for way in ways {
                assert_eq!(fold(way), column, "{way}");
            }
        }
    }

    #[test]
    fn a_day_may_bear_midnight_and_no_other_hour() {
        for text in ["14/07/1985", "14/07/1985 00:00:00", "1985-07-14 00:00", "1985-07-14T00:00:00.000Z"] {
            assert_eq!(day(text), Day::new(1985, 7, 14).ok(), "{text}");
        }
        for wrong in ["14/07/1985 08:30", "14/07/1985 x", "31/02/1985"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_number_that_lost_its_figures_is_known() {
        for lost in ["2,85073E+12", "2.85073E+14", "2E+12", "1,9e12"] {
            assert!(lost_figures(lost), "{lost}");
        }
        for kept in ["2850733999121", "ESAT", "E", "1E", "E12", "180012B999001", "12 E 4 rue"] {
            assert!(!lost_figures(kept), "{kept}");
        }
    }
}
