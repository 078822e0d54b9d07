//! Where the lines of the journal are sent as well, as the settings say it.

use server::Collector;
use url::Url;

use super::InvalidSetting;
use super::identity::is_private;
use super::values::Values;

/// The place; nothing where none is set.
///
/// # Errors
/// [`InvalidSetting`] when it is reached in clear by others than this machine, or a token is for no place.
pub(super) fn parse(values: &Values) -> Result<Option<Collector>, InvalidSetting> {
    let address = values.parse("journal_vers", "une adresse « https://… »", |t| {
        let right = t.is_empty() || Url::parse(t).is_ok_and(|address| is_private(&address));
        right.then(|| t.to_owned())
    })?;
    let token = values.parse("journal_vers_jeton", "un jeton : des signes visibles, sans espace", |t| {
        t.chars().all(|sign| sign.is_ascii_graphic()).then(|| t.to_owned())
    })?;
    let token = Some(token).filter(|token| !token.is_empty());
    if address.is_empty() {
        return match token {
            Some(_) => Err(InvalidSetting(
                "journal_vers_jeton ne sert à rien sans journal_vers : écrivez l'adresse, ou retirez le jeton"
                    .to_owned(),
            )),
            None => Ok(None),
        };
    }
    Ok(Some(Collector { address, token }))
}

#[cfg(test)]
mod tests {
    use super::super::Config;

    fn with(written: &[(&str, &str)]) -> Result<Option<server::Collector>, String> {
        let all = written.iter().map(|(nom, text)| ((*nom).to_owned(), (*text).to_owned()));
        Config::parse(None, all).map(|config| config.collector).map_err(|refusal| refusal.to_string())
    }

    #[test]
    fn journals_are_gathered_over_tls_or_on_this_machine_and_the_token_is_never_shown() {
        assert!(matches!(with(&[]), Ok(None)));
        for right in [
            "https://journaux.exemple.fr/jsonl?source=acquis",
            "http://127.0.0.1:9428/insert/jsonline",
            "http://[::1]:1/",
        ] {
            let collector = with(&[("ACQUIS_JOURNAL_VERS", right), ("ACQUIS_JOURNAL_VERS_JETON", "secret-d-ici")]);
            let collector = collector.expect("a place").expect("a place");
            assert_eq!(collector.token.as_deref(), Some("secret-d-ici"));
            assert!(!format!("{collector:?}").contains("secret-d-ici"));
        }
        assert!(
            with(&[("ACQUIS_JOURNAL_VERS", "https://journaux.exemple.fr/")])
                .expect("a place")
                .expect("a place")
                .token
                .is_none()
        );
        for wrong in [
            "http://journaux.exemple.fr/",
            "journaux.exemple.fr",
            "https://a:b@journaux.exemple.fr/",
            "ftp://localhost/",
            "https://a.fr/#x",
        ] {
            let refusal = with(&[("ACQUIS_JOURNAL_VERS", wrong)]).expect_err("no place");
            assert!(refusal.contains("journal_vers"), "{refusal}");
        }
        for token in ["deux mots", "é"] {
            let refusal = with(&[("ACQUIS_JOURNAL_VERS", "https://a.fr/"), ("ACQUIS_JOURNAL_VERS_JETON", token)]);
            assert!(refusal.expect_err("no token").contains("journal_vers_jeton"));
        }
        let alone = with(&[("ACQUIS_JOURNAL_VERS_JETON", "secret-d-ici")]).expect_err("no place");
        assert!(alone.contains("journal_vers") && !alone.contains("secret-d-ici"), "{alone}");
    }
}
