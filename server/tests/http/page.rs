//! The page, served from a folder; what the program holds is tested beside its code.

use api::screens::SCREENS;
use axum::body::Body;
use axum::http::{Method, Request};
use testbed::{Application, essai, essai_avec};

fn avec_une_page(test: impl AsyncFn(Application)) {
    let dossier = tempfile::tempdir().expect("a folder");
    let page = dossier.path().join("page");
    std::fs::create_dir(&page).expect("a folder");
    let ecrire = |nom: &str, texte: &str| std::fs::write(page.join(nom), texte).expect("a file");
    ecrire("index.html", "<!doctype html><title>Acquis</title><script type=\"module\">lancer()</script>");
    ecrire("inscription.html", "<!doctype html><title>Inscription</title>");
    ecrire("acquis-0123456789abcdef.js", "export {}");
    ecrire("acquis-0123456789abcdef_bg.wasm", "\0asm");
    ecrire("../secret.txt", "secret");
    essai_avec(|s| s.page = Some(page.clone()), test);
}

#[test]
fn every_screen_is_the_page_and_a_prepared_one_comes_first() {
    avec_une_page(async |application| {
        let (prepared, others): (Vec<&str>, Vec<&str>) =
            SCREENS.iter().map(|screen| screen.path).partition(|path| *path == "/inscription");
        assert_eq!(prepared.len(), 1);
        for ecran in others {
            let reponse = application.anonyme().lire(ecran).await;
            assert_eq!(reponse.statut, 200, "{ecran}");
            assert!(reponse.texte().contains("<title>Acquis</title>"), "{ecran}");
            assert_eq!(reponse.entete("content-type"), "text/html; charset=utf-8");
            assert_eq!(reponse.entete("cache-control"), "no-cache");
            assert!(reponse.entete("content-security-policy").contains("'wasm-unsafe-eval' 'sha256-"));
        }
        assert!(application.anonyme().lire("/inscription").await.texte().contains("<title>Inscription</title>"));
    });
}

#[test]
fn an_unknown_screen_is_the_page_with_the_status_of_what_is_not_found() {
    avec_une_page(async |application| {
        let reponse = application.anonyme().lire("/n-importe-quoi").await;
        assert_eq!(reponse.statut, 404);
        assert!(reponse.texte().contains("<title>Acquis</title>"));
        let fichier = application.anonyme().lire("/absent.js").await;
        assert_eq!(fichier.statut, 404);
        assert_eq!(fichier.entete("content-type"), "text/plain; charset=utf-8");
    });
}

#[test]
fn a_path_cannot_leave_the_folder() {
    avec_une_page(async |application| {
        for chemin in ["/../secret.txt", "/%2e%2e/secret.txt", "//etc/passwd", "/./../secret.txt"] {
            assert_eq!(application.anonyme().lire(chemin).await.statut, 404, "{chemin}");
        }
    });
}

#[test]
fn a_file_already_known_is_not_sent_again() {
    avec_une_page(async |application| {
        let premiere = application.anonyme().lire("/").await;
        let etiquette = premiere.entete("etag").to_owned();
        assert!(etiquette.starts_with('"') && etiquette.len() > 30, "{etiquette}");
        let requete = Request::get("/").header("if-none-match", &etiquette).body(Body::empty()).expect("a request");
        let seconde = application.anonyme().envoyer(requete).await;
        assert_eq!(seconde.statut, 304);
        assert!(seconde.corps.is_empty());
        assert_eq!(seconde.entete("etag"), etiquette);
    });
}

#[test]
fn what_bears_its_hash_is_kept_for_ever_but_for_the_javascript() {
    avec_une_page(async |application| {
        let wasm = application.anonyme().lire("/acquis-0123456789abcdef_bg.wasm").await;
        assert_eq!(wasm.entete("content-type"), "application/wasm");
        assert_eq!(wasm.entete("cache-control"), "public, max-age=31536000, immutable");
        let js = application.anonyme().lire("/acquis-0123456789abcdef.js").await;
        assert_eq!(js.entete("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(js.entete("cache-control"), "no-cache");
    });
}

#[test]
fn the_page_is_only_read() {
    essai(async |application| {
        let reponse = application.anonyme().json(Method::POST, "/solde", &serde_json::json!({})).await;
        reponse.est_un_refus(405, "methode_refusee");
        assert_eq!(reponse.entete("allow"), "GET, HEAD");
        let tete = Request::head("/sante/vif").body(Body::empty()).expect("a request");
        assert_eq!(application.anonyme().envoyer(tete).await.corps.len(), 0);
    });
}
