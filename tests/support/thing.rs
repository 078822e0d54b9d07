//! One control on the screen and what a hand does with it. Finds it by `find.js`, never by a selector of its own.

use std::path::Path;

use serde_json::{Value, json};

use crate::page::{Page, smooth};
use crate::webdriver::ELEMENT;

const FIND: &str = include_str!("find.js");

/// Something on the screen, looked for again at each use: the page may redraw it at any moment.
#[derive(Debug)]
pub struct Thing<'p> {
    page: &'p Page,
    role: &'static str,
    name: String,
}

impl<'p> Thing<'p> {
    pub(crate) fn new(page: &'p Page, role: &'static str, name: &str) -> Self {
        Self { page, role, name: name.to_owned() }
    }

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
