//! What happens to a person and is not of their doing: time that passes, a session that is lost, another screen.
//! Finds nothing and judges nothing.

use serde_json::{Value, json};

use crate::page::Page;

/// Holds back every wait of more than ten seconds until [`Page::let_pass`] says that the time has gone by.
const CLOCK: &str = "(() => { const set = window.setTimeout, clear = window.clearTimeout; \
    let now = 0, last = 1e9; const waits = new Map(), real = Date.now; Date.now = () => real() + now; \
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

    /// The letters that the person asked their browser for, in pixels; 16 unless they did.
    pub fn letters(&self, pixels: u32) {
        self.chromium("Page.setFontSizes", json!({ "fontSizes": { "standard": pixels, "fixed": pixels } }));
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

    /// From the next screen on, the browser has no WebAssembly, as one that is hardened.
    pub fn without_webassembly(&self) {
        self.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": "delete window.WebAssembly" }));
    }

    /// From the next screen on, the device believes that it is this instant (milliseconds since 1970), in this time zone.
    pub fn device_clock(&self, now: u64, zone: &str) {
        const CLOCK: &str = "(() => { const Real = Date; window.Date = class extends Real { \
            constructor(...a) { if (a.length) super(...a); else super(NOW); } static now() { return NOW; } }; })()";
        self.chromium("Emulation.setTimezoneOverride", json!({ "timezoneId": zone }));
        let source = CLOCK.replace("NOW", &now.to_string());
        self.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
    }

    /// From the next screen on, no script of the page runs.
    pub fn without_javascript(&self) {
        self.chromium("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    }

    /// From the next screen on, long waits of the page last only as long as the test says.
    pub fn hold_the_clock(&self) {
        self.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": CLOCK }));
    }

    /// That many seconds go by.
    pub fn let_pass(&self, seconds: u32) {
        self.script("window.letPass(arguments[0] * 1000)", json!([seconds]));
    }

    /// The server says, of the next thing that is withdrawn, that the person signed in too long ago: as it does ten minutes later.
    pub fn signed_in_long_ago(&self) {
        let script = "const real = window.fetch; \
                      window.fetch = async request => { \
                        if (request.method === 'GET' || request.method === 'POST') return real(request); \
                        window.fetch = real; \
                        const problem = { type: 'urn:acquis:probleme:connexion_ancienne', title: 'Il faut se connecter de nouveau', \
                                          status: 403, code: 'connexion_ancienne' }; \
                        return new Response(JSON.stringify(problem), \
                          { status: 403, headers: { 'content-type': 'application/problem+json' } }); }";
        self.script(script, json!([]));
    }

    /// The session is over for the server, and the page does not know it yet.
    pub fn lose_the_session(&self) {
        self.chromium("Network.clearBrowserCookies", json!({}));
    }
}
