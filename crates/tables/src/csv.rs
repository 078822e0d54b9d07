//! Lines of a CSV file: the separator of its header, quotes, UTF-8 or else ISO-8859-1. A line is a
//! record: no value goes over the end of one.

use std::io::{self, BufRead, BufReader, Read};

/// The longest line that is read, in bytes, its end included.
pub(crate) const LIGNE_MAXIMALE: u64 = 64 * 1_024;

/// Why a line has no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Defaut {
    /// Quotes do not close.
    Guillemets,
    /// It is longer than [`LIGNE_MAXIMALE`]: what was read of it is not what was written.
    TropLongue,
}

/// The values of a line.
pub(crate) type Valeurs = Result<Vec<String>, Defaut>;

/// A file being read, line by line.
pub(crate) struct Lignes<R> {
    source: BufReader<R>,
    separateur: char,
    numero: u64,
}

impl<R: Read> Lignes<R> {
    pub(crate) fn new(source: R) -> Self {
        Self { source: BufReader::new(source), separateur: ';', numero: 0 }
    }

    /// The names of the columns, which also tell the separator.
    pub(crate) fn entete(&mut self) -> io::Result<Vec<String>> {
        let Some(Ok(ligne)) = self.ligne()? else { return Ok(Vec::new()) };
        let compte = |separateur: char| ligne.matches(separateur).count();
        self.separateur = [',', '\t']
            .into_iter()
            .fold(';', |meilleur, autre| if compte(autre) > compte(meilleur) { autre } else { meilleur });
        let noms = decouper(ligne.trim_start_matches('\u{feff}'), self.separateur).unwrap_or_default();
        Ok(noms.into_iter().map(|nom| nom.to_lowercase()).collect())
    }

    /// The values of the next line that holds anything, and its number.
    pub(crate) fn suivante(&mut self) -> io::Result<Option<(u64, Valeurs)>> {
        while let Some(ligne) = self.ligne()? {
            let valeurs = match ligne {
                Ok(ligne) if ligne.trim().is_empty() => continue,
                Ok(ligne) => decouper(&ligne, self.separateur).ok_or(Defaut::Guillemets),
                Err(defaut) => Err(defaut),
            };
            return Ok(Some((self.numero, valeurs)));
        }
        Ok(None)
    }

    fn ligne(&mut self) -> io::Result<Option<Result<String, Defaut>>> {
        let mut octets = Vec::new();
        self.source.by_ref().take(LIGNE_MAXIMALE).read_until(b'\n', &mut octets)?;
        if octets.is_empty() {
            return Ok(None);
        }
        self.numero += 1;
        if octets.len() as u64 == LIGNE_MAXIMALE && octets.last() != Some(&b'\n') {
            self.source.skip_until(b'\n')?;
            return Ok(Some(Err(Defaut::TropLongue)));
        }
        let texte = String::from_utf8(octets)
            .unwrap_or_else(|erreur| erreur.into_bytes().into_iter().map(char::from).collect());
        Ok(Some(Ok(texte.trim_end_matches(['\r', '\n']).to_owned())))
    }
}

/// The values between separators; nothing when a quote stays open.
fn decouper(ligne: &str, separateur: char) -> Option<Vec<String>> {
    let (mut valeurs, mut valeur) = (Vec::new(), String::new());
    let mut signes = ligne.chars().peekable();
    // Whether the value holds more than blanks yet: a quote after that is one of its signs.
    let (mut entre_guillemets, mut commencee) = (false, false);
    while let Some(signe) = signes.next() {
        match signe {
            '"' if entre_guillemets && signes.peek() == Some(&'"') => {
                signes.next();
                valeur.push('"');
                commencee = true;
            }
            '"' if entre_guillemets || !commencee => entre_guillemets = !entre_guillemets,
            signe if signe == separateur && !entre_guillemets => {
                valeurs.push(std::mem::take(&mut valeur).trim().to_owned());
                commencee = false;
            }
            signe => {
                valeur.push(signe);
                commencee |= !signe.is_whitespace();
            }
        }
    }
    valeurs.push(valeur.trim().to_owned());
    (!entre_guillemets).then_some(valeurs)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Lues = Vec<(u64, Valeurs)>;

    fn lire(octets: &[u8]) -> (Vec<String>, Lues) {
        let mut lignes = Lignes::new(octets);
        let entete = lignes.entete().unwrap();
        let mut lues = Vec::new();
        while let Some(lue) = lignes.suivante().unwrap() {
            lues.push(lue);
        }
        (entete, lues)
    }

    #[test]
    fn the_header_tells_the_separator_and_values_may_be_quoted() {
        let (entete, lues) = lire("\u{feff}Nom,B\r\n\r\n\"A, \"\"b\"\"\", c \r\n\"x,y".as_bytes());
        assert_eq!(entete, ["nom", "b"]);
        assert_eq!(lues[0], (3, Ok(vec!["A, \"b\"".to_owned(), "c".to_owned()])));
        assert_eq!(lues[1], (4, Err(Defaut::Guillemets)));
    }

    #[test]
    fn a_file_that_is_not_utf_8_is_read_as_latin_1() {
        assert_eq!(lire(b"a;b\nNo\xebl;2\n").1, [(2, Ok(vec!["Noël".to_owned(), "2".to_owned()]))]);
    }

    #[test]
    fn a_line_that_is_too_long_is_told_and_the_next_one_is_read() {
        let longue = |octets: usize| [b"a;b\n".as_slice(), &vec![b' '; octets], b"\n1;2\n"].concat();
        let (la_plus_longue, suivante) = (LIGNE_MAXIMALE as usize - 1, (3, Ok(vec!["1".to_owned(), "2".to_owned()])));
        assert_eq!(lire(&longue(la_plus_longue)).1, std::slice::from_ref(&suivante));
        for octets in [la_plus_longue + 1, la_plus_longue + 2, 200_000] {
            assert_eq!(lire(&longue(octets)).1, [(2, Err(Defaut::TropLongue)), suivante.clone()], "{octets}");
        }
    }
}
