//! « À quelle date ? »: the day of which a person wants to see their statement. The form is in [`crate::forms`].

use serde::{Deserialize, Serialize};

use crate::mesures::Jour;

/// Why a text is not a day that a statement can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateInvalide {
    /// Nothing was typed.
    Vide,
    /// Day, month or the four figures of the year are missing.
    Incomplete,
    /// Not a date in figures.
    Illisible,
    /// The calendar has no such day.
    Inexistante,
    /// The day has not come yet: a statement is no forecast.
    Future,
}

impl DateInvalide {
    /// Whether typing more at the end may mend it.
    pub const fn peut_devenir_juste(&self) -> bool {
        matches!(self, Self::Vide | Self::Incomplete)
    }
}

/// Reads `23/11/2021`, `23 11 2021`, `23112021` or `2021-11-23`.
///
/// # Errors
/// The first part, from the left, that cannot be right; a day after today.
///
/// ```
/// use domaine::droits::{DateInvalide, lire_date};
/// use domaine::mesures::Jour;
/// let jour = Jour::date(2026, 11, 23);
/// assert_eq!(lire_date("1/3/2021", jour), Ok(Jour::date(2021, 3, 1)));
/// assert_eq!(lire_date("24/11/2026", jour), Err(DateInvalide::Future));
/// ```
pub fn lire_date(texte: &str, aujourdhui: Jour) -> Result<Jour, DateInvalide> {
    let texte = texte.trim();
    if texte.is_empty() {
        return Err(DateInvalide::Vide);
    }
    let date = match texte.parse() {
        Ok(date) => date,
        Err(_) => jour_d_abord(texte)?,
    };
    if date > aujourdhui { Err(DateInvalide::Future) } else { Ok(date) }
}

fn jour_d_abord(texte: &str) -> Result<Jour, DateInvalide> {
    const CHIFFRES: [usize; 3] = [2, 2, 4];
    // What each part can be, once it is whole.
    const BORNES: [u16; 3] = [31, 12, 9999];
    let mut parties = [0_u16; 3];
    let (mut rang, mut chiffres) = (0, 0);
    for c in texte.chars() {
        let fin = match c.to_digit(10) {
            Some(chiffre) if rang < 3 => {
                parties[rang] = parties[rang] * 10 + u16::try_from(chiffre).unwrap_or(0);
                chiffres += 1;
                chiffres == CHIFFRES[rang]
            }
            None if matches!(c, '/' | '.' | '-') || c.is_whitespace() => rang < 2 && chiffres > 0,
            _ => return Err(DateInvalide::Illisible),
        };
        if fin {
            if !(1..=BORNES[rang]).contains(&parties[rang]) {
                return Err(DateInvalide::Inexistante);
            }
            (rang, chiffres) = (rang + 1, 0);
        }
    }
    if rang < 3 {
        return Err(DateInvalide::Incomplete);
    }
    let [jour, mois, annee] = parties;
    let petit = |partie: u16| u8::try_from(partie).unwrap_or(0);
    Jour::new(annee, petit(mois), petit(jour)).map_err(|_| DateInvalide::Inexistante)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOUR: Jour = Jour::date(2026, 11, 23);

    fn lire(texte: &str) -> Result<Jour, DateInvalide> {
        lire_date(texte, JOUR)
    }

    #[test]
    fn a_date_is_read_as_people_write_it() {
        for texte in ["01/03/2021", "1/3/2021", "1.3.2021", "01032021", "1 3 2021", " 01-03-2021 ", "2021-03-01"] {
            assert_eq!(lire(texte), Ok(Jour::date(2021, 3, 1)), "{texte}");
        }
    }

    #[test]
    fn the_first_part_that_cannot_be_right_is_told() {
        for texte in ["3", "31", "31/", "31/0", "31/01/", "31/01/202", "1/3/21"] {
            assert_eq!(lire(texte), Err(DateInvalide::Incomplete), "{texte}");
        }
        for texte in ["32", "0/", "12/13", "31/04/2021", "29/02/2023", "99/99/9999", "01/01/0000"] {
            assert_eq!(lire(texte), Err(DateInvalide::Inexistante), "{texte}");
        }
        for texte in ["hier", "12/mars", "01/03/20211", "01/03/2021x", "１"] {
            assert_eq!(lire(texte), Err(DateInvalide::Illisible), "{texte}");
        }
        assert_eq!(lire(" "), Err(DateInvalide::Vide));
    }

    #[test]
    fn today_is_the_last_day() {
        assert_eq!(lire("22/11/2026"), Ok(Jour::date(2026, 11, 22)));
        assert_eq!(lire("23/11/2026"), Ok(JOUR));
        assert_eq!(lire("24/11/2026"), Err(DateInvalide::Future));
    }
}
