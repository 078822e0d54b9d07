//! Where a line stands: a mark that stays on it as the statement grows.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::ligne::Ligne;
use super::releve::Releve;
use crate::mesures::{Jour, JourInvalide};

/// A line of a statement: its day, and its rank among the lines of that day. Travels as `"2020-06-30.1"`.
///
/// A later statement begins with the lines of an earlier one, so the same line keeps the same mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Repere {
    /// The day of the line.
    pub date: Jour,
    rang: u16,
}

impl fmt::Display for Repere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.date, self.rang)
    }
}

impl FromStr for Repere {
    type Err = JourInvalide;

    fn from_str(texte: &str) -> Result<Self, JourInvalide> {
        let (date, rang) = texte.split_once('.').ok_or(JourInvalide)?;
        let chiffres = (1..=4).contains(&rang.len()) && rang.bytes().all(|c| c.is_ascii_digit());
        let rang = if chiffres { rang.parse().map_err(|_| JourInvalide)? } else { return Err(JourInvalide) };
        Ok(Self { date: date.parse()?, rang })
    }
}

impl TryFrom<String> for Repere {
    type Error = JourInvalide;

    fn try_from(texte: String) -> Result<Self, JourInvalide> {
        texte.parse()
    }
}

impl From<Repere> for String {
    fn from(repere: Repere) -> Self {
        repere.to_string()
    }
}

impl Releve {
    /// The mark of each line, those to be credited last.
    pub fn reperes(&self) -> Vec<Repere> {
        let mut reperes: Vec<Repere> = Vec::new();
        for Ligne { date, .. } in self.lignes.iter().chain(&self.acquises) {
            let rang = reperes.iter().filter(|repere| repere.date == *date).count();
            reperes.push(Repere { date: *date, rang: u16::try_from(rang).unwrap_or(u16::MAX) });
        }
        reperes
    }

    /// The line that bears this mark.
    pub fn ligne(&self, repere: Repere) -> Option<&Ligne> {
        let rang = self.reperes().iter().position(|connu| *connu == repere)?;
        self.lignes.iter().chain(&self.acquises).nth(rang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bareme::Bareme;
    use crate::droits::calculer;
    use crate::exemples::PERSONNES;

    #[test]
    fn a_mark_finds_its_line_and_stays_on_it_as_time_goes_by() {
        for personne in PERSONNES {
            let releve = |au| calculer(&personne.situation(), au, &Bareme::EN_VIGUEUR);
            let (avant, apres) = (releve(Jour::date(2021, 12, 31)), releve(Jour::date(2026, 11, 23)));
            for (repere, ligne) in avant.reperes().into_iter().zip(&avant.lignes) {
                assert_eq!(repere.to_string().parse(), Ok(repere));
                assert_eq!(apres.ligne(repere), Some(ligne));
            }
        }
        for texte in ["", "2020-06-30", "2020-06-30.", "2020-06-30.-1", "2020-06-30.+1", "2020-06-30.10000", "hier.1"] {
            assert!(texte.parse::<Repere>().is_err(), "{texte}");
        }
    }
}
