//! Every route that the router has, tried with what is not one's own: without a session, with one that is over, with somebody else's,
//! from another site, twice. A route that is added and not said here fails the first test.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use regex_lite::Regex;
use serde_json::{Value, json};
use testbed::{
    Application, Authenticator, Browser, MOT_DE_PASSE, ORIGIN, TestResponse, camille, maelle, multipart, renaud, trial,
    with,
};

const DOMINIQUE: &str = "dominique@exemple.fr";
const NEW: &str = "Girafe violette du lundi 8";
const PDF: &[u8] = b"%PDF-1.7\nune decision de reconnaissance, de personne en particulier\n%%EOF\n";

/// Whose what a route reads or changes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The account of the session.
    Session,
    /// What this browser asked for, by a cookie of its own; or what the body proves.
    Browser,
    /// The same for everybody.
    Everybody,
}

/// Every operation of the router.
const ROUTES: [(&str, &str, Of); 80] = [
    ("GET", "/api/inscription", Of::Browser),
    ("POST", "/api/inscription", Of::Browser),
    ("POST", "/api/inscription/code", Of::Browser),
    ("POST", "/api/inscription/confirmation", Of::Browser),
    ("GET", "/api/recuperation", Of::Browser),
    ("POST", "/api/recuperation", Of::Browser),
    ("POST", "/api/recuperation/mot-de-passe", Of::Browser),
    ("POST", "/api/ce-n-etait-pas-moi", Of::Browser),
    ("GET", "/api/degel", Of::Browser),
    ("POST", "/api/degel", Of::Browser),
    ("POST", "/api/degel/confirmation", Of::Browser),
    ("POST", "/api/connexion", Of::Browser),
    ("POST", "/api/connexion/cle/defi", Of::Browser),
    ("POST", "/api/connexion/cle", Of::Browser),
    ("GET", "/api/connexion/seconde-etape", Of::Browser),
    ("POST", "/api/connexion/seconde-etape", Of::Browser),
    ("POST", "/api/deconnexion", Of::Browser),
    ("POST", "/api/identite/depart", Of::Browser),
    ("GET", "/api/identite/retour", Of::Browser),
    ("GET", "/api/identite", Of::Browser),
    ("POST", "/api/identite/inscription", Of::Browser),
    ("GET", "/api/identite/bouton", Of::Browser),
    ("GET", "/api/identite/fin", Of::Browser),
    ("GET", "/api/identite/lien", Of::Session),
    ("POST", "/api/identite/lien", Of::Session),
    ("DELETE", "/api/identite/lien", Of::Session),
    ("GET", "/api/session", Of::Browser),
    ("GET", "/api/droits", Of::Session),
    ("GET", "/api/historique", Of::Session),
    ("POST", "/api/contestations", Of::Session),
    ("GET", "/api/sous-niveau-3", Of::Session),
    ("POST", "/api/sous-niveau-3", Of::Session),
    ("DELETE", "/api/sous-niveau-3", Of::Session),
    ("GET", "/api/dif", Of::Session),
    ("POST", "/api/dif", Of::Session),
    ("GET", "/api/handicap", Of::Session),
    ("POST", "/api/handicap", Of::Session),
    ("DELETE", "/api/handicap", Of::Session),
    ("GET", "/api/profil", Of::Session),
    ("PUT", "/api/profil/coordonnees", Of::Session),
    ("DELETE", "/api/profil/coordonnees", Of::Session),
    ("POST", "/api/profil/coordonnees/code", Of::Session),
    ("POST", "/api/profil/coordonnees/confirmation", Of::Session),
    ("POST", "/api/profil/courriel", Of::Session),
    ("POST", "/api/profil/courriel/confirmation", Of::Session),
    ("GET", "/api/profil/cles", Of::Session),
    ("POST", "/api/profil/cles", Of::Session),
    ("PUT", "/api/profil/cles", Of::Session),
    ("DELETE", "/api/profil/cles", Of::Session),
    ("POST", "/api/profil/cles/defi", Of::Session),
    ("GET", "/api/profil/seconde-etape", Of::Session),
    ("POST", "/api/profil/seconde-etape", Of::Session),
    ("DELETE", "/api/profil/seconde-etape", Of::Session),
    ("POST", "/api/profil/seconde-etape/confirmation", Of::Session),
    ("POST", "/api/profil/seconde-etape/remplacement", Of::Session),
    ("POST", "/api/profil/seconde-etape/codes-secours", Of::Session),
    ("GET", "/api/profil/connexions", Of::Session),
    ("DELETE", "/api/profil/connexions/{numero}", Of::Session),
    ("DELETE", "/api/profil/connexions", Of::Session),
    ("GET", "/api/journal", Of::Session),
    ("GET", "/api/profil/export", Of::Session),
    ("GET", "/api/profil/export/entier", Of::Session),
    ("POST", "/api/profil/export/entier", Of::Session),
    ("POST", "/api/profil/export/entier/cle", Of::Session),
    // What ends the account of whoever does it, or their way into it, comes last.
    ("PUT", "/api/profil/mot-de-passe", Of::Session),
    ("DELETE", "/api/profil/fermeture", Of::Session),
    ("POST", "/api/profil/gel", Of::Session),
    ("DELETE", "/api/profil", Of::Session),
    ("GET", "/api/openapi.json", Of::Everybody),
    ("GET", "/sante/vif", Of::Everybody),
    ("GET", "/sante/pret", Of::Everybody),
    ("GET", "/.well-known/security.txt", Of::Everybody),
    ("GET", "/.well-known/acquis-export.schema.json", Of::Everybody),
    ("GET", "/.well-known/acquis-signatures.json", Of::Everybody),
    ("GET", "/.well-known/acquis-signatures/{cle}", Of::Everybody),
    ("GET", "/jour.js", Of::Everybody),
    // To this machine alone, which sends no letter.
    ("GET", "/boite", Of::Everybody),
    // The page, at whatever address.
    ("GET", "/", Of::Everybody),
    // What is not there.
    ("ANY", "/api", Of::Everybody),
    ("ANY", "/api/{*reste}", Of::Everybody),
];

fn of(whose: Of) -> impl Iterator<Item = (Method, &'static str)> {
    ROUTES
        .iter()
        .filter(move |(_, _, of)| *of == whose)
        .map(|(method, path, _)| (method.parse().expect("a method"), *path))
}

fn writings() -> impl Iterator<Item = (Method, &'static str)> {
    of(Of::Session).chain(of(Of::Browser)).filter(|(method, _)| *method != Method::GET)
}

/// What names things of Dominique, in an address or a body.
struct Facts {
    /// Another connection of theirs.
    connexion: String,
    passkey: String,
    ligne: String,
    present_code: String,
}

async fn facts(application: &Application, dominique: &mut Browser) -> Facts {
    assert_eq!(application.anonyme().sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, 200);
    let connexions = dominique.fetch("/api/profil/connexions").await.json();
    let historique = dominique.fetch("/api/historique").await.json();
    let day = historique["releve"]["lignes"][0]["date"].as_str().expect("a line").to_owned();
    let asked = dominique.json(Method::POST, "/api/profil/cles/defi", &passkey_asked()).await;
    let made = json!({ "reponse": Authenticator::default().make(&asked.json()) });
    let passkeys = dominique.json(Method::POST, "/api/profil/cles", &made).await.json();
    let asked = json!({ "telephone_fixe": "0262 12 34 56", "telephone_mobile": "", "courriel": DOMINIQUE });
    assert_eq!(dominique.json(Method::PUT, "/api/profil/coordonnees", &asked).await.statut, 202);
    Facts {
        connexion: connexions["connexions"][1]["numero"].as_str().expect("a number").to_owned(),
        passkey: passkeys["cles"][0]["numero"].as_str().expect("a passkey").to_owned(),
        ligne: format!("{day}.0"),
        present_code: application
            .code_titled(DOMINIQUE, "Confirmez le changement de vos coordonnées")
            .await
            .expect("a code"),
    }
}

fn passkey_asked() -> Value {
    json!({ "nom": "Téléphone", "mot_de_passe": MOT_DE_PASSE })
}

/// The request that does what the route is for, to what is Dominique's.
async fn send(browser: &mut Browser, method: &Method, path: &str, facts: &Facts) -> TestResponse {
    let path = path.replace("{numero}", &facts.connexion).replace("{*reste}", "rien");
    let file = |champs: &[(&str, &str)]| multipart(champs, Some(PDF));
    let form = match (method.as_str(), path.as_str()) {
        ("POST", "/api/dif") => Some(file(&[("heures", "12")])),
        ("POST", "/api/handicap") => Some(file(&[("consentement", "oui")])),
        _ => None,
    };
    if let Some(form) = form {
        return browser.bytes(method.clone(), &path, "multipart/form-data; boundary=FRONTIERE", form).await;
    }
    browser.json(method.clone(), &path, &body(method, &path, facts)).await
}

fn body(method: &Method, path: &str, facts: &Facts) -> Value {
    match path {
        "/api/profil/cles" if method == Method::POST => json!({ "reponse": "{}" }),
        "/api/profil/cles" if method == Method::PUT => json!({ "numero": facts.passkey, "nom": "À moi" }),
        "/api/profil/cles" => json!({ "numero": facts.passkey }),
        "/api/profil/cles/defi" => passkey_asked(),
        "/api/profil/seconde-etape" if method == Method::POST => json!({ "mot_de_passe": MOT_DE_PASSE }),
        "/api/identite/lien" => json!({ "mot_de_passe": MOT_DE_PASSE }),
        path if path.contains("seconde-etape") => json!({ "code": "123456" }),
        "/api/connexion/cle" | "/api/profil/export/entier/cle" => json!({ "reponse": "{}" }),
        "/api/inscription" => with(camille(), "courriel", "une-autre@exemple.fr"),
        "/api/inscription/code" | "/api/recuperation" => json!({ "courriel": DOMINIQUE }),
        "/api/inscription/confirmation" | "/api/profil/courriel/confirmation" => json!({ "code": facts.present_code }),
        "/api/recuperation/mot-de-passe" | "/api/degel/confirmation" => {
            json!({ "code": facts.present_code, "mot_de_passe": NEW })
        }
        "/api/ce-n-etait-pas-moi" => json!({ "jeton": "0".repeat(64) }),
        "/api/connexion" => json!({ "courriel": DOMINIQUE, "mot_de_passe": MOT_DE_PASSE }),
        "/api/contestations" => json!({ "ligne": facts.ligne, "raison": "Il manque des heures." }),
        "/api/sous-niveau-3" => json!({ "confirmation": true }),
        "/api/profil/coordonnees" => json!({ "telephone_fixe": "", "telephone_mobile": "06 98 76 54 32",
            "courriel": DOMINIQUE, "mot_de_passe_actuel": MOT_DE_PASSE }),
        "/api/profil/coordonnees/confirmation" => json!({ "code_actuel": facts.present_code, "code_nouveau": "" }),
        "/api/profil/mot-de-passe" => json!({ "actuel": MOT_DE_PASSE, "nouveau": NEW }),
        "/api/profil" | "/api/profil/export/entier" => json!({ "mot_de_passe": MOT_DE_PASSE }),
        _ => json!({}),
    }
}

/// Everything that Dominique reads of their account; not when it was looked at.
async fn all_of(dominique: &mut Browser) -> Vec<String> {
    let mut all = Vec::new();
    for (_, path) in
        of(Of::Session).filter(|(method, path)| *method == Method::GET && !path.starts_with("/api/profil/export"))
    {
        let answer = dominique.fetch(path).await;
        assert_eq!(answer.statut, 200, "{path}: {}", answer.text());
        all.push(answer.text());
    }
    all
}

/// How many of each thing are kept.
async fn counted(application: &Application) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "comptes WHERE gele_le IS NULL",
        "personnes",
        "sessions",
        "declarations_dif",
        "declarations_handicap",
        "declarations_sous_niveau_3",
        "contestations",
        "pieces",
        "demandes",
        "cles_acces",
        "secondes_etapes",
        "codes_secours",
    ] {
        counts.push(application.count(table).await);
    }
    counts
}

#[test]
fn every_route_of_the_router_says_whose_what_it_touches_is() {
    trial(async |application| {
        // The router itself, not a list beside it; which methods a path has, it says when it is asked.
        let drawn = format!("{:?}", server::router(application.state.clone()));
        let paths: BTreeSet<String> = Regex::new(r#"RouteId\(\d+\): "(/[^"]*)""#)
            .expect("a pattern")
            .captures_iter(&drawn)
            .map(|found| found[1].to_owned())
            .collect();
        assert!(paths.len() > 30, "the router is not drawn as it was: {drawn}");
        let mut found = BTreeSet::new();
        for path in paths {
            // What axum puts there for whatever has no route: the page.
            let path = path.replace("/{*__private__axum_fallback}", "/");
            let asked = path.replace("{*reste}", "rien");
            if asked.starts_with("/api/rien") || asked.trim_end_matches('/') == "/api" {
                found.insert(("ANY".to_owned(), path.trim_end_matches('/').to_owned()));
                continue;
            }
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
                let method: Method = method.parse().expect("a method");
                if application.anonyme().json(method.clone(), &asked, &json!({})).await.statut != 405 {
                    found.insert((method.to_string(), path.clone()));
                }
            }
        }
        let said: BTreeSet<(String, String)> =
            ROUTES.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
        let (unsaid, gone) = (found.difference(&said), said.difference(&found));
        assert_eq!(
            (unsaid.collect::<Vec<_>>(), gone.collect::<Vec<_>>()),
            (Vec::new(), Vec::new()),
            "a route that nobody says whose it is (left), or one that is there no more (right): say it in ROUTES, and in `body` what it is sent"
        );
        // What asks for a session is described so.
        let document = application.anonyme().fetch("/api/openapi.json").await.json();
        for (method, path, whose) in ROUTES.iter().filter(|(_, path, _)| document["paths"][path].is_object()) {
            let described = &document["paths"][path][method.to_lowercase()];
            assert_eq!(described["security"].is_array(), *whose == Of::Session, "{method} {path}");
        }
    });
}

#[test]
fn nothing_of_an_account_is_read_or_changed_without_a_session_that_stands() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let facts = facts(&application, &mut dominique).await;
        let mut left = application.anonyme();
        assert_eq!(left.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, 200);
        let ended = left.cookie.clone();
        assert_eq!(left.json(Method::POST, "/api/deconnexion", &json!({})).await.statut, 204);
        let before = counted(&application).await;
        let invented = Some(format!("acquis={}", "a".repeat(64)));
        let standing = dominique.cookie.clone();
        // The last: a session that stood, once half an hour has passed.
        for (what, cookie) in [("none", None), ("invented", invented), ("ended", ended), ("idle", standing)] {
            if what == "idle" {
                application.state.clock.advance(Duration::from_secs(31 * 60));
            }
            for (method, path) in of(Of::Session) {
                let mut browser = application.anonyme();
                browser.cookie.clone_from(&cookie);
                let answer = send(&mut browser, &method, path, &facts).await;
                assert_eq!(answer.statut, 401, "{what}, {method} {path}: {}", answer.text());
                answer.is_refused_with(401, "session_requise");
            }
        }
        assert_eq!(counted(&application).await, before);
    });
}

#[test]
fn no_page_of_another_site_does_anything_with_the_cookies_of_a_browser() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let facts = facts(&application, &mut dominique).await;
        let (before, known) = (counted(&application).await, all_of(&mut dominique).await);
        for (method, path) in writings() {
            let path = path.replace("{numero}", &facts.connexion);
            let body = body(&method, &path, &facts).to_string();
            for headers in [
                &[("origin", "https://piege.example")][..],
                &[("origin", "null")],
                &[("origin", "http://127.0.0.1:9999")],
                &[],
                &[("origin", ORIGIN), ("sec-fetch-site", "cross-site")],
                &[("sec-fetch-site", "same-site")],
            ] {
                // What a form of another page can send, and what only a script can.
                for media in
                    ["application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
                {
                    let mut request = axum::http::Request::builder()
                        .method(method.clone())
                        .uri(&path)
                        .header("content-type", media)
                        .header("idempotency-key", "0123456789abcdef");
                    for (name, value) in headers {
                        request = request.header(*name, *value);
                    }
                    let request = request.body(Body::from(body.clone())).expect("a request");
                    let answer = dominique.clone().send(request).await;
                    assert_eq!(answer.statut, 403, "{method} {path} {headers:?}: {}", answer.text());
                    answer.is_refused_with(403, "origine_refusee");
                    assert_eq!(answer.header("set-cookie"), "");
                }
            }
        }
        // Before the readings below: what is taken away leaves a line in the journal, which is among them.
        assert_eq!(all_of(&mut dominique).await, known);
        // Not even a reading answers a page of elsewhere so that it can be read there.
        for (_, path) in of(Of::Session).filter(|(method, _)| *method == Method::GET) {
            let request = axum::http::Request::get(path).header("origin", "https://piege.example");
            let answer = dominique.send(request.body(Body::empty()).expect("a request")).await;
            assert_eq!(answer.header("access-control-allow-origin"), "");
        }
        assert_eq!(counted(&application).await, before);
    });
}

/// Somebody else, newly signed in: the first whose account still opens.
async fn stranger(application: &Application) -> Browser {
    for courriel in ["renaud@exemple.fr", "camille@exemple.fr", "maelle@exemple.fr"] {
        let mut browser = application.anonyme();
        browser.key = "l-etranger-0123456789".to_owned();
        if browser.sign_in(courriel, MOT_DE_PASSE).await.statut == 200 {
            return browser;
        }
    }
    panic!("nobody is left");
}

#[test]
fn with_somebody_elses_session_nothing_of_dominique_is_read_or_changed() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        for (rank, other) in [renaud(), camille(), maelle()].iter().enumerate() {
            let mut browser = application.anonyme();
            browser.key = format!("les-autres-01234567-{rank}");
            application.register(&mut browser, other).await;
        }
        let facts = facts(&application, &mut dominique).await;
        let known = all_of(&mut dominique).await;
        let screen = dominique.fetch("/api/session").await.json()["compte"].as_str().expect("an account").to_owned();
        let mut tried = 0;
        for (method, path) in of(Of::Session) {
            // From the screen of Dominique, in a browser where somebody else is connected by now.
            let mut browser = stranger(&application).await;
            let path_there = path.replace("{numero}", &facts.connexion);
            let request = browser.request(method.clone(), &path_there).header("acquis-compte", &screen);
            let request = request.header("content-type", "application/json");
            let answer = browser
                .send(request.body(Body::from(body(&method, path, &facts).to_string())).expect("a request"))
                .await;
            answer.is_refused_with(409, "autre_compte");
            // From their own.
            let answer = send(&mut browser, &method, path, &facts).await;
            assert!(answer.statut.as_u16() < 500 && answer.statut != 401, "{method} {path}: {}", answer.text());
            let typed = body(&method, path, &facts).to_string();
            for theirs in ["Dominique", DOMINIQUE, "1810", &facts.connexion, &facts.passkey] {
                assert!(typed.contains(theirs) || !answer.text().contains(theirs), "{method} {path} tells {theirs}");
            }
            assert_eq!(all_of(&mut dominique).await, known, "{method} {path}");
            tried += 1;
        }
        assert!(tried > 20, "{tried}");
    });
}

#[test]
fn what_a_browser_asked_for_is_that_browser_s_alone() {
    trial(async |application| {
        // Whoever saw the code over a shoulder has another browser, or one that asked for something else.
        let mut asks = application.anonyme();
        assert_eq!(asks.sign_up(&camille()).await.statut, 202);
        let code = application.code_for("camille@exemple.fr").await;
        let mut others = application.anonyme();
        others.key = "un-autre-navigateur-0".to_owned();
        assert_eq!(others.sign_up(&renaud()).await.statut, 202);
        application.examine().await;
        for mut other in [application.anonyme(), others] {
            let answer = other.confirm(&code).await;
            assert!([410, 422].contains(&answer.statut.as_u16()), "{}", answer.text());
            assert!(!other.fetch("/api/inscription").await.text().contains("camille@exemple.fr"));
            let mended = json!({ "courriel": "autre@exemple.fr" });
            other.json(Method::POST, "/api/inscription/code", &mended).await;
        }
        assert_eq!(application.count("comptes").await, 0);
        assert_eq!(asks.fetch("/api/inscription").await.json()["attente"]["courriel"], "camille@exemple.fr");
        assert_eq!(asks.confirm(&code).await.statut, 201);

        let mut lost = application.anonyme();
        lost.key = "perdu-0123456789-01".to_owned();
        application.state.clock.advance(Duration::from_secs(1));
        let asked = json!({ "courriel": "camille@exemple.fr" });
        assert_eq!(lost.json(Method::POST, "/api/recuperation", &asked).await.statut, 202);
        let code = application.code_for("camille@exemple.fr").await;
        let renewed = json!({ "code": code, "mot_de_passe": NEW });
        let mut other = application.anonyme();
        let answer = other.json(Method::POST, "/api/recuperation/mot-de-passe", &renewed).await;
        assert!([410, 422].contains(&answer.statut.as_u16()), "{}", answer.text());
        assert_eq!(other.fetch("/api/recuperation").await.json()["attente"], Value::Null);
        assert_eq!(application.anonyme().sign_in("camille@exemple.fr", MOT_DE_PASSE).await.statut, 200);

        let frozen = asks.json(Method::POST, "/api/profil/gel", &json!({})).await;
        assert_eq!(frozen.statut, 204);
        let mut home = application.anonyme();
        home.sign_in("camille@exemple.fr", MOT_DE_PASSE).await.is_refused_with(403, "compte_gele");
        application.state.clock.advance(Duration::from_secs(1));
        assert_eq!(home.json(Method::POST, "/api/degel", &json!({})).await.statut, 202);
        let code = application.code_titled("camille@exemple.fr", "Débloquez votre compte").await.expect("a code");
        let mut other = application.anonyme();
        assert_eq!(other.fetch("/api/degel").await.json()["gel"], Value::Null);
        other.json(Method::POST, "/api/degel", &json!({})).await.is_refused_with(410, "lien_perime");
        let thaw = json!({ "code": code, "mot_de_passe": NEW });
        let answer = other.json(Method::POST, "/api/degel/confirmation", &thaw).await;
        assert!([410, 422].contains(&answer.statut.as_u16()), "{}", answer.text());
        assert_eq!(application.count("comptes WHERE gele_le IS NOT NULL").await, 1);
    });
}

#[test]
fn what_is_the_same_for_everybody_is_the_same_for_who_is_connected() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        for (method, path) in of(Of::Everybody).filter(|(method, _)| *method == Method::GET) {
            let (here, there) = (dominique.fetch(path).await, application.anonyme().fetch(path).await);
            assert_eq!((here.statut, &here.body), (there.statut, &there.body), "{method} {path}");
            assert_eq!(here.header("set-cookie"), "", "{path}");
        }
    });
}

#[test]
fn a_request_that_is_sent_again_as_it_was_does_nothing_more() {
    trial(async |application| {
        for (method, path) in of(Of::Session).filter(|(method, _)| *method != Method::GET) {
            // Each on a new account: most of them end what the next would need.
            let mut dominique = application.dominique().await;
            let facts = facts(&application, &mut dominique).await;
            let mut copied = dominique.clone();
            let before = dominique.cookie.clone();
            send(&mut dominique, &method, path, &facts).await;
            application.examine().await;
            let (after, letters) = (counted(&application).await, application.letters().await.len());
            let again = send(&mut copied, &method, path, &facts).await;
            assert!(again.statut.as_u16() < 500, "{method} {path}: {}", again.text());
            application.examine().await;
            assert_eq!(counted(&application).await, after, "{method} {path}: {}", again.text());
            // A letter for each that asks for codes, up to five; else what was done is told once.
            let asks = [
                ("POST", "/api/profil/coordonnees/code"),
                ("PUT", "/api/profil/coordonnees"),
                ("POST", "/api/profil/courriel"),
            ];
            if !asks.contains(&(method.as_str(), path)) {
                assert_eq!(application.letters().await.len(), letters, "{method} {path}");
            }
            // What gave another secret, or ended the session, gives nothing to the former.
            if dominique.cookie != before {
                again.is_refused_with(401, "session_requise");
            }
            erased(&application).await;
        }
    });
}

/// Closes what is left of the account of Dominique.
async fn erased(application: &Application) {
    // A mailbox gets so many letters a day.
    application.state.clock.advance(Duration::from_secs(25 * 3_600));
    let thaw =
        "UPDATE comptes SET gele_le = NULL, gele_par = NULL, gel_raison = NULL, gel_origine = NULL RETURNING 'done'";
    application.rows(thaw).await;
    for mot_de_passe in [MOT_DE_PASSE, NEW] {
        let mut browser = application.anonyme();
        if browser.sign_in(DOMINIQUE, mot_de_passe).await.statut == 200 {
            let closing = json!({ "mot_de_passe": mot_de_passe });
            assert_eq!(browser.json(Method::DELETE, "/api/profil", &closing).await.statut, 204);
        }
    }
}
