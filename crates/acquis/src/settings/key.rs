//! The master keys: written in the settings, or in a file of their own that is made once, and grows.

use std::path::{Path, PathBuf};

use vault::{Ring, Vault};

use super::{Config, InvalidSetting};

impl Config {
    /// The keys: those of the settings, else those of the key file; nothing when there are none yet.
    ///
    /// # Errors
    /// [`InvalidSetting`] when the key file cannot be read or understood.
    pub fn ring(&self) -> Result<Option<Ring>, InvalidSetting> {
        if self.key.is_some() {
            return Ok(self.key.clone());
        }
        let path = self.key_file();
        match std::fs::read_to_string(&path) {
            Ok(text) => Ring::parse(&text).map(Some).ok_or_else(|| {
                InvalidSetting(format!("le fichier {} ne contient pas une clé de 32 octets", path.display()))
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreachable_key(&path, &error)),
        }
    }

    /// What is done with these keys; those of a file follow it while it grows.
    pub fn vault(&self, ring: Ring) -> Vault {
        if self.key.is_some() {
            return Vault::of(ring);
        }
        let path = self.key_file();
        Vault::following(ring, move || Ring::parse(&std::fs::read_to_string(&path).ok()?))
    }

    /// Makes the key file. Never beside data that another key wrote: whoever calls looks first.
    ///
    /// # Errors
    /// [`InvalidSetting`] when it cannot be written.
    pub fn make_key(&self) -> Result<Ring, InvalidSetting> {
        let ring = Ring::new(vault::random());
        self.write_ring(&ring)?;
        Ok(ring)
    }

    /// Writes the key file, whole or not at all.
    ///
    /// # Errors
    /// [`InvalidSetting`] when it cannot be written: then it is as it was.
    pub fn write_ring(&self, ring: &Ring) -> Result<(), InvalidSetting> {
        let path = self.key_file();
        write_key(&path, &ring.to_text()).map_err(|error| unreachable_key(&path, &error))
    }

    /// The key file.
    pub fn key_file(&self) -> PathBuf {
        self.data.join("cle")
    }
}

fn unreachable_key(path: &Path, error: &std::io::Error) -> InvalidSetting {
    InvalidSetting(format!("le fichier de clé {} est inaccessible : {error}", path.display()))
}

/// Written aside, then named: a program that is killed leaves no half of a key, and what was there before stays until the end.
fn write_key(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let aside = path.with_extension(vault::identifier());
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&aside)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if let Err(error) = written.and_then(|()| std::fs::rename(&aside, path)) {
        // A disk that is full: what is left would hold a key.
        let _ = std::fs::remove_file(&aside);
        return Err(error);
    }
    // The name too: what is sealed under a key that a power cut takes away is lost.
    #[cfg(unix)]
    if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
        std::fs::File::open(dir)?.sync_all()?;
    }
    Ok(())
}
