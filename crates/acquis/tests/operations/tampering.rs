//! What an administrator of the database, who has no key, does to the journal is found by `acquis journal verifier`.

use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use testbed::{Application, MOT_DE_PASSE, renaud, said, trial};

use crate::program::{acquis, succeeds};

/// The journal of somebody who came back a few times, chained.
async fn lived(application: &Application) {
    let _renaud = application.recorded(renaud()).await;
    for _ in 0..4 {
        application.anonyme().sign_in("renaud@exemple.fr", MOT_DE_PASSE).await;
    }
    let told = succeeds(application, &["journal", "verifier"], "");
    assert!(told.ends_with("intact\n"), "{told}");
}

/// Does this with the triggers out of the way, as the owner of the tables may.
pub async fn as_an_administrator(application: &Application, orders: &[&str]) {
    let mut connexion = AnyConnection::connect(&application.url).await.expect("a connection");
    let mut run = async |sql: &str| {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut connexion).await.expect(sql);
    };
    if application.url.starts_with("sqlite:") {
        for trigger in ["modification", "effacement", "remplacement"] {
            for table in ["journal", "maillons", "ancres"] {
                run(&format!("DROP TRIGGER {table}_sans_{trigger}")).await;
            }
        }
    } else {
        for table in ["journal", "maillons", "ancres"] {
            run(&format!("ALTER TABLE {table} DISABLE TRIGGER USER")).await;
        }
    }
    for order in orders {
        run(order).await;
    }
    connexion.close().await.expect("a connection that closes");
}

pub fn is_found(application: &Application, expected: &str) {
    for _ in 0..2 {
        let mut command = acquis(application.dir.path(), &["journal", "verifier"]);
        let output = command.env("ACQUIS_DATABASE_URL", &application.url).output().expect("the program runs");
        let told = said(&output);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.contains(expected) && told.contains("touché : gardez"), "{expected}: {told}");
        assert!(!told.contains("intact\n"), "{told}");
    }
}

const THIRD: &str = "(SELECT ligne FROM maillons WHERE rang = 3)";

#[test]
fn a_line_that_was_changed_is_found_whatever_it_says_now() {
    for change in [
        "quoi = 'deconnexion'",
        "qui = 'operateur', agent = 'Zoé Martin'",
        "quand = quand + 1",
        "compte = NULL",
        "raison = ''",
        "origine = 'ailleurs'",
        "sceau = NULL",
    ] {
        trial(async |application| {
            lived(&application).await;
            as_an_administrator(&application, &[&format!("UPDATE journal SET {change} WHERE id = {THIRD}")]).await;
            is_found(&application, "TOUCHÉ : la ligne 3, du 23/11/2026 10:00:00, a été changée");
        });
    }
}

#[test]
fn a_line_that_was_removed_is_found_with_its_link_or_without() {
    trial(async |application| {
        lived(&application).await;
        as_an_administrator(&application, &[&format!("DELETE FROM journal WHERE id = {THIRD}")]).await;
        is_found(&application, "TOUCHÉ : la ligne 3, du 23/11/2026 10:00:00, a été supprimée");
    });
    for (rank, expected) in [(3, "il manque des lignes avant la ligne 4"), (1, "il manque des lignes avant la ligne 2")]
    {
        trial(async |application| {
            lived(&application).await;
            let line = format!("DELETE FROM journal WHERE id = (SELECT ligne FROM maillons WHERE rang = {rank})");
            let link = format!("DELETE FROM maillons WHERE rang = {rank}");
            as_an_administrator(&application, &[&line, &link]).await;
            is_found(&application, expected);
        });
    }
    // What follows is put one rank lower, so that none is missing.
    trial(async |application| {
        lived(&application).await;
        let line = format!("DELETE FROM journal WHERE id = {THIRD}");
        let link = "DELETE FROM maillons WHERE rang = 3";
        let close = "UPDATE maillons SET rang = 3 WHERE rang = 4";
        as_an_administrator(&application, &[&line, link, close]).await;
        is_found(&application, "le maillon 3 n'est pas celui de ce service");
    });
}

#[test]
fn a_line_that_was_added_or_moved_is_found() {
    const ADDED: &str = "INSERT INTO journal (id, quand, qui, quoi, agent, sceau)";
    // No trigger has to be taken away to add one.
    for seal in ["NULL", "'0123456789abcdef'", "(SELECT MIN(sceau) FROM journal)"] {
        trial(async |application| {
            lived(&application).await;
            let sql =
                format!("{ADDED} SELECT 'fausse', quand, 'operateur', 'releve_lu', 'Zoé', {seal} FROM journal LIMIT 1");
            let mut connexion = AnyConnection::connect(&application.url).await.expect("a connection");
            sqlx::query(AssertSqlSafe(sql)).execute(&mut connexion).await.expect("a line");
            connexion.close().await.expect("a connection that closes");
            is_found(&application, "n'a pas été écrite avec la clé de ce service");
        });
    }
    // The same, said to be of before seals.
    trial(async |application| {
        lived(&application).await;
        let line =
            format!("{ADDED} SELECT 'fausse', quand, 'operateur', 'releve_lu', 'Zoé', NULL FROM journal LIMIT 1");
        let link = "INSERT INTO maillons (rang, ligne, quand, empreinte, repris, precedent, lien)
            SELECT rang + 1, 'fausse', quand, empreinte, 1, lien, lien FROM maillons
            WHERE rang = (SELECT MAX(rang) FROM maillons)";
        as_an_administrator(&application, &[&line, link]).await;
        is_found(&application, "n'est pas celui de ce service");
    });
    trial(async |application| {
        lived(&application).await;
        let swap = [
            "UPDATE maillons SET rang = 1000 WHERE rang = 2",
            "UPDATE maillons SET rang = 2 WHERE rang = 3",
            "UPDATE maillons SET rang = 3 WHERE rang = 1000",
        ];
        as_an_administrator(&application, &swap).await;
        is_found(&application, "le maillon 2 n'est pas celui de ce service");
    });
}

#[test]
fn the_database_itself_refuses_to_change_what_chains_the_journal() {
    trial(async |application| {
        lived(&application).await;
        let mut forbidden_ones = vec!["UPDATE maillons SET repris = 1", "DELETE FROM maillons WHERE rang = 2"];
        if application.url.starts_with("sqlite:") {
            forbidden_ones.push("REPLACE INTO maillons SELECT rang, 'autre', quand, '', 0, '', '' FROM maillons");
        } else {
            forbidden_ones.push("TRUNCATE maillons");
        }
        let mut connexion = AnyConnection::connect(&application.url).await.expect("a connection");
        for forbidden in forbidden_ones {
            let refusal = sqlx::query(forbidden).execute(&mut connexion).await.expect_err(forbidden);
            assert!(refusal.to_string().contains("le journal "), "{forbidden}: {refusal}");
        }
        connexion.close().await.expect("a connection that closes");
    });
}
