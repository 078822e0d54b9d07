//! The last cut in the wasm of the page: wasm-bindgen leaves in it the names of what is imported and who made it, which
//! no browser reads. Knows the frame of a wasm file, and nothing of what is in it.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use crate::workspace::files;

const HEADER: usize = 8;
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
    let (header, mut rest) = wasm.split_at_checked(HEADER)?;
    let mut kept = header.to_vec();
    while let Some((&kind, after)) = rest.split_first() {
        let (size, content) = length(after)?;
        let end = rest.len() - content.len() + size;
        let (section, next) = rest.split_at_checked(end)?;
        if kind != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = next;
    }
    Some(kept)
}

/// A length, seven bits at a time, and what follows it.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let last = bytes.iter().position(|byte| byte & 0x80 == 0).filter(|last| *last < 5)?;
    let (number, rest) = bytes.split_at(last + 1);
    let value = number.iter().rev().fold(0, |value: usize, byte| (value << 7) | usize::from(byte & 0x7f));
    Some((value, rest))
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

    #[test]
    fn what_is_cut_short_is_not_wasm() {
        for bytes in [&b"\0asm"[..], b"\0asm\x01\0\0\0\x01\x05ab", b"\0asm\x01\0\0\0\x01\x80"] {
            assert_eq!(without(bytes), None);
        }
    }
}
