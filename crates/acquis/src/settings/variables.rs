//! The variables of the environment that are settings, as texts. What is not UTF-8 is refused by its name: read another
//! way, it would be another folder or another key, in silence.

use std::ffi::OsString;

use super::{ALLOWED_VARIABLES, InvalidSetting};

const PREFIX: &str = "ACQUIS_";

/// Those whose names begin with `ACQUIS_`.
///
/// # Errors
/// [`InvalidSetting`] names the one that is not UTF-8.
pub fn variables(all: impl IntoIterator<Item = (OsString, OsString)>) -> Result<Vec<(String, String)>, InvalidSetting> {
    let ours = all.into_iter().filter(|(name, _)| name.as_encoded_bytes().starts_with(PREFIX.as_bytes()));
    let mut texts = Vec::new();
    for (name, value) in ours {
        let name = name.into_string().map_err(|name| {
            let name = name.to_string_lossy();
            InvalidSetting(format!("la variable {name} n'est pas un réglage d'Acquis (voir acquis --help)"))
        })?;
        // The path of the file of settings is used as it is; others are of the tests.
        if ALLOWED_VARIABLES.contains(&name.as_str()) {
            continue;
        }
        let value = value.into_string().map_err(|_| {
            InvalidSetting(format!(
                "la variable {name} n'est pas en UTF-8, et serait lue comme une autre : donnez-la de nouveau en UTF-8"
            ))
        })?;
        texts.push((name, value));
    }
    Ok(texts)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::ffi::OsStringExt as _;

    use super::*;

    fn read(name: &[u8], value: &[u8]) -> Result<Vec<(String, String)>, String> {
        let text = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
        variables([(text(name), text(value))]).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn a_setting_that_is_not_utf_8_is_refused_by_its_name_and_never_shown() {
        for name in [b"ACQUIS_DONNEES".as_slice(), b"ACQUIS_CLE", b"ACQUIS_ECOUTE"] {
            let why = read(name, b"/srv/donn\xe9es").expect_err("a refusal");
            assert!(why.contains(&String::from_utf8_lossy(name).into_owned()) && !why.contains("/srv"), "{why}");
        }
        assert!(read(b"ACQUIS_DONN\xc9ES", b"/srv").expect_err("a refusal").contains("n'est pas un réglage"));
        // What belongs to others is not read at all, and the file of settings may be anywhere.
        assert_eq!(read(b"PWD", b"/srv/donn\xe9es"), Ok(Vec::new()));
        assert_eq!(read(b"ACQUIS_CONFIG", b"/srv/donn\xe9es/acquis.toml"), Ok(Vec::new()));
        assert_eq!(read(b"ACQUIS_DONNEES", "/srv/données".as_bytes()).map(|all| all.len()), Ok(1));
    }
}
