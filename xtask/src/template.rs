//! A cut in the page around every screen: what is written in frontend/index.html for who changes it, its comments and its
//! indentation, is sent to nobody.

use std::fs;
use std::path::Path;

/// Makes the `index.html` of this folder lighter.
pub(crate) fn lighten(folder: &Path) -> Result<(), String> {
    let file = folder.join("index.html");
    let html = fs::read_to_string(&file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    fs::write(&file, lighter(&html)).map_err(|error| format!("{} cannot be written: {error}", file.display()))
}

/// The same page without comments, indentation and blank lines: between words one blank is worth many.
fn lighter(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    // In a script, a line of comment; nothing that is shown begins so.
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_indentation_and_blank_lines_go() {
        let html = "<p>\n    One\n    <b>word</b>,\n\n  <!-- why,\n       and why -->\n  <i>two</i>\n</p> <!-- end -->\n<script>\n  // why\n  go('//');\n</script>\n";
        assert_eq!(lighter(html), "<p>\nOne\n<b>word</b>,\n<i>two</i>\n</p>\n<script>\ngo('//');\n</script>\n");
    }
}
