//! Each day leaves an anchor of the journal; whole days go, once old, and the rest is still known to be whole.

use std::path::{Path, PathBuf};
use std::time::Duration;

use server::{chain, clean};
use store::SignedAnchor;
use testbed::{Application, MOT_DE_PASSE, renaud, said, trial, trial_with};
use vault::{Ring, Vault};

use crate::program::{acquis, succeeds};
use crate::tampering::{as_an_administrator, is_found};

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// A day on which somebody signs in, once that of the day before left its anchor.
async fn a_day(application: &Application) {
    application.state.clock.advance(DAY);
    chain(&application.state).await.expect("an anchor");
    application.anonyme().sign_in("renaud@exemple.fr", MOT_DE_PASSE).await;
    chain(&application.state).await.expect("links");
}

/// Somebody who comes on each of so many days; the first two write two lines, as signing up does.
async fn lived(application: &Application, days: u32) {
    chain(&application.state).await.expect("an anchor");
    let _renaud = application.recorded(renaud()).await;
    for _ in 1..days {
        a_day(application).await;
    }
}

/// Lets days go by, and the clean-up see that its clock is steady.
async fn after(application: &Application, days: u32) {
    application.state.clock.advance(DAY * (days - 1));
    clean(&application.state).await.expect("a clean-up");
    application.state.clock.advance(DAY);
    chain(&application.state).await.expect("an anchor");
    clean(&application.state).await.expect("a clean-up");
}

async fn days_of(application: &Application) -> Vec<String> {
    application.rows("SELECT jour FROM ancres ORDER BY numero").await
}

#[test]
fn each_day_leaves_one_anchor_whoever_makes_it_and_however_often_it_is_asked() {
    trial(async |application| {
        lived(&application, 3).await;
        let other = application.another_server().await;
        chain(&other.state).await.expect("links");
        assert_eq!(days_of(&application).await, ["2026-11-22", "2026-11-23", "2026-11-24"]);
        let texts = application.rows("SELECT texte FROM ancres ORDER BY numero").await;
        assert!(texts[0].starts_with("acquis-ancre 1 2026-11-22 0 0 - - "), "{}", texts[0]);
        let lines: Vec<&str> = texts.iter().filter_map(|text| text.split(' ').nth(4)).collect();
        let first = application.count("journal WHERE quand < 1795474800000").await;
        assert_eq!(lines, ["0".to_owned(), first.to_string(), "1".to_owned()]);
        // A service that slept for days leaves one anchor for all of them, and a clock that goes back none.
        application.state.clock.advance(DAY * 9);
        chain(&application.state).await.expect("an anchor");
        assert_eq!(days_of(&application).await.last().map(String::as_str), Some("2026-12-03"));
        assert_eq!(days_of(&application).await.len(), 4);
        let told = succeeds(&application, &["journal", "verifier"], "");
        assert!(told.contains("jours qui ont laissé leur ancre : 4\n") && told.ends_with("intact\n"), "{told}");
    });
}

#[test]
fn whole_days_go_a_year_later_leave_their_anchor_and_the_rest_is_whole() {
    trial(async |application| {
        lived(&application, 4).await;
        let first_day = application.count("journal WHERE quand < 1795474800000").await;
        let all = application.count("journal").await;
        after(&application, 362).await;
        // The eve, then the day: 365 whole days after it ended.
        assert_eq!(application.count("journal").await, all);
        after(&application, 1).await;
        assert_eq!(application.count("journal").await, all - first_day + 1);
        assert_eq!(application.count("maillons WHERE rang <= 2").await, 0);
        let told = succeeds(&application, &["journal", "verifier"], "");
        assert!(told.contains(&format!(" : {first_day}, jusqu'au 23/11/2026 compris\n")), "{told}");
        assert!(told.ends_with("intact\n"), "{told}");
        let purged = succeeds(&application, &["journal", "--quoi", "journal_purge"], "");
        assert!(purged.ends_with(&format!("service  « lignes 1 à {first_day}, jusqu'au 23/11/2026 »\n")), "{purged}");
        // Once more, and nobody came since: the chain goes on from an anchor.
        after(&application, 2 * 365).await;
        let told = succeeds(&application, &["journal", "verifier"], "");
        assert!(told.ends_with("intact\n") && !told.contains("TOUCHÉ"), "{told}");
        a_day(&application).await;
        assert!(succeeds(&application, &["journal", "verifier"], "").ends_with("intact\n"));
    });
}

#[test]
fn a_setting_keeps_the_journal_longer() {
    trial_with(
        |settings| settings.journal_kept = 400,
        async |application| {
            lived(&application, 2).await;
            let all = application.count("journal").await;
            after(&application, 399).await;
            assert_eq!(application.count("journal").await, all);
            after(&application, 1).await;
            assert_eq!(application.rows("SELECT quoi FROM journal").await, ["connexion", "journal_purge"]);
        },
    );
}

#[test]
fn days_that_somebody_else_erased_are_found_whatever_anchor_they_end_at() {
    const UP_TO: &str = "(SELECT rang FROM ancres WHERE jour = '2026-11-23')";
    let line = format!("DELETE FROM journal WHERE id IN (SELECT ligne FROM maillons WHERE rang <= {UP_TO})");
    let link = format!("DELETE FROM maillons WHERE rang <= {UP_TO}");
    trial(async |application| {
        lived(&application, 3).await;
        as_an_administrator(&application, &[&line, &link]).await;
        is_found(&application, "il manque des lignes avant la ligne 3");
    });
    // With a line that says so, which has no seal.
    trial(async |application| {
        lived(&application, 3).await;
        let said = "INSERT INTO journal (id, quand, qui, quoi, raison)
            SELECT 'fausse', MAX(quand), 'service', 'journal_purge', 'lignes 1 à 2, jusqu''au 23/11/2026' FROM journal";
        as_an_administrator(&application, &[&line, &link, said]).await;
        is_found(&application, "il manque des lignes avant la ligne 3");
    });
}

#[test]
fn an_anchor_that_was_changed_or_removed_and_an_end_that_is_gone_are_found() {
    for (change, expected) in [
        ("UPDATE ancres SET jour = '2026-11-20' WHERE numero = 2", "l'ancre n° 2 ne dit pas"),
        ("UPDATE ancres SET rang = 1 WHERE numero = 2", "l'ancre n° 2 ne dit pas"),
        ("UPDATE ancres SET texte = replace(texte, '2026-11-23', '2026-11-22') WHERE numero = 2", "l'ancre n° 2"),
        ("DELETE FROM ancres WHERE numero = 2", "l'ancre n° 3 ne dit pas"),
    ] {
        trial(async |application| {
            lived(&application, 4).await;
            as_an_administrator(&application, &[change]).await;
            is_found(&application, expected);
        });
    }
    // The last day with its links, the anchor that saw them forgotten there.
    trial(async |application| {
        lived(&application, 4).await;
        let after = "(SELECT rang FROM ancres WHERE numero = 2)";
        let line = format!("DELETE FROM journal WHERE id IN (SELECT ligne FROM maillons WHERE rang > {after})");
        as_an_administrator(&application, &[&line, &format!("DELETE FROM maillons WHERE rang > {after}")]).await;
        is_found(&application, "le journal s'arrête avant la ligne 4");
    });
}

const CONTROLLER: &str = "delegue@exemple.fr";

/// Somebody who comes on each of four days, of an application whose anchors leave it.
fn leaving(test: impl AsyncFn(Application, PathBuf)) {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("ancres");
    trial_with(
        |settings| {
            settings.anchors_file = Some(file.clone());
            settings.anchors_mailed_to = Some(CONTROLLER.to_owned());
        },
        async |application| {
            let _ = std::fs::remove_file(&file);
            lived(&application, 4).await;
            test(application, file.clone()).await;
        },
    );
}

/// What is said of the journal and that file, and whether it is whole.
fn checked(application: &Application, file: &Path) -> (String, bool) {
    let file = file.display().to_string();
    let mut command = acquis(application.dir.path(), &["journal", "verifier", "--ancres", &file]);
    let output = command.env("ACQUIS_DATABASE_URL", &application.url).output().expect("the program runs");
    (said(&output), output.status.success())
}

/// The journal looks whole by itself, and the file shows that it is not.
fn is_found_by(application: &Application, file: &Path, expected: &str) {
    assert!(succeeds(application, &["journal", "verifier"], "").ends_with("intact\n"));
    let (told, whole) = checked(application, file);
    assert!(!whole && told.contains(expected) && told.contains("touché : gardez"), "{expected}: {told}");
}

#[test]
fn anchors_leave_each_day_for_a_file_and_for_a_mailbox_and_say_nothing_of_anybody() {
    leaving(async |application, file| {
        let written = std::fs::read_to_string(&file).expect("a file");
        assert_eq!(written.lines().count(), 4);
        assert_eq!(written.lines().collect::<Vec<_>>(), application.state.store.anchors().await.expect("anchors"));
        let letters = application.letters_to(CONTROLLER).await;
        let last = written.lines().last().expect("an anchor");
        let letter =
            letters.iter().find(|letter| letter.subject == "Ancre du journal du 25/11/2026").expect("a letter");
        assert!(letter.text.contains(last), "{}", letter.text);
        let account = application.rows("SELECT id FROM comptes").await.remove(0);
        for secret in [&account[..12], "Ambroise", "Renaud", "1800175"] {
            assert!(!letter.text.contains(secret) && !written.contains(secret), "{secret}");
        }
        let (told, whole) = checked(&application, &file);
        assert!(whole && told.contains("signées et qui se suivent : 4, du 22/11/2026 au 25/11/2026\n"), "{told}");
        // A file that was taken away is made again, and one that a full disk left behind is completed.
        std::fs::remove_file(&file).expect("a file that goes");
        clean(&application.state).await.expect("a clean-up");
        application.state.clock.advance(Duration::from_secs(3_600));
        clean(&application.state).await.expect("a clean-up");
        assert_eq!(std::fs::read_to_string(&file).expect("a file"), written);
    });
}

#[test]
fn an_end_that_was_removed_with_its_links_and_its_anchors_is_found_by_the_file() {
    leaving(async |application, file| {
        let after = "(SELECT rang FROM ancres WHERE numero = 2)";
        let line = format!("DELETE FROM journal WHERE id IN (SELECT ligne FROM maillons WHERE rang > {after})");
        let link = format!("DELETE FROM maillons WHERE rang > {after}");
        as_an_administrator(&application, &[&line, &link, "DELETE FROM ancres WHERE numero > 2"]).await;
        is_found_by(&application, &file, "la base n'a pas l'ancre n° 3, du 24/11/2026");
        // Life goes on, as after an older database was put back.
        a_day(&application).await;
        is_found_by(&application, &file, "l'ancre n° 3, du 24/11/2026, n'est pas celle de la base");
    });
}

#[test]
fn a_whole_chain_that_was_made_again_is_found_by_the_file() {
    leaving(async |application, file| {
        let line = "DELETE FROM journal WHERE id = (SELECT ligne FROM maillons WHERE rang = 3)";
        as_an_administrator(&application, &[line, "DELETE FROM maillons", "DELETE FROM ancres"]).await;
        chain(&application.state).await.expect("another chain");
        is_found_by(&application, &file, "l'ancre n° 1, du 22/11/2026, n'est pas celle de la base");
    });
}

#[test]
fn a_file_that_was_changed_forged_or_cut_is_found() {
    leaving(async |application, file| {
        let written = std::fs::read_to_string(&file).expect("a file");
        let lines: Vec<&str> = written.lines().collect();
        let second: SignedAnchor = lines[1].parse().expect("an anchor");
        let forged = SignedAnchor::of(second.anchor, &Vault::of(Ring::new([9; 32]))).to_string();
        for (changed, expected) in [
            (
                written.replacen(" 2026-11-23 2 ", " 2026-11-23 1 ", 1),
                "l'ancre n° 2 du fichier, du 23/11/2026, n'est pas signée",
            ),
            (written.replace(lines[1], &forged), "l'ancre n° 2 du fichier, du 23/11/2026, n'est pas signée"),
            (written.replace(&format!("{}\n", lines[1]), ""), "l'ancre n° 3 du fichier, du 24/11/2026, ne suit pas"),
            (written.replace(lines[3], "autre chose"), "la ligne 4 du fichier n'est pas une ancre"),
        ] {
            assert_ne!(changed, written);
            std::fs::write(&file, changed).expect("a file");
            is_found_by(&application, &file, expected);
        }
        // A line that a power cut left unfinished, and one that two servers wrote, are no fault; nor is an older copy.
        let cut = format!("{}\n{}\n{}\n{}\n", lines[0], &lines[1][..40], lines[1], lines[1]);
        std::fs::write(&file, cut).expect("a file");
        let (told, whole) = checked(&application, &file);
        assert!(whole, "{told}");
    });
}

#[test]
fn whoever_has_neither_the_database_nor_the_key_checks_a_file_with_the_public_key() {
    leaving(async |application, file| {
        let elsewhere = tempfile::tempdir().expect("a folder");
        let check = |key: &vault::PublicKey| {
            let pem = elsewhere.path().join("cle.pem");
            std::fs::write(&pem, key.to_pem()).expect("a file");
            let [file, pem] = [&file, &pem].map(|path| path.display().to_string());
            let arguments = ["journal", "verifier", "--ancres", &file, "--cle-publique", &pem];
            let output =
                acquis(elsewhere.path(), &arguments).env_remove("ACQUIS_CLE").output().expect("the program runs");
            (said(&output), output.status.success())
        };
        let (told, whole) = check(&application.state.vault.public_keys()[0].1);
        assert!(whole && told.contains("signées et qui se suivent : 4"), "{told}");
        let (told, whole) = check(&Vault::of(Ring::new([9; 32])).public_keys()[0].1);
        assert!(!whole && told.contains("signé par une autre clé"), "{told}");
        assert_eq!(std::fs::read_dir(elsewhere.path()).expect("a folder").count(), 1, "nothing was made");
    });
}
