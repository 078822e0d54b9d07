//! From bytes to rubrics: lines, their number, their faults. Knows nothing of blocks or people.
//! Memory does not grow: one buffer, and a line longer than [`LONGUEUR_MAXIMALE`] is passed over.

use std::borrow::Cow;
use std::io::{self, Read};

use crate::code::{self, Code};

/// The longest line that is read, in bytes. The longest value of the norm has 120 characters.
pub const LONGUEUR_MAXIMALE: usize = 1024;

const TAMPON: usize = 64 * 1024;

/// Why a line is not a rubric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Faute {
    /// Longer than any line of the norm can be.
    TropLongue,
    /// Does not begin with a code, a comma and an apostrophe.
    Forme,
    /// Begins well but has no closing apostrophe: cut, or a value over two lines.
    Fermeture,
    /// Holds a control character.
    Controle,
    /// There is nothing between the apostrophes.
    Vide,
}

/// A line that is no rubric, and the rubric it would have been when that can still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Illisible {
    /// What is wrong.
    pub faute: Faute,
    /// The code at its head.
    pub code: Option<Code>,
}

/// How the characters of a value are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encodage {
    /// As the norm wants: ISO-8859-1 (of which ASCII is a part).
    Latin1,
    /// UTF-8, which the norm does not allow.
    Utf8,
    /// Bytes 80 to 9F, which are letters in Windows-1252 and nothing in ISO-8859-1.
    Windows1252,
}

/// A rubric and its value. `Debug` shows the code alone: a value may be anything of a person.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Rubrique<'a> {
    /// Where the value belongs.
    pub code: Code,
    /// The bytes between the apostrophes.
    pub valeur: &'a [u8],
    /// How they are written.
    pub encodage: Encodage,
}

impl Rubrique<'_> {
    /// The value as text.
    pub fn texte(&self) -> Cow<'_, str> {
        match self.encodage {
            Encodage::Utf8 => String::from_utf8_lossy(self.valeur),
            _ => match std::str::from_utf8(self.valeur) {
                Ok(texte) => Cow::Borrowed(texte),
                Err(_) => self.valeur.iter().map(|octet| char::from(*octet)).collect::<String>().into(),
            },
        }
    }
}

impl std::fmt::Debug for Rubrique<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rubrique({}, …)", self.code)
    }
}

/// One line that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lue<'a> {
    /// The number of the line, from 1.
    pub ligne: u64,
    /// The rubric, or why there is none.
    pub contenu: Result<Rubrique<'a>, Illisible>,
}

/// The rubrics of a file, one after the other.
///
/// ```
/// use dsn::lignes::Rubriques;
/// let mut rubriques = Rubriques::new(&b"S21.G00.30.002,'L'H\xf4te'\r\n"[..]);
/// let lue = rubriques.suivante().unwrap().unwrap();
/// assert_eq!(lue.contenu.unwrap().texte(), "L'Hôte");
/// assert!(rubriques.suivante().unwrap().is_none());
/// ```
pub struct Rubriques<R> {
    source: R,
    tampon: Box<[u8]>,
    debut: usize,
    fin: usize,
    ligne: u64,
    octets: u64,
    blanches: u64,
    bom: bool,
    epuisee: bool,
}

impl<R: Read> Rubriques<R> {
    /// A reader; it has a buffer of its own, the source needs none.
    pub fn new(source: R) -> Self {
        Self {
            source,
            tampon: vec![0; TAMPON].into_boxed_slice(),
            debut: 0,
            fin: 0,
            ligne: 0,
            octets: 0,
            blanches: 0,
            bom: false,
            epuisee: false,
        }
    }

    /// How many lines have been read.
    pub const fn lignes(&self) -> u64 {
        self.ligne
    }

    /// How many of them held nothing.
    pub const fn blanches(&self) -> u64 {
        self.blanches
    }

    /// How many bytes have been read.
    pub const fn octets(&self) -> u64 {
        self.octets
    }

    /// Whether the file began with the mark of UTF-8, which the norm does not allow.
    pub const fn a_une_marque_utf8(&self) -> bool {
        self.bom
    }

    /// The next line that holds something.
    ///
    /// # Errors
    /// Those of the source; what the file holds is never an error.
    pub fn suivante(&mut self) -> io::Result<Option<Lue<'_>>> {
        loop {
            let Some((debut, fin)) = self.bornes()? else { return Ok(None) };
            self.ligne += 1;
            if fin - debut > LONGUEUR_MAXIMALE {
                let code = self.tampon.get(debut..debut + code::LONGUEUR).and_then(Code::lire);
                let contenu = Err(Illisible { faute: Faute::TropLongue, code });
                return Ok(Some(Lue { ligne: self.ligne, contenu }));
            }
            let mut debut = debut;
            if self.ligne == 1 && self.tampon[debut..fin].starts_with(b"\xef\xbb\xbf") {
                self.bom = true;
                debut += 3;
            }
            if debut == fin {
                self.blanches += 1;
                continue;
            }
            return Ok(Some(Lue { ligne: self.ligne, contenu: lire(&self.tampon[debut..fin]) }));
        }
    }

    /// Where the next line lies in the buffer, without what ends it. Of a line that is too long,
    /// only the beginning is there, and it is longer than the longest.
    fn bornes(&mut self) -> io::Result<Option<(usize, usize)>> {
        let mut cherches = 0;
        loop {
            let debut = self.debut;
            if let Some(place) = memchr::memchr(b'\n', &self.tampon[debut + cherches..self.fin]) {
                let fin = debut + cherches + place;
                self.debut = fin + 1;
                return Ok(Some((debut, sans_retour(&self.tampon, debut, fin))));
            }
            cherches = self.fin - debut;
            // One byte for the carriage return that may end it.
            if cherches > LONGUEUR_MAXIMALE + 1 {
                self.passer()?;
                return Ok(Some((0, LONGUEUR_MAXIMALE + 1)));
            }
            if !self.remplir()? {
                if cherches == 0 {
                    return Ok(None);
                }
                let (debut, fin) = (self.debut, self.fin);
                self.debut = fin;
                return Ok(Some((debut, sans_retour(&self.tampon, debut, fin))));
            }
        }
    }

    /// Keeps the beginning of a line at the head of the buffer and passes over the rest of it.
    fn passer(&mut self) -> io::Result<()> {
        self.tampon.copy_within(self.debut..self.debut + LONGUEUR_MAXIMALE + 1, 0);
        loop {
            self.debut = LONGUEUR_MAXIMALE + 1;
            self.fin = self.debut;
            if !self.remplir_sans_tasser()? {
                return Ok(());
            }
            if let Some(place) = memchr::memchr(b'\n', &self.tampon[self.debut..self.fin]) {
                self.debut += place + 1;
                return Ok(());
            }
        }
    }

    /// Brings more bytes; says whether there were any. What is not read yet moves to the head.
    fn remplir(&mut self) -> io::Result<bool> {
        self.tampon.copy_within(self.debut..self.fin, 0);
        self.fin -= self.debut;
        self.debut = 0;
        self.remplir_sans_tasser()
    }

    fn remplir_sans_tasser(&mut self) -> io::Result<bool> {
        while !self.epuisee {
            match self.source.read(&mut self.tampon[self.fin..]) {
                Ok(0) => self.epuisee = true,
                Ok(lus) => {
                    self.fin += lus;
                    self.octets += lus as u64;
                    return Ok(true);
                }
                Err(erreur) if erreur.kind() == io::ErrorKind::Interrupted => {}
                Err(erreur) => return Err(erreur),
            }
        }
        Ok(false)
    }
}

fn sans_retour(tampon: &[u8], debut: usize, fin: usize) -> usize {
    if fin > debut && tampon[fin - 1] == b'\r' { fin - 1 } else { fin }
}

/// One line, judged.
fn lire(ligne: &[u8]) -> Result<Rubrique<'_>, Illisible> {
    let Some((tete, suite)) = ligne.split_at_checked(code::LONGUEUR) else {
        return Err(Illisible { faute: Faute::Forme, code: None });
    };
    let code = Code::lire(tete).ok_or(Illisible { faute: Faute::Forme, code: None })?;
    let illisible = |faute| Illisible { faute, code: Some(code) };
    let [b',', b'\'', valeur @ ..] = suite else { return Err(illisible(Faute::Forme)) };
    let [valeur @ .., b'\''] = valeur else { return Err(illisible(Faute::Fermeture)) };
    if valeur.is_empty() {
        return Err(illisible(Faute::Vide));
    }
    let (plus_petit, tous) = valeur.iter().fold((u8::MAX, 0), |(petit, tous), c| (petit.min(*c), tous | c));
    if plus_petit < b' ' {
        return Err(illisible(Faute::Controle));
    }
    Ok(Rubrique { code, valeur, encodage: if tous < 0x80 { Encodage::Latin1 } else { encodage(valeur) } })
}

/// Letters of ISO-8859-1 that follow one another as UTF-8 would have them make no French word.
fn encodage(valeur: &[u8]) -> Encodage {
    if std::str::from_utf8(valeur).is_ok() {
        Encodage::Utf8
    } else if valeur.iter().any(|octet| matches!(octet, 0x80..=0x9f)) {
        Encodage::Windows1252
    } else {
        Encodage::Latin1
    }
}
