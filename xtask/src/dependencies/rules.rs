//! deny.toml: which licenses, which sources, which crates.

use std::fs;

use semver::VersionReq;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Package, license};
use crate::workspace;

/// The part of cargo-deny's settings that we use; an unknown setting is a mistake, not a wish.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    licenses: Licenses,
    bans: Bans,
    sources: Sources,
    /// Faults that are known and do not reach us: cargo-deny alone knows which there are.
    #[serde(default, rename = "advisories")]
    _advisories: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Licenses {
    allow: Vec<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Bans {
    deny: Vec<Ban>,
    #[serde(default)]
    skip: Vec<Ban>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ban {
    /// A name, or a name with the versions that are meant: `tokio@<1.44.2`.
    #[serde(rename = "crate")]
    spec: String,
    reason: String,
    /// The crates that may ask for it all the same, if any.
    #[serde(default)]
    wrappers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sources {
    allow_registry: Vec<String>,
}

impl Rules {
    pub(super) fn read() -> Result<Self, String> {
        let file = workspace::root().join("deny.toml");
        let text = fs::read_to_string(&file).map_err(|error| format!("deny.toml cannot be read: {error}"))?;
        let rules: Self = toml::from_str(&text).map_err(|error| format!("deny.toml: {error}"))?;
        for ban in rules.bans.deny.iter().chain(&rules.bans.skip) {
            ban.versions()?;
        }
        Ok(rules)
    }

    /// What deny.toml holds against a package, which these ask for.
    pub(super) fn faults(&self, package: &Package, dependents: &[&str]) -> Vec<String> {
        let mut faults = Vec::new();
        let name = format!("{} {}", package.name, package.version);
        let expression = package.license.as_deref().unwrap_or_default();
        if !license::satisfied(expression, &|license| self.accepts(package, license)) {
            faults.push(format!("{name}: its license is {expression:?}"));
        }
        if let Some(source) = package.source.as_deref().filter(|source| !self.comes_from(source)) {
            faults.push(format!("{name}: it comes from {source}"));
        }
        let bans = self.bans.deny.iter().filter(|ban| ban.means(package) && !ban.admits(dependents));
        faults.extend(bans.map(|ban| format!("{name}: {}", ban.reason)));
        faults
    }

    /// Whether a second version of this package in the page is known and accepted.
    pub(super) fn tolerates(&self, package: &Package) -> bool {
        self.bans.skip.iter().any(|ban| ban.means(package))
    }

    fn accepts(&self, package: &Package, license: &str) -> bool {
        let own = self.licenses.exceptions.iter().filter(|exception| exception.name == package.name);
        self.licenses.allow.iter().chain(own.flat_map(|exception| &exception.allow)).any(|allowed| allowed == license)
    }

    fn comes_from(&self, source: &str) -> bool {
        self.sources.allow_registry.iter().any(|registry| source.strip_prefix("registry+") == Some(registry))
    }
}

impl Ban {
    fn means(&self, package: &Package) -> bool {
        let name = self.spec.split_once('@').map_or(self.spec.as_str(), |(name, _)| name);
        name == package.name && self.versions().is_ok_and(|versions| versions.matches(&package.version))
    }

    /// Whether nobody else asks for it than those who may.
    fn admits(&self, dependents: &[&str]) -> bool {
        let may = |dependent: &&str| self.wrappers.iter().any(|wrapper| wrapper == dependent);
        !self.wrappers.is_empty() && dependents.iter().all(may)
    }

    fn versions(&self) -> Result<VersionReq, String> {
        let versions = self.spec.split_once('@').map_or("*", |(_, versions)| versions);
        VersionReq::parse(versions).map_err(|error| format!("deny.toml: `{}`: {error}", self.spec))
    }
}
