//! The birth date, whose day or month civil status may not know. Whether it agrees with a NIR
//! is told by [`crate::identite::nir::coherence`].

mod date;
mod reading;

pub use date::{AGE_MAXIMAL, AGE_MINIMAL, DateNaissance, NaissanceInvalide};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesures::Jour;

    const JOUR: Jour = Jour::date(2026, 11, 23);

    fn lu(texte: &str) -> Result<String, NaissanceInvalide> {
        DateNaissance::parse(texte, JOUR).map(|date| date.iso())
    }

    #[test]
    fn every_writing_of_a_date_gives_the_same_date() {
        for texte in [
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
            assert_eq!(lu(texte), Ok("1979-03-01".into()), "{texte}");
        }
        assert_eq!(lu("3 fe\u{301}vr. 1980"), Ok("1980-02-03".into()));
        assert_eq!(lu("3 Août 1980"), Ok("1980-08-03".into()));
        assert_eq!(lu("20/03/1979"), Ok("1979-03-20".into()));
        assert_eq!(lu("20031979"), Ok("1979-03-20".into()));
    }

    #[test]
    fn a_date_is_judged_from_its_first_figure() {
        for (texte, faute) in [
            ("32", NaissanceInvalide::Jour),
            ("12/13", NaissanceInvalide::Mois),
            ("125", NaissanceInvalide::Mois),
            ("31/4", NaissanceInvalide::JourDuMois),
            ("30/02", NaissanceInvalide::JourDuMois),
            ("12/00", NaissanceInvalide::MoisInconnu),
            ("28/03/7", NaissanceInvalide::AnneeCourte),
            ("28/03/12", NaissanceInvalide::AnneeCourte),
            ("28/03/203", NaissanceInvalide::Future),
            ("28/03/202", NaissanceInvalide::TropJeune),
            ("28/03/189", NaissanceInvalide::TropAncienne),
            ("28/03/190", NaissanceInvalide::Incomplete),
            ("1899-", NaissanceInvalide::TropAncienne),
            ("28 mas", NaissanceInvalide::Illisible),
            ("28 ju 1979", NaissanceInvalide::Illisible),
            ("132/1979", NaissanceInvalide::Mois),
            ("1979-13", NaissanceInvalide::Mois),
            ("28/03/1979/2", NaissanceInvalide::Illisible),
            ("mars 1979", NaissanceInvalide::Illisible),
        ] {
            assert_eq!(lu(texte), Err(faute), "{texte}");
        }
    }

    #[test]
    fn an_unknown_day_or_month_is_judged_generously() {
        assert_eq!(lu("00/00/2011"), Ok("2011-00-00".into()));
        assert_eq!(lu("99/11/2011"), Ok("2011-11-00".into()));
        assert_eq!(lu("00/12/2011"), Err(NaissanceInvalide::TropJeune));
        assert_eq!(lu("0/3/1979"), Ok("1979-03-00".into()));
    }

    #[test]
    fn what_is_kept_reads_back_and_only_that() {
        let date = DateNaissance::depuis_iso("1979-03-00").unwrap();
        assert_eq!((date.iso().as_str(), date.saisie().as_str()), ("1979-03-00", "00/03/1979"));
        for texte in
            ["", "1979-3-28", "1979-02-30", "1979-00-28", "1979-13-00", "+979-03-28", "1979-03-28 ", "1979-éé-"]
        {
            assert_eq!(DateNaissance::depuis_iso(texte), None, "{texte}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", DateNaissance::depuis_iso("1979-03-28").unwrap()), "DateNaissance(…)");
    }
}
