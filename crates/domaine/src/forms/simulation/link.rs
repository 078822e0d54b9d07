//! The answers of a simulation in the fragment of an address, to be shared. Holds nothing of the person.

use std::fmt::Write as _;

use super::saisie::{ChampSimulation, SaisieSimulation};
use crate::forms::formulaire::Champ;

impl SaisieSimulation {
    /// The answers in the fragment of an address: « depuis=2020&emploi=salarie… ». Holds nothing of the person.
    pub fn to_link(&self) -> String {
        let mut link = String::new();
        for (nom, text) in self.texts() {
            let text = text.trim();
            if !text.is_empty() {
                let separates = if link.is_empty() { "" } else { "&" };
                // Writing into a text cannot fail.
                let _written = write!(link, "{separates}{nom}={}", text.replace(|c: char| !is_for_a_link(c), ""));
            }
        }
        for (nom, checked) in [("sous-niveau-3", self.sous_niveau_3), ("boeth", self.boeth)] {
            if checked {
                let _written = write!(link, "&{nom}=oui");
            }
        }
        link
    }

    /// The answers of such a fragment; what it does not know is left out, what it lacks stays empty.
    ///
    /// ```
    /// use domaine::mesures::Day;
    /// use domaine::forms::SaisieSimulation;
    ///
    /// let saisie = SaisieSimulation::offered(Day::date(2026, 11, 24));
    /// assert_eq!(SaisieSimulation::from_link(&saisie.to_link()), saisie);
    /// ```
    pub fn from_link(link: &str) -> Self {
        let mut saisie = Self::default();
        for (nom, text) in link.split('&').filter_map(|part| part.split_once('=')) {
            if text.len() > 40 || !text.chars().all(is_for_a_link) {
                continue;
            }
            match nom {
                "sous-niveau-3" => saisie.sous_niveau_3 = text == "oui",
                "boeth" => saisie.boeth = text == "oui",
                _ => {
                    if let Some(place) = saisie.place(nom) {
                        text.clone_into(place);
                    }
                }
            }
        }
        saisie
    }

    fn texts(&self) -> [(&'static str, &str); 8] {
        [
            (ChampSimulation::Since.id(), &self.since),
            (ChampSimulation::Emploi.id(), &self.emploi),
            (ChampSimulation::Hours.id(), &self.hours),
            (ChampSimulation::Change.id(), &self.change),
            (ChampSimulation::Then.id(), &self.then),
            (ChampSimulation::HoursThen.id(), &self.hours_then),
            (ChampSimulation::Dif.id(), &self.dif),
            (ChampSimulation::UpTo.id(), &self.up_to),
        ]
    }

    fn place(&mut self, nom: &str) -> Option<&mut String> {
        Some(match ChampSimulation::from_id(nom)? {
            ChampSimulation::Since => &mut self.since,
            ChampSimulation::Emploi => &mut self.emploi,
            ChampSimulation::Hours => &mut self.hours,
            ChampSimulation::Change => &mut self.change,
            ChampSimulation::Then => &mut self.then,
            ChampSimulation::HoursThen => &mut self.hours_then,
            ChampSimulation::Dif => &mut self.dif,
            ChampSimulation::UpTo => &mut self.up_to,
            ChampSimulation::SousNiveau3 | ChampSimulation::Boeth => return None,
        })
    }
}

/// What may stand in a shared address as it is.
fn is_for_a_link(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | ',' | '.')
}
