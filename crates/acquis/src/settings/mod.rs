//! The settings: one table from which the reading, the help and the documented file all come.
//! Read once, at start; whatever is unknown or malformed stops the program with a sentence.

mod host;
mod table;
mod variables;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use batch::wording::parse_day;
use domaine::assurance::DeclaredReading;
use domaine::bareme::{Bareme, CreditDay};
use domaine::dif::DifCounts;
use domaine::mesures::{Day, Euros, WorkDuration};
use domaine::plausible::Limits;
use domaine::retention::Retention;
use ipnet::IpNet;
use mail::{Delivery, SmtpSettings};
use server::Settings;
use store::sqlite_address;
use tracing::level_filters::LevelFilter;

pub use host::HOST;
pub use table::{SETTINGS, Setting};
pub use variables::variables;

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
    /// The origins whose pages may send forms.
    pub public_address: Vec<String>,
    /// The proxies whose word is taken for the address of a client.
    pub relay: Vec<IpNet>,
    /// Connections allowed from one address that is no proxy.
    pub address_connections: usize,
    /// The master key; nothing means the key file of the data folder.
    pub key: Option<[u8; 32]>,
    /// Where proofs go; nothing means a folder of the data folder.
    pub pieces: Option<String>,
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
    /// What is logged.
    pub journal: LevelFilter,
    /// A folder to serve instead of the page inside the program.
    pub page: Option<PathBuf>,
    /// Whom to tell about a weakness.
    pub security_contact: Option<String>,
    /// The mail server; nothing means that letters stay here.
    pub smtp: Option<Smtp>,
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
        Self::since(&Values(values))
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
            data,
            public_address: values.parse("adresse_publique", "des adresses « https://nom » sans chemin", |t| {
                list(t).map(origin).collect()
            })?,
            smtp: Smtp::parse(values)?,
            host: host::parse(values)?,
            relay: values.parse("relais", "des adresses IP ou des réseaux « 10.0.0.0/8 »", |t| {
                list(t).map(network).collect()
            })?,
            address_connections: values.parse("connexions_adresse", "un nombre entre 8 et 100000", |t| {
                t.parse().ok().filter(|n| (8..=100_000).contains(n))
            })?,
            key: values.parse("cle", "32 octets en base64 ou en hexadécimal", |t| match t {
                "" => Some(None),
                text => read_key(text).map(Some),
            })?,
            pieces: optional("pieces", "une adresse file:///…", |t| t.starts_with("file:///"))?,
            session_inactive: minutes("session_inactive")?,
            max_session: minutes("session_maximale")?,
            account_attempts: attempts("tentatives_compte")?,
            address_attempts: attempts("tentatives_adresse")?,
            attempts_delay: minutes("tentatives_delai")?,
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
            journal: values
                .parse("journal", "error, warn, info, debug, trace ou off", |t| LevelFilter::from_str(t).ok())?,
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
            public_addresses: self.public_address.clone(),
            proxies: self.relay.clone(),
            connections: Settings::default().connections,
            connections_by_address: self.address_connections,
            session_idle: self.session_inactive,
            session_longest: self.max_session,
            attempts_by_account: self.account_attempts,
            attempts_by_address: self.address_attempts,
            attempts_delay: self.attempts_delay,
            bareme: self.bareme(),
            dif_counts: self.dif_counts,
            declared_reading: self.declared_reading,
            page: self.page.clone(),
            security_contact: self.security_contact.clone(),
            retention: self.retention,
            places: self.places(),
            letters_stay: self.smtp.is_none(),
        }
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

    /// The master key: that of the settings, else that of the key file; nothing when there is none yet.
    ///
    /// # Errors
    /// [`InvalidSetting`] when the key file cannot be read or understood.
    pub fn master_key(&self) -> Result<Option<[u8; 32]>, InvalidSetting> {
        if self.key.is_some() {
            return Ok(self.key);
        }
        let path = self.key_file();
        match std::fs::read_to_string(&path) {
            // A text editor of Windows begins a file by a mark that nobody sees.
            Ok(text) => read_key(text.trim_start_matches('\u{feff}').trim()).map(Some).ok_or_else(|| {
                InvalidSetting(format!("le fichier {} ne contient pas une clé de 32 octets", path.display()))
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreachable_key(&path, &error)),
        }
    }

    /// Makes the key file. Never beside data that another key wrote: whoever calls looks first.
    ///
    /// # Errors
    /// [`InvalidSetting`] when it cannot be written.
    pub fn make_key(&self) -> Result<[u8; 32], InvalidSetting> {
        let (path, key) = (self.key_file(), vault::random());
        write_key(&path, &STANDARD.encode(key)).map_err(|error| unreachable_key(&path, &error))?;
        Ok(key)
    }

    /// The key file.
    pub fn key_file(&self) -> PathBuf {
        self.data.join("cle")
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

fn unreachable_key(path: &Path, error: &std::io::Error) -> InvalidSetting {
    InvalidSetting(format!("le fichier de clé {} est inaccessible : {error}", path.display()))
}

struct Values(BTreeMap<&'static str, (String, String)>);

impl Values {
    /// The value of a setting, read by `understand`. A refusal does not repeat what was written:
    /// it may be a secret.
    fn parse<T>(
        &self,
        nom: &'static str,
        expected: &str,
        understand: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, InvalidSetting> {
        let default = every().find(|setting| setting.nom == nom).map_or("", |setting| setting.default);
        let (text, origin) = match self.0.get(nom) {
            Some((text, origin)) => (text.trim(), origin.as_str()),
            None => (default, "la valeur par défaut"),
        };
        understand(text).ok_or_else(|| InvalidSetting(format!("{nom} : {expected} est attendu ({origin})")))
    }
}

fn parse_toml(
    text: &str,
    origin: &str,
    values: &mut BTreeMap<&'static str, (String, String)>,
) -> Result<(), InvalidSetting> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let ligne = error.span().map_or(0, |at| text[..at.start.min(text.len())].matches('\n').count() + 1);
        InvalidSetting(format!("{origin}, ligne {ligne} : ce n'est pas du TOML ({})", error.message()))
    })?;
    for (nom, value) in table {
        let setting = every().find(|setting| setting.nom == nom);
        let setting = setting.ok_or_else(|| {
            InvalidSetting(format!("{origin} : « {nom} » n'est pas un réglage d'Acquis (voir acquis --help)"))
        })?;
        let value = to_text(value).ok_or_else(|| {
            InvalidSetting(format!("{origin} : {nom} doit être un texte, un nombre entier ou une liste de textes"))
        })?;
        values.insert(setting.nom, (value, origin.to_owned()));
    }
    Ok(())
}

fn to_text(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Integer(count) => Some(count.to_string()),
        toml::Value::Array(values) => {
            Some(values.into_iter().map(|v| v.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()?.join(","))
        }
        _ => None,
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

fn read_key(text: &str) -> Option<[u8; 32]> {
    if text.len() == 64 && text.bytes().all(|c| c.is_ascii_hexdigit()) {
        let bytes: Option<Vec<u8>> =
            (0..32).map(|n| u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()).collect();
        return bytes?.try_into().ok();
    }
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// Written aside, then named: a start that is killed leaves no half of a key.
fn write_key(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let aside = path.with_extension(vault::identifier());
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&aside)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    std::fs::rename(&aside, path)
}

#[cfg(test)]
mod tests {
    use server::Places;

    use super::*;
    use crate::help::example_toml;

    fn parse(variables: &[(&str, &str)]) -> Result<Config, InvalidSetting> {
        Config::parse(None, variables.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())))
    }

    #[test]
    fn every_default_is_sane() {
        let config = parse(&[]).ok();
        assert_eq!(config.as_ref().map(|c| c.listener.to_string()).as_deref(), Some("127.0.0.1:8087"));
        assert_eq!(config.as_ref().map(|c| c.database_url.as_str()), Some("sqlite://./donnees/acquis.db?mode=rwc"));
        assert_eq!(config.as_ref().map(Config::limits), Some(Limits::DEFAULT));
        let http = config.map(|c| c.http());
        assert_eq!(http.as_ref().map(Settings::secure_cookies), Some(false));
        // The defaults of the server are those that are documented.
        let unwritten = http.map(|http| Settings { places: Places::default(), ..http });
        assert_eq!(unwritten.map(|http| format!("{http:?}")), Some(format!("{:?}", Settings::default())));
    }

    #[test]
    fn a_malformed_setting_is_refused_without_repeating_it() {
        for (nom, value) in [
            ("ACQUIS_ECOUTE", "ici"),
            ("ACQUIS_CLE", "secretsecret"),
            ("ACQUIS_SESSION_INACTIVE", "0"),
            ("ACQUIS_LECTURE_DECLAREE", ""),
            ("ACQUIS_JOUR_DE_CREDIT", "29/02"),
            ("ACQUIS_JOUR_DE_CREDIT", "01/07"),
            ("ACQUIS_FIN_DECLARATION_DIF", "31/06/2021"),
            ("ACQUIS_FIN_DECLARATION_DIF", ""),
            ("ACQUIS_ADRESSE_PUBLIQUE", "https://a.example/chemin"),
            ("ACQUIS_RELAIS", "10.0.0.0/33"),
            ("ACQUIS_RELAIS", "0.0.0.0/0"),
            ("ACQUIS_RELAIS", "::ffff:10.0.0.0/104"),
            ("ACQUIS_RELAIS", "127.0.0.1, relais.example"),
            ("ACQUIS_DUREE_REFERENCE_MINIMALE", "499"),
            ("ACQUIS_DUREE_REFERENCE_MINIMALE", "1608"),
            ("ACQUIS_ABONDEMENT_MAXIMAL", "0"),
            ("ACQUIS_JOURNAL", "bavard"),
            ("ACQUIS_COMPTES_INACTIFS", "1"),
            ("ACQUIS_COMPTES_INACTIFS", ""),
            ("ACQUIS_DATABASE_URL", "mysql://secretsecret"),
        ] {
            let refusal = parse(&[(nom, value)]).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(refusal.contains(nom), "{nom} : {refusal}");
            assert!(!refusal.contains("secretsecret"), "{refusal}");
        }
    }

    #[test]
    fn proxies_are_named_alone_or_by_networks() {
        let config = parse(&[("ACQUIS_RELAIS", "127.0.0.1, ::ffff:10.0.0.9,2001:db8::/48, 10.0.0.0/8")]);
        let config = config.unwrap_or_else(|e| panic!("{e}"));
        let written: Vec<String> = config.relay.iter().map(ToString::to_string).collect();
        assert_eq!(written, ["127.0.0.1/32", "10.0.0.9/32", "2001:db8::/48", "10.0.0.0/8"]);
    }

    #[test]
    fn an_unknown_variable_is_refused_and_those_of_the_tests_are_not() {
        assert!(parse(&[("ACQUIS_ECOUTES", "127.0.0.1:1")]).is_err());
        assert!(parse(&[("ACQUIS_TEST_POSTGRES", "x"), ("ACQUIS_CAPTURES", "y"), ("PATH", "z")]).is_ok());
    }

    #[test]
    fn a_file_is_read_and_a_variable_wins() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("acquis.toml");
        std::fs::write(
            &path,
            "ecoute = \"127.0.0.1:1\"\nsession_inactive = 5\nadresse_publique = [\"https://A.example/\"]\n",
        )
        .expect("a file");
        let config = Config::parse(Some(&path), [("ACQUIS_ECOUTE".to_owned(), "127.0.0.1:2".to_owned())]);
        let config = config.unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(config.listener.port(), 2);
        assert_eq!(config.session_inactive, Duration::from_secs(300));
        assert_eq!(config.public_address, ["https://a.example"]);
        assert!(config.http().secure_cookies());
        for wrong in ["inconnu = 1", "ecoute = [1]", "ecoute = ", "donnees = true"] {
            std::fs::write(&path, wrong).expect("a file");
            assert!(Config::parse(Some(&path), []).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_key_file_is_made_once_and_only_its_owner_reads_it() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let data = dir.path().join("sous dossier é");
        let variables = [("ACQUIS_DONNEES".to_owned(), data.display().to_string())];
        let config = Config::parse(None, variables).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(config.master_key(), Ok(None));
        std::fs::create_dir_all(&data).expect("a folder");
        let key = config.make_key().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(config.master_key(), Ok(Some(key)));
        let text = std::fs::read_to_string(data.join("cle")).expect("the key file");
        std::fs::write(data.join("cle"), format!("\u{feff}{text}\r\n")).expect("a file that an editor marked");
        assert_eq!(config.master_key(), Ok(Some(key)));
        assert_eq!(std::fs::read_dir(&data).expect("the folder").count(), 1, "nothing is left beside the key");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let droits = std::fs::metadata(data.join("cle")).expect("the key file").permissions().mode();
            assert_eq!(droits & 0o777, 0o600);
        }
    }

    #[test]
    fn a_key_is_read_in_base64_and_in_hexadecimal() {
        assert_eq!(read_key(&"0a".repeat(32)), Some([10; 32]));
        assert_eq!(read_key(&STANDARD.encode([10; 32])), Some([10; 32]));
        assert_eq!(read_key("0a0a"), None);
    }

    #[test]
    fn the_documented_file_is_the_one_in_the_docs_and_can_be_read() {
        assert_eq!(example_toml(), include_str!("../../../../docs/acquis.toml.exemple"));
        let without_hash_sign: String = example_toml()
            .lines()
            .filter(|l| !l.starts_with("# "))
            .map(|l| l.trim_start_matches('#').to_owned() + "\n")
            .collect();
        let mut values = BTreeMap::new();
        assert_eq!(parse_toml(&without_hash_sign, "exemple", &mut values), Ok(()));
        assert_eq!(values.len(), every().count());
    }
}
