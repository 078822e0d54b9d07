//! Where a line stands: a mark that stays on it as the statement grows.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::ligne::Ligne;
use super::releve::Releve;
#[cfg(feature = "openapi")]
use crate::mesures::measured;
use crate::mesures::{Day, DayInvalide};

/// A line of a statement: its day, and its rank among the lines of that day. Travels as `"2020-06-30.1"`.
///
/// A later statement begins with the lines of an earlier one, so the same line keeps the same mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Marker {
    /// The day of the line.
    pub date: Day,
    index: u16,
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Marker {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        measured(&"2020-06-30.1", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,4}$")
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Marker {}

impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.date, self.index)
    }
}

impl FromStr for Marker {
    type Err = DayInvalide;

    fn from_str(text: &str) -> Result<Self, DayInvalide> {
        let (date, index) = text.split_once('.').ok_or(DayInvalide)?;
        let digits = (1..=4).contains(&index.len()) && index.bytes().all(|c| c.is_ascii_digit());
        let index = if digits { index.parse().map_err(|_| DayInvalide)? } else { return Err(DayInvalide) };
        Ok(Self { date: date.parse()?, index })
    }
}

impl TryFrom<String> for Marker {
    type Error = DayInvalide;

    fn try_from(text: String) -> Result<Self, DayInvalide> {
        text.parse()
    }
}

impl From<Marker> for String {
    fn from(marker: Marker) -> Self {
        marker.to_string()
    }
}

impl Releve {
    /// The mark of each line, those to be credited last.
    pub fn markers(&self) -> Vec<Marker> {
        let mut markers: Vec<Marker> = Vec::new();
        for Ligne { date, .. } in self.lignes.iter().chain(&self.earned) {
            let index = markers.iter().filter(|marker| marker.date == *date).count();
            markers.push(Marker { date: *date, index: u16::try_from(index).unwrap_or(u16::MAX) });
        }
        markers
    }

    /// The line that bears this mark.
    pub fn ligne(&self, marker: Marker) -> Option<&Ligne> {
        let index = self.markers().iter().position(|known| *known == marker)?;
        self.lignes.iter().chain(&self.earned).nth(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bareme::Bareme;
    use crate::droits::calculate;
    use crate::examples::PEOPLE;

    #[test]
    fn a_mark_finds_its_line_and_stays_on_it_as_time_goes_by() {
        for person in PEOPLE {
            let releve = |as_of| calculate(&person.situation(), as_of, &Bareme::IN_FORCE);
            let (before, after) = (releve(Day::date(2021, 12, 31)), releve(Day::date(2026, 11, 23)));
            for (marker, ligne) in before.markers().into_iter().zip(&before.lignes) {
                assert_eq!(marker.to_string().parse(), Ok(marker));
                assert_eq!(after.ligne(marker), Some(ligne));
            }
        }
        for text in ["", "2020-06-30", "2020-06-30.", "2020-06-30.-1", "2020-06-30.+1", "2020-06-30.10000", "hier.1"] {
            assert!(text.parse::<Marker>().is_err(), "{text}");
        }
    }
}
