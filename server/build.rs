//! Puts the built page inside the program, compressed beforehand. Without a built page the server
//! is built all the same, and says what to run.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

#[path = "src/compression.rs"]
mod compression;

use compression::{brotli, gzip};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let dist = root.join("../dist");
    let output = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    // Cargo can only watch a folder that exists.
    let _ = fs::create_dir_all(&dist);
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/compression.rs");
    println!("cargo:rerun-if-changed={}", dist.display());
    let fast = env::var("PROFILE").is_ok_and(|profil| profil != "release");
    let mut paths = Vec::new();
    walk(&dist, &mut paths)?;
    paths.sort();
    let mut table = String::from("static FILES: &[EmbeddedFile] = &[\n");
    for (index, path) in paths.iter().enumerate() {
        let Ok(relative) = path.strip_prefix(&dist) else { continue };
        let content = fs::read(path)?;
        let digest: String = Sha256::digest(&content).iter().take(16).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        let write = |suffix: &str, bytes: &[u8]| -> io::Result<String> {
            let nom = output.join(format!("page-{index}.{suffix}"));
            fs::write(&nom, bytes)?;
            Ok(format!("include_bytes!({:?})", nom.display().to_string()))
        };
        // A form that gains nothing is not kept.
        let shape = |suffix: &str, bytes: Vec<u8>| -> io::Result<String> {
            if bytes.len() + 64 > content.len() {
                return Ok("None".into());
            }
            Ok(format!("Some({})", write(suffix, &bytes)?))
        };
        let brotli = shape("br", brotli(&content, if fast { 4 } else { 11 })?)?;
        let gzip = shape("gz", gzip(&content, if fast { 1 } else { 9 })?)?;
        let url = relative.to_string_lossy().replace('\\', "/");
        let identite = write("id", &content)?;
        let _ = writeln!(
            table,
            "    EmbeddedFile {{ path: {:?}, digest: {digest:?}, identite: {identite}, gzip: {gzip}, brotli: {brotli} }},",
            format!("/{url}"),
        );
    }
    table.push_str("];\n");
    fs::write(output.join("page.rs"), table)
}

/// The files of the page; a folder whose name begins with a dot is trunk at work.
fn walk(dir: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for input in fs::read_dir(dir)? {
        let input = input?;
        if input.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if input.file_type()?.is_dir() {
            walk(&input.path(), paths)?;
        } else {
            paths.push(input.path());
        }
    }
    Ok(())
}
