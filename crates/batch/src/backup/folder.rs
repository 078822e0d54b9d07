//! Files and folders of a backup: written aside, flushed to the disk, then named. Knows nothing of what they hold.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use vault::{identifier, to_hex};

use super::{Failure, Outcome};

/// How much is read at once.
const BLOCK: usize = 65_536;

/// What a file of the backup holds, in the words of its manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptFile {
    #[serde(rename = "nom")]
    pub(super) name: String,
    #[serde(rename = "octets")]
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// Says which file an error is about.
pub(super) fn about(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let path = path.to_owned();
    move |error| Failure::File(path, error)
}

/// Whether there is nothing there, or an empty folder.
pub(super) fn is_free(path: &Path) -> Outcome<bool> {
    match fs::read_dir(path) {
        Ok(mut inside) => Ok(inside.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(about(path)(error)),
    }
}

/// The name beside that one under which it is being written.
pub(super) fn aside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".en-cours-{}", &identifier()[..8]));
    path.with_file_name(name)
}

/// A folder being filled: gone with this value unless it was given its name.
pub(super) struct Staging {
    path: PathBuf,
    kept: bool,
}

impl Staging {
    /// Makes one beside the folder that it will become.
    pub(super) fn beside(folder: &Path) -> Outcome<Self> {
        if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            store::create_dir(parent).map_err(about(parent))?;
        }
        let path = aside(folder);
        store::create_dir(&path).map_err(about(&path))?;
        Ok(Self { path, kept: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name: an empty folder that has it already is replaced.
    pub(super) fn name(mut self, folder: &Path) -> Outcome<()> {
        sync(&self.path)?;
        fs::rename(&self.path, folder).map_err(about(folder))?;
        self.kept = true;
        sync_parent(folder)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be erased has a name that tells what it is.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

/// Copies a file and flushes it to the disk; gives what it holds.
pub(super) fn copy(from: &Path, to: &Path) -> Outcome<KeptFile> {
    let mut source = File::open(from).map_err(about(from))?;
    let mut target = fs::OpenOptions::new().write(true).create_new(true).open(to).map_err(about(to))?;
    let kept = pass(from, &mut source, |block| target.write_all(block).map_err(about(to)))?;
    target.sync_all().map_err(about(to))?;
    Ok(kept)
}

/// What a file holds.
pub(super) fn measure(path: &Path) -> Outcome<KeptFile> {
    pass(path, &mut File::open(path).map_err(about(path))?, |_| Ok(()))
}

fn pass(path: &Path, source: &mut File, mut each: impl FnMut(&[u8]) -> Outcome<()>) -> Outcome<KeptFile> {
    let (mut hash, mut size, mut block) = (Sha256::new(), 0, vec![0; BLOCK]);
    loop {
        let read = source.read(&mut block).map_err(about(path))?;
        if read == 0 {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Ok(KeptFile { name, bytes: size, sha256: to_hex(&hash.finalize()) });
        }
        each(&block[..read])?;
        hash.update(&block[..read]);
        size += read as u64;
    }
}

/// Writes a file whole and flushes it to the disk.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Outcome<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(about(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(about(path))
}

/// Flushes a file or a folder to the disk.
pub(super) fn sync(path: &Path) -> Outcome<()> {
    File::open(path).and_then(|file| file.sync_all()).map_err(about(path))
}

/// Flushes the folder where that name stands.
pub(super) fn sync_parent(path: &Path) -> Outcome<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync(parent),
        _ => sync(Path::new(".")),
    }
}
