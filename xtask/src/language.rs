//! The language of the code: every name that we give is English, or a French word of the law and of the person that
//! docs/glossary.md explains. Knows no list of words of its own but the few below: the dictionaries are cspell's.

mod dictionary;
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::terminal::say;
use crate::{tools, workspace};
use dictionary::Dictionary;
use names::Name;

const GLOSSARY: &str = "docs/glossary.md";
const FRENCH: &str = "node_modules/@cspell/dict-fr-fr/fr-fr.trie.gz";
const ENGLISH: &str = "node_modules/@cspell/dict-en_us/en_US.trie.gz";
const SOFTWARE: &str = "node_modules/@cspell/dict-software-terms/dict/softwareTerms.txt.gz";
/// Names of Rust and of its library that are in none of the English lists.
const RUST: [&str; 2] = ["dyn", "env"];
/// Where no source of ours stands.
const NOT_OURS: [&str; 5] = [".git", "dist", "node_modules", "pkg", "target"];

/// Fails on the first French words of the machine, each with its file, its line and what to do.
pub(crate) fn check() -> Result<(), String> {
    let root = workspace::root();
    if !tools::npm_packages()? || !root.join(FRENCH).exists() {
        let missing = "not checked: the dictionaries come with `npm ci`";
        if workspace::in_ci() {
            return Err(format!("the language of the names was {missing}"));
        }
        say(&format!("   {missing}"));
        return Ok(());
    }
    let language = Language::read(root)?;
    let (mut found, mut paths) = (Vec::new(), BTreeSet::new());
    for file in sources(root)? {
        let shown = file.strip_prefix(root).unwrap_or(&file);
        // A folder is told once, however many files it holds.
        paths.extend(shown.ancestors().filter_map(|path| language.fault_of_path(path)));
        let text =
            std::fs::read_to_string(&file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
        found.extend(language.faults_of_source(shown, &text)?);
    }
    found.extend(paths);
    if found.is_empty() {
        return Ok(());
    }
    let number = found.len();
    Err(format!(
        "{number} names speak French where the machine does:\n  {}\n  Give them an English name. A noun of the law or of the \
         person that has none goes into {GLOSSARY}, with its line of English",
        found.join("\n  ")
    ))
}

/// What a word is.
struct Language {
    french: Dictionary,
    english: Dictionary,
    /// Words of the trade, of Rust and of the glossary.
    known: BTreeSet<String>,
}

impl Language {
    fn read(root: &Path) -> Result<Self, String> {
        let mut known = dictionary::word_list(&root.join(SOFTWARE))?;
        let glossary = std::fs::read_to_string(root.join(GLOSSARY)).map_err(|error| format!("{GLOSSARY}: {error}"))?;
        known.extend(glossary_words(&glossary));
        known.extend(RUST.map(str::to_owned));
        Ok(Self {
            french: Dictionary::read(&root.join(FRENCH))?,
            english: Dictionary::read(&root.join(ENGLISH))?,
            known,
        })
    }

    /// The words of a name that are French, not English and not explained.
    fn french_words(&self, name: &str) -> Vec<String> {
        names::words(name).into_iter().filter(|word| self.is_french(word)).collect()
    }

    /// Two letters are an abbreviation in any language.
    fn is_french(&self, word: &str) -> bool {
        word.len() > 2 && self.french.has(word) && !self.known.contains(word) && !self.english.has_in_any_case(word)
    }

    /// What the last part of a path says in French.
    fn fault_of_path(&self, path: &Path) -> Option<String> {
        let name = path.file_name()?.to_string_lossy();
        let word = self.french_words(name.trim_end_matches(".rs")).into_iter().next()?;
        Some(format!("{}: its name says « {word} »", path.display()))
    }

    /// The faults of a file, one a name: the first place where it is defined tells enough.
    fn faults_of_source(&self, file: &Path, source: &str) -> Result<Vec<String>, String> {
        let defined = names::defined(source).map_err(|error| format!("{} is not Rust: {error}", file.display()))?;
        let mut first = BTreeMap::new();
        for Name { text, line } in defined {
            first.entry(text).or_insert(line);
        }
        let mut lines: Vec<_> = first
            .into_iter()
            .flat_map(|(name, line)| {
                self.french_words(&name).into_iter().map(move |word| (line, format!("`{name}` says « {word} »")))
            })
            .collect();
        lines.sort();
        Ok(lines.into_iter().map(|(line, said)| format!("{}:{line}: {said}", file.display())).collect())
    }
}

/// The words that the glossary explains: the first cell of each row of its tables, words in backticks.
fn glossary_words(glossary: &str) -> Vec<String> {
    let cells = glossary.lines().filter_map(|line| line.strip_prefix('|')?.split('|').next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).flat_map(names::words).collect()
}

/// Every .rs of the workspace, in the order of their names.
fn sources(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut folders = vec![root.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = folder.read_dir().map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
        for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
            let ours = path.file_name().is_some_and(|name| !NOT_OURS.iter().any(|other| name == *other));
            if path.is_dir() && ours {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dictionaries of four words.
    fn language() -> Language {
        let trie = |words: &str| {
            Dictionary::parse(&format!("#!/usr/bin/env cspell-trie reader\nTrieXv3\nbase=32\n__DATA__\n{words}"))
        };
        let known = glossary_words("| word | meaning |\n| --- | --- |\n| `relevé`, `releve` | the statement |\n");
        Language {
            french: trie("chemin$6place$5relevé$6").expect("a right file"),
            english: trie("place$5").expect("a right file"),
            known: known.into_iter().collect(),
        }
    }

    #[test]
    fn a_french_word_of_the_machine_is_found_with_its_file_and_line() {
        let source = "struct Page;\n\nfn open(\n    chemin: &str,\n) {}\n";
        let faults = language().faults_of_source(Path::new("crates/a/src/lib.rs"), source).expect("Rust");
        assert_eq!(faults, ["crates/a/src/lib.rs:4: `chemin` says « chemin »"]);
        let folder = language().fault_of_path(Path::new("crates/chemin"));
        assert_eq!(folder.as_deref(), Some("crates/chemin: its name says « chemin »"));
    }

    #[test]
    fn a_word_of_the_glossary_passes() {
        let source = "pub struct Releve { releve_du_jour: u8 }";
        assert_eq!(language().faults_of_source(Path::new("a.rs"), source), Ok(vec![]));
    }

    #[test]
    fn an_english_word_that_is_french_too_passes() {
        assert_eq!(language().faults_of_source(Path::new("a.rs"), "fn take_place() { let place = 1; }"), Ok(vec![]));
    }

    #[test]
    fn what_is_only_used_is_not_ours_to_name() {
        let source = "fn a() { chemin(); other::chemin::new().chemin(); }";
        assert_eq!(language().faults_of_source(Path::new("a.rs"), source), Ok(vec![]));
    }
}
