//! How the files of the page are compressed, when the program is built (`build.rs` reads this file as well) and when it
//! starts.

use std::io;
use std::io::Write as _;

/// In brotli, from 0 to 11.
pub(crate) fn brotli(content: &[u8], quality: u32) -> io::Result<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 65_536, quality, 22);
    writer.write_all(content)?;
    Ok(writer.into_inner())
}

/// In gzip, from 0 to 9.
pub(crate) fn gzip(content: &[u8], level: u32) -> io::Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    writer.write_all(content)?;
    writer.finish()
}
