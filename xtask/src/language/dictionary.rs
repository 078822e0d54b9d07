//! cspell's dictionaries, as npm brings them: words folded into a tree (« TrieXv3 »), or one a line.
//! Words are looked for without accents, since names have none.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;

use flate2::read::GzDecoder;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Marks a word that is listed again without its accents or its capitals.
const AGAIN: char = '~';

/// The words of a language.
pub(super) struct Dictionary {
    /// The first is the root, the second the end of every word that nothing follows.
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    ends: bool,
    children: Vec<(char, usize)>,
}

const ROOT: usize = 0;
const END: usize = 1;

impl Dictionary {
    pub(super) fn read(file: &Path) -> Result<Self, String> {
        Self::parse(&unpacked(file)?).map_err(|error| format!("{}: {error}", file.display()))
    }

    /// A tree in the format « TrieXv3 »: a letter goes down, `$` ends a word and goes up, `<` goes up, a digit goes up
    /// the rest of that many, `#n;` takes the nth node that was given children, `\` takes the next letter as it is.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (head, data) = text.split_once("__DATA__\n").ok_or("no data")?;
        let mut lines = head.lines().filter(|line| !line.starts_with('#'));
        if lines.next() != Some("TrieXv3") {
            return Err("not in the format TrieXv3".into());
        }
        let base = lines.next().and_then(|line| line.strip_prefix("base=")?.parse().ok()).ok_or("no base")?;
        let mut reader = TrieReader::default();
        let mut letters = data.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\n' | '\r' => {}
                '$' => reader.end()?,
                '<' => reader.up(1)?,
                '2'..='9' if reader.rising => reader.up(letter as usize - '1' as usize)?,
                '#' => {
                    let number: String = letters.by_ref().take_while(|letter| *letter != ';').collect();
                    reader.refer(usize::from_str_radix(&number, base).map_err(|error| error.to_string())?)?;
                }
                '\\' => reader.down(letters.next().ok_or("a letter is missing at the end")?),
                letter => reader.down(letter),
            }
        }
        Ok(Self { nodes: reader.nodes })
    }

    /// Whether this word in lower case, without accents, is one that the language writes in lower case: names of people
    /// and of places are nobody's language.
    pub(super) fn has(&self, word: &str) -> bool {
        self.walk(ROOT, word, false)
    }

    /// The same, for what the language may write with capitals.
    pub(super) fn has_in_any_case(&self, word: &str) -> bool {
        self.walk(ROOT, word, true)
    }

    fn walk(&self, node: usize, rest: &str, any_case: bool) -> bool {
        let node = &self.nodes[node];
        if rest.is_empty() {
            return node.ends;
        }
        node.children.iter().any(|(letter, child)| {
            let plain = if any_case { fold(&letter.to_lowercase().to_string()) } else { fold(&letter.to_string()) };
            let again = any_case && *letter == AGAIN;
            if again {
                return self.walk(*child, rest, any_case);
            }
            !plain.is_empty() && rest.strip_prefix(plain.as_str()).is_some_and(|rest| self.walk(*child, rest, any_case))
        })
    }
}

struct TrieReader {
    nodes: Vec<Node>,
    /// The nodes that a number can name: the end, then those with children, in the order they were given the first.
    named: Vec<usize>,
    /// From the root to here.
    path: Vec<usize>,
    /// A digit goes up only after what went up; elsewhere it is a letter.
    rising: bool,
}

impl Default for TrieReader {
    fn default() -> Self {
        let end = Node { ends: true, ..Node::default() };
        Self { nodes: vec![Node::default(), end], named: vec![END], path: vec![ROOT], rising: false }
    }
}

impl TrieReader {
    fn here(&self) -> usize {
        self.path.last().copied().unwrap_or(ROOT)
    }

    fn down(&mut self, letter: char) {
        let (parent, child) = (self.here(), self.nodes.len());
        if self.nodes[parent].children.is_empty() && parent != ROOT {
            self.named.push(parent);
        }
        self.nodes[parent].children.push((letter, child));
        self.nodes.push(Node::default());
        self.path.push(child);
        self.rising = false;
    }

    fn up(&mut self, steps: usize) -> Result<(), String> {
        let depth = self.path.len().checked_sub(steps).filter(|depth| *depth > 0).ok_or("it goes above its root")?;
        self.path.truncate(depth);
        self.rising = true;
        Ok(())
    }

    fn end(&mut self) -> Result<(), String> {
        let here = self.here();
        self.nodes[here].ends = true;
        self.up(1)
    }

    /// What stands here is the same as a node already read.
    fn refer(&mut self, number: usize) -> Result<(), String> {
        let same = *self.named.get(number).ok_or_else(|| format!("there is no node {number} yet"))?;
        let parent = self.path.iter().rev().nth(1).copied().ok_or("the root refers to nothing")?;
        if let Some((_, child)) = self.nodes[parent].children.last_mut() {
            *child = same;
        }
        self.rising = false;
        Ok(())
    }
}

/// The words of a list with one a line, in lower case and without accents.
pub(super) fn word_list(file: &Path) -> Result<BTreeSet<String>, String> {
    let text = unpacked(file)?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    Ok(lines.map(|line| fold(&line.trim().to_lowercase())).collect())
}

/// Without accents: « relevé » is « releve », « œ » is « oe ».
pub(super) fn fold(text: &str) -> String {
    text.replace('œ', "oe").replace('æ', "ae").nfd().filter(|letter| !is_combining_mark(*letter)).collect()
}

fn unpacked(file: &Path) -> Result<String, String> {
    let unreadable = |error: std::io::Error| format!("{} cannot be read: {error}", file.display());
    let packed = std::fs::File::open(file).map_err(unreadable)?;
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text).map_err(unreadable)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "#!/usr/bin/env cspell-trie reader\nTrieXv3\nbase=32\n# Built by cspell-tools.\n__DATA__\n";

    fn dictionary(data: &str) -> Dictionary {
        Dictionary::parse(&[HEAD, data].concat()).expect("a right file")
    }

    #[test]
    fn words_share_their_beginnings_and_their_ends() {
        // parles, parle; then chante, chantes, whose last « e » is that of parle: the fifth node that was given a child.
        let french = dictionary("parles$$5\nchante#5;<6\n");
        for word in ["parle", "parles", "chante", "chantes"] {
            assert!(french.has(word), "{word}");
        }
        for word in ["parl", "chant", "chantess", "es"] {
            assert!(!french.has(word), "{word}");
        }
    }

    #[test]
    fn accents_do_not_count_and_a_capital_makes_a_proper_noun() {
        let french = dictionary("œuvre$5relevé$6Paul$4~paul$5\\2d$2");
        for word in ["oeuvre", "releve", "2d"] {
            assert!(french.has(word), "{word}");
        }
        assert!(!french.has("paul"));
        assert!(french.has_in_any_case("paul"));
    }

    #[test]
    fn another_format_is_refused() {
        assert!(Dictionary::parse("TrieXv4\nbase=32\n__DATA__\n").is_err());
        assert!(Dictionary::parse(&[HEAD, "a$$"].concat()).is_err());
        assert!(Dictionary::parse(&[HEAD, "a#9;<"].concat()).is_err());
    }
}
