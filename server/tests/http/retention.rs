//! An account that nobody uses: its holder is told twice, then it closes; and that of somebody who died.

use std::time::Duration;

use domaine::retention::Retention;
use server::clean;
use sqlx::{AssertSqlSafe, Connection as _};
use testbed::{Application, MOT_DE_PASSE, renaud, trial, trial_with};

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// Lets days go by, and the clean-up see that its clock is steady.
async fn after(application: &Application, days: u32) {
    application.state.clock.advance(DAY * (days - 1));
    clean(&application.state).await.expect("a clean-up");
    application.state.clock.advance(DAY);
    clean(&application.state).await.expect("a clean-up");
}

async fn told(application: &Application) -> Vec<String> {
    let mut subjects: Vec<String> = application.letters().await.into_iter().map(|letter| letter.subject).collect();
    subjects.retain(|subject| subject.starts_with("Votre compte"));
    subjects
}

const FIVE_YEARS: u32 = 5 * 365 + 2;

#[test]
fn an_account_that_nobody_uses_is_told_twice_then_closes_and_what_employers_declared_stays() {
    trial(async |application| {
        application.dominique().await;
        after(&application, FIVE_YEARS - 2).await;
        assert_eq!(told(&application).await.len(), 0, "not on the eve");
        after(&application, 2).await;
        assert_eq!(told(&application).await.len(), 1);
        let letter = application.letters().await.into_iter().find(|l| l.subject.contains("va être fermé"));
        let letter = letter.expect("a letter");
        assert!(letter.text.contains("depuis 5 ans") && letter.text.contains("connectez-vous"), "{}", letter.text);
        clean(&application.state).await.expect("a clean-up");
        after(&application, 58).await;
        assert_eq!(told(&application).await.len(), 0, "a letter is kept for a week, and none was written since");
        after(&application, 2).await;
        assert_eq!(told(&application).await.len(), 1, "the second one");
        assert_eq!(application.count("comptes").await, 1);
        let known = application.count("personnes").await;
        after(&application, 30).await;
        assert_eq!((application.count("comptes").await, application.count("personnes").await), (0, known));
        assert_eq!(told(&application).await, ["Votre compte est fermé"]);
        let service = "journal WHERE qui = 'service' AND quoi";
        assert_eq!(application.count(&format!("{service} = 'fermeture_annoncee'")).await, 2);
        assert_eq!(application.count(&format!("{service} = 'compte_inutilise_ferme'")).await, 1);
        application.dominique().await;
    });
}

#[test]
fn whoever_signs_in_after_a_letter_keeps_their_account_and_no_time_is_remembered_but_a_day() {
    trial(async |application| {
        application.recorded(renaud()).await;
        assert_eq!(application.count("comptes WHERE utilise_le = '2026-11-23'").await, 1);
        after(&application, FIVE_YEARS).await;
        assert_eq!(application.count("comptes WHERE rappels = 1").await, 1);
        let courriel = renaud()["courriel"].as_str().expect("an e-mail").to_owned();
        assert_eq!(application.anonyme().sign_in(&courriel, MOT_DE_PASSE).await.statut, 200);
        assert_eq!(application.count("comptes WHERE rappels = 0 AND rappel_le IS NULL").await, 1);
        after(&application, 120).await;
        assert_eq!(application.count("comptes WHERE rappels = 0").await, 1);
    });
}

#[test]
fn two_servers_write_one_letter_and_none_where_accounts_are_kept_for_ever() {
    trial(async |application| {
        application.dominique().await;
        application.state.clock.advance(DAY * FIVE_YEARS);
        clean(&application.state).await.expect("a clean-up");
        application.state.clock.advance(DAY);
        let (one, two) = tokio::join!(clean(&application.state), clean(&application.state));
        assert!(one.is_ok() && two.is_ok());
        assert_eq!(told(&application).await.len(), 1);
    });
    trial_with(
        |settings| settings.retention = None,
        async |application| {
            application.dominique().await;
            after(&application, FIVE_YEARS * 2).await;
            assert_eq!((told(&application).await.len(), application.count("comptes").await), (0, 1));
        },
    );
}

#[test]
fn an_account_that_holds_a_dif_is_left_alone_and_that_of_somebody_who_died_goes_after_three_years_in_silence() {
    trial_with(
        |settings| settings.retention = Retention::years(2),
        async |application| {
            let mut holder = application.recorded(renaud()).await;
            let pdf = b"%PDF-1.7\nune attestation, de personne en particulier\n%%EOF\n";
            let declared = holder.declare(&[("heures", "87"), ("rapport", "remplace")], Some(pdf)).await;
            assert_eq!(declared.statut, 201, "{}", declared.text());
            after(&application, FIVE_YEARS).await;
            assert_eq!((told(&application).await.len(), application.piece_files()), (0, 1));
            let on = application.state.clock.today();
            let sql = format!(
                "INSERT INTO evenements (reference, personne, nature, le, recu_le)
                 SELECT 'essai-deces', personne, 'deces', '{on}', 0 FROM comptes"
            );
            let mut connexion = sqlx::AnyConnection::connect(&application.url).await.expect("a connection");
            sqlx::query(AssertSqlSafe(sql)).execute(&mut connexion).await.expect("a death");
            connexion.close().await.expect("a connection that closes");
            after(&application, 3 * 365).await;
            assert_eq!(application.count("comptes").await, 1, "not on the eve of three years");
            after(&application, 2).await;
            assert_eq!((application.count("comptes").await, application.piece_files()), (0, 0));
            assert_eq!(told(&application).await.len(), 0, "nobody is written to");
        },
    );
}
