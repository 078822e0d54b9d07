//! The birth date, whose day or month civil status may not know. Whether it agrees with a NIR
//! is told by [`super::nir::coherence`].

use std::fmt;

use serde::{Deserialize, Serialize};

use super::latin;
use crate::mesures::Jour;

/// A birth date; day and month may be unknown, the year never is.
///
/// Travels as `"1979-03-28"`, an unknown part as `00`. `Debug` shows nothing of it.
/// Source: DSN rubric S21.G00.30.006 (99 for an unknown part, year mandatory, at most 120 years).
///
/// ```
/// use domaine::identite::{DateNaissance, NaissanceInvalide};
/// use domaine::mesures::Jour;
/// let jour = Jour::date(2026, 11, 23);
/// assert_eq!(DateNaissance::parse("28/03/1979", jour).unwrap().iso(), "1979-03-28");
/// assert_eq!(DateNaissance::parse("00/03/1979", jour).unwrap().jour(), None);
/// assert_eq!(DateNaissance::parse("31/04/1979", jour), Err(NaissanceInvalide::JourDuMois));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DateNaissance {
    annee: u16,
    mois: Option<u8>,
    jour: Option<u8>,
}

/// Why a text is not a birth date that an account can have: the first part, from the left, that
/// cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NaissanceInvalide {
    /// Nothing was typed.
    Vide,
    /// All that stands can be right; day, month or the four figures of the year are missing.
    Incomplete,
    /// Not a date in any way that people write one.
    Illisible,
    /// A month beyond 12 that is not 99.
    Mois,
    /// A day beyond 31 that is not 99.
    Jour,
    /// That month of that year has no such day.
    JourDuMois,
    /// A known day of an unknown month.
    MoisInconnu,
    /// The year is written with two figures, or begins as no living person's year does.
    AnneeCourte,
    /// The day has not come yet.
    Future,
    /// Less than 15 years old. Source: Code du travail, L5151-2 (16 years, 15 for apprentices).
    TropJeune,
    /// More than 120 years old. Source: DSN control S21.G00.30.006/CCH-12.
    TropAncienne,
}

impl NaissanceInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn peut_devenir_juste(&self) -> bool {
        matches!(self, Self::Vide | Self::Incomplete)
    }
}

/// The youngest holder, in years. Source: Code du travail, article L5151-2.
pub const AGE_MINIMAL: u16 = 15;
/// The oldest, in years. Source: DSN control S21.G00.30.006/CCH-12.
pub const AGE_MAXIMAL: u16 = 120;

/// The months as people write them, without accents.
const MOIS: [&str; 12] = [
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
    pub fn parse(texte: &str, aujourdhui: Jour) -> Result<Self, NaissanceInvalide> {
        let texte = normaliser(texte);
        if texte.is_empty() {
            return Err(NaissanceInvalide::Vide);
        }
        let jour_d_abord = Lecture::new(&texte, aujourdhui).jour_d_abord();
        let Err(faute) = jour_d_abord else { return jour_d_abord };
        if faute.peut_devenir_juste() {
            return jour_d_abord;
        }
        // « 1979 » is no day and month, but it may be the beginning of 1979-03-28.
        match Lecture::new(&texte, aujourdhui).annee_d_abord() {
            Err(autre) if !autre.peut_devenir_juste() => {
                let quatre_chiffres = texte.iter().position(|c| !c.is_ascii_digit()) == Some(4);
                Err(if quatre_chiffres { autre } else { faute })
            }
            annee_d_abord => annee_d_abord,
        }
    }

    /// A date kept earlier: real, but its age is not judged again.
    pub fn depuis_iso(texte: &str) -> Option<Self> {
        let octets = texte.as_bytes();
        if octets.len() != 10 || octets[4] != b'-' || octets[7] != b'-' {
            return None;
        }
        let nombre = |t: &str| t.bytes().all(|c| c.is_ascii_digit()).then(|| t.parse::<u16>().ok()).flatten();
        let petit = |t: &str| nombre(t).and_then(|n| u8::try_from(n).ok());
        let connu = |partie: u8| (partie != 0).then_some(partie);
        let (mois, jour) = (connu(petit(texte.get(5..7)?)?), connu(petit(texte.get(8..)?)?));
        let date = Self { annee: nombre(texte.get(..4)?)?, mois, jour };
        date.est_du_calendrier().ok().map(|()| date)
    }

    /// The year.
    pub const fn annee(&self) -> u16 {
        self.annee
    }

    /// The month, when civil status knows it.
    pub const fn mois(&self) -> Option<u8> {
        self.mois
    }

    /// The day of the month, when civil status knows it.
    pub const fn jour(&self) -> Option<u8> {
        self.jour
    }

    /// The first day it can be: what is not known of it is never held against the person.
    ///
    /// ```
    /// use domaine::identite::DateNaissance;
    /// use domaine::mesures::Jour;
    /// let naissance = DateNaissance::depuis_iso("1979-03-00").unwrap();
    /// assert_eq!(naissance.au_plus_tot(), Some(Jour::date(1979, 3, 1)));
    /// ```
    pub fn au_plus_tot(&self) -> Option<Jour> {
        Jour::new(self.annee, self.mois.unwrap_or(1), self.jour.unwrap_or(1)).ok()
    }

    /// `1979-03-28`, unknown parts as 00.
    pub fn iso(&self) -> String {
        let mut iso = String::with_capacity(10);
        ecrire(&mut iso, self.annee / 100);
        ecrire(&mut iso, self.annee % 100);
        for partie in [self.mois, self.jour] {
            iso.push('-');
            ecrire(&mut iso, u16::from(partie.unwrap_or(0)));
        }
        iso
    }

    /// `28/03/1979`, as the form shows it once left.
    pub fn saisie(&self) -> String {
        let mut saisie = String::with_capacity(10);
        for partie in [self.jour, self.mois] {
            ecrire(&mut saisie, u16::from(partie.unwrap_or(0)));
            saisie.push('/');
        }
        ecrire(&mut saisie, self.annee / 100);
        ecrire(&mut saisie, self.annee % 100);
        saisie
    }

    fn verifier(&self, aujourdhui: Jour) -> Result<(), NaissanceInvalide> {
        self.est_du_calendrier()?;
        // The most favourable reading of what is unknown: born on the first day it can be.
        let au_plus_tot = (self.annee, self.mois.unwrap_or(1), self.jour.unwrap_or(1));
        let seuil = |age: u16| (aujourdhui.annee().saturating_sub(age), aujourdhui.mois(), aujourdhui.jour());
        if au_plus_tot > seuil(0) {
            return Err(NaissanceInvalide::Future);
        }
        if au_plus_tot > seuil(AGE_MINIMAL) {
            return Err(NaissanceInvalide::TropJeune);
        }
        // The control compares years, not days.
        if self.annee < aujourdhui.annee().saturating_sub(AGE_MAXIMAL) {
            return Err(NaissanceInvalide::TropAncienne);
        }
        Ok(())
    }

    fn est_du_calendrier(&self) -> Result<(), NaissanceInvalide> {
        match (self.mois, self.jour) {
            (None, Some(_)) => Err(NaissanceInvalide::MoisInconnu),
            (Some(mois), _) if mois > 12 => Err(NaissanceInvalide::Mois),
            (Some(mois), Some(jour)) if jour > Jour::jours_du_mois(self.annee, mois) => {
                Err(NaissanceInvalide::JourDuMois)
            }
            _ => Ok(()),
        }
    }
}

/// Two figures.
fn ecrire(texte: &mut String, nombre: u16) {
    for chiffre in [nombre / 10 % 10, nombre % 10] {
        texte.push(char::from_digit(u32::from(chiffre), 10).unwrap_or('0'));
    }
}

const SEPARATEUR: u8 = b' ';
const AUTRE: u8 = b'?';

/// The text in three kinds of characters: figures, letters (small, without accents), separators;
/// anything else as [`AUTRE`].
fn normaliser(texte: &str) -> Vec<u8> {
    let mut normalise = Vec::with_capacity(texte.len());
    let mut lettre = String::new();
    for c in texte.trim_matches(latin::est_blanc).chars() {
        match c {
            '0'..='9' => normalise.push(c as u8),
            '/' | '.' | '-' | ',' | '_' | '\u{2010}'..='\u{2014}' => normalise.push(SEPARATEUR),
            c if latin::est_espace(c) => normalise.push(SEPARATEUR),
            c if latin::est_latine(c) => {
                lettre.clear();
                latin::replier(c, &mut lettre);
                normalise.extend(lettre.bytes().map(|c| if c.is_ascii_uppercase() { c + 32 } else { AUTRE }));
            }
            c if latin::est_invisible(c) || latin::est_marque(c) => {}
            _ => normalise.push(AUTRE),
        }
    }
    normalise
}

/// A text read from the left, part by part.
struct Lecture<'t> {
    texte: &'t [u8],
    aujourdhui: Jour,
}

/// A number as it was typed: its value and how many figures it has.
type Nombre = (u16, usize);

impl<'t> Lecture<'t> {
    const fn new(texte: &'t [u8], aujourdhui: Jour) -> Self {
        Self { texte, aujourdhui }
    }

    fn jour_d_abord(mut self) -> Result<DateNaissance, NaissanceInvalide> {
        let (jour, figures) = self.nombre(2);
        match (figures, self.texte) {
            (0, _) => return Err(NaissanceInvalide::Illisible),
            // One figure alone may be the first of two.
            (1, []) => return Err(NaissanceInvalide::Incomplete),
            (1, [b'e']) if jour == 1 => return Err(NaissanceInvalide::Incomplete),
            (1, [b'e', b'r', suite @ ..]) if jour == 1 => self.texte = suite,
            _ => {}
        }
        let jour = partie(jour, 31).ok_or(NaissanceInvalide::Jour)?;
        let separe = self.separateurs();
        let mois = self.mois(separe)?;
        let date = DateNaissance { annee: ANNEE_BISSEXTILE, mois, jour };
        date.est_du_calendrier()?;
        self.separateurs();
        let annee = self.annee()?;
        let date = DateNaissance { annee, ..date };
        date.verifier(self.aujourdhui)?;
        self.fin(date)
    }

    fn annee_d_abord(mut self) -> Result<DateNaissance, NaissanceInvalide> {
        let annee = self.annee()?;
        if self.texte.is_empty() {
            return Err(NaissanceInvalide::Incomplete);
        }
        let mut parties = [None; 2];
        for (place, (maximum, faute)) in
            [(12, NaissanceInvalide::Mois), (31, NaissanceInvalide::Jour)].into_iter().enumerate()
        {
            let separe = self.separateurs();
            match self.nombre(2) {
                _ if !separe => return Err(NaissanceInvalide::Illisible),
                (nombre, 2) => parties[place] = partie(nombre, maximum).ok_or(faute)?,
                _ if self.texte.is_empty() => return Err(NaissanceInvalide::Incomplete),
                _ => return Err(NaissanceInvalide::Illisible),
            }
            if place == 0 && self.texte.is_empty() {
                return Err(NaissanceInvalide::Incomplete);
            }
        }
        let date = DateNaissance { annee, mois: parties[0], jour: parties[1] };
        date.verifier(self.aujourdhui)?;
        self.fin(date)
    }

    /// The month, in figures or in letters. Figures that follow the day without a separator are two.
    fn mois(&mut self, separe: bool) -> Result<Option<u8>, NaissanceInvalide> {
        match self.texte {
            [] => return Err(NaissanceInvalide::Incomplete),
            [b'a'..=b'z', ..] => return self.mois_en_lettres().map(Some),
            _ => {}
        }
        match self.nombre(2) {
            (0, 0) => Err(NaissanceInvalide::Illisible),
            (2..=8, 1) if !separe => Err(NaissanceInvalide::Mois),
            (0 | 1 | 9, 1) if self.texte.is_empty() => Err(NaissanceInvalide::Incomplete),
            (_, 1) if !separe => Err(NaissanceInvalide::Illisible),
            (mois, _) => partie(mois, 12).ok_or(NaissanceInvalide::Mois),
        }
    }

    /// The only month that begins with these letters, three of them at least.
    fn mois_en_lettres(&mut self) -> Result<u8, NaissanceInvalide> {
        let longueur = self.texte.iter().take_while(|c| c.is_ascii_lowercase()).count();
        let (lettres, suite) = self.texte.split_at(longueur);
        self.texte = suite;
        let commence = |mois: &str| mois.as_bytes().starts_with(lettres);
        let mut trouves = (1..).zip(MOIS).filter(|(_, mois)| commence(mois));
        match (trouves.next(), trouves.next()) {
            (Some(_), _) if suite.is_empty() => Err(NaissanceInvalide::Incomplete),
            (Some((mois, _)), None) if longueur > 2 => Ok(mois),
            _ => Err(NaissanceInvalide::Illisible),
        }
    }

    /// The four figures of the year, refused as soon as no year of a living person begins so.
    fn annee(&mut self) -> Result<u16, NaissanceInvalide> {
        let (debut, figures): Nombre = self.nombre(4);
        if figures == 0 {
            return Err(if self.texte.is_empty() {
                NaissanceInvalide::Incomplete
            } else {
                NaissanceInvalide::Illisible
            });
        }
        let ecart = [1_000, 100, 10, 1][figures - 1];
        let (premiere, derniere) = (debut.saturating_mul(ecart), debut.saturating_mul(ecart).saturating_add(ecart - 1));
        let cette_annee = self.aujourdhui.annee();
        let possible = derniere >= cette_annee.saturating_sub(AGE_MAXIMAL) && premiere <= cette_annee;
        let finie = self.texte.iter().all(|c| *c == SEPARATEUR);
        match figures {
            // Two figures, then something else: « 28/03/79 » or « 79-03-28 ».
            1 | 2 if !possible || !self.texte.is_empty() => Err(NaissanceInvalide::AnneeCourte),
            3 if !finie => Err(NaissanceInvalide::Illisible),
            _ if premiere > cette_annee => Err(NaissanceInvalide::Future),
            _ if premiere > cette_annee.saturating_sub(AGE_MINIMAL) && premiere != cette_annee => {
                Err(NaissanceInvalide::TropJeune)
            }
            _ if !possible => Err(NaissanceInvalide::TropAncienne),
            4 => Ok(debut),
            _ => Err(NaissanceInvalide::Incomplete),
        }
    }

    /// The date, when nothing but separators follows it.
    fn fin(mut self, date: DateNaissance) -> Result<DateNaissance, NaissanceInvalide> {
        self.separateurs();
        if self.texte.is_empty() { Ok(date) } else { Err(NaissanceInvalide::Illisible) }
    }

    /// Up to `maximum` figures.
    fn nombre(&mut self, maximum: usize) -> Nombre {
        let mut nombre = (0, 0);
        while let [c @ b'0'..=b'9', suite @ ..] = self.texte
            && nombre.1 < maximum
        {
            nombre = (nombre.0 * 10 + u16::from(c - b'0'), nombre.1 + 1);
            self.texte = suite;
        }
        nombre
    }

    /// Skips separators; whether there was one.
    fn separateurs(&mut self) -> bool {
        let avant = self.texte.len();
        while let [SEPARATEUR, suite @ ..] = self.texte {
            self.texte = suite;
        }
        self.texte.len() < avant
    }
}

/// Any leap year: until the year is known, 29 February may be right.
const ANNEE_BISSEXTILE: u16 = 2000;

/// A day or a month, `Some(None)` when it is unknown, nothing when it cannot be one.
fn partie(nombre: u16, maximum: u8) -> Option<Option<u8>> {
    match u8::try_from(nombre) {
        Ok(0 | 99) => Some(None),
        Ok(nombre) if nombre <= maximum => Some(Some(nombre)),
        _ => None,
    }
}

impl fmt::Debug for DateNaissance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DateNaissance(…)")
    }
}

impl TryFrom<String> for DateNaissance {
    type Error = &'static str;

    fn try_from(texte: String) -> Result<Self, Self::Error> {
        Self::depuis_iso(&texte).ok_or("not a birth date written YYYY-MM-DD")
    }
}

impl From<DateNaissance> for String {
    fn from(date: DateNaissance) -> Self {
        date.iso()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
