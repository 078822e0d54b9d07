//! Licences, sources and known faults of the dependencies, from what cargo knows already: no network.
//!
//! The rules are in deny.toml, in cargo-deny's own format: who has that program may run it on the same file.

mod licence;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use semver::Version;
use serde::Deserialize;

use crate::command::{capture, cargo};
use crate::terminal::say;
use rules::Rules;

const PLATFORMS: [&str; 2] = ["x86_64-unknown-linux-gnu", PAGE];
const PAGE: &str = "wasm32-unknown-unknown";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Clone, Deserialize)]
struct Package {
    id: String,
    name: String,
    version: Version,
    license: Option<String>,
    source: Option<String>,
    targets: Vec<Target>,
}

#[derive(Clone, Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    kind: Option<String>,
}

/// Names every package that a rule of deny.toml refuses.
pub(crate) fn check() -> Result<(), String> {
    let rules = Rules::read()?;
    let mut faults = BTreeSet::new();
    let mut looked_at = BTreeSet::new();
    for platform in PLATFORMS {
        let metadata = read(platform)?;
        let packages = metadata.by_id();
        for package in metadata.resolve.nodes.iter().filter_map(|node| packages.get(node.id.as_str())) {
            faults.extend(rules.faults(package));
            looked_at.insert(format!("{} {}", package.name, package.version));
        }
        if platform == PAGE {
            faults.extend(duplicates(&metadata.shipped("frontend"), &rules));
        }
    }
    say(&format!("   {} packages looked at", looked_at.len()));
    if faults.is_empty() {
        return Ok(());
    }
    let list = faults.into_iter().collect::<Vec<_>>().join("\n  - ");
    Err(format!("deny.toml refuses:\n  - {list}\n  Change the dependency, or the rule with its reason"))
}

fn read(platform: &str) -> Result<Metadata, String> {
    let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", platform];
    let text = capture(&mut cargo(&arguments))?;
    serde_json::from_str(&text).map_err(|error| format!("`cargo metadata` answered something unreadable: {error}"))
}

impl Metadata {
    fn by_id(&self) -> BTreeMap<&str, &Package> {
        self.packages.iter().map(|package| (package.id.as_str(), package)).collect()
    }

    /// What is compiled into the program of this package of ours: neither macros, nor build scripts, nor tests.
    fn shipped(&self, name: &str) -> Vec<&Package> {
        let packages = self.by_id();
        let nodes: BTreeMap<&str, &Node> = self.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        let ours = |package: &&Package| package.name == name && package.source.is_none();
        let mut to_visit: Vec<&str> = self.packages.iter().filter(ours).map(|package| package.id.as_str()).collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = to_visit.pop() {
            if packages.get(id).is_none_or(|package| package.is_macro()) || !seen.insert(id) {
                continue;
            }
            let dependencies = nodes.get(id).map(|node| node.deps.as_slice()).unwrap_or_default();
            let shipped =
                dependencies.iter().filter(|dependency| dependency.dep_kinds.iter().any(|kind| kind.kind.is_none()));
            to_visit.extend(shipped.map(|dependency| dependency.pkg.as_str()));
        }
        seen.into_iter().filter_map(|id| packages.get(id).copied()).collect()
    }
}

impl Package {
    fn is_macro(&self) -> bool {
        self.targets.iter().any(|target| target.kind.iter().any(|kind| kind == "proc-macro"))
    }
}

/// Two versions of one crate in the page are paid twice by every person.
fn duplicates(shipped: &[&Package], rules: &Rules) -> Vec<String> {
    let mut versions: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for package in shipped.iter().filter(|package| !rules.tolerates(package)) {
        versions.entry(package.name.as_str()).or_default().push(package.version.to_string());
    }
    let twice = versions.into_iter().filter(|(_, versions)| versions.len() > 1);
    twice
        .map(|(name, versions)| format!("{name} ships in the page {} times: {}", versions.len(), versions.join(", ")))
        .collect()
}
