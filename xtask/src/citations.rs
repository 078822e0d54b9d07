//! What the documents of security cite as their proof: each file and each test must be there, and the counts be those of
//! the rows. A test that is renamed leaves no promise behind.

use std::collections::BTreeMap;
use std::fs;

use crate::workspace;

/// The documents, from the top of the workspace.
const DOCUMENTS: [&str; 2] = ["docs/asvs.md", "docs/securite.md"];
/// The one whose rows are judged and counted.
const JUDGED: &str = "docs/asvs.md";

/// What they shorten, and what it stands for; the rest begins in `crates/`, or at the top.
const SHORTENED: [(&str, &str); 6] = [
    ("http/", "server/tests/http/"),
    ("operations/", "crates/acquis/tests/operations/"),
    ("journeys/", "tests/journeys/"),
    ("drivers/", "tests/drivers/"),
    ("server/", "server/"),
    ("frontend/", "frontend/"),
];

pub(crate) fn check() -> Result<(), String> {
    let mut wrong = Vec::new();
    for document in DOCUMENTS {
        let text = read(document)?;
        wrong.extend(
            citations(&text).filter_map(|cited| fault(cited).map(|why| format!("{document}: `{cited}`: {why}"))),
        );
        if document == JUDGED {
            wrong.extend(miscounted(&text));
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!("what these documents say is not there:\n  {}", wrong.join("\n  ")))
    }
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(workspace::root().join(path)).map_err(|error| format!("{path} cannot be read: {error}"))
}

/// What stands between backquotes and is a file of ours, with a function or without.
fn citations(text: &str) -> impl Iterator<Item = &str> {
    let cited = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    cited.filter(|cited| {
        let file = cited.split("::").next().unwrap_or_default();
        file.contains('/') && [".rs", ".py", ".toml"].iter().any(|kind| file.ends_with(kind))
    })
}

/// Why it proves nothing, if so.
fn fault(cited: &str) -> Option<String> {
    let (file, function) = cited.split_once("::").map_or((cited, None), |(file, function)| (file, Some(function)));
    let place = whole(file);
    let Ok(text) = read(&place) else { return Some(format!("there is no {place}")) };
    let function = function?;
    let there = text.lines().any(|line| {
        let after = line.split_once("fn ").and_then(|(_, after)| after.strip_prefix(function));
        after.is_some_and(|after| after.starts_with(['(', '<']))
    });
    (!there).then(|| format!("{place} has no such function"))
}

fn whole(file: &str) -> String {
    if file.starts_with("crates/") || file.starts_with("tests/") {
        return file.to_owned();
    }
    let long = SHORTENED.iter().find_map(|(short, long)| Some(format!("{long}{}", file.strip_prefix(short)?)));
    long.unwrap_or_else(|| format!("crates/{file}"))
}

/// What the table of counts says that its rows do not.
fn miscounted(text: &str) -> Vec<String> {
    let counted = counts(text);
    let said = |name: &str| -> Option<Vec<usize>> {
        let row = text.lines().find_map(|line| line.strip_prefix(&format!("| {name} |")))?;
        row.split('|').map(str::trim).filter(|cell| !cell.is_empty()).map(|cell| cell.parse().ok()).collect()
    };
    let levels = [("1", &["1"][..]), ("2", &["2"]), ("ensemble", &["1", "2"])];
    levels
        .into_iter()
        .filter_map(|(name, levels)| {
            let of = |verdict: &str| -> usize {
                levels.iter().map(|level| counted.get(&((*level).to_owned(), verdict.to_owned())).unwrap_or(&0)).sum()
            };
            let found = [of("oui"), of("**non**"), of("s.o.")];
            let all: Vec<usize> = found.iter().copied().chain([found.iter().sum()]).collect();
            (said(name) != Some(all.clone())).then(|| format!("{JUDGED}: the row « {name} » should say {all:?}"))
        })
        .collect()
}

/// How many rows of each level have each verdict.
fn counts(text: &str) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let ["", number, level, _, verdict, ..] = cells.as_slice()
            && number.split('.').count() == 3
        {
            *counts.entry(((*level).to_owned(), (*verdict).to_owned())).or_insert(0) += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cited_is_looked_for_where_it_stands() {
        let text =
            "`http/page.rs::a_test`, `drivers/kills.py` and `vault/src/vault.rs`; `serde`, `a/b`, `nbf`\n`x/y.rs::z`";
        let cited: Vec<&str> = citations(text).collect();
        assert_eq!(cited, ["http/page.rs::a_test", "drivers/kills.py", "vault/src/vault.rs", "x/y.rs::z"]);
        assert_eq!(whole("http/page.rs"), "server/tests/http/page.rs");
        assert_eq!(whole("vault/src/vault.rs"), "crates/vault/src/vault.rs");
        assert_eq!(whole("server/src/page.rs"), "server/src/page.rs");
    }

    #[test]
    fn a_test_that_was_renamed_and_a_file_that_is_gone_are_told() {
        let own = "../xtask/src/citations.rs";
        assert_eq!(fault(&format!("{own}::a_test_that_was_renamed_and_a_file_that_is_gone_are_told")), None);
        assert!(fault(&format!("{own}::a_test_that_was")).is_some_and(|why| why.contains("no such function")));
        assert!(fault("nulle/part.rs").is_some_and(|why| why.contains("there is no crates/nulle/part.rs")));
    }

    #[test]
    fn the_counts_are_those_of_the_rows() {
        let rows =
            "| 1.1.1 | 1 | a | oui | b | c |\n| 1.1.2 | 2 | a | **non** | b | c |\n| 1.1.3 | 2 | a | s.o. | b |  |\n";
        let right = "| 1 | 1 | 0 | 0 | 1 |\n| 2 | 0 | 1 | 1 | 2 |\n| ensemble | 1 | 1 | 1 | 3 |\n";
        assert_eq!(miscounted(&format!("{right}{rows}")), Vec::<String>::new());
        let wrong = miscounted(&format!("{}{rows}", right.replace("| 2 | 0 | 1 |", "| 2 | 1 | 0 |")));
        assert_eq!(wrong, ["docs/asvs.md: the row « 2 » should say [0, 1, 1, 2]"]);
    }
}
