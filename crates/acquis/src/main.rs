//! The program: reads the arguments and the settings, opens the store, does what is asked.

mod args;
mod backups;
mod data;
mod desk;
mod exports;
mod help;
mod keys;
mod logging;
mod open_files;
mod operator;
mod refusal;
mod settings;
mod signals;
mod terminal;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use batch::import::{self, Context};
use batch::releves::{self, Wanted};
use batch::{Console as _, Moment, alimentation, demo, journal};
use domaine::droits::parse_date;
use domaine::mesures::Day;
use mail::Mailer;
use server::{Clock, Options, Settings, serve, start};
use store::{Act, Operation, Pieces, Store};
use vault::Vault;

use crate::args::{
    Asked, BackUp, CheckBackup, Command, Credit, Format, Import, Migrate, Restore, Statement, Statements,
};
use crate::data::{Data, Draft};
use crate::desk::Office;
use crate::settings::Config;
use crate::terminal::Terminal;

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    // Whatever this program makes is its owner's alone, in a folder of somebody else as well.
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    match launch() {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "acquis : {error}");
            ExitCode::FAILURE
        }
    }
}

/// How long letters under way have to leave when the program ends.
const LAST_LETTERS: Duration = Duration::from_secs(10);

/// Everything was done, but something was left out: the report says what.
const GAPS: u8 = 3;

fn launch() -> Result<ExitCode, Failure> {
    let line = match args::parse(std::env::args_os().skip(1))? {
        Asked::Run(line) => *line,
        Asked::Tell(text) => return say(&text).map(|()| ExitCode::SUCCESS),
    };
    match line.command {
        Command::Settings => return say(&help::example_toml()).map(|()| ExitCode::SUCCESS),
        Command::Completions { shell } => {
            std::io::stdout().write_all(&args::completions(shell))?;
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let by_default = PathBuf::from("acquis.toml");
    let file = line
        .config
        .or_else(|| std::env::var_os("ACQUIS_CONFIG").map(PathBuf::from))
        .or_else(|| by_default.exists().then_some(by_default));
    let config = Config::parse(file.as_deref(), settings::variables(std::env::vars_os())?)?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(run(line.command, line.agent, config))
}

fn say(text: &str) -> Result<(), Failure> {
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

async fn run(command: Command, agent: Option<String>, mut config: Config) -> Result<ExitCode, Failure> {
    logging::start(config.journal, config.journal_format);
    let clock = Clock::system();
    let moment = Moment { today: clock.today(), now: clock.now() };
    if let Command::Journal(asked) = &command
        && let Some((anchored, key)) = asked.alone()
    {
        return check_alone(anchored, key);
    }
    // Asked before anything is touched.
    let agent = agent.as_deref();
    let operator = &if command.is_about_people() { operator::person(agent) } else { operator::anybody(agent) }?;
    match &command {
        Command::BackUp(BackUp { folder }) => return backups::make(&config, operator, moment, folder).await,
        Command::CheckBackup(CheckBackup { folder, .. }) => return backups::verify(&config, folder).await,
        Command::CheckExport(asked) => return exports::verify(&config, &asked.file, asked.keys.as_deref()).await,
        Command::Restore(Restore { folder }) => return backups::restore(&config, operator, moment, folder).await,
        _ => {}
    }
    if command == Command::Serve {
        // Before anything is touched: the server needs it.
        config.delivery()?;
    }
    if command == Command::Demo {
        config.is_a_trial()?;
    }
    // Held until the end: a dry run works on a copy, and one server alone serves a file.
    let _draft = if command.is_a_dry_run() { Draft::of(&mut config).await? } else { None };
    let _place = if command == Command::Serve { data::serve_alone(&config)? } else { None };
    let unsaved = matches!(&command, Command::Migrate(Migrate { unsaved: true }));
    let Data { store, vault, copy } = data::ready(&config, unsaved).await?;
    let mut code = ExitCode::SUCCESS;
    let office = Office { store: &store, vault: &vault, operator, moment, config: &config };
    match command {
        Command::Demo => {
            let count = demo::fill(&store, &vault, moment.now).await?;
            say(&format!("{count} personnes fictives sont dans la base.\n"))?;
        }
        Command::Serve => run_server(&config, Arc::clone(&vault), store.clone(), clock).await?,
        Command::Import(Import { format, files, dry_run }) => {
            let files = import::files(&files)?;
            let what = match format {
                Format::Dsn => Operation::ImportedDsn,
                Format::Activites => Operation::ImportedActivites,
                Format::Evenements => Operation::ImportedEvenements,
            };
            office.record(what, dry_run).await?;
            let limits = config.limits();
            let (letters, console) = (&office.letters(), &Terminal);
            let context = Context { store: &store, vault: &vault, operator, letters, console, moment, limits, dry_run };
            let fact = match format {
                Format::Dsn => import::dsn::import(&context, &files).await,
                Format::Activites => import::activites::import(&context, &files).await,
                Format::Evenements => import::evenements::import(&context, &files).await,
            };
            let report = match fact {
                Ok(report) => report,
                // What was done before is kept: it is told as well.
                Err(interruption) => {
                    if let Some(report) = &interruption.report {
                        say(&format!("{report}{}", end(dry_run)))?;
                    }
                    return Err(interruption.into());
                }
            };
            say(&format!("{report}{}", end(dry_run)))?;
            if !report.is_lossless() {
                code = ExitCode::from(GAPS);
            }
        }
        Command::Credit(Credit { year, dry_run }) => {
            if let Some(refusal) = alimentation::refusal(year, moment.today) {
                return Err(refusal.into());
            }
            office.record(Operation::Credited, dry_run).await?;
            let report = alimentation::alimentation(&store, &Terminal, moment, &config.bareme(), year, dry_run).await?;
            say(&format!("{report}{}", end(dry_run)))?;
        }
        Command::Statement(Statement { as_of, json }) => {
            let as_of = past_day(as_of.as_deref(), moment.today)?;
            let asked = Wanted::parse(
                Terminal.input(Some("NIR, puis la date de naissance si elle est utile : ")),
                moment.today,
            )?;
            let releve = releves::releves(&store, &vault, &asked, as_of, &config.bareme()).await?;
            let account = store.account_of_person(&releve.person).await?;
            let act = Act { account: account.as_deref(), ..Act::of(operator) };
            store.record_act(moment.now, act, Operation::StatementRead).await?;
            let releve = releve.releve;
            let text = if json { serde_json::to_string(&releve)? + "\n" } else { releves::to_table(&releve) };
            say(&text)?;
        }
        Command::Statements(Statements { as_of, .. }) => {
            let as_of = past_day(as_of.as_deref(), moment.today)?;
            office.record(Operation::StatementsRead, false).await?;
            releves::all_releves(&store, &Terminal, as_of, &config.bareme(), std::io::stdout().lock()).await?;
        }
        Command::Disputes(disputes) => office.disputes(disputes).await?,
        Command::Proofs(proofs) => office.proofs(proofs).await?,
        Command::Accounts(accounts) => office.accounts(accounts).await?,
        Command::Journal(asked) if asked.is_a_check() => code = office.check_journal(&asked).await?,
        Command::Journal(asked) => office.journal(asked).await?,
        Command::Keys(asked) => code = keys::follow(&office, &office.pieces()?, &asked).await?,
        Command::Migrate(_) => {
            if let Some(copy) = copy {
                say(&format!(
                    "La base, telle qu'elle était avant sa mise à jour, est copiée dans {}\n",
                    copy.display()
                ))?;
            }
            say("La base de données est à jour.\n")?;
        }
        Command::BackUp(_)
        | Command::CheckBackup(_)
        | Command::CheckExport(_)
        | Command::Restore(_)
        | Command::Settings
        | Command::Completions { .. } => {}
    }
    store.close().await;
    Ok(code)
}

/// `acquis journal verifier --ancres … --cle-publique …`: neither data nor key.
fn check_alone(anchored: &Path, key: &Path) -> Result<ExitCode, Failure> {
    let (said, sound) = journal::check_alone(anchored, key)?;
    say(&said)?;
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The day of a statement: as typed, or today.
fn past_day(typed: Option<&str>, today: Day) -> Result<Day, &'static str> {
    let Some(typed) = typed else { return Ok(today) };
    parse_date(typed, today).map_err(|_| "--au : un jour passé est attendu, JJ/MM/AAAA ou AAAA-MM-JJ")
}

const fn end(dry_run: bool) -> &'static str {
    if dry_run { "à blanc : rien n'a été écrit\n" } else { "" }
}

async fn run_server(config: &Config, vault: Arc<Vault>, store: Store, clock: Clock) -> Result<(), Failure> {
    let pieces = Pieces::open(&config.pieces_dir(), Arc::clone(&vault))?;
    let mailer = Mailer::new(store.clone(), Arc::clone(&vault), config.delivery()?);
    let socket = tokio::net::TcpListener::bind(config.listener)
        .await
        .map_err(|error| format!("ecoute : {} n'est pas libre ou pas permise : {error}", config.listener))?;
    let address = socket.local_addr()?;
    // The port that was taken, when any was asked for: its pages alone may send forms.
    let settings = Settings { connections: open_files::connections(), listen: address, ..config.http() };
    let hashing = config.hashing()?;
    let (watched, followed) = (store.clone(), Arc::clone(&vault));
    let state = start(Options { settings, store, vault, pieces, clock: clock.clone(), hashing })?;
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    say(&format!("Acquis est à l'écoute sur {scheme}://{address}\n"))?;
    let examiner = state.requests.examiner();
    let (stop, stopped) = tokio::sync::watch::channel(());
    let mut ended = stopped.clone();
    let (examined, posted) = (clock.clone(), clock);
    // Dropping `stop` ends both: what a request of the last moment asked for is looked at by the next start.
    let examining = tokio::spawn(async move {
        examiner.run(|| examined.now(), async { drop(ended.changed().await) }).await;
    });
    let mut ended = stopped;
    let sending = tokio::spawn(async move {
        mailer.run(|| posted.now(), async { drop(ended.changed().await) }).await;
    });
    let watching = tokio::spawn(async move { keys::watch(watched, &followed).await });
    serve(state, socket, signals::stop()).await;
    watching.abort();
    drop(stop);
    // A letter under way is finished; a mail server that hangs does not hold the end of the program.
    if tokio::time::timeout(LAST_LETTERS, async { tokio::join!(examining, sending) }).await.is_err() {
        tracing::warn!("letters were under way: they will be tried again");
    }
    Ok(())
}
