//! The disabilities declared with a proof, by the command line: what an operator sees of them, and what they decide.

use batch::Nobody;
use batch::justificatifs::{self, Action, Desk};
use domaine::mesures::Day;
use serde_json::Value;
use store::Pieces;
use testbed::{Application, Browser, Method, camille, multipart, operator, trial, write};

use crate::program::{is_refused, succeeds};

const PDF: &[u8] = b"%PDF-1.7\nune attestation de droits, de personne en particulier\n%%EOF\n";
const BOUNDARY: &str = "multipart/form-data; boundary=FRONTIERE";

async fn declare(person: &mut Browser) -> String {
    let view = person
        .bytes(Method::POST, "/api/handicap", BOUNDARY, multipart(&[("consentement", "oui")], Some(PDF)))
        .await
        .json();
    view["declarations"][0]["reference"].as_str().expect("a reference").to_owned()
}

async fn shown(person: &mut Browser) -> Value {
    person.fetch("/api/handicap").await.json()["declarations"][0].clone()
}

/// What the desk says, on the day of this application.
async fn follow(application: &Application, reference: &str, action: &Action) -> String {
    let state = &application.state;
    let desk = Desk {
        store: &state.store,
        pieces: &state.pieces,
        letters: &state.letters,
        operator: &operator(),
        console: &Nobody,
        moment: application.moment(),
    };
    justificatifs::follow(desk, reference, action).await.unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[test]
fn the_list_says_nothing_of_the_holder_and_shows_what_is_decided_only_when_asked() {
    trial(async |application| {
        assert_eq!(succeeds(&application, &["justificatifs"], ""), "en attente d'une décision : 0\n");
        let mut dominique = application.dominique().await;
        let reference = declare(&mut dominique).await;
        let waiting = format!("{reference}  23/11/2026  handicap  PDF  en attente\n");
        let list = succeeds(&application, &["justificatifs"], "");
        assert_eq!(list, format!("{waiting}en attente d'une décision : 1\n"));
        succeeds(&application, &["justificatifs", &reference, "--refuser"], "Illisible.");
        assert_eq!(succeeds(&application, &["justificatifs"], ""), "en attente d'une décision : 0\n");
        let list = succeeds(&application, &["justificatifs", "--tous"], "");
        assert_eq!(list, waiting.replace("en attente", "refusé") + "en attente d'une décision : 0\n");
    });
}

#[test]
fn an_operator_takes_the_proof_out_for_themselves_alone_and_accepts_it_once_from_a_day() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let reference = declare(&mut dominique).await;
        let sheet = succeeds(&application, &["justificatifs", &reference.to_lowercase()], "");
        assert!(sheet.contains(&format!("PDF, {} octets", PDF.len())) && sheet.contains("en attente"), "{sheet}");
        assert!(!sheet.contains("Pat-Trois") && !sheet.contains("dominique@") && !sheet.contains("2790351"), "{sheet}");

        let target = application.dir.path().join("vu.pdf");
        let target_name = target.display().to_string();
        let take_out = ["justificatifs", &reference, "--extraire", &target_name];
        assert!(succeeds(&application, &take_out, "").contains("effacez ce fichier une fois lu"));
        assert_eq!(std::fs::read(&target).expect("the proof"), PDF);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(target.metadata().expect("a file").permissions().mode() & 0o777, 0o600);
        }
        is_refused(&application, &take_out, b"", "qui n'existe pas");
        assert_eq!(std::fs::read(&target).expect("the proof"), PDF);

        let accept = ["justificatifs", &reference, "--accepter", "01/01/2024", "--jusqu-au", "31/12/2028"];
        assert!(succeeds(&application, &accept, "").contains("accepté"));
        for again in [&accept[..], &["justificatifs", &reference, "--refuser"]] {
            is_refused(&application, again, b"Autre chose.", "ne se remplace pas");
        }
        let shown = shown(&mut dominique).await;
        assert_eq!(
            (&shown["statut"], &shown["du"], &shown["au"]),
            (&Value::from("acceptee"), &Value::from("2024-01-01"), &Value::from("2028-12-31"))
        );
        let sheet = succeeds(&application, &["justificatifs", &reference], "");
        assert!(sheet.contains("compte du 01/01/2024 au 31/12/2028"), "{sheet}");
        let notes = application.rows("SELECT quoi FROM journal WHERE qui = 'operateur'").await;
        let proof = "handicap_piece_lue";
        assert_eq!(notes, ["handicap_accepte", "handicap_lu", "handicap_lu", proof, proof]);
    });
}

#[test]
fn a_refusal_has_its_reason_and_a_letter_tells_its_holder_without_a_word_of_health() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let reference = declare(&mut dominique).await;
        let reason = write(application.dir.path(), "raison.txt", "\u{feff}Il manque\r\nla date.\n".as_bytes());
        let said =
            succeeds(&application, &["justificatifs", &reference, "--refuser", &reason.display().to_string()], "");
        assert!(said.contains("le titulaire lit la raison"), "{said}");
        let shown = shown(&mut dominique).await;
        assert_eq!(
            (&shown["statut"], &shown["raison"]),
            (&Value::from("refusee"), &Value::from("Il manque\nla date."))
        );
        let sheet = succeeds(&application, &["justificatifs", &reference], "");
        assert!(sheet.contains("  | Il manque\n  | la date.\n"), "{sheet}");
        // The program has the clock of the machine: its letter waits there, whatever the day of this application.
        assert_eq!(application.count("courriers WHERE occasion = 'justificatif_decide'").await, 1);

        dominique.key = "une-autre-0123456789".into();
        let other = declare(&mut dominique).await;
        follow(&application, &other, &Action::Accept(Some(Day::date(2024, 1, 1)), None)).await;
        let letters = application.letters().await;
        let letter = letters.iter().find(|letter| letter.text.contains(&other)).expect("a letter");
        assert_eq!(
            (letter.to.as_str(), letter.subject.as_str()),
            ("dominique@exemple.fr", "Votre justificatif a été examiné")
        );
        for said in [&letter.text, &letter.html] {
            assert!(!said.to_lowercase().contains("handicap"), "{said}");
        }
    });
}

#[test]
fn what_makes_no_decision_is_told_and_writes_nothing() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let reference = declare(&mut dominique).await;
        let refuse = ["justificatifs", &reference, "--refuser"];
        let long = "é".repeat(2_001);
        for (input, expected) in [
            (&b" \n"[..], "la raison est vide"),
            (long.as_bytes(), "dépasse 2\u{202f}000 caractères"),
            (b"d\xe9j\xe0", "n'est pas en UTF-8"),
            (b"non\x1b[2J", "signe invisible"),
        ] {
            is_refused(&application, &refuse, input, expected);
        }
        is_refused(&application, &[&refuse[..], &["absente.txt"]].concat(), b"", "absente.txt");
        for (gestures, expected) in [
            (&["--accepter", "demain"][..], "--accepter : un jour passé est attendu"),
            (&["--accepter", "01/01/2199"], "--accepter : un jour passé est attendu"),
            (&["--accepter", "31/02/2024"], "--accepter : un jour passé est attendu"),
            (&["--accepter", "01/01/2024", "--jusqu-au", "fin"], "--jusqu-au : un jour est attendu"),
            (&["--accepter", "01/01/2024", "--jusqu-au", "31/12/2023"], "qui ne précède pas celui d'--accepter"),
            (&["--accepter", "01/01/2024", "--refuser"], "un seul à la fois"),
            (&["--extraire"], "un fichier nouveau"),
            (&["--extraire", "nulle-part/vu.pdf"], "écriture impossible"),
        ] {
            is_refused(&application, &[&["justificatifs", &reference][..], gestures].concat(), b"", expected);
        }
        for gestures in [&[][..], &["--extraire", "vu.pdf"], &["--accepter", "01/01/2024"], &["--refuser"]] {
            let arguments = [&["justificatifs", "HAN-0000\u{1b}0000"], gestures].concat();
            is_refused(&application, &arguments, b"Non.", "la référence « HAN-0000\\u{1b}0000 »");
        }
        assert!(!application.dir.path().join("vu.pdf").exists());
        assert_eq!(application.count("decisions_handicap").await, 0);
        assert_eq!(application.count("courriers WHERE occasion = 'justificatif_decide'").await, 0);
        assert_eq!(shown(&mut dominique).await["statut"], "en_attente");
    });
}

#[test]
fn a_proof_that_is_lost_is_told_and_leaves_no_file() {
    trial(async |application| {
        let mut dominique = application.dominique().await;
        let reference = declare(&mut dominique).await;
        let handicap = application.state.store.handicap(&reference).await.expect("a base").expect("a declaration");
        let pieces: &Pieces = &application.state.pieces;
        pieces.erase(&handicap.piece.id).await.expect("a proof to lose");
        let take_out = ["justificatifs", &reference, "--extraire", "vu.pdf"];
        is_refused(&application, &take_out, b"", "le justificatif ne peut pas être lu");
        assert!(!application.dir.path().join("vu.pdf").exists());
    });
}

const HEADER: &str = "nir;nom_naissance;prenoms;date_naissance;annee;heures\n";

async fn ledger(application: &Application) -> Vec<String> {
    application
        .rows("SELECT CAST(centimes AS TEXT) FROM ecritures WHERE personne IN (SELECT personne FROM comptes)")
        .await
}

#[test]
fn a_year_that_is_credited_already_is_corrected_by_the_next_credit() {
    trial(async |application| {
        let csv = format!("{HEADER}1800175999029;Nouvel;Camille;12/01/1980;2024;1607\n");
        assert_eq!(application.import_csv(&csv, false).await.gaps(), 0);
        application.alimentation(2024).await;
        let mut camille = application.recorded(camille()).await;
        let reference = declare(&mut camille).await;
        application.alimentation(2024).await;
        assert_eq!(ledger(&application).await, ["50000"], "what waits gives nothing");

        follow(&application, &reference, &Action::Accept(Some(Day::date(2024, 1, 1)), None)).await;
        application.alimentation(2024).await;
        application.alimentation(2024).await;
        assert_eq!(ledger(&application).await, ["-50000", "50000", "80000"], "once");
        let historique = camille.fetch("/api/historique").await.json();
        let lignes = historique["releve"]["lignes"].as_array().expect("lines");
        let amounts: Vec<&Value> = lignes.iter().map(|ligne| &ligne["montant"]).collect();
        assert_eq!(amounts, ["500.00", "-500.00", "800.00"]);
    });
}
