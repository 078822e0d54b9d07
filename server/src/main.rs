//! The command: reads the settings, opens the store, serves. Nothing worth testing lives here.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use server::assets::Page;
use server::clock::Clock;
use server::coffre::Coffre;
use server::config::{self, Config};
use server::ecoute::{self, Patience};
use server::mots_de_passe::Hachage;
use server::pieces::Pieces;
use server::state::Soldes;
use server::store::Store;
use server::{AppState, Parts, demo, entretien, router};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

type Echec = Box<dyn std::error::Error>;

enum Commande {
    Servir,
    Migrer,
    Demo,
    Reglages,
    Aide,
    Version,
}

fn main() -> ExitCode {
    match lancer() {
        Ok(()) => ExitCode::SUCCESS,
        Err(erreur) => {
            let _ = writeln!(std::io::stderr(), "acquis : {erreur}");
            ExitCode::FAILURE
        }
    }
}

fn lancer() -> Result<(), Echec> {
    let (commande, fichier) = comprendre(std::env::args().skip(1))?;
    match commande {
        Commande::Aide => return dire(&config::aide()),
        Commande::Version => return dire(concat!("acquis ", env!("CARGO_PKG_VERSION"), "\n")),
        Commande::Reglages => return dire(&config::exemple_toml()),
        Commande::Servir | Commande::Migrer | Commande::Demo => {}
    }
    let par_defaut = PathBuf::from("acquis.toml");
    let fichier = fichier
        .or_else(|| std::env::var_os("ACQUIS_CONFIG").map(PathBuf::from))
        .or_else(|| par_defaut.exists().then_some(par_defaut));
    // A variable whose text is not UTF-8 is no setting of ours unless its name says so.
    let variables = std::env::vars_os()
        .filter_map(|(nom, valeur)| Some((nom.into_string().ok()?, valeur.to_string_lossy().into_owned())));
    let config = Config::lire(fichier.as_deref(), variables)?;
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(executer(commande, config))
}

/// The command and the settings file named on the line.
fn comprendre(arguments: impl Iterator<Item = String>) -> Result<(Commande, Option<PathBuf>), Echec> {
    let mut arguments = arguments.peekable();
    let (mut commande, mut fichier) = (None, None);
    while let Some(argument) = arguments.next() {
        let lue = match argument.as_str() {
            "-h" | "--help" | "--aide" => return Ok((Commande::Aide, None)),
            "-V" | "--version" => return Ok((Commande::Version, None)),
            "--config" => {
                fichier = Some(arguments.next().ok_or("--config attend le nom d'un fichier")?.into());
                continue;
            }
            "serve" => Commande::Servir,
            "migrate" => Commande::Migrer,
            "demo" => Commande::Demo,
            "reglages" => Commande::Reglages,
            autre => match autre.strip_prefix("--config=") {
                Some(chemin) => {
                    fichier = Some(chemin.into());
                    continue;
                }
                None => return Err(format!("« {autre} » n'est pas une commande ; voir acquis --help").into()),
            },
        };
        if commande.replace(lue).is_some() {
            return Err("une seule commande à la fois ; voir acquis --help".into());
        }
    }
    Ok((commande.ok_or("une commande est attendue : serve, migrate ou demo ; voir acquis --help")?, fichier))
}

fn dire(texte: &str) -> Result<(), Echec> {
    Ok(std::io::stdout().write_all(texte.as_bytes())?)
}

async fn executer(commande: Commande, config: Config) -> Result<(), Echec> {
    // The libraries below us are only heard when something is wrong: they know more than we log.
    let niveau = config.journal;
    let cibles = tracing_subscriber::filter::Targets::new()
        .with_default(niveau.min(tracing::level_filters::LevelFilter::WARN))
        .with_target("server", niveau)
        .with_target("acquis", niveau);
    let lignes = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::io::stderr);
    tracing_subscriber::registry().with(lignes).with(cibles).init();

    config::creer_dossier(&config.donnees)?;
    let coffre = Arc::new(Coffre::new(&config.cle_maitresse()?));
    let store = Store::ouvrir(&config.database_url).await?;
    store.migrer(&coffre).await?;
    let clock = Clock::systeme();
    match commande {
        Commande::Demo => {
            let nombre = demo::remplir(&store, &coffre, &clock).await?;
            dire(&format!("{nombre} personnes fictives sont dans la base.\n"))?;
        }
        Commande::Servir => servir(config, coffre, store.clone(), clock).await?,
        _ => dire("La base de données est à jour.\n")?,
    }
    store.fermer().await;
    Ok(())
}

async fn servir(config: Config, coffre: Arc<Coffre>, store: Store, clock: Clock) -> Result<(), Echec> {
    let pieces = Pieces::ouvrir(&config, Arc::clone(&coffre))?;
    let page = Page::ouvrir(config.page.clone())?;
    let prise = tokio::net::TcpListener::bind(config.ecoute)
        .await
        .map_err(|erreur| format!("ecoute : {} n'est pas libre ou pas permise : {erreur}", config.ecoute))?;
    let adresse = prise.local_addr()?;
    if config.en_https() && config.ecoute.ip().is_loopback() && config.relais.is_empty() {
        tracing::warn!(
            "relais is empty behind a proxy: everybody seems to come from one address, and one person's failed \
             attempts will stop all the others; name the proxy in relais"
        );
    }
    let etat = AppState::new(Parts {
        config,
        store,
        coffre,
        pieces,
        clock,
        hachage: Hachage::new()?,
        page,
        soldes: Soldes::default(),
    });
    let veilleur = tokio::spawn(entretien::veiller(etat.clone()));
    dire(&format!("Acquis est à l'écoute sur http://{adresse}\n"))?;
    ecoute::servir(prise, router(etat), Patience::ORDINAIRE, arret()).await;
    veilleur.abort();
    Ok(())
}

/// Ctrl-C, or what a service manager sends.
async fn arret() {
    let clavier = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let systeme = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let systeme = std::future::pending::<()>();
    tokio::select! {
        () = clavier => {}
        () = systeme => {}
    }
    tracing::info!("stopping: what is under way is finished first");
}
