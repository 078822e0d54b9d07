//! What a person does in front of the screen, and what they see. Things are found by label, role and text.

use std::cell::RefCell;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::thing::Thing;
use crate::wait::until;
use crate::webdriver::Session;

/// Says what is on the screen, as a person reads it.
const TEXT: &str = "return document.body ? document.body.innerText : ''";

/// A screen in a browser.
#[derive(Debug)]
pub struct Page {
    browser: Browser,
    url: String,
    sightings: RefCell<Sightings>,
    /// The codes of letters that were read already.
    pub(crate) codes: RefCell<Vec<String>>,
}

/// A key that has no character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// To the next control.
    Tab,
    /// To the one before.
    ShiftTab,
    /// Says yes.
    Enter,
    /// Presses a button, ticks a box.
    Space,
    /// Leaves a dialogue.
    Escape,
    /// Down a list or a page.
    Down,
    /// To the end of a text.
    End,
    /// Takes the last character away.
    Backspace,
}

impl Page {
    pub(crate) fn open(browser: Browser, url: String) -> Self {
        let page = Self { browser, url, sightings: RefCell::default(), codes: RefCell::default() };
        page.go("/");
        page
    }

    // Going somewhere.

    /// Types a path in the address bar, and waits until the page is alive.
    pub fn go(&self, path: &str) {
        self.go_without_waiting(path);
        self.wait_until_alive();
    }

    /// The same, without waiting for the page to be alive: what is there is the first paint.
    pub fn go_without_waiting(&self, path: &str) {
        let url = format!("{}{path}", self.url);
        self.perform(&format!("go to {path}"), || self.session().post("url", json!({ "url": url })));
    }

    /// Waits until the WebAssembly has taken over from the first paint.
    pub fn wait_until_alive(&self) {
        self.wait_for("the page to be alive", || {
            let alive = self.session().run("return window.wasmBindings !== undefined", json!([]))?;
            if alive == true { Ok(()) } else { Err("the WebAssembly has not started".to_owned()) }
        });
    }

    /// Reloads, and waits until the page is alive again.
    pub fn reload(&self) {
        self.perform("reload", || self.session().post("refresh", json!({})));
        self.wait_until_alive();
    }

    /// The back button of the browser.
    pub fn back(&self) {
        self.perform("go back", || self.session().post("back", json!({})));
    }

    /// The forward button of the browser.
    pub fn forward(&self) {
        self.perform("go forward", || self.session().post("forward", json!({})));
    }

    /// The path in the address bar.
    pub fn path(&self) -> String {
        let url = self.perform("read the address", || self.session().get("url"));
        let url = url.as_str().unwrap_or_default();
        url.strip_prefix(&self.url).unwrap_or(url).to_owned()
    }

    /// Waits until the address bar shows this path.
    pub fn wait_for_path(&self, path: &str) {
        self.wait_for(&format!("the path {path}"), || {
            let here = self.path();
            if here == path { Ok(()) } else { Err(format!("the path is {here}")) }
        });
    }

    /// Opens a second tab of the same browser, and looks at it.
    pub fn new_tab(&self) {
        let tab = self.perform("open a tab", || self.session().post("window/new", json!({ "type": "tab" })));
        self.perform("look at the tab", || self.session().post("window", json!({ "handle": tab["handle"] })));
    }

    /// Looks at the first, second… tab, counted from 0.
    pub fn look_at_tab(&self, index: usize) {
        let tabs = self.perform("count the tabs", || self.session().get("window/handles"));
        self.perform("look at a tab", || self.session().post("window", json!({ "handle": tabs[index] })));
    }

    /// Does it in a tab of its own, then looks at this one again.
    pub(crate) fn in_a_tab_of_its_own<T>(&self, what: impl FnOnce() -> T) -> T {
        let here = self.perform("know the tab", || self.session().get("window"));
        self.new_tab();
        let done = what();
        self.perform("close the tab", || self.session().delete("window"));
        self.perform("look at the tab again", || self.session().post("window", json!({ "handle": here })));
        done
    }

    // Finding things.

    /// The control with this label.
    pub fn field(&self, name: &str) -> Thing<'_> {
        self.thing("field", name)
    }

    /// The button that says this.
    pub fn button(&self, name: &str) -> Thing<'_> {
        self.thing("button", name)
    }

    /// The link that says this.
    pub fn link(&self, name: &str) -> Thing<'_> {
        self.thing("link", name)
    }

    fn thing<'p>(&'p self, role: &'static str, name: &str) -> Thing<'p> {
        Thing::new(self, role, name)
    }

    /// Waits until this text can be read on the screen.
    pub fn says(&self, wanted: &str) {
        self.wait_for(&format!("the text « {wanted} »"), || {
            if self.shows(wanted) { Ok(()) } else { Err("it is not on the screen".to_owned()) }
        });
        self.sightings.borrow_mut().record(wanted);
    }

    /// Waits until this text, seen before, can no longer be read on the screen.
    pub fn gone(&self, words: &str) {
        if !self.sightings.borrow().hold(words) {
            self.fail(&format!("« {words} » was never seen: that it is gone would prove nothing"));
        }
        self.wait_for(&format!("the text « {words} » to go away"), || {
            if self.reads(words)? { Err("it is still on the screen".to_owned()) } else { Ok(()) }
        });
    }

    /// This text is not on the screen at this moment. It has been seen before or will be, or the journey fails: words
    /// that no screen writes any more are absent for ever.
    pub fn absent(&self, words: &str) {
        match self.reads(words) {
            Ok(false) => self.sightings.borrow_mut().owe(words),
            Ok(true) => self.fail(&format!("« {words} » is on the screen")),
            Err(refusal) => self.fail(&format!("could not look for « {words} »: {refusal}")),
        }
    }

    /// Whether this text can be read on the screen at this moment. That it cannot is no proof: see [`Page::absent`].
    pub fn shows(&self, wanted: &str) -> bool {
        self.reads(wanted).unwrap_or(false)
    }

    fn reads(&self, wanted: &str) -> Result<bool, String> {
        let text = self.session().run(TEXT, json!([]))?;
        let text = text.as_str().ok_or("the screen cannot be read")?;
        Ok(smooth(text).contains(&smooth(wanted)))
    }

    /// Everything that can be read on the screen.
    pub fn all_text(&self) -> String {
        let text = self.session().run(TEXT, json!([]));
        text.map(|text| text.as_str().unwrap_or_default().to_owned()).unwrap_or_default()
    }

    /// Waits until the main heading says this.
    pub fn heading(&self, wanted: &str) {
        self.wait_for(&format!("the heading « {wanted} »"), || {
            let heading = self.h1();
            if smooth(&heading) == smooth(wanted) { Ok(()) } else { Err(format!("it is « {heading} »")) }
        });
        self.sightings.borrow_mut().record(wanted);
    }

    /// The main heading at this moment.
    pub fn h1(&self) -> String {
        let script = "return document.querySelector('h1')?.innerText ?? ''";
        let heading = self.perform("read the heading", || self.session().run(script, json!([])));
        heading.as_str().unwrap_or_default().to_owned()
    }

    /// The title of the document, as the tab shows it.
    pub fn document_title(&self) -> String {
        self.perform("read the title", || self.session().get("title")).as_str().unwrap_or_default().to_owned()
    }

    /// The text of the element with this id: the ids are promised to people who automate.
    pub fn text_of(&self, id: &str) -> String {
        let script = "return document.getElementById(arguments[0])?.innerText ?? null";
        let read = || match self.session().run(script, json!([id]))? {
            Value::String(text) => Ok(smooth(&text)),
            _ => Err(format!("nothing has the id {id}")),
        };
        self.wait_for(&format!("#{id}"), read)
    }

    /// Waits until the element with this id says this.
    pub fn wait_for_text_of(&self, id: &str, wanted: &str) {
        self.wait_for(&format!("#{id} to say « {wanted} »"), || {
            let text = self.text_of(id);
            if text == smooth(wanted) { Ok(()) } else { Err(format!("it says « {text} »")) }
        });
    }

    // The keyboard.

    /// Presses a key where the focus is.
    pub fn press(&self, key: Key) {
        let (shift, code) = match key {
            Key::Tab => (false, '\u{e004}'),
            Key::ShiftTab => (true, '\u{e004}'),
            Key::Enter => (false, '\u{e007}'),
            Key::Space => (false, ' '),
            Key::Escape => (false, '\u{e00c}'),
            Key::Down => (false, '\u{e015}'),
            Key::End => (false, '\u{e010}'),
            Key::Backspace => (false, '\u{e003}'),
        };
        let mut strokes = vec![json!({ "type": "keyDown", "value": code }), json!({ "type": "keyUp", "value": code })];
        if shift {
            strokes.insert(0, json!({ "type": "keyDown", "value": "\u{e008}" }));
            strokes.push(json!({ "type": "keyUp", "value": "\u{e008}" }));
        }
        self.keys(strokes);
    }

    /// Types where the focus is.
    pub fn type_text(&self, text: &str) {
        let strokes = text.chars().flat_map(|character| {
            [json!({ "type": "keyDown", "value": character }), json!({ "type": "keyUp", "value": character })]
        });
        self.keys(strokes.collect());
    }

    fn keys(&self, strokes: Vec<Value>) {
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.perform("press keys", || self.session().post("actions", actions.clone()));
    }

    /// Presses Tab until the focus is on the thing with this name, as someone without a mouse does.
    pub fn tab_to(&self, name: &str) {
        for _ in 0..120 {
            if self.focus_name().starts_with(&smooth(name)) {
                return;
            }
            self.press(Key::Tab);
        }
        self.fail(&format!("Tab never reaches « {name} »"));
    }

    /// What the thing under the focus is called; empty if nothing has the focus.
    pub fn focus_name(&self) -> String {
        let script = "const e = document.activeElement; if (!e || e === document.body) return ''; \
                      return e.getAttribute('aria-label') || [...(e.labels ?? [])].map((l) => l.innerText).join(' ') || e.innerText || ''";
        let name = self.perform("look for the focus", || self.session().run(script, json!([])));
        smooth(name.as_str().unwrap_or_default())
    }

    /// Waits until the focus is on the thing with this name.
    pub fn wait_for_focus_name(&self, name: &str) {
        self.wait_for(&format!("the focus on « {name} »"), || {
            let here = self.focus_name();
            if here.starts_with(&smooth(name)) { Ok(()) } else { Err(format!("it is on « {here} »")) }
        });
    }

    /// The id of the thing under the focus; empty if it has none.
    pub fn focus_id(&self) -> String {
        let id = self
            .perform("look for the focus", || self.session().run("return document.activeElement?.id ?? ''", json!([])));
        id.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the focus is on the thing with this id.
    pub fn wait_for_focus(&self, id: &str) {
        self.wait_for(&format!("the focus on #{id}"), || {
            let here = self.focus_id();
            if here == id { Ok(()) } else { Err(format!("it is on #{here}")) }
        });
    }

    /// Waits until the focus is on the main heading: where a change of screen puts it.
    pub fn wait_for_focus_on_heading(&self) {
        self.wait_for("the focus on the heading", || {
            let here = self.session().run("return document.activeElement?.tagName ?? ''", json!([]))?;
            if here == "H1" { Ok(()) } else { Err(format!("it is on {here}")) }
        });
    }

    pub(crate) fn chromium(&self, command: &str, parameters: Value) -> Value {
        self.perform(command, || self.session().chromium(command, parameters.clone()))
    }

    /// Runs a script: for measures, and for what no person can do.
    pub fn script(&self, script: &str, arguments: Value) -> Value {
        self.perform("run a script", || self.session().run(script, arguments.clone()))
    }

    /// Runs a script that answers later, through the last of its arguments.
    pub fn script_later(&self, script: &str, arguments: Value) -> Value {
        self.perform("run a script", || self.session().run_later(script, arguments.clone()))
    }

    // How things are done.

    pub(crate) fn session(&self) -> &Session {
        &self.browser.session
    }

    pub(crate) fn perform(&self, what: &str, action: impl Fn() -> Result<Value, String>) -> Value {
        action().unwrap_or_else(|refusal| self.fail(&format!("could not {what}: {refusal}")))
    }

    /// Waits for a condition; fails with what is on the screen.
    pub fn wait_for<T>(&self, what: &str, condition: impl FnMut() -> Result<T, String>) -> T {
        until(condition).unwrap_or_else(|refusal| self.fail(&format!("waited in vain for {what}: {refusal}")))
    }

    pub(crate) fn fail(&self, why: &str) -> ! {
        let url = self.session().get("url").unwrap_or_default();
        panic!("{why}\nat {url}, the screen says:\n{}\n", self.all_text())
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let owed = &self.sightings.borrow().owed;
        if !owed.is_empty() && !std::thread::panicking() {
            panic!("absent, and never seen in this journey: « {} »", owed.join(" », « "));
        }
    }
}

/// What was read on the screen, and what was said to be absent without having been read yet.
#[derive(Debug, Default)]
struct Sightings {
    seen: Vec<String>,
    owed: Vec<String>,
}

impl Sightings {
    fn record(&mut self, text: &str) {
        let text = smooth(text);
        self.owed.retain(|words| !text.contains(words));
        self.seen.push(text);
    }

    fn hold(&self, words: &str) -> bool {
        let words = smooth(words);
        self.seen.iter().any(|text| text.contains(&words))
    }

    fn owe(&mut self, words: &str) {
        if !self.hold(words) {
            self.owed.push(smooth(words));
        }
    }
}

/// Blanks of all widths and both apostrophes look the same to an eye.
pub(crate) fn smooth(text: &str) -> String {
    let text = text.replace(['’', 'ʼ'], "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_apostrophes_make_no_difference() {
        assert_eq!(smooth("J’ai  lu :\u{a0}1\u{202f}810,00\u{a0}€\n"), "J'ai lu : 1 810,00 €");
    }

    #[test]
    fn words_are_owed_until_they_are_seen() {
        let mut sightings = Sightings::default();
        sightings.owe("1 025");
        sightings.record("Activité de 2020");
        assert!(!sightings.hold("1 025"));
        assert_eq!(sightings.owed, ["1 025"]);
        sightings.record("1\u{202f}025,00\u{a0}€");
        assert!(sightings.hold("1 025"));
        assert!(sightings.owed.is_empty());
        sightings.owe("1 025");
        assert!(sightings.owed.is_empty(), "seen before is as good");
    }
}
