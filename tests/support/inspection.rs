//! What must hold on every screen, whatever it says: accessible, as wide as its frame, silent in the console.
//! Knows no screen in particular.

use std::fs;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::page::Page;
use crate::root;

impl Page {
    /// What the accessibility engine holds against the screen, one readable line for each place.
    pub fn axe(&self) -> Vec<String> {
        self.judge(&json!({}))
    }

    /// The same, of its colours alone: all that the dark changes (style/tokens.css).
    fn axe_of_colours(&self) -> Vec<String> {
        self.judge(&json!({ "runOnly": { "type": "tag", "values": ["cat.color"] } }))
    }

    fn judge(&self, rules: &Value) -> Vec<String> {
        const JUDGE: &str = "const done = arguments[arguments.length - 1]; \
            axe.run(document, { ...arguments[0], resultTypes: ['violations'] }).then( \
                (r) => done(r.violations.flatMap((v) => v.nodes.map((n) => \
                    `${v.id} (${v.impact}): ${v.help}; ${n.target.join(' ')}; ${n.failureSummary}`))), \
                (e) => done([`axe failed: ${e}`]))";
        // Half a megabyte: sent once to each document.
        if self.script("return !window.axe", json!([])) == json!(true) {
            let engine = root().join("node_modules/axe-core/axe.min.js");
            let source = fs::read_to_string(&engine).expect("node_modules/axe-core is there: `npm ci` brings it");
            self.perform("load axe", || self.session().run(&source, json!([])));
        }
        let faults = self.perform("run axe", || self.session().run_later(JUDGE, json!([rules])));
        let faults = faults.as_array().cloned().expect("axe answers a list of faults");
        faults.iter().map(|fault| fault.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The screen as it is has no accessibility fault, in light nor in dark.
    pub fn accessible(&self, place: &str) {
        for dark in [true, false] {
            self.dark_mode(dark);
            let faults = if dark { self.axe_of_colours() } else { self.axe() };
            assert!(faults.is_empty(), "{place}, dark: {dark}:\n- {}", faults.join("\n- "));
        }
    }

    /// What two things have in common that only one may have: an id, or the name of a button that can be pressed.
    pub fn ambiguous(&self) -> Vec<String> {
        const SCRIPT: &str = "const smooth = (text) => (text ?? '').replace(/\\s+/g, ' ').trim(); \
            const twice = (all) => [...new Set(all.filter((one, index) => one && all.indexOf(one) !== index))]; \
            const ids = [...document.querySelectorAll('[id]')].map((e) => e.id); \
            const buttons = [...document.querySelectorAll('button')].filter((e) => !e.closest('[inert]') && e.checkVisibility()); \
            const names = buttons.map((e) => smooth(e.getAttribute('aria-label') || e.textContent)); \
            return [...twice(ids).map((id) => `two things have the id ${id}`), \
                ...twice(names).map((name) => `two buttons are called « ${name} »`)]";
        self.faults(SCRIPT)
    }

    /// The words that are printed over others. What stays in view while the rest scrolls under it is a sheet of its own.
    pub fn overprinted(&self) -> Vec<String> {
        const SCRIPT: &str = "const clipped = (e) => e && (getComputedStyle(e).clipPath !== 'none' || clipped(e.parentElement)); \
            const held = (e) => e && (/sticky|fixed/.test(getComputedStyle(e).position) ? e : held(e.parentElement)); \
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); const seen = []; \
            while (walk.nextNode()) { const e = walk.currentNode.parentElement; const text = walk.currentNode.data.trim(); \
                if (!text || !e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) || e.closest('svg') || clipped(e)) continue; \
                const range = document.createRange(); range.selectNodeContents(walk.currentNode); \
                for (const r of range.getClientRects()) if (r.width > 1) seen.push({ text, r, held: held(e) }); } \
            const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 \
                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 2; \
            const faults = new Set(); \
            seen.forEach((a, i) => seen.slice(i + 1).forEach((b) => { \
                if (a.text !== b.text && a.held === b.held && over(a.r, b.r)) faults.add(`${a.text} / ${b.text}`); })); \
            return [...faults].slice(0, 5)";
        self.faults(SCRIPT)
    }

    /// The sentences that stand in so narrow a column that a line holds a letter or two.
    pub fn squeezed(&self) -> Vec<String> {
        const SCRIPT: &str = "const clipped = (e) => e && (getComputedStyle(e).clipPath !== 'none' || clipped(e.parentElement)); \
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); const faults = []; \
            while (walk.nextNode()) { const e = walk.currentNode.parentElement; const text = walk.currentNode.data.trim(); \
                if (text.length < 12 || !e.checkVisibility() || e.closest('svg') || clipped(e)) continue; \
                const range = document.createRange(); range.selectNodeContents(walk.currentNode); \
                const lines = new Set([...range.getClientRects()].map((r) => Math.round(r.top))).size; \
                if (text.length / lines < 4) faults.push(`${lines} lines for « ${text} »`); } \
            return faults.slice(0, 5)";
        self.faults(SCRIPT)
    }

    /// Where a line may end before a sign that never begins one, or after one that never ends one: a plain space stands there.
    pub fn loose_signs(&self) -> Vec<String> {
        const SCRIPT: &str = "return document.body.innerText.match(/.{0,20}(« | [»;:!?€%]).{0,20}/g) ?? []";
        self.faults(SCRIPT)
    }

    fn faults(&self, script: &str) -> Vec<String> {
        let faults = self.script(script, json!([]));
        let faults = faults.as_array().cloned().expect("a list of faults");
        faults.iter().map(|fault| fault.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Nothing makes the page wider than the screen.
    pub fn fits_width(&self, place: &str) {
        if let Some(fault) = self.too_wide() {
            panic!("{place}: {fault}");
        }
    }

    /// What makes the page wider than the screen, if anything does.
    pub fn too_wide(&self) -> Option<String> {
        let script = "const d = document.documentElement; const excess = d.scrollWidth - d.clientWidth; if (excess <= 0) return null; \
            const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > d.clientWidth + 1 && !e.closest('.visually-hidden')); \
            return `${excess} px too wide: ` + wide.slice(0, 5).map((e) => e.tagName + '.' + e.className).join(', ')";
        let fault = self.script(script, json!([]));
        (!fault.is_null()).then(|| fault.to_string())
    }

    /// The errors that the browser wrote in its console since the last time it was asked.
    pub fn console_errors(&self) -> Vec<String> {
        let lines = self.perform("read the console", || self.session().post("se/log", json!({ "type": "browser" })));
        let lines = lines.as_array().cloned().expect("the console is a list of lines");
        let severe = lines.iter().filter(|line| line["level"] == "SEVERE");
        severe.map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Keeps a picture of the whole page in the folder of `ACQUIS_CAPTURES`, for people to look at; none where it is not set, since
    /// no test looks at them.
    pub fn capture(&self, name: &str) {
        let Some(dir) = std::env::var_os("ACQUIS_CAPTURES").map(PathBuf::from) else { return };
        fs::create_dir_all(&dir).expect("the folder of pictures can be made");
        let whole = json!({ "format": "png", "captureBeyondViewport": true });
        let image = self.perform("take a picture", || self.session().chromium("Page.captureScreenshot", whole.clone()));
        let bytes = STANDARD.decode(image["data"].as_str().unwrap_or_default()).expect("a picture comes in base64");
        let file = dir.join(format!("{name}.png"));
        fs::write(file, bytes).expect("the folder of pictures can be written");
    }

    /// The screen as it is: fits 320 pixels and is accessible, light and dark; pictures of it, wide and narrow, where they are wanted.
    pub fn inspect(&self, name: &str) {
        assert_eq!(self.ambiguous(), Vec::<String>::new(), "{name}");
        assert_eq!(self.loose_signs(), Vec::<String>::new(), "{name}");
        for (width, picture) in [(320, false), (360, true), (1_280, true)] {
            self.chromium("Emulation.setScrollbarsHidden", json!({ "hidden": picture }));
            self.width(width);
            let place = format!("{name}, {width} px");
            self.fits_width(&place);
            assert_eq!(self.squeezed(), Vec::<String>::new(), "{place}");
            if picture {
                for (dark, mode) in [(true, "sombre"), (false, "clair")] {
                    self.dark_mode(dark);
                    self.capture(&format!("{name}-{width}-{mode}"));
                }
            } else {
                self.accessible(&place);
            }
        }
        self.accessible(name);
        self.chromium("Emulation.setScrollbarsHidden", json!({ "hidden": false }));
        self.chromium("Emulation.clearDeviceMetricsOverride", json!({}));
    }
}
