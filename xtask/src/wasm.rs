//! The frame of a wasm file: its sections, its numbers and its names. Knows nothing of what a section is for.

const HEADER: usize = 8;

/// The section of what is imported.
pub(crate) const IMPORTS: u8 = 2;
/// The section of what is exported.
pub(crate) const EXPORTS: u8 = 7;
/// What of either is a function.
pub(crate) const FUNCTION: u8 = 0;

/// A section, with and without its own frame.
pub(crate) struct Section<'w> {
    pub(crate) kind: u8,
    pub(crate) content: &'w [u8],
    pub(crate) whole: &'w [u8],
}

/// The header and the sections; nothing when this is not wasm.
pub(crate) fn sections(wasm: &[u8]) -> Option<(&[u8], Vec<Section<'_>>)> {
    let (header, mut rest) = wasm.split_at_checked(HEADER)?;
    let mut sections = Vec::new();
    while let Some((&kind, after)) = rest.split_first() {
        let (size, after) = number(after)?;
        let (content, next) = after.split_at_checked(size)?;
        sections.push(Section { kind, content, whole: &rest[..rest.len() - next.len()] });
        rest = next;
    }
    Some((header, sections))
}

/// A number, seven bits at a time, and what follows it.
pub(crate) fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let last = bytes.iter().position(|byte| byte & 0x80 == 0).filter(|last| *last < 5)?;
    let (number, rest) = bytes.split_at(last + 1);
    let value = number.iter().rev().fold(0, |value: usize, byte| (value << 7) | usize::from(byte & 0x7f));
    Some((value, rest))
}

/// Writes a number as [`number`] reads it.
pub(crate) fn write_number(mut value: usize, to: &mut Vec<u8>) {
    while value >= 0x80 {
        to.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

/// A name, with its length before it, and what follows it.
pub(crate) fn name(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = number(bytes)?;
    let (name, rest) = rest.split_at_checked(length)?;
    Some((str::from_utf8(name).ok()?, rest))
}

/// Writes a name as [`name`] reads it.
pub(crate) fn write_name(name: &str, to: &mut Vec<u8>) {
    write_number(name.len(), to);
    to.extend_from_slice(name.as_bytes());
}

/// Something that is imported or exported.
pub(crate) struct Entry<'w> {
    pub(crate) name: &'w str,
    pub(crate) kind: u8,
    pub(crate) whole: &'w [u8],
}

/// What a section of imports or of exports lists; nothing when it imports something else than functions, which is described by
/// more than a number.
pub(crate) fn entries(content: &[u8], imports: bool) -> Option<Vec<Entry<'_>>> {
    let (count, mut rest) = number(content)?;
    let mut list = Vec::new();
    for _ in 0..count {
        let own = if imports { name(rest)?.1 } else { rest };
        let (name, after) = name(own)?;
        let (&kind, after) = after.split_first()?;
        let (_, after) = number(after)?;
        if imports && kind != FUNCTION {
            return None;
        }
        list.push(Entry { name, kind, whole: &rest[..rest.len() - after.len()] });
        rest = after;
    }
    rest.is_empty().then_some(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for value in [0, 1, 127, 128, 300, 16_383, 16_384, 2_000_000] {
            let mut bytes = Vec::new();
            write_number(value, &mut bytes);
            bytes.push(7);
            assert_eq!(number(&bytes), Some((value, &[7][..])));
        }
        let mut bytes = Vec::new();
        write_name("é", &mut bytes);
        assert_eq!((bytes.as_slice(), name(&bytes)), (&[2, 0xc3, 0xa9][..], Some(("é", &[][..]))));
    }

    #[test]
    fn what_is_cut_short_is_not_wasm() {
        for bytes in [&b"\0asm"[..], b"\0asm\x01\0\0\0\x01\x05ab", b"\0asm\x01\0\0\0\x01\x80"] {
            assert!(sections(bytes).is_none());
        }
    }
}
