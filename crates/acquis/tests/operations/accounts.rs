//! The accounts, by the command line: found, shown without their secrets, frozen, thawed, signed out, closed.

use std::process::Output;

use domaine::retention::Closing;
use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use store::account_reference;
use testbed::{Application, MOT_DE_PASSE, Method, camille, code_in, dominique, said, trial, trial_with, with};

use crate::program::{Program as _, acquis, is_refused, succeeds};

const DOMINIQUE: &str = "dominique@exemple.fr";

async fn reference(application: &Application, courriel: &str) -> String {
    account_reference(&application.rows(&format!("SELECT id FROM comptes WHERE courriel = '{courriel}'")).await[0])
}

fn act(application: &Application, reference: &str, gesture: &str) -> String {
    succeeds(application, &["comptes", reference, gesture, "--raison", "appel du titulaire"], "")
}

#[test]
fn an_account_is_found_by_what_is_typed_and_shown_without_its_secrets() {
    trial(async |application| {
        let _dominique = application.dominique().await;
        let reference = reference(&application, DOMINIQUE).await;
        let sheet = succeeds(&application, &["comptes"], "Dominique@Exemple.fr\n");
        for said in
            [&reference, "Pat-Trois", "28/03/1979", DOMINIQUE, "+33612345678", "rien de l'identité n'est prouvé"]
        {
            assert!(sheet.contains(said), "{said}: {sheet}");
        }
        let hash = application.rows("SELECT mot_de_passe FROM comptes").await.remove(0);
        for secret in ["2790351", "215189", "$argon2", &hash] {
            assert!(!sheet.contains(secret), "{secret}: {sheet}");
        }
        for typed in ["2 79 03 51 215 189", "279035121518989", &reference, &reference.to_lowercase().replace('-', "")] {
            assert_eq!(succeeds(&application, &["comptes"], typed), sheet, "{typed}");
        }
        assert_eq!(succeeds(&application, &["comptes", &reference], ""), sheet);
        let nobody = "CPT-0000-0000-0000";
        for (typed, expected) in [
            ("personne@exemple.fr", "aucun compte ouvert n'a ce courriel"),
            ("1800175999001", "aucun compte ouvert n'a ce courriel, ou ce NIR"),
            (nobody, "aucun compte ouvert"),
            ("a@", "un courriel, ou un NIR"),
            ("279035121518988", "un courriel, ou un NIR"),
            ("", "un courriel, ou un NIR"),
        ] {
            is_refused(&application, &["comptes"], typed.as_bytes(), expected);
        }
        is_refused(&application, &["comptes", nobody], b"", "acquis journal --compte CPT-0000-0000-0000");
        is_refused(&application, &["comptes", "CTR-7K2M-9QXA"], b"", "n'est pas la référence d'un compte");
        assert_eq!(application.count("journal WHERE quoi = 'compte_lu' AND compte IS NOT NULL").await, 6);
        assert_eq!(application.count("journal WHERE quoi = 'compte_cherche'").await, 3);
    });
}

#[test]
fn a_frozen_account_signs_nobody_in_says_so_to_its_holder_alone_and_opens_again() {
    trial(async |application| {
        let mut dominique_ = application.dominique().await;
        let reference = reference(&application, DOMINIQUE).await;
        assert!(act(&application, &reference, "--geler").contains("gelé, ses appareils déconnectés"));
        assert!(act(&application, &reference, "--geler").contains("rien n'a changé"));
        // Another program froze it: the server looks again at a session after a second, and before each writing.
        let level = json!({ "confirmation": true });
        dominique_.json(Method::POST, "/api/sous-niveau-3", &level).await.is_refused_with(401, "session_requise");
        assert_eq!(application.count("sessions").await, 0);
        assert_eq!(application.count("declarations_sous_niveau_3").await, 0);
        let mut browser = application.anonyme();
        browser.sign_in(DOMINIQUE, "Ce n'est pas lui 9").await.is_refused_with(401, "identifiants_faux");
        browser.sign_in(DOMINIQUE, MOT_DE_PASSE).await.is_refused_with(403, "compte_gele");
        // Asking again opens nothing either, and another person learns nothing.
        application.comes_to_nothing(&dominique()).await;
        let other = with(with(dominique(), "courriel", "autre@exemple.fr"), "mot_de_passe", "Un autre mot de passe 7");
        application.comes_to_nothing(&other).await;
        // Nor does the way back: whoever has the mailbox reads what to do.
        let asked = json!({ "courriel": DOMINIQUE });
        assert_eq!(browser.json(Method::POST, "/api/recuperation", &asked).await.statut, 202);
        application.state.clock.advance(std::time::Duration::from_secs(1));
        let letters = application.letters_to(DOMINIQUE).await;
        let code = letters
            .iter()
            .find_map(|letter| code_in(&letter.text).filter(|_| letter.text.contains("mot-de-passe-oublie")));
        let chosen = json!({ "code": code.expect("a code"), "mot_de_passe": "Girafe violette du lundi 8" });
        let refused = browser.json(Method::POST, "/api/recuperation/mot-de-passe", &chosen).await;
        refused.is_refused_with(403, "compte_gele");
        assert_eq!(application.count("sessions").await, 0);
        let sheet = succeeds(&application, &["comptes", &reference], "");
        assert!(sheet.contains("par ada") && sheet.contains("« appel du titulaire »"), "{sheet}");

        assert!(act(&application, &reference, "--degeler").contains("dégelé"));
        assert!(act(&application, &reference, "--degeler").contains("rien n'a changé"));
        assert_eq!(browser.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, 200);
        assert_eq!(browser.json(Method::POST, "/api/sous-niveau-3", &level).await.statut, 200);
        for (occasion, count) in [("compte_gele", 1), ("compte_degele", 1)] {
            assert_eq!(
                application.count(&format!("courriers WHERE occasion = '{occasion}'")).await,
                count,
                "{occasion}"
            );
        }
        let lines = application
            .rows("SELECT quoi, agent, raison FROM journal WHERE agent IS NOT NULL AND raison IS NOT NULL")
            .await;
        assert_eq!(lines, ["compte_degele | ada | appel du titulaire", "compte_gele | ada | appel du titulaire"]);
        assert_eq!(application.count("journal WHERE quoi = 'connexion_gelee' AND compte IS NOT NULL").await, 2);
    });
}

#[test]
fn devices_are_signed_out_and_an_account_is_closed_with_all_it_held() {
    trial(async |application| {
        let mut camille_ = application.recorded(camille()).await;
        assert_eq!(camille_.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
        let reference = reference(&application, "camille@exemple.fr").await;
        assert!(act(&application, &reference, "--deconnecter").contains("déconnecté partout"));
        assert!(act(&application, &reference, "--deconnecter").contains("rien n'a changé"));
        assert_eq!(application.anonyme().sign_in("camille@exemple.fr", MOT_DE_PASSE).await.statut, 200);
        assert!(act(&application, &reference, "--fermer").contains("fermé"));
        for table in ["comptes", "sessions", "declarations_dif", "pieces"] {
            assert_eq!(application.count(table).await, 0, "{table}");
        }
        assert_eq!(application.piece_files(), 0);
        is_refused(&application, &["comptes", &reference], b"", "a été fermé");
        let journal = succeeds(&application, &["journal", "--compte", &reference, "--quoi", "compte_ferme"], "");
        assert!(
            journal.ends_with(&format!("compte_ferme  {reference}  agent ada  « appel du titulaire »\n")),
            "{journal}"
        );
        assert_eq!(application.count("courriers WHERE occasion = 'compte_ferme'").await, 1);
    });
}

/// What the program says under this setting of `fermeture`.
fn with_closing(application: &Application, days: &str, arguments: &[&str]) -> Output {
    let mut command = application.acquis(arguments);
    command.env("ACQUIS_FERMETURE", days);
    command.output().expect("the program starts")
}

#[test]
fn where_closing_waits_an_operator_and_its_holder_may_keep_the_account_until_its_day() {
    trial_with(
        |settings| settings.closing = Closing::Erases(7),
        async |application| {
            let _dominique = application.dominique().await;
            let reference = reference(&application, DOMINIQUE).await;
            let do_it = |option: &str| {
                said(&with_closing(
                    &application,
                    "7",
                    &["comptes", &reference, option, "--raison", "appel du titulaire"],
                ))
            };
            assert!(do_it("--garder").contains("rien n'a changé"));
            let planned = do_it("--fermer");
            assert!(planned.contains("sera effacé le ") && planned.contains("--garder"), "{planned}");
            assert_eq!(application.count("sessions").await, 0);
            let sheet = said(&with_closing(&application, "7", &["comptes", &reference]));
            assert!(sheet.contains("si personne ne le garde"), "{sheet}");
            assert!(do_it("--garder").contains("gardé"));
            assert_eq!(application.count("comptes WHERE fermeture_le IS NOT NULL").await, 0);
            // Its holder as well, who is told when they come.
            do_it("--fermer");
            let mut browser = application.anonyme();
            assert_eq!(browser.sign_in(DOMINIQUE, MOT_DE_PASSE).await.statut, 200);
            assert!(browser.fetch("/api/profil").await.json()["fermeture"]["demandee"].is_string());
            assert_eq!(browser.json(Method::DELETE, "/api/profil/fermeture", &json!({})).await.statut, 204);
            assert_eq!(application.count("comptes WHERE fermeture_le IS NOT NULL").await, 0);
            // One that is frozen goes at once: nobody could come and keep it.
            assert!(do_it("--geler").contains("gelé"));
            assert!(do_it("--fermer").contains("fermé"));
            assert_eq!(application.count("comptes").await, 0);
            let told =
                application.rows("SELECT occasion FROM courriers WHERE occasion LIKE '%ferme%' ORDER BY id").await;
            for occasion in ["fermeture_demandee", "fermeture_annulee", "compte_ferme"] {
                assert!(told.iter().any(|one| one == occasion), "{occasion}: {told:?}");
            }
        },
    );
}

#[test]
fn where_the_law_excludes_closing_an_operator_closes_nothing() {
    trial(async |application| {
        let _dominique = application.dominique().await;
        let reference = reference(&application, DOMINIQUE).await;
        let refused = with_closing(
            &application,
            "exclue",
            &["comptes", &reference, "--fermer", "--raison", "appel du titulaire"],
        );
        assert!(!refused.status.success() && said(&refused).contains("R6323-38"), "{}", said(&refused));
        assert_eq!(application.count("comptes WHERE fermeture_le IS NULL").await, 1);
    });
}

#[test]
fn a_reason_that_names_somebody_does_nothing() {
    trial(async |application| {
        let _dominique = application.dominique().await;
        let reference = reference(&application, DOMINIQUE).await;
        for (reason, expected) in [
            ("NIR 2790351215189", "ôtez-en le numéro"),
            ("écrit à a@exemple.fr", "ôtez-en le numéro"),
            (" ", "attend un texte"),
        ] {
            is_refused(&application, &["comptes", &reference, "--geler", "--raison", reason], b"", expected);
        }
        assert_eq!(application.count("comptes WHERE gele_le IS NOT NULL").await, 0);
        assert_eq!(application.count("sessions").await, 1);
    });
}

#[test]
fn a_machine_that_is_slow_says_nothing_more_than_the_answer() {
    trial(async |application| {
        let mut other = AnyConnection::connect(&application.url).await.expect("a connection");
        let orders: &[&str] = if application.url.starts_with("sqlite:") {
            &["BEGIN IMMEDIATE"]
        } else {
            &["BEGIN", "LOCK TABLE _sqlx_migrations IN ACCESS EXCLUSIVE MODE"]
        };
        for order in orders {
            sqlx::query(AssertSqlSafe(*order)).execute(&mut other).await.expect(order);
        }
        let refused = tokio::task::spawn_blocking({
            let (url, folder) = (application.url.clone(), application.dir.path().to_owned());
            move || acquis(&folder, &["comptes", "CPT-0000-0000-0000"]).env("ACQUIS_DATABASE_URL", url).output()
        });
        // Longer than what a library calls slow.
        tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
        sqlx::query("ROLLBACK").execute(&mut other).await.expect("the end of a wait");
        let output = refused.await.expect("a thread").expect("the program runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), error.lines().count()), (Some(1), 1), "{error}");
        assert!(error.starts_with("acquis : aucun compte"), "{error}");
    });
}
