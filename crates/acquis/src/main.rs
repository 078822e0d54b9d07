//! The program: reads the arguments and the settings, opens the store, does what is asked.

mod args;
mod settings;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use batch::import::{self, Atelier};
use batch::releves::{self, Demande};
use batch::{Moment, alimentation, contestations, demo};
use domaine::droits::lire_date;
use server::{Clock, Options, serve, start};
use store::{Pieces, Store, adresse_sqlite};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use vault::{Coffre, Hachage, identifiant};

use crate::args::{Commande, Format, comprendre};
use crate::settings::Config;

type Echec = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match lancer() {
        Ok(code) => code,
        Err(erreur) => {
            let _ = writeln!(std::io::stderr(), "acquis : {erreur}");
            ExitCode::FAILURE
        }
    }
}

/// Everything was done, but something was left out: the report says what.
const ECARTS: u8 = 3;

fn lancer() -> Result<ExitCode, Echec> {
    let (commande, fichier) = comprendre(std::env::args().skip(1))?;
    match commande {
        Commande::Aide => return dire(&settings::aide()).map(|()| ExitCode::SUCCESS),
        Commande::Version => {
            return dire(concat!("acquis ", env!("CARGO_PKG_VERSION"), "\n")).map(|()| ExitCode::SUCCESS);
        }
        Commande::Reglages => return dire(&settings::exemple_toml()).map(|()| ExitCode::SUCCESS),
        _ => {}
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

fn dire(texte: &str) -> Result<(), Echec> {
    Ok(std::io::stdout().write_all(texte.as_bytes())?)
}

async fn executer(commande: Commande, mut config: Config) -> Result<ExitCode, Echec> {
    // The libraries below us are only heard when something is wrong: they know more than we log.
    let niveau = config.journal;
    let cibles = tracing_subscriber::filter::Targets::new()
        .with_default(niveau.min(tracing::level_filters::LevelFilter::WARN))
        .with_targets(["acquis", "batch", "server", "store", "vault"].map(|ours| (ours, niveau)));
    let lignes = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::io::stderr);
    tracing_subscriber::registry().with(lignes).with(cibles).init();

    let a_blanc = commande.est_a_blanc();
    let brouillon = if a_blanc { Brouillon::s_il_n_y_a_rien(&mut config)? } else { None };
    store::creer_dossier(&config.donnees)?;
    let coffre = Arc::new(Coffre::new(&config.cle_maitresse()?));
    let store = Store::ouvrir(&config.database_url).await?;
    if a_blanc && brouillon.is_none() && !store.est_a_jour().await? {
        return Err(
            "les tables de la base ne sont pas celles de ce programme, et un essai à blanc n'y touche pas : « acquis migrate » d'abord"
                .into(),
        );
    }
    store.migrer(&coffre).await?;
    let clock = Clock::systeme();
    let moment = Moment { today: clock.aujourdhui(), now: clock.maintenant() };
    let mut code = ExitCode::SUCCESS;
    match commande {
        Commande::Demo => {
            let nombre = demo::remplir(&store, &coffre, moment.now).await?;
            dire(&format!("{nombre} personnes fictives sont dans la base.\n"))?;
        }
        Commande::Servir => servir(config, coffre, store.clone(), clock).await?,
        Commande::Importer { format, fichiers, a_blanc } => {
            let fichiers = import::fichiers(&fichiers)?;
            let atelier = Atelier { store: &store, coffre: &coffre, moment, a_blanc };
            let fait = match format {
                Format::Dsn => import::dsn::importer(&atelier, &fichiers).await,
                Format::Activites => import::activites::importer(&atelier, &fichiers).await,
                Format::Evenements => import::evenements::importer(&atelier, &fichiers).await,
            };
            let bilan = match fait {
                Ok(bilan) => bilan,
                // What was done before is kept: it is told as well.
                Err(interruption) => {
                    if let Some(bilan) = &interruption.bilan {
                        dire(&format!("{bilan}{}", fin(a_blanc)))?;
                    }
                    return Err(interruption.into());
                }
            };
            dire(&format!("{bilan}{}", fin(a_blanc)))?;
            if !bilan.est_sans_perte() {
                code = ExitCode::from(ECARTS);
            }
        }
        Commande::Alimenter { annee, a_blanc } => {
            if let Some(refus) = alimentation::refus(annee, moment.today) {
                return Err(refus.into());
            }
            let bilan = alimentation::alimenter(&store, moment, &config.bareme(), annee, a_blanc).await?;
            dire(&format!("{bilan}{}", fin(a_blanc)))?;
        }
        Commande::Relever { tous, au, json } => {
            let (aujourdhui, bareme) = (moment.today, config.bareme());
            let au = match au {
                None => aujourdhui,
                Some(texte) => lire_date(&texte, aujourdhui)
                    .map_err(|_| "--au : un jour passé est attendu, JJ/MM/AAAA ou AAAA-MM-JJ")?,
            };
            if tous {
                releves::relever_tout(&store, au, &bareme, std::io::stdout().lock()).await?;
            } else {
                let demande = Demande::lire(std::io::stdin().lock(), aujourdhui)?;
                let releve = releves::relever(&store, &coffre, &demande, au, &bareme).await?;
                let texte = if json { serde_json::to_string(&releve)? + "\n" } else { releves::en_table(&releve) };
                dire(&texte)?;
            }
        }
        Commande::Contestations { toutes } => dire(&contestations::lister(&store, toutes).await?)?,
        Commande::Contestation { reference, geste } => {
            dire(&contestations::suivre(&store, moment, &config.bareme(), &reference, &geste).await?)?;
        }
        _ => dire("La base de données est à jour.\n")?,
    }
    store.fermer().await;
    Ok(code)
}

/// A database for a dry run where there is none yet: made aside, and gone with it.
struct Brouillon(PathBuf);

impl Brouillon {
    fn s_il_n_y_a_rien(config: &mut Config) -> Result<Option<Self>, Echec> {
        let base = |donnees: &Path| adresse_sqlite(&donnees.join("acquis.db"));
        if config.database_url != base(&config.donnees) || config.donnees.join("acquis.db").exists() {
            return Ok(None);
        }
        let dossier = std::env::temp_dir().join(format!("acquis-a-blanc-{}", identifiant()));
        store::creer_dossier(&dossier)?;
        config.database_url = base(&dossier);
        config.donnees.clone_from(&dossier);
        Ok(Some(Self(dossier)))
    }
}

impl Drop for Brouillon {
    fn drop(&mut self) {
        // What a run leaves in the folder of temporary files is the system's to sweep.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const fn fin(a_blanc: bool) -> &'static str {
    if a_blanc { "à blanc : rien n'a été écrit\n" } else { "" }
}

async fn servir(config: Config, coffre: Arc<Coffre>, store: Store, clock: Clock) -> Result<(), Echec> {
    let pieces = Pieces::ouvrir(&config.dossier_des_pieces(), Arc::clone(&coffre))?;
    let options = Options { settings: config.http(), store, coffre, pieces, clock, hachage: Hachage::new()? };
    let state = start(options)?;
    let prise = tokio::net::TcpListener::bind(config.ecoute)
        .await
        .map_err(|erreur| format!("ecoute : {} n'est pas libre ou pas permise : {erreur}", config.ecoute))?;
    let adresse = prise.local_addr()?;
    dire(&format!("Acquis est à l'écoute sur http://{adresse}\n"))?;
    serve(state, prise, arret()).await;
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
