//! The command line: what is asked, before any setting is read.

use std::path::PathBuf;

use batch::contestations::Action;
use domaine::mesures::Year;

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Serves the page.
    Serve,
    /// Brings the database up to date.
    Migrate,
    /// Fills it with the fictional people.
    Demo,
    /// Writes the settings file.
    Settings,
    /// Imports files of employers.
    Import {
        /// Which files.
        format: Format,
        /// Files, folders, or `-`.
        files: Vec<PathBuf>,
        /// Only say what would change.
        dry_run: bool,
    },
    /// Credits a year.
    Alimentation {
        /// The year of work.
        year: Year,
        /// Only say what would change.
        dry_run: bool,
    },
    /// Gives the statement of one person, or of everybody.
    Releves {
        /// Of everybody, one JSON object a line.
        all: bool,
        /// As it stood on that day, as typed; today when there is none.
        as_of: Option<String>,
        /// In JSON rather than as a table.
        json: bool,
    },
    /// Lists the disputed lines.
    Contestations {
        /// The answered ones too.
        every: bool,
    },
    /// Reads one of them, or says something about it.
    Contestation {
        /// The reference given to its holder.
        reference: String,
        /// What is done.
        action: Action,
    },
    /// The help.
    Help,
    /// The version.
    Version,
}

impl Command {
    /// Whether it only says what would change.
    pub const fn is_dry_run(&self) -> bool {
        matches!(self, Self::Import { dry_run: true, .. } | Self::Alimentation { dry_run: true, .. })
    }
}

/// The files that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// DSN.
    Dsn,
    /// CSV, one year of work on each line.
    Activites,
    /// CSV, one event of an account on each line.
    Evenements,
}

/// The command and the settings file named on the line.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn understand(arguments: impl Iterator<Item = String>) -> Result<(Command, Option<PathBuf>), String> {
    let mut arguments = arguments.peekable();
    let (mut words, mut file, mut dry_run, mut year) = (Vec::new(), None, false, None);
    let (mut as_of, mut json) = (None, false);
    let (mut every, mut actions) = (false, Vec::new());
    let mut everything_is_a_file = false;
    while let Some(argument) = arguments.next() {
        let tail = |option: &str| argument.strip_prefix(option).and_then(|rest| rest.strip_prefix('='));
        match argument.as_str() {
            _ if everything_is_a_file => words.push(argument),
            "-h" | "--help" | "--aide" => return Ok((Command::Help, None)),
            "-V" | "--version" => return Ok((Command::Version, None)),
            "--" => everything_is_a_file = true,
            "--a-blanc" => dry_run = true,
            "--json" => json = true,
            "--au" => as_of = Some(arguments.next().ok_or("--au attend un jour, JJ/MM/AAAA")?),
            _ if tail("--au").is_some() => as_of = tail("--au").map(str::to_owned),
            "--toutes" => every = true,
            "--en-cours" | "--repondre" | "--completer" => actions.push(argument),
            "--config" => file = Some(arguments.next().ok_or("--config attend le nom d'un fichier")?.into()),
            "--annee" => year = Some(parse_year(&arguments.next().unwrap_or_default())?),
            _ if tail("--config").is_some() => file = tail("--config").map(PathBuf::from),
            _ if tail("--annee").is_some() => year = Some(parse_year(tail("--annee").unwrap_or_default())?),
            other if other.len() > 1 && other.starts_with('-') => return Err(unknown(other)),
            _ => words.push(argument),
        }
    }
    let mut words = words.into_iter();
    let nom = words.next().ok_or("une commande est attendue : serve, migrate ou demo ; voir acquis --help")?;
    let command = match nom.as_str() {
        "serve" => Command::Serve,
        "migrate" => Command::Migrate,
        "demo" => Command::Demo,
        "reglages" => Command::Settings,
        "importer" => import(&mut words, dry_run)?,
        "alimenter" => {
            let year = year.ok_or("alimenter attend --annee et l'année de travail à créditer")?;
            Command::Alimentation { year, dry_run }
        }
        "releve" => Command::Releves { all: false, as_of: as_of.take(), json: std::mem::take(&mut json) },
        "releves" => Command::Releves { all: true, as_of: as_of.take(), json: std::mem::take(&mut json) },
        "contestations" => contestations(&mut words, every, &actions)?,
        other => return Err(unknown(other)),
    };
    let rest = words.next().is_some();
    if rest && matches!(command, Command::Releves { .. }) {
        return Err("un NIR ne se donne pas sur la ligne de commande, où toute la machine peut le lire : \
                    il est lu sur l'entrée standard"
            .into());
    }
    if rest {
        return Err("une seule commande à la fois ; voir acquis --help".into());
    }
    if dry_run && !matches!(command, Command::Import { .. } | Command::Alimentation { .. }) {
        return Err("--a-blanc n'a de sens qu'avec importer et alimenter".into());
    }
    if as_of.is_some() || json {
        return Err("--au et --json n'ont de sens qu'avec releve et releves".into());
    }
    if year.is_some() && !matches!(command, Command::Alimentation { .. }) {
        return Err("--annee n'a de sens qu'avec alimenter".into());
    }
    let of_contestation = matches!(command, Command::Contestations { .. } | Command::Contestation { .. });
    if (every || !actions.is_empty()) && !of_contestation {
        return Err("--toutes, --en-cours, --repondre et --completer n'ont de sens qu'avec contestations".into());
    }
    Ok((command, file))
}

fn import(words: &mut impl Iterator<Item = String>, dry_run: bool) -> Result<Command, String> {
    let format = match words.next().as_deref() {
        Some("dsn") => Format::Dsn,
        Some("activites") => Format::Activites,
        Some("evenements") => Format::Evenements,
        _ => return Err("importer attend « dsn », « activites » ou « evenements », puis des fichiers".into()),
    };
    let files: Vec<PathBuf> = words.map(PathBuf::from).collect();
    if files.is_empty() {
        return Err("importer attend des fichiers, un dossier, ou « - » pour l'entrée standard".into());
    }
    Ok(Command::Import { format, files, dry_run })
}

fn contestations(words: &mut impl Iterator<Item = String>, every: bool, actions: &[String]) -> Result<Command, String> {
    let Some(reference) = words.next() else {
        return match actions.first() {
            None => Ok(Command::Contestations { every }),
            Some(action) => {
                Err(format!("{action} attend la référence d'une contestation, puis son fichier s'il y en a un"))
            }
        };
    };
    if every {
        return Err("--toutes donne la liste, une référence en montre une : l'un ou l'autre".into());
    }
    let mut source = || PathBuf::from(words.next().unwrap_or_else(|| "-".into()));
    let action = match actions {
        [] => Action::Show,
        [alone] => match alone.as_str() {
            "--repondre" => Action::Answer(source()),
            "--completer" => Action::Complete(source()),
            _ => Action::UnderWay,
        },
        _ => return Err("--en-cours, --repondre ou --completer : un seul à la fois".into()),
    };
    Ok(Command::Contestation { reference, action })
}

fn parse_year(text: &str) -> Result<Year, String> {
    let year = text.parse().ok().and_then(|year: u16| Year::new(year).ok());
    year.ok_or_else(|| "--annee attend une année en quatre chiffres".to_owned())
}

fn unknown(word: &str) -> String {
    format!("« {word} » n'est pas une commande ; voir acquis --help")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(ligne: &str) -> Result<(Command, Option<PathBuf>), String> {
        understand(ligne.split_ascii_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_may_stand_anywhere() {
        let expected = Command::Import { format: Format::Dsn, files: vec!["a.dsn".into(), "-".into()], dry_run: true };
        for ligne in ["importer dsn a.dsn - --a-blanc", "--a-blanc importer dsn a.dsn -"] {
            assert_eq!(parse(ligne), Ok((expected.clone(), None)), "{ligne}");
        }
        let year = Year::new(2025).expect("a year");
        let expected = Command::Alimentation { year, dry_run: false };
        assert_eq!(parse("alimenter --annee=2025 --config x"), Ok((expected, Some("x".into()))));
    }

    #[test]
    fn an_answer_comes_from_the_standard_input_unless_a_file_follows_the_reference() {
        assert_eq!(parse("contestations"), Ok((Command::Contestations { every: false }, None)));
        assert_eq!(parse("--toutes contestations"), Ok((Command::Contestations { every: true }, None)));
        for (ligne, action) in [
            ("contestations CTR-1", Action::Show),
            ("contestations CTR-1 --en-cours", Action::UnderWay),
            ("contestations CTR-1 --repondre", Action::Answer("-".into())),
            ("contestations --repondre CTR-1", Action::Answer("-".into())),
            ("contestations CTR-1 --repondre -", Action::Answer("-".into())),
            ("contestations CTR-1 --repondre lettre.txt", Action::Answer("lettre.txt".into())),
            ("contestations CTR-1 --completer lettre.txt", Action::Complete("lettre.txt".into())),
        ] {
            let expected = Command::Contestation { reference: "CTR-1".into(), action };
            assert_eq!(parse(ligne), Ok((expected, None)), "{ligne}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_told() {
        for (ligne, expected) in [
            ("importer", "« dsn », « activites » ou « evenements »"),
            ("importer dsn", "attend des fichiers"),
            ("alimenter", "--annee"),
            ("alimenter --annee deux", "quatre chiffres"),
            ("serve --a-blanc", "--a-blanc"),
            ("migrate --annee 2025", "--annee"),
            ("serve --json", "--json"),
            ("alimenter --annee 2025 --au 2025-01-01", "--au"),
            ("releve --au", "--au attend"),
            ("releve 2790351215189", "entrée standard"),
            ("--sec", "« --sec »"),
            ("serve --toutes", "--toutes"),
            ("migrate --repondre", "--repondre"),
            ("contestations --en-cours", "attend la référence"),
            ("contestations CTR-1 --toutes", "l'un ou l'autre"),
            ("contestations CTR-1 --en-cours --repondre", "un seul à la fois"),
            ("contestations CTR-1 lettre.txt", "une seule commande"),
            ("contestations CTR-1 --repondre a b", "une seule commande"),
        ] {
            assert!(parse(ligne).is_err_and(|said| said.contains(expected)), "{ligne}");
        }
    }
}
