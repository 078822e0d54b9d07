//! The page, served from a folder; what the program holds is tested beside its code.

use api::screens::SCREENS;
use axum::body::Body;
use axum::http::{Method, Request};
use server::Places;
use testbed::{Application, trial, trial_with};

fn with_a_page(test: impl AsyncFn(Application)) {
    let dir = tempfile::tempdir().expect("a folder");
    let page = dir.path().join("page");
    std::fs::create_dir(&page).expect("a folder");
    let write = |nom: &str, text: &str| std::fs::write(page.join(nom), text).expect("a file");
    write("index.html", "<!doctype html><title>Acquis</title><script type=\"module\">lancer()</script>");
    write("inscription.html", "<!doctype html><title>Inscription</title>");
    write("acquis-0123456789abcdef.js", "export {}");
    write("acquis-0123456789abcdef_bg.wasm", "\0asm");
    write("../secret.txt", "secret");
    trial_with(|s| s.page = Some(page.clone()), test);
}

#[test]
fn every_screen_is_the_page_and_a_prepared_one_comes_first() {
    with_a_page(async |application| {
        let (prepared, others): (Vec<&str>, Vec<&str>) =
            SCREENS.iter().map(|screen| screen.path).partition(|path| *path == "/inscription");
        assert_eq!(prepared.len(), 1);
        for screen in others {
            let response = application.anonyme().fetch(screen).await;
            assert_eq!(response.statut, 200, "{screen}");
            assert!(response.text().contains("<title>Acquis</title>"), "{screen}");
            assert_eq!(response.header("content-type"), "text/html; charset=utf-8");
            assert_eq!(response.header("cache-control"), "no-cache");
            assert!(response.header("content-security-policy").contains("'wasm-unsafe-eval' 'sha256-"));
        }
        assert!(application.anonyme().fetch("/inscription").await.text().contains("<title>Inscription</title>"));
    });
}

#[test]
fn an_unknown_screen_is_the_page_with_the_status_of_what_is_not_found() {
    with_a_page(async |application| {
        let response = application.anonyme().fetch("/n-importe-quoi").await;
        assert_eq!(response.statut, 404);
        assert!(response.text().contains("<title>Acquis</title>"));
        let file = application.anonyme().fetch("/absent.js").await;
        assert_eq!(file.statut, 404);
        assert_eq!(file.header("content-type"), "text/plain; charset=utf-8");
    });
}

#[test]
fn a_path_cannot_leave_the_folder() {
    with_a_page(async |application| {
        for path in ["/../secret.txt", "/%2e%2e/secret.txt", "//etc/passwd", "/./../secret.txt"] {
            assert_eq!(application.anonyme().fetch(path).await.statut, 404, "{path}");
        }
    });
}

#[test]
fn a_file_already_known_is_not_sent_again() {
    with_a_page(async |application| {
        let first = application.anonyme().fetch("/").await;
        let label = first.header("etag").to_owned();
        assert!(label.starts_with('"') && label.len() > 30, "{label}");
        let request = Request::get("/").header("if-none-match", &label).body(Body::empty()).expect("a request");
        let second = application.anonyme().send(request).await;
        assert_eq!(second.statut, 304);
        assert!(second.body.is_empty());
        assert_eq!(second.header("etag"), label);
    });
}

#[test]
fn what_bears_its_hash_is_kept_for_ever_but_for_the_javascript() {
    with_a_page(async |application| {
        let wasm = application.anonyme().fetch("/acquis-0123456789abcdef_bg.wasm").await;
        assert_eq!(wasm.header("content-type"), "application/wasm");
        assert_eq!(wasm.header("cache-control"), "public, max-age=31536000, immutable");
        let js = application.anonyme().fetch("/acquis-0123456789abcdef.js").await;
        assert_eq!(js.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(js.header("cache-control"), "no-cache");
    });
}

#[test]
fn the_page_is_only_read() {
    trial(async |application| {
        let response = application.anonyme().json(Method::POST, "/solde", &serde_json::json!({})).await;
        response.is_refused_with(405, "methode_refusee");
        assert_eq!(response.header("allow"), "GET, HEAD");
        let head = Request::head("/sante/vif").body(Body::empty()).expect("a request");
        assert_eq!(application.anonyme().send(head).await.body.len(), 0);
    });
}

#[test]
fn the_page_and_every_answer_say_which_day_it_is_in_paris() {
    with_a_page(async |application| {
        let script = application.anonyme().fetch(api::routes::DAY_SCRIPT).await;
        assert_eq!(script.statut, 200);
        assert_eq!(script.text(), "document.documentElement.dataset.jour=\"2026-11-23\"");
        assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(script.header("cache-control"), "no-store");
        for path in ["/api/session", "/api/droits", "/api/rien", "/sante/vif"] {
            assert_eq!(application.anonyme().fetch(path).await.header(api::routes::DAY), "2026-11-23", "{path}");
        }
        // Half past eleven in the evening of the same day in London is tomorrow in Paris.
        application.state.clock.advance(std::time::Duration::from_secs(14 * 3_600 + 1_800));
        assert!(application.anonyme().fetch(api::routes::DAY_SCRIPT).await.text().contains("2026-11-24"));
        assert_eq!(application.anonyme().fetch("/api/session").await.header(api::routes::DAY), "2026-11-24");
    });
}

#[test]
fn what_the_host_says_stands_in_the_first_paint_and_in_the_fragment_and_is_only_text() {
    const TEXT: &str = "<p>Par <mark data-hebergeur=\"organisme\">[nom de l’organisme]</mark>.</p>";
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("prose")).expect("a folder");
    std::fs::write(dir.path().join("prose/aide.html"), TEXT).expect("a fragment");
    let paint = format!("<!doctype html><title>Aide</title><div class=\"prose\">{TEXT}</div><script>lancer()</script>");
    std::fs::write(dir.path().join("aide.html"), paint).expect("a first paint");
    let served = |said: &'static str| {
        let mut etags = Vec::new();
        let settle = |settings: &mut server::Settings| {
            settings.page = Some(dir.path().to_owned());
            settings.places = Places::new([("organisme", said.to_owned())]);
        };
        let found = std::sync::Mutex::new(&mut etags);
        trial_with(settle, async |application| {
            let (paint, fragment) =
                (application.anonyme().fetch("/aide").await, application.anonyme().fetch("/prose/aide.html").await);
            let expected = if said.is_empty() {
                TEXT.to_owned()
            } else {
                "<p>Par &lt;script&gt;alert(1)&lt;/script&gt; &amp; fils.</p>".to_owned()
            };
            assert!(paint.text().contains(&expected), "{}", paint.text());
            assert_eq!(fragment.text(), expected);
            let policy = paint.header("content-security-policy");
            assert_eq!(policy.matches("sha256-").count(), 1, "what the host says is no script: {policy}");
            found.lock().expect("one at a time").push(fragment.header("etag").to_owned());
        });
        etags
    };
    let (trial, public) = (served(""), served("<script>alert(1)</script> & fils."));
    assert!(trial.iter().all(|etag| !public.contains(etag)), "a browser that knew the page asks for it again");
}
