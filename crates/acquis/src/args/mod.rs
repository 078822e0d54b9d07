//! The command line: what is asked, before any setting is read. Holds every word of the help; what is said of a line
//! that cannot be followed is in `refusal`.

mod accounts;
mod disputes;
mod journal;
mod keys;
mod proofs;
#[cfg(test)]
mod tests;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{ArgAction, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use domaine::mesures::Year;

use crate::{help, refusal};
pub use accounts::{AccountRequest, Accounts};
pub use disputes::{DisputeRequest, Disputes};
pub use journal::Journal;
pub use keys::{KeyRequest, Keys};
pub use proofs::{ProofRequest, Proofs};

const ROOT: &str = "\
{about}

Usage : {usage}

Commandes :
{subcommands}

« acquis COMMANDE --help » dit tout d'une commande.

Les commandes importer et alimenter rendent 0 quand rien n'a été perdu, 3 quand quelque chose a été écarté
(le compte rendu dit quoi, où, et comment y remédier), 1 quand elles n'ont pas pu aller au bout.

Options :
{options}{after-help}
";

const PLAIN: &str = "\
{about}

Usage : {usage}

Options :
{options}{after-help}
";

const WITH_ARGUMENTS: &str = "\
{about}

Usage : {usage}

Arguments :
{positionals}

Options :
{options}{after-help}
";

#[derive(Parser, Clone, Debug, PartialEq, Eq)]
#[command(
    name = "acquis",
    about = "Acquis : un compte de formation que chacun peut héberger.",
    version,
    help_template = ROOT,
    override_usage = "acquis [--config FICHIER] COMMANDE",
    args_override_self = true,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true,
    // Lines are broken where they are written, whatever the terminal.
    term_width = 0
)]
pub struct Line {
    #[command(subcommand)]
    pub command: Command,
    #[arg(
        long,
        global = true,
        value_name = "FICHIER",
        help = "fichier de réglages TOML (sinon ACQUIS_CONFIG, sinon ./acquis.toml s'il existe)"
    )]
    pub config: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        value_name = "NOM",
        help = "qui agit, noté au journal (sinon l'utilisateur du système)"
    )]
    pub agent: Option<String>,
    #[arg(short, long, alias = "aide", global = true, action = ArgAction::Help, help = "cette aide")]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version, help = "la version")]
    version: Option<bool>,
}

/// A command.
#[derive(Subcommand, Clone, Debug, PartialEq, Eq)]
pub enum Command {
    #[command(
        name = "servir",
        alias = "serve",
        about = "sert la page et l'interface, après avoir mis la base à jour",
        help_template = PLAIN
    )]
    Serve,
    #[command(
        name = "migrer",
        alias = "migrate",
        about = "met la base de données à jour, puis s'arrête",
        help_template = PLAIN
    )]
    Migrate(Migrate),
    #[command(
        name = "sauvegarder",
        about = "sauvegarde la base et les attestations dans un dossier nouveau, le service restant ouvert",
        help_template = WITH_ARGUMENTS,
        after_help = BACKUP_MORE
    )]
    BackUp(BackUp),
    #[command(
        name = "sauvegarde",
        about = "essaie une sauvegarde sans la restaurer : acquis sauvegarde verifier DOSSIER",
        help_template = WITH_ARGUMENTS,
        after_help = CHECK_MORE
    )]
    CheckBackup(CheckBackup),
    #[command(
        name = "restaurer",
        about = "remet une sauvegarde là où il n'y a rien encore",
        help_template = WITH_ARGUMENTS,
        after_help = RESTORE_MORE
    )]
    Restore(Restore),
    #[command(
        name = "export",
        about = "vérifie ce qu'un titulaire a emporté, sans réseau : acquis export verifier FICHIER",
        help_template = WITH_ARGUMENTS,
        after_help = CHECK_EXPORT_MORE
    )]
    CheckExport(CheckExport),
    #[command(
        name = "cles",
        about = "liste les versions de la clé, la tourne (rechiffre tout sous une nouvelle), en retire une d'avant",
        help_template = WITH_ARGUMENTS,
        after_help = keys::MORE
    )]
    Keys(Keys),
    #[command(
        name = "demo",
        about = "remplit la base avec les personnes fictives ; deux fois ne change rien de plus",
        help_template = PLAIN
    )]
    Demo,
    #[command(name = "reglages", about = "écrit un fichier de réglages commenté", help_template = PLAIN)]
    Settings,
    #[command(
        name = "importer",
        about = "reprend des DSN, des années de travail ou ce qui arrive aux comptes ; deux fois ne change rien de plus",
        help_template = WITH_ARGUMENTS,
        after_help = IMPORT_MORE
    )]
    Import(Import),
    #[command(
        name = "alimenter",
        about = "inscrit au registre les droits d'une année de travail, pour tous ; interrompue, elle se relance",
        help_template = PLAIN,
        after_help = "Rend 0 quand rien n'a été perdu, 1 quand elle n'a pas pu aller au bout."
    )]
    Credit(Credit),
    #[command(
        name = "releve",
        about = "donne le relevé d'une personne, dont le NIR est lu sur l'entrée standard",
        help_template = PLAIN
    )]
    Statement(Statement),
    #[command(
        name = "releves",
        about = "écrit le relevé de chacun, un objet JSON par ligne (docs/releve.md)",
        help_template = PLAIN
    )]
    Statements(Statements),
    #[command(
        name = "contestations",
        about = "liste les lignes contestées qui attendent une réponse, en montre une, y répond",
        help_template = WITH_ARGUMENTS,
        after_help = disputes::MORE
    )]
    Disputes(Disputes),
    #[command(
        name = "justificatifs",
        alias = "attestations",
        about = "liste les DIF et les handicaps déclarés qui attendent d'être vus, donne leur justificatif, l'accepte ou le refuse",
        help_template = WITH_ARGUMENTS,
        after_help = proofs::MORE
    )]
    Proofs(Proofs),
    #[command(
        name = "comptes",
        about = "trouve un compte, le montre, le gèle ou le dégèle, déconnecte ses appareils, le ferme",
        help_template = WITH_ARGUMENTS,
        after_help = accounts::MORE
    )]
    Accounts(Accounts),
    #[command(
        name = "journal",
        about = "montre ce qui a été fait : quand, par qui, sur quel compte, d'où ; vérifie que rien n'y a été touché",
        help_template = WITH_ARGUMENTS,
        after_help = journal::MORE
    )]
    Journal(Journal),
    #[command(
        name = "completions",
        about = "écrit de quoi compléter ces commandes dans un interpréteur",
        help_template = WITH_ARGUMENTS
    )]
    Completions {
        #[arg(value_name = "SHELL", hide_possible_values = true, help = "bash, elvish, fish, powershell ou zsh")]
        shell: Shell,
    },
}

const IMPORT_MORE: &str = "\
Formats :
  dsn         des DSN
  activites   des années de travail données en CSV (colonnes : docs/importer.md)
  evenements  ce qui arrive à un compte : abondements, engagements, dépenses, retraite… (CSV)

Rend 0 quand rien n'a été perdu, 3 quand quelque chose a été écarté (le compte rendu dit quoi, où, et comment
y remédier), 1 quand elle n'a pas pu aller au bout.";

const BACKUP_MORE: &str = "\
La clé n'y est pas : gardez-en une copie ailleurs (docs/sauvegarde.md). Rend 0 quand tout y est, 3 quand le fichier d'une
attestation était déjà perdu, 1 quand la sauvegarde n'est pas faite : alors rien n'est laissé.";

const CHECK_MORE: &str = "\
Rend 0 quand elle est saine et entière, 3 quand une attestation était déjà perdue avant elle, 1 quand elle est abîmée.";

const CHECK_EXPORT_MORE: &str = "\
Sans --cle, ce sont les clés de la base de cette machine. Rend 0 quand le fichier est signé et que rien n'y a changé, 1
sinon : chaque fichier changé, absent ou ajouté est dit (docs/export.md).";

const RESTORE_MORE: &str = "\
La clé d'origine doit être là d'abord. Une restauration ne remplace rien, et interrompue, elle se relance.";

const DRY_RUN: &str = "dit ce qui changerait et n'écrit rien";
const AS_OF: &str = "tel qu'il était ce jour-là ; aujourd'hui quand rien n'est dit";

/// Brings the tables up to date.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Migrate {
    #[arg(long = "sans-copie", help = "ne copie pas la base d'abord : vous venez d'en faire une sauvegarde")]
    pub unsaved: bool,
}

/// Makes a backup.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct BackUp {
    #[arg(value_name = "DOSSIER", help = "dossier nouveau, ou vide")]
    pub folder: PathBuf,
}

/// Tries a backup.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct CheckBackup {
    #[arg(value_name = "ACTION", hide_possible_values = true, help = "verifier")]
    action: Check,
    #[arg(value_name = "DOSSIER", help = "dossier fait par « acquis sauvegarder »")]
    pub folder: PathBuf,
}

/// Checks what a holder took away.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct CheckExport {
    #[arg(value_name = "ACTION", hide_possible_values = true, help = "verifier")]
    action: Check,
    #[arg(value_name = "FICHIER", help = "le ZIP, tel qu'il a été téléchargé")]
    pub file: PathBuf,
    #[arg(
        long = "cle",
        value_name = "FICHIER",
        help = "les clés publiées par le service qui l'a remis (/.well-known/acquis-signatures.json, ou une clé en PEM)"
    )]
    pub keys: Option<PathBuf>,
}

/// What is done with something that was made.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Check {
    #[value(name = "verifier")]
    Verify,
}

/// Puts a backup back.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Restore {
    #[arg(value_name = "DOSSIER", help = "dossier fait par « acquis sauvegarder »")]
    pub folder: PathBuf,
}

/// Imports files.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Import {
    #[arg(value_name = "FORMAT", hide_possible_values = true, help = "dsn, activites ou evenements")]
    pub format: Format,
    #[arg(value_name = "FICHIER", required = true, help = "fichiers, dossiers, ou « - » pour l'entrée standard")]
    pub files: Vec<PathBuf>,
    #[arg(long = "a-blanc", help = DRY_RUN)]
    pub dry_run: bool,
}

/// The files that can be imported.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    #[value(name = "dsn")]
    Dsn,
    #[value(name = "activites")]
    Activites,
    #[value(name = "evenements")]
    Evenements,
}

/// Credits a year.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    #[arg(long = "annee", value_name = "AAAA", value_parser = parse_year, help = "l'année de travail à créditer")]
    pub year: Year,
    #[arg(long = "a-blanc", help = DRY_RUN)]
    pub dry_run: bool,
}

/// Gives the statement of one person.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    // As typed: what a past day is depends on today.
    #[arg(long = "au", value_name = "JJ/MM/AAAA", help = AS_OF)]
    pub as_of: Option<String>,
    #[arg(long, help = "en JSON plutôt qu'en tableau (docs/releve.md)")]
    pub json: bool,
}

/// Gives the statement of everybody.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct Statements {
    #[arg(long = "au", value_name = "JJ/MM/AAAA", help = AS_OF)]
    pub as_of: Option<String>,
    // Always so, and accepted when said.
    #[arg(long, hide = true)]
    json: bool,
}

impl Command {
    /// Whether a person must answer for it: it shows or changes what is known of people.
    pub const fn is_about_people(&self) -> bool {
        match self {
            Self::Statement(_) | Self::Statements(_) | Self::Accounts(_) | Self::Journal(_) => true,
            Self::Disputes(disputes) => disputes.reference.is_some(),
            Self::Proofs(proofs) => proofs.names_one(),
            _ => false,
        }
    }

    /// Whether it only says what would change.
    pub const fn is_a_dry_run(&self) -> bool {
        matches!(self, Self::Import(Import { dry_run: true, .. }) | Self::Credit(Credit { dry_run: true, .. }))
    }
}

/// What a line asks.
#[derive(Debug)]
pub enum Asked {
    /// To do something.
    Run(Box<Line>),
    /// To be told this: the help, or the version.
    Tell(String),
}

/// The command and the settings file named by these arguments, the name of the program left out.
///
/// # Errors
/// A sentence for whoever typed them.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Asked, String> {
    let (name, arguments) = command_first(arguments.into_iter().collect());
    let line = tree().try_get_matches_from(arguments).and_then(|matches| Line::from_arg_matches(&matches));
    match line {
        Ok(line) => {
            // Judged here: a line that makes no sense opens no database.
            if let Command::Disputes(disputes) = &line.command {
                disputes.clone().request()?;
            }
            if let Command::Proofs(proofs) = &line.command {
                proofs.clone().request()?;
            }
            if let Command::Accounts(accounts) = &line.command {
                accounts.clone().request()?;
            }
            if let Command::Keys(keys) = &line.command {
                keys.request()?;
            }
            Ok(Asked::Run(Box::new(line)))
        }
        Err(error) => match refusal::say(&error, &name) {
            None => Ok(Asked::Tell(error.render().to_string())),
            Some(sentence) => Err(sentence),
        },
    }
}

/// The script that completes these commands in that shell.
pub fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut tree(), "acquis", &mut script);
    script
}

fn tree() -> clap::Command {
    Line::command().after_help(help::settings())
}

/// Options may stand anywhere, before the command as well, which clap reads as options of the whole program: those
/// that belong to a command are moved behind its name. Gives that name, empty when there is none.
fn command_first(arguments: Vec<OsString>) -> (String, Vec<OsString>) {
    let tree = Line::command();
    let long = |argument: &OsStr| Some(argument.to_str()?.strip_prefix("--")?.split('=').next()?.to_owned());
    let (mut first, mut moved) = (vec![OsString::from("acquis")], Vec::new());
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        if !argument.to_string_lossy().starts_with('-') {
            let name = argument.to_string_lossy().into_owned();
            first.push(argument);
            first.extend(moved.into_iter().chain(arguments));
            return (name, first);
        }
        let name = long(&argument).unwrap_or_default();
        let named = |option: &&clap::Arg| option.get_long() == Some(name.as_str());
        let ours = tree.get_arguments().find(named);
        let theirs = tree.get_subcommands().find_map(|command| command.get_arguments().find(named));
        let has_value = argument.to_string_lossy().contains('=');
        let takes_one = !has_value && ours.or(theirs).is_some_and(|option| option.get_action().takes_values());
        let stack = if ours.is_none() && theirs.is_some() { &mut moved } else { &mut first };
        stack.push(argument);
        if takes_one {
            stack.extend(arguments.next());
        }
    }
    // Nothing to move them behind: a command is asked for, whatever they say.
    (String::new(), first)
}

fn parse_year(text: &str) -> Result<Year, String> {
    let year = text.parse().ok().and_then(|year: u16| Year::new(year).ok());
    year.ok_or_else(|| refusal::YEAR.to_owned())
}
