//! Puts the built page inside the program, compressed beforehand. Without a built page the server
//! is built all the same, and says what to run.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    let racine = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let dist = racine.join("../dist");
    let sortie = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    // Cargo can only watch a folder that exists.
    let _ = fs::create_dir_all(&dist);
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", dist.display());
    let rapide = env::var("PROFILE").is_ok_and(|profil| profil != "release");
    let mut chemins = Vec::new();
    parcourir(&dist, &mut chemins)?;
    chemins.sort();
    let mut table = String::from("static FICHIERS: &[Fichier] = &[\n");
    for (rang, chemin) in chemins.iter().enumerate() {
        let Ok(relatif) = chemin.strip_prefix(&dist) else { continue };
        let contenu = fs::read(chemin)?;
        let empreinte: String = Sha256::digest(&contenu).iter().take(16).fold(String::new(), |mut texte, octet| {
            let _ = write!(texte, "{octet:02x}");
            texte
        });
        let ecrire = |suffixe: &str, octets: &[u8]| -> io::Result<String> {
            let nom = sortie.join(format!("page-{rang}.{suffixe}"));
            fs::write(&nom, octets)?;
            Ok(format!("include_bytes!({:?})", nom.display().to_string()))
        };
        // A form that gains nothing is not kept.
        let forme = |suffixe: &str, octets: Vec<u8>| -> io::Result<String> {
            if octets.len() + 64 > contenu.len() {
                return Ok("None".into());
            }
            Ok(format!("Some({})", ecrire(suffixe, &octets)?))
        };
        let brotli = forme("br", brotli(&contenu, if rapide { 4 } else { 11 })?)?;
        let gzip = forme("gz", gzip(&contenu, if rapide { 1 } else { 9 })?)?;
        let url = relatif.to_string_lossy().replace('\\', "/");
        let identite = ecrire("id", &contenu)?;
        let _ = writeln!(
            table,
            "    Fichier {{ chemin: {:?}, empreinte: {empreinte:?}, identite: {identite}, gzip: {gzip}, brotli: {brotli} }},",
            format!("/{url}"),
        );
    }
    table.push_str("];\n");
    fs::write(sortie.join("page.rs"), table)
}

/// The files of the page; a folder whose name begins with a dot is trunk at work.
fn parcourir(dossier: &Path, chemins: &mut Vec<PathBuf>) -> io::Result<()> {
    for entree in fs::read_dir(dossier)? {
        let entree = entree?;
        if entree.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entree.file_type()?.is_dir() {
            parcourir(&entree.path(), chemins)?;
        } else {
            chemins.push(entree.path());
        }
    }
    Ok(())
}

fn brotli(contenu: &[u8], qualite: u32) -> io::Result<Vec<u8>> {
    let mut ecrivain = brotli::CompressorWriter::new(Vec::new(), 65_536, qualite, 22);
    ecrivain.write_all(contenu)?;
    Ok(ecrivain.into_inner())
}

fn gzip(contenu: &[u8], niveau: u32) -> io::Result<Vec<u8>> {
    let mut ecrivain = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(niveau));
    ecrivain.write_all(contenu)?;
    ecrivain.finish()
}
