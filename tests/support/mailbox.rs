//! The letters of a machine that sends nothing, read as a person reads them: in its mailbox page, in a tab of their own,
//! each in its frame. Opens no account: see `personas`.

use serde_json::{Value, json};

use crate::page::{Page, smooth};

/// A letter, as it stands in the mailbox.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What the mailbox calls it.
    pub subject: String,
    /// What can be read in its frame.
    pub text: String,
    links: Vec<String>,
}

/// The last letter to this address whose subject begins so; two that one act wrote are of one instant, in no order.
const LAST: &str = "const plain = (text) => text.replace(/[\\u00a0\\u202f]/g, ' ').replace(/’/g, `'`); \
    const letters = [...document.querySelectorAll('article')]; \
    const last = letters.find((letter) => letter.querySelector('p')?.innerText.startsWith(`À ${arguments[0]}, `) \
        && plain(letter.querySelector('h2').innerText).startsWith(arguments[1])); \
    return last ? { subject: last.querySelector('h2').innerText, frame: last.querySelector('iframe') } : null";

/// What a person can read and press in the letter that is looked at.
const READ: &str =
    "return { text: document.body?.innerText ?? '', links: [...document.links].map((link) => link.href) }";

impl Letter {
    /// The six figures that it holds; nothing when it holds none.
    pub fn code(&self) -> Option<String> {
        // Words whole: what a link carries is full of figures.
        let bare = |word: &'_ str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let words: Vec<String> = self.text.split_whitespace().map(bare).collect();
        let figures = |word: &str, count: usize| word.len() == count && word.bytes().all(|c| c.is_ascii_digit());
        let whole = words.iter().find(|word| figures(word, 6)).cloned();
        let halves = words.windows(2).find(|two| two.iter().all(|half| figures(half, 3))).map(<[String]>::concat);
        halves.or(whole)
    }

    /// Its link to that screen, from the slash on and with what it carries.
    pub fn link(&self, screen: &str) -> String {
        let found = self.links.iter().find_map(|link| Some(&link[link.find(screen)?..]));
        found.unwrap_or_else(|| panic!("no link to {screen} in « {} »: {:?}", self.subject, self.links)).to_owned()
    }
}

impl Page {
    /// Waits for a letter to this address with this subject: the last one.
    pub fn letter(&self, address: &str, subject: &str) -> Letter {
        self.last_letter(address, &smooth(subject), subject, |_| true)
    }

    /// Waits until the last letter to this address holds a code that was not read before.
    pub fn code(&self, address: &str) -> String {
        let known = |code: &String| self.codes.borrow().contains(code);
        let letter =
            self.last_letter(address, "", "a new code", |letter| letter.code().is_some_and(|code| !known(&code)));
        let code = letter.code().unwrap_or_default();
        self.codes.borrow_mut().push(code.clone());
        code
    }

    fn last_letter(&self, address: &str, subject: &str, what: &str, is_it: impl Fn(&Letter) -> bool) -> Letter {
        self.in_a_tab_of_its_own(|| {
            self.wait_for(&format!("« {what} » written to {address}"), || {
                self.go_without_waiting("/boite");
                let last = self.session().run(LAST, json!([address, subject]))?;
                if last.is_null() {
                    return Err("nothing was written to it".to_owned());
                }
                let letter = self.read(&last)?;
                if is_it(&letter) { Ok(letter) } else { Err(format!("the last letter is « {} »", letter.subject)) }
            })
        })
    }

    fn read(&self, found: &Value) -> Result<Letter, String> {
        self.session().post("frame", json!({ "id": found["frame"] }))?;
        let read = self.session().run(READ, json!([]))?;
        self.session().post("frame", json!({ "id": null }))?;
        let links = read["links"].as_array().cloned().unwrap_or_default();
        Ok(Letter {
            subject: smooth(found["subject"].as_str().unwrap_or_default()),
            text: smooth(read["text"].as_str().unwrap_or_default()),
            links: links.iter().filter_map(|link| Some(link.as_str()?.to_owned())).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_whole_or_in_two_halves_and_nothing_else_is_one() {
        let code = |text: &str| Letter { subject: String::new(), text: text.into(), links: Vec::new() }.code();
        assert_eq!(code("Votre code : 123 456. Il vaut 15 minutes.").as_deref(), Some("123456"));
        assert_eq!(code("Le 28 novembre 2026, voici 654321").as_deref(), Some("654321"));
        assert_eq!(code("Le 28 novembre 2026 à 11 h 05"), None);
        assert_eq!(code("http://localhost:8087/ce-n-etait-pas-moi#a271828b123 456"), None);
    }
}
