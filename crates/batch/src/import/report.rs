//! What an import came to, for whoever has to mend what was left out. Bounded, and nobody is named
//! but by a line and a rank.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use domaine::declarations::Agreement;
use dsn::Rapport;
use store::{Changements, Reconnue, SortDsn, SortEvenement};

use crate::wording::nombre;

/// How many people, lines and declarations left out are told one by one.
const NOTES_MAXIMUM: usize = 1_000;
/// How many different reasons are counted one by one for the others.
const RAISONS_MAXIMUM: usize = 100;

/// What an import came to.
#[derive(Debug, Default)]
pub struct Bilan {
    /// Whether it is of DSN files.
    de_dsn: bool,
    /// What the reader of DSN files found, by file.
    pub rapports: Vec<Rapport>,
    /// Declarations stored for the first time.
    pub nouvelles: u64,
    /// Declarations that took the place of earlier ones.
    pub remplacees: u64,
    /// Those of both that cancel.
    pub annulees: u64,
    /// Declarations that were there already.
    pub deja_la: u64,
    /// Declarations behind a later one.
    pub depassees: u64,
    /// Declarations after which their month is divided otherwise (*champ*, fractions) than it was.
    pub redivisees: u64,
    /// Declarations whose end is missing.
    pub coupees: u64,
    /// Declarations of an envelope that does not hold what it announces: nothing of it was kept.
    pub refusees: u64,
    /// The same, kept because it was only known afterwards.
    pub douteuses: u64,
    /// Declarations that carry no hours by their nature.
    pub sans_heures: u64,
    /// Lines of a CSV file taken in.
    pub lignes: u64,
    /// Events recorded.
    pub evenements_nouveaux: u64,
    /// Events whose end was told.
    pub evenements_finis: u64,
    /// Events that were there already.
    pub evenements_connus: u64,
    /// Years that changed.
    pub changements: Changements,
    /// Contracts of people who are no workers in the sense of the account.
    pub contrats_sans_droit: u64,
    ecarts_en_tout: u64,
    notes: Vec<String>,
    /// How many are not among the notes, by reason.
    tues: BTreeMap<String, u64>,
    a_verifier: Vec<String>,
    a_verifier_en_tout: u64,
    nouvelles_personnes: HashSet<u128>,
    connues: HashSet<u128>,
}

impl Bilan {
    /// That of an import of DSN files, before the first.
    pub(super) fn de_dsn() -> Self {
        Self { de_dsn: true, ..Self::default() }
    }

    /// A person or a line that was left out: where, and what to do.
    pub(super) fn ecarter(&mut self, ou: &str, pourquoi: &str) {
        self.ecarts_en_tout += 1;
        self.noter(ou, "écarté", pourquoi);
    }

    /// A declaration of an envelope whose totals do not hold: left out.
    pub(super) fn refuser(&mut self, ou: &str) {
        self.refusees += 1;
        self.noter(
            ou,
            "écarté",
            "Déclaration d'un envoi dont les totaux (S90.G00.90) manquent ou ne sont pas ceux de son contenu : rien n'en \
             est gardé. Exportez l'envoi de nouveau.",
        );
    }

    /// A declaration of such an envelope that was kept before that was known.
    pub(super) fn douter(&mut self, ou: &str) {
        self.douteuses += 1;
        self.noter(
            ou,
            "perte",
            "Déclaration reprise, mais son envoi ne contient pas ce qu'il annonce (S90.G00.90) : des lignes y manquent \
             peut-être. Exportez l'envoi de nouveau, et importez-le comme un fichier, qui est vérifié avant d'être lu.",
        );
    }

    fn noter(&mut self, ou: &str, cout: &str, pourquoi: &str) {
        if self.notes.len() < NOTES_MAXIMUM {
            self.notes.push(format!("{ou} [{cout}] {pourquoi}"));
            return;
        }
        let note = format!("[{cout}] {pourquoi}");
        let connue = self.tues.contains_key(&note) || self.tues.len() < RAISONS_MAXIMUM;
        *self.tues.entry(if connue { note } else { "autres raisons".to_owned() }).or_default() += 1;
    }

    /// Something that was taken in, and that somebody should look at.
    fn verifier(&mut self, ou: &str, quoi: &str) {
        self.a_verifier_en_tout += 1;
        if self.a_verifier.len() < NOTES_MAXIMUM {
            self.a_verifier.push(format!("{ou} [à vérifier] {quoi}"));
        }
    }

    pub(super) fn compter(&mut self, sort: SortDsn, annule: bool) {
        let place = match sort {
            SortDsn::Nouveau => &mut self.nouvelles,
            SortDsn::Remplace => &mut self.remplacees,
            SortDsn::DejaLa => &mut self.deja_la,
            SortDsn::Depasse => &mut self.depassees,
        };
        *place += 1;
        self.annulees += u64::from(annule && matches!(sort, SortDsn::Nouveau | SortDsn::Remplace));
    }

    /// What became of an event.
    pub(super) fn raconter(&mut self, sort: SortEvenement) {
        match sort {
            SortEvenement::Nouveau => self.evenements_nouveaux += 1,
            SortEvenement::Fini => self.evenements_finis += 1,
            SortEvenement::DejaLa => self.evenements_connus += 1,
            SortEvenement::Autre => {}
        }
    }

    /// Who somebody turned out to be.
    pub(super) fn reconnaitre(&mut self, reconnue: &Reconnue, ou: &str) {
        match reconnue {
            Reconnue::Personne { id, nouvelle, identite } => {
                let id = u128::from_str_radix(id, 16).unwrap_or_default();
                match identite {
                    Agreement::Same => {}
                    Agreement::Changed => self.verifier(
                        ou,
                        "Nom ou date de naissance autres que ceux déclarés jusqu'ici sous ce NIR : les derniers sont \
                         gardés. S'ils sont faux, redéposez les bons.",
                    ),
                    Agreement::Renumbered => self.verifier(
                        ou,
                        "Connu jusqu'ici sous l'ancien NIR déclaré : ses mois le suivent sous le nouveau.",
                    ),
                    Agreement::EarlierApart => self.verifier(
                        ou,
                        "Quelqu'un est connu sous l'ancien NIR déclaré, avec un compte ou une autre identité : ses mois \
                         y restent. Si c'est la même personne, redéposez-les sous le nouveau NIR.",
                    ),
                }
                if *nouvelle {
                    self.nouvelles_personnes.insert(id);
                } else if !self.nouvelles_personnes.contains(&id) {
                    self.connues.insert(id);
                }
            }
            Reconnue::SansNom => self.ecarter(
                ou,
                "Personne inconnue jusqu'ici et déclarée sans nom ou sans prénoms : complétez-les, puis redéposez.",
            ),
            Reconnue::CompteAutre => self.ecarter(
                ou,
                "Un compte est déjà ouvert avec ce NIR sous un autre nom ou une autre date de naissance : rien n'y est \
                 versé. Vérifiez l'identité déclarée, puis redéposez.",
            ),
        }
    }

    /// Whether nothing was left out.
    pub fn est_sans_perte(&self) -> bool {
        let declarations = self.coupees + self.refusees + self.douteuses;
        self.ecarts_en_tout + declarations == 0 && self.rapports.iter().all(Rapport::est_sans_perte)
    }

    /// People recorded by this import.
    pub fn personnes_nouvelles(&self) -> usize {
        self.nouvelles_personnes.len()
    }

    /// People who were known before it.
    pub fn personnes_connues(&self) -> usize {
        self.connues.len()
    }

    /// How many people and lines were left out.
    pub const fn ecarts(&self) -> u64 {
        self.ecarts_en_tout
    }
}

impl fmt::Display for Bilan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for rapport in &self.rapports {
            writeln!(f, "{rapport}")?;
        }
        for note in &self.notes {
            writeln!(f, "{note}")?;
        }
        for (raison, fois) in &self.tues {
            writeln!(f, "non listés, {} fois : {raison}", nombre(*fois))?;
        }
        for point in &self.a_verifier {
            writeln!(f, "{point}")?;
        }
        let tus = self.a_verifier_en_tout - self.a_verifier.len() as u64;
        if tus > 0 {
            writeln!(f, "et {} autres identités à vérifier", nombre(tus))?;
        }
        if self.de_dsn {
            writeln!(
                f,
                "déclarations : {} nouvelles, {} remplacées, {} déjà là, {} dépassées par une plus récente",
                nombre(self.nouvelles),
                nombre(self.remplacees),
                nombre(self.deja_la),
                nombre(self.depassees),
            )?;
            writeln!(
                f,
                "dont annulations : {} ; non gardées, incomplètes : {}, d'un envoi aux totaux faux : {} ; sans heures par nature (signalements, \
                 essais, substitutions) : {}",
                nombre(self.annulees),
                nombre(self.coupees),
                nombre(self.refusees),
                nombre(self.sans_heures),
            )?;
            if self.douteuses > 0 {
                let combien = nombre(self.douteuses);
                writeln!(f, "reprises d'un envoi qui ne contient pas ce qu'il annonce, donc à redonner : {combien}")?;
            }
            if self.redivisees > 0 {
                writeln!(
                    f,
                    "mois redéclarés dans un autre champ ou un autre nombre de fractions : {} ; ce qui en était dit \
                     auparavant ne compte plus",
                    nombre(self.redivisees)
                )?;
            }
        } else {
            writeln!(f, "lignes reprises : {}", nombre(self.lignes))?;
        }
        let evenements = [self.evenements_nouveaux, self.evenements_finis, self.evenements_connus];
        if evenements.iter().any(|combien| *combien > 0) {
            let [nouveaux, finis, connus] = evenements.map(nombre);
            writeln!(f, "évènements : {nouveaux} nouveaux, {finis} dont la fin est dite, {connus} déjà là")?;
        }
        writeln!(
            f,
            "personnes : {} nouvelles, {} déjà connues ; écarts, comptés à chaque mois ou ligne : {}",
            nombre(self.personnes_nouvelles() as u64),
            nombre(self.personnes_connues() as u64),
            nombre(self.ecarts_en_tout),
        )?;
        if self.contrats_sans_droit > 0 {
            writeln!(
                f,
                "contrats sans année de travail (stages, mandats, appui au projet, service civique) : {}",
                nombre(self.contrats_sans_droit)
            )?;
        }
        writeln!(
            f,
            "années changées : {}, dont {} déjà créditées : corrigées au prochain « acquis alimenter »",
            nombre(self.changements.annees),
            nombre(self.changements.corrigees),
        )?;
        if self.rapports.is_empty() && self.changements.redites > 0 {
            writeln!(
                f,
                "dont {} que la même source (même employeur, même statut) disait autrement : remplacées. Si ce sont deux \
                 employeurs, nommez-les dans la colonne employeur, puis redonnez les deux fichiers.",
                nombre(self.changements.redites)
            )?;
        }
        if !self.changements.par_annee.is_empty() {
            let annees = self.changements.par_annee.iter();
            let annees: Vec<String> = annees.map(|(annee, n)| format!("{annee} ({})", nombre(*n))).collect();
            writeln!(f, "années à alimenter, ou à alimenter de nouveau, et personnes : {}", annees.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_told_line_by_line_is_counted_by_reason() {
        let mut bilan = Bilan::default();
        for ligne in 0..1_300 {
            bilan.ecarter(&format!("ligne {ligne}"), if ligne % 3 == 0 { "Trois." } else { "Autre." });
        }
        let dit = bilan.to_string();
        assert_eq!((bilan.ecarts(), dit.matches("\nligne ").count() + 1), (1_300, NOTES_MAXIMUM));
        for attendu in ["non listés, 100 fois : [écarté] Trois.", "non listés, 200 fois : [écarté] Autre."] {
            assert!(dit.contains(attendu), "{attendu}: {dit}");
        }
        for ligne in 0..500 {
            bilan.ecarter("x", &format!("Raison {ligne}."));
        }
        assert_eq!(bilan.tues.len(), RAISONS_MAXIMUM + 1);
        assert_eq!(bilan.tues.values().sum::<u64>() + NOTES_MAXIMUM as u64, bilan.ecarts());
    }
}
