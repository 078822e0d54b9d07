//! What a holder took away, checked by whoever is given it: with the program, and with openssl alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use testbed::{Application, TestResponse, said, trial};

use crate::program::acquis;

const MANUAL: &str = include_str!("../../../../docs/export.md");
const PROOF: &[u8] = b"%PDF-1.7\nun justificatif, de personne en particulier, assez long pour en etre un\n%%EOF\n";

/// What Dominique takes away, with a proof.
async fn taken(application: &Application) -> TestResponse {
    let mut dominique = application.dominique().await;
    application.as_seen_by_an_operator().await;
    assert_eq!(dominique.declare(&[("heures", "12")], Some(PROOF)).await.statut, 201);
    let taken = dominique.take_everything_away("").await;
    assert_eq!(taken.statut, 200, "{}", taken.text());
    taken
}

/// The program on the data of this application, with the keys of its file.
fn ask(application: &Application, arguments: &[&str]) -> Output {
    let mut command = acquis(application.dir.path(), arguments);
    command.env("ACQUIS_DATABASE_URL", &application.url).env_remove("ACQUIS_CLE");
    command.output().expect("the program runs")
}

fn checked(application: &Application, arguments: &[&str]) -> (Option<i32>, String) {
    let output = ask(application, &[&["export", "verifier"], arguments].concat());
    (output.status.code(), said(&output))
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// Keeps it beside the data.
fn kept(application: &Application, name: &str, bytes: &[u8]) -> PathBuf {
    let path = application.dir.path().join(name);
    fs::write(&path, bytes).expect("a file");
    path
}

/// Bytes, by the name of the file.
type Files = std::collections::BTreeMap<String, Vec<u8>>;

#[test]
fn a_file_is_checked_with_the_keys_of_here_after_they_turned_and_anywhere_with_those_that_are_published() {
    trial(async |application| {
        let file = kept(&application, "a.zip", &taken(&application).await.body);
        let mut anybody = application.anonyme();
        let published = anybody.fetch("/.well-known/acquis-signatures.json").await;
        let name = published.json()["keys"][0]["kid"].as_str().expect("a name").to_owned();
        let pem = anybody.fetch(&format!("/.well-known/acquis-signatures/{name}.pem")).await;
        let (set, pem) = (kept(&application, "cles.json", &published.body), kept(&application, "cle.pem", &pem.body));
        for command in [["cles", "tourner"].as_slice(), &["cles", "retirer", "1"]] {
            assert_eq!(ask(&application, command).status.code(), Some(0), "{command:?}");
        }
        let all = anybody.fetch("/.well-known/acquis-signatures.json").await.json();
        assert_eq!(all["keys"].as_array().map(Vec::len), Some(2));
        assert_eq!(all["keys"][1]["kid"], name.as_str(), "the retired one is still published");
        for keys in [&[][..], &["--cle", text(&set)], &["--cle", text(&pem)]] {
            let (code, said) = checked(&application, &[&[text(&file)], keys].concat());
            assert_eq!(code, Some(0), "{keys:?}: {said}");
            assert!(said.contains("Signé par http://localhost:8087, 2026-11-23T10:00"), "{said}");
            assert!(said.contains(&name) && said.contains("Ses 5 fichiers sont tels qu'ils ont été remis"), "{said}");
        }
        // Where there is nothing else: no base is made for that.
        let elsewhere = tempfile::tempdir().expect("a folder");
        let run = |keys: &[&str]| {
            let arguments = [&["export", "verifier", text(&file)], keys].concat();
            acquis(elsewhere.path(), &arguments).output().expect("the program runs")
        };
        assert_eq!(run(&["--cle", text(&set)]).status.code(), Some(0));
        let without = run(&[]);
        assert_eq!(without.status.code(), Some(1));
        assert!(said(&without).contains("--cle FICHIER"), "{}", said(&without));
        assert_eq!(fs::read_dir(elsewhere.path()).expect("the folder").count(), 0);
    });
}

#[test]
fn what_was_done_to_a_file_since_is_said_file_by_file() {
    trial(async |application| {
        let whole = taken(&application).await.body;
        let fails = |bytes: &[u8], why: &str| {
            let file = kept(&application, "autre.zip", bytes);
            let (code, said) = checked(&application, &[text(&file)]);
            assert_eq!(code, Some(1), "{why}: {said}");
            assert!(said.contains(why), "{why}: {said}");
        };
        let place = |bytes: &[u8]| whole.windows(bytes.len()).position(|some| some == bytes).expect("those bytes");
        let mut turned = whole.clone();
        turned[place(PROOF) + 20] ^= 1;
        fails(&turned, "CHANGÉ : justificatifs/");
        let mut document = whole.clone();
        document[place(b"2790351215189")] ^= 1;
        fails(&document, "CHANGÉ : donnees.json");
        fails(&[b"un autre fichier".as_slice(), &whole].concat(), "AJOUTÉS : des octets");
        fails(&whole[..whole.len() - 1], "pas un ZIP entier");
        fails(b"%PDF-1.7", "pas un ZIP entier");
        let file = kept(&application, "a.zip", &whole);
        let (code, said) = checked(&application, &[text(&file), "--cle", text(&file)]);
        assert_eq!(code, Some(1), "{said}");
        let other = vault::Vault::new(&[9; 32]).sign(b"").key.to_pem();
        let other = kept(&application, "autre.pem", other.as_bytes());
        let (code, said) = checked(&application, &[text(&file), "--cle", text(&other)]);
        assert!(code == Some(1) && said.contains("n'est pas de celles que vous donnez"), "{said}");
    });
}

/// The lines of the manual that need neither the service nor `unzip`.
fn manual() -> String {
    let (_, after) = MANUAL.split_once("```sh\n# Sans ce programme").expect("the lines of openssl");
    let (lines, _) = after.split_once("```").expect("their end");
    let lines: Vec<_> = lines.lines().skip(1).collect();
    assert!(lines.len() <= 10, "{} lines", lines.len());
    let offline = lines.into_iter().filter(|line| !line.starts_with("unzip ") && !line.starts_with("curl "));
    offline.collect::<Vec<_>>().join("\n")
}

/// What these lines say of files.
fn by_hand(application: &Application, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("export");
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("its folder");
        fs::write(path, bytes).expect("a file");
    }
    let (_, key) = application.state.vault.public_keys().remove(0);
    fs::write(dir.path().join("cle.pem"), key.to_pem()).expect("the key");
    let output = Command::new("sh").arg("-c").arg(manual()).current_dir(&folder).output().expect("a shell");
    said(&output)
}

#[test]
fn ten_lines_of_openssl_say_the_same() {
    let there = Command::new("openssl").arg("version").output();
    let recent = there.is_ok_and(|output| said(&output).starts_with("OpenSSL 3"));
    assert!(recent || std::env::var_os("CI").is_none(), "openssl 3 is not there: install it");
    if !recent {
        return;
    }
    trial(async |application| {
        let files = taken(&application).await.files();
        let good = by_hand(&application, files.clone());
        assert_eq!(good.trim(), "Signature Verified Successfully");
        let proof = files.keys().find(|name| name.starts_with("justificatifs/")).expect("a proof").clone();
        let with = |change: &dyn Fn(&mut Files)| {
            let mut files = files.clone();
            change(&mut files);
            by_hand(&application, files)
        };
        let changed = with(&|files| files.get_mut(&proof).expect("the proof")[9] ^= 1);
        assert!(changed.contains(&format!("changé ou absent : {proof}")), "{changed}");
        let missing = with(&|files| drop(files.remove("releve.html")));
        assert!(missing.contains("changé ou absent : releve.html"), "{missing}");
        // Of a name that is the beginning of another, or a word of the manifest.
        for name in ["autre.txt", "releve.htm", "export 1"] {
            let added = with(&|files| drop(files.insert(name.to_owned(), Vec::new())));
            assert!(added.contains(&format!("ajouté : {name}")), "{added}");
        }
        let forged = with(&|files| files.get_mut("signatures/manifeste.txt").expect("the manifest")[30] ^= 1);
        assert!(!forged.contains("Verified Successfully"), "{forged}");
    });
}
