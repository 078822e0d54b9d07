//! The provider of identities, as the settings say it: all of it, or nothing.

use server::{IdentityProvider, Picture};
use url::Url;

use super::values::Values;
use super::{InvalidSetting, table};

/// The provider; nothing where none is set.
///
/// # Errors
/// [`InvalidSetting`] names every setting that is missing.
pub(super) fn parse(values: &Values) -> Result<Option<IdentityProvider>, InvalidSetting> {
    let text = |nom| values.parse(nom, "un texte", |t| Some(t.to_owned()));
    let issuer = values.parse("fournisseur", "une adresse « https://… »", |t| {
        (t.is_empty() || is_an_issuer(t)).then(|| t.to_owned())
    })?;
    let level = values.parse("fournisseur_niveau", "eidas1, eidas2 ou eidas3", |t| {
        ["eidas1", "eidas2", "eidas3"].contains(&t).then(|| t.to_owned())
    })?;
    let rest = ["fournisseur_identifiant", "fournisseur_secret", "fournisseur_nom"];
    let [client, secret, label] = [text(rest[0])?, text(rest[1])?, text(rest[2])?];
    let button =
        values.parse(
            "fournisseur_bouton",
            "le chemin d'une image SVG ou PNG de 64 Kio au plus",
            |path| match path {
                "" => Some(None),
                path => Picture::of(&std::fs::read(path).ok()?).map(Some),
            },
        )?;
    let said = [&client, &secret, &label].map(|text| !text.is_empty());
    if issuer.is_empty() && !said.contains(&true) {
        return Ok(None);
    }
    let written = [("fournisseur", !issuer.is_empty()), (rest[0], said[0]), (rest[1], said[1]), (rest[2], said[2])];
    let missing: Vec<String> = written
        .into_iter()
        .filter(|(_, written)| !written)
        .map(|(nom, _)| {
            let help = table::SETTINGS.iter().find(|setting| setting.nom == nom).map_or("", |setting| setting.help);
            format!("\n  {nom} : {help}")
        })
        .collect();
    if missing.is_empty() {
        return Ok(Some(IdentityProvider { issuer, client, secret, label, level, button }));
    }
    Err(InvalidSetting(format!(
        "le fournisseur d'identité n'est réglé qu'à moitié : écrivez tout ce qui suit, ou rien.{}",
        missing.concat()
    )))
}

/// Whether it may be an issuer: over TLS, but on this machine itself; nothing after its path (OpenID Connect Discovery, 2).
fn is_an_issuer(text: &str) -> bool {
    Url::parse(text).is_ok_and(|address| is_private(&address) && address.query().is_none())
}

/// Whether nobody reads what is asked there: over TLS, or on this machine itself; with no name, password or fragment in it.
pub(super) fn is_private(address: &Url) -> bool {
    let local = matches!(address.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let speaks = address.scheme() == "https" || (address.scheme() == "http" && local);
    speaks && address.fragment().is_none() && address.username().is_empty() && address.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::super::Config;

    fn with(written: &[(&str, &str)]) -> Result<Option<server::IdentityProvider>, String> {
        let all = written.iter().map(|(nom, text)| ((*nom).to_owned(), (*text).to_owned()));
        Config::parse(None, all).map(|config| config.identity).map_err(|refusal| refusal.to_string())
    }

    const ALL: [(&str, &str); 4] = [
        ("ACQUIS_FOURNISSEUR", "https://identite.exemple.fr/api/v2"),
        ("ACQUIS_FOURNISSEUR_IDENTIFIANT", "acquis"),
        ("ACQUIS_FOURNISSEUR_SECRET", "secret-que-personne-ne-lit"),
        ("ACQUIS_FOURNISSEUR_NOM", "Identité Exemple"),
    ];

    #[test]
    fn a_provider_is_set_whole_or_not_at_all() {
        assert!(matches!(with(&[]), Ok(None)));
        let whole = with(&ALL).expect("a provider").expect("a provider");
        assert_eq!((whole.label.as_str(), whole.plus()), ("Identité Exemple", false));
        assert!(!format!("{whole:?}").contains("personne-ne-lit"));
        for left_out in ALL {
            let some: Vec<_> = ALL.into_iter().filter(|setting| *setting != left_out).collect();
            let refusal = with(&some).expect_err("half a provider");
            let name = left_out.0.trim_start_matches("ACQUIS_").to_lowercase();
            assert!(refusal.contains(&format!("\n  {name} : ")) && refusal.matches("\n  ").count() == 1, "{refusal}");
            assert!(!refusal.contains("personne-ne-lit"), "{refusal}");
        }
    }

    #[test]
    fn a_button_is_an_image_that_whoever_runs_the_server_gives() {
        let folder = tempfile::tempdir().expect("a folder");
        let button = |content: &[u8]| {
            let path = folder.path().join("bouton");
            std::fs::write(&path, content).expect("a file");
            with(&[&ALL[..], &[("ACQUIS_FOURNISSEUR_BOUTON", path.to_str().expect("a path"))]].concat())
        };
        for right in [&b"<?xml version=\"1.0\"?><svg></svg>\n"[..], b"\x89PNG\r\n\x1a\n..."] {
            assert!(button(right).expect("an image").expect("a provider").button.is_some());
        }
        let large = [&b"<svg>"[..], &vec![b' '; 65_536], b"</svg>"].concat();
        for wrong in [&b""[..], b"GIF89a", b"<html><svg></svg></html>", b"<svg>", b"\xff\xd8\xff", &large] {
            let refusal = button(wrong).expect_err("no image");
            assert!(refusal.contains("fournisseur_bouton") && refusal.contains("SVG ou PNG"), "{refusal}");
        }
        assert!(with(&[&ALL[..], &[("ACQUIS_FOURNISSEUR_BOUTON", "/nulle/part.svg")]].concat()).is_err());
    }

    #[test]
    fn an_issuer_speaks_over_tls_but_on_this_machine() {
        let issuer = |text| with(&[&[("ACQUIS_FOURNISSEUR", text)], &ALL[1..]].concat());
        for right in ["https://a.exemple", "http://127.0.0.1:4000/api/v2", "http://localhost:1"] {
            assert!(issuer(right).is_ok(), "{right}");
        }
        for wrong in
            ["http://a.exemple", "a.exemple", "https://a.exemple/?x", "https://a.exemple/#x", "ftp://localhost"]
        {
            assert!(issuer(wrong).is_err(), "{wrong}");
        }
        let plus = with(&[&ALL[..], &[("ACQUIS_FOURNISSEUR_NIVEAU", "eidas2")]].concat());
        assert!(plus.expect("a provider").expect("a provider").plus());
        assert!(with(&[&ALL[..], &[("ACQUIS_FOURNISSEUR_NIVEAU", "eidas9")]].concat()).is_err());
    }
}
