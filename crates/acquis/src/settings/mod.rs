//! The settings: one table from which the reading, the help and the documented file all come.
//! Read once, at start; whatever is unknown or malformed stops the program with a sentence.

mod collector;
mod host;
mod identity;
mod key;
mod secrets;
mod table;
#[cfg(test)]
mod tests;
mod values;
mod variables;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use antivirus::Antivirus;
use batch::wording::parse_day;
use domaine::assurance::{DeclaredReading, SpendingGuard};
use domaine::bareme::{Bareme, CreditDay};
use domaine::dif::DifCounts;
use domaine::identite::Courriel;
use domaine::mesures::{Day, Euros, WorkDuration};
use domaine::plausible::Limits;
use domaine::retention::{Closing, Retention};
use ipnet::IpNet;
use mail::{Delivery, SmtpSettings};
use server::{Collector, IdentityProvider, Settings, TlsFiles};
use store::sqlite_address;
use tracing::level_filters::LevelFilter;
use vault::{Hashing, Leaked, Ring};

use crate::logging::LogFormat;

pub use host::HOST;
pub use table::{SETTINGS, Setting};
pub use variables::variables;

use values::{Values, parse_toml};

/// The variables that belong to the tests and tools, not to the server.
const ALLOWED_VARIABLES: &[&str] = &["ACQUIS_CONFIG", "ACQUIS_BINAIRE", "ACQUIS_CAPTURES"];

/// The settings, read and checked. No `Debug`: they hold the key.
#[derive(Clone)]
pub struct Config {
    /// Where to listen.
    pub listener: SocketAddr,
    /// The data folder.
    pub data: PathBuf,
    /// The database.
    pub database_url: String,
    /// The certificate with which TLS is spoken there, and its key.
    pub tls: Option<TlsFiles>,
    /// The origins whose pages may send forms.
    pub public_address: Vec<String>,
    /// The proxies whose word is taken for the address of a client.
    pub relay: Vec<IpNet>,
    /// Connections allowed from one address that is no proxy.
    pub address_connections: usize,
    /// The master keys; nothing means the key file of the data folder.
    pub key: Option<Ring>,
    /// Where proofs go; nothing means a folder of the data folder.
    pub pieces: Option<String>,
    /// What each proof is shown to.
    pub antivirus: Option<Antivirus>,
    /// How long a session may idle.
    pub session_inactive: Duration,
    /// How long a session may last.
    pub max_session: Duration,
    /// Wrong passwords allowed for an account.
    pub account_attempts: i64,
    /// Refusals allowed from an address.
    pub address_attempts: i64,
    /// How long to wait then.
    pub attempts_delay: Duration,
    /// The list of passwords that leaked.
    pub leaked: Option<PathBuf>,
    /// How long nothing can be spent after what opens an account changed.
    pub rest: Duration,
    /// What an account must ask of whoever opens it, besides a level, before its money may leave.
    pub spending_guard: SpendingGuard,
    /// What an account that is only declared may read.
    pub declared_reading: DeclaredReading,
    /// When a year of work is credited.
    pub credit_day: CreditDay,
    /// The last day on which a DIF can be declared.
    pub dif_declaration_end: Option<Day>,
    /// When the hours of a DIF count.
    pub dif_counts: DifCounts,
    /// The shortest full year that an agreement may be thought to fix.
    pub shortest_reference: WorkDuration,
    /// The most that somebody may be thought to add to an account at once.
    pub largest_sum: Euros,
    /// After how long an account that nobody uses is closed.
    pub retention: Option<Retention>,
    /// What becomes of an account that its holder asks to close.
    pub closing: Closing,
    /// How many days a line of the journal of operations is kept.
    pub journal_kept: u16,
    /// The file of the anchors of the journal; nothing means that there is none.
    pub anchors: Option<PathBuf>,
    /// Whom they are mailed to.
    pub anchors_mailed_to: Option<String>,
    /// Where the lines of the journal are sent as well.
    pub collector: Option<Collector>,
    /// What is logged.
    pub journal: LevelFilter,
    /// How a line of it is written.
    pub journal_format: LogFormat,
    /// A folder to serve instead of the page inside the program.
    pub page: Option<PathBuf>,
    /// Whom to tell about a weakness.
    pub security_contact: Option<String>,
    /// The mail server; nothing means that letters stay here.
    pub smtp: Option<Smtp>,
    /// The provider of identities, if there is one.
    pub identity: Option<IdentityProvider>,
    /// What whoever runs the server says of themselves in the pages.
    host: host::Said,
}

/// Every setting there is.
pub fn every() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().chain(HOST)
}

/// The mail server, as the settings say it. No `Debug`: it holds a password.
#[derive(Clone)]
pub struct Smtp {
    address: String,
    user: String,
    password: String,
    from: String,
}

/// A setting that cannot be used, said in French.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidSetting(String);

impl Config {
    /// Reads the file, then the variables, which win.
    ///
    /// # Errors
    /// [`InvalidSetting`] names the setting and where it comes from.
    pub fn parse(
        file: Option<&Path>,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, InvalidSetting> {
        let mut values: BTreeMap<&'static str, (String, String)> = BTreeMap::new();
        if let Some(path) = file {
            let text = std::fs::read_to_string(path).map_err(|error| {
                InvalidSetting(format!("le fichier de réglages {} ne peut pas être lu : {error}", path.display()))
            })?;
            parse_toml(&text, &path.display().to_string(), &mut values)?;
        }
        for (nom, value) in variables {
            let Some(tail) = nom.strip_prefix("ACQUIS_") else { continue };
            if tail.starts_with("TEST_") || ALLOWED_VARIABLES.contains(&nom.as_str()) {
                continue;
            }
            let setting = every().find(|setting| setting.nom.to_uppercase() == tail);
            let setting = setting.ok_or_else(|| {
                InvalidSetting(format!("la variable {nom} n'est pas un réglage d'Acquis (voir acquis --help)"))
            })?;
            values.insert(setting.nom, (value, format!("la variable {nom}")));
        }
        let mut values = Values(values);
        secrets::read(&mut values)?;
        Self::since(&values)
    }

    fn since(values: &Values) -> Result<Self, InvalidSetting> {
        let data: PathBuf = values.parse("donnees", "un chemin de dossier", |t| (!t.is_empty()).then(|| t.into()))?;
        let database_url = values.parse("database_url", "une adresse sqlite: ou postgres:", |t| {
            let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|start| t.starts_with(start));
            (t.is_empty() || known).then(|| t.to_owned())
        })?;
        let minutes = |nom| {
            values.parse(nom, "un nombre de minutes entre 1 et 10080", |t| {
                t.parse().ok().filter(|n| (1..=10_080).contains(n)).map(|n: u64| Duration::from_secs(n * 60))
            })
        };
        let attempts = |nom| {
            values.parse(nom, "un nombre entre 1 et 100000", |t| t.parse().ok().filter(|n| (1..=100_000).contains(n)))
        };
        let optional =
            |nom: &'static str, expected, allowed: fn(&str) -> bool| {
                values.parse(nom, expected, |t| {
                    if t.is_empty() { Some(None) } else { allowed(t).then(|| Some(t.to_owned())) }
                })
            };
        Ok(Self {
            listener: values
                .parse("ecoute", "une adresse et un port, par exemple 127.0.0.1:8087", |t| t.parse().ok())?,
            database_url: if database_url.is_empty() { sqlite_address(&data.join("acquis.db")) } else { database_url },
            anchors: values.parse("ancres", "un chemin de fichier, ou « aucun »", |t| match t {
                "" => Some(Some(data.join("ancres"))),
                "aucun" => Some(None),
                path => Some(Some(path.into())),
            })?,
            data,
            public_address: values.parse("adresse_publique", "des adresses « https://nom » sans chemin", |t| {
                list(t).map(origin).collect()
            })?,
            tls: tls(values)?,
            smtp: Smtp::parse(values)?,
            identity: identity::parse(values)?,
            host: host::parse(values)?,
            relay: values.parse("relais", "des adresses IP ou des réseaux « 10.0.0.0/8 »", |t| {
                list(t).map(network).collect()
            })?,
            address_connections: values.parse("connexions_adresse", "un nombre entre 8 et 100000", |t| {
                t.parse().ok().filter(|n| (8..=100_000).contains(n))
            })?,
            key: values.parse("cle", "32 octets en base64 ou en hexadécimal", |t| match t {
                "" => Some(None),
                text => Ring::parse(text).map(Some),
            })?,
            pieces: optional("pieces", "une adresse file:///…", |t| t.starts_with("file:///"))?,
            antivirus: values.parse("antivirus", "« unix:///chemin » ou « tcp://127.0.0.1:port »", |t| match t {
                "" => Some(None),
                text => Antivirus::parse(text).map(Some),
            })?,
            session_inactive: minutes("session_inactive")?,
            max_session: minutes("session_maximale")?,
            account_attempts: attempts("tentatives_compte")?,
            address_attempts: attempts("tentatives_adresse")?,
            attempts_delay: minutes("tentatives_delai")?,
            leaked: optional("mots_de_passe_divulgues", "un chemin de fichier", |_| true)?.map(PathBuf::from),
            rest: values.parse("delai_repos", "un nombre d'heures entre 0 et 720", |t| {
                let hours: u64 = t.parse().ok().filter(|hours| *hours <= 720)?;
                Some(Duration::from_secs(hours * 3_600))
            })?,
            spending_guard: values.parse("garde_depense", "« niveau » ou « seconde_etape »", |t| match t {
                "niveau" => Some(SpendingGuard::Level),
                "seconde_etape" => Some(SpendingGuard::SecondStep),
                _ => None,
            })?,
            declared_reading: values.parse("lecture_declaree", "« tout » ou « saisie »", |t| match t {
                "tout" => Some(DeclaredReading::All),
                "saisie" => Some(DeclaredReading::Typed),
                _ => None,
            })?,
            credit_day: values.parse("jour_de_credit", "un jour du premier semestre, JJ/MM", |t| {
                let (day, month) = t.split_once('/')?;
                CreditDay::new(month.parse().ok()?, day.parse().ok()?)
            })?,
            dif_counts: values.parse("dif_compte", "« declaration » ou « verification »", DifCounts::from_code)?,
            dif_declaration_end: values.parse(
                "fin_declaration_dif",
                "un jour JJ/MM/AAAA ou « ouverte »",
                |t| match t {
                    "ouverte" => Some(None),
                    text => parse_day(text).map(Some),
                },
            )?,
            shortest_reference: values.parse(
                "duree_reference_minimale",
                "un nombre d'heures entre 500 et 1607",
                |t| t.parse().ok().filter(|hours| (500..=1_607).contains(hours)).map(WorkDuration::hours),
            )?,
            largest_sum: values.parse("abondement_maximal", "un nombre d'euros entre 1 et 1000000", |t| {
                t.parse().ok().filter(|euros| (1..=1_000_000).contains(euros)).map(Euros::whole)
            })?,
            retention: values.parse("comptes_inactifs", "0, ou un nombre d'années entre 2 et 50", |t| match t {
                "0" => Some(None),
                years => Retention::years(years.parse().ok()?).map(Some),
            })?,
            closing: values.parse("fermeture", "un nombre de jours entre 0 et 30, ou « exclue »", |t| match t {
                "exclue" => Some(Closing::Excluded),
                days => days.parse().ok().filter(|days| *days <= Closing::LONGEST).map(Closing::Erases),
            })?,
            anchors_mailed_to: optional("ancres_courriel", "une adresse de courriel", |t| Courriel::parse(t).is_ok())?,
            collector: collector::parse(values)?,
            journal_kept: values.parse("conservation_journal", "un nombre de jours entre 365 et 1095", |t| {
                t.parse().ok().filter(|days| (365..=1_095).contains(days))
            })?,
            journal: values
                .parse("journal", "error, warn, info, debug, trace ou off", |t| LevelFilter::from_str(t).ok())?,
            journal_format: values.parse("journal_format", "« texte » ou « json »", |t| match t {
                "texte" => Some(LogFormat::Text),
                "json" => Some(LogFormat::Json),
                _ => None,
            })?,
            page: optional("page", "un chemin de dossier", |_| true)?.map(PathBuf::from),
            security_contact: optional("contact_securite", "une adresse mailto: ou https:", |t| {
                (t.starts_with("mailto:") || t.starts_with("https://")) && !t.contains(char::is_control)
            })?,
        })
    }

    /// The figures of the law, with what it leaves to whoever runs this server.
    pub fn bareme(&self) -> Bareme {
        Bareme { credit_day: self.credit_day, dif_declaration_end: self.dif_declaration_end, ..Bareme::IN_FORCE }
    }

    /// Which quantities of a file are believed.
    pub fn limits(&self) -> Limits {
        Limits { shortest_reference: self.shortest_reference, largest_sum: self.largest_sum }
    }

    /// The folder of the proofs: that of the settings, else one of the data folder.
    pub fn pieces_dir(&self) -> PathBuf {
        match self.pieces.as_deref().and_then(|address| address.strip_prefix("file://")) {
            Some(path) => path.into(),
            None => self.data.join("pieces"),
        }
    }

    /// What of it is HTTP's.
    pub fn http(&self) -> Settings {
        Settings {
            listen: self.listener,
            tls: self.tls.clone(),
            public_addresses: self.public_address.clone(),
            proxies: self.relay.clone(),
            connections: Settings::default().connections,
            connections_by_address: self.address_connections,
            session_idle: self.session_inactive,
            session_longest: self.max_session,
            attempts_by_account: self.account_attempts,
            attempts_by_address: self.address_attempts,
            attempts_delay: self.attempts_delay,
            rest: self.rest,
            spending_guard: self.spending_guard,
            bareme: self.bareme(),
            dif_counts: self.dif_counts,
            declared_reading: self.declared_reading,
            page: self.page.clone(),
            security_contact: self.security_contact.clone(),
            retention: self.retention.filter(|_| self.closing != Closing::Excluded),
            closing: self.closing,
            antivirus: self.antivirus.clone(),
            journal_kept: self.journal_kept,
            anchors_file: self.anchors.clone(),
            anchors_mailed_to: self.anchors_mailed_to.clone(),
            collector: self.collector.clone(),
            places: self.places(),
            letters_stay: self.smtp.is_none(),
            identity: self.identity.clone(),
        }
    }

    /// How passwords are hashed, and which are refused.
    ///
    /// # Errors
    /// [`InvalidSetting`] when the list of those that leaked is not one.
    pub fn hashing(&self) -> Result<Hashing, InvalidSetting> {
        let hashing = Hashing::new().map_err(|error| InvalidSetting(error.to_string()))?;
        let Some(path) = &self.leaked else { return Ok(hashing) };
        let list = Leaked::open(path);
        let list = list.map_err(|why| InvalidSetting(format!("mots_de_passe_divulgues : {} {why}", path.display())))?;
        Ok(hashing.refusing(Some(list)))
    }

    /// The way of letters out of this machine, or their stay on it: there, nobody else may come.
    ///
    /// # Errors
    /// [`InvalidSetting`] names what a public server lacks, or the setting of mail that cannot be used.
    pub fn delivery(&self) -> Result<Delivery, InvalidSetting> {
        self.complete_if_public()?;
        let Some(smtp) = &self.smtp else { return Ok(Delivery::Here) };
        let settings =
            SmtpSettings { address: &smtp.address, user: &smtp.user, password: &smtp.password, from: &smtp.from };
        mail::Smtp::new(&settings)
            .map(Box::new)
            .map(Delivery::Smtp)
            .map_err(|unusable| InvalidSetting(unusable.to_string()))
    }
}

impl Smtp {
    fn parse(values: &Values) -> Result<Option<Self>, InvalidSetting> {
        let text = |nom| values.parse(nom, "un texte", |t| Some(t.to_owned()));
        let smtp = Self {
            address: text("smtp")?,
            user: text("smtp_identifiant")?,
            password: text("smtp_mot_de_passe")?,
            from: text("expediteur")?,
        };
        Ok((!smtp.address.is_empty()).then_some(smtp))
    }
}

/// Both files, or neither. Read by the server alone: other commands are of people who may not read the key.
fn tls(values: &Values) -> Result<Option<TlsFiles>, InvalidSetting> {
    let path = |nom| values.parse(nom, "un chemin de fichier", |t| Some(PathBuf::from(t)));
    let (certificate, key) = (path("tls_certificat")?, path("tls_cle")?);
    match (certificate.as_os_str().is_empty(), key.as_os_str().is_empty()) {
        (true, true) => Ok(None),
        (false, false) => Ok(Some(TlsFiles { certificate, key })),
        _ => Err(InvalidSetting("tls_certificat et tls_cle vont ensemble : écrivez les deux, ou aucun".to_owned())),
    }
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|element| !element.is_empty())
}

/// An address, or a network of them; never everybody, whose word would then be taken for their own address.
fn network(text: &str) -> Option<IpNet> {
    let network = text.parse().ok().or_else(|| text.parse().ok().map(|ip: IpAddr| IpNet::from(ip.to_canonical())));
    // A network of IPv4 written in IPv6 would hold nobody: addresses are compared in IPv4.
    network.filter(|network| network.prefix_len() > 0 && network.addr().to_canonical() == network.addr())
}

/// « https://nom:port », without a path, in lower case: as a browser writes an origin.
fn origin(text: &str) -> Option<String> {
    let text = text.strip_suffix('/').unwrap_or(text).to_lowercase();
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let fits = !host.is_empty() && host.bytes().all(|c| c.is_ascii_alphanumeric() || b".-:[]".contains(&c));
    fits.then_some(text)
}
