//! The settings: one table from which the reading, the help and the documented file all come.
//! Read once, at start; whatever is unknown or malformed stops the program with a sentence.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use batch::wording::jour;
use domaine::bareme::{Bareme, JourDeCredit};
use domaine::mesures::Jour;
use server::Settings;
use store::{adresse_sqlite, creer_dossier};
use tracing::level_filters::LevelFilter;

/// A setting: its name in the file, in capitals behind `ACQUIS_` in the environment.
pub struct Reglage {
    /// Name in the TOML file.
    pub nom: &'static str,
    /// What it is when nothing says otherwise, as written in the file.
    pub defaut: &'static str,
    /// What it does, in French.
    pub aide: &'static str,
}

/// Every setting there is.
pub const REGLAGES: &[Reglage] = &[
    Reglage { nom: "ecoute", defaut: "127.0.0.1:8087", aide: "Adresse et port d'écoute." },
    Reglage { nom: "donnees", defaut: "./donnees", aide: "Dossier des données : base SQLite, clé, attestations." },
    Reglage {
        nom: "database_url",
        defaut: "",
        aide: "Base de données, « sqlite:///chemin/acquis.db?mode=rwc » ou « postgres://… ». \
               Vide : acquis.db dans le dossier des données.",
    },
    Reglage {
        nom: "adresse_publique",
        defaut: "",
        aide: "Adresses par lesquelles les personnes viennent, séparées par des virgules, par exemple \
               « https://acquis.example ». Seules leurs pages peuvent envoyer des formulaires. À l'écoute sur la machine \
               elle-même, les pages de celle-ci sont toujours admises.",
    },
    Reglage {
        nom: "relais",
        defaut: "",
        aide: "Adresses IP des relais (reverse proxies) dont l'en-tête X-Forwarded-For est cru, séparées par des virgules.",
    },
    Reglage {
        nom: "cle",
        defaut: "",
        aide: "Clé maîtresse, 32 octets en base64 ou en hexadécimal : elle chiffre les numéros de sécurité sociale et \
               les attestations. Vide : fichier « cle » du dossier des données, créé au premier démarrage. \
               Sauvegardez-la à part : sans elle, rien de cela ne peut être relu.",
    },
    Reglage {
        nom: "pieces",
        defaut: "",
        aide: "Où vont les attestations, « file:///chemin ». Vide : dossier « pieces » du dossier des données.",
    },
    Reglage {
        nom: "session_inactive",
        defaut: "30",
        aide: "Minutes sans rien faire au bout desquelles une session prend fin.",
    },
    Reglage {
        nom: "session_maximale",
        defaut: "720",
        aide: "Minutes au bout desquelles une session prend fin de toute façon.",
    },
    Reglage {
        nom: "tentatives_compte",
        defaut: "10",
        aide: "Mots de passe faux admis pour un compte avant d'attendre.",
    },
    Reglage {
        nom: "tentatives_adresse",
        defaut: "60",
        aide: "Connexions ou inscriptions refusées admises depuis une même adresse IP avant d'attendre.",
    },
    Reglage { nom: "tentatives_delai", defaut: "15", aide: "Minutes d'attente après trop de tentatives." },
    Reglage {
        nom: "jour_de_credit",
        defaut: "30/06",
        aide: "Jour du premier semestre où les droits d'une année sont crédités l'année suivante, JJ/MM. \
               La loi ne fixe pas de jour.",
    },
    Reglage {
        nom: "fin_declaration_dif",
        defaut: "",
        aide: "Dernier jour où un DIF peut être déclaré, JJ/MM/AAAA : le 30/06/2021 selon l'ordonnance n° 2019-861. \
               Vide : la déclaration reste ouverte.",
    },
    Reglage {
        nom: "journal",
        defaut: "info",
        aide: "Ce que le journal technique raconte : error, warn, info, debug, trace ou off. Jamais de donnée personnelle.",
    },
    Reglage {
        nom: "page",
        defaut: "",
        aide: "Dossier d'une page à servir à la place de celle que contient le programme (développement).",
    },
    Reglage {
        nom: "contact_securite",
        defaut: "",
        aide: "Adresse à qui signaler une faille, « mailto:… » ou « https://… » : publiée dans /.well-known/security.txt.",
    },
];

/// The variables that belong to the tests and tools, not to the server.
const VARIABLES_ADMISES: &[&str] = &["ACQUIS_CONFIG", "ACQUIS_BINAIRE", "ACQUIS_CAPTURES"];

/// The settings, read and checked. No `Debug`: they hold the key.
#[derive(Clone)]
pub struct Config {
    /// Where to listen.
    pub ecoute: SocketAddr,
    /// The data folder.
    pub donnees: PathBuf,
    /// The database.
    pub database_url: String,
    /// The origins whose pages may send forms.
    pub adresse_publique: Vec<String>,
    /// The proxies whose word is taken for the address of a client.
    pub relais: Vec<IpAddr>,
    /// The master key; nothing means the key file of the data folder.
    pub cle: Option<[u8; 32]>,
    /// Where proofs go; nothing means a folder of the data folder.
    pub pieces: Option<String>,
    /// How long a session may idle.
    pub session_inactive: Duration,
    /// How long a session may last.
    pub session_maximale: Duration,
    /// Wrong passwords allowed for an account.
    pub tentatives_compte: i64,
    /// Refusals allowed from an address.
    pub tentatives_adresse: i64,
    /// How long to wait then.
    pub tentatives_delai: Duration,
    /// When a year of work is credited.
    pub jour_de_credit: JourDeCredit,
    /// The last day on which a DIF can be declared.
    pub fin_declaration_dif: Option<Jour>,
    /// What is logged.
    pub journal: LevelFilter,
    /// A folder to serve instead of the page inside the program.
    pub page: Option<PathBuf>,
    /// Whom to tell about a weakness.
    pub contact_securite: Option<String>,
}

/// A setting that cannot be used, said in French.
#[derive(Debug, PartialEq, Eq)]
pub struct ReglageInvalide(String);

impl std::fmt::Display for ReglageInvalide {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ReglageInvalide {}

impl Config {
    /// Reads the file, then the variables, which win.
    ///
    /// # Errors
    /// [`ReglageInvalide`] names the setting and where it comes from.
    pub fn lire(
        fichier: Option<&Path>,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ReglageInvalide> {
        let mut valeurs: BTreeMap<&'static str, (String, String)> = BTreeMap::new();
        if let Some(chemin) = fichier {
            let texte = std::fs::read_to_string(chemin).map_err(|erreur| {
                ReglageInvalide(format!("le fichier de réglages {} ne peut pas être lu : {erreur}", chemin.display()))
            })?;
            lire_toml(&texte, &chemin.display().to_string(), &mut valeurs)?;
        }
        for (nom, valeur) in variables {
            let Some(suite) = nom.strip_prefix("ACQUIS_") else { continue };
            if suite.starts_with("TEST_") || VARIABLES_ADMISES.contains(&nom.as_str()) {
                continue;
            }
            let reglage = REGLAGES.iter().find(|reglage| reglage.nom.to_uppercase() == suite);
            let reglage = reglage.ok_or_else(|| {
                ReglageInvalide(format!("la variable {nom} n'est pas un réglage d'Acquis (voir acquis --help)"))
            })?;
            valeurs.insert(reglage.nom, (valeur, format!("la variable {nom}")));
        }
        Self::depuis(&Valeurs(valeurs))
    }

    fn depuis(valeurs: &Valeurs) -> Result<Self, ReglageInvalide> {
        let donnees: PathBuf =
            valeurs.lire("donnees", "un chemin de dossier", |t| (!t.is_empty()).then(|| t.into()))?;
        let database_url = valeurs.lire("database_url", "une adresse sqlite: ou postgres:", |t| {
            let connue = ["sqlite:", "postgres://", "postgresql://"].iter().any(|debut| t.starts_with(debut));
            (t.is_empty() || connue).then(|| t.to_owned())
        })?;
        let minutes = |nom| {
            valeurs.lire(nom, "un nombre de minutes entre 1 et 10080", |t| {
                t.parse().ok().filter(|n| (1..=10_080).contains(n)).map(|n: u64| Duration::from_secs(n * 60))
            })
        };
        let tentatives = |nom| {
            valeurs.lire(nom, "un nombre entre 1 et 100000", |t| t.parse().ok().filter(|n| (1..=100_000).contains(n)))
        };
        let facultatif = |nom: &'static str, attendu, admis: fn(&str) -> bool| {
            valeurs.lire(nom, attendu, |t| if t.is_empty() { Some(None) } else { admis(t).then(|| Some(t.to_owned())) })
        };
        Ok(Self {
            ecoute: valeurs.lire("ecoute", "une adresse et un port, par exemple 127.0.0.1:8087", |t| t.parse().ok())?,
            database_url: if database_url.is_empty() {
                adresse_sqlite(&donnees.join("acquis.db"))
            } else {
                database_url
            },
            donnees,
            adresse_publique: valeurs.lire("adresse_publique", "des adresses « https://nom » sans chemin", |t| {
                liste(t).map(origine).collect()
            })?,
            relais: valeurs.lire("relais", "des adresses IP", |t| liste(t).map(|ip| ip.parse().ok()).collect())?,
            cle: valeurs.lire("cle", "32 octets en base64 ou en hexadécimal", |t| match t {
                "" => Some(None),
                texte => lire_cle(texte).map(Some),
            })?,
            pieces: facultatif("pieces", "une adresse file:///…", |t| t.starts_with("file:///"))?,
            session_inactive: minutes("session_inactive")?,
            session_maximale: minutes("session_maximale")?,
            tentatives_compte: tentatives("tentatives_compte")?,
            tentatives_adresse: tentatives("tentatives_adresse")?,
            tentatives_delai: minutes("tentatives_delai")?,
            jour_de_credit: valeurs.lire("jour_de_credit", "un jour du premier semestre, JJ/MM", |t| {
                let (jour, mois) = t.split_once('/')?;
                JourDeCredit::new(mois.parse().ok()?, jour.parse().ok()?)
            })?,
            fin_declaration_dif: valeurs.lire("fin_declaration_dif", "un jour JJ/MM/AAAA", |t| match t {
                "" => Some(None),
                texte => jour(texte).map(Some),
            })?,
            journal: valeurs
                .lire("journal", "error, warn, info, debug, trace ou off", |t| LevelFilter::from_str(t).ok())?,
            page: facultatif("page", "un chemin de dossier", |_| true)?.map(PathBuf::from),
            contact_securite: facultatif("contact_securite", "une adresse mailto: ou https:", |t| {
                (t.starts_with("mailto:") || t.starts_with("https://")) && !t.contains(char::is_control)
            })?,
        })
    }

    /// The figures of the law, with what it leaves to whoever runs this server.
    pub fn bareme(&self) -> Bareme {
        Bareme {
            jour_de_credit: self.jour_de_credit,
            fin_declaration_dif: self.fin_declaration_dif,
            ..Bareme::EN_VIGUEUR
        }
    }

    /// The folder of the proofs: that of the settings, else one of the data folder.
    pub fn dossier_des_pieces(&self) -> PathBuf {
        match self.pieces.as_deref().and_then(|adresse| adresse.strip_prefix("file://")) {
            Some(chemin) => chemin.into(),
            None => self.donnees.join("pieces"),
        }
    }

    /// What of it is HTTP's.
    pub fn http(&self) -> Settings {
        Settings {
            listen: self.ecoute,
            public_addresses: self.adresse_publique.clone(),
            proxies: self.relais.clone(),
            session_idle: self.session_inactive,
            session_longest: self.session_maximale,
            attempts_by_account: self.tentatives_compte,
            attempts_by_address: self.tentatives_adresse,
            attempts_delay: self.tentatives_delai,
            bareme: self.bareme(),
            page: self.page.clone(),
            security_contact: self.contact_securite.clone(),
        }
    }

    /// The master key: that of the settings, else that of the key file, made at the first start.
    ///
    /// # Errors
    /// [`ReglageInvalide`] when the key file cannot be read, written or understood.
    pub fn cle_maitresse(&self) -> Result<[u8; 32], ReglageInvalide> {
        if let Some(cle) = self.cle {
            return Ok(cle);
        }
        let chemin = self.donnees.join("cle");
        let echec = |erreur: std::io::Error| {
            ReglageInvalide(format!("le fichier de clé {} est inaccessible : {erreur}", chemin.display()))
        };
        creer_dossier(&self.donnees).map_err(echec)?;
        match std::fs::read_to_string(&chemin) {
            Ok(texte) => lire_cle(texte.trim()).ok_or_else(|| {
                ReglageInvalide(format!("le fichier {} ne contient pas une clé de 32 octets", chemin.display()))
            }),
            Err(erreur) if erreur.kind() == std::io::ErrorKind::NotFound => {
                let cle = vault::hasard();
                ecrire_cle(&chemin, &STANDARD.encode(cle)).map_err(echec)?;
                Ok(cle)
            }
            Err(erreur) => Err(echec(erreur)),
        }
    }
}

struct Valeurs(BTreeMap<&'static str, (String, String)>);

impl Valeurs {
    /// The value of a setting, read by `comprendre`. A refusal does not repeat what was written:
    /// it may be a secret.
    fn lire<T>(
        &self,
        nom: &'static str,
        attendu: &str,
        comprendre: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, ReglageInvalide> {
        let defaut = REGLAGES.iter().find(|reglage| reglage.nom == nom).map_or("", |reglage| reglage.defaut);
        let (texte, origine) = match self.0.get(nom) {
            Some((texte, origine)) => (texte.trim(), origine.as_str()),
            None => (defaut, "la valeur par défaut"),
        };
        comprendre(texte).ok_or_else(|| ReglageInvalide(format!("{nom} : {attendu} est attendu ({origine})")))
    }
}

fn lire_toml(
    texte: &str,
    origine: &str,
    valeurs: &mut BTreeMap<&'static str, (String, String)>,
) -> Result<(), ReglageInvalide> {
    let table: toml::Table = texte.parse().map_err(|erreur: toml::de::Error| {
        let ligne = erreur.span().map_or(0, |ou| texte[..ou.start.min(texte.len())].matches('\n').count() + 1);
        ReglageInvalide(format!("{origine}, ligne {ligne} : ce n'est pas du TOML ({})", erreur.message()))
    })?;
    for (nom, valeur) in table {
        let reglage = REGLAGES.iter().find(|reglage| reglage.nom == nom);
        let reglage = reglage.ok_or_else(|| {
            ReglageInvalide(format!("{origine} : « {nom} » n'est pas un réglage d'Acquis (voir acquis --help)"))
        })?;
        let valeur = en_texte(valeur).ok_or_else(|| {
            ReglageInvalide(format!("{origine} : {nom} doit être un texte, un nombre entier ou une liste de textes"))
        })?;
        valeurs.insert(reglage.nom, (valeur, origine.to_owned()));
    }
    Ok(())
}

fn en_texte(valeur: toml::Value) -> Option<String> {
    match valeur {
        toml::Value::String(texte) => Some(texte),
        toml::Value::Integer(nombre) => Some(nombre.to_string()),
        toml::Value::Array(valeurs) => {
            Some(valeurs.into_iter().map(|v| v.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()?.join(","))
        }
        _ => None,
    }
}

fn liste(texte: &str) -> impl Iterator<Item = &str> {
    texte.split(',').map(str::trim).filter(|element| !element.is_empty())
}

/// « https://nom:port », without a path, in lower case: as a browser writes an origin.
fn origine(texte: &str) -> Option<String> {
    let texte = texte.strip_suffix('/').unwrap_or(texte).to_lowercase();
    let hote = texte.strip_prefix("https://").or_else(|| texte.strip_prefix("http://"))?;
    let convient = !hote.is_empty() && hote.bytes().all(|c| c.is_ascii_alphanumeric() || b".-:[]".contains(&c));
    convient.then_some(texte)
}

fn lire_cle(texte: &str) -> Option<[u8; 32]> {
    if texte.len() == 64 && texte.bytes().all(|c| c.is_ascii_hexdigit()) {
        let octets: Option<Vec<u8>> =
            (0..32).map(|n| u8::from_str_radix(texte.get(2 * n..2 * n + 2)?, 16).ok()).collect();
        return octets?.try_into().ok();
    }
    STANDARD.decode(texte).ok()?.try_into().ok()
}

fn ecrire_cle(chemin: &Path, texte: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut fichier = options.open(chemin)?;
    writeln!(fichier, "{texte}")?;
    fichier.sync_all()
}

/// The documented settings file, every line at its default and commented out.
pub fn exemple_toml() -> String {
    let mut texte = String::from(
        "# Réglages d'Acquis. Chaque ligne montre la valeur par défaut : ôtez le « # » pour la changer.\n\
         # Une variable d'environnement l'emporte : ACQUIS_ECOUTE pour « ecoute », et ainsi de suite.\n",
    );
    for reglage in REGLAGES {
        texte.push('\n');
        for ligne in plier(reglage.aide, 100) {
            let _ = writeln!(texte, "# {ligne}");
        }
        let _ = writeln!(texte, "#{} = \"{}\"", reglage.nom, reglage.defaut);
    }
    texte
}

/// What `acquis --help` says.
pub fn aide() -> String {
    let mut texte = String::from(
        "Acquis : un compte de formation que chacun peut héberger.\n\n\
         Usage : acquis [--config FICHIER] COMMANDE\n\n\
         Commandes :\n\
         \x20 serve      sert la page et l'interface, après avoir mis la base à jour\n\
         \x20 migrate    met la base de données à jour, puis s'arrête\n\
         \x20 demo       remplit la base avec les personnes fictives ; deux fois ne change rien de plus\n\
         \x20 reglages   écrit un fichier de réglages commenté\n\
         \x20 importer dsn FICHIER...\n\
         \x20            reprend des DSN : fichiers, dossiers, ou « - » pour l'entrée standard ; deux fois ne change rien de plus\n\
         \x20 importer activites FICHIER...\n\
         \x20            reprend des années de travail données en CSV (colonnes : docs/importer.md)\n\
         \x20 importer evenements FICHIER...\n\
         \x20            reprend ce qui arrive à un compte : abondements, engagements, dépenses, retraite… (CSV)\n\
         \x20 alimenter --annee AAAA\n\
         \x20            inscrit au registre les droits d'une année de travail, pour tous ; interrompue, elle se relance\n\
         \x20 releve [--au JJ/MM/AAAA] [--json]\n\
         \x20            donne le relevé d'une personne, dont le NIR est lu sur l'entrée standard\n\
         \x20 releves [--au JJ/MM/AAAA]\n\
         \x20            écrit le relevé de chacun, un objet JSON par ligne (docs/releve.md)\n\
         \x20 contestations [--toutes]\n\
         \x20            liste les lignes contestées qui attendent une réponse ; avec --toutes, les autres aussi\n\
         \x20 contestations RÉFÉRENCE\n\
         \x20            en montre une : ce que le titulaire a écrit, la ligne ce jour-là et aujourd'hui\n\
         \x20 contestations RÉFÉRENCE --en-cours\n\
         \x20            dit au titulaire que sa demande est examinée\n\
         \x20 contestations RÉFÉRENCE --repondre [FICHIER]\n\
         \x20            lui répond par ce fichier, ou par l'entrée standard ; une réponse ne se remplace pas,\n\
         \x20            --completer [FICHIER] en ajoute une autre\n\n\
         Les commandes importer et alimenter rendent 0 quand rien n'a été perdu, 3 quand quelque chose a été écarté\n\
         (le compte rendu dit quoi, où, et comment y remédier), 1 quand elles n'ont pas pu aller au bout.\n\n\
         Options :\n\
         \x20 --a-blanc          avec importer ou alimenter : dit ce qui changerait et n'écrit rien\n\
         \x20 --config FICHIER   fichier de réglages TOML (sinon ACQUIS_CONFIG, sinon ./acquis.toml s'il existe)\n\
         \x20 -h, --help         cette aide\n\
         \x20 -V, --version      la version\n\n\
         Réglages (fichier TOML, ou variable entre parenthèses, qui l'emporte) :\n",
    );
    for reglage in REGLAGES {
        let defaut = if reglage.defaut.is_empty() { "vide" } else { reglage.defaut };
        let _ = writeln!(texte, "  {} (ACQUIS_{}), par défaut : {defaut}", reglage.nom, reglage.nom.to_uppercase());
        for ligne in plier(reglage.aide, 92) {
            let _ = writeln!(texte, "      {ligne}");
        }
    }
    texte
}

fn plier(texte: &str, largeur: usize) -> Vec<String> {
    let mut lignes: Vec<String> = Vec::new();
    for mot in texte.split_ascii_whitespace() {
        match lignes.last_mut() {
            Some(ligne) if ligne.chars().count() + 1 + mot.chars().count() <= largeur => {
                ligne.push(' ');
                ligne.push_str(mot);
            }
            _ => lignes.push(mot.to_owned()),
        }
    }
    lignes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lire(variables: &[(&str, &str)]) -> Result<Config, ReglageInvalide> {
        Config::lire(None, variables.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())))
    }

    #[test]
    fn every_default_is_sane() {
        let config = lire(&[]).ok();
        assert_eq!(config.as_ref().map(|c| c.ecoute.to_string()).as_deref(), Some("127.0.0.1:8087"));
        assert_eq!(config.as_ref().map(|c| c.database_url.as_str()), Some("sqlite://./donnees/acquis.db?mode=rwc"));
        let http = config.map(|c| c.http());
        assert_eq!(http.as_ref().map(Settings::secure_cookies), Some(false));
        // The defaults of the server are those that are documented.
        assert_eq!(http.map(|http| format!("{http:?}")), Some(format!("{:?}", Settings::default())));
    }

    #[test]
    fn a_malformed_setting_is_refused_without_repeating_it() {
        for (nom, valeur) in [
            ("ACQUIS_ECOUTE", "ici"),
            ("ACQUIS_CLE", "secretsecret"),
            ("ACQUIS_SESSION_INACTIVE", "0"),
            ("ACQUIS_JOUR_DE_CREDIT", "29/02"),
            ("ACQUIS_JOUR_DE_CREDIT", "01/07"),
            ("ACQUIS_FIN_DECLARATION_DIF", "31/06/2021"),
            ("ACQUIS_ADRESSE_PUBLIQUE", "https://a.example/chemin"),
            ("ACQUIS_JOURNAL", "bavard"),
            ("ACQUIS_DATABASE_URL", "mysql://secretsecret"),
        ] {
            let refus = lire(&[(nom, valeur)]).err().map(|e| e.to_string()).unwrap_or_default();
            assert!(refus.contains(nom), "{nom} : {refus}");
            assert!(!refus.contains("secretsecret"), "{refus}");
        }
    }

    #[test]
    fn an_unknown_variable_is_refused_and_those_of_the_tests_are_not() {
        assert!(lire(&[("ACQUIS_ECOUTES", "127.0.0.1:1")]).is_err());
        assert!(lire(&[("ACQUIS_TEST_POSTGRES", "x"), ("ACQUIS_CAPTURES", "y"), ("PATH", "z")]).is_ok());
    }

    #[test]
    fn a_file_is_read_and_a_variable_wins() {
        let dossier = tempfile::tempdir().expect("a temporary folder");
        let chemin = dossier.path().join("acquis.toml");
        std::fs::write(
            &chemin,
            "ecoute = \"127.0.0.1:1\"\nsession_inactive = 5\nadresse_publique = [\"https://A.example/\"]\n",
        )
        .expect("a file");
        let config = Config::lire(Some(&chemin), [("ACQUIS_ECOUTE".to_owned(), "127.0.0.1:2".to_owned())]);
        let config = config.unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(config.ecoute.port(), 2);
        assert_eq!(config.session_inactive, Duration::from_secs(300));
        assert_eq!(config.adresse_publique, ["https://a.example"]);
        assert!(config.http().secure_cookies());
        for faux in ["inconnu = 1", "ecoute = [1]", "ecoute = ", "donnees = true"] {
            std::fs::write(&chemin, faux).expect("a file");
            assert!(Config::lire(Some(&chemin), []).is_err(), "{faux}");
        }
    }

    #[test]
    fn the_key_file_is_made_once_and_only_its_owner_reads_it() {
        let dossier = tempfile::tempdir().expect("a temporary folder");
        let donnees = dossier.path().join("sous dossier é");
        let variables = [("ACQUIS_DONNEES".to_owned(), donnees.display().to_string())];
        let config = Config::lire(None, variables).unwrap_or_else(|e| panic!("{e}"));
        let cle = config.cle_maitresse().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(config.cle_maitresse(), Ok(cle));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let droits = std::fs::metadata(donnees.join("cle")).expect("the key file").permissions().mode();
            assert_eq!(droits & 0o777, 0o600);
        }
    }

    #[test]
    fn a_key_is_read_in_base64_and_in_hexadecimal() {
        assert_eq!(lire_cle(&"0a".repeat(32)), Some([10; 32]));
        assert_eq!(lire_cle(&STANDARD.encode([10; 32])), Some([10; 32]));
        assert_eq!(lire_cle("0a0a"), None);
    }

    #[test]
    fn the_documented_file_is_the_one_in_the_docs_and_can_be_read() {
        assert_eq!(exemple_toml(), include_str!("../../../docs/acquis.toml.exemple"));
        let sans_diese: String = exemple_toml()
            .lines()
            .filter(|l| !l.starts_with("# "))
            .map(|l| l.trim_start_matches('#').to_owned() + "\n")
            .collect();
        let mut valeurs = BTreeMap::new();
        assert_eq!(lire_toml(&sans_diese, "exemple", &mut valeurs), Ok(()));
        assert_eq!(valeurs.len(), REGLAGES.len());
    }
}
