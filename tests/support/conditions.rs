//! What happens to a person and is not of their doing: time that passes, a session that is lost, another screen.

use std::path::PathBuf;

use serde_json::json;

use crate::page::Page;

/// Holds back every wait of more than ten seconds until [`Page::let_pass`] says that the time has gone by.
const CLOCK: &str = "(() => { const set = window.setTimeout, clear = window.clearTimeout; \
    let now = 0, last = 1e9; const waits = new Map(); \
    window.setTimeout = (f, delay = 0, ...rest) => { if (delay < 10000) return set.call(window, f, delay, ...rest); \
        last += 1; waits.set(last, { end: now + delay, f: () => f(...rest) }); return last; }; \
    window.clearTimeout = (n) => waits.delete(n) || clear.call(window, n); \
    window.letPass = (ms) => { now += ms; \
        for (const [n, wait] of [...waits]) if (wait.end <= now) { waits.delete(n); wait.f(); } }; })()";

/// Holds back the WebAssembly until [`Page::hand_over`].
const HANDOVER: &str = "(() => { const real = WebAssembly.instantiateStreaming; \
    const gate = new Promise((open) => { window.handOver = open; }); \
    WebAssembly.instantiateStreaming = async (...what) => { await gate; return real.apply(WebAssembly, what); }; })()";

impl Page {
    /// Types a path in the address bar: the first paint stays alone until [`Page::hand_over`].
    pub fn first_paint(&self, path: &str) {
        let script = self.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": HANDOVER }));
        self.go_without_waiting(path);
        self.chromium("Page.removeScriptToEvaluateOnNewDocument", script);
        let fonts = "document.fonts.ready.then(() => arguments[arguments.length - 1]())";
        self.script_later(fonts, json!([]));
    }

    /// The WebAssembly arrives.
    pub fn hand_over(&self) {
        let dead = self.script("return window.wasmBindings === undefined", json!([]));
        assert_eq!(dead, true, "the first paint was alone until now");
        self.script("window.handOver()", json!([]));
    }

    /// From the next screen on, long waits of the page last only as long as the test says.
    pub fn hold_the_clock(&self) {
        self.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": CLOCK }));
    }

    /// That many seconds go by.
    pub fn let_pass(&self, seconds: u32) {
        self.script("window.letPass(arguments[0] * 1000)", json!([seconds]));
    }

    /// The session is over for the server, and the page does not know it yet.
    pub fn lose_the_session(&self) {
        self.chromium("Network.clearBrowserCookies", json!({}));
    }

    /// The screen as it is: fits 320 pixels and is accessible, light and dark; pictures of it, wide and narrow.
    pub fn inspect(&self, name: &str) {
        for (width, picture) in [(320, false), (360, true), (1_280, true)] {
            self.chromium("Emulation.setScrollbarsHidden", json!({ "hidden": picture }));
            self.width(width);
            self.fits_width(&format!("{name}, {width} px"));
            for (dark, mode) in [(true, "sombre"), (false, "clair")] {
                self.dark_mode(dark);
                if picture {
                    let _file: PathBuf = self.capture(&format!("{name}-{width}-{mode}"));
                } else {
                    let faults = self.axe();
                    assert!(faults.is_empty(), "{name}, {width} px, {mode}:\n- {}", faults.join("\n- "));
                }
            }
        }
        self.accessible(name);
        self.chromium("Emulation.setScrollbarsHidden", json!({ "hidden": false }));
        self.chromium("Emulation.clearDeviceMetricsOverride", json!({}));
    }
}
