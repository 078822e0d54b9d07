//! A birth date as people write it, read from the left, part by part. What it must be once read is told by `date`.

use super::date::{AGE_MAXIMAL, AGE_MINIMAL, DateNaissance, NaissanceInvalide};
use crate::identite::latin;
use crate::mesures::Jour;

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
