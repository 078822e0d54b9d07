//! Licenses, sources and known faults of the dependencies, by the rules of deny.toml, in cargo-deny's own format.
//! cargo-deny judges where it is there; where it is not, we do, from what cargo knows already and without a network.

mod cargo_deny;
mod license;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use semver::Version;
use serde::Deserialize;

use crate::metadata;
use crate::terminal::say;
use crate::workspace;
use rules::Rules;

const PLATFORMS: [&str; 2] = ["x86_64-unknown-linux-gnu", BROWSER];
const BROWSER: &str = "wasm32-unknown-unknown";

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

/// What was said of the packages.
#[derive(Default)]
struct Verdict {
    faults: BTreeSet<String>,
    looked_at: BTreeSet<String>,
}

/// Names every package that a rule of deny.toml refuses.
pub(crate) fn check() -> Result<(), String> {
    // Ours in either case: what ships twice in the page is no question that cargo-deny answers, and what its two
    // readers say of the same file must agree.
    let verdict = by_hand()?;
    say(&format!("   {} packages looked at", verdict.looked_at.len()));
    let by_tool = cargo_deny::check();
    if verdict.faults.is_empty() {
        return by_tool;
    }
    let list = verdict.faults.into_iter().collect::<Vec<_>>().join("\n  - ");
    Err(format!("deny.toml refuses:\n  - {list}\n  Change the dependency, or the rule with its reason"))
}

fn by_hand() -> Result<Verdict, String> {
    let rules = Rules::read()?;
    let mut verdict = Verdict::default();
    for platform in PLATFORMS {
        let metadata: Metadata = metadata::read(&["--locked", "--filter-platform", platform])?;
        let packages = metadata.by_id();
        for package in metadata.resolve.nodes.iter().filter_map(|node| packages.get(node.id.as_str())) {
            verdict.faults.extend(rules.faults(package, &metadata.dependents(&package.id)));
            verdict.looked_at.insert(format!("{} {}", package.name, package.version));
        }
        if platform == BROWSER {
            verdict.faults.extend(duplicates(&metadata.shipped(workspace::PAGE), &rules));
        }
    }
    Ok(verdict)
}

impl Metadata {
    fn by_id(&self) -> BTreeMap<&str, &Package> {
        self.packages.iter().map(|package| (package.id.as_str(), package)).collect()
    }

    /// The names of the packages that ask for this one.
    fn dependents(&self, id: &str) -> Vec<&str> {
        let packages = self.by_id();
        let asks = |node: &&Node| node.deps.iter().any(|dependency| dependency.pkg == id);
        let asking = self.resolve.nodes.iter().filter(asks);
        asking.filter_map(|node| packages.get(node.id.as_str()).map(|package| package.name.as_str())).collect()
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
