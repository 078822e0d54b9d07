//! The answers of a simulation in the fragment of an address, to be shared. Holds nothing of the person.

use std::fmt::Write as _;

use super::saisie::{ChampSimulation, SaisieSimulation};
use crate::forms::formulaire::Champ;

impl SaisieSimulation {
    /// The answers in the fragment of an address: « depuis=2020&emploi=salarie… ». Holds nothing of the person.
    pub fn en_lien(&self) -> String {
        let mut lien = String::new();
        for (nom, texte) in self.textes() {
            let texte = texte.trim();
            if !texte.is_empty() {
                let separe = if lien.is_empty() { "" } else { "&" };
                // Writing into a text cannot fail.
                let _written = write!(lien, "{separe}{nom}={}", texte.replace(|c: char| !est_de_lien(c), ""));
            }
        }
        for (nom, coche) in [("sous-niveau-3", self.sous_niveau_3), ("boeth", self.boeth)] {
            if coche {
                let _written = write!(lien, "&{nom}=oui");
            }
        }
        lien
    }

    /// The answers of such a fragment; what it does not know is left out, what it lacks stays empty.
    ///
    /// ```
    /// use domaine::mesures::Jour;
    /// use domaine::forms::SaisieSimulation;
    ///
    /// let saisie = SaisieSimulation::proposee(Jour::date(2026, 11, 24));
    /// assert_eq!(SaisieSimulation::de_lien(&saisie.en_lien()), saisie);
    /// ```
    pub fn de_lien(lien: &str) -> Self {
        let mut saisie = Self::default();
        for (nom, texte) in lien.split('&').filter_map(|partie| partie.split_once('=')) {
            if texte.len() > 40 || !texte.chars().all(est_de_lien) {
                continue;
            }
            match nom {
                "sous-niveau-3" => saisie.sous_niveau_3 = texte == "oui",
                "boeth" => saisie.boeth = texte == "oui",
                _ => {
                    if let Some(place) = saisie.place(nom) {
                        texte.clone_into(place);
                    }
                }
            }
        }
        saisie
    }

    fn textes(&self) -> [(&'static str, &str); 8] {
        [
            (ChampSimulation::Depuis.id(), &self.depuis),
            (ChampSimulation::Emploi.id(), &self.emploi),
            (ChampSimulation::Heures.id(), &self.heures),
            (ChampSimulation::Changement.id(), &self.changement),
            (ChampSimulation::Ensuite.id(), &self.ensuite),
            (ChampSimulation::HeuresEnsuite.id(), &self.heures_ensuite),
            (ChampSimulation::Dif.id(), &self.dif),
            (ChampSimulation::JusquA.id(), &self.jusqu_a),
        ]
    }

    fn place(&mut self, nom: &str) -> Option<&mut String> {
        Some(match ChampSimulation::par_id(nom)? {
            ChampSimulation::Depuis => &mut self.depuis,
            ChampSimulation::Emploi => &mut self.emploi,
            ChampSimulation::Heures => &mut self.heures,
            ChampSimulation::Changement => &mut self.changement,
            ChampSimulation::Ensuite => &mut self.ensuite,
            ChampSimulation::HeuresEnsuite => &mut self.heures_ensuite,
            ChampSimulation::Dif => &mut self.dif,
            ChampSimulation::JusquA => &mut self.jusqu_a,
            ChampSimulation::SousNiveau3 | ChampSimulation::Boeth => return None,
        })
    }
}

/// What may stand in a shared address as it is.
fn est_de_lien(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | ',' | '.')
}
