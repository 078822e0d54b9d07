//! What happens to a person and is not of their doing: time that passes, a session that is lost, another screen.

use std::path::PathBuf;

use serde_json::json;

use crate::page::Page;

/// Holds back every wait of more than ten seconds until [`Page::laisser_passer`] says that the time has gone by.
const HORLOGE: &str = "(() => { const vrai = window.setTimeout, annule = window.clearTimeout; \
    let heure = 0, rang = 1e9; const attentes = new Map(); \
    window.setTimeout = (f, delai = 0, ...suite) => { if (delai < 10000) return vrai.call(window, f, delai, ...suite); \
        rang += 1; attentes.set(rang, { fin: heure + delai, f: () => f(...suite) }); return rang; }; \
    window.clearTimeout = (n) => attentes.delete(n) || annule.call(window, n); \
    window.laisserPasser = (ms) => { heure += ms; \
        for (const [n, a] of [...attentes]) if (a.fin <= heure) { attentes.delete(n); a.f(); } }; })()";

/// Holds back the WebAssembly until [`Page::laisser_la_releve`].
const RELEVE: &str = "(() => { const vrai = WebAssembly.instantiateStreaming; \
    const porte = new Promise((ouvrir) => { window.laisserLaReleve = ouvrir; }); \
    WebAssembly.instantiateStreaming = async (...quoi) => { await porte; return vrai.apply(WebAssembly, quoi); }; })()";

impl Page {
    /// Types a path in the address bar: the first paint stays alone until [`Page::laisser_la_releve`].
    pub fn premiere_peinture(&self, chemin: &str) {
        let script = self.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": RELEVE }));
        self.aller_sans_attendre(chemin);
        self.chromium("Page.removeScriptToEvaluateOnNewDocument", script);
        let polices = "document.fonts.ready.then(() => arguments[arguments.length - 1]())";
        self.script_patient(polices, json!([]));
    }

    /// The WebAssembly arrives.
    pub fn laisser_la_releve(&self) {
        let morte = self.script("return window.wasmBindings === undefined", json!([]));
        assert_eq!(morte, true, "the first paint was alone until now");
        self.script("window.laisserLaReleve()", json!([]));
    }

    /// From the next screen on, long waits of the page last only as long as the test says.
    pub fn tenir_l_horloge(&self) {
        self.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": HORLOGE }));
    }

    /// That many seconds go by.
    pub fn laisser_passer(&self, secondes: u32) {
        self.script("window.laisserPasser(arguments[0] * 1000)", json!([secondes]));
    }

    /// The session is over for the server, and the page does not know it yet.
    pub fn perdre_la_session(&self) {
        self.chromium("Network.clearBrowserCookies", json!({}));
    }

    /// The screen as it is: fits 320 pixels and is accessible, light and dark; pictures of it, wide and narrow.
    pub fn montrer(&self, nom: &str) {
        for (largeur, photo) in [(320, false), (360, true), (1_280, true)] {
            self.chromium("Emulation.setScrollbarsHidden", json!({ "hidden": photo }));
            self.largeur(largeur);
            self.sans_defilement_horizontal(&format!("{nom}, {largeur} px"));
            for (sombre, mode) in [(true, "sombre"), (false, "clair")] {
                self.mode_sombre(sombre);
                if photo {
                    let _fichier: PathBuf = self.capture(&format!("{nom}-{largeur}-{mode}"));
                } else {
                    let defauts = self.axe();
                    assert!(defauts.is_empty(), "{nom}, {largeur} px, {mode}:\n- {}", defauts.join("\n- "));
                }
            }
        }
        self.accessible(nom);
        self.chromium("Emulation.setScrollbarsHidden", json!({ "hidden": false }));
        self.chromium("Emulation.clearDeviceMetricsOverride", json!({}));
    }
}
