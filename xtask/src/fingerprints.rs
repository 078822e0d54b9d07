//! A cut in what the wasm of the page and its script call each other: wasm-bindgen ends these names with a fingerprint of
//! sixteen figures, twice for each of some two hundred functions, and fingerprints do not pack. They get a number instead, the
//! same in both files. They are counted as they stand in the wasm: the same wasm, whose file is named after what it holds,
//! always has the same. Knows where names stand in a wasm file, and of the script only what a word is.

use std::collections::BTreeMap;
use std::path::Path;

use crate::pairs::{self, in_word, words};
use crate::wasm::{self, EXPORTS, FUNCTION, IMPORTS, Section};

/// The new names begin with it, and nothing else in the script does.
const MARK: &str = "$";

/// Gives short names in every pair of a wasm file and its script, in this folder.
pub(crate) fn shorten(folder: &Path) -> Result<(), String> {
    pairs::rewrite(folder, shortened)
}

/// Both with short names; nothing when one of them is not understood.
fn shortened(wasm: &[u8], script: &str) -> Option<(Vec<u8>, String)> {
    let (header, sections) = wasm::sections(wasm)?;
    let mut names = BTreeMap::new();
    let mut shorter = header.to_vec();
    for Section { kind, content, whole } in sections {
        let renamed = match kind {
            IMPORTS => list(content, true, &mut names)?,
            EXPORTS => list(content, false, &mut names)?,
            _ => {
                shorter.extend_from_slice(whole);
                continue;
            }
        };
        shorter.push(kind);
        wasm::write_number(renamed.len(), &mut shorter);
        shorter.extend(renamed);
    }
    let known = words(script).all(|word| !word.starts_with(MARK)) && {
        let mut called: Vec<&str> = words(script).filter(|word| names.contains_key(*word)).collect();
        called.sort_unstable();
        called.dedup();
        called.len() == names.len()
    };
    known.then(|| (shorter, renamed(script, &names)))
}

/// A list of imports, or of exports, with short names; each new one is kept beside the old.
fn list<'w>(content: &'w [u8], imports: bool, names: &mut BTreeMap<&'w str, String>) -> Option<Vec<u8>> {
    let (count, mut rest) = wasm::number(content)?;
    let mut shorter = Vec::new();
    wasm::write_number(count, &mut shorter);
    for _ in 0..count {
        if imports {
            let (from, after) = wasm::name(rest)?;
            wasm::write_name(from, &mut shorter);
            rest = after;
        }
        let (name, after) = wasm::name(rest)?;
        let (&kind, after) = after.split_first()?;
        let (index, after) = wasm::number(after)?;
        // The page imports nothing else, and what else is imported is described by more than a number.
        if imports && kind != FUNCTION {
            return None;
        }
        let next = format!("{MARK}{}", names.len());
        let short = if has_fingerprint(name) { names.entry(name).or_insert(next).as_str() } else { name };
        wasm::write_name(short, &mut shorter);
        shorter.push(kind);
        wasm::write_number(index, &mut shorter);
        rest = after;
    }
    rest.is_empty().then_some(shorter)
}

fn has_fingerprint(name: &str) -> bool {
    name.len() > 16 && name.bytes().rev().take(16).all(|c| c.is_ascii_hexdigit())
}

fn renamed(script: &str, names: &BTreeMap<&str, String>) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut rest = script;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.find(|c| !in_word(c)).unwrap_or(rest.len()));
        kept.push_str(names.get(word).map_or(word, String::as_str));
        let (between, next) = after.split_at(after.find(in_word).unwrap_or(after.len()));
        kept.push_str(between);
        rest = next;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &[u8] = b"\0asm\x01\0\0\0";
    const OLD: &str = "__wbg_text_0123456789abcdef";

    fn file(imported: &str, exported: &str) -> Vec<u8> {
        let mut imports = vec![1];
        wasm::write_name("./a.js", &mut imports);
        wasm::write_name(imported, &mut imports);
        imports.extend([FUNCTION, 0x80, 0x01]);
        let mut exports = vec![2];
        for (index, name) in ["memory", exported].into_iter().enumerate() {
            wasm::write_name(name, &mut exports);
            exports.extend([FUNCTION, 3 + index as u8]);
        }
        let mut file = HEADER.to_vec();
        for (kind, content) in [(1, b"types".to_vec()), (IMPORTS, imports), (EXPORTS, exports), (10, b"code".to_vec())]
        {
            file.push(kind);
            wasm::write_number(content.len(), &mut file);
            file.extend(content);
        }
        file
    }

    #[test]
    fn a_fingerprint_becomes_the_same_number_in_both_files() {
        let call = "invoke__hfedcba9876543210";
        let script = format!("const a = {{ {OLD}: (b) => `${{b}}`, }};\nwasm.{call}({OLD}2, wasm.memory);\n");
        let (wasm, shorter) = shortened(&file(OLD, call), &script).expect("both are understood");
        assert_eq!(wasm, file("$0", "$1"));
        assert_eq!(shorter, format!("const a = {{ $0: (b) => `${{b}}`, }};\nwasm.$1({OLD}2, wasm.memory);\n"));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let wasm = file(OLD, "main");
        assert!(shortened(&wasm, OLD).is_some());
        assert!(shortened(&wasm, "a script that does not call it").is_none());
        assert!(shortened(&wasm, &format!("{OLD}; let $0;")).is_none());
        assert!(shortened(&wasm[..wasm.len() - 1], OLD).is_none());
        assert!(shortened(&[HEADER, &[IMPORTS, 1, 1]].concat(), OLD).is_none());
    }
}
