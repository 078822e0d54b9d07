//! What a person does in front of the screen, and what they see. Things are found by label, role and text.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::root;
use crate::wait::until;
use crate::webdriver::{ELEMENT, Session};

const FIND: &str = include_str!("find.js");

/// Says what is on the screen, as a person reads it.
const TEXT: &str = "return document.body ? document.body.innerText : ''";

/// A screen in a browser.
#[derive(Debug)]
pub struct Page {
    browser: Browser,
    url: String,
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
        let page = Self { browser, url };
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
        Thing { page: self, role, name: name.to_owned() }
    }

    /// Waits until this text can be read on the screen.
    pub fn says(&self, wanted: &str) {
        self.wait_for(&format!("the text « {wanted} »"), || {
            if self.shows(wanted) { Ok(()) } else { Err("it is not on the screen".to_owned()) }
        });
    }

    /// Waits until this text can no longer be read on the screen.
    pub fn gone(&self, words: &str) {
        self.wait_for(&format!("the text « {words} » to go away"), || {
            if self.shows(words) { Err("it is still on the screen".to_owned()) } else { Ok(()) }
        });
    }

    /// Whether this text can be read on the screen at this moment.
    pub fn shows(&self, wanted: &str) -> bool {
        smooth(&self.all_text()).contains(&smooth(wanted))
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
    pub fn press(&self, press: Key) {
        let (shift, code) = match press {
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

    // The circumstances.

    /// Whether the person prefers dark screens.
    pub fn dark_mode(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let preferences = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.chromium("Emulation.setEmulatedMedia", preferences);
    }

    /// The width of the screen in CSS pixels.
    pub fn width(&self, pixels: u32) {
        let screen = json!({ "width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.chromium("Emulation.setDeviceMetricsOverride", screen);
    }

    /// Cuts the network of the browser, or brings it back.
    pub fn offline(&self, cut: bool) {
        self.network(json!({ "offline": cut, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 }));
    }

    /// A bad line: so many milliseconds to be answered, so many bytes a second both ways.
    pub fn slow_network(&self, latency: u32, rate: u32) {
        self.network(
            json!({ "offline": false, "latency": latency, "downloadThroughput": rate, "uploadThroughput": rate }),
        );
    }

    fn network(&self, conditions: Value) {
        self.chromium("Network.enable", json!({}));
        self.chromium("Network.emulateNetworkConditions", conditions);
    }

    /// Lets no request reach the addresses that match (`*` stands for anything).
    pub fn block(&self, patterns: &[&str]) {
        self.chromium("Network.enable", json!({}));
        self.chromium("Network.setBlockedURLs", json!({ "urls": patterns }));
    }

    /// A processor so many times slower; 1 is its own speed.
    pub fn slow_down(&self, times: u32) {
        self.chromium("Emulation.setCPUThrottlingRate", json!({ "rate": times }));
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

    // What must hold on every screen.

    /// What the accessibility engine holds against the screen, one readable line for each place.
    pub fn axe(&self) -> Vec<String> {
        const JUDGE: &str = "const done = arguments[arguments.length - 1]; \
            axe.run(document, { resultTypes: ['violations'] }).then( \
                (r) => done(r.violations.flatMap((v) => v.nodes.map((n) => \
                    `${v.id} (${v.impact}): ${v.help}; ${n.target.join(' ')}; ${n.failureSummary}`))), \
                (e) => done([`axe failed: ${e}`]))";
        let engine = root().join("node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(&engine).expect("node_modules/axe-core is there: `npm ci` brings it");
        self.perform("load axe", || self.session().run(&format!("if (!window.axe) {{ {source} }}"), json!([])));
        let faults = self.perform("run axe", || self.session().run_later(JUDGE, json!([])));
        let faults = faults.as_array().cloned().unwrap_or_default();
        faults.iter().map(|fault| fault.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The screen as it is has no accessibility fault, in light nor in dark.
    pub fn accessible(&self, place: &str) {
        for dark in [true, false] {
            self.dark_mode(dark);
            let faults = self.axe();
            assert!(faults.is_empty(), "{place}, dark: {dark}:\n- {}", faults.join("\n- "));
        }
    }

    /// Nothing makes the page wider than the screen.
    pub fn fits_width(&self, place: &str) {
        let script = "const d = document.documentElement; const excess = d.scrollWidth - d.clientWidth; if (excess <= 0) return null; \
            const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > d.clientWidth + 1); \
            return `${excess} px too wide: ` + wide.slice(0, 5).map((e) => e.tagName + '.' + e.className).join(', ')";
        let fault = self.script(script, json!([]));
        assert!(fault.is_null(), "{place}: {fault}");
    }

    /// The errors that the browser wrote in its console since the last time it was asked.
    pub fn console_errors(&self) -> Vec<String> {
        let lines = self.perform("read the console", || self.session().post("se/log", json!({ "type": "browser" })));
        let lines = lines.as_array().cloned().unwrap_or_default();
        let severe = lines.iter().filter(|line| line["level"] == "SEVERE");
        severe.map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Keeps a picture of the whole page, for people to look at.
    pub fn capture(&self, name: &str) -> PathBuf {
        let dir = std::env::var_os("ACQUIS_CAPTURES").map_or_else(|| root().join("target/captures"), PathBuf::from);
        fs::create_dir_all(&dir).expect("the folder of pictures can be made");
        let whole = json!({ "format": "png", "captureBeyondViewport": true });
        let image = self.perform("take a picture", || self.session().chromium("Page.captureScreenshot", whole.clone()));
        let bytes = STANDARD.decode(image["data"].as_str().unwrap_or_default()).expect("a picture comes in base64");
        let file = dir.join(format!("{name}.png"));
        fs::write(&file, bytes).expect("the folder of pictures can be written");
        file
    }

    // How things are done.

    fn session(&self) -> &Session {
        &self.browser.session
    }

    fn perform(&self, what: &str, action: impl Fn() -> Result<Value, String>) -> Value {
        action().unwrap_or_else(|refusal| self.fail(&format!("could not {what}: {refusal}")))
    }

    /// Waits for a condition; fails with what is on the screen.
    pub fn wait_for<T>(&self, what: &str, condition: impl FnMut() -> Result<T, String>) -> T {
        until(condition).unwrap_or_else(|refusal| self.fail(&format!("waited in vain for {what}: {refusal}")))
    }

    fn fail(&self, why: &str) -> ! {
        let url = self.session().get("url").unwrap_or_default();
        panic!("{why}\nat {url}, the screen says:\n{}\n", self.all_text())
    }
}

/// Something on the screen, looked for again at each use: the page may redraw it at any moment.
#[derive(Debug)]
pub struct Thing<'p> {
    page: &'p Page,
    role: &'static str,
    name: String,
}

impl Thing<'_> {
    /// Presses it.
    pub fn click(&self) {
        self.act("press", |element| self.command(element, "click", json!({})));
    }

    /// Presses it twice as fast as a hand can.
    pub fn double_click(&self) {
        self.act("press twice", |element| {
            let origin = json!({ "type": "pointerMove", "origin": element, "x": 0, "y": 0, "duration": 0 });
            let down = json!({ "type": "pointerDown", "button": 0 });
            let up = json!({ "type": "pointerUp", "button": 0 });
            let mouse = json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" },
                                 "actions": [origin, down, up, down, up] });
            self.page.session().post("actions", json!({ "actions": [mouse] }))
        });
    }

    /// Types this in place of what was there, and stays in the field.
    pub fn fill(&self, text: &str) {
        let select = "const e = arguments[0]; e.focus(); e.select?.();";
        self.act("fill", |element| {
            self.page.session().run(select, json!([element]))?;
            // Selected: the first character replaces everything; nothing to type takes it away.
            let text = if text.is_empty() { "\u{e017}" } else { text };
            self.command(element, "value", json!({ "text": text }))
        });
    }

    /// Types this after what is there.
    pub fn type_text(&self, text: &str) {
        self.act("type", |element| self.command(element, "value", json!({ "text": text })));
    }

    /// Pastes this in one go where the cursor is.
    pub fn paste(&self, text: &str) {
        let script =
            "const e = arguments[0]; e.focus(); e.select?.(); document.execCommand('insertText', false, arguments[1]);";
        self.act("paste", |element| self.page.session().run(script, json!([element, text])));
    }

    /// Hands over a file.
    pub fn attach(&self, file: &Path) {
        let path = file.canonicalize().expect("the file to hand over exists");
        self.act("attach", |element| self.command(element, "value", json!({ "text": path.to_string_lossy() })));
    }

    /// Leaves the field, as Tab or a press elsewhere does.
    pub fn leave(&self) {
        self.act("leave", |element| self.page.session().run("arguments[0].blur()", json!([element])));
    }

    /// What is written in the field.
    pub fn value(&self) -> String {
        self.read("return arguments[0].value ?? ''")
    }

    /// Waits until the field holds this.
    pub fn wait_for_value(&self, wanted: &str) {
        self.page.wait_for(&format!("« {} » to hold « {wanted} »", self.name), || {
            let value = self.value();
            if smooth(&value) == smooth(wanted) { Ok(()) } else { Err(format!("it holds « {value} »")) }
        });
    }

    /// What it says.
    pub fn text(&self) -> String {
        smooth(&self.read("return arguments[0].innerText ?? ''"))
    }

    /// Its id.
    pub fn id(&self) -> String {
        self.read("return arguments[0].id")
    }

    /// What a screen reader adds to its name: hint and error.
    pub fn description(&self) -> String {
        let script = "return (arguments[0].getAttribute('aria-describedby') ?? '').split(/\\s+/).filter(Boolean) \
                      .map((id) => document.getElementById(id)?.innerText ?? '').join(' ')";
        smooth(&self.read(script))
    }

    /// Waits until its description holds this.
    pub fn wait_for_description(&self, wanted: &str) {
        self.page.wait_for(&format!("« {} » to be described by « {wanted} »", self.name), || {
            let description = self.description();
            if description.contains(&smooth(wanted)) { Ok(()) } else { Err(format!("it is « {description} »")) }
        });
    }

    /// Whether it is told to be wrong.
    pub fn is_wrong(&self) -> bool {
        self.read("return String(arguments[0].getAttribute('aria-invalid') === 'true')") == "true"
    }

    /// Waits until it is, or is no longer, told to be wrong.
    pub fn wait_for_error(&self, wanted: bool) {
        self.page.wait_for(&format!("« {} » in error: {wanted}", self.name), || {
            if self.is_wrong() == wanted { Ok(()) } else { Err(format!("in error: {}", !wanted)) }
        });
    }

    /// Whether the box is ticked.
    pub fn is_ticked(&self) -> bool {
        self.read("return String(arguments[0].checked === true)") == "true"
    }

    fn read(&self, script: &str) -> String {
        self.act("read", |element| self.page.session().run(script, json!([element])))
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    fn command(&self, element: &Value, command: &str, body: Value) -> Result<Value, String> {
        let id = element[ELEMENT].as_str().unwrap_or_default();
        self.page.session().post(&format!("element/{id}/{command}"), body)
    }

    /// Finds it and does something with it; tries again while it is not there, covered, or just redrawn.
    fn act(&self, what: &str, action: impl Fn(&Value) -> Result<Value, String>) -> Value {
        self.page.wait_for(&format!("{} « {} » to {what}", self.role, self.name), || {
            let found = self.page.session().run(FIND, json!([self.role, self.name]))?;
            if let Some(refusal) = found["refusal"].as_str() {
                return Err(refusal.to_owned());
            }
            action(&found["element"])
        })
    }
}

/// Blanks of all widths and both apostrophes look the same to an eye.
fn smooth(text: &str) -> String {
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
}
