//! A cut in what the script and the wasm of the page offer each other and never call. Leptos brings the classes of a library of
//! streams (`wasm-streams`, by `server_fn`), which no part of the page makes: what they export holds thousands of bytes of
//! code in the wasm, which `wasm-opt` takes away once nothing asks for it. A class, or a name, that the script says anywhere
//! else stays.

use std::collections::BTreeSet;
use std::path::Path;

use crate::pairs::{self, words};
use crate::wasm::{self, EXPORTS, FUNCTION, IMPORTS, Section};

/// Takes away the classes that are never made, and every export that the script does not call: before `wasm-opt`.
pub(crate) fn cut_exports(folder: &Path) -> Result<(), String> {
    pairs::rewrite(folder, |wasm, script| {
        let script = without_classes(script);
        Some((without_exports(wasm, &words(&script).collect())?, script))
    })
}

/// Takes away of the script what the wasm does not import, or no more: after `wasm-opt`.
pub(crate) fn cut_imports(folder: &Path) -> Result<(), String> {
    pairs::rewrite(folder, |wasm, script| {
        let (_, sections) = wasm::sections(wasm)?;
        let mut imported = BTreeSet::new();
        for section in sections.iter().filter(|section| section.kind == IMPORTS) {
            imported.extend(wasm::entries(section.content, true)?.into_iter().map(|entry| entry.name));
        }
        Some((wasm.to_vec(), without_imports(script, &imported)))
    })
}

fn without_classes(script: &str) -> String {
    let classes = script.lines().filter_map(|line| line.strip_prefix("export class ")?.strip_suffix(" {"));
    classes.fold(script.to_owned(), |kept, class| {
        let lighter = without_class(&kept, class);
        let register = format!("{class}Finalization");
        if words(&lighter).any(|word| word == class || word == register) { kept } else { lighter }
    })
}

/// The script without the three pieces that make a class: itself, how it is disposed of, who forgets it.
fn without_class(script: &str, class: &str) -> String {
    let (opened, disposal) = (format!("export class {class} {{"), format!("if (Symbol.dispose) {class}."));
    let register = format!("const {class}Finalization = ");
    let mut until: Option<fn(&str) -> bool> = None;
    let kept = script.split_inclusive('\n').filter(|line| {
        let line = line.trim_end();
        if until.is_none() {
            if line == opened {
                until = Some(|line| line == "}");
            } else if line.starts_with(&register) || line.starts_with(&disposal) {
                until = Some(|line| line.ends_with(';'));
            }
        }
        let Some(last) = until else { return true };
        if last(line) {
            until = None;
        }
        false
    });
    kept.collect()
}

fn without_exports(wasm: &[u8], called: &BTreeSet<&str>) -> Option<Vec<u8>> {
    let (header, sections) = wasm::sections(wasm)?;
    let mut lighter = header.to_vec();
    for Section { kind, content, whole } in sections {
        if kind != EXPORTS {
            lighter.extend_from_slice(whole);
            continue;
        }
        let kept: Vec<_> = wasm::entries(content, false)?
            .into_iter()
            .filter(|entry| entry.kind != FUNCTION || called.contains(entry.name))
            .map(|entry| entry.whole)
            .collect();
        let mut list = Vec::new();
        wasm::write_number(kept.len(), &mut list);
        list.extend(kept.concat());
        lighter.push(kind);
        wasm::write_number(list.len(), &mut lighter);
        lighter.extend(list);
    }
    Some(lighter)
}

fn without_imports(script: &str, imported: &BTreeSet<&str>) -> String {
    let mut list = false;
    let mut uncalled = false;
    let kept = script.split_inclusive('\n').filter(|line| {
        let line = line.trim_end();
        if line.trim_start().starts_with("const import0 = {") {
            list = true;
        } else if line == "    };" {
            list = false;
        }
        let name = line.strip_prefix("        ").and_then(|line| line.split_once(": function("));
        if let Some((name, _)) = name.filter(|(name, _)| list && words(name).eq([*name])) {
            uncalled = !imported.contains(name);
        }
        let cut = uncalled;
        if line == "        }," {
            uncalled = false;
        }
        !cut
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASS: &str = "export class Source {\n    free() {\n        wasm.source_free(this.ptr);\n    }\n}\n";
    const REST: &str = "if (Symbol.dispose) Source.prototype[Symbol.dispose] = Source.prototype.free;\nconst SourceFinalization = (typeof F === 'undefined')\n    ? { register: () => {} }\n    : new F(ptr => wasm.source_free(ptr, 1));\n";
    const OTHER: &str = "function other() {\n    return wasm.other();\n}\n";

    #[test]
    fn a_class_that_nothing_makes_goes_and_one_that_is_made_stays() {
        assert_eq!(without_classes(&[CLASS, OTHER, REST].concat()), OTHER);
        let made = [CLASS, OTHER, REST, "let a = Source.__wrap(1);\n"].concat();
        assert_eq!(without_classes(&made), made);
    }

    #[test]
    fn an_export_that_the_script_does_not_say_goes() {
        let file = |names: &[&str]| {
            let mut list = vec![names.len() as u8 + 1];
            wasm::write_name("memory", &mut list);
            list.extend([2, 0]);
            for name in names {
                wasm::write_name(name, &mut list);
                list.extend([FUNCTION, 7]);
            }
            let mut file = b"\0asm\x01\0\0\0".to_vec();
            file.push(EXPORTS);
            wasm::write_number(list.len(), &mut file);
            file.extend(list);
            file
        };
        let lighter = without_exports(&file(&["source_free", "other"]), &BTreeSet::from(["other"]));
        assert_eq!(lighter, Some(file(&["other"])));
        assert_eq!(without_exports(b"\0asm\x01\0\0\0\x07\x01\x05", &BTreeSet::new()), None);
    }

    #[test]
    fn what_the_wasm_does_not_import_goes_from_the_script() {
        let list = |entries: &str| {
            format!("function imports() {{\n    const import0 = {{\n        __proto__: null,\n{entries}    }};\n}}\n")
        };
        let [asked, unasked] = ["asked", "unasked"].map(|name| {
            format!("        {name}: function(a) {{\n            return [a].map((b) => {{ b }});\n        }},\n")
        });
        let script = list(&format!("{unasked}{asked}{unasked}"));
        assert_eq!(without_imports(&script, &BTreeSet::from(["asked"])), list(&asked));
    }
}
