//! What an import came to, for whoever has to mend what was left out. Bounded, and nobody is named
//! but by a line and a rank.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use domaine::declarations::Agreement;
use dsn::ReadingReport;
use store::{Changes, DsnOutcome, EvenementOutcome, Recognized};
use tables::Encoding;

use crate::wording::count;

/// How many people, lines and declarations left out are told one by one.
const MAX_NOTES: usize = 1_000;
/// How many different reasons are counted one by one for the others.
const MAX_RAISONS: usize = 100;

/// What an import came to.
#[derive(Debug, Default)]
pub struct Report {
    /// Whether it is of DSN files.
    from_dsn: bool,
    /// What the reader of DSN files found, by file.
    pub reports: Vec<ReadingReport>,
    /// Declarations stored for the first time.
    pub new_ones: u64,
    /// Declarations that took the place of earlier ones.
    pub replaced: u64,
    /// Those of both that cancel.
    pub cancelled: u64,
    /// Declarations that were there already.
    pub already_there: u64,
    /// Declarations behind a later one.
    pub superseded: u64,
    /// Declarations after which their month is divided otherwise (*champ*, fractions) than it was.
    pub redivided: u64,
    /// Declarations whose end is missing.
    pub cut: u64,
    /// Declarations of an envelope that does not hold what it announces: nothing of it was kept.
    pub refused: u64,
    /// The same, kept because it was only known afterwards.
    pub doubtful: u64,
    /// Declarations that carry no hours by their nature.
    pub without_hours: u64,
    /// Lines of a CSV file taken in.
    pub lines: u64,
    /// Events recorded.
    pub new_evenements: u64,
    /// Events whose end was told.
    pub finished_evenements: u64,
    /// Events that were there already.
    pub known_evenements: u64,
    /// Years that changed.
    pub changes: Changes,
    /// Contracts of people who are no workers in the sense of the account.
    pub contrats_without_droit: u64,
    gaps_in_all: u64,
    /// CSV files that were not in UTF-8, and in what they were read.
    encodings: Vec<String>,
    notes: Vec<String>,
    /// How many are not among the notes, by reason.
    untold: BTreeMap<String, u64>,
    to_check: Vec<String>,
    to_check_in_all: u64,
    new_people: HashSet<u128>,
    known_ones: HashSet<u128>,
}

impl Report {
    /// That of an import of DSN files, before the first.
    pub(super) fn from_dsn() -> Self {
        Self { from_dsn: true, ..Self::default() }
    }

    /// How a file was read, when it is not as asked for: whoever sent it may look at the names.
    pub(super) fn read_as(&mut self, file: &str, encoding: Encoding) {
        if encoding != Encoding::Utf8 && self.encodings.len() < MAX_NOTES {
            self.encodings.push(format!("{file} : lu en {}", encoding.nom()));
        }
    }

    /// A person or a line that was left out: where, and what to do.
    pub(super) fn discard(&mut self, at: &str, why: &str) {
        self.gaps_in_all += 1;
        self.record(at, "écarté", why);
    }

    /// A declaration of an envelope whose totals do not hold: left out.
    pub(super) fn refuse(&mut self, at: &str) {
        self.refused += 1;
        self.record(
            at,
            "écarté",
            "Déclaration d'un envoi dont les totaux (S90.G00.90) manquent ou ne sont pas ceux de son contenu : rien n'en \
             est gardé. Exportez l'envoi de nouveau.",
        );
    }

    /// A declaration of such an envelope that was kept before that was known.
    pub(super) fn doubt(&mut self, at: &str) {
        self.doubtful += 1;
        self.record(
            at,
            "perte",
            "Déclaration reprise, mais son envoi ne contient pas ce qu'il annonce (S90.G00.90) : des lignes y manquent \
             peut-être. Exportez l'envoi de nouveau, et importez-le comme un fichier, qui est vérifié avant d'être lu.",
        );
    }

    fn record(&mut self, at: &str, cost: &str, why: &str) {
        if self.notes.len() < MAX_NOTES {
            self.notes.push(format!("{at} [{cost}] {why}"));
            return;
        }
        let note = format!("[{cost}] {why}");
        let known = self.untold.contains_key(&note) || self.untold.len() < MAX_RAISONS;
        *self.untold.entry(if known { note } else { "autres raisons".to_owned() }).or_default() += 1;
    }

    /// Something that was taken in, and that somebody should look at.
    fn check(&mut self, at: &str, what: &str) {
        self.to_check_in_all += 1;
        if self.to_check.len() < MAX_NOTES {
            self.to_check.push(format!("{at} [à vérifier] {what}"));
        }
    }

    pub(super) fn count(&mut self, outcome: DsnOutcome, cancels: bool) {
        let place = match outcome {
            DsnOutcome::New => &mut self.new_ones,
            DsnOutcome::Replaces => &mut self.replaced,
            DsnOutcome::AlreadyThere => &mut self.already_there,
            DsnOutcome::Superseded => &mut self.superseded,
        };
        *place += 1;
        self.cancelled += u64::from(cancels && matches!(outcome, DsnOutcome::New | DsnOutcome::Replaces));
    }

    /// What became of an event.
    pub(super) fn tell(&mut self, outcome: EvenementOutcome) {
        match outcome {
            EvenementOutcome::New => self.new_evenements += 1,
            EvenementOutcome::Finished => self.finished_evenements += 1,
            EvenementOutcome::AlreadyThere => self.known_evenements += 1,
            EvenementOutcome::Other => {}
        }
    }

    /// Who somebody turned out to be.
    pub(super) fn recognize(&mut self, recognized: &Recognized, at: &str) {
        match recognized {
            Recognized::Person { id, new, identite } => {
                let id = u128::from_str_radix(id, 16).unwrap_or_default();
                match identite {
                    Agreement::Same => {}
                    Agreement::Changed => self.check(
                        at,
                        "Nom ou date de naissance autres que ceux déclarés jusqu'ici sous ce NIR : les derniers sont \
                         gardés. S'ils sont faux, redéposez les bons.",
                    ),
                    Agreement::Renumbered => self.check(
                        at,
                        "Connu jusqu'ici sous l'ancien NIR déclaré : ses mois le suivent sous le nouveau.",
                    ),
                    Agreement::SetAside => self.check(
                        at,
                        "Un compte était ouvert avec ce NIR par quelqu'un d'autre, sans preuve : il est mis à part, son titulaire \
                         prévenu, et ces heures sont à la personne déclarée. Une erreur dans la déclaration ? Corrigez-la, puis \
                         redéposez ; « acquis journal --quoi compte_mis_a_part » dit de quel compte il s'agit.",
                    ),
                    Agreement::GivenBack => self.check(
                        at,
                        "Ce qui avait été déclaré sous ce NIR pour quelqu'un d'autre est repris : le compte qui avait été mis à part \
                         retrouve son NIR, et son titulaire est prévenu.",
                    ),
                    Agreement::EarlierApart => self.check(
                        at,
                        "Quelqu'un est connu sous l'ancien NIR déclaré, avec un compte ou une autre identité : ses mois \
                         y restent. Si c'est la même personne, redéposez-les sous le nouveau NIR.",
                    ),
                }
                if *new {
                    self.new_people.insert(id);
                } else if !self.new_people.contains(&id) {
                    self.known_ones.insert(id);
                }
            }
            Recognized::NoNom => self.discard(
                at,
                "Personne inconnue jusqu'ici et déclarée sans nom ou sans prénoms : complétez-les, puis redéposez.",
            ),
            Recognized::Disputed => self.discard(
                at,
                "Des employeurs déclarent ce NIR pour deux personnes, et un compte a été mis à part pour cela : rien n'est versé à \
                 personne. Vérifiez l'identité déclarée ; si elle est juste, un opérateur rend le NIR à son titulaire (« acquis \
                 journal --quoi compte_mis_a_part », puis « acquis comptes »), puis redéposez.",
            ),
            Recognized::OtherAccount => self.discard(
                at,
                "Un compte est déjà ouvert avec ce NIR sous un autre nom ou une autre date de naissance : rien n'y est \
                 versé. Vérifiez l'identité déclarée, puis redéposez.",
            ),
        }
    }

    /// Whether nothing was left out.
    pub fn is_lossless(&self) -> bool {
        let declarations = self.cut + self.refused + self.doubtful;
        self.gaps_in_all + declarations == 0 && self.reports.iter().all(ReadingReport::is_lossless)
    }

    /// People recorded by this import.
    pub fn new_people(&self) -> usize {
        self.new_people.len()
    }

    /// People who were known before it.
    pub fn known_people(&self) -> usize {
        self.known_ones.len()
    }

    /// How many people and lines were left out.
    pub const fn gaps(&self) -> u64 {
        self.gaps_in_all
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for report in &self.reports {
            writeln!(f, "{report}")?;
        }
        for note in self.encodings.iter().chain(&self.notes) {
            writeln!(f, "{note}")?;
        }
        for (raison, times) in &self.untold {
            writeln!(f, "non listés, {} fois : {raison}", count(*times))?;
        }
        for point in &self.to_check {
            writeln!(f, "{point}")?;
        }
        let untold = self.to_check_in_all - self.to_check.len() as u64;
        if untold > 0 {
            writeln!(f, "et {} autres identités à vérifier", count(untold))?;
        }
        if self.from_dsn {
            writeln!(
                f,
                "déclarations : {} nouvelles, {} remplacées, {} déjà là, {} dépassées par une plus récente",
                count(self.new_ones),
                count(self.replaced),
                count(self.already_there),
                count(self.superseded),
            )?;
            writeln!(
                f,
                "dont annulations : {} ; non gardées, incomplètes : {}, d'un envoi aux totaux faux : {} ; sans heures par nature (signalements, \
                 essais, substitutions) : {}",
                count(self.cancelled),
                count(self.cut),
                count(self.refused),
                count(self.without_hours),
            )?;
            if self.doubtful > 0 {
                let how_many = count(self.doubtful);
                writeln!(f, "reprises d'un envoi qui ne contient pas ce qu'il annonce, donc à redonner : {how_many}")?;
            }
            if self.redivided > 0 {
                writeln!(
                    f,
                    "mois redéclarés dans un autre champ ou un autre nombre de fractions : {} ; ce qui en était dit \
                     auparavant ne compte plus",
                    count(self.redivided)
                )?;
            }
        } else {
            writeln!(f, "lignes reprises : {}", count(self.lines))?;
        }
        let evenements = [self.new_evenements, self.finished_evenements, self.known_evenements];
        if evenements.iter().any(|how_many| *how_many > 0) {
            let [new_ones, finished, known_ones] = evenements.map(count);
            writeln!(f, "évènements : {new_ones} nouveaux, {finished} dont la fin est dite, {known_ones} déjà là")?;
        }
        writeln!(
            f,
            "personnes : {} nouvelles, {} déjà connues ; écarts, comptés à chaque mois ou ligne : {}",
            count(self.new_people() as u64),
            count(self.known_people() as u64),
            count(self.gaps_in_all),
        )?;
        if self.contrats_without_droit > 0 {
            writeln!(
                f,
                "contrats sans année de travail (stages, mandats, appui au projet, service civique) : {}",
                count(self.contrats_without_droit)
            )?;
        }
        writeln!(
            f,
            "années changées : {}, dont {} déjà créditées : corrigées au prochain « acquis alimenter »",
            count(self.changes.years),
            count(self.changes.corrected_ones),
        )?;
        if self.reports.is_empty() && self.changes.repeated > 0 {
            writeln!(
                f,
                "dont {} que la même source (même employeur, même statut) disait autrement : remplacées. Si ce sont deux \
                 employeurs, nommez-les dans la colonne employeur, puis redonnez les deux fichiers.",
                count(self.changes.repeated)
            )?;
        }
        if !self.changes.by_year.is_empty() {
            let years = self.changes.by_year.iter();
            let years: Vec<String> = years.map(|(year, n)| format!("{year} ({})", count(*n))).collect();
            writeln!(f, "années à alimenter, ou à alimenter de nouveau, et personnes : {}", years.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_told_line_by_line_is_counted_by_reason() {
        let mut report = Report::default();
        for ligne in 0..1_300 {
            report.discard(&format!("ligne {ligne}"), if ligne % 3 == 0 { "Trois." } else { "Autre." });
        }
        let said = report.to_string();
        assert_eq!((report.gaps(), said.matches("\nligne ").count() + 1), (1_300, MAX_NOTES));
        for expected in ["non listés, 100 fois : [écarté] Trois.", "non listés, 200 fois : [écarté] Autre."] {
            assert!(said.contains(expected), "{expected}: {said}");
        }
        for ligne in 0..500 {
            report.discard("x", &format!("Raison {ligne}."));
        }
        assert_eq!(report.untold.len(), MAX_RAISONS + 1);
        assert_eq!(report.untold.values().sum::<u64>() + MAX_NOTES as u64, report.gaps());
    }
}
