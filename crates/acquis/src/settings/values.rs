//! What was written for each setting, and where, before it is understood. Knows no setting by its name.

use std::collections::BTreeMap;

use super::{InvalidSetting, every};

/// What was written, and where, by the name of its setting.
pub(super) struct Values(pub(super) BTreeMap<&'static str, (String, String)>);

impl Values {
    /// The value of a setting, read by `understand`. A refusal does not repeat what was written:
    /// it may be a secret.
    pub(super) fn parse<T>(
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

pub(super) fn parse_toml(
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
