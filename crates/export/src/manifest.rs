//! What is signed: the name of each file with the hash of its bytes, in the form that `sha256sum -c` reads, after lines that say what it
//! is and whose.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Where the manifest is in the file.
pub(crate) const MANIFEST: &str = "signatures/manifeste.txt";
/// Where its signature is: 64 bytes.
pub(crate) const SIGNATURE: &str = "signatures/manifeste.sig";
/// Where the name of the key is that checks it. The key itself is asked of the service: one that came with the file would prove nothing.
pub(crate) const KEY: &str = "signatures/cle.txt";

/// What it is: nothing else that is signed begins so.
const FIRST_LINE: &str = "# Acquis export 1";

/// The manifest of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The service, and when it gave the file.
    pub(crate) said: String,
    /// The hash of each file.
    pub(crate) sums: BTreeMap<String, String>,
}

impl Manifest {
    pub(crate) fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n# {}\n", self.said);
        for (name, sum) in &self.sums {
            let _ = writeln!(text, "{sum}  {name}");
        }
        text
    }

    /// Reads what [`Manifest::to_text`] wrote, to the letter; nothing when it is anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let (first, said) = (lines.next()?, lines.next()?.strip_prefix("# ")?);
        let sums = lines.map(|line| {
            let (sum, name) = line.split_once("  ")?;
            Some((name.to_owned(), sum.to_owned()))
        });
        let manifest = Self { said: said.to_owned(), sums: sums.collect::<Option<_>>()? };
        (first == FIRST_LINE && manifest.to_text() == text).then_some(manifest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back_and_nothing_else_does() {
        let sums = BTreeMap::from([("donnees.json".to_owned(), "0f".repeat(32))]);
        let manifest = Manifest { said: "https://acquis.example, 2026-11-29T10:04".to_owned(), sums };
        let text = manifest.to_text();
        assert_eq!(Manifest::parse(&text).as_ref(), Some(&manifest));
        for other in
            [text.replace("export", "ancre"), text.replace("  ", " "), text.clone() + "\n", text[1..].to_owned()]
        {
            assert_eq!(Manifest::parse(&other), None, "{other}");
        }
    }
}
