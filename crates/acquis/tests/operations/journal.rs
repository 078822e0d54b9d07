//! The journal: who did what, when and from where, by the command line; and what the database lets go of it.

use sqlx::{AnyConnection, Connection};
use store::account_reference;
use testbed::{Application, MOT_DE_PASSE, renaud, trial};

use crate::program::{acquis, is_refused, succeeds};

const YEAR: i64 = 365 * 24 * 3_600_000;

/// What each line of the journal says after its moment, those of today alone: the program has the clock of the machine, the
/// application its own.
fn told(application: &Application, arguments: &[&str]) -> Vec<String> {
    let all = succeeds(application, &[&["journal"], arguments].concat(), "");
    all.lines().map(|line| line.split_once("  ").expect("a moment").1.to_owned()).collect()
}

#[test]
fn every_act_of_an_operator_is_told_under_their_name_and_about_its_account() {
    trial(async |application| {
        let _dominique = application.dominique().await;
        let account = application.rows("SELECT id FROM comptes").await.remove(0);
        let reference = account_reference(&account);
        succeeds(&application, &["releve", "--agent", "Zoé Martin"], "2790351215189\n");
        succeeds(&application, &["releves"], "");
        let file = application.dir.path().join("vide.csv");
        std::fs::write(&file, "nir;nom_naissance;prenoms;date_naissance;annee;heures\n").expect("a file");
        let file = file.display().to_string();
        succeeds(&application, &["importer", "activites", &file, "--a-blanc"], "");
        succeeds(&application, &["importer", "activites", &file, "--agent", "nuit"], "");
        succeeds(&application, &["alimenter", "--annee", "2024"], "");
        let mut lines = told(&application, &[]);
        // Of one moment: in any order.
        lines[..2].sort();
        lines[..2].reverse();
        assert_eq!(lines[1], format!("compte_ouvert  {reference}  titulaire"));
        assert!(lines[0].starts_with(&format!("connexion  {reference}  titulaire, origine ")), "{}", lines[0]);
        assert_eq!(
            lines[2..],
            [
                format!("releve_lu  {reference}  agent Zoé Martin"),
                "releves_lus  agent ada".into(),
                "import_activites  agent nuit".into(),
                "alimentation  agent ada".into(),
                "journal_lu  agent ada".into(),
            ]
        );
        let all = lines.join("\n");
        for secret in ["2790351", "Pat-Trois", "Dominique", "dominique@", &account] {
            assert!(!all.contains(secret), "{secret}: {all}");
        }
        // Each filter alone.
        assert_eq!(told(&application, &["--par", "nuit"]), ["import_activites  agent nuit"]);
        assert_eq!(told(&application, &["--quoi", "releves_lus"]), ["releves_lus  agent ada"]);
        let of_one = told(&application, &["--compte", &reference.to_lowercase().replace('-', " ")]);
        assert_eq!((of_one.len(), &of_one[3]), (4, &format!("journal_lu  {reference}  agent ada")));
        assert_eq!(told(&application, &["--depuis", "01/01/2000", "--jusqu-au", "22/11/2026"]).len(), 0);
        assert_eq!(told(&application, &["--depuis", "23/11/2026", "--jusqu-au", "2026-11-23"]).len(), 2);
    });
}

#[test]
fn what_was_refused_to_somebody_is_told_with_the_mark_of_their_place() {
    trial(async |application| {
        let _dominique = application.dominique().await;
        let mut stranger = application.anonyme();
        stranger.ip = [203, 0, 113, 7];
        for courriel in ["dominique@exemple.fr", "personne@exemple.fr"] {
            stranger.sign_in(courriel, "Ce n'est pas lui 9").await.is_refused_with(401, "identifiants_faux");
        }
        let line = |account: &str, lines: &[String]| {
            lines
                .iter()
                .filter(|line| line.starts_with(&format!("connexion_refusee{account}  visiteur, origine ")))
                .count()
        };
        let reference = account_reference(&application.rows("SELECT id FROM comptes").await[0]);
        let lines = told(&application, &["--quoi", "connexion_refusee"]);
        assert_eq!((line("", &lines), line(&format!("  {reference}"), &lines)), (1, 1), "{lines:?}");
        // By the address that an inquiry gives, and that the journal does not hold.
        let from = |address: &str| {
            let all = succeeds(&application, &["journal", "--adresse"], &format!("{address}\n"));
            all.lines().count()
        };
        assert_eq!((from("203.0.113.7"), from("::ffff:203.0.113.7"), from("203.0.113.8")), (2, 2, 0));
        is_refused(&application, &["journal", "--adresse"], b"chez moi\n", "une adresse IP est attendue");
        assert_eq!(application.rows("SELECT quoi FROM journal WHERE origine LIKE '%203%'").await.len(), 0);
    });
}

#[test]
fn whoever_does_not_say_who_they_are_does_nothing() {
    trial(async |application| {
        let without_a_name = |arguments: &[&str]| {
            let mut command = acquis(application.dir.path(), arguments);
            command.env("ACQUIS_DATABASE_URL", &application.url);
            for name in ["USER", "LOGNAME", "USERNAME", "SUDO_USER"] {
                command.env_remove(name);
            }
            command
        };
        for arguments in
            [&["releves"][..], &["releve"], &["journal"], &["contestations", "CTR-1"], &["justificatifs", "HAN-1"]]
        {
            for user in [None, Some("root")] {
                let mut command = without_a_name(arguments);
                command.envs(user.map(|user| ("USER", user)));
                let output = command.output().expect("the program runs");
                let said = testbed::said(&output);
                assert!(!output.status.success() && said.contains("--agent NOM"), "{arguments:?}: {said}");
            }
        }
        // The list says nothing of anybody, and a machine may work alone.
        for arguments in [&["contestations"][..], &["justificatifs"], &["alimenter", "--annee", "2024"]] {
            assert!(without_a_name(arguments).output().expect("the program runs").status.success(), "{arguments:?}");
        }
        assert_eq!(told(&application, &["--quoi", "alimentation"]).len(), 1);
        let root = ["SUDO_USER", "USER"].map(|name| (name, if name == "USER" { "root" } else { "zoe" }));
        assert!(without_a_name(&["releves"]).envs(root).output().expect("the program runs").status.success());
        assert_eq!(told(&application, &["--par", "zoe"]), ["releves_lus  agent zoe"]);
        is_refused(&application, &["releves", "--agent", "zoe\nmartin"], b"", "--agent attend le nom");
    });
}

#[test]
fn the_database_itself_keeps_the_journal_for_a_year() {
    trial(async |application| {
        let _renaud = application.recorded(renaud()).await;
        application.anonyme().sign_in("renaud@exemple.fr", MOT_DE_PASSE).await;
        let before = application.count("journal").await;
        let mut forbidden_ones = vec![
            "UPDATE journal SET quoi = 'rien'",
            "UPDATE journal SET agent = 'un autre' WHERE agent IS NULL",
            "DELETE FROM journal",
            "DELETE FROM journal WHERE quoi = 'connexion'",
        ];
        if application.url.starts_with("sqlite:") {
            forbidden_ones.extend([
                "REPLACE INTO journal (id, quand, qui, quoi) SELECT id, quand, qui, 'rien' FROM journal",
                "REPLACE INTO journal (rowid, id, quand, qui, quoi) SELECT rowid, 'autre', quand, qui, 'rien' FROM journal",
            ]);
        } else {
            forbidden_ones.push("TRUNCATE journal");
        }
        let mut connexion = AnyConnection::connect(&application.url).await.expect("a connection");
        for forbidden in forbidden_ones {
            let refusal = sqlx::query(forbidden).execute(&mut connexion).await.expect_err(forbidden);
            assert!(refusal.to_string().contains("le journal "), "{forbidden}: {refusal}");
        }
        connexion.close().await.expect("a connection that closes");
        assert_eq!(application.count("journal").await, before);
        // Nor by the program, before a year by the lines of the journal itself, whatever the clock says.
        let (store, now) = (&application.state.store, application.state.clock.now());
        application.state.clock.advance(std::time::Duration::from_secs(24 * 3_600));
        server::chain(&application.state).await.expect("an anchor");
        store.purge_journal(now + 1, now + YEAR - 1).await.expect_err("what is not a year old");
        assert_eq!(application.count("journal").await, before);
        store.purge_journal(now + 1, now + YEAR).await.expect("what is a year old");
        assert_eq!(application.rows("SELECT qui, quoi FROM journal").await, ["service | journal_purge"]);
    });
}
