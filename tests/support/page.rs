//! What a person does in front of the screen, and what they see. Things are found by label, role and text.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::attente::jusqu_a;
use crate::navigateur::Navigateur;
use crate::racine;
use crate::webdriver::{ELEMENT, Session};

const TROUVER: &str = include_str!("trouver.js");

/// Says what is on the screen, as a person reads it.
const TEXTE: &str = "return document.body ? document.body.innerText : ''";

/// A screen in a browser.
#[derive(Debug)]
pub struct Page {
    navigateur: Navigateur,
    adresse: String,
}

/// A key that has no character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touche {
    /// To the next control.
    Tab,
    /// To the one before.
    MajTab,
    /// Says yes.
    Entree,
    /// Presses a button, ticks a box.
    Espace,
    /// Leaves a dialogue.
    Echap,
    /// Down a list or a page.
    Bas,
    /// To the end of a text.
    Fin,
    /// Takes the last character away.
    RetourArriere,
}

impl Page {
    pub(crate) fn ouvrir(navigateur: Navigateur, adresse: String) -> Self {
        let page = Self { navigateur, adresse };
        page.aller("/");
        page
    }

    // Going somewhere.

    /// Types a path in the address bar, and waits until the page is alive.
    pub fn aller(&self, chemin: &str) {
        self.aller_sans_attendre(chemin);
        self.attendre_vivante();
    }

    /// The same, without waiting for the page to be alive: what is there is the first paint.
    pub fn aller_sans_attendre(&self, chemin: &str) {
        let adresse = format!("{}{chemin}", self.adresse);
        self.faire(&format!("go to {chemin}"), || self.session().envoyer("url", json!({ "url": adresse })));
    }

    /// Waits until the WebAssembly has taken over from the first paint.
    pub fn attendre_vivante(&self) {
        self.attendre("the page to be alive", || {
            let vivante = self.session().executer("return window.wasmBindings !== undefined", json!([]))?;
            if vivante == true { Ok(()) } else { Err("the WebAssembly has not started".to_owned()) }
        });
    }

    /// Reloads, and waits until the page is alive again.
    pub fn recharger(&self) {
        self.faire("reload", || self.session().envoyer("refresh", json!({})));
        self.attendre_vivante();
    }

    /// The back button of the browser.
    pub fn reculer(&self) {
        self.faire("go back", || self.session().envoyer("back", json!({})));
    }

    /// The forward button of the browser.
    pub fn avancer(&self) {
        self.faire("go forward", || self.session().envoyer("forward", json!({})));
    }

    /// The path in the address bar.
    pub fn chemin(&self) -> String {
        let adresse = self.faire("read the address", || self.session().lire("url"));
        let adresse = adresse.as_str().unwrap_or_default();
        adresse.strip_prefix(&self.adresse).unwrap_or(adresse).to_owned()
    }

    /// Waits until the address bar shows this path.
    pub fn attendre_chemin(&self, chemin: &str) {
        self.attendre(&format!("the path {chemin}"), || {
            let ici = self.chemin();
            if ici == chemin { Ok(()) } else { Err(format!("the path is {ici}")) }
        });
    }

    /// Opens a second tab of the same browser, and looks at it.
    pub fn nouvel_onglet(&self) {
        let onglet = self.faire("open a tab", || self.session().envoyer("window/new", json!({ "type": "tab" })));
        self.faire("look at the tab", || self.session().envoyer("window", json!({ "handle": onglet["handle"] })));
    }

    /// Looks at the first, second… tab, counted from 0.
    pub fn regarder_onglet(&self, rang: usize) {
        let onglets = self.faire("count the tabs", || self.session().lire("window/handles"));
        self.faire("look at a tab", || self.session().envoyer("window", json!({ "handle": onglets[rang] })));
    }

    // Finding things.

    /// The control with this label.
    pub fn champ(&self, nom: &str) -> Chose<'_> {
        self.chose("champ", nom)
    }

    /// The button that says this.
    pub fn bouton(&self, nom: &str) -> Chose<'_> {
        self.chose("bouton", nom)
    }

    /// The link that says this.
    pub fn lien(&self, nom: &str) -> Chose<'_> {
        self.chose("lien", nom)
    }

    fn chose<'p>(&'p self, role: &'static str, nom: &str) -> Chose<'p> {
        Chose { page: self, role, nom: nom.to_owned() }
    }

    /// Waits until this text can be read on the screen.
    pub fn texte(&self, voulu: &str) {
        self.attendre(&format!("the text « {voulu} »"), || {
            if self.lit(voulu) { Ok(()) } else { Err("it is not on the screen".to_owned()) }
        });
    }

    /// Waits until this text can no longer be read on the screen.
    pub fn sans_texte(&self, redoute: &str) {
        self.attendre(&format!("the text « {redoute} » to go away"), || {
            if self.lit(redoute) { Err("it is still on the screen".to_owned()) } else { Ok(()) }
        });
    }

    /// Whether this text can be read on the screen at this moment.
    pub fn lit(&self, voulu: &str) -> bool {
        lisse(&self.tout_le_texte()).contains(&lisse(voulu))
    }

    /// Everything that can be read on the screen.
    pub fn tout_le_texte(&self) -> String {
        let texte = self.session().executer(TEXTE, json!([]));
        texte.map(|texte| texte.as_str().unwrap_or_default().to_owned()).unwrap_or_default()
    }

    /// Waits until the main heading says this.
    pub fn titre(&self, voulu: &str) {
        self.attendre(&format!("the heading « {voulu} »"), || {
            let titre = self.h1();
            if lisse(&titre) == lisse(voulu) { Ok(()) } else { Err(format!("it is « {titre} »")) }
        });
    }

    /// The main heading at this moment.
    pub fn h1(&self) -> String {
        let script = "return document.querySelector('h1')?.innerText ?? ''";
        let titre = self.faire("read the heading", || self.session().executer(script, json!([])));
        titre.as_str().unwrap_or_default().to_owned()
    }

    /// The title of the document, as the tab shows it.
    pub fn titre_du_document(&self) -> String {
        self.faire("read the title", || self.session().lire("title")).as_str().unwrap_or_default().to_owned()
    }

    /// The text of the element with this id: the ids are promised to people who automate.
    pub fn texte_de(&self, id: &str) -> String {
        let script = "return document.getElementById(arguments[0])?.innerText ?? null";
        let lire = || match self.session().executer(script, json!([id]))? {
            Value::String(texte) => Ok(lisse(&texte)),
            _ => Err(format!("nothing has the id {id}")),
        };
        self.attendre(&format!("#{id}"), lire)
    }

    /// Waits until the element with this id says this.
    pub fn attendre_texte_de(&self, id: &str, voulu: &str) {
        self.attendre(&format!("#{id} to say « {voulu} »"), || {
            let texte = self.texte_de(id);
            if texte == lisse(voulu) { Ok(()) } else { Err(format!("it says « {texte} »")) }
        });
    }

    // The keyboard.

    /// Presses a key where the focus is.
    pub fn touche(&self, touche: Touche) {
        let (maj, code) = match touche {
            Touche::Tab => (false, '\u{e004}'),
            Touche::MajTab => (true, '\u{e004}'),
            Touche::Entree => (false, '\u{e007}'),
            Touche::Espace => (false, ' '),
            Touche::Echap => (false, '\u{e00c}'),
            Touche::Bas => (false, '\u{e015}'),
            Touche::Fin => (false, '\u{e010}'),
            Touche::RetourArriere => (false, '\u{e003}'),
        };
        let mut gestes = vec![json!({ "type": "keyDown", "value": code }), json!({ "type": "keyUp", "value": code })];
        if maj {
            gestes.insert(0, json!({ "type": "keyDown", "value": "\u{e008}" }));
            gestes.push(json!({ "type": "keyUp", "value": "\u{e008}" }));
        }
        self.clavier(gestes);
    }

    /// Types where the focus is.
    pub fn taper(&self, texte: &str) {
        let gestes = texte.chars().flat_map(|caractere| {
            [json!({ "type": "keyDown", "value": caractere }), json!({ "type": "keyUp", "value": caractere })]
        });
        self.clavier(gestes.collect());
    }

    fn clavier(&self, gestes: Vec<Value>) {
        let actions = json!({ "actions": [{ "type": "key", "id": "clavier", "actions": gestes }] });
        self.faire("press keys", || self.session().envoyer("actions", actions.clone()));
    }

    /// Presses Tab until the focus is on the thing with this name, as someone without a mouse does.
    pub fn tabuler_jusqu_a(&self, nom: &str) {
        for _ in 0..120 {
            if self.nom_du_focus().starts_with(&lisse(nom)) {
                return;
            }
            self.touche(Touche::Tab);
        }
        self.echouer(&format!("Tab never reaches « {nom} »"));
    }

    /// What the thing under the focus is called; empty if nothing has the focus.
    pub fn nom_du_focus(&self) -> String {
        let script = "const e = document.activeElement; if (!e || e === document.body) return ''; \
                      return e.getAttribute('aria-label') || [...(e.labels ?? [])].map((l) => l.innerText).join(' ') || e.innerText || ''";
        let nom = self.faire("look for the focus", || self.session().executer(script, json!([])));
        lisse(nom.as_str().unwrap_or_default())
    }

    /// Waits until the focus is on the thing with this name.
    pub fn attendre_nom_du_focus(&self, nom: &str) {
        self.attendre(&format!("the focus on « {nom} »"), || {
            let ici = self.nom_du_focus();
            if ici.starts_with(&lisse(nom)) { Ok(()) } else { Err(format!("it is on « {ici} »")) }
        });
    }

    /// The id of the thing under the focus; empty if it has none.
    pub fn focus_id(&self) -> String {
        let id = self.faire("look for the focus", || {
            self.session().executer("return document.activeElement?.id ?? ''", json!([]))
        });
        id.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the focus is on the thing with this id.
    pub fn attendre_focus(&self, id: &str) {
        self.attendre(&format!("the focus on #{id}"), || {
            let ici = self.focus_id();
            if ici == id { Ok(()) } else { Err(format!("it is on #{ici}")) }
        });
    }

    /// Waits until the focus is on the main heading: where a change of screen puts it.
    pub fn attendre_focus_sur_le_titre(&self) {
        self.attendre("the focus on the heading", || {
            let ici = self.session().executer("return document.activeElement?.tagName ?? ''", json!([]))?;
            if ici == "H1" { Ok(()) } else { Err(format!("it is on {ici}")) }
        });
    }

    // The circumstances.

    /// Whether the person prefers dark screens.
    pub fn mode_sombre(&self, sombre: bool) {
        let valeur = if sombre { "dark" } else { "light" };
        let preferences = json!({ "features": [{ "name": "prefers-color-scheme", "value": valeur }] });
        self.chromium("Emulation.setEmulatedMedia", preferences);
    }

    /// The width of the screen in CSS pixels.
    pub fn largeur(&self, pixels: u32) {
        let ecran = json!({ "width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.chromium("Emulation.setDeviceMetricsOverride", ecran);
    }

    /// Cuts the network of the browser, or brings it back.
    pub fn hors_ligne(&self, coupe: bool) {
        self.reseau(json!({ "offline": coupe, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 }));
    }

    /// A bad line: so many milliseconds to be answered, so many bytes a second both ways.
    pub fn reseau_lent(&self, latence: u32, debit: u32) {
        self.reseau(
            json!({ "offline": false, "latency": latence, "downloadThroughput": debit, "uploadThroughput": debit }),
        );
    }

    fn reseau(&self, conditions: Value) {
        self.chromium("Network.enable", json!({}));
        self.chromium("Network.emulateNetworkConditions", conditions);
    }

    /// Lets no request reach the addresses that match (`*` stands for anything).
    pub fn bloquer(&self, motifs: &[&str]) {
        self.chromium("Network.enable", json!({}));
        self.chromium("Network.setBlockedURLs", json!({ "urls": motifs }));
    }

    /// A processor so many times slower; 1 is its own speed.
    pub fn ralentir(&self, fois: u32) {
        self.chromium("Emulation.setCPUThrottlingRate", json!({ "rate": fois }));
    }

    pub(crate) fn chromium(&self, commande: &str, parametres: Value) -> Value {
        self.faire(commande, || self.session().chromium(commande, parametres.clone()))
    }

    /// Runs a script: for measures, and for what no person can do.
    pub fn script(&self, script: &str, arguments: Value) -> Value {
        self.faire("run a script", || self.session().executer(script, arguments.clone()))
    }

    /// Runs a script that answers later, through the last of its arguments.
    pub fn script_patient(&self, script: &str, arguments: Value) -> Value {
        self.faire("run a script", || self.session().executer_plus_tard(script, arguments.clone()))
    }

    // What must hold on every screen.

    /// What the accessibility engine holds against the screen, one readable line for each place.
    pub fn axe(&self) -> Vec<String> {
        const JUGER: &str = "const fini = arguments[arguments.length - 1]; \
            axe.run(document, { resultTypes: ['violations'] }).then( \
                (r) => fini(r.violations.flatMap((v) => v.nodes.map((n) => \
                    `${v.id} (${v.impact}): ${v.help}; ${n.target.join(' ')}; ${n.failureSummary}`))), \
                (e) => fini([`axe failed: ${e}`]))";
        let moteur = racine().join("node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(&moteur).expect("node_modules/axe-core is there: `npm ci` brings it");
        self.faire("load axe", || self.session().executer(&format!("if (!window.axe) {{ {source} }}"), json!([])));
        let defauts = self.faire("run axe", || self.session().executer_plus_tard(JUGER, json!([])));
        let defauts = defauts.as_array().cloned().unwrap_or_default();
        defauts.iter().map(|defaut| defaut.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The screen as it is has no accessibility fault, in light nor in dark.
    pub fn accessible(&self, ou: &str) {
        for sombre in [true, false] {
            self.mode_sombre(sombre);
            let defauts = self.axe();
            assert!(defauts.is_empty(), "{ou}, dark: {sombre}:\n- {}", defauts.join("\n- "));
        }
    }

    /// Nothing makes the page wider than the screen.
    pub fn sans_defilement_horizontal(&self, ou: &str) {
        let script = "const d = document.documentElement; const trop = d.scrollWidth - d.clientWidth; if (trop <= 0) return null; \
            const larges = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > d.clientWidth + 1); \
            return `${trop} px too wide: ` + larges.slice(0, 5).map((e) => e.tagName + '.' + e.className).join(', ')";
        let defaut = self.script(script, json!([]));
        assert!(defaut.is_null(), "{ou}: {defaut}");
    }

    /// The errors that the browser wrote in its console since the last time it was asked.
    pub fn erreurs_console(&self) -> Vec<String> {
        let lignes = self.faire("read the console", || self.session().envoyer("se/log", json!({ "type": "browser" })));
        let lignes = lignes.as_array().cloned().unwrap_or_default();
        let graves = lignes.iter().filter(|ligne| ligne["level"] == "SEVERE");
        graves.map(|ligne| ligne["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Keeps a picture of the whole page, for people to look at.
    pub fn capture(&self, nom: &str) -> PathBuf {
        let dossier =
            std::env::var_os("ACQUIS_CAPTURES").map_or_else(|| racine().join("target/captures"), PathBuf::from);
        fs::create_dir_all(&dossier).expect("the folder of pictures can be made");
        let tout = json!({ "format": "png", "captureBeyondViewport": true });
        let image = self.faire("take a picture", || self.session().chromium("Page.captureScreenshot", tout.clone()));
        let octets = STANDARD.decode(image["data"].as_str().unwrap_or_default()).expect("a picture comes in base64");
        let fichier = dossier.join(format!("{nom}.png"));
        fs::write(&fichier, octets).expect("the folder of pictures can be written");
        fichier
    }

    // How things are done.

    fn session(&self) -> &Session {
        &self.navigateur.session
    }

    fn faire(&self, quoi: &str, action: impl Fn() -> Result<Value, String>) -> Value {
        action().unwrap_or_else(|refus| self.echouer(&format!("could not {quoi}: {refus}")))
    }

    /// Waits for a condition; fails with what is on the screen.
    pub fn attendre<T>(&self, quoi: &str, condition: impl FnMut() -> Result<T, String>) -> T {
        jusqu_a(condition).unwrap_or_else(|refus| self.echouer(&format!("waited in vain for {quoi}: {refus}")))
    }

    fn echouer(&self, pourquoi: &str) -> ! {
        let adresse = self.session().lire("url").unwrap_or_default();
        panic!("{pourquoi}\nat {adresse}, the screen says:\n{}\n", self.tout_le_texte())
    }
}

/// Something on the screen, looked for again at each use: the page may redraw it at any moment.
#[derive(Debug)]
pub struct Chose<'p> {
    page: &'p Page,
    role: &'static str,
    nom: String,
}

impl Chose<'_> {
    /// Presses it.
    pub fn cliquer(&self) {
        self.agir("press", |element| self.commande(element, "click", json!({})));
    }

    /// Presses it twice as fast as a hand can.
    pub fn double_cliquer(&self) {
        self.agir("press twice", |element| {
            let origine = json!({ "type": "pointerMove", "origin": element, "x": 0, "y": 0, "duration": 0 });
            let presse = json!({ "type": "pointerDown", "button": 0 });
            let lache = json!({ "type": "pointerUp", "button": 0 });
            let souris = json!({ "type": "pointer", "id": "souris", "parameters": { "pointerType": "mouse" },
                                 "actions": [origine, presse, lache, presse, lache] });
            self.page.session().envoyer("actions", json!({ "actions": [souris] }))
        });
    }

    /// Types this in place of what was there, and stays in the field.
    pub fn remplir(&self, texte: &str) {
        let vider = "const e = arguments[0]; e.focus(); e.select?.();";
        self.agir("fill", |element| {
            self.page.session().executer(vider, json!([element]))?;
            // Selected: the first character replaces everything; nothing to type takes it away.
            let texte = if texte.is_empty() { "\u{e017}" } else { texte };
            self.commande(element, "value", json!({ "text": texte }))
        });
    }

    /// Types this after what is there.
    pub fn taper(&self, texte: &str) {
        self.agir("type", |element| self.commande(element, "value", json!({ "text": texte })));
    }

    /// Pastes this in one go where the cursor is.
    pub fn coller(&self, texte: &str) {
        let script =
            "const e = arguments[0]; e.focus(); e.select?.(); document.execCommand('insertText', false, arguments[1]);";
        self.agir("paste", |element| self.page.session().executer(script, json!([element, texte])));
    }

    /// Hands over a file.
    pub fn joindre(&self, fichier: &Path) {
        let chemin = fichier.canonicalize().expect("the file to hand over exists");
        self.agir("attach", |element| self.commande(element, "value", json!({ "text": chemin.to_string_lossy() })));
    }

    /// Leaves the field, as Tab or a press elsewhere does.
    pub fn quitter(&self) {
        self.agir("leave", |element| self.page.session().executer("arguments[0].blur()", json!([element])));
    }

    /// What is written in the field.
    pub fn valeur(&self) -> String {
        self.lire("return arguments[0].value ?? ''")
    }

    /// Waits until the field holds this.
    pub fn attendre_valeur(&self, voulue: &str) {
        self.page.attendre(&format!("« {} » to hold « {voulue} »", self.nom), || {
            let valeur = self.valeur();
            if lisse(&valeur) == lisse(voulue) { Ok(()) } else { Err(format!("it holds « {valeur} »")) }
        });
    }

    /// What it says.
    pub fn texte(&self) -> String {
        lisse(&self.lire("return arguments[0].innerText ?? ''"))
    }

    /// Its id.
    pub fn id(&self) -> String {
        self.lire("return arguments[0].id")
    }

    /// What a screen reader adds to its name: hint and error.
    pub fn description(&self) -> String {
        let script = "return (arguments[0].getAttribute('aria-describedby') ?? '').split(/\\s+/).filter(Boolean) \
                      .map((id) => document.getElementById(id)?.innerText ?? '').join(' ')";
        lisse(&self.lire(script))
    }

    /// Waits until its description holds this.
    pub fn attendre_description(&self, voulue: &str) {
        self.page.attendre(&format!("« {} » to be described by « {voulue} »", self.nom), || {
            let description = self.description();
            if description.contains(&lisse(voulue)) { Ok(()) } else { Err(format!("it is « {description} »")) }
        });
    }

    /// Whether it is told to be wrong.
    pub fn est_en_erreur(&self) -> bool {
        self.lire("return String(arguments[0].getAttribute('aria-invalid') === 'true')") == "true"
    }

    /// Waits until it is, or is no longer, told to be wrong.
    pub fn attendre_erreur(&self, voulue: bool) {
        self.page.attendre(&format!("« {} » in error: {voulue}", self.nom), || {
            if self.est_en_erreur() == voulue { Ok(()) } else { Err(format!("in error: {}", !voulue)) }
        });
    }

    /// Whether the box is ticked.
    pub fn est_cochee(&self) -> bool {
        self.lire("return String(arguments[0].checked === true)") == "true"
    }

    fn lire(&self, script: &str) -> String {
        self.agir("read", |element| self.page.session().executer(script, json!([element])))
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    fn commande(&self, element: &Value, commande: &str, corps: Value) -> Result<Value, String> {
        let id = element[ELEMENT].as_str().unwrap_or_default();
        self.page.session().envoyer(&format!("element/{id}/{commande}"), corps)
    }

    /// Finds it and does something with it; tries again while it is not there, covered, or just redrawn.
    fn agir(&self, quoi: &str, action: impl Fn(&Value) -> Result<Value, String>) -> Value {
        self.page.attendre(&format!("{} « {} » to {quoi}", self.role, self.nom), || {
            let trouve = self.page.session().executer(TROUVER, json!([self.role, self.nom]))?;
            if let Some(refus) = trouve["refus"].as_str() {
                return Err(refus.to_owned());
            }
            action(&trouve["element"])
        })
    }
}

/// Blanks of all widths and both apostrophes look the same to an eye.
fn lisse(texte: &str) -> String {
    let texte = texte.replace(['’', 'ʼ'], "'");
    texte.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_apostrophes_make_no_difference() {
        assert_eq!(lisse("J’ai  lu :\u{a0}1\u{202f}810,00\u{a0}€\n"), "J'ai lu : 1 810,00 €");
    }
}
