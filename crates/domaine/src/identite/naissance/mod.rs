//! The birth date, whose day or month civil status may not know. Whether it agrees with a NIR
//! is told by [`crate::identite::nir::coherence`].

mod date;
mod reading;

pub use date::{DateNaissance, MAX_AGE, MIN_AGE, NaissanceInvalide};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesures::Day;

    const DAY: Day = Day::date(2026, 11, 23);

    fn read(text: &str) -> Result<String, NaissanceInvalide> {
        DateNaissance::parse(text, DAY).map(|date| date.iso())
    }

    #[test]
    fn every_writing_of_a_date_gives_the_same_date() {
        for text in [
            "1/3/1979",
            "01.03.1979",
            "01 - 03 - 1979",
            "01031979",
            "1er mars 1979",
            "1 MARS 1979",
            "1mars1979",
            "01 mar. 1979",
            "1979-03-01",
            "1979/03/01",
            "\u{200e}01/03/1979\u{200e}",
            "01/03/1979.",
        ] {
            assert_eq!(read(text), Ok("1979-03-01".into()), "{text}");
        }
        assert_eq!(read("3 fe\u{301}vr. 1980"), Ok("1980-02-03".into()));
        assert_eq!(read("3 Août 1980"), Ok("1980-08-03".into()));
        assert_eq!(read("20/03/1979"), Ok("1979-03-20".into()));
        assert_eq!(read("20031979"), Ok("1979-03-20".into()));
    }

    #[test]
    fn a_date_is_judged_from_its_first_figure() {
        for (text, faute) in [
            ("32", NaissanceInvalide::Day),
            ("12/13", NaissanceInvalide::Month),
            ("125", NaissanceInvalide::Month),
            ("31/4", NaissanceInvalide::DayOfMonth),
            ("30/02", NaissanceInvalide::DayOfMonth),
            ("12/00", NaissanceInvalide::UnknownMonth),
            ("28/03/7", NaissanceInvalide::ShortYear),
            ("28/03/12", NaissanceInvalide::ShortYear),
            ("28/03/203", NaissanceInvalide::Future),
            ("28/03/202", NaissanceInvalide::TooYoung),
            ("28/03/189", NaissanceInvalide::TooOld),
            ("28/03/190", NaissanceInvalide::Incomplete),
            ("1899-", NaissanceInvalide::TooOld),
            ("28 mas", NaissanceInvalide::Unreadable),
            ("28 ju 1979", NaissanceInvalide::Unreadable),
            ("132/1979", NaissanceInvalide::Month),
            ("1979-13", NaissanceInvalide::Month),
            ("28/03/1979/2", NaissanceInvalide::Unreadable),
            ("mars 1979", NaissanceInvalide::Unreadable),
            ("28 né en 1955", NaissanceInvalide::Unreadable),
            ("né en 55", NaissanceInvalide::Unreadable),
        ] {
            assert_eq!(read(text), Err(faute), "{text}");
        }
    }

    #[test]
    fn a_year_alone_teaches_how_to_say_that_the_rest_is_not_known() {
        for text in
            ["1955", " 1955 ", "en 1955", "né en 1955", "Ne\u{301}e vers 1955", "NÉE EN 1955.", "l’an 1955", "١٩٥٥"]
        {
            assert_eq!(read(text), Err(NaissanceInvalide::YearAlone), "{text}");
        }
        // It may as well begin 1955-03-28, or be the 19th of December.
        assert!(NaissanceInvalide::YearAlone.can_become_right());
        assert_eq!(read("1912"), Err(NaissanceInvalide::Incomplete));
        assert_eq!(read("1800"), Err(NaissanceInvalide::UnknownMonth));
        assert_eq!(read("2024"), Err(NaissanceInvalide::Month));
        assert_eq!(read("00/00/1955"), Ok("1955-00-00".into()));
    }

    #[test]
    fn a_date_is_read_in_the_figures_of_the_person() {
        assert_eq!(read("٢٨/٠٣/١٩٧٩"), Ok("1979-03-28".into()));
        assert_eq!(read("２８ 03 1979"), Ok("1979-03-28".into()));
    }

    #[test]
    fn an_unknown_day_or_month_is_judged_generously() {
        assert_eq!(read("00/00/2011"), Ok("2011-00-00".into()));
        assert_eq!(read("99/11/2011"), Ok("2011-11-00".into()));
        assert_eq!(read("00/12/2011"), Err(NaissanceInvalide::TooYoung));
        assert_eq!(read("0/3/1979"), Ok("1979-03-00".into()));
    }

    #[test]
    fn what_is_kept_reads_back_and_only_that() {
        let date = DateNaissance::from_iso("1979-03-00").unwrap();
        assert_eq!((date.iso().as_str(), date.saisie().as_str()), ("1979-03-00", "00/03/1979"));
        for text in ["", "1979-3-28", "1979-02-30", "1979-00-28", "1979-13-00", "+979-03-28", "1979-03-28 ", "1979-éé-"]
        {
            assert_eq!(DateNaissance::from_iso(text), None, "{text}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", DateNaissance::from_iso("1979-03-28").unwrap()), "DateNaissance(…)");
    }
}
