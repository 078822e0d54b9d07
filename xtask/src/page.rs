//! The page: font, trunk, then the first paint of every route written beside it. Knows nothing of who serves it.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::command::{program as start, run};
use crate::custom_sections;
use crate::fingerprints;
use crate::glue;
use crate::program;
use crate::styles;
use crate::template;
use crate::terminal::{say, step};
use crate::tools::{self, Tools};
use crate::uncalled;
use crate::wasm_opt;
use crate::workspace::{self, PAGE_PARTS, files};

const FONT_PACKAGE: &str = "node_modules/@fontsource-variable/atkinson-hyperlegible-next";
const FONT: &str = "files/atkinson-hyperlegible-next-latin-wght-normal.woff2";

/// Which of the two pages: the one to try and change things with, or the one that people are given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Compiled quickly, many times as heavy; served from its folder.
    Quick,
    /// As small as we can; the server holds it inside.
    Small,
}

impl Kind {
    /// The profile of Cargo.toml. `dev` shares its macros with the server, and the rest with the tests: optimised by one
    /// step, the libraries alone take twice as long.
    const fn profile(self) -> &'static str {
        match self {
            Self::Quick => "dev",
            Self::Small => "page",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick-page",
            Self::Small => "page",
        }
    }

    /// Where it is put together. They never meet: a release holds what stands in `dist/`.
    pub(crate) fn folder(self) -> PathBuf {
        match self {
            Self::Quick => workspace::target_folder().join(self.name()),
            Self::Small => workspace::root().join("dist"),
        }
    }

    fn part_folder(self, part: &str) -> PathBuf {
        workspace::target_folder().join(format!("{}-parts", self.name())).join(part)
    }

    /// Tells from what its folder was made.
    fn stamp(self) -> PathBuf {
        workspace::target_folder().join(format!("{}.stamp", self.name()))
    }

    /// Whether it must be built, as far as its files tell.
    pub(crate) fn is_stale(self) -> bool {
        let fresh = |known: String| self.fingerprint().is_ok_and(|now| known == now);
        !fs::read_to_string(self.stamp()).is_ok_and(fresh)
    }

    /// What it is made of, and what is in its folder (plain `trunk build` may have replaced it).
    fn fingerprint(self) -> Result<String, String> {
        let mut hasher = DefaultHasher::new();
        let sources = workspace::PAGE_SOURCES.iter().map(|name| workspace::root().join(name));
        for folder in sources.chain([self.folder()]) {
            for file in files(&folder)? {
                file.hash(&mut hasher);
                fs::read(&file)
                    .map_err(|error| format!("{} cannot be read: {error}", file.display()))?
                    .hash(&mut hasher);
            }
        }
        Ok(format!("{:016x}", hasher.finish()))
    }
}

/// Builds a page, unless nothing that it is made of has changed.
pub(crate) fn build(kind: Kind) -> Result<(), String> {
    let tools = Tools::fetch()?;
    font()?;
    let folder = kind.folder();
    let shown = folder.strip_prefix(workspace::root()).unwrap_or(&folder).display();
    if !kind.is_stale() {
        say(&format!("── the page in {shown}/ is fresh"));
        return Ok(());
    }
    for part in PAGE_PARTS {
        step(&format!("build the page, « {part} » (trunk, profile `{}`)", kind.profile()), || {
            trunk(&tools, kind, part)
        })?;
    }
    if kind == Kind::Small {
        let parts = PAGE_PARTS.map(|part| kind.part_folder(part));
        parts.iter().try_for_each(|part| uncalled::cut_exports(part))?;
        step("make its WebAssembly smaller (wasm-opt)", || wasm_opt::shrink(&parts))?;
    }
    step("put the parts together", || join_parts(kind))?;
    step("write the first paint of every route", || first_paints(&folder))?;
    let stamp = kind.stamp();
    fs::write(&stamp, kind.fingerprint()?).map_err(|error| format!("{} cannot be written: {error}", stamp.display()))
}

fn trunk(tools: &Tools, kind: Kind, part: &str) -> Result<(), String> {
    let mut command = tools.trunk("build")?;
    command.args(["--cargo-profile", kind.profile(), "--no-default-features", "--features", &format!("csr,{part}")]);
    run(command.arg("--dist").arg(kind.part_folder(part)))
}

/// What a part's own page is called until the first paints are written: no screen has that name.
fn template_name(part: &str) -> String {
    format!("part-{part}.html")
}

/// Makes the folder anew with the files of all; what they have in common has the same name.
fn join_parts(kind: Kind) -> Result<(), String> {
    let dist = kind.folder();
    let failed = |what: &Path, error: std::io::Error| format!("{}: {error}", what.display());
    if dist.exists() {
        fs::remove_dir_all(&dist).map_err(|error| failed(&dist, error))?;
    }
    for part in PAGE_PARTS {
        let folder = kind.part_folder(part);
        styles::merge(&folder)?;
        if kind == Kind::Small {
            custom_sections::remove(&folder)?;
            uncalled::cut_imports(&folder)?;
            glue::lighten(&folder)?;
            fingerprints::shorten(&folder)?;
            template::lighten(&folder)?;
        }
        for file in files(&folder)? {
            let name = file.strip_prefix(&folder).unwrap_or(&file);
            let to =
                dist.join(if name == Path::new("index.html") { template_name(part).into() } else { name.to_owned() });
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
            }
            fs::copy(&file, &to).map_err(|error| failed(&to, error))?;
        }
    }
    Ok(())
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

/// The page itself, compiled for this machine, writes the HTML of each route into its folder.
fn first_paints(folder: &Path) -> Result<(), String> {
    run(start(program::prerender()?).arg(folder))
        .map_err(|error| format!("the first paint of the routes could not be written: {error}"))?;
    // They were only its templates.
    PAGE_PARTS.iter().try_for_each(|part| {
        let template = folder.join(template_name(part));
        fs::remove_file(&template).map_err(|error| format!("{}: {error}", template.display()))
    })
}
