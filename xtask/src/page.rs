//! The page in release: font, trunk, then the first paint of every route written beside it.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::command::{cargo, run};
use crate::styles;
use crate::terminal::{say, step};
use crate::tools::{self, Tools};
use crate::workspace;

const FONT_PACKAGE: &str = "node_modules/@fontsource-variable/atkinson-hyperlegible-next";
const FONT: &str = "files/atkinson-hyperlegible-next-latin-wght-normal.woff2";

/// Builds `dist/`, unless nothing that it is made of has changed.
pub(crate) fn build() -> Result<(), String> {
    let tools = Tools::fetch()?;
    font()?;
    let stamp = workspace::target_folder().join("page.stamp");
    if fs::read_to_string(&stamp).is_ok_and(|known| fingerprint().is_ok_and(|now| known == now)) {
        say("── the page in dist/ is fresh");
        return Ok(());
    }
    for part in PARTS {
        step(&format!("build the page, « {part} » (trunk, profile `page`)"), || trunk(&tools, part))?;
    }
    step("put the parts together", join_parts)?;
    step("write the first paint of every route", first_paints)?;
    fs::write(&stamp, fingerprint()?).map_err(|error| format!("{} cannot be written: {error}", stamp.display()))
}

/// The door, before an account; the account; « Et si ? »: docs/decisions/0008.
const PARTS: [&str; 3] = ["porte", "compte", "simulation"];

fn part_folder(part: &str) -> PathBuf {
    workspace::target_folder().join("page-parts").join(part)
}

fn trunk(tools: &Tools, part: &str) -> Result<(), String> {
    let mut command = tools.trunk("build")?;
    command.args(["--cargo-profile", "page", "--no-default-features", "--features", &format!("csr,{part}")]);
    run(command.arg("--dist").arg(part_folder(part)))
}

/// Makes `dist/` anew with the files of all; what they have in common has the same name.
fn join_parts() -> Result<(), String> {
    let dist = workspace::root().join("dist");
    let failed = |what: &Path, error: std::io::Error| format!("{}: {error}", what.display());
    if dist.exists() {
        fs::remove_dir_all(&dist).map_err(|error| failed(&dist, error))?;
    }
    for part in PARTS {
        let folder = part_folder(part);
        styles::merge(&folder)?;
        for file in files(&folder)? {
            let name = file.strip_prefix(&folder).unwrap_or(&file);
            let to = dist.join(if name == Path::new("index.html") {
                format!("{part}.html").into()
            } else {
                name.to_owned()
            });
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
            }
            fs::copy(&file, &to).map_err(|error| failed(&to, error))?;
        }
    }
    Ok(())
}

/// The server in release, with the page inside.
pub(crate) fn server() -> Result<PathBuf, String> {
    step("build the server (release)", || run(&mut cargo(&["build", "--release", "--package", "server"])))?;
    Ok(workspace::target_folder().join("release/acquis"))
}

/// Copies the font, with its licence, where trunk takes it; leaves the folder empty where there is no npm.
pub(crate) fn font() -> Result<(), String> {
    let folder = workspace::root().join("frontend/polices");
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    if !tools::npm_packages()? {
        return Ok(());
    }
    let package = workspace::root().join(FONT_PACKAGE);
    let copies = [(FONT, "atkinson-hyperlegible-next-latin.woff2"), ("LICENSE", "LICENSE.txt")];
    copies.into_iter().try_for_each(|(from, to)| copy_if_different(&package.join(from), &folder.join(to)))
}

// The same bytes written again would make trunk serve build once more for nothing.
fn copy_if_different(from: &Path, to: &Path) -> Result<(), String> {
    let bytes = fs::read(from).map_err(|error| format!("{} cannot be read: {error}; try npm ci", from.display()))?;
    if fs::read(to).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    fs::write(to, bytes).map_err(|error| format!("{} cannot be written: {error}", to.display()))
}

/// The page itself, compiled for this machine, writes the HTML of each route into `dist/`.
fn first_paints() -> Result<(), String> {
    let mut command = cargo(&["run", "--quiet", "--package", "frontend", "--no-default-features", "--features", "ssr"]);
    run(command.args(["--bin", "prerender", "--", "dist"]))
        .map_err(|error| format!("the first paint of the routes could not be written: {error}"))?;
    // They were only its templates.
    PARTS.iter().try_for_each(|part| {
        let template = workspace::root().join("dist").join(format!("{part}.html"));
        fs::remove_file(&template).map_err(|error| format!("{}: {error}", template.display()))
    })
}

/// What the page is made of, and what is in dist/ (which plain `trunk build` may have replaced).
fn fingerprint() -> Result<String, String> {
    let mut hasher = DefaultHasher::new();
    for name in ["frontend", "crates", "style", "dist", "Cargo.lock", "Cargo.toml", "Trunk.toml", ".cargo/config.toml"]
    {
        for file in files(&workspace::root().join(name))? {
            file.hash(&mut hasher);
            fs::read(&file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Every file in a folder, in a stable order; a file is its own only one; nothing if it does not exist.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    if !path.is_dir() {
        return Ok(if path.exists() { vec![path.to_path_buf()] } else { Vec::new() });
    }
    let unreadable = |error: std::io::Error| format!("{} cannot be read: {error}", path.display());
    let entries = fs::read_dir(path).map_err(unreadable)?.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    let nested = paths.iter().map(|path| files(path)).collect::<Result<Vec<_>, _>>()?;
    Ok(nested.into_iter().flatten().collect())
}
