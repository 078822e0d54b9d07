//! A cut in the wasm of the page: wasm-bindgen leaves in it the names of what is imported and who made it, which
//! no browser reads.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use crate::wasm;
use crate::workspace::files;

const CUSTOM: u8 = 0;

/// Takes the custom sections off every wasm file of this folder.
pub(crate) fn remove(folder: &Path) -> Result<(), String> {
    for file in files(folder)?.iter().filter(|file| file.extension() == Some(OsStr::new("wasm"))) {
        let wasm = fs::read(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
        let kept = without(&wasm).ok_or_else(|| format!("{} is not wasm", file.display()))?;
        fs::write(file, kept).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    }
    Ok(())
}

fn without(wasm: &[u8]) -> Option<Vec<u8>> {
    let (header, sections) = wasm::sections(wasm)?;
    let kept = sections.iter().filter(|section| section.kind != CUSTOM).map(|section| section.whole);
    Some(std::iter::once(header).chain(kept).collect::<Vec<_>>().concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_custom_sections_go() {
        let header = b"\0asm\x01\0\0\0";
        let wasm = [&header[..], b"\x01\x02ab", b"\0\x81\0n", b"\x0b\x01c", b"\0\x03xyz"].concat();
        assert_eq!(without(&wasm), Some([&header[..], b"\x01\x02ab", b"\x0b\x01c"].concat()));
        assert_eq!(without(header), Some(header.to_vec()));
    }
}
