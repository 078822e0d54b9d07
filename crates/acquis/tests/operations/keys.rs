//! The keys: what a former one sealed is read by a ring that has it, and none is made beside a base that was filled under another.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use store::bound;
use testbed::{Application, MASTER_KEY, camille, dominique, rows, said, trial};
use vault::{Ring, Vault};

use crate::backups::elsewhere;
use crate::program::acquis;

/// The program with the keys of the file alone.
fn ask(application: &Application, arguments: &[&str]) -> Output {
    let mut command = acquis(application.dir.path(), arguments);
    command.env("ACQUIS_DATABASE_URL", &application.url).env_remove("ACQUIS_CLE");
    command.output().expect("the program runs")
}

fn succeeds(application: &Application, arguments: &[&str]) -> String {
    let output = ask(application, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output));
    said(&output)
}

fn is_refused(application: &Application, arguments: &[&str], why: &str) {
    let output = ask(application, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", said(&output));
    assert!(said(&output).contains(why), "{arguments:?}: {}", said(&output));
}

fn write(path: &Path, ring: &Ring) {
    fs::write(path, ring.to_text()).expect("a key file");
}

#[test]
fn no_key_is_ever_made_beside_a_base_that_was_filled_under_one() {
    trial(async |application| {
        let file = application.dir.path().join("cle");
        let text = fs::read_to_string(&file).expect("the key file");
        fs::remove_file(&file).expect("the key is lost");
        for command in [["migrer"].as_slice(), &["servir"], &["demo"], &["alimenter", "--annee", "2024"]] {
            is_refused(&application, command, "avec une clé qui n'est plus là");
            assert!(!file.exists(), "{command:?}: another key was made");
        }
        fs::write(&file, "").expect("an empty file");
        is_refused(&application, &["migrer"], "ne contient pas une clé");
        write(&file, &Ring::new([3; 32]));
        is_refused(&application, &["migrer"], "avec une autre clé");
        fs::write(&file, format!("\u{feff}{text}\r\n")).expect("the key, by an editor of Windows");
        succeeds(&application, &["migrer"]);
    });
}

#[test]
fn a_ring_opens_what_its_first_key_filled_and_no_version_that_was_met_may_be_taken_away() {
    trial(async |application| {
        let _camille = application.renaud().await;
        let file = application.dir.path().join("cle");
        let one = Ring::new(MASTER_KEY);
        let two = one.with([2; 32]).expect("a number");
        write(&file, &two);
        succeeds(&application, &["migrer"]);
        write(&file, &one);
        is_refused(&application, &["migrer"], "il manque la version 2 de la clé");
        write(&file, &two.without(1).expect("a former key"));
        is_refused(&application, &["migrer"], "il manque la version 1 de la clé");
        write(&file, &Ring::parse(&one.to_text().replace('\n', "")).and_then(|one| one.with([4; 32])).expect("a ring"));
        is_refused(&application, &["migrer"], "avec une autre clé");
        write(&file, &two);
        succeeds(&application, &["migrer"]);
    });
}

/// Renaud, with a proof, and a sealed text in each place that his journey left empty.
async fn filled(application: &Application) {
    let mut renaud = application.renaud().await;
    assert_eq!(renaud.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
    let (vault, url) = (&application.state.vault, &application.url);
    let account = rows(url, "SELECT id FROM comptes").await.remove(0);
    let seal = |record: String| vault.seal(&record, b"un texte");
    let token = seal(bound::token(&account));
    for sql in [
        format!("INSERT INTO secondes_etapes VALUES ('{account}', '{}', 0)", seal(bound::second_step(&account))),
        format!("INSERT INTO liens_d_arret VALUES ('l', '{account}', '{}', NULL, 9)", seal(bound::stop_link("l"))),
        format!("INSERT INTO voyages VALUES ('v', '{}', 9)", seal(bound::journey("v"))),
        format!("INSERT INTO identites VALUES ('s', '{account}', 'e', '{}', 0, 0)", seal(bound::identity("s"))),
        format!(
            "INSERT INTO demandes (id, usage, essais, envois, code_le, contenu, etat, creee_le, expire_le)
             VALUES ('d', '{}', 0, 0, 0, '{}', 'attend', 0, 9)",
            bound::ENROLMENT,
            seal(bound::second_step("d"))
        ),
        format!("UPDATE sessions SET jeton_identite = '{token}'"),
        // A sign-in by password that waits for its second step keeps nothing.
        "INSERT INTO demandes (id, usage, essais, envois, code_le, contenu, etat, creee_le, expire_le)
         VALUES ('e', 'connexion', 0, 1, 0, '', 'sans_suite', 0, 9)"
            .to_owned(),
    ] {
        rows(url, &sql).await;
    }
}

/// Every proof is opened to its end.
async fn proofs_open(application: &Application) -> usize {
    let ids = rows(&application.url, "SELECT id FROM pieces").await;
    for id in &ids {
        assert!(application.state.pieces.is_readable(id).await.expect("a proof"), "{id}");
    }
    ids.len()
}

async fn former(application: &Application) -> i64 {
    application.count("personnes WHERE nir_chiffre NOT LIKE '2:%'").await
}

#[test]
fn the_key_turns_while_a_server_serves_and_the_former_is_retired() {
    trial(async |application| {
        filled(&application).await;
        let file = application.dir.path().join("cle");
        let people = application.count("personnes").await;
        let before = succeeds(&application, &["cles"]);
        assert!(before.contains("version 1, en usage") && before.contains("justificatifs : 1"), "{before}");
        let told = succeeds(&application, &["cles", "tourner"]);
        assert!(told.contains("version 2 en usage") && told.contains("justificatifs : 1"), "{told}");
        assert!(!told.contains("ILLISIBLES") && !told.contains("RESTE"), "{told}");
        let after = succeeds(&application, &["cles"]);
        let things = before.split_once("en usage. ").expect("what there is").1.lines().next().expect("a line");
        assert!(after.contains(&format!("version 2, en usage. {things}")), "{before}{after}");
        assert!(after.contains("version 1, d'avant, ne sert plus qu'aux sauvegardes. NIR : 0, textes : 0"), "{after}");
        assert_eq!((former(&application).await, proofs_open(&application).await), (0, 1));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&file).expect("the key file").permissions().mode() & 0o777, 0o600);
        }

        is_refused(&application, &["cles", "retirer", "2"], "est en usage");
        succeeds(&application, &["cles", "retirer", "1"]);
        is_refused(&application, &["cles", "retirer", "1"], "il n'y a pas de version 1");
        let text = fs::read_to_string(&file).expect("the key file");
        assert!(!text.contains("1:") && text.contains("2:") && text.contains("empreintes:"), "another ring");

        // The server that was there all along learns both changes, and finds people as before.
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        assert_eq!(proofs_open(&application).await, 1);
        application.comes_to_nothing(&testbed::renaud()).await;
        application.recorded(dominique()).await;
        application.recorded(camille()).await;
        assert_eq!(application.count("personnes").await, people + 1, "Camille alone was not known");
        succeeds(&application, &["demo"]);
        assert_eq!((application.count("personnes").await, former(&application).await), (people + 1, 0));
        let said = succeeds(&application, &["cles"]);
        assert!(!said.contains("version 1") && !said.contains("illisibles"), "{said}");
    });
}

#[test]
fn a_version_that_was_added_waits_and_is_the_one_that_the_key_turns_to() {
    trial(async |application| {
        filled(&application).await;
        succeeds(&application, &["cles", "ajouter"]);
        is_refused(&application, &["cles", "ajouter"], "la version 2 attend déjà");
        let told = succeeds(&application, &["cles"]);
        assert!(told.contains("version 2, attend") && told.contains("version 1, en usage"), "{told}");
        is_refused(&application, &["cles", "retirer", "2"], "est en usage ou à venir");
        assert!(succeeds(&application, &["cles", "tourner"]).contains("version 2 en usage"));
        assert!(
            succeeds(&application, &["cles", "tourner"]).contains("version 3 en usage"),
            "asked again, it turns again"
        );
        let acts = "SELECT quoi FROM journal WHERE quoi LIKE 'cle\\_%' ESCAPE '\\' ORDER BY quoi";
        let acts = rows(&application.url, acts).await;
        assert_eq!(acts, ["cle_ajoutee", "cle_ajoutee", "cle_tournee", "cle_tournee"]);
    });
}

#[test]
fn a_program_that_does_not_know_the_key_in_use_records_nobody_a_second_time() {
    trial(async |application| {
        succeeds(&application, &["cles", "tourner"]);
        let (state, people) = (&application.state, application.count("personnes").await);
        let late = Vault::new(&MASTER_KEY);
        assert!(batch::demo::fill(&state.store, &late, state.clock.now()).await.is_err());
        assert_eq!(application.count("personnes").await, people);
    });
}

#[test]
fn a_rotation_that_is_killed_goes_on_where_it_was_and_adds_no_other_key() {
    trial(async |application| {
        filled(&application).await;
        let vault = &application.state.vault;
        let values: Vec<String> = (0..4_000)
            .map(|rank| {
                let (id, nir) = (format!("p{rank}"), format!("18001759{rank:05}"));
                let (digest, sealed) = (vault.nir_digest(&nir), vault.seal_nir(&id, &nir));
                format!("('{id}', '{digest}', 1980, '{sealed}', 'Nom', 'Prenom', '1980-01-15', 1, 0, 0)")
            })
            .collect();
        for some in values.chunks(500) {
            let sql = format!(
                "INSERT INTO personnes (id, nir_empreinte, annee_naissance, nir_chiffre, nom_naissance, prenoms, date_naissance, connue, version, creee_le) VALUES {}",
                some.join(", ")
            );
            rows(&application.url, &sql).await;
        }
        let all = application.count("personnes").await;
        let start = || {
            let mut command = acquis(application.dir.path(), &["cles", "tourner"]);
            command.env("ACQUIS_DATABASE_URL", &application.url).env_remove("ACQUIS_CLE");
            command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
            command.spawn().expect("the program starts")
        };
        let ring = || fs::read_to_string(application.dir.path().join("cle")).ok().and_then(|text| Ring::parse(&text));
        // Once the key is there and nothing is sealed under it; then among the people.
        let mut first = start();
        while ring().is_none_or(|ring| ring.newest() != 2) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        first.kill().and_then(|()| first.wait()).expect("its end");
        assert_eq!(former(&application).await, all);
        let mut second = start();
        while former(&application).await == all {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        second.kill().and_then(|()| second.wait()).expect("its end");
        let left = former(&application).await;
        assert!(left > 0 && left < all, "{left} of {all}: it was killed among them");
        // Whoever is on either side is found by the server.
        application.comes_to_nothing(&testbed::renaud()).await;
        is_refused(&application, &["cles", "retirer", "1"], "sert encore");
        let told = succeeds(&application, &["cles", "tourner"]);
        assert!(told.contains("version 2 en usage"), "{told}");
        assert_eq!((former(&application).await, proofs_open(&application).await), (0, 1));
        assert_eq!(ring().map(|ring| ring.newest()), Some(2));
        for rank in [0, 1_999, 3_999] {
            let digest = vault.nir_digest(&format!("18001759{rank:05}"));
            assert_eq!(application.count(&format!("personnes WHERE nir_empreinte = '{digest}'")).await, 1);
        }
    });
}

#[test]
fn a_key_that_comes_from_the_settings_is_turned_once_its_holder_wrote_two() {
    trial(async |application| {
        filled(&application).await;
        let ask = |key: &str, arguments: &[&str]| {
            let mut command = acquis(application.dir.path(), arguments);
            command.env("ACQUIS_DATABASE_URL", &application.url).env("ACQUIS_CLE", key);
            said(&command.output().expect("the program runs"))
        };
        let one = vault::to_hex(&MASTER_KEY);
        let refusal = ask(&one, &["cles", "tourner"]);
        assert!(refusal.contains("que ce programme n'écrit pas") && refusal.contains("openssl rand"), "{refusal}");
        let two = format!("1:{one} 2:{}", vault::to_hex(&[2; 32]));
        let told = ask(&two, &["cles", "tourner"]);
        assert!(told.contains("version 2 en usage"), "{told}");
        assert_eq!(former(&application).await, 0);
        assert!(ask(&one, &["migrer"]).contains("il manque la version 2"));
        let refusal = ask(&two, &["cles", "retirer", "1"]);
        assert!(refusal.contains("que ce programme n'écrit pas"), "{refusal}");
    });
}

fn restored(data: &Path, url: &str, ring: &Ring, folder: &Path) -> Output {
    write(&data.join("cle"), ring);
    let mut command = acquis(data, &["restaurer", &folder.to_string_lossy()]);
    command.env("ACQUIS_DATABASE_URL", url).env_remove("ACQUIS_CLE").output().expect("the program runs")
}

#[test]
fn a_backup_of_before_opens_with_the_ring_and_one_of_after_without_the_former_key() {
    trial(async |application| {
        filled(&application).await;
        let aside = tempfile::tempdir().expect("a temporary folder");
        let folder = |name: &str| -> PathBuf { aside.path().join(name) };
        let back_up = |name: &str| succeeds(&application, &["sauvegarder", &folder(name).to_string_lossy()]);
        let ring =
            || Ring::parse(&fs::read_to_string(application.dir.path().join("cle")).expect("a file")).expect("a ring");
        back_up("avant");
        succeeds(&application, &["cles", "tourner"]);
        let both = ring();
        succeeds(&application, &["cles", "retirer", "1"]);
        back_up("apres");
        for (backup, ring, opens) in
            [("avant", &both, true), ("avant", &ring(), false), ("apres", &ring(), true), ("apres", &both, true)]
        {
            let data = tempfile::tempdir().expect("a temporary folder");
            let url = elsewhere(&application, data.path()).await;
            let output = restored(data.path(), &url, ring, &folder(backup));
            assert_eq!(output.status.success(), opens, "{backup} {ring:?}: {}", said(&output));
            if !opens {
                assert!(
                    said(&output).contains("il manque une version de la clé")
                        || said(&output).contains("n'est pas celle de cette sauvegarde"),
                    "{}",
                    said(&output)
                );
                continue;
            }
            let mut command = acquis(data.path(), &["cles"]);
            let listed = command.env("ACQUIS_DATABASE_URL", &url).env_remove("ACQUIS_CLE").output().expect("an end");
            let listed = said(&listed);
            let version = if backup == "avant" { 1 } else { 2 };
            assert!(listed.contains(&format!("version {version}, en usage")), "{listed}");
            assert!(!listed.contains("illisibles") && listed.contains("justificatifs : 1"), "{listed}");
        }
    });
}
