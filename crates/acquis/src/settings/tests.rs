//! What the settings take, refuse and default to.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
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
    assert_eq!(http.as_ref().and_then(|http| http.anchors_file.clone()), Some(PathBuf::from("./donnees/ancres")));
    let unwritten = http.map(|http| Settings { places: Places::default(), anchors_file: None, ..http });
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
        ("ACQUIS_ANTIVIRUS", "tcp://10.0.0.9:3310"),
        ("ACQUIS_JOURNAL_FORMAT", "xml"),
        ("ACQUIS_COMPTES_INACTIFS", "1"),
        ("ACQUIS_COMPTES_INACTIFS", ""),
        ("ACQUIS_ANCRES_COURRIEL", "secretsecret"),
        ("ACQUIS_CONSERVATION_JOURNAL", "364"),
        ("ACQUIS_CONSERVATION_JOURNAL", "1096"),
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
    assert_eq!(config.ring(), Ok(None));
    std::fs::create_dir_all(&data).expect("a folder");
    let key = config.make_key().unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(config.ring(), Ok(Some(key.clone())));
    let text = std::fs::read_to_string(data.join("cle")).expect("the key file");
    std::fs::write(data.join("cle"), format!("\u{feff}{text}\r\n")).expect("a file that an editor marked");
    assert_eq!(config.ring(), Ok(Some(key.clone())));
    let two = key.with([2; 32]).expect("a number");
    config.write_ring(&two).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(config.ring(), Ok(Some(two)));
    assert_eq!(std::fs::read_dir(&data).expect("the folder").count(), 1, "nothing is left beside the key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let droits = std::fs::metadata(data.join("cle")).expect("the key file").permissions().mode();
        assert_eq!(droits & 0o777, 0o600);
    }
}

#[test]
fn a_setting_holds_one_key_or_several_versions() {
    let (one, two) = (STANDARD.encode([1; 32]), "02".repeat(32));
    let ring = |text: &str| parse(&[("ACQUIS_CLE", text)]).ok().and_then(|config| config.key);
    assert_eq!(ring(&one), Some(Ring::new([1; 32])));
    assert_eq!(ring(&format!("1:{one} 2:{two}")), Ring::new([1; 32]).with([2; 32]));
    assert!(parse(&[("ACQUIS_CLE", "0a0a")]).is_err());
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
