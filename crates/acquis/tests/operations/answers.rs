//! The disputed lines by the command line: what an operator reads, and what they answer.

use batch::Nobody;
use batch::contestations::{self, Action, Desk};
use serde_json::{Value, json};
use testbed::{Application, Browser, Method, camille, operator, trial, write};

use crate::program::{is_refused, succeeds};

async fn dispute(person: &mut Browser, ligne: &str, raison: &str) -> String {
    let view = person.json(Method::POST, "/api/contestations", &json!({ "ligne": ligne, "raison": raison })).await;
    view.json()["reference"].as_str().expect("a reference").to_owned()
}

async fn view(person: &mut Browser) -> Value {
    person.fetch("/api/historique").await.json()["contestations"][0].clone()
}

#[test]
fn the_list_says_nothing_of_the_holder_and_shows_what_was_answered_only_when_asked() {
    trial(async |application| {
        assert_eq!(succeeds(&application, &["contestations"], ""), "en attente d'une réponse : 0\n");
        let mut dominique = application.dominique().await;
        let reference = dispute(&mut dominique, "2020-06-30.0", "J’ai travaillé à temps plein.").await;
        let list = succeeds(&application, &["contestations"], "");
        let expected = format!("{reference}  23/11/2026  ligne du 30/06/2020, 500,00\u{a0}€  employeur  reçue\n");
        assert_eq!(list, format!("{expected}en attente d'une réponse : 1\n"));
        succeeds(&application, &["contestations", &reference, "--repondre"], "Non.");
        assert_eq!(succeeds(&application, &["contestations"], ""), "en attente d'une réponse : 0\n");
        let list = succeeds(&application, &["contestations", "--toutes"], "");
        assert_eq!(list, expected.replace("reçue", "répondue") + "en attente d'une réponse : 0\n");
    });
}

#[test]
fn an_operator_takes_up_a_request_answers_it_once_and_adds_to_the_answer() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let reference = dispute(&mut dominique, "2020-06-30.0", "Temps plein.\nréponse \u{202e}du 1").await;
        let sheet = succeeds(&application, &["contestations", &reference.to_lowercase()], "");
        assert!(sheet.contains("  | Temps plein.\n  | réponse \\u{202e}du 1\n"), "{sheet}");
        assert!(!sheet.contains("Pat-Trois") && !sheet.contains("dominique@") && !sheet.contains("2790351"), "{sheet}");

        let complete = ["contestations", &reference, "--completer"];
        is_refused(&application, &complete, b"Trop vite.", "--repondre donne la première");
        let under_way = ["contestations", &reference, "--en-cours"];
        assert!(succeeds(&application, &under_way, "").contains("le titulaire le voit"));
        assert!(succeeds(&application, &under_way, "").contains("déjà en cours depuis le"));
        assert_eq!(view(&mut dominique).await["statut"], "en_cours");

        let answer = ["contestations", &reference, "--repondre"];
        assert!(succeeds(&application, &answer, "\u{feff}Votre employeur\r\na corrigé.\n").contains("enregistrée"));
        is_refused(&application, &answer, b"Autre chose.", "--completer");
        is_refused(&application, &under_way, b"", "--completer");
        let letter = write(application.dir.path(), "lettre.txt", "En partie.".as_bytes()).display().to_string();
        succeeds(&application, &["contestations", &reference, "--completer", &letter], "");

        let view = view(&mut dominique).await;
        let texts: Vec<&Value> =
            view["reponses"].as_array().into_iter().flatten().map(|response| &response["texte"]).collect();
        assert_eq!(
            (&view["statut"], texts),
            (&json!("repondue"), vec![&json!("Votre employeur\na corrigé."), &json!("En partie.")])
        );
        let sheet = succeeds(&application, &["contestations", &reference], "");
        assert!(
            sheet.contains("  | Votre employeur\n  | a corrigé.\n") && sheet.contains("  | En partie.\n"),
            "{sheet}"
        );
        let notes = application.rows("SELECT quoi FROM journal WHERE qui = 'operateur'").await;
        let (read, answered) = ("contestation_lue", "contestation_repondue");
        assert_eq!(notes, [read, read, "contestation_prise_en_charge", answered, answered]);
    });
}

#[test]
fn what_is_no_answer_is_refused_with_a_sentence_and_records_nothing() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let reference = dispute(&mut dominique, "2020-06-30.0", "Faux.").await;
        let answer = ["contestations", &reference, "--repondre"];
        let (long, endless) = ("é".repeat(2_001), "a".repeat(1_000_000));
        for (input, expected) in [
            (&b""[..], "la réponse est vide"),
            (b" \n\t\r\n", "la réponse est vide"),
            (long.as_bytes(), "dépasse 2\u{202f}000 caractères"),
            (endless.as_bytes(), "dépasse 2\u{202f}000 caractères"),
            (b"d\xe9j\xe0", "n'est pas en UTF-8"),
            (b"non\x1b[2J", "signe invisible"),
        ] {
            is_refused(&application, &answer, input, expected);
        }
        is_refused(&application, &["contestations", &reference, "--repondre", "absente.txt"], b"", "absente.txt");
        is_refused(&application, &["contestations", &reference, "--repondre", "."], b"", "lecture impossible");
        for action in [&[][..], &["--en-cours"], &["--repondre"], &["--completer"]] {
            let arguments = [&["contestations", "CTR-0000\u{1b}0000"], action].concat();
            is_refused(&application, &arguments, b"Oui.", "la référence « CTR-0000\\u{1b}0000 »");
        }
        assert_eq!(application.count("suites_contestations").await, 0);
        succeeds(&application, &answer, &"𝄞".repeat(2_000));
    });
}

const HEADER: &str = "nir;nom_naissance;prenoms;date_naissance;annee;heures\n";

async fn say(application: &Application, hours: &str) {
    let csv = format!("{HEADER}1800175999029;Nouvel;Camille;12/01/1980;2024;{hours}\n");
    assert_eq!(application.import_csv(&csv, false).await.gaps(), 0);
}

async fn sheet(application: &Application, reference: &str) -> String {
    let state = &application.state;
    let desk = Desk {
        store: &state.store,
        letters: &state.letters,
        operator: &operator(),
        console: &Nobody,
        moment: application.moment(),
        bareme: &state.bareme(),
    };
    let read = contestations::follow(desk, reference, &Action::Show).await;
    read.unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[test]
fn the_line_of_today_is_beside_that_of_the_day_of_the_request() {
    trial(async |application| {
        say(&application, "1607").await;
        let mut camille = application.recorded(camille()).await;
        let reference = dispute(&mut camille, "2025-06-30.0", "J’étais à mi-temps.").await;
        let before =
            "ligne du 30/06/2025, repère 2025-06-30.0\n  le 23/11/2026, jour de la demande : 500,00\u{a0}€\n  ";
        let full = "le 23/11/2026 : 500,00\u{a0}€, année 2024 : 1607,00\u{a0}h sur 1607,00\u{a0}h (";
        let read = sheet(&application, &reference).await;
        assert!(read.contains(&format!("{before}{full}")), "{read}");
        assert!(read.contains("\nrien n'a changé depuis la demande\n"), "{read}");

        // Before the ledger knows the year, an import mends the line itself.
        say(&application, "400").await;
        let read = sheet(&application, &reference).await;
        assert!(read.contains(&format!("{before}le 23/11/2026 : 124,46\u{a0}€, année 2024 : 400,00\u{a0}h")), "{read}");
        assert!(read.contains("\nelle a changé depuis la demande\n"), "{read}");
        say(&application, "0").await;
        let read = sheet(&application, &reference).await;
        assert!(read.contains("le relevé n'a plus cette ligne\nelle a changé depuis la demande\n"), "{read}");
    });
}

#[test]
fn a_dif_that_adds_changes_nothing_in_the_first_and_one_that_replaces_does() {
    trial(async |application| {
        let mut renaud = application.renaud().await;
        assert_eq!(renaud.declare(&[("heures", "20")], Some(b"%PDF-1.7")).await.statut, 201);
        let reference = dispute(&mut renaud, "2026-11-23.0", "C’était 30.").await;
        for (rapport, verdict) in [("ajoute", "rien n'a changé"), ("remplace", "elle a changé")] {
            renaud.key = format!("{rapport}-0123456789");
            let champs = [("heures", "10"), ("rapport", rapport)];
            assert_eq!(renaud.declare(&champs, Some(b"%PDF-1.7")).await.statut, 201);
            let read = sheet(&application, &reference).await;
            assert!(read.contains("  puis, le 23/11/2026 : 150,00\u{a0}€, DIF de 10\u{a0}h"), "{read}");
            assert!(read.contains(&format!("\n{verdict} depuis la demande\n")), "{read}");
        }
    });
}

#[test]
fn a_line_that_is_credited_stays_and_those_that_correct_it_are_shown_after_it() {
    trial(async |application| {
        say(&application, "1607").await;
        application.alimentation(2024).await;
        let mut camille = application.recorded(camille()).await;
        let reference = dispute(&mut camille, "2025-06-30.0", "J’étais à mi-temps.").await;
        for (hours, days) in [("400", 1), ("803", 1)] {
            application.state.clock.advance(std::time::Duration::from_secs(days * 24 * 3_600));
            say(&application, hours).await;
            application.alimentation(2024).await;
        }
        let read = sheet(&application, &reference).await;
        let starts = [
            "  le 25/11/2026 : 500,00\u{a0}€, année 2024 : 1607,00\u{a0}h",
            "  puis, le 24/11/2026 : -500,00\u{a0}€, reprise de la ligne du 30/06/2025 : année rectifiée",
            "  puis, le 24/11/2026 : 124,46\u{a0}€, année 2024 : 400,00\u{a0}h",
            "  puis, le 25/11/2026 : -124,46\u{a0}€, reprise de la ligne du 24/11/2026 : année rectifiée",
            "  puis, le 25/11/2026 : 249,85\u{a0}€, année 2024 : 803,00\u{a0}h",
            "elle a changé depuis la demande",
        ];
        let lignes: Vec<&str> =
            read.lines().skip_while(|ligne| !ligne.starts_with(starts[0])).take(starts.len()).collect();
        assert_eq!(lignes.len(), starts.len(), "{read}");
        for (ligne, start) in lignes.iter().zip(starts) {
            assert!(ligne.starts_with(start), "{start}: {read}");
        }
    });
}
