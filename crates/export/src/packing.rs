//! A file as it is written: one entry after another, none of them whole in memory, and last what makes it whole, which is the manifest,
//! its signature, and the directory without which no program opens a ZIP.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::mem::take;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};
use vault::{Signature, to_hex};
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::manifest::{KEY, MANIFEST, Manifest, SIGNATURE};

/// A file cannot be written: two entries of one name, or one too long.
#[derive(Debug, thiserror::Error)]
#[error("the file cannot be written: {0}")]
pub struct Failure(#[from] ZipError);

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error.into())
    }
}

/// What was written and not sent yet.
#[derive(Clone, Default)]
struct Outlet(Arc<Mutex<Vec<u8>>>);

impl Outlet {
    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file being written. No `Debug`.
pub struct Packing {
    zip: ZipWriter<StreamWriter<Outlet>>,
    outlet: Outlet,
    options: SimpleFileOptions,
    manifest: Manifest,
    /// The entry being written.
    current: Option<(String, Sha256)>,
}

impl Packing {
    /// Begins a file of this service, « https://acquis.example », at this moment, « 2026-11-29T10:04 ».
    pub fn new(service: &str, moment: &str) -> Self {
        let outlet = Outlet::default();
        // Nothing is compressed: what is large is a picture or a PDF, which are already.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        Self {
            zip: ZipWriter::new_stream(outlet.clone()),
            outlet,
            options: options.last_modified_time(stamp(moment).unwrap_or_default()),
            manifest: Manifest { said: format!("{service}, {moment}"), sums: BTreeMap::new() },
            current: None,
        }
    }

    /// Begins an entry; the one before is whole.
    ///
    /// # Errors
    /// [`Failure`] when there is one of that name.
    pub fn begin(&mut self, name: &str) -> Result<(), Failure> {
        self.end();
        self.zip.start_file(name, self.options)?;
        self.current = Some((name.to_owned(), Sha256::new()));
        Ok(())
    }

    /// Adds bytes to the entry.
    ///
    /// # Errors
    /// [`Failure`] when none was begun.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if let Some((_, sum)) = &mut self.current {
            sum.update(bytes);
        }
        Ok(self.zip.write_all(bytes)?)
    }

    /// A whole entry.
    ///
    /// # Errors
    /// As for [`Packing::begin`].
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.begin(name)?;
        self.add(bytes)
    }

    /// What can be sent.
    pub fn ready(&mut self) -> Vec<u8> {
        take(&mut self.outlet.bytes())
    }

    /// The last bytes: what was signed, by whom, and the directory. Without them it is no file.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn finish(mut self, sign: impl FnOnce(&[u8]) -> Signature) -> Result<Vec<u8>, Failure> {
        self.end();
        let manifest = self.manifest.to_text();
        let signature = sign(manifest.as_bytes());
        let key = signature.key.id() + "\n";
        for (name, bytes) in
            [(MANIFEST, manifest.as_bytes()), (SIGNATURE, signature.bytes.as_slice()), (KEY, key.as_bytes())]
        {
            self.zip.start_file(name, self.options)?;
            self.zip.write_all(bytes)?;
        }
        self.zip.finish()?;
        Ok(take(&mut self.outlet.bytes()))
    }

    fn end(&mut self) {
        if let Some((name, sum)) = self.current.take() {
            self.manifest.sums.insert(name, to_hex(&sum.finalize()));
        }
    }
}

/// « 2026-11-29T10:04 » as a ZIP writes it.
fn stamp(moment: &str) -> Option<DateTime> {
    let numbers: Option<Vec<u16>> = moment.split(['-', 'T', ':']).map(|number| number.parse().ok()).collect();
    let [year, rest @ ..] = numbers?.try_into().ok().map(|numbers: [u16; 5]| numbers)?;
    let [month, day, hour, minute] = rest.map(|number| u8::try_from(number).unwrap_or(0));
    DateTime::from_date_and_time(year, month, day, hour, minute, 0).ok()
}
