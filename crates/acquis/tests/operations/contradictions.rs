//! An employer names somebody else under the NIR of an account: which gives way, what each of both is told and sees, and the
//! way back.

use std::time::Duration;

use serde_json::{Value, json};
use server::Clock;
use store::account_reference;
use testbed::{Application, Browser, MOT_DE_PASSE, Method, camille, example, inscription, said, trial, with};

use crate::program::{acquis, is_refused, succeeds};

const CAMILLE: &str = "camille@exemple.fr";
const SACHA: &str = "sacha@exemple.fr";

/// A month of that person under the NIR and the birth date of Camille.
fn declared(nom: &str, prenoms: &str, changes: &[(&str, &str)]) -> Vec<u8> {
    let (nom, prenoms) = (format!("'{nom}'"), format!("'{prenoms}'"));
    let who = [
        ("2790351215189", "1800175999029"),
        ("'28031979'", "'12011980'"),
        ("'PAT-TROIS'", nom.as_str()),
        ("'DOMINIQUE MARIE-LOUISE'", prenoms.as_str()),
    ];
    example(&[&who[..], changes].concat())
}

/// The same declaration, of a later number, that replaces the one before.
const AGAIN: (&str, &str) = ("S20.G00.05.004,'1'", "S20.G00.05.004,'2'");
/// The same month of another employer, whose number has a right key.
const OTHER_EMPLOYEUR: (&str, &str) = ("S21.G00.11.001,'00074'", "S21.G00.11.001,'00082'");

/// Whose NIR that is.
fn sacha() -> Value {
    with(
        inscription("Autre", "Sacha", "12/01/1980", "1800175999029", "09", SACHA),
        "mot_de_passe",
        "Le mot de Sacha 7 !",
    )
}

/// Camille, who opened an account with a number that is not theirs, and declared a DIF in it.
async fn squatter(application: &Application) -> Browser {
    let mut squatter = application.recorded(camille()).await;
    assert_eq!(squatter.declare(&[("heures", "12")], Some(b"%PDF-1.7")).await.statut, 201);
    squatter
}

async fn reference(application: &Application, courriel: &str) -> String {
    account_reference(&application.rows(&format!("SELECT id FROM comptes WHERE courriel = '{courriel}'")).await[0])
}

async fn hours(application: &Application, nom: &str) -> Vec<String> {
    let sql =
        "SELECT CAST(a.travail AS TEXT) FROM activites a JOIN personnes p ON p.id = a.personne WHERE p.nom_naissance";
    application.rows(&format!("{sql} = '{nom}'")).await
}

async fn set_aside(application: &Application) -> i64 {
    application.count("comptes WHERE mis_a_part_le IS NOT NULL").await
}

/// How many letters of that occasion were written.
async fn letters(application: &Application, occasion: &str) -> i64 {
    application.count(&format!("courriers WHERE occasion = '{occasion}'")).await
}

#[test]
fn an_account_gives_way_to_whom_an_employer_names_and_neither_sees_anything_of_the_other() {
    trial(async |application| {
        let mut squatter = squatter(&application).await;
        let report = application.import_bytes(&declared("AUTRE", "SACHA", &[]), false).await;
        assert!(report.is_lossless(), "{report}");
        assert!(report.to_string().contains("[à vérifier] Un compte était ouvert avec ce NIR"), "{report}");
        assert!(!report.to_string().contains("NOUVEL") && !report.to_string().contains("AUTRE"), "{report}");
        assert_eq!(hours(&application, "AUTRE").await, ["14467"]);

        // Still connected: what was typed, and nothing of employers.
        assert_eq!(squatter.fetch("/api/session").await.json()["niveau"], "mis_a_part");
        let rights = squatter.fetch("/api/droits").await.json();
        assert_eq!((&rights["connu"], &rights["dif_declare"]), (&json!(false), &json!(true)));
        let statement = squatter.fetch("/api/historique").await;
        assert!(!statement.text().contains("2026") || statement.json()["connu"] == false, "{}", statement.text());
        let profil = squatter.fetch("/api/profil").await;
        assert_eq!(profil.statut, 200);
        for hidden in ["Autre", "AUTRE", "SACHA", "Sacha"] {
            assert!(!profil.text().contains(hidden) && !statement.text().contains(hidden), "{hidden}");
        }
        let refused = squatter.json(Method::POST, "/api/sous-niveau-3", &json!({ "confirmation": true })).await;
        refused.is_refused_with(403, "niveau_insuffisant");
        assert_eq!(refused.json()["niveau"], "identite_prouvee");
        assert_eq!(squatter.declare(&[("heures", "13")], Some(b"%PDF-1.7")).await.statut, 403);
        let export = squatter.fetch("/api/profil/export").await;
        assert_eq!((export.statut, &export.json()["entier"]), (200.try_into().expect("a status"), &json!(false)));
        assert_eq!(export.json()["declarations_dif"][0]["heures"], "12");
        assert!(!export.text().contains("1800175999029"), "the NIR stays masked");
        assert_eq!(squatter.sign_in(CAMILLE, MOT_DE_PASSE).await.json()["niveau"], "mis_a_part");

        // The other person finds their hours, and none of what was typed.
        let mut sacha_ = application.anonyme();
        sacha_.key = "celle-de-sacha-000001".into();
        application.register(&mut sacha_, &sacha()).await;
        assert_eq!(sacha_.fetch("/api/session").await.json()["niveau"], "courriel_confirme");
        let rights = sacha_.fetch("/api/droits").await.json();
        assert_eq!((&rights["connu"], &rights["dif_declare"]), (&json!(true), &json!(false)));
        let told = application.letters_to(SACHA).await;
        let told: Vec<_> = told.iter().filter(|letter| letter.subject.starts_with("Un autre compte avait")).collect();
        assert!(told.len() == 1 && !told[0].text.contains("Nouvel") && !told[0].text.contains(CAMILLE));
        let told = application.letters_to(CAMILLE).await;
        let told: Vec<_> = told.iter().filter(|letter| letter.subject == "Votre compte est mis à part").collect();
        assert!(told.len() == 1 && !told[0].text.to_lowercase().contains("sacha"), "{}", told.len());

        // Each leaves by themselves.
        let closing = json!({ "mot_de_passe": MOT_DE_PASSE });
        assert_eq!(squatter.json(Method::DELETE, "/api/profil", &closing).await.statut, 204);
        assert_eq!(sacha_.fetch("/api/droits").await.json()["connu"], true);
        assert_eq!(hours(&application, "AUTRE").await, ["14467"]);
        assert_eq!(application.count("personnes WHERE nom_naissance = 'Nouvel'").await, 0, "erased with the account");
    });
}

#[test]
fn the_same_file_again_another_month_or_a_correction_sets_aside_and_tells_once() {
    trial(async |application| {
        let _squatter = squatter(&application).await;
        let file = declared("AUTRE", "SACHA", &[]);
        application.import_bytes(&file, false).await;
        let mut all = Vec::new();
        for again in 0..2 {
            let report = application.import_bytes(&file, false).await;
            assert!(report.is_lossless() && !report.to_string().contains("[à vérifier]"), "{report}");
            assert_eq!(hours(&application, "AUTRE").await, ["14467"]);
            let before = std::mem::replace(&mut all, application.all().await);
            assert!(again == 0 || before == all);
        }
        let report = application.import_bytes(&declared("AUTRE", "SACHA", &[AGAIN]), false).await;
        assert!(report.is_lossless() && !report.to_string().contains("[à vérifier]"), "{report}");
        application.import_bytes(&declared("AUTRE", "SACHA", &[OTHER_EMPLOYEUR]), false).await;
        assert_eq!(hours(&application, "AUTRE").await, ["28934"]);
        assert_eq!((set_aside(&application).await, letters(&application, "mis_a_part").await), (1, 1));
        let kept = application.rows("SELECT quoi, agent FROM journal WHERE quoi = 'compte_mis_a_part'").await;
        assert_eq!(kept, ["compte_mis_a_part | Ada Test"]);
    });
}

#[test]
fn a_dry_run_says_so_and_sets_nothing_aside() {
    trial(async |application| {
        let _squatter = squatter(&application).await;
        let report = application.import_bytes(&declared("AUTRE", "SACHA", &[]), true).await;
        assert!(report.to_string().contains("[à vérifier] Un compte était ouvert avec ce NIR"), "{report}");
        assert_eq!((set_aside(&application).await, letters(&application, "mis_a_part").await), (0, 0));
        assert_eq!(application.count("journal WHERE quoi = 'compte_mis_a_part'").await, 0);
    });
}

#[test]
fn a_csv_sets_aside_as_a_dsn_does_and_an_event_does_not() {
    trial(async |application| {
        let _squatter = squatter(&application).await;
        let event = "reference;nir;nom_naissance;prenoms;date_naissance;nature;date;montant;financeur\n\
                     A-1;1800175999029;Autre;Sacha;12/01/1980;abondement;01/02/2025;100;La région\n";
        let report = application.import_file(event, false).await;
        assert_eq!((report.gaps(), set_aside(&application).await), (1, 0), "{report}");
        let csv = "nir;nom_naissance;prenoms;date_naissance;annee;heures\n\
                   1800175999029;Autre;Sacha;12/01/1980;2024;1607\n1800175999029;Autre;Sacha;12/01/1980;2025;1607\n";
        let report = application.import_csv(csv, false).await;
        assert_eq!((report.gaps(), set_aside(&application).await), (0, 1), "{report}");
        assert_eq!(hours(&application, "Autre").await.len(), 2);
        assert_eq!(application.import_file(event, false).await.gaps(), 0);
        assert_eq!(letters(&application, "mis_a_part").await, 1);
    });
}

#[test]
fn a_name_that_a_provider_proved_proves_no_number_and_a_document_does() {
    trial(async |application| {
        let _squatter = squatter(&application).await;
        application.as_named_by_a_provider().await;
        let report = application.import_bytes(&declared("AUTRE", "SACHA", &[]), false).await;
        assert_eq!((report.gaps(), set_aside(&application).await), (0, 1), "{report}");
    });
    // An operator saw one, after a provider had named its holder.
    trial(async |application| {
        let _account = application.recorded(camille()).await;
        application.as_named_by_a_provider().await;
        let reference = reference(&application, CAMILLE).await;
        succeeds(&application, &["comptes", &reference, "--prouver", "--preuve", "attestation vue"], "");
        let report = application.import_bytes(&declared("AUTRE", "SACHA", &[]), false).await;
        assert_eq!((report.gaps(), set_aside(&application).await), (1, 0), "{report}");
    });
}

#[test]
fn a_slip_of_payroll_a_proof_and_another_employer_protect_the_account_for_an_operator_to_judge() {
    // A name in use, a compound name, an order, a letter, a birth day.
    for (nom, prenoms, changes) in [
        ("MARTIN", "CAMILLE", &[][..]),
        ("NOUVEL", "SACHA", &[("'12011980'", "'13011980'")]),
        ("CAMILLE", "NOUVEL", &[]),
        ("NOUVAL", "SACHA", &[]),
    ] {
        trial(async move |application| {
            let _account = application.recorded(camille()).await;
            let report = application.import_bytes(&declared(nom, prenoms, changes), false).await;
            assert_eq!(report.gaps(), 1, "{nom} {prenoms}: {report}");
            assert_eq!((set_aside(&application).await, letters(&application, "mis_a_part").await), (0, 0));
        });
    }
    trial(async |application| {
        let _account = application.recorded(camille()).await;
        application.import_bytes(&declared("NOUVEL", "CAMILLE", &[]), false).await;
        let other = declared("AUTRE", "SACHA", &[OTHER_EMPLOYEUR]);
        let report = application.import_bytes(&other, false).await;
        assert_eq!((report.gaps(), set_aside(&application).await), (1, 0), "{report}");
        assert_eq!(hours(&application, "Nouvel").await, ["14467"]);
        // Once an operator gave the NIR back, the same file counts: nothing of it was taken for done.
        let reference = reference(&application, CAMILLE).await;
        succeeds(&application, &["comptes", &reference, "--liberer-nir", "--preuve", "attestation vue"], "");
        assert!(application.import_bytes(&other, false).await.is_lossless());
    });
    trial(async |application| {
        let mut proved = application.recorded(camille()).await;
        let reference = reference(&application, CAMILLE).await;
        succeeds(&application, &["comptes", &reference, "--prouver", "--preuve", "pièce vue"], "");
        let report = application.import_bytes(&declared("AUTRE", "SACHA", &[]), false).await;
        assert_eq!((report.gaps(), set_aside(&application).await), (1, 0), "{report}");
        assert_eq!(proved.fetch("/api/droits").await.json()["connu"], false);
    });
}

#[test]
fn an_operator_gives_the_nir_back_on_a_proof_and_the_hours_of_the_other_wait_for_their_employer() {
    trial(async |application| {
        let mut camille_ = squatter(&application).await;
        let account = reference(&application, CAMILLE).await;
        let mistaken = declared("AUTRE", "SACHA", &[]);
        application.import_bytes(&mistaken, false).await;
        let sheet = succeeds(&application, &["comptes", &account], "");
        assert!(sheet.contains("un employeur déclare son NIR pour quelqu'un d'autre"), "{sheet}");
        assert_eq!(succeeds(&application, &["comptes"], "1800175999029").matches("mis à part").count(), 1);
        let proof = ["--preuve", "carte d'identité et attestation de droits vues"];
        let act = |gesture: &str| succeeds(&application, &["comptes", &account, gesture, proof[0], proof[1]], "");
        is_refused(&application, &["comptes", &account, "--prouver", proof[0], proof[1]], b"", "--rendre-nir");
        assert!(act("--rendre-nir").contains("son NIR lui est rendu"));
        assert!(act("--rendre-nir").contains("rien n'a changé"));
        application.state.clock.advance(Duration::from_secs(2));
        assert_eq!(camille_.fetch("/api/session").await.json()["niveau"], "identite_prouvee");
        assert_eq!(camille_.fetch("/api/droits").await.json()["connu"], false, "the hours of the other are not theirs");
        assert_eq!(hours(&application, "AUTRE").await, ["14467"], "and are not lost");
        assert_eq!(letters(&application, "nir_rendu").await, 1);
        // The other cannot take the number again, nor does the file: two people, and a proof.
        application.comes_to_nothing(&sacha()).await;
        let report = application.import_bytes(&declared("AUTRE", "SACHA", &[OTHER_EMPLOYEUR]), false).await;
        assert_eq!((report.gaps(), set_aside(&application).await), (1, 0), "{report}");
        // The employer replaces what it said: the hours are Camille's, and no more the other's.
        let report = application.import_bytes(&declared("NOUVEL", "CAMILLE", &[AGAIN]), false).await;
        assert!(report.is_lossless(), "{report}");
        assert_eq!((hours(&application, "AUTRE").await.len(), hours(&application, "Nouvel").await.len()), (0, 1));
        application.state.clock.advance(Duration::from_secs(2));
        assert_eq!(camille_.fetch("/api/droits").await.json()["connu"], true);
    });
}

#[test]
fn a_nir_that_somebody_opened_an_account_with_since_is_not_given_back_before_it_is_freed() {
    trial(async |application| {
        let _squatter = squatter(&application).await;
        application.import_bytes(&declared("AUTRE", "SACHA", &[]), false).await;
        let mut sacha_ = application.anonyme();
        sacha_.key = "celle-de-sacha-000002".into();
        application.register(&mut sacha_, &sacha()).await;
        let (account, other) = (reference(&application, CAMILLE).await, reference(&application, SACHA).await);
        let asked = ["comptes", &account, "--rendre-nir", "--preuve", "pièce vue"];
        is_refused(&application, &asked, b"", "un autre compte a ce NIR");
        succeeds(&application, &["comptes", &other, "--liberer-nir", "--preuve", "pièce vue"], "");
        assert!(succeeds(&application, &asked, "").contains("son NIR lui est rendu"));
        // Of one that an operator freed, the NIR is somebody else's by a proof.
        let freed = ["comptes", &other, "--rendre-nir", "--preuve", "pièce vue"];
        is_refused(&application, &freed, b"", "tant qu'un autre ne lui est pas donné");
    });
}

#[test]
fn an_employer_who_takes_everything_back_gives_the_account_its_nir_again() {
    trial(async |application| {
        let mut camille_ = squatter(&application).await;
        application.import_bytes(&declared("AUTRE", "SACHA", &[]), false).await;
        assert_eq!(set_aside(&application).await, 1);
        let report = application.import_bytes(&declared("NOUVEL", "CAMILLE", &[AGAIN]), false).await;
        assert!(report.is_lossless() && report.to_string().contains("retrouve son NIR"), "{report}");
        assert_eq!((set_aside(&application).await, letters(&application, "nir_rendu").await), (0, 1));
        application.state.clock.advance(Duration::from_secs(2));
        assert_eq!(camille_.fetch("/api/session").await.json()["niveau"], "courriel_confirme");
        assert_eq!(camille_.fetch("/api/droits").await.json()["connu"], true);
        assert_eq!(hours(&application, "Nouvel").await, ["14467"]);
        // Named by an employer by now: the next who contradicts them is for an operator.
        let report = application.import_bytes(&declared("AUTRE", "SACHA", &[OTHER_EMPLOYEUR]), false).await;
        assert_eq!((report.gaps(), set_aside(&application).await), (1, 0), "{report}");
    });
}

#[test]
fn employers_who_disagree_about_an_account_that_is_set_aside_are_left_to_an_operator() {
    trial(async |application| {
        let _squatter = squatter(&application).await;
        application.import_bytes(&declared("AUTRE", "SACHA", &[]), false).await;
        let other = declared("NOUVEL", "CAMILLE", &[OTHER_EMPLOYEUR]);
        let report = application.import_bytes(&other, false).await;
        assert_eq!((report.gaps(), set_aside(&application).await), (1, 1), "{report}");
        assert!(report.to_string().contains("pour deux personnes"), "{report}");
        assert_eq!(hours(&application, "AUTRE").await, ["14467"]);
        // In one file as well: no line decides for another.
        let csv = "nir;nom_naissance;prenoms;date_naissance;annee;heures\n1800175999029;Nouvel;Camille;12/01/1980;2024;1607\n";
        assert_eq!(application.import_csv(csv, false).await.gaps(), 1);
        let account = reference(&application, CAMILLE).await;
        succeeds(&application, &["comptes", &account, "--rendre-nir", "--preuve", "pièce vue"], "");
        assert!(application.import_bytes(&other, false).await.is_lossless());
        assert_eq!(hours(&application, "Nouvel").await, ["14467"]);
    });
}

#[test]
fn two_imports_at_once_set_aside_once_and_lose_no_hour() {
    trial(async |application| {
        let _squatter = squatter(&application).await;
        let files = [declared("AUTRE", "SACHA", &[]), declared("AUTRE", "SACHA", &[OTHER_EMPLOYEUR])];
        let running: Vec<_> = files
            .iter()
            .enumerate()
            .map(|(index, file)| {
                let path = application.dir.path().join(format!("{index}.dsn"));
                std::fs::write(&path, file).expect("a file");
                let mut command = acquis(application.dir.path(), &["importer", "dsn", &path.to_string_lossy()]);
                command.env("ACQUIS_DATABASE_URL", &application.url);
                command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
                command.spawn().expect("the program starts")
            })
            .collect();
        for child in running {
            let output = child.wait_with_output().expect("its end");
            assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        }
        assert_eq!(hours(&application, "AUTRE").await, ["28934"]);
        assert_eq!((set_aside(&application).await, letters(&application, "mis_a_part").await), (1, 1));
    });
}

#[test]
fn an_account_that_is_set_aside_is_frozen_and_thawed_like_any_other() {
    trial(async |application| {
        let mut squatter = squatter(&application).await;
        application.import_bytes(&declared("AUTRE", "SACHA", &[]), false).await;
        let account = reference(&application, CAMILLE).await;
        for gesture in ["--geler", "--degeler"] {
            succeeds(&application, &["comptes", &account, gesture, "--raison", "appel du titulaire"], "");
        }
        let behind = Clock::system().now().saturating_sub(application.state.clock.now()).max(0);
        application.state.clock.advance(Duration::from_millis(behind.unsigned_abs()) + Duration::from_secs(1));
        assert_eq!(squatter.sign_in(CAMILLE, MOT_DE_PASSE).await.json()["niveau"], "mis_a_part");
    });
}
