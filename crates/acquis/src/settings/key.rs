//! The master key: written in the settings, or in a file of its own that is made once.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Config, InvalidSetting};

impl Config {
    /// The master key: that of the settings, else that of the key file; nothing when there is none yet.
    ///
    /// # Errors
    /// [`InvalidSetting`] when the key file cannot be read or understood.
    pub fn master_key(&self) -> Result<Option<[u8; 32]>, InvalidSetting> {
        if self.key.is_some() {
            return Ok(self.key);
        }
        let path = self.key_file();
        match std::fs::read_to_string(&path) {
            // A text editor of Windows begins a file by a mark that nobody sees.
            Ok(text) => read_key(text.trim_start_matches('\u{feff}').trim()).map(Some).ok_or_else(|| {
                InvalidSetting(format!("le fichier {} ne contient pas une clé de 32 octets", path.display()))
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreachable_key(&path, &error)),
        }
    }

    /// Makes the key file. Never beside data that another key wrote: whoever calls looks first.
    ///
    /// # Errors
    /// [`InvalidSetting`] when it cannot be written.
    pub fn make_key(&self) -> Result<[u8; 32], InvalidSetting> {
        let (path, key) = (self.key_file(), vault::random());
        write_key(&path, &STANDARD.encode(key)).map_err(|error| unreachable_key(&path, &error))?;
        Ok(key)
    }

    /// The key file.
    pub fn key_file(&self) -> PathBuf {
        self.data.join("cle")
    }
}

fn unreachable_key(path: &Path, error: &std::io::Error) -> InvalidSetting {
    InvalidSetting(format!("le fichier de clé {} est inaccessible : {error}", path.display()))
}

pub(super) fn read_key(text: &str) -> Option<[u8; 32]> {
    if text.len() == 64 && text.bytes().all(|c| c.is_ascii_hexdigit()) {
        let bytes: Option<Vec<u8>> =
            (0..32).map(|n| u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()).collect();
        return bytes?.try_into().ok();
    }
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// Written aside, then named: a start that is killed leaves no half of a key.
fn write_key(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let aside = path.with_extension(vault::identifier());
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&aside)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    std::fs::rename(&aside, path)
}
