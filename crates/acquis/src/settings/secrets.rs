//! The settings that are secrets may stand in a file of their own, which a manager of secrets fills: read once, at start.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::InvalidSetting;
use super::values::Values;

/// Each secret, and the setting that says which file holds it.
pub(super) const SECRETS: &[(&str, &str)] = &[
    ("cle", "cle_fichier"),
    ("database_url", "database_url_fichier"),
    ("smtp_mot_de_passe", "smtp_mot_de_passe_fichier"),
    ("fournisseur_secret", "fournisseur_secret_fichier"),
    ("journal_vers_jeton", "journal_vers_jeton_fichier"),
];

/// Longer than any secret of ours.
const LONGEST: u64 = 16 * 1_024;

/// Puts what the files hold in its place.
///
/// # Errors
/// [`InvalidSetting`] names the file, and never what it holds.
pub(super) fn read(values: &mut Values) -> Result<(), InvalidSetting> {
    let written = |values: &Values, nom| values.0.get(nom).is_some_and(|(text, _)| !text.trim().is_empty());
    for (nom, file) in SECRETS {
        if !written(values, file) {
            continue;
        }
        if written(values, nom) {
            return Err(InvalidSetting(format!("{nom} et {file} disent la même chose deux fois : n'écrivez que l'un")));
        }
        let path = values.0.get(file).map(|(text, _)| text.trim().to_owned()).unwrap_or_default();
        let secret = secret_of(Path::new(&path)).map_err(|why| InvalidSetting(format!("{file} : {path} {why}")))?;
        values.0.insert(nom, (secret, format!("le fichier {path}")));
    }
    Ok(())
}

fn secret_of(path: &Path) -> Result<String, String> {
    let unreadable = |error: std::io::Error| format!("ne peut pas être lu : {error}");
    let file = File::open(path).map_err(unreadable)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = file.metadata().map_err(unreadable)?.permissions().mode();
        if mode & 0o007 != 0 {
            return Err("peut être lu de toute la machine : « chmod o= » sur ce fichier".to_owned());
        }
    }
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text).map_err(unreadable)?;
    // An editor, or « echo », ends a file with a line.
    let secret = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    if secret.is_empty() { Err("est vide".to_owned()) } else { Ok(secret.to_owned()) }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;

    use super::super::{Config, every};
    use super::*;

    fn written(dir: &tempfile::TempDir, text: &str, mode: u32) -> PathBuf {
        let path = dir.path().join("secret");
        std::fs::write(&path, text).expect("a file");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).expect("its rights");
        path
    }

    fn parse(variables: &[(&str, &str)]) -> Result<Config, String> {
        let all = variables.iter().map(|(nom, text)| ((*nom).to_owned(), (*text).to_owned()));
        Config::parse(None, all).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn every_secret_may_stand_in_a_file_and_its_last_line_end_is_no_part_of_it() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for end in ["", "\n", "\r\n"] {
            let path = written(&dir, &format!("postgres://a:b@localhost/c{end}"), 0o600);
            let path = path.to_str().expect("a path");
            let config = parse(&[("ACQUIS_DATABASE_URL_FICHIER", path)]).unwrap_or_else(|why| panic!("{why}"));
            assert_eq!(config.database_url, "postgres://a:b@localhost/c");
        }
        let path = written(&dir, &format!("{}\n", "02".repeat(32)), 0o440);
        let config = parse(&[("ACQUIS_CLE_FICHIER", path.to_str().expect("a path"))]);
        assert_eq!(config.unwrap_or_else(|why| panic!("{why}")).key, Some(vault::Ring::new([2; 32])));
        for (nom, file) in SECRETS {
            for setting in [nom, file] {
                assert!(every().any(|known| known.nom == *setting), "{setting} is not documented");
            }
        }
    }

    #[test]
    fn a_secret_that_the_whole_machine_reads_or_that_is_said_twice_or_not_at_all_is_refused_and_never_shown() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let refused = |text: &str, mode, more: &[(&str, &str)]| {
            let path = written(&dir, text, mode);
            let file = [("ACQUIS_SMTP_MOT_DE_PASSE_FICHIER", path.to_str().expect("a path"))];
            let refusal = parse(&[&file[..], more].concat()).err().unwrap_or_else(|| panic!("{mode:o} is taken"));
            assert!(refusal.contains("smtp_mot_de_passe_fichier") && !refusal.contains("secret-de"), "{refusal}");
            refusal
        };
        assert!(refused("secret-de-courrier", 0o604, &[]).contains("chmod o="));
        assert!(refused("secret-de-courrier", 0o600, &[("ACQUIS_SMTP_MOT_DE_PASSE", "x")]).contains("deux fois"));
        assert!(refused("\n", 0o600, &[]).contains("est vide"));
        let absent = parse(&[("ACQUIS_FOURNISSEUR_SECRET_FICHIER", "/nulle/part")]).err().unwrap_or_default();
        assert!(absent.contains("fournisseur_secret_fichier : /nulle/part ne peut pas être lu"), "{absent}");
    }
}
