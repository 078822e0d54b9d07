//! One stylesheet for the browser: trunk leaves a sheet for each component, and each is a request that holds back the
//! first paint. They are merged in their order, without comments and needless blanks.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// Merges the sheets that the `index.html` of this folder links to, unless it was done already.
pub(crate) fn merge(dist: &Path) -> Result<(), String> {
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index).map_err(|error| format!("{} cannot be read: {error}", index.display()))?;
    let links = links(&html);
    if links.len() < 2 {
        return Ok(());
    }
    let mut css = String::new();
    for link in &links {
        let name = attribute(link, "href").ok_or_else(|| format!("no address in {link}"))?.trim_start_matches('/');
        let sheet = dist.join(name);
        let unreadable = |error| format!("{} cannot be read: {error}", sheet.display());
        css.push_str(&compact(&fs::read_to_string(&sheet).map_err(unreadable)?));
        fs::remove_file(&sheet).map_err(|error| format!("{} cannot be removed: {error}", sheet.display()))?;
    }
    let mut hasher = DefaultHasher::new();
    css.hash(&mut hasher);
    let name = format!("acquis-{:016x}.css", hasher.finish());
    fs::write(dist.join(&name), css).map_err(|error| format!("{name} cannot be written: {error}"))?;
    let mut merged = html.replacen(links[0], &format!(r#"<link rel="stylesheet" href="/{name}">"#), 1);
    for link in &links[1..] {
        merged = merged.replacen(link, "", 1);
    }
    fs::write(&index, merged).map_err(|error| format!("{} cannot be written: {error}", index.display()))
}

/// The links to stylesheets, as they stand in the page.
fn links(html: &str) -> Vec<&str> {
    html.split_inclusive('>')
        .filter_map(|piece| piece.find("<link").map(|start| &piece[start..]))
        .filter(|link| attribute(link, "rel") == Some("stylesheet"))
        .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split('"').next()
}

/// Takes off comments and folds blanks; what stands between quotes is left as it is.
fn compact(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut quote = None;
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '"' | '\'' if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() => quote = Some(c),
            c if quote.is_none() && c.is_ascii_whitespace() => {
                if !kept.ends_with([' ', '{', '}', ';', ',']) && !rest.starts_with(['{', '}', ' ', '\n']) {
                    kept.push(' ');
                }
                continue;
            }
            _ => {}
        }
        kept.push(c);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_comments_go_and_quoted_text_stays() {
        let css = "a { /* why */\n  content: \"/*  x */\";\n  margin: calc(1px + 2px) 3px;\n}\n\nb > c {\n}";
        assert_eq!(compact(css), "a{content: \"/*  x */\";margin: calc(1px + 2px) 3px;}b > c{}");
    }

    #[test]
    fn only_stylesheets_are_found_in_their_order() {
        let html = r#"<link rel="icon" href="/i.svg"><link rel="stylesheet" href="/a.css" integrity="x"/>
            <link rel="stylesheet" href="/b.css">"#;
        let found: Vec<_> = links(html).into_iter().filter_map(|link| attribute(link, "href")).collect();
        assert_eq!(found, ["/a.css", "/b.css"]);
    }
}
