//! The last cut in the JavaScript that wasm-bindgen writes beside the wasm: its comments and its indentation, a tenth of
//! what it weighs once packed. trunk's own minifier fails on it. Knows no JavaScript but lines, so what it cannot be sure of stays.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use crate::workspace::files;

/// Makes every script of this folder lighter.
pub(crate) fn lighten(folder: &Path) -> Result<(), String> {
    for file in files(folder)?.iter().filter(|file| file.extension() == Some(OsStr::new("js"))) {
        let script = fs::read_to_string(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
        if let Some(lighter) = lighter(&script) {
            fs::write(file, lighter).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
        }
    }
    Ok(())
}

/// The script without comments of their own lines, blank lines and indentation; nothing when a text goes over the end of
/// a line, where spaces count.
fn lighter(script: &str) -> Option<String> {
    let mut kept = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        if !in_comment && line.starts_with("/*") {
            in_comment = true;
        }
        if in_comment {
            match line.split_once("*/") {
                Some((_, "")) => in_comment = false,
                Some(_) => return None,
                None => {}
            }
            continue;
        }
        if line.matches('`').count() % 2 == 1 || line.ends_with('\\') {
            return None;
        }
        if !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    (!in_comment).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_blank_lines_and_indentation_go() {
        let script = "/**\n * @returns {number}\n */\nfunction f() {\n\n    // why\n    return `a  b` /* here */;\n}\n/* one line */\n";
        assert_eq!(lighter(script).as_deref(), Some("function f() {\nreturn `a  b` /* here */;\n}\n"));
    }

    #[test]
    fn a_script_whose_texts_or_comments_are_not_understood_stays_as_it_is() {
        for script in ["let a = `\n  b`;\n", "let a = 'b\\\n  c';\n", "/* a */ let b;\n", "/* never closed\n"] {
            assert_eq!(lighter(script), None, "{script}");
        }
    }
}
